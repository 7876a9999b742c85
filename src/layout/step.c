/* One step of the search for pages: from a layer's states all ends of their next page, or of the next band or column of it, and what
 * those make of the states behind them. See search.c. */
#include <stdlib.h>

#include "base/mem.h"
#include "layout/price.h"
#include "layout/pins.h"
#include "layout/search.h"

enum {
	SHARE_UNDER = 8, SHARE_OVER = 14, /* [rows] around the even share of a band's columns: lines it may go down to */
	SHARE_UNDER_BEAM = 3, SHARE_OVER_BEAM = 5,
	TOGETHER_MOST = 64             /* pages filled at once */
};

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

struct start step_start(const struct search *s, const struct state *st)
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
	search_offer(s, &to, hint);
}

/* quote: beside the text of the step, or -1. */
static void take_end(struct search *s, int32_t parent, const struct end *e, int quote, const struct start *start)
{
	const struct state *from = &s->v[parent];
	struct state to;
	struct seam seams[MOST_SEAMS];
	int n;

	if (from->best.cost + e->cost >= s->bound)
		return;
	n = band_seams(s->p, start, from->page, e, seams);
	to = (struct state){ .pos = e->next, .carry = e->later, .n_carry = e->n_later, .pending = e->pending,
		             .best = { 0, parent, quote, e->quote_y, start->band.last, e->path } };
	memcpy(to.at, from->at, sizeof to.at);
	if (s->p->l->pins != NULL && !pins_pass(s->p->l->pins, from->pos, e->next, from->page, to.at))
		return;
	to.best.cost = from->best.cost + e->cost + pass_quotes(s, from, e, quote, &to);
	for (int i = 0; i < n; i++)
		take_seam(s, from, e, &seams[i], to, seams[i].kind == SEAM_BELOW ? 0 : e->hint);
}

/* States first .. last begin the same page; they differ in the page before alone. */
struct group {
	int32_t first, last;
	struct start start;
	struct fill_options o;
	bool filled;
};

/* What a step from there may cost if its end is to be kept: an end ranks by its costs and by the text it leaves. */
static int64_t most_for_rank(const struct search *s, const struct group *g)
{
	const struct state at = { .pos = g->start.pos };
	int64_t rank = search_hopeless_rank(s), page = rank_of_rows(s, rank_page_height(s->p->l->theme));

	return rank == INT64_MAX ? INT64_MAX : rank - rank_of_rows(s, rank_rows_left(s, &at)) + page + page / 4;
}

static int64_t least_of(const struct search *s, const struct group *g)
{
	int64_t least = INT64_MAX;

	for (int32_t i = g->first; i <= g->last; i++)
		least = s->v[i].best.cost < least ? s->v[i].best.cost : least;
	return least;
}

static void take_ends(struct search *s, const struct group *g, const struct end *v, size_t n, int quote)
{
	for (int32_t i = g->first; i <= g->last; i++) {
		for (size_t k = 0; k < n; k++)
			take_end(s, i, &v[k], quote, &g->start);
	}
}

static void fill_group(struct search *s, struct group *g)
{
	int64_t least = least_of(s, g), most = most_for_rank(s, g);

	most = most < s->bound ? most : s->bound;
	g->o.most = most == INT64_MAX ? INT64_MAX : most - least;
	g->o.quick = s->thrifty;
	fill_ends(s->p, &s->scratch, &g->start, &g->o, &s->fill);
	if (s->fill.seen->least_cut < INT64_MAX)
		search_note_cut(s, least + s->fill.seen->least_cut);
	take_ends(s, g, s->fill.v, s->fill.n, g->o.quote);
}

/* Lines at which the waiting quote may stand, if its paragraph does from top to bottom. False: none. */
static bool find_lines(const struct search *s, const struct start *start, sp top, sp bottom, sp *lo, sp *hi)
{
	const struct theme *t = s->p->l->theme;
	const struct quote *q = &s->p->g->quotes[start->quote];
	sp unit = t->page.unit, first = style_line_y(t, t->page.first_line + t->pullquote.clear), shift;
	sp last = style_line_y(t, t->page.last_line - t->pullquote.clear - q->lines + 1);
	bool turned = q->anchor < start->pos.block;

	s->p->recto = start->recto;
	if (quote_measure(s->p, q, 0, 0, &shift) < t->pullquote.min_measure)
		return false;
	*lo = turned ? first : top - s->window * unit;
	*hi = turned ? first + 2 * s->window * unit : bottom + s->window * unit;
	/* on the lines of the grid */
	*lo = *lo < first ? first : *lo - (*lo - first) % (unit * s->step);
	*hi = *hi < last ? *hi : last;
	return *lo <= *hi;
}

/* The waiting quote at the lines near its paragraph. False: none of them gives a page. */
static bool try_quote(struct search *s, struct group *g, sp top, sp bottom)
{
	const struct theme *t = s->p->l->theme;
	sp unit = t->page.unit, lo, hi;
	bool found = false;

	if (!find_lines(s, &g->start, top, bottom, &lo, &hi))
		return false;
	g->o.quote = g->start.quote;
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
		const struct block *b;

		block = s->band_end[block];
		b = block < (int)g->n ? &g->v[block] : NULL;
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

/* The watched quote's paragraph is on the page, from top on, or before it. */
static bool may_quote(const struct search *s, const struct group *g, sp top)
{
	const struct galley *gal = s->p->g;

	return g->start.quote < (int)gal->n_quotes && (top > 0 || gal->quotes[g->start.quote].anchor < g->start.pos.block);
}

static bool quotes_begun(const struct search *s, const struct group *g)
{
	return s->v[g->first].page >= s->p->l->theme->pullquote.first_page;
}

static int watched(const struct search *s, const struct group *g)
{
	return g->start.quote < (int)s->p->g->n_quotes ? g->start.quote : -1;
}

static void expand(struct search *s, struct group *g)
{
	bool placed = false;
	sp top, bottom;

	if (s->p->l->theme->cols.n > 1) {
		expand_columns(s, g);
		return;
	}
	g->o.watch = watched(s, g);
	g->o.column = !s->thrifty;
	fill_group(s, g);
	top = s->fill.seen->anchor_top;
	bottom = s->fill.seen->anchor_bottom;
	g->o.watch = -1;
	if (quotes_begun(s, g) && may_quote(s, g, top))
		placed = try_quote(s, g, top, bottom);
	if (!placed && s->thrifty && may_quote(s, g, top)) {
		g->o.column = true;
		g->o.quote = -1;
		fill_group(s, g);
	}
}

/* ---- pages filled together --------------------------------------------------------------------------------------------
 *
 * An exact search has many states a layer, and their pages hold mostly the same text, at a few lines more or less from the top: so those
 * that owe the same are filled together. Their ends are taken in the order in which they would come one by one. */

struct found {
	int32_t group;
	bool quoted;
	struct end end;
};

struct layer {
	struct group *v;
	int32_t n;
	struct found *found;
	size_t n_found, cap_found;
	/* those at work */
	int32_t at[TOGETHER_MOST];
	struct start start[TOGETHER_MOST];
	int64_t most[TOGETHER_MOST];
	int n_at;
};

bool step_joins(const struct search *s)
{
	const struct theme *t = s->p->l->theme;

	return t->cols.n == 1 && !t->note.in_margin;
}

static bool owe_the_same(const struct start *a, const struct start *b)
{
	return a->n_carry == 0 && b->n_carry == 0 && a->pending == b->pending && a->quote == b->quote && a->recto == b->recto &&
	       a->band.top == b->band.top && a->band.last == b->band.last;
}

static void join(const struct search *s, struct layer *l, int32_t group)
{
	const struct group *g = &l->v[group];

	l->at[l->n_at] = group;
	l->start[l->n_at] = g->start;
	l->most[l->n_at++] = s->bound == INT64_MAX ? INT64_MAX : s->bound - least_of(s, g);
}

/* Those at work, with the options of each of them. */
static void fill_joined(struct search *s, struct layer *l, const struct fill_options *o)
{
	fill_together(s->p, &s->scratch, l->start, l->most, l->n_at, o, &s->fill);
	for (int i = 0; i < l->n_at; i++) {
		if (s->fill.seen[i].least_cut < INT64_MAX)
			search_note_cut(s, least_of(s, &l->v[l->at[i]]) + s->fill.seen[i].least_cut);
	}
	VEC_ROOM(l->found, l->n_found, l->cap_found, s->fill.n);
	for (size_t i = 0; i < s->fill.n; i++)
		l->found[l->n_found++] = (struct found){ l->at[s->fill.v[i].start], o->quote >= 0, s->fill.v[i] };
}

/* With the waiting quote beside the text: those of the groups first .. last - 1 for which it may stand at the same lines, each marked. */
static void fill_quoted(struct search *s, struct layer *l, const int32_t *v, int n, sp (*lines)[2])
{
	for (int i = 0; i < n; i++) {
		struct fill_options o = { .quote = l->v[v[i]].start.quote, .watch = -1, .column = true, .quote_y = lines[i][0],
			                  .quote_last = lines[i][1], .quote_step = s->p->l->theme->page.unit * s->step };

		if (lines[i][0] > lines[i][1])
			continue;
		l->n_at = 0;
		for (int k = i; k < n; k++) {
			if (lines[k][0] != o.quote_y || lines[k][1] != o.quote_last)
				continue;
			join(s, l, v[k]);
			lines[k][0] = 1;
			lines[k][1] = 0;
		}
		fill_joined(s, l, &o);
	}
}

/* A group and those behind it that owe the same. */
static void expand_joined(struct search *s, struct layer *l, int32_t group)
{
	const struct group *g = &l->v[group];
	struct fill_options o = { .quote = -1, .watch = watched(s, g), .column = true };
	int32_t v[TOGETHER_MOST];
	sp lines[TOGETHER_MOST][2];
	int n = 0;

	l->n_at = 0;
	for (int32_t i = group; i < l->n && l->n_at < TOGETHER_MOST; i++) {
		if (l->v[i].filled || (i != group && !owe_the_same(&g->start, &l->v[i].start)))
			continue;
		join(s, l, i);
		l->v[i].filled = true;
	}
	fill_joined(s, l, &o);
	for (int i = 0; i < l->n_at; i++) {
		const struct group *at = &l->v[l->at[i]];
		const struct seen *seen = &s->fill.seen[i];

		if (quotes_begun(s, at) && may_quote(s, at, seen->anchor_top) &&
		    find_lines(s, &at->start, seen->anchor_top, seen->anchor_bottom, &lines[n][0], &lines[n][1]))
			v[n++] = l->at[i];
	}
	fill_quoted(s, l, v, n, lines);
}

/* Group by group, without a quote first: as they would come one by one. */
static void take_found(struct search *s, const struct layer *l)
{
	size_t n_keys = 2 * (size_t)l->n, *from = mem_zalloc(n_keys + 1, sizeof *from), *order = mem_zalloc(l->n_found, sizeof *order);

	for (size_t i = 0; i < l->n_found; i++)
		from[2 * (size_t)l->found[i].group + l->found[i].quoted + 1]++;
	for (size_t k = 0; k < n_keys; k++)
		from[k + 1] += from[k];
	for (size_t i = 0; i < l->n_found; i++)
		order[from[2 * (size_t)l->found[i].group + l->found[i].quoted]++] = i;
	for (size_t k = 0, i = 0; k < n_keys; k++) {
		const struct group *g = &l->v[k / 2];

		for (int32_t at = g->first; at <= g->last; at++) {
			for (size_t e = i; e < from[k]; e++)
				take_end(s, at, &l->found[order[e]].end, k % 2 == 1 ? g->start.quote : -1, &g->start);
		}
		i = from[k];
	}
	mem_free(from);
	mem_free(order);
}

static void expand_together(struct search *s, struct layer *l)
{
	for (int32_t i = 0; i < l->n && !s->gave_up; i++) {
		if (!l->v[i].filled)
			expand_joined(s, l, i);
		s->gave_up = s->most_work > 0 && s->p->n_put > s->most_work;
	}
	if (!s->gave_up && l->n_found > 0)
		take_found(s, l);
}

/* ---- a layer ------------------------------------------------------------------------------------------------------------ */

void step_layer(struct search *s, int32_t begin, int32_t end)
{
	struct layer l = { .v = mem_zalloc((size_t)(end - begin), sizeof *l.v) };

	for (int32_t i = begin, k; i < end; i = k) {
		for (k = i + 1; k < end && rank_by_place(&s->v[i], &s->v[k]) == 0;)
			k++;
		l.v[l.n++] = (struct group){ i, k - 1, step_start(s, &s->v[i]), { .quote = -1 }, false };
	}
	if (s->mode == PAGINATE_EXACT && step_joins(s)) {
		expand_together(s, &l);
	} else {
		for (int32_t i = 0; i < l.n && !s->gave_up; i++) {
			expand(s, &l.v[i]);
			s->gave_up = s->most_work > 0 && s->p->n_put > s->most_work;
		}
	}
	mem_free(l.v);
	mem_free(l.found);
}
