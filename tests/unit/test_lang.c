/* The registry: tags, words, quotation marks; quotation marks in the tree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "doc/doc.h"
#include "doc/number.h"
#include "lang/lang.h"
#include "lang/numbers.h"
#include "lang/rules.h"
#include "lang/textpass.h"

static void tags_find_rules(void **state)
{
	static const char *const pairs[][2] = {
		{ "ru", "ru" }, { "ru-RU", "ru" }, { "RU_ru", "ru" }, { "en", "en" }, { "en-GB", "en" }, { "en-US", "en-us" },
		{ "en-us", "en-us" }, { "zh-Hans", "zh" }, { "pt-BR", "pt-br" }, { "pt-PT", "pt" }, { "fr-CA", "fr" },
		{ "sr-Latn", "sr" }, { "x-klingon", "und" }, { "", "und" }, { "rub", "und" }, { "no spaces", "und" },
		{ "a-tag-that-is-longer-than-any-tag-has-a-right-to-be", "und" },
	};
	struct diag_log log;
	struct langs *l = langs_open(NULL);

	(void)state;
	diag_init(&log);
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		assert_string_equal(langs_lookup(l, pairs[i][0], &log)->rules->code, pairs[i][1]);
	assert_ptr_equal(langs_lookup(l, "ru", &log), langs_lookup(l, "RU", &log));
	assert_string_equal(lang_tag(langs_lookup(l, "zh-Hans", &log)), "zh-Hans");
	assert_string_equal(langs_lookup(l, NULL, NULL)->rules->code, "und");
	assert_true(lang_is_rtl(langs_lookup(l, "ar-EG", &log)));
	assert_false(lang_is_rtl(langs_lookup(l, "ru", &log)));
	langs_close(l);
	diag_free(&log);
}

/* A source may name thousands of languages; memory stays bounded, and no lookup fails. */
static void many_tags(void **state)
{
	struct diag_log log;
	struct langs *l = langs_open(NULL);
	char tag[32];

	(void)state;
	diag_init(&log);
	for (int i = 0; i < 5000; i++) {
		snprintf(tag, sizeof tag, "x%d", i);
		assert_non_null(langs_lookup(l, tag, &log));
	}
	assert_true(l->n_tags <= 200);
	assert_int_equal(log.n, 0);
	langs_close(l);
	diag_free(&log);
}

static void numbers_by_custom(void **state)
{
	static const char *const all[][4] = {
		{ "ru", "en", "33,3 %", "33.3%" }, { "ru", "zh-Hans", "30 %", "30%" }, { "ru", "fr", "36,7 %", "36,7\xC2\xA0%" },
		{ "ru", "es", "36,7%", "36,7\xC2\xA0%" }, { "ru", "ar", "33,3 %", "33.3%" }, { "ru", "uk", "33,3 %", "33,3%" },
		{ "ru", "ky", "33,3 %", "33,3%" }, { "ru", "en", "12\xC2\xA0""345,67", "12,345.67" }, { "en", "ru", "1,234.5", "1\xC2\xA0""234,5" },
		{ "ru", "en", "\xE2\x88\x92""1,5", "\xE2\x88\x92""1.5" }, { "ru", "en", "2014", "2014" }, { "ru", "en", "2.1", "2.1" },
		{ "ru", "en", "10:30", "10:30" }, { "ru", "en", "5 кг", "5 кг" }, { "ru", "en", "1,2,3", "1,2,3" }, { "ru", "en", "%", "%" },
		{ "ru", "ru", "33,3 %", "33,3 %" }, { "ru", "en", "", "" }, { "ru", "en", "1 2", "1 2" },
	};
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		const char *s = numbers_translate(all[i][0], all[i][1], &a, all[i][2], strlen(all[i][2]));

		if (strcmp(s, all[i][3]) != 0)
			fail_msg("%s in %s: \"%s\", not \"%s\"", all[i][2], all[i][1], s, all[i][3]);
	}
	arena_free(&a);
}

static void every_word_is_there(void **state)
{
	static const char *const tags[] = { "ru", "en", "en-US", "uk", "fr", "es", "de", "pl", "el", "zh-Hans", "ja", "ar", "fa", "he", "ur",
		                           "ky", "it" };
	struct diag_log log;
	struct langs *l = langs_open(NULL);
	const struct lang *en;

	(void)state;
	diag_init(&log);
	en = langs_lookup(l, "en", &log);
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
		const struct lang *lang = langs_lookup(l, tags[i], &log);
		int own = 0;

		for (int w = 0; w < W_COUNT; w++) {
			const char *s = lang_word(lang, (enum lang_word)w);

			assert_non_null(s);
			assert_true(s[0] != '\0' && utf8_is_valid(s, strlen(s)));
			own += strcmp(s, lang_word(en, (enum lang_word)w)) != 0;
		}
		if (i >= 3 && i < 16)
			assert_true(own > W_COUNT * 2 / 3);
	}
	assert_string_equal(lang_word(langs_lookup(l, "ru", &log), W_FIGURE_REF), "рис.");
	assert_string_equal(lang_word(langs_lookup(l, "ru", &log), W_APPENDIX_REF), "прил.");
	/* GOST 2.105: no Ё З Й О Ч Ь Ы Ъ */
	assert_string_equal(lang_capitals(langs_lookup(l, "ru", &log)), "АБВГДЕЖИКЛМНПРСТУФХЦШЩЭЮЯ");
	assert_string_equal(lang_capitals(langs_lookup(l, "el", &log)), "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ");
	assert_string_equal(lang_capitals(langs_lookup(l, "en", &log)), "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	assert_string_equal(lang_word(langs_lookup(l, "it", &log), W_CONTENTS), "Contents");
	langs_close(l);
	diag_free(&log);
}

static void quotes(void **state)
{
	static const char *const cases[][5] = {
		{ "ru", "«", "»", "„", "“" }, { "uk", "«", "»", "„", "“" }, { "ky", "«", "»", "„", "“" },
		{ "en", "‘", "’", "“", "”" }, { "en-US", "“", "”", "‘", "’" }, { "es", "«", "»", "“", "”" },
		{ "fr", "«\xe2\x80\xaf", "\xe2\x80\xaf»", "“", "”" }, { "de", "„", "“", "‚", "‘" },
		{ "zh-Hans", "“", "”", "‘", "’" }, { "ja", "「", "」", "『", "』" }, { "sv", "”", "”", "’", "’" },
		{ "xx", "“", "”", "‘", "’" },
	};
	struct diag_log log;
	struct langs *l = langs_open(NULL);

	(void)state;
	diag_init(&log);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct lang *lang = langs_lookup(l, cases[i][0], &log);

		for (int level = 0; level < 4; level++) {
			assert_string_equal(lang_quote(lang, level, false), cases[i][1 + level % 2 * 2]);
			assert_string_equal(lang_quote(lang, level, true), cases[i][2 + level % 2 * 2]);
		}
	}
	langs_close(l);
	diag_free(&log);
}

static struct node *put(struct doc *d, struct node *parent, enum node_kind kind)
{
	struct node *n = doc_node(d, kind, NULL, DIAG_NOWHERE);

	doc_append(parent, n);
	return n;
}

static struct node *put_quote(struct doc *d, struct node *parent)
{
	struct node *n = put(d, parent, N_SPAN);

	n->u.span.kind = SPAN_QUOTE;
	return n;
}

/* «a „b“», a note with a quotation of its own level, an English quotation in Russian text, an empty one. */
static void quotes_in_the_tree(void **state)
{
	struct diag_log log;
	struct langs *l = langs_open(NULL);
	struct doc *d = doc_new();
	struct node *para, *outer, *inner, *note, *english;
	char *text;

	(void)state;
	diag_init(&log);
	d->lang = "ru";
	d->root = doc_node(d, N_ROOT, NULL, DIAG_NOWHERE);
	para = put(d, d->root, N_PARA);
	outer = put_quote(d, para);
	doc_append(outer, doc_text(d, "a ", 2, DIAG_NOWHERE));
	inner = put_quote(d, outer);
	doc_append(inner, doc_text(d, "b", 1, DIAG_NOWHERE));
	note = put(d, put(d, outer, N_FOOTNOTE), N_PARA);
	doc_append(put_quote(d, note), doc_text(d, "c", 1, DIAG_NOWHERE));
	english = put_quote(d, para);
	english->lang = "en";
	doc_append(english, doc_text(d, "d", 1, DIAG_NOWHERE));
	inner = put_quote(d, english);
	doc_append(inner, doc_text(d, "e", 1, DIAG_NOWHERE));
	put_quote(d, para);
	textpass_quotes(d, l, &(struct text_switches){ .quotes = true }, &(struct text_counts){ 0 }, &log);
	text = doc_plain_text(&d->arena, para, false);
	assert_string_equal(text, "«a „b“»«d“e”»«»");
	text = doc_plain_text(&d->arena, note, true);
	assert_string_equal(text, "«c»");
	assert_true(outer->first->u.text.generated && outer->last->u.text.generated);
	assert_string_equal(doc_lang(d, english->first), "ru");
	assert_string_equal(doc_lang(d, english->first->next), "en");
	doc_free(d);
	langs_close(l);
	diag_free(&log);
}

static void words_for_numbering(void **state)
{
	struct diag_log log;
	struct langs *l = langs_open(NULL);
	struct doc_words w;

	(void)state;
	diag_init(&log);
	lang_words_for_doc(langs_lookup(l, "ru", &log), &w);
	assert_string_equal(w.figure, "рис.");
	assert_string_equal(w.page, "с.");
	assert_string_equal(w.quote_open, "«");
	assert_string_equal(w.quote_close, "»");
	langs_close(l);
	diag_free(&log);
}

static void own_digits(void **state)
{
	struct langs *l = langs_open(NULL);
	struct diag_log log;
	struct arena a;
	const char *plain = "12 A4";

	(void)state;
	diag_init(&log);
	arena_init(&a);
	assert_string_equal(lang_digits(langs_lookup(l, "ar-EG", &log), &a, "1990, A4 (25)", 13), "١٩٩٠, A4 (٢٥)");
	assert_string_equal(lang_digits(langs_lookup(l, "fa", &log), &a, "7 ", 2), "۷ ");
	assert_string_equal(lang_digits(langs_lookup(l, "ar", &log), &a, " ", 1), " ");
	assert_ptr_equal(lang_digits(langs_lookup(l, "he", &log), &a, plain, 5), plain);
	assert_ptr_equal(lang_digits(langs_lookup(l, "ru", &log), &a, plain, 5), plain);
	plain = "A4";
	assert_ptr_equal(lang_digits(langs_lookup(l, "ar", &log), &a, plain, 2), plain);
	arena_free(&a);
	diag_free(&log);
	langs_close(l);
}

static void signs_between_words(void **state)
{
	static const struct { const char *tag, *comma, *stop, *label, *wide; } cases[] = {
		{ "ru", ", ", ". ", ". ", ".\xE2\x80\x82" }, { "fr", ", ", ". ", ". ", ".\xE2\x80\x82" },
		{ "ar", "، ", ". ", ". ", ".\xE2\x80\x82" }, { "ur", "، ", "۔ ", ". ", ".\xE2\x80\x82" },
		{ "zh-Hans", "，", "。", "\xE3\x80\x80", "\xE3\x80\x80" }, { "ja", "、", "。", "\xE3\x80\x80", "\xE3\x80\x80" },
	};
	struct langs *l = langs_open(NULL);
	struct diag_log log;

	(void)state;
	diag_init(&log);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct lang *lang = langs_lookup(l, cases[i].tag, &log);

		assert_string_equal(lang_comma(lang), cases[i].comma);
		assert_string_equal(lang_stop(lang), cases[i].stop);
		assert_string_equal(lang_after_label(lang, false), cases[i].label);
		assert_string_equal(lang_after_label(lang, true), cases[i].wide);
	}
	diag_free(&log);
	langs_close(l);
}

static void languages_without_words(void **state)
{
	static const struct { const char *tag; int warnings; bool hint; } cases[] = {
		{ "ru", 0, false }, { "EN", 0, false }, { "en-US", 0, false }, { "ky", 0, false }, { "it", 1, false }, { "ka", 1, true },
		{ "und", 0, false },
	};
	struct langs *l = langs_open(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct diag_log log;

		diag_init(&log);
		lang_check_words(langs_lookup(l, cases[i].tag, NULL), DIAG_NOWHERE, &log);
		assert_int_equal(log.warnings, cases[i].warnings);
		assert_true(cases[i].warnings == 0 || (log.v[log.n - 1].hint != NULL) == cases[i].hint);
		diag_free(&log);
	}
	langs_close(l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tags_find_rules),
		cmocka_unit_test(many_tags),
		cmocka_unit_test(every_word_is_there), cmocka_unit_test(numbers_by_custom),
		cmocka_unit_test(quotes),
		cmocka_unit_test(quotes_in_the_tree),
		cmocka_unit_test(words_for_numbering),
		cmocka_unit_test(own_digits), cmocka_unit_test(signs_between_words),
		cmocka_unit_test(languages_without_words),
	};

	return cmocka_run_group_tests_name("lang", tests, NULL, NULL);
}
