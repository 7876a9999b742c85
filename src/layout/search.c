/* The document cut into pages: see page.h. Layer by layer (a layer: all states after so many pages) the states are
 * visited; of those that owe the same at the same place only the cheapest is kept, and how it was second cheapest
 * reached. Greedy keeps one state of a layer, a beam the best few, exact all that are cheaper than a solution already
 * known. Which searches are run, and from where to where: searches.c; from one state on: step.c. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "layout/pins.h"
#include "layout/price.h"
#include "layout/search.h"

enum {
	WINDOW_EXACT = 1000, WINDOW_BRIEF = 16, WINDOW_CHAPTER = 10, WINDOW_BOOK = 6, /* [rows] from their paragraphs where quotes are tried */
	PAGES_LONG = 150,
	BEAM_BRIEF = 40, BEAM_LONG = 12, BEAM_BOOK = 5,
	BEAM_COLUMNS = 2,              /* times as many where text is set in columns */
	MOST_AT_ONE_PLACE = 3,         /* states of the beam that stand at the same position */
	MOST_STEPS = 60000
};

/* ---- the beam's best so far: what ranks behind them need not be followed ------------------------------------------------ */

static bool same_place(const struct state *a, const struct state *b)
{
	return a->pos.block == b->pos.block && a->pos.cand == b->pos.cand && a->pos.row == b->pos.row &&
	       a->band.last == b->band.last && a->band.top == b->band.top;
}

/* A rank that cannot be kept any more. It only comes down: of each place no more than some are kept, and of those the best. */
int64_t search_hopeless_rank(const struct search *s)
{
	return s->beam > 0 && s->n_leaders == s->beam ? s->leaders[s->n_leaders - 1].rank : INT64_MAX;
}

static void drop_leader(struct search *s, int i)
{
	memmove(s->leaders + i, s->leaders + i + 1, (size_t)(--s->n_leaders - i) * sizeof *s->leaders);
}

/* A candidate is new, or has become better. */
static void lead(struct search *s, size_t at)
{
	const struct state *st = &s->next[at];
	int i, same = 0, last = -1;

	if (s->beam == 0 || st->done || st->best.cost >= s->bound || rank_is_hopeless(s, st))
		return;
	for (i = 0; i < s->n_leaders; i++) {
		if (s->leaders[i].at == at)
			drop_leader(s, i--);
	}
	if (st->rank >= search_hopeless_rank(s))
		return;
	for (i = 0; i < s->n_leaders; i++) {
		if (same_place(&s->next[s->leaders[i].at], st)) {
			same++;
			last = i;
		}
	}
	if (same >= MOST_AT_ONE_PLACE) {
		if (s->leaders[last].rank <= st->rank)
			return;
		drop_leader(s, last);
	} else if (s->n_leaders == s->beam) {
		s->n_leaders--;
	}
	for (i = s->n_leaders++; i > 0 && s->leaders[i - 1].rank > st->rank; i--)
		s->leaders[i] = s->leaders[i - 1];
	s->leaders[i] = (struct leader){ st->rank, at };
}

/* Another way to the same state. One that differs from the best only in the quote's line is no layout of its own; of those that
 * cost the same, the highest line. */
static void arrive(struct state *kept, const struct state *st)
{
	bool other = st->best.parent != kept->best.parent || st->best.quote != kept->best.quote;

	if (st->best.cost < kept->best.cost ||
	    (!other && st->best.cost == kept->best.cost && st->best.quote_y < kept->best.quote_y)) {
		struct arrival before = kept->best;

		kept->best = st->best;
		kept->rank = st->rank;
		if (other && (kept->second.parent < 0 || before.cost < kept->second.cost))
			kept->second = before;
	} else if (other && (kept->second.parent < 0 || st->best.cost < kept->second.cost)) {
		kept->second = st->best;
	}
}

/* The same of whole solutions. Those of a chapter leave different states behind: that of the best is kept. */
static void arrive_at_end(struct state *end, const struct state *st)
{
	bool better = st->best.cost < end->best.cost;
	struct state both = better ? *st : *end;

	arrive(end, st);
	both.best = end->best;
	both.second = end->second;
	*end = both;
}

void search_offer(struct search *s, struct state *st, int64_t hint)
{
	struct key key = rank_key(st), *kept;
	size_t at;

	s->n_steps++;
	if (s->beam > 0) {
		st->rank = rank_state(s, st, hint);
		/* its own hint: who comes to the same place cheaper may have another */
		if (!st->done && st->rank - hint >= search_hopeless_rank(s))
			return;
	}
	st->second.parent = -1;
	at = (size_t)(uintptr_t)strmap_lookup(&s->keys, (const char *)&key, sizeof key);
	if (s->beam == 0 && (at == 0 || st->best.cost <= s->next[at - 1].best.cost)) /* a dearer way needs none */
		st->rank = rank_state(s, st, hint);
	if (at != 0) {
		int64_t rank = s->next[at - 1].rank;

		arrive(&s->next[at - 1], st);
		if (s->next[at - 1].rank != rank)
			lead(s, at - 1);
		return;
	}
	VEC_ROOM(s->next, s->n_next, s->cap_next, 1);
	s->next[s->n_next++] = *st;
	kept = ARENA_NEW(&s->scratch, struct key);
	*kept = key;
	strmap_put(&s->keys, (const char *)kept, sizeof *kept, (void *)(uintptr_t)s->n_next);
	lead(s, s->n_next - 1);
}

static const struct path *copy_path(struct arena *a, const struct path *path)
{
	struct path *copy;

	if (path == NULL)
		return NULL;
	copy = ARENA_NEW(a, struct path);
	*copy = (struct path){ copy_path(a, path->before), path->block, path->more };
	return copy;
}

/* A state outlives its layer's scratch. */
static void keep_state(struct search *s, const struct state *st, struct state *to)
{
	*to = *st;
	to->best.path = copy_path(&s->kept, st->best.path);
	to->second.path = st->second.parent >= 0 ? copy_path(&s->kept, st->second.path) : NULL;
	if (st->n_carry > 0) {
		struct note_part *carry = arena_array(&s->kept, (size_t)st->n_carry, sizeof *carry);

		memcpy(carry, st->carry, (size_t)st->n_carry * sizeof *carry);
		to->carry = carry;
	}
}

/* Something of this cost, and what would have come of it, was left out. */
void search_note_cut(struct search *s, int64_t cost)
{
	if (cost < s->least_cut)
		s->least_cut = cost;
}

/* The layer's best go on; whole solutions are taken out. */
static void keep_layer(struct search *s)
{
	size_t kept = 0;

	if (s->n_next > 0) /* no end of a page is worth its price: there is no list yet */
		qsort(s->next, s->n_next, sizeof *s->next, rank_by_rank);
	for (size_t i = 0; i < s->n_next; i++) {
		const struct state *st = &s->next[i];
		int same = 0;

		if (st->done && s->surveys) {
			pins_keep(s->p->l->pins, st->at, st->best.cost);
			continue;
		}
		if (st->done) {
			if (s->end.best.parent < 0 ? st->best.cost < s->bound : true) {
				struct state copy;

				keep_state(s, st, &copy);
				if (s->end.best.parent < 0)
					s->end = copy;
				else
					arrive_at_end(&s->end, &copy);
				s->bound = s->end.best.cost < s->bound ? s->end.best.cost : s->bound;
			}
			continue;
		}
		if (st->best.cost >= s->bound || (s->beam > 0 && (int)kept >= s->beam))
			continue;
		if (s->mode != PAGINATE_EXACT && rank_is_hopeless(s, st)) {
			search_note_cut(s, st->best.cost);
			continue;
		}
		for (size_t k = 0; s->beam > 0 && k < kept; k++)
			same += same_place(&s->v[s->n - 1 - k], st);
		if (s->beam > 0 && same >= MOST_AT_ONE_PLACE)
			continue;
		VEC_ROOM(s->v, s->n, s->cap, 1);
		keep_state(s, st, &s->v[s->n++]);
		kept++;
	}
	s->n_states += (int64_t)kept;
	s->n_next = 0;
	s->n_leaders = 0;
	strmap_free(&s->keys);
	arena_free(&s->scratch);
}

/* ---- the whole ------------------------------------------------------------------------------------------------- */

/* Its notes among the results. */
static struct state outlive(const struct search *s, const struct state *st)
{
	struct state copy = *st;
	struct note_part *carry;

	if (st->n_carry > 0) {
		carry = arena_array(s->a, (size_t)st->n_carry, sizeof *carry);
		memcpy(carry, st->carry, (size_t)st->n_carry * sizeof *carry);
		copy.carry = carry;
	}
	return copy;
}

static struct choice choice_of(const struct search *s, const struct arrival *by, struct position next)
{
	struct state from = outlive(s, &s->v[by->parent]);
	struct choice c = { step_start(s, &from), next, by->quote, by->quote_y, copy_path(s->a, by->path), from.page };

	c.start.band.last = by->last;
	return c;
}

/* The way to `end` by its best arrivals; at state `other` (NULL: nowhere) by its second. */
static struct plan trace(const struct search *s, const struct state *end, const struct state *other)
{
	struct plan plan = { .cost = end->best.cost };
	struct choice *v;
	const struct state *st;

	for (int turn = 0, k = 0; turn < 2; turn++, k = plan.n) {
		v = turn == 1 ? arena_array(s->a, (size_t)plan.n, sizeof *v) : NULL;
		for (st = end;;) {
			const struct arrival *by = st == other ? &st->second : &st->best;

			if (by->parent < 0)
				break;
			if (turn == 1)
				v[--k] = choice_of(s, by, st->pos);
			else
				plan.n++;
			st = &s->v[by->parent];
		}
		plan.v = v;
	}
	if (other != NULL)
		plan.cost += other->second.cost - other->best.cost;
	return plan;
}

/* The cheapest solution that leaves the best one somewhere. Of a chapter: before its end, so that what follows goes on the same. */
static const struct state *find_second(const struct search *s)
{
	const struct state *found = NULL, *st = s->chapters ? &s->v[s->end.best.parent] : &s->end;

	for (;;) {
		if (st->second.parent >= 0 &&
		    (found == NULL || st->second.cost - st->best.cost < found->second.cost - found->best.cost))
			found = st;
		if (st->best.parent < 0)
			return found;
		st = &s->v[st->best.parent];
	}
}

int64_t search_bound(const struct search *s, const struct search_result *known)
{
	const struct layout *l = s->p->l;

	if (s->surveys)
		return known->best.cost + l->survey;
	return known->best.n > 0 ? known->best.cost : s->guess > 0 ? s->guess : l->most_cost > 0 ? l->most_cost : INT64_MAX;
}

void search_run(struct search *s, struct search_result *out)
{
	size_t begin = 0;

	s->n = 0;
	s->n_leaders = 0;
	mem_free(s->leaders);
	s->leaders = s->beam > 0 ? mem_zalloc((size_t)s->beam, sizeof *s->leaders) : NULL;
	s->gave_up = false;
	s->least_cut = INT64_MAX;
	s->end = (struct state){ .best.parent = -1, .second.parent = -1 };
	s->bound = search_bound(s, out);
	VEC_ROOM(s->v, s->n, s->cap, 1);
	s->v[s->n++] = s->first;
	for (int layer = 0; begin < s->n && layer < MOST_STEPS && !s->gave_up; layer++) {
		size_t end = s->n;

		qsort(s->v + begin, end - begin, sizeof *s->v, rank_by_start);
		step_layer(s, (int32_t)begin, (int32_t)end);
		begin = end;
		keep_layer(s);
		s->gave_up = s->gave_up || layer + 1 == MOST_STEPS;
		variant_forget_many(s->p);
	}
	if (s->end.best.parent >= 0 && (out->best.n == 0 || s->end.best.cost < out->best.cost)) {
		const struct state *other = find_second(s);

		out->second = s->chapters ? (struct plan){ .n = 0 } : out->best;
		out->best = trace(s, &s->end, NULL);
		out->ran = s->mode;
		s->reached = outlive(s, &s->end);
		if (other != NULL && (out->second.n == 0 || out->best.cost + other->second.cost - other->best.cost < out->second.cost))
			out->second = trace(s, &s->end, other);
	}
	arena_free(&s->kept);
}

static void set_mode(struct search *s, enum paginate mode, sp pages)
{
	s->mode = mode;
	s->step = pages <= PAGES_BRIEF || mode == PAGINATE_EXACT ? 1 : 2;
	s->window = s->chapters ? WINDOW_CHAPTER : mode == PAGINATE_EXACT ? WINDOW_EXACT : pages <= PAGES_LONG ? WINDOW_BRIEF : WINDOW_BOOK;
	s->thrifty = mode != PAGINATE_EXACT && pages > PAGES_BRIEF;
	s->beam = mode == PAGINATE_EXACT ? 0 : mode == PAGINATE_GREEDY ? 1
	          : pages <= PAGES_BRIEF ? BEAM_BRIEF : pages <= PAGES_LONG ? BEAM_LONG : BEAM_BOOK;
}

bool search_as(struct search *s, enum paginate mode, sp pages, int beam, int64_t work, struct search_result *out)
{
	set_mode(s, mode, pages);
	if (beam > 0 && beam < s->beam)
		s->beam = beam;
	if (s->p->l->theme->cols.n > 1 && s->beam > 1) /* for each line that a band may go down to */
		s->beam *= BEAM_COLUMNS;
	s->most_work = work > 0 ? s->p->n_put + work : 0;
	search_run(s, out);
	if (!s->gave_up)
		out->ran = mode;
	return !s->gave_up;
}
