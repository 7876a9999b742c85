#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "workshop.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/resource.h"
#include "lang/dates.h"
#include "lang/textpass.h"
#include "read/docbook.h"
#include "read/fontmap.h"
#include "read/theme.h"

struct workshop *workshop_open(const char *theme)
{
	struct workshop *w = mem_zalloc(1, sizeof *w);
	struct resource r = resource_lookup("theme.xml");

	diag_init(&w->log);
	if (theme != NULL) {
		char *data;
		size_t len;

		assert_true(file_read(theme, 1 << 22, &w->log, DIAG_NOWHERE, &data, &len));
		w->theme = theme_read(data, len, theme, "ru", &w->log);
		mem_free(data);
	} else {
		w->theme = theme_read(r.data, r.len, "theme.xml", "ru", &w->log);
	}
	r = resource_lookup("fonts.xml");
	w->map = fontmap_read(r.data, r.len, "fonts.xml", &w->log);
	if (w->theme == NULL || w->map == NULL)
		diag_print(&w->log, 0, stderr, DIAG_TEXT);
	assert_non_null(w->theme);
	assert_non_null(w->map);
	w->fonts = fonts_open(w->map, &w->log);
	assert_non_null(w->fonts);
	w->shaper = shaper_open(w->fonts);
	w->langs = langs_open(NULL);
	w->doc = doc_new();
	w->doc->lang = "ru";
	w->doc->root = doc_node(w->doc, N_ROOT, "article", DIAG_NOWHERE);
	w->l = (struct layout){ .doc = w->doc, .theme = w->theme, .fonts = w->fonts, .shaper = w->shaper, .langs = w->langs,
		                .log = &w->log };
	arena_init(&w->l.arena);
	w->style = (struct par_style){ .family = "Serif", .size = SP_PT(10), .leading = SP_PT(14), .align = SET_JUSTIFY,
		                       .hyphenate = true, .protrude = true, .expansion = 20, .widows = 2, .orphans = 2 };
	return w;
}

void workshop_close(struct workshop *w)
{
	par_forget_all(&w->l);
	arena_free(&w->l.arena);
	break_list_free(&w->l.breaks);
	mem_free(w->l.in_flow);
	doc_free(w->doc);
	langs_close(w->langs);
	shaper_close(w->shaper);
	fonts_close(w->fonts);
	fontmap_free(w->map);
	theme_free(w->theme);
	diag_free(&w->log);
	mem_free(w);
}

struct node *workshop_para(struct workshop *w, const char *text)
{
	struct node *n = doc_node(w->doc, N_PARA, "para", DIAG_NOWHERE);

	if (*text != '\0')
		doc_append(n, doc_text(w->doc, text, strlen(text), DIAG_NOWHERE));
	doc_append(w->doc->root, n);
	return n;
}

struct par *workshop_par(struct workshop *w, const char *text)
{
	struct par_source src = { .node = workshop_para(w, text), .style = &w->style };

	return par_new(&w->l, &src);
}

size_t workshop_count(const struct diag_log *log, const char *code)
{
	size_t n = 0;

	for (size_t i = 0; i < log->n; i++)
		n += strcmp(log->v[i].code, code) == 0;
	return n;
}

struct doc *workshop_read(const char *xml, size_t len, struct diag_log *log)
{
	char folder[] = "/tmp/verstka-unit-XXXXXX", path[64], image[64], *png = NULL;
	struct read_options ro = { .lenient = false };
	size_t png_len;
	struct doc *d;

	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/a.xml", folder);
	snprintf(image, sizeof image, "%s/a.png", folder);
	assert_true(file_write(path, xml, len, log));
	assert_true(file_read("tests/docs/images/ring.png", 1 << 20, log, DIAG_NOWHERE, &png, &png_len));
	assert_true(file_write(image, png, png_len, log));
	mem_free(png);
	d = docbook_read(path, &ro, log);
	unlink(path);
	unlink(image);
	rmdir(folder);
	if (d == NULL || log->errors > 0)
		diag_print(log, 0, stderr, DIAG_TEXT);
	assert_non_null(d);
	return d;
}

struct set *workshop_set(struct workshop *w, const char *root, const char *lang, const char *body)
{
	struct set *s = mem_zalloc(1, sizeof *s);
	struct layout_options lo = { 0 };
	struct doc_words words;
	struct buf xml;

	s->w = w;
	diag_init(&s->log);
	buf_init(&xml);
	buf_printf(&xml, "<%s xmlns='http://docbook.org/ns/docbook' xmlns:xl='http://www.w3.org/1999/xlink' version='5.0' xml:lang='%s'>",
	           root, lang);
	buf_puts(&xml, body);
	buf_printf(&xml, "</%s>", root);
	s->doc = workshop_read(xml.data, xml.len, &s->log);
	buf_free(&xml);
	textpass_quotes(s->doc, w->langs, &(struct text_switches){ .quotes = true, .titles = true }, &(struct text_counts){ 0 }, &s->log);
	dates_in_front(s->doc, w->langs, &s->log);
	lang_words_for_doc(langs_lookup(w->langs, lang, &s->log), &words);
	doc_finish(s->doc, &words, &s->log, false);
	s->pages = layout_document(s->doc, w->theme, w->fonts, w->shaper, w->langs, &lo, &s->log);
	if (s->log.errors > 0)
		diag_print(&s->log, 0, stderr, DIAG_TEXT);
	assert_int_equal(s->log.errors, 0);
	assert_non_null(s->pages);
	return s;
}

struct set *workshop_set_right(struct workshop *w, const char *root, const char *lang, const char *body)
{
	struct set *s = workshop_set(w, root, lang, body);

	if (!pages_check(s->pages, s->doc, true, &s->log)) {
		diag_print(&s->log, 0, stderr, DIAG_TEXT);
		fail_msg("an invariant of the pages is broken");
	}
	return s;
}

void set_drop(struct set *s)
{
	pages_free(s->pages);
	doc_free(s->doc);
	diag_free(&s->log);
	mem_free(s);
}

bool set_look_for(const struct set *s, const char *text, int n, struct spot *out)
{
	for (size_t p = 0; p < s->pages->n; p++) {
		for (size_t i = 0; i < s->pages->v[p].n; i++) {
			const struct item *it = &s->pages->v[p].items[i];

			if (it->kind != ITEM_TEXT || it->u.text.len < strlen(text) || it->role == ROLE_RUNNING_HEAD ||
			    it->role == ROLE_REPEATED || memcmp(it->u.text.text, text, strlen(text)) != 0 || n-- > 0)
				continue;
			*out = (struct spot){ p, it->x, it->y, it };
			return true;
		}
	}
	return false;
}

struct spot set_spot(const struct set *s, const char *text)
{
	struct spot found = { 0 };

	if (!set_look_for(s, text, 0, &found))
		fail_msg("not on any page: %s", text);
	return found;
}

uint32_t workshop_random(uint64_t *seed, uint32_t below)
{
	uint64_t z = *seed += 0x9E3779B97F4A7C15u;

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return (uint32_t)((z ^ z >> 31) % below);
}

void workshop_prose(uint64_t *seed, int n, struct buf *out)
{
	static const char *const words[] = {
		"в", "и", "на", "не", "с", "по", "для", "они", "работа", "право", "закон", "улица", "город", "опрос", "помощь",
		"женщины", "полиция", "здоровье", "участники", "насилие", "безопасность", "исследование", "организация",
		"законодательство", "криминализация", "декриминализация", "правоохранительные", "секс-работники", "равные",
		"из", "за", "к", "бы", "же", "том", "числе", "который", "является", "клиенты", "доступ", "услуги", "врачи",
		"самоорганизация", "социально-экономический", "2014", "18", "июня", "г.", "Европа", "ВИЧ", "стигма",
		"сообщество", "публикация", "т. е.", "д-р", "№ 5", "15 %", "«тихий", "омут»", "(см.", "рис. 2)",
	};
	static const char *const signs[] = { "", "", "", "", "", "", "", "", ",", ",", ":", ";", ".", "?", " —", "..." };

	for (int i = 0; i < n; i++) {
		bool last = i + 1 == n;

		if (workshop_random(seed, 90) == 0)
			buf_puts(out, "https://www.example.org/otchyot/2014?tema=pravo&lang=ru");
		else
			buf_puts(out, words[workshop_random(seed, sizeof words / sizeof *words)]);
		buf_puts(out, last ? "." : signs[workshop_random(seed, sizeof signs / sizeof *signs)]);
		if (!last)
			buf_puts(out, " ");
	}
}

void workshop_put_para(uint64_t *seed, int words, struct buf *out)
{
	struct buf text;

	buf_init(&text);
	workshop_prose(seed, words, &text);
	buf_puts(out, "<para>");
	buf_put_xml(out, text.data, text.len);
	buf_puts(out, "</para>\n");
	buf_free(&text);
}
