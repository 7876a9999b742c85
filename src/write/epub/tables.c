#include <string.h>

#include "doc/number.h"
#include "write/epub/xhtml.h"

/* HTML wants head rows first and foot rows last. Rows elsewhere that the source calls so stay in
 * their place in the body: order of the text comes first. */
struct bands { const struct node *body, *foot; };

static struct bands find_bands(const struct node *first)
{
	struct bands b = { first, NULL };
	const struct node *last = first;

	while (b.body != NULL && b.body->kind == N_ROW && b.body->u.row.group == ROW_HEAD)
		b.body = b.body->next;
	for (const struct node *n = b.body; n != NULL; n = n->next)
		if (n->kind == N_ROW)
			last = n;
	if (b.body == NULL || last == NULL || last->kind != N_ROW)
		return b;
	while (last->u.row.group == ROW_FOOT && last->kind == N_ROW) {
		b.foot = last;
		if (last == b.body || last->prev == NULL || last->prev->kind != N_ROW)
			break;
		last = last->prev;
	}
	return b;
}

static bool cell_is_empty(const struct node *cell)
{
	for (const struct node *n = cell->first; n != NULL; n = doc_next(cell, n))
		if (n->kind == N_TEXT || n->kind == N_IMAGE || n->kind == N_INLINE_IMAGE || n->kind == N_FOOTNOTE ||
		    n->kind == N_FOOTNOTEREF)
			return false;
	return true;
}

#define MOST_HEADS 200

static const char *align_class(const struct node *cell)
{
	switch (cell->u.cell.halign) {
	case ALIGN_CENTER: return "center";
	case ALIGN_END:
	case ALIGN_DECIMAL: return "end";
	case ALIGN_START:
	case ALIGN_JUSTIFY:
	default: return NULL;
	}
}

static void cell_body(struct pen *p, const struct node *cell)
{
	const struct node *only = cell->first;
	const struct place *place = only != NULL ? book_lookup(p->b, only) : NULL;

	if (only != NULL && only->next == NULL && only->kind == N_PARA && only->lang == NULL &&
	    (place == NULL || place->id == NULL)) {
		xhtml_marks(p, only, MARK_INLINE);
		inlines_children(p, only);
	} else {
		blocks_children(p, cell->first);
	}
}

/* What the columns of a table that is set row by row on narrow screens are called; by column, NULL: nothing. */
struct heads { const char **v; int n; };

static struct heads find_heads(struct pen *p, const struct node *table, const struct node *first)
{
	int n = table->u.table.columns < MOST_HEADS ? table->u.table.columns : MOST_HEADS;
	struct heads h = { arena_array(&p->b->arena, (size_t)n + 1, sizeof *h.v), n };

	for (const struct node *row = first; row != NULL && row->kind == N_ROW && row->u.row.group == ROW_HEAD; row = row->next)
		for (const struct node *c = row->first; c != NULL; c = c->next) {
			const char *words = c->kind == N_CELL ? doc_plain_text(&p->b->arena, c, false) : "";

			for (int k = 0; c->kind == N_CELL && k < c->u.cell.colspan; k++)
				if (*words != '\0' && c->u.cell.column + k < n && c->u.cell.column >= 0)
					h.v[c->u.cell.column + k] = words;
		}
	return h;
}

static void write_cell(struct pen *p, const struct node *row, const struct node *c, struct heads heads)
{
	bool in_head = row->u.row.group == ROW_HEAD;
	bool head = (in_head || c->u.cell.head) && !cell_is_empty(c); /* an empty th names nothing */
	const char *tag = head ? "th" : "td";
	struct pen_state state = xhtml_begin(p, tag, c, align_class(c));

	if (head)
		xhtml_attr(p, "scope", in_head ? c->u.cell.colspan > 1 ? "colgroup" : "col"
		                               : c->u.cell.rowspan > 1 ? "rowgroup" : "row");
	if (c->u.cell.colspan > 1)
		buf_printf(p->out, " colspan=\"%d\"", c->u.cell.colspan < 1000 ? c->u.cell.colspan : 1000);
	if (c->u.cell.rowspan > 1)
		buf_printf(p->out, " rowspan=\"%d\"", c->u.cell.rowspan < 65534 ? c->u.cell.rowspan : 65534);
	if (!head && c->u.cell.column >= 0 && c->u.cell.column < heads.n)
		xhtml_attr(p, "data-head", heads.v[c->u.cell.column]);
	buf_putc(p->out, '>');
	xhtml_style(p, head ? PS_TABLE_HEAD : PS_TABLE);
	xhtml_marks(p, row, MARK_INLINE); /* a page that begins with the row begins in its first cell */
	xhtml_marks(p, c, MARK_INLINE);
	cell_body(p, c);
	xhtml_end(p, tag, state);
}

static void write_row(struct pen *p, const struct node *row, struct heads heads)
{
	struct pen_state state = xhtml_begin(p, "tr", row, row->u.row.accent ? "accent" : NULL);

	buf_putc(p->out, '>');
	if (row->first == NULL)
		buf_puts(p->out, "<td></td>");
	for (const struct node *c = row->first; c != NULL; c = c->next) {
		if (c->kind == N_CELL) {
			write_cell(p, row, c, heads);
			continue;
		}
		buf_puts(p->out, "<td>");
		blocks_write(p, c);
		buf_puts(p->out, "</td>");
	}
	xhtml_end(p, "tr", state);
	buf_putc(p->out, '\n');
}

static void write_band(struct pen *p, const char *tag, const struct node *from, const struct node *to, struct heads heads)
{
	bool any = false;

	for (const struct node *n = from; n != NULL && n != to; n = n->next) {
		if (n->kind != N_ROW)
			continue;
		if (!any)
			buf_printf(p->out, "<%s>\n", tag);
		any = true;
		write_row(p, n, heads);
	}
	if (any)
		buf_printf(p->out, "</%s>\n", tag);
}

/* tag: "caption", or "figcaption" for a table that scrolls: its name must not scroll away with it. */
static void table_caption(struct pen *p, const struct node *n, const struct node *title, const char *id, const char *tag)
{
	struct pen_state state = xhtml_begin_as(p, tag, id, NULL, title->lang);

	buf_putc(p->out, '>');
	xhtml_marks(p, n, MARK_INLINE);
	xhtml_marks(p, title, MARK_INLINE);
	if (n->u.table.label != NULL)
		inlines_label(p, lang_word(p->b->lang, W_TABLE), n->u.table.label);
	xhtml_style(p, PS_CAPTION);
	inlines_children(p, title);
	xhtml_end(p, tag, state);
	buf_putc(p->out, '\n');
}

/* How a table stands on a narrow screen. One that scrolls sideways is cut off at the end of a page by readers that make
 * pages, so only one that fits a page may. */
enum table_form {
	FORM_PLAIN,
	FORM_SCROLLED, /* wide: the reader moves it sideways */
	FORM_ROWS      /* wide and long: each row becomes a small list of what its columns are called and what is in them */
};

#define SCROLLED_COLUMNS 4 /* from here on a phone has to scroll */
#define SCROLLED_ROWS 10   /* of a few lines each: about a phone's page */

static enum table_form form_of(const struct node *n, const struct node *first)
{
	int rows = 0;

	for (const struct node *c = first; c != NULL; c = c->next)
		rows += c->kind == N_ROW;
	if (rows == 0 || n->u.table.columns < SCROLLED_COLUMNS)
		return FORM_PLAIN;
	if (rows <= SCROLLED_ROWS)
		return FORM_SCROLLED;
	return n->u.table.columns > SCROLLED_COLUMNS ? FORM_ROWS : FORM_PLAIN;
}

/* The rows, from `first` on. title: NULL or set already. */
static void table_body(struct pen *p, const struct node *n, const struct node *first, const struct node *title,
                       const char *id, enum table_form form)
{
	struct bands bands = find_bands(first);
	struct heads heads = { NULL, 0 };

	if (form == FORM_SCROLLED) {
		buf_puts(p->out, "<div class=\"scroll\" tabindex=\"0\" role=\"group\"");
		xhtml_attr(p, id != NULL ? "aria-labelledby" : "aria-label", id != NULL ? id :
		           doc_numbered(&p->b->arena, lang_word(p->b->lang, W_TABLE), NULL));
		buf_puts(p->out, ">\n");
	}
	buf_puts(p->out, form == FORM_ROWS ? "<table class=\"rows\"" : "<table");
	if (form == FORM_SCROLLED)
		xhtml_attr(p, "aria-labelledby", id);
	buf_puts(p->out, ">\n");
	if (title != NULL)
		table_caption(p, n, title, id, "caption");
	write_band(p, "thead", first, bands.body, heads);
	if (form == FORM_ROWS)
		heads = find_heads(p, n, first);
	write_band(p, "tbody", bands.body, bands.foot, heads);
	write_band(p, "tfoot", bands.foot, NULL, heads);
	buf_puts(p->out, form == FORM_SCROLLED ? "</table>\n</div>\n" : "</table>\n");
}

void tables_write(struct pen *p, const struct node *n)
{
	const struct node *title = doc_title(n), *first = title != NULL ? title->next : n->first;
	bool named = title != NULL && title->first != NULL, rows = false, wide;
	enum table_form form = form_of(n, first);
	const char *id = named ? book_id(p->b, NULL, "cap") : NULL;
	const char *tag;
	struct pen_state state;

	for (const struct node *c = first; c != NULL; c = c->next)
		rows |= c->kind == N_ROW;
	wide = form == FORM_SCROLLED;
	tag = named && wide ? "figure" : "div";
	state = xhtml_begin(p, tag, n, "table");
	buf_puts(p->out, ">\n");
	if (named && wide)
		table_caption(p, n, title, id, "figcaption");
	else if (!named || !rows)
		xhtml_marks(p, n, MARK_BLOCK);
	while (first != NULL && first->kind != N_ROW && first->kind != N_CAPTION) {
		blocks_write(p, first);
		first = first->next;
	}
	if (rows) {
		p->depth += 3; /* scroll, table, band: till the table's own end */
		table_body(p, n, first, named && !wide ? title : NULL, id, form);
	} else if (named) {
		blocks_write(p, title);
	}
	p->depth = state.depth + 1;
	for (const struct node *c = first; c != NULL; c = c->next)
		if (c->kind != N_ROW)
			blocks_write(p, c);
	xhtml_end(p, tag, state);
	buf_putc(p->out, '\n');
}

/* Bars are decoration beside the figures they show; the figures are a table of two columns. */
static void chart_row(struct pen *p, const struct node *row, int64_t percent)
{
	const struct node *label = row->first, *value = label != NULL ? label->next : NULL;
	struct pen_state state = xhtml_begin(p, "tr", row, row->u.row.accent ? "accent" : NULL), cell;

	buf_putc(p->out, '>');
	if (label != NULL) {
		const char *tag = cell_is_empty(label) ? "td" : "th";

		cell = xhtml_begin(p, tag, label, NULL);
		buf_puts(p->out, *tag == 't' && tag[1] == 'h' ? " scope=\"row\">" : ">");
		xhtml_style(p, PS_CHART_LABEL);
		xhtml_marks(p, row, MARK_INLINE);
		xhtml_marks(p, label, MARK_INLINE);
		cell_body(p, label);
		xhtml_end(p, tag, cell);
	}
	if (percent < 0)
		percent = 0;
	if (percent > 100000)
		percent = 100000;
	for (; value != NULL; value = value->next) {
		cell = xhtml_begin(p, "td", value, NULL);
		buf_putc(p->out, '>');
		if (value == label->next)
			buf_printf(p->out, "<span class=\"track\"><span class=\"bar\" style=\"width:%d.%03d%%\"></span></span> ",
			           (int)(percent / 1000), (int)(percent % 1000));
		buf_puts(p->out, "<span class=\"value\">");
		xhtml_style(p, PS_CHART_VALUE);
		xhtml_marks(p, value, MARK_INLINE);
		for (const struct node *c = value->first; c != NULL; c = c->next)
			inlines_children(p, c);
		buf_puts(p->out, "</span>");
		xhtml_end(p, "td", cell);
	}
	xhtml_end(p, "tr", state);
	buf_putc(p->out, '\n');
}

void tables_chart(struct pen *p, const struct node *n, const char *labelled_by)
{
	struct pen_state state;
	int i = 0;

	if (n->first == NULL)
		return;
	state = xhtml_begin(p, "table", n, "chart");
	xhtml_attr(p, "aria-labelledby", labelled_by);
	buf_puts(p->out, ">\n<tbody>\n");
	for (const struct node *row = n->first; row != NULL; row = row->next) {
		if (row->kind != N_ROW)
			continue;
		chart_row(p, row, n->u.chart.percent != NULL && i < n->u.chart.rows ? n->u.chart.percent[i] : 0);
		i++;
	}
	buf_puts(p->out, "</tbody>\n</table>\n");
	xhtml_restore(p, state);
}
