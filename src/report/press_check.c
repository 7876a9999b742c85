#include "report/press_check.h"

#include "base/mem.h"

#define MM(n) unit_scale(SP_ONE, (n) * 7200, 2540)
#define LARGE_TYPE SP_PT(24)       /* from here on several inks keep their register well enough */
#define LARGE_AREA (300 * 100)     /* [1/100 mm2] 3 cm2 */
#define LEAST_REVERSED SP_PT(7)    /* paper-coloured type fills in below it */
#define LEAST_RULE (SP_ONE / 4)
#define KNIFE unit_scale(SP_ONE, 3600, 2540) /* 0.5 mm: what ends so near the trim was meant to reach it */

struct checker {
	const struct pages *p;
	const struct theme *t;
	struct diag_log *log;
	const struct page *page;
	bool said_safe, said_bleed; /* on this page */
	bool *inks, *blacks, *reversed; /* said, by colour */
	bool said_thin;
};

static struct pos place(const struct item *it)
{
	return it->node != NULL ? it->node->pos : DIAG_NOWHERE;
}

/* "10.25" of a length in points. */
static const char *points(char out[32], sp v)
{
	unit_format_pt(out, v, 2);
	return out;
}

/* Pixels an inch, along the worse side. */
static int64_t resolution(const struct item *it)
{
	int64_t across = unit_scale((sp)it->u.image.image->width * 72, SP_ONE, it->w);
	int64_t down = unit_scale((sp)it->u.image.image->height * 72, SP_ONE, it->h);

	return across < down ? across : down;
}

static void check_picture(struct checker *c, const struct item *it)
{
	const struct image *img = it->u.image.image;
	int64_t ppi, want;

	if (img == NULL || it->w <= 0 || it->h <= 0)
		return;
	ppi = resolution(it);
	want = img->line_art ? 600 : 250;
	if (ppi >= want)
		return;
	diag_warn(c->log, "image-resolution", place(it), "picture %s has %d pixels an inch where it stands, and print needs %d",
	          img->name, (int)ppi, img->line_art ? 1200 : 300);
	diag_hint(c->log, "%s: use a larger original, or set it smaller",
	          ppi * 10 < want * 8 ? "it will look coarse" : "fine detail will be soft");
}

static int ink(const struct colour *c)
{
	return c->cmyk[0] + c->cmyk[1] + c->cmyk[2] + c->cmyk[3];
}

static bool is_rich_black(const struct colour *c)
{
	return c->spot == NULL && c->cmyk[3] >= 800 && ink(c) > c->cmyk[3];
}

static void check_ink(struct checker *c, const struct item *it, int colour)
{
	const struct colour *k = &c->p->colours[colour];

	if (ink(k) <= c->t->press.ink_limit || k->spot != NULL || c->inks[colour])
		return;
	c->inks[colour] = true;
	diag_warn(c->log, "ink-limit", place(it), "the colour \"%s\" takes %d %% of ink, and the paper %d %%", k->name,
	          ink(k) / 10, (int)(c->t->press.ink_limit / 10));
}

static void check_type(struct checker *c, const struct item *it)
{
	int colour = it->u.text.colour;
	const struct colour *k;
	char size[32];

	if (colour < 0 || colour >= c->p->n_colours)
		return;
	k = &c->p->colours[colour];
	check_ink(c, it, colour);
	if (is_rich_black(k) && it->u.text.size < LARGE_TYPE && !c->blacks[colour]) {
		c->blacks[colour] = true;
		diag_warn(c->log, "rich-black", place(it),
		          "type of %s pt in \"%s\", a black of several inks: where plates shift it blurs", points(size, it->u.text.size),
		          k->name);
		diag_hint(c->log, "cmyk=\"0 0 0 100\" for type under 24 pt");
	}
	if (ink(k) == 0 && it->u.text.size < LEAST_REVERSED && !c->reversed[colour]) {
		c->reversed[colour] = true;
		diag_warn(c->log, "reversed-type", place(it), "type of %s pt in the colour of the paper: ink closes it below 7 pt",
		          points(size, it->u.text.size));
	}
}

static int64_t area(const struct item *it)
{
	return unit_scale(it->w, 254 * 1000, 72 * 100 * SP_ONE) * unit_scale(it->h, 254 * 1000, 72 * 100 * SP_ONE);
}

static void check_fill(struct checker *c, const struct item *it)
{
	int colour = it->u.fill.colour;
	sp thin = it->w < it->h ? it->w : it->h;
	char size[32];

	if (colour < 0 || colour >= c->p->n_colours || thin <= 0)
		return;
	check_ink(c, it, colour);
	if (is_rich_black(&c->p->colours[colour]) && area(it) < LARGE_AREA && !c->blacks[colour]) {
		c->blacks[colour] = true;
		diag_warn(c->log, "rich-black", place(it), "a small area or rule in \"%s\", a black of several inks",
		          c->p->colours[colour].name);
	}
	if (thin < LEAST_RULE && !c->said_thin) {
		c->said_thin = true;
		diag_warn(c->log, "thin-rule", place(it), "a rule of %s pt: presses hold 0.25 pt", points(size, thin));
	}
}

/* How far each side of the item lies inside the trim: top, bottom, left, right. */
static void distances(const struct pages *p, const struct item *it, sp d[4])
{
	sp top = it->y, bottom = it->y + it->h;

	if (it->kind == ITEM_TEXT) { /* from the baseline, about */
		top = it->y - it->u.text.size * 7 / 10;
		bottom = it->y + it->u.text.size / 5;
	}
	d[0] = top;
	d[1] = p->height - bottom;
	d[2] = it->x;
	d[3] = p->width - it->x - it->w;
}

static void check_place(struct checker *c, const struct item *it)
{
	sp d[4];

	distances(c->p, it, d);
	for (int i = 0; i < 4; i++) {
		bool area_like = it->kind != ITEM_TEXT;

		if (d[i] <= -c->p->bleed || d[i] >= c->t->press.safe)
			continue;
		if (area_like && d[i] < KNIFE && !c->said_bleed && c->p->bleed > 0) {
			c->said_bleed = true;
			diag_warn(c->log, "bleed", place(it),
			          "page %d: something reaches the edge of the page and not the bleed around it: a white thread may show",
			          c->page->number);
		} else if ((!area_like || d[i] >= KNIFE) && !c->said_safe) {
			char mm[32];

			c->said_safe = true;
			diag_warn(c->log, "safe-area", place(it), "page %d: something stands %s pt from the edge, where the knife may go",
			          c->page->number, points(mm, d[i]));
		}
	}
}

static void check_item(struct checker *c, const struct item *it)
{
	switch (it->kind) {
	case ITEM_TEXT:
		check_type(c, it);
		break;
	case ITEM_FILL:
		check_fill(c, it);
		break;
	case ITEM_IMAGE:
		check_picture(c, it);
		break;
	case ITEM_LINK:
	case ITEM_ANCHOR:
		return;
	}
	check_place(c, it);
}

void press_check(const struct pages *p, const struct theme *t, struct diag_log *log)
{
	size_t n = (size_t)p->n_colours + 1;
	struct checker c = { .p = p, .t = t, .log = log };

	c.inks = mem_zalloc(3 * n, sizeof *c.inks);
	c.blacks = c.inks + n;
	c.reversed = c.blacks + n;
	for (size_t i = 0; i < p->n; i++) {
		c.page = &p->v[i];
		c.said_safe = c.said_bleed = false;
		for (size_t k = 0; k < c.page->n; k++)
			check_item(&c, &c.page->items[k]);
	}
	mem_free(c.inks);
}
