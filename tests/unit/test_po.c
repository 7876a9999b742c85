/* PO files read plainly (i18n/po_plain.h) against libgettextpo: of a file with all that such files hold, and of thousands
 * made of it by a small fault each, what the plain reader takes the library takes without a word, and gives the same. */
#define _POSIX_C_SOURCE 200809L /* mkstemp */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "i18n/po_plain.h"

static const char whole[] =
	"# A title.\n#, fuzzy\nmsgid \"\"\nmsgstr \"\"\n\"Last-Translator: A B <a@b>\\n\"\n\"Language: en\\n\"\n\"MIME-Version: 1.0\\n\"\n"
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Content-Transfer-Encoding: 8bit\\n\"\n\n"
	"#. info/title\n#: a.xml:5\nmsgid \"Права\"\nmsgstr \"Rights\"\n\n"
	"# same: a name\n#: a.xml:6 b.xml:7\n#, no-wrap, fuzzy\n"
	"#| msgid \"\"\n#| \"old \"\n#| \"text\\n\"\nmsgid \"\"\n\"<a b=\\\"c\\\">\\t\"\n"
	"\"d\\\\\"\nmsgstr \"\"\n\"one\\n\"\n\"two\"\n\n"
	"#  same\nmsgid \"x\"\nmsgstr \"\"\n#\n# words\nmsgid \"y\"\nmsgstr \"z\"\n\n"
	"#, fuzzy\n#~ msgid \"gone\"\n#~ msgstr \"\"\n#~ \"aus\"\n\n#~ msgid \"too\"\n#~ msgstr \"auch\"\n";

static char path[] = "/tmp/verstka-po-XXXXXX";

static void write_file(const char *bytes, size_t len)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

static void same_string(const char *a, const char *b)
{
	assert_int_equal(a == NULL, b == NULL);
	if (a != NULL)
		assert_string_equal(a, b);
}

static void same_entries(const struct po *a, const struct po *b)
{
	same_string(a->language, b->language);
	same_string(a->translator, b->translator);
	assert_int_equal(a->n, b->n);
	assert_int_equal(a->by_text.n, b->by_text.n);
	for (size_t i = 0; i < a->n; i++) {
		const struct po_entry *x = &a->v[i], *y = &b->v[i];

		same_string(x->text, y->text);
		same_string(x->msgstr, y->msgstr);
		same_string(x->previous, y->previous);
		assert_int_equal(x->fuzzy, y->fuzzy);
		assert_int_equal(x->obsolete, y->obsolete);
		assert_int_equal(x->other, y->other);
		assert_int_equal(x->same, y->same);
		assert_int_equal(x->line, y->line);
		assert_int_equal(x->n_at, y->n_at);
		for (size_t k = 0; k < x->n_at; k++) {
			assert_int_equal(x->at[k].from, y->at[k].from);
			assert_int_equal(x->at[k].line, y->at[k].line);
		}
		assert_int_equal(strmap_lookup(&a->by_text, x->text, strlen(x->text)) == x,
		                 strmap_lookup(&b->by_text, y->text, strlen(y->text)) == y);
	}
}

/* Is it plain? Then the library says the same. */
static bool compare(const char *bytes, size_t len)
{
	struct po plain = { .n = 0 }, *a, *b;
	struct diag_log log;
	const char *header;
	bool taken;

	arena_init(&plain.arena);
	strmap_init(&plain.by_text);
	taken = utf8_is_valid(bytes, len) && po_read_plain(&plain, bytes, len, &header);
	if (taken) {
		write_file(bytes, len);
		diag_init(&log);
		a = po_read(path, &log);
		b = po_read_by_library(path, &log);
		if (a == NULL || b == NULL || log.n > 0)
			print_message("%.*s\n%s\n", (int)len, bytes, log.n > 0 ? log.v[0].text : "");
		assert_non_null(a);
		assert_non_null(b);
		assert_int_equal(log.n, 0);
		same_entries(a, b);
		assert_int_equal(a->n, plain.n);
		po_close(a);
		po_close(b);
		diag_free(&log);
	}
	strmap_free(&plain.by_text);
	mem_free(plain.v);
	arena_free(&plain.arena);
	return taken;
}

static void test_whole(void **state)
{
	(void)state;
	assert_true(compare(whole, strlen(whole)));
}

static void test_translations(void **state)
{
	static const char *const files[] = { "source/brief08/po/en.po", "source/brief08/po/ar.po" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct diag_log log;
		char *data;
		size_t len;

		diag_init(&log);
		assert_true(file_read(files[i], PO_MOST, &log, DIAG_NOWHERE, &data, &len));
		assert_true(compare(data, len));
		mem_free(data);
		diag_free(&log);
	}
}

static uint32_t next_of(uint32_t *seed)
{
	return *seed = *seed * 1664525u + 1013904223u;
}

/* The next line begins there. */
static size_t line_from(const char *s, size_t len, size_t at)
{
	while (at < len && s[at] != '\n')
		at++;
	return at < len ? at + 1 : len;
}

static void test_faults(void **state)
{
	static const char *const pieces[] = { "\"", "\\", "\n", "#", "~", "|", " ", "msgid ", "msgstr \"a\"\n",
	                                      "#| msgid \"q\"\n", "# same\n",
	                                      "#, fuzzy\n", "\"more\"\n", "msgctxt \"c\"\n", "#~ ", "\\r", "\t", "domain \"d\"\n", "#:",
	                                      "\xC2\xA0",
	                                      "#~| msgid \"r\"\n", "msgid \"new\"\nmsgstr \"neu\"\n", "#. \n", "[0]", "#, range: 0..1\n" };
	enum { N_PIECES = sizeof pieces / sizeof *pieces, TRIALS = 3000 };
	uint32_t seed = 7;
	int taken = 0;

	(void)state;
	for (int i = 0; i < TRIALS; i++) {
		size_t len = strlen(whole), at = (next_of(&seed) >> 8) % len, cut = 0;
		const char *piece = "";
		struct buf b;

		buf_init(&b);
		switch ((next_of(&seed) >> 8) % 4) {
		case 0: cut = 1; break;
		case 1: at = line_from(whole, len, at); cut = line_from(whole, len, at) - at; break;
		case 2: at = line_from(whole, len, at); /* and a piece there */ /* fall through */
		default: piece = pieces[(next_of(&seed) >> 8) % N_PIECES]; break;
		}
		buf_put(&b, whole, at);
		buf_puts(&b, piece);
		buf_put(&b, whole + at + cut, len - at - cut);
		taken += compare(b.data, b.len);
		buf_free(&b);
	}
	assert_in_range(taken, TRIALS / 10, TRIALS * 9 / 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_translations),
		cmocka_unit_test(test_faults),
	};
	int fd = mkstemp(path), failed;

	if (fd < 0)
		return 1;
	close(fd);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	unlink(path);
	return failed;
}
