/* UAX #9 through lang/bidi: Unicode's own test files (Debian's unicode-data), isolates and objects, and what has no
 * right-to-left letter at all. The base direction is always said to us, so P2 and P3 are not ours: of BidiTest.txt
 * the cases that leave it to them are passed over, those of BidiCharacterTest.txt are given what they come to.
 *
 * ICU differs in three corners (72.1; 30 of 91,707 lines), which is_known tells: an embedding or override that begins
 * right where another one ends with U+202C (we write isolates, never those); a sign that stands above or below a closing
 * bracket; and more than 63 brackets open at once. */
#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "lang/bidi.h"
#include "lang/lang.h"

enum { MOST = 400 }; /* [character] of a test */

static int set_up(void **state)
{
	*state = langs_open(NULL);
	return 0;
}

static int tear_down(void **state)
{
	langs_close(*state);
	return 0;
}

static const struct lang *any(struct langs *l)
{
	return langs_lookup(l, "und", NULL);
}

/* Characters of one test: what comes of them, and what should. */
struct test {
	char text[MOST * 4];
	size_t len, n, at[MOST];
	int level[MOST];  /* expected; -1: removed, of no level */
	int order[MOST];  /* expected, from the left; n_order of them */
	size_t n_order;
};

static void add_character(struct test *t, uint32_t c)
{
	assert_true(t->n < MOST);
	t->at[t->n++] = t->len;
	t->len += utf8_encode(c, t->text + t->len);
}

static bool holds(struct langs *l, const struct test *t, bool rtl)
{
	uint8_t levels[MOST * 4], kept[MOST];
	int32_t order[MOST];
	size_t shown[MOST], n = 0;

	bool one_way = true; /* then ICU takes a shortcut: the paragraph's level for all, which looks the same */
	int first = -1;

	for (size_t i = 0; i < t->n; i++) {
		if (t->level[i] >= 0 && first < 0)
			first = t->level[i];
		one_way &= t->level[i] < 0 || ((t->level[i] ^ first) & 1) == 0;
	}
	lang_bidi_levels(any(l), t->text, t->len, rtl, NULL, 0, levels, NULL);
	for (size_t i = 0; i < t->n; i++) {
		if (t->level[i] < 0)
			continue;
		if (one_way ? (levels[t->at[i]] ^ t->level[i]) & 1 : levels[t->at[i]] != t->level[i])
			return false;
		shown[n] = i;
		kept[n++] = levels[t->at[i]];
	}
	lang_bidi_order(kept, n, order);
	if (n != t->n_order)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (shown[order[i]] != (size_t)t->order[i])
			return false;
	}
	/* all left to right, and no level but 0: then nobody need ask */
	for (size_t i = 0; i < n; i++) {
		if (!rtl && kept[i] != 0 && !lang_bidi_needed(t->text, t->len) && strpbrk(t->text, "\xE2") == NULL)
			return false;
	}
	return true;
}

static FILE *open_data(const char *name)
{
	char path[200];
	FILE *in;

	snprintf(path, sizeof path, "/usr/share/unicode/%s", name);
	in = fopen(path, "r");
	if (in == NULL) {
		print_message("SKIPPED: no %s (Debian package unicode-data)\n", path);
		skip();
	}
	return in;
}

static size_t read_numbers(const char *s, int *out, int nothing)
{
	size_t n = 0;

	for (;;) {
		s += strspn(s, " \t");
		if (*s == 'x') {
			out[n++] = nothing;
			s++;
		} else if (*s >= '0' && *s <= '9') {
			char *end;

			out[n++] = (int)strtol(s, &end, 10);
			s = end;
		} else {
			return n;
		}
		assert_true(n < MOST);
	}
}

static uint32_t character_of(const char *name, size_t len)
{
	static const struct { const char *name; uint32_t c; } classes[] = {
		{ "L", 'a' }, { "R", 0x5D0 }, { "AL", 0x627 }, { "EN", '1' }, { "ES", '-' }, { "ET", '%' }, { "AN", 0x661 }, { "CS", ',' },
		{ "B", 0x2029 }, { "S", '\t' }, { "WS", ' ' }, { "ON", '!' }, { "NSM", 0x300 }, { "BN", 0xAD }, { "LRE", 0x202A },
		{ "LRO", 0x202D }, { "RLE", 0x202B }, { "RLO", 0x202E }, { "PDF", 0x202C }, { "LRI", 0x2066 }, { "RLI", 0x2067 },
		{ "FSI", 0x2068 }, { "PDI", 0x2069 },
	};

	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
		if (strlen(classes[i].name) == len && memcmp(classes[i].name, name, len) == 0)
			return classes[i].c;
	}
	fail_msg("no class %.*s", (int)len, name);
	return 0;
}

static void test_classes(void **state)
{
	FILE *in = open_data("BidiTest.txt");
	struct test *t = calloc(1, sizeof *t);
	char *line = NULL;
	size_t cap = 0, n_level = 0, done = 0, wrong = 0;

	while (getline(&line, &cap, in) > 0) {
		if (strncmp(line, "@Levels:", 8) == 0) {
			n_level = read_numbers(line + 8, t->level, -1);
		} else if (strncmp(line, "@Reorder:", 9) == 0) {
			t->n_order = read_numbers(line + 9, t->order, -1);
		} else if (line[0] != '#' && line[0] != '\n') {
			const char *s = line;
			int ways;

			memset(t->text, 0, 16);
			for (t->n = t->len = 0; *s != ';'; s += strspn(s, " ")) {
				size_t len = strcspn(s, " ;");

				add_character(t, character_of(s, len));
				s += len;
			}
			t->text[t->len] = '\0';
			assert_int_equal(t->n, n_level);
			ways = atoi(s + 1); /* bits: 1 as the letters say, 2 left to right, 4 right to left */
			for (int rtl = 0; rtl < 2; rtl++) {
				if ((ways & (rtl ? 4 : 2)) == 0)
					continue;
				done++;
				if (!holds(*state, t, rtl) && wrong++ < 5)
					print_message("BidiTest.txt, %s: %s", rtl ? "RTL" : "LTR", line);
			}
		}
	}
	free(line);
	free(t);
	fclose(in);
	assert_true(done > 500000);
	assert_int_equal(wrong, 0);
}

static bool is_known(const char *line)
{
	const char *s = line, *end = strchr(line, ';');
	unsigned long before = 0, c;
	int open = 0;

	while (s < end) {
		c = strtoul(s, (char **)&s, 16);
		s += strspn(s, " ");
		open += c == '(';
		if (before == 0x202C && ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2068)))
			return true;
		if ((before == ')' || before == ']') && ((c >= 0x300 && c <= 0x36F) || c == 0x20D6))
			return true;
		before = c == 0x200B || c == 0x200D ? before : c;
	}
	return open > 63;
}

static void test_characters(void **state)
{
	FILE *in = open_data("BidiCharacterTest.txt");
	struct test *t = calloc(1, sizeof *t);
	char *line = NULL;
	size_t cap = 0, done = 0, wrong = 0, known = 0;

	while (getline(&line, &cap, in) > 0) {
		char *s = line;
		bool rtl;

		if (line[0] == '#' || line[0] == '\n')
			continue;
		for (t->n = t->len = 0; *s != ';'; s += strspn(s, " "))
			add_character(t, (uint32_t)strtoul(s, &s, 16));
		t->text[t->len] = '\0';
		s = strchr(s + 1, ';'); /* the direction asked for: then the one that it comes to */
		rtl = s[1] == '1';
		s = strchr(s + 1, ';');
		assert_int_equal(read_numbers(s + 1, t->level, -1), t->n);
		s = strchr(s + 1, ';');
		t->n_order = read_numbers(s + 1, t->order, -1);
		done++;
		if (holds(*state, t, rtl))
			continue;
		if (is_known(line))
			known++;
		else if (wrong++ < 5)
			print_message("BidiCharacterTest.txt: %s", line);
	}
	free(line);
	free(t);
	fclose(in);
	assert_true(done > 90000);
	assert_int_equal(wrong, 0);
	assert_true(known <= 30);
}

/* The line as it is seen, from the left. */
static const char *seen(struct langs *l, const char *text, bool rtl, const struct bidi_event *events, size_t n_events, char out[256])
{
	uint8_t levels[256], objects[8];
	int32_t order[256];
	size_t len = strlen(text), n = 0;

	lang_bidi_levels(any(l), text, len, rtl, events, n_events, levels, objects);
	lang_bidi_order(levels, len, order);
	for (size_t i = 0; i < len; i++) { /* Hebrew letters by their second byte, as capitals */
		unsigned char c = (unsigned char)text[order[i]];

		if (c == 0xD7)
			continue;
		out[n++] = (char)(c >= 0x90 && c < 0xAA ? 'A' + c - 0x90 : c);
	}
	out[n] = '\0';
	return out;
}

#define ALEF "\xD7\x90"
#define BET "\xD7\x91"
#define GIMEL "\xD7\x92"

static void test_isolates(void **state)
{
	const struct bidi_event name[] = { { 5, BIDI_LTR }, { 10, BIDI_END } };
	const struct bidi_event forced[] = { { 5, BIDI_FORCE_RTL }, { 10, BIDI_END } };
	const struct bidi_event mark[] = { { 2, BIDI_OBJECT }, { 5, BIDI_OBJECT } };
	const struct bidi_event lines[] = { { 0, BIDI_LTR }, { 9, BIDI_END } };
	const struct bidi_event unclosed[] = { { 0, BIDI_END }, { 2, BIDI_RTL }, { 2, BIDI_LTR } };
	uint8_t levels[64], objects[2];
	char out[256];

	/* a name that ends in a sign: without an isolate the sign falls out of it */
	assert_string_equal(seen(*state, ALEF BET " ab1++ " GIMEL, true, NULL, 0, out), "C ++ab1 BA");
	assert_string_equal(seen(*state, ALEF BET " ab1++ " GIMEL, true, name, 2, out), "C ab1++ BA");
	assert_string_equal(seen(*state, ALEF BET " ab1++ " GIMEL, true, forced, 2, out), "C ++1ba BA");
	/* a number after a letter stays on its own, and counts from the left */
	assert_string_equal(seen(*state, ALEF " 12 " BET, true, NULL, 0, out), "B 12 A");
	assert_string_equal(seen(*state, "ab " ALEF " 12 " BET " cd", false, NULL, 0, out), "ab B 12 A cd");
	/* marks are neutral: between two letters of one direction theirs, else the paragraph's */
	lang_bidi_levels(any(*state), ALEF BET "ab", 6, true,
	                 (const struct bidi_event[]){ { 2, BIDI_OBJECT }, { 4, BIDI_OBJECT } }, 2, levels, objects);
	assert_true(objects[0] == 1 && objects[1] == 1);
	lang_bidi_levels(any(*state), ALEF " ab", 5, false, mark, 2, levels, objects);
	assert_true(objects[0] == 0 && objects[1] == 0);
	/* an isolate goes on behind a newline */
	lang_bidi_levels(any(*state), "a " ALEF "\n! " ALEF "!", 10, true, lines, 2, levels, NULL);
	assert_true(levels[0] == 2 && levels[5] == 2 && levels[2] == 3 && levels[9] == 1);
	/* ends and beginnings that do not pair do no harm */
	lang_bidi_levels(any(*state), ALEF "a", 3, false, unclosed, 3, levels, NULL);
	assert_true(levels[0] == 1 && levels[2] == 2);
	lang_bidi_levels(any(*state), "", 0, true, NULL, 0, levels, NULL);
}

static void test_needed(void **state)
{
	(void)state;
	assert_false(lang_bidi_needed("Plain, \xD0\xB8 \xE4\xB8\xAD \xE2\x80\x93 \xF0\x9F\x98\x80", 20));
	assert_true(lang_bidi_needed("a " ALEF, 4));
	assert_true(lang_bidi_needed("a \xD8\xA7", 4));
	assert_true(lang_bidi_needed("a \xEF\xBA\x8D", 5));     /* U+FE8D */
	assert_true(lang_bidi_needed("\xE2\x80\xAE", 3));       /* U+202E */
	assert_true(lang_bidi_needed("\xF0\x9E\xA4\x80", 4));   /* Adlam */
	assert_false(lang_bidi_needed("", 0));
}

/* Isolates without end, and 10,000 deep: levels stop at 125 (BD2), time does not run away. */
static void test_hostile(void **state)
{
	enum { DEEP = 10000 };
	struct bidi_event *e = calloc(DEEP, sizeof *e);
	char *text = malloc(DEEP);
	uint8_t *levels = malloc(DEEP);

	memset(text, 'a', DEEP);
	for (uint32_t i = 0; i < DEEP; i++)
		e[i] = (struct bidi_event){ i, i % 2 == 0 ? BIDI_RTL : BIDI_LTR };
	for (int i = 50; i < DEEP; i += 50)
		text[i] = '\n';
	lang_bidi_levels(any(*state), text, DEEP, false, e, DEEP, levels, NULL);
	for (int i = 0; i < DEEP; i++)
		assert_true(levels[i] <= 126);
	free(e);
	free(text);
	free(levels);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_classes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_characters, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_isolates, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_needed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_hostile, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("bidi", tests, NULL, NULL);
}
