#include "layout/page.h"
#include "layout/pins.h"

#include <string.h>

#include "base/mem.h"
#include "layout/contents.h"
#include "layout/price.h"

static struct page *new_page(struct paginator *p)
{
	struct page *page = pages_add(p->pages);

	page->number = (int)p->pages->n;
	page->label = arena_printf(&p->pages->arena, "%d", page->number);
	page->recto = !p->l->theme->page.facing || page->number % 2 == 1;
	p->recto = page->recto;
	return page;
}

/* No place beside the text was worth its cost. */
static void set_in_column(struct paginator *p, struct quote *q, int pages)
{
	int first = p->l->theme->pullquote.first_page;

	if (q->placed)
		return;
	q->placed = true;
	if (!style_quotes_beside(p->l->theme)) /* said of the theme, once */
		return;
	diag_warn(p->l->log, "quote-in-column", q->node->pos,
	          "no place beside the text for this pull quote within a page of its paragraph; it is set across the column");
	if ((int)p->g->n_quotes > pages - first + 1)
		diag_hint(p->l->log, "a page takes one pull quote beside its text, from page %d on; here are %d, on %d page%s", first,
		          (int)p->g->n_quotes, pages, pages == 1 ? "" : "s");
	else
		diag_hint(p->l->log, "move it to another paragraph, or shorten it");
}

/* Notes that were to stand beside the text. */
static void report_side_notes(struct paginator *p, const struct trial *t)
{
	for (size_t i = 0; i < t->n_notes && p->l->theme->note.in_margin; i++) {
		if (t->notes[i].from > 0)
			continue;
		diag_warn(p->l->log, "side-note-foot", t->notes[i].note->pos,
		          "no place beside its line for this note within %d lines; it stands at the foot", p->l->theme->note.most_shift);
		diag_hint(p->l->log, "shorten it, or let notes stand further from their marks (theme: notes most-shift)");
	}
}

/* The quote that a block sets across the column; NULL: it is no such block. */
static struct quote *quote_of(const struct paginator *p, int block)
{
	const struct insert *in = p->g->v[block].insert > 0 ? &p->g->inserts[p->g->v[block].insert - 1] : NULL;

	return in != NULL && in->kind == INSERT_QUOTE ? &p->g->quotes[in->quote] : NULL;
}

/* The document will be set once more, for its contents or for quotes left over, and nothing else is to be learnt from these pages:
 * they need not be made. Quotes that are not left over are marked. */
static bool is_for_nothing(struct paginator *p, const struct plan *plan, const struct trial *trials)
{
	bool grown = contents_outgrow_margin(p, plan->v[plan->n - 1].page), nothing;
	size_t left = p->g->n_quotes;
	bool *set = mem_zalloc(left + 1, sizeof *set);

	for (int i = 0; i < plan->n; i++) {
		if (plan->v[i].quote >= 0)
			set[plan->v[i].quote] = true;
		for (size_t k = 0; k < trials[i].n; k++) {
			const struct quote *q = quote_of(p, trials[i].v[k].block);

			if (q != NULL)
				set[q - p->g->quotes] = true;
		}
	}
	for (size_t i = 0; i < p->g->n_quotes; i++)
		left -= set[i];
	nothing = grown || (left > 0 && contents_are_settled(p->l));
	for (size_t i = 0; i < p->g->n_quotes && nothing; i++)
		p->g->quotes[i].placed = set[i];
	mem_free(set);
	return nothing;
}

/* pages: of the whole document. last: so is the choice. */
static void place_choice(struct paginator *p, const struct choice *c, const struct trial *t, int pages, bool last)
{
	par_fold_old(p->l);
	while ((int)p->pages->n < c->page)
		new_page(p); /* all but the last stay blank */
	p->recto = c->start.recto;
	place_trial(p, t, &c->start.band, &p->pages->v[p->pages->n - 1], last);
	report_side_notes(p, t);
	if (c->quote >= 0)
		p->g->quotes[c->quote].placed = true;
	for (size_t i = 0; i < t->n; i++) {
		struct quote *q = quote_of(p, t->v[i].block);

		if (q != NULL)
			set_in_column(p, q, pages);
	}
}

/* A plan carried out: each page filled again, row by row, and all judged. Freed by free_trials. */
static struct trial *fill_plan(struct paginator *p, struct arena *a, const struct plan *plan, struct makeup_cost *judged)
{
	struct trial *v = mem_zalloc((size_t)plan->n + 1, sizeof *v);
	struct judged_page *pages = mem_zalloc((size_t)plan->n + 1, sizeof *pages);
	const char *fault;

	for (int i = 0; i < plan->n; i++) {
		fill_again(p, a, &plan->v[i], &v[i]);
		pages[i] = (struct judged_page){ &v[i], plan->v[i].page, plan->v[i].start.band };
		variant_forget_many(p);
	}
	if (!judge_pages(p, pages, plan->n, true, judged, &fault))
		diag_warn(p->l->log, "layout-invariant", DIAG_NOWHERE, "page make-up: %s", fault);
	else if (judged->sum != plan->cost)
		diag_warn(p->l->log, "layout-invariant", DIAG_NOWHERE, "the pages cost %lld.%02lld points, not the %lld.%02lld of the search",
		          (long long)judged->sum / POINT, (long long)judged->sum % POINT, (long long)plan->cost / POINT,
		          (long long)plan->cost % POINT);
	mem_free(pages);
	return v;
}

static void free_trials(struct trial *v, int n)
{
	for (int i = 0; i < n; i++)
		trial_free(&v[i]);
	mem_free(v);
}

static void say_unproved(struct paginator *p)
{
	diag_note(p->l->log, "paginate", p->l->doc->root->pos,
	          "the cheapest layout of so many pages was not found in reasonable time: these are the best of many");
	diag_hint(p->l->log, "of chapters or sections by themselves it can be had");
}

/* False: they are not made, because they are to be chosen anew. */
static bool make_pages(struct paginator *p)
{
	struct search_result found;
	struct makeup *m = &p->pages->makeup;
	struct trial *trials;
	struct arena a;
	bool made = true, last;

	arena_init(&a);
	insert_find(p);
	p->imprint_room = imprint_room(p);
	if (p->l->pins != NULL)
		pins_find(p->l->pins, p->g);
	search_pages(p, &a, &found);
	if (found.best.n == 0 && (p->l->want > 0 || p->l->pins != NULL)) {
		p->l->missed = true; /* the caller's to report */
		p->l->failed = true;
	} else if (found.best.n == 0) {
		diag_error(p->l->log, "too-long", p->l->doc->root->pos, "the document is longer than verstka can make pages of");
		p->l->failed = true;
	} else {
		if (found.second.n > 0) {
			trials = fill_plan(p, &a, &found.second, &m->second);
			free_trials(trials, found.second.n);
			m->has_second = true;
		}
		trials = fill_plan(p, &a, &found.best, &m->best);
		makeup_record(p, &found, trials);
		contents_number(p, &found.best, trials);
		made = !is_for_nothing(p, &found.best, trials);
		variant_forget(p);
		line_tables_forget(p->l->tables);
		last = made && contents_are_settled(p->l); /* no other run will ask for the same paragraphs */
		if (last && p->mode == PAGINATE_EXACT && !found.proved)
			say_unproved(p);
		for (int i = 0; i < found.best.n && last; i++)
			place_foresee(p, &trials[i], i + 1);
		for (int i = 0; i < found.best.n && made; i++) {
			place_choice(p, &found.best.v[i], &trials[i], found.best.v[found.best.n - 1].page, i + 1 == found.best.n);
			trial_free(&trials[i]);
			par_placed(&p->l->shelf, last ? i + 1 : 0);
		}
		par_placed(&p->l->shelf, 0);
		free_trials(trials, found.best.n);
	}
	arena_free(&a);
	return made;
}

/* Rows from the first one under the masthead to the page's foot: two lines of text, or a heading and these. */
enum { LEAST_TEXT = 1, LEAST_HEADED = 3 };

static bool is_too_tall(const struct theme *t, const struct page *masthead)
{
	sp last = style_line_y(t, t->page.last_line), lowest = last + (t->page.height - last) / 2;

	for (size_t i = 0; i < masthead->n; i++) {
		if (masthead->items[i].kind == ITEM_TEXT && masthead->items[i].y > lowest)
			return true;
	}
	return false;
}

/* False: the masthead is taller than the page, or leaves hardly a line of it to the text. Then the document is to be set once more:
 * its title goes on from page to page like any other text, or the text begins overleaf. */
static bool make_masthead(struct paginator *p, struct page *page)
{
	struct layout *l = p->l;
	const struct node *title = doc_title(l->doc->root);
	sp least = (p->g->n > 0 && p->g->v[0].heading ? LEAST_HEADED : LEAST_TEXT) * l->theme->page.unit;

	p->first_y = master_masthead(p, page);
	if (is_too_tall(l->theme, page)) {
		if (title != NULL && !l->title_in_text) {
			diag_warn(l->log, "masthead", title->pos,
			          "the masthead is taller than the page: its title is set at the head of the text, over several pages if need be");
			diag_hint(l->log, "shorten the title; or make it smaller in the theme: <paragraph name=\"title-long\" size=\"...\"/>");
			l->title_in_text = true;
			return false;
		}
		diag_error(l->log, "masthead", title != NULL ? title->pos : l->doc->root->pos,
		           "motto, series and organisation leave no room on page 1");
		diag_hint(l->log, "each is a line or two; what is longer is a paragraph");
		l->failed = true;
	} else if (p->first_y + least > style_line_y(l->theme, l->theme->page.last_line) && !l->text_overleaf) {
		l->text_overleaf = true;
		return false;
	}
	return true;
}

bool page_make_all(struct layout *l, struct galley *g, struct pages *out)
{
	struct paginator p = { .l = l, .g = g, .pages = out, .mode = l->paginate,
		               .first_y = style_line_y(l->theme, l->theme->page.first_line) };
	bool made = true;
	sp x;

	arena_init(&p.memo_arena);
	strmap_init(&p.rests);
	strmap_init(&p.notes);
	strmap_init(&p.side_notes);
	style_text_column(l->theme, true, &x, &p.span_w);
	style_flow_column(l->theme, true, 0, &x, &p.text_w);
	new_page(&p);
	if (l->theme->masthead.on)
		made = make_masthead(&p, &out->v[0]);
	if (made && g->n > 0 && !l->failed)
		made = make_pages(&p);
	if (!l->failed && made) {
		imprint_place(&p);
		contents_finish(&p, p.first_y);
		master_heads(&p);
	}
	variant_forget(&p);
	strmap_free(&p.notes);
	strmap_free(&p.side_notes);
	return !l->failed;
}
