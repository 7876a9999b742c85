/* Ways to have filled a page down to one block: those from which the rest of the page is the same are one. See fill.c. */
#include <string.h>

#include "base/mem.h"
#include "layout/filler.h"

static int heading_class(const struct cursor *c)
{
	int enough = c->keep > 2 ? c->keep : 2;

	return c->since_heading < enough ? c->since_heading : enough;
}

/* Body text that the quote may stand beside: it minds the quote only where its lines are shortened. Then what comes behind it is far
 * enough from any quote above it. */
static bool shields(const struct filler *f, int block)
{
	const struct block *b = block >= 0 && block < (int)f->p->g->n ? &f->p->g->v[block] : NULL;

	return b != NULL && b->plain_text && !b->heading && b->box == NULL && b->margin.n == 0 && b->insert == 0 &&
	       block >= f->quote->section_first && block <= f->quote->section_last && !beside_any(f) &&
	       (b->natural.n - 1) * b->style->leading >= f->clear;
}

/* All of the quote lies behind, and nothing below knows at which line it stands. */
static bool has_passed(const struct filler *f, const struct ways *w, const struct cursor *c)
{
	sp below = c->y - c->quote_y - (f->quote->lines - 1) * f->unit;

	return c->quote_y > 0 && c->anchored && (below >= f->clear || (below >= f->unit && w->shields));
}

static bool same_quote(const struct filler *f, const struct ways *w, const struct cursor *a, const struct cursor *b)
{
	if (f->quote == NULL)
		return true;
	if (a->quote_y != b->quote_y)
		return has_passed(f, w, a) && has_passed(f, w, b);
	return a->quote_y > 0 ||
	       (a->quote_from == b->quote_from && a->anchor_top == b->anchor_top && a->anchor_bottom == b->anchor_bottom);
}

/* What follows from where a block stands, on pages with one start. */
static bool same_past(const struct cursor *a, const struct cursor *b)
{
	return a->notes_height == b->notes_height && a->last_tail == b->last_tail && (a->n_parts > 0) == (b->n_parts > 0) &&
	       (a->rows > 0) == (b->rows > 0) && a->box_rows == b->box_rows && a->anchored == b->anchored;
}

/* Of what hangs in the margin: as far as it is lower than the text. */
static sp hang_of(const struct cursor *c)
{
	return c->hang > c->y ? c->hang : 0;
}

/* The rest of the page will be the same for both. */
static bool same_way(const struct filler *f, const struct ways *w, const struct cursor *a, const struct cursor *b)
{
	if (a->y != b->y || a->prev != b->prev || a->pending != b->pending || a->foot != b->foot || a->column != b->column ||
	    heading_class(a) != heading_class(b) || hang_of(a) != hang_of(b) || (f->n_starts > 1 && !same_past(a, b)))
		return false;
	return same_quote(f, w, a, b) && (!beside_any(f) || beside_same(f, a, b));
}

static uint64_t mix(uint64_t h, int64_t v)
{
	return (h ^ (uint64_t)v) * 0x9E3779B97F4A7C15u;
}

/* The same for those that are the same: most of the others are told by it at a glance. */
static uint64_t mark_of(const struct filler *f, const struct ways *w, const struct cursor *c)
{
	uint64_t h = mix(0, c->y);

	h = mix(h, ((int64_t)c->prev + 1) << 32 | (uint32_t)c->pending);
	h = mix(h, ((int64_t)c->foot + 1) << 32 | (uint32_t)c->column);
	h = mix(h, heading_class(c));
	if (f->n_starts > 1)
		h = mix(h, c->notes_height);
	if (f->quote == NULL || has_passed(f, w, c))
		return h;
	h = mix(h, c->quote_y);
	return c->quote_y > 0 ? h : mix(mix(h, c->quote_from), c->anchor_top);
}

/* They compete for the places of a quick search. */
static bool same_lot(const struct filler *f, const struct ways *w, const struct cursor *a, const struct cursor *b)
{
	return a->quote_y == b->quote_y || (has_passed(f, w, a) && has_passed(f, w, b));
}

/* ---- found by their marks ---------------------------------------------------------------------------------------------- */

enum { ROOM_LEAST = 32 };

static void enter(struct ways *w, size_t at)
{
	size_t i = (size_t)(w->marks[at] >> 32) & (w->n_slots - 1);

	while (w->slots[i] != 0)
		i = (i + 1) & (w->n_slots - 1);
	w->slots[i] = (uint32_t)at + 1;
}

static void enter_all(struct ways *w)
{
	if (w->n_slots > 0)
		memset(w->slots, 0, w->n_slots * sizeof *w->slots);
	for (size_t i = 0; i < w->n; i++)
		enter(w, i);
}

static void put(struct ways *w, size_t at, const struct cursor *c, uint64_t mark)
{
	bool new = at == w->n;

	if (new) {
		VEC_ROOM(w->v, w->n, w->cap, w->n == 0 ? ROOM_LEAST : 1);
		VEC_ROOM(w->marks, w->n, w->cap_marks, w->n == 0 ? ROOM_LEAST : 1);
		w->n++;
	}
	w->v[at] = *c;
	w->v[at].cost = 0;
	w->v[at].path = NULL;
	w->marks[at] = mark;
	if (new && 2 * w->n <= w->n_slots) {
		enter(w, at);
		return;
	}
	if (new) {
		w->n_slots = w->n_slots > 0 ? 2 * w->n_slots : 2 * ROOM_LEAST;
		w->slots = mem_resize(w->slots, w->n_slots, sizeof *w->slots);
	}
	enter_all(w);
}

/* The same as c; NULL: there is none. */
static struct cursor *find(const struct filler *f, const struct ways *w, const struct cursor *c, uint64_t mark)
{
	if (f->o->apart || w->n == 0)
		return NULL;
	for (size_t i = (size_t)(mark >> 32) & (w->n_slots - 1); w->slots[i] != 0; i = (i + 1) & (w->n_slots - 1)) {
		size_t at = w->slots[i] - 1;

		if (w->marks[at] == mark && same_way(f, w, &w->v[at], c))
			return &w->v[at];
	}
	return NULL;
}

void ways_clear(const struct filler *f, struct ways *w, int block)
{
	w->n = 0;
	w->shields = f->quote != NULL && shields(f, block);
	enter_all(w);
}

void ways_free(struct ways *w)
{
	mem_free(w->v);
	mem_free(w->marks);
	mem_free(w->slots);
}

/* ---- shares ---------------------------------------------------------------------------------------------------------- */

const struct path *ways_path(struct filler *f, const struct path *done, const struct path *before)
{
	struct path *copy;

	if (done == NULL || before == NULL)
		return done != NULL ? done : before;
	copy = ARENA_NEW(f->a, struct path);
	*copy = (struct path){ ways_path(f, done->before, before), done->block, done->more }; /* what one block does */
	return copy;
}

/* The cheaper; or of two, that with the higher quote. */
static bool better(const struct share *a, const struct share *b)
{
	return a->cost < b->cost || (a->cost == b->cost && a->quote_y < b->quote_y);
}

/* What one of c's shares comes to now. */
static struct share share_of(struct filler *f, const struct cursor *c, const struct share *s)
{
	return (struct share){ NULL, s->start, s->quote_y > 0 ? s->quote_y : c->quote_y, s->cost + c->cost, ways_path(f, c->path, s->path) };
}

static bool is_lost(const struct filler *f, const struct share *s)
{
	return f->n_starts > 1 && s->cost >= f->most[s->start] && (f->o->watch < 0 || f->out->seen[s->start].anchor_top > 0);
}

/* Those of c: of a new way, at the end of a list. */
static int take_shares(struct filler *f, const struct cursor *c, struct share **end)
{
	int n = 0;

	for (const struct share *s = c->shares; s != NULL; s = s->next) {
		struct share new = share_of(f, c, s), *kept;

		if (is_lost(f, &new))
			continue;
		kept = *end = ARENA_NEW(f->a, struct share);
		*kept = new;
		end = &kept->next;
		n++;
	}
	return n;
}

/* c is the same way as `to`. */
static void join(struct filler *f, struct cursor *to, const struct cursor *c)
{
	for (const struct share *s = c->shares; s != NULL; s = s->next) {
		struct share new = share_of(f, c, s), **at = &to->shares;

		while (*at != NULL && (*at)->start != new.start)
			at = &(*at)->next;
		if (*at != NULL && better(&new, *at)) {
			new.next = (*at)->next;
			**at = new;
		} else if (*at == NULL && !is_lost(f, &new)) {
			*at = ARENA_NEW(f->a, struct share);
			**at = new;
			to->n_shares++;
		}
	}
}

static int64_t cheapest(const struct cursor *c)
{
	int64_t least = INT64_MAX;

	for (const struct share *s = c->shares; s != NULL; s = s->next)
		least = s->cost + c->cost < least ? s->cost + c->cost : least;
	return least;
}

static void note_cut(struct filler *f, const struct cursor *c)
{
	for (const struct share *s = c->shares; s != NULL; s = s->next) {
		if (s->cost + c->cost < f->out->seen[s->start].least_cut)
			f->out->seen[s->start].least_cut = s->cost + c->cost;
	}
}

/* ---- one more ---------------------------------------------------------------------------------------------------------- */

static void put_new(struct filler *f, struct ways *w, size_t at, const struct cursor *c, uint64_t mark)
{
	struct share *shares = NULL;
	int n = take_shares(f, c, &shares);

	if (n == 0)
		return;
	put(w, at, c, mark);
	w->v[at].shares = shares;
	w->v[at].n_shares = n;
}

void ways_begin(const struct filler *f, struct ways *w, const struct cursor *c)
{
	put(w, w->n, c, mark_of(f, w, c));
}

void ways_add(struct filler *f, struct ways *w, const struct cursor *c)
{
	size_t most = f->o->apart ? SIZE_MAX : f->o->quick ? MOST_WAYS_QUICK : (size_t)MOST_WAYS * (size_t)f->n_starts;
	size_t worst = SIZE_MAX, lot = 0;
	uint64_t mark = mark_of(f, w, c);
	struct cursor *same = find(f, w, c, mark);

	if (same != NULL) {
		join(f, same, c);
		return;
	}
	for (size_t i = 0; i < w->n && w->n >= most; i++) {
		if (f->o->quick && !same_lot(f, w, &w->v[i], c))
			continue;
		lot++;
		if (worst == SIZE_MAX || cheapest(&w->v[i]) > cheapest(&w->v[worst]))
			worst = i;
	}
	if (lot < most) {
		put_new(f, w, w->n, c, mark);
	} else if (cheapest(c) < cheapest(&w->v[worst])) {
		note_cut(f, &w->v[worst]);
		put_new(f, w, worst, c, mark);
	} else {
		note_cut(f, c);
	}
}
