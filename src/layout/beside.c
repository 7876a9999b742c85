/* The margin column of a page in the making: what of the notes and of what stands fixed there it has room for (side.h). */
#include "layout/filler.h"

enum { NEAR_FIXED = 6 /* [block] */ };

/* The margin is as full, seen from any line below; and which notes went to the foot does not follow from the rows. */
bool beside_same(const struct filler *f, const struct cursor *a, const struct cursor *b)
{
	sp reach = a->y - f->p->l->theme->note.most_shift * f->p->l->theme->page.unit;

	return ((a->side.low == b->side.low && a->side.fixed == b->side.fixed) || (a->side.low <= reach && b->side.low <= reach)) &&
	       (a->side.free == b->side.free || (a->side.free <= a->y && b->side.free <= a->y)) &&
	       a->notes_height == b->notes_height && a->n_parts == b->n_parts;
}

/* What stands fixed there with this row. False: a note is in its way. */
bool beside_fixed(const struct filler *f, struct cursor *c, const struct placed *pl, const struct block *b)
{
	sp top, bottom;

	if (!side_taken(f->p->l->theme, b, pl, &top, &bottom))
		return true;
	if (c->side.low > top && !c->side.fixed)
		return false;
	c->side.low = bottom > c->side.low ? bottom : c->side.low;
	c->side.free = bottom > c->side.free ? bottom : c->side.free;
	c->side.fixed = true;
	return true;
}

/* Beside the row at `mark`, or near it. */
static bool add_side_note(struct filler *f, struct cursor *c, const struct node *note, sp mark)
{
	const struct theme *t = f->p->l->theme;
	const struct rows *r = side_rows(f->p, note);
	sp extent = side_extent(r), shift = t->note.most_shift * f->p->l->theme->page.unit, below = extent + side_clear(r), low, free;
	sp last = c->foot >= 0 ? foot_limit(f, c) : f->s->band.last;
	struct side_parts *s;

	low = side_next(t, mark - shift > c->side.low ? mark - shift : c->side.low, mark, extent, &f->gap);
	if (low > mark + shift || low + extent > last)
		return false;
	free = side_next(t, mark > c->side.free ? mark : c->side.free, mark, extent, &f->gap);
	free = free > mark + shift ? mark + shift : free;
	c->cost += (free - mark) * PRICE_SIDE_ROW / f->p->l->theme->page.unit;
	c->side = (struct side){ low + below, free + below, false };
	s = ARENA_NEW(f->a, struct side_parts);
	*s = (struct side_parts){ c->sides, { note, r, mark, f->record != NULL ? f->record->n : 0 } };
	c->sides = s;
	c->n_sides++;
	return true;
}

/* The notes a row calls: those that the margin takes are put there; the others, left in `foot`, are for the foot. Returns how many. */
int beside_notes(struct filler *f, struct cursor *c, const struct node *const *notes, int n, sp mark, const struct node ***foot)
{
	int left = 0;

	*foot = arena_array(f->a, (size_t)n, sizeof **foot);
	for (int i = 0; i < n; i++) {
		if (c->notes_down || !add_side_note(f, c, notes[i], mark)) {
			(*foot)[left++] = notes[i];
			c->cost += PRICE_SIDE_FOOT;
		}
	}
	return left;
}

sp beside_hanging(const struct filler *f, const struct cursor *c, int block, sp y)
{
	const struct theme *t = f->p->l->theme;
	const struct block *b = &f->p->g->v[block];
	const struct placed pl = { .block = block, .y = y, .row = b->rows.n > 0 ? &b->rows.v[0] : NULL, .first = true };
	sp top, bottom, free = c->hang + t->page.unit / 2;

	if (c->hang <= 0 || (b->box != NULL && b->box->first != block) || !side_taken(t, b, &pl, &top, &bottom) || top >= free)
		return y;
	return band_grid(t, y + free - top);
}

bool beside_hang(const struct filler *f, struct cursor *c, const struct placed *pl, const struct block *b)
{
	sp hang = side_hang(b, pl);

	c->hang = hang > c->hang ? hang : c->hang;
	return !pl->first || b->margin.n == 0 || pl->y + side_extent(&b->margin) <= f->s->band.last;
}

bool beside_clear(const struct filler *f, const struct cursor *c)
{
	sp low = beside_any(f) && c->side.low > c->hang ? c->side.low : c->hang;

	return c->foot < 0 || low <= foot_limit(f, c) + f->p->l->theme->page.unit;
}

/* Whether the choice to leave a paragraph's notes to the foot makes sense: something stands fixed in the margin soon. */
bool beside_soon(const struct filler *f, int block)
{
	const struct galley *g = f->p->g;

	for (int i = block + 1; i < (int)g->n && i <= block + NEAR_FIXED; i++) {
		if (g->v[i].margin.n > 0 || (g->v[i].box != NULL && g->v[i].box->kind == BOX_SIDEBAR))
			return true;
	}
	return false;
}
