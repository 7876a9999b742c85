#include "layout/page.h"

#include <string.h>

#include "base/mem.h"

enum { QUOTE_WINDOW_AFTER = 16, QUOTE_WINDOW_BEFORE = 14, PRICE_QUOTE_WAITS = 1500, PRICE_QUOTE_TURNED = 150, PRICE_DISTANCE_MOST = 15,
       MOST_PAGES = 20000 };

static struct page *new_page(struct paginator *p)
{
	struct page *page = pages_add(p->pages);

	page->number = (int)p->pages->n;
	page->label = arena_printf(&p->pages->arena, "%d", page->number);
	page->recto = !p->l->theme->page.facing || page->number % 2 == 1;
	p->recto = page->recto;
	p->first_y = style_line_y(p->l->theme, p->l->theme->page.first_line);
	return page;
}

/* Rows of the trial that show the quote's anchor: *top and *bottom baselines. False: it is not on this page. */
static bool find_anchor(const struct trial *t, int anchor, sp *top, sp *bottom)
{
	bool found = false;

	for (size_t i = 0; i < t->end; i++) {
		if (t->v[i].block != anchor)
			continue;
		if (!found)
			*top = t->v[i].y;
		*bottom = t->v[i].y;
		found = true;
	}
	return found;
}

/* Tries the waiting quote on every line near its paragraph; the cheapest page wins. */
static void try_quote(struct paginator *p, struct position from, struct trial *best)
{
	const struct theme *th = p->l->theme;
	const struct quote *q = &p->g->quotes[p->next_quote];
	sp unit = th->page.unit, top = 0, bottom = 0, shift, lo, hi, first = style_line_y(th, th->page.first_line + th->pullquote.clear);
	bool here = find_anchor(best, q->anchor, &top, &bottom), turned = from.block > q->anchor;
	struct trial base = *best;
	int64_t waiting = base.cost + PRICE_QUOTE_WAITS;

	if (!here && !turned)
		return; /* not reached yet */
	if (turned) {
		top = bottom = first;
		waiting = INT64_MAX - 1; /* now or never */
	}
	lo = top - QUOTE_WINDOW_BEFORE * unit;
	hi = bottom + QUOTE_WINDOW_AFTER * unit;
	if (lo < first)
		lo = first;
	if (hi > style_line_y(th, th->page.last_line - th->pullquote.clear - q->lines + 1))
		hi = style_line_y(th, th->page.last_line - th->pullquote.clear - q->lines + 1);
	if (quote_measure(p, q, 0, 0, &shift) < th->pullquote.min_measure)
		return;
	best->cost = waiting;
	for (sp y = lo; y <= hi; y += unit) {
		struct trial t;
		sp t_top, t_bottom, away;
		bool on;

		fill_page(p, from, p->next_quote, y, &t);
		on = t.cost != INT64_MAX && (turned || find_anchor(&t, q->anchor, &t_top, &t_bottom));
		if (on) {
			away = turned ? y - first : y < t_top ? 3 * (t_top - y) : y > t_bottom ? y - t_bottom : 0;
			t.cost += turned ? PRICE_QUOTE_TURNED : 0;
			t.cost += away / unit / 2 < PRICE_DISTANCE_MOST ? away / unit / 2 : PRICE_DISTANCE_MOST;
		}
		if (on && t.cost < best->cost) {
			if (best->v != base.v)
				trial_free(best);
			*best = t;
		} else {
			trial_free(&t);
		}
	}
	if (best->v != base.v)
		trial_free(&base);
	else
		best->cost = base.cost;
}

static void take_later(struct paginator *p, const struct trial *t)
{
	p->n_carry = 0;
	for (size_t i = 0; i < t->n_later; i++) {
		VEC_ROOM(p->carry, p->n_carry, p->cap_carry, 1);
		p->carry[p->n_carry++] = t->later[i];
	}
}

/* Passes over quotes that have their place, and those whose paragraph is too far behind. */
static void skip_quotes(struct paginator *p, int block)
{
	while (p->next_quote < (int)p->g->n_quotes &&
	       (p->g->quotes[p->next_quote].placed || p->g->quotes[p->next_quote].anchor < block))
		p->next_quote++;
}

/* A page with no row and no note would be made for ever: the row is taken whatever it costs. */
static void force_progress(struct trial *t)
{
	if (t->end == 0 && t->n > 0) {
		t->end = 1;
		while (t->end < t->n && t->v[t->end - 1].head)
			t->end++;
		if (t->end < t->n)
			t->n_later = t->later_base;
	}
}

bool page_make_all(struct layout *l, struct galley *g, struct pages *out)
{
	struct paginator p = { .l = l, .g = g, .pages = out };
	struct position pos = { 0, 0, 0 };
	sp x;
	bool done = g->n == 0;

	style_text_column(l->theme, true, out->rtl, &x, &p.text_w);
	strmap_init(&p.notes);
	if (done) { /* a document of a title alone still has its page */
		struct page *page = new_page(&p);

		if (l->theme->masthead.on)
			master_masthead(&p, page);
	}
	while (!done && !l->failed) {
		bool first = out->n == 0;
		struct page *page;
		struct trial t;
		struct position before = pos;

		if (!first && pos.block < (int)g->n && pos.cand == 0 && pos.row == 0 && g->v[pos.block].new_recto && out->n % 2 == 1 &&
		    l->theme->page.facing)
			new_page(&p); /* left blank */
		page = new_page(&p);
		if (first && l->theme->masthead.on)
			p.first_y = master_masthead(&p, page);
		fill_page(&p, pos, -1, 0, &t);
		if (p.next_quote < (int)g->n_quotes && page->number >= l->theme->pullquote.first_page)
			try_quote(&p, pos, &t);
		force_progress(&t);
		place_trial(&p, &t, page);
		if (t.quote >= 0)
			g->quotes[t.quote].placed = true;
		take_later(&p, &t);
		if (t.end > 0)
			pos = t.v[t.end - 1].next;
		skip_quotes(&p, before.block);
		done = pos.block >= (int)g->n && p.n_carry == 0;
		trial_free(&t);
		if (out->n >= MOST_PAGES) {
			diag_error(l->log, "too-long", l->doc->root->pos, "the document is longer than %d pages", MOST_PAGES);
			l->failed = true;
		}
	}
	if (!l->failed) {
		master_imprint(&p);
		master_contents(&p);
		master_heads(&p);
	}
	mem_free(p.carry);
	strmap_free(&p.notes);
	return !l->failed;
}
