/* What may leave its place in the text: figures and tables that have a title, and how far; how far pull quotes
 * may go. */
#include <string.h>

#include "base/mem.h"
#include "layout/page.h"

enum {
	NEAR = 300,          /* blocks: nothing goes farther than that */
	ROWS_LEFT = 8,       /* a float leaves at least so many rows of its page, or a quarter of a low one */
	LEAST_ROWS = 4       /* a lower one makes no hole worth the trouble */
};

static const struct node *division_of(const struct node *n)
{
	while (n != NULL && n->kind != N_DIVISION)
		n = n->parent;
	return n;
}

static bool is_inside(const struct node *n, const struct node *division)
{
	if (division == NULL || n == NULL)
		return true;
	while (n != NULL && n != division)
		n = n->parent;
	return n != NULL;
}

static int last_inside(const struct galley *g, int from, const struct node *division)
{
	int i = from;

	while (i + 1 < (int)g->n && i < from + NEAR && is_inside(g->v[i + 1].node, division))
		i++;
	return i;
}

static int first_inside(const struct galley *g, int from, const struct node *division)
{
	int i = from;

	while (i > 0 && i > from - NEAR && is_inside(g->v[i - 1].node, division))
		i--;
	return i;
}

/* The titled figure or table that a block belongs to; in columns, which text does not run around them in, the pull quote. */
static const struct node *float_of(const struct block *b, bool columns)
{
	const struct node *n = b->node;

	if (b->box != NULL || b->start > 0 || b->new_page)
		return NULL;
	if (columns && n != NULL && n->kind == N_PULLQUOTE)
		return n;
	while (n != NULL && n->kind != N_FIGURE && n->kind != N_TABLE && n->kind != N_DIVISION)
		n = n->parent;
	return n != NULL && n->kind != N_DIVISION && doc_title(n) != NULL ? n : NULL;
}

static bool calls_notes(const struct block *b)
{
	if (b->kind == BLOCK_PAR)
		return b->par->n_calls > 0;
	for (int i = 0; i < b->rows.n; i++) {
		if (b->rows.v[i].n_notes > 0)
			return true;
	}
	return false;
}

/* "... as follows:" wants what follows to follow. */
static bool is_announced(const struct galley *g, int first)
{
	const struct block *b = first > 0 ? &g->v[first - 1] : NULL;

	return b != NULL && b->kind == BLOCK_PAR && b->par->len > 0 && b->par->text[b->par->len - 1] == ':';
}

static void add_float(struct paginator *p, int first, int last, const struct node *node)
{
	struct galley *g = p->g;
	const struct theme *t = p->l->theme;
	int rows = t->page.last_line - t->page.first_line + 1;
	sp page = (sp)(rows - (rows / 4 < ROWS_LEFT ? rows / 4 : ROWS_LEFT)) * t->page.unit;
	struct insert in = { .kind = INSERT_FLOAT, .first = first, .last = last, .quote = -1 };

	for (int i = first; i <= last; i++) {
		if (calls_notes(&g->v[i]) || g->v[i].insert > 0)
			return;
		variant_natural_height(p, i); /* breaks it */
	}
	if (is_announced(g, first))
		return;
	in.section_last = last_inside(g, last, division_of(node));
	VEC_ROOM(g->inserts, g->n_inserts, g->cap_inserts, 1);
	g->inserts[g->n_inserts] = in;
	in.height = float_height(p, (int)g->n_inserts);
	if (in.height > page || in.height < LEAST_ROWS * t->page.unit)
		return;
	g->inserts[g->n_inserts++] = in;
	for (int i = first; i <= last; i++)
		g->v[i].insert = (int)g->n_inserts;
}

void insert_find(struct paginator *p)
{
	struct galley *g = p->g;
	bool columns = p->l->theme->cols.n > 1;

	for (size_t i = 0; i < g->n_quotes; i++) {
		struct quote *q = &g->quotes[i];
		const struct node *division = division_of(q->node);

		q->section_first = first_inside(g, q->anchor, division);
		q->section_last = last_inside(g, q->anchor, division);
	}
	for (size_t i = 0; i < g->n_inserts; i++)
		g->inserts[i].section_last = g->inserts[i].last;
	for (int i = 0; i < (int)g->n && p->l->theme->page.floats;) {
		const struct node *node = float_of(&g->v[i], columns);
		int last = i;

		while (node != NULL && last + 1 < (int)g->n && float_of(&g->v[last + 1], columns) == node)
			last++;
		if (node != NULL)
			add_float(p, i, last, node);
		i = last + 1;
	}
}
