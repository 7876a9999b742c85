/* PNG by libpng. The only file that knows its setjmp; nothing is allocated between setjmp and the
 * calls that may jump except what the struct below holds. */
#include <png.h>
#include <setjmp.h>
#include <string.h>

#include <libdeflate.h>

#include "base/mem.h"
#include "image/image_codec.h"

static uint32_t be32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static bool read_ihdr(struct image *img, const unsigned char *body, uint32_t len, struct codec_error *e)
{
	if (len != 13) {
		image_codec_fail(e, "its header is not 13 bytes long");
		return false;
	}
	img->width = be32(body);
	img->height = be32(body + 4);
	if (img->width == 0 || img->height == 0 || img->width > 0x7fffffff || img->height > 0x7fffffff) {
		image_codec_fail(e, "its size makes no sense");
		return false;
	}
	img->channels = body[9] == PNG_COLOR_TYPE_GRAY || body[9] == PNG_COLOR_TYPE_GRAY_ALPHA ? 1 : 3;
	img->line_art = body[8] == 1 && body[9] == PNG_COLOR_TYPE_GRAY;
	img->has_alpha = (body[9] & PNG_COLOR_MASK_ALPHA) != 0;
	return true;
}

static void read_ancillary(struct image *img, const unsigned char *type, const unsigned char *body, uint32_t len)
{
	if (memcmp(type, "tRNS", 4) == 0)
		img->has_alpha = true;
	else if (memcmp(type, "pHYs", 4) == 0 && len == 9 && body[8] == 1) {
		img->dpi_x = image_dpi_from_metre(be32(body));
		img->dpi_y = image_dpi_from_metre(be32(body + 4));
	} else if (memcmp(type, "eXIf", 4) == 0)
		img->orientation = image_exif_orientation(body, len);
}

bool image_png_header(struct image *img, struct codec_error *e)
{
	size_t at = 8;
	bool first = true, pixels = false;

	for (;;) {
		const unsigned char *chunk = img->data + at;
		uint32_t len;

		if (img->len - at < 12) {
			image_codec_fail(e, "it ends before its end chunk (cut off?)");
			return false;
		}
		len = be32(chunk);
		if (len > img->len - at - 12) {
			image_codec_fail(e, "it ends in the middle of a chunk (cut off?)");
			return false;
		}
		if (libdeflate_crc32(0, chunk + 4, (size_t)len + 4) != be32(chunk + 8 + len)) {
			image_codec_fail(e, "a checksum is wrong");
			return false;
		}
		if (first != (memcmp(chunk + 4, "IHDR", 4) == 0)) {
			image_codec_fail(e, "its header is not where it belongs");
			return false;
		}
		if (first && !read_ihdr(img, chunk + 8, len, e))
			return false;
		first = false;
		pixels |= memcmp(chunk + 4, "IDAT", 4) == 0;
		if (memcmp(chunk + 4, "IEND", 4) == 0)
			break;
		read_ancillary(img, chunk + 4, chunk + 8, len);
		at += 12 + (size_t)len;
	}
	if (!pixels)
		image_codec_fail(e, "it holds no pixels");
	return pixels;
}

/* iCCP (PNG, 11.3.3.3): a name, a zero byte, the method 0, the profile deflated. */
void image_png_profile(const struct image *img, struct buf *out, bool *broken)
{
	for (size_t at = 8; img->len - at >= 12;) {
		const unsigned char *chunk = img->data + at, *body = chunk + 8, *name_end;
		uint32_t len = be32(chunk);
		struct libdeflate_decompressor *d;
		size_t head, n = 0;
		char *room;

		if (memcmp(chunk + 4, "IEND", 4) == 0 || memcmp(chunk + 4, "IDAT", 4) == 0)
			return;
		at += 12 + (size_t)len;
		if (memcmp(chunk + 4, "iCCP", 4) != 0)
			continue;
		name_end = memchr(body, 0, len < 80 ? len : 80);
		*broken = true;
		if (name_end == NULL || (head = (size_t)(name_end - body) + 2) > len || name_end[1] != 0)
			return;
		d = libdeflate_alloc_decompressor();
		if (d == NULL)
			mem_fail();
		room = mem_alloc(IMAGE_MOST_PROFILE);
		if (libdeflate_zlib_decompress(d, body + head, len - head, room, IMAGE_MOST_PROFILE, &n) == LIBDEFLATE_SUCCESS) {
			buf_put(out, room, n);
			*broken = false;
		}
		mem_free(room);
		libdeflate_free_decompressor(d);
		return;
	}
}

struct png_job {
	const struct image *img;
	size_t at;
	struct codec_error *e;
	unsigned char *rgba;  /* decoded with alpha beside the colour */
	unsigned char **rows;
	uint32_t width, height;
	int channels;         /* with alpha: 1-4 */
};

static void on_error(png_structp png, png_const_charp text)
{
	struct png_job *job = png_get_error_ptr(png);

	image_codec_fail(job->e, text);
	png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp text)
{
	(void)png;
	(void)text; /* bad profiles and the like: the pixels are what counts */
}

static void read_data(png_structp png, png_bytep to, size_t n)
{
	struct png_job *job = png_get_io_ptr(png);

	if (n > job->img->len - job->at)
		png_error(png, "unexpected end of the data");
	memcpy(to, job->img->data + job->at, n);
	job->at += n;
}

static void ask_for_8_bits(png_structp png, png_infop info)
{
	int type = png_get_color_type(png, info);

	png_set_scale_16(png);
	if (type == PNG_COLOR_TYPE_PALETTE)
		png_set_palette_to_rgb(png);
	if (type == PNG_COLOR_TYPE_GRAY)
		png_set_expand_gray_1_2_4_to_8(png);
	if (png_get_valid(png, info, PNG_INFO_tRNS))
		png_set_tRNS_to_alpha(png);
	png_set_interlace_handling(png);
	png_read_update_info(png, info);
}

static bool run_libpng(struct png_job *job, png_structp png, png_infop info)
{
	if (setjmp(png_jmpbuf(png)))
		return false;
	png_set_read_fn(png, job, read_data);
	png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
	png_set_chunk_cache_max(png, 1000);
	png_set_chunk_malloc_max(png, 16 << 20);
	png_read_info(png, info);
	ask_for_8_bits(png, info);
	job->width = png_get_image_width(png, info);
	job->height = png_get_image_height(png, info);
	job->channels = png_get_channels(png, info);
	if (png_get_rowbytes(png, info) != (size_t)job->width * (size_t)job->channels)
		png_error(png, "rows of an unexpected length");
	job->rgba = mem_zalloc((size_t)job->width * job->height, (size_t)job->channels);
	job->rows = mem_zalloc(job->height, sizeof *job->rows);
	for (uint32_t y = 0; y < job->height; y++)
		job->rows[y] = job->rgba + (size_t)y * job->width * (size_t)job->channels;
	png_read_image(png, job->rows);
	png_read_end(png, NULL);
	return true;
}

/* Colour and alpha apart; an alpha that is full everywhere is none. */
static void split(struct png_job *job, struct image_pixels *out)
{
	size_t n = (size_t)job->width * job->height;
	size_t colours = job->channels >= 3 ? 3 : 1, step = (size_t)job->channels;
	unsigned char least = 255;

	out->width = job->width;
	out->height = job->height;
	out->channels = (int)colours;
	if (step == colours) {
		out->data = job->rgba;
		job->rgba = NULL;
		return;
	}
	out->data = mem_alloc(n * colours);
	out->alpha = mem_alloc(n);
	for (size_t i = 0; i < n; i++) {
		memcpy(out->data + i * colours, job->rgba + i * step, colours);
		out->alpha[i] = job->rgba[i * step + colours];
		if (out->alpha[i] < least)
			least = out->alpha[i];
	}
	if (least == 255) {
		mem_free(out->alpha);
		out->alpha = NULL;
	}
}

bool image_png_decode(const struct image *img, struct image_pixels *out, struct codec_error *e)
{
	struct png_job job = { .img = img, .e = e };
	png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &job, on_error, on_warning);
	png_infop info = png != NULL ? png_create_info_struct(png) : NULL;
	bool ok;

	if (info == NULL)
		mem_fail();
	ok = run_libpng(&job, png, info);
	png_destroy_read_struct(&png, &info, NULL);
	if (ok)
		split(&job, out);
	mem_free(job.rgba);
	mem_free(job.rows);
	return ok;
}
