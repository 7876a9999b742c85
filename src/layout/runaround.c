/* Text that runs around the page's pull quote: what the quote forbids, what its place costs, and how all the lines at which it may
 * stand are tried in one go. See fill.c. */
#include <limits.h>

#include "layout/filler.h"

sp quote_measure(const struct paginator *p, const struct quote *q, sp start, sp end, sp *shift)
{
	const struct theme *t = p->l->theme;
	sp tx, tw, left, right, gap = t->page.gutter;
	sp all = style_columns_width(t, t->page.columns), all_x = style_column_x(t, p->recto, 0);
	sp qx = p->recto ? all_x + all - q->width : all_x;

	style_text_column(t, p->recto, &tx, &tw);
	left = tx + start;
	right = tx + tw - end;
	*shift = 0;
	if (p->recto && qx - gap < right)
		right = qx - gap;
	if (!p->recto && qx + q->width + gap > left) {
		*shift = qx + q->width + gap - left;
		left = qx + q->width + gap;
	}
	return right - left;
}

bool runaround_forbids(struct filler *f, struct cursor *c, const struct placed *pl, const struct block *b, sp extent)
{
	sp unit = f->unit, clear = f->p->l->theme->pullquote.clear * unit, low = pl->y + extent;

	if (pl->first && b->margin.n > 0 && pl->y < f->quote_bottom + unit && pl->y + b->margin.height > f->quote_y - unit)
		return true;
	if (pl->y > f->quote_y - unit / 2 && pl->y < f->quote_bottom + unit / 2 &&
	    (pl->block < f->q->section_first || pl->block > f->q->section_last))
		return true;
	if (b->kind == BLOCK_PAR && !b->heading && b->box == NULL)
		return !b->plain_text && pl->y > f->quote_y - unit / 2 && pl->y < f->quote_bottom + unit / 2;
	if (low > f->quote_y - 2 * unit && pl->y < f->quote_bottom + 2 * unit)
		return true;
	if (pl->first && low > f->quote_y - clear && pl->y < f->quote_bottom + clear)
		c->cost += PRICE_NEAR_QUOTE;
	return false;
}

int runaround_barred(const struct filler *f, const struct block *b, int block, sp y)
{
	sp half = f->unit / 2, leading = b->style->leading, beside;

	if (f->q == NULL || (block >= f->q->section_first && block <= f->q->section_last && (b->plain_text || b->heading || b->box != NULL)))
		return INT_MAX;
	beside = f->quote_y - half < y ? 0 : (f->quote_y - half - y) / leading + 1; /* the first line that is not above it */
	return y + beside * leading < f->quote_bottom + half ? (int)beside : INT_MAX;
}

static bool is_text(const struct block *b)
{
	return b->kind == BLOCK_PAR && b->box == NULL && !b->heading;
}

/* As near as its rows may come to the quote. */
static sp clear_of(const struct filler *f, const struct block *b)
{
	return is_text(b) ? f->unit / 2 : f->clear;
}

bool runaround_minds_not(const struct filler *f, const struct block *b, int block, sp first, sp last)
{
	sp clear = clear_of(f, b);

	if (f->q == NULL)
		return true;
	if (b->margin.n > 0)
		return false;
	return (is_text(b) && b->plain_text && block >= f->q->section_first && block <= f->q->section_last) || last <= f->quote_y - clear ||
	       first >= f->quote_bottom + clear;
}

int64_t runaround_distance(const struct filler *f, const struct cursor *c)
{
	sp y = c->quote_y, away = y < c->anchor_top ? 3 * (c->anchor_top - y) : y > c->anchor_bottom ? y - c->anchor_bottom : 0;
	int64_t price = away * POINT / f->unit / 2;

	return price < PRICE_DISTANCE_MOST ? price : PRICE_DISTANCE_MOST;
}

/* ---- the quote of a page that may stand at several lines ------------------------------------------------------------
 *
 * All lines are tried in one go. A way waits until it comes to a block that would mind the quote standing at some line: there
 * it splits, one for each such line, and one that waits on. Below the quote they are the same ways again (ways.c). */

void runaround_set(struct filler *f, struct cursor *c, sp y)
{
	c->quote_y = y;
	runaround_aim(f, c);
	if (c->anchor_bottom > 0)
		c->cost += runaround_distance(f, c);
}

/* Neither these lines mind it, nor the natural breaking that they are measured by (variant.c: lines enough above the quote). */
sp runaround_clear_of_lines(const struct filler *f, const struct block *b, sp y, int lines, int natural)
{
	sp leading = b->style->leading, unit = f->unit, clear = y + (lines - 1) * leading + clear_of(f, b);

	if (clear < y + natural * leading + unit / 2)
		clear = y + natural * leading + unit / 2;
	if (b->margin.n > 0 && clear < y + b->margin.height + unit)
		clear = y + b->margin.height + unit;
	return clear;
}

sp runaround_clear_of_rows(const struct filler *f, const struct block *b, sp y, int from)
{
	sp clear = b->margin.n > 0 ? y + b->margin.height + f->unit : y;

	for (int i = 0; i < b->head.n && from > 0; i++)
		y += b->head.v[i].advance;
	for (int i = from; i < b->rows.n; i++) {
		sp low = y + (b->rows.v[i].below > 0 ? b->rows.v[i].below : 0) + f->clear;

		clear = low > clear ? low : clear;
		y += b->rows.v[i].advance;
	}
	return clear;
}

void runaround_wait(const struct filler *f, struct cursor *c, sp clear)
{
	if (ways_waits(f, c) && c->quote_from < clear)
		c->quote_from = clear;
}
