#include "oracle.h"

#include <string.h>

#include "base/mem.h"
#include "layout/price.h"

enum { MOST_DEPTH = 20 };

/* ---- steps, for both ------------------------------------------------------------------------------------------------ */

/* All ways to go on from a place: calls `fill` with the line a band goes down to, and the quote's. */
struct place {
	struct start start;
	int page;
};
typedef void (*fill_fn)(void *closure, const struct start *start, int quote, sp y);

static void every_fill(struct oracle *o, const struct place *at, fill_fn fill, void *closure)
{
	const struct theme *t = o->p->l->theme;
	const struct galley *g = o->p->g;
	struct start start = at->start;
	sp shift;

	if (start.band.last == 0) { /* a band of columns, or of what spans them, down to any line */
		for (int line = t->page.last_line; line >= t->page.first_line && !o->stopped; line--) {
			start.band.last = style_line_y(t, line);
			if (start.band.last >= start.band.top && (line == t->page.last_line || !band_spans(o->p, start.pos)))
				fill(closure, &start, -1, 0);
		}
		return;
	}
	fill(closure, &start, -1, 0);
	if (start.quote >= (int)g->n_quotes || at->page < t->pullquote.first_page)
		return;
	o->p->recto = start.recto;
	if (quote_measure(o->p, &g->quotes[start.quote], 0, 0, &shift) < t->pullquote.min_measure)
		return;
	for (int line = t->page.first_line + t->pullquote.clear;
	     line <= t->page.last_line - t->pullquote.clear - g->quotes[start.quote].lines + 1 && !o->stopped; line++)
		fill(closure, &start, start.quote, style_line_y(t, line));
}

static struct place place_behind(const struct oracle *o, const struct choice *c, const struct end *e, const struct seam *seam)
{
	const struct galley *g = o->p->g;
	struct place to = { .page = seam->page };

	to.start = (struct start){ .pos = e->next, .band = seam->band, .carry = e->later, .n_carry = e->n_later, .pending = e->pending };
	to.start.recto = !o->p->l->theme->page.facing || seam->page % 2 == 1;
	to.start.quote = e->column >= 0 ? e->column + 1 : c->quote >= 0 ? c->quote + 1 : c->start.quote;
	while (to.start.quote < (int)g->n_quotes && g->quotes[to.start.quote].anchor < c->start.pos.block)
		to.start.quote++; /* lost */
	return to;
}

static struct place first_place(const struct oracle *o)
{
	struct place at = { { .pending = -1, .recto = true, .band = band_of_page(o->p), .carry = o->p->owed, .n_carry = o->p->n_owed }, 1 };

	at.start.band.top = o->p->first_y;
	return at;
}

static bool count_page(struct oracle *o)
{
	o->stopped = o->stopped || ++o->pages > o->most;
	return !o->stopped;
}

/* One way a page, or the part of a page above what spans it, can end, and where it goes on. `all`: the ends it was found among;
 * `scratch` holds what they point to until the next call. */
struct step {
	struct arena *scratch;
	const struct fill *all;
	const struct end *end;
	struct choice choice;
	struct seam seam;
};

typedef void taker(void *closure, const struct step *step);

static void each_step(struct oracle *o, const struct start *start, int page, int quote, sp y, int64_t most, taker *take, void *closure)
{
	struct fill_options fo = { .quote = quote, .quote_y = y, .watch = -1, .column = true, .most = most, .apart = true };
	struct fill fill = { 0 };
	struct arena a;

	arena_init(&a);
	fill_ends(o->p, &a, start, &fo, &fill);
	for (size_t i = 0; i < fill.n && !o->stopped; i++) {
		const struct end *e = &fill.v[i];
		struct seam seams[MOST_SEAMS];
		int n = band_seams(o->p, start, page, e, seams);

		for (int k = 0; k < n && !o->stopped; k++) {
			struct step step = { &a, &fill, e, { *start, e->next, quote, y, e->path, page }, seams[k] };

			take(closure, &step);
		}
	}
	mem_free(fill.v);
	arena_free(&a);
}

/* ---- layout by layout ---------------------------------------------------------------------------------------------- */

struct walk {
	struct oracle *o;
	int depth;
	const struct place *at;
	struct judged_page made[MOST_DEPTH + 1];
	struct trial trials[MOST_DEPTH];
};

static void visit(struct walk *w, const struct place *at);

/* One step more, judged with those before it; goes on if there may be something cheaper behind. */
static void take(void *closure, const struct step *step)
{
	struct walk *w = closure;
	const struct choice *c = &step->choice;
	const struct seam *seam = &step->seam;
	struct oracle *o = w->o;
	bool done = seam->kind == SEAM_DONE;
	struct makeup_cost cost;
	struct trial nothing = { .quote = -1 };
	int d = w->depth, ahead;
	const char *fault;

	if (!count_page(o))
		return;
	fill_again(o->p, step->scratch, c, &w->trials[d]);
	w->made[d] = (struct judged_page){ &w->trials[d], c->page, c->start.band };
	/* of columns: where the next step will stand is known, and with it what this one's end costs */
	ahead = !done && o->p->l->theme->cols.n > 1;
	w->made[d + 1] = (struct judged_page){ &nothing, seam->page, seam->band };
	if (!judge_pages(o->p, w->made, d + 1 + ahead, done, &cost, &fault))
		o->fault = fault;
	if (cost.sum < o->best && done) {
		o->best = cost.sum;
		o->found = true;
	} else if (cost.sum < o->best && d + 1 < MOST_DEPTH) {
		struct place next = place_behind(o, c, step->end, seam);

		w->depth++;
		visit(w, &next);
		w->depth--;
	} else if (cost.sum < o->best) {
		o->stopped = true;
	}
	trial_free(&w->trials[d]);
}

static void visit_with(void *closure, const struct start *start, int quote, sp y)
{
	struct walk *w = closure;

	each_step(w->o, start, w->at->page, quote, y, INT64_MAX, take, w);
}

static void visit(struct walk *w, const struct place *at)
{
	const struct place *before = w->at;

	w->at = at;
	every_fill(w->o, at, visit_with, w);
	w->at = before;
}

void oracle_every_layout(struct oracle *o)
{
	struct walk *w = mem_zalloc(1, sizeof *w);
	struct place at = first_place(o);

	w->o = o;
	visit(w, &at);
	mem_free(w);
}

/* ---- state by state ------------------------------------------------------------------------------------------------- */

struct known {
	struct place at;
	struct judged_past past;
	int64_t cost;   /* of the cheapest way to it so far, by the judge */
	bool followed;
};

struct states {
	struct oracle *o;
	struct arena a;      /* of states: carried notes, keys */
	struct known *v;     /* met */
	size_t n, cap;
	struct strmap keys;  /* index + 1 */
	struct waiting { int64_t cost; size_t known; } *heap; /* some have become cheaper since, and stand there twice */
	size_t n_heap, cap_heap;
	size_t at;           /* the one that is followed */
};

static void put_waiting(struct states *s, int64_t cost, size_t known)
{
	size_t i = s->n_heap;

	VEC_ROOM(s->heap, s->n_heap, s->cap_heap, 1);
	for (s->n_heap++; i > 0 && s->heap[(i - 1) / 2].cost > cost; i = (i - 1) / 2)
		s->heap[i] = s->heap[(i - 1) / 2];
	s->heap[i] = (struct waiting){ cost, known };
}

static struct waiting take_waiting(struct states *s)
{
	struct waiting first = s->heap[0], last = s->heap[--s->n_heap];
	size_t i = 0, k;

	for (; (k = 2 * i + 1) < s->n_heap; i = k) {
		if (k + 1 < s->n_heap && s->heap[k + 1].cost < s->heap[k].cost)
			k++;
		if (s->heap[k].cost >= last.cost)
			break;
		s->heap[i] = s->heap[k];
	}
	s->heap[i] = last;
	return first;
}

static void put_number(struct buf *key, int64_t n)
{
	buf_put(key, (const char *)&n, sizeof n);
}

/* All of it, number by number: nothing is left to a sum of bits. */
static void put_key(struct buf *key, const struct place *at, const struct judged_past *past)
{
	const struct start *s = &at->start;

	buf_clear(key);
	put_number(key, at->page);
	put_number(key, s->pos.block);
	put_number(key, s->pos.cand);
	put_number(key, s->pos.row);
	put_number(key, s->band.column);
	put_number(key, s->band.top);
	put_number(key, s->band.last);
	put_number(key, s->band.below);
	put_number(key, s->band.keep);
	put_number(key, s->pending);
	put_number(key, s->quote);
	put_number(key, s->recto);
	for (int i = 0; i < s->n_carry; i++) {
		put_number(key, s->carry[i].note->seq);
		put_number(key, s->carry[i].from);
		put_number(key, s->carry[i].to);
		put_number(key, s->carry[i].continued);
	}
	put_number(key, past->quote);
	put_number(key, past->from.block);
	put_number(key, past->from.cand);
	put_number(key, past->from.row);
	put_number(key, past->waiting);
	put_number(key, past->foot);
	put_number(key, past->quoted);
	put_number(key, past->recto);
	put_number(key, past->last_column);
}

/* A way to a place. */
static void arrive(struct states *s, const struct place *at, const struct judged_past *past, int64_t cost)
{
	struct buf key;
	size_t i;

	buf_init(&key);
	put_key(&key, at, past);
	i = (size_t)(uintptr_t)strmap_lookup(&s->keys, key.data, key.len);
	if (i == 0) {
		char *kept = arena_alloc(&s->a, key.len);
		struct note_part *carry = arena_array(&s->a, (size_t)at->start.n_carry + 1, sizeof *carry);

		if (at->start.n_carry > 0)
			memcpy(carry, at->start.carry, (size_t)at->start.n_carry * sizeof *carry);
		VEC_ROOM(s->v, s->n, s->cap, 1);
		s->v[s->n] = (struct known){ *at, *past, cost, false };
		s->v[s->n].at.start.carry = carry;
		i = ++s->n;
		memcpy(kept, key.data, key.len);
		strmap_put(&s->keys, kept, key.len, (void *)(uintptr_t)i);
		put_waiting(s, cost, i - 1);
	} else if (cost < s->v[i - 1].cost) {
		s->v[i - 1].cost = cost;
		put_waiting(s, cost, i - 1);
	}
	buf_free(&key);
}

static int64_t price_of(const struct oracle *o, const struct end *e)
{
	return e->cost + (o->p->l->theme->cols.n > 1 ? 0 : e->cut + e->blank);
}

/* A page is made at no higher price than the judge's. He may say less of one way where another has the same lines, and is cheaper; and
 * of a float that has been put off, which he sees on the next page. */
static bool is_overcharged(const struct oracle *o, const struct fill *all, const struct end *e, int64_t judged)
{
	if (e->pending >= 0 || judged >= price_of(o, e))
		return false;
	for (size_t i = 0; i < all->n; i++) {
		const struct end *other = &all->v[i];

		if (other->next.block == e->next.block && other->next.cand == e->next.cand && other->next.row == e->next.row &&
		    other->pending < 0 && other->column == e->column && other->n_later == e->n_later && price_of(o, other) <= judged)
			return false;
	}
	return true;
}

static void follow_end(void *closure, const struct step *step)
{
	struct states *s = closure;
	const struct choice *c = &step->choice;
	const struct seam *seam = &step->seam;
	struct oracle *o = s->o;
	bool done = seam->kind == SEAM_DONE, ahead = !done && o->p->l->theme->cols.n > 1;
	struct judged_past past = s->v[s->at].past;
	struct makeup_cost cost;
	struct trial trial, nothing = { .quote = -1 };
	struct judged_page made[2] = { { &trial, c->page, c->start.band }, { &nothing, seam->page, seam->band } };
	const char *fault;

	if (!count_page(o))
		return;
	memset(&cost, 0, sizeof cost);
	fill_again(o->p, step->scratch, c, &trial);
	if (!judge_step(o->p, made, 1 + ahead, done, &past, &cost, &fault))
		o->fault = fault;
	if (is_overcharged(o, step->all, step->end, cost.sum))
		o->fault = "a page was priced higher than it is when it was made";
	cost.sum += s->v[s->at].cost;
	if (cost.sum < o->best && done) {
		o->best = cost.sum;
		o->found = true;
	} else if (cost.sum < o->best) {
		struct place next = place_behind(o, c, step->end, seam);

		arrive(s, &next, &past, cost.sum);
	}
	trial_free(&trial);
}

static void follow_with(void *closure, const struct start *start, int quote, sp y)
{
	struct states *s = closure;

	each_step(s->o, start, s->v[s->at].at.page, quote, y, s->o->best - s->v[s->at].cost, follow_end, s);
}

void oracle_by_states(struct oracle *o)
{
	struct states s = { .o = o };
	struct place first = first_place(o);
	struct judged_past past = judge_start(o->p);

	arena_init(&s.a);
	strmap_init(&s.keys);
	arrive(&s, &first, &past, 0);
	while (s.n_heap > 0 && !o->stopped) {
		struct waiting w = take_waiting(&s);
		struct place at;

		if (w.cost >= o->best)
			break;
		if (s.v[w.known].followed)
			continue;
		s.v[w.known].followed = true;
		s.at = w.known;
		at = s.v[w.known].at;
		every_fill(o, &at, follow_with, &s);
	}
	strmap_free(&s.keys);
	mem_free(s.v);
	mem_free(s.heap);
	arena_free(&s.a);
}
