/* One walk over the rows. Heads of columns are kept from where they end; a head over the whole width inside the body
 * opens a group of rows and takes the place of the one before. Heads of rows are kept while their rows last. */
#include "write/pdf/pdf_heads.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "write/pdf/pdf_role.h"

#define MOST_HEADS 200 /* over one cell, or beside it; a table of more has no readers */

struct head {
	const struct node *cell;
	int from, to;   /* rows it lies in, to not included */
	bool group;     /* over the rows of a group, not of the whole table */
};

struct walk {
	struct head columns[MOST_HEADS], rows[MOST_HEADS];
	int n_columns, n_rows, row;
};

void pdf_heads_init(struct pdf_heads *h, struct arena *a, uint32_t n_nodes)
{
	*h = (struct pdf_heads){ .arena = a, .n_nodes = n_nodes };
}

void pdf_heads_free(struct pdf_heads *h)
{
	mem_free(h->headers);
	mem_free(h->named);
}

static int span(int said)
{
	return said > 1 ? said : 1;
}

static bool needs_ids(const struct node *table)
{
	int head_rows = 0;

	for (const struct node *row = table->first; row != NULL; row = row->next) {
		if (row->kind != N_ROW)
			continue;
		head_rows += row->u.row.group == ROW_HEAD;
		for (const struct node *c = row->first; c != NULL; c = c->next)
			if (c->kind == N_CELL && pdf_role_is_head(c) && (c->u.cell.colspan > 1 || c->u.cell.rowspan > 1))
				return true;
	}
	return head_rows > 1;
}

static bool columns_meet(const struct node *a, const struct node *b)
{
	return a->u.cell.column < b->u.cell.column + span(b->u.cell.colspan) &&
	       b->u.cell.column < a->u.cell.column + span(a->u.cell.colspan);
}

static void put_headers(struct pdf_heads *h, const struct walk *w, const struct node *cell)
{
	bool head = pdf_role_is_head(cell);
	struct buf b;

	buf_init(&b);
	for (int i = 0; i < w->n_columns; i++)
		if (w->columns[i].to <= w->row && columns_meet(w->columns[i].cell, cell))
			pdf_heads_put_id(&b, w->columns[i].cell);
	for (int i = 0; i < w->n_rows && !head; i++)
		if (w->rows[i].cell->u.cell.column < cell->u.cell.column)
			pdf_heads_put_id(&b, w->rows[i].cell);
	if (b.len > 0)
		h->headers[cell->seq] = arena_dup(h->arena, b.data, b.len);
	buf_free(&b);
}

static void add_head(struct walk *w, const struct node *cell)
{
	bool column = strcmp(pdf_role_scope(cell), "Column") == 0;
	struct head *v = column ? w->columns : w->rows;
	int *n = column ? &w->n_columns : &w->n_rows;
	bool group = column && cell->parent->u.row.group != ROW_HEAD;

	for (int i = 0; group && i < *n; i++) {
		if (!v[i].group)
			continue;
		memmove(v + i, v + i + 1, (size_t)(*n - i - 1) * sizeof *v);
		--*n;
		break;
	}
	if (*n < MOST_HEADS)
		v[(*n)++] = (struct head){ cell, w->row, w->row + span(cell->u.cell.rowspan), group };
}

static void end_row(struct walk *w)
{
	int kept = 0;

	w->row++;
	for (int i = 0; i < w->n_rows; i++)
		if (w->rows[i].to > w->row)
			w->rows[kept++] = w->rows[i];
	w->n_rows = kept;
}

void pdf_heads_find(struct pdf_heads *h, const struct node *table)
{
	struct walk w = { .row = 0 };

	if (!needs_ids(table))
		return;
	if (h->headers == NULL)
		h->headers = mem_zalloc((size_t)h->n_nodes + 1, sizeof *h->headers);
	for (const struct node *row = table->first; row != NULL; row = row->next) {
		if (row->kind != N_ROW)
			continue;
		for (const struct node *c = row->first; c != NULL; c = c->next) {
			if (c->kind != N_CELL || c->seq > h->n_nodes)
				continue;
			if (pdf_role_is_head(c)) {
				VEC_ROOM(h->named, h->n_named, h->cap_named, 1);
				h->named[h->n_named++] = c;
				h->headers[c->seq] = ""; /* has an ID, whatever comes */
				add_head(&w, c);
			}
			put_headers(h, &w, c);
		}
		end_row(&w);
	}
}

const char *pdf_heads_of(const struct pdf_heads *h, const struct node *cell)
{
	const char *s = h->headers != NULL && cell->seq <= h->n_nodes ? h->headers[cell->seq] : NULL;

	return s != NULL && *s != '\0' ? s : NULL;
}

bool pdf_heads_has_id(const struct pdf_heads *h, const struct node *cell)
{
	return h->headers != NULL && cell->seq <= h->n_nodes && h->headers[cell->seq] != NULL && pdf_role_is_head(cell);
}

void pdf_heads_put_id(struct buf *b, const struct node *cell)
{
	buf_printf(b, "(head%08u)", cell->seq);
}

static int by_seq(const void *a, const void *b)
{
	const struct node *const *l = a, *const *r = b;

	return (*l)->seq < (*r)->seq ? -1 : (*l)->seq > (*r)->seq;
}

void pdf_heads_sort(struct pdf_heads *h)
{
	if (h->n_named > 0)
		qsort(h->named, h->n_named, sizeof *h->named, by_seq);
}
