/* Exact means in integers. Along a row of w old and W new pixels an old one is W units long and a new one w, so that
 * shares are whole numbers; down the columns likewise. The largest sum is 255 * 255 * w * h: of 100 million pixels it
 * fits 64 bits. */
#include "image/image_reduce.h"

#include <string.h>

#include "base/mem.h"

struct reducer {
	const struct image_pixels *px;
	uint64_t width, height; /* of the new picture */
	size_t channels;    /* of colour */
	size_t step;        /* sums a pixel: the colours, each times its alpha, and the alpha */
	uint64_t *row;      /* of the old row looked at */
	uint64_t *sum;      /* of the new row */
};

static uint64_t overlap(uint64_t a0, uint64_t a1, uint64_t b0, uint64_t b1)
{
	return (a1 < b1 ? a1 : b1) - (a0 > b0 ? a0 : b0);
}

static void sum_row(struct reducer *r, uint64_t y)
{
	uint64_t w = r->px->width;
	const unsigned char *colour = r->px->data + y * w * r->channels;
	const unsigned char *alpha = r->px->alpha != NULL ? r->px->alpha + y * w : NULL;

	memset(r->row, 0, (size_t)r->width * r->step * sizeof *r->row);
	for (uint64_t x = 0; x < r->width; x++) {
		uint64_t from = x * w, to = from + w, *out = r->row + x * r->step;

		for (uint64_t i = from / r->width; i * r->width < to; i++) {
			uint64_t share = overlap(from, to, i * r->width, (i + 1) * r->width);

			if (alpha != NULL)
				share *= alpha[i];
			for (size_t c = 0; c < r->channels; c++)
				out[c] += share * colour[i * r->channels + c];
			if (alpha != NULL)
				out[r->channels] += share;
		}
	}
}

/* Where nothing shows, the colour is that in the middle: devices that smooth pictures look at it all the same. */
static void put_row(const struct reducer *r, uint64_t y, unsigned char *colour, unsigned char *alpha)
{
	uint64_t w = r->px->width, h = r->px->height, whole = w * h;
	const unsigned char *middle = r->px->data + (2 * y + 1) * h / (2 * r->height) * w * r->channels;

	for (uint64_t x = 0; x < r->width; x++) {
		const uint64_t *in = r->sum + x * r->step;
		uint64_t part = alpha != NULL ? in[r->channels] : whole;

		for (size_t c = 0; c < r->channels; c++)
			colour[x * r->channels + c] =
				(unsigned char)(part > 0 ? (in[c] + part / 2) / part
				         : middle[(2 * x + 1) * w / (2 * r->width) * r->channels + c]);
		if (alpha != NULL)
			alpha[x] = (unsigned char)((part + whole / 2) / whole);
	}
}

void image_reduce(struct image_pixels *px, uint32_t width, uint32_t height)
{
	struct reducer r = { .px = px, .width = width, .height = height, .channels = (size_t)px->channels };
	uint64_t h = px->height;
	unsigned char *data = mem_alloc((size_t)width * height * r.channels);
	unsigned char *alpha = px->alpha != NULL ? mem_alloc((size_t)width * height) : NULL;
	size_t n;

	r.step = r.channels + (alpha != NULL);
	n = (size_t)width * r.step;
	r.row = mem_zalloc(2 * n, sizeof *r.row);
	r.sum = r.row + n;
	for (uint64_t y = 0; y < height; y++) {
		uint64_t from = y * h, to = from + h;

		memset(r.sum, 0, n * sizeof *r.sum);
		for (uint64_t i = from / height; i * height < to; i++) {
			uint64_t share = overlap(from, to, i * height, (i + 1) * height);

			sum_row(&r, i);
			for (size_t k = 0; k < n; k++)
				r.sum[k] += share * r.row[k];
		}
		put_row(&r, y, data + y * width * r.channels, alpha != NULL ? alpha + y * width : NULL);
	}
	mem_free(r.row);
	mem_free(px->data);
	mem_free(px->alpha);
	px->data = data;
	px->alpha = alpha;
	px->width = width;
	px->height = height;
}
