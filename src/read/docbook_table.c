#include "read/docbook_build.h"

#include <string.h>

#include "base/unit.h"

/* Tables, by CALS (tgroup, row, entry) and by HTML (tr, td), on one grid: a cell goes to the column it names, or
 * to the first that no cell above reaches down into. What does not fit is reported and still set: columns
 * are added, a cell whose place is taken moves on. Logged:
 *   table-column   a column or span name that no colspec or spanspec declares, or bounds the wrong way round
 *   table-overlap  two cells claim one place
 *   table-cells    more cells in a row than the table has columns
 *   table-number   cols, morerows, colspan ... that is no number there can be (warning)
 *   table-rows     morerows or rowspan reaches beyond the rows there are (warning) */

enum { MOST_COLUMNS = 256, MOST_ROWS = 100000, TO_THE_END = MOST_ROWS + 2 };

struct column {
	const char *name;
	sp width;
	int share, busy; /* busy: rows still reached into from above */
	enum halign halign;
};

struct grid {
	struct builder *b;
	struct node *table;
	const struct src *s;   /* tgroup, entrytbl or the HTML table */
	struct column *col;
	int columns, cap;
	int declared;          /* 0: the source does not say how many */
	enum halign halign;
	bool html, told_cells;
	bool first_is_head;    /* the first column's cells are the heads of their rows */
};

struct row_in {
	enum row_group group;
	const struct src *part; /* thead, tbody, tfoot or the table itself */
	int rows_left;          /* below this one, in its part */
};

/* ---- attributes ---- */

/* The whole number that an attribute of s gives, of least to most; else, with a warning if it is there, otherwise. */
static int count_of(struct builder *b, const struct src *s, const char *name, int otherwise, int least, int most)
{
	const char *value = docbook_attr(s, name), *p = value;
	int v = 0;

	if (value == NULL || *value == '\0')
		return otherwise;
	for (; *p >= '0' && *p <= '9' && v <= most; p++)
		v = v * 10 + (*p - '0');
	if (*p == '\0' && v >= least && v <= most)
		return v;
	diag_warn(b->log, "table-number", s->pos, "%s=\"%.40s\" is no whole number of %d to %d: it is passed over", name, value, least, most);
	return otherwise;
}

/* The first word decides: align="right center left" exists. */
static bool word_is(const char *s, const char *word)
{
	size_t n = strlen(word);

	return strncmp(s, word, n) == 0 && (s[n] == '\0' || s[n] == ' ');
}

static enum halign halign_of(const char *s, enum halign otherwise)
{
	static const struct { const char *name; enum halign a; } names[] = {
		{ "left", ALIGN_START }, { "right", ALIGN_END }, { "center", ALIGN_CENTER },
		{ "justify", ALIGN_JUSTIFY }, { "char", ALIGN_DECIMAL },
	};

	for (size_t i = 0; s != NULL && i < sizeof names / sizeof *names; i++) {
		if (word_is(s, names[i].name))
			return names[i].a;
	}
	return otherwise;
}

static enum valign valign_of(const char *s, enum valign otherwise)
{
	if (s == NULL)
		return otherwise;
	return word_is(s, "middle") ? VALIGN_MIDDLE : word_is(s, "bottom") ? VALIGN_BOTTOM : word_is(s, "top") ?
	       VALIGN_TOP : otherwise;
}

/* "2*", "*", "33%", "3cm", "3*+1cm", pixels in HTML. */
static void read_width(const struct grid *g, struct column *c, const char *s)
{
	char number[24];
	size_t n = s == NULL ? 0 : strcspn(s, "*%");
	int32_t milli = 1000;

	if (s == NULL || *s == '\0')
		return;
	if (s[n] != '\0' && n < sizeof number) {
		memcpy(number, s, n);
		number[n] = '\0';
		if (n > 0 && (!unit_parse_milli(number, &milli) || milli <= 0))
			return;
		c->share = s[n] == '*' ? milli / 10 : milli / 1000;
		c->share = c->share < 1 ? 1 : c->share > 1000000 ? 1000000 : c->share;
		return;
	}
	if (n > 2 && n < sizeof number && strcmp(s + n - 2, "px") == 0) {
		memcpy(number, s, n - 2);
		number[n - 2] = '\0';
		s = number;
	}
	if (unit_parse_milli(s, &milli) && milli > 0 && milli < 100000000)
		c->width = g->html || s == number ? unit_scale(milli, SP_ONE * 3, 4000) : unit_scale(milli, SP_ONE, 1000);
	else if (!unit_parse_length(s, &c->width) || c->width < 0)
		c->width = 0;
}

/* ---- columns ---- */

static void ensure(struct grid *g, int columns)
{
	if (columns > MOST_COLUMNS)
		columns = MOST_COLUMNS;
	if (columns > g->cap) {
		int cap = g->cap == 0 ? 8 : g->cap * 2;
		struct column *v;

		cap = cap < columns ? columns : cap;
		v = arena_array(&g->b->scratch, (size_t)cap, sizeof *v);
		if (g->columns > 0)
			memcpy(v, g->col, (size_t)g->columns * sizeof *v);
		g->col = v;
		g->cap = cap;
	}
	for (; g->columns < columns; g->columns++)
		g->col[g->columns].halign = g->halign;
}

static void colspec(struct grid *g, const struct src *c, int *next)
{
	struct builder *b = g->b;
	int at = count_of(b, c, "colnum", *next + 1, 1, MOST_COLUMNS) - 1, span = 1;

	if (g->html)
		span = count_of(b, c, "span", 1, 1, MOST_COLUMNS);
	docbook_alias(b, g->table, c);
	for (; span > 0 && at >= 0; span--, at++) {
		if (g->declared > 0 && at >= g->declared) {
			FAULT(b, "table-column", c->pos, "<%s> for column %d of a table with %d", c->name, at + 1, g->declared);
			return;
		}
		if (at >= MOST_COLUMNS)
			return;
		ensure(g, at + 1);
		g->col[at].name = docbook_attr(c, "colname");
		g->col[at].halign = halign_of(docbook_attr(c, "align"), g->halign);
		read_width(g, &g->col[at], docbook_attr(c, g->html ? "width" : "colwidth"));
		*next = at + 1;
	}
}

static void read_columns(struct grid *g, const struct src *s)
{
	int next = 0;

	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (src_is(c, "colspec") || src_is(c, "col"))
			colspec(g, c, &next);
		else if (src_is(c, "colgroup") && docbook_child(c, "col") == NULL)
			colspec(g, c, &next);
		for (const struct src *k = src_is(c, "colgroup") ? c->first : NULL; k != NULL; k = k->next) {
			if (src_is(k, "col"))
				colspec(g, k, &next);
		}
	}
}

/* The column of this name, or -1 with a fault. */
static int named(const struct grid *g, const struct src *entry, const char *name)
{
	struct builder *b = g->b;

	for (int i = 0; i < g->columns; i++) {
		if (g->col[i].name != NULL && strcmp(g->col[i].name, name) == 0)
			return i;
	}
	FAULT(b, "table-column", entry->pos, "no colspec names a column \"%s\"", name);
	return -1;
}

static const struct src *spanspec(const struct grid *g, const struct src *entry, const char *name)
{
	struct builder *b = g->b;

	for (const struct src *c = g->s->first; c != NULL; c = c->next) {
		if (src_is(c, "spanspec") && docbook_attr_is(c, "spanname", name))
			return c;
		if (src_is(c, "tbody"))
			break;
	}
	FAULT(b, "table-column", entry->pos, "no spanspec is named \"%s\"", name);
	return NULL;
}

/* ---- cells ---- */

struct place {
	int column, span, rows; /* column -1: the next free one */
	enum halign halign;
	bool aligned;
};

static struct place cals_place(const struct grid *g, const struct src *e)
{
	struct place p = { -1, 1, 1 + count_of(g->b, e, "morerows", 0, 0, MOST_ROWS), g->halign, false };
	const char *span = docbook_attr(e, "spanname"), *from = docbook_attr(e, "namest");
	const char *to = docbook_attr(e, "nameend"), *at = docbook_attr(e, "colname");
	const struct src *spec = span == NULL || *span == '\0' ? NULL : spanspec(g, e, span);
	struct builder *b = g->b;
	int end;

	if (spec != NULL) {
		from = docbook_attr(spec, "namest");
		to = docbook_attr(spec, "nameend");
		p.halign = halign_of(docbook_attr(spec, "align"), p.halign);
		p.aligned = docbook_attr(spec, "align") != NULL;
	}
	if (from == NULL)
		from = at;
	if (from != NULL && *from != '\0')
		p.column = named(g, e, from);
	if (to == NULL || *to == '\0' || p.column < 0)
		return p;
	end = named(g, e, to);
	if (end < 0)
		return p;
	if (end < p.column) {
		FAULT(b, "table-column", e->pos, "column \"%s\" comes before \"%s\"", to, from);
		p.span = p.column - end + 1;
		p.column = end;
	} else {
		p.span = end - p.column + 1;
	}
	return p;
}

static struct place html_place(const struct grid *g, const struct src *e)
{
	struct place p = { -1, count_of(g->b, e, "colspan", 1, 1, MOST_COLUMNS),
	                   count_of(g->b, e, "rowspan", 1, 0, MOST_ROWS), g->halign, false };

	if (p.span < 1)
		p.span = 1;
	if (p.rows < 1)
		p.rows = TO_THE_END; /* rowspan="0": to the end of the part */
	return p;
}

static int next_free(const struct grid *g, int column)
{
	while (column < g->columns && g->col[column].busy > 0)
		column++;
	return column;
}

static bool is_free(const struct grid *g, int column, int span)
{
	for (int i = column; i < column + span && i < g->columns; i++) {
		if (g->col[i].busy > 0)
			return false;
	}
	return true;
}

/* Finds room for a cell after column `from`; false: the table can have no more columns. */
static bool settle(struct grid *g, const struct src *e, struct place *p, int from)
{
	struct builder *b = g->b;

	if (p->column < 0)
		p->column = next_free(g, from);
	if (p->column < from || !is_free(g, p->column, p->span)) {
		FAULT(b, "table-overlap", e->pos, "this cell claims a place that another cell has");
		if (p->column < from || g->col[p->column].busy > 0)
			p->column = next_free(g, p->column < from ? from : p->column);
		while (p->span > 1 && !is_free(g, p->column, p->span))
			p->span--;
	}
	if (g->declared > 0 && p->column + p->span > g->declared && !g->told_cells) {
		FAULT(b, "table-cells", e->pos, "this row has more cells than the table has columns (%d)", g->declared);
		g->told_cells = true;
	}
	if (p->column >= MOST_COLUMNS)
		return false;
	if (p->column + p->span > MOST_COLUMNS)
		p->span = MOST_COLUMNS - p->column;
	ensure(g, p->column + p->span);
	return true;
}

static bool is_cell(const struct src *c)
{
	return src_is(c, "entry") || src_is(c, "entrytbl") || src_is(c, "td") || src_is(c, "th");
}

static void read_tgroup(struct builder *b, struct node *table, const struct src *s);

static void cell(struct grid *g, struct node *row, const struct src *e, const struct row_in *in, int *column)
{
	struct builder *b = g->b;
	struct place p = src_is(e, "td") || src_is(e, "th") ? html_place(g, e) : cals_place(g, e);
	struct node *n;

	if (!settle(g, e, &p, *column)) {
		if (row->last != NULL)
			docbook_content(b, row->last, e);
		return;
	}
	if (p.rows - 1 > in->rows_left) {
		if (p.rows < TO_THE_END && docbook_tell_once(b, "table-rows", ""))
			diag_warn(b->log, "table-rows", e->pos, "this cell reaches beyond the last row");
		p.rows = in->rows_left + 1;
	}
	for (int i = p.column; i < p.column + p.span; i++)
		g->col[i].busy = p.rows;
	*column = p.column + p.span;
	n = docbook_node(b, row, N_CELL, e);
	n->u.cell.column = p.column;
	n->u.cell.colspan = p.span;
	n->u.cell.rowspan = p.rows;
	n->u.cell.head = in->group == ROW_HEAD || src_is(e, "th") || (g->first_is_head && p.column == 0);
	if (!p.aligned)
		p.halign = halign_of(docbook_attr(e->parent, "align"), g->col[p.column].halign);
	n->u.cell.halign = halign_of(docbook_attr(e, "align"), p.halign);
	n->u.cell.valign = valign_of(docbook_attr(in->part, "valign"), VALIGN_TOP);
	n->u.cell.valign = valign_of(docbook_attr(e->parent, "valign"), n->u.cell.valign);
	n->u.cell.valign = valign_of(docbook_attr(e, "valign"), n->u.cell.valign);
	if (src_is(e, "entrytbl")) {
		struct node *inner = doc_node(b->d, N_TABLE, e->name, e->pos);

		doc_append(n, inner);
		read_tgroup(b, inner, e);
	} else {
		docbook_content(b, n, e);
	}
}

/* ---- rows ---- */

static void end_row(struct grid *g)
{
	for (int i = 0; i < g->columns; i++)
		g->col[i].busy -= g->col[i].busy > 0;
	g->told_cells = false;
}

static bool rules(const struct grid *g, const struct src *row, const struct src *part)
{
	const char *r = docbook_attr(row, "rowsep");

	if (r == NULL)
		r = docbook_attr(part, "rowsep");
	if (r == NULL)
		r = docbook_attr(g->s, "rowsep");
	if (r == NULL && src_is(g->s, "tgroup"))
		r = docbook_attr(g->s->parent, "rowsep");
	return r != NULL && strcmp(r, "1") == 0;
}

/* Text or an element that is no cell, in a row: a cell of its own. */
static void stray_cell(struct grid *g, struct node *row, const struct src *c, const struct row_in *in, int *column)
{
	struct place p = { -1, 1, 1, g->halign, false };
	struct node *n;

	(void)in;
	if (row->last != NULL && !settle(g, c, &p, *column)) {
		docbook_stray(g->b, row->last, c);
		return;
	}
	if (row->last == NULL)
		settle(g, c, &p, *column);
	g->col[p.column].busy = 1;
	*column = p.column + 1;
	n = doc_node(g->b->d, N_CELL, "entry", c->pos);
	n->u.cell.column = p.column;
	n->u.cell.colspan = n->u.cell.rowspan = 1;
	doc_append(row, n);
	if (c->name == NULL || !docbook_is_block(c))
		docbook_stray(g->b, n, c);
	else
		docbook_block(g->b, n, c);
}

static void row(struct grid *g, const struct src *s, const struct row_in *in)
{
	struct node *n = docbook_node(g->b, g->table, N_ROW, s);
	int column = 0;

	n->u.row.group = in->group;
	n->u.row.accent = docbook_attr_is(s, "role", "accent");
	n->u.row.rule_below = rules(g, s, in->part);
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (is_cell(c))
			cell(g, n, c, in, &column);
		else if (c->name == NULL ? !c->blank : src_form(c) != F_NOTHING)
			stray_cell(g, n, c, in, &column);
	}
	end_row(g);
}

static void stray_row(struct grid *g, const struct src *c, const struct row_in *in)
{
	struct node *n = doc_node(g->b->d, N_ROW, "row", c->pos);
	int column = 0;

	n->u.row.group = in->group;
	doc_append(g->table, n);
	stray_cell(g, n, c, in, &column);
	end_row(g);
}

static bool is_row(const struct src *c)
{
	return src_is(c, "row") || src_is(c, "tr");
}

/* An HTML table may begin with a row of th and no thead. */
static bool is_head_row(const struct src *s)
{
	bool any = false;

	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (src_is(c, "td") || src_is(c, "entry"))
			return false;
		any |= src_is(c, "th");
	}
	return any;
}

/* The rows among part's children. A part's spans end with it. */
static void rows(struct grid *g, const struct src *part, enum row_group group, bool own)
{
	struct row_in in = { group, part, 0 };
	bool first = g->table->last == NULL || g->table->last->kind != N_ROW;

	for (const struct src *c = part->first; c != NULL; c = c->next)
		in.rows_left += is_row(c);
	for (const struct src *c = part->first; c != NULL; c = c->next) {
		if (is_row(c)) {
			in.rows_left--;
			in.group = group == ROW_BODY && first && is_head_row(c) ? ROW_HEAD : group;
			first = false;
			row(g, c, &in);
		} else if (src_form(c) == F_NOTHING && c->name != NULL) {
			if (!src_is(c, "colspec"))
				docbook_alias(g->b, g->table, c);
		} else if (own && (c->name != NULL || !c->blank)) {
			stray_row(g, c, &in);
		}
	}
	for (int i = 0; i < g->columns; i++)
		g->col[i].busy = 0;
}

/* Head, bodies, foot, in this order, which is not always the source's. */
static void parts(struct grid *g, const struct src *s)
{
	static const char *const names[] = { "thead", "tbody", "tfoot" };

	for (int k = 0; k < 3; k++) {
		for (const struct src *c = s->first; c != NULL; c = c->next) {
			if (!src_is(c, names[k]))
				continue;
			docbook_alias(g->b, g->table, c);
			rows(g, c, (enum row_group)k, true);
		}
		if (k == 1) /* rows in no part */
			rows(g, s, ROW_BODY, false);
	}
}

static void into_caption(struct builder *b, struct node *table, const struct src *c)
{
	struct node *caption;

	if (c->name == NULL ? c->blank : src_form(c) == F_NOTHING)
		return;
	caption = doc_node(b->d, N_CAPTION, "caption", c->pos);
	doc_append(table, caption);
	docbook_other(b, caption, c);
}

/* ---- gaps ---- */

/* The next column from `from` on, and below `end`, that no cell above reaches into (want), or that one does. */
static int next_column(const struct grid *g, int from, int end, bool want)
{
	while (from < end && (g->col[from].busy == 0) != want)
		from++;
	return from;
}

/* Empty cells where the source has none, from *column to before end: before `next`, or, NULL, at the row's end. */
static void fill_gap(struct grid *g, struct node *row, struct node *next, int *column, int end)
{
	while ((*column = next_column(g, *column, end, true)) < end) {
		struct node *n = doc_node(g->b->d, N_CELL, "entry", row->pos);

		n->u.cell.column = *column;
		*column = next_column(g, *column, end, false);
		n->u.cell.colspan = *column - n->u.cell.column;
		n->u.cell.rowspan = 1;
		n->u.cell.head = row->u.row.group == ROW_HEAD;
		n->u.cell.halign = g->halign;
		if (next != NULL)
			doc_insert_before(next, n);
		else
			doc_append(row, n);
	}
}

/* All rows have the same columns, so that who hears the table is told which one a cell stands in (PDF/UA-1, 7.2). */
static void fill_rows(struct grid *g)
{
	for (struct node *row = g->table->first; row != NULL; row = row->next) {
		int column = 0;

		if (row->kind != N_ROW)
			continue;
		for (struct node *cell = row->first; cell != NULL; cell = cell->next) {
			if (cell->kind != N_CELL)
				continue;
			fill_gap(g, row, cell, &column, cell->u.cell.column);
			column = cell->u.cell.column + cell->u.cell.colspan;
			for (int i = cell->u.cell.column; i < column && i < g->columns; i++)
				g->col[i].busy = cell->u.cell.rowspan;
		}
		fill_gap(g, row, NULL, &column, g->columns);
		for (int i = 0; i < g->columns; i++)
			g->col[i].busy -= g->col[i].busy > 0;
	}
}

static void keep_columns(struct grid *g)
{
	struct node *n = g->table;
	struct arena *a = &g->b->d->arena;

	n->u.table.columns = g->columns;
	n->u.table.width = arena_array(a, (size_t)g->columns + 1, sizeof *n->u.table.width);
	n->u.table.share = arena_array(a, (size_t)g->columns + 1, sizeof *n->u.table.share);
	for (int i = 0; i < g->columns; i++) {
		n->u.table.width[i] = g->col[i].width;
		n->u.table.share[i] = g->col[i].share;
	}
}

static void read_tgroup(struct builder *b, struct node *table, const struct src *s)
{
	struct grid g = { .b = b, .table = table, .s = s };

	g.declared = count_of(b, s, "cols", 0, 1, MOST_COLUMNS);
	g.halign = halign_of(docbook_attr(s, "align"), ALIGN_START);
	g.first_is_head = s->parent != NULL && docbook_attr_is(s->parent, "rowheader", "firstcol");
	ensure(&g, g.declared);
	docbook_alias(b, table, s);
	read_columns(&g, s);
	parts(&g, s);
	fill_rows(&g);
	keep_columns(&g);
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (!src_is(c, "thead") && !src_is(c, "tbody") && !src_is(c, "tfoot") && !is_row(c))
			into_caption(b, table, c);
	}
}

static void read_html(struct builder *b, struct node *table, const struct src *s)
{
	struct grid g = { .b = b, .table = table, .s = s, .html = true };

	g.first_is_head = docbook_attr_is(s, "rowheader", "firstcol");
	read_columns(&g, s);
	parts(&g, s);
	fill_rows(&g);
	keep_columns(&g);
}

/* ---- tables ---- */

static bool is_framed(const struct src *s)
{
	const char *border = docbook_attr(s, "border");

	return docbook_attr_is(s, "frame", "all") || (border != NULL && *border != '\0' && strcmp(border, "0") != 0);
}

static bool is_html(const struct src *s)
{
	return docbook_child(s, "tr") != NULL || docbook_child(s, "tbody") != NULL || docbook_child(s, "thead") != NULL ||
	       docbook_child(s, "tfoot") != NULL;
}

/* What else a table holds: captions under it, and (in a table that is a picture) the picture. */
static void rest(struct builder *b, struct node *table, const struct src *s, const struct heads *h,
                 const struct src *title, bool rows)
{
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		bool known = src_is(c, "tgroup") || src_is(c, "thead") || src_is(c, "tbody") || src_is(c, "tfoot") ||
		             is_row(c) || src_form(c) == F_NOTHING || (rows && src_is(c, "textobject"));

		if (known || heads_hold(h, c) || c == title)
			continue;
		if (src_is(c, "caption"))
			docbook_content(b, docbook_node(b, table, N_CAPTION, c), c);
		else
			into_caption(b, table, c);
	}
}

static void captions_last(struct node *table)
{
	const struct node *end = table->last;

	for (struct node *c = table->first, *next; c != NULL; c = next) {
		next = c == end ? NULL : c->next;
		if (c->kind == N_CAPTION) {
			doc_remove(c);
			doc_append(table, c);
		}
	}
}

static struct node *new_table(struct builder *b, struct node *parent, const struct src *s, bool first)
{
	struct node *n;

	if (first)
		return docbook_node(b, parent, N_TABLE, s);
	n = doc_node(b->d, N_TABLE, "informaltable", s->pos);
	doc_append(parent, n);
	return n;
}

/* No rows: a title, perhaps a picture, and nothing that makes a grid. */
static void rowless(struct node *table)
{
	table->kind = N_GROUP;
	memset(&table->u, 0, sizeof table->u);
}

void docbook_table(struct builder *b, struct node *parent, const struct src *s)
{
	const struct heads h = docbook_heads(s);
	const struct src *caption = docbook_child(s, "caption"), *title = NULL;
	struct node *n = new_table(b, parent, s, true);
	bool html = is_html(s), any = false;

	docbook_titles(b, n, s);
	if (html && h.title == NULL && caption != NULL && src_is(s, "table")) {
		docbook_inline_block(b, n, N_TITLE, caption);
		title = caption;
	}
	n->u.table.frame = is_framed(s);
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (!src_is(c, "tgroup"))
			continue;
		if (any)
			n = new_table(b, parent, c, false);
		n->u.table.frame = is_framed(s);
		read_tgroup(b, n, c);
		any = true;
	}
	if (html) {
		if (any)
			n = new_table(b, parent, s, false);
		read_html(b, n, s);
	}
	any = n->last != NULL && n->last->kind == N_ROW;
	rest(b, n, s, &h, title, any);
	captions_last(n);
	if (!any)
		rowless(n);
	else if (docbook_attr_is(s, "role", "bars"))
		docbook_chart(b, n);
}

void docbook_segmented(struct builder *b, struct node *parent, const struct src *s)
{
	struct node *n = docbook_node(b, parent, N_TABLE, s), *r = NULL, *c;
	int columns = 0;

	docbook_titles(b, n, s);
	for (const struct src *i = s->first; i != NULL; i = i->next) {
		bool head = src_is(i, "segtitle");
		int at = 0;

		if (!head && !src_is(i, "seglistitem")) {
			if (src_form(i) != F_TITLE && src_form(i) != F_INFO && src_form(i) != F_TITLEABBREV)
				into_caption(b, n, i);
			continue;
		}
		if (!head || r == NULL) {
			r = docbook_node(b, n, N_ROW, i);
			r->u.row.group = head ? ROW_HEAD : ROW_BODY;
			at = 0;
		} else {
			at = r->last == NULL ? 0 : r->last->u.cell.column + 1;
		}
		for (const struct src *k = head ? i : i->first; k != NULL; k = head ? NULL : k->next) {
			if (!head && (k->name == NULL ? k->blank : src_form(k) == F_NOTHING))
				continue;
			c = doc_node(b->d, N_CELL, k->name != NULL ? k->element != NULL ? k->name : "seg" : "seg", k->pos);
			doc_append(r, c);
			if (src_is(k, "seg") || head)
				docbook_common(b, c, k);
			c->u.cell.column = at++;
			c->u.cell.colspan = c->u.cell.rowspan = 1;
			c->u.cell.head = head;
			if (head || src_is(k, "seg"))
				docbook_content(b, c, k);
			else
				docbook_other(b, c, k);
			columns = at > columns ? at : columns;
		}
	}
	n->u.table.columns = columns;
	n->u.table.width = arena_array(&b->d->arena, (size_t)columns + 1, sizeof *n->u.table.width);
	n->u.table.share = arena_array(&b->d->arena, (size_t)columns + 1, sizeof *n->u.table.share);
	captions_last(n);
	if (columns == 0)
		rowless(n);
}
