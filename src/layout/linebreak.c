#include "layout/linebreak.h"

#include <string.h>

#include "base/mem.h"

#define Q ((int64_t)65536)

enum {
	PRICE_HYPHEN = 180, PRICE_OWN_HYPHEN = 120, PRICE_JOINT = 100, PRICE_HYPHEN_RAGGED = 250,
	COST_LINE = 10, COST_SECOND_HYPHEN = 3000, COST_FITNESS = 3000, COST_SHORT_LAST = 10000,
	COST_HYPHEN_BEFORE_LAST = 10000, COST_SCRAP_LAST = 40000, SCRAP_LETTERS = 5, LADDER_COUNTED = 5,
	COST_HYPHEN_AT_TURN = 100000 /* a word cut where the measure changes: its halves stand far apart */
};
static const int64_t COST_OVERFULL = 1000000000000; /* more than any feasible paragraph costs */

struct pass {
	int64_t loosest;   /* [1/65536] largest x */
	int ladder;        /* hyphens in a row */
	bool hard;         /* hard binds may be broken */
	int tracking;      /* [1/1000] on top of expansion */
};
/* gap limits 0.43, 0.45, 0.52, 0.68 em of a 0.243 em space, whose stretch unit is 0.109 em */
static const struct pass passes_justified[] = {
	{ 171 * Q / 100, 2, false, 0 }, { 190 * Q / 100, 3, false, 0 }, { 190 * Q / 100, 3, false, 10 },
	{ 190 * Q / 100, 3, true, 10 }, { 253 * Q / 100, 3, true, 10 }, { 400 * Q / 100, 4, true, 10 },
	{ 0, 1000, true, 10 },
};
static const struct pass passes_ragged[] = { { 5 * Q, 2, false, 0 }, { 0, 1000, true, 0 } };

struct state {
	int64_t cost;
	uint32_t prev;     /* index of the state before */
	uint32_t cand;
	int32_t line;      /* lines so far */
	uint8_t fit, ladder;
	bool narrow;
};

struct search {
	const struct par *p;
	const struct measure *m;
	uint32_t from;
	const struct pass *pass;
	bool final;        /* last pass: whatever fits badly is taken */
	bool ragged;
	struct state *v;
	size_t n, cap;
	uint32_t *first;   /* per candidate - from: index of its first state; states of one candidate are neighbours */
};

bool line_share(sp d, sp spaces, sp ink, int limit, int64_t *x, int64_t *y)
{
	/* in 1/64 sp the squares fit 64 bits for any line under 16,000 pt */
	int64_t dd = d / 64, g = (d >= 0 ? LINE_STRETCH : LINE_SHRINK) * (spaces / 64) / 1000, c = ink / 64 * limit / 1000;
	int64_t den;

	const int64_t tightest = -(1000 - LINE_LEAST_GAP) * Q / LINE_SHRINK;

	if (g < 1)
		g = 1;
	if (c < 0)
		c = 0;
	den = g * g + 10 * c * c;
	{
		__extension__ typedef __int128 wide;

		*x = (int64_t)((wide)dd * g * Q / den);
		*y = (int64_t)((wide)dd * 10 * c * Q / den);
		if (*y > Q || *y < -Q) {
			*y = *y > 0 ? Q : -Q;
			*x = (int64_t)(((wide)dd * Q - (wide)*y * c) / g);
		}
		if (*x < tightest) {
			sp taken = g * -tightest / Q;

			*x = tightest;
			*y = c > 0 ? (int64_t)((wide)(dd + taken) * Q / c) : 0;
			return c > 0 ? *y >= -Q : dd + taken >= 0;
		}
	}
	if (*x > 300 * Q)
		*x = 300 * Q;
	return true;
}

static sp measure_of(const struct search *s, int line)
{
	const struct measure *m = s->m;
	sp w = line >= m->narrow_from && line < m->narrow_to ? m->narrow : m->full;

	return line == 0 && s->from == 0 ? w - m->indent : w;
}

static bool is_hyphen(uint8_t kind)
{
	return kind == BREAK_HYPHEN || kind == BREAK_OWN_HYPHEN;
}

static int64_t price_of(const struct search *s, const struct cand *c)
{
	int64_t price = c->price;

	switch (c->kind) {
	case BREAK_HYPHEN: price += s->ragged ? PRICE_HYPHEN_RAGGED : PRICE_HYPHEN; break;
	case BREAK_OWN_HYPHEN: price += PRICE_OWN_HYPHEN; break;
	case BREAK_JOINT: price += PRICE_JOINT; break;
	default: break;
	}
	return price;
}

/* What a line a..b is in a measure. */
struct trial {
	int64_t cost;
	int fit;
	bool possible, loose;
};

static struct trial try_line(const struct search *s, const struct cand *a, const struct cand *b, sp width, bool last)
{
	const struct par_style *st = s->p->style;
	sp natural = b->x_end - a->x_next + a->d_start + b->d_end - a->hang_next - b->hang_end, d = width - natural;
	sp spaces = b->space_end - a->space_next;
	int limit = st->expansion + s->pass->tracking;
	struct trial t = { .fit = 1 };
	int64_t x = 0, y = 0, q;

	if (spaces < 0)
		spaces = 0;
	if (s->ragged || (last && d >= 0)) {
		if (d < 0)
			return t;
		if (s->ragged && (!last || st->balance)) {
			x = width > 0 ? d / 64 * Q / (width / 64 * 15 / 100 + 1) : 0;
			if (x > 300 * Q)
				x = 300 * Q;
		}
	} else {
		if (!line_share(d, spaces, natural - spaces, limit, &x, &y))
			return t;
		t.fit = x < -Q / 2 ? 0 : x < Q / 2 ? 1 : x < Q ? 2 : 3;
	}
	t.loose = x > s->pass->loosest;
	q = (x * x + y * y / 10) / Q * 100 / Q + COST_LINE;
	t.cost = q * q;
	if (last) {
		sp least = st->indent * 3 / 2 > width / 8 ? st->indent * 3 / 2 : width / 8;

		if (natural < least && !st->balance && !s->p->has_forced)
			t.cost += COST_SHORT_LAST;
		if (is_hyphen(a->kind)) {
			t.cost += COST_HYPHEN_BEFORE_LAST;
			if (a->letters_after < SCRAP_LETTERS + 1)
				t.cost += COST_SCRAP_LAST;
		}
	}
	if (st->balance)
		t.cost += 100000000; /* as few lines as can be; among those the most even */
	t.possible = true;
	return t;
}

/* Flush-left text divides a word only if the line would else stay too short (style's hyphenate_gap). */
static bool needs_division(const struct search *s, uint32_t a, uint32_t b, sp width)
{
	const struct cand *ca = &s->p->cands[a], *c;
	uint32_t i = b - 1;

	while (i > a && s->p->cands[i].kind == BREAK_HYPHEN)
		i--;
	c = &s->p->cands[i];
	return i == a || width - (c->x_end - ca->x_next) > unit_scale(width, s->p->style->hyphenate_gap, 1000);
}

static void add_state(struct search *s, size_t begin, const struct state *new)
{
	for (size_t i = begin; i < s->n; i++) {
		struct state *old = &s->v[i];

		if (old->line == new->line && old->fit == new->fit && old->ladder == new->ladder) {
			if (new->cost < old->cost)
				*old = *new;
			return;
		}
	}
	VEC_ROOM(s->v, s->n, s->cap, 1);
	s->v[s->n++] = *new;
}

/* Ends of one candidate that are more than a line away from its cheapest will not win, nor be asked for: loose
 * passes would carry every count along and cost a square of the length. */
static void prune_counts(struct search *s, size_t begin)
{
	const struct state *best = NULL;
	size_t kept = begin;
	int line;

	for (size_t i = begin; i < s->n; i++) {
		if (best == NULL || s->v[i].cost < best->cost)
			best = &s->v[i];
	}
	if (best == NULL)
		return;
	line = best->line;
	for (size_t i = begin; i < s->n; i++) {
		if (s->v[i].line >= line - 1 && s->v[i].line <= line + 1)
			s->v[kept++] = s->v[i];
	}
	s->n = kept;
}

static void extend(struct search *s, uint32_t a, uint32_t b, size_t begin, bool *all_loose, bool force)
{
	const struct cand *ca = &s->p->cands[a], *cb = &s->p->cands[b];
	bool last = cb->kind == BREAK_FORCED;
	int64_t price = price_of(s, cb);
	sp known = -1;
	struct trial t = { 0 };

	for (size_t i = s->first[a - s->from]; i < s->first[a - s->from + 1]; i++) {
		struct state from = s->v[i], to;
		sp width = measure_of(s, from.line);
		int ladder = is_hyphen(cb->kind) ? from.ladder + 1 : 0;

		if (width != known) {
			t = try_line(s, ca, cb, width, last);
			known = width;
			if (!t.possible && force) {
				t.possible = true;
				t.loose = false;
				t.cost = COST_OVERFULL;
				t.fit = 0;
			}
			if (!t.possible || !t.loose)
				*all_loose = false;
		}
		if (!t.possible || (t.loose && !s->final) || ladder > s->pass->ladder)
			continue;
		if (s->ragged && cb->kind == BREAK_HYPHEN && s->p->style->hyphenate_gap > 0 && !needs_division(s, a, b, width))
			continue;
		to = (struct state){ .cost = from.cost + t.cost + price * price, .prev = (uint32_t)i, .cand = b,
			             .line = from.line + 1, .fit = (uint8_t)t.fit,
			             .ladder = (uint8_t)(ladder > LADDER_COUNTED ? LADDER_COUNTED : ladder),
			             .narrow = from.line >= s->m->narrow_from && from.line < s->m->narrow_to };
		if (ladder >= 2)
			to.cost += COST_SECOND_HYPHEN;
		if (ladder > 0 && s->m->narrow_to > s->m->narrow_from && (to.line == s->m->narrow_from || to.line == s->m->narrow_to))
			to.cost += COST_HYPHEN_AT_TURN;
		if (from.line > 0 && (t.fit - from.fit > 1 || from.fit - t.fit > 1))
			to.cost += COST_FITNESS;
		add_state(s, begin, &to);
	}
}

/* True when the line from a to b cannot be squeezed into any measure, however the ends are cut. */
static bool far_too_wide(const struct search *s, uint32_t a, uint32_t b, sp widest)
{
	const struct cand *ca = &s->p->cands[a], *cb = &s->p->cands[b];
	sp natural = cb->x_end - ca->x_next, spaces = cb->space_end - ca->space_next;
	sp least = natural - spaces * LINE_SHRINK / 1000 - natural * (s->p->style->expansion + s->pass->tracking) / 1000;

	return least > widest + 2 * s->p->style->size;
}

static bool run_pass(struct search *s)
{
	const struct par *p = s->p;
	uint32_t lo = s->from, end = (uint32_t)p->n_cands - 1;
	sp widest = s->m->full > s->m->narrow ? s->m->full : s->m->narrow;

	s->n = 0;
	VEC_ROOM(s->v, s->n, s->cap, 1);
	s->v[s->n++] = (struct state){ .fit = 1, .cand = s->from };
	s->first[0] = 0;
	s->first[1] = 1;
	for (uint32_t b = s->from + 1; b <= end; b++) {
		size_t begin = s->n;
		const struct cand *cb = &p->cands[b];
		bool skip = cb->hard && !s->pass->hard;

		while (lo + 1 < b && far_too_wide(s, lo, b, widest))
			lo++;
		for (uint32_t a = lo; a < b && !skip; a++) {
			bool all_loose = true;

			if (s->first[a - s->from] == s->first[a - s->from + 1])
				continue;
			extend(s, a, b, begin, &all_loose, s->final && a + 1 == b);
			if (all_loose && !s->final)
				break; /* later starts give shorter lines still */
		}
		if (s->final && s->n == begin) /* nothing ends here yet: from the nearest start, whatever it looks like */
			for (uint32_t a = b; a-- > lo && s->n == begin;) {
				bool ignored;

				if (s->first[a - s->from] != s->first[a - s->from + 1])
					extend(s, a, b, begin, &ignored, true);
			}
		prune_counts(s, begin);
		s->first[b - s->from + 1] = (uint32_t)s->n;
		if (cb->kind == BREAK_FORCED)
			lo = b;
		else if (s->n == begin && b - lo > 4000 && !s->final)
			return false;
	}
	return s->first[end - s->from + 1] > s->first[end - s->from];
}

/* The cheapest end state with the wanted count: the best one's plus `more`. */
static const struct state *choose_end(const struct search *s, int more)
{
	uint32_t end = (uint32_t)s->p->n_cands - 1;
	size_t lo = s->first[end - s->from], hi = s->first[end - s->from + 1];
	const struct state *best = &s->v[lo], *wanted = NULL;

	for (size_t i = lo; i < hi; i++) {
		if (s->v[i].cost < best->cost)
			best = &s->v[i];
	}
	if (more == 0)
		return best;
	for (size_t i = lo; i < hi; i++) {
		if (s->v[i].line == best->line + more && (wanted == NULL || s->v[i].cost < wanted->cost))
			wanted = &s->v[i];
	}
	return wanted;
}

static void trace(struct layout *l, const struct search *s, const struct state *end, struct broken *out)
{
	const struct state *st = end;

	out->n = end->line;
	out->cost = end->cost;
	out->overfull = end->cost >= COST_OVERFULL;
	out->v = arena_array(l->lines != NULL ? l->lines : &l->arena, (size_t)out->n, sizeof *out->v);
	for (int i = out->n - 1; i >= 0; i--) {
		const struct state *before = &s->v[st->prev];

		out->v[i] = (struct line){ .from = before->cand, .to = st->cand, .width = measure_of(s, i), .narrow = st->narrow,
			                   .last = s->p->cands[st->cand].kind == BREAK_FORCED,
			                   .expansion = (int16_t)s->p->style->expansion, .tracking = (int16_t)s->pass->tracking,
			                   .cost = st->cost - before->cost };
		st = before;
	}
}

bool line_break(struct layout *l, const struct par *p, uint32_t from, const struct measure *m, int more,
                struct broken *out)
{
	struct search s = { .p = p, .m = m, .from = from, .ragged = p->style->align != SET_JUSTIFY };
	const struct pass *passes = s.ragged ? passes_ragged : passes_justified;
	int n = s.ragged ? (int)(sizeof passes_ragged / sizeof *passes_ragged)
	                 : (int)(sizeof passes_justified / sizeof *passes_justified);
	const struct state *end = NULL;

	memset(out, 0, sizeof *out);
	if (from + 1 >= p->n_cands)
		return true;
	s.first = mem_zalloc(p->n_cands - from + 1, sizeof *s.first);
	for (int i = 0; i < n && end == NULL && (more == 0 || i < 2); i++) {
		s.pass = &passes[i];
		s.final = i == n - 1;
		if (!run_pass(&s))
			continue;
		end = choose_end(&s, more);
		out->pass = i;
		if (end == NULL)
			break;
	}
	if (end != NULL)
		trace(l, &s, end, out);
	mem_free(s.v);
	mem_free(s.first);
	return end != NULL;
}
