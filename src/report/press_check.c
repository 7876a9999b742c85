#include "report/press_check.h"

#include "base/mem.h"
#include "image/resolution.h"

#define MM(n) unit_scale(SP_ONE, (n) * 7200, 2540)
#define LARGE_TYPE SP_PT(24)       /* from here on several inks keep their register well enough */
#define LARGE_AREA (300 * 100)     /* [1/100 mm2] 3 cm2 */
#define LEAST_REVERSED SP_PT(7)    /* paper-coloured type fills in below it */
#define LEAST_RULE (SP_ONE / 4)
#define LEAST_REVERSED_RULE (SP_ONE / 2)
#define LEAST_TINT 50              /* [1/1000] under it dots fail to print, over the other they run together */
#define MOST_TINT 850
#define LEAST_SPINE MM(15)         /* margin at the spine of a glued book, which does not open flat */
#define KNIFE unit_scale(SP_ONE, 3600, 2540) /* 0.5 mm: what ends so near the trim was meant to reach it */

/* What is too near the edge on all pages alike is said once. */
enum near { NEAR_HEAD, NEAR_FOLIO, NEAR_TEXT, NEAR_PICTURE, NEAR_RULE, NEAR_KINDS };
struct nearest {
	sp distance;  /* the least */
	int page, last, pages; /* where that is; last seen on; on how many it is */
	struct pos pos;
};

struct checker {
	const struct pages *p;
	const struct theme *t;
	struct diag_log *log;
	const struct page *page;
	bool said_bleed; /* on this page */
	struct nearest near[NEAR_KINDS];
	bool *inks, *blacks, *reversed, *tints; /* said, by colour */
	bool said_thin, said_thin_reversed, said_spine;
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
	int ppi, aim, least;

	if (img == NULL || it->w <= 0 || it->h <= 0)
		return;
	ppi = (int)resolution(it);
	aim = img->line_art ? LINE_ART_AIM : PHOTO_AIM;
	least = img->line_art ? LINE_ART_LEAST : PHOTO_LEAST;
	if (ppi < least)
		diag_warn(c->log, "image-resolution", place(it), "picture %s has " RESOLUTION_SENT_BACK, img->name, ppi, aim, least);
	else if (!img->line_art && ppi < PHOTO_SOFT)
		diag_warn(c->log, "image-resolution", place(it), "picture %s has " RESOLUTION_SOFT, img->name, ppi, aim, PHOTO_SOFT);
	else
		return;
	diag_hint(c->log, "use a larger original, or set it smaller");
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

static void check_rule(struct checker *c, const struct item *it, const struct colour *k, sp thin)
{
	bool reversed = ink(k) == 0, *said = reversed ? &c->said_thin_reversed : &c->said_thin;
	char size[32];

	if (thin >= (reversed ? LEAST_REVERSED_RULE : LEAST_RULE) || *said)
		return;
	*said = true;
	diag_warn(c->log, "thin-rule", place(it), reversed ? "a rule of %s pt in the colour of the paper: ink closes it below 0.5 pt"
	                                                    : "a rule of %s pt: presses hold 0.25 pt", points(size, thin));
}

static void check_tint(struct checker *c, const struct item *it, int colour)
{
	const struct colour *k = &c->p->colours[colour];
	int most = 0;

	for (int i = 0; i < 4; i++)
		most = k->cmyk[i] > most ? k->cmyk[i] : most;
	if (c->tints[colour] || k->spot != NULL || most == 0 || (most >= LEAST_TINT && most <= MOST_TINT) || most == 1000 ||
	    (most > MOST_TINT && ink(k) > k->cmyk[3])) /* of several inks a dark one is no tint */
		return;
	c->tints[colour] = true;
	diag_warn(c->log, "tint", place(it), "an area in \"%s\", a tint of %d %%: %s", k->name, most / 10,
	          most < LEAST_TINT ? "under 5 % dots are lost" : "over 85 % they run together");
}

static void check_fill(struct checker *c, const struct item *it)
{
	int colour = it->u.fill.colour;
	sp thin = it->w < it->h ? it->w : it->h;

	if (colour < 0 || colour >= c->p->n_colours || thin <= 0)
		return;
	check_ink(c, it, colour);
	if (is_rich_black(&c->p->colours[colour]) && area(it) < LARGE_AREA && !c->blacks[colour]) {
		c->blacks[colour] = true;
		diag_warn(c->log, "rich-black", place(it), "a small area or rule in \"%s\", a black of several inks",
		          c->p->colours[colour].name);
	}
	check_rule(c, it, &c->p->colours[colour], thin);
	check_tint(c, it, colour);
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

static void check_spine(struct checker *c, const struct item *it, const sp d[4])
{
	sp from = d[c->page->recto != c->p->rtl ? 2 : 3];
	char mm[32];

	if (!c->t->press.perfect_bound || it->kind != ITEM_TEXT || from >= LEAST_SPINE || c->said_spine)
		return;
	c->said_spine = true;
	diag_warn(c->log, "spine", place(it), "page %d: type stands %s pt from the spine of a glued book, which needs 42.5", c->page->number,
	          points(mm, from));
	diag_hint(c->log, "<page inner=\"15mm\"> or more");
}

static enum near near_kind(const struct item *it)
{
	switch (it->kind) {
	case ITEM_TEXT: return it->role == ROLE_RUNNING_HEAD ? NEAR_HEAD : it->role == ROLE_FOLIO ? NEAR_FOLIO : NEAR_TEXT;
	case ITEM_IMAGE: return NEAR_PICTURE;
	default: return NEAR_RULE;
	}
}

static void note_near(struct checker *c, const struct item *it, sp distance)
{
	struct nearest *n = &c->near[near_kind(it)];

	if (n->pages == 0 || distance < n->distance) {
		n->distance = distance;
		n->page = c->page->number;
		n->pos = place(it);
	}
	n->pages += n->last != c->page->number;
	n->last = c->page->number;
}

static void say_near(struct checker *c)
{
	static const char *const what[NEAR_KINDS] = { "the running head", "the page number", "type", "a picture", "a rule or a ground" };

	for (int i = 0; i < NEAR_KINDS; i++) {
		const struct nearest *n = &c->near[i];
		char pt[32];

		if (n->pages == 0)
			continue;
		points(pt, n->distance);
		if (n->pages == 1)
			diag_warn(c->log, "safe-area", n->pos, "page %d: %s stands %s pt from the edge, where the knife may go", n->page, what[i], pt);
		else
			diag_warn(c->log, "safe-area", n->pos, "page %d: %s stands %s pt from the edge, where the knife may go (on %d pages)", n->page,
			          what[i], pt, n->pages);
	}
}

static void check_place(struct checker *c, const struct item *it)
{
	sp d[4];

	distances(c->p, it, d);
	check_spine(c, it, d);
	for (int i = 0; i < 4; i++) {
		bool near = it->kind != ITEM_TEXT && d[i] < KNIFE;

		if (d[i] <= -c->p->bleed)
			continue;
		if (near && !c->said_bleed && c->p->bleed > 0) {
			c->said_bleed = true;
			diag_warn(c->log, "bleed", place(it),
			          "page %d: something reaches the edge of the page and not the bleed around it: a white thread may show",
			          c->page->number);
		} else if (!near && d[i] < c->t->press.safe) {
			note_near(c, it, d[i]);
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

	c.inks = mem_zalloc(4 * n, sizeof *c.inks);
	c.blacks = c.inks + n;
	c.reversed = c.blacks + n;
	c.tints = c.reversed + n;
	for (size_t i = 0; i < p->n; i++) {
		c.page = &p->v[i];
		c.said_bleed = false;
		for (size_t k = 0; k < c.page->n; k++)
			check_item(&c, &c.page->items[k]);
	}
	say_near(&c);
	mem_free(c.inks);
}
