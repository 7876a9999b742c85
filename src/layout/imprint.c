/* The imprint at the foot of the last page (HS-47): notes and floats of that page stand above it. What finds no room for it
 * pays (price.h), so that it seldom stands on a page of its own. */
#include "layout/page.h"

enum { MOST_PARTS = 64, CLEAR = 3 /* rows between the text and its first line; the rule stands in them */ };

struct imprint {
	struct rows cells[MOST_PARTS];
	int n, columns;
	sp width, height; /* of a column; of all rows */
};

/* As many as the theme says, unless they come out too narrow to read (a small page, large type); then no more than fill their rows
 * evenly: four parts are two and two, not three and one. */
static int columns_of(const struct theme *t, const struct node *imprint)
{
	sp grid = style_columns_width(t, t->page.columns);
	int n = t->imprint.columns > 0 ? t->imprint.columns : 4, parts = 0, rows;

	while (n > 1 && (grid - (n - 1) * t->page.gutter) / n < 12 * t->par[PS_IMPRINT].size)
		n--;
	for (const struct node *b = imprint->first; b != NULL; b = b->next)
		parts += b->kind != N_TITLE;
	rows = (parts + n - 1) / n;
	return rows > 1 ? (parts + rows - 1) / rows : n;
}

static sp tallest_from(const struct imprint *m, int first)
{
	sp tallest = 0;

	for (int k = first; k < m->n && k < first + m->columns; k++)
		tallest = m->cells[k].height > tallest ? m->cells[k].height : tallest;
	return tallest;
}

static void set(struct layout *l, const struct node *imprint, struct imprint *m)
{
	const struct theme *t = l->theme;

	*m = (struct imprint){ .columns = columns_of(t, imprint) };
	m->width = (style_columns_width(t, t->page.columns) - (m->columns - 1) * t->page.gutter) / m->columns;
	for (const struct node *b = imprint->first; b != NULL && m->n < MOST_PARTS; b = b->next) {
		if (b->kind != N_TITLE)
			rows_children(l, &m->cells[m->n++], FRAME_ALL, b, 0, m->width, &t->par[PS_IMPRINT]);
	}
	for (int i = 0; i < m->n; i += m->columns) /* rows of columns, one under the other */
		m->height += tallest_from(m, i) + (i > 0 ? t->par[PS_IMPRINT].leading : 0);
}

static bool holds_notes(const struct node *imprint)
{
	for (const struct node *n = imprint->first; n != NULL; n = doc_next(imprint, n))
		if (n->kind == N_FOOTNOTE || n->kind == N_FOOTNOTEREF)
			return true;
	return false;
}

bool imprint_fits(struct layout *l, const struct node *imprint)
{
	const struct theme *t = l->theme;
	struct imprint m;
	int parts = 0;

	for (const struct node *b = imprint->first; b != NULL; b = b->next)
		parts++;
	if (parts > MOST_PARTS || holds_notes(imprint))
		return false;
	set(l, imprint, &m);
	return m.height <= t->page.unit * (t->page.last_line - t->page.first_line - CLEAR);
}

static sp room_of(const struct paginator *p, const struct imprint *m)
{
	const struct theme *t = p->l->theme;

	return m->height - t->par[PS_IMPRINT].leading + CLEAR * t->page.unit;
}

sp imprint_room(struct paginator *p)
{
	struct imprint m;

	if (p->g->imprint == NULL)
		return 0;
	set(p->l, p->g->imprint, &m);
	return room_of(p, &m);
}

sp imprint_lift(const struct paginator *p, const struct trial *t, const struct band *band)
{
	const struct theme *th = p->l->theme;
	sp foot = style_line_y(th, th->page.last_line), low = band->top - th->page.unit, limit = foot, last = 0;

	if (p->imprint_room == 0 || band->column > 0 || band->last < foot)
		return 0;
	for (size_t i = 0; i < t->n_notes; i++) {
		for (int k = t->notes[i].from; k < t->notes[i].to; k++)
			limit -= t->notes[i].rows->v[k].advance;
		if (t->notes[i].to > t->notes[i].from)
			last = row_tail(&t->notes[i].rows->v[t->notes[i].to - 1]);
	}
	if (t->n_notes > 0)
		limit += last - th->note.rule_above - th->note.least_gap;
	for (size_t i = 0; i < t->n; i++) {
		const struct placed *pl = &t->v[i];
		sp y = pl->y + (pl->row != NULL && pl->row->below > 0 ? pl->row->below : 0);

		if (pl->where != AT_FOOT && y > low)
			low = y;
		if (pl->where == AT_FOOT && (i == 0 || t->v[i - 1].where != AT_FOOT))
			limit -= p->g->inserts[p->g->v[pl->block].insert - 1].height + th->page.unit;
	}
	return limit - low >= p->imprint_room ? (p->imprint_room + th->page.unit - 1) / th->page.unit * th->page.unit : 0;
}

/* What is drawn may hang a row below its last line of text: a box, a table's rule. */
static sp lowest_line(const struct page *page, sp unit)
{
	sp y = 0;

	for (size_t i = 0; i < page->n; i++) {
		const struct item *it = &page->items[i];
		sp low = it->kind == ITEM_TEXT ? it->y : it->kind == ITEM_IMAGE ? it->y + it->h : it->kind == ITEM_FILL ? it->y + it->h - unit : 0;

		if (low > y)
			y = low;
	}
	return y;
}

void imprint_place(struct paginator *p)
{
	const struct theme *t = p->l->theme;
	const struct node *imprint = p->g->imprint;
	sp leading = t->par[PS_IMPRINT].leading, top;
	struct imprint m;
	struct page *page;
	struct item *rule;

	if (imprint == NULL || p->pages->n == 0)
		return;
	set(p->l, p->g->imprint, &m);
	top = style_line_y(t, t->page.last_line) - (m.height - leading);
	page = &p->pages->v[p->pages->n - 1];
	if (lowest_line(page, t->page.unit) + CLEAR * t->page.unit > top) {
		page = pages_add(p->pages);
		page->number = (int)p->pages->n;
		page->label = arena_printf(&p->pages->arena, "%d", page->number);
		page->recto = !t->page.facing || page->number % 2 == 1;
		page->start = imprint;
	}
	p->recto = page->recto;
	rule = page_add(p->pages, page, ITEM_FILL, ROLE_RULE, imprint);
	rule->x = style_column_x(t, page->recto, 0);
	rule->y = top - leading * 3 / 2;
	rule->w = style_columns_width(t, t->page.columns);
	rule->h = t->imprint.rule;
	rule->u.fill.colour = t->text_colour;
	for (int i = 0; i < m.n; i += m.columns) {
		for (int k = i; k < m.n && k < i + m.columns; k++) {
			for (int r = 0; r < m.cells[k].n; r++) {
				for (int o = 0; o < m.cells[k].v[r].n_ops; o++)
					m.cells[k].v[r].ops[o].x += (k - i) * (m.width + t->page.gutter);
			}
			place_rows(p, page, &m.cells[k], 0, m.cells[k].n, top, ROLE_CONTENT);
		}
		top += tallest_from(&m, i) + leading;
	}
}
