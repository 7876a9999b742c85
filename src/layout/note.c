#include "layout/note.h"

#include <string.h>

/* A row's newest thing becomes its first: what is read first. */
static void bring_forward(struct row *row)
{
	struct op last = row->ops[row->n_ops - 1];

	memmove(row->ops + 1, row->ops, (size_t)(row->n_ops - 1) * sizeof *row->ops);
	row->ops[0] = last;
}

/* The number, set on the first row before its text: figure on the baseline, in the note's size. It leads back to
 * the mark. */
static void add_number(struct layout *l, const struct node *note, const struct par_style *style, enum frame frame,
                       struct row *row)
{
	struct par_source src = { .node = note, .style = style, .role = ROLE_LABEL, .plain = note->u.note.label };
	struct par *par = par_new(l, &src);
	struct rows r = { 0 };
	struct op *op;

	rows_par(l, &r, frame, par, 0, par_width(par), 0);
	if (r.n == 0 || r.v[0].n_ops == 0)
		return;
	op = row_add(l, row, OP_LINK, frame);
	op->node = note;
	op->y = -style->size * 8 / 10;
	op->u.fill.w = par_width(par);
	op->u.fill.h = style->size * 105 / 100;
	bring_forward(row);
	op = row_add(l, row, OP_LINE, frame);
	*op = r.v[0].ops[0];
	op->role = ROLE_LABEL;
	op->node = note;
	bring_forward(row);
}

static bool holds_link(const struct node *note)
{
	for (const struct node *n = note->first; n != NULL; n = doc_next(note, n)) {
		if (n->kind == N_LINK && n->u.link.href != NULL)
			return true;
	}
	return false;
}

/* Room for the widest number of the document. */
static sp hang_of(const struct layout *l, const struct par_style *style)
{
	int more = 0; /* figures than the two that the theme has room for */

	for (size_t n = l->doc->n_notes; n > 99; n /= 10)
		more++;
	return l->theme->note.hang + more * style->size * 55 / 100;
}

void note_rows(struct layout *l, const struct node *note, const struct par_style *style, enum frame frame, sp width,
               struct rows *r)
{
	sp hang = hang_of(l, style);
	int first = r->n;
	struct par_style *ragged = NULL;

	if (style->url_ragged && style->align == SET_JUSTIFY && holds_link(note)) { /* a URL has few places to break: ragged beats rivers */
		ragged = ARENA_NEW(&l->arena, struct par_style);
		*ragged = *style;
		ragged->align = SET_START;
		style = ragged;
	}
	rows_children(l, r, frame, note, hang, width - hang, style);
	if (r->n == first) /* an empty note still has its number */
		rows_add(l, r, style->leading);
	if (note->u.note.label != NULL)
		add_number(l, note, style, frame, &r->v[first]);
	if (note->id != NULL) {
		struct op *op = row_add(l, &r->v[first], OP_ANCHOR, frame);

		op->node = note;
		op->y = -style->size;
	}
}
