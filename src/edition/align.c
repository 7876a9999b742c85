#include "edition/align.h"

#include <string.h>

#include "base/crew.h"
#include "base/mem.h"

enum {
	STEPS = 4,                   /* of the leading, from none to all that the theme allows */
	PRICE_STEP = 20 * 100,       /* [1/100 point] times the square of the step: tried where paragraphs alone do not do */
	MOST_DEARER = 2500 * 100,    /* than an edition's free layout */
	HEADING_ROWS = 5             /* a heading and the text that must follow it on its page */
};

/* A way to set one edition. */
struct choice {
	uint8_t page[MOST_PINS];
	int64_t cost;                /* of the layout */
	int64_t price;               /* and of its leading */
	int leading;                 /* [1/1000] */
};
struct ways {
	struct edition *edition;
	struct page_pins *pins;
	struct choice *v;
	size_t n, cap;
	struct pin_ways free;        /* at the theme's leading; its ways are in v */
	bool failed;                 /* a layout could not be made */
};

/* ---- places ---------------------------------------------------------------------------------------------- */

static bool add_place(struct ways *w, const struct node *n)
{
	if (w->pins->n == MOST_PINS) {
		diag_error(w->edition->log, "align-place", n->pos, "more than %d places cannot be aligned", MOST_PINS);
		return false;
	}
	w->pins->node[w->pins->n++] = n;
	return true;
}

static bool add_divisions(struct ways *w)
{
	for (const struct node *n = w->edition->doc->root->first; n != NULL; n = n->next)
		if (n->kind == N_DIVISION && !add_place(w, n))
			return false;
	return true;
}

static bool add_ids(struct ways *w, const char *ids)
{
	for (const char *p = ids; *p != '\0';) {
		size_t len = strcspn(p, ",");
		const struct node *n = strmap_lookup(&w->edition->doc->ids, p, len);

		if (n == NULL) {
			diag_error(w->edition->log, "align-place", w->edition->doc->root->pos, "no place has the xml:id \"%.*s\"", (int)len, p);
			return false;
		}
		if (!add_place(w, n))
			return false;
		p += len + (p[len] == ',');
	}
	return true;
}

static bool find_places(struct ways *w, struct edition *e, const char *ids)
{
	*w = (struct ways){ .edition = e, .pins = ARENA_NEW(&e->arena, struct page_pins) };
	return ids != NULL ? add_ids(w, ids) : add_divisions(w);
}

/* ---- ways ------------------------------------------------------------------------------------------------- */

static bool add_ways(struct ways *w, int step)
{
	struct edition *e = w->edition;
	int leading = (int)e->theme->page.fit * step / STEPS;
	const struct layout_options lo = { .paginate = e->options->paginate, .allow_missing_glyphs = e->options->allow_missing_glyphs,
		                               .pins = w->pins, .leading = leading };
	struct diag_log quiet; /* the chosen layout will say it all again */
	struct pin_ways found;
	bool ok;

	if (step != 0 && leading == 0)
		return true;
	diag_init(&quiet);
	ok = layout_survey(e->doc, e->theme, e->fonts, e->shaper, e->langs, &lo, MOST_DEARER, &found, &quiet);
	diag_free(&quiet);
	VEC_ROOM(w->v, w->n, w->cap, found.n);
	for (size_t i = 0; i < found.n; i++) {
		struct choice *c = &w->v[w->n++];

		memcpy(c->page, found.v[i].page, sizeof c->page);
		c->cost = found.v[i].cost;
		c->price = (int64_t)PRICE_STEP * step * step;
		c->leading = leading;
	}
	mem_free(found.v);
	found.v = NULL;
	if (step == 0)
		w->free = found;
	return ok;
}

/* The edition's cheapest way with the first `places` pages as in `page`, or NULL. */
static const struct choice *cheapest(const struct ways *w, const uint8_t *page, int places)
{
	const struct choice *best = NULL;

	for (size_t i = 0; i < w->n; i++) {
		const struct choice *c = &w->v[i];

		if (memcmp(c->page, page, (size_t)places) == 0 && (best == NULL || c->cost + c->price < best->cost + best->price))
			best = c;
	}
	return best;
}

/* Of the first edition's ways the one whose first `places` pages all can have at the least sum, or NULL. */
static const struct choice *find_common(const struct ways *w, int n, int places)
{
	const struct choice *best = NULL;
	int64_t least = INT64_MAX;

	for (size_t i = 0; i < w[0].n; i++) {
		int64_t sum = 0;
		int k;

		for (k = 0; k < n; k++) {
			const struct choice *c = cheapest(&w[k], w[0].v[i].page, places);

			if (c == NULL)
				break;
			sum += c->cost + c->price - w[k].free.least;
		}
		if (k == n && (sum < least || (sum == least && memcmp(w[0].v[i].page, best->page, sizeof best->page) < 0))) {
			least = sum;
			best = &w[0].v[i];
		}
	}
	return best;
}

/* ---- what came of it ------------------------------------------------------------------------------------- */

/* Rows that a place would have to be moved down (up: less than 0) from where it stands freely to be on the page. */
static int rows_off(const struct ways *w, int place, int page)
{
	const struct theme *t = w->edition->theme;
	int rows = (int)(w->free.height / w->free.row), at = w->free.free[place].page;
	int row = (int)((w->free.free[place].y - style_line_y(t, t->page.first_line)) / w->free.row);

	row = row < 0 ? 0 : row > rows ? rows : row;
	return page > at ? rows - row + (page - at - 1) * rows : page < at ? -(row + (at - page - 1) * rows + HEADING_ROWS) : 0;
}

static const char *name_of(const struct node *n, struct arena *a)
{
	const struct node *title = doc_title(n);

	return title != NULL ? doc_plain_text(a, title, false) : n->id != NULL ? n->id : doc_kind_name(n->kind);
}

static void refuse(const struct ways *w, int n, int places)
{
	const struct choice *common = NULL;
	struct diag_log *log = w[0].edition->log;
	int place = places;
	bool said = false;

	while (place > 0 && (common = find_common(w, n, place)) == NULL)
		place--;
	common = common != NULL ? cheapest(&w[0], common->page, place) : cheapest(&w[0], w[0].v[0].page, 0);
	for (int k = 1; k < n; k++) {
		const struct node *node = w[k].pins->node[place];
		uint8_t page[MOST_PINS];
		int off;

		memcpy(page, common->page, sizeof page);
		if (cheapest(&w[k], page, place + 1) != NULL)
			continue;
		off = rows_off(&w[k], place, page[place]);
		diag_error(log, "align", node->pos,
		           "%s: \"%s\" cannot begin on page %d with the edition in %s: it comes to page %d, about %d line%s too %s",
		           w[k].edition->doc->lang, name_of(node, &w[0].edition->arena), page[place], w[0].edition->doc->lang,
		           w[k].free.free[place].page, off < 0 ? -off : off, off * off == 1 ? "" : "s", off < 0 ? "long" : "short");
		said = true;
	}
	if (!said) /* each two of them can, all together cannot */
		diag_error(log, "align", w[0].pins->node[place]->pos, "no page suits all editions for place %d of %d", place + 1, places);
	diag_hint(log, "paragraphs, blank rows and %d.%d %% of the leading (theme: page fit) were tried; align fewer places, "
	          "or begin a page there", (int)w[0].edition->theme->page.fit / 10,
	          (int)w[0].edition->theme->page.fit % 10);
}

static void accept(struct ways *w, int n, const struct choice *common)
{
	int places = w[0].pins->n;
	bool proved = true;

	for (int k = 0; k < n; k++) {
		const struct choice *c = cheapest(&w[k], common->page, places);
		struct edition *e = w[k].edition;
		int64_t more = c->cost - w[k].free.least;

		for (int i = 0; i < places; i++)
			w[k].pins->page[i] = c->page[i];
		w[k].pins->least = c->cost;
		e->pins = w[k].pins;
		e->leading = c->leading;
		proved = proved && w[k].free.proved;
		diag_note(e->log, "align", DIAG_NOWHERE, "%s: set with %d place%s on common pages%s; %lld points dearer than freely", e->doc->lang,
		          places, places == 1 ? "" : "s", c->leading != 0 ? ", with another leading" : "", (long long)(more > 0 ? more : 0) / 100);
	}
	if (!proved)
		diag_hint(w[0].edition->log, "the editions are too long to look at all their layouts: there may be a better common one");
}

struct survey {
	struct ways *ways;
	int step;
};

static void survey(void *context, size_t i)
{
	const struct survey *s = context;
	struct ways *w = &s->ways[i];

	w->failed = w->failed || !add_ways(w, s->step) || (s->step != 0 && !add_ways(w, -s->step));
}

/* Where all editions have the same places. */
static bool find_all_places(struct ways *w, struct edition **v, int n, const char *ids)
{
	for (int k = 0; k < n; k++) {
		if (!find_places(&w[k], v[k], ids))
			return false;
		if (w[k].pins->n != w[0].pins->n) {
			diag_error(v[0]->log, "align-place", v[k]->doc->root->pos, "%s has %d places, %s has %d", v[0]->doc->lang, w[0].pins->n,
			           v[k]->doc->lang, w[k].pins->n);
			return false;
		}
	}
	return true;
}

bool align_editions(struct edition **v, int n, const char *ids, int workers)
{
	struct ways *w = mem_zalloc((size_t)n, sizeof *w);
	struct survey s = { w, 0 };
	const struct choice *common = NULL;
	bool ok = find_all_places(w, v, n, ids);

	for (; s.step <= STEPS && ok && common == NULL; s.step++) {
		crew_run(workers, (size_t)n, survey, &s);
		for (int k = 0; k < n; k++)
			ok = ok && !w[k].failed;
		common = ok ? find_common(w, n, w[0].pins->n) : NULL;
	}
	if (common != NULL)
		accept(w, n, common);
	else if (ok)
		refuse(w, n, w[0].pins->n);
	for (int k = 0; k < n; k++)
		mem_free(w[k].v);
	mem_free(w);
	return common != NULL;
}
