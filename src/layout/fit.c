#include "layout/fit.h"

#include "layout/price.h"

enum {
	STEPS = 4,                    /* of the leading, from none to all that the theme allows */
	MOST_DEARER = 1000 * POINT    /* than the free layout: no hole, no widow more is taken for the wish */
};

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

static int rows_of(const struct theme *t)
{
	return t->page.last_line - t->page.first_line + 1;
}

/* Rows of text on the pages behind the n-th; before it: rows that are wanting until there is a page n of a few lines. */
static int lines_over(const struct pages *p, const struct theme *t, int n)
{
	int lines = 0;

	for (size_t i = (size_t)n; i < p->makeup.n_pages; i++)
		lines += rows_of(t) - p->makeup.pages[i].blank;
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

/* The mildest change that gives one of the targets; *theme: with it. 0: none. */
static int find_fit(struct layout *l, const struct pages *free, const int *target, int n, int64_t most, struct theme *theme)
{
	for (int step = 0; step <= STEPS; step++) {
		for (int i = 0; i < n; i++) {
			int change = (int)l->theme->page.fit * step / STEPS * ((int)free->n > target[i] ? -1 : 1);
			struct diag_log log;
			struct pages *p;
			bool fits;

			if (step > 0 && change == 0)
				continue;
			diag_init(&log);
			fit_leading(theme, l->theme, change);
			p = attempt(l, theme, target[i], most, &log);
			fits = p != NULL && (int)p->n == target[i] && p->makeup.best.sum < most;
			pages_free(p);
			diag_free(&log);
			if (fits)
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
	fit_leading(&theme, l->theme, (int)l->theme->page.fit * ((int)free->n > nearest ? -1 : 1));
	p = attempt(l, &theme, 0, 0, &log);
	if (p != NULL) {
		int over = lines_over(p, &theme, nearest);

		diag_error(l->log, "page-count", l->doc->root->pos, "this comes to %d pages; for %d there %s %d lines too %s", (int)free->n,
		           nearest, over == 1 || over == -1 ? "is" : "are", over < 0 ? -over : over, over < 0 ? "few" : "many");
		diag_hint(l->log, "the leading was changed by up to %d.%d %% (theme: page fit)", (int)l->theme->page.fit / 10,
		          (int)l->theme->page.fit % 10);
	}
	pages_free(p);
	diag_free(&log);
}

struct pages *fit_pages(struct layout *l, struct page_wish wish)
{
	struct diag_log log;
	struct pages *free;
	struct theme theme = *l->theme;
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
	found = (int)free->n == target[0] ? 0 : find_fit(l, free, target, n, most, &theme);
	if ((int)free->n != target[0] && found == 0) {
		refuse(l, free, target, n);
		pages_free(free);
		return NULL;
	}
	pages_free(free);
	return attempt(l, &theme, found, most, l->log);
}
