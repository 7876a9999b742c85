#include <string.h>

#include "base/mem.h"
#include "layout/block.h"

struct row *rows_add(struct layout *l, struct rows *r, sp advance)
{
	struct row *row;

	if (r->n == r->cap) {
		int cap = r->cap == 0 ? 1 : r->cap * 2; /* most piles are one row: cells, entries of the contents */
		struct row *v = arena_array(&l->arena, (size_t)cap, sizeof *v);

		if (r->n > 0)
			memcpy(v, r->v, (size_t)r->n * sizeof *v);
		r->v = v;
		r->cap = cap;
	}
	row = &r->v[r->n++];
	memset(row, 0, sizeof *row);
	row->advance = advance;
	r->height += advance;
	return row;
}

struct op *row_add(struct layout *l, struct row *row, enum op_kind kind, enum frame frame)
{
	/* room for powers of two: full when n is one of them */
	if ((row->n_ops & (row->n_ops - 1)) == 0) {
		struct op *v = arena_array(&l->arena, row->n_ops == 0 ? 1 : (size_t)row->n_ops * 2, sizeof *v);

		if (row->n_ops > 0)
			memcpy(v, row->ops, (size_t)row->n_ops * sizeof *v);
		row->ops = v;
	}
	row->ops[row->n_ops] = (struct op){ .kind = kind, .frame = (uint8_t)frame, .role = ROLE_CONTENT };
	return &row->ops[row->n_ops++];
}

void row_add_notes(struct layout *l, struct row *to, const struct row *from, int n)
{
	const struct node **v;
	int sum = 0;

	for (int i = 0; i < n; i++)
		sum += from[i].n_notes;
	if (sum == 0)
		return;
	v = arena_array(&l->arena, (size_t)(to->n_notes + sum), sizeof *v);
	if (to->n_notes > 0)
		memcpy(v, to->notes, (size_t)to->n_notes * sizeof *v);
	for (int i = 0; i < n; i++) {
		if (from[i].n_notes > 0)
			memcpy(v + to->n_notes, from[i].notes, (size_t)from[i].n_notes * sizeof *v);
		to->n_notes += from[i].n_notes;
	}
	to->notes = v;
}

sp row_tail(const struct row *row)
{
	sp below = row->below > 0 ? row->below : 0;

	return row->advance > below ? row->advance - below : 0;
}

void rows_space(struct rows *r, sp space)
{
	if (r->n > 0) {
		r->v[r->n - 1].advance += space;
		r->height += space;
	}
}

void rows_advance(struct rows *r, int i, sp advance)
{
	r->height += advance - r->v[i].advance;
	r->v[i].advance = advance;
}

void rows_par(struct layout *l, struct rows *r, enum frame frame, struct par *p, sp x, sp width, sp indent)
{
	const struct broken *b = line_break_natural(l, p, width > SP_PT(1) ? width : SP_PT(1), indent);

	for (int i = 0; i < b->n; i++) {
		struct row *row = rows_add(l, r, p->style->leading);
		struct op *op = row_add(l, row, OP_LINE, frame);

		op->x = x + (i == 0 ? indent : 0);
		op->node = p->node;
		op->u.line.par = p;
		op->u.line.line = b->v[i];
		row->n_notes = par_notes(p, b->v[i].from, b->v[i].to, &row->notes);
	}
}

void galley_free(struct galley *g)
{
	mem_free(g->v);
	mem_free(g->quotes);
	mem_free(g->inserts);
	memset(g, 0, sizeof *g);
}

static void shift_ops(struct op *ops, int n, sp x, enum frame frame)
{
	for (int i = 0; i < n; i++) {
		ops[i].x += x;
		ops[i].frame = (uint8_t)frame;
	}
}

static void append_rows(struct layout *l, struct rows *r, const struct rows *from, sp x, enum frame frame)
{
	for (int i = 0; i < from->n; i++) {
		struct row *row = rows_add(l, r, from->v[i].advance);

		sp advance = row->advance;

		*row = from->v[i];
		row->advance = advance;
		shift_ops(row->ops, row->n_ops, x, frame);
	}
}

void rows_galley(struct layout *l, struct rows *r, enum frame frame, struct galley *g, sp x, sp width)
{
	sp after = 0;

	for (size_t i = 0; i < g->n; i++) {
		struct block *b = &g->v[i];
		int first = r->n;

		if (r->n > 0)
			rows_space(r, after > b->before ? after : b->before);
		after = b->after;
		if (b->kind == BLOCK_PAR)
			rows_par(l, r, frame, b->par, x + b->start, width - b->start - b->end, b->no_indent ? 0 : b->style->indent);
		else
			append_rows(l, r, &b->rows, x, frame);
		for (int k = 0; k < b->n_label && first < r->n; k++) {
			struct op *op = row_add(l, &r->v[first], b->label[k].kind, frame);

			*op = b->label[k];
			op->x += x;
			op->frame = (uint8_t)frame;
		}
	}
}

void rows_children(struct layout *l, struct rows *r, enum frame frame, const struct node *node, sp x, sp width,
                   const struct par_style *style)
{
	struct galley g = { 0 };
	struct flow f = { .l = l, .g = &g, .width = width, .body = style, .item = style, .narrow = true, .was_break = true };

	if (doc_holds_inlines(node->kind)) {
		struct par_source src = { .node = node, .style = style };

		rows_par(l, r, frame, par_new_within(l, &src, width), x, width, 0);
		return;
	}
	flow_children(&f, node);
	rows_galley(l, r, frame, &g, x, width);
	galley_free(&g);
}
