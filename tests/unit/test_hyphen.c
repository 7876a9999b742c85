/* Hyphenation: the golden list, minima, exceptions files, a missing dictionary. */
#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <hyphen.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "lang/lang.h"
#include "lang/patterns.h"
#include "lang/rules.h"

/* The word with '-' at its points, by lang_breaks. */
static void divide(const struct lang *lang, const char *word, int left, int right, struct buf *out)
{
	struct break_rules rules = { .hyphenate = true, .left_min = left, .right_min = right };
	struct lang_run run = { 0, (uint32_t)strlen(word), lang, false };
	struct break_list list = { 0 };
	size_t last = 0;

	lang_breaks(word, strlen(word), &run, 1, &rules, &list);
	buf_clear(out);
	for (size_t i = 0; i < list.n; i++) {
		buf_put(out, word + last, list.v[i].at - last);
		buf_puts(out, list.v[i].kind == BREAK_HYPHEN ? "-" : "?");
		last = list.v[i].at;
	}
	buf_puts(out, word + last);
	break_list_free(&list);
}

/* Without the hyphens, and with {301} as the character. */
static void plain_word(const char *divided, struct buf *word, struct buf *shown)
{
	buf_clear(word);
	buf_clear(shown);
	for (const char *s = divided; *s != '\0'; s++) {
		if (*s == '{') {
			uint32_t cp = (uint32_t)strtoul(s + 1, NULL, 16);

			buf_put_utf8(word, cp);
			buf_put_utf8(shown, cp);
			s = strchr(s, '}');
			assert_non_null(s);
			continue;
		}
		if (*s != '-')
			buf_putc(word, *s);
		buf_putc(shown, *s);
	}
}

struct bufs {
	struct buf word, first, second, got;
};

static int check_word(struct langs *l, struct diag_log *log, char *line, int number, struct bufs *b)
{
	char *tab = strchr(line, '\t'), *tab2, *slash = strchr(line, '/');
	int left = 0, right = 0;
	size_t warned = log->warnings;
	const struct lang *lang;

	assert_non_null(tab);
	*tab = '\0';
	if (slash != NULL && slash < tab) {
		left = slash[1] - '0';
		right = slash[3] - '0';
		*slash = '\0';
	}
	lang = langs_lookup(l, line, log);
	if (log->warnings != warned)
		print_message("SKIPPED: %s has no dictionary here\n", line);
	if (lang->hyphenator != NULL && log->warnings != warned)
		return 0;
	tab2 = strchr(tab + 1, '\t');
	if (tab2 != NULL)
		*tab2 = '\0';
	plain_word(tab + 1, &b->word, &b->first);
	divide(lang, b->word.data, left, right, &b->got);
	if (strcmp(b->got.data, b->first.data) == 0)
		return 0;
	if (tab2 != NULL) {
		plain_word(tab2 + 1, &b->word, &b->second);
		if (strcmp(b->got.data, b->second.data) == 0)
			return 0;
	}
	print_error("tests/data/hyphen.txt:%d: expected %s, got %s\n", number, b->first.data, b->got.data);
	return 1;
}

static void golden_list(void **state)
{
	FILE *in = fopen("tests/data/hyphen.txt", "r");
	struct diag_log log;
	struct langs *l = langs_open(NULL);
	struct bufs b = { 0 };
	char line[512];
	int number = 0, bad = 0, words = 0;

	(void)state;
	assert_non_null(in);
	diag_init(&log);
	while (fgets(line, sizeof line, in) != NULL) {
		number++;
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '#' || line[0] == '\0')
			continue;
		words++;
		bad += check_word(l, &log, line, number, &b);
	}
	fclose(in);
	assert_true(words > 40);
	assert_int_equal(bad, 0);
	buf_free(&b.word), buf_free(&b.first), buf_free(&b.second), buf_free(&b.got);
	langs_close(l);
	diag_free(&log);
}

/* T-30, T-32: whatever the word, no part is shorter than the minima and none lacks a vowel. */
static void minima_hold(void **state)
{
	static const char *const words[] = { "самоорганизация", "взаимоотношения", "всплеск", "контрстратегия", "интерес",
	                                     "здравствуйте", "Македония", "представительство", "психология" };
	struct diag_log log;
	struct langs *l = langs_open(NULL);
	struct break_list list = { 0 };
	size_t points = 0;

	(void)state;
	diag_init(&log);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		for (int right = 2; right <= 5; right++) {
			struct break_rules rules = { .hyphenate = true, .left_min = right, .right_min = right };
			size_t len = strlen(words[i]);
			struct lang_run run = { 0, (uint32_t)len, langs_lookup(l, "ru", &log), false };

			lang_breaks(words[i], len, &run, 1, &rules, &list);
			for (size_t k = 0; k < list.n; k++) {
				assert_true(utf8_count(words[i], list.v[k].at) >= (size_t)right);
				assert_true(utf8_count(words[i] + list.v[k].at, len - list.v[k].at) >= (size_t)right);
			}
			points += list.n;
		}
	}
	assert_true(points > 20 || log.warnings > 0);
	break_list_free(&list);
	langs_close(l);
	diag_free(&log);
}

static void exceptions_replace_patterns(void **state)
{
	static const char text[] = "# названия\nна-прим-ер\nбезопасность # никогда\n\nо-дин\n-нет\nдва слова\r\nМЯ-СО\r\n";
	char folder[] = "/tmp/verstka-test-XXXXXX", path[64];
	const char *folders[] = { "/nonexistent", folder, NULL };
	struct diag_log log;
	struct langs *l;
	const struct lang *ru;
	struct buf got;
	FILE *out;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/hyphenation.ru.txt", folder);
	out = fopen(path, "w");
	assert_non_null(out);
	fputs(text, out);
	fclose(out);
	diag_init(&log);
	buf_init(&got);
	l = langs_open(folders);
	ru = langs_lookup(l, "ru-RU", &log);
	divide(ru, "Например", 0, 0, &got);
	assert_string_equal(got.data, "На-прим-ер");
	divide(ru, "безопасность", 0, 0, &got);
	assert_string_equal(got.data, "безопасность");
	divide(ru, "один", 0, 0, &got);
	assert_string_equal(got.data, "о-дин"); /* the author's word against the minima */
	divide(ru, "мясо", 0, 0, &got);
	assert_string_equal(got.data, "мя-со");
	for (size_t i = 0, lines = 0; i < log.n; i++) {
		if (strcmp(log.v[i].code, "hyphen-exceptions") == 0)
			assert_int_equal(log.v[i].pos.line, lines++ == 0 ? 6 : 7);
	}
	assert_true(log.warnings >= 2);
	langs_close(l);
	buf_free(&got);
	diag_free(&log);
	unlink(path);
	rmdir(folder);
}

static void missing_dictionary_is_one_warning(void **state)
{
	struct diag_log log;
	struct langs *l = lang_open_at(NULL, "/nonexistent/");
	struct buf got;

	(void)state;
	diag_init(&log);
	buf_init(&got);
	divide(langs_lookup(l, "ru", &log), "безопасность", 0, 0, &got);
	assert_string_equal(got.data, "безопасность");
	langs_lookup(l, "ru", &log);
	langs_lookup(l, "ru-RU", &log);
	assert_int_equal(log.warnings, 1);
	assert_string_equal(log.v[0].code, "hyphen-missing");
	assert_non_null(strstr(log.v[0].hint, "hyphen-ru"));
	langs_lookup(l, "ky", &log); /* for which no dictionary exists anywhere */
	assert_int_equal(log.warnings, 1);
	langs_close(l);
	buf_free(&got);
	diag_free(&log);
}

/* A Latin word in Russian text: English patterns, but only in the breaker's later passes. */
static void latin_words_are_a_last_resort(void **state)
{
	struct diag_log log;
	struct langs *l = langs_open(NULL);
	struct break_rules rules = { .hyphenate = true };
	struct break_list list = { 0 };
	const char *word = "internationalization";
	struct lang_run run = { 0, (uint32_t)strlen(word), NULL, false };

	(void)state;
	diag_init(&log);
	run.lang = langs_lookup(l, "ru", &log);
	lang_breaks(word, strlen(word), &run, 1, &rules, &list);
	if (list.n == 0) {
		print_message("SKIPPED: no English dictionary\n");
	}
	for (size_t i = 0; i < list.n; i++)
		assert_true(list.v[i].hard == 1 && list.v[i].price == PRICE_FOREIGN);
	break_list_free(&list);
	langs_close(l);
	diag_free(&log);
}

/* src/lang/patterns.c says of a word what libhyphen says of it. Words that no language has reach all corners. */
static void same_as_libhyphen(const char *path, const char *const *syllables, size_t n_syllables, bool apostrophes)
{
	HyphenDict *dict = hnj_hyphen_load(path);
	struct patterns *p;
	struct diag_log log;
	uint64_t seed = 1;
	size_t len, cuts = 0;
	char *data;

	if (dict == NULL) {
		print_message("SKIPPED: no %s\n", path);
		return;
	}
	diag_init(&log);
	assert_true(file_read(path, 1 << 24, &log, DIAG_NOWHERE, &data, &len));
	p = patterns_read(data, len);
	assert_non_null(p);
	for (int turn = 0; turn < 3000; turn++) {
		char word[200] = "", hyphens[210], **rep = NULL;
		int *pos = NULL, *cut = NULL;
		bool marks[200] = { false };

		for (int i = 0; i < 2 + turn % 6; i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			strcat(word, syllables[(seed >> 40) % n_syllables]);
			if (apostrophes && (seed >> 33) % 4 == 0)
				strcat(word, "'");
		}
		assert_int_equal(hnj_hyphen_hyphenate2(dict, word, (int)strlen(word), hyphens, NULL, &rep, &pos, &cut), 0);
		if (apostrophes)
			patterns_match_parts(p, word, strlen(word), marks);
		else
			patterns_match(p, word, strlen(word), false, marks);
		for (size_t i = 0; hyphens[i] != '\0'; i++) {
			if (((hyphens[i] & 1) != 0) != marks[i])
				print_error("%s: %s behind letter %zu\n", path, word, i + 1);
			assert_int_equal((hyphens[i] & 1) != 0, marks[i]);
			cuts += marks[i];
		}
		for (size_t i = 0; rep != NULL && i < strlen(word); i++)
			mem_free(rep[i]);
		mem_free(rep);
		mem_free(pos);
		mem_free(cut);
	}
	assert_true(cuts > 500);
	patterns_free(p);
	hnj_hyphen_free(dict);
	diag_free(&log);
}

static void patterns_are_libhyphens(void **state)
{
	static const char *const latin[] = { "in", "ter", "na", "tion", "al", "ph", "ough", "e", "str", "ing", "qu", "y", "ch", "sé", "ñor" };
	static const char *const cyrillic[] = { "пере", "ств", "ий", "ль", "но", "в", "ї", "дз", "ання", "є", "о", "щ" };

	(void)state;
	for (int apostrophes = 0; apostrophes < 2; apostrophes++) {
		same_as_libhyphen("/usr/share/hyphen/hyph_en_US.dic", latin, sizeof latin / sizeof *latin, apostrophes);
		same_as_libhyphen("/usr/share/hyphen/hyph_en_GB.dic", latin, sizeof latin / sizeof *latin, apostrophes);
		same_as_libhyphen("/usr/share/hyphen/hyph_es_ES.dic", latin, sizeof latin / sizeof *latin, apostrophes);
		same_as_libhyphen("/usr/share/hyphen/hyph_fr.dic", latin, sizeof latin / sizeof *latin, apostrophes);
		same_as_libhyphen("/usr/share/hyphen/hyph_it_IT.dic", latin, sizeof latin / sizeof *latin, apostrophes);
	}
	same_as_libhyphen("/usr/share/hyphen/hyph_uk_UA.dic", cyrillic, sizeof cyrillic / sizeof *cyrillic, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(golden_list),
		cmocka_unit_test(minima_hold),
		cmocka_unit_test(exceptions_replace_patterns),
		cmocka_unit_test(missing_dictionary_is_one_warning),
		cmocka_unit_test(latin_words_are_a_last_resort),
		cmocka_unit_test(patterns_are_libhyphens),
	};

	return cmocka_run_group_tests_name("hyphen", tests, NULL, NULL);
}
