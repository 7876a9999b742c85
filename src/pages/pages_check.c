/* Invariants any layout must hold, whatever its taste. Three passes: every item by itself, the flow
 * of every text leaf over the pages (nothing lost, doubled or out of order), notes and links.
 * All linear in items and nodes but for the overlap test, which is linear on sane pages and stops after the
 * first complaints on others. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "pages/pages.h"

#define CODE "layout-invariant"
#define MOST_ERRORS 50

struct leaf { /* what is known of a node, by seq */
	uint32_t end;   /* [byte] of an N_TEXT's text that is set */
	int mark, note; /* page of a footnote's first call and of its label; 0: none */
	bool set, placed;
};

struct check {
	const struct pages *p;
	const struct doc *d;
	struct diag_log *log;
	bool lenient;
	struct leaf *leaves;
	size_t errors;
	const struct page *page;
};

static void complain(struct check *c, const struct node *n, const char *what)
{
	if (c->errors++ >= MOST_ERRORS)
		return;
	if (c->page == NULL) /* it is of no page, or of none in particular */
		diag_warn(c->log, CODE, n != NULL ? n->pos : DIAG_NOWHERE, "%s", what);
	else
		diag_warn(c->log, CODE, n != NULL ? n->pos : DIAG_NOWHERE, "page %d: %s", c->page->number, what);
}

/* Words of the source that no page shows. Pages without them must not be handed out unnoticed. */
static void complain_lost(struct check *c, const struct node *n, const char *what)
{
	if (c->errors++ >= MOST_ERRORS)
		return;
	if (c->lenient)
		diag_warn(c->log, "text-lost", n->pos, "%s", what);
	else
		diag_error(c->log, "text-lost", n->pos, "%s", what);
}

static struct leaf *leaf_of(const struct check *c, const struct node *n)
{
	return n != NULL && n->seq <= c->d->n_nodes ? &c->leaves[n->seq] : NULL;
}

/* One unit of play: sums of rounded advances may differ from a rounded width. */
static bool within(const struct check *c, const struct item *it)
{
	const sp play = SP_ONE / 50;
	sp reach = c->p->bleed + play;

	return it->x >= -reach && it->y >= -reach && it->x + it->w <= c->p->width + reach &&
	       it->y + it->h <= c->p->height + reach;
}

static void check_glyphs(struct check *c, const struct item *it)
{
	int64_t sum = 0;
	bool up = true, down = true;
	uint32_t len = it->u.text.len;
	const char *text = it->u.text.text;
	sp gap;

	for (uint32_t i = 0; i < it->u.text.n; i++) {
		const struct glyph *g = &it->u.text.glyphs[i];

		if (g->gid >= (uint32_t)it->u.text.face->glyph_count)
			complain(c, it->node, "a glyph that the face does not have");
		if (g->cluster > len || (g->cluster == len && !it->u.text.hyphen_added))
			complain(c, it->node, "a glyph whose cluster lies outside its text");
		else if (g->cluster < len && ((unsigned char)text[g->cluster] & 0xc0) == 0x80)
			complain(c, it->node, "a glyph whose cluster begins inside a character");
		if (i > 0 && g->cluster < g[-1].cluster)
			up = false;
		if (i > 0 && g->cluster > g[-1].cluster)
			down = false;
		sum += g->advance;
	}
	if (!up && !down)
		complain(c, it->node, "clusters run neither forwards nor backwards");
	gap = unit_scale(sum, it->u.text.hscale, 65536) - it->w;
	if (gap > (sp)it->u.text.n + SP_ONE / 100 || gap < -(sp)it->u.text.n - SP_ONE / 100)
		complain(c, it->node, "a run whose width is not the sum of its advances");
}

static void check_text(struct check *c, const struct item *it)
{
	if (it->u.text.face == NULL || it->u.text.text == NULL || (it->u.text.glyphs == NULL && it->u.text.n > 0)) {
		complain(c, it->node, "a text without face, text or glyphs");
		return;
	}
	if (it->u.text.size <= 0 || it->u.text.hscale <= 0)
		complain(c, it->node, "a text of no size");
	if (!utf8_is_valid(it->u.text.text, it->u.text.len))
		complain(c, it->node, "a text that is not UTF-8");
	if (it->u.text.colour < 0 || it->u.text.colour >= c->p->n_colours)
		complain(c, it->node, "a colour that the palette does not have");
	if (it->u.text.n == 0)
		complain(c, it->node, "a text without glyphs");
	else
		check_glyphs(c, it);
}

static void check_item(struct check *c, const struct item *it)
{
	if ((unsigned)it->kind > ITEM_ANCHOR || (unsigned)it->role > ROLE_REPEATED) {
		complain(c, it->node, "an item of no known kind or role");
		return;
	}
	if (it->kind != ITEM_TEXT && (it->w < 0 || it->h < 0))
		complain(c, it->node, "a box of negative size");
	if (it->kind != ITEM_ANCHOR && !within(c, it))
		complain(c, it->node, "an item beyond the bleed");
	switch (it->kind) {
	case ITEM_TEXT:
		check_text(c, it);
		break;
	case ITEM_FILL:
		if (it->u.fill.colour < 0 || it->u.fill.colour >= c->p->n_colours)
			complain(c, it->node, "a colour that the palette does not have");
		break;
	case ITEM_IMAGE:
		if (it->u.image.image == NULL || it->w <= 0 || it->h <= 0)
			complain(c, it->node, "a picture without pixels or size");
		break;
	case ITEM_LINK:
		if ((it->u.link.href != NULL) == (it->u.link.target != NULL))
			complain(c, it->node, "a link that leads to nowhere or to two places");
		break;
	case ITEM_ANCHOR:
		if (it->node == NULL)
			complain(c, NULL, "an anchor of nothing");
		break;
	}
}

static void follow_text(struct check *c, const struct item *it)
{
	const struct node *n = it->node;
	struct leaf *leaf = leaf_of(c, n);
	uint32_t end = it->u.text.offset + it->u.text.len;

	if (n == NULL || n->kind != N_TEXT || leaf == NULL)
		return;
	if (end < it->u.text.offset || end > n->u.text.len) {
		complain(c, n, "a run that ends behind its node's text");
		return;
	}
	if (it->u.text.offset < leaf->end)
		complain(c, n, "text set twice or out of order");
	else if (utf8_is_seen(n->u.text.s + leaf->end, it->u.text.offset - leaf->end))
		complain_lost(c, n, "text is missing between two runs");
	leaf->set = true;
	if (end > leaf->end)
		leaf->end = end;
}

/* The runs of one line: right-to-left words stand in it in visual order, their text goes on in logical order. */
struct line {
	const struct item **v;
	size_t n, cap;
};

static bool comes_before(const struct item *a, const struct item *b)
{
	uint32_t s = a->node != NULL ? a->node->seq : 0, t = b->node != NULL ? b->node->seq : 0;

	return s != t ? s < t : a->u.text.offset < b->u.text.offset;
}

/* Collects it; at the line's end (or it == NULL) the line's runs are followed in the text's order. */
static void follow_line(struct check *c, const struct item *it, struct line *l)
{
	if (it != NULL && it->kind == ITEM_TEXT && it->role == ROLE_CONTENT) {
		size_t i = l->n;

		VEC_ROOM(l->v, l->n, l->cap, 1);
		for (; i > 0 && comes_before(it, l->v[i - 1]) && it->node == l->v[i - 1]->node; i--)
			l->v[i] = l->v[i - 1];
		l->v[i] = it;
		l->n++;
	}
	if (it != NULL && !(it->kind == ITEM_TEXT && it->u.text.line_end) && l->n < 4096)
		return;
	for (size_t i = 0; i < l->n; i++)
		follow_text(c, l->v[i]);
	l->n = 0;
}

static void mark_placed(struct check *c, const struct node *n)
{
	for (int depth = 0; n != NULL && depth < 10000; n = n->parent, depth++) {
		struct leaf *leaf = leaf_of(c, n);

		if (leaf == NULL || leaf->placed)
			return;
		leaf->placed = true;
	}
}

static void follow_item(struct check *c, const struct item *it)
{
	const struct node *n = it->node;
	struct leaf *leaf = leaf_of(c, n);

	if (it->kind == ITEM_ANCHOR || it->role == ROLE_CONTENT)
		mark_placed(c, n);
	if (it->kind != ITEM_TEXT)
		return;
	if (leaf == NULL || n->kind != N_FOOTNOTE)
		return;
	if (it->role == ROLE_MARK && leaf->mark == 0)
		leaf->mark = c->page->number;
	if (it->role == ROLE_LABEL && leaf->note == 0)
		leaf->note = c->page->number;
}

/* Boxes of the letters proper, narrower than the type's body: accents and descenders may touch. */
struct inked {
	sp top, bottom, left, right;
	const struct node *node;
};

static int by_top(const void *a, const void *b)
{
	const struct inked *l = a, *r = b;

	return l->top != r->top ? (l->top < r->top ? -1 : 1) : (l->left > r->left) - (l->left < r->left);
}

static void check_overlap(struct check *c)
{
	struct inked *v = mem_zalloc(c->page->n, sizeof *v);
	size_t n = 0, found = 0, looked = 0;

	for (size_t i = 0; i < c->page->n; i++) {
		const struct item *it = &c->page->items[i];
		sp x_height = it->kind == ITEM_TEXT ? it->u.text.size * 2 / 5 : 0;

		/* marks are raised and kerned over their neighbours on purpose */
		if (it->kind != ITEM_TEXT || it->role == ROLE_MARK || it->w < 3 * SP_ONE)
			continue;
		v[n++] = (struct inked){ it->y - x_height, it->y, it->x + SP_ONE, it->x + it->w - SP_ONE, it->node };
	}
	qsort(v, n, sizeof *v, by_top);
	for (size_t i = 0; i < n && found < 3; i++) {
		for (size_t k = i + 1; k < n && v[k].top < v[i].bottom - SP_ONE / 2 && found < 3; k++) {
			if (++looked > 200 * n)
				found = 3;
			else if (v[k].left < v[i].right && v[i].left < v[k].right) {
				complain(c, v[k].node, "text over text");
				found++;
			}
		}
	}
	mem_free(v);
}

static void check_page(struct check *c, size_t i)
{
	struct line line = { 0 };

	c->page = &c->p->v[i];
	if (c->page->number != (int)i + 1)
		complain(c, NULL, "page numbers do not count up from 1");
	if (!c->page->recto && c->page->number % 2 == 1)
		complain(c, NULL, "a verso page must have an even number");
	for (size_t k = 0; k < c->page->n; k++) {
		check_item(c, &c->page->items[k]);
		follow_item(c, &c->page->items[k]);
		follow_line(c, &c->page->items[k], &line);
	}
	follow_line(c, NULL, &line);
	mem_free(line.v);
	check_overlap(c);
}

/* Text that may be on no page: what a masthead sets from struct doc_info, and a pull quote that found no room
 * (it repeats the text, and layout warns of it). */
static bool may_be_left_out(const struct node *n)
{
	for (n = n->parent; n != NULL; n = n->parent)
		if (n->kind == N_PULLQUOTE ||
		    ((n->kind == N_TITLE || n->kind == N_SUBTITLE) && n->parent != NULL && n->parent->kind == N_ROOT))
			return true;
	return false;
}

static void check_node(struct check *c, const struct node *n)
{
	const struct leaf *leaf = leaf_of(c, n);

	if (leaf == NULL)
		return;
	if (n->kind == N_TEXT && !n->u.text.generated && (leaf->set || !may_be_left_out(n)) &&
	    utf8_is_seen(n->u.text.s + leaf->end, n->u.text.len - leaf->end))
		complain_lost(c, n, leaf->set ? "the end of this text is missing" : "this text is on no page");
	if (n->kind != N_FOOTNOTE)
		return;
	if (leaf->mark == 0)
		(leaf->note == 0 ? complain_lost : complain)(c, n, "a footnote without a mark in the text");
	else if (leaf->note == 0)
		complain_lost(c, n, "a footnote that is on no page");
	else if (leaf->note != leaf->mark)
		complain(c, n, "a footnote that begins on another page than its mark");
}

static void check_links(struct check *c)
{
	for (size_t i = 0; i < c->p->n; i++) {
		c->page = &c->p->v[i];
		for (size_t k = 0; k < c->page->n; k++) {
			const struct item *it = &c->page->items[k];
			const struct leaf *leaf = it->kind == ITEM_LINK ? leaf_of(c, it->u.link.target) : NULL;

			if (leaf != NULL && !leaf->placed)
				complain(c, it->node, "a link whose target is on no page");
		}
	}
}

bool pages_check(const struct pages *p, const struct doc *d, bool lenient, struct diag_log *log)
{
	struct check c = { .p = p, .d = d, .log = log, .lenient = lenient };

	if (p->width <= 0 || p->height <= 0 || p->bleed < 0) {
		complain(&c, NULL, "pages of no size");
		return false;
	}
	c.leaves = mem_zalloc((size_t)d->n_nodes + 1, sizeof *c.leaves);
	for (size_t i = 0; i < p->n; i++)
		check_page(&c, i);
	check_links(&c);
	c.page = NULL;
	for (const struct node *n = d->root; n != NULL; n = doc_next(d->root, n))
		check_node(&c, n);
	if (c.errors > MOST_ERRORS)
		diag_warn(log, CODE, DIAG_NOWHERE, "and %zu more broken invariants", c.errors - MOST_ERRORS);
	mem_free(c.leaves);
	return c.errors == 0;
}
