/* Ways to have filled a page down to one block: those from which the rest of the page is the same are one. See fill.c. */
#include "base/mem.h"
#include "layout/filler.h"

static int heading_class(const struct cursor *c)
{
	int enough = c->keep > 2 ? c->keep : 2;

	return c->since_heading < enough ? c->since_heading : enough;
}

/* All of the quote lies behind, and nothing below knows at which line it stands. */
static bool has_passed(const struct filler *f, const struct cursor *c)
{
	return c->quote_y > 0 && c->anchored && c->y >= c->quote_y + (f->quote->lines - 1) * f->unit + f->clear;
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

static uint64_t mix(uint64_t h, int64_t v)
{
	return (h ^ (uint64_t)v) * 0x9E3779B97F4A7C15u;
}

/* The same for those that are the same: most of the others are told by it at a glance. */
static uint64_t mark_of(const struct filler *f, const struct cursor *c)
{
	uint64_t h = mix(0, c->y);

	h = mix(h, ((int64_t)c->prev + 1) << 32 | (uint32_t)c->pending);
	h = mix(h, ((int64_t)c->foot + 1) << 32 | (uint32_t)c->column);
	h = mix(h, heading_class(c));
	if (f->quote == NULL || has_passed(f, c))
		return h;
	h = mix(h, c->quote_y);
	return c->quote_y > 0 ? h : mix(mix(h, c->quote_from), c->anchor_top);
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

static void put(struct ways *w, size_t at, const struct cursor *c, uint64_t mark)
{
	if (at == w->n) {
		VEC_ROOM(w->v, w->n, w->cap, 1);
		VEC_ROOM(w->marks, w->n, w->cap_marks, 1);
		w->n++;
	}
	w->v[at] = *c;
	w->marks[at] = mark;
}

void ways_free(struct ways *w)
{
	mem_free(w->v);
	mem_free(w->marks);
}

void ways_add(struct filler *f, struct ways *w, const struct cursor *c)
{
	size_t most = f->o->apart ? SIZE_MAX : f->o->quick ? MOST_WAYS_QUICK : MOST_WAYS, worst = SIZE_MAX, lot = 0;
	uint64_t mark = mark_of(f, c);

	for (size_t i = 0; i < w->n && !f->o->apart; i++) {
		if (w->marks[i] == mark && same_way(f, &w->v[i], c)) {
			if (better(c, &w->v[i]))
				w->v[i] = *c;
			return;
		}
	}
	for (size_t i = 0; i < w->n && w->n >= most; i++) {
		if (f->o->quick && !same_lot(f, &w->v[i], c))
			continue;
		lot++;
		if (worst == SIZE_MAX || w->v[i].cost > w->v[worst].cost)
			worst = i;
	}
	if (lot < most) {
		put(w, w->n, c, mark);
		return;
	}
	if (c->cost < w->v[worst].cost) {
		note_cut(f, w->v[worst].cost);
		put(w, worst, c, mark);
	} else {
		note_cut(f, c->cost);
	}
}
