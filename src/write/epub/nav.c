#include "write/epub/nav.h"

static void attr(struct buf *out, const char *name, const char *value)
{
	buf_printf(out, " %s=\"", name);
	book_put_text(out, value);
	buf_putc(out, '"');
}

/* The language of an entry's words: of the title that they are. */
static const char *lang_of(const struct book *b, const struct toc_entry *e)
{
	const struct node *title = doc_title(e->node);

	return doc_lang(b->doc, title != NULL ? title : e->node);
}

/* lang: of the text, NULL: the book's */
static void link_to(struct book *b, struct buf *out, int file, const char *id, const char *type, const char *text, const char *lang)
{
	buf_puts(out, "<a");
	if (type != NULL)
		attr(out, "epub:type", type);
	attr(out, "href", book_href(b, -1, file, id));
	book_put_lang(b, out, lang, true);
	buf_putc(out, '>');
	book_put_text(out, text);
	buf_puts(out, "</a>");
}

static void contents(struct book *b, struct buf *out)
{
	int level = 1;

	buf_puts(out, "<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\" aria-labelledby=\"toc-title\">\n"
	              "<h1 id=\"toc-title\">");
	book_put_text(out, lang_word(b->lang, W_CONTENTS));
	buf_puts(out, "</h1>\n<ol>\n");
	for (size_t i = 0; i < b->n_toc; i++) {
		const struct toc_entry *e = &b->toc[i];

		/* each entry leaves its li open for the deeper ones; a level grows by one at most */
		if (i > 0 && e->level > level)
			buf_puts(out, "\n<ol>\n");
		else if (i > 0)
			buf_puts(out, "</li>\n");
		for (; i > 0 && level > e->level; level--)
			buf_puts(out, "</ol>\n</li>\n");
		level = e->level;
		buf_puts(out, "<li>");
		link_to(b, out, e->file, e->id, NULL, e->text, lang_of(b, e));
	}
	buf_puts(out, "</li>\n");
	for (; level > 1; level--)
		buf_puts(out, "</ol>\n</li>\n");
	buf_puts(out, "</ol>\n</nav>\n");
}

/* Where the text proper begins: the first entry that is no preface; else the first. */
static const struct toc_entry *body_start(const struct book *b)
{
	for (size_t i = 0; i < b->n_toc; i++) {
		const struct node *n = b->toc[i].node;

		if (n->kind != N_DIVISION || (n->u.division.what != DIV_PREFACE && n->u.division.what != DIV_DEDICATION))
			return &b->toc[i];
	}
	return &b->toc[0];
}

static const char *landmark_type(const struct node *n)
{
	if (n->kind != N_DIVISION)
		return NULL;
	switch (n->u.division.what) {
	case DIV_BIBLIOGRAPHY: return "bibliography";
	case DIV_GLOSSARY: return "glossary";
	case DIV_INDEX: return "index";
	default: return NULL;
	}
}

static void landmarks(struct book *b, struct buf *out)
{
	const struct toc_entry *start = body_start(b);

	buf_puts(out, "<nav epub:type=\"landmarks\" id=\"landmarks\" hidden=\"hidden\"");
	attr(out, "aria-label", lang_word(b->lang, W_LANDMARKS));
	buf_puts(out, ">\n<ol>\n");
	if (b->cover_path != NULL) {
		buf_puts(out, "<li><a epub:type=\"cover\" href=\"text/cover.xhtml\">");
		book_put_text(out, lang_word(b->lang, W_COVER));
		buf_puts(out, "</a></li>\n");
	}
	buf_puts(out, "<li>");
	link_to(b, out, 0, "titlepage", "titlepage", lang_word(b->lang, W_TITLE_PAGE), NULL);
	buf_puts(out, "</li>\n<li>");
	link_to(b, out, start->file, start->id, "bodymatter", lang_word(b->lang, W_START), NULL);
	buf_puts(out, "</li>\n");
	for (size_t i = 0; i < b->n_toc; i++) {
		const char *type = landmark_type(b->toc[i].node);

		if (type == NULL)
			continue;
		buf_puts(out, "<li>");
		link_to(b, out, b->toc[i].file, b->toc[i].id, type, b->toc[i].text, lang_of(b, &b->toc[i]));
		buf_puts(out, "</li>\n");
	}
	buf_puts(out, "</ol>\n</nav>\n");
}

static void page_list(struct book *b, struct buf *out)
{
	if (b->n_pages == 0)
		return;
	buf_puts(out, "<nav epub:type=\"page-list\" role=\"doc-pagelist\" id=\"page-list\" hidden=\"hidden\"");
	attr(out, "aria-label", lang_word(b->lang, W_PAGE_LIST));
	buf_puts(out, ">\n<ol>\n");
	for (size_t i = 0; i < b->n_pages; i++) {
		buf_puts(out, "<li>");
		link_to(b, out, b->page_list[i].file, b->page_list[i].id, NULL, b->page_list[i].label, NULL);
		buf_puts(out, "</li>\n");
	}
	buf_puts(out, "</ol>\n</nav>\n");
}

void nav_write(struct book *b, struct buf *out)
{
	buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n"
	              "<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\"");
	attr(out, "xml:lang", b->tag);
	attr(out, "lang", b->tag);
	if (lang_is_rtl(b->lang))
		attr(out, "dir", "rtl");
	buf_puts(out, ">\n<head>\n<title");
	book_put_lang(b, out, b->title_lang, true);
	buf_putc(out, '>');
	book_put_text(out, b->title);
	buf_puts(out, "</title>\n<link rel=\"stylesheet\" type=\"text/css\" href=\"css/book.css\"/>\n"
	              "<link rel=\"stylesheet\" type=\"text/css\" href=\"css/modern.css\"/>\n</head>\n<body>\n");
	contents(b, out);
	landmarks(b, out);
	page_list(b, out);
	buf_puts(out, "</body>\n</html>\n");
}

/* ---- NCX ------------------------------------------------------------------------------------------------ */

static void label(struct book *b, struct buf *out, const char *text, const char *lang)
{
	buf_puts(out, "<navLabel");
	book_put_lang(b, out, lang, false);
	buf_puts(out, "><text>");
	book_put_text(out, text);
	buf_puts(out, "</text></navLabel>");
}

static void ncx_map(struct book *b, struct buf *out)
{
	int level = 0;

	buf_puts(out, "<navMap>\n");
	for (size_t i = 0; i < b->n_toc; i++) {
		const struct toc_entry *e = &b->toc[i];

		for (; level >= e->level; level--)
			buf_puts(out, "</navPoint>\n");
		level = e->level;
		buf_printf(out, "<navPoint id=\"nav-%zu\" playOrder=\"%d\">", i + 1, e->order);
		label(b, out, e->text, lang_of(b, e));
		buf_puts(out, "<content");
		attr(out, "src", book_href(b, -1, e->file, e->id));
		buf_puts(out, "/>\n");
	}
	for (; level > 0; level--)
		buf_puts(out, "</navPoint>\n");
	buf_puts(out, "</navMap>\n");
}

static bool is_number(const char *s)
{
	size_t n = 0;

	for (; s[n] >= '0' && s[n] <= '9'; n++)
		;
	return n > 0 && n < 9 && s[n] == '\0' && s[0] != '0';
}

static void ncx_pages(struct book *b, struct buf *out)
{
	if (b->n_pages == 0)
		return;
	buf_puts(out, "<pageList>\n");
	label(b, out, lang_word(b->lang, W_PAGE_LIST), NULL);
	buf_putc(out, '\n');
	for (size_t i = 0; i < b->n_pages; i++) {
		const struct page_entry *e = &b->page_list[i];

		buf_printf(out, "<pageTarget id=\"page-%zu\" type=\"%s\"", i + 1, is_number(e->label) ? "normal" : "special");
		if (is_number(e->label))
			attr(out, "value", e->label);
		buf_printf(out, " playOrder=\"%d\">", e->order);
		label(b, out, e->label, NULL);
		buf_puts(out, "<content");
		attr(out, "src", book_href(b, -1, e->file, e->id));
		buf_puts(out, "/></pageTarget>\n");
	}
	buf_puts(out, "</pageList>\n");
}

void nav_write_ncx(struct book *b, struct buf *out)
{
	int depth = 1;

	for (size_t i = 0; i < b->n_toc; i++)
		depth = b->toc[i].level > depth ? b->toc[i].level : depth;
	buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	              "<ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" version=\"2005-1\"");
	attr(out, "xml:lang", b->tag);
	buf_puts(out, ">\n<head>\n<meta name=\"dtb:uid\"");
	attr(out, "content", b->identifier);
	buf_printf(out, "/>\n<meta name=\"dtb:depth\" content=\"%d\"/>\n<meta name=\"dtb:totalPageCount\" content=\"%zu\"/>\n",
	           depth, b->n_pages);
	buf_printf(out, "<meta name=\"dtb:maxPageNumber\" content=\"%zu\"/>\n</head>\n<docTitle", b->n_pages);
	book_put_lang(b, out, b->title_lang, false);
	buf_puts(out, "><text>");
	book_put_text(out, b->title);
	buf_puts(out, "</text></docTitle>\n");
	ncx_map(b, out);
	ncx_pages(b, out);
	buf_puts(out, "</ncx>\n");
}
