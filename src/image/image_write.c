#include "image/image_write.h"

#include <libdeflate.h>
#include <string.h>
#include <zlib.h>

#include "base/mem.h"

/* ---- the file: PNG, W3C Recommendation, third edition, chapters 5 and 11 ------------------------------------------ */

enum { GRAY = 0, TRUECOLOUR = 2, INDEXED = 3, LEVEL = 9, PERCEPTUAL = 0, FILTER_NONE = 0, FILTER_UP = 2 };

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

static void put_header(struct buf *out, uint32_t width, uint32_t height, int bits, int type)
{
	const unsigned char kind[5] = { (unsigned char)bits, (unsigned char)type, 0, 0, 0 };
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
}

static void put_end(struct buf *out)
{
	end_chunk(out, begin_chunk(out, "IEND"));
}

static bool fail(struct buf *out, size_t base, uint32_t width, uint32_t height, const char *why, struct diag_log *log)
{
	out->len = base;
	diag_fail(log, "image-write", DIAG_NOWHERE, "a picture of %u x %u pixels %s", width, height, why);
	return false;
}

/* ---- pixels ------------------------------------------------------------------------------------------------- */

/* Every row as the difference to the one above: photographs and soft edges pack better so. */
static unsigned char *differences(const unsigned char *pixels, size_t row, uint32_t height)
{
	unsigned char *out = mem_alloc((row + 1) * height), *to = out;

	for (uint32_t y = 0; y < height; y++, pixels += row) {
		*to++ = FILTER_UP;
		for (size_t i = 0; i < row; i++)
			*to++ = (unsigned char)(y > 0 ? pixels[i] - (pixels - row)[i] : pixels[i]);
	}
	return out;
}

/* False: no compressor, or more than a chunk can hold. */
static bool put_pixels(struct buf *out, const unsigned char *rows, size_t len)
{
	struct libdeflate_compressor *packer = libdeflate_alloc_compressor(LEVEL);
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
	return n > 0;
}

bool image_write_png(const unsigned char *pixels, uint32_t width, uint32_t height, int channels, struct buf *out,
                     struct diag_log *log)
{
	size_t base = out->len, row = (size_t)width * (size_t)channels;
	unsigned char *rows;
	bool ok;

	if (width == 0 || height == 0 || (channels != 1 && channels != 3))
		return fail(out, base, width, height, "and of so many channels cannot be written", log);
	rows = differences(pixels, row, height);
	put_header(out, width, height, 8, channels == 3 ? TRUECOLOUR : GRAY);
	ok = put_pixels(out, rows, (row + 1) * height);
	mem_free(rows);
	if (!ok)
		return fail(out, base, width, height, "could not be packed", log);
	put_end(out);
	return true;
}

/* ---- a drawing ------------------------------------------------------------------------------------------------ */

/* Rows go through zlib as they come, as runs of one byte: of the differences between the rows of a drawing nearly all are
 * zero. Where many rows in a row are zero, packing them costs more than everything else; but behind a full flush the stream
 * knows nothing of what was before (RFC 1951, 3.2: each block stands alone), so such a stretch is packed once and then copied.
 * There is also one before zlib's window is full, from where on it would go through its tables for each 32 KB, which runs do not
 * need: so it begins anew. */
enum { STRETCH = 32 /* rows */, MEMORY = 6 /* of zlib: a block of 4,096 codes */, WINDOW = 65536 - 262 /* [byte] it holds; zlib.h */ };

struct packer {
	z_stream z;
	struct buf *out;
	size_t row, held;      /* [byte] of a row; packed since the last full flush */
	uint32_t adler;
	uint32_t stretch_adler;
	struct buf stretch;    /* the packed zeros */
	uint32_t zeros;        /* rows of them that wait */
	unsigned char *blank;  /* a row of them, its filter in front */
	bool ok;
};

static void pack(struct packer *p, const unsigned char *data, size_t len, int flush)
{
	unsigned char room[4096];
	int result;

	p->z.next_in = (z_const Bytef *)data;
	p->z.avail_in = (uInt)len;
	do {
		p->z.next_out = room;
		p->z.avail_out = sizeof room;
		result = deflate(&p->z, flush);
		buf_put(p->out, room, sizeof room - p->z.avail_out);
	} while (p->z.avail_out == 0 && result == Z_OK);
	p->held = flush == Z_FULL_FLUSH ? 0 : p->held + len;
	p->ok = p->ok && (result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR);
}

static void pack_row(struct packer *p, const unsigned char *row)
{
	if (p->held + p->row > WINDOW)
		pack(p, NULL, 0, Z_FULL_FLUSH);
	pack(p, row, p->row, Z_NO_FLUSH);
	p->adler = libdeflate_adler32(p->adler, row, p->row);
}

static void pack_stretch(struct packer *p)
{
	pack(p, NULL, 0, Z_FULL_FLUSH);
	if (p->stretch.len == 0) {
		size_t begin = p->out->len;

		p->stretch_adler = 1 /* of nothing */;
		for (int i = 0; i < STRETCH; i++) {
			pack(p, p->blank, p->row, Z_NO_FLUSH);
			p->stretch_adler = libdeflate_adler32(p->stretch_adler, p->blank, p->row);
		}
		pack(p, NULL, 0, Z_FULL_FLUSH);
		buf_put(&p->stretch, p->out->data + begin, p->out->len - begin);
	} else {
		buf_put(p->out, p->stretch.data, p->stretch.len);
	}
	p->adler = (uint32_t)adler32_combine(p->adler, p->stretch_adler, (z_off_t)(p->row * STRETCH));
}

static void pack_zeros(struct packer *p)
{
	for (; p->zeros >= STRETCH; p->zeros -= STRETCH)
		pack_stretch(p);
	for (; p->zeros > 0; p->zeros--)
		pack_row(p, p->blank);
}

/* Eight pixels, the first in the lowest byte, as four bytes with two each. */
static uint32_t pair_up(uint64_t eight)
{
	uint64_t two = ((eight & 0x000F000F000F000Fu) << 4 | (eight >> 8 & 0x000F000F000F000Fu));

	two = (two | two >> 8) & 0x0000FFFF0000FFFFu;
	return (uint32_t)(two | two >> 16);
}

/* a - b, of each of four bytes. */
static uint32_t subtract(uint32_t a, uint32_t b)
{
	const uint32_t tops = 0x80808080u;

	return ((a | tops) - (b & ~tops)) ^ ((a ^ ~b) & tops);
}

static uint64_t read_eight(const unsigned char *p)
{
	return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 |
	       (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
}

static void write_four(unsigned char *p, uint32_t v)
{
	p[0] = (unsigned char)v;
	p[1] = (unsigned char)(v >> 8);
	p[2] = (unsigned char)(v >> 16);
	p[3] = (unsigned char)(v >> 24);
}

/* Two pixels a byte, as the difference to the row above. From pixel `from`, an even one, on: before and behind neither row has
 * any. */
static void filter_row(const unsigned char *pixels, const unsigned char *above, size_t from, size_t end, size_t width, unsigned char *to)
{
	size_t x = from;

	for (; x < end && x + 8 <= width; x += 8) {
		uint64_t eight = read_eight(pixels + x), was = read_eight(above + x);

		if (eight != was) /* it mostly is: nothing, or the inside of a letter */
			write_four(to + x / 2, subtract(pair_up(eight), pair_up(was)));
	}
	for (; x < end; x += 2) {
		unsigned two = (pixels[x] & 15u) << 4 | (x + 1 < width ? pixels[x + 1] & 15u : 0);
		unsigned was = (above[x] & 15u) << 4 | (x + 1 < width ? above[x + 1] & 15u : 0);

		to[x / 2] = (unsigned char)(two - was);
	}
}

static uint32_t least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static uint32_t most(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

static void pack_rows(struct packer *p, const struct image_drawing *d)
{
	unsigned char *row = mem_zalloc(p->row, 1), *white = mem_zalloc(d->width, 1);
	const struct drawing_row none = { white, d->width, 0 };
	struct drawing_row above = none;

	row[0] = p->blank[0] = FILTER_UP;
	for (uint32_t y = 0; y < d->height; y++) {
		struct drawing_row at = d->rows[y].v != NULL && d->rows[y].from < d->rows[y].to ? d->rows[y] : none;
		bool same = at.v == above.v;

		if (!same) {
			memset(row + 1, 0, p->row - 1);
			filter_row(at.v, above.v, least(at.from, above.from) & ~1u, most(at.to, above.to), d->width, row + 1);
			same = memcmp(row, p->blank, p->row) == 0;
			above = at;
		}
		if (same) {
			p->zeros++;
			continue;
		}
		pack_zeros(p);
		pack_row(p, row);
	}
	pack_zeros(p);
	pack(p, NULL, 0, Z_FINISH);
	mem_free(row);
	mem_free(white);
}

bool image_write_drawing(const struct image_drawing *d, struct buf *out, struct diag_log *log)
{
	size_t base = out->len, begin;
	struct packer p = { .out = out, .row = ((size_t)d->width + 1) / 2 + 1, .adler = 1 /* of nothing */, .ok = true };

	if (d->width == 0 || d->height == 0 || d->width > UINT32_MAX / 4)
		return fail(out, base, d->width, d->height, "cannot be written", log);
	if (deflateInit2(&p.z, 1, Z_DEFLATED, -MAX_WBITS, MEMORY, Z_RLE) != Z_OK)
		return fail(out, base, d->width, d->height, "could not be packed", log);
	put_header(out, d->width, d->height, 4, INDEXED);
	begin = begin_chunk(out, "PLTE");
	buf_put(out, d->palette, sizeof d->palette);
	end_chunk(out, begin);
	begin = begin_chunk(out, "IDAT");
	buf_put(out, "\x78\x01", 2); /* RFC 1950: deflate, a window of 32 KB, packed fast */
	buf_init(&p.stretch);
	p.blank = mem_zalloc(p.row, 1);
	pack_rows(&p, d);
	deflateEnd(&p.z);
	mem_free(p.blank);
	buf_free(&p.stretch);
	put_u32(out, p.adler);
	end_chunk(out, begin);
	put_end(out);
	return p.ok || fail(out, base, d->width, d->height, "could not be packed", log);
}
