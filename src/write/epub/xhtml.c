#include "write/epub/xhtml.h"

#include <string.h>

#include "base/mem.h"
#include "doc/echo.h"

/* ---- the pen -------------------------------------------------------------------------------------- */

void xhtml_attr(struct pen *p, const char *name, const char *value)
{
	if (value == NULL)
		return;
	buf_printf(p->out, " %s=\"", name);
	book_put_text(p->out, value);
	buf_putc(p->out, '"');
}

static struct pen_state begin(struct pen *p, const char *tag, const char *id, const char *class_name, const char *lang,
                              enum text_dir dir)
{
	struct pen_state state = { p->lang, p->type, p->body, p->depth, p->code, p->rtl };
	const char *own = lang != NULL && strcmp(lang, p->lang) != 0 ? book_tag(p->b, lang) : NULL;

	p->depth++;
	buf_printf(p->out, "<%s", tag);
	xhtml_attr(p, "id", id);
	xhtml_attr(p, "class", class_name);
	if (own != NULL && strcmp(own, p->lang) != 0) {
		xhtml_attr(p, "xml:lang", own);
		xhtml_attr(p, "lang", own);
		p->lang = own;
		p->rtl = book_tag_is_rtl(p->b, own);
	}
	if (dir != DIR_NONE)
		p->rtl = dir == DIR_RTL || dir == DIR_FORCE_RTL;
	if (p->rtl != state.rtl || strcmp(tag, "bdo") == 0)
		xhtml_attr(p, "dir", p->rtl ? "rtl" : "ltr");
	return state;
}

struct pen_state xhtml_begin_as(struct pen *p, const char *tag, const char *id, const char *class_name,
                                const char *lang)
{
	return begin(p, tag, id, class_name, lang, DIR_NONE);
}

/* Program text and addresses read from left to right in every language. */
static enum text_dir dir_of(const struct node *n)
{
	bool plain = n->role != NULL && strcmp(n->role, "plain") == 0;

	if (n->dir != DIR_NONE)
		return n->dir;
	if ((n->kind == N_VERBATIM && !plain) || (n->kind == N_SPAN && n->u.span.kind == SPAN_CODE) || doc_shows_address(n))
		return DIR_LTR;
	return DIR_NONE;
}

struct pen_state xhtml_begin(struct pen *p, const char *tag, const struct node *n, const char *class_name)
{
	const struct place *place = book_lookup(p->b, n);

	return begin(p, tag, place != NULL ? place->id : NULL, class_name, n->lang, dir_of(n));
}

void xhtml_restore(struct pen *p, struct pen_state s)
{
	p->lang = s.lang;
	p->type = s.type;
	p->body = s.body;
	p->depth = s.depth;
	p->code = s.code;
	p->rtl = s.rtl;
}

void xhtml_end(struct pen *p, const char *tag, struct pen_state s)
{
	buf_printf(p->out, "</%s>", tag);
	xhtml_restore(p, s);
}

void xhtml_style(struct pen *p, enum par_style_id id)
{
	const struct par_style *s = &p->b->theme->par[id];

	p->body = id;
	p->type = (struct type_state){ s->family, s->bold, s->italic };
}

void xhtml_text(struct pen *p, const char *s, size_t len)
{
	if (len == 0)
		return;
	buf_put_xml(p->out, s, len);
	bookfont_use(&p->b->faces, p->b->fonts, p->type.family, p->type.bold, p->type.italic, s, len, p->lang, p->b->log);
}

void xhtml_puts(struct pen *p, const char *s)
{
	if (s != NULL)
		xhtml_text(p, s, strlen(s));
}

void xhtml_mark(struct pen *p, const struct page_mark *m, enum mark_form form)
{
	struct book *b = p->b;
	const char *id = book_id(b, arena_printf(&b->arena, "pg%s", m->label), "pg");

	buf_puts(p->out, form == MARK_BLOCK ? "<div class=\"page\"" : "<span");
	xhtml_attr(p, "id", id);
	buf_puts(p->out, " role=\"doc-pagebreak\" epub:type=\"pagebreak\"");
	xhtml_attr(p, "aria-label", m->label);
	buf_puts(p->out, form == MARK_BLOCK ? "></div>\n" : "></span>");
	VEC_ROOM(b->page_list, b->n_pages, b->cap_pages, 1);
	b->page_list[b->n_pages++] = (struct page_entry){ m->label, id, p->file, ++b->next_order };
}

void xhtml_marks(struct pen *p, const struct node *n, enum mark_form form)
{
	struct place *place = book_lookup(p->b, n);
	struct page_mark *m = place != NULL ? place->marks : NULL;

	if (m == NULL)
		return;
	place->marks = NULL;
	for (; m != NULL; m = m->next)
		xhtml_mark(p, m, form);
}

void xhtml_marks_below(struct pen *p, const struct node *top, enum mark_form form)
{
	if (p->b->n_pages == p->b->marks_asked)
		return;
	for (const struct node *n = top; n != NULL; n = doc_next(top, n))
		xhtml_marks(p, n, form);
}

/* ---- notes ------------------------------------------------------------------------------------------ */

static void back_link(struct pen *p, const struct node *note)
{
	const char *label = note->u.note.label != NULL ? note->u.note.label : "*";

	buf_printf(p->out, "<a class=\"backlink\" href=\"#fnref%d\" epub:type=\"backlink\" role=\"doc-backlink\"",
	           note->u.note.number);
	xhtml_attr(p, "aria-label", arena_printf(&p->b->arena, "%s %s", lang_word(p->b->lang, W_BACK_TO_TEXT), label));
	buf_putc(p->out, '>');
	xhtml_puts(p, label);
	buf_puts(p->out, "</a> ");
}

static void write_note(struct pen *p, const struct node *note)
{
	const struct node *first = note->first;
	struct place *place = book_lookup(p->b, note);
	struct pen_state state, para;

	if (place == NULL || place->id == NULL || place->note_written)
		return;
	place->note_written = true;
	state = xhtml_begin_as(p, "aside", place->id, "footnote", doc_lang(p->b->doc, note));
	buf_puts(p->out, " epub:type=\"footnote\" role=\"doc-footnote\">");
	xhtml_style(p, PS_FOOTNOTE);
	if (first != NULL && first->kind == N_PARA) {
		para = xhtml_begin(p, "p", first, NULL);
		buf_putc(p->out, '>');
		back_link(p, note);
		xhtml_marks(p, first, MARK_INLINE);
		inlines_children(p, first);
		xhtml_end(p, "p", para);
		first = first->next;
	} else {
		buf_puts(p->out, "<p>");
		back_link(p, note);
		buf_puts(p->out, "</p>");
	}
	blocks_children(p, first);
	xhtml_end(p, "aside", state);
	buf_putc(p->out, '\n');
}

void xhtml_notes(struct pen *p)
{
	bool in_link = p->in_link, mute = p->mute;

	if (p->n_notes == 0)
		return;
	p->in_link = p->mute = false;
	buf_puts(p->out, "<div class=\"notes\">\n");
	/* a note may hold a note: the list grows while it is set, each note once */
	for (size_t i = 0; i < p->n_notes; i++)
		write_note(p, p->notes[i]);
	p->n_notes = 0;
	buf_puts(p->out, "</div>\n");
	p->in_link = in_link;
	p->mute = mute;
}

/* ---- files -------------------------------------------------------------------------------------------- */

static void file_open(struct pen *p, int file, const char *title, const char *lang)
{
	struct book *b = p->b;

	p->file = file;
	p->out = &b->texts[file].data;
	p->lang = b->tag;
	p->rtl = lang_is_rtl(b->lang);
	p->depth = 2; /* html, body */
	xhtml_style(p, PS_BODY);
	buf_puts(p->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n"
	                 "<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\"");
	xhtml_attr(p, "xml:lang", b->tag);
	xhtml_attr(p, "lang", b->tag);
	if (lang_is_rtl(b->lang))
		xhtml_attr(p, "dir", "rtl");
	buf_puts(p->out, ">\n<head>\n<title");
	book_put_lang(b, p->out, lang, true);
	buf_putc(p->out, '>');
	book_put_text(p->out, title);
	buf_puts(p->out, "</title>\n<link rel=\"stylesheet\" type=\"text/css\" href=\"../css/book.css\"/>\n"
	                 "<link rel=\"stylesheet\" type=\"text/css\" href=\"../css/modern.css\"/>\n</head>\n<body>\n");
}

static void file_close(struct pen *p)
{
	buf_puts(p->out, "</body>\n</html>\n");
}

static void reopen(struct pen *p, const struct node *division)
{
	if (division == NULL || division->kind != N_DIVISION)
		return;
	/* from the outermost in: as deep as divisions nest at which files are split, which plan.c bounds */
	reopen(p, division->parent);
	blocks_division_open(p, division, true);
	buf_puts(p->out, ">\n");
}

void xhtml_break_file(struct pen *p, const struct node *at)
{
	const struct node *named = at;
	const char *title = NULL, *lang = NULL;

	xhtml_notes(p);
	for (const struct node *n = at->parent; n != NULL && n->kind == N_DIVISION; n = n->parent)
		buf_puts(p->out, "</section>\n");
	file_close(p);
	for (; named != NULL && (title == NULL || *title == '\0'); named = named->parent)
		if (named->kind == N_DIVISION && doc_title(named) != NULL) {
			title = doc_plain_text(&p->b->arena, doc_title(named), false);
			lang = doc_lang(p->b->doc, doc_title(named));
		}
	if (title == NULL || *title == '\0') {
		title = p->b->title;
		lang = p->b->title_lang;
	}
	file_open(p, p->file + 1, title, lang);
	reopen(p, at->parent);
}

/* ---- the masthead (HS-55) ------------------------------------------------------------------------------ */

static void line(struct pen *p, const char *class_name, enum par_style_id style, const char *text, const char *lang)
{
	struct pen_state state;

	if (text == NULL || *text == '\0')
		return;
	state = xhtml_begin_as(p, "p", NULL, class_name, lang);
	buf_putc(p->out, '>');
	xhtml_style(p, style);
	xhtml_puts(p, text);
	xhtml_end(p, "p", state);
	buf_putc(p->out, '\n');
}

static void masthead_year(struct pen *p)
{
	const struct doc_info *i = &p->b->doc->info;
	const char *year = i->year != NULL ? i->year : i->date;

	if (year == NULL)
		return;
	buf_puts(p->out, " <span class=\"year\">");
	xhtml_puts(p, book_digits(p->b, year));
	buf_puts(p->out, "</span>");
}

static void masthead_series(struct pen *p)
{
	const struct doc_info *i = &p->b->doc->info;
	struct pen_state state;

	if (i->series != NULL) {
		state = xhtml_begin_as(p, "p", NULL, "series", i->lang_of[INFO_SERIES]);
		buf_putc(p->out, '>');
		xhtml_style(p, PS_SERIES);
		p->type.bold = false;
		xhtml_puts(p, i->series);
		xhtml_end(p, "p", state);
		buf_putc(p->out, '\n');
	}
	line(p, "number", PS_SERIES_NUMBER, book_digits(p->b, i->number), NULL);
}

static void masthead_title(struct pen *p)
{
	const struct node *root = p->b->doc->root, *title = doc_title(root);

	if (title != NULL) {
		blocks_heading(p, title, 1, "title", NULL, NULL, PS_TITLE);
	} else {
		buf_puts(p->out, "<h1 class=\"title\">");
		xhtml_style(p, PS_TITLE);
		xhtml_puts(p, p->b->title);
		buf_puts(p->out, "</h1>\n");
	}
	for (const struct node *n = root->first; n != NULL; n = n->next) {
		struct pen_state state;

		if (n->kind != N_SUBTITLE)
			continue;
		state = xhtml_begin(p, "p", n, "subtitle");
		buf_puts(p->out, " epub:type=\"subtitle\" role=\"doc-subtitle\">");
		xhtml_style(p, PS_SUBTITLE);
		inlines_children(p, n);
		xhtml_end(p, "p", state);
		buf_putc(p->out, '\n');
	}
}

static void masthead_org(struct pen *p)
{
	const struct doc_info *i = &p->b->doc->info;
	struct pen_state state;

	/* the year stands by the organisation, as in print, or where that would stand */
	if (i->org == NULL && i->org_short == NULL && (i->series == NULL || (i->year == NULL && i->date == NULL)))
		return;
	state = xhtml_begin_as(p, "p", NULL, "org", i->lang_of[INFO_ORG]);
	buf_putc(p->out, '>');
	if (i->org_short != NULL) {
		buf_puts(p->out, "<b>");
		xhtml_style(p, PS_ORG_SHORT);
		xhtml_puts(p, i->org_short);
		buf_puts(p->out, "</b> ");
	}
	xhtml_style(p, PS_ORG);
	if (i->org != NULL)
		xhtml_puts(p, i->org);
	masthead_year(p);
	xhtml_end(p, "p", state);
	buf_putc(p->out, '\n');
}

static void masthead(struct pen *p)
{
	const struct node *front = p->b->doc->info.front;
	const char *class_name = p->b->theme->masthead.on ? "titlepage masthead" : "titlepage";

	xhtml_marks(p, p->b->doc->root, MARK_BLOCK);
	if (p->b->n_toc > 0 && p->b->toc[0].node == p->b->doc->root)
		p->b->toc[p->next_entry++].order = ++p->b->next_order;
	buf_printf(p->out, "<section id=\"titlepage\" class=\"%s\" epub:type=\"titlepage\">\n", class_name);
	line(p, "motto", PS_MOTTO, p->b->doc->info.motto, p->b->doc->info.lang_of[INFO_MOTTO]);
	masthead_series(p);
	masthead_title(p);
	masthead_org(p);
	if (front != NULL) {
		buf_puts(p->out, "<div class=\"front\">\n");
		xhtml_style(p, PS_FRONT);
		p->heading = 1;
		blocks_children(p, front->first);
		buf_puts(p->out, "</div>\n");
	}
	xhtml_notes(p);
	buf_puts(p->out, "</section>\n");
	xhtml_style(p, PS_BODY);
}

/* ---- the whole ------------------------------------------------------------------------------------------ */

static void report_lost_marks(struct book *b)
{
	for (size_t i = 0; b->n_pages < b->marks_asked && i < b->pages->n; i++) {
		const struct page *page = &b->pages->v[i];
		const struct place *place = page->start != NULL && i > 0 ? book_lookup(b, page->start) : NULL;

		if (place != NULL && place->marks != NULL)
			diag_warn(b->log, "epub-page", page->start->pos, "printed page %d begins where the EPUB has no text",
			          page->number);
	}
}

bool xhtml_book(struct book *b)
{
	const struct node *root = b->doc->root;
	struct pen p = { .b = b, .heading = 1 };

	p.echo = doc_echo_new();
	file_open(&p, 0, b->title, b->title_lang);
	masthead(&p);
	for (const struct node *n = root->first; n != NULL; n = n->next) {
		const struct place *place = book_lookup(b, n);

		if (place != NULL && place->breaks)
			xhtml_break_file(&p, n);
		if (n->kind != N_TITLE && n->kind != N_SUBTITLE && n != b->doc->info.front)
			blocks_write(&p, n);
	}
	xhtml_notes(&p);
	file_close(&p);
	report_lost_marks(b);
	doc_echo_free(p.echo);
	mem_free(p.notes);
	mem_free(p.marks);
	return true;
}
