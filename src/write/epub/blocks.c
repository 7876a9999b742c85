#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "write/epub/plan.h"
#include "write/epub/xhtml.h"

/* ---- headings and divisions ------------------------------------------------------------------------ */

static int heading_rank(int level)
{
	return level < 1 ? 1 : level > 6 ? 6 : level;
}

/* A page that begins at or in a heading is marked before it, never inside (E-21). */
void blocks_heading(struct pen *p, const struct node *title, int level, const char *class_name, const char *id,
                    const char *label, enum par_style_id style)
{
	struct place *place = book_lookup(p->b, title);
	char tag[3] = { 'h', (char)('0' + heading_rank(level)), '\0' };
	struct pen_state state;

	xhtml_marks_below(p, title);
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
	if (label != NULL) {
		buf_puts(p->out, "<span class=\"label\">");
		xhtml_puts(p, label);
		buf_puts(p->out, "</span> ");
	}
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
	struct pen_state state = { p->lang, p->type, p->body };
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
		               plan_label(p->b, n), (enum par_style_id)(PS_H1 + level - 1));
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

void blocks_children(struct pen *p, const struct node *n, const struct node *from)
{
	(void)n;
	for (const struct node *c = from; c != NULL; c = c->next)
		blocks_write(p, c);
}

/* A lone paragraph needs no p inside a list item or a cell. */
static void item_body(struct pen *p, const struct node *from)
{
	const struct place *place = from != NULL ? book_lookup(p->b, from) : NULL;

	if (from != NULL && from->next == NULL && from->kind == N_PARA && from->lang == NULL &&
	    (place == NULL || place->id == NULL)) {
		xhtml_marks(p, from);
		inlines_children(p, from);
	} else {
		buf_putc(p->out, '\n');
		blocks_children(p, NULL, from);
	}
}

/* <tag class>children</tag>, of inlines. */
static void leaf(struct pen *p, const struct node *n, const char *tag, const char *class_name, int style)
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
	blocks_children(p, n, n->first);
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
		leaf(p, n, "p", class_name, -1);
		return;
	}
	/* only anchors: a place, but no paragraph to be heard */
	leaf(p, n, "div", "point", -1);
}

static void write_verbatim(struct pen *p, const struct node *n)
{
	bool plain = n->role != NULL && strcmp(n->role, "plain") == 0;
	struct pen_state state = xhtml_begin(p, "pre", n, plain ? "plain" : "code");

	buf_puts(p->out, plain ? ">" : "><code>");
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
		xhtml_marks(p, item);
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
	buf_puts(p->out, "<dd");
	xhtml_attr(p, "id", id);
	buf_putc(p->out, '>');
	xhtml_marks(p, item);
	item_body(p, c);
	buf_puts(p->out, "</dd>\n");
}

static void write_items(struct pen *p, const struct node *list, const struct node *from)
{
	for (const struct node *c = from; c != NULL; c = c->next) {
		struct pen_state state;

		if (c->kind == N_ITEM && list->u.list.kind == LIST_VARIABLE) {
			p->depth++;
			write_variable_item(p, c);
			p->depth--;
			continue;
		}
		if (list->u.list.kind == LIST_VARIABLE)
			buf_puts(p->out, "<dt></dt><dd>");
		else
			state = xhtml_begin(p, "li", c, NULL), buf_putc(p->out, '>');
		if (c->kind == N_ITEM) {
			xhtml_marks(p, c);
			p->depth++;
			item_body(p, c->first);
			p->depth--;
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
		leaf(p, from, "p", "list-title", -1);
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

/* ---- quotations ----------------------------------------------------------------------------------------------- */

static void write_blockquote(struct pen *p, const struct node *n)
{
	bool epigraph = n->role != NULL && strcmp(n->role, "epigraph") == 0;
	struct pen_state state = xhtml_begin(p, "blockquote", n, epigraph ? "epigraph" : NULL);

	if (epigraph)
		buf_puts(p->out, " epub:type=\"epigraph\" role=\"doc-epigraph\"");
	buf_puts(p->out, ">\n");
	xhtml_style(p, epigraph ? PS_EPIGRAPH : PS_QUOTE);
	blocks_children(p, n, n->first);
	xhtml_end(p, "blockquote", state);
	buf_putc(p->out, '\n');
}

/* Letters compared without regard to case; hyphens and spaces of every kind are one. */
static uint32_t fold(uint32_t c)
{
	if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) ||
	    (c >= 0x410 && c <= 0x42F))
		return c + 0x20;
	if (c >= 0x400 && c <= 0x40F)
		return c + 0x50;
	if (c == 0x2010 || c == 0x2011)
		return '-';
	return c == 0xA0 || c == 0x202F || c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
}

static void put_folded(struct buf *out, const char *s, size_t len)
{
	for (size_t i = 0, n = 0; i < len; i += n) {
		uint32_t c = fold(utf8_decode(s + i, len - i, &n));

		if (c == 0xAD || c == 0x2060 || (c == ' ' && out->len > 0 && out->data[out->len - 1] == ' '))
			continue;
		buf_put_utf8(out, c);
	}
}

/* All running text of a division but its pull quotes and notes. */
static void fill_haystack(struct pen *p, const struct node *division)
{
	buf_clear(&p->haystack);
	p->haystack_of = division;
	for (const struct node *n = division; n != NULL;) {
		if (n->kind == N_PULLQUOTE || n->kind == N_FOOTNOTE) {
			n = doc_next_skip(division, n);
			continue;
		}
		if (n->kind == N_TEXT)
			put_folded(&p->haystack, n->u.text.s, n->u.text.len);
		else if (!doc_is_inline(n->kind))
			buf_putc(&p->haystack, '\n');
		n = doc_next(division, n);
	}
}

static bool in_haystack(struct pen *p, const struct node *n)
{
	static const char *const trim[] = { ".", ",", ";", ":", "!", "?", " ", "\"", "\xc2\xab", "\xc2\xbb", "\xe2\x80\x9c",
	                                    "\xe2\x80\x9d", "\xe2\x80\x9e", "\xe2\x80\x98", "\xe2\x80\x99", "\xe2\x80\xa6" };
	const char *text = doc_plain_text(&p->b->arena, n, false);
	struct buf needle;
	const char *s;
	bool found, again = true;

	buf_init(&needle);
	put_folded(&needle, text, strlen(text));
	for (s = needle.data != NULL ? needle.data : ""; again;) {
		again = false;
		for (size_t i = 0; i < sizeof trim / sizeof *trim; i++) {
			size_t len = strlen(trim[i]);

			if (needle.len >= len && needle.data != NULL && s + len <= needle.data + needle.len &&
			    memcmp(s, trim[i], len) == 0) {
				s += len;
				again = true;
			} else if (needle.data != NULL && s + len <= needle.data + needle.len &&
			           memcmp(needle.data + needle.len - len, trim[i], len) == 0) {
				needle.len -= len;
				needle.data[needle.len] = '\0';
				again = true;
			}
		}
	}
	found = *s != '\0' && p->haystack.data != NULL && strstr(p->haystack.data, s) != NULL;
	buf_free(&needle);
	return found;
}

#define MOST_QUOTES 500 /* each costs a search through its section */

/* A pull quote that only repeats what the section says is not read out twice (E-40). One with words of its
 * own, or with something to follow or to jump to, is. */
static bool is_verbatim(struct pen *p, const struct node *quote)
{
	const struct node *division = quote->parent;
	bool all = quote->first != NULL;

	for (const struct node *n = quote->first; n != NULL; n = doc_next(quote, n)) {
		const struct place *place = book_lookup(p->b, n);

		if (n->kind == N_LINK || n->kind == N_XREF || n->kind == N_FOOTNOTE || n->kind == N_FOOTNOTEREF ||
		    n->kind == N_IMAGE || n->kind == N_INLINE_IMAGE || (place != NULL && place->id != NULL))
			return false;
	}
	if (++p->quotes > MOST_QUOTES)
		return false;
	while (division->parent != NULL && division->parent->kind == N_DIVISION)
		division = division->parent;
	if (p->haystack_of != division)
		fill_haystack(p, division);
	for (const struct node *c = quote->first; c != NULL && all; c = c->next)
		all = in_haystack(p, c);
	return all;
}

static void write_pullquote(struct pen *p, const struct node *n)
{
	bool verbatim = is_verbatim(p, n), mute = p->mute;
	struct pen_state state;

	if (verbatim)
		xhtml_marks_below(p, n);
	state = xhtml_begin(p, "aside", n, "pullquote");
	buf_puts(p->out, " epub:type=\"pullquote\" role=\"doc-pullquote\"");
	buf_puts(p->out, verbatim ? " aria-hidden=\"true\">\n" : ">\n");
	xhtml_style(p, PS_PULLQUOTE);
	p->mute = verbatim;
	for (const struct node *c = n->first; c != NULL; c = c->next) {
		if (c->kind == N_ATTRIBUTION)
			leaf(p, c, "p", "by", PS_PULLQUOTE_BY);
		else
			blocks_write(p, c);
	}
	p->mute = mute;
	xhtml_end(p, "aside", state);
	buf_putc(p->out, '\n');
}

/* ---- boxes --------------------------------------------------------------------------------------------------- */

static bool is_topic(const struct node *n)
{
	return n->kind == N_SIDEDATA && n->role != NULL && strcmp(n->role, "topic") == 0;
}

/* Topic above the name, the other data below it as one line (HS-56). */
static void sidebar_head(struct pen *p, const struct node *n, const char *title_id)
{
	const struct node *title = doc_title(n);
	bool open = false;

	for (const struct node *c = n->first; c != NULL; c = c->next)
		if (is_topic(c))
			leaf(p, c, "p", "topic", PS_SIDEBAR_TOPIC);
	if (title != NULL)
		blocks_heading(p, title, p->heading + 1, "sidebar-title", title_id, NULL, PS_SIDEBAR_TITLE);
	for (const struct node *c = n->first; c != NULL; c = c->next) {
		struct pen_state state;

		if (c->kind != N_SIDEDATA || is_topic(c))
			continue;
		buf_puts(p->out, open ? " " : "<p class=\"data\">");
		open = true;
		xhtml_marks(p, c);
		state = xhtml_begin(p, "span", c, c->role != NULL && strcmp(c->role, "place") == 0 ? "place" : "datum");
		buf_putc(p->out, '>');
		xhtml_style(p, PS_SIDEBAR_DATA);
		inlines_children(p, c);
		xhtml_end(p, "span", state);
	}
	if (open)
		buf_puts(p->out, "</p>\n");
}

/* Boxes are landmarks, and landmarks of one name are one to who jumps between them: a name that has been
 * is numbered. */
static void box_label(struct pen *p, const struct node *title, const char *title_id)
{
	struct book *b = p->b;
	const char *name = title_id != NULL ? doc_plain_text(&b->arena, title, false) : lang_word(b->lang, W_SIDEBAR);
	int *count = strmap_lookup(&b->box_names, name, strlen(name));

	if (count == NULL) {
		count = ARENA_NEW(&b->arena, int);
		strmap_put(&b->box_names, name, strlen(name), count);
	}
	if (++*count > 1)
		xhtml_attr(p, "aria-label", arena_printf(&b->arena, "%s (%d)", name, *count));
	else if (title_id != NULL)
		xhtml_attr(p, "aria-labelledby", title_id);
	else
		xhtml_attr(p, "aria-label", name);
}

static void write_sidebar(struct pen *p, const struct node *n)
{
	const struct node *title = doc_title(n);
	const char *id = title != NULL && title->first != NULL ? book_id(p->b, NULL, "box") : NULL;
	struct pen_state state = xhtml_begin(p, "aside", n, "sidebar");
	const struct node **outer = p->notes;
	size_t n_outer = p->n_notes, cap_outer = p->cap_notes;
	int heading = p->heading;

	box_label(p, title, id);
	buf_puts(p->out, ">\n");
	p->notes = NULL; /* the box carries its own notes at its foot */
	p->n_notes = p->cap_notes = 0;
	sidebar_head(p, n, id);
	xhtml_style(p, PS_SIDEBAR);
	p->heading++;
	for (const struct node *c = n->first; c != NULL; c = c->next)
		if (c != title && c->kind != N_SIDEDATA)
			blocks_write(p, c);
	p->heading = heading;
	xhtml_notes(p);
	mem_free(p->notes);
	p->notes = outer;
	p->n_notes = n_outer;
	p->cap_notes = cap_outer;
	xhtml_end(p, "aside", state);
	buf_putc(p->out, '\n');
}

static void write_admonition(struct pen *p, const struct node *n)
{
	static const enum lang_word words[] = { W_ADM_NOTE, W_ADM_TIP, W_ADM_IMPORTANT, W_ADM_WARNING, W_ADM_CAUTION,
	                                        W_ADM_DANGER };
	const struct node *title = doc_title(n);
	struct pen_state state = xhtml_begin(p, "div", n, "admonition"), line;

	buf_puts(p->out, " role=\"note\">\n");
	if (title != NULL) {
		leaf(p, title, "p", "admonition-title", PS_ADMONITION_TITLE);
	} else {
		line = xhtml_begin_as(p, "p", NULL, "admonition-title", NULL);
		buf_putc(p->out, '>');
		xhtml_style(p, PS_ADMONITION_TITLE);
		xhtml_puts(p, lang_word(p->b->lang, words[n->u.admonition.kind <= ADM_DANGER ? n->u.admonition.kind : 0]));
		xhtml_end(p, "p", line);
		buf_putc(p->out, '\n');
	}
	xhtml_style(p, PS_ADMONITION);
	blocks_children(p, n, title != NULL ? title->next : n->first);
	xhtml_end(p, "div", state);
	buf_putc(p->out, '\n');
}

/* ---- figures --------------------------------------------------------------------------------------------------- */

static void figure_caption(struct pen *p, const struct node *n, const struct node *title, const char *id)
{
	struct pen_state state = xhtml_begin_as(p, "figcaption", id, NULL, title->lang);

	buf_putc(p->out, '>');
	if (n->u.figure.label != NULL) {
		buf_puts(p->out, "<span class=\"label\">");
		xhtml_style(p, PS_CAPTION_LABEL);
		xhtml_puts(p, lang_word(p->b->lang, W_FIGURE));
		xhtml_puts(p, " ");
		xhtml_puts(p, n->u.figure.label);
		buf_puts(p->out, ".</span> ");
	}
	xhtml_style(p, PS_CAPTION);
	inlines_children(p, title);
	xhtml_end(p, "figcaption", state);
	buf_putc(p->out, '\n');
}

static void figure_part(struct pen *p, const struct node *c, const char *caption_id, const char *words)
{
	if (c->kind == N_CHART) {
		xhtml_marks(p, c);
		tables_chart(p, c, caption_id);
	} else if (c->kind == N_IMAGE) {
		xhtml_marks(p, c);
		buf_puts(p->out, "<div class=\"image\">");
		inlines_image(p, c, false, words);
		buf_puts(p->out, "</div>\n");
	} else {
		blocks_write(p, c);
	}
}

/* The title stands below pictures and above all that is text itself: the order of words is the source's. */
static void write_figure(struct pen *p, const struct node *n)
{
	const struct node *title = doc_title(n), *c = title != NULL ? title->next : n->first;
	const char *id = title != NULL && title->first != NULL ? book_id(p->b, NULL, "cap") : NULL;
	const char *words = title != NULL ? doc_plain_text(&p->b->arena, title, false) : NULL;
	struct pen_state state = xhtml_begin(p, "figure", n, NULL);

	buf_puts(p->out, ">\n");
	for (; id != NULL && c != NULL && c->kind == N_IMAGE && c->u.image.image != NULL; c = c->next)
		figure_part(p, c, id, words);
	if (id != NULL)
		figure_caption(p, n, title, id);
	for (; c != NULL; c = c->next)
		figure_part(p, c, id, words);
	xhtml_end(p, "figure", state);
	buf_putc(p->out, '\n');
}

static void write_imprint(struct pen *p, const struct node *n)
{
	struct pen_state state = xhtml_begin(p, "section", n, "imprint");

	buf_puts(p->out, " epub:type=\"colophon\" role=\"doc-colophon\">\n");
	xhtml_style(p, PS_IMPRINT);
	blocks_children(p, n, n->first);
	xhtml_end(p, "section", state);
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
	xhtml_marks_below(p, n);
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
	p->depth++;
	if (!doc_is_inline(n->kind))
		xhtml_marks(p, n);
	switch (n->kind) {
	case N_DIVISION: write_division(p, n); break;
	case N_LIST: write_list(p, n); break;
	case N_BLOCKQUOTE: write_blockquote(p, n); break;
	case N_PULLQUOTE: write_pullquote(p, n); break;
	case N_SIDEBAR: write_sidebar(p, n); break;
	case N_ADMONITION: write_admonition(p, n); break;
	case N_FIGURE: write_figure(p, n); break;
	case N_TABLE: tables_write(p, n); break;
	case N_CHART: tables_chart(p, n, NULL); break;
	case N_CAPTION: frame(p, n, "div", "source", PS_SOURCE); break;
	case N_IMPRINT: write_imprint(p, n); break;
	case N_PARA: write_para(p, n); break;
	case N_TITLE:
	case N_TERM: leaf(p, n, "p", "block-title", PS_H4); break;
	case N_SUBTITLE: leaf(p, n, "p", "subtitle", PS_SUBTITLE); break;
	case N_ATTRIBUTION: leaf(p, n, "footer", "attribution", PS_ATTRIBUTION); break;
	case N_SIDEDATA: leaf(p, n, "p", "data", PS_SIDEBAR_DATA); break;
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
	p->depth--;
}
