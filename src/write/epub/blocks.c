#include <string.h>

#include "write/epub/xhtml.h"
#include "write/epub/plan.h"

/* ---- headings and divisions ------------------------------------------------------------------------ */

static int heading_rank(int level)
{
	return level < 1 ? 1 : level > 6 ? 6 : level;
}

/* A page that begins at or in a heading is marked before it, never inside (E-21). */
/* The space that a label ends with, if it stands on the title's line, is none of its own. */
static void put_label(struct pen *p, const char *label)
{
	static const char wide[] = "\xE3\x80\x80";
	size_t n = strlen(label), gap = 0;

	if (n > 0 && label[n - 1] == ' ')
		gap = 1;
	else if (n > 3 && strcmp(label + n - 3, wide) == 0)
		gap = 3;
	buf_puts(p->out, "<span class=\"label\">");
	xhtml_text(p, label, n - gap);
	buf_puts(p->out, "</span>");
	buf_puts(p->out, gap > 0 ? label + n - gap : " ");
}

void blocks_heading(struct pen *p, const struct node *title, int level, const char *class_name, const char *id,
                    const char *label, enum par_style_id style)
{
	struct place *place = book_lookup(p->b, title);
	char tag[3] = { 'h', (char)('0' + heading_rank(level)), '\0' };
	struct pen_state state;

	xhtml_marks_below(p, title, MARK_BLOCK);
	if (title->first == NULL && label == NULL)
		return; /* an empty heading is an error to every checker */
	state = xhtml_begin_as(p, tag, id != NULL ? id : place != NULL ? place->id : NULL, class_name, title->lang);
	buf_putc(p->out, '>');
	xhtml_style(p, style);
	if (id != NULL && place != NULL && place->id != NULL) {
		buf_puts(p->out, "<span");
		xhtml_attr(p, "id", place->id);
		buf_puts(p->out, "></span>");
	}
	if (label != NULL)
		put_label(p, label);
	inlines_children(p, title);
	xhtml_end(p, tag, state);
	buf_putc(p->out, '\n');
}

struct division_form { const char *class_name, *type, *role; };

static struct division_form division_form(const struct pen *p, const struct node *n)
{
	bool first_level = n->parent == NULL || n->parent->kind != N_DIVISION || n->parent->u.division.what == DIV_PART;

	switch (n->u.division.what) {
	case DIV_PART: return (struct division_form){ "part", "part", "doc-part" };
	case DIV_CHAPTER: return (struct division_form){ "chapter", "chapter", "doc-chapter" };
	case DIV_APPENDIX: return (struct division_form){ "appendix", "appendix", "doc-appendix" };
	case DIV_PREFACE: return (struct division_form){ "preface", "preface", "doc-preface" };
	case DIV_GLOSSARY: return (struct division_form){ "glossary", "glossary", "doc-glossary" };
	case DIV_BIBLIOGRAPHY: return (struct division_form){ "bibliography", "bibliography", "doc-bibliography" };
	case DIV_INDEX: return (struct division_form){ "index", "index", "doc-index" };
	case DIV_COLOPHON: return (struct division_form){ "colophon", "colophon", "doc-colophon" };
	case DIV_DEDICATION: return (struct division_form){ "dedication", "dedication", "doc-dedication" };
	case DIV_SECTION:
	case DIV_OTHER:
	default: return (struct division_form){ first_level && !p->b->doc->is_book ? "section first" : "section", NULL, NULL };
	}
}

/* Up to the end of the start tag, without its '>'. A division that goes on from the file before is but
 * a frame there: id, type and role are said once (E-30). */
void blocks_division_open(struct pen *p, const struct node *n, bool continued)
{
	struct division_form form = division_form(p, n);
	const struct place *place = book_lookup(p->b, n);
	const struct node *title = doc_title(n);

	xhtml_begin_as(p, "section", continued || place == NULL ? NULL : place->id, form.class_name, doc_lang(p->b->doc, n));
	if (continued)
		return;
	xhtml_attr(p, "epub:type", form.type);
	xhtml_attr(p, "role", form.role);
	if (form.role != NULL && title != NULL && title->first != NULL && place != NULL && place->id != NULL)
		xhtml_attr(p, "aria-labelledby", arena_printf(&p->b->arena, "%s.h", place->id));
}

static bool ends_notes(const struct node *n)
{
	return n->parent == NULL || n->parent->kind != N_DIVISION || n->parent->u.division.what == DIV_PART;
}

static void write_division(struct pen *p, const struct node *n)
{
	static const char *const classes[] = { "h1", "h2", "h3", "h4", "h5", "h6" };
	struct pen_state state = { p->lang, p->type, p->body, p->depth, p->code, p->rtl };
	const struct place *place = book_lookup(p->b, n);
	const struct node *title = doc_title(n);
	int heading = p->heading, level = heading_rank(n->u.division.level);

	if (p->next_entry < p->b->n_toc && p->b->toc[p->next_entry].node == n)
		p->b->toc[p->next_entry++].order = ++p->b->next_order;
	blocks_division_open(p, n, false);
	buf_puts(p->out, ">\n");
	p->heading = n->u.division.level + 1;
	if (title != NULL)
		blocks_heading(p, title, p->heading, classes[level - 1],
		               place != NULL && place->id != NULL ? book_id(p->b, arena_printf(&p->b->arena, "%s.h", place->id), "h")
		                                                  : NULL,
		               plan_label(p->b, n, !p->b->doc->is_book), (enum par_style_id)(PS_H1 + level - 1));
	for (const struct node *c = title != NULL ? title->next : n->first; c != NULL; c = c->next) {
		const struct place *at = book_lookup(p->b, c);

		if (at != NULL && at->breaks)
			xhtml_break_file(p, c);
		blocks_write(p, c);
	}
	if (ends_notes(n))
		xhtml_notes(p);
	p->heading = heading;
	xhtml_end(p, "section", state);
	buf_putc(p->out, '\n');
}

/* ---- children --------------------------------------------------------------------------------------- */

void blocks_children(struct pen *p, const struct node *from)
{
	for (const struct node *c = from; c != NULL; c = c->next)
		blocks_write(p, c);
}

/* A lone paragraph needs no p inside a list item or a cell. */
static void item_body(struct pen *p, const struct node *from)
{
	const struct place *place = from != NULL ? book_lookup(p->b, from) : NULL;

	if (from != NULL && from->next == NULL && from->kind == N_PARA && from->lang == NULL &&
	    (place == NULL || place->id == NULL)) {
		xhtml_marks(p, from, MARK_INLINE);
		inlines_children(p, from);
	} else {
		buf_putc(p->out, '\n');
		blocks_children(p, from);
	}
}

/* <tag class>children</tag>, of inlines. */
void blocks_leaf(struct pen *p, const struct node *n, const char *tag, const char *class_name, int style)
{
	struct pen_state state = xhtml_begin(p, tag, n, class_name);

	buf_putc(p->out, '>');
	if (style >= 0)
		xhtml_style(p, (enum par_style_id)style);
	inlines_children(p, n);
	xhtml_end(p, tag, state);
	buf_putc(p->out, '\n');
}

static void frame(struct pen *p, const struct node *n, const char *tag, const char *class_name, int style)
{
	struct pen_state state = xhtml_begin(p, tag, n, class_name);

	buf_puts(p->out, ">\n");
	if (style >= 0)
		xhtml_style(p, (enum par_style_id)style);
	blocks_children(p, n->first);
	xhtml_end(p, tag, state);
	buf_putc(p->out, '\n');
}

/* ---- paragraphs --------------------------------------------------------------------------------------- */

static bool has_text(const struct node *top)
{
	for (const struct node *n = top->first; n != NULL; n = doc_next(top, n))
		if (n->kind == N_TEXT || n->kind == N_INLINE_IMAGE || n->kind == N_FOOTNOTE || n->kind == N_FOOTNOTEREF ||
		    n->kind == N_LINK || n->kind == N_IMAGE)
			return true;
	return false;
}

static void write_para(struct pen *p, const struct node *n)
{
	const char *class_name = n->u.para.continued ? "continued" : n->u.para.runin ? "runin" : NULL;

	if (has_text(n)) {
		blocks_leaf(p, n, "p", class_name, -1);
		return;
	}
	/* only anchors: a place, but no paragraph to be heard */
	blocks_leaf(p, n, "div", "point", -1);
}

static void write_verbatim(struct pen *p, const struct node *n)
{
	bool plain = n->role != NULL && strcmp(n->role, "plain") == 0;
	struct pen_state state = xhtml_begin(p, "pre", n, plain ? "plain" : "code");

	buf_puts(p->out, plain ? ">" : "><code>");
	p->code = true;
	if (!plain)
		xhtml_style(p, PS_CODE);
	inlines_children(p, n);
	if (!plain)
		buf_puts(p->out, "</code>");
	xhtml_end(p, "pre", state);
	buf_putc(p->out, '\n');
}

/* ---- lists ------------------------------------------------------------------------------------------------ */

static void write_variable_item(struct pen *p, const struct node *item)
{
	const struct node *c = item->first;
	const struct place *place = book_lookup(p->b, item);
	const char *id = place != NULL ? place->id : NULL;
	struct pen_state state;

	if (c == NULL || c->kind != N_TERM) { /* a list of terms has a term for everything */
		buf_puts(p->out, "<dt></dt>\n");
	}
	for (; c != NULL && c->kind == N_TERM; c = c->next) {
		buf_puts(p->out, "<dt>");
		xhtml_marks(p, item, MARK_INLINE);
		state = xhtml_begin(p, "span", c, NULL);
		xhtml_style(p, PS_TERM);
		buf_putc(p->out, '>');
		if (id != NULL) {
			buf_puts(p->out, "<span");
			xhtml_attr(p, "id", id);
			buf_puts(p->out, "></span>");
			id = NULL;
		}
		inlines_children(p, c);
		xhtml_end(p, "span", state);
		buf_puts(p->out, "</dt>\n");
	}
	state = xhtml_begin_as(p, "dd", id, NULL, item->lang);
	buf_putc(p->out, '>');
	xhtml_marks(p, item, MARK_INLINE);
	item_body(p, c);
	xhtml_end(p, "dd", state);
	buf_putc(p->out, '\n');
}

/* Letters that type="a" does not know go with the item; readers that cannot do that count in Latin letters. */
static struct pen_state begin_item(struct pen *p, const struct node *list, const struct node *item)
{
	struct pen_state state = xhtml_begin(p, "li", item, NULL);
	const char *label = item->kind == N_ITEM && list->u.list.kind == LIST_NUMBER ? item->u.item.label : NULL;

	if (label != NULL && (unsigned char)*label >= 0x80)
		buf_printf(p->out, " style=\"list-style-type:'%s%c '\"", label,
		           list->u.list.numeration == NUM_LOWERALPHA ? ')' : '.');
	buf_putc(p->out, '>');
	return state;
}

static void write_items(struct pen *p, const struct node *list, const struct node *from)
{
	for (const struct node *c = from; c != NULL; c = c->next) {
		struct pen_state state;

		if (c->kind == N_ITEM && list->u.list.kind == LIST_VARIABLE) {
			write_variable_item(p, c);
			continue;
		}
		if (list->u.list.kind == LIST_VARIABLE)
			buf_puts(p->out, "<dt></dt><dd>");
		else
			state = begin_item(p, list, c);
		if (c->kind == N_ITEM) {
			xhtml_marks(p, c, MARK_INLINE);
			item_body(p, c->first);
		} else {
			blocks_write(p, c);
		}
		if (list->u.list.kind == LIST_VARIABLE)
			buf_puts(p->out, "</dd>\n");
		else
			xhtml_end(p, "li", state), buf_putc(p->out, '\n');
	}
}

static const char *list_class(const struct node *list)
{
	const struct node *last = list->last;
	const char *label = last != NULL && last->kind == N_ITEM ? last->u.item.label : NULL;

	switch (list->u.list.kind) {
	case LIST_BULLET: return "bullets";
	case LIST_PLAIN: return "plain";
	case LIST_NUMBER: return label != NULL && strlen(label) > 2 ? "wide" : NULL;
	case LIST_VARIABLE:
	default: return NULL;
	}
}

static void write_list(struct pen *p, const struct node *n)
{
	static const char *const types[] = { NULL, "a", "A", "i", "I" };
	const struct node *from = n->first;
	const char *tag = n->u.list.kind == LIST_NUMBER ? "ol" : n->u.list.kind == LIST_VARIABLE ? "dl" : "ul";
	struct pen_state state;

	for (; from != NULL && from->kind == N_TITLE; from = from->next)
		blocks_leaf(p, from, "p", "list-title", -1);
	if (from == NULL)
		return;
	state = xhtml_begin(p, tag, n, list_class(n));
	if (n->u.list.kind == LIST_NUMBER) {
		if (n->u.list.start > 1)
			buf_printf(p->out, " start=\"%d\"", n->u.list.start);
		xhtml_attr(p, "type", types[n->u.list.numeration <= NUM_UPPERROMAN ? n->u.list.numeration : 0]);
	}
	buf_puts(p->out, ">\n");
	write_items(p, n, from);
	xhtml_end(p, tag, state);
	buf_putc(p->out, '\n');
}

/* ---- one block -------------------------------------------------------------------------------------------------- */

static void write_bridgehead(struct pen *p, const struct node *n)
{
	static const char *const classes[] = { "h1", "h2", "h3", "h4", "h5", "h6" };
	int level = heading_rank(n->u.division.level);
	/* heard as a step below what surrounds it, however large it looks */
	int rank = n->u.division.level + 1 > p->heading + 1 ? p->heading + 1 : n->u.division.level + 1;

	blocks_heading(p, n, rank, classes[level - 1], NULL, NULL, (enum par_style_id)(PS_H1 + level - 1));
}

static void write_plain(struct pen *p, const struct node *n)
{
	xhtml_marks_below(p, n, MARK_BLOCK);
	buf_puts(p->out, "<p>");
	xhtml_puts(p, doc_plain_text(&p->b->arena, n, true));
	buf_puts(p->out, "</p>\n");
}

static void write_image(struct pen *p, const struct node *n)
{
	buf_puts(p->out, "<div class=\"image\">");
	inlines_image(p, n, false, NULL);
	buf_puts(p->out, "</div>\n");
}

void blocks_write(struct pen *p, const struct node *n)
{
	if (p->depth >= XHTML_MAX_DEPTH) {
		write_plain(p, n);
		return;
	}
	/* what may not be divided holds its mark, or a page may end between the two */
	if (!doc_is_inline(n->kind) && n->kind != N_FIGURE && n->kind != N_TABLE && n->kind != N_ADMONITION)
		xhtml_marks(p, n, MARK_BLOCK);
	switch (n->kind) {
	case N_DIVISION: write_division(p, n); break;
	case N_LIST: write_list(p, n); break;
	case N_BLOCKQUOTE: boxes_blockquote(p, n); break;
	case N_PULLQUOTE: boxes_pullquote(p, n); break;
	case N_SIDEBAR: boxes_sidebar(p, n); break;
	case N_ADMONITION: boxes_admonition(p, n); break;
	case N_FIGURE: boxes_figure(p, n); break;
	case N_TABLE: tables_write(p, n); break;
	case N_CHART: tables_chart(p, n, NULL); break;
	case N_CAPTION: frame(p, n, "div", "source", PS_SOURCE); break;
	case N_IMPRINT: boxes_imprint(p, n); break;
	case N_PARA: write_para(p, n); break;
	case N_TITLE:
	case N_TERM: blocks_leaf(p, n, "p", "block-title", PS_H4); break;
	case N_SUBTITLE: blocks_leaf(p, n, "p", "subtitle", PS_SUBTITLE); break;
	case N_ATTRIBUTION: blocks_leaf(p, n, "footer", "attribution", PS_ATTRIBUTION); break;
	case N_SIDEDATA: blocks_leaf(p, n, "p", "data", PS_SIDEBAR_DATA); break;
	case N_BRIDGEHEAD: write_bridgehead(p, n); break;
	case N_VERBATIM: write_verbatim(p, n); break;
	case N_IMAGE: write_image(p, n); break;
	case N_RULE: buf_puts(p->out, "<hr/>\n"); break;
	case N_ROOT:
	case N_GROUP:
	case N_ITEM:
	case N_ROW:
	case N_CELL: frame(p, n, "div", "group", -1); break;
	default: /* loose inlines */
		buf_puts(p->out, "<p>");
		inlines_write(p, n);
		buf_puts(p->out, "</p>\n");
	}
}
