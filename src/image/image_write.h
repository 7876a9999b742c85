/* Pixels or a drawing -> a PNG file. Same pixels, same bytes. The file is a few chunks, written here, since libdeflate packs
 * pixels in a fifth of the time that libpng takes; libpng reads (image_png.c). */
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

/* A drawing in sixteen colours, most of it blank. */
enum { DRAWING_COLOURS = 16 };
struct image_drawing {
	uint32_t width, height; /* [pixel] */
	uint8_t palette[DRAWING_COLOURS][3]; /* sRGB */
	struct drawing_row {
		const unsigned char *v; /* a byte a pixel: its colour's index. NULL: all of them are of the first */
		uint32_t from, to;      /* likewise all before and behind */
	} *rows;                /* top down */
};
/* Appends a PNG with four bits a pixel. False: logged ("image-write"), out unchanged. */
bool image_write_drawing(const struct image_drawing *drawing, struct buf *out, struct diag_log *log);

#endif
