#include "write/pdf/pdf_image.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "image/image_reduce.h"
#include "image/resolution.h"
#include "write/pdf/pdf_colour.h"
#include "write/pdf/pdf_samples.h"

/* Backdrops that are no colour of the palette. */
enum { NO_BACKDROP = -1, PAPER = -2 };

struct placed {
	const struct image *image;
	int backdrop;            /* colour it is blended with, where there is no transparency; NO_BACKDROP: none is */
	const struct node *node; /* of its first place, for messages; or NULL */
	size_t first; /* place among all, in page order: numbers must not hang on addresses */
	sp w, h;      /* of its largest place */
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
	if (channels == 4 && from->data == NULL)
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

/* Grey stays one channel, as light as its profile says: of black ink alone on the press, sRGB's greys on the screen.
 * Grey without a profile is taken as it is, RGB without one as sRGB. */
static bool tone_grey(struct pdf_job *job, const struct image *img, struct image_pixels *px)
{
	struct icc from = img->icc, rgb = { .channels = 3 };
	size_t n = (size_t)px->width * px->height;
	unsigned char map[256], greys[3 * 256], wide[3 * 256];
	bool ok;

	if (from.data == NULL) {
		if (job->screen || img->channels != 3)
			return true;
		from = rgb;
	}
	if (job->screen) {
		struct icc_way *w = icc_way_new(&from, &rgb);

		for (size_t i = 0; i < 256; i++)
			memset(greys + (size_t)from.channels * i, (int)i, (size_t)from.channels);
		ok = w != NULL;
		if (ok)
			icc_way_run(w, greys, wide, 256);
		icc_way_free(w);
	} else if (job->press.data == NULL) {
		return true;
	} else {
		ok = icc_grey_as_ink(&from, &job->press, map);
	}
	if (!ok) {
		diag_fail(job->log, "pdf", DIAG_NOWHERE, "Little CMS cannot convert the greys of a picture from \"%s\"", from.description);
		return false;
	}
	for (size_t i = 0; i < n; i++)
		px->data[i] = job->screen ? wide[3 * px->data[i]] : (unsigned char)(255 - map[px->data[i]]);
	return true;
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
	if (px->channels == 1)
		return tone_grey(job, p->image, px);
	if (find_way(job, p->image, px->channels, &from, &to)) {
		if (!by_profile(job, px, &from, &to))
			return false;
		separated = false;
	}
	if (px->channels != want)
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

	if (img->format != IMAGE_JPEG || img->orientation != 1 || !img->plain_jpeg)
		return false;
	if (img->channels == 1)
		return img->icc.data == NULL;
	return img->channels != (job->screen ? 4 : 3) && !find_way(job, img, img->channels, &from, &to);
}

static bool is_finer(uint32_t pixels, sp length, int64_t ppi)
{
	return length > 0 && (int64_t)pixels * 72 * SP_ONE > length * ppi;
}

static uint32_t pixels_needed(uint32_t pixels, sp length)
{
	int64_t n = unit_scale(length, PHOTO_AIM, 72 * SP_ONE);

	return n < 1 ? 1 : n < pixels ? (uint32_t)n : pixels;
}

/* Pixels that no press can show only make the file heavy. Drawings of one bit need all they have. */
static void drop_idle_pixels(const struct pdf_job *job, const struct placed *p, struct image_pixels *px)
{
	if (!job->screen && !p->image->line_art && is_finer(px->width, p->w, PHOTO_MOST) && is_finer(px->height, p->h, PHOTO_MOST))
		image_reduce(px, pixels_needed(px->width, p->w), pixels_needed(px->height, p->h));
}

static unsigned write_pixels(struct pdf_job *job, const struct placed *p, const struct image_pixels *px, unsigned mask)
{
	if (p->image->line_art && px->channels == 1 && mask == 0)
		return pdf_samples_line_art(job, px->data, px->width, px->height);
	return pdf_samples_write(job, px->data, px->width, px->height, px->channels, mask);
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
	if (!image_decode(p->image, &px, job->log))
		return false;
	if (!whole)
		drop_idle_pixels(job, p, &px);
	ok = to_target_space(job, p, &px);
	if (ok && px.alpha != NULL && p->backdrop != NO_BACKDROP)
		blend(job, p, &px);
	else if (ok && px.alpha != NULL) {
		mask = pdf_samples_write(job, px.alpha, px.width, px.height, 1, 0);
		p->alpha = true;
	}
	if (ok)
		p->id = whole ? write_jpeg(job, p->image) : write_pixels(job, p, &px, mask);
	image_pixels_free(&px);
	return ok;
}

static void merge(struct placed *all, const struct placed *one)
{
	sp w = all->w > one->w ? all->w : one->w, h = all->h > one->h ? all->h : one->h;

	if (one->first < all->first)
		*all = *one;
	all->w = w;
	all->h = h;
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
			                            .w = page->items[k].w, .h = page->items[k].h,
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
			merge(&im->v[n - 1], &im->v[i]);
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
