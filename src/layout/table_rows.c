/* A table's cells merged line by line into rows, with horizontal rules only; where pages may break. */
#include <string.h>

#include "base/mem.h"
#include "layout/table.h"

enum {
	WHOLE_PART = 3,   /* a table of no more than this part of the page stays whole if it can: moving it costs less than reading
	                   * across the turn */
	LONG_ROW = 12,    /* lines; longer rows may break */
	BREAK_SHORT = 800, ROW_ALONE_SHORT = 600, /* [point] of a page break in a short table; besides, of one that leaves a row alone */
	ROW_ALONE = 300
};

static void move_ops(struct table *t, struct row *to, const struct row *from)
{
	for (int i = 0; i < from->n_ops; i++)
		*row_add(t->l, to, from->ops[i].kind, FRAME_TEXT) = from->ops[i];
	row_add_notes(t->l, to, from, 1);
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

/* The rule under row r, left out where a cell reaches on into the next row; reach: the last row that a cell of each column is in,
 * of the rows before. y from `row`'s baseline. */
static void add_row_rule(struct table *t, struct row *row, int *reach, int r, sp y)
{
	const struct theme *th = t->l->theme;
	bool last = r + 1 == t->n_rows, head = r + 1 == t->n_head;
	sp thick = last ? th->table.bottom : head ? th->table.head : th->table.row, from = 0;

	for (int i = t->first[r]; i < t->first[r + 1]; i++) {
		const struct cell *c = &t->cells[i];

		for (int k = c->column; k < c->column + c->colspan; k++)
			reach[k] = c->row + c->rowspan - 1 > reach[k] ? c->row + c->rowspan - 1 : reach[k];
	}
	for (int c = 0; c < t->columns;) {
		int e = c;

		if (reach[c] > r) {
			c++;
			continue;
		}
		while (e + 1 < t->columns && reach[e + 1] <= r)
			e++;
		from = t->col[c].x;
		add_rule(t, row, from, (e + 1 == t->columns ? t->width : t->col[e + 1].x - t->gap) - from, y, thick);
		c = e + 1;
	}
}

/* Where a cell's first line stands, below its row's: by whole lines, so that lines of neighbours stay level. */
static sp drop_of(const struct table *t, const struct cell *c)
{
	sp leading = t->l->theme->par[PS_TABLE].leading, room = -c->rows.height;

	for (int r = c->row; r < c->row + c->rowspan; r++)
		room += t->height[r];
	if (room <= 0 || c->node->u.cell.valign == VALIGN_TOP)
		return 0;
	return (c->node->u.cell.valign == VALIGN_MIDDLE ? room / 2 : room) / leading * leading;
}

struct cursor {
	const struct cell *cell;
	int row;
	sp y;
};

/* The lines of cells from the top down: `open` are those that have begun and have lines yet, in the order of cells. */
struct merge {
	struct cursor *open;
	int n, next, end;         /* next: the first cell that has not begun */
	sp y;
};

/* Cells begin whose row does at `until` or above, or above the first line after it; where that line is, or `until`. */
static sp begin_cells(const struct table *t, struct merge *m, sp until)
{
	for (; m->next < m->end && t->top[t->cells[m->next].row] <= until; m->next++) {
		const struct cell *c = &t->cells[m->next];
		sp y = t->top[c->row] + drop_of(t, c);

		if (c->rows.n == 0)
			continue;
		m->open[m->n++] = (struct cursor){ c, 0, y };
		until = y < until ? y : until;
	}
	return until;
}

/* All lines at m->y go into `row`; where the next ones are, or `end`. */
static sp merge_lines(struct table *t, struct merge *m, struct row *row, sp end)
{
	int n = 0;

	for (int i = 0; i < m->n; i++) {
		struct cursor o = m->open[i];

		if (o.y == m->y) {
			const struct row *line = &o.cell->rows.v[o.row++];

			move_ops(t, row, line);
			o.y += line->advance;
		}
		if (o.row == o.cell->rows.n)
			continue;
		m->open[n++] = o;
		end = o.y < end ? o.y : end;
	}
	m->n = n;
	return begin_cells(t, m, end);
}

/* Rows of the table from..to-1 (joined by spans or one alone), as galley rows. */
static void merge_rows(struct table *t, int from, int to, struct rows *out)
{
	struct cursor few[TABLE_MOST_COLUMNS], *many = NULL;
	struct merge m = { .open = few, .next = t->first[from], .end = t->first[to], .y = t->top[from] };
	int reach[TABLE_MOST_COLUMNS] = { 0 };
	int lines = 0, first = out->n, r = from;
	sp next, end = t->top[to - 1] + t->height[to - 1];

	if (m.end - m.next > TABLE_MOST_COLUMNS)
		m.open = many = mem_zalloc((size_t)(m.end - m.next), sizeof *many);
	begin_cells(t, &m, m.y);
	for (; lines == 0 || m.y < end; m.y = next) {
		struct row *row = rows_add(t->l, out, 0);

		lines++;
		next = merge_lines(t, &m, row, end);
		for (; r < to && t->top[r] + t->height[r] <= next; r++) /* rules that fall between this line and the next */
			add_row_rule(t, row, reach, r, t->top[r] + t->height[r] - t->l->theme->par[PS_TABLE].leading - m.y +
			                                   t->l->theme->table.row_below);
		row->advance = next - m.y;
		out->height += row->advance;
		row->keep = true;
	}
	/* a tall row may break between its lines; the last line's break is free */
	for (int i = first; i < out->n; i++) {
		out->v[i].keep = i + 1 < out->n && (lines <= LONG_ROW || i - first < 2 || out->n - i <= 2);
		out->v[i].price = i + 1 < out->n ? 200 : 0;
	}
	mem_free(many);
}

/* Page breaks between rows: a short table rather stays whole; none that leaves a row alone, least of all of a short one. */
static void price_breaks(struct rows *rows, const struct theme *t)
{
	bool whole = rows->height <= (t->page.last_line - t->page.first_line + 1) * t->page.unit / WHOLE_PART;
	int first = -1, last = -1;

	for (int i = 0; i + 1 < rows->n; i++) {
		if (rows->v[i].keep)
			continue;
		first = first < 0 ? i : first;
		last = i;
		rows->v[i].price += whole ? BREAK_SHORT : 0;
	}
	if (first >= 0)
		rows->v[first].price += whole ? ROW_ALONE_SHORT : ROW_ALONE;
	if (last > first)
		rows->v[last].price += whole ? ROW_ALONE_SHORT : ROW_ALONE;
}

/* Not one that would leave less than half of each page to what it heads. */
static bool repeats_head(const struct table *t)
{
	const struct theme *th = t->l->theme;

	return t->n_head > 0 && t->top[t->n_head - 1] + t->height[t->n_head - 1] <=
	       th->page.unit * (th->page.last_line - th->page.first_line) / 2;
}

void table_rows_make(struct table *t, struct block *b)
{
	bool again = repeats_head(t);
	int i = 0;

	for (int r = 0; r < t->n_rows;) {
		int e = r + 1; /* behind the rows joined to r by cells that reach down */

		for (; i < t->first[e]; i++) {
			if (t->cells[i].row + t->cells[i].rowspan > e)
				e = t->cells[i].row + t->cells[i].rowspan;
		}
		merge_rows(t, r, e, &b->rows);
		if (e <= t->n_head && again)
			b->rows.v[b->rows.n - 1].keep = true;
		if (e == t->n_head && again)
			merge_rows(t, 0, t->n_head, &b->head);
		r = e;
	}
	if (b->rows.n > 0) {
		add_rule(t, &b->rows.v[0], 0, t->width, -t->l->theme->table.head_above, t->l->theme->table.top);
		b->rows.v[0].above = t->l->theme->table.head_above;
	}
	if (b->head.n > 0) {
		add_rule(t, &b->head.v[0], 0, t->width, -t->l->theme->table.head_above, t->l->theme->table.top);
		b->head.v[0].above = t->l->theme->table.head_above;
	}
	price_breaks(&b->rows, t->l->theme);
}
