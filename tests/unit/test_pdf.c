/* write/pdf: a small document set by hand, glyph by glyph, written for both targets and read back. */
#define _POSIX_C_SOURCE 200809L
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <libdeflate.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "doc/number.h"
#include "write/pdf/pdf.h"
#include "write/pdf/pdf_booklet.h"
#include "write/pdf/pdf_cff.h"
#include "write/pdf/pdf_colour.h"
#include "write/pdf/pdf_flow.h"
#include "write/pdf/pdf_obj.h"

static const struct colour palette[] = {
	{ .name = "black", .cmyk = { 0, 0, 0, 1000 }, .rgb = { 0, 0, 0 } },
	{ .name = "red", .cmyk = { 0, 900, 800, 0 }, .rgb = { 200, 30, 40 } },
};

struct sample {
	struct fontmap_face face[2];
	struct fontmap_family family;
	struct fontmap map;
	const char *folder;
	struct diag_log log;
	struct fonts *fonts;
	struct face *serif, *bold;
	struct doc *doc;
	struct pages *pages;
	struct node *division, *note;
	sp x, y;
	struct page *page;
};

static struct node *add(struct sample *s, struct node *parent, enum node_kind kind)
{
	struct node *n = doc_node(s->doc, kind, "test", DIAG_NOWHERE);

	doc_append(parent, n);
	return n;
}

static struct node *say(struct sample *s, struct node *parent, const char *text)
{
	struct node *n = doc_text(s->doc, text, strlen(text), DIAG_NOWHERE);

	doc_append(parent, n);
	return n;
}

/* Bytes [from, to) of text, one glyph a character, with `gap` more after each space. */
static struct item *put_run(struct sample *s, enum item_role role, const struct node *node, const char *text,
                            uint32_t from, uint32_t to, struct face *face, sp size, sp gap, bool hyphen)
{
	struct item *it = page_add(s->pages, s->page, ITEM_TEXT, role, node);
	struct glyph *g = arena_array(&s->pages->arena, to - from + 2, sizeof *g);
	uint32_t n = 0;

	for (uint32_t i = from; i < to || (hyphen && i == to);) {
		size_t len = 1;
		uint32_t c = i < to ? utf8_decode(text + i, to - i, &len) : '-';

		g[n].gid = (uint16_t)face_glyph(face, c);
		g[n].advance = (int32_t)unit_scale(face_advance(face, g[n].gid), size, face->upem);
		if (c == ' ')
			g[n].advance += (int32_t)gap;
		g[n].cluster = (uint16_t)(i - from);
		it->w += g[n++].advance;
		i += (uint32_t)len;
	}
	it->x = s->x;
	it->y = s->y;
	it->u.text.face = face;
	it->u.text.size = size;
	it->u.text.hscale = 65536;
	it->u.text.hyphen_added = hyphen;
	it->u.text.glyphs = g;
	it->u.text.n = n;
	it->u.text.text = text + from;
	it->u.text.len = to - from;
	it->u.text.offset = from;
	it->u.text.lang = "ru";
	s->x += it->w;
	return it;
}

static void new_line(struct sample *s)
{
	s->page->items[s->page->n - 1].u.text.line_end = true;
	s->x = SP_PT(60);
	s->y += SP_PT(14);
}

/* A whole N_TEXT on a line of its own. */
static void put_block(struct sample *s, const struct node *text, struct face *face, sp size)
{
	put_run(s, ROLE_CONTENT, text, text->u.text.s, 0, text->u.text.len, face, size, 0, false)->u.text.par_start = true;
	new_line(s);
}

static void new_page(struct sample *s)
{
	struct item *it;

	s->page = pages_add(s->pages);
	s->page->label = s->pages->n == 1 ? "1" : "2";
	it = page_add(s->pages, s->page, ITEM_FILL, ROLE_RULE, NULL);
	it->x = SP_PT(60);
	it->y = SP_PT(40);
	it->w = SP_PT(400);
	it->h = SP_ONE / 2;
	s->x = SP_PT(60);
	s->y = SP_PT(36);
	put_run(s, ROLE_RUNNING_HEAD, NULL, "Колонтитул", 0, 20, s->serif, SP_PT(8), 0, false);
	s->x = SP_PT(60);
	s->y = SP_PT(60);
}

static void make_fonts(struct sample *s)
{
	s->face[0] = (struct fontmap_face){ .file = "PTF55F.ttf", .package = "fonts-paratype" };
	s->face[1] = (struct fontmap_face){ .file = "PTF75F.ttf", .package = "fonts-paratype", .bold = true };
	s->family = (struct fontmap_family){ .name = "Serif", .faces = s->face, .n_faces = 2 };
	s->folder = "/usr/share/fonts/truetype/paratype";
	s->map = (struct fontmap){ .families = &s->family, .n_families = 1, .folders = &s->folder, .n_folders = 1 };
	s->fonts = fonts_open(&s->map, &s->log);
	assert_non_null(s->fonts);
	s->serif = fonts_face(s->fonts, "Serif", false, false, &s->log);
	s->bold = fonts_face(s->fonts, "Serif", true, false, &s->log);
	assert_non_null(s->serif);
	assert_non_null(s->bold);
}

static const char long_text[] = "Издание для секс-работников и переплётная мастерская";

static void make_doc(struct sample *s)
{
	static const struct doc_words words = { "рис.", "табл.", "глава", "раздел", "приложение", "часть", "прим.", "стр.",
	                                        "«", "»", "выше", "ниже", NULL };
	struct doc *d = s->doc = doc_new();
	struct node *para, *link, *list, *table;

	d->lang = "ru";
	d->info.title = "Проба <пера> & \xf0\x9d\x84\x9e";
	d->info.org = "НСВП";
	d->root = doc_node(d, N_ROOT, "article", DIAG_NOWHERE);
	s->division = add(s, d->root, N_DIVISION);
	s->division->u.division.what = DIV_SECTION;
	s->division->u.division.level = 1;
	s->division->id = "sec";
	say(s, add(s, s->division, N_TITLE), "Глава \xf0\x9d\x84\x9e первая");
	para = add(s, s->division, N_PARA);
	say(s, para, long_text);
	s->note = add(s, para, N_FOOTNOTE);
	say(s, add(s, s->note, N_PARA), "Примечание");
	para = add(s, s->division, N_PARA);
	link = add(s, para, N_LINK);
	link->u.link.href = "https://пример.org/(a)";
	say(s, link, "ссылка");
	list = add(s, s->division, N_LIST);
	say(s, add(s, add(s, list, N_ITEM), N_PARA), "пункт");
	say(s, add(s, add(s, list, N_ITEM), N_PARA), "пункт с чертой");
	table = add(s, s->division, N_TABLE);
	table->u.table.columns = 1;
	for (int i = 0; i < 2; i++) {
		struct node *row = add(s, table, N_ROW), *cell = add(s, row, N_CELL);

		row->u.row.group = i == 0 ? ROW_HEAD : ROW_BODY;
		cell->u.cell.head = i == 0;
		say(s, add(s, cell, N_PARA), i == 0 ? "шапка" : "тело");
	}
	doc_finish(d, &words, &s->log, false);
	s->note->u.note.label = "1";
}

static struct node *text_below(struct node *n)
{
	struct node *top = n;

	while (n != NULL && n->kind != N_TEXT)
		n = doc_next(top, n);
	return n;
}

static void put_link(struct sample *s, const struct node *n, enum item_role role, const char *href,
                     const struct node *target, const struct item *over)
{
	struct item box = *over, *it = page_add(s->pages, s->page, ITEM_LINK, role, n);

	it->x = box.x;
	it->y = box.y - SP_PT(9);
	it->w = box.w;
	it->h = SP_PT(12);
	it->u.link.href = href;
	it->u.link.target = target;
}

static void make_pages(struct sample *s)
{
	struct node *title = s->division->first, *para = title->next, *second = para->next, *list = second->next;
	struct node *table = list->next, *text = text_below(para);
	struct item *it;

	s->pages = pages_new();
	s->pages->width = SP_PT(500);
	s->pages->height = SP_PT(700);
	s->pages->bleed = unit_scale(SP_PT(72), 30, 254);
	s->pages->colours = palette;
	s->pages->n_colours = 2;
	s->pages->fonts = s->fonts;
	new_page(s);
	page_add(s->pages, s->page, ITEM_ANCHOR, ROLE_CONTENT, s->division)->y = s->y - SP_PT(14);
	put_block(s, text_below(title), s->bold, SP_PT(24));
	s->page->items[s->page->n - 1].u.text.colour = 1;
	/* "Издание для секс-/работников и пере-/плётная мастерская": a hard hyphen, then an added one */
	put_run(s, ROLE_CONTENT, text, long_text, 0, 31, s->serif, SP_PT(10), SP_PT(3), false)->u.text.par_start = true;
	new_line(s);
	put_run(s, ROLE_CONTENT, text, long_text, 31, 51, s->serif, SP_PT(10), 0, false);
	new_line(s); /* the space at byte 51 is left out */
	put_run(s, ROLE_CONTENT, text, long_text, 52, 63, s->serif, SP_PT(10), SP_PT(3), true);
	new_line(s);
	new_page(s);
	it = put_run(s, ROLE_CONTENT, text, long_text, 63, (uint32_t)strlen(long_text), s->serif, SP_PT(10), 0, false);
	it->u.text.hscale = 64000;
	it->w = unit_scale(it->w, 64000, 65536);
	s->y -= SP_PT(3);
	it = put_run(s, ROLE_MARK, s->note, "1", 0, 1, s->serif, SP_PT(6), 0, false);
	put_link(s, s->note, ROLE_MARK, NULL, s->note, it);
	s->y += SP_PT(17);
	s->x = SP_PT(60);
	it = put_run(s, ROLE_CONTENT, text_below(second), "ссылка", 0, 12, s->serif, SP_PT(10), 0, false);
	it->u.text.par_start = true;
	put_link(s, second->first, ROLE_CONTENT, second->first->u.link.href, NULL, it);
	s->y += SP_PT(14);
	s->x = SP_PT(60);
	put_run(s, ROLE_LABEL, list->first, "•", 0, 3, s->serif, SP_PT(10), 0, false);
	put_block(s, text_below(list), s->serif, SP_PT(10));
	it = page_add(s->pages, s->page, ITEM_FILL, ROLE_LABEL, list->last); /* drawn, not written */
	it->x = SP_PT(60);
	it->y = s->y - SP_PT(4);
	it->w = SP_PT(7);
	it->h = SP_PT(2);
	put_block(s, text_below(list->last), s->serif, SP_PT(10));
	put_block(s, text_below(table), s->bold, SP_PT(10));
	put_block(s, text_below(table->last), s->serif, SP_PT(10));
	put_run(s, ROLE_LABEL, s->note, "1", 0, 1, s->serif, SP_PT(6), 0, false);
	put_block(s, text_below(s->note), s->serif, SP_PT(8));
}

static struct sample *make_sample(void)
{
	struct sample *s = mem_zalloc(1, sizeof *s);

	diag_init(&s->log);
	make_fonts(s);
	make_doc(s);
	make_pages(s);
	return s;
}

static void free_sample(struct sample *s)
{
	pages_free(s->pages);
	doc_free(s->doc);
	fonts_close(s->fonts);
	diag_free(&s->log);
	mem_free(s);
}

static const struct pdf_options print = { .target = PDF_PRINT, .marks = true, .producer = "verstka test",
                                          .date = "2014-06-09T12:34:56Z" };
static const struct pdf_options screen = { .target = PDF_SCREEN, .producer = "verstka test" };

static void write_sample(struct sample *s, const struct pdf_options *o, struct buf *out)
{
	buf_init(out);
	assert_true(pdf_write(s->pages, s->doc, o, out, &s->log));
	assert_int_equal(s->log.errors, 0);
	assert_true(out->len > 1000);
}

static const char *find(const struct buf *b, const char *what)
{
	size_t n = strlen(what);

	for (size_t i = 0; i + n <= b->len; i++)
		if (memcmp(b->data + i, what, n) == 0)
			return b->data + i;
	return NULL;
}

/* Every deflated stream of the file, unpacked, one after the other. */
static void unpack(const struct buf *file, struct buf *out)
{
	struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
	size_t most = 4 << 20;
	char *room = mem_alloc(most);

	buf_init(out);
	for (const char *p = file->data, *end = file->data + file->len; p + 10 < end; p++) {
		size_t n, skip = 0;

		if (memcmp(p, "\nstream", 7) != 0)
			continue;
		p += 7;
		while (p[skip] == '\r' || p[skip] == '\n')
			skip++;
		if (libdeflate_zlib_decompress_ex(d, p + skip, (size_t)(end - p) - skip, room, most, NULL,
		                                  &n) == LIBDEFLATE_SUCCESS)
			buf_put(out, room, n);
	}
	mem_free(room);
	libdeflate_free_decompressor(d);
}

static int count(const struct buf *b, const char *what)
{
	int n = 0;

	for (size_t i = 0, len = strlen(what); i + len <= b->len; i++)
		n += memcmp(b->data + i, what, len) == 0;
	return n;
}

static void test_print(void **state)
{
	struct sample *s = make_sample();
	struct buf pdf, text;

	(void)state;
	write_sample(s, &print, &pdf);
	unpack(&pdf, &text);
	assert_memory_equal(pdf.data, "%PDF-1.6\n%", 10);
	assert_non_null(find(&pdf, "/MediaBox [0 0 573.701 773.701]"));
	assert_non_null(find(&pdf, "/BleedBox [28.346 28.346 545.354 745.354]"));
	assert_non_null(find(&pdf, "/TrimBox [36.85 36.85 536.85 736.85]"));
	assert_non_null(find(&pdf, "/CreationDate (D:20140609123456+00'00')"));
	assert_non_null(find(&pdf, "\nxref\n0 "));
	assert_non_null(find(&pdf, "/ID [<"));
	assert_non_null(find(&pdf, "&lt;\xd0\xbf\xd0\xb5\xd1\x80\xd0\xb0&gt; &amp; \xf0\x9d\x84\x9e"));
	assert_null(find(&pdf, "/Annots"));
	assert_null(find(&pdf, "/Outlines /"));
	assert_null(find(&pdf, "/StructTreeRoot"));
	assert_non_null(find(&text, "\n0 0 0 1 k\n"));
	assert_non_null(find(&text, "\n0 .9 .8 0 k\n"));
	assert_non_null(find(&text, "/All CS 1 SCN 0.25 w\n36.85 745.354 m 36.85 759.528 l S\n"));
	assert_null(find(&text, " rg\n"));
	assert_null(find(&text, " g\n"));
	buf_free(&pdf);
	buf_free(&text);
	free_sample(s);
}

static void test_screen(void **state)
{
	struct sample *s = make_sample();
	struct buf pdf, text;

	(void)state;
	write_sample(s, &screen, &pdf);
	unpack(&pdf, &text);
	assert_memory_equal(pdf.data, "%PDF-1.7\n%", 10);
	assert_non_null(find(&text, "/MediaBox [0 0 500 700]"));
	assert_null(find(&text, "/TrimBox"));
	assert_null(find(&text, "CreationDate"));
	assert_null(find(&text, " k\n"));
	assert_non_null(find(&text, " rg\n"));
	assert_non_null(find(&text, "/Lang (ru)"));
	/* an outline entry with a character beyond 16 bits, as surrogates */
	assert_non_null(find(&text, "/Title <FEFF0413043B043004320430" "0020D834DD1E0020043F"));
	assert_int_equal(count(&text, "/Subtype /Link /F 4 /Border [0 0 0]"), 2);
	assert_non_null(find(&text, "/URI (https://%D0%BF%D1%80%D0%B8%D0%BC%D0%B5%D1%80.org/\\(a\\))"));
	assert_non_null(find(&text, "/S /GoTo /D (fn-1)"));
	assert_non_null(find(&text, "(sec)["));
	assert_non_null(find(&text, "/Nums [\n0 <</S /D /St 1>>]"));
	for (const char *const *t = (const char *const[]){ "Sect", "H1", "P", "FENote", "Lbl", "LBody", "LI", "L", "Link",
	     "Reference", "Table", "THead", "TBody", "TR", "TH", "TD", NULL }; *t != NULL; t++) {
		char key[64];

		snprintf(key, sizeof key, "/S /%s /P ", *t);
		assert_non_null(find(&text, key));
	}
	assert_int_equal(count(&text, "/S /Lbl /P "), 3); /* of both items and the note */
	assert_int_equal(count(&text, "/ActualText <FEFF2022>"), 1);
	assert_null(find(&text, "/S /TFoot")); /* nothing was put there */
	assert_int_equal(count(&text, " BDC\n"), count(&text, "EMC\n"));
	assert_int_equal(count(&text, "BT\n"), count(&text, "ET\n"));
	buf_free(&pdf);
	buf_free(&text);
	free_sample(s);
}

/* The same bytes again, whatever the locale, and an ID that follows the content. */
static void test_same_bytes(void **state)
{
	struct sample *s = make_sample(), *t = make_sample();
	struct buf one, two;

	(void)state;
	write_sample(s, &screen, &one);
	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "ru_RU.UTF-8");
	write_sample(t, &screen, &two);
	setlocale(LC_ALL, "C");
	assert_int_equal(one.len, two.len);
	assert_memory_equal(one.data, two.data, one.len);
	buf_free(&two);
	t->pages->v[0].items[0].x += SP_ONE;
	write_sample(t, &screen, &two);
	assert_true(one.len != two.len || memcmp(one.data, two.data, one.len) != 0);
	buf_free(&one);
	buf_free(&two);
	free_sample(s);
	free_sample(t);
}

/* One glyph, two meanings: "-" in the compound, U+00AD at the end of the line. */
static void test_hyphens(void **state)
{
	struct sample *s = make_sample();
	struct buf pdf, text;

	(void)state;
	write_sample(s, &print, &pdf);
	unpack(&pdf, &text);
	assert_int_equal(count(&text, "> <002D>\n"), 1);
	assert_int_equal(count(&text, "> <00AD>\n"), 1);
	buf_free(&pdf);
	buf_free(&text);
	free_sample(s);
}

static void test_embedding_refused(void **state)
{
	struct sample *s = make_sample();
	struct buf pdf;

	(void)state;
	s->bold->may_embed = false;
	buf_init(&pdf);
	assert_false(pdf_write(s->pages, s->doc, &print, &pdf, &s->log));
	assert_int_equal(s->log.errors, 1);
	assert_string_equal(s->log.v[0].code, "font-embedding");
	buf_free(&pdf);
	free_sample(s);
}

static void test_no_pages(void **state)
{
	struct sample *s = make_sample();
	struct pages *none = pages_new();
	struct buf pdf;

	(void)state;
	buf_init(&pdf);
	none->width = none->height = SP_PT(100);
	assert_false(pdf_write(none, s->doc, &print, &pdf, &s->log));
	assert_string_equal(s->log.v[0].code, "pdf");
	buf_free(&pdf);
	pages_free(none);
	free_sample(s);
}

static void test_line_ends(void **state)
{
	struct sample *s = make_sample();
	struct pdf_flow *f = pdf_flow_new(s->pages, s->doc);
	size_t spaces = 0, at_page = 9, at_item = 0;

	(void)state;
	for (size_t i = 0; i < s->pages->n; i++)
		for (size_t k = 0; k < s->pages->v[i].n; k++)
			if (pdf_flow_wants_space(f, i, k)) {
				spaces++;
				at_page = i;
				at_item = k;
			}
	/* only where the source has a space: not after the hard hyphen, the added one, nor at a paragraph's end */
	assert_int_equal(spaces, 1);
	assert_int_equal(at_page, 0);
	assert_int_equal(s->pages->v[0].items[at_item].u.text.offset, 31);
	pdf_flow_free(f);
	free_sample(s);
}

static void test_clusters(void **state)
{
	/* f+i ligature, a base with its mark, an added hyphen */
	struct glyph g[] = { { .gid = 1, .cluster = 0 }, { .gid = 2, .cluster = 2 }, { .gid = 3, .cluster = 2 },
	                     { .gid = 4, .cluster = 5 } };
	struct glyph back[] = { { .gid = 1, .cluster = 4 }, { .gid = 2, .cluster = 2 }, { .gid = 3, .cluster = 0 } };
	struct item it = { .kind = ITEM_TEXT, .u.text = { .glyphs = g, .n = 4, .text = "fia\xcc\x81", .len = 5,
	                                                  .hyphen_added = true } };
	struct pdf_cluster c = pdf_flow_cluster(&it, pdf_flow_order(&it), 0);

	(void)state;
	assert_int_equal(c.n, 1);
	assert_int_equal(c.len, 2);
	c = pdf_flow_cluster(&it, pdf_flow_order(&it), 1);
	assert_int_equal(c.n, 2);
	assert_int_equal(c.len, 3);
	assert_memory_equal(c.text, "a\xcc\x81", 3);
	c = pdf_flow_cluster(&it, pdf_flow_order(&it), 3);
	assert_int_equal(c.n, 1);
	assert_memory_equal(c.text, "\xc2\xad", 2);
	it.u.text.hyphen_added = false;
	it.u.text.glyphs = back;
	it.u.text.n = 3;
	it.u.text.text = "\xd7\x90\xd7\x91\xd7\x92";
	it.u.text.len = 6;
	for (uint32_t i = 0; i < 3; i++) {
		c = pdf_flow_cluster(&it, pdf_flow_order(&it), i);
		assert_int_equal(c.len, 2);
		assert_ptr_equal(c.text, it.u.text.text + 4 - 2 * i);
	}
}

/* A mark of byte order in the middle of a text is a word joiner there: files of PDF/UA may not have the mark. */
static void test_byte_order(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b);
	pdf_put_utf16(&b, "a\xef\xbb\xbf" "b", 5);
	buf_putc(&b, '\0');
	assert_string_equal(b.data, "006120600062");
	buf_free(&b);
}

static void test_numbers(void **state)
{
	static const struct { int64_t v; int decimals; const char *text; } cases[] = {
		{ 0, 3, "0" }, { 5, 3, ".005" }, { -5, 3, "-.005" }, { 1000, 3, "1" }, { -1200, 3, "-1.2" },
		{ 12345, 2, "123.45" }, { 7, 0, "7" }, { INT64_MIN, 0, "-9223372036854775808" },
	};
	struct buf b;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf_init(&b);
		pdf_put_number(&b, cases[i].v, cases[i].decimals);
		assert_string_equal(b.data, cases[i].text);
		buf_free(&b);
	}
	buf_init(&b);
	pdf_put_literal(&b, "a(b)\\\r\n", 7);
	pdf_put_name(&b, "PT Serif#");
	assert_string_equal(b.data, "(a\\(b\\)\\\\\\r\\n)/PT#20Serif#23");
	buf_free(&b);
}

static void test_colours(void **state)
{
	static const unsigned char rgb[] = { 0, 0, 0, 255, 255, 255, 128, 128, 128, 255, 0, 0, 1, 0, 0 };
	unsigned char cmyk[20], back[15];

	(void)state;
	pdf_colour_to_cmyk(rgb, cmyk, 5);
	assert_memory_equal(cmyk, "\0\0\0\xff\0\0\0\0\0\0\0\x7f\0\xff\xff\0\0\xff\xff\xfe", 20);
	pdf_colour_to_rgb(cmyk, back, 4);
	assert_memory_equal(back, rgb, 12);
	assert_int_equal(pdf_colour_limit_ink(cmyk, 5, 2800, false), 1);
	assert_int_equal(cmyk[17], 255);
	assert_int_equal(pdf_colour_limit_ink(cmyk, 5, 2800, true), 1);
	assert_int_equal(cmyk[19], 254); /* black stays */
	assert_in_range(cmyk[16] + cmyk[17] + cmyk[18] + cmyk[19], 710, 714);
	assert_memory_equal(cmyk + 12, "\0\xff\xff\0", 4);
	assert_int_equal(pdf_colour_limit_ink(cmyk, 5, 2800, true), 0);
}

/* The sides, as a person folds them: every page once, neighbours where a reader turns. */
static void test_booklet(void **state)
{
	static const size_t eight[4][2] = { { 7, 0 }, { 1, 6 }, { 5, 2 }, { 3, 4 } };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct pdf_side side = pdf_booklet_side(8, i, false), mirror = pdf_booklet_side(8, i, true);

		assert_int_equal(side.left, eight[i][0]);
		assert_int_equal(side.right, eight[i][1]);
		assert_int_equal(side.sheet, i / 2);
		assert_int_equal(mirror.left, eight[i][1]);
		assert_int_equal(mirror.right, eight[i][0]);
	}
	for (size_t n = 1; n < 70; n++) {
		int seen[70] = { 0 };
		size_t blanks = 0;

		for (size_t i = 0; i < 2 * pdf_booklet_sheets(n); i++) {
			struct pdf_side s = pdf_booklet_side(n, i, n % 2 == 0);
			size_t both[2] = { s.left, s.right };

			for (int k = 0; k < 2; k++) {
				if (both[k] == PDF_BLANK)
					blanks++;
				else
					seen[both[k]]++;
			}
		}
		for (size_t k = 0; k < n; k++)
			assert_int_equal(seen[k], 1);
		assert_int_equal(blanks, (4 - n % 4) % 4);
	}
	assert_int_equal(pdf_booklet_sheets(48), 12);
	assert_int_equal(pdf_booklet_creep(11, SP_PT(3)), SP_PT(33));
}

static void test_cff(void **state)
{
	/* header; Name INDEX; Top DICT INDEX with ROS, charset at 34, CharStrings at 37; ... */
	static const unsigned char cid_keyed[] = {
		1, 0, 4, 1, 0, 1, 1, 1, 2, 'F', 0, 1, 1, 1, 12, 139, 139, 139, 12, 30, 28, 0, 34, 15, 176, 17, 0, 0, 0, 0, 0,
		0, 0, 0, 0, 0x12, 0x34, 0, 2, 1, 1, 2, 3, 14, 14,
	};
	struct pdf_cff c;

	(void)state;
	assert_true(pdf_cff_read(cid_keyed, sizeof cid_keyed, &c));
	assert_int_equal(c.n, 2);
	assert_int_equal(pdf_cff_cid(&c, 0), 0);
	assert_int_equal(pdf_cff_cid(&c, 1), 0x1234);
	assert_int_equal(pdf_cff_cid(&c, 2), 0);
	pdf_cff_free(&c);
	for (size_t n = 0; n < sizeof cid_keyed; n++) /* cut anywhere: refused or read, never past the end */
		if (pdf_cff_read(cid_keyed, n, &c))
			pdf_cff_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_print), cmocka_unit_test(test_screen), cmocka_unit_test(test_same_bytes),
		cmocka_unit_test(test_hyphens), cmocka_unit_test(test_embedding_refused), cmocka_unit_test(test_no_pages),
		cmocka_unit_test(test_line_ends), cmocka_unit_test(test_clusters), cmocka_unit_test(test_byte_order),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_colours), cmocka_unit_test(test_cff), cmocka_unit_test(test_booklet),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
