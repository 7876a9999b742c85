/* Side notes: the geometry of one page's margin column. See side.h. */
#include "layout/side.h"

#include <string.h>

#include "base/mem.h"
#include "layout/note.h"

/* The next baseline of the page's grid at or above y. */
static sp grid_up(const struct theme *t, sp y)
{
	sp down = band_grid(t, y);

	return down > y ? down - t->page.unit : down;
}

static bool meets(const struct theme *t, const struct side_gap *quote, sp y, sp extent)
{
	return quote->bottom > 0 && y < quote->bottom + t->page.unit && y + extent > quote->top - t->page.unit;
}

/* The mark's own line is a place, too, where it is off the grid. */
static sp place_below(const struct theme *t, sp from, sp mark)
{
	sp grid = band_grid(t, from);

	return from <= mark && grid > mark ? mark : grid;
}

static sp place_above(const struct theme *t, sp to, sp mark)
{
	sp grid = grid_up(t, to);

	return to >= mark && grid < mark ? mark : grid;
}

sp side_next(const struct theme *t, sp from, sp mark, sp extent, const struct side_gap *quote)
{
	sp y = place_below(t, from, mark);

	return meets(t, quote, y, extent) ? place_below(t, quote->bottom + t->page.unit, mark) : y;
}

sp side_extent(const struct rows *r)
{
	return r->n > 0 ? r->height - row_tail(&r->v[r->n - 1]) : 0;
}

sp side_clear(const struct rows *r)
{
	return r->n > 0 ? row_tail(&r->v[r->n - 1]) * 3 / 2 : 0;
}

struct side_gap side_gap_of(const struct theme *t, sp quote_y, int lines)
{
	return (struct side_gap){ quote_y, quote_y + (lines - 1) * t->page.unit };
}

static bool reaches_margin(const struct row *row, sp *low)
{
	bool any = false;

	*low = 0;
	for (int i = 0; i < row->n_ops; i++) {
		const struct op *op = &row->ops[i];

		if (op->frame == FRAME_TEXT || op->kind == OP_ANCHOR || op->kind == OP_LINK)
			continue;
		any = true;
		*low = op->kind == OP_LINE && op->y > *low ? op->y : *low;
	}
	return any;
}

static sp lowest_in_margin(const struct row *row)
{
	sp low = 0;

	for (int i = 0; i < row->n_ops; i++) {
		const struct op *op = &row->ops[i];

		low = op->frame == FRAME_MARGIN && op->kind == OP_LINE && op->y > low ? op->y : low;
	}
	return low;
}

bool side_taken(const struct theme *t, const struct block *b, const struct placed *pl, sp *top, sp *bottom)
{
	sp unit = t->page.unit, low;

	if (b->box != NULL && b->box->kind == BOX_SIDEBAR) {
		*top = pl->y - (pl->first && pl->block == b->box->first ? 2 * unit : unit);
		*bottom = pl->y + unit_scale(unit, t->sidebar.after, 1000);
		return true;
	}
	*top = pl->y;
	if (pl->row != NULL && reaches_margin(pl->row, &low)) {
		*top = pl->y - (pl->row->above > 0 ? pl->row->above : unit / 2);
		*bottom = pl->y + low + unit + unit / 2;
	} else if (!pl->first || b->margin.n == 0) {
		return false;
	} else {
		*bottom = 0;
	}
	if (pl->first && b->margin.n > 0 && pl->y + b->margin.height + unit / 2 > *bottom)
		*bottom = pl->y + b->margin.height + unit / 2;
	return true;
}

sp side_hang(const struct block *b, const struct placed *pl)
{
	sp margin = pl->first && b->margin.n > 0 ? pl->y + b->margin.height : 0;
	sp low = pl->row != NULL ? lowest_in_margin(pl->row) : 0, free = low > 0 ? pl->y + low + b->style->leading : 0;

	return free > margin ? free : margin;
}

const struct rows *side_rows(struct paginator *p, const struct node *note)
{
	const char **key;
	struct rows *r = strmap_lookup(&p->side_notes, (const char *)&note, sizeof note);
	sp x, w;

	if (r != NULL)
		return r;
	r = ARENA_NEW(&p->l->arena, struct rows);
	style_margin_column(p->l->theme, true, &x, &w);
	note_rows(p->l, note, &p->l->theme->par[PS_SIDE_NOTE], FRAME_MARGIN, w, r);
	key = arena_alloc(&p->l->arena, sizeof *key);
	memcpy(key, &note, sizeof note);
	strmap_put(&p->side_notes, (const char *)key, sizeof note, r);
	return r;
}

/* ---- the finished page ---------------------------------------------------------------------------------------- */

struct bounds {
	sp first, last;  /* free lines of the margin between floats */
	struct side_gap quote;
};

static struct bounds bounds_of(const struct paginator *p, const struct trial *t, sp first_y)
{
	const struct theme *th = p->l->theme;
	struct bounds b = { .first = first_y, .last = style_line_y(th, th->page.last_line) };

	for (size_t i = 0; i < t->n; i++) {
		const struct block *block = &p->g->v[t->v[i].block];

		if (t->v[i].where == AT_TOP)
			b.first = first_y + p->g->inserts[block->insert - 1].height + th->page.unit;
		if (t->v[i].where == AT_FOOT && t->v[i].y - th->page.unit < b.last)
			b.last = t->v[i].y - th->page.unit;
	}
	if (t->quote >= 0)
		b.quote = side_gap_of(th, t->quote_y, p->g->quotes[t->quote].lines);
	return b;
}

/* The highest top of what stands fixed on the rows behind `from` up to and with `to`; INT64_MAX: nothing does. */
static sp fixed_between(const struct paginator *p, const struct trial *t, size_t from, size_t to)
{
	sp least = INT64_MAX, top, bottom;

	for (size_t i = from + 1; i <= to && i < t->n; i++) {
		if (t->v[i].where == IN_TEXT && side_taken(p->l->theme, &p->g->v[t->v[i].block], &t->v[i], &top, &bottom) && top < least)
			least = top;
	}
	return least;
}

/* The lowest line at which note i may stand, when those behind it stand as low as they may. */
static sp lowest_place(const struct theme *t, const struct side_note *n, const struct bounds *b, sp before)
{
	sp extent = side_extent(n->rows), y, most = n->mark + t->note.most_shift * t->page.unit;

	y = place_above(t, before - side_clear(n->rows) < most + extent ? before - side_clear(n->rows) - extent : most, n->mark);
	return meets(t, &b->quote, y, extent) ? place_above(t, b->quote.top - t->page.unit - extent, n->mark) : y;
}

/* The free line nearest to the mark, between the notes above and the lowest place. */
static sp nearest_place(const struct theme *t, const struct side_note *n, const struct bounds *b, sp from, sp most)
{
	sp extent = side_extent(n->rows), want = n->mark < most ? n->mark : most;
	sp y = side_next(t, want > from ? want : from, n->mark, extent, &b->quote);

	if (b->quote.bottom > 0 && meets(t, &b->quote, want > from ? want : from, extent)) {
		sp above = place_above(t, b->quote.top - t->page.unit - extent, n->mark);

		if (above >= from && n->mark - above < y - n->mark)
			return above;
	}
	return y > most && most >= from ? most : y;
}

void side_settle(const struct paginator *p, const struct trial *t, sp first_y, sp *y)
{
	const struct theme *th = p->l->theme;
	struct bounds b = bounds_of(p, t, first_y);
	sp free = b.first, top, bottom, before = b.last;
	size_t row = 0;

	if (t->n_sides == 0)
		return;
	before += side_clear(t->sides[t->n_sides - 1].rows);
	for (size_t i = t->n_sides; i-- > 0;) {
		sp fixed = fixed_between(p, t, t->sides[i].row, i + 1 < t->n_sides ? t->sides[i + 1].row : t->n);

		y[i] = lowest_place(th, &t->sides[i], &b, fixed < before ? fixed : before);
		before = y[i];
	}
	for (size_t i = 0; i < t->n_sides; i++) {
		for (; row <= t->sides[i].row && row < t->n; row++) {
			if (t->v[row].where == IN_TEXT && side_taken(th, &p->g->v[t->v[row].block], &t->v[row], &top, &bottom) && bottom > free)
				free = bottom;
		}
		y[i] = nearest_place(th, &t->sides[i], &b, free, y[i]);
		free = y[i] + side_extent(t->sides[i].rows) + side_clear(t->sides[i].rows);
	}
}
