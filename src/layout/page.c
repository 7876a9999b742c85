#include "layout/page.h"

#include <string.h>

#include "base/mem.h"

static struct page *new_page(struct paginator *p)
{
	struct page *page = pages_add(p->pages);

	page->number = (int)p->pages->n;
	page->label = arena_printf(&p->pages->arena, "%d", page->number);
	page->recto = !p->l->theme->page.facing || page->number % 2 == 1;
	p->recto = page->recto;
	return page;
}

static void place_choice(struct paginator *p, struct arena *a, const struct choice *c)
{
	struct trial t;

	while ((int)p->pages->n < c->page)
		new_page(p); /* all but the last stay blank */
	p->recto = c->start.recto;
	fill_again(p, a, c, &t);
	place_trial(p, &t, &p->pages->v[p->pages->n - 1]);
	if (c->quote >= 0)
		p->g->quotes[c->quote].placed = true;
	trial_free(&t);
}

bool page_make_all(struct layout *l, struct galley *g, struct pages *out)
{
	struct paginator p = { .l = l, .g = g, .pages = out };
	const struct choice *choices;
	struct arena a;
	int n;
	sp x, first_y = style_line_y(l->theme, l->theme->page.first_line);

	arena_init(&a);
	arena_init(&p.memo_arena);
	strmap_init(&p.memo);
	strmap_init(&p.notes);
	style_text_column(l->theme, true, out->rtl, &x, &p.text_w);
	new_page(&p);
	if (l->theme->masthead.on)
		first_y = master_masthead(&p, &out->v[0]);
	if (g->n > 0 && !l->failed) {
		n = search_pages(&p, &a, first_y, &choices);
		if (n == 0) {
			diag_error(l->log, "too-long", l->doc->root->pos, "the document is longer than verstka can make pages of");
			l->failed = true;
		}
		for (int i = 0; i < n; i++)
			place_choice(&p, &a, &choices[i]);
	}
	if (!l->failed) {
		master_imprint(&p);
		master_contents(&p);
		master_heads(&p);
	}
	fill_forget(&p);
	strmap_free(&p.notes);
	arena_free(&a);
	return !l->failed;
}
