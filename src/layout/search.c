/* The document cut into pages: see page.h. Layer by layer (a layer: all states after so many pages) the states are
 * visited; of those that owe the same at the same place only the cheapest is kept, and how it was second cheapest
 * reached. Greedy keeps one state of a layer, a beam the best few, exact all that are cheaper than a solution already
 * known. Which searches are run, and from where to where: searches.c. */
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
	MOST_STEPS = 60000,
	SHARE_UNDER = 8, SHARE_OVER = 14, /* [rows] around the even share of a band's columns: lines it may go down to */
	SHARE_UNDER_BEAM = 3, SHARE_OVER_BEAM = 5
};

/* ---- the beam's best so far: what ranks behind them need not be followed ------------------------------------------------ */

static bool same_place(const struct state *a, const struct state *b)
{
	return a->pos.block == b->pos.block && a->pos.cand == b->pos.cand && a->pos.row == b->pos.row &&
	       a->band.last == b->band.last && a->band.top == b->band.top;
}

/* A rank that cannot be kept any more. It only comes down: of each place no more than some are kept, and of those the best. */
static int64_t hopeless_rank(const struct search *s)
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
	if (st->rank >= hopeless_rank(s))
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

static void offer(struct search *s, struct state *st, int64_t hint)
{
	struct key key = rank_key(st), *kept;
	size_t at;

	s->n_steps++;
	st->rank = rank_state(s, st, hint);
	if (!st->done && st->rank - hint >= hopeless_rank(s)) /* its own hint: who comes to the same place cheaper may have another */
		return;
	st->second.parent = -1;
	at = (size_t)(uintptr_t)strmap_lookup(&s->keys, (const char *)&key, sizeof key);
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
static void note_cut(struct search *s, int64_t cost)
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
			note_cut(s, st->best.cost);
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

/* ---- one step ------------------------------------------------------------------------------------------------- */

static bool is_recto(const struct search *s, int page)
{
	return !s->p->l->theme->page.facing || page % 2 == 1;
}

/* What the column to the left makes of its foot. */
static int64_t facing_price(const struct state *from, int foot)
{
	int d = abs(from->foot - foot);

	if (from->foot == FREE || foot == FREE)
		return 0;
	d = d > FACING_MOST ? FACING_MOST : d;
	return (int64_t)PRICE_FACING * d * d;
}

/* Quotes behind the page's end: those settled here, those that wait, those that have waited too long. */
static int64_t pass_quotes(const struct search *s, const struct state *from, const struct end *e, int placed, struct state *to)
{
	const struct galley *g = s->p->g;
	int64_t price = 0;
	int settled = e->column >= 0 ? e->column + 1 : placed >= 0 ? placed + 1 : from->quote;

	to->quote = settled;
	/* turned, and not placed; or there is no further page */
	while (to->quote < (int)g->n_quotes && (e->ends || g->quotes[to->quote].anchor < from->pos.block)) {
		price += PRICE_QUOTE_LOST;
		to->quote++;
	}
	if (to->quote < (int)g->n_quotes && g->quotes[to->quote].anchor < e->next.block)
		price += PRICE_QUOTE_WAITS;
	if (placed >= 0 && g->quotes[placed].anchor < from->pos.block)
		price += PRICE_QUOTE_TURNED;
	if (placed >= 0 && is_recto(s, from->page) && from->facing_quote)
		price += PRICE_TWO_QUOTES;
	return price;
}

static struct start start_of(const struct search *s, const struct state *st)
{
	return (struct start){ st->pos, st->band, st->carry, st->n_carry, st->pending, st->quote, is_recto(s, st->page) };
}

/* What the next step remembers of this one's foot: if they stand side by side. */
static void remember_foot(const struct search *s, const struct seam *seam, int foot, bool quoted, struct state *to)
{
	bool spread = seam->kind == SEAM_PAGE && s->p->l->theme->page.facing && is_recto(s, seam->page);

	to->foot = spread || seam->kind == SEAM_COLUMN ? foot : FREE;
	to->facing_quote = spread && quoted;
}

/* A chapter's end: its quotes are settled there, for they find no place behind it. */
static bool is_settled(const struct search *s, const struct state *to)
{
	return to->quote >= (int)s->p->g->n_quotes || s->p->g->quotes[to->quote].anchor >= s->goal;
}

static void take_seam(struct search *s, const struct state *from, const struct end *e, const struct seam *seam, struct state to,
                      int64_t hint)
{
	bool chapter = e->opens && e->next.block == s->goal;
	int want = s->p->l->want, foot = e->ends || e->opens || e->closes || e->full_foot ? FREE : e->slack;

	if (s->p->g->v[from->pos.block < (int)s->p->g->n ? from->pos.block : 0].span && from->pos.block < (int)s->p->g->n)
		foot = FREE;
	if (chapter && !is_settled(s, &to))
		return;
	to.done = seam->kind == SEAM_DONE || chapter;
	to.page = seam->page;
	to.band = seam->band;
	to.best.cost += seam->price + facing_price(from, foot);
	if (to.best.cost >= s->bound || (want > 0 && (to.done ? from->page != want : to.page > want)))
		return;
	remember_foot(s, seam, foot, to.best.quote >= 0, &to);
	if (seam->kind == SEAM_DONE) { /* the end is one state */
		to.page = to.quote = 0;
		to.band = (struct band){ 0, 0, 0, false, 0 };
		to.foot = FREE;
		to.facing_quote = false;
	}
	offer(s, &to, hint);
}

static void take_end(struct search *s, int32_t parent, const struct end *e, const struct fill_options *o, const struct start *start)
{
	const struct state *from = &s->v[parent];
	struct state to = { .pos = e->next, .carry = e->later, .n_carry = e->n_later, .pending = e->pending,
		            .best = { 0, parent, o->quote, e->quote_y, start->band.last, e->path } };
	struct seam seams[MOST_SEAMS];
	int n = band_seams(s->p, start, from->page, e, seams);

	memcpy(to.at, from->at, sizeof to.at);
	if (s->p->l->pins != NULL && !pins_pass(s->p->l->pins, from->pos, e->next, from->page, to.at))
		return;
	to.best.cost = from->best.cost + e->cost + pass_quotes(s, from, e, o->quote, &to);
	for (int i = 0; i < n; i++)
		take_seam(s, from, e, &seams[i], to, seams[i].kind == SEAM_BELOW ? 0 : e->hint);
}

/* States first .. last begin the same page; they differ in the page before alone. */
struct group {
	int32_t first, last;
	struct start start;
	struct fill_options o;
};

/* What a step from there may cost if its end is to be kept: an end ranks by its costs and by the text it leaves. */
static int64_t most_for_rank(const struct search *s, const struct group *g)
{
	const struct state at = { .pos = g->start.pos };
	int64_t rank = hopeless_rank(s), page = rank_of_rows(s, rank_page_height(s->p->l->theme));

	return rank == INT64_MAX ? INT64_MAX : rank - rank_of_rows(s, rank_rows_left(s, &at)) + page + page / 4;
}

static void fill_group(struct search *s, struct group *g)
{
	int64_t least = INT64_MAX, most = most_for_rank(s, g);

	for (int32_t i = g->first; i <= g->last; i++)
		least = s->v[i].best.cost < least ? s->v[i].best.cost : least;
	most = most < s->bound ? most : s->bound;
	g->o.most = most == INT64_MAX ? INT64_MAX : most - least;
	g->o.quick = s->thrifty;
	fill_ends(s->p, &s->scratch, &g->start, &g->o, &s->fill);
	if (s->fill.least_cut < INT64_MAX)
		note_cut(s, least + s->fill.least_cut);
	for (int32_t i = g->first; i <= g->last; i++) {
		for (size_t k = 0; k < s->fill.n; k++)
			take_end(s, i, &s->fill.v[k], &g->o, &g->start);
	}
}

/* The waiting quote at the lines near its paragraph. False: none of them gives a page. */
static bool try_quote(struct search *s, struct group *g, int quote, sp top, sp bottom)
{
	const struct theme *t = s->p->l->theme;
	const struct quote *q = &s->p->g->quotes[quote];
	sp unit = t->page.unit, first = style_line_y(t, t->page.first_line + t->pullquote.clear), shift;
	sp last = style_line_y(t, t->page.last_line - t->pullquote.clear - q->lines + 1), lo, hi;
	bool turned = q->anchor < g->start.pos.block, found = false;

	s->p->recto = g->start.recto;
	if (quote_measure(s->p, q, 0, 0, &shift) < t->pullquote.min_measure)
		return false;
	lo = turned ? first : top - s->window * unit;
	hi = turned ? first + 2 * s->window * unit : bottom + s->window * unit;
	/* on the lines of the grid */
	lo = lo < first ? first : lo - (lo - first) % (unit * s->step);
	if (lo > (hi < last ? hi : last))
		return false;
	hi = hi < last ? hi : last;
	g->o.quote = quote;
	g->o.quote_step = t->note.in_margin ? 0 : unit * s->step; /* notes beside the text know where it stands long before */
	for (sp y = lo; y <= hi; y += unit * s->step) {
		g->o.quote_y = y;
		g->o.quote_last = hi;
		fill_group(s, g);
		found = found || s->fill.n > 0;
		if (g->o.quote_step > 0)
			break;
	}
	return found;
}

/* Lines between which the text up to where its band must end may fill all columns: from it, and from it less a float that waits for the
 * next page. */
static bool find_share(const struct search *s, const struct start *start, sp *least, sp *most)
{
	const struct theme *t = s->p->l->theme;
	const struct galley *g = s->p->g;
	const struct state at = { .pos = start->pos };
	bool exact = s->mode == PAGINATE_EXACT;
	sp under = (exact ? SHARE_UNDER : SHARE_UNDER_BEAM) * t->page.unit, over = (exact ? SHARE_OVER : SHARE_OVER_BEAM) * t->page.unit;
	sp here = rank_rows_left(s, &at), share;
	int block = start->pos.block + 1, floats = 0;

	for (int i = 0; i < start->n_carry; i++)
		here += rank_carry_height(&start->carry[i]);
	*least = INT64_MAX;
	*most = 0;
	for (; block <= (int)g->n && floats < 2; block++) {
		const struct block *b = block < (int)g->n ? &g->v[block] : NULL;

		if (b != NULL && !b->span && !b->new_page)
			continue;
		share = start->band.top + (here - s->left[block]) / t->cols.n;
		if (share > style_line_y(t, t->page.last_line) + over)
			break;
		*least = share - under < *least ? share - under : *least;
		*most = share + over > *most ? share + over : *most;
		if (b == NULL || b->new_page || b->insert == 0 || start->pending >= 0)
			break;
		here -= s->left[block] - s->left[g->inserts[b->insert - 1].last + 1];
		block = g->inserts[b->insert - 1].last;
		floats++;
	}
	return *most > 0;
}

/* A band of columns is begun: it goes down to the page's foot, or to one of the lines near which its text would end in all its columns. */
static void expand_columns(struct search *s, struct group *g)
{
	const struct paginator *p = s->p;
	sp foot = style_line_y(p->l->theme, p->l->theme->page.last_line), unit = p->l->theme->page.unit, least, most;

	g->o.watch = -1;
	if (g->start.band.last > 0) { /* chosen */
		fill_group(s, g);
		return;
	}
	g->start.band.last = foot;
	fill_group(s, g);
	if (band_spans(p, g->start.pos) || !find_share(s, &g->start, &least, &most))
		return;
	for (sp y = g->start.band.top; y < foot && y <= most; y += unit) {
		g->start.band.last = y;
		if (y >= least)
			fill_group(s, g);
	}
}

static void expand(struct search *s, int32_t first, int32_t last)
{
	const struct state from = s->v[first];
	const struct galley *gal = s->p->g;
	struct group g = { first, last, start_of(s, &from), { .quote = -1 } };
	bool may = from.quote < (int)gal->n_quotes && from.page >= s->p->l->theme->pullquote.first_page, placed = false;
	sp top, bottom;

	if (s->p->l->theme->cols.n > 1) {
		expand_columns(s, &g);
		return;
	}
	g.o.watch = from.quote < (int)gal->n_quotes ? from.quote : -1;
	g.o.column = !s->thrifty;
	fill_group(s, &g);
	top = s->fill.anchor_top;
	bottom = s->fill.anchor_bottom;
	g.o.watch = -1;
	if (may && (top > 0 || gal->quotes[from.quote].anchor < from.pos.block))
		placed = try_quote(s, &g, from.quote, top, bottom);
	if (!placed && s->thrifty && g.start.quote < (int)gal->n_quotes && (top > 0 || gal->quotes[from.quote].anchor < from.pos.block)) {
		g.o.column = true;
		g.o.quote = -1;
		fill_group(s, &g);
	}
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
	struct choice c = { start_of(s, &from), next, by->quote, by->quote_y, copy_path(s->a, by->path), from.page };

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
	return known->best.n > 0 ? known->best.cost : l->most_cost > 0 ? l->most_cost : INT64_MAX;
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
		for (size_t i = begin, k; i < end && !s->gave_up; i = k) {
			for (k = i + 1; k < end && rank_by_place(&s->v[i], &s->v[k]) == 0;)
				k++;
			expand(s, (int32_t)i, (int32_t)k - 1);
			s->gave_up = s->most_work > 0 && s->p->n_put > s->most_work;
		}
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
