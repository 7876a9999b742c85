/* Tables: column widths from the content (or as asked), cells set as ragged columns, rows merged line by line,
 * horizontal rules only. */
#include <string.h>

#include "base/mem.h"
#include "layout/block.h"

enum { MOST_COLUMNS = 200 };

struct cell {
	const struct node *node;
	struct galley g;
	int row, column, colspan, rowspan;
	sp least, most;           /* widths: no word broken; all on one line */
	struct rows rows;
};

struct table {
	struct layout *l;
	const struct node *node;
	struct cell *cells;
	int n_cells;
	int n_rows, n_head, columns;
	const struct node **row_nodes;
	sp *top, *height;         /* of each row: first baseline, and the room to the next row's */
	sp x[MOST_COLUMNS], w[MOST_COLUMNS];
	sp width;
	bool hyphenate;
};

/* Fits CALS's proportions, given widths and content into `width`. False: content is wider. */
static bool share_columns(struct table *t, sp width, sp pad)
{
	sp least[MOST_COLUMNS] = { 0 }, most[MOST_COLUMNS] = { 0 }, avail = width - pad * (t->columns - 1), sum_least = 0, sum_most = 0;
	sp rest;
	int shares = 0;

	for (int i = 0; i < t->n_cells; i++) {
		const struct cell *c = &t->cells[i];

		if (c->colspan > 1)
			continue;
		if (c->least > least[c->column])
			least[c->column] = c->least;
		if (c->most > most[c->column])
			most[c->column] = c->most;
	}
	for (int c = 0; c < t->columns; c++) {
		sp asked = t->node->u.table.width != NULL ? t->node->u.table.width[c] : 0;

		if (least[c] < SP_PT(6))
			least[c] = SP_PT(6);
		if (asked > 0 && asked < avail)
			least[c] = most[c] = asked > least[c] ? asked : least[c];
		if (most[c] > avail * 3 / 5)
			most[c] = avail * 3 / 5;
		if (most[c] < least[c])
			most[c] = least[c];
		sum_least += least[c];
		sum_most += most[c];
		shares += t->node->u.table.share != NULL && t->node->u.table.share[c] > 0 ? t->node->u.table.share[c] : 0;
	}
	if (avail < SP_PT(6) * t->columns)
		avail = SP_PT(6) * t->columns;
	rest = avail - sum_least;
	for (int c = 0; c < t->columns; c++) {
		sp even = (avail) / t->columns;
		bool all_even = t->columns == t->l->theme->page.text_columns && shares == 0;

		for (int k = 0; k < t->columns && all_even; k++)
			all_even = least[k] <= even;
		if (all_even)
			t->w[c] = even;
		else if (rest < 0)
			t->w[c] = unit_scale(avail, least[c], sum_least);
		else if (shares > 0 && t->node->u.table.share[c] > 0 &&
		         unit_scale(avail, t->node->u.table.share[c], shares) >= least[c])
			t->w[c] = unit_scale(avail, t->node->u.table.share[c], shares);
		else if (sum_most > avail && sum_most > sum_least)
			t->w[c] = least[c] + unit_scale(rest, most[c] - least[c], sum_most - sum_least);
		else
			t->w[c] = sum_most > 0 ? unit_scale(avail, most[c], sum_most) : even;
	}
	/* proportions were honoured only where words fit: what they took too much comes off the widest */
	for (int guard = 0; guard < 4 * t->columns; guard++) {
		sp sum = 0;
		int widest = 0;

		for (int c = 0; c < t->columns; c++) {
			sum += t->w[c];
			if (t->w[c] - least[c] > t->w[widest] - least[widest])
				widest = c;
		}
		if (sum <= avail)
			break;
		t->w[widest] -= sum - avail < t->w[widest] / 4 ? sum - avail : t->w[widest] / 4;
	}
	t->x[0] = 0;
	for (int c = 1; c < t->columns; c++)
		t->x[c] = t->x[c - 1] + t->w[c - 1] + pad;
	t->width = width;
	return rest >= 0;
}

static struct par_style *cell_style(struct table *t, const struct node *cell, bool head)
{
	struct par_style *s = ARENA_NEW(&t->l->arena, struct par_style);

	*s = t->l->theme->par[head ? PS_TABLE_HEAD : PS_TABLE];
	s->indent = 0;
	if (cell->u.cell.halign == ALIGN_CENTER)
		s->align = SET_CENTER;
	else if (cell->u.cell.halign == ALIGN_END || cell->u.cell.halign == ALIGN_DECIMAL)
		s->align = SET_END;
	if (t->hyphenate)
		s->hyphenate = true;
	return s;
}

static void measure_cell(struct cell *c)
{
	for (size_t i = 0; i < c->g.n; i++) {
		const struct block *b = &c->g.v[i];
		sp indents = b->start + b->end, least, most;

		if (b->kind == BLOCK_PAR) {
			least = par_least_width(b->par) + indents;
			most = par_width(b->par) + indents + SP_PT(1);
		} else {
			least = most = SP_PT(60);
		}
		if (least > c->least)
			c->least = least;
		if (most > c->most)
			c->most = most;
	}
}

static void build_cells(struct table *t, sp guess)
{
	int n = 0, r = 0;

	for (const struct node *row = t->node->first; row != NULL; row = row->next) {
		if (row->kind != N_ROW)
			continue;
		t->row_nodes[r] = row;
		for (const struct node *cell = row->first; cell != NULL; cell = cell->next) {
			struct cell *c;
			struct flow f = { .l = t->l, .width = guess, .narrow = true, .was_break = true };
			bool head = row->u.row.group == ROW_HEAD || cell->u.cell.head;

			if (cell->kind != N_CELL || cell->u.cell.column < 0 || cell->u.cell.column >= t->columns)
				continue;
			c = &t->cells[n++];
			galley_free(&c->g);
			memset(c, 0, sizeof *c);
			c->node = cell;
			c->row = r;
			c->column = cell->u.cell.column;
			c->colspan = cell->u.cell.colspan < 1 ? 1 : cell->u.cell.colspan;
			c->rowspan = cell->u.cell.rowspan < 1 ? 1 : cell->u.cell.rowspan;
			if (c->colspan > t->columns - c->column)
				c->colspan = t->columns - c->column;
			if (c->rowspan > t->n_rows - r)
				c->rowspan = t->n_rows - r;
			f.g = &c->g;
			f.body = f.item = cell_style(t, cell, head);
			flow_children(&f, cell);
			measure_cell(c);
		}
		r++;
	}
	t->n_cells = n;
}

static sp span_width(const struct table *t, const struct cell *c)
{
	int last = c->column + c->colspan - 1;

	return t->x[last] + t->w[last] - t->x[c->column];
}

static void set_cells(struct table *t)
{
	sp leading = t->l->theme->par[PS_TABLE].leading;

	for (int i = 0; i < t->n_cells; i++) {
		struct cell *c = &t->cells[i];

		rows_galley(t->l, &c->rows, FRAME_TEXT, &c->g, t->x[c->column], span_width(t, c));
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

/* ---- merging cells' lines into rows -------------------------------------------------------------- */

static void move_ops(struct table *t, struct row *to, const struct row *from)
{
	for (int i = 0; i < from->n_ops; i++)
		*row_add(t->l, to, from->ops[i].kind, FRAME_TEXT) = from->ops[i];
	if (from->n_notes > 0) {
		const struct node **v = arena_array(&t->l->arena, (size_t)(to->n_notes + from->n_notes), sizeof *v);

		if (to->n_notes > 0)
			memcpy(v, to->notes, (size_t)to->n_notes * sizeof *v);
		memcpy(v + to->n_notes, from->notes, (size_t)from->n_notes * sizeof *v);
		to->notes = v;
		to->n_notes += from->n_notes;
	}
	if (from->below > to->below)
		to->below = from->below;
	if (from->above > to->above)
		to->above = from->above;
}

static void add_rule(struct table *t, struct row *row, sp x, sp w, sp y, sp thick)
{
	struct op *op;

	if (thick <= 0)
		return;
	op = row_add(t->l, row, OP_FILL, FRAME_TEXT);
	op->role = ROLE_RULE;
	op->x = x;
	op->y = y;
	op->u.fill.w = w;
	op->u.fill.h = thick;
	op->u.fill.colour = t->l->theme->table.rule_colour;
}

/* The rule under row r, left out where a cell reaches on into the next row. y from `row`'s baseline. */
static void add_row_rule(struct table *t, struct row *row, int r, sp y)
{
	const struct theme *th = t->l->theme;
	bool last = r + 1 == t->n_rows, head = r + 1 == t->n_head;
	sp thick = last ? th->table.bottom : head ? th->table.head : th->table.row, from = 0;
	bool crossed[MOST_COLUMNS] = { false };

	for (int i = 0; i < t->n_cells; i++) {
		const struct cell *c = &t->cells[i];

		for (int k = c->column; k < c->column + c->colspan && c->row <= r && c->row + c->rowspan - 1 > r; k++)
			crossed[k] = true;
	}
	for (int c = 0; c < t->columns;) {
		int e = c;

		if (crossed[c]) {
			c++;
			continue;
		}
		while (e + 1 < t->columns && !crossed[e + 1])
			e++;
		from = t->x[c];
		add_rule(t, row, from, (e + 1 == t->columns ? t->width : t->x[e + 1] - t->l->theme->table.pad) - from, y, thick);
		c = e + 1;
	}
}

static bool joined_below(const struct table *t, int r)
{
	for (int i = 0; i < t->n_cells; i++) {
		if (t->cells[i].row <= r && t->cells[i].row + t->cells[i].rowspan - 1 > r)
			return true;
	}
	return false;
}

struct cursor {
	const struct cell *cell;
	int row;
	sp y;
};

/* Rows of the table from..to-1 (joined by spans or one alone), as galley rows. */
static void merge_rows(struct table *t, int from, int to, struct rows *out)
{
	struct cursor cur[MOST_COLUMNS];
	struct cursor *open = cur, *many = NULL;
	int n = 0, lines = 0, first = out->n;
	sp y = t->top[from], end = t->top[to - 1] + t->height[to - 1];

	for (int i = 0; i < t->n_cells; i++)
		n += t->cells[i].row >= from && t->cells[i].row < to;
	if (n > MOST_COLUMNS)
		open = many = mem_zalloc((size_t)n, sizeof *many);
	n = 0;
	for (int i = 0; i < t->n_cells; i++) {
		if (t->cells[i].row >= from && t->cells[i].row < to)
			open[n++] = (struct cursor){ &t->cells[i], 0, t->top[t->cells[i].row] };
	}
	for (;;) {
		struct row *row;
		sp next = end;

		row = rows_add(t->l, out, 0);
		lines++;
		for (int i = 0; i < n; i++) {
			if (open[i].row < open[i].cell->rows.n && open[i].y == y) {
				const struct row *line = &open[i].cell->rows.v[open[i].row++];

				move_ops(t, row, line);
				open[i].y += line->advance;
			}
			if (open[i].row < open[i].cell->rows.n && open[i].y < next)
				next = open[i].y;
		}
		for (int r = from; r < to; r++) { /* rules that fall between this line and the next */
			sp bottom = t->top[r] + t->height[r];

			if (bottom > y && bottom <= next)
				add_row_rule(t, row, r, bottom - t->l->theme->par[PS_TABLE].leading - y + t->l->theme->table.row_below);
		}
		row->advance = next - y;
		out->height += row->advance;
		row->keep = true;
		y = next;
		if (y >= end)
			break;
	}
	/* a tall row may break between its lines; the last line's break is free */
	for (int i = first; i < out->n; i++) {
		out->v[i].keep = i + 1 < out->n && (lines <= 12 || i - first < 2 || out->n - i <= 2);
		out->v[i].price = i + 1 < out->n ? 200 : 0;
	}
	mem_free(many);
}

static void make_rows(struct table *t, struct block *b)
{
	for (int r = 0; r < t->n_rows;) {
		int e = r + 1;

		while (e < t->n_rows && joined_below(t, e - 1))
			e++;
		merge_rows(t, r, e, &b->rows);
		if (e <= t->n_head)
			b->rows.v[b->rows.n - 1].keep = true;
		if (e == t->n_head)
			merge_rows(t, 0, t->n_head, &b->head);
		r = e;
	}
	if (b->rows.n > 0) {
		add_rule(t, &b->rows.v[0], 0, t->width, -t->l->theme->table.head_above, t->l->theme->table.top);
		b->rows.v[0].above = t->l->theme->table.head_above;
	}
	if (b->head.n > 0)
		add_rule(t, &b->head.v[0], 0, t->width, -t->l->theme->table.head_above, t->l->theme->table.top);
	/* two rows at least on each side of a page break */
	for (int i = 0, seen = 0; i < b->rows.n && seen < 2; i++) {
		if (!b->rows.v[i].keep && b->rows.n > i + 1 && seen++ == 0)
			b->rows.v[i].price += 300;
	}
}

void flow_table(struct flow *f, const struct node *node)
{
	struct table t = { .l = f->l, .node = node, .columns = node->u.table.columns };
	sp width = f->width - f->start - f->end, pad = f->l->theme->table.pad;
	bool wide = false;
	int cells = 0;
	struct block *b;

	for (const struct node *row = node->first; row != NULL; row = row->next) {
		if (row->kind != N_ROW)
			continue;
		t.n_rows++;
		t.n_head += row->u.row.group == ROW_HEAD;
		for (const struct node *c = row->first; c != NULL; c = c->next)
			cells += c->kind == N_CELL;
	}
	if (t.columns < 1 || t.columns > MOST_COLUMNS || cells == 0) {
		/* too many columns for any page: cell after cell, nothing lost */
		for (const struct node *n = node->first; n != NULL; n = n->next)
			flow_block(f, n);
		return;
	}
	t.cells = mem_zalloc((size_t)cells, sizeof *t.cells);
	t.row_nodes = arena_array(&f->l->arena, (size_t)t.n_rows, sizeof *t.row_nodes);
	t.top = arena_array(&f->l->arena, (size_t)t.n_rows, sizeof *t.top);
	t.height = arena_array(&f->l->arena, (size_t)t.n_rows, sizeof *t.height);
	build_cells(&t, width / t.columns);
	if (t.columns > 1 && pad * (t.columns - 1) > width / 4)
		pad = width / 4 / (t.columns - 1);
	if (!share_columns(&t, width, pad)) {
		sp full = style_columns_width(f->l->theme, f->l->theme->page.columns);

		t.hyphenate = true;
		build_cells(&t, width / t.columns);
		if (!f->narrow && f->box == NULL && f->start == 0 && full > width) {
			wide = true;
			share_columns(&t, full, pad);
		} else {
			share_columns(&t, width, pad);
		}
	}
	set_cells(&t);
	if (wide || f->narrow)
		flow_caption(f, node, node->u.table.label, NULL);
	b = flow_add(f, BLOCK_ROWS, node, &f->l->theme->par[PS_TABLE]);
	make_rows(&t, b);
	for (int k = 0; k < 2; k++) { /* rows were made from the table's own left edge */
		struct rows *r = k == 0 ? &b->rows : &b->head;

		for (int i = 0; i < r->n; i++) {
			for (int o = 0; o < r->v[i].n_ops; o++) {
				r->v[i].ops[o].x += wide ? 0 : f->start;
				r->v[i].ops[o].frame = wide ? FRAME_ALL : FRAME_TEXT;
			}
		}
	}
	b->before = f->narrow ? 0 : flow_lines(f->l, f->l->theme->table.around);
	b->after = f->narrow ? 0 : flow_lines(f->l, f->l->theme->table.around);
	if (!wide && !f->narrow)
		flow_caption(f, node, node->u.table.label, b);
	for (int i = 0; i < t.n_cells; i++)
		galley_free(&t.cells[i].g);
	mem_free(t.cells);
	for (const struct node *n = node->first; n != NULL; n = n->next) {
		if (n->kind == N_CAPTION)
			flow_block(f, n);
	}
	f->was_break = true;
}
