/* The doc tree to the galley: one function per kind of block. */
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "layout/block.h"

sp flow_lines(const struct layout *l, int32_t milli)
{
	return unit_scale(l->theme->page.unit, milli, 1000);
}

/* ---- adding ---------------------------------------------------------------------------------- */

static struct op *add_label(struct flow *f, struct block *b, enum op_kind kind)
{
	struct op *v = arena_array(&f->l->arena, (size_t)b->n_label + 1, sizeof *v);

	if (b->n_label > 0)
		memcpy(v, b->label, (size_t)b->n_label * sizeof *v);
	b->label = v;
	b->label[b->n_label] = (struct op){ .kind = kind, .frame = FRAME_TEXT };
	return &b->label[b->n_label++];
}

static void add_block_anchor(struct flow *f, struct block *b, const struct node *node)
{
	struct op *op;

	if (node == NULL || node->id == NULL)
		return;
	op = add_label(f, b, OP_ANCHOR);
	op->node = node;
	op->role = ROLE_CONTENT;
	op->y = -f->l->theme->page.unit;
}

/* Blocks that are set through their children are targets too: the first child block carries their anchors. */
static void add_anchors_above(struct flow *f, struct block *b, const struct node *node)
{
	add_block_anchor(f, b, node);
	for (const struct node *n = node; n != NULL && n->parent != NULL && n->parent->kind != N_ROOT; n = n->parent) {
		if (n->parent->first != n || n->parent->kind == N_CELL || n->parent->kind == N_FOOTNOTE)
			break;
		add_block_anchor(f, b, n->parent);
	}
}

struct block *flow_add(struct flow *f, enum block_kind kind, const struct node *node, const struct par_style *style)
{
	struct galley *g = f->g;
	struct block *b;

	VEC_ROOM(g->v, g->n, g->cap, 1);
	b = &g->v[g->n++];
	memset(b, 0, sizeof *b);
	b->kind = kind;
	b->node = node;
	b->style = style;
	b->start = f->start + style->start;
	b->end = f->end + style->end;
	b->before = flow_lines(f->l, style->before);
	b->after = flow_lines(f->l, style->after);
	b->box = f->box;
	b->no_indent = f->was_break;
	if (!f->narrow)
		add_anchors_above(f, b, node);
	f->was_break = false;
	return b;
}

struct block *flow_par(struct flow *f, const struct par_source *src)
{
	struct par *p = par_new(f->l, src);
	struct block *b = flow_add(f, BLOCK_PAR, src->node, src->style);

	b->par = p;
	return b;
}

static struct block *simple_par(struct flow *f, const struct node *node, enum par_style_id id)
{
	struct par_source src = { .node = node, .style = &f->l->theme->par[id] };

	return flow_par(f, &src);
}

/* ---- headings -------------------------------------------------------------------------------- */

static const struct par_style *heading_style(const struct layout *l, int level)
{
	int id = PS_H1 + (level < 1 ? 0 : level > 6 ? 5 : level - 1);

	return &l->theme->par[id];
}

static void add_heading(struct flow *f, const struct node *title, const struct node *owner, int level, const char *label)
{
	struct par_source src = { .node = title, .style = heading_style(f->l, level) };
	bool stacked = f->g->n > 0 && f->g->v[f->g->n - 1].heading;
	struct block *b;

	if (label != NULL)
		src.prefix = arena_printf(&f->l->arena, "%s. ", label);
	b = flow_par(f, &src);
	b->heading = true;
	b->no_indent = true;
	if (stacked)
		b->before = 0;
	add_block_anchor(f, b, owner);
	f->was_break = true;
}

static void flow_division(struct flow *f, const struct node *node)
{
	const struct node *title = doc_title(node);
	size_t first = f->g->n;

	if (title != NULL && heading_style(f->l, node->u.division.level)->runin && node->u.division.label == NULL) {
		f->runin = title;
		f->runin_owner = node;
		f->runin_level = node->u.division.level;
	} else if (title != NULL) {
		add_heading(f, title, node, node->u.division.level, node->u.division.label);
	}
	for (const struct node *n = node->first; n != NULL; n = n->next) {
		if (n != title)
			flow_block(f, n);
	}
	if (f->runin == title && title != NULL) { /* a section of its title alone */
		f->runin = f->runin_owner = NULL;
		add_heading(f, title, node, node->u.division.level, NULL);
	}
	if (first < f->g->n && !f->narrow && f->l->doc->is_book && node->u.division.what != DIV_SECTION) {
		f->g->v[first].new_page = true;
		f->g->v[first].new_recto = node->u.division.what == DIV_PART;
	}
}

/* ---- paragraphs ------------------------------------------------------------------------------ */

static void flow_para(struct flow *f, const struct node *node)
{
	struct par_source src = { .node = node, .style = f->list_depth > 0 ? f->item : f->body };
	const struct node *owner = f->runin_owner;
	struct block *b;

	if (f->runin != NULL) {
		src.runin = f->runin;
		src.runin_style = heading_style(f->l, f->runin_level);
	}
	f->runin = f->runin_owner = NULL;
	b = flow_par(f, &src);
	if (src.runin != NULL) {
		b->before = flow_lines(f->l, src.runin_style->before);
		b->no_indent = true;
		add_block_anchor(f, b, owner);
	}

	if (f->list_depth > 0 || node->u.para.continued)
		b->no_indent = true;
	b->plain_text = f->list_depth == 0 && f->box == NULL && !f->narrow && f->body == &f->l->theme->par[PS_BODY];
}

static void flow_verbatim(struct flow *f, const struct node *node)
{
	bool plain = node->role != NULL && strcmp(node->role, "plain") == 0;
	struct par_source src = { .node = node, .style = plain ? f->body : &f->l->theme->par[PS_CODE] };
	struct par_style *style;
	struct block *b;

	if (plain) { /* the author's own lines: not justified, no indent */
		style = ARENA_NEW(&f->l->arena, struct par_style);
		*style = *f->body;
		style->align = SET_START;
		style->hyphenate = false;
		style->indent = 0;
		style->before = style->after = 500;
		src.style = style;
	}
	b = flow_par(f, &src);
	b->no_indent = true;
	f->was_break = true;
}

static void flow_blockquote(struct flow *f, const struct node *node)
{
	bool epigraph = node->role != NULL && strcmp(node->role, "epigraph") == 0;
	const struct par_style *body = f->body, *item = f->item;
	size_t first = f->g->n;

	f->body = f->item = &f->l->theme->par[epigraph ? PS_EPIGRAPH : PS_QUOTE];
	f->was_break = true;
	flow_children(f, node);
	/* a style's space before and after is the quotation's, not each paragraph's */
	for (size_t i = first; i < f->g->n; i++) {
		if (i > first && f->g->v[i].style == f->body)
			f->g->v[i].before = 0;
		if (i + 1 < f->g->n && f->g->v[i].style == f->body)
			f->g->v[i].after = 0;
	}
	f->body = body;
	f->item = item;
	f->was_break = true;
}

/* ---- lists ------------------------------------------------------------------------------------- */

static void add_bullet(struct flow *f, struct block *b, const struct node *item, int depth, sp hang)
{
	const struct bar *bar = &f->l->theme->list.bullet[depth > 1 ? 1 : 0];
	struct op *op = add_label(f, b, OP_FILL);

	op->role = ROLE_LABEL;
	op->node = item;
	op->x = f->start - hang;
	op->y = -bar->raise;
	op->u.fill.w = bar->w;
	op->u.fill.h = bar->h;
	op->u.fill.colour = bar->colour;
}

static void add_number(struct flow *f, struct block *b, const struct node *item, sp hang, bool wide)
{
	struct par_source src = { .node = item, .style = f->item, .role = ROLE_LABEL,
		                  .plain = arena_printf(&f->l->arena, "%s.", item->u.item.label) };
	struct par_style *style = ARENA_NEW(&f->l->arena, struct par_style);
	struct rows r = { 0 };
	struct op *op;
	struct par *p;
	sp right = f->l->theme->list.number_right + (wide ? f->l->theme->list.number_hang_wide - f->l->theme->list.number_hang : 0);
	sp w;

	*style = *f->item;
	style->align = SET_START;
	style->protrude = false;
	style->indent = style->start = style->end = 0;
	src.style = style;
	p = par_new(f->l, &src);
	w = par_width(p);
	rows_par(f->l, &r, FRAME_TEXT, p, 0, w + SP_PT(1), 0);
	if (r.n == 0 || r.v[0].n_ops == 0)
		return;
	op = add_label(f, b, OP_LINE);
	*op = r.v[0].ops[0];
	op->x = f->start - hang + (right > w ? right - w : 0);
	if (op->x > f->start - w - SP_ONE) /* a halved hang: the figures reach out to the left, never into the text */
		op->x = f->start - w - SP_ONE;
	op->role = ROLE_LABEL;
	op->node = item;
}

static void flow_item(struct flow *f, const struct node *list, const struct node *item, sp hang)
{
	size_t first = f->g->n;
	bool numbered = list->u.list.kind == LIST_NUMBER && item->u.item.label != NULL;

	f->start += hang;
	f->was_break = true;
	flow_children(f, item);
	if (f->g->n == first) { /* an empty item still has its mark */
		struct par_source src = { .node = item, .style = f->item, .plain = "" };

		flow_par(f, &src);
	}
	if (f->g->n > first) {
		struct block *b = &f->g->v[first];

		if (numbered)
			add_number(f, b, item, hang, hang >= f->l->theme->list.number_hang_wide);
		else if (list->u.list.kind == LIST_BULLET)
			add_bullet(f, b, item, item->u.item.depth, hang);
	}
	f->start -= hang;
}

static void flow_variable_item(struct flow *f, const struct node *item, sp hang)
{
	for (const struct node *n = item->first; n != NULL; n = n->next) {
		if (n->kind == N_TERM) {
			struct block *b = simple_par(f, n, PS_TERM);

			b->heading = true; /* keeps with what follows */
			b->no_indent = true;
			if (f->narrow)
				b->before = 0;
			continue;
		}
		f->start += hang;
		f->was_break = true;
		flow_block(f, n);
		f->start -= hang;
	}
}

static bool has_long_item(const struct flow *f, size_t first, size_t end, int lines)
{
	for (size_t i = first; i < end; i++) {
		const struct block *b = &f->g->v[i];

		if (b->kind == BLOCK_PAR && par_width(b->par) > (f->width - b->start - b->end) * lines)
			return true;
	}
	return false;
}

static sp hang_of(const struct flow *f, const struct node *list)
{
	const struct theme *t = f->l->theme;
	sp step = t->list.bullet[1].hang - t->list.bullet[0].hang;

	if (list->u.list.kind == LIST_NUMBER) {
		int n = list->u.list.start > 0 ? list->u.list.start - 1 : 0;

		for (const struct node *i = list->first; i != NULL; i = i->next)
			n += i->kind == N_ITEM;
		return n >= 10 || list->u.list.numeration >= NUM_LOWERROMAN ? t->list.number_hang_wide : t->list.number_hang;
	}
	if (list->u.list.kind == LIST_PLAIN)
		return 0;
	return f->list_depth > 1 && step > 0 ? step : t->list.bullet[0].hang;
}

void flow_list(struct flow *f, const struct node *list)
{
	size_t first, starts[64], n_starts = 0;
	bool outer = f->list_depth++ == 0;
	sp hang = hang_of(f, list), around = flow_lines(f->l, f->l->theme->list.around);

	if (f->width - f->start - f->end < 4 * hang + 6 * f->body->size)
		hang = hang / 2; /* a deep nest in a narrow column */
	if (doc_title(list) != NULL) {
		struct block *b = simple_par(f, doc_title(list), PS_TERM);

		b->heading = b->no_indent = true;
	}
	first = f->g->n;
	for (const struct node *n = list->first; n != NULL; n = n->next) {
		if (n->kind == N_TITLE)
			continue;
		if (n_starts < 64)
			starts[n_starts++] = f->g->n;
		if (n->kind != N_ITEM)
			flow_block(f, n);
		else if (list->u.list.kind == LIST_VARIABLE)
			flow_variable_item(f, n, hang);
		else
			flow_item(f, list, n, hang);
	}
	for (size_t i = first; i < f->g->n; i++) {
		f->g->v[i].off_grid = true;
		if (f->g->v[i].style == f->item && list->u.list.kind != LIST_VARIABLE)
			f->g->v[i].before = f->g->v[i].after = 0;
	}
	if (outer && first < f->g->n) {
		struct block *b = &f->g->v[first], *e = &f->g->v[f->g->n - 1];

		if (b->before < around && !f->narrow)
			b->before = around;
		if (e->after < around && !f->narrow)
			e->after = around;
		if (list->u.list.kind != LIST_VARIABLE && has_long_item(f, first, f->g->n, f->l->theme->list.long_item)) {
			for (size_t i = 1; i < n_starts; i++) {
				if (starts[i] < f->g->n && f->g->v[starts[i]].before < around)
					f->g->v[starts[i]].before = around;
			}
		}
	}
	f->list_depth--;
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

static void flow_group(struct flow *f, const struct node *node)
{
	const struct par_style *body = f->body, *item = f->item;

	if (node == f->l->doc->info.front)
		f->body = f->item = &f->l->theme->par[PS_FRONT];
	for (const struct node *n = node->first; n != NULL; n = n->next) {
		if (n->kind == N_TITLE) {
			struct block *b = simple_par(f, n, PS_TERM);

			b->heading = b->no_indent = true;
			f->was_break = true;
		} else {
			flow_block(f, n);
		}
	}
	f->body = body;
	f->item = item;
	if (node == f->l->doc->info.front)
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
		add_heading(f, title, owner, f->runin_level, NULL);
	}
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
	case N_VERBATIM: flow_verbatim(f, n); break;
	case N_RULE: flow_rule(f, n); break;
	case N_IMPRINT: f->g->imprint = n; break;
	case N_BRIDGEHEAD: add_heading(f, n, NULL, n->u.division.level, NULL); break;
	case N_TITLE:
		b = simple_par(f, n, PS_TERM);
		b->heading = b->no_indent = true;
		break;
	case N_SUBTITLE: simple_par(f, n, PS_FRONT)->no_indent = true; break;
	case N_ATTRIBUTION: simple_par(f, n, PS_ATTRIBUTION)->no_indent = true; break;
	case N_TERM: simple_par(f, n, PS_TERM)->no_indent = true; break;
	case N_SIDEDATA: simple_par(f, n, PS_SIDEBAR_DATA)->no_indent = true; break;
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
