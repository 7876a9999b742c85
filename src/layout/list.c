/* Lists to the galley: their marks, hangs and spaces. Marks are drawn bars or made text beside an item's first row. */
#include <string.h>

#include "base/mem.h"
#include "layout/block.h"

enum {
	PRICE_FIRST_ITEM = 200, /* of a page break between a list's first line and the rest */
	MOST_MEASURED = 40,     /* labels of equal length looked at for the widest */
	LEAST_MEASURE = 8       /* [em] of lists in lists: the next ones are set in no further */
};

/* ---- marks ----------------------------------------------------------------------------------- */

static void add_bullet(struct flow *f, struct block *b, const struct node *item, int depth, sp hang)
{
	const struct bar *bar = &f->l->theme->list.bullet[depth > 1 ? 1 : 0];
	struct op *op = flow_label(f, b, OP_FILL);

	op->role = ROLE_LABEL;
	op->node = item;
	op->x = f->start - hang;
	op->y = -bar->raise;
	op->u.fill.w = bar->w;
	op->u.fill.h = bar->h;
	op->u.fill.colour = bar->colour;
}

/* "1.", but "а)": small letters of other scripts are read as words before a point. */
static struct par *number_par(struct flow *f, const struct node *item)
{
	const struct node *list = item->parent;
	const char *label = item->u.item.label;
	bool letter = list->kind == N_LIST && list->u.list.numeration == NUM_LOWERALPHA && (unsigned char)*label >= 0x80;
	struct par_source src = { .node = item, .style = f->item, .role = ROLE_LABEL,
		                  .plain = arena_printf(&f->l->arena, "%s%c", label, letter ? ')' : '.') };
	struct par_style *style = ARENA_NEW(&f->l->arena, struct par_style);

	*style = *f->item;
	style->align = SET_START;
	style->protrude = false;
	style->indent = style->start = style->end = 0;
	src.style = style;
	return par_new(f->l, &src);
}

/* Between a number's point and the text. */
static sp number_gap(const struct theme *t)
{
	return t->list.number_hang - t->list.number_right;
}

static void add_number(struct flow *f, struct block *b, const struct node *item, sp hang)
{
	struct par *p = number_par(f, item);
	sp w = par_width(p), x = hang - number_gap(f->l->theme) - w;
	struct rows r = { 0 };
	struct op *op;

	rows_par(f->l, &r, FRAME_TEXT, p, 0, w + SP_PT(1), 0);
	if (r.n == 0 || r.v[0].n_ops == 0)
		return;
	if (x < 0)
		x = hang > w + SP_ONE ? 0 : hang - w - SP_ONE; /* a halved hang: it reaches out to the left, never into the text */
	op = flow_label(f, b, OP_LINE);
	*op = r.v[0].ops[0];
	op->x = f->start - hang + x;
	op->role = ROLE_LABEL;
	op->node = item;
}

static size_t letters(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xC0) != 0x80;
	return n;
}

static sp widest_number(struct flow *f, const struct node *list)
{
	size_t most = 0;
	int measured = 0;
	sp widest = 0;

	for (const struct node *i = list->first; i != NULL; i = i->next) {
		if (i->kind == N_ITEM && i->u.item.label != NULL && letters(i->u.item.label) > most)
			most = letters(i->u.item.label);
	}
	for (const struct node *i = list->first; i != NULL && measured < MOST_MEASURED; i = i->next) {
		if (i->kind == N_ITEM && i->u.item.label != NULL && letters(i->u.item.label) == most) {
			sp w = par_width(number_par(f, i));

			widest = w > widest ? w : widest;
			measured++;
		}
	}
	return widest;
}

static sp hang_of(struct flow *f, const struct node *list)
{
	const struct theme *t = f->l->theme;
	sp step = t->list.bullet[1].hang - t->list.bullet[0].hang, widest;

	switch (list->u.list.kind) {
	case LIST_NUMBER:
		widest = widest_number(f, list);
		if (widest + number_gap(t) / 2 <= t->list.number_hang)
			return t->list.number_hang;
		if (widest + number_gap(t) / 2 <= t->list.number_hang_wide)
			return t->list.number_hang_wide;
		return widest + number_gap(t);
	case LIST_PLAIN:
		return 0;
	default:
		return f->list_depth > 1 && step > 0 ? step : t->list.bullet[0].hang;
	}
}

/* ---- items ----------------------------------------------------------------------------------- */

/* How far an item of that hang is set in from the list it stands in. */
static sp set_in(const struct flow *f, sp hang)
{
	sp left = f->width - f->start - f->end - hang;

	return f->start < hang || left >= LEAST_MEASURE * f->item->size ? hang : 0;
}

static void flow_item(struct flow *f, const struct node *list, const struct node *item, sp hang)
{
	size_t first = f->g->n;
	bool numbered = list->u.list.kind == LIST_NUMBER && item->u.item.label != NULL;
	sp in = set_in(f, hang);

	f->start += in;
	f->was_break = true;
	flow_children(f, item);
	if (f->g->n == first) { /* an empty item still has its mark */
		struct par_source src = { .node = item, .style = f->item, .plain = "" };

		flow_par(f, &src);
	}
	if (f->g->n > first) {
		struct block *b = &f->g->v[first];

		if (numbered)
			add_number(f, b, item, hang);
		else if (list->u.list.kind == LIST_BULLET)
			add_bullet(f, b, item, item->u.item.depth, hang);
	}
	f->start -= in;
}

static void flow_variable_item(struct flow *f, const struct node *item, sp hang)
{
	sp in = set_in(f, hang);

	for (const struct node *n = item->first; n != NULL; n = n->next) {
		if (n->kind == N_TERM) {
			struct block *b = flow_simple(f, n, PS_TERM);

			b->heading = true; /* keeps with what follows */
			b->no_indent = true;
			if (f->narrow)
				b->before = 0;
			continue;
		}
		f->start += in;
		f->was_break = true;
		flow_block(f, n);
		f->start -= in;
	}
}

/* ---- lists ----------------------------------------------------------------------------------- */

static bool has_long_item(const struct flow *f, size_t first, size_t end, int lines)
{
	for (size_t i = first; i < end; i++) {
		const struct block *b = &f->g->v[i];

		if (b->kind == BLOCK_PAR && par_width(b->par) > (f->width - b->start - b->end) * lines)
			return true;
	}
	return false;
}

static void set_list_apart(struct flow *f, size_t first, sp around)
{
	struct block *b = &f->g->v[first], *e = &f->g->v[f->g->n - 1];

	if (b->before < around && !f->narrow)
		b->before = around;
	if (e->after < around && !f->narrow)
		e->after = around;
}

static void flow_items(struct flow *f, const struct node *list, sp around, bool outer)
{
	size_t first = f->g->n, *starts = NULL, n_starts = 0, cap = 0;
	sp hang = hang_of(f, list);

	if (f->width - f->start - f->end < 4 * hang + 6 * f->body->size)
		hang = hang / 2; /* a deep nest in a narrow column */
	for (const struct node *n = list->first; n != NULL; n = n->next) {
		if (n->kind == N_TITLE)
			continue;
		VEC_ROOM(starts, n_starts, cap, 1);
		starts[n_starts++] = f->g->n;
		if (n->kind != N_ITEM)
			flow_block(f, n);
		else if (list->u.list.kind == LIST_VARIABLE)
			flow_variable_item(f, n, hang);
		else
			flow_item(f, list, n, hang);
	}
	for (size_t i = first; i < f->g->n; i++) {
		f->g->v[i].off_grid = true;
		if (f->g->v[i].style == f->item && list->u.list.kind != LIST_VARIABLE)
			f->g->v[i].before = f->g->v[i].after = 0;
	}
	if (first + 1 < f->g->n && f->g->v[first].kind == BLOCK_PAR && !has_long_item(f, first, first + 1, 1))
		flow_keep(&f->g->v[first], PRICE_FIRST_ITEM);
	if (outer && has_long_item(f, first, f->g->n, f->l->theme->list.long_item)) {
		for (size_t i = 1; i < n_starts; i++) {
			if (starts[i] < f->g->n && f->g->v[starts[i]].before < around)
				f->g->v[starts[i]].before = around;
		}
	}
	mem_free(starts);
}

/* Items that need no more than a line of theirs each, side by side. False: they do not fit, or are more than words. */
static bool flow_columns(struct flow *f, const struct node *list)
{
	struct layout *l = f->l;
	int n = 0, columns = list->u.list.columns, lines, i = 0;
	sp gap = l->theme->table.pad, width = f->width - f->start - f->end, column;
	struct par_style *style = ARENA_NEW(&l->arena, struct par_style);
	struct par **pars;
	struct block *b;

	for (const struct node *c = list->first; c != NULL; c = c->next)
		n += c->kind == N_ITEM;
	if (columns > n)
		columns = n;
	if (columns < 2 || gap * (columns - 1) > width / 2)
		return false;
	column = (width - gap * (columns - 1)) / columns;
	*style = *f->item;
	style->align = SET_START;
	style->indent = 0;
	pars = arena_array(&l->arena, (size_t)n, sizeof *pars);
	for (const struct node *c = list->first; c != NULL; c = c->next) {
		struct par_source src = { .node = c->first, .style = style };

		if (c->kind != N_ITEM)
			continue;
		if (c->first == NULL || c->first->kind != N_PARA || c->first->next != NULL)
			return false;
		pars[i] = par_new(l, &src);
		if (pars[i]->n_calls > 0 || par_width(pars[i++]) > column)
			return false;
	}
	lines = (n + columns - 1) / columns;
	b = flow_add(f, BLOCK_ROWS, list, style);
	for (int r = 0; r < lines; r++)
		rows_add(l, &b->rows, style->leading);
	for (i = 0; i < n; i++) { /* in the order of reading, whichever way they stand */
		int r = list->u.list.across ? i / columns : i % lines, c = list->u.list.across ? i % columns : i / lines;
		struct rows one = { 0 };

		rows_par(l, &one, FRAME_TEXT, pars[i], f->start + c * (column + gap), column, 0);
		if (one.n > 0)
			*row_add(l, &b->rows.v[r], OP_LINE, FRAME_TEXT) = one.v[0].ops[0];
	}
	b->no_indent = true;
	b->off_grid = true;
	return true;
}

void flow_list(struct flow *f, const struct node *list)
{
	size_t first = f->g->n;
	bool outer = f->list_depth++ == 0;
	sp around = flow_lines(f->l, f->l->theme->list.around);

	if (doc_title(list) != NULL) {
		struct block *b = flow_simple(f, doc_title(list), PS_TERM);

		b->heading = b->no_indent = true;
	}
	if (list->u.list.kind != LIST_PLAIN || !flow_columns(f, list))
		flow_items(f, list, around, outer);
	if (outer && first < f->g->n)
		set_list_apart(f, first, around);
	f->list_depth--;
	f->was_break = true;
}
