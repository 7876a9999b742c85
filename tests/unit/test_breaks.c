/* Break opportunities: the cases of tests/data/breaks-*.txt, prices, runs, hostile text, and UAX #14's own
 * test file for what goes to ICU. */
#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "lang/breaks_icu.h"
#include "lang/lang.h"

struct fixture {
	struct diag_log log;
	struct langs *langs;
	struct break_list list;
};

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);

	diag_init(&f->log);
	f->langs = langs_open(NULL);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	langs_close(f->langs);
	break_list_free(&f->list);
	diag_free(&f->log);
	free(f);
	return 0;
}

static const struct break_rules plain = { .hyphenate = false };
static const struct break_rules body = { .hyphenate = true };
static const struct break_rules strict = { .hyphenate = true, .strict = true };

static void break_text(struct fixture *f, const char *tag, const char *text, size_t len, bool code,
                       const struct break_rules *rules)
{
	struct lang_run run = { 0, (uint32_t)len, langs_lookup(f->langs, tag, &f->log), code };

	lang_breaks(text, len, &run, 1, rules, &f->list);
}

static const struct break_point *point_at(const struct break_list *b, size_t at)
{
	for (size_t i = 0; i < b->n; i++) {
		if (b->v[i].at == at)
			return &b->v[i];
	}
	return NULL;
}

static void expect_sound(const struct break_list *b, const char *text, size_t len)
{
	for (size_t i = 0; i < b->n; i++) {
		assert_true(b->v[i].at > 0 && b->v[i].at < len);
		assert_true(i == 0 || b->v[i].at > b->v[i - 1].at);
		assert_true(((unsigned char)text[b->v[i].at] & 0xc0) != 0x80);
	}
}

/* ---- cases from files ------------------------------------------------------------------------- */

struct marked {
	char text[1024];
	char mark[1024]; /* '|', '!' (later passes), '=' or 0: what is said of the place before text[i] */
	size_t len;
};

static void read_marks(const char *s, struct marked *m)
{
	memset(m, 0, sizeof *m);
	for (; *s != '\0' && m->len + 4 < sizeof m->text; s++) {
		if (*s == '{' && strchr(s, '}') != NULL) { /* {A0}: a character that nobody sees */
			m->len += utf8_encode((uint32_t)strtoul(s + 1, NULL, 16), m->text + m->len);
			s = strchr(s, '}');
		} else if (*s == '\\' && s[1] != '\0')
			m->text[m->len++] = *++s;
		else if (*s == '|' || *s == '=')
			m->mark[m->len] = *s;
		else if (strncmp(s, "¦", 2) == 0)
			m->mark[m->len] = '!', s++;
		else
			m->text[m->len++] = *s;
	}
}

/* A mark stands where the author sees it, before or behind the spaces; the point is behind them. */
static size_t place_of(const struct marked *m, size_t i)
{
	while (i < m->len && m->text[i] == ' ')
		i++;
	return i;
}

static int check_line(struct fixture *f, const char *options, const char *text, const char *where)
{
	char tag[64];
	struct marked m;
	char said[1024] = { 0 };
	int bad = 0;

	snprintf(tag, sizeof tag, "%.*s", (int)strcspn(options, ","), options);
	read_marks(text, &m);
	break_text(f, tag, m.text, m.len, strstr(options, ",code") != NULL,
	           strstr(options, ",strict") != NULL ? &strict : strstr(options, ",hyphen") != NULL ? &body : &plain);
	expect_sound(&f->list, m.text, m.len);
	for (size_t i = 0; i < m.len; i++) {
		size_t at = place_of(&m, i);
		const struct break_point *p = point_at(&f->list, at);
		char is = p == NULL ? '=' : p->hard != 0 ? '!' : '|';

		if (m.mark[i] == 0)
			continue;
		said[at] = 1;
		if (is != m.mark[i]) {
			print_error("%s: before \"%.12s\": expected %c, found %c\n", where, m.text + at, m.mark[i], is);
			bad++;
		}
	}
	for (size_t i = 0; i < f->list.n && strstr(options, ",exact") != NULL; i++) {
		if (!said[f->list.v[i].at]) {
			print_error("%s: unexpected break before \"%.12s\"\n", where, m.text + f->list.v[i].at);
			bad++;
		}
	}
	return bad;
}

static void check_file(struct fixture *f, const char *path)
{
	char line[2048], where[256];
	FILE *in = fopen(path, "r");
	int number = 0, cases = 0, bad = 0;

	if (in == NULL)
		fail_msg("%s cannot be read", path);
	while (fgets(line, sizeof line, in) != NULL) {
		char *tab = strchr(line, '\t');

		number++;
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '#' || line[0] == '\0')
			continue;
		assert_non_null(tab);
		*tab = '\0';
		snprintf(where, sizeof where, "%s:%d", path, number);
		bad += check_line(f, line, tab + 1, where);
		cases++;
	}
	fclose(in);
	assert_true(cases >= 8);
	assert_int_equal(bad, 0);
}

static void russian(void **state) { check_file(*state, "tests/data/breaks-ru.txt"); }
static void slavic(void **state) { check_file(*state, "tests/data/breaks-uk.txt"); }
static void western(void **state) { check_file(*state, "tests/data/breaks-west.txt"); }
static void eastern(void **state) { check_file(*state, "tests/data/breaks-east.txt"); }
static void code_and_addresses(void **state) { check_file(*state, "tests/data/breaks-code.txt"); }

/* ---- prices, kinds, runs ---------------------------------------------------------------------- */

static const struct break_point *before_word(struct fixture *f, const char *text, const char *word)
{
	const char *found = strstr(text, word);

	assert_non_null(found);
	return point_at(&f->list, (size_t)(found - text));
}

static void prices_and_kinds(void **state)
{
	struct fixture *f = *state;
	const char *text = "в доме не было 5 человек, секс-работник пришёл";
	const struct break_point *p;

	break_text(f, "ru", text, strlen(text), false, &plain);
	p = before_word(f, text, "доме");
	assert_true(p != NULL && p->hard == 1 && p->price == 100 && p->kind == BREAK_SPACE);
	p = before_word(f, text, "было");
	assert_true(p != NULL && p->hard == 0 && p->price == 150);
	p = before_word(f, text, "человек");
	assert_true(p != NULL && p->hard == 0 && p->price == 90);
	p = before_word(f, text, "работник");
	assert_true(p != NULL && p->kind == BREAK_OWN_HYPHEN && p->price == 0);
	p = before_word(f, text, "пришёл");
	assert_true(p != NULL && p->price == 0 && p->hard == 0);
}

/* In headings a word of Chinese is better not parted. */
static void words_of_chinese(void **state)
{
	struct fixture *f = *state;
	const char *text = "把每位来访者都当作同性恋者的服务机构";
	static const struct { const char *before; int price; } all[] = {
		{ "同性", 0 }, { "性恋", 500 }, { "服务", 0 }, { "务机", 500 }, { "访者", 500 }, { "机构", 0 },
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		const struct break_point *p;

		break_text(f, "zh", text, strlen(text), false, &strict);
		p = before_word(f, text, all[i].before);
		assert_true(p != NULL && p->hard == 0);
		if (p->price != all[i].price)
			fail_msg("%s: %d, not %d", all[i].before, p->price, all[i].price);
		break_text(f, "zh", text, strlen(text), false, &plain);
		p = before_word(f, text, all[i].before);
		assert_true(p != NULL && p->price == 0);
	}
}

/* T-33: inside a part of a compound three times the price, and only later if the compound can break by itself. */
static void hyphens_in_compounds(void **state)
{
	struct fixture *f = *state;
	const char *text = "секс-безопасность по-государственному безопасность";
	size_t inside = 0, outside = 0;

	break_text(f, "ru", text, strlen(text), false, &body);
	if (f->log.warnings > 0) {
		print_message("SKIPPED: no Russian dictionary\n");
		skip();
	}
	for (size_t i = 0; i < f->list.n; i++) {
		const struct break_point *p = &f->list.v[i];
		size_t last = (size_t)(strrchr(text, ' ') - text), first = (size_t)(strchr(text, ' ') - text);

		if (p->kind != BREAK_HYPHEN)
			continue;
		inside += p->at < last;
		outside += p->at > last;
		assert_int_equal(p->price, p->at < last ? 360 : 0);
		assert_int_equal(p->hard, p->at < first ? 1 : 0);
	}
	assert_true(inside >= 4 && outside >= 2);
}

static void languages_and_code_in_one_text(void **state)
{
	struct fixture *f = *state;
	const char *text = "файл и foo_bar/some_name и слово\nслово";
	const struct lang *ru = langs_lookup(f->langs, "ru", &f->log), *en = langs_lookup(f->langs, "en", &f->log);
	uint32_t from = (uint32_t)(strstr(text, "foo") - text), to = from + 17;
	struct lang_run runs[] = { { 0, from - 3, ru, false }, { from - 3, from, ru, false }, { from, to, en, true },
	                           { to, (uint32_t)strlen(text), ru, false } };

	lang_breaks(text, strlen(text), runs, 4, &plain, &f->list);
	expect_sound(&f->list, text, strlen(text));
	assert_int_equal(before_word(f, text, "foo")->hard, 1);
	assert_int_equal(before_word(f, text, "some")->kind, BREAK_JOINT);
	assert_null(before_word(f, text, "/some"));
	assert_int_equal(before_word(f, text, "\nслово") == NULL, 1);
	assert_int_equal(point_at(&f->list, strlen(text) - strlen("слово"))->kind, BREAK_SPACE);
}

static void forced_breaks(void **state)
{
	struct fixture *f = *state;
	const char *text = "one\n  two \n\nthree\r\nfour\n";
	const char *prose = "в доме\xe2\x80\xa8— Да, сказал";
	size_t forced = 0;

	break_text(f, "en", text, strlen(text), true, &plain);
	expect_sound(&f->list, text, strlen(text));
	for (size_t i = 0; i < f->list.n; i++)
		forced += f->list.v[i].kind == BREAK_FORCED;
	assert_int_equal(forced, 4);
	assert_int_equal(f->list.n, 4); /* spaces at a line's head and end are no places */
	assert_int_equal(before_word(f, text, "four")->kind, BREAK_FORCED);

	break_text(f, "ru", prose, strlen(prose), false, &plain);
	assert_int_equal(before_word(f, prose, "—")->kind, BREAK_FORCED);
	assert_null(before_word(f, prose, "Да")); /* a line of speech begins anew */
}

static void no_text_no_points(void **state)
{
	struct fixture *f = *state;
	const char *spaces = "     ";

	break_text(f, "ru", "", 0, false, &body);
	assert_int_equal(f->list.n, 0);
	break_text(f, "ru", spaces, strlen(spaces), false, &body);
	assert_int_equal(f->list.n, 0);
	lang_breaks("abc def", 7, NULL, 0, &body, &f->list);
	assert_int_equal(f->list.n, 0);
}

/* ---- strings without a place ------------------------------------------------------------------ */

static size_t longest_stretch(const struct break_list *b, const char *text, size_t len)
{
	size_t last = 0, longest = 0;

	for (size_t i = 0; i <= b->n; i++) {
		size_t at = i < b->n ? b->v[i].at : len, n = utf8_count(text + last, at - last);

		longest = n > longest ? n : longest;
		last = at;
	}
	return longest;
}

static void nothing_stays_unbroken(void **state)
{
	struct fixture *f = *state;
	static const char *const units[] = { "a", "Я", "0", "Aa", "x_", "а.", "а,", "«а» ", "№ ", "1 000 ", "А. ", "é", "漢",
	                                     "ب", "->", "и ", "слово— " };
	struct buf text;

	buf_init(&text);
	for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
		for (int code = 0; code < 2; code++) {
			buf_clear(&text);
			for (int i = 0; i < 400; i++)
				buf_puts(&text, units[u]);
			break_text(f, "ru", text.data, text.len, code != 0, &plain);
			expect_sound(&f->list, text.data, text.len);
			if (longest_stretch(&f->list, text.data, text.len) > 40)
				fail_msg("\"%s\" repeated: %zu characters without a place", units[u],
				         longest_stretch(&f->list, text.data, text.len));
		}
	}
	buf_free(&text);
}

static void emergency_joints_are_dear(void **state)
{
	struct fixture *f = *state;
	const char *text = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch short";

	break_text(f, "xx", text, strlen(text), false, &body);
	assert_true(f->list.n >= 5);
	for (size_t i = 0; i + 1 < f->list.n; i++)
		assert_true(f->list.v[i].kind == BREAK_JOINT && f->list.v[i].hard == 1 && f->list.v[i].price == 2000);
	assert_int_equal(f->list.v[f->list.n - 1].kind, BREAK_SPACE);
}

/* Words that the author bound by no-break spaces part at those, when there is no other place; a row of blanks at its end, be it all that
 * there is on a line; words with a joiner between any two letters wherever they must. */
static void emergency_at_blanks(void **state)
{
	struct fixture *f = *state;
	struct buf text = { 0 };

	for (int i = 0; i < 10; i++)
		buf_puts(&text, "связано\xC2\xA0");
	buf_puts(&text, "всё");
	break_text(f, "xx", text.data, text.len, false, &body);
	for (size_t i = 0; i < f->list.n; i++)
		assert_true(f->list.v[i].kind == BREAK_SPACE && f->list.v[i].hard == 1 && f->list.v[i].at == 16 * (i + 1));
	assert_int_equal(f->list.n, 10);
	for (int ink = 0; ink < 2; ink++) {
		text.len = 0;
		if (ink)
			buf_puts(&text, "да");
		for (int i = 0; i < 40; i++)
			buf_puts(&text, i % 2 ? "\xC2\xA0" : "\xE2\x80\xAF");
		buf_puts(&text, "нет");
		break_text(f, "xx", text.data, text.len, false, &body);
		assert_int_equal(f->list.n, 1);
		assert_int_equal(f->list.v[0].at, 100 + 4 * ink);
		assert_int_equal(f->list.v[0].price, 1000);
	}
	text.len = 0;
	for (int i = 0; i < 100; i++)
		buf_puts(&text, "а\xE2\x81\xA0");
	break_text(f, "xx", text.data, text.len, false, &body);
	assert_in_range(f->list.n, 4, 10);
	assert_true(f->list.v[0].kind == BREAK_JOINT && f->list.v[0].price == 2000);
	buf_free(&text);
}

/* ---- hostile text ----------------------------------------------------------------------------- */

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static void any_characters(void **state)
{
	static const char *const bits[] = { "а", "в", "Я", "x", "I", "5", " ", " ", ".", ",", "-", "—", "‑", "/", "'", "’", "«", "»",
	                                    "(", ")", "…", "\xc2\xa0", "\xc2\xad", "\xe2\x80\x8b", "\xe2\x81\xa0", "\xe2\x80\xa8", "\n",
	                                    "%", "№", "→", "漢", "。", "“", "😀", "\xe2\x80\x8d", "\xcc\x81", "ب", "@", ":", "г.", "http://" };
	static const char *const tags[] = { "ru", "en", "fr", "es", "de", "uk", "zh", "ar", "xx" };
	struct fixture *f = *state;
	struct buf text;
	uint32_t seed = 7;

	buf_init(&text);
	for (int round = 0; round < 3000; round++) {
		size_t n = 1 + next_random(&seed) % 60, half;
		const struct lang *a = langs_lookup(f->langs, tags[next_random(&seed) % 9], &f->log);
		const struct lang *b = langs_lookup(f->langs, tags[next_random(&seed) % 9], &f->log);
		struct lang_run runs[2];

		buf_clear(&text);
		for (size_t i = 0; i < n; i++)
			buf_puts(&text, bits[next_random(&seed) % (sizeof bits / sizeof *bits)]);
		for (half = text.len / 2; half > 0 && ((unsigned char)text.data[half] & 0xc0) == 0x80; half--)
			;
		runs[0] = (struct lang_run){ 0, (uint32_t)half, a, next_random(&seed) % 4 == 0 };
		runs[1] = (struct lang_run){ (uint32_t)half, (uint32_t)text.len, b, next_random(&seed) % 4 == 0 };
		lang_breaks(text.data, text.len, runs, 2, round % 3 == 0 ? &strict : &body, &f->list);
		expect_sound(&f->list, text.data, text.len);
	}
	buf_free(&text);
}

static void broken_bytes_do_no_harm(void **state)
{
	struct fixture *f = *state;
	char *text = malloc(300);
	uint32_t seed = 3;

	for (int round = 0; round < 2000; round++) {
		size_t n = 1 + next_random(&seed) % 300;

		for (size_t i = 0; i < n; i++)
			text[i] = (char)next_random(&seed);
		break_text(f, round % 2 == 0 ? "ru" : "zh", text, n, round % 5 == 0, &body);
		for (size_t i = 0; i < f->list.n; i++)
			assert_true(f->list.v[i].at < n && f->list.v[i].at > 0);
	}
	free(text);
}

static double seconds_for(struct fixture *f, const char *unit, size_t times)
{
	struct buf text;
	struct timespec from, to;

	buf_init(&text);
	for (size_t i = 0; i < times; i++)
		buf_puts(&text, unit);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
	break_text(f, "ru", text.data, text.len, false, &body);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
	buf_free(&text);
	return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

/* Quadratic work on 400 kB would take minutes; the bound is wide for slow machines and sanitizers. */
static void time_grows_with_length(void **state)
{
	static const char *const units[] = { "а-", "а", "т. ", "А. ", "и ", "1 000 ", "漢字", "/а", "- ", "...", "\xc2\xa0и", "«",
	                                     "и\xc2\xa0т. ", "http://" };

	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		double s = seconds_for(*state, units[i], 400000 / strlen(units[i]));

		if (s > 4.0)
			fail_msg("\"%s\" repeated took %.1f s", units[i], s);
	}
}

/* ---- UAX #14 ---------------------------------------------------------------------------------- */

/* "÷ 0041 × 0020 ÷ 0042 ÷" into text and places. */
static void read_uax14(char *line, char *text, size_t *len, uint32_t *at, size_t *n)
{
	char *rest = line;

	*len = *n = 0;
	for (char *word = strtok_r(line, " \t\n", &rest); word != NULL && *len < 900; word = strtok_r(NULL, " \t\n", &rest)) {
		if (strcmp(word, "÷") == 0)
			at[(*n)++] = (uint32_t)*len;
		else if (strcmp(word, "×") != 0)
			*len += utf8_encode((uint32_t)strtoul(word, NULL, 16), text + *len);
	}
	if (*n > 0)
		(*n)--; /* the end */
}

/* ICU tailors two rules for everyone, and says so: no break behind a hyphen that begins a word (its LB20.09), nor between a
 * point and a number (.35). True if the break the standard has at `at` is one of those. */
static bool is_icu_tailoring(const char *text, size_t at)
{
	size_t n;
	uint32_t before;

	do
		before = utf8_decode_before(text, at, &n);
	while ((at -= n) > 0 && (before == 0x308 || before == 0x200d));
	return before == '-' || before == '.' || before == ',' || before == ':';
}

static void uax14_conformance(void **state)
{
	static const char path[] = "/usr/share/unicode/auxiliary/LineBreakTest.txt";
	FILE *in = fopen(path, "r");
	struct icu_breaker *icu = breaks_icu_open();
	char line[4096], text[1024];
	uint32_t want[512];
	size_t lines = 0, same = 0, tailored = 0;

	(void)state;
	assert_non_null(icu);
	if (in == NULL) {
		breaks_icu_close(icu);
		print_message("SKIPPED: UAX #14 conformance, for %s is missing (Debian package unicode-data)\n", path);
		skip();
	}
	while (fgets(line, sizeof line, in) != NULL) {
		size_t len, n_want, n, w = 0, g = 0, only_theirs = 0;
		const uint32_t *got;

		line[strcspn(line, "#\n")] = '\0';
		read_uax14(line, text, &len, want, &n_want);
		if (len == 0)
			continue;
		lines++;
		n = breaks_icu_points(icu, text, len, false, false, &got);
		while (w < n_want || g < n) {
			if (w < n_want && g < n && want[w] == got[g]) {
				w++, g++;
			} else if (w < n_want && (g == n || want[w] < got[g])) {
				assert_true(is_icu_tailoring(text, want[w]));
				only_theirs++, w++;
			} else { /* " .35" instead of " .|35" */
				assert_true(text[got[g]] == '.' && w < n_want && want[w] == got[g] + 1);
				g++;
			}
		}
		same += only_theirs == 0;
		tailored += only_theirs != 0;
	}
	fclose(in);
	breaks_icu_close(icu);
	print_message("UAX #14: %zu of %zu lines as the standard has them, %zu by ICU's own tailoring\n", same, lines, tailored);
	assert_true(lines > 7000);
	assert_true(tailored * 100 < lines);
}

/* ---- the same file through all of lang_breaks ---- */

/* A rule of UAX #14 that our own breaks keep another way, and which: '-' where it allows a line's end and we do not, '+' the
 * other way round. */
struct deviation {
	const char *rule;
	char way;
	size_t seen;
};

static struct deviation *deviation_of(struct deviation *v, size_t n, const char *rule, size_t len, char way)
{
	for (size_t i = 0; i < n; i++) {
		if (strlen(v[i].rule) == len && memcmp(v[i].rule, rule, len) == 0 && v[i].way == way)
			return &v[i];
	}
	return NULL;
}

static void uax14_and_ours(void **state)
{
	static const char path[] = "/usr/share/unicode/auxiliary/LineBreakTest.txt";
	struct deviation known[] = {
		/* control characters: read/ has made spaces of them, or ends lines of listings by itself */
		{ "4.0", '-', 0 }, { "5.02", '-', 0 }, { "5.03", '-', 0 }, { "5.04", '-', 0 }, { "9.0", '+', 0 },
		/* a space always parts, also behind a bracket that opens, before one that closes, between quotation marks and dashes:
		 * where an author put it, the bond is not of the sort that these rules mean */
		{ "7.02", '+', 0 }, { "13.02", '+', 0 }, { "14.0", '+', 0 }, { "15.0", '+', 0 }, { "16.0", '+', 0 }, { "17.0", '+', 0 },
		/* U+200B is a place to break by itself, not through spaces behind it */
		{ "8.0", '-', 0 },
		/* spaces that begin a text part nothing; none stands before U+00A0, U+2024, a tab (rules_signs) */
		{ "18.0", '-', 0 },
		/* a no-break space holds its letter, not the mark upon the letter behind it */
		{ "12.0", '+', 0 },
		/* a picture is held by signs before it ($, §); no dash, hyphen, percent or ellipsis behind it begins a line */
		{ "20.01", '-', 0 }, { "20.02", '-', 0 },
		/* words of alphabets part at spaces, hyphens, dashes and by division, never because two signs meet */
		{ "999.0", '-', 0 },
	};
	enum { KNOWN = sizeof known / sizeof *known };
	struct fixture *f = *state;
	FILE *in = fopen(path, "r");
	char line[4096], text[1024];
	uint32_t want[512];
	size_t places = 0, differ = 0, unknown = 0;

	if (in == NULL) {
		print_message("SKIPPED: UAX #14 through all rules, for %s is missing (Debian package unicode-data)\n", path);
		skip();
	}
	while (fgets(line, sizeof line, in) != NULL) {
		const char *told = strchr(line, '#');
		size_t len, n_want, at = 0, w = 0;
		char shown[4096];

		if (line[0] == '#' || told == NULL)
			continue;
		line[told - line] = '\0';
		strcpy(shown, line);
		read_uax14(line, text, &len, want, &n_want);
		break_text(f, "und", text, len, false, &plain);
		told = strchr(told + 1, '['); /* of the text's start */
		for (size_t size; at < len; at += size) {
			bool theirs, ours;
			const char *end;
			struct deviation *d;

			utf8_decode(text + at, len - at, &size);
			if (at == 0)
				continue;
			told = strchr(told + 1, '[');
			assert_non_null(told);
			end = strchr(told, ']');
			theirs = w < n_want && want[w] == at;
			w += theirs;
			ours = point_at(&f->list, at) != NULL;
			places++;
			if (theirs == ours)
				continue;
			differ++;
			d = deviation_of(known, KNOWN, told + 1, (size_t)(end - told - 1), theirs ? '-' : '+');
			if (d != NULL)
				d->seen++;
			else if (unknown++ < 5)
				print_message("UAX #14, rule %.*s%c: %s\n", (int)(end - told - 1), told + 1, theirs ? '-' : '+', shown);
		}
	}
	fclose(in);
	print_message("UAX #14: %zu of %zu places otherwise on purpose\n", differ, places);
	assert_int_equal(unknown, 0);
	assert_true(places > 15000 && differ * 8 < places);
	for (size_t i = 0; i < KNOWN; i++) /* none stays on the list that is kept again */
		assert_true(known[i].seen > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(russian, set_up, tear_down),
		cmocka_unit_test_setup_teardown(slavic, set_up, tear_down),
		cmocka_unit_test_setup_teardown(western, set_up, tear_down),
		cmocka_unit_test_setup_teardown(eastern, set_up, tear_down),
		cmocka_unit_test_setup_teardown(code_and_addresses, set_up, tear_down),
		cmocka_unit_test_setup_teardown(prices_and_kinds, set_up, tear_down),
		cmocka_unit_test_setup_teardown(words_of_chinese, set_up, tear_down),
		cmocka_unit_test_setup_teardown(hyphens_in_compounds, set_up, tear_down),
		cmocka_unit_test_setup_teardown(languages_and_code_in_one_text, set_up, tear_down),
		cmocka_unit_test_setup_teardown(forced_breaks, set_up, tear_down),
		cmocka_unit_test_setup_teardown(no_text_no_points, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nothing_stays_unbroken, set_up, tear_down),
		cmocka_unit_test_setup_teardown(emergency_joints_are_dear, set_up, tear_down),
		cmocka_unit_test_setup_teardown(emergency_at_blanks, set_up, tear_down),
		cmocka_unit_test_setup_teardown(any_characters, set_up, tear_down),
		cmocka_unit_test_setup_teardown(broken_bytes_do_no_harm, set_up, tear_down),
		cmocka_unit_test_setup_teardown(time_grows_with_length, set_up, tear_down),
		cmocka_unit_test(uax14_conformance),
		cmocka_unit_test_setup_teardown(uax14_and_ours, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("breaks", tests, NULL, NULL);
}
