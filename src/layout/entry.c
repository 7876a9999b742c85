/* Entries of a bibliography: hung, with their labels in a column of their own where these are short. */
#include "layout/block.h"

enum { LABELS_AT_MOST = 4 /* a label column is no wider than the measure's fourth part */ };

/* The children up to *end make the label that the entry shows, "[3] " or "[", an abbreviation, "] ". False: none. */
static bool has_label(const struct node *entry, const struct node **end)
{
	const struct node *n = entry->first;

	if (n == NULL || n->kind != N_TEXT || !n->u.text.generated || n->u.text.len == 0 || n->u.text.s[0] != '[')
		return false;
	if (entry->u.para.labelled) {
		n = n->next != NULL ? n->next->next : NULL;
		if (n == NULL || n->kind != N_TEXT || !n->u.text.generated || n->u.text.len == 0 || n->u.text.s[0] != ']')
			return false;
	}
	*end = n->next;
	return true;
}

static struct par *label_par(struct flow *f, const struct node *entry, const struct node *end)
{
	struct par_style *style = ARENA_NEW(&f->l->arena, struct par_style);
	struct par_source src = { .node = entry, .style = style, .before = end };

	*style = *f->body;
	style->align = SET_START;
	style->protrude = false;
	style->indent = 0;
	return par_new(f->l, &src);
}

/* Room for the labels of all entries beside this one; 0: there are none, or they are too wide to stand apart. */
static sp label_column(struct flow *f, const struct node *entry)
{
	sp widest = 0, most = (f->width - f->start - f->end) / LABELS_AT_MOST;

	if (f->entries_of == entry->parent)
		return f->entry_hang;
	for (const struct node *n = entry->parent->first; n != NULL && widest <= most; n = n->next) {
		const struct node *end;

		if (n->kind == N_PARA && n->u.para.entry > 0 && has_label(n, &end)) {
			sp w = par_width(label_par(f, n, end));

			widest = w > widest ? w : widest;
		}
	}
	f->entries_of = entry->parent;
	f->entry_hang = widest == 0 || widest > most ? 0 : widest + f->body->size / 4;
	return f->entry_hang;
}

static void add_label(struct flow *f, struct block *b, struct par *p, sp width)
{
	struct rows r = { 0 };
	struct op *op;

	rows_par(f->l, &r, FRAME_TEXT, p, 0, width, 0);
	if (r.n == 0 || r.v[0].n_ops == 0)
		return;
	op = flow_label(f, b, OP_LINE);
	*op = r.v[0].ops[0];
	op->x = f->start;
}

void flow_entry(struct flow *f, const struct node *entry)
{
	sp column = label_column(f, entry), hang = column > 0 ? column : f->l->theme->page.unit;
	const struct node *end = NULL;
	bool apart = column > 0 && has_label(entry, &end);
	struct par_style *style = ARENA_NEW(&f->l->arena, struct par_style);
	struct par_source src = { .node = entry, .style = style };
	struct block *b;

	*style = *f->body;
	style->start += hang;
	style->indent = column > 0 ? 0 : -hang;
	if (apart)
		src.from = end;
	b = flow_par(f, &src);
	b->no_indent = false;
	if (apart)
		add_label(f, b, label_par(f, entry, end), column);
}
