#include "layout/layout.h"

#include "base/mem.h"
#include "layout/lineseen.h"
#include "layout/page.h"

/* The galley of the whole document. Title and subtitle are the masthead's. */
static void fill_galley(struct layout *l, struct galley *g)
{
	struct flow f = { .l = l, .g = g, .body = &l->theme->par[PS_BODY], .item = &l->theme->par[PS_LIST], .was_break = true };
	sp x;

	style_text_column(l->theme, true, false, &x, &f.width);
	for (const struct node *n = l->doc->root->first; n != NULL; n = n->next) {
		bool in_masthead = n->kind == N_TITLE || n->kind == N_SUBTITLE;

		if (in_masthead && l->theme->masthead.on)
			continue;
		if (n->kind == N_TITLE) {
			struct par_source src = { .node = n, .style = &l->theme->par[PS_TITLE] };

			flow_par(&f, &src)->heading = true;
			f.was_break = true;
			continue;
		}
		flow_block(&f, n);
	}
	if (g->n > 0)
		g->v[0].new_page = false;
}

static struct pages *pages_for(const struct theme *theme, const struct fonts *fonts)
{
	struct pages *out = pages_new();

	out->width = theme->page.width;
	out->height = theme->page.height;
	out->bleed = theme->page.bleed;
	out->colours = theme->colours;
	out->n_colours = theme->n_colours;
	out->fonts = fonts;
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
		diag_warn(l->log, "quote-in-column", g->quotes[i].node->pos,
		          "no place beside the text for this pull quote within a page of its paragraph; it is set across the column");
		diag_hint(l->log, "move it to a longer paragraph, away from headings and tables; shorten it; or let the theme "
		          "set quotes on the first page too: <pullquote first-page=\"1\"/>");
	}
	return l->n_in_flow > had;
}

struct pages *layout_document(const struct doc *doc, const struct theme *theme, struct fonts *fonts,
                              struct shaper *shaper, struct langs *langs, const struct layout_options *options,
                              struct diag_log *log)
{
	struct layout l = { .doc = doc, .theme = theme, .fonts = fonts, .shaper = shaper, .langs = langs, .log = log,
		            .allow_missing_glyphs = options->allow_missing_glyphs, .paginate = options->paginate };
	struct pages *out;
	struct galley g = { 0 };
	bool ok, again;

	do {
		arena_init(&l.arena);
		l.tables = line_tables_new();
		out = pages_for(theme, fonts);
		l.seen = lineseen_new(&out->lines, &out->arena);
		fill_galley(&l, &g);
		ok = !l.failed && page_make_all(&l, &g, out);
		again = ok && take_left_over(&l, &g);
		galley_free(&g);
		lineseen_free(l.seen);
		line_tables_free(l.tables);
		arena_free(&l.arena);
		if (!ok || again)
			pages_free(out);
	} while (again); /* each turn settles at least one quote */
	mem_free(l.in_flow);
	break_list_free(&l.breaks);
	return ok ? out : NULL;
}
