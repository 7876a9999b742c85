#include "image/image_write.h"

#include <png.h>
#include <setjmp.h>
#include <stddef.h>
#include <string.h>

#include "base/mem.h"

static void write_bytes(png_structp png, png_bytep data, png_size_t len)
{
	buf_put(png_get_io_ptr(png), data, len);
}

static void flush_bytes(png_structp png)
{
	(void)png;
}

static void on_error(png_structp png, png_const_charp text)
{
	diag_fail(png_get_error_ptr(png), "image-write", DIAG_NOWHERE, "libpng: %s", text);
	longjmp(png_jmpbuf(png), 1);
}

static void on_warning(png_structp png, png_const_charp text)
{
	(void)png;
	(void)text;
}

/* ---- few colours ---------------------------------------------------------------------------------------- */

enum { MOST_COLOURS = 256, SLOTS = 1024 };

struct palette {
	png_color v[MOST_COLOURS];
	int n;
	uint32_t slot[SLOTS]; /* colour + 1, 0: free */
	unsigned char index[SLOTS];
};

/* The index of a colour; -1: there are too many. */
static int index_of(struct palette *p, uint32_t rgb)
{
	uint32_t at = rgb * 2654435761u >> 22;

	while (p->slot[at] != 0 && p->slot[at] != rgb + 1)
		at = (at + 1) % SLOTS;
	if (p->slot[at] == 0) {
		if (p->n == MOST_COLOURS)
			return -1;
		p->slot[at] = rgb + 1;
		p->v[p->n] = (png_color){ (png_byte)(rgb >> 16), (png_byte)(rgb >> 8), (png_byte)rgb };
		p->index[at] = (unsigned char)p->n++;
	}
	return p->index[at];
}

/* Drawings have few colours; as indexes they take a third of the bytes, and of the time to pack them. NULL: too many
 * colours. The result is mem_free'd by the caller. */
static unsigned char *indexed(const unsigned char *pixels, size_t n, struct palette *p)
{
	unsigned char *out = mem_alloc(n);
	uint32_t last = UINT32_MAX;
	int index = 0;

	memset(p, 0, sizeof *p);
	for (size_t i = 0; i < n; i++, pixels += 3) {
		uint32_t rgb = (uint32_t)pixels[0] << 16 | (uint32_t)pixels[1] << 8 | pixels[2];

		if (rgb != last) {
			index = index_of(p, rgb);
			last = rgb;
		}
		if (index < 0) {
			mem_free(out);
			return NULL;
		}
		out[i] = (unsigned char)index;
	}
	return out;
}

/* ---- the file ---------------------------------------------------------------------------------------------- */

/* Everything between setjmp and a jump back lives here, in parameters that are not changed. */
static bool encode(png_structp png, png_infop info, const unsigned char *pixels, uint32_t width, uint32_t height,
                   int channels, const struct palette *palette, struct buf *out)
{
	if (setjmp(png_jmpbuf(png)))
		return false;
	png_set_write_fn(png, out, write_bytes, flush_bytes);
	png_set_IHDR(png, info, width, height, 8,
	             palette != NULL ? PNG_COLOR_TYPE_PALETTE : channels == 3 ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_GRAY,
	             PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	png_set_sRGB_gAMA_and_cHRM(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
	if (palette != NULL) {
		png_set_PLTE(png, info, palette->v, palette->n);
		png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
	}
	png_set_compression_level(png, palette != NULL ? 6 : 9);
	png_write_info(png, info);
	for (uint32_t y = 0; y < height; y++)
		png_write_row(png, pixels + (size_t)y * width * (size_t)channels);
	png_write_end(png, info);
	return true;
}

bool image_write_png(const unsigned char *pixels, uint32_t width, uint32_t height, int channels, struct buf *out,
                     struct diag_log *log)
{
	size_t base = out->len;
	struct palette palette;
	unsigned char *indexes;
	png_structp png;
	png_infop info;
	bool ok;

	if (width == 0 || height == 0 || (channels != 1 && channels != 3)) {
		diag_fail(log, "image-write", DIAG_NOWHERE, "a picture of %u x %u pixels, %d channels cannot be written", width,
		          height, channels);
		return false;
	}
	png = png_create_write_struct(PNG_LIBPNG_VER_STRING, log, on_error, on_warning);
	info = png != NULL ? png_create_info_struct(png) : NULL;
	if (info == NULL) {
		diag_fail(log, "image-write", DIAG_NOWHERE, "libpng cannot be started");
		png_destroy_write_struct(&png, NULL);
		return false;
	}
	indexes = channels == 3 ? indexed(pixels, (size_t)width * height, &palette) : NULL;
	if (indexes != NULL)
		ok = encode(png, info, indexes, width, height, 1, &palette, out);
	else
		ok = encode(png, info, pixels, width, height, channels, NULL, out);
	mem_free(indexes);
	png_destroy_write_struct(&png, &info);
	if (!ok)
		out->len = base;
	return ok;
}
