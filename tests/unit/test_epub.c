/* write/epub: an awkward document written, unpacked and looked through; the parts by themselves. */
#define _POSIX_C_SOURCE 200809L
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <zip.h>

#include "base/file.h"
#include "base/mem.h"
#include "doc/number.h"
#include "image/image_write.h"
#include "read/docbook.h"
#include "read/fontmap.h"
#include "read/theme.h"
#include "write/cover.h"
#include "write/epub/audit.h"
#include "write/epub/bookfont.h"
#include "write/epub/container.h"
#include "write/epub/epub.h"
#include "write/epub/href.h"
#include "write/epub/plan.h"

/* ---- a job: everything epub_write wants --------------------------------------------------------------- */

struct job {
	struct diag_log log;
	struct langs *langs;
	const struct lang *lang;
	struct theme *theme;
	struct fontmap *map;
	struct fonts *fonts;
	struct doc *doc;
	struct pages *pages;
	struct epub_options options;
	struct arena arena;
};

static char *slurp(const char *path, size_t *len, struct diag_log *log)
{
	char *data = NULL;

	assert_true(file_read(path, (size_t)64 << 20, log, DIAG_NOWHERE, &data, len));
	return data;
}

/* path NULL: an empty article, for trees made by hand. */
static void open_job(struct job *j, const char *path)
{
	struct read_options lenient = { .lenient = true };
	size_t len;
	char *xml;

	memset(j, 0, sizeof *j);
	diag_init(&j->log);
	arena_init(&j->arena);
	j->langs = langs_open(NULL);
	if (path != NULL) {
		j->doc = docbook_read(path, &lenient, &j->log);
	} else {
		j->doc = doc_new();
		j->doc->lang = "ru";
		j->doc->root = doc_node(j->doc, N_ROOT, "article", DIAG_NOWHERE);
	}
	assert_non_null(j->doc);
	doc_finish(j->doc, NULL, &j->log, true);
	j->lang = langs_lookup(j->langs, j->doc->lang, &j->log);
	xml = slurp("source/theme.xml", &len, &j->log);
	j->theme = theme_read(xml, len, "source/theme.xml", j->doc->lang, &j->log);
	mem_free(xml);
	xml = slurp("fonts/fonts.xml", &len, &j->log);
	j->map = fontmap_read(xml, len, "fonts/fonts.xml", &j->log);
	mem_free(xml);
	assert_non_null(j->theme);
	assert_non_null(j->map);
	j->fonts = fonts_open(j->map, &j->log);
	assert_non_null(j->fonts);
	j->options = (struct epub_options){ .modified = "2014-06-09T10:20:30Z", .generator = "test", .page_map = true };
}

static void close_job(struct job *j)
{
	if (j->pages != NULL)
		pages_free(j->pages);
	fonts_close(j->fonts);
	fontmap_free(j->map);
	theme_free(j->theme);
	doc_free(j->doc);
	langs_close(j->langs);
	arena_free(&j->arena);
	diag_free(&j->log);
}

static bool in_note(const struct node *n)
{
	for (; n != NULL; n = n->parent)
		if (n->kind == N_FOOTNOTE)
			return true;
	return false;
}

/* "Printed" pages that begin at a word in the middle of every so many texts. */
static void cut_pages(struct job *j, int step)
{
	int seen = 0;

	j->pages = pages_new();
	for (const struct node *n = j->doc->root; n != NULL; n = doc_next(j->doc->root, n)) {
		struct page *page;
		uint32_t at;

		if (n->kind != N_TEXT || in_note(n) || seen++ % step != 0)
			continue;
		page = pages_add(j->pages);
		page->number = (int)j->pages->n;
		page->label = arena_printf(&j->pages->arena, "%d", page->number);
		for (at = n->u.text.len / 2; at > 0 && n->u.text.s[at - 1] != ' '; at--)
			;
		page->start = n;
		page->start_offset = at;
	}
}

static void write_job(struct job *j, struct buf *out)
{
	buf_init(out);
	assert_true(epub_write(j->doc, j->theme, j->pages, j->fonts, j->lang, j->langs, &j->options, out, &j->log));
	assert_int_equal(j->log.errors, 0);
}

/* ---- the container, unpacked ---------------------------------------------------------------------------- */

struct unpacked {
	zip_t *zip;
	struct { const char *path; char *data; size_t len; xmlDocPtr xml; } v[64];
	size_t n;
};

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

static void unpack(const struct buf *epub, struct unpacked *u)
{
	zip_error_t error;
	zip_source_t *src;

	memset(u, 0, sizeof *u);
	zip_error_init(&error);
	src = zip_source_buffer_create(epub->data, epub->len, 0, &error);
	assert_non_null(src);
	u->zip = zip_open_from_source(src, ZIP_RDONLY | ZIP_CHECKCONS, &error);
	assert_non_null(u->zip);
	u->n = (size_t)zip_get_num_entries(u->zip, 0);
	assert_true(u->n < sizeof u->v / sizeof *u->v);
	for (size_t i = 0; i < u->n; i++) {
		zip_stat_t st;
		zip_file_t *f;

		assert_int_equal(zip_stat_index(u->zip, i, 0, &st), 0);
		u->v[i].path = st.name;
		u->v[i].len = (size_t)st.size;
		u->v[i].data = mem_zalloc((size_t)st.size + 1, 1);
		f = zip_fopen_index(u->zip, i, 0);
		assert_non_null(f);
		assert_int_equal(zip_fread(f, u->v[i].data, st.size), (zip_int64_t)st.size);
		zip_fclose(f);
		if (ends_with(st.name, ".xhtml") || ends_with(st.name, ".opf") || ends_with(st.name, ".ncx")) {
			u->v[i].xml = xmlReadMemory(u->v[i].data, (int)st.size, st.name, NULL, XML_PARSE_NONET);
			assert_non_null(u->v[i].xml); /* well-formed */
		}
	}
}

static void discard(struct unpacked *u)
{
	for (size_t i = 0; i < u->n; i++) {
		mem_free(u->v[i].data);
		if (u->v[i].xml != NULL)
			xmlFreeDoc(u->v[i].xml);
	}
	zip_discard(u->zip);
}

static xmlDocPtr file_of(struct unpacked *u, const char *path)
{
	for (size_t i = 0; i < u->n; i++)
		if (strcmp(u->v[i].path, path) == 0)
			return u->v[i].xml;
	return NULL;
}

static xmlNodePtr next_element(xmlNodePtr top, xmlNodePtr n)
{
	if (n->children != NULL && n->type == XML_ELEMENT_NODE)
		return n->children;
	while (n != top && n->next == NULL)
		n = n->parent;
	return n == top ? NULL : n->next;
}

/* The value is freed by the arena's owner: copied. */
static const char *prop(struct job *j, xmlNodePtr n, const char *name)
{
	xmlChar *s = n->type == XML_ELEMENT_NODE ? xmlGetNoNsProp(n, (const xmlChar *)name) : NULL;
	const char *copy = s != NULL ? arena_strdup(&j->arena, (const char *)s) : NULL;

	xmlFree(s);
	return copy;
}

static xmlNodePtr by_id(struct job *j, xmlDocPtr xml, const char *id)
{
	xmlNodePtr top = xmlDocGetRootElement(xml);

	for (xmlNodePtr n = top; n != NULL; n = next_element(top, n)) {
		const char *own = prop(j, n, "id");

		if (own != NULL && strcmp(own, id) == 0)
			return n;
	}
	return NULL;
}

/* Text after a point, to the end of its file, without the marks of notes. */
static void text_after(xmlNodePtr from, struct buf *out)
{
	xmlNodePtr top = xmlDocGetRootElement(from->doc);

	for (xmlNodePtr n = from; n != NULL; n = next_element(top, n)) {
		if (n->type == XML_TEXT_NODE)
			buf_puts(out, (const char *)n->content);
		while (n->type == XML_ELEMENT_NODE && xmlStrcmp(n->name, (const xmlChar *)"sup") == 0 && n->next != NULL)
			n = n->next;
	}
}

/* ---- the parts by themselves ----------------------------------------------------------------------------- */

static void addresses(void **state)
{
	static const struct { const char *in, *out; } cases[] = {
		{ "https://example.org/a b", "https://example.org/a%20b" },
		{ "https://example.org/?q=[1]&r=\xd0\xb0#x#y", "https://example.org/?q=%5B1%5D&r=%D0%B0#x%23y" },
		{ "http://example.org/100%", "http://example.org/100%25" },
		{ "http://example.org/%D0%B0", "http://example.org/%D0%B0" },
		{ "https://\xd0\xbf\xd1\x80\xd0\xb8\xd0\xbc\xd0\xb5\xd1\x80.\xd1\x80\xd1\x84/", "https://xn--e1afmkfd.xn--p1ai/" },
		{ "https://b\xc3\xbc" "cher.example:8080", "https://xn--bcher-kva.example:8080" },
		{ "http://user@example.org./x", "http://user@example.org./x" },
		{ "mailto:a@example.org", "mailto:a@example.org" },
		{ "HTTP://EXAMPLE.ORG/", "HTTP://EXAMPLE.ORG/" },
		{ "javascript:alert(1)", NULL }, { "JavaScript:x", NULL }, { "data:text/html,x", NULL },
		{ "file:///etc/passwd", NULL }, { "other.html", NULL }, { "www.example.org", NULL }, { "//example.org", NULL },
		{ "http://", NULL }, { "http:///x", NULL }, { "http://a..b/", NULL }, { "http://a b/", NULL },
		{ "http://exa<mple/", NULL }, { "http://h:8x/", NULL }, { "mailto:", NULL }, { "", NULL }, { NULL, NULL },
	};
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *got = href_clean(&a, cases[i].in);

		if (cases[i].out == NULL)
			assert_null(got);
		else
			assert_string_equal(got, cases[i].out);
	}
	arena_free(&a);
}

static void identifiers(void **state)
{
	char a[46], b[46], c[46], longer[46], text[300];

	(void)state;
	plan_uuid("brief08\nru", 10, a);
	plan_uuid("brief08\nru", 10, b);
	plan_uuid("brief08\nen", 10, c);
	memset(text, 'x', sizeof text);
	plan_uuid(text, sizeof text, longer);
	/* fixed for ever: computed by another implementation (Python's uuid.uuid5) from the same name space */
	assert_string_equal(a, "urn:uuid:b0669de0-d1df-5ca0-b0ce-855dce66f548");
	assert_string_equal(longer, "urn:uuid:7066efd9-aaee-5dbf-bee0-9997bff321f9");
	assert_string_equal(a, b);
	assert_string_not_equal(a, c);
}

static void container(void **state)
{
	static const unsigned char head[] = { 'P', 'K', 3, 4, 10, 0, 0, 0, 0, 0 };
	struct container_entry entry = { "META-INF/container.xml", "<a/>", 4, false };
	struct diag_log log;
	struct buf first, second;

	(void)state;
	diag_init(&log);
	buf_init(&first);
	buf_init(&second);
	setenv("TZ", "UTC", 1);
	tzset();
	assert_true(container_write(&entry, 1, "2014-06-09T10:20:30Z", &first, &log));
	setenv("TZ", "Asia/Bishkek", 1);
	tzset();
	assert_true(container_write(&entry, 1, "2014-06-09T10:20:30Z", &second, &log));
	unsetenv("TZ");
	assert_int_equal(first.len, second.len);
	assert_memory_equal(first.data, second.data, first.len);
	assert_memory_equal(first.data, head, sizeof head); /* version 10, no flags, stored */
	assert_memory_equal(first.data + 26, "\x08\0\0\0mimetypeapplication/epub+zip", 32); /* no extra field */
	buf_free(&first);
	buf_free(&second);
	diag_free(&log);
}

static uint32_t sum32(const char *s, size_t len)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < len; i++)
		sum += (uint32_t)(unsigned char)s[i] << (24 - 8 * (i % 4));
	return sum;
}

static bool has_bytes(const char *s, size_t len, const char *what, size_t n)
{
	for (size_t i = 0; i + n <= len; i++)
		if (memcmp(s + i, what, n) == 0)
			return true;
	return false;
}

static void fonts_are_renamed(void **state)
{
	static const char ours[] = "\0B\0o\0o\0k\0 \0S\0a\0n\0s", theirs[] = "\0P\0T\0 \0S\0a\0n\0s\0 \0B";
	static const char maker[] = "\0P\0a\0r\0a\0T\0y\0p\0e";
	struct job j;
	struct face *face;
	struct buf out, names;
	char *font;
	size_t len;

	(void)state;
	open_job(&j, NULL);
	face = fonts_face(j.fonts, "Sans", true, false, &j.log);
	assert_non_null(face);
	font = slurp(face->path, &len, &j.log);
	buf_init(&out);
	buf_init(&names);
	face_names(face, &names);
	assert_true(bookfont_rename((unsigned char *)font, len, &names, "Book Sans", "Bold", &out));
	assert_int_equal(sum32(out.data, out.len), 0xB1B0AFBAu);
	assert_true(has_bytes(out.data, out.len, ours, sizeof ours - 1));
	assert_true(has_bytes(font, len, theirs, sizeof theirs - 1));
	assert_false(has_bytes(out.data, out.len, theirs, sizeof theirs - 1));
	assert_true(has_bytes(out.data, out.len, maker, sizeof maker - 1)); /* the licence goes with it */
	/* cut short anywhere: refused or not, but never read beyond */
	for (size_t n = 0; n < len && n < 2000; n += 7) {
		unsigned char *part = mem_alloc(n + 1);
		struct buf less;

		memcpy(part, font, n);
		buf_init(&less);
		buf_put(&less, names.data, n < names.len ? n : names.len);
		buf_clear(&out);
		bookfont_rename(part, n, &less, "X", "Y", &out);
		buf_clear(&out);
		bookfont_rename((unsigned char *)font, len, &less, "X", "Y", &out);
		buf_free(&less);
		mem_free(part);
	}
	buf_free(&names);
	buf_free(&out);
	mem_free(font);
	close_job(&j);
}

static void png(void **state)
{
	static const unsigned char pixels[12] = { 255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9 };
	struct diag_log log;
	struct buf a, b;

	(void)state;
	diag_init(&log);
	buf_init(&a);
	buf_init(&b);
	assert_true(image_write_png(pixels, 2, 2, 3, &a, &log));
	assert_true(image_write_png(pixels, 2, 2, 3, &b, &log));
	assert_int_equal(a.len, b.len);
	assert_memory_equal(a.data, b.data, a.len);
	assert_memory_equal(a.data, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\2\0\0\0\2\x08\2", 26);
	assert_int_equal(log.errors, 0);
	assert_false(image_write_png(pixels, 0, 2, 3, &b, &log));
	assert_int_equal(log.errors, 1);
	buf_free(&a);
	buf_free(&b);
	diag_free(&log);
}

static const uint8_t *pixel(const struct image_drawing *d, size_t x, size_t y)
{
	const struct drawing_row *row = &d->rows[y];

	return d->palette[row->v != NULL && x >= row->from && x < row->to ? row->v[x] : 0];
}

/* Ink only within the margins (round figures a hair beyond), the bar where it belongs. */
static void check_cover(struct job *j, const struct cover_text *text, bool number)
{
	struct image_drawing px;
	struct arena arena;
	const uint8_t *red = j->theme->colours[j->theme->masthead.bar_colour].rgb;
	size_t ink = 0, number_ink = 0;

	arena_init(&arena);
	assert_true(cover_draw(text, j->theme, j->fonts, j->lang, &arena, &px, &j->log));
	assert_int_equal(px.width, COVER_WIDTH);
	assert_int_equal(px.height, COVER_HEIGHT);
	assert_memory_equal(pixel(&px, 800, 176), red, 3);
	for (size_t y = 0; y < COVER_HEIGHT; y++)
		for (size_t x = 0; x < COVER_WIDTH; x++) {
			bool dark = pixel(&px, x, y)[1] < 128;

			ink += dark;
			number_ink += dark && y > 600 && y < 1000;
			assert_false(dark && (x < 130 || x >= COVER_WIDTH - 130 || y < 140 || y > 2200));
		}
	assert_true(ink > 1312 * 64 + 20000);
	if (number)
		assert_true(number_ink > 40000);
	arena_free(&arena);
}

static void covers(void **state)
{
	struct person who = { "\xd0\x98. \xd0\x9f\xd0\xb5\xd1\x82\xd1\x80\xd0\xbe\xd0\xb2", NULL, "aut", NULL };
	struct cover_text text = { .motto = "\xd0\x93\xd0\xbe\xd0\xbb\xd0\xbe\xd1\x81\xd0\xb0", .number = "08",
	                           .title = "\xd0\x9f\xd0\xbe\xd1\x82\xd1\x80\xd0\xb5\xd0\xb1\xd0\xbd\xd0\xbe\xd1\x81\xd1\x82"
	                                    "\xd0\xb8 "
	                                    "\xd0\xb8 \xd0\xbf\xd1\x80\xd0\xb0\xd0\xb2\xd0\xb0",
	                           .org = "NSWP", .series = "Series", .year = "2014" };
	char longest[2001];
	struct image_drawing px;
	struct arena arena;
	struct job j;

	(void)state;
	open_job(&j, NULL);
	check_cover(&j, &text, true);
	text.number = NULL;
	text.people = &who;
	text.n_people = 1;
	text.subtitle = "A subtitle of several words, set in italics below";
	check_cover(&j, &text, false);
	for (size_t i = 0; i < 2000; i++)
		longest[i] = i % 9 == 8 ? ' ' : 'w';
	longest[2000] = '\0';
	text.title = longest;
	text.number = "1234567890";
	text.subtitle = longest;
	arena_init(&arena);
	assert_true(cover_draw(&text, j.theme, j.fonts, j.lang, &arena, &px, &j.log)); /* as much as fits */
	arena_free(&arena);
	close_job(&j);
}

/* Arabic letters join: three behs are one stroke that begins at the right margin; a bracket opens to its text. */
static void cover_right_to_left(void **state)
{
	struct cover_text text = { .title = "x", .motto = "\xd8\xa8\xd8\xa8\xd8\xa8" };
	struct image_drawing px;
	struct arena arena;
	struct face *face;
	struct job j;
	size_t first = 0, last = 0, columns = 0;

	(void)state;
	open_job(&j, NULL);
	face = fonts_face(j.fonts, "Sans", true, false, &j.log);
	if (face == NULL || fonts_face_for(j.fonts, face, 0x628, "ar", &j.log) == NULL) {
		close_job(&j);
		print_message("SKIPPED: no face has Arabic (fonts-noto-core)\n");
		skip();
	}
	j.lang = langs_lookup(j.langs, "ar", &j.log);
	arena_init(&arena);
	assert_true(cover_draw(&text, j.theme, j.fonts, j.lang, &arena, &px, &j.log));
	for (size_t x = 0; x < COVER_WIDTH; x++) {
		bool dark = false;

		for (size_t y = 250; y < 380; y++)
			dark |= pixel(&px, x, y)[1] < 128;
		if (dark) {
			first = columns == 0 ? x : first;
			last = x;
			columns++;
		}
	}
	assert_true(columns > 40 && columns == last - first + 1);
	assert_true(last > COVER_WIDTH - 144 - 20 && last < COVER_WIDTH - 144 + 4);
	arena_free(&arena);
	close_job(&j);
}

/* ---- the whole -------------------------------------------------------------------------------------------- */

static const char hard[] = "tests/epub/hard.xml";

static void same_bytes(void **state)
{
	struct buf first, second;
	struct job j;

	(void)state;
	setenv("TZ", "UTC", 1);
	tzset();
	open_job(&j, hard);
	cut_pages(&j, 5);
	write_job(&j, &first);
	close_job(&j);
	setenv("TZ", "Asia/Tokyo", 1);
	tzset();
	setlocale(LC_ALL, "");
	open_job(&j, hard);
	cut_pages(&j, 5);
	write_job(&j, &second);
	close_job(&j);
	setlocale(LC_ALL, "C");
	unsetenv("TZ");
	assert_int_equal(first.len, second.len);
	assert_memory_equal(first.data, second.data, first.len);
	buf_free(&first);
	buf_free(&second);
}

/* Each id once in its file, and each reference to one that is there. */
static void links_hold(void **state)
{
	struct unpacked u;
	struct buf epub;
	struct job j;
	size_t internal = 0;

	(void)state;
	open_job(&j, hard);
	cut_pages(&j, 5);
	write_job(&j, &epub);
	unpack(&epub, &u);
	for (size_t i = 0; i < u.n; i++) {
		xmlNodePtr top = u.v[i].xml != NULL ? xmlDocGetRootElement(u.v[i].xml) : NULL;
		struct strmap ids;

		strmap_init(&ids);
		for (xmlNodePtr n = top; n != NULL; n = next_element(top, n)) {
			const char *id = prop(&j, n, "id"), *href = prop(&j, n, "href"), *hash;
			xmlDocPtr to = u.v[i].xml;

			if (id != NULL)
				assert_null(strmap_put(&ids, id, strlen(id), &u));
			if (href == NULL || strstr(href, ":") != NULL || (hash = strchr(href, '#')) == NULL)
				continue;
			if (hash != href) {
				const char *slash = strrchr(u.v[i].path, '/');

				to = file_of(&u, arena_printf(&j.arena, "%.*s%.*s", (int)(slash + 1 - u.v[i].path), u.v[i].path,
				                              (int)(hash - href), href));
			}
			assert_non_null(to);
			assert_non_null(by_id(&j, to, hash + 1));
			internal++;
		}
		strmap_free(&ids);
	}
	assert_true(internal > 40);
	discard(&u);
	buf_free(&epub);
	close_job(&j);
}

/* The words of every paragraph, heading and cell are in the book, each leaf's text unbroken. */
static void no_text_is_lost(void **state)
{
	struct unpacked u;
	struct buf epub, all;
	struct job j;
	size_t checked = 0;
	char *space;

	(void)state;
	open_job(&j, hard);
	cut_pages(&j, 3);
	write_job(&j, &epub);
	unpack(&epub, &u);
	buf_init(&all);
	for (size_t i = 0; i < u.n; i++)
		if (strncmp(u.v[i].path, "EPUB/text/", 10) == 0)
			text_after(xmlDocGetRootElement(u.v[i].xml), &all);
	while ((space = strstr(all.data, "\xc2\xa0")) != NULL) { /* those of references are verstka's */
		*space = ' ';
		memmove(space + 1, space + 2, strlen(space + 2) + 1);
	}
	for (const struct node *n = j.doc->root; n != NULL; n = doc_next(j.doc->root, n)) {
		if (n->kind != N_TEXT)
			continue;
		checked++;
		assert_non_null(strstr(all.data, arena_dup(&j.arena, n->u.text.s, n->u.text.len)));
	}
	assert_true(checked > 100);
	discard(&u);
	buf_free(&epub);
	buf_free(&all);
	close_job(&j);
}

/* The words that print begins page N with follow marker N; list and markers are one to one. */
static void pages_are_marked(void **state)
{
	struct unpacked u;
	struct buf epub;
	struct job j;
	size_t listed = 0;
	xmlNodePtr top;
	bool in_list = false;

	(void)state;
	open_job(&j, hard);
	cut_pages(&j, 4);
	write_job(&j, &epub);
	unpack(&epub, &u);
	top = xmlDocGetRootElement(file_of(&u, "EPUB/nav.xhtml"));
	for (xmlNodePtr n = top; n != NULL; n = next_element(top, n)) {
		const char *href = prop(&j, n, "href"), *id = prop(&j, n, "id"), *hash;
		const struct page *page = listed < j.pages->n ? &j.pages->v[listed] : NULL;
		xmlNodePtr mark;
		struct buf after;
		const char *words;
		size_t len;

		in_list |= id != NULL && strcmp(id, "page-list") == 0;
		if (!in_list || href == NULL)
			continue;
		assert_non_null(page);
		hash = strchr(href, '#');
		mark = by_id(&j, file_of(&u, arena_printf(&j.arena, "EPUB/%.*s", (int)(hash - href), href)), hash + 1);
		assert_non_null(mark);
		assert_string_equal(prop(&j, mark, "aria-label"), page->label);
		buf_init(&after);
		text_after(mark, &after);
		/* before a heading, not inside it (E-21): then the heading's first words */
		words = page->start->u.text.s + (page->start->parent->kind == N_TITLE ? 0 : page->start_offset);
		len = strlen(words) < 12 ? strlen(words) : 12;
		assert_true(strncmp(after.data + strspn(after.data, "\n"), words, len) == 0 ||
		            page->start->parent->kind == N_TITLE || page->start->parent->parent->kind == N_TITLE ||
		            page->start->parent->parent->kind == N_PULLQUOTE);
		buf_free(&after);
		listed++;
	}
	assert_int_equal(listed, j.pages->n);
	assert_true(listed > 10);
	discard(&u);
	buf_free(&epub);
	close_job(&j);
}

/* A page that begins with a box is marked before the topic, which stands above the name. */
static void page_of_a_box(void **state)
{
	struct unpacked u;
	struct buf epub;
	struct job j;
	struct node *box, *title, *topic;
	struct page *page;
	const char *mark, *name, *data;

	(void)state;
	open_job(&j, NULL);
	box = doc_node(j.doc, N_SIDEBAR, "sidebar", DIAG_NOWHERE);
	title = doc_node(j.doc, N_TITLE, "title", DIAG_NOWHERE);
	topic = doc_node(j.doc, N_SIDEDATA, "bibliomisc", DIAG_NOWHERE);
	topic->role = "topic";
	doc_append(title, doc_text(j.doc, "Name", 4, DIAG_NOWHERE));
	doc_append(topic, doc_text(j.doc, "Topic", 5, DIAG_NOWHERE));
	doc_append(box, title);
	doc_append(box, topic);
	doc_append(j.doc->root, box);
	j.pages = pages_new();
	for (int i = 1; i <= 2; i++) {
		page = pages_add(j.pages);
		page->number = i;
		page->label = i == 1 ? "1" : "2";
		page->start = title->first;
	}
	write_job(&j, &epub);
	unpack(&epub, &u);
	for (size_t i = 0; i < u.n; i++) {
		if (strcmp(u.v[i].path, "EPUB/text/001.xhtml") != 0)
			continue;
		data = strstr(u.v[i].data, "<aside");
		assert_non_null(data);
		mark = strstr(data, "pg2");
		topic = NULL;
		name = strstr(data, "Topic");
		assert_true(mark != NULL && name != NULL && mark < name && name < strstr(data, "Name"));
	}
	assert_null(topic);
	discard(&u);
	buf_free(&epub);
	close_job(&j);
}

/* Every note once, its mark and its way back in the same file; nothing to focus in what is hidden. */
static void notes_and_quotes(void **state)
{
	struct unpacked u;
	struct buf epub;
	struct job j;
	size_t notes = 0, hidden = 0, quotes = 0;

	(void)state;
	open_job(&j, hard);
	write_job(&j, &epub);
	unpack(&epub, &u);
	for (size_t i = 0; i < u.n; i++) {
		xmlNodePtr top = u.v[i].xml != NULL ? xmlDocGetRootElement(u.v[i].xml) : NULL;

		for (xmlNodePtr n = top; n != NULL; n = next_element(top, n)) {
			const char *role = prop(&j, n, "role"), *id = prop(&j, n, "id");

			if (role == NULL)
				continue;
			if (strcmp(role, "doc-footnote") == 0) {
				xmlNodePtr mark = by_id(&j, u.v[i].xml, arena_printf(&j.arena, "fnref%s", id + 2));

				assert_non_null(mark);
				assert_string_equal(prop(&j, mark, "href"), arena_printf(&j.arena, "#%s", id));
				notes++;
			}
			if (strcmp(role, "doc-pullquote") == 0) {
				quotes++;
				if (prop(&j, n, "aria-hidden") == NULL)
					continue;
				hidden++;
				for (xmlNodePtr c = n; c != NULL; c = next_element(n, c))
					assert_true(xmlStrcmp(c->name, (const xmlChar *)"a") != 0);
			}
		}
	}
	assert_int_equal(notes, j.doc->n_notes);
	assert_int_equal(quotes, 3);
	assert_int_equal(hidden, 1); /* the one that the section says word for word, without a name under it */
	discard(&u);
	buf_free(&epub);
	close_job(&j);
}

/* A page that begins with the title over a table or a figure begins in the book with its caption, or the picture above that. */
static void page_of_a_caption(void **state)
{
	struct unpacked u;
	struct buf epub;
	struct job j;
	int marks = 0;

	(void)state;
	open_job(&j, hard);
	j.pages = pages_new();
	for (const struct node *n = j.doc->root; n != NULL; n = doc_next(j.doc->root, n)) {
		bool captioned = n->kind == N_TITLE && (n->parent->kind == N_TABLE || n->parent->kind == N_FIGURE);
		struct page *page;

		if (n != j.doc->root && !captioned)
			continue;
		page = pages_add(j.pages);
		page->number = (int)j.pages->n;
		page->label = arena_printf(&j.pages->arena, "%d", page->number);
		page->start = n;
	}
	assert_true(j.pages->n >= 3);
	write_job(&j, &epub);
	unpack(&epub, &u);
	for (size_t i = 0; i < u.n; i++)
		for (const char *c = u.v[i].data; ends_with(u.v[i].path, ".xhtml") && (c = strstr(c, "epub:type=\"pagebreak\"")) != NULL; c++)
			marks++;
	assert_int_equal(marks, j.pages->n);
	for (size_t i = 0; i < j.log.n; i++)
		assert_string_not_equal(j.log.v[i].code, "epub-page");
	discard(&u);
	buf_free(&epub);
	close_job(&j);
}

/* A dash keeps to the word before it, and what makes one thing together, by style, not by another kind of space; code is left alone. */
static void dashes_are_bound(void **state)
{
	static const char *const parts[] = {
		"<span class=\"nb\">12 кг</span>", "<span class=\"nb\">18 400 ₽</span>", "<span class=\"nb\">И. В. Саенко,</span>",
		"<span class=\"nb\">§ 5,</span>", "на <span class=\"nb in\">8 %</span><em>," /* no place to break before what follows */
	};
	static const char want[] = "<p><span class=\"nb\">\xd0\xa2\xd1\x80\xd1\x83\xd0\xb4 \xe2\x80\x94</span> "
	                           "\xd1\x8d\xd1\x82\xd0\xbe <span class=\"nb\">\xd1\x82\xd1\x80\xd1\x83\xd0\xb4 "
	                           "\xe2\x80\x94</span> \xd0\xb8 <code>a \xe2\x80\x94 b</code>";
	struct unpacked u;
	struct buf epub;
	struct job j;
	bool found = false;
	int spaces = 0, units = 0;

	(void)state;
	open_job(&j, hard);
	write_job(&j, &epub);
	unpack(&epub, &u);
	for (size_t i = 0; i < u.n; i++) {
		found |= strstr(u.v[i].data, want) != NULL;
		for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
			units += strstr(u.v[i].data, parts[k]) != NULL;
		for (const char *c = u.v[i].data; ends_with(u.v[i].path, ".xhtml") && (c = strstr(c, "\xc2\xa0")) != NULL; c++)
			spaces++;
	}
	assert_true(found);
	assert_int_equal(units, sizeof parts / sizeof *parts);
	assert_int_equal(spaces, 3); /* in words that are verstka's own: the labels of a table and a figure, the reference to one */
	discard(&u);
	buf_free(&epub);
	close_job(&j);
}

static xmlNodePtr up(xmlNodePtr n, const char *name)
{
	for (; n != NULL && n->type == XML_ELEMENT_NODE; n = n->parent)
		if (xmlStrcmp(n->name, (const xmlChar *)name) == 0)
			return n;
	return NULL;
}

/* What scrolls sideways has its name outside, and the table is called by it. */
static void wide_tables(void **state)
{
	struct unpacked u;
	struct buf epub;
	struct job j;
	int scrolled = 0;

	(void)state;
	open_job(&j, hard);
	write_job(&j, &epub);
	unpack(&epub, &u);
	for (size_t i = 0; i < u.n; i++) {
		xmlNodePtr top = u.v[i].xml != NULL ? xmlDocGetRootElement(u.v[i].xml) : NULL;

		for (xmlNodePtr n = top; n != NULL; n = next_element(top, n)) {
			const char *class_name = prop(&j, n, "class"), *name;
			xmlNodePtr caption;

			if (class_name == NULL || strcmp(class_name, "scroll") != 0)
				continue;
			scrolled++;
			name = prop(&j, n, "aria-labelledby");
			assert_non_null(name);
			caption = by_id(&j, u.v[i].xml, name);
			assert_non_null(caption);
			assert_string_equal((const char *)caption->name, "figcaption");
			assert_ptr_equal(caption->parent, up(n, "figure"));
			for (xmlNodePtr c = n; c != NULL; c = next_element(n, c))
				assert_true(xmlStrcmp(c->name, (const xmlChar *)"caption") != 0);
		}
	}
	assert_int_equal(scrolled, 1);
	discard(&u);
	buf_free(&epub);
	close_job(&j);
}

/* The title of a figure stands above it, whatever is in it. */
static void figure_titles(void **state)
{
	struct unpacked u;
	struct buf epub;
	struct job j;
	int titled = 0;

	(void)state;
	open_job(&j, hard);
	write_job(&j, &epub);
	unpack(&epub, &u);
	for (size_t i = 0; i < u.n; i++) {
		xmlNodePtr top = u.v[i].xml != NULL ? xmlDocGetRootElement(u.v[i].xml) : NULL;

		for (xmlNodePtr n = top; n != NULL; n = next_element(top, n)) {
			if (xmlStrcmp(n->name, (const xmlChar *)"figcaption") != 0)
				continue;
			titled++;
			assert_null(xmlPreviousElementSibling(n));
		}
	}
	assert_true(titled > 1);
	discard(&u);
	buf_free(&epub);
	close_job(&j);
}

static void put_row(struct doc *d, struct node *table, int columns, bool head)
{
	struct node *row = doc_node(d, N_ROW, "row", DIAG_NOWHERE);

	row->u.row.group = head ? ROW_HEAD : ROW_BODY;
	doc_append(table, row);
	for (int i = 0; i < columns; i++) {
		struct node *cell = doc_node(d, N_CELL, "entry", DIAG_NOWHERE), *para = doc_node(d, N_PARA, "para", DIAG_NOWHERE);

		cell->u.cell.column = i;
		cell->u.cell.colspan = cell->u.cell.rowspan = 1;
		doc_append(para, doc_text(d, head ? i == 1 ? "Second" : "Head" : "x", head ? i == 1 ? 6 : 4 : 1, DIAG_NOWHERE));
		doc_append(cell, para);
		doc_append(row, cell);
	}
}

/* Only a table that fits a page scrolls, since readers cut what scrolls at the page's end; a longer one stands as it is,
 * and if it is very wide, row by row where the screen is narrow, each cell with the name of its column. */
static void forms_of_tables(void **state)
{
	static const struct { int columns, rows; bool scrolled, in_rows; } forms[] = {
		{ 3, 40, false, false }, { 4, 5, true, false }, { 4, 40, false, false }, { 5, 5, true, false }, { 5, 40, false, true },
	};

	(void)state;
	for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
		struct unpacked u;
		struct buf epub;
		struct job j;
		struct node *table;
		const char *text = NULL;

		open_job(&j, NULL);
		table = doc_node(j.doc, N_TABLE, "informaltable", DIAG_NOWHERE);
		table->u.table.columns = forms[k].columns;
		doc_append(j.doc->root, table);
		for (int i = 0; i < forms[k].rows; i++)
			put_row(j.doc, table, forms[k].columns, i == 0);
		write_job(&j, &epub);
		unpack(&epub, &u);
		for (size_t i = 0; i < u.n; i++)
			if (strcmp(u.v[i].path, "EPUB/text/001.xhtml") == 0)
				text = u.v[i].data;
		assert_non_null(text);
		assert_int_equal(strstr(text, "class=\"scroll\"") != NULL, forms[k].scrolled);
		assert_int_equal(strstr(text, "<table class=\"rows\"") != NULL, forms[k].in_rows);
		assert_int_equal(strstr(text, "<td data-head=\"Second\">x") != NULL, forms[k].in_rows);
		discard(&u);
		buf_free(&epub);
		close_job(&j);
	}
}

/* ---- the last look ------------------------------------------------------------------------------------- */

/* The first `old` of the file becomes `new`. */
static const struct { const char *what, *path, *old, *new; } breaks[] = {
	{ "not closed", "text/001.xhtml", "</html>", "" },
	{ "closes nothing", "text/001.xhtml", "</section>", "</div>" },
	{ "an id twice", "text/001.xhtml", "<p>", "<p id=\"titlepage\">" },
	{ "an id twice", "text/002.xhtml", "<p>", "<p id=\"\">" },
	{ "leads nowhere", "text/001.xhtml", "../css/book.css", "../css/other.css" },
	{ "leads nowhere", "nav.xhtml", "#pg2", "#pg222" },
	{ "no words in it: title", "text/001.xhtml", "<title>", "<title></title><title>" },
	{ "no words in it: h1", "text/001.xhtml", "<h1", "<h1></h1><h1" },
	{ "no words in it: a", "nav.xhtml", "<li><a ", "<li><a></a></li><li><a " },
	{ "no words in it: th", "text/001.xhtml", "<section", "<table><tr><th scope=\"row\"></th></tr></table><section" },
	{ "an empty paragraph", "text/002.xhtml", "<section", "<p> </p><section" },
	{ "skips a level", "text/002.xhtml", "<section", "<h6>x</h6><section" },
	{ "without scope", "text/002.xhtml", "<section", "<table><tr><th>x</th></tr></table><section" },
	{ "a picture without alt", "text/cover.xhtml", " alt=", " title=" },
	{ "xml:lang and lang differ", "text/001.xhtml", " lang=\"ru\"", " lang=\"en\"" },
	{ "no language", "text/001.xhtml", " xml:lang=\"ru\" lang=\"ru\"", "" },
	{ "not composed", "text/001.xhtml", "<section", "\xd0\xb8\xcc\x86<section" },
	{ "a mark without its note", "text/002.xhtml", " epub:type=\"footnote\"", "" },
	{ "a note without a way back", "text/002.xhtml", " epub:type=\"backlink\"", "" },
	{ "a note without a way back", "text/002.xhtml", " epub:type=\"noteref\"", "" },
	{ "does not stand behind its mark", "text/002.xhtml", "<body>",
	  "<body><aside id=\"f\" epub:type=\"footnote\"><a epub:type=\"backlink\" href=\"#g\">x</a></aside>"
	  "<a id=\"g\" epub:type=\"noteref\" href=\"#f\">x</a>" },
	{ "two ways back", "text/002.xhtml", "<a class=\"backlink\"",
	  "<a epub:type=\"backlink\" href=\"#fn1\">x</a><a class=\"backlink\"" },
	{ "page list", "nav.xhtml", "#pg2\">2<", "#pg2\">3<" },
	{ "page list", "text/002.xhtml", " epub:type=\"pagebreak\"", "" },
	{ "without id or label", "text/002.xhtml", "<body>", "<body><span epub:type=\"pagebreak\"></span>" },
	{ "contents out of order", "nav.xhtml", "<li><a href=\"text/001.xhtml",
	  "<li><a href=\"text/002.xhtml#s-5\">x</a></li><li><a href=\"text/001.xhtml" },
	{ "no contents", "nav.xhtml", "epub:type=\"toc\"", "epub:type=\"lot\"" },
	{ "its pages are not the markers", "toc.ncx", "<text>2</text>", "<text>3</text>" },
	{ "its contents are not those", "toc.ncx", "src=\"text/001.xhtml", "src=\"text/002.xhtml" },
	{ "hidden from speech", "text/002.xhtml", "<body>", "<body><p aria-hidden=\"true\"><a href=\"#fn1\">x</a></p>" },
	{ "lists what is not there", "package.opf", "css/book.css", "css/other.css" },
	{ "does not list every file", "package.opf", "<item id=\"css\"", "<itme id=\"css\"" },
};

/* Every kind of fault is found, and none in what is whole. */
static void last_look(void **state)
{
	struct unpacked u;
	struct buf epub;
	struct job j;
	struct audit_file files[64];
	size_t n = 0;

	(void)state;
	open_job(&j, hard);
	cut_pages(&j, 3);
	write_job(&j, &epub);
	unpack(&epub, &u);
	for (size_t i = 0; i < u.n; i++)
		if (strncmp(u.v[i].path, "EPUB/", 5) == 0)
			files[n++] = (struct audit_file){ u.v[i].path + 5, u.v[i].data, u.v[i].len };
	assert_true(audit_files(files, n, &j.log));
	for (size_t k = 0; k < sizeof breaks / sizeof *breaks; k++) {
		struct audit_file whole = { NULL, NULL, 0 }, *f = NULL;
		struct diag_log log;
		struct buf broken;
		const char *at;
		bool said = false;

		for (size_t i = 0; i < n; i++)
			if (strcmp(files[i].path, breaks[k].path) == 0)
				whole = *(f = &files[i]);
		assert_non_null(f);
		at = strstr(f->data, breaks[k].old);
		if (at == NULL)
			fail_msg("nothing to break: %s", breaks[k].old);
		buf_init(&broken);
		buf_put(&broken, f->data, (size_t)(at - f->data));
		buf_puts(&broken, breaks[k].new);
		buf_puts(&broken, at + strlen(breaks[k].old));
		f->data = broken.data;
		f->len = broken.len;
		diag_init(&log);
		assert_false(audit_files(files, n, &log));
		for (size_t i = 0; i < log.n; i++)
			said |= strstr(log.v[i].text, breaks[k].what) != NULL && strcmp(log.v[i].code, "epub-audit") == 0;
		if (!said)
			fail_msg("%s: not said, but: %s", breaks[k].what, log.v[0].text);
		diag_free(&log);
		buf_free(&broken);
		*f = whole;
	}
	assert_true(audit_files(files, n, &j.log));
	discard(&u);
	buf_free(&epub);
	close_job(&j);
}

/* What the sheets must say and must not (E-64..E-70). */
static void sheets(void **state)
{
	static const struct { const char *path, *says; bool must; } rules[] = {
		{ "book", "font-weight: normal; font-style: italic; font-size: 1em; line-height: 1.45; text-align: left; }\n.attr", true },
		{ "modern", "aside.pullquote p, aside.sidebar, aside.sidebar .sidebar-title, figcaption, caption, "
		            "div.source, .imprint p { text-align: start; }", true },
		{ "book", ".bibliography > p, .bibliography > p + p { padding-left: 1.4em; text-indent: -1.4em; }", true },
		{ "book", "section > p, section > p + p { padding-left: 1em; text-indent: -1em; }", true }, /* see below */
		{ "modern", "li:before { content: \"\"", true }, { "modern", "background-color: currentColor", true },
		{ "book", "direction:", false }, { "book", "unicode-bidi", false }, { "book", "!important", false },
		{ "modern", "direction:", false }, { "modern", "unicode-bidi", false }, { "modern", "!important", false },
		{ "book", "@media", false }, { "book", "@supports", false }, { "book", "position: fixed", false },
		{ "modern", "position: fixed", false }, { "book", "display: none", false }, { "modern", "display: none", false },
	};
	struct unpacked u;
	struct buf epub;
	struct job j;

	(void)state;
	open_job(&j, hard);
	j.theme->par[PS_BODY].indent = -j.theme->par[PS_BODY].size;
	write_job(&j, &epub);
	unpack(&epub, &u);
	for (size_t k = 0; k < sizeof rules / sizeof *rules; k++)
		for (size_t i = 0; i < u.n; i++)
			if (strcmp(u.v[i].path, arena_printf(&j.arena, "EPUB/css/%s.css", rules[k].path)) == 0 &&
			    (strstr(u.v[i].data, rules[k].says) != NULL) != rules[k].must)
				fail_msg("%s %s: %s", u.v[i].path, rules[k].must ? "does not say" : "says", rules[k].says);
	discard(&u);
	buf_free(&epub);
	close_job(&j);
}

/* Long chapters are split, short ones are not; a tree of any depth is written, with its words. */
static void sizes(void **state)
{
	static const char words[] = "Some words that are said again and again until the chapter is long. ";
	struct job j;
	struct buf epub;
	struct unpacked u;
	struct node *deep;
	size_t texts = 0;

	(void)state;
	open_job(&j, NULL);
	for (int s = 0; s < 3; s++) {
		struct node *section = doc_node(j.doc, N_DIVISION, "section", DIAG_NOWHERE);
		struct node *title = doc_node(j.doc, N_TITLE, "title", DIAG_NOWHERE);

		section->u.division.what = DIV_SECTION;
		doc_append(j.doc->root, section);
		doc_append(section, title);
		doc_append(title, doc_text(j.doc, "T", 1, DIAG_NOWHERE));
		for (int i = 0; i < (s == 1 ? 8000 : 10); i++) {
			struct node *para = doc_node(j.doc, N_PARA, "para", DIAG_NOWHERE);

			doc_append(section, para);
			doc_append(para, doc_text(j.doc, words, sizeof words - 1, DIAG_NOWHERE));
		}
	}
	deep = j.doc->root->last;
	for (int i = 0; i < 5000; i++) {
		struct node *group = doc_node(j.doc, i % 2 == 0 ? N_GROUP : N_BLOCKQUOTE, "x", DIAG_NOWHERE);

		doc_append(deep, group);
		deep = group;
	}
	doc_append(deep, doc_node(j.doc, N_PARA, "para", DIAG_NOWHERE));
	doc_append(deep->first, doc_text(j.doc, "the bottom", 10, DIAG_NOWHERE));
	doc_finish(j.doc, NULL, &j.log, true);
	write_job(&j, &epub);
	unpack(&epub, &u);
	for (size_t i = 0; i < u.n; i++) {
		if (strncmp(u.v[i].path, "EPUB/text/0", 11) != 0)
			continue;
		texts++;
		assert_true(u.v[i].len < 260000);
		if (strstr(u.v[i].data, "the bottom") != NULL)
			deep = NULL;
	}
	assert_true(texts >= 5 && texts <= 10);
	assert_null(deep);
	discard(&u);
	buf_free(&epub);
	close_job(&j);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses), cmocka_unit_test(identifiers), cmocka_unit_test(container),
		cmocka_unit_test(fonts_are_renamed), cmocka_unit_test(png), cmocka_unit_test(covers), cmocka_unit_test(cover_right_to_left),
		cmocka_unit_test(same_bytes), cmocka_unit_test(links_hold), cmocka_unit_test(no_text_is_lost),
		cmocka_unit_test(pages_are_marked), cmocka_unit_test(page_of_a_box), cmocka_unit_test(notes_and_quotes),
		cmocka_unit_test(page_of_a_caption),
		cmocka_unit_test(dashes_are_bound), cmocka_unit_test(wide_tables), cmocka_unit_test(figure_titles),
		cmocka_unit_test(forms_of_tables),
		cmocka_unit_test(last_look), cmocka_unit_test(sheets),
		cmocka_unit_test(sizes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
