/* What a document says about itself besides the masthead: people, data, an abstract; then, set apart, its rights. In an
 * article all this stands between masthead and text, the rights at the very end; in a book on the title page, the rights
 * at the foot of the page behind it. The reader has put the parts in this order (read/docbook_info.c). */
#include "layout/front.h"

#include <string.h>

#include "base/mem.h"

static bool named(const struct node *n, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count && n->element != NULL; i++) {
		if (strcmp(n->element, names[i]) == 0)
			return true;
	}
	return false;
}

bool front_is_legal(const struct node *n)
{
	static const char *const names[] = { "copyright", "legalnotice", "printhistory", "biblioid", "publisher", "publishername",
		                             "revhistory", "address" };

	return named(n, names, sizeof names / sizeof *names);
}

static bool is_person(const struct node *n)
{
	static const char *const names[] = { "author", "editor", "othercredit", "collab", "orgname", "personname" };

	return named(n, names, sizeof names / sizeof *names);
}

static bool is_abstract(const struct node *n)
{
	return n->element != NULL && strcmp(n->element, "abstract") == 0;
}

static void use(struct flow *f, enum par_style_id id)
{
	f->body = f->item = &f->l->theme->par[id];
	f->was_break = true;
}

static void flow_abstract(struct flow *f, const struct node *n)
{
	use(f, PS_ABSTRACT);
	if (n->kind == N_PARA)
		flow_block(f, n);
	for (const struct node *c = n->first; c != NULL && n->kind != N_PARA; c = c->next) {
		if (c->kind == N_TITLE) {
			struct block *b = flow_simple(f, c, PS_ABSTRACT_TITLE);

			b->heading = b->no_indent = f->was_break = true;
		} else {
			flow_block(f, c);
		}
	}
}

/* People, data, abstract ... are groups with a line between them. */
static int rank_of(const struct node *n)
{
	return is_person(n) ? 1 : is_abstract(n) ? 3 : n->kind == N_PARA ? 2 : 4;
}

void front_flow(struct flow *f, const struct node *front)
{
	const struct par_style *body = f->body, *item = f->item;
	size_t start = f->g->n;
	int before = 0;

	for (const struct node *n = front->first; n != NULL; n = n->next) {
		size_t first = f->g->n;
		int rank = rank_of(n);

		if (front_is_legal(n))
			continue;
		if (rank == 3) {
			flow_abstract(f, n);
		} else {
			use(f, rank == 1 ? PS_AUTHOR : PS_FRONT);
			flow_block(f, n);
		}
		if (first < f->g->n && before != 0 && (rank != before || rank >= 3) && f->g->v[first].before < f->l->theme->page.unit)
			f->g->v[first].before = f->l->theme->page.unit;
		before = first < f->g->n ? rank : before;
	}
	if (start < f->g->n)
		f->g->v[f->g->n - 1].after = f->l->theme->page.unit;
	f->body = body;
	f->item = item;
	f->was_break = true;
}

/* Height of the blocks from `first` on, as lines of the grid. */
static sp height_of(const struct flow *f, size_t first)
{
	sp unit = f->l->theme->page.unit, height = 0;

	for (size_t i = first; i < f->g->n; i++) {
		const struct block *b = &f->g->v[i];
		struct measure m = { .full = f->width - b->start - b->end };
		struct broken br = { .n = 0 };
		sp own = b->rows.height;

		if (b->kind == BLOCK_PAR) {
			line_break(f->l, b->par, 0, &m, 0, &br);
			own = br.n * b->style->leading;
		}
		height += (own + unit - 1) / unit * unit + (i > first ? b->before + b->after : 0);
	}
	return (height + unit - 1) / unit * unit;
}

void front_flow_legal(struct flow *f, const struct node *front, bool own_page)
{
	const struct theme *t = f->l->theme;
	const struct par_style *body = f->body, *item = f->item;
	size_t first = f->g->n;
	sp page = (t->page.last_line - t->page.first_line) * t->page.unit;
	struct block *b;
	struct op *op;

	for (const struct node *n = front->first; n != NULL; n = n->next) {
		size_t own = f->g->n;

		if (!front_is_legal(n))
			continue;
		use(f, PS_LEGAL);
		flow_block(f, n);
		if (own > first && own < f->g->n && n->kind != N_PARA)
			f->g->v[own].before = t->page.unit / 2;
	}
	f->body = body;
	f->item = item;
	f->was_break = true;
	if (first == f->g->n)
		return;
	for (size_t i = first; i < f->g->n; i++)
		f->g->v[i].off_grid = true;
	b = &f->g->v[first];
	if (own_page) {
		sp height = height_of(f, first);

		b->new_page = true;
		b->sink = height < page ? (page - height) / t->page.unit * t->page.unit : 0;
	} else {
		b->before = 3 * t->page.unit;
	}
	b->off_grid = false;
	op = flow_label(f, b, OP_FILL);
	op->role = ROLE_RULE;
	op->y = -b->style->leading * 3 / 2;
	op->u.fill.w = f->width;
	op->u.fill.h = t->imprint.rule;
	op->u.fill.colour = t->text_colour;
}
