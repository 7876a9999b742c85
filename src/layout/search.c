/* The document cut into pages: see page.h. Page by page the states that may still become the best are kept (a
 * beam); of states that stand at the same place with the same debts only the cheapest is. All costs are >= 0, so a
 * state dearer than a whole solution already found is dropped. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "layout/page.h"

enum {
	PRICE_SLACK = 25, PRICE_SLACK_MUCH = 1000, SLACK_MUCH = 3, PRICE_FACING = 60, FACING_MOST = 3,
	PRICE_QUOTE_WAITS = 80, PRICE_QUOTE_TURNED = 70, PRICE_QUOTE_DROPPED = 1500, PRICE_TWO_QUOTES = 60,
	PRICE_LAST_FEW = 500, LAST_FEW = 5, PRICE_LAST_SHORT = 100,
	RANK_PAGE = 180,               /* what a page of work still to do is expected to cost */
	WINDOW_BEFORE = 14, WINDOW_AFTER = 16, WINDOW_TURNED = 20,
	BEAM_BRIEF = 40, BEAM_LONG = 12, BEAM_BOOK = 5, PAGES_BRIEF = 40, PAGES_LONG = 150,
	MOST_AT_ONE_PLACE = 3,         /* states of the beam that stand at the same position */
	PAGES_REMEMBERED = 6,          /* broken paragraphs are forgotten after so many pages */
	MOST_PAGES = 20000, FREE = -1
};

struct state {
	struct position pos;
	const struct note_part *carry;
	int n_carry;
	int quote;        /* first one not yet placed or given up */
	int page;         /* number of the page that begins here */
	int foot;         /* empty rows at the foot of the verso before this recto, or FREE */
	bool facing_quote; /* that verso carries a quote */
	int64_t cost, rank;
	int32_t parent;   /* index of the state before; -1: the start */
	/* the page between parent and this one */
	int chosen_quote;
	sp quote_y;
	const struct path *path;
	bool done;
};

struct search {
	struct paginator *p;
	struct arena *a;
	sp first_y;
	struct state *v;  /* all that were kept, layer after layer */
	size_t n, cap;
	struct state *next; /* candidates of the layer in the making */
	size_t n_next, cap_next;
	struct strmap keys; /* of the candidates: index + 1 */
	struct arena key_arena;
	struct fill fill; /* scratch */
	int64_t best;     /* cost of the best whole solution */
	int32_t best_end;
	sp *left;         /* natural height from each block on */
};

/* ---- order and identity ------------------------------------------------------------------------------------ */

struct key {
	int32_t block, row, quote, foot, n_carry, carry_from;
	uint32_t cand, sides;
	uint64_t note;
};

static struct key key_of(const struct state *s)
{
	struct key k;

	memset(&k, 0, sizeof k);
	k.block = s->pos.block;
	k.row = s->pos.row;
	k.cand = s->pos.cand;
	k.quote = s->quote;
	k.foot = s->foot;
	k.sides = (uint32_t)(s->page & 1) | (uint32_t)s->facing_quote << 1 | (uint32_t)s->done << 2;
	k.n_carry = s->n_carry;
	if (s->n_carry > 0) {
		k.carry_from = s->carry[0].from;
		k.note = (uint64_t)(uintptr_t)s->carry[0].note;
	}
	return k;
}

static sp rows_left(const struct search *s, const struct state *st)
{
	const struct galley *g = s->p->g;
	sp left;

	if (st->pos.block >= (int)g->n)
		return 0;
	left = s->left[st->pos.block];
	if (st->pos.cand > 0) {
		const struct par *par = g->v[st->pos.block].par;
		sp all = par->cands[par->n_cands - 1].x_end, done = par->cands[st->pos.cand].x_next;

		if (all > 0)
			left -= unit_scale(s->left[st->pos.block] - s->left[st->pos.block + 1], done, all);
	}
	for (int i = 0; i < st->pos.row; i++)
		left -= g->v[st->pos.block].rows.v[i].advance;
	return left;
}

static void offer(struct search *s, struct state *st)
{
	const struct theme *t = s->p->l->theme;
	sp page = t->page.unit * (t->page.last_line - t->page.first_line + 1);
	struct key key = key_of(st), *kept;
	size_t at;

	if (st->cost >= s->best)
		return;
	st->rank = st->cost + unit_scale(rows_left(s, st), RANK_PAGE, page);
	if (st->quote < (int)s->p->g->n_quotes && s->p->g->quotes[st->quote].anchor < st->pos.block)
		st->rank += PRICE_QUOTE_WAITS;
	at = (size_t)(uintptr_t)strmap_lookup(&s->keys, (const char *)&key, sizeof key);
	if (at != 0) {
		if (st->cost < s->next[at - 1].cost)
			s->next[at - 1] = *st;
		return;
	}
	VEC_ROOM(s->next, s->n_next, s->cap_next, 1);
	s->next[s->n_next++] = *st;
	kept = ARENA_NEW(&s->key_arena, struct key);
	*kept = key;
	strmap_put(&s->keys, (const char *)kept, sizeof *kept, (void *)(uintptr_t)s->n_next);
}

static int by_rank(const void *a, const void *b)
{
	const struct state *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	if (x->pos.block != y->pos.block)
		return x->pos.block < y->pos.block ? -1 : 1;
	if (x->pos.cand != y->pos.cand)
		return x->pos.cand < y->pos.cand ? -1 : 1;
	if (x->parent != y->parent)
		return x->parent < y->parent ? -1 : 1;
	return x->foot != y->foot ? (x->foot < y->foot ? -1 : 1) : (x->quote > y->quote) - (x->quote < y->quote);
}

/* The layer's best go on; whole solutions are taken out. */
static size_t keep_layer(struct search *s, int beam)
{
	size_t kept = 0;

	qsort(s->next, s->n_next, sizeof *s->next, by_rank);
	for (size_t i = 0; i < s->n_next; i++) {
		const struct state *st = &s->next[i];
		int same = 0;

		if (st->cost >= s->best || (!st->done && (int)kept >= beam))
			continue;
		for (size_t k = 0; k < kept && !st->done; k++) {
			const struct state *o = &s->v[s->n - 1 - k];

			same += o->pos.block == st->pos.block && o->pos.cand == st->pos.cand && o->pos.row == st->pos.row;
		}
		if (same >= MOST_AT_ONE_PLACE)
			continue;
		VEC_ROOM(s->v, s->n, s->cap, 1);
		s->v[s->n++] = *st;
		if (st->done) {
			s->best = st->cost;
			s->best_end = (int32_t)s->n - 1;
		} else {
			kept++;
		}
	}
	s->n_next = 0;
	strmap_free(&s->keys);
	arena_free(&s->key_arena);
	return kept;
}

/* ---- one step ------------------------------------------------------------------------------------------------- */

static bool is_recto(const struct search *s, int page)
{
	return !s->p->l->theme->page.facing || page % 2 == 1;
}

/* What a page costs beside its text: empty rows, the facing page's foot, the last page. */
static int64_t page_price(const struct search *s, const struct state *from, const struct end *e, bool free_end, int *foot)
{
	const struct theme *t = s->p->l->theme;
	sp rows = (e->limit - e->y) / t->page.unit;
	int64_t slack = rows < 0 ? 0 : rows, price = 0;
	bool recto = is_recto(s, from->page);

	*foot = free_end || e->has_notes ? FREE : (int)slack;
	if (!free_end)
		price += PRICE_SLACK * slack * slack + (slack > SLACK_MUCH ? PRICE_SLACK_MUCH : 0);
	if (recto && from->page > 1 && t->page.facing && from->foot != FREE && *foot != FREE) {
		int d = abs(from->foot - *foot);

		if (d > FACING_MOST)
			d = FACING_MOST;
		price += PRICE_FACING * d * d;
	}
	return price;
}

static int64_t last_page_price(const struct search *s, const struct end *e)
{
	const struct theme *t = s->p->l->theme;
	sp rows = (e->y - style_line_y(t, t->page.first_line)) / t->page.unit + 1;

	return rows < LAST_FEW ? PRICE_LAST_FEW : rows < (t->page.last_line - t->page.first_line) / 4 ? PRICE_LAST_SHORT : 0;
}

/* Quotes behind the page's end: the one placed, those that wait, those that have waited too long. */
static int64_t pass_quotes(const struct search *s, const struct state *from, const struct end *e, int placed, struct state *to)
{
	const struct galley *g = s->p->g;
	int64_t price = 0;

	to->quote = placed >= 0 ? placed + 1 : from->quote;
	while (to->quote < (int)g->n_quotes && g->quotes[to->quote].anchor < from->pos.block) { /* turned, and not placed */
		price += PRICE_QUOTE_DROPPED;
		to->quote++;
	}
	if (to->quote < (int)g->n_quotes && g->quotes[to->quote].anchor < e->next.block)
		price += PRICE_QUOTE_WAITS;
	return price;
}

static void take_ends(struct search *s, int32_t parent, int quote, sp quote_y)
{
	const struct state from = s->v[parent];
	const struct galley *g = s->p->g;
	bool recto = is_recto(s, from.page);

	for (size_t i = 0; i < s->fill.n; i++) {
		const struct end *e = &s->fill.v[i];
		bool ends = e->next.block >= (int)g->n, opens = !ends && e->next.cand == 0 && e->next.row == 0 && g->v[e->next.block].new_page;
		struct state to = { .pos = e->next, .carry = e->later, .n_carry = e->n_later, .parent = parent, .chosen_quote = quote,
			            .quote_y = quote_y, .path = e->path, .page = from.page + 1, .done = ends && e->n_later == 0 };
		int foot;

		to.cost = from.cost + e->cost + page_price(s, &from, e, ends || opens, &foot) + pass_quotes(s, &from, e, quote, &to);
		if (to.cost >= s->best)
			continue;
		if (ends)
			to.cost += last_page_price(s, e);
		if (quote >= 0 && recto && from.facing_quote)
			to.cost += PRICE_TWO_QUOTES;
		if (quote >= 0 && g->quotes[quote].anchor < from.pos.block)
			to.cost += PRICE_QUOTE_TURNED;
		if (opens && g->v[e->next.block].new_recto && s->p->l->theme->page.facing && to.page % 2 == 0)
			to.page++;
		if (!is_recto(s, to.page) || !s->p->l->theme->page.facing) { /* only a recto has a facing page before it */
			to.foot = FREE;
			to.facing_quote = false;
		} else {
			to.foot = foot;
			to.facing_quote = quote >= 0;
		}
		offer(s, &to);
	}
}

static struct start start_of(const struct search *s, const struct state *st)
{
	const struct theme *t = s->p->l->theme;

	return (struct start){ st->pos, st->carry, st->n_carry, is_recto(s, st->page),
		               st->page == 1 ? s->first_y : style_line_y(t, t->page.first_line) };
}

static void try_quote(struct search *s, int32_t parent, const struct start *start, sp top, sp bottom)
{
	const struct theme *t = s->p->l->theme;
	const struct state from = s->v[parent];
	const struct quote *q = &s->p->g->quotes[from.quote];
	sp unit = t->page.unit, first = style_line_y(t, t->page.first_line + t->pullquote.clear), shift;
	sp last = style_line_y(t, t->page.last_line - t->pullquote.clear - q->lines + 1), lo, hi;
	bool turned = q->anchor < from.pos.block;

	s->p->recto = start->recto;
	if (quote_measure(s->p, q, 0, 0, &shift) < t->pullquote.min_measure)
		return;
	lo = turned ? first : top - WINDOW_BEFORE * unit;
	hi = turned ? first + WINDOW_TURNED * unit : bottom + WINDOW_AFTER * unit;
	/* on the lines of the grid */
	lo = lo < first ? first : lo - (lo - first) % unit;
	for (sp y = lo; y <= hi && y <= last; y += unit) {
		fill_ends(s->p, s->a, start, from.quote, y, -1, &s->fill);
		take_ends(s, parent, from.quote, y);
	}
}

static void expand(struct search *s, int32_t parent)
{
	const struct state from = s->v[parent];
	struct start start = start_of(s, &from);
	const struct galley *g = s->p->g;
	bool may = from.quote < (int)g->n_quotes && from.page >= s->p->l->theme->pullquote.first_page;
	sp top, bottom;

	fill_ends(s->p, s->a, &start, -1, 0, may ? from.quote : -1, &s->fill);
	top = s->fill.anchor_top;
	bottom = s->fill.anchor_bottom;
	take_ends(s, parent, -1, 0);
	if (may && (top > 0 || g->quotes[from.quote].anchor < from.pos.block))
		try_quote(s, parent, &start, top, bottom);
}

/* ---- the whole ------------------------------------------------------------------------------------------------- */

static sp measure_galley(struct search *s)
{
	int n = (int)s->p->g->n;

	s->left = mem_zalloc((size_t)n + 1, sizeof *s->left);
	for (int i = n; i-- > 0;) {
		const struct block *b = &s->p->g->v[i];
		sp space = b->before > 0 ? b->before : 0;

		s->left[i] = s->left[i + 1] + fill_natural_height(s->p, i) + space;
	}
	return s->left[0];
}

static int trace(struct search *s, struct arena *a, const struct choice **choices)
{
	int n = 0;
	struct choice *v;

	for (int32_t i = s->best_end; i >= 0 && s->v[i].parent >= 0; i = s->v[i].parent)
		n++;
	v = arena_array(a, (size_t)n, sizeof *v);
	*choices = v;
	for (int32_t i = s->best_end, k = n; i >= 0 && s->v[i].parent >= 0; i = s->v[i].parent) {
		const struct state *st = &s->v[i], *from = &s->v[st->parent];

		v[--k] = (struct choice){ start_of(s, from), st->pos, st->chosen_quote, st->quote_y, st->path, from->page };
	}
	return n;
}

int search_pages(struct paginator *p, struct arena *a, sp first_y, const struct choice **choices)
{
	const struct theme *t = p->l->theme;
	struct search s = { .p = p, .a = a, .first_y = first_y, .best = INT64_MAX, .best_end = -1 };
	sp pages = measure_galley(&s) / (t->page.unit * (t->page.last_line - t->page.first_line + 1)) + 1;
	int beam = pages <= PAGES_BRIEF ? BEAM_BRIEF : pages <= PAGES_LONG ? BEAM_LONG : BEAM_BOOK, n;
	size_t begin = 0, end;

	VEC_ROOM(s.v, s.n, s.cap, 1);
	s.v[s.n++] = (struct state){ .page = 1, .foot = FREE, .parent = -1, .chosen_quote = -1 };
	for (int layer = 0; begin < s.n && layer < MOST_PAGES; layer++) {
		end = s.n;
		for (size_t i = begin; i < end; i++) {
			if (!s.v[i].done && s.v[i].cost < s.best)
				expand(&s, (int32_t)i);
		}
		begin = end;
		keep_layer(&s, beam);
		if (layer % PAGES_REMEMBERED == PAGES_REMEMBERED - 1)
			fill_forget(p);
	}
	fill_forget(p);
	n = trace(&s, a, choices);
	mem_free(s.v);
	mem_free(s.next);
	mem_free(s.fill.v);
	mem_free(s.left);
	strmap_free(&s.keys);
	arena_free(&s.key_arena);
	return n;
}
