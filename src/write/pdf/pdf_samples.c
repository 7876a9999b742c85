#include "write/pdf/pdf_samples.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* One row under the PNG filter that leaves the least to say (RFC 2083, 6): 0 none, 1 left, 2 up, 4 Paeth. */
static unsigned paeth(unsigned left, unsigned up, unsigned corner)
{
	int p = (int)left + (int)up - (int)corner;
	int a = abs(p - (int)left), b = abs(p - (int)up), c = abs(p - (int)corner);

	return a <= b && a <= c ? left : b <= c ? up : corner;
}

enum { AT_ONCE = 64 }; /* bytes: loops of a known length are made into steps of many bytes, others are not (gcc -O2) */

/* How far the bytes are from nothing, as PNG's own advice for choosing a filter measures it; `most` or more: no matter how much. */
static unsigned long distance(const unsigned char *rest, size_t n, unsigned long most)
{
	unsigned long sum = 0;
	size_t i = 0;

	for (; i + AT_ONCE <= n && sum < most; i += AT_ONCE) {
		unsigned part = 0;

		for (size_t k = 0; k < AT_ONCE; k++)
			part += rest[i + k] < 128 ? rest[i + k] : 256u - rest[i + k];
		sum += part;
	}
	for (; i < n && sum < most; i++)
		sum += rest[i] < 128 ? rest[i] : 256u - rest[i];
	return sum;
}

static void subtract(unsigned char *restrict rest, const unsigned char *row, const unsigned char *other, size_t n)
{
	size_t i = 0;

	for (; i + AT_ONCE <= n; i += AT_ONCE)
		for (size_t k = 0; k < AT_ONCE; k++)
			rest[i + k] = (unsigned char)(row[i + k] - other[i + k]);
	for (; i < n; i++)
		rest[i] = (unsigned char)(row[i] - other[i]);
}

/* A loop a filter: they are half the time of a document of pictures. */
static unsigned long filter_row(unsigned char *to, const unsigned char *row, const unsigned char *above, size_t n,
                                size_t step, int filter, unsigned long most)
{
	unsigned char *restrict rest = to + 1;

	to[0] = (unsigned char)filter;
	memcpy(rest, row, n < step ? n : step);
	switch (filter) {
	case 1:
		if (n > step)
			subtract(rest + step, row + step, row, n - step);
		break;
	case 2:
		subtract(rest, row, above, n);
		break;
	case 4:
		for (size_t i = 0; i < n && i < step; i++)
			rest[i] = (unsigned char)(row[i] - above[i]);
		for (size_t i = step; i < n; i++)
			rest[i] = (unsigned char)(row[i] - paeth(row[i - step], above[i], above[i - step]));
		break;
	default:
		memcpy(rest, row, n);
	}
	return distance(rest, n, most);
}

static unsigned char *predict(const unsigned char *data, size_t width, size_t height, size_t step)
{
	static const int filters[] = { 0, 1, 2, 4 }; /* the last two look at the row above */
	size_t n = width * step;
	unsigned char *out = mem_alloc(height * (n + 1)), *trial = mem_alloc(n + 1);

	for (size_t y = 0; y < height; y++) {
		const unsigned char *row = data + y * n, *above = y > 0 ? row - n : NULL;
		unsigned char *best = out + y * (n + 1);
		unsigned long least = filter_row(best, row, above, n, step, filters[0], ULONG_MAX);

		for (size_t k = 1; k < (above != NULL ? 4u : 2u) && least > 0; k++) {
			unsigned long sum = filter_row(trial, row, above, n, step, filters[k], least);

			if (sum < least) {
				memcpy(best, trial, n + 1);
				least = sum;
			}
		}
	}
	mem_free(trial);
	return out;
}

unsigned pdf_samples_write(struct pdf_job *job, const unsigned char *data, uint32_t w, uint32_t h, int channels,
                           unsigned mask)
{
	unsigned char *rows = predict(data, w, h, (size_t)channels);
	struct buf keys;
	unsigned id;

	buf_init(&keys);
	buf_printf(&keys, "/Type /XObject /Subtype /Image /Width %u /Height %u /BitsPerComponent 8", w, h);
	buf_printf(&keys, " /ColorSpace /Device%s", channels == 1 ? "Gray" : channels == 3 ? "RGB" : "CMYK");
	if (mask != 0) {
		buf_puts(&keys, " /SMask ");
		pdf_put_ref(&keys, mask);
	}
	buf_printf(&keys, "\n/DecodeParms <</Predictor 15 /Colors %d /BitsPerComponent 8 /Columns %u>>", channels, w);
	id = pdf_stream_new(job->file, rows, (size_t)h * ((size_t)w * (size_t)channels + 1), keys.data, PACK_DEFLATE);
	buf_free(&keys);
	mem_free(rows);
	return id;
}

unsigned pdf_samples_line_art(struct pdf_job *job, const unsigned char *grey, uint32_t w, uint32_t h)
{
	size_t step = ((size_t)w + 7) / 8;
	unsigned char *rows = mem_zalloc(h, step);
	struct buf keys;
	unsigned id;

	for (size_t y = 0; y < h; y++)
		for (size_t x = 0; x < w; x++)
			if (grey[y * w + x] >= 128)
				rows[y * step + x / 8] = (unsigned char)(rows[y * step + x / 8] | 0x80u >> x % 8);
	buf_init(&keys);
	buf_printf(&keys, "/Type /XObject /Subtype /Image /Width %u /Height %u /BitsPerComponent 1 /ColorSpace /DeviceGray", w, h);
	id = pdf_stream_new(job->file, rows, h * step, keys.data, PACK_DEFLATE);
	buf_free(&keys);
	mem_free(rows);
	return id;
}
