/* The doc tree to the galley: one function per kind of block. */
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "layout/flatten.h"
#include "layout/heading.h"

enum {
	/* of page breaks, in the page maker's points: 25 n^2 is a hole of n rows at a page's foot */
	PRICE_TORN = 5000, PRICE_LEAD_IN = 1000, PRICE_NESTED = 500,
	QUESTION_BEFORE = 1000, /* [1/1000 U] */
	RUNIN_BOLD = -1 /* "level" of a paragraph's bold first words that are no heading */
};

sp flow_lines(const struct layout *l, int32_t milli)
{
	return unit_scale(l->theme->page.unit, milli, 1000);
}

/* ---- adding ---------------------------------------------------------------------------------- */

struct op *flow_label(struct flow *f, struct block *b, enum op_kind kind)
{
	struct op *v = arena_array(&f->l->arena, (size_t)b->n_label + 1, sizeof *v);

	if (b->n_label > 0)
		memcpy(v, b->label, (size_t)b->n_label * sizeof *v);
	b->label = v;
	b->label[b->n_label] = (struct op){ .kind = kind, .frame = FRAME_TEXT };
	return &b->label[b->n_label++];
}

void flow_anchor(struct flow *f, struct block *b, const struct node *node)
{
	struct op *op;

	if (node == NULL || node->id == NULL)
		return;
	op = flow_label(f, b, OP_ANCHOR);
	op->node = node;
	op->role = ROLE_CONTENT;
	op->y = -f->l->theme->page.unit;
}

/* Blocks that are set through their children are targets too: the first child block carries their anchors. */
static void add_anchors_above(struct flow *f, struct block *b, const struct node *node)
{
	flow_anchor(f, b, node);
	for (const struct node *n = node; n != NULL && n->parent != NULL && n->parent->kind != N_ROOT; n = n->parent) {
		if (n->parent->first != n || n->parent->kind == N_CELL || n->parent->kind == N_FOOTNOTE)
			break;
		flow_anchor(f, b, n->parent);
	}
}

bool flow_has_columns(const struct flow *f)
{
	return f->l->theme->cols.n > 1 && !f->narrow && !f->span && f->box == NULL && f->start == 0 && f->end == 0;
}

struct flow_frame flow_widen(struct flow *f)
{
	struct flow_frame before = { f->width, f->span };
	sp x;

	if (flow_has_columns(f)) {
		style_text_column(f->l->theme, true, &x, &f->width);
		f->span = true;
	}
	return before;
}

void flow_narrow(struct flow *f, struct flow_frame before)
{
	f->width = before.width;
	f->span = before.span;
}

struct block *flow_add(struct flow *f, enum block_kind kind, const struct node *node, const struct par_style *style)
{
	struct galley *g = f->g;
	struct block *b;

	if (g->cap == 0 && f->narrow) { /* one paragraph is all that most cells have */
		g->v = mem_alloc(sizeof *g->v);
		g->cap = 1;
	}
	VEC_ROOM(g->v, g->n, g->cap, 1);
	b = &g->v[g->n++];
	memset(b, 0, sizeof *b);
	b->kind = kind;
	b->node = node;
	b->style = style;
	b->span = f->span;
	b->start = f->start + style->start;
	b->end = f->end + style->end;
	b->before = flow_lines(f->l, style->before);
	b->after = flow_lines(f->l, style->after);
	b->box = f->box;
	b->no_indent = f->was_break && !style->indent_first && style->indent > 0; /* what hangs, hangs everywhere */
	b->turned = node != NULL && flat_is_rtl(f->l, node) != flat_is_rtl(f->l, f->l->doc->root);
	if (!f->narrow)
		add_anchors_above(f, b, node);
	f->was_break = false;
	return b;
}

void flow_keep(struct block *b, int32_t price)
{
	if (b->price < price)
		b->price = price;
}

struct block *flow_par(struct flow *f, const struct par_source *src)
{
	struct par_source own = *src;
	struct par *p;
	struct block *b;

	if (own.unbroken == 0)
		own.unbroken = f->unbroken;
	p = f->uncut ? par_new(f->l, &own) : par_new_within(f->l, &own, f->width - f->start - f->end);
	b = flow_add(f, BLOCK_PAR, src->node, src->style);
	b->par = p;
	return b;
}

static struct par_style *bold_style(struct flow *f, const struct par_style *of)
{
	struct par_style *style = ARENA_NEW(&f->l->arena, struct par_style);

	*style = *of;
	style->bold = true;
	return style;
}

struct block *flow_simple(struct flow *f, const struct node *node, enum par_style_id id)
{
	struct par_source src = { .node = node, .style = &f->l->theme->par[id] };

	if (id == PS_TERM && (f->box != NULL || f->narrow)) { /* in the voice of the box or table around it */
		struct par_style *style = bold_style(f, f->body);

		style->indent = 0;
		style->before = style->after = 0;
		style->align = SET_START;
		src.style = style;
	}
	return flow_par(f, &src);
}

/* ---- paragraphs ------------------------------------------------------------------------------ */

/* The picture that a paragraph holds and nothing else: it need not fit between lines. NULL: none. */
static const struct node *lone_picture(const struct node *para)
{
	const struct node *found = NULL;

	for (const struct node *n = para->first; n != NULL; n = n->next) {
		if (n->kind == N_INLINE_IMAGE && n->u.image.image != NULL && found == NULL)
			found = n;
		else if (n->kind != N_ANCHOR)
			return NULL;
	}
	return found;
}

static void flow_para(struct flow *f, const struct node *node)
{
	struct par_source src = { .node = node, .style = f->list_depth > 0 ? f->item : f->body };
	const struct node *owner = f->runin_owner;
	struct block *b;

	if (f->runin == NULL && lone_picture(node) != NULL) {
		flow_image(f, lone_picture(node));
		return;
	}
	if (node->u.para.entry > 0 && f->runin == NULL) {
		flow_entry(f, node);
		return;
	}
	if (node->u.para.runin && node->next != NULL && node->next->kind == N_PARA && f->runin == NULL) {
		f->runin = node; /* the first words of the paragraph behind it */
		f->runin_owner = node;
		f->runin_level = RUNIN_BOLD;
		return;
	}
	if (f->runin != NULL) {
		src.runin = f->runin;
		src.runin_style = f->runin_level == RUNIN_BOLD ? bold_style(f, src.style) : heading_style(f->l, f->runin_level);
	}
	f->runin = f->runin_owner = NULL;
	b = flow_par(f, &src);
	if (src.runin != NULL) {
		if (f->list_depth == 0)
			b->before = flow_lines(f->l, src.runin_style->before);
		b->no_indent = src.style->indent > 0;
		flow_anchor(f, b, owner);
	}

	if (f->list_depth > 0 || node->u.para.continued || (node->element != NULL && strcmp(node->element, "address") == 0))
		b->no_indent = true;
	b->plain_text = f->list_depth == 0 && f->box == NULL && !f->narrow && f->body == &f->l->theme->par[PS_BODY];
}

/* The author's own lines, not code: not justified, no indent. */
static void flow_own_lines(struct flow *f, const struct node *node)
{
	struct par_style *style = ARENA_NEW(&f->l->arena, struct par_style);
	struct par_source src = { .node = node, .style = style };
	struct block *b;

	*style = *f->body;
	style->align = SET_START;
	style->hyphenate = false;
	style->indent = 0;
	style->before = style->after = 500;
	b = flow_par(f, &src);
	b->no_indent = true;
	f->was_break = true;
}

/* A style's space before and after is the quotation's, not each paragraph's; whose words it is stays with its end. */
static void set_quote_apart(struct flow *f, size_t first)
{
	sp before = flow_lines(f->l, f->body->before), after = flow_lines(f->l, f->body->after);
	size_t end = f->g->n;

	for (size_t i = first; i < end; i++) {
		struct block *b = &f->g->v[i];
		bool by = b->node != NULL && b->node->kind == N_ATTRIBUTION;

		b->off_grid = true;
		if (i > first && (b->style == f->body || by))
			b->before = 0;
		if (i + 1 < end && (b->style == f->body || by))
			b->after = 0;
		if (i > first && by) {
			flow_keep(&f->g->v[i - 1], PRICE_TORN);
			if (f->g->v[i - 1].kind == BLOCK_ROWS && f->g->v[i - 1].rows.n > 0)
				f->g->v[i - 1].rows.v[f->g->v[i - 1].rows.n - 1].keep = true;
		}
	}
	if (first == end || f->narrow)
		return;
	if (f->g->v[first].before < before)
		f->g->v[first].before = before;
	if (f->g->v[end - 1].after < after)
		f->g->v[end - 1].after = after;
}

static void flow_blockquote(struct flow *f, const struct node *node)
{
	bool epigraph = node->role != NULL && strcmp(node->role, "epigraph") == 0;
	const struct par_style *body = f->body, *item = f->item;
	size_t first = f->g->n;

	f->body = f->item = &f->l->theme->par[epigraph ? PS_EPIGRAPH : PS_QUOTE];
	f->was_break = true;
	flow_children(f, node);
	set_quote_apart(f, first);
	for (size_t i = first; i < f->g->n && epigraph && node->next != NULL; i++) /* like the heading above it, it is of the text below */
		flow_keep(&f->g->v[i], PRICE_TORN);
	f->body = body;
	f->item = item;
	f->was_break = true;
}

/* ---- the rest ---------------------------------------------------------------------------------- */

static void flow_rule(struct flow *f, const struct node *node)
{
	struct block *b = flow_add(f, BLOCK_ROWS, node, f->body);
	struct row *row = rows_add(f->l, &b->rows, f->l->theme->page.unit);
	struct op *op = row_add(f->l, row, OP_FILL, FRAME_TEXT);

	op->role = ROLE_RULE;
	op->x = b->start;
	op->y = -f->body->size / 4;
	op->u.fill.w = (f->width - b->start - b->end) / 3;
	op->u.fill.h = SP_ONE / 2;
	op->u.fill.colour = f->l->theme->text_colour;
	f->was_break = true;
}

static bool is_called(const struct node *n, const char *name)
{
	return n->element != NULL && strcmp(n->element, name) == 0;
}

/* Room above and below the blocks from `first` on: an example or an equation. */
static void set_apart(struct flow *f, size_t first, int32_t lines)
{
	sp space = flow_lines(f->l, lines);

	if (first == f->g->n || f->narrow)
		return;
	if (f->g->v[first].before < space)
		f->g->v[first].before = space;
	if (f->g->v[f->g->n - 1].after < space)
		f->g->v[f->g->n - 1].after = space;
	f->was_break = true;
}

static void flow_group(struct flow *f, const struct node *node)
{
	const struct par_style *body = f->body, *item = f->item;
	bool titled = doc_title(node) != NULL, formula = is_called(node, "equation") || is_called(node, "informalequation");
	bool question = is_called(node, "question");
	size_t first = f->g->n;
	sp start = f->start;

	if (question) {
		f->body = f->item = bold_style(f, f->list_depth > 0 ? f->item : f->body);
		f->was_break = true;
	}
	if (is_called(node, "answer"))
		f->was_break = true;
	for (const struct node *n = node->first; n != NULL; n = n->next) {
		if (n->kind == N_TITLE) {
			struct block *b = flow_simple(f, n, PS_TERM);

			b->heading = b->no_indent = true;
			f->was_break = true;
		} else {
			if (formula)
				f->start = start + f->l->theme->page.unit;
			f->was_break = f->was_break || formula;
			flow_block(f, n);
			f->start = start;
		}
	}
	f->body = body;
	f->item = item;
	if (question && f->g->n > first) {
		flow_keep(&f->g->v[f->g->n - 1], PRICE_TORN);
		f->g->v[first].before = flow_lines(f->l, QUESTION_BEFORE);
	}
	if (titled)
		set_apart(f, first, f->l->theme->table.around);
	else if (formula || is_called(node, "informalexample"))
		set_apart(f, first, f->l->theme->list.around);
}

/* Ends in a colon: what it leads in follows. */
static bool is_lead_in(const struct par *p)
{
	uint32_t end = p->len;

	while (end > 0 && p->text[end - 1] == ' ')
		end--;
	return end > 0 && p->text[end - 1] == ':';
}

/* "The reasons are these:" does not stand alone at a page's foot, and an item's first words stay with the list
 * or the picture inside it. */
static void keep_lead_in(struct flow *f, const struct node *n)
{
	struct block *b = f->g->n > 0 ? &f->g->v[f->g->n - 1] : NULL;

	if (b == NULL || b->kind != BLOCK_PAR || b->heading || b->box != f->box)
		return;
	if (is_lead_in(b->par))
		flow_keep(b, PRICE_LEAD_IN);
	else if (n->kind != N_PARA && n->prev != NULL && n->parent->kind == N_ITEM)
		flow_keep(b, PRICE_NESTED);
}

/* Its level counts from the article or book; the styles do from the chapter. */
static int bridgehead_level(const struct flow *f, const struct node *n)
{
	int openers = 0;

	for (const struct node *up = n->parent; up != NULL; up = up->parent)
		openers += up->kind == N_DIVISION && heading_opens_page(f->l->doc, up);
	return n->u.division.level - openers;
}

/* One stands at the foot of the last page. What cannot is text like any other, so that nothing of it is lost. */
static void flow_imprint(struct flow *f, const struct node *n)
{
	const struct par_style *body = f->body;

	if (f->g->imprint == NULL && !f->narrow && imprint_fits(f->l, n)) {
		f->g->imprint = n;
		return;
	}
	diag_warn(f->l->log, "imprint", n->pos, "this imprint cannot stand at the foot of the last page: it is set where it is in the source");
	diag_hint(f->l->log, "there is one, of less than a page, without notes");
	f->body = &f->l->theme->par[PS_IMPRINT];
	f->was_break = true;
	flow_children(f, n);
	f->body = body;
	f->was_break = true;
}

void flow_block(struct flow *f, const struct node *n)
{
	struct block *b;

	if (f->l->failed)
		return;
	if (f->runin != NULL && n->kind != N_PARA) { /* nothing it could run into: a heading of its own */
		const struct node *title = f->runin, *owner = f->runin_owner;

		f->runin = f->runin_owner = NULL;
		heading_add(f, title, owner, f->runin_level, NULL);
	}
	if (n->kind != N_PULLQUOTE && n->kind != N_DIVISION && n->kind != N_BRIDGEHEAD && n->kind != N_IMPRINT)
		keep_lead_in(f, n);
	switch (n->kind) {
	case N_DIVISION: flow_division(f, n); break;
	case N_PARA: flow_para(f, n); break;
	case N_LIST: flow_list(f, n); break;
	case N_BLOCKQUOTE: flow_blockquote(f, n); break;
	case N_PULLQUOTE:
		if (f->narrow || f->box != NULL || f->g->n == 0 || f->list_depth > 0)
			flow_blockquote(f, n);
		else
			flow_quote(f, n);
		break;
	case N_SIDEBAR: flow_sidebar(f, n); break;
	case N_ADMONITION: flow_admonition(f, n); break;
	case N_FIGURE: flow_figure(f, n); break;
	case N_TABLE: flow_table(f, n); break;
	case N_CHART: flow_chart(f, n); break;
	case N_IMAGE: flow_image(f, n); break;
	case N_VERBATIM:
		if (n->role != NULL && strcmp(n->role, "plain") == 0)
			flow_own_lines(f, n);
		else
			flow_code(f, n);
		break;
	case N_RULE: flow_rule(f, n); break;
	case N_IMPRINT: flow_imprint(f, n); break;
	case N_BRIDGEHEAD: heading_add(f, n, NULL, bridgehead_level(f, n), NULL); break;
	case N_TITLE:
		b = flow_simple(f, n, PS_TERM);
		b->heading = b->no_indent = true;
		break;
	case N_SUBTITLE: flow_simple(f, n, PS_FRONT)->no_indent = true; break;
	case N_ATTRIBUTION: flow_simple(f, n, PS_ATTRIBUTION)->no_indent = true; break;
	case N_TERM: flow_simple(f, n, PS_TERM)->no_indent = true; break;
	case N_SIDEDATA: flow_simple(f, n, PS_SIDEBAR_DATA)->no_indent = true; break;
	case N_CAPTION: {
		const struct par_style *body = f->body;

		f->body = &f->l->theme->par[PS_SOURCE];
		flow_children(f, n);
		f->body = body;
		break;
	}
	case N_GROUP: case N_ITEM: case N_ROW: case N_CELL: case N_FOOTNOTE: flow_group(f, n); break;
	default: break; /* inlines do not stand here (doc.h) */
	}
}

void flow_children(struct flow *f, const struct node *node)
{
	for (const struct node *n = node->first; n != NULL; n = n->next)
		flow_block(f, n);
}
