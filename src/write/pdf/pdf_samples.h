/* Decoded samples to image XObjects: deflated behind PNG predictors. */
#ifndef VERSTKA_WRITE_PDF_PDF_SAMPLES_H
#define VERSTKA_WRITE_PDF_PDF_SAMPLES_H

#include "write/pdf/pdf_job.h"

/* Rows of w pixels without padding, 8 bits a sample: 1 grey, 3 RGB, 4 CMYK. mask: object number of a soft mask, or 0. */
unsigned pdf_samples_write(struct pdf_job *job, const unsigned char *data, uint32_t w, uint32_t h, int channels,
                           unsigned mask);
/* Grey that is black and white alone, in one bit a pixel. */
unsigned pdf_samples_line_art(struct pdf_job *job, const unsigned char *grey, uint32_t w, uint32_t h);

#endif
