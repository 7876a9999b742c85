/* The ink inside pictures: CMYK of 8 bits, packed without loss or as JPEG. */
#include "base/mem.h"
#include "image/image.h"
#include "preflight/pf.h"

#define MOST_SAMPLES (200.0 * 1000 * 1000)
#define BLOCKS_MM 2 /* a patch is two by two blocks of half a millimetre: smaller ones dry all the same */

struct patches {
	const unsigned char *data;
	int w, h, channels;
	bool inverted;
	int bw, bh, columns; /* of a block [pixel]; blocks a row */
};

static unsigned ink_at(const struct patches *s, int x, int y)
{
	const unsigned char *v = s->data + ((size_t)y * (size_t)s->w + (size_t)x) * (size_t)s->channels;
	unsigned sum = 0;

	for (int i = 0; i < s->channels; i++)
		sum += v[i];
	return s->inverted ? (unsigned)s->channels * 255 - sum : sum;
}

static void sum_row(const struct patches *s, int row, double *out)
{
	for (int c = 0; c < s->columns; c++) {
		uint64_t sum = 0;

		for (int y = row * s->bh; y < (row + 1) * s->bh; y++)
			for (int x = c * s->bw; x < (c + 1) * s->bw; x++)
				sum += ink_at(s, x, y);
		out[c] = (double)sum / 255 / s->bw / s->bh;
	}
}

/* The most ink of any patch, 1 = one plate full. */
static double wettest(const struct patches *s)
{
	double *above = mem_zalloc(2 * (size_t)s->columns, sizeof *above), *here = above + s->columns, most = 0;
	double *all = above;

	for (int row = 0; row < s->h / s->bh; row++) {
		double *swap = above;

		sum_row(s, row, here);
		for (int c = 1; row > 0 && c < s->columns; c++) {
			double patch = (above[c - 1] + above[c] + here[c - 1] + here[c]) / 4;

			most = patch > most ? patch : most;
		}
		above = here;
		here = swap;
	}
	mem_free(all);
	return most;
}

static int block(double pixels, double inches)
{
	int n = (int)(pixels / (inches * 25.4 * BLOCKS_MM));

	return n < 1 ? 1 : n;
}

/* The samples of a picture of w x h pixels of CMYK; mem_free. NULL: they cannot be had. */
static unsigned char *samples_of(struct pf *p, pf_obj image, size_t w, size_t h)
{
	pf_obj filter = pf_doc_key(p->doc, image, "/Filter");
	struct image_pixels px;
	unsigned char *data;
	bool jpeg;
	size_t len;

	if (pf_doc_count(p->doc, filter) == 1)
		filter = pf_doc_item(p->doc, filter, 0);
	jpeg = pf_doc_is(p->doc, filter, "/DCTDecode");
	if (!pf_doc_stream(p->doc, image, !jpeg, &data, &len))
		return NULL;
	if (jpeg) {
		bool ok = image_jpeg_samples(data, len, (uint32_t)w, (uint32_t)h, &px) && px.channels == 4;

		mem_free(data);
		data = ok ? px.data : NULL;
		px.data = ok ? NULL : px.data;
		image_pixels_free(&px);
	} else if (len < w * h * 4) {
		mem_free(data);
		data = NULL;
	}
	return data;
}

double pf_image_ink(struct pf *p, pf_obj image, double across, double down)
{
	struct patches s = { .channels = 4 };
	pf_obj space = pf_doc_key(p->doc, image, "/ColorSpace");
	double w, h, bits, first, most = 0;
	unsigned char *data;

	pf_doc_number(p->doc, pf_doc_key(p->doc, image, "/Width"), &w);
	pf_doc_number(p->doc, pf_doc_key(p->doc, image, "/Height"), &h);
	pf_doc_number(p->doc, pf_doc_key(p->doc, image, "/BitsPerComponent"), &bits);
	if (!pf_doc_is(p->doc, space, "/DeviceCMYK") || bits != 8 || w < 1 || h < 1 || w * h * 4 > MOST_SAMPLES ||
	    !pf_first(p, "ink", image) || (data = samples_of(p, image, (size_t)w, (size_t)h)) == NULL)
		return 0;
	pf_doc_number(p->doc, pf_doc_item(p->doc, pf_doc_key(p->doc, image, "/Decode"), 0), &first);
	s.data = data;
	s.w = (int)w;
	s.h = (int)h;
	s.inverted = first == 1;
	s.bw = block(w, across);
	s.bh = block(h, down);
	s.columns = s.w / s.bw;
	if (s.columns > 0)
		most = wettest(&s);
	mem_free(data);
	return most;
}
