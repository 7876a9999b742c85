/* Which states are the same, and in which order a layer's states are kept: see search.c. */
#include <string.h>

#include "layout/pins.h"
#include "layout/price.h"
#include "layout/search.h"

enum {
	RANK_PAGE = 180 * POINT,       /* what a page of work still to do is expected to cost */
	RANK_ROW = 30 * POINT,         /* a row too much or too few for the wished number of pages */
	WISH_MOST_OFF = 8,             /* rows a page: more is not made up for */
	RANK_PENDING = 60 * POINT      /* a float or quote that waits */
};

struct key rank_key(const struct state *s)
{
	struct key k;

	memset(&k, 0, sizeof k);
	k.block = s->pos.block;
	k.row = s->pos.row;
	k.cand = s->pos.cand;
	k.quote = s->quote;
	k.foot = s->foot;
	k.pending = s->pending;
	k.page = s->page;
	k.column = s->band.column;
	k.keep = s->band.keep;
	k.top = s->band.top;
	k.last = s->band.last;
	k.sides = (uint32_t)s->facing_quote << 1 | (uint32_t)s->done << 2 | (uint32_t)s->band.below << 3;
	k.n_carry = s->n_carry;
	memcpy(k.at, s->at, sizeof k.at);
	if (s->n_carry > 0) {
		k.carry_from = s->carry[0].from;
		k.note = (uint64_t)(uintptr_t)s->carry[0].note;
		for (int i = 0; i < s->n_carry; i++)
			k.carry_sum = (k.carry_sum * 1000003 + s->carry[i].note->seq) * 1000003 + (uint64_t)s->carry[i].from;
	}
	return k;
}

/* Of all its columns together. */
sp rank_page_height(const struct theme *t)
{
	return t->page.unit * (t->page.last_line - t->page.first_line + 1) * t->cols.n;
}

sp rank_rows_left(const struct search *s, const struct state *st)
{
	const struct galley *g = s->p->g;
	sp left;

	if (st->pos.block >= (int)g->n)
		return 0;
	left = s->left[st->pos.block];
	if (st->pos.cand > 0) {
		const struct par *par = g->v[st->pos.block].par;
		sp all = par_width(par), done = par_cand(par, st->pos.cand)->x_next;

		if (all > 0)
			left -= unit_scale(s->left[st->pos.block] - s->left[st->pos.block + 1], done, all);
	}
	if (s->done[st->pos.block] != NULL)
		return left - s->done[st->pos.block][st->pos.row];
	for (int i = 0; i < st->pos.row; i++)
		left -= g->v[st->pos.block].rows.v[i].advance;
	return left;
}

/* A wished number of pages: what is left should fill those that are left, the last one perhaps in part, and the last ones of
 * chapters. How many rows it is off. */
static int64_t wish_off(const struct search *s, const struct state *st, sp left)
{
	const struct theme *t = s->p->l->theme;
	int to_go = s->p->l->want - st->page + 1;
	sp page = rank_page_height(t), most = page * (to_go > 0 ? to_go : 0), least = most - page + LAST_FEW * t->page.unit;

	least -= s->blank[st->pos.block < (int)s->p->g->n ? st->pos.block + (st->pos.cand > 0 || st->pos.row > 0) : (int)s->p->g->n];
	return s->p->l->want == 0 ? 0 : (left > most ? left - most : left < least ? least - left : 0) / t->page.unit;
}

/* A pinned place ahead: what stands before it should end on its page. How many rows it is off. */
static int64_t pin_off(const struct search *s, const struct state *st, sp left)
{
	const struct theme *t = s->p->l->theme;
	const struct pins *pins = s->p->l->pins;
	int next = pins != NULL ? pins_next(pins, st->pos) : -1;
	sp page = rank_page_height(t), most, least;

	if (next < 0)
		return 0;
	left -= s->left[pins->block[next]];
	most = page * (pins->wish->page[next] - st->page + 1);
	least = most - page;
	return (left > most ? left - most : left < least ? least - left : 0) / t->page.unit;
}

bool rank_is_hopeless(const struct search *s, const struct state *st)
{
	int want = s->p->l->want;

	return want > 0 && wish_off(s, st, rank_rows_left(s, st)) > WISH_MOST_OFF * (want - st->page + 3);
}

sp rank_carry_height(const struct note_part *part)
{
	return part->rows->height * (part->to - part->from) / (part->rows->n + 1);
}

/* What a band of columns in the making will probably have to pay for ending unevenly. */
static int64_t uneven(const struct search *s, const struct state *st)
{
	const struct theme *t = s->p->l->theme;
	sp unit = t->page.unit, room, rest;
	int64_t d;

	if (st->band.column == 0 || st->pos.block >= (int)s->p->g->n)
		return 0;
	room = ((st->band.last - st->band.top) / unit + 1) * (t->cols.n - st->band.column);
	rest = (rank_rows_left(s, st) - s->left[s->band_end[st->pos.block + 1]]) / unit;
	d = (room - rest) / (t->cols.n - st->band.column);
	if (rest > room)
		return band_is_open(s->p, &st->band) ? 0 : (int64_t)PRICE_SLACK_MUCH * (rest - room);
	return PRICE_SLACK * d * d;
}

int64_t rank_of_rows(const struct search *s, sp left)
{
	return unit_scale(left, RANK_PAGE, rank_page_height(s->p->l->theme));
}

int64_t rank_state(const struct search *s, const struct state *st, int64_t hint)
{
	int64_t rank = st->best.cost + hint + uneven(s, st);
	sp left = rank_rows_left(s, st);

	if (st->quote < (int)s->p->g->n_quotes && s->p->g->quotes[st->quote].anchor < st->pos.block)
		rank += PRICE_QUOTE_WAITS;
	if (st->pending >= 0) {
		rank += RANK_PENDING;
		left += s->p->g->inserts[st->pending].height;
	}
	for (int i = 0; i < st->n_carry; i++)
		left += rank_carry_height(&st->carry[i]);
	return rank + rank_of_rows(s, left) + (wish_off(s, st, left) + pin_off(s, st, left)) * RANK_ROW;
}

static int compare(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* Any order that is the same on every machine: no addresses. */
int rank_by_place(const struct state *x, const struct state *y)
{
	int d = compare(x->pos.block, y->pos.block);

	d = d != 0 ? d : compare(x->pos.cand, y->pos.cand);
	d = d != 0 ? d : compare(x->pos.row, y->pos.row);
	d = d != 0 ? d : compare(x->page, y->page);
	d = d != 0 ? d : compare(x->band.column, y->band.column);
	d = d != 0 ? d : compare(x->band.top, y->band.top);
	d = d != 0 ? d : compare(x->band.last, y->band.last);
	d = d != 0 ? d : compare(x->band.keep, y->band.keep);
	d = d != 0 ? d : compare(x->band.below, y->band.below);
	d = d != 0 ? d : compare(x->quote, y->quote);
	d = d != 0 ? d : compare(x->pending, y->pending);
	d = d != 0 ? d : compare(x->n_carry, y->n_carry);
	for (int i = 0; i < x->n_carry && d == 0; i++) {
		d = compare(x->carry[i].note->seq, y->carry[i].note->seq);
		d = d != 0 ? d : compare(x->carry[i].from, y->carry[i].from);
	}
	return d;
}

/* States at one place, by what they remember of the pages before. */
static int by_past(const struct state *x, const struct state *y)
{
	int d = compare(x->foot, y->foot);

	d = d != 0 ? d : compare(x->facing_quote, y->facing_quote);
	return d != 0 ? d : memcmp(x->at, y->at, sizeof x->at);
}

int rank_by_rank(const void *a, const void *b)
{
	const struct state *x = a, *y = b;
	int d = compare(x->rank, y->rank);

	d = d != 0 ? d : rank_by_place(x, y);
	return d != 0 ? d : by_past(x, y);
}

int rank_by_start(const void *a, const void *b)
{
	const struct state *x = a, *y = b;
	int d = rank_by_place(x, y);

	return d != 0 ? d : by_past(x, y);
}
