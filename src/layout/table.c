/* Tables: column widths from the content (or as asked), cells set as ragged columns. What does not fit is helped in steps,
 * gentlest first: smaller gaps, hyphens, the margin column, smaller type, words cut anywhere. */
#include <string.h>

#include "base/mem.h"
#include "doc/number.h"
#include "layout/flatten.h"
#include "layout/table.h"

enum {
	HYPHENATED_AT_MOST = 5, /* columns: more of them rather take the margin too; or, where text has columns, all of them: from .. on */
	HYPHENATED_IN_COLUMN = 3,
	PRICE_SOURCE_OFF = 2000, /* of a page break between a table and the line under it: rather a row goes along */
	READY_SHRINKS = 3,      /* pictures, listings: set anew in a column that is no narrower than this part of what they took */
	MOST_NESTED = 2         /* tables in a table's cells are set anew for every try of the outer one */
};

static const struct fit fits[] = {
	{ 0 },
	{ .tight = true },
	{ .tight = true, .hyphenate = true },
	{ .wide = true },
	{ .wide = true, .tight = true },
	{ .wide = true, .tight = true, .hyphenate = true },
	{ .wide = true, .tight = true, .hyphenate = true, .small = true },
	{ .wide = true, .tight = true, .hyphenate = true, .small = true, .heads = true },
	{ .wide = true, .tight = true, .hyphenate = true, .small = true, .heads = true, .unbroken = 6 },
	{ .wide = true, .tight = true, .hyphenate = true, .small = true, .heads = true, .unbroken = 3 },
};

static struct par_style *cell_style(struct table *t, const struct node *cell, bool head)
{
	struct par_style *s = ARENA_NEW(&t->l->arena, struct par_style);

	*s = t->l->theme->par[head ? PS_TABLE_HEAD : PS_TABLE];
	s->indent = 0;
	if (cell->u.cell.halign == ALIGN_CENTER)
		s->align = SET_CENTER;
	else if (cell->u.cell.halign == ALIGN_END || cell->u.cell.halign == ALIGN_DECIMAL)
		s->align = flat_is_rtl(t->l, cell) ? SET_START : SET_END; /* figures: units under units, at the right */
	if (t->fit.hyphenate && (!head || t->fit.heads))
		s->hyphenate = true;
	if (t->fit.small && s->size > SP_PT(8)) /* no type is smaller than that */
		s->size = s->size * 8 / 9 > SP_PT(8) ? s->size * 8 / 9 : SP_PT(8);
	return s;
}

/* ---- cells --------------------------------------------------------------------------------------- */

/* The longest of the lines that the author made. */
static sp longest_line(const struct par *p)
{
	sp from = 0, most = 0;

	par_open(p);
	for (size_t i = 1; i < p->n_cands; i++) {
		if (p->cands[i].kind != BREAK_FORCED)
			continue;
		if (p->cands[i].x_end - from > most)
			most = p->cands[i].x_end - from;
		from = p->cands[i].x_next;
	}
	return most;
}

static sp rows_reach(const struct rows *r)
{
	sp most = 0;

	for (int i = 0; i < r->n; i++) {
		for (int k = 0; k < r->v[i].n_ops; k++) {
			const struct op *op = &r->v[i].ops[k];
			sp w = op->kind == OP_LINE ? op->u.line.line.width : op->kind == OP_FILL ? op->u.fill.w :
			       op->kind == OP_IMAGE ? op->u.image.w : 0;

			if (op->x + w > most)
				most = op->x + w;
		}
	}
	return most;
}

static void measure_cell(struct cell *c)
{
	c->least = c->most = 0;
	c->ready = false;
	for (size_t i = 0; i < c->g.n; i++) {
		const struct block *b = &c->g.v[i];
		sp indents = b->start + b->end, least, most;

		if (b->kind == BLOCK_PAR) {
			least = par_least_width(b->par) + indents;
			most = longest_line(b->par) + indents + SP_PT(1);
		} else {
			most = rows_reach(&b->rows);
			least = most / READY_SHRINKS;
			c->ready = true;
		}
		if (least > c->least)
			c->least = least;
		if (most > c->most)
			c->most = most;
	}
}

static void fill_cell(struct table *t, struct cell *c, sp width)
{
	struct flow f = { .l = t->l, .g = &c->g, .width = width, .narrow = true, .was_break = true, .unbroken = t->fit.unbroken,
		          .uncut = true, .tables = t->nested + 1 };

	galley_free(&c->g);
	f.body = f.item = cell_style(t, c->node, c->head);
	flow_children(&f, c->node);
}

static void find_cells(struct table *t)
{
	int r = 0;

	for (const struct node *row = t->node->first; row != NULL; row = row->next) {
		if (row->kind != N_ROW)
			continue;
		t->first[r] = t->n_cells;
		for (const struct node *cell = row->first; cell != NULL; cell = cell->next) {
			struct cell *c;

			if (cell->kind != N_CELL || cell->u.cell.column < 0 || cell->u.cell.column >= t->columns)
				continue;
			c = &t->cells[t->n_cells++];
			c->node = cell;
			c->head = row->u.row.group == ROW_HEAD || cell->u.cell.head;
			c->row = r;
			c->column = cell->u.cell.column;
			c->colspan = cell->u.cell.colspan < 1 ? 1 : cell->u.cell.colspan;
			c->rowspan = cell->u.cell.rowspan < 1 ? 1 : cell->u.cell.rowspan;
			if (c->colspan > t->columns - c->column)
				c->colspan = t->columns - c->column;
			if (c->rowspan > t->n_rows - r)
				c->rowspan = t->n_rows - r;
		}
		r++;
	}
	t->first[r] = t->n_cells;
}

static sp span_width(const struct table *t, const struct cell *c)
{
	int last = c->column + c->colspan - 1;

	return t->col[last].x + t->col[last].w - t->col[c->column].x;
}

/* ---- columns ------------------------------------------------------------------------------------- */

static bool share_columns(struct table *t)
{
	const struct node *n = t->node;

	for (int i = 0; i < t->columns; i++) {
		t->col[i] = (struct column){ .asked = n->u.table.width != NULL ? n->u.table.width[i] : 0,
			                     .share = n->u.table.share != NULL && n->u.table.share[i] > 0 ? n->u.table.share[i] : 0 };
	}
	for (int pass = 0; pass < 2; pass++) {
		for (int i = 0; i < t->n_cells; i++) {
			const struct cell *c = &t->cells[i];

			if ((c->colspan > 1) == (pass == 1))
				columns_need(&t->col[c->column], c->colspan, c->least, c->most, t->gap);
		}
	}
	return columns_share(t->col, t->columns, t->width, t->gap, t->columns == t->l->theme->page.text_columns);
}

/* Tries what must be done until the words fit. full: width over the margin column too, 0 if that is not to be had.
 * False: nothing helps. */
static bool fit_table(struct table *t, sp width, sp full)
{
	const struct fit *built = NULL;
	sp gap = t->l->theme->table.pad;
	int most = t->l->theme->cols.n > 1 ? HYPHENATED_IN_COLUMN : HYPHENATED_AT_MOST;

	for (size_t i = 0; i < sizeof fits / sizeof *fits; i++) {
		bool same = built != NULL && built->hyphenate == fits[i].hyphenate && built->small == fits[i].small &&
		            built->heads == fits[i].heads && built->unbroken == fits[i].unbroken;

		if (fits[i].hyphenate && !fits[i].wide && t->columns > most && full > 0)
			continue;
		if (t->nested > 0 && i > 0 && i + 1 < sizeof fits / sizeof *fits)
			continue;
		t->fit = fits[i];
		t->fit.wide = fits[i].wide && full > 0;
		t->width = t->fit.wide ? full : width;
		t->gap = fits[i].tight && gap > SP_PT(7) ? (gap / 2 > SP_PT(7) ? gap / 2 : SP_PT(7)) : gap;
		if (t->columns > 1 && t->gap * (t->columns - 1) > t->width / 4)
			t->gap = t->width / 4 / (t->columns - 1);
		for (int c = 0; c < t->n_cells && !same; c++) {
			fill_cell(t, &t->cells[c], t->width * t->cells[c].colspan / t->columns);
			measure_cell(&t->cells[c]);
		}
		built = &fits[i];
		if (share_columns(t))
			return true;
	}
	return false;
}

static void set_cells(struct table *t)
{
	sp leading = t->l->theme->par[PS_TABLE].leading;

	for (int i = 0; i < t->n_cells; i++) {
		struct cell *c = &t->cells[i];

		if (c->ready) /* now that its width is known */
			fill_cell(t, c, span_width(t, c));
		rows_galley(t->l, &c->rows, FRAME_TEXT, &c->g, t->col[c->column].x, span_width(t, c));
		if (c->rowspan == 1 && c->rows.height > t->height[c->row])
			t->height[c->row] = c->rows.height;
	}
	for (int r = 0; r < t->n_rows; r++) {
		if (t->height[r] < leading)
			t->height[r] = leading;
	}
	for (int i = 0; i < t->n_cells; i++) {
		const struct cell *c = &t->cells[i];
		sp sum = 0;

		for (int r = c->row; r < c->row + c->rowspan; r++)
			sum += t->height[r];
		if (c->rows.height > sum)
			t->height[c->row + c->rowspan - 1] += c->rows.height - sum;
	}
	for (int r = 1; r < t->n_rows; r++)
		t->top[r] = t->top[r - 1] + t->height[r - 1];
}

/* Rows were made from the table's own left edge. */
static void move_to_frame(struct rows *r, sp x, enum frame frame)
{
	for (int i = 0; i < r->n; i++) {
		for (int o = 0; o < r->v[i].n_ops; o++) {
			r->v[i].ops[o].x += x;
			r->v[i].ops[o].frame = (uint8_t)frame;
		}
	}
}

/* "Table 1, continued" beside or above the head on further pages. */
static void add_continued(struct flow *f, struct block *b, const struct node *table, bool in_margin)
{
	struct layout *l = f->l;
	const struct lang *lang = langs_lookup(l->langs, doc_lang(l->doc, table), l->log);
	struct par_style *style = ARENA_NEW(&l->arena, struct par_style);
	struct par_source src = { .node = table, .style = style };
	struct rows r = { 0 };
	sp mx, mw;

	*style = l->theme->par[PS_CAPTION];
	style->indent = 0;
	style_margin_column(l->theme, true, &mx, &mw);
	src.plain = arena_printf(&l->arena, "%s%s%s", doc_numbered(&l->arena, lang_word(lang, W_TABLE), table->u.table.label),
	                         lang_comma(lang), lang_word(lang, W_CONTINUED));
	if (!in_margin || b->head.n == 0) {
		rows_par(l, &r, b->rows.v[0].n_ops > 0 ? (enum frame)b->rows.v[0].ops[0].frame : FRAME_TEXT, par_new(l, &src), f->start,
		         f->width - f->start - f->end, 0);
		if (r.n > 0 && l->theme->table.head_above > style->leading / 2)
			rows_space(&r, l->theme->page.unit / 2);
		for (int i = 0; i < b->head.n; i++) {
			struct row *row = rows_add(l, &r, 0);

			*row = b->head.v[i];
			r.height += row->advance;
		}
		b->head = r;
		return;
	}
	rows_par(l, &r, FRAME_MARGIN, par_new(l, &src), 0, mw, 0);
	for (int i = 0; i < r.n; i++) { /* on the head's first row: what hangs below it does no harm in the margin */
		for (int k = 0; k < r.v[i].n_ops; k++) {
			struct op *op = row_add(l, &b->head.v[0], r.v[i].ops[k].kind, FRAME_MARGIN);

			*op = r.v[i].ops[k];
			op->y += (sp)i * style->leading;
		}
	}
}

static void flow_cells(struct flow *f, const struct node *table)
{
	for (const struct node *n = table->first; n != NULL; n = n->next)
		flow_block(f, n);
}

static void count_cells(struct table *t, int *cells)
{
	for (const struct node *row = t->node->first; row != NULL; row = row->next) {
		if (row->kind != N_ROW)
			continue;
		t->n_rows++;
		t->n_head += row->u.row.group == ROW_HEAD;
		for (const struct node *c = row->first; c != NULL; c = c->next)
			*cells += c->kind == N_CELL;
	}
}

static void set_table(struct flow *f, struct table *t)
{
	const struct node *node = t->node;
	bool above = t->fit.wide || f->narrow, in_margin;
	enum frame wide = t->fit.wide && f->l->theme->cols.n == 1 ? FRAME_ALL : FRAME_TEXT;
	struct flow_frame frame = { f->width, f->span };
	struct block *b;

	set_cells(t);
	if (t->fit.wide)
		flow_widen(f);
	if (above)
		flow_caption(f, node, node->u.table.label, NULL);
	b = flow_add(f, BLOCK_ROWS, node, &f->l->theme->par[PS_TABLE]);
	table_rows_make(t, b);
	move_to_frame(&b->rows, t->fit.wide ? 0 : f->start, wide);
	move_to_frame(&b->head, t->fit.wide ? 0 : f->start, wide);
	b->before = b->after = f->narrow ? 0 : flow_lines(f->l, f->l->theme->table.around);
	if (!above) {
		size_t at = f->g->n - 1;

		flow_caption(f, node, node->u.table.label, b);
		b = &f->g->v[at + 1 < f->g->n ? at + 1 : at]; /* a caption may have taken its place */
	}
	in_margin = b->margin.n > 0;
	if (node->u.table.label != NULL && !f->narrow && b->rows.n > 0)
		add_continued(f, b, node, in_margin);
	flow_narrow(f, frame);
}

void flow_table(struct flow *f, const struct node *node)
{
	struct table t = { .l = f->l, .node = node, .columns = node->u.table.columns, .nested = f->tables };
	sp width = f->width - f->start - f->end, full = style_columns_width(f->l->theme, f->l->theme->page.columns);
	int cells = 0;

	count_cells(&t, &cells);
	if (cells == 0) {
		flow_cells(f, node);
		return;
	}
	if (f->l->theme->cols.n > 1) {
		struct flow_frame frame = flow_widen(f);

		full = f->width;
		flow_narrow(f, frame);
	}
	if (f->narrow || f->box != NULL || f->start > 0 || full <= width)
		full = 0;
	t.cells = mem_zalloc((size_t)cells, sizeof *t.cells);
	t.first = arena_array(&f->l->arena, (size_t)t.n_rows + 1, sizeof *t.first);
	t.top = arena_array(&f->l->arena, (size_t)t.n_rows, sizeof *t.top);
	t.height = arena_array(&f->l->arena, (size_t)t.n_rows, sizeof *t.height);
	if (t.columns >= 1 && t.columns <= TABLE_MOST_COLUMNS && t.nested <= MOST_NESTED)
		find_cells(&t);
	if (t.n_cells > 0 && fit_table(&t, width, full)) {
		if (t.fit.unbroken > 0 && t.nested == 0)
			diag_warn(f->l->log, "table-wide", node->pos, "%d columns are more than fit: words are cut", t.columns);
		struct flow_frame frame = { f->width, f->span };

		set_table(f, &t);
		if (t.fit.wide && f->l->theme->cols.n > 1)
			flow_widen(f);
		for (const struct node *n = node->first; n != NULL; n = n->next) {
			if (n->kind == N_CAPTION && n->first != NULL) { /* a source alone overleaf says nothing */
				flow_keep(&f->g->v[f->g->n - 1], PRICE_SOURCE_OFF);
				flow_block(f, n);
			}
		}
		flow_narrow(f, frame);
	} else { /* nothing is lost */
		if (t.nested == 0)
			diag_warn(f->l->log, "table-wide", node->pos, "%d columns fit on no page: set cell after cell", t.columns);
		flow_cells(f, node);
	}
	for (int i = 0; i < t.n_cells; i++)
		galley_free(&t.cells[i].g);
	mem_free(t.cells);
	f->was_break = true;
}
