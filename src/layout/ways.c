/* Ways to have filled a page down to one block: those from which the rest of the page is the same are one. See fill.c. */
#include "base/mem.h"
#include "layout/filler.h"

static int heading_class(const struct cursor *c)
{
	int enough = c->keep > 2 ? c->keep : 2;

	return c->since_heading < enough ? c->since_heading : enough;
}

bool ways_waits(const struct filler *f, const struct cursor *c)
{
	return f->quote != NULL && c->quote_y == 0;
}

sp ways_clear(const struct filler *f)
{
	int rows = f->p->l->theme->pullquote.clear;

	return (rows > 2 ? rows : 2) * f->p->l->theme->page.unit;
}

/* All of the quote lies behind, and nothing below knows at which line it stands. */
static bool has_passed(const struct filler *f, const struct cursor *c)
{
	return c->quote_y > 0 && c->anchored && c->y >= c->quote_y + (f->quote->lines - 1) * f->p->l->theme->page.unit + ways_clear(f);
}

static bool same_quote(const struct filler *f, const struct cursor *a, const struct cursor *b)
{
	if (f->quote == NULL)
		return true;
	if (a->quote_y != b->quote_y)
		return has_passed(f, a) && has_passed(f, b);
	return a->quote_y > 0 ||
	       (a->quote_from == b->quote_from && a->anchor_top == b->anchor_top && a->anchor_bottom == b->anchor_bottom);
}

/* The rest of the page will be the same for both. */
static bool same_way(const struct filler *f, const struct cursor *a, const struct cursor *b)
{
	if (a->y != b->y || a->prev != b->prev || a->pending != b->pending || a->foot != b->foot || a->column != b->column ||
	    heading_class(a) != heading_class(b))
		return false;
	return same_quote(f, a, b) && (!beside_any(f) || beside_same(f, a, b));
}

/* The cheaper; or of two, that with the higher quote. */
static bool better(const struct cursor *a, const struct cursor *b)
{
	return a->cost < b->cost || (a->cost == b->cost && a->quote_y < b->quote_y);
}

/* They compete for the places of a quick search. */
static bool same_lot(const struct filler *f, const struct cursor *a, const struct cursor *b)
{
	return a->quote_y == b->quote_y || (has_passed(f, a) && has_passed(f, b));
}

static void note_cut(struct filler *f, int64_t cost)
{
	if (cost < f->out->least_cut)
		f->out->least_cut = cost;
}

void ways_add(struct filler *f, struct ways *w, const struct cursor *c)
{
	size_t most = f->o->apart ? SIZE_MAX : f->o->quick ? MOST_WAYS_QUICK : MOST_WAYS, worst = SIZE_MAX, lot = 0;

	for (size_t i = 0; i < w->n && !f->o->apart; i++) {
		if (same_way(f, &w->v[i], c)) {
			if (better(c, &w->v[i]))
				w->v[i] = *c;
			return;
		}
		if (w->n < most || (f->o->quick && !same_lot(f, &w->v[i], c)))
			continue;
		lot++;
		if (worst == SIZE_MAX || w->v[i].cost > w->v[worst].cost)
			worst = i;
	}
	if (lot < most) {
		VEC_ROOM(w->v, w->n, w->cap, 1);
		w->v[w->n++] = *c;
		return;
	}
	if (c->cost < w->v[worst].cost) {
		note_cut(f, w->v[worst].cost);
		w->v[worst] = *c;
	} else {
		note_cut(f, c->cost);
	}
}
