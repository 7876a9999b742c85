/* image/icc: profiles read, refused, and used; profiles inside pictures. */
#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jpeglib.h>
#include <lcms2.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "image/image.h"

#define CMYK "/usr/share/color/icc/ghostscript/default_cmyk.icc"

/* An RGB profile with a name, made by Little CMS. */
static unsigned char *make_rgb(size_t *len)
{
	cmsHPROFILE p = cmsCreate_sRGBProfile();
	cmsUInt32Number n = 0;
	unsigned char *data;

	assert_true(cmsSaveProfileToMem(p, NULL, &n));
	data = mem_alloc(n);
	assert_true(cmsSaveProfileToMem(p, data, &n));
	cmsCloseProfile(p);
	*len = n;
	return data;
}

static void test_read(void **state)
{
	size_t len;
	unsigned char *rgb = make_rgb(&len);
	struct icc icc;

	(void)state;
	assert_true(icc_read(rgb, len, &icc));
	assert_int_equal(icc.channels, 3);
	assert_false(icc.output);
	assert_non_null(strstr(icc.description, "sRGB"));
	assert_false(icc_read(NULL, 0, &icc));
	for (size_t cut = 0; cut < len; cut += 97)
		icc_read(rgb, cut, &icc); /* whatever comes of it, nothing may break */
	for (size_t at = 0; at < len; at += 13) {
		rgb[at] ^= 0xff;
		icc_read(rgb, len, &icc);
		rgb[at] ^= 0xff;
	}
	rgb[36] = 'x';
	assert_false(icc_read(rgb, len, &icc));
	mem_free(rgb);
}

static void test_to_press(void **state)
{
	static const unsigned char rgb[] = { 255, 255, 255, 0, 0, 0, 128, 128, 128, 200, 30, 40 };
	static const unsigned char black[] = { 0, 0, 0, 255, 0, 0, 0, 128 };
	struct icc press, srgb = { .channels = 3 };
	unsigned char cmyk[16], same[8];
	struct diag_log log;
	struct icc_way *w;
	char *data = NULL;
	size_t len;

	(void)state;
	diag_init(&log);
	if (!file_read(CMYK, 1 << 24, &log, DIAG_NOWHERE, &data, &len)) {
		diag_free(&log);
		fprintf(stderr, "SKIP: no CMYK profile (Debian: libgs-common)\n");
		skip();
	}
	assert_true(icc_read(data, len, &press));
	assert_int_equal(press.channels, 4);
	assert_true(press.output);
	w = icc_way_new(&srgb, &press);
	assert_non_null(w);
	icc_way_run(w, rgb, cmyk, 4);
	icc_way_free(w);
	assert_memory_equal(cmyk, "\0\0\0\0", 4);       /* paper stays paper */
	assert_true(cmyk[7] > 200);                     /* black point compensation: full depth */
	assert_in_range(cmyk[8] + cmyk[9] + cmyk[10] + cmyk[11], 150, 700);
	assert_true(cmyk[13] > 200 && cmyk[14] > 180 && cmyk[12] < 60); /* red is magenta and yellow */
	w = icc_way_new(&press, &press);
	assert_non_null(w);
	icc_way_run(w, black, same, 2);
	icc_way_free(w);
	assert_memory_equal(same, "\0\0\0\xff", 4);     /* pure black stays pure */
	assert_memory_equal(same + 4, "\0\0\0", 3);
	srgb.channels = 1;
	assert_null(icc_way_new(&srgb, &press));        /* grey without a profile has no meaning to convert from */
	diag_free(&log);
	mem_free(data);
}

/* A JPEG of one grey-less colour with the profile in pieces of `piece` bytes; number 0: as it should be. */
static void make_jpeg(const char *path, const unsigned char *icc, size_t len, size_t piece, int spoil)
{
	struct jpeg_compress_struct c;
	struct jpeg_error_mgr mgr;
	unsigned char row[8 * 3] = { 200, 30, 40 };
	JSAMPROW rows[1] = { row };
	size_t count = (len + piece - 1) / piece;
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	c.err = jpeg_std_error(&mgr);
	jpeg_create_compress(&c);
	jpeg_stdio_dest(&c, f);
	c.image_width = 8;
	c.image_height = 2;
	c.input_components = 3;
	c.in_color_space = JCS_RGB;
	jpeg_set_defaults(&c);
	jpeg_start_compress(&c, TRUE);
	for (size_t i = count; i-- > 0;) { /* the order is free */
		struct buf b;

		if (spoil && i == 0)
			continue;
		buf_init(&b);
		buf_put(&b, "ICC_PROFILE", 12);
		buf_putc(&b, (char)(i + 1));
		buf_putc(&b, (char)count);
		buf_put(&b, icc + i * piece, i + 1 < count ? piece : len - i * piece);
		jpeg_write_marker(&c, JPEG_APP0 + 2, (const JOCTET *)b.data, (unsigned)b.len);
		buf_free(&b);
	}
	while (c.next_scanline < c.image_height)
		jpeg_write_scanlines(&c, rows, 1);
	jpeg_finish_compress(&c);
	jpeg_destroy_compress(&c);
	fclose(f);
}

static void test_in_jpeg(void **state)
{
	char path[] = "/tmp/verstka-icc-XXXXXX";
	int fd = mkstemp(path);
	size_t len;
	unsigned char *icc = make_rgb(&len);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	for (int spoil = 0; spoil < 2; spoil++) {
		struct image_set set;
		struct diag_log log;
		const struct image *img;

		image_set_init(&set);
		diag_init(&log);
		make_jpeg(path, icc, len, 300, spoil);
		img = image_load(&set, path, "p.jpg", &log, DIAG_NOWHERE);
		assert_non_null(img);
		assert_int_equal(log.errors, 0);
		assert_int_equal(log.warnings, (size_t)spoil);
		if (spoil) {
			assert_null(img->icc.data);
			assert_string_equal(log.v[0].code, "image-profile");
		} else {
			assert_int_equal(img->icc.len, len);
			assert_memory_equal(img->icc.data, icc, len);
		}
		image_set_free(&set);
		diag_free(&log);
	}
	unlink(path);
	mem_free(icc);
}

/* Greys keep their order and their ends; a condition of inks is no grey. */
static void test_grey_as_ink(void **state)
{
	struct diag_log log;
	struct icc press, srgb = { .channels = 3 };
	unsigned char ink[256];
	char *data = NULL;
	size_t len = 0;

	(void)state;
	diag_init(&log);
	if (!file_read(CMYK, 1 << 24, &log, DIAG_NOWHERE, &data, &len)) {
		diag_free(&log);
		skip();
	}
	assert_true(icc_read(data, len, &press));
	assert_true(icc_grey_as_ink(&srgb, &press, ink));
	assert_int_equal(ink[0], 255);
	assert_int_equal(ink[255], 0);
	for (int i = 1; i < 256; i++)
		assert_true(ink[i] <= ink[i - 1]);
	assert_in_range(ink[128], 100, 160);
	assert_false(icc_grey_as_ink(&press, &press, ink));
	assert_false(icc_grey_as_ink(&srgb, &srgb, ink));
	mem_free(data);
	diag_free(&log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read), cmocka_unit_test(test_grey_as_ink), cmocka_unit_test(test_to_press), cmocka_unit_test(test_in_jpeg),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
