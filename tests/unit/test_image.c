/* image: files made here by libpng and libjpeg, then read, damaged and read again. */
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
#include <png.h>

#include "base/buf.h"
#include "base/mem.h"
#include "image/image.h"
#include "image/image_reduce.h"
#include "image/image_write.h"

struct bench {
	struct image_set set;
	struct diag_log log;
	char path[64];
};

static struct bench *bench_new(void)
{
	struct bench *b = mem_zalloc(1, sizeof *b);

	image_set_init(&b->set);
	diag_init(&b->log);
	return b;
}

static void bench_free(struct bench *b)
{
	image_set_free(&b->set);
	diag_free(&b->log);
	mem_free(b);
}

/* Loads the bytes as a file of their own. */
static const struct image *load(struct bench *b, const void *data, size_t len)
{
	const struct image *img;
	int fd;

	strcpy(b->path, "/tmp/verstka-image-XXXXXX");
	fd = mkstemp(b->path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, data, len), len);
	close(fd);
	img = image_load(&b->set, b->path, "picture", &b->log, (struct pos){ "doc.xml", 7, 3 });
	unlink(b->path);
	return img;
}

static void expect(struct bench *b, const char *code, const char *words)
{
	assert_int_equal(b->log.errors, 1);
	assert_string_equal(b->log.v[0].code, code);
	assert_int_equal(b->log.v[0].fault, DIAG_DOCUMENT);
	assert_int_equal(b->log.v[0].pos.line, 7);
	assert_non_null(strstr(b->log.v[0].text, words));
	diag_free(&b->log);
	diag_init(&b->log);
}

static void to_buf(png_structp png, png_bytep data, size_t n)
{
	buf_put(png_get_io_ptr(png), data, n);
}

static void no_flush(png_structp png)
{
	(void)png;
}

struct recipe {
	uint32_t w, h;
	int depth, type, interlace;
	size_t row;               /* [byte] */
	const unsigned char *pixels;
	const png_color *palette;
	int n_palette;
	const unsigned char *transparent; /* palette alphas */
	uint32_t per_metre;
};

static struct buf make_png(const struct recipe *r)
{
	struct buf b;
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png_create_info_struct(png);

	buf_init(&b);
	png_set_write_fn(png, &b, to_buf, no_flush);
	png_set_IHDR(png, info, r->w, r->h, r->depth, r->type, r->interlace, PNG_COMPRESSION_TYPE_DEFAULT,
	             PNG_FILTER_TYPE_DEFAULT);
	if (r->palette != NULL)
		png_set_PLTE(png, info, r->palette, r->n_palette);
	if (r->transparent != NULL)
		png_set_tRNS(png, info, r->transparent, r->n_palette, NULL);
	if (r->per_metre != 0)
		png_set_pHYs(png, info, r->per_metre, r->per_metre, PNG_RESOLUTION_METER);
	png_write_info(png, info);
	for (int pass = 0, passes = png_set_interlace_handling(png); pass < passes; pass++)
		for (uint32_t y = 0; y < r->h; y++)
			png_write_row(png, r->pixels + y * r->row);
	png_write_end(png, NULL);
	png_destroy_write_struct(&png, &info);
	return b;
}

static const unsigned char deep[] = { /* 2 x 2, RGBA of 16 bits */
	0xff, 0xff, 0x80, 0x00, 0, 0, 0xff, 0xff, 0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x80, 0x80,
	0, 0, 0, 0, 0, 0, 0, 0, 0x12, 0x12, 0x34, 0x34, 0x56, 0x56, 0xff, 0xff,
};
static const struct recipe deep_recipe = { .w = 2, .h = 2, .depth = 16, .type = PNG_COLOR_TYPE_RGBA,
                                           .interlace = PNG_INTERLACE_ADAM7, .row = 16, .pixels = deep,
                                           .per_metre = 11811 };

static void test_png_deep(void **state)
{
	struct bench *b = bench_new();
	struct buf file = make_png(&deep_recipe);
	const struct image *img = load(b, file.data, file.len);
	struct image_pixels px;

	(void)state;
	assert_non_null(img);
	assert_int_equal(img->format, IMAGE_PNG);
	assert_int_equal(img->width, 2);
	assert_int_equal(img->channels, 3);
	assert_true(img->has_alpha);
	assert_true(img->dpi_x > 299900 && img->dpi_x < 300100);
	assert_true(image_decode(img, &px, &b->log));
	assert_int_equal(px.channels, 3);
	assert_memory_equal(px.data, "\xff\x80\x00\x10\x30\x50\x00\x00\x00\x12\x34\x56", 12);
	assert_memory_equal(px.alpha, "\xff\x80\x00\xff", 4);
	image_pixels_free(&px);
	buf_free(&file);
	bench_free(b);
}

static void test_png_palette(void **state)
{
	static const png_color colours[] = { { 255, 0, 0 }, { 0, 0, 255 } };
	static const unsigned char alphas[] = { 255, 128 }, bits[] = { 0x40, 0x80 }; /* 01, 10 */
	struct recipe r = { .w = 2, .h = 2, .depth = 1, .type = PNG_COLOR_TYPE_PALETTE, .row = 1, .pixels = bits,
	                    .palette = colours, .n_palette = 2, .transparent = alphas };
	struct bench *b = bench_new();
	struct buf file = make_png(&r);
	const struct image *img = load(b, file.data, file.len);
	struct image_pixels px;

	(void)state;
	assert_non_null(img);
	assert_int_equal(img->dpi_x, 96000);
	assert_true(image_decode(img, &px, &b->log));
	assert_memory_equal(px.data, "\xff\0\0\0\0\xff\0\0\xff\xff\0\0", 12);
	assert_memory_equal(px.alpha, "\xff\x80\x80\xff", 4);
	image_pixels_free(&px);
	buf_free(&file);
	r.transparent = NULL;
	r.type = PNG_COLOR_TYPE_GRAY;
	r.palette = NULL;
	file = make_png(&r);
	img = load(b, file.data, file.len);
	assert_non_null(img);
	assert_true(image_decode(img, &px, &b->log));
	assert_int_equal(px.channels, 1);
	assert_null(px.alpha);
	assert_memory_equal(px.data, "\0\xff\xff\0", 4);
	image_pixels_free(&px);
	buf_free(&file);
	bench_free(b);
}

/* Cut at every byte, or with any byte changed: an error at its line or the same picture, never a crash. */
static void test_png_damaged(void **state)
{
	struct bench *b = bench_new();
	struct buf file = make_png(&deep_recipe);

	(void)state;
	for (size_t n = 1; n < file.len; n++) {
		assert_null(load(b, file.data, n));
		assert_int_equal(b->log.errors, 1);
		assert_string_equal(b->log.v[0].code, n < 8 ? "image-format" : "image-broken");
		diag_free(&b->log);
		diag_init(&b->log);
	}
	for (size_t i = 8; i < file.len; i++) {
		file.data[i] ^= 0x55;
		assert_null(load(b, file.data, file.len));
		file.data[i] ^= 0x55;
	}
	buf_free(&file);
	bench_free(b);
}

static void put32(struct buf *b, uint32_t v)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_putc(b, (char)(v >> shift & 0xff));
}

static uint32_t crc_of(const char *p, size_t n)
{
	uint32_t c = 0xffffffff;

	for (size_t i = 0; i < n; i++) {
		c ^= (unsigned char)p[i];
		for (int k = 0; k < 8; k++)
			c = (c & 1) != 0 ? c >> 1 ^ 0xedb88320u : c >> 1;
	}
	return ~c;
}

static void put_chunk(struct buf *b, const char *type, const void *data, size_t n)
{
	size_t at;

	put32(b, (uint32_t)n);
	at = b->len;
	buf_put(b, type, 4);
	buf_put(b, data, n);
	put32(b, crc_of(b->data + at, n + 4));
}

/* Right checksums around nonsense: a picture far too large, and pixels that do not unpack. */
static void test_png_lies(void **state)
{
	static const unsigned char huge[13] = { 0, 0, 0x80, 0, 0, 0, 0x80, 0, 8, 2 };
	static const unsigned char small[13] = { 0, 0, 0, 9, 0, 0, 0, 9, 8, 2 };
	struct bench *b = bench_new();
	const struct image *img;
	struct image_pixels px;

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct buf file;

		buf_init(&file);
		buf_put(&file, "\x89PNG\r\n\x1a\n", 8);
		put_chunk(&file, "IHDR", i == 0 ? huge : small, 13);
		put_chunk(&file, "IDAT", "nonsense", 8);
		put_chunk(&file, "IEND", "", 0);
		img = load(b, file.data, file.len);
		buf_free(&file);
		if (i == 0) {
			assert_null(img);
			expect(b, "image-too-large", "100 million");
		}
	}
	assert_non_null(img);
	assert_false(image_decode(img, &px, &b->log));
	expect(b, "image-broken", "cannot be decoded");
	bench_free(b);
}

static struct buf make_jpeg(J_COLOR_SPACE space, int components, const unsigned char *pixel, uint32_t w, uint32_t h,
                            int orientation, bool progressive)
{
	static const unsigned char exif[] = "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
	unsigned char marker[sizeof exif - 1], *row, *data = NULL;
	unsigned long n = 0;
	struct jpeg_compress_struct c;
	struct jpeg_error_mgr mgr;
	struct buf b;

	c.err = jpeg_std_error(&mgr);
	jpeg_create_compress(&c);
	jpeg_mem_dest(&c, &data, &n);
	c.image_width = w;
	c.image_height = h;
	c.input_components = components;
	c.in_color_space = space;
	jpeg_set_defaults(&c);
	jpeg_set_quality(&c, 100, TRUE);
	c.density_unit = 1;
	c.X_density = 150;
	c.Y_density = 300;
	if (progressive)
		jpeg_simple_progression(&c);
	jpeg_start_compress(&c, TRUE);
	memcpy(marker, exif, sizeof marker);
	marker[25] = (unsigned char)orientation;
	if (orientation != 0)
		jpeg_write_marker(&c, 0xe1, marker, sizeof marker);
	row = mem_alloc((size_t)w * (size_t)components);
	for (uint32_t y = 0; y < h; y++) {
		for (uint32_t x = 0; x < w; x++) /* the left third in the given colour, the rest without */
			for (int k = 0; k < components; k++)
				row[x * (uint32_t)components + (uint32_t)k] = x < w / 3 ? pixel[k] : 0;
		jpeg_write_scanlines(&c, &row, 1);
	}
	jpeg_finish_compress(&c);
	jpeg_destroy_compress(&c);
	buf_init(&b);
	buf_put(&b, data, n);
	free(data);
	mem_free(row);
	return b;
}

static bool close_to(int a, int b)
{
	return a - b < 6 && b - a < 6;
}

static void test_jpeg(void **state)
{
	static const unsigned char pixel[] = { 200, 100, 50, 0 };
	struct bench *b = bench_new();
	struct buf file = make_jpeg(JCS_RGB, 3, pixel, 48, 32, 6, true);
	const struct image *img = load(b, file.data, file.len);
	struct image_pixels px;

	(void)state;
	assert_non_null(img);
	assert_int_equal(img->orientation, 6);
	assert_int_equal(img->width, 32); /* upright */
	assert_int_equal(img->height, 48);
	assert_true(img->plain_jpeg);
	assert_true(image_decode(img, &px, &b->log));
	assert_int_equal(px.width, 32);
	assert_int_equal(px.height, 48);
	/* orientation 6: the stored left edge is the top */
	assert_true(close_to(px.data[0], 200) && close_to(px.data[1], 100) && close_to(px.data[2], 50));
	assert_true(close_to(px.data[(47 * 32 + 5) * 3], 0));
	image_pixels_free(&px);
	for (size_t n = 3; n < file.len; n += 1 + n / 16) {
		assert_null(load(b, file.data, n));
		expect(b, "image-broken", "picture is damaged");
	}
	buf_free(&file);
	bench_free(b);
}

static void test_jpeg_cmyk(void **state)
{
	static const unsigned char inverted[] = { 255 - 10, 255 - 200, 255, 255 };
	struct bench *b = bench_new();
	struct buf file = make_jpeg(JCS_CMYK, 4, inverted, 30, 10, 0, false);
	const struct image *img = load(b, file.data, file.len);
	struct image_pixels px;

	(void)state;
	assert_non_null(img);
	assert_int_equal(img->channels, 4);
	assert_true(img->adobe_inverted); /* libjpeg writes APP14 with CMYK */
	assert_true(image_decode(img, &px, &b->log));
	assert_true(close_to(px.data[0], 10) && close_to(px.data[1], 200) && close_to(px.data[2], 0));
	assert_true(close_to(px.data[29 * 4 + 3], 255));
	image_pixels_free(&px);
	buf_free(&file);
	file = make_jpeg(JCS_GRAYSCALE, 1, inverted, 30, 10, 0, false);
	img = load(b, file.data, file.len);
	assert_non_null(img);
	assert_int_equal(img->channels, 1);
	assert_int_equal(img->dpi_x, 150000);
	assert_int_equal(img->dpi_y, 300000);
	buf_free(&file);
	bench_free(b);
}

static void test_refused(void **state)
{
	static const char svg[] = "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>";
	struct bench *b = bench_new();

	(void)state;
	assert_null(load(b, svg, sizeof svg - 1));
	expect(b, "image-format", "SVG");
	assert_null(load(b, "GIF89a......", 12));
	expect(b, "image-format", "GIF");
	assert_null(load(b, "", 0));
	expect(b, "image-broken", "empty");
	assert_null(image_load(&b->set, "/no/such/file.png", "file.png", &b->log, (struct pos){ "doc.xml", 7, 3 }));
	expect(b, "image-missing", "file.png");
	assert_null(image_load(&b->set, "/tmp", "folder", &b->log, (struct pos){ "doc.xml", 7, 3 }));
	expect(b, "image-missing", "folder");
	bench_free(b);
}

static void test_read_once(void **state)
{
	struct bench *b = bench_new();
	struct buf file = make_png(&deep_recipe);
	const struct image *img = load(b, file.data, file.len);

	(void)state;
	assert_non_null(img); /* the file is gone by now, the picture is not */
	assert_ptr_equal(image_load(&b->set, b->path, "again", &b->log, DIAG_NOWHERE), img);
	assert_int_equal(b->set.n, 1);
	buf_free(&file);
	bench_free(b);
}

/* 5 x 3 grey to 2 x 1: means of areas, shared pixels by their shares. */
static void test_reduce(void **state)
{
	static const unsigned char grey[] = { 10, 20, 30, 40, 50, 10, 20, 30, 40, 50, 40, 50, 60, 70, 80 };
	struct image_pixels px = { .width = 5, .height = 3, .channels = 1, .data = mem_alloc(sizeof grey) };

	(void)state;
	memcpy(px.data, grey, sizeof grey);
	image_reduce(&px, 2, 1);
	assert_int_equal(px.width, 2);
	assert_int_equal(px.height, 1);
	assert_int_equal(px.data[0], 28); /* (10 + 20 + 30/2) / 2.5 = 18 in two rows of three, 48 in the last */
	assert_int_equal(px.data[1], 52);
	image_pixels_free(&px);
}

/* What is transparent gives no colour; nothing but that keeps its own. */
static void test_reduce_alpha(void **state)
{
	static const unsigned char rgb[] = { 200, 0, 0, 0, 200, 0, 0, 0, 90, 0, 0, 90 }, alpha[] = { 255, 85, 0, 0 };
	struct image_pixels px = { .width = 4, .height = 1, .channels = 3, .data = mem_alloc(sizeof rgb),
	                           .alpha = mem_alloc(sizeof alpha) };

	(void)state;
	memcpy(px.data, rgb, sizeof rgb);
	memcpy(px.alpha, alpha, sizeof alpha);
	image_reduce(&px, 2, 1);
	assert_int_equal(px.data[0], 150);
	assert_int_equal(px.data[1], 50);
	assert_int_equal(px.alpha[0], 170);
	assert_int_equal(px.data[5], 90);
	assert_int_equal(px.alpha[1], 0);
	image_pixels_free(&px);
}

/* Written, and read again by libpng: every pixel has its colour. Long blank stretches are copied in the file, short ones not;
 * there is more of the rest than zlib's window holds. */
static void drawing(void **state)
{
	enum { W = 397, H = 900 };
	static const struct { int first, n; uint32_t from, to; } drawn[] = {
		{ 0, 3, 0, W }, { 80, 1, 5, 6 }, { 111, 2, 390, W }, { 145, 1, 0, 0 }, { 178, 1, 7, 200 }, { 179, 1, 90, 300 },
		{ 180, 1, 1, 3 }, { 181, 1, 380, 396 }, { 200, 400, 10, 390 }, { 899, 1, 0, 1 }
	};
	struct image_drawing d = { .width = W, .height = H };
	struct drawing_row rows[H] = { { NULL, 0, 0 } };
	unsigned char v[2][W];
	struct bench *b = bench_new();
	const struct image *img;
	struct image_pixels px;
	struct buf png;

	(void)state;
	buf_init(&png);
	d.rows = rows;
	for (int i = 0; i < DRAWING_COLOURS; i++)
		for (int k = 0; k < 3; k++)
			d.palette[i][k] = (uint8_t)(255 - i * 7 - k * 40);
	for (int x = 0; x < W; x++) {
		v[0][x] = (unsigned char)(x % DRAWING_COLOURS);
		v[1][x] = (unsigned char)(x / 3 % DRAWING_COLOURS);
	}
	for (size_t i = 0; i < sizeof drawn / sizeof *drawn; i++)
		for (int k = 0; k < drawn[i].n; k++) {
			unsigned char *copy = mem_zalloc(W, 1);
			uint32_t from = drawn[i].from, to = drawn[i].to;

			memcpy(copy + from, v[k % 2] + from, to - from);
			rows[drawn[i].first + k] = (struct drawing_row){ copy, from, to };
		}
	assert_true(image_write_drawing(&d, &png, &b->log));
	assert_true(png.len < W * H / 4);
	img = load(b, png.data, png.len);
	assert_non_null(img);
	assert_true(image_decode(img, &px, &b->log));
	assert_true(px.width == W && px.height == H && px.channels == 3);
	for (int y = 0; y < H; y++)
		for (int x = 0; x < W; x++)
			assert_memory_equal(px.data + (y * W + x) * 3, d.palette[rows[y].v != NULL ? rows[y].v[x] : 0], 3);
	image_pixels_free(&px);
	d.height = 0;
	assert_false(image_write_drawing(&d, &png, &b->log));
	assert_int_equal(b->log.errors, 1);
	for (int y = 0; y < H; y++)
		mem_free((void *)(uintptr_t)rows[y].v);
	buf_free(&png);
	bench_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(drawing),
		cmocka_unit_test(test_png_deep), cmocka_unit_test(test_png_palette), cmocka_unit_test(test_png_damaged),
		cmocka_unit_test(test_png_lies), cmocka_unit_test(test_jpeg), cmocka_unit_test(test_jpeg_cmyk),
		cmocka_unit_test(test_refused), cmocka_unit_test(test_read_once), cmocka_unit_test(test_reduce),
		cmocka_unit_test(test_reduce_alpha),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
