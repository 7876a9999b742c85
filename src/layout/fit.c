#include "layout/fit.h"

#include "layout/price.h"

enum { MOST_DEARER = 4000 * POINT }; /* than the free layout: a hole at a foot may be taken for the wish, a widow never */

/* What is spent, mildest first: quarters of all that the theme allows. */
static const struct slack { int leading, tracking, quotes; } slacks[] = {
	{ 0, 0, 0 }, { 1, 0, 0 }, { 2, 0, 0 }, { 3, 0, 0 }, { 4, 0, 0 }, { 4, 2, 0 }, { 4, 4, 0 }, { 4, 4, 2 }, { 4, 4, 4 },
};
enum { SLACKS = sizeof slacks / sizeof *slacks, ALL = 4, LOOK_AHEAD = 2 /* from there on */ };

void fit_leading(struct theme *t, const struct theme *from, int change)
{
	sp unit = from->page.unit + from->page.unit * change / 1000;
	sp first = style_line_y(from, from->page.first_line), last = style_line_y(from, from->page.last_line);

	*t = *from;
	t->page.unit = unit;
	t->page.origin = first - unit * from->page.first_line;
	t->page.last_line = from->page.first_line + (int)((last - first + SP_ONE / 100) / unit);
	for (int i = 0; i < PS_COUNT; i++) {
		if (from->par[i].leading == from->page.unit)
			t->par[i].leading = unit;
	}
}

static struct makeup_spent spent_of(const struct theme *t, const struct slack *s, bool more)
{
	int sign = more ? 1 : -1;

	return (struct makeup_spent){ .leading = sign * (int)t->page.fit * s->leading / ALL,
		                      .tracking = sign * (int)t->page.fit_tracking * s->tracking / ALL,
		                      .quotes = sign * (int)t->pullquote.fit * s->quotes / ALL };
}

/* The theme with some of its slack spent on more pages, or on fewer. */
static void spend(struct theme *t, const struct theme *from, const struct slack *slack, bool more)
{
	struct makeup_spent s = spent_of(from, slack, more);

	fit_leading(t, from, s.leading);
	for (int i = 0; i < PS_COUNT; i++) {
		if (from->par[i].align == SET_JUSTIFY && from->par[i].leading == from->page.unit)
			t->par[i].tracking += s.tracking;
	}
	t->pullquote.wider = s.quotes;
}

/* The step spends more than the one before it. */
static bool spends_more(const struct theme *t, int step)
{
	const struct slack *s = &slacks[step], *b = &slacks[step > 0 ? step - 1 : 0];

	return step == 0 || (s->leading > b->leading && t->page.fit > 0) || (s->tracking > b->tracking && t->page.fit_tracking > 0) ||
	       (s->quotes > b->quotes && t->pullquote.fit > 0);
}

static int rows_of(const struct theme *t)
{
	return t->page.last_line - t->page.first_line + 1;
}

/* How many rows what stands on the last page takes from its foot up. */
static int imprint_rows(const struct pages *p, const struct theme *t)
{
	const struct page *page = &p->v[p->n - 1];
	sp last = style_line_y(t, t->page.last_line), top = last;

	for (size_t i = 0; i < page->n; i++) {
		if (page->items[i].role == ROLE_CONTENT && page->items[i].y < top)
			top = page->items[i].y;
	}
	return (int)((last - top) / t->page.unit) + 2;
}

/* Rows of text on the pages behind the n-th; before it: rows that are wanting until there is a page n of a few lines. */
static int lines_over(const struct pages *p, const struct theme *t, int n)
{
	int lines = 0;

	for (size_t i = (size_t)n; i < p->makeup.n_pages; i++)
		lines += rows_of(t) - p->makeup.pages[i].blank;
	if (lines == 0 && (int)p->n > n && p->n > p->makeup.n_pages && p->makeup.n_pages > 0) /* the imprint alone is left over */
		lines = imprint_rows(p, t) - p->makeup.pages[p->makeup.n_pages - 1].blank;
	if (lines < 1 && (int)p->n > n && p->n > p->makeup.n_pages)
		lines = 1;
	if ((int)p->n < n && p->makeup.n_pages > 0)
		lines = -(p->makeup.pages[p->makeup.n_pages - 1].blank + (n - 1 - (int)p->n) * rows_of(t) + LAST_FEW);
	return lines;
}

/* One layout with a log of its own. */
static struct pages *attempt(struct layout *l, const struct theme *t, int want, int64_t most_cost, struct diag_log *log)
{
	struct layout try = *l;
	struct pages *p;

	try.theme = t;
	try.want = want;
	try.most_cost = most_cost;
	try.log = log;
	p = layout_run(&try);
	l->failed = l->failed || (try.failed && !try.missed);
	return p;
}

/* What a wish makes of a free number of pages: the nearest ones, the larger first. */
static int targets_of(struct page_wish wish, int free, int target[2])
{
	int up = (free + wish.n - 1) / wish.n * wish.n;

	target[0] = wish.multiple ? up : wish.n;
	if (!wish.multiple || up == free || up == wish.n)
		return 1;
	target[1] = up - wish.n;
	return 2;
}

/* Whether the target is to be had by spending so much, in *theme. */
static bool fits_by(struct layout *l, const struct pages *free, int step, int target, int64_t most, struct theme *theme)
{
	struct diag_log log;
	struct pages *p;
	bool fits;

	diag_init(&log);
	spend(theme, l->theme, &slacks[step], (int)free->n < target);
	p = attempt(l, theme, target, most, &log);
	fits = p != NULL && (int)p->n == target && p->makeup.best.sum < most;
	pages_free(p);
	diag_free(&log);
	return fits;
}

/* All that there is to spend is enough, or too much: else less of it leaves the document farther from the target still. */
static bool is_within_reach(struct layout *l, const struct pages *free, int target, int64_t most)
{
	struct diag_log log;
	struct theme theme;
	struct pages *p;
	bool within;

	if (fits_by(l, free, SLACKS - 1, target, most, &theme))
		return true;
	diag_init(&log);
	p = attempt(l, &theme, 0, 0, &log);
	within = p == NULL || ((int)free->n < target ? (int)p->n >= target : (int)p->n <= target);
	pages_free(p);
	diag_free(&log);
	return within;
}

/* The mildest change that gives one of the targets; *theme: with it, *spent: what it is. 0: none. */
static int find_fit(struct layout *l, const struct pages *free, const int *target, int n, int64_t most, struct theme *theme,
                    struct makeup_spent *spent)
{
	bool lost[2] = { false, false };

	for (int step = 0; step < SLACKS; step++) {
		for (int i = 0; i < n && spends_more(l->theme, step); i++) {
			lost[i] = lost[i] || (step == LOOK_AHEAD && !is_within_reach(l, free, target[i], most));
			if (lost[i] || !fits_by(l, free, step, target[i], most, theme))
				continue;
			*spent = spent_of(l->theme, &slacks[step], (int)free->n < target[i]);
			return target[i];
		}
	}
	return 0;
}

static void refuse(struct layout *l, const struct pages *free, const int *target, int n)
{
	struct theme theme;
	struct diag_log log;
	struct pages *p;
	int nearest = target[0];

	if (n > 1 && target[0] - (int)free->n > (int)free->n - target[1])
		nearest = target[1];
	diag_init(&log);
	spend(&theme, l->theme, &slacks[SLACKS - 1], (int)free->n < nearest);
	p = attempt(l, &theme, 0, 0, &log);
	if (p != NULL) {
		int over = lines_over(p, &theme, nearest);

		if (over == 0)
			diag_error(l->log, "page-count", l->doc->root->pos, "this comes to %d page%s; %d are to be had only with widows, or holes "
			           "at the feet of pages", (int)free->n, free->n == 1 ? "" : "s", nearest);
		else
			diag_error(l->log, "page-count", l->doc->root->pos, "this comes to %d page%s; for %d there %s %d line%s too %s", (int)free->n,
			           free->n == 1 ? "" : "s", nearest, over == 1 || over == -1 ? "is" : "are", over < 0 ? -over : over,
			           over == 1 || over == -1 ? "" : "s", over < 0 ? "few" : "many");
		diag_hint(l->log, "with all that the theme allows: leading %d.%d %% and letterspacing 0.%03d em (page fit, fit-tracking), "
		          "width of pull quotes %d.%d %% (pullquote fit)", (int)l->theme->page.fit / 10, (int)l->theme->page.fit % 10,
		          (int)l->theme->page.fit_tracking, (int)l->theme->pullquote.fit / 10, (int)l->theme->pullquote.fit % 10);
	}
	pages_free(p);
	diag_free(&log);
}

struct pages *fit_pages(struct layout *l, struct page_wish wish)
{
	struct diag_log log;
	struct pages *free;
	struct theme theme = *l->theme;
	struct makeup_spent spent = { 0, 0, 0 };
	int target[2], n, found;
	int64_t most;

	diag_init(&log);
	free = attempt(l, l->theme, 0, 0, &log);
	diag_free(&log);
	if (free == NULL) {
		l->failed = false;
		return layout_run(l); /* it will say why */
	}
	most = free->makeup.best.sum + MOST_DEARER;
	n = targets_of(wish, (int)free->n, target);
	found = (int)free->n == target[0] ? 0 : find_fit(l, free, target, n, most, &theme, &spent);
	if ((int)free->n != target[0] && found == 0) {
		refuse(l, free, target, n);
		pages_free(free);
		return NULL;
	}
	pages_free(free);
	free = attempt(l, &theme, found, most, l->log);
	if (free != NULL)
		free->makeup.spent = spent;
	return free;
}
