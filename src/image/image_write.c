#include "image/image_write.h"

#include <libdeflate.h>
#include <string.h>

#include "base/mem.h"

/* ---- few colours ---------------------------------------------------------------------------------------- */

enum { MOST_COLOURS = 256, SLOTS = 1024 };

struct palette {
	unsigned char v[MOST_COLOURS * 3];
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
		p->v[p->n * 3] = (unsigned char)(rgb >> 16);
		p->v[p->n * 3 + 1] = (unsigned char)(rgb >> 8);
		p->v[p->n * 3 + 2] = (unsigned char)rgb;
		p->index[at] = (unsigned char)p->n++;
	}
	return p->index[at];
}

/* Drawings have few colours; as indexes they take a third of the bytes, and of the time to pack them. Rows as a PNG has
 * them: a byte for the filter, then the pixels. NULL: too many colours. The result is mem_free'd by the caller. */
static unsigned char *indexed(const unsigned char *pixels, uint32_t width, uint32_t height, struct palette *p)
{
	unsigned char *out = mem_alloc(((size_t)width + 1) * height), *to = out;
	uint32_t last = UINT32_MAX;
	int index = 0;

	memset(p, 0, sizeof *p);
	for (uint32_t y = 0; y < height; y++) {
		*to++ = 0;
		for (uint32_t x = 0; x < width; x++, pixels += 3) {
			uint32_t rgb = (uint32_t)pixels[0] << 16 | (uint32_t)pixels[1] << 8 | pixels[2];

			if (rgb != last) {
				index = index_of(p, rgb);
				last = rgb;
			}
			if (index < 0) {
				mem_free(out);
				return NULL;
			}
			*to++ = (unsigned char)index;
		}
	}
	return out;
}

/* Every row as the difference to the one above: photographs and soft edges pack better so. */
static unsigned char *differences(const unsigned char *pixels, size_t row, uint32_t height)
{
	unsigned char *out = mem_alloc((row + 1) * height), *to = out;

	for (uint32_t y = 0; y < height; y++, pixels += row) {
		*to++ = 2; /* filter "up" */
		for (size_t i = 0; i < row; i++)
			*to++ = (unsigned char)(y > 0 ? pixels[i] - (pixels - row)[i] : pixels[i]);
	}
	return out;
}

/* ---- the file: PNG, W3C Recommendation, third edition, chapters 5 and 11 ------------------------------------------ */

enum { GRAY = 0, TRUECOLOUR = 2, INDEXED = 3, LEVEL_INDEXED = 1, LEVEL = 9, PERCEPTUAL = 0 };

static void put_u32(struct buf *out, uint32_t v)
{
	const unsigned char b[4] = { (unsigned char)(v >> 24), (unsigned char)(v >> 16), (unsigned char)(v >> 8), (unsigned char)v };

	buf_put(out, b, sizeof b);
}

/* The chunk whose data was put behind a length, still to be filled in, and its name. */
static void end_chunk(struct buf *out, size_t begin)
{
	unsigned char *at = (unsigned char *)out->data + begin;
	uint32_t len = (uint32_t)(out->len - begin - 8);

	for (int i = 0; i < 4; i++)
		at[i] = (unsigned char)(len >> (24 - 8 * i));
	put_u32(out, libdeflate_crc32(0, out->data + begin + 4, out->len - begin - 4));
}

static size_t begin_chunk(struct buf *out, const char *name)
{
	size_t begin = out->len;

	put_u32(out, 0);
	buf_put(out, name, 4);
	return begin;
}

static void put_header(struct buf *out, uint32_t width, uint32_t height, int type, const struct palette *palette)
{
	const unsigned char kind[5] = { 8, (unsigned char)type, 0, 0, 0 };
	size_t begin;

	buf_put(out, "\x89PNG\r\n\x1a\n", 8);
	begin = begin_chunk(out, "IHDR");
	put_u32(out, width);
	put_u32(out, height);
	buf_put(out, kind, sizeof kind);
	end_chunk(out, begin);
	begin = begin_chunk(out, "sRGB");
	buf_putc(out, PERCEPTUAL);
	end_chunk(out, begin);
	if (palette == NULL)
		return;
	begin = begin_chunk(out, "PLTE");
	buf_put(out, palette->v, (size_t)palette->n * 3);
	end_chunk(out, begin);
}

/* False: no compressor, or more than a chunk can hold. */
static bool put_pixels(struct buf *out, const unsigned char *rows, size_t len, int level)
{
	struct libdeflate_compressor *packer = libdeflate_alloc_compressor(level);
	size_t bound = packer != NULL ? libdeflate_zlib_compress_bound(packer, len) : 0, begin, n;
	char *packed;

	if (packer == NULL || bound > UINT32_MAX / 2) {
		libdeflate_free_compressor(packer);
		return false;
	}
	packed = mem_alloc(bound);
	n = libdeflate_zlib_compress(packer, rows, len, packed, bound);
	libdeflate_free_compressor(packer);
	begin = begin_chunk(out, "IDAT");
	buf_put(out, packed, n);
	mem_free(packed);
	end_chunk(out, begin);
	end_chunk(out, begin_chunk(out, "IEND"));
	return n > 0;
}

bool image_write_png(const unsigned char *pixels, uint32_t width, uint32_t height, int channels, struct buf *out,
                     struct diag_log *log)
{
	size_t base = out->len, row = (size_t)width * (size_t)channels;
	struct palette palette;
	unsigned char *rows;
	bool ok, few;

	if (width == 0 || height == 0 || (channels != 1 && channels != 3)) {
		diag_fail(log, "image-write", DIAG_NOWHERE, "a picture of %u x %u pixels, %d channels cannot be written", width,
		          height, channels);
		return false;
	}
	rows = channels == 3 ? indexed(pixels, width, height, &palette) : NULL;
	few = rows != NULL;
	if (few)
		row = width;
	else
		rows = differences(pixels, row, height);
	put_header(out, width, height, few ? INDEXED : channels == 3 ? TRUECOLOUR : GRAY, few ? &palette : NULL);
	ok = put_pixels(out, rows, (row + 1) * height, few ? LEVEL_INDEXED : LEVEL);
	mem_free(rows);
	if (!ok) {
		diag_fail(log, "image-write", DIAG_NOWHERE, "a picture of %u x %u pixels could not be packed", width, height);
		out->len = base;
	}
	return ok;
}
