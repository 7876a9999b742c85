/* Text by glyph id. A run is one Tm and one or more TJ arrays; the reader's pen moves by the widths in /W and the
 * letterspacing, and wherever layout's pen is elsewhere a number in the array moves it there. The difference is taken
 * from the run's start every time, so that rounding never adds up. */
#include "write/pdf/pdf_page.h"

#include <string.h>

#include "base/mem.h"
#include "write/pdf/pdf_colour.h"
#include "write/pdf/pdf_flow.h"
#include "write/pdf/pdf_font.h"
#include "write/pdf/pdf_image.h"
#include "write/pdf/pdf_marks.h"
#include "write/pdf/pdf_nav.h"
#include "write/pdf/pdf_order.h"
#include "write/pdf/pdf_runs.h"
#include "write/pdf/pdf_tag.h"

#define OVERPRINT_MOST SP_PT(24) /* black type up to this size overprints: no white halo when plates shift */

enum artifact { ART_NONE, ART_LAYOUT, ART_HEADER, ART_FOOTER, ART_REPEATED, ART_BACKGROUND };

struct painter {
	struct pdf_job *job;
	size_t page;
	struct buf b;
	bool in_text;           /* between BT and ET */
	int element;            /* of the open marked content; -1: none */
	enum artifact artifact; /* open, or ART_NONE */
	/* graphics state as the reader has it; face NULL, colour -1 ... : not set yet */
	const struct face *face;
	sp size, rise;
	int32_t hscale;
	int64_t spacing;        /* [1/100,000 pt] between letters */
	int colour, overprint;
	bool alpha;             /* the page shows a picture with a soft mask */
	/* the run being shown, all before hscale */
	const struct item *it;
	bool in_array, in_string;
	sp pen;                 /* [sp] from the run's start, as layout has it */
	sp origin;              /* [sp] pen at the last Tm */
	int64_t at;             /* [1/1,000,000 em] the reader's pen from the last Tm */
	int64_t step;           /* [1/1,000,000 em] the letterspacing at the run's size */
	bool alike;             /* it is the same in all PDFs of these pages */
	struct pdf_runs_page runs;
};

static void end_text(struct painter *p)
{
	if (p->in_text)
		buf_puts(&p->b, "ET\n");
	p->in_text = false;
}

static void end_content(struct painter *p)
{
	if (p->element < 0 && p->artifact == ART_NONE)
		return;
	end_text(p);
	buf_puts(&p->b, "EMC\n");
	p->element = -1;
	p->artifact = ART_NONE;
}

static void begin_element(struct painter *p, int element)
{
	if (element == p->element)
		return;
	end_content(p);
	buf_putc(&p->b, '/');
	buf_puts(&p->b, pdf_tags_type(p->job->tags, element));
	buf_puts(&p->b, " <</MCID ");
	buf_put_int(&p->b, pdf_tags_mark(p->job->tags, element, p->page, p->it));
	buf_puts(&p->b, ">> BDC\n");
	p->element = element;
}

static void put_point(struct painter *p, sp x, sp y)
{
	const struct pdf_job *job = p->job;

	pdf_put_pt(&p->b, x + job->margin);
	buf_putc(&p->b, ' ');
	pdf_put_pt(&p->b, job->media_h - job->margin - y);
}

static enum artifact artifact_of(const struct painter *p, const struct item *it)
{
	if (it->role == ROLE_RUNNING_HEAD || it->role == ROLE_FOLIO)
		return it->y < p->job->pages->height / 2 ? ART_HEADER : ART_FOOTER;
	if (it->kind == ITEM_FILL && it->role == ROLE_BACKGROUND)
		return ART_BACKGROUND;
	return it->role == ROLE_REPEATED ? ART_REPEATED : ART_LAYOUT;
}

/* The place of all texts of a head or foot: from a line's ascenders to its descenders. */
static void put_head_box(struct painter *p, enum artifact kind)
{
	const struct page *page = &p->job->pages->v[p->page];
	sp x0 = p->job->pages->width, x1 = 0, y0 = p->job->pages->height, y1 = 0;

	for (size_t i = 0; i < page->n; i++) {
		const struct item *it = &page->items[i];
		sp size = it->u.text.size;

		if (it->kind != ITEM_TEXT || artifact_of(p, it) != kind)
			continue;
		x0 = it->x < x0 ? it->x : x0;
		x1 = it->x + it->w > x1 ? it->x + it->w : x1;
		y0 = it->y - size < y0 ? it->y - size : y0;
		y1 = it->y + size / 4 > y1 ? it->y + size / 4 : y1;
	}
	if (x0 >= x1 || y0 >= y1)
		return;
	buf_puts(&p->b, " /BBox [");
	put_point(p, x0, y1);
	buf_putc(&p->b, ' ');
	put_point(p, x1, y0);
	buf_putc(&p->b, ']');
}

static void begin_artifact(struct painter *p, enum artifact kind)
{
	static const char *const lists[] = { "", "/Type /Layout", "/Type /Pagination /Subtype /Header /Attached [/Top]",
	                                     "/Type /Pagination /Subtype /Footer /Attached [/Bottom]", "/Type /Pagination",
	                                     "/Type /Background" };

	if (kind == p->artifact && kind != ART_BACKGROUND)
		return;
	end_content(p);
	buf_printf(&p->b, "/Artifact <<%s", lists[kind]);
	if (kind == ART_HEADER || kind == ART_FOOTER)
		put_head_box(p, kind);
	if (kind == ART_BACKGROUND) {
		buf_puts(&p->b, " /BBox [");
		put_point(p, p->it->x, p->it->y + p->it->h);
		buf_putc(&p->b, ' ');
		put_point(p, p->it->x + p->it->w, p->it->y);
		buf_putc(&p->b, ']');
	}
	buf_puts(&p->b, ">> BDC\n");
	p->artifact = kind;
}

/* Opens the marked content that an item belongs to, if the file is tagged. */
static void begin_item(struct painter *p, const struct item *it)
{
	int element;

	p->it = it;
	if (p->job->tags == NULL)
		return;
	element = pdf_tags_element(p->job->tags, it);
	if (element >= 0)
		begin_element(p, element);
	else
		begin_artifact(p, artifact_of(p, it));
}

static void set_colour(struct painter *p, int colour)
{
	const struct pages *pages = p->job->pages;

	if (colour == p->colour || colour < 0 || colour >= pages->n_colours)
		return;
	pdf_colour_put_fill(&p->b, pages->colours, colour, p->job->screen);
	p->colour = colour;
}

static void set_overprint(struct painter *p, bool on)
{
	if (p->job->screen || p->overprint == on)
		return;
	buf_puts(&p->b, on ? "/GO gs\n" : "/GN gs\n");
	p->overprint = on;
}

static void end_string(struct painter *p)
{
	if (p->in_string)
		buf_putc(&p->b, ')');
	p->in_string = false;
}

static void end_array(struct painter *p)
{
	end_string(p);
	if (p->in_array)
		buf_puts(&p->b, "]TJ\n");
	p->in_array = false;
}

/* A new text matrix at layout's pen. */
static void place_pen(struct painter *p)
{
	const struct item *it = p->it;

	end_array(p);
	if (!p->in_text)
		buf_puts(&p->b, "BT\n");
	p->in_text = true;
	buf_puts(&p->b, "1 0 0 1 ");
	put_point(p, it->x + unit_scale(p->pen, it->u.text.hscale, 65536), it->y);
	buf_puts(&p->b, " Tm\n");
	p->origin = p->pen;
	p->at = 0;
}

static void set_text_state(struct painter *p)
{
	const struct item *it = p->it;
	const struct pages *pages = p->job->pages;
	bool black = it->u.text.colour >= 0 && it->u.text.colour < pages->n_colours &&
	             pdf_colour_is_black(&pages->colours[it->u.text.colour]);

	set_colour(p, it->u.text.colour);
	set_overprint(p, black && it->u.text.size <= OVERPRINT_MOST);
	if (p->face != it->u.text.face || p->size != it->u.text.size) {
		buf_puts(&p->b, "/F");
		buf_put_int(&p->b, it->u.text.face->index);
		buf_putc(&p->b, ' ');
		pdf_put_pt(&p->b, it->u.text.size);
		buf_puts(&p->b, " Tf\n");
		p->face = it->u.text.face;
		p->size = it->u.text.size;
	}
	if (p->hscale != it->u.text.hscale) {
		pdf_put_number(&p->b, unit_scale(it->u.text.hscale, 1000000, 65536), 4);
		buf_puts(&p->b, " Tz\n");
		p->hscale = it->u.text.hscale;
	}
}

/* The letterspacing of a run [1/100,000 pt]: the middle one of the distances between its first glyphs, most of which are
 * neither kerned nor spaces. */
static int64_t spacing_of(const struct painter *p, const struct item *it)
{
	enum { SAMPLE = 15 };
	const struct pdf_codes *codes = pdf_fonts_codes(p->job->fonts, it->u.text.face);
	int64_t v[SAMPLE];
	int n = 0;

	for (uint32_t i = 0; i < it->u.text.n && n < SAMPLE; i++, n++) {
		const struct glyph *g = &it->u.text.glyphs[i];
		int64_t width = pdf_codes_width(codes, g->gid);
		int64_t gap = unit_scale(g->advance, 100000, SP_ONE) - unit_scale(width, it->u.text.size, 10 * SP_ONE);
		int k = n;

		for (; k > 0 && v[k - 1] > gap; k--)
			v[k] = v[k - 1];
		v[k] = gap;
	}
	return v[n / 2];
}

/* Letterspacing that a line was justified by is the reader's to add, not a number behind every letter. A glyph or two say
 * nothing of it, and a twentieth of an em is none, but stops set in half their square; with the spacing of another line on them
 * move_to would still put them where they belong, but programs that read the text would take the numbers for gaps. */
static void set_spacing(struct painter *p, const struct item *it, enum pdf_order order)
{
	enum { LEAST_GLYPHS = 3 };
	int64_t most = unit_scale(it->u.text.size, 100000 / 20, SP_ONE);
	int64_t spacing = it->u.text.n >= LEAST_GLYPHS && order != ORDER_BACKWARD ? spacing_of(p, it) : 0;
	int64_t off;

	if (spacing > most || spacing < -most)
		spacing = 0;
	off = spacing - p->spacing;

	if (off > 50 || off < -50) { /* under half a thousandth of a point nothing is gained */
		pdf_put_number(&p->b, spacing, 5);
		buf_puts(&p->b, " Tc\n");
		p->spacing = spacing;
	}
	p->step = unit_scale(p->spacing, 10 * SP_ONE, it->u.text.size);
}

static void set_rise(struct painter *p, sp rise)
{
	if (p->rise == rise)
		return;
	end_array(p);
	pdf_put_pt(&p->b, rise);
	buf_puts(&p->b, " Ts\n");
	p->rise = rise;
}

/* Steps of 1/1000 em, finer for large type, leave at most 0.01 pt. [1/1,000,000 em] */
static int64_t step_of(const struct painter *p)
{
	return p->size <= SP_PT(20) ? 1000 : 100;
}

/* Is the reader's pen so near to `to` [sp from the run's start] that it need not be moved? So it is nearly always. */
static bool is_near(const struct painter *p, sp to, int64_t step)
{
	int64_t off = (to - p->origin) * 1000000 - p->at * p->size, most = (step / 2 - 1) * p->size; /* both times the size */

	return off < most && -off < most;
}

static void move_to(struct painter *p, sp to)
{
	int64_t step = step_of(p), steps;

	if (!p->in_array)
		buf_putc(&p->b, '[');
	p->in_array = true;
	if (is_near(p, to, step))
		return;
	steps = unit_scale(unit_scale(to - p->origin, 1000000, p->size) - p->at, 1, step);
	if (steps == 0)
		return;
	end_string(p);
	pdf_put_number(&p->b, -steps * (step / 100), 1);
	p->at += steps * step;
}

static void show_code(struct painter *p, const struct pdf_code *code)
{
	if (!p->in_string)
		buf_putc(&p->b, '(');
	p->in_string = true;
	buf_put(&p->b, code->shown, code->n_shown);
	p->at += code->width + p->step;
}

/* From glyph i on, as long as each has the usual code of its glyph, which says its text, and stands where the reader's pen is
 * anyway. Returns the first that has not; nearly all others go this way. */
static uint32_t show_usual(struct painter *p, const struct item *it, uint32_t i)
{
	const struct glyph *g = it->u.text.glyphs;
	const struct pdf_codes *codes = pdf_fonts_codes(p->job->fonts, it->u.text.face);
	int64_t step = step_of(p);
	uint32_t n = it->u.text.n;
	char *to;

	if (i + 2 >= n || !p->in_string)
		return i;
	VEC_ROOM(p->b.data, p->b.len, p->b.cap, (size_t)(n - i) * sizeof ((struct pdf_code *)0)->shown + 1);
	to = p->b.data + p->b.len;
	for (; i + 2 < n && g[i + 1].cluster > g[i].cluster && g[i + 1].cluster <= it->u.text.len && is_near(p, p->pen, step); i++) {
		const struct pdf_code *code = pdf_codes_usual(codes, g[i].gid, it->u.text.text + g[i].cluster,
		                                              g[i + 1].cluster - g[i].cluster);

		if (code == NULL || !code->tells_all)
			break;
		memcpy(to, code->shown, sizeof code->shown);
		to += code->n_shown;
		p->at += code->width + p->step;
		p->pen += g[i].advance;
	}
	*to = '\0';
	p->b.len = (size_t)(to - p->b.data);
	return i;
}

/* A cluster that its codes cannot tell goes into a span with ActualText. In tagged content the span has an
 * MCID of its own: nested inside another sequence it makes poppler lose the rest of the paragraph. */
static void begin_actual(struct painter *p, const struct pdf_cluster *c)
{
	if (p->job->tags != NULL) {
		end_array(p);
		end_text(p);
		buf_printf(&p->b, "EMC\n/Span <</MCID %u /ActualText ",
		           pdf_tags_mark(p->job->tags, p->element, p->page, p->it));
		pdf_put_text(&p->b, c->text, c->len);
		buf_puts(&p->b, ">> BDC\n");
		place_pen(p);
		return;
	}
	end_array(p);
	buf_puts(&p->b, "/Span <</ActualText ");
	pdf_put_text(&p->b, c->text, c->len);
	buf_puts(&p->b, ">> BDC\n");
}

static void end_actual(struct painter *p)
{
	int element = p->element;

	end_array(p);
	if (p->job->tags == NULL) {
		buf_puts(&p->b, "EMC\n");
		return;
	}
	end_content(p);
	begin_element(p, element);
	place_pen(p);
}

static void show_cluster(struct painter *p, const struct pdf_cluster *c)
{
	const struct pdf_fonts *fonts = p->job->fonts;
	const struct face *face = p->it->u.text.face;
	const struct glyph *glyphs = p->it->u.text.glyphs + c->first;
	const struct glyph_shift *shifts = p->it->u.text.shifts != NULL ? p->it->u.text.shifts + c->first : NULL;
	bool says = c->len > 0 && c->len <= PDF_LONGEST_TEXT, told, actual;
	const struct pdf_code *code = pdf_fonts_code(fonts, face, glyphs[0].gid, says ? c->text : PDF_NO_TEXT,
	                                             says ? c->len : strlen(PDF_NO_TEXT));

	told = c->len == 0 || (c->n == 1 && says && code->tells_all);
	actual = !told && p->artifact == ART_NONE;
	p->alike = p->alike && told;
	if (actual)
		begin_actual(p, c);
	for (uint32_t i = 0; i < c->n; i++) {
		if (i > 0)
			code = pdf_fonts_code(fonts, face, glyphs[i].gid, PDF_NO_TEXT, strlen(PDF_NO_TEXT));
		set_rise(p, shifts != NULL ? shifts[i].y : 0);
		move_to(p, p->pen + (shifts != NULL ? shifts[i].x : 0));
		show_code(p, code);
		p->pen += glyphs[i].advance;
	}
	if (actual)
		end_actual(p);
}

static void show_space(struct painter *p, bool backwards)
{
	const struct face *face = p->it->u.text.face;
	const struct pdf_code *code = pdf_fonts_code(p->job->fonts, face, face_glyph(face, ' '), " ", 1);

	set_rise(p, 0);
	move_to(p, backwards ? -unit_scale(code->width, p->size, 1000000) : p->pen);
	show_code(p, code);
}

/* A run from right to left: its clusters in the order of reading, each put where it stands, so that the order of the
 * content is that of the text (ISO 32000-1, 14.8.2.3.3). */
static void show_backward(struct painter *p, const struct item *it)
{
	const struct glyph *g = it->u.text.glyphs;
	struct pdf_cluster *v = mem_zalloc(it->u.text.n, sizeof *v);
	uint32_t n = 0, i = 0;
	sp end = 0;

	for (; i < it->u.text.n; i += v[n++].n)
		v[n] = pdf_flow_cluster(it, ORDER_BACKWARD, i);
	for (i = 0; i < it->u.text.n; i++)
		end += g[i].advance;
	while (n-- > 0) {
		sp width = 0;

		for (uint32_t k = 0; k < v[n].n; k++)
			width += g[v[n].first + k].advance;
		end -= width;
		p->pen = end;
		show_cluster(p, &v[n]);
	}
	mem_free(v);
}

static void show_run(struct painter *p, const struct item *it, enum pdf_order order, bool space)
{
	if (order == ORDER_BACKWARD)
		show_backward(p, it);
	for (uint32_t i = 0; i < it->u.text.n && order != ORDER_BACKWARD;) {
		struct pdf_cluster c = pdf_flow_cluster(it, order, i);

		show_cluster(p, &c);
		i += c.n;
		if (order == ORDER_FORWARD && it->u.text.shifts == NULL)
			i = show_usual(p, it, i);
	}
	if (space)
		show_space(p, order == ORDER_BACKWARD);
	set_rise(p, 0);
	end_array(p);
}

static void paint_text(struct painter *p, const struct item *it, bool space)
{
	enum pdf_order order;
	const char *bytes;
	size_t begin, len = 0;

	if (it->u.text.face == NULL || it->u.text.n == 0 || it->u.text.size <= 0)
		return;
	order = pdf_flow_order(it);
	begin_item(p, it);
	p->pen = 0;
	set_text_state(p);
	set_spacing(p, it, order);
	place_pen(p);
	bytes = p->runs.known ? pdf_runs_next(&p->runs, &len) : NULL;
	if (bytes != NULL) {
		buf_put(&p->b, bytes, len);
		return;
	}
	begin = p->b.len;
	p->alike = true;
	show_run(p, it, order, space);
	if (p->runs.runs != NULL && !p->runs.known)
		pdf_runs_add(&p->runs, p->alike ? p->b.data + begin : NULL, p->b.len - begin);
}

static void put_box(struct painter *p, const struct item *it)
{
	put_point(p, it->x, it->y + it->h);
	buf_putc(&p->b, ' ');
	pdf_put_pt(&p->b, it->w);
	buf_putc(&p->b, ' ');
	pdf_put_pt(&p->b, it->h);
}

/* An ellipse in four curves. */
static void put_ellipse(struct painter *p, const struct item *it)
{
	static const struct { int8_t x, y; } at[13] = { { 2, 0 }, { 2, 1 }, { 1, 2 }, { 0, 2 }, { -1, 2 }, { -2, 1 }, { -2, 0 },
		                                        { -2, -1 }, { -1, -2 }, { 0, -2 }, { 1, -2 }, { 2, -1 }, { 2, 0 } };
	const int64_t handle = 552; /* [1/1000] of the radius: 4 (sqrt 2 - 1) / 3 */

	for (int i = 0; i < 13; i++) {
		int64_t x = at[i].x == 1 || at[i].x == -1 ? handle * at[i].x : 500 * at[i].x;
		int64_t y = at[i].y == 1 || at[i].y == -1 ? handle * at[i].y : 500 * at[i].y;

		put_point(p, it->x + it->w / 2 + unit_scale(it->w, x, 2000), it->y + it->h / 2 + unit_scale(it->h, y, 2000));
		buf_puts(&p->b, i == 0 ? " m " : i % 3 == 0 ? " c\n" : " ");
	}
	buf_puts(&p->b, "f\n");
}

static void paint_fill(struct painter *p, const struct item *it)
{
	begin_item(p, it);
	end_text(p);
	set_overprint(p, false);
	set_colour(p, it->u.fill.colour);
	if (it->u.fill.round) {
		put_ellipse(p, it);
		return;
	}
	put_box(p, it);
	buf_puts(&p->b, " re f\n");
}

static void paint_image(struct painter *p, const struct item *it)
{
	int number = pdf_images_number(p->job->images, p->page, it);

	if (number < 0)
		return;
	begin_item(p, it);
	end_text(p);
	set_overprint(p, false);
	p->alpha |= pdf_images_has_alpha(p->job->images, p->page, it);
	buf_puts(&p->b, "q ");
	pdf_put_pt(&p->b, it->w);
	buf_puts(&p->b, " 0 0 ");
	pdf_put_pt(&p->b, it->h);
	buf_putc(&p->b, ' ');
	put_point(p, it->x, it->y + it->h);
	buf_printf(&p->b, " cm /I%d Do Q\n", number);
}

static void put_page_box(struct buf *b, const char *name, const struct pdf_job *job, sp inset)
{
	buf_printf(b, "/%s [", name);
	pdf_put_pt(b, inset);
	buf_putc(b, ' ');
	pdf_put_pt(b, inset);
	buf_putc(b, ' ');
	pdf_put_pt(b, job->media_w - inset);
	buf_putc(b, ' ');
	pdf_put_pt(b, job->media_h - inset);
	buf_puts(b, "]\n");
}

static void put_page_keys(struct painter *p, const struct buf *annotations)
{
	const struct pdf_job *job = p->job;
	struct buf *b = job->page_dicts[p->page].body;

	put_page_box(b, "MediaBox", job, 0);
	if (!job->screen) {
		put_page_box(b, "BleedBox", job, job->margin - job->pages->bleed);
		put_page_box(b, "TrimBox", job, job->margin);
	}
	buf_puts(b, "/Resources ");
	pdf_put_ref(b, job->resources.id);
	if (p->alpha)
		buf_printf(b, " /Group <</S /Transparency /CS /Device%s>>", job->screen ? "RGB" : "CMYK");
	if (job->tags != NULL)
		buf_printf(b, " /StructParents %zu /Tabs /S", p->page);
	if (annotations->len > 0)
		buf_printf(b, "\n/Annots [%s]", annotations->data);
	buf_putc(b, '\n');
}

static void put_annotation(struct painter *p, const struct item *it, struct buf *annotations)
{
	unsigned id = p->job->nav != NULL ? pdf_nav_link(p->job->nav, it, p->page) : 0;

	if (id == 0)
		return;
	pdf_put_ref(annotations, id);
	buf_putc(annotations, ' ');
}

static void paint_items(struct painter *p, struct buf *annotations)
{
	const struct page *from = &p->job->pages->v[p->page];
	const uint32_t *order = pdf_order_of(from, &p->job->arena);

	p->runs = pdf_runs_open(p->job->shared->runs, p->page);
	for (size_t i = 0; i < from->n; i++) {
		const struct item *it = &from->items[order[i]];

		switch (it->kind) {
		case ITEM_TEXT:
			paint_text(p, it, pdf_flow_wants_space(p->job->flow, p->page, order[i]));
			break;
		case ITEM_FILL:
			paint_fill(p, it);
			break;
		case ITEM_IMAGE:
			paint_image(p, it);
			break;
		case ITEM_LINK:
			put_annotation(p, it, annotations);
			break;
		case ITEM_ANCHOR:
			break;
		}
	}
	end_content(p);
	end_text(p);
}

bool pdf_page_paint(struct pdf_job *job, size_t page, struct buf *content)
{
	struct painter p = { .job = job, .page = page, .element = -1, .hscale = 65536, .colour = -1, .b = *content };

	paint_items(&p, NULL);
	*content = p.b;
	return p.alpha;
}

void pdf_page_write(struct pdf_job *job, size_t page)
{
	struct painter p = { .job = job, .page = page, .element = -1, .hscale = 65536, .colour = -1 };
	struct buf annotations;

	buf_init(&p.b);
	buf_init(&annotations);
	paint_items(&p, &annotations);
	pdf_marks_show(job, page, &p.b);
	put_page_keys(&p, &annotations);
	pdf_page_content(job->file, job->page_ids[page], &p.b);
	buf_free(&p.b);
	buf_free(&annotations);
}

void pdf_page_put_resources(struct pdf_job *job)
{
	struct buf *b = job->resources.body;

	if (job->screen)
		return;
	/* OPM 1: a K-only colour leaves the other plates alone (ISO 32000-1, 8.6.7) */
	buf_puts(b, "/ExtGState <</GO <</Type /ExtGState /OP true /op true /OPM 1>> "
	            "/GN <</Type /ExtGState /OP false /op false /OPM 1>>>>\n");
	buf_puts(b, "/ColorSpace <<");
	pdf_colour_put_spaces(b, job->pages->colours, job->pages->n_colours);
	buf_puts(b, ">>\n");
}
