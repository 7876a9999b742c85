#include "layout/contents.h"

#include <string.h>

#include "base/mem.h"
#include "layout/heading.h"
#include "layout/setline.h"

enum { MOST_DOTS = 200, PRICE_TOP_ALONE = 3000 /* of a page break behind a chapter's entry, before its first section's */ };

struct entry {
	const struct node *division;
	int depth;   /* 0: a part or chapter, or an article's section */
	bool top;    /* a part, or a chapter with sections under it */
	int page;    /* from 1; 0: not known */
};

struct list {
	struct entry *v;
	int n;
};

/* ---- what is listed ---------------------------------------------------------------------------------- */

static int depth_of(const struct doc *d, const struct node *n)
{
	if (heading_opens_page(d, n))
		return n->u.division.what == DIV_PART ? -1 : 0;
	return heading_level(d, n) - (d->is_book ? 0 : 1);
}

static struct list list_of(struct layout *l)
{
	const struct doc *d = l->doc;
	int levels = d->is_book ? l->theme->contents.book_levels : l->theme->contents.levels, room = 0;
	struct list e = { NULL, 0 };

	for (int pass = 0; pass < 2; pass++) {
		for (const struct node *n = d->root; n != NULL;) {
			if (n->kind != N_DIVISION) {
				n = n == d->root ? doc_next(d->root, n) : doc_next_skip(d->root, n);
				continue;
			}
			if (doc_title(n) != NULL && depth_of(d, n) < levels) {
				if (pass == 0)
					room++;
				else
					e.v[e.n++] = (struct entry){ .division = n, .depth = depth_of(d, n),
						                     .page = l->contents->page_of != NULL ? l->contents->page_of[n->seq] : 0 };
			}
			n = depth_of(d, n) + 1 < levels ? doc_next(d->root, n) : doc_next_skip(d->root, n);
		}
		if (pass == 0)
			e.v = arena_array(&l->arena, (size_t)room, sizeof *e.v);
	}
	for (int i = 0; i < e.n; i++) {
		struct entry *v = &e.v[i];

		v->top = d->is_book && levels > 1 && v->depth <= 0;
		if (v->depth < 0)
			v->depth = 0;
	}
	return e;
}

/* Further lines of an entry stand in, farther than entries of a lower level. */
static sp turnover_of(const struct list *list, const struct par_style *style, sp level)
{
	for (int i = 0; i < list->n; i++) {
		if (list->v[i].depth > 0)
			return level + style->size;
	}
	return style->size;
}

static struct measure hanging(sp width, sp turnover)
{
	return (struct measure){ .full = width - turnover, .indent = -turnover };
}

bool contents_for_book(const struct layout *l)
{
	const struct theme *t = l->theme;

	return l->doc->is_book && t->contents.book && t->contents.least_pages > 0;
}

static struct par *title_par(struct layout *l, const struct entry *e, const struct par_style *style, sp measure)
{
	struct par_source src = { .node = doc_title(e->division), .style = style, .role = ROLE_CONTENTS, .skip_notes = true,
	                          .among_others = true };

	src.plain = e->division->u.division.short_title;
	if (l->doc->is_book || e->division->u.division.what != DIV_SECTION)
		src.prefix = heading_prefix(l, e->division);
	return par_new_within(l, &src, measure);
}

static struct par *plain_par(struct layout *l, const struct node *node, enum item_role role, const struct par_style *style,
                             const char *text)
{
	struct par_source src = { .node = node, .style = style, .plain = text, .role = role, .among_others = true };

	return par_new(l, &src);
}

static const char *heading_words(struct layout *l)
{
	const struct lang *lang = langs_lookup(l->langs, l->doc->lang, l->log);

	return lang_word(lang, l->doc->is_book ? W_CONTENTS : W_IN_THIS_PAPER);
}

/* ---- in the text column ------------------------------------------------------------------------------ */

struct contents_number {
	int block, row, op;       /* in the galley: where it is to stand */
	const struct node *division;
	const struct par_style *style;
	sp right;
};

/* The only line of par, so that it begins at x. */
static void fill_op(struct layout *l, struct op *op, const struct par *par, sp x)
{
	struct measure m = { .full = par_width(par) + SP_PT(1) };
	struct broken b;

	line_break(l, par, 0, &m, 0, &b);
	op->x = x;
	op->node = par->node;
	op->u.line.par = par;
	op->u.line.line = b.v[0];
}

/* Dots that stand under each other from entry to entry: they are counted from the right. */
static void put_leader(struct flow *f, struct row *row, const struct par_style *style, sp from, sp to)
{
	char dots[2 * MOST_DOTS + 1];
	sp one = par_width(plain_par(f->l, NULL, ROLE_RULE, style, "."));
	sp pitch = (par_width(plain_par(f->l, NULL, ROLE_RULE, style, ". . . . . . . . .")) - one) / 8, room = to - from - style->size / 2;
	int n = pitch > 0 && room > one ? (int)((room - one) / pitch) + 1 : 0;
	struct par *par;

	if (n > MOST_DOTS)
		n = MOST_DOTS;
	if (n < 3)
		return;
	for (int i = 0; i < n; i++)
		memcpy(dots + 2 * i, ". ", 2);
	dots[2 * n - 1] = '\0';
	par = plain_par(f->l, NULL, ROLE_RULE, style, dots);
	fill_op(f->l, row_add(f->l, row, OP_LINE, FRAME_TEXT), par, to - par_width(par));
}

/* plain: of the number and the dots before it. */
static void set_entry(struct flow *f, const struct entry *e, const struct par_style *style, const struct par_style *plain,
                      sp number_w, sp turnover)
{
	struct layout *l = f->l;
	struct block *b = flow_add(f, BLOCK_ROWS, NULL, style);
	sp indent = b->start + e->depth * l->theme->page.unit, right = f->width - b->end;
	struct measure m = hanging(right - number_w - indent, turnover);
	struct par *par = title_par(l, e, style, m.full);
	struct broken lines;
	struct row *row = NULL;
	struct op *op;
	const struct line *last;

	b->off_grid = true;
	line_break(l, par, 0, &m, 0, &lines);
	for (int i = 0; i < lines.n; i++) {
		row = rows_add(l, &b->rows, style->leading);
		row->keep = i + 1 < lines.n;
		op = row_add(l, row, OP_LINE, FRAME_TEXT);
		op->x = indent + (i > 0 ? turnover : 0);
		op->node = par->node;
		op->u.line.par = par;
		op->u.line.line = lines.v[i];
	}
	if (row == NULL)
		return;
	row_add(l, row, OP_LINE, FRAME_TEXT);
	l->contents->numbers[l->contents->n_numbers++] = (struct contents_number){
		.block = (int)f->g->n - 1, .row = b->rows.n - 1, .op = row->n_ops - 1, .division = e->division, .style = plain, .right = right
	};
	last = &lines.v[lines.n - 1];
	if (lines.n > 1)
		indent += turnover;
	put_leader(f, row, plain, indent + par_cand(par, last->to)->x_end - par_cand(par, last->from)->x_next, right - number_w);
	op = row_add(l, &b->rows.v[0], OP_LINK, FRAME_TEXT);
	op->role = ROLE_CONTENTS;
	op->node = e->division;
	op->x = b->start + e->depth * l->theme->page.unit;
	op->y = -style->leading * 3 / 4;
	op->u.fill.w = right - op->x;
	op->u.fill.h = b->rows.height;
}

/* What the numbers of pages have room for, which are not known yet; half an em is given besides, for a fourth figure. */
static const char *widest_number(const struct doc *d, const struct list *list)
{
	enum { NODES_A_PAGE = 20, BYTES_A_PAGE = 3000, PAGES_A_CHAPTER = 2 }; /* of few words */
	size_t bytes = 0, pages = 0;

	for (const struct node *n = d->root; n != NULL; n = doc_next(d->root, n))
		bytes += n->kind == N_TEXT ? n->u.text.len : 0;
	for (int i = 0; i < list->n && d->is_book; i++)
		pages += list->v[i].top ? PAGES_A_CHAPTER : 0;
	pages += d->n_nodes / NODES_A_PAGE + bytes / BYTES_A_PAGE;
	return pages < 10000 ? "000" : pages < 100000 ? "0000" : "00000";
}

void contents_flow(struct flow *f)
{
	struct layout *l = f->l;
	const struct theme *t = l->theme;
	struct list list = list_of(l);
	bool book = l->doc->is_book;
	size_t first = f->g->n;
	struct flow_frame frame = { f->width, f->span };
	const struct par_style *entry = &t->par[book ? PS_CONTENTS_ENTRY : PS_CONTENTS];
	struct block *b;
	sp number_w, turnover = turnover_of(&list, entry, t->page.unit);

	if (list.n == 0)
		return;
	if (book)
		flow_widen(f);
	b = flow_add(f, BLOCK_PAR, NULL, &t->par[book ? PS_CHAPTER : PS_CONTENTS_TITLE]);
	b->par = plain_par(l, l->doc->root, ROLE_CONTENTS, b->style, heading_words(l));
	b->heading = b->no_indent = true;
	if (book)
		heading_opening(f, b, t->opener.sink);
	flow_narrow(f, frame);
	number_w = par_width(plain_par(l, NULL, ROLE_CONTENTS, entry, widest_number(l->doc, &list))) + entry->size / 2;
	l->contents->numbers = arena_array(&l->arena, (size_t)list.n, sizeof *l->contents->numbers);
	l->contents->n_numbers = 0;
	for (int i = 0; i < list.n; i++) {
		const struct entry *e = &list.v[i];

		set_entry(f, e, e->top ? &t->par[PS_CONTENTS_TOP] : entry, entry, number_w, turnover);
		if (e->division->u.division.what == DIV_PART && i > 0)
			f->g->v[f->g->n - 1].before += t->page.unit / 2;
		if (e->top) /* not left behind at a page's foot */
			flow_keep(&f->g->v[f->g->n - 1], i + 1 < list.n && !list.v[i + 1].top ? PRICE_TOP_ALONE : 0);
	}
	if (!book && first < f->g->n)
		f->g->v[f->g->n - 1].after = t->page.unit;
	f->was_break = true;
}

/* ---- in the margin of page 1 (HS-46) ------------------------------------------------------------------- */

/* What hides a stretch of the margin: the first baseline clear of it, or 0 if nothing does. */
static sp below_obstacle(const struct page *page, sp x, sp w, sp top, sp bottom)
{
	for (size_t i = 0; i < page->n; i++) {
		const struct item *it = &page->items[i];
		sp from = it->kind == ITEM_TEXT ? it->y - it->u.text.size : it->y, to = it->kind == ITEM_TEXT ? it->y : it->y + it->h;

		if (it->kind == ITEM_LINK || it->kind == ITEM_ANCHOR || it->x >= x + w || it->x + it->w <= x)
			continue;
		if (from < bottom && to > top)
			return to;
	}
	return 0;
}

/* The first place at or below top where `height` is free down the margin; -1: there is none. */
static sp find_room(const struct paginator *p, const struct page *page, sp x, sp w, sp top, sp height)
{
	const struct theme *t = p->l->theme;
	sp unit = t->page.unit, last = style_line_y(t, t->page.last_line);

	for (sp y = top; y + height <= last;) {
		sp low = below_obstacle(page, x, w, y - unit, y + height + unit / 2);

		if (low == 0)
			return y;
		do
			y += unit;
		while (y - unit < low);
	}
	return -1;
}

/* Whatever stands there already. */
static bool has_margin(const struct theme *t)
{
	sp x, w;

	style_margin_column(t, true, &x, &w);
	return t->contents.in_margin && t->masthead.on && w > 0;
}

static bool set_in_margin(struct paginator *p, sp top)
{
	struct layout *l = p->l;
	const struct theme *t = l->theme;
	const struct par_style *style = &t->par[PS_CONTENTS];
	struct page *page = p->pages->n > 0 ? &p->pages->v[0] : NULL;
	struct place to = { l, p->pages, page, ROLE_CONTENTS };
	struct list list = list_of(l);
	sp mx, mw, number_w, y, leading = style->leading, height = 0, turnover = turnover_of(&list, style, style->size);
	struct par **par, *title;
	struct broken *lines;

	style_margin_column(t, true, &mx, &mw);
	if (page == NULL || !has_margin(t))
		return false;
	number_w = par_width(plain_par(l, NULL, ROLE_CONTENTS, style, p->pages->v[p->pages->n - 1].label)) + style->size / 4;
	par = arena_array(&l->arena, (size_t)list.n, sizeof(struct par *));
	lines = arena_array(&l->arena, (size_t)list.n, sizeof *lines);
	for (int i = 0; i < list.n; i++) {
		struct measure m = hanging(mw - number_w - list.v[i].depth * style->size, turnover);

		par[i] = title_par(l, &list.v[i], style, m.full);
		line_break(l, par[i], 0, &m, 0, &lines[i]);
		height += lines[i].n * leading;
	}
	y = find_room(p, page, mx, mw, top, height);
	if (y < 0)
		return false;
	title = plain_par(l, l->doc->root, ROLE_CONTENTS, &t->par[PS_CONTENTS_TITLE], heading_words(l));
	par_set(&to, title, mx, y, mw);
	y += leading;
	for (int i = 0; i < list.n; i++) {
		const struct node *d = list.v[i].division;
		sp x = mx + list.v[i].depth * style->size;
		struct par *num = plain_par(l, d, ROLE_CONTENTS, style, arena_printf(&l->arena, "%d", list.v[i].page));
		struct item *link;

		for (int k = 0; k < lines[i].n; k++)
			line_set(&to, par[i], &lines[i].v[k], x + (k > 0 ? turnover : 0), y + k * leading);
		y += lines[i].n * leading;
		par_set(&to, num, mx + mw - par_width(num), y - leading, par_width(num) + SP_PT(1));
		link = page_add(p->pages, page, ITEM_LINK, ROLE_CONTENTS, d);
		link->x = x;
		link->y = y - lines[i].n * leading - leading * 3 / 4;
		link->w = mx + mw - x;
		link->h = lines[i].n * leading;
		link->u.link.target = d;
	}
	return true;
}

/* ---- when the pages are chosen ----------------------------------------------------------------------- */

/* Divisions are anchors of the first row of a block. */
static void note_pages(struct paginator *p, const struct plan *plan, const struct trial *trials)
{
	size_t n_nodes = p->l->doc->n_nodes;
	int32_t *page_of = mem_zalloc(n_nodes + 1, sizeof *page_of);

	for (int i = 0; i < plan->n; i++) {
		for (size_t k = 0; k < trials[i].n; k++) {
			const struct block *b = &p->g->v[trials[i].v[k].block];

			for (int a = 0; a < b->n_label && trials[i].v[k].first; a++) {
				const struct node *n = b->label[a].kind == OP_ANCHOR ? b->label[a].node : NULL;

				if (n != NULL && n->seq <= n_nodes && page_of[n->seq] == 0)
					page_of[n->seq] = plan->v[i].page;
			}
		}
	}
	mem_free(p->l->contents->page_of);
	p->l->contents->page_of = page_of;
}

void contents_number(struct paginator *p, const struct plan *plan, const struct trial *trials)
{
	struct layout *l = p->l;

	note_pages(p, plan, trials);
	for (int i = 0; i < l->contents->n_numbers; i++) {
		const struct contents_number *n = &l->contents->numbers[i];
		struct par *par = plain_par(l, n->division, ROLE_CONTENTS, n->style,
		                            arena_printf(&l->arena, "%d", l->contents->page_of[n->division->seq]));

		fill_op(l, &p->g->v[n->block].rows.v[n->row].ops[n->op], par, n->right - par_width(par));
	}
}

bool contents_are_settled(const struct layout *l)
{
	return l->contents->in_column || l->doc->is_book || l->theme->contents.least_pages <= 0;
}

/* Entries of contents that are to stand somewhere yet, of so many pages; 0: there are to be none. */
static int entries_wanted(struct layout *l, int pages)
{
	int n;

	if (contents_are_settled(l) || (pages < l->theme->contents.least_pages && !l->doc->info.wants_contents))
		return 0;
	n = list_of(l).n;
	return n < 2 ? 0 : n;
}

static void ask_for_column(struct contents_state *c)
{
	c->in_column = c->again = true;
	c->runs++;
	c->n_numbers = 0;
}

bool contents_outgrow_margin(struct paginator *p, int pages)
{
	const struct theme *t = p->l->theme;
	int n = entries_wanted(p->l, pages);

	if (n == 0 || (has_margin(t) && n * t->par[PS_CONTENTS].leading <= style_line_y(t, t->page.last_line)))
		return false;
	ask_for_column(p->l->contents);
	return true;
}

void contents_finish(struct paginator *p, sp top)
{
	struct contents_state *c = p->l->contents;

	c->again = false;
	if (entries_wanted(p->l, (int)p->pages->n) > 0 && !set_in_margin(p, top)) {
		ask_for_column(c);
	} else {
		c->runs++;
		c->n_numbers = 0;
	}
}

void contents_free(struct contents_state *c)
{
	mem_free(c->page_of);
	c->page_of = NULL;
}
