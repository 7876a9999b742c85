#include "image/image_write.h"

#include <png.h>
#include <setjmp.h>
#include <stddef.h>

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

/* Everything between setjmp and a jump back lives here, in parameters that are not changed. */
static bool encode(png_structp png, png_infop info, const unsigned char *pixels, uint32_t width, uint32_t height,
                   int channels, struct buf *out)
{
	if (setjmp(png_jmpbuf(png)))
		return false;
	png_set_write_fn(png, out, write_bytes, flush_bytes);
	png_set_IHDR(png, info, width, height, 8, channels == 3 ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_GRAY,
	             PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	png_set_sRGB_gAMA_and_cHRM(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
	png_set_compression_level(png, 9);
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
	ok = encode(png, info, pixels, width, height, channels, out);
	png_destroy_write_struct(&png, &info);
	if (!ok)
		out->len = base;
	return ok;
}
