#include "layout/linecost.h"

#include "layout/squares.h"

#define Q ((int64_t)65536)

enum {
	MOST = LINE_MOST_TRACKING,
	PRICE_HYPHEN = 280, PRICE_OWN_HYPHEN = 130, PRICE_JOINT = 100, PRICE_HYPHEN_RAGGED = 250,
	PRICE_CLOSED = 1000,       /* lang's: binds dearer than this are closed */
	COST_BALANCE = 100000000,  /* as few lines as can be; among those the most even */
	SCRAP_LETTERS = 5,
	LINE_MOST_X = 300,
	LAST_SQUARES = 25,         /* [1/10 em] two and the half of a stop */
	NARROW_EM = 34,            /* [em] a measure under this is a narrow column: no 60 letters a line */
	HOLES_EM = 30              /* [em] in one of this and more a line is rather short than full of holes */
};

/* gap limits 0.36 (LINE_FULL_GAP), 0.41, 0.49, 0.83 em of a 0.243 em space, whose stretch unit is 0.097 em: dear hyphens and
 * letterspacing come before spaces that are seen as holes, and lines left short before binds. Letterspacing of one percent of
 * the line is there from the first (a twentieth of a point a letter): with the expansion of 2 percent it is all that letters may
 * give unseen. The gap that is seen is a letter's spacing wider than the space: so the limit is a little under one and a half. */
static const struct line_pass wide[] = {
	{ 1200, 2, LEVEL_FREE, LINE_TRACKING }, { 1200, 2, LEVEL_HYPHEN, LINE_TRACKING }, { 1200, 2, LEVEL_HYPHEN, 12 },
	{ 1710, 2, LEVEL_HYPHEN, 12 }, { 2530, 2, LEVEL_HYPHEN, MOST }, { 6000, 2, LEVEL_HYPHEN, MOST }, { 6000, 3, LEVEL_BIND, MOST },
	{ 6000, 4, LEVEL_CLOSED, MOST }, { 0, 100, LEVEL_CLOSED, 10 },
};
/* in narrow columns a third hyphen in a row helps most, after dearer ones and letterspacing; then binds */
static const struct line_pass narrow[] = {
	{ 1200, 2, LEVEL_FREE, LINE_TRACKING }, { 1200, 2, LEVEL_HYPHEN, LINE_TRACKING }, { 1200, 2, LEVEL_HYPHEN, MOST },
	{ 1900, 2, LEVEL_HYPHEN, MOST }, { 2530, 2, LEVEL_HYPHEN, MOST }, { 2530, 3, LEVEL_HYPHEN, MOST },
	{ 6000, 3, LEVEL_HYPHEN, MOST }, { 6000, 3, LEVEL_BIND, MOST }, { 6000, 4, LEVEL_CLOSED, MOST }, { 0, 100, LEVEL_CLOSED, 10 },
};
/* letters that join give nothing, and there is nothing to divide (T-61): spaces alone */
static const struct line_pass joined[] = {
	{ 1710, 2, LEVEL_FREE, 0 }, { 2530, 2, LEVEL_HYPHEN, 0 }, { 4000, 2, LEVEL_HYPHEN, 0 }, { 4000, 3, LEVEL_BIND, 0 },
	{ 4000, 4, LEVEL_CLOSED, 0 }, { 0, 100, LEVEL_CLOSED, 0 },
};
static const struct line_pass ragged[] = {
	{ 5000, 2, LEVEL_FREE, 0 }, { 100000, 2, LEVEL_FREE, 0 }, { 100000, 3, LEVEL_HYPHEN, 0 }, { 0, 100, LEVEL_CLOSED, 0 },
};
/* squares (T-57): a gap of 0.06, 0.12, 0.24 em between any two of them; x counts by 0.03 em */
static const struct line_pass squares[] = {
	{ 2000, 2, LEVEL_FREE, 0 }, { 4000, 2, LEVEL_HYPHEN, 0 }, { 8000, 3, LEVEL_BIND, 0 }, { 0, 100, LEVEL_CLOSED, 0 },
};

const struct line_pass *line_passes(const struct par *p, sp measure, int *n)
{
	const struct par_style *st = p->style;

	if (st->align != SET_JUSTIFY) {
		*n = (int)(sizeof ragged / sizeof *ragged);
		return ragged;
	}
	if (p->gives != NULL) {
		*n = (int)(sizeof squares / sizeof *squares);
		return squares;
	}
	if (p->joined) {
		*n = (int)(sizeof joined / sizeof *joined);
		return joined;
	}
	if (measure < NARROW_EM * st->size) {
		*n = (int)(sizeof narrow / sizeof *narrow);
		return narrow;
	}
	*n = (int)(sizeof wide / sizeof *wide);
	return wide;
}

bool line_is_hyphen(const struct cand *c)
{
	return c->kind == BREAK_HYPHEN || c->kind == BREAK_OWN_HYPHEN;
}

int64_t line_row_price(unsigned hyphens)
{
	return (hyphens > 1 ? (int64_t)(hyphens - 1) * COST_SECOND_HYPHEN : 0) + (hyphens > 2 ? (int64_t)(hyphens - 2) * COST_LADDER : 0);
}

static bool line_is_half_word(const struct cand *a, const struct cand *b)
{
	return line_is_hyphen(a) && b->space_end <= a->space_next;
}

bool line_is_scrap(const struct cand *a, const struct cand *b)
{
	return line_is_hyphen(a) && (a->letters_after < SCRAP_LETTERS + 1 || line_is_half_word(a, b));
}

enum line_level line_level(const struct cand *c)
{
	if (!c->hard)
		return LEVEL_FREE;
	if (c->price >= PRICE_CLOSED)
		return LEVEL_CLOSED;
	return c->kind == BREAK_SPACE ? LEVEL_BIND : LEVEL_HYPHEN;
}

static bool share_wide(int64_t d, int64_t g, int64_t c, int64_t den, int64_t *x, int64_t *y)
{
	__extension__ typedef __int128 wide_int;
	const int64_t tightest = -(1000 - LINE_LEAST_GAP) * Q / LINE_SHRINK;

	*x = (int64_t)((wide_int)d * g * Q / den);
	*y = (int64_t)((wide_int)d * 10 * c * Q / den);
	if (*y > Q || *y < -Q) {
		*y = *y > 0 ? Q : -Q;
		*x = (int64_t)(((wide_int)d * Q - (wide_int)*y * c) / g);
	}
	if (*x < tightest) {
		int64_t taken = g * -tightest / Q;

		*x = tightest;
		*y = c > 0 ? (int64_t)((wide_int)(d + taken) * Q / c) : 0;
		return c > 0 ? *y >= -Q : d + taken >= 0;
	}
	return true;
}

/* The same where nothing can overflow: any line of a page. */
static bool share_page(int64_t d, int64_t g, int64_t c, int64_t den, int64_t *x, int64_t *y)
{
	const int64_t tightest = -(1000 - LINE_LEAST_GAP) * Q / LINE_SHRINK;

	*x = d * g * Q / den;
	*y = d * 10 * c * Q / den;
	if (*y > Q || *y < -Q) {
		*y = *y > 0 ? Q : -Q;
		*x = (d * Q - *y * c) / g;
	}
	if (*x < tightest) {
		int64_t taken = g * -tightest / Q;

		*x = tightest;
		*y = c > 0 ? (d + taken) * Q / c : 0;
		return c > 0 ? *y >= -Q : d + taken >= 0;
	}
	return true;
}

bool line_share(sp d, sp spaces, sp ink, int limit, int64_t *x, int64_t *y)
{
	/* in 1/64 sp the squares fit 64 bits for any line under 16,000 pt */
	int64_t dd = d / 64, g = (d >= 0 ? LINE_STRETCH : LINE_SHRINK) * (spaces / 64) / 1000, c = ink / 64 * limit / 1000;
	const int64_t small = 1 << 21;
	bool fits;

	if (g < 1)
		g = 1;
	if (c < 0)
		c = 0;
	if (dd < small && dd > -small && g < small && c < small / 16)
		fits = share_page(dd, g, c, g * g + 10 * c * c, x, y);
	else
		fits = share_wide(dd, g, c, g * g + 10 * c * c, x, y);
	if (*x > LINE_MOST_X * Q)
		*x = LINE_MOST_X * Q;
	return fits;
}

bool line_is_ragged(const struct par *p, int64_t x)
{
	return !p->joined && x > (LINE_RAGGED_GAP - 1000) * Q / LINE_STRETCH;
}

sp line_most_spaces(const struct par *p, sp width, sp spaces)
{
	bool limited = !p->joined && width >= HOLES_EM * p->style->size;

	return limited ? unit_scale(spaces, LINE_FULL_GAP, 1000) : INT64_MAX;
}

bool line_is_nearly_full(const struct par *p, sp d)
{
	return d > 0 && d < p->style->size && p->style->align == SET_JUSTIFY && !p->has_forced && p->gives == NULL;
}

bool line_may_fill(int64_t x)
{
	return x <= (LINE_LOOSE_GAP - 1000) * Q / LINE_STRETCH;
}

int64_t line_end_price(const struct par_style *st, const struct cand *b)
{
	int64_t price = b->price;

	switch (b->kind) {
	case BREAK_HYPHEN: price += st->align != SET_JUSTIFY ? PRICE_HYPHEN_RAGGED : PRICE_HYPHEN; break;
	case BREAK_OWN_HYPHEN: price += PRICE_OWN_HYPHEN; break;
	case BREAK_JOINT: price += PRICE_JOINT; break;
	default: break;
	}
	return price * price;
}

bool line_stacks(const struct par *p, const struct cand *a, const struct cand *b)
{
	if (a == p->cands || b == p->cands + p->n_cands - 1)
		return false;
	return (a->word_end != 0 && a->word_end == b->word_end) || (a->word_next != 0 && a->word_next == b->word_next);
}

sp line_least_last(const struct par *p, sp width)
{
	sp indent = p->style->indent * 3 / 2;

	if (p->gives != NULL) /* two characters at least */
		return p->style->size * LAST_SQUARES / 10;
	return indent > width / 8 ? indent : width / 8;
}

/* T-66: a last line covers the next one's indent; T-34: it is no scrap of a word, nor half a word alone. */
static int64_t last_price(const struct par *p, const struct cand *a, const struct cand *b, sp natural, sp width)
{
	const struct par_style *st = p->style;
	sp least = line_least_last(p, width);
	int64_t cost = 0;

	if (natural < least && !st->balance && !p->has_forced)
		cost += COST_SHORT_LAST;
	if (line_is_hyphen(a)) {
		cost += COST_HYPHEN_BEFORE_LAST;
		if (line_is_scrap(a, b))
			cost += COST_SCRAP_LAST;
		if (line_is_half_word(a, b))
			cost += st->align != SET_JUSTIFY ? COST_HALF_LAST_FLUSH : COST_HALF_LAST;
	}
	return cost;
}

static int64_t cost_of(int64_t x, int64_t y)
{
	int64_t q = (x * x + y * y / 10) / Q * 100 / Q + COST_LINE;

	return q * q;
}

/* T-57: a last line has two characters at least; T-66. */
static int64_t last_square_price(const struct par *p, sp natural)
{
	return natural < line_least_last(p, 0) && !p->style->balance && !p->has_forced ? 10 * COST_SHORT_LAST : 0;
}

/* The same for a line of squares. */
static struct line_trial try_squares(const struct par *p, const struct line_pass *pass, const struct cand *a, const struct cand *b,
                                     sp width)
{
	const struct par_style *st = p->style;
	bool last = b->kind == BREAK_FORCED, flush = st->align != SET_JUSTIFY;
	sp natural = b->x_end - a->x_next + a->d_start + b->d_end, d = squares_measure(p, width) - natural;
	struct line_trial t = { .fit = 1 };
	int64_t x = 0;

	if (flush ? d < 0 : !squares_share(d, squares_between(p, a, b), &x))
		return t;
	if (flush && (!last || st->balance))
		x = width > 0 ? d / 64 * Q / (width / 64 * 15 / 100 + 1) : 0;
	if (!flush && last && x > 0)
		x = 0;
	if (x > LINE_MOST_X * Q)
		x = LINE_MOST_X * Q;
	if (!flush)
		t.fit = x < -Q / 2 ? 0 : x < Q / 2 ? 1 : x < Q ? 2 : 3;
	t.possible = true;
	t.loose = pass->loosest > 0 && x > pass->loosest * Q / 1000;
	t.cost = cost_of(x, 0) + (last ? last_square_price(p, natural) : 0) + (st->balance ? COST_BALANCE : 0);
	return t;
}

struct line_trial line_try(const struct par *p, const struct line_pass *pass, const struct cand *a, const struct cand *b,
                           sp width)
{
	const struct par_style *st = p->style;
	bool last = b->kind == BREAK_FORCED, flush = st->align != SET_JUSTIFY;
	sp natural = b->x_end - a->x_next + a->d_start + b->d_end - a->hang_next - b->hang_end, d = width - natural;
	sp spaces = b->space_end - a->space_next;
	struct line_trial t = { .fit = 1 };
	int64_t x = 0, y = 0;

	if (p->gives != NULL)
		return try_squares(p, pass, a, b, width);
	if (spaces < 0)
		spaces = 0;
	if (flush || (last && d >= 0 && !line_is_nearly_full(p, d))) {
		if (d < 0)
			return t;
		if (flush && (!last || st->balance)) {
			x = width > 0 ? d / 64 * Q / (width / 64 * 15 / 100 + 1) : 0;
			if (x > LINE_MOST_X * Q)
				x = LINE_MOST_X * Q;
		}
	} else {
		if (!line_share(d, spaces, natural - spaces, st->expansion + pass->tracking, &x, &y))
			return t;
		t.fit = x < -Q / 2 ? 0 : x < Q / 2 ? 1 : x < Q ? 2 : 3;
	}
	if (last && d > 0 && !flush && !line_may_fill(x)) { /* neither full nor short: one word that nearly fills it */
		x = y = 0;
		t.fit = 1;
		t.cost = COST_NEARLY_FULL;
	}
	t.possible = true;
	t.loose = pass->loosest > 0 && x > pass->loosest * Q / 1000;
	t.cost += cost_of(x, y);
	if (!flush && x > (LINE_OPEN_GAP - 1000) * Q / LINE_STRETCH)
		t.cost += line_may_fill(x) ? COST_OPEN : COST_OPEN + COST_LOOSE;
	if (last)
		t.cost += last_price(p, a, b, natural, width);
	if (st->balance)
		t.cost += COST_BALANCE;
	return t;
}
