#include "layout/layout.h"

#include "base/mem.h"
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

struct pages *layout_document(const struct doc *doc, const struct theme *theme, struct fonts *fonts,
                              struct shaper *shaper, struct langs *langs, const struct layout_options *options,
                              struct diag_log *log)
{
	struct layout l = { .doc = doc, .theme = theme, .fonts = fonts, .shaper = shaper, .langs = langs, .log = log,
		            .allow_missing_glyphs = options->allow_missing_glyphs };
	struct pages *out = pages_new();
	struct galley g = { 0 };

	arena_init(&l.arena);
	out->width = theme->page.width;
	out->height = theme->page.height;
	out->bleed = theme->page.bleed;
	out->colours = theme->colours;
	out->n_colours = theme->n_colours;
	out->fonts = fonts;
	out->theme_name = theme->name;
	fill_galley(&l, &g);
	if (l.failed || !page_make_all(&l, &g, out)) {
		pages_free(out);
		out = NULL;
	}
	galley_free(&g);
	break_list_free(&l.breaks);
	arena_free(&l.arena);
	return out;
}
