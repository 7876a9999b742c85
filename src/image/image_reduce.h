/* Pictures with more pixels than a place can show made smaller: each new pixel is the mean of the area it covers. */
#ifndef VERSTKA_IMAGE_IMAGE_REDUCE_H
#define VERSTKA_IMAGE_IMAGE_REDUCE_H

#include "image/image.h"

/* To width x height [pixel], neither 0 nor more than px has. What is transparent adds no colour. */
void image_reduce(struct image_pixels *px, uint32_t width, uint32_t height);

#endif
