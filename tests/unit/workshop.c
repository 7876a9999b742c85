#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "workshop.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/resource.h"
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
