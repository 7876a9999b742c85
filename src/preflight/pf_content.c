/* Content streams, operator by operator, as far as colours, sizes and places go (ISO 32000-1, annex A). */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "image/resolution.h"
#include "preflight/pf_font.h"
#include "preflight/pf_token.h"

#define MOST_SAVED 28      /* PDF/A-2, 6.1.13 */
#define DEEPEST_FORM 12
#define LOOKUP 100        /* operators that a look into the resources counts for */
#define LARGE_TYPE 24.0    /* [pt] */
#define LEAST_RULE 0.25
#define SLACK 0.02

enum kind { GREY, RGB, CMYK, ALL /* every plate */, OTHER };
struct colour {
	enum kind kind;
	double v[4];
};
struct matrix {
	double a, b, c, d, e, f;
};
struct state {
	struct matrix ctm;
	struct colour fill, stroke;
	bool overprint;    /* of fills */
	bool opm;
	double line, size; /* [pt] before the matrix */
	struct pf_font *font; /* or NULL */
	int render;
};
struct reader {
	struct pf *p;
	pf_obj resources, where; /* of the stream being read: the page or the form */
	struct state s, saved[MOST_SAVED + 1];
	int depth;               /* of q */
	struct matrix tm;
	double box[4];           /* of the path being built */
	bool path, rect;         /* rect: it is but rectangles */
	double thin;             /* the thinnest of them */
	int forms;               /* depth */
	bool transparent;
};

static const struct matrix unity = { 1, 0, 0, 1, 0, 0 };

static struct matrix times(struct matrix m, struct matrix n) /* m first */
{
	return (struct matrix){ m.a * n.a + m.b * n.c, m.a * n.b + m.b * n.d, m.c * n.a + m.d * n.c, m.c * n.b + m.d * n.d,
	                        m.e * n.a + m.f * n.c + n.e, m.e * n.b + m.f * n.d + n.f };
}

static double scale_of(struct matrix m) /* of lengths, on the average */
{
	return sqrt(fabs(m.a * m.d - m.b * m.c));
}

/* Unpacking and looking things up cost more than other operators: a small form shown ten million times is a trap. */
static void spend(struct reader *r, size_t cost)
{
	r->p->operators -= cost < r->p->operators ? cost : r->p->operators;
}

/* ---- what is painted --------------------------------------------------------------------------------- */

static double ink_of(const struct colour *c)
{
	return c->kind == CMYK ? c->v[0] + c->v[1] + c->v[2] + c->v[3] : c->kind == GREY ? 1 - c->v[0] : 0;
}

static bool is_black(const struct colour *c)
{
	return c->kind == GREY ? c->v[0] == 0 : c->kind == CMYK && c->v[3] >= 1 && c->v[0] + c->v[1] + c->v[2] == 0;
}

static void check_colour(struct reader *r, const struct colour *c)
{
	if (c->kind == CMYK && ink_of(c) > r->p->ink + SLACK / 10)
		pf_fail(r->p, 68, r->where, "%d %% of ink in one place", (int)(ink_of(c) * 100 + 0.5));
}

static void check_fill(struct reader *r, const struct colour *c)
{
	check_colour(r, c);
	if (r->s.overprint && (c->kind == CMYK || c->kind == GREY) && ink_of(c) == 0)
		pf_fail(r->p, 65, r->where, "something in the colour of the paper overprints: it vanishes");
}

/* Marks are on every plate and stay out of what is left after the cut. */
static void check_all_plates(struct reader *r, const struct colour *c, const double box[4])
{
	const double *b = r->p->bleed;

	if (c->kind == ALL && box[2] > b[0] + SLACK && box[0] < b[2] - SLACK && box[3] > b[1] + SLACK && box[1] < b[3] - SLACK)
		pf_fail(r->p, 32, r->where, "something on every plate (Separation All) within the bleed");
}

static void paint_path(struct reader *r, bool fill, bool stroke)
{
	if (fill && r->path) {
		check_fill(r, &r->s.fill);
		check_all_plates(r, &r->s.fill, r->box);
		if (r->rect && r->thin > 0 && r->thin < LEAST_RULE - SLACK)
			pf_fail(r->p, 69, r->where, "a rule thinner than 0.25 pt");
	}
	if (stroke && r->path) {
		double width = r->s.line * scale_of(r->s.ctm);

		check_colour(r, &r->s.stroke);
		check_all_plates(r, &r->s.stroke, r->box);
		if (width < LEAST_RULE - SLACK)
			pf_fail(r->p, 69, r->where, "a line thinner than 0.25 pt");
	}
	r->path = false;
}

/* box: before the matrix. What lies all outside the trim is a mark, what crosses it was meant to bleed. */
static void check_safe(struct reader *r, struct matrix m, const double box[4])
{
	const double *trim = r->p->trim;
	double b[4] = { 0 }, least;

	for (int i = 0; i < 4; i++) {
		double x = box[i & 1 ? 2 : 0], y = box[i & 2 ? 3 : 1], px = x * m.a + y * m.c + m.e, py = x * m.b + y * m.d + m.f;

		b[0] = i == 0 || px < b[0] ? px : b[0];
		b[1] = i == 0 || py < b[1] ? py : b[1];
		b[2] = i == 0 || px > b[2] ? px : b[2];
		b[3] = i == 0 || py > b[3] ? py : b[3];
	}
	if (r->p->safe <= 0 || b[2] < trim[0] || b[0] > trim[2] || b[3] < trim[1] || b[1] > trim[3])
		return;
	least = r->p->safe - SLACK;
	if (b[0] - trim[0] < least || b[1] - trim[1] < least || trim[2] - b[2] < least || trim[3] - b[3] < least)
		pf_fail(r->p, 59, r->where, "type in the %d mm next to the trim, where the knife may go", (int)(r->p->safe * 25.4 / 72 + 0.5));
}

static void paint_text(struct reader *r, const unsigned char *operands, size_t len)
{
	struct matrix m = times(r->tm, r->s.ctm);
	double size = r->s.size * scale_of(m);
	const struct colour *c = r->s.render == 1 || r->s.render == 5 ? &r->s.stroke : &r->s.fill;
	const double at[4] = { m.e, m.f, m.e + size / 2, m.f + size / 2 };

	double width = size / 2;
	if (r->s.font != NULL)
		width = pf_font_show(r->p, r->s.font, operands, len, r->s.render != 3) * r->s.size / 1000;
	if (r->s.render == 3 || r->s.render == 7)
		return;
	check_safe(r, m, (const double[4]){ 0, -r->s.size / 5, width, r->s.size * 0.7 });
	check_fill(r, c);
	check_all_plates(r, c, at);
	if (c->kind == CMYK && c->v[3] >= 0.8 && ink_of(c) > c->v[3] && size < LARGE_TYPE)
		pf_fail(r->p, 63, r->where, "type in a black of several inks: where plates shift it blurs");
	if (c->kind == GREY && c->v[0] == 0)
		pf_warn(r->p, 66, r->where, "black type in DeviceGray: RIPs differ in whether it overprints");
	if (is_black(c) && c->kind == CMYK && size <= LARGE_TYPE && !(r->s.overprint && r->s.opm))
		pf_fail(r->p, 64, r->where, "black type up to 24 pt does not overprint: where plates shift it gets a white rim");
}

static void paint_image(struct reader *r, pf_obj image)
{
	double w = 0, h = 0, bits = 8, across = hypot(r->s.ctm.a, r->s.ctm.b) / 72, down = hypot(r->s.ctm.c, r->s.ctm.d) / 72;
	bool line_art = pf_doc_is_true(r->p->doc, pf_doc_key(r->p->doc, image, "/ImageMask"));
	double ppi, ink;

	pf_doc_number(r->p->doc, pf_doc_key(r->p->doc, image, "/Width"), &w);
	pf_doc_number(r->p->doc, pf_doc_key(r->p->doc, image, "/Height"), &h);
	if (pf_doc_number(r->p->doc, pf_doc_key(r->p->doc, image, "/BitsPerComponent"), &bits) && bits == 1)
		line_art = true;
	r->transparent |= pf_resource_is_transparent(r->p, image);
	if (across <= 0 || down <= 0 || w < 1 || h < 1)
		return;
	ink = pf_image_ink(r->p, image, across, down);
	if (ink > r->p->ink + 0.01)
		pf_fail(r->p, 68, image, "%d %% of ink in a square millimetre of the picture", (int)(ink * 100 + 0.5));
	ppi = w / across < h / down ? w / across : h / down;
	if (line_art && ppi < LINE_ART_LEAST - 1)
		pf_fail(r->p, 44, image, "a drawing of one bit has " RESOLUTION_SENT_BACK, (int)ppi, LINE_ART_AIM, LINE_ART_LEAST);
	else if (!line_art && ppi < PHOTO_LEAST - 1)
		pf_fail(r->p, 43, image, "a picture has " RESOLUTION_SENT_BACK, (int)ppi, PHOTO_AIM, PHOTO_LEAST);
	else if (!line_art && ppi < PHOTO_SOFT - 1)
		pf_warn(r->p, 43, image, "a picture has " RESOLUTION_SOFT, (int)ppi, PHOTO_AIM, PHOTO_SOFT);
}

/* ---- operators ---------------------------------------------------------------------------------------- */

static void add_point(struct reader *r, double x, double y)
{
	double px = x * r->s.ctm.a + y * r->s.ctm.c + r->s.ctm.e, py = x * r->s.ctm.b + y * r->s.ctm.d + r->s.ctm.f;

	if (!r->path) {
		r->box[0] = r->box[2] = px;
		r->box[1] = r->box[3] = py;
		r->rect = true;
		r->thin = 0;
	}
	r->path = true;
	r->box[0] = px < r->box[0] ? px : r->box[0];
	r->box[1] = py < r->box[1] ? py : r->box[1];
	r->box[2] = px > r->box[2] ? px : r->box[2];
	r->box[3] = py > r->box[3] ? py : r->box[3];
}

static void add_rectangle(struct reader *r, const double v[4])
{
	double w = fabs(v[2]) * hypot(r->s.ctm.a, r->s.ctm.b), h = fabs(v[3]) * hypot(r->s.ctm.c, r->s.ctm.d);
	double thin = w < h ? w : h;

	add_point(r, v[0], v[1]);
	add_point(r, v[0] + v[2], v[1] + v[3]);
	if (r->thin == 0 || thin < r->thin)
		r->thin = thin;
}

static void set_device(struct reader *r, struct colour *c, enum kind kind, const double *v, int n)
{
	*c = (struct colour){ .kind = kind };
	for (int i = 0; i < n; i++)
		c->v[i] = v[i];
	if (kind == RGB)
		pf_fail(r->p, r->p->x1a ? 55 : 29, r->where, "RGB of no particular kind is painted with (rg, RG)");
}

/* cs, CS: colours begin as black, or as full ink. */
static void set_space(struct reader *r, struct colour *c, const char *name)
{
	pf_obj space = pf_doc_key(r->p->doc, pf_doc_key(r->p->doc, r->resources, "/ColorSpace"), name);
	const double black[4] = { 0, 0, 0, 1 };

	spend(r, LOOKUP);
	if (strcmp(name, "/DeviceGray") == 0 || strcmp(name, "/G") == 0)
		set_device(r, c, GREY, black, 1);
	else if (strcmp(name, "/DeviceRGB") == 0 || strcmp(name, "/RGB") == 0)
		set_device(r, c, RGB, black, 3);
	else if (strcmp(name, "/DeviceCMYK") == 0 || strcmp(name, "/CMYK") == 0)
		set_device(r, c, CMYK, black, 4);
	else if (pf_doc_is(r->p->doc, pf_doc_item(r->p->doc, space, 0), "/Separation") &&
	         pf_doc_is(r->p->doc, pf_doc_item(r->p->doc, space, 1), "/All"))
		*c = (struct colour){ .kind = ALL };
	else
		*c = (struct colour){ .kind = OTHER };
}

static void set_state(struct reader *r, const char *name)
{
	pf_obj gs = pf_doc_key(r->p->doc, pf_doc_key(r->p->doc, r->resources, "/ExtGState"), name);
	double v;

	spend(r, LOOKUP);
	/* op speaks of fills; without it OP does (ISO 32000-1, table 58) */
	if (pf_doc_has(r->p->doc, gs, "/op"))
		r->s.overprint = pf_doc_is_true(r->p->doc, pf_doc_key(r->p->doc, gs, "/op"));
	else if (pf_doc_has(r->p->doc, gs, "/OP"))
		r->s.overprint = pf_doc_is_true(r->p->doc, pf_doc_key(r->p->doc, gs, "/OP"));
	if (pf_doc_number(r->p->doc, pf_doc_key(r->p->doc, gs, "/OPM"), &v))
		r->s.opm = v == 1;
	if (pf_doc_number(r->p->doc, pf_doc_key(r->p->doc, gs, "/LW"), &v))
		r->s.line = v;
	r->transparent |= pf_resource_is_transparent(r->p, gs);
}

static void run(struct reader *r, const unsigned char *data, size_t len);

static struct matrix matrix_of(struct pf *p, pf_obj a)
{
	double v[6] = { 1, 0, 0, 1, 0, 0 };

	for (int i = 0; i < 6 && pf_doc_count(p->doc, a) == 6; i++)
		pf_doc_number(p->doc, pf_doc_item(p->doc, a, i), &v[i]);
	return (struct matrix){ v[0], v[1], v[2], v[3], v[4], v[5] };
}

static void show_form(struct reader *r, pf_obj form)
{
	struct reader *inner;
	unsigned char *data;
	size_t len;

	r->transparent |= pf_resource_is_transparent(r->p, form);
	if (r->forms >= DEEPEST_FORM || !pf_doc_stream(r->p->doc, form, true, &data, &len))
		return;
	inner = mem_zalloc(1, sizeof *inner);
	*inner = (struct reader){ .p = r->p, .where = form, .s = r->s, .tm = unity, .forms = r->forms + 1 };
	inner->resources = pf_doc_has(r->p->doc, form, "/Resources") ? pf_doc_key(r->p->doc, form, "/Resources") : r->resources;
	inner->s.ctm = times(matrix_of(r->p, pf_doc_key(r->p->doc, form, "/Matrix")), r->s.ctm);
	run(inner, data, len);
	r->transparent |= inner->transparent;
	mem_free(inner);
	mem_free(data);
}

static void show_object(struct reader *r, const char *name)
{
	pf_obj o;

	spend(r, LOOKUP);
	o = pf_doc_key(r->p->doc, pf_doc_key(r->p->doc, r->resources, "/XObject"), name);
	if (pf_doc_is(r->p->doc, pf_doc_key(r->p->doc, o, "/Subtype"), "/Image"))
		paint_image(r, o);
	else if (pf_doc_is(r->p->doc, pf_doc_key(r->p->doc, o, "/Subtype"), "/Form"))
		show_form(r, o);
}

static void save(struct reader *r)
{
	if (r->depth < MOST_SAVED)
		r->saved[r->depth] = r->s;
	else if (r->depth == MOST_SAVED)
		pf_fail(r->p, 37, r->where, "q is nested deeper than 28");
	r->depth++;
}

static void restore(struct reader *r)
{
	if (r->depth == 0) {
		pf_fail(r->p, 37, r->where, "more Q than q");
		return;
	}
	if (--r->depth < MOST_SAVED)
		r->s = r->saved[r->depth];
}

static void set_intent(struct reader *r, const char *name)
{
	if (strcmp(name, "/RelativeColorimetric") != 0 && strcmp(name, "/AbsoluteColorimetric") != 0 &&
	    strcmp(name, "/Perceptual") != 0 && strcmp(name, "/Saturation") != 0)
		pf_fail(r->p, 34, r->where, "a rendering intent that there is not (%s)", name);
}

enum operator { OP_UNKNOWN, OP_q, OP_Q, OP_cm, OP_w, OP_gs, OP_ri, OP_g, OP_G, OP_rg, OP_RG, OP_k, OP_K, OP_cs, OP_CS,
	            OP_sc, OP_SC, OP_m, OP_c, OP_re, OP_fill, OP_stroke, OP_both, OP_n, OP_Do, OP_BT, OP_Tm, OP_Td, OP_Tf, OP_Tr,
	            OP_show };
static const struct { const char *name; enum operator op; int operands; } operators[] = {
	{ "q", OP_q, 0 }, { "Q", OP_Q, 0 }, { "cm", OP_cm, 6 }, { "w", OP_w, 1 }, { "gs", OP_gs, 0 }, { "ri", OP_ri, 0 },
	{ "g", OP_g, 1 }, { "G", OP_G, 1 }, { "rg", OP_rg, 3 }, { "RG", OP_RG, 3 }, { "k", OP_k, 4 }, { "K", OP_K, 4 },
	{ "cs", OP_cs, 0 }, { "CS", OP_CS, 0 }, { "sc", OP_sc, 0 }, { "scn", OP_sc, 0 }, { "SC", OP_SC, 0 }, { "SCN", OP_SC, 0 },
	{ "m", OP_m, 2 }, { "l", OP_m, 2 }, { "c", OP_c, 6 }, { "v", OP_c, 4 }, { "y", OP_c, 4 }, { "re", OP_re, 4 },
	{ "f", OP_fill, 0 }, { "F", OP_fill, 0 }, { "f*", OP_fill, 0 }, { "S", OP_stroke, 0 }, { "s", OP_stroke, 0 },
	{ "B", OP_both, 0 }, { "B*", OP_both, 0 }, { "b", OP_both, 0 }, { "b*", OP_both, 0 }, { "n", OP_n, 0 }, { "Do", OP_Do, 0 },
	{ "BT", OP_BT, 0 }, { "Tm", OP_Tm, 6 }, { "Td", OP_Td, 2 }, { "TD", OP_Td, 2 }, { "Tf", OP_Tf, 1 }, { "Tr", OP_Tr, 1 },
	{ "Tj", OP_show, 0 }, { "TJ", OP_show, 0 }, { "'", OP_show, 0 }, { "\"", OP_show, 0 },
};

static enum operator operator_of(const struct pf_token *t, int *operands)
{
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
		if (strcmp(operators[i].name, t->text) == 0) {
			*operands = operators[i].operands;
			return operators[i].op;
		}
	return OP_UNKNOWN;
}

static void set_components(struct colour *c, const struct pf_operands *a)
{
	for (int i = 0; i < 4 && i < a->n; i++)
		c->v[i] = a->v[i];
}

/* operands: their bytes, and the operator's. */
static void execute(struct reader *r, const struct pf_token *t, const struct pf_operands *a, const unsigned char *operands,
                    size_t len)
{
	int wanted = 0;
	enum operator op = operator_of(t, &wanted);
	const double *v = a->v + (a->n > wanted ? a->n - wanted : 0);

	if (a->n < wanted)
		return; /* damaged: readers pass over it, too */
	switch (op) {
	case OP_q: save(r); break;
	case OP_Q: restore(r); break;
	case OP_cm: r->s.ctm = times((struct matrix){ v[0], v[1], v[2], v[3], v[4], v[5] }, r->s.ctm); break;
	case OP_w: r->s.line = v[0]; break;
	case OP_gs: set_state(r, a->name); break;
	case OP_ri: set_intent(r, a->name); break;
	case OP_g: set_device(r, &r->s.fill, GREY, v, 1); break;
	case OP_G: set_device(r, &r->s.stroke, GREY, v, 1); break;
	case OP_rg: set_device(r, &r->s.fill, RGB, v, 3); break;
	case OP_RG: set_device(r, &r->s.stroke, RGB, v, 3); break;
	case OP_k: set_device(r, &r->s.fill, CMYK, v, 4); break;
	case OP_K: set_device(r, &r->s.stroke, CMYK, v, 4); break;
	case OP_cs: set_space(r, &r->s.fill, a->name); break;
	case OP_CS: set_space(r, &r->s.stroke, a->name); break;
	case OP_sc: set_components(&r->s.fill, a); break;
	case OP_SC: set_components(&r->s.stroke, a); break;
	case OP_c:
		for (int i = 0; i + 1 < wanted; i += 2)
			add_point(r, v[i], v[i + 1]);
		r->rect = false;
		break;
	case OP_m:
		add_point(r, v[0], v[1]);
		r->rect = false;
		break;
	case OP_re: add_rectangle(r, v); break;
	case OP_fill: paint_path(r, true, false); break;
	case OP_stroke: paint_path(r, false, true); break;
	case OP_both: paint_path(r, true, true); break;
	case OP_n: r->path = false; break;
	case OP_Do: show_object(r, a->name); break;
	case OP_BT: r->tm = unity; break;
	case OP_Tm: r->tm = (struct matrix){ v[0], v[1], v[2], v[3], v[4], v[5] }; break;
	case OP_Td: r->tm = times((struct matrix){ 1, 0, 0, 1, v[0], v[1] }, r->tm); break;
	case OP_Tf:
		spend(r, LOOKUP);
		r->s.size = v[0];
		r->s.font = pf_font_named(r->p, r->resources, a->name);
		break;
	case OP_Tr: r->s.render = (int)v[0]; break;
	case OP_show: paint_text(r, operands, len); break;
	case OP_UNKNOWN: break;
	}
}

static void run(struct reader *r, const unsigned char *data, size_t len)
{
	struct pf_lexer x = { .data = data, .len = len };
	struct pf_operands a = { 0 };
	struct pf_token t;

	spend(r, len / 8 + 500);

	for (size_t from = 0; pf_token_next(&x, &t, &a); from = x.at) {
		if (r->p->operators == 0) {
			pf_warn(r->p, 50, 0, "the contents are so long that not all of them were looked at");
			return;
		}
		r->p->operators--;
		execute(r, &t, &a, data + from, x.at - from);
		a = (struct pf_operands){ 0 };
	}
	if (r->depth > 0)
		pf_fail(r->p, 37, r->where, "more q than Q");
}

bool pf_content_page(struct pf *p, pf_obj page, pf_obj resources)
{
	struct reader *r = mem_zalloc(1, sizeof *r);
	unsigned char *data;
	size_t len;
	bool transparent;

	*r = (struct reader){ .p = p, .resources = resources, .where = page, .tm = unity };
	r->s = (struct state){ .ctm = unity, .fill = { .kind = GREY }, .stroke = { .kind = GREY }, .line = 1 };
	if (pf_doc_content(p->doc, page, &data, &len))
		run(r, data, len);
	mem_free(data);
	transparent = r->transparent;
	mem_free(r);
	return transparent;
}
