/* Pixels -> a PNG file. Same pixels, same bytes. The file is four chunks, written here, since libdeflate packs the pixels in a
 * fifth of the time that libpng takes with zlib; libpng reads (image_png.c). */
#ifndef VERSTKA_IMAGE_IMAGE_WRITE_H
#define VERSTKA_IMAGE_IMAGE_WRITE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/diag.h"

/* Appends a PNG to out. 8 bits a sample, channels 1 (gray) or 3 (sRGB), rows top down without padding.
 * False: logged ("image-write"), out unchanged. */
bool image_write_png(const unsigned char *pixels, uint32_t width, uint32_t height, int channels, struct buf *out,
                     struct diag_log *log);

#endif
