#include "write/pdf/pdf_image.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "write/pdf/pdf_colour.h"

/* Backdrops that are no colour of the palette. */
enum { NO_BACKDROP = -1, PAPER = -2 };

struct placed {
	const struct image *image;
	int backdrop;            /* colour it is blended with, where there is no transparency; NO_BACKDROP: none is */
	const struct node *node; /* of its first place, for messages; or NULL */
	size_t first; /* place among all, in page order: numbers must not hang on addresses */
	unsigned id;
	bool alpha;
};

struct pdf_images {
	const struct pdf_job *job;
	struct placed *v; /* by address of image, for look-up */
	size_t n, cap;
};

static int by_address(const void *a, const void *b)
{
	uintptr_t l = (uintptr_t)((const struct placed *)a)->image, r = (uintptr_t)((const struct placed *)b)->image;

	if (l == r) {
		int lb = ((const struct placed *)a)->backdrop, rb = ((const struct placed *)b)->backdrop;

		return (lb > rb) - (lb < rb);
	}
	return (l > r) - (l < r);
}

static int by_first(const void *a, const void *b)
{
	size_t l = ((const struct placed *)a)->first, r = ((const struct placed *)b)->first;

	return (l > r) - (l < r);
}

static bool covers(const struct item *fill, const struct item *it)
{
	return fill->kind == ITEM_FILL && fill->x <= it->x && fill->y <= it->y && fill->x + fill->w >= it->x + it->w &&
	       fill->y + fill->h >= it->y + it->h;
}

/* What a picture with an alpha channel lies on: the last area painted before it that it lies within. */
static int backdrop_of(const struct pdf_job *job, size_t page, const struct item *it)
{
	int found = PAPER;

	if (!job->profile->flat || !it->u.image.image->has_alpha)
		return NO_BACKDROP;
	for (const struct item *below = job->pages->v[page].items; below < it; below++)
		if (covers(below, it) && below->u.fill.colour >= 0 && below->u.fill.colour < job->pages->n_colours)
			found = below->u.fill.colour;
	return found;
}

static struct placed *lookup(const struct pdf_images *im, size_t page, const struct item *it)
{
	struct placed key = { .image = it->u.image.image };

	if (im->n == 0 || key.image == NULL)
		return NULL;
	key.backdrop = backdrop_of(im->job, page, it);
	return bsearch(&key, im->v, im->n, sizeof *im->v, by_address);
}

/* One row under the PNG filter that leaves the least to say (RFC 2083, 6): 0 none, 1 left, 2 up, 4 Paeth. */
static unsigned paeth(unsigned left, unsigned up, unsigned corner)
{
	int p = (int)left + (int)up - (int)corner;
	int a = abs(p - (int)left), b = abs(p - (int)up), c = abs(p - (int)corner);

	return a <= b && a <= c ? left : b <= c ? up : corner;
}

/* How far the bytes are from nothing, as PNG's own advice for choosing a filter measures it. */
static unsigned long distance(const unsigned char *rest, size_t n)
{
	unsigned long sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += (unsigned long)abs((signed char)rest[i]);
	return sum;
}

/* A loop a filter: they are half the time of a document of pictures, and the simple ones go many bytes at once. */
static unsigned long filter_row(unsigned char *to, const unsigned char *row, const unsigned char *above, size_t n,
                                size_t step, int filter)
{
	unsigned char *restrict rest = to + 1;

	to[0] = (unsigned char)filter;
	memcpy(rest, row, n < step ? n : step);
	switch (filter) {
	case 1:
		for (size_t i = step; i < n; i++)
			rest[i] = (unsigned char)(row[i] - row[i - step]);
		break;
	case 2:
		for (size_t i = 0; i < n; i++)
			rest[i] = (unsigned char)(row[i] - above[i]);
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
	return distance(rest, n);
}

static unsigned char *predict(const unsigned char *data, size_t width, size_t height, size_t step)
{
	static const int filters[] = { 0, 1, 2, 4 }; /* the last two look at the row above */
	size_t n = width * step;
	unsigned char *out = mem_alloc(height * (n + 1)), *trial = mem_alloc(n + 1);

	for (size_t y = 0; y < height; y++) {
		const unsigned char *row = data + y * n, *above = y > 0 ? row - n : NULL;
		unsigned char *best = out + y * (n + 1);
		unsigned long least = filter_row(best, row, above, n, step, filters[0]);

		for (size_t k = 1; k < (above != NULL ? 4u : 2u); k++) {
			unsigned long sum = filter_row(trial, row, above, n, step, filters[k]);

			if (sum < least) {
				memcpy(best, trial, n + 1);
				least = sum;
			}
		}
	}
	mem_free(trial);
	return out;
}

static unsigned write_samples(struct pdf_job *job, const unsigned char *data, uint32_t w, uint32_t h, int channels,
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

static unsigned write_jpeg(struct pdf_job *job, const struct image *img)
{
	struct buf keys;
	unsigned id;

	buf_init(&keys);
	buf_printf(&keys, "/Type /XObject /Subtype /Image /Width %u /Height %u /BitsPerComponent 8 /ColorSpace /Device%s%s "
	                  "/Filter /DCTDecode", img->width, img->height,
	           img->channels == 1 ? "Gray" : img->channels == 3 ? "RGB" : "CMYK",
	           img->adobe_inverted ? " /Decode [1 0 1 0 1 0 1 0]" : "");
	id = pdf_stream_new(job->file, img->data, img->len, keys.data, PACK_READY);
	buf_free(&keys);
	return id;
}

/* RGB that is grey throughout becomes one channel: black ink alone in print, a third of the size. */
static void drop_idle_channels(struct image_pixels *px)
{
	size_t n = (size_t)px->width * px->height;

	if (px->channels != 3)
		return;
	for (size_t i = 0; i < n; i++)
		if (px->data[3 * i] != px->data[3 * i + 1] || px->data[3 * i] != px->data[3 * i + 2])
			return;
	for (size_t i = 0; i < n; i++)
		px->data[i] = px->data[3 * i];
	px->channels = 1;
}

/* What the numbers of the picture mean and what those of the file shall; false: they stay as they are. */
static bool find_way(const struct pdf_job *job, const struct image *img, int channels, struct icc *from, struct icc *to)
{
	const struct icc none = { .channels = 3 }, *press = &job->press;

	*from = img->icc.data != NULL && img->icc.channels == channels ? img->icc : channels == 4 ? *press : none;
	*to = job->screen ? none : *press;
	if (channels == 1 || (channels == 4 && from->data == NULL))
		return false;
	if (from->data == to->data || (from->len == to->len && memcmp(from->data, to->data, to->len) == 0))
		return false;
	/* the many editions of sRGB: converting one to another only costs */
	return !(job->screen && channels == 3 && strstr(from->description, "sRGB") != NULL);
}

static bool by_profile(struct pdf_job *job, struct image_pixels *px, struct icc *from, struct icc *to)
{
	size_t n = (size_t)px->width * px->height;
	struct icc_way *w;
	unsigned char *data;

	if (to->data == NULL) /* no printing condition: by way of sRGB */
		to->channels = 3;
	w = icc_way_new(from, to);
	if (w == NULL) {
		diag_fail(job->log, "pdf", DIAG_NOWHERE, "Little CMS cannot convert a picture from \"%s\" to \"%s\"",
		          from->description, to->description);
		return false;
	}
	data = mem_alloc(n * (size_t)to->channels);
	icc_way_run(w, px->data, data, n);
	icc_way_free(w);
	mem_free(px->data);
	px->data = data;
	px->channels = to->channels;
	return true;
}

static void by_formula(struct image_pixels *px, int want)
{
	size_t n = (size_t)px->width * px->height;
	unsigned char *data = mem_alloc(n * (size_t)want);

	if (want == 3)
		pdf_colour_to_rgb(px->data, data, n);
	else
		pdf_colour_to_cmyk(px->data, data, n);
	mem_free(px->data);
	px->data = data;
	px->channels = want;
}

/* The author's own separations are not touched: what is over the limit is said. */
static void check_ink(struct pdf_job *job, const struct placed *p, struct image_pixels *px)
{
	size_t n = (size_t)px->width * px->height;
	size_t over = pdf_colour_limit_ink(px->data, n, job->options->ink_limit, false);

	/* a speck of an edge dries; a hundredth of the picture does not */
	if (over * 100 > n)
		diag_warn(job->log, "ink-limit", p->node != NULL ? p->node->pos : DIAG_NOWHERE,
		          "picture %s: %zu %% of it take more than %d %% of ink", p->image->name, (over * 100 + n / 2) / n,
		          (int)(job->options->ink_limit / 10));
}

static bool to_target_space(struct pdf_job *job, const struct placed *p, struct image_pixels *px)
{
	size_t n = (size_t)px->width * px->height;
	int want = job->screen ? 3 : 4;
	bool separated = px->channels == 4;
	struct icc from, to;

	drop_idle_channels(px);
	if (find_way(job, p->image, px->channels, &from, &to)) {
		if (!by_profile(job, px, &from, &to))
			return false;
		separated = false;
	}
	if (px->channels != 1 && px->channels != want)
		by_formula(px, want);
	if (px->channels == 4 && !separated)
		pdf_colour_limit_ink(px->data, n, job->options->ink_limit, true);
	else if (px->channels == 4)
		check_ink(job, p, px);
	return true;
}

/* Grey to the black plate alone. */
static void spread_grey(struct image_pixels *px)
{
	size_t n = (size_t)px->width * px->height;
	unsigned char *data = mem_zalloc(n, 4);

	for (size_t i = 0; i < n; i++)
		data[4 * i + 3] = (unsigned char)(255 - px->data[i]);
	mem_free(px->data);
	px->data = data;
	px->channels = 4;
}

/* The picture and the even colour below it become one, in inks. */
static void blend(const struct pdf_job *job, const struct placed *p, struct image_pixels *px)
{
	size_t n = (size_t)px->width * px->height;
	int below[4] = { 0 };

	for (int j = 0; j < 4 && p->backdrop >= 0; j++)
		below[j] = (job->pages->colours[p->backdrop].cmyk[j] * 255 + 500) / 1000;
	if (px->channels == 1)
		spread_grey(px);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < 4; j++) {
			unsigned char *v = &px->data[4 * i + j];

			*v = (unsigned char)((*v * px->alpha[i] + below[j] * (255 - px->alpha[i]) + 127) / 255);
		}
}

/* May the file's bytes go into the PDF as they are? */
static bool passes(const struct pdf_job *job, const struct image *img)
{
	struct icc from, to;

	return img->format == IMAGE_JPEG && img->orientation == 1 && img->plain_jpeg &&
	       img->channels != (job->screen ? 4 : 3) && !find_way(job, img, img->channels, &from, &to);
}

static bool write_image(struct pdf_job *job, struct placed *p)
{
	struct image_pixels px;
	unsigned mask = 0;
	bool ok, whole = passes(job, p->image);

	if (whole && p->image->channels != 4) {
		p->id = write_jpeg(job, p->image);
		return true;
	}
	if (!image_decode(p->image, &px, job->log, p->node != NULL ? p->node->pos : DIAG_NOWHERE))
		return false;
	ok = to_target_space(job, p, &px);
	if (ok && px.alpha != NULL && p->backdrop != NO_BACKDROP)
		blend(job, p, &px);
	else if (ok && px.alpha != NULL) {
		mask = write_samples(job, px.alpha, px.width, px.height, 1, 0);
		p->alpha = true;
	}
	if (ok)
		p->id = whole ? write_jpeg(job, p->image)
		              : write_samples(job, px.data, px.width, px.height, px.channels, mask);
	image_pixels_free(&px);
	return ok;
}

static void collect(struct pdf_job *job, struct pdf_images *im)
{
	size_t n = 0;

	for (size_t i = 0; i < job->pages->n; i++) {
		const struct page *page = &job->pages->v[i];

		for (size_t k = 0; k < page->n; k++) {
			if (page->items[k].kind != ITEM_IMAGE || page->items[k].u.image.image == NULL)
				continue;
			VEC_ROOM(im->v, im->n, im->cap, 1);
			im->v[im->n] = (struct placed){ .image = page->items[k].u.image.image,
			                            .node = page->items[k].node, .first = im->n,
			                            .backdrop = backdrop_of(job, i, &page->items[k]) };
			im->n++;
		}
	}
	if (im->n == 0)
		return;
	/* the first use of each, then in page order, then numbered */
	qsort(im->v, im->n, sizeof *im->v, by_address);
	for (size_t i = 0; i < im->n; i++) {
		if (n > 0 && by_address(&im->v[n - 1], &im->v[i]) == 0) {
			if (im->v[i].first < im->v[n - 1].first)
				im->v[n - 1] = im->v[i];
			continue;
		}
		im->v[n++] = im->v[i];
	}
	im->n = n;
	qsort(im->v, im->n, sizeof *im->v, by_first);
	for (size_t i = 0; i < im->n; i++)
		im->v[i].first = i;
}

struct pdf_images *pdf_images_new(struct pdf_job *job)
{
	struct pdf_images *im = mem_zalloc(1, sizeof *im);
	struct buf *res = job->resources.body;

	im->job = job;
	collect(job, im);
	buf_puts(res, "/XObject <<");
	for (size_t i = 0; i < im->n; i++) {
		if (!write_image(job, &im->v[i])) {
			pdf_images_free(im);
			return NULL;
		}
		buf_printf(res, "/I%zu ", im->v[i].first);
		pdf_put_ref(res, im->v[i].id);
	}
	if (job->marks != 0) {
		buf_puts(res, "/Marks ");
		pdf_put_ref(res, job->marks);
	}
	buf_puts(res, ">>\n");
	if (im->n > 0)
		qsort(im->v, im->n, sizeof *im->v, by_address);
	return im;
}

void pdf_images_free(struct pdf_images *im)
{
	if (im == NULL)
		return;
	mem_free(im->v);
	mem_free(im);
}

int pdf_images_number(const struct pdf_images *im, size_t page, const struct item *it)
{
	const struct placed *p = lookup(im, page, it);

	return p != NULL ? (int)p->first : -1;
}

bool pdf_images_has_alpha(const struct pdf_images *im, size_t page, const struct item *it)
{
	const struct placed *p = lookup(im, page, it);

	return p != NULL && p->alpha;
}
