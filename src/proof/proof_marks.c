#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "proof/proof_spread.h"

/* [1/1000] of the natural space; wider than what follows is FAULT_WIDE. */
enum { GAP_TIGHT = 850, GAP_OPEN = 1200, GAP_WIDE = 1350 };
enum { LAKE_LINES = 3 }; /* FAULT_LAKE is noted of the last of them */

#define BAR SP_PT(2)
#define THIN (SP_ONE / 4)
#define LABEL_LEADING (PROOF_TYPE + SP_ONE / 2)

static sp top_of(const struct line_made *l)
{
	return PROOF_TOP + l->y - l->size * 3 / 4;
}

/* ---- below the type ------------------------------------------------------------------------------------------------ */

void proof_marks_below(struct prover *p, size_t page)
{
	const struct theme *t = p->theme;
	const sp x = proof_page_x(p, page);

	for (int i = t->page.first_line; i <= t->page.last_line; i++) {
		sp y = style_line_y(t, i);

		if (y >= 0 && y < p->in->height)
			proof_fill(p, p->spread[page], PROOF_GRID, x, PROOF_TOP + y, p->in->width, THIN);
	}
	for (uint32_t i = p->gaps.from[page]; i < p->gaps.from[page + 1]; i++) {
		const struct river_gap *g = &p->in->lines.gaps[p->gaps.list[i]];

		proof_fill(p, p->spread[page], PROOF_RIVER, x + g->x, PROOF_TOP + g->y - g->size * 3 / 4, g->w, g->size);
	}
}

/* ---- lines ------------------------------------------------------------------------------------------------------- */

static enum proof_colour colour_of_gaps(const struct line_made *l)
{
	if ((l->faults & 1U << FAULT_RAGGED) != 0)
		return PROOF_SHORT;
	return (l->faults & 1U << FAULT_WIDE) != 0 ? PROOF_HOLE : l->gap > GAP_WIDE ? PROOF_WIDE : l->gap > GAP_OPEN ? PROOF_OPEN
	       : l->gap < GAP_TIGHT ? PROOF_TIGHT : PROOF_EVEN;
}

/* The block with an old translation that n is of, or NULL. A note is translated apart from the text that calls it. */
static const struct node *stale_block(const struct node *n)
{
	while (n != NULL && !n->stale)
		n = n->kind == N_FOOTNOTE ? NULL : n->parent;
	return n;
}

static void mark_line(struct prover *p, size_t page, uint32_t i)
{
	const struct line_made *l = &p->in->lines.made[i];
	const sp x = proof_page_x(p, page) + l->x, end = x + l->width;
	size_t spread = p->spread[page];

	if (l->gap > 0 || (l->faults & 1U << FAULT_RAGGED) != 0)
		proof_fill(p, spread, colour_of_gaps(l), x - SP_PT(5), top_of(l), BAR, l->size);
	if (p->ladder[i] > 1)
		proof_fill(p, spread, p->ladder[i] > 2 ? PROOF_LADDER : PROOF_HYPHEN, end + SP_PT(3), top_of(l), BAR, l->leading);
	if ((l->faults & 1U << FAULT_LAKE) != 0)
		proof_fill(p, spread, PROOF_LAKE, x - SP_PT(13), top_of(l) - (LAKE_LINES - 1) * l->leading, BAR, LAKE_LINES * l->leading);
	if (stale_block(l->node) != NULL)
		proof_fill(p, spread, PROOF_STALE, x - SP_PT(9), top_of(l), BAR, l->leading);
	if (l->over > 0)
		proof_fill(p, spread, PROOF_OVER, end, top_of(l), l->over, l->size);
	if (l->faults != 0) {
		sp w = 3 * l->size < l->width ? 3 * l->size : l->width;

		proof_fill(p, spread, PROOF_RELAXED, end - w, PROOF_TOP + l->y + l->size / 4, w, SP_ONE * 3 / 4);
	}
}

/* ---- words in the slug --------------------------------------------------------------------------------------------- */

/* Labels go outwards from the page's edge, one row for lines that stand beside each other. */
struct slug {
	struct prover *p;
	size_t spread;
	bool right;
	sp edge;      /* of the page */
	sp x, y;      /* the row: how far it reaches from the edge, its baseline */
	bool begun;
};

static void put_label(struct slug *s, enum proof_colour colour, sp y, const char *text)
{
	sp at;

	if (!s->begun || y >= s->y + LABEL_LEADING || s->x > PROOF_SLUG * 3 / 4) {
		s->y = s->begun && y < s->y + LABEL_LEADING ? s->y + LABEL_LEADING : y;
		s->x = SP_PT(9);
		s->begun = true;
	}
	at = s->right ? s->edge + s->x : s->edge - s->x;
	s->x += proof_text(s->p, s->spread, colour, at, PROOF_TOP + s->y, !s->right, text) + SP_PT(3);
}

/* What is said of a line, and in which place of the order of setting. */
struct said {
	const struct line_made *line;
	uint32_t order;
	bool number; /* of its line in the source: another one than that of the line set before it */
};

static int by_height(const void *a, const void *b)
{
	const struct said *l = a, *r = b;

	if (l->line->y != r->line->y)
		return l->line->y < r->line->y ? -1 : 1;
	return l->order < r->order ? -1 : 1;
}

static bool is_elsewhere(const struct node *n, const struct node *last)
{
	return n != NULL && n->pos.line > 0 && (last == NULL || n->pos.line != last->pos.line || n->pos.file != last->pos.file);
}

/* Words of a translation stand in its PO file. */
static const char *line_in_source(struct arena *a, const struct node *n)
{
	size_t len = n->pos.file != NULL ? strlen(n->pos.file) : 0;
	bool po = len > 3 && strcmp(n->pos.file + len - 3, ".po") == 0;

	return arena_printf(a, po ? "po %d" : "%d", n->pos.line);
}

static void label_line(struct slug *s, const struct said *said)
{
	const struct line_made *l = said->line;

	if (said->number)
		put_label(s, PROOF_INK, l->y, line_in_source(s->p->arena, l->node));
	for (int f = 0; f < LINE_FAULTS; f++)
		if ((l->faults & (uint32_t)1 << f) != 0)
			put_label(s, f == FAULT_OVERFULL ? PROOF_OVER : PROOF_RELAXED, l->y, line_fault_name((enum line_fault)f));
}

/* "stale: page 5, line 12", where such a block begins on the page; *last is the one before. */
static void label_stale(struct slug *s, const struct line_made *l, size_t page, int line, const struct node **last)
{
	const struct node *block = stale_block(l->node);
	const char *label = s->p->in->v[page].label;

	if (block == NULL || block == *last)
		return;
	put_label(s, PROOF_STALE, l->y, arena_printf(s->p->arena, "stale: page %s, line %d", label != NULL ? label : "-", line));
	*last = block;
}

void proof_marks_above(struct prover *p, size_t page)
{
	const uint32_t from = p->lines.from[page], n = p->lines.from[page + 1] - from;
	struct slug s = { .p = p, .spread = p->spread[page], .right = p->right[page] };
	struct said *said = mem_zalloc((size_t)n + 1, sizeof *said);
	const struct node *last = NULL, *stale = NULL;
	sp counted = 0;
	int line = 0;

	s.edge = PROOF_SLUG + (s.right ? 2 * p->in->width : 0);
	for (uint32_t i = 0; i < n; i++) {
		const struct line_made *l = &p->in->lines.made[p->lines.list[from + i]];

		said[i] = (struct said){ l, i, is_elsewhere(l->node, last) };
		if (said[i].number)
			last = l->node;
		mark_line(p, page, p->lines.list[from + i]);
	}
	qsort(said, n, sizeof *said, by_height);
	for (uint32_t i = 0; i < n; i++) {
		if (said[i].line->node != NULL && (line == 0 || said[i].line->y != counted)) {
			counted = said[i].line->y;
			line++; /* of text, from the top of the page */
		}
		label_stale(&s, said[i].line, page, line, &stale);
		label_line(&s, &said[i]);
	}
	mem_free(said);
}

/* ---- quotes and floats ------------------------------------------------------------------------------------------- */

struct area { sp x0, y0, x1, y1; };

static bool is_in(const struct node *n, const struct node *of)
{
	while (n != NULL && n != of)
		n = n->parent;
	return n != NULL;
}

/* What the quote or float covers of the page; false: nothing of it is there. */
static bool find_area(const struct page *page, const struct node *of, struct area *a)
{
	bool found = false;

	for (size_t i = 0; i < page->n; i++) {
		const struct item *it = &page->items[i];
		struct area b = { it->x, it->y, it->x + it->w, it->y + it->h };

		if (it->kind == ITEM_ANCHOR || it->kind == ITEM_LINK || it->node == NULL || !is_in(it->node, of))
			continue;
		if (it->kind == ITEM_TEXT) {
			b.y0 = it->y - it->u.text.size * 3 / 4;
			b.y1 = it->y + it->u.text.size / 4;
		}
		if (!found) {
			*a = b;
		} else {
			a->x0 = b.x0 < a->x0 ? b.x0 : a->x0;
			a->y0 = b.y0 < a->y0 ? b.y0 : a->y0;
			a->x1 = b.x1 > a->x1 ? b.x1 : a->x1;
			a->y1 = b.y1 > a->y1 ? b.y1 : a->y1;
		}
		found = true;
	}
	return found;
}

static bool is_running_text(const struct node *n)
{
	for (; n != NULL; n = n->parent)
		if (n->kind == N_FOOTNOTE || n->kind == N_PULLQUOTE || n->kind == N_FIGURE || n->kind == N_TABLE || n->kind == N_CHART)
			return false;
	return true;
}

/* The last line on the page of what precedes it in the source, or NULL. */
static const struct line_made *find_home(const struct prover *p, size_t page, const struct node *of)
{
	const struct line_made *best = NULL;

	for (uint32_t i = p->lines.from[page]; i < p->lines.from[page + 1]; i++) {
		const struct line_made *l = &p->in->lines.made[p->lines.list[i]];

		if (l->node != NULL && l->node->seq < of->seq && is_running_text(l->node) &&
		    (best == NULL || l->node->seq >= best->node->seq))
			best = l;
	}
	return best;
}

/* Level from the end of the line, then up or down to the nearer edge of the area. */
static void connect(struct prover *p, size_t spread, sp x, sp y, const struct area *a)
{
	const sp thick = SP_ONE / 2;
	sp to = y >= a->y0 && y <= a->y1 ? (x < a->x0 ? a->x0 : a->x1) : (a->x0 + a->x1) / 2, edge = y < a->y0 ? a->y0 : a->y1;

	proof_fill(p, spread, PROOF_INSET, x - SP_PT(2), y - SP_PT(2), SP_PT(4), SP_PT(4));
	proof_fill(p, spread, PROOF_INSET, x < to ? x : to, y, x < to ? to - x : x - to, thick);
	if (y < a->y0 || y > a->y1)
		proof_fill(p, spread, PROOF_INSET, to, y < edge ? y : edge, thick, y < edge ? edge - y : y - edge);
}

/* A float is noted by its first part, which may be its title. */
static const struct node *whole_of(const struct node *n)
{
	while (n->parent != NULL && (n->parent->kind == N_FIGURE || n->parent->kind == N_TABLE))
		n = n->parent;
	return n;
}

static void mark_inset(struct prover *p, const struct makeup_inset *in)
{
	size_t page = (size_t)in->page - 1, home = (size_t)in->home - 1;
	const struct node *node = whole_of(in->node);
	const struct line_made *l;
	struct area a = { 0, 0, 0, 0 };
	sp x, line_x, line_y;

	if (!find_area(&p->in->v[page], node, &a))
		return;
	x = proof_page_x(p, page) - SP_PT(2);
	a = (struct area){ x + a.x0, PROOF_TOP - SP_PT(2) + a.y0, x + SP_PT(4) + a.x1, PROOF_TOP + SP_PT(2) + a.y1 };
	proof_box(p, p->spread[page], PROOF_INSET, a.x0, a.y0, a.x1 - a.x0, a.y1 - a.y0, SP_ONE / 2);
	if (in->home < 1 || home >= p->in->n || (l = find_home(p, home, node)) == NULL)
		return;
	line_x = proof_page_x(p, home) + l->x + l->width;
	line_y = PROOF_TOP + l->y + l->size * 3 / 10; /* below its letters */
	if (p->spread[home] == p->spread[page]) {
		connect(p, p->spread[page], line_x, line_y, &a);
		return;
	}
	proof_text(p, p->spread[page], PROOF_INSET, a.x0, a.y0 - SP_PT(2), false,
	           arena_printf(p->arena, "from page %s", p->in->v[home].label));
	proof_fill(p, p->spread[home], PROOF_INSET, line_x - SP_PT(2), line_y - SP_PT(2), SP_PT(4), SP_PT(4));
	proof_text(p, p->spread[home], PROOF_INSET, line_x, line_y - SP_PT(3), true,
	           arena_printf(p->arena, "to page %s", p->in->v[page].label));
}

void proof_marks_insets(struct prover *p)
{
	const struct makeup *m = &p->in->makeup;

	for (size_t i = 0; i < m->n_insets; i++)
		if (m->insets[i].node != NULL && m->insets[i].page >= 1 && (size_t)m->insets[i].page <= p->in->n)
			mark_inset(p, &m->insets[i]);
}
