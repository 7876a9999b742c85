/* What the build report says of the chosen pages: their cost is the judge's (page.c), the rest is here. */
#include "base/mem.h"
#include "layout/page.h"

static const char *mode_name(const struct search_result *found)
{
	enum paginate mode = found->ran;

	return found->chapters ? "chapter by chapter" : mode == PAGINATE_EXACT ? "exact" : mode == PAGINATE_GREEDY ? "greedy" : "beam";
}

/* The page on which each block ends; 0: on none. */
static int *pages_of_blocks(const struct paginator *p, const struct plan *plan, const struct trial *trials)
{
	int *page = mem_zalloc(p->g->n + 1, sizeof *page);

	for (int i = 0; i < plan->n; i++) {
		for (size_t k = 0; k < trials[i].n; k++) {
			if (trials[i].v[k].where == IN_TEXT)
				page[trials[i].v[k].block] = plan->v[i].page;
		}
	}
	return page;
}

static void add_inset(struct makeup *m, const struct node *node, int page, int home, bool in_column)
{
	VEC_ROOM(m->insets, m->n_insets, m->cap_insets, 1);
	m->insets[m->n_insets++] = (struct makeup_inset){ node, page, home, in_column };
}

/* The block before one that is on some page. */
static int home_of(const int *page, int block)
{
	while (block > 0 && page[block] == 0)
		block--;
	return block >= 0 ? page[block] : 0;
}

static void record_insets(struct paginator *p, const struct choice *c, const struct trial *t, const int *page)
{
	struct makeup *m = &p->pages->makeup;
	const struct galley *g = p->g;

	if (c->quote >= 0)
		add_inset(m, g->quotes[c->quote].node, c->page, home_of(page, g->quotes[c->quote].anchor), false);
	for (size_t k = 0; k < t->n; k++) {
		const struct placed *pl = &t->v[k];
		const struct insert *in = g->v[pl->block].insert > 0 ? &g->inserts[g->v[pl->block].insert - 1] : NULL;

		if (in == NULL || !pl->first || pl->block != in->first)
			continue;
		if (in->kind == INSERT_QUOTE)
			add_inset(m, g->quotes[in->quote].node, c->page, c->page, true);
		else
			add_inset(m, g->v[in->first].node, c->page, pl->where == IN_TEXT ? c->page : home_of(page, in->first - 1), false);
	}
}

/* Blank rows at the foot, as one sees them. */
static void record_page(struct paginator *p, const struct choice *c, const struct trial *t)
{
	const struct theme *th = p->l->theme;
	struct makeup *m = &p->pages->makeup;
	struct makeup_page *page;
	sp low = 0, limit = style_line_y(th, th->page.last_line), blank;
	bool begun = (int)m->n_pages >= c->page; /* by a step before */
	bool notes = t->n_notes > 0;

	if (!begun)
		VEC_ROOM(m->pages, m->n_pages, m->cap_pages, (size_t)(c->page - (int)m->n_pages));
	while ((int)m->n_pages < c->page)
		m->pages[m->n_pages++] = (struct makeup_page){ 0, true };
	page = &m->pages[c->page - 1];
	for (size_t i = 0; i < t->n; i++) {
		sp reach = t->v[i].y + (t->v[i].row != NULL && t->v[i].row->below > 0 ? t->v[i].row->below : 0);

		low = reach > low ? reach : low;
	}
	if (notes) {
		sp height = 0, last = 0;

		for (size_t i = 0; i < t->n_notes; i++) {
			for (int k = t->notes[i].from; k < t->notes[i].to; k++)
				height += t->notes[i].rows->v[k].advance;
			if (t->notes[i].to > t->notes[i].from)
				last = row_tail(&t->notes[i].rows->v[t->notes[i].to - 1]);
		}
		limit = page_text_limit(th, c->start.band.last, height - last, true);
	}
	blank = (limit - low) / th->page.unit;
	blank = blank > 0 ? blank : 0;
	page->blank = begun && page->blank < (int)blank ? page->blank : (int)blank;
	page->full = page->full || c->next.block >= (int)p->g->n ||
	             (c->next.cand == 0 && c->next.row == 0 && p->g->v[c->next.block].new_page);
}

void makeup_record(struct paginator *p, const struct search_result *found, const struct trial *trials)
{
	struct makeup *m = &p->pages->makeup;
	const struct plan *plan = &found->best;
	int *page = pages_of_blocks(p, plan, trials);

	m->mode = mode_name(found);
	m->proved = found->proved;
	m->left_over = (int)p->l->n_in_flow;
	m->fills = p->n_fills;
	m->remembered = (int64_t)p->remembered;
	m->breaks = p->n_breaks;
	m->states = found->n_states;
	m->steps = found->n_steps;
	for (int i = 0; i < plan->n; i++) {
		record_insets(p, &plan->v[i], &trials[i], page);
		record_page(p, &plan->v[i], &trials[i]);
	}
	mem_free(page);
}
