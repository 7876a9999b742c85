#include "layout/layout.h"

#include <string.h>

#include "base/mem.h"
#include "layout/contents.h"
#include "layout/front.h"
#include "layout/lineseen.h"
#include "layout/fit.h"
#include "layout/flatten.h"
#include "layout/page.h"
#include "layout/pins.h"
#include "layout/price.h"

/* Title and subtitle are the masthead's where there is one that holds them. */
static void fill_titles(struct flow *f)
{
	const struct theme *t = f->l->theme;

	for (const struct node *n = f->l->doc->root->first; n != NULL && (!t->masthead.on || f->l->title_in_text); n = n->next) {
		if (n->kind == N_TITLE || n->kind == N_SUBTITLE) {
			struct block *b = flow_simple(f, n, n->kind == N_SUBTITLE ? PS_SUBTITLE : f->l->title_in_text ? PS_TITLE_LONG : PS_TITLE);

			b->heading = b->no_indent = true;
			b->after = t->page.unit;
		}
	}
	f->was_break = true;
}

/* A book's title page stands alone, be there nothing on it but the masthead. */
static void hold_title_page(struct flow *f)
{
	if (f->g->n == 0)
		rows_add(f->l, &flow_add(f, BLOCK_ROWS, NULL, f->body)->rows, f->l->theme->page.unit);
	f->was_break = true;
}

/* Paragraphs since the one at `from` are broken while they are at hand: the search will want to know how long the whole
 * document is. */
static void break_new(struct layout *l, struct galley *g, size_t *from)
{
	sp x, column, all;

	style_flow_column(l->theme, true, 0, &x, &column);
	style_text_column(l->theme, true, &x, &all);
	for (; *from < g->n && !l->failed; (*from)++) {
		const struct block *b = &g->v[*from];

		sp width = (b->span ? all : column) - b->start - b->end, indent = b->no_indent ? 0 : b->style->indent;

		if (b->kind == BLOCK_PAR && b->plain_text)
			line_break_variants(l, b->par, width, indent);
		else if (b->kind == BLOCK_PAR)
			line_break_natural(l, b->par, width, indent);
	}
}

static void fill_galley(struct layout *l, struct galley *g)
{
	struct flow f = { .l = l, .g = g, .body = &l->theme->par[PS_BODY], .item = &l->theme->par[PS_LIST], .was_break = true };
	const struct node *front = l->doc->info.front;
	bool book = l->doc->is_book;
	struct flow_frame frame;
	size_t broken = 0;
	sp x;

	style_flow_column(l->theme, true, 0, &x, &f.width);
	frame = flow_widen(&f);
	if (l->text_overleaf)
		hold_title_page(&f);
	fill_titles(&f);
	if (!l->theme->cols.front && !book)
		flow_narrow(&f, frame);
	if (front != NULL)
		front_flow(&f, front);
	if (book && l->theme->masthead.on)
		hold_title_page(&f);
	if (front != NULL && book)
		front_flow_legal(&f, front, true);
	flow_narrow(&f, frame);
	if (l->contents->in_column)
		contents_flow(&f);
	for (const struct node *n = l->doc->root->first; n != NULL; n = n->next) {
		if (n->kind != N_TITLE && n->kind != N_SUBTITLE && n != front)
			flow_block(&f, n);
		break_new(l, g, &broken);
	}
	if (front != NULL && !book) {
		frame = flow_widen(&f);
		front_flow_legal(&f, front, false);
		flow_narrow(&f, frame);
	}
	if (g->n > 0)
		g->v[0].new_page = false;
	if (g->n > 1 && l->text_overleaf)
		g->v[1].new_page = true;
}

static struct pages *pages_for(const struct layout *l)
{
	const struct theme *theme = l->theme;
	struct pages *out = pages_new();

	out->width = theme->page.width;
	out->height = theme->page.height;
	out->bleed = theme->page.bleed;
	out->colours = theme->colours;
	out->n_colours = theme->n_colours;
	out->fonts = l->fonts;
	out->rtl = flat_is_rtl(l, l->doc->root);
	out->theme_name = theme->name;
	return out;
}

/* Quotes that were left over, added to those set in the column. False: there are none. */
static bool take_left_over(struct layout *l, const struct galley *g)
{
	size_t had = l->n_in_flow;

	for (size_t i = 0; i < g->n_quotes; i++) {
		if (g->quotes[i].placed)
			continue;
		VEC_ROOM(l->in_flow, l->n_in_flow, l->cap_in_flow, 1);
		l->in_flow[l->n_in_flow++] = g->quotes[i].node;
		if (!style_quotes_beside(l->theme)) /* said of the theme, once */
			continue;
		diag_warn(l->log, "quote-in-column", g->quotes[i].node->pos,
		          "no place beside the text for this pull quote within a page of its paragraph; it is set across the column");
		diag_hint(l->log, "move it to a longer paragraph, away from headings and tables; shorten it; or let the theme "
		          "set quotes on the first page too: <pullquote first-page=\"1\"/>");
	}
	return l->n_in_flow > had;
}

struct pages *layout_run(struct layout *l)
{
	struct contents_state contents = { .page_of = NULL };
	struct pages *out;
	struct galley g = { 0 };
	size_t from = l->log->n;
	bool ok, again;
	int moves;

	l->n_reported = 0;
	l->contents = &contents;
	contents.in_column = contents_for_book(l);

	arena_init(&l->paras);
	strmap_init(&l->par_of);
	strmap_init(&l->styles);
	l->tables = line_tables_new();
	do {
		arena_init(&l->arena);
		out = pages_for(l);
		l->seen = lineseen_new(&out->lines, &out->arena, l->each_line);
		moves = l->title_in_text + l->text_overleaf;
		fill_galley(l, &g);
		ok = !l->failed && page_make_all(l, &g, out);
		if (contents.runs > 1 || l->n_in_flow > 0)
			diag_unique(l->log, from); /* a further run says again what the one before said */
		again = ok && (l->title_in_text + l->text_overleaf > moves || take_left_over(l, &g) || contents.again);
		galley_free(&g);
		lineseen_free(l->seen);
		arena_free(&l->arena);
		if (!ok || again)
			pages_free(out);
	} while (again); /* each turn settles at least one quote, and turns for the contents are counted */
	line_tables_free(l->tables);
	par_forget_all(l);
	contents_free(&contents);
	mem_free(l->in_flow);
	l->in_flow = NULL;
	l->n_in_flow = l->cap_in_flow = 0;
	break_list_free(&l->breaks);
	if (ok)
		pages_fit(out);
	if (ok && out->rtl)
		pages_mirror(out);
	return ok ? out : NULL;
}

static struct layout begin(const struct doc *doc, const struct theme *theme, struct fonts *fonts, struct shaper *shaper,
                           struct langs *langs, const struct layout_options *o, struct diag_log *log)
{
	return (struct layout){ .doc = doc, .theme = theme, .fonts = fonts, .shaper = shaper, .langs = langs, .log = log,
		                    .allow_missing_glyphs = o->allow_missing_glyphs, .each_line = o->each_line, .paginate = o->paginate };
}

enum { PINS_DEARER = 100 * POINT }; /* than promised: pull quotes that a further run sets across the column */

/* With places where they are wished, or not at all. */
static struct pages *run_pinned(struct layout *l, const struct page_pins *wish)
{
	struct pins pins = { .wish = wish };
	struct pages *out;

	l->pins = &pins;
	l->most_cost = wish->least > 0 ? wish->least + PINS_DEARER : 0;
	out = layout_run(l);
	if (out == NULL && l->missed) {
		diag_error(l->log, "page-pins", l->doc->root->pos, "there is no layout with every place on the page wished for it");
		diag_hint(l->log, "a page's worth of text more or less before it cannot be made up for");
	}
	return out;
}

struct pages *layout_document(const struct doc *doc, const struct theme *theme, struct fonts *fonts,
                              struct shaper *shaper, struct langs *langs, const struct layout_options *options,
                              struct diag_log *log)
{
	struct theme changed;
	struct layout l;

	fit_leading(&changed, theme, options->leading);
	l = begin(doc, options->leading != 0 ? &changed : theme, fonts, shaper, langs, options, log);
	return options->pins != NULL ? run_pinned(&l, options->pins)
	       : options->pages.n > 0 ? fit_pages(&l, options->pages) : layout_run(&l);
}

/* Where places stand. */
static void note_places(const struct pages *p, const struct page_pins *pins, struct pin_ways *out)
{
	for (size_t i = 0; i < p->n; i++) {
		for (size_t k = 0; k < p->v[i].n; k++) {
			const struct item *it = &p->v[i].items[k];

			for (int j = 0; j < pins->n && it->kind == ITEM_ANCHOR; j++) {
				if (it->node == pins->node[j] && out->free[j].page == 0) {
					out->free[j].page = p->v[i].number;
					out->free[j].y = it->y;
				}
			}
		}
	}
}

bool layout_survey(const struct doc *doc, const struct theme *theme, struct fonts *fonts, struct shaper *shaper,
                   struct langs *langs, const struct layout_options *options, int64_t most, struct pin_ways *out,
                   struct diag_log *log)
{
	struct pins pins = { .wish = options->pins, .ways = out };
	struct theme changed;
	struct layout l;
	struct pages *pages;

	memset(out, 0, sizeof *out);
	fit_leading(&changed, theme, options->leading);
	l = begin(doc, &changed, fonts, shaper, langs, options, log);
	l.pins = &pins;
	l.survey = most;
	pages = layout_run(&l);
	if (pages == NULL)
		return false;
	note_places(pages, options->pins, out);
	out->row = changed.page.unit;
	out->height = changed.page.unit * (changed.page.last_line - changed.page.first_line + 1);
	pages_free(pages);
	return true;
}
