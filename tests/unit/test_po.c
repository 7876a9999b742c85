/* i18n/po_open: libgettextpo that is not told of UTF-8 gives what it gives when told, and is not relied on where it would not. */
#define _XOPEN_SOURCE 700 /* mkstemp */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "i18n/po.h"
#include "i18n/po_open.h"

#define HEADER "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n"
#define ENTRY "\n# same\n#: a.xml:1\n#, fuzzy\n#| msgid \"Was\"\nmsgid \"Текст\\t\\\"в кавычках\\\"\"\nmsgstr \"文字 \"\n\"слово\\n\"\n"

static void put(struct buf *out, const char *s)
{
	buf_puts(out, s != NULL ? s : "(none)");
	buf_putc(out, '\n');
}

/* All that i18n/po asks of a file. */
static void dump(po_file_t file, struct buf *out)
{
	po_message_iterator_t it = po_message_iterator(file, NULL);
	po_message_t m;

	while ((m = po_next_message(it)) != NULL) {
		put(out, po_message_msgid(m));
		put(out, po_message_msgctxt(m));
		put(out, po_message_msgid_plural(m));
		put(out, po_message_prev_msgid(m));
		put(out, po_message_comments(m));
		buf_printf(out, "%d%d\n", po_message_is_fuzzy(m), po_message_is_obsolete(m));
		if (*po_message_msgid(m) != '\0') /* the header's differs in a word */
			put(out, po_message_msgstr(m));
	}
	po_message_iterator_free(it);
}

static bool read_as(enum po_charset how, const char *path, struct buf *out)
{
	struct diag_log log;
	po_file_t file;
	char *data;
	size_t len;
	bool ok;

	diag_init(&log);
	assert_true(file_read(path, PO_MOST, &log, DIAG_NOWHERE, &data, &len));
	ok = po_open(how, path, data, len, &file, &log);
	assert_true(how == PO_CHARSET_TOLD || log.n == 0); /* it says nothing, whatever it finds */
	if (ok) {
		dump(file, out);
		po_file_free(file);
	}
	mem_free(data);
	diag_free(&log);
	return ok;
}

static void check_same(const char *path, const char *what)
{
	struct buf a, b;

	buf_init(&a);
	buf_init(&b);
	if (!read_as(PO_CHARSET_TOLD, path, &a) || !read_as(PO_CHARSET_HIDDEN, path, &b))
		fail_msg("%s cannot be read both ways", what);
	assert_int_equal(a.len, b.len);
	assert_memory_equal(a.data, b.data, a.len);
	buf_free(&a);
	buf_free(&b);
}

static void test_same(void **state)
{
	const char *folder = "source/brief08/po";
	DIR *d = opendir(folder);
	int n = 0;

	(void)state;
	assert_non_null(d);
	for (const struct dirent *e; (e = readdir(d)) != NULL;) {
		char path[512];

		if (strstr(e->d_name, ".po") == NULL || strstr(e->d_name, ".pot") != NULL)
			continue;
		snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
		check_same(path, path);
		n++;
	}
	closedir(d);
	assert_true(n >= 5);
}

/* Written to a file of a name of its own; gone when the test is over. */
static void with_text(const char *text, void (*check)(const char *path, const char *what))
{
	char path[] = "/tmp/verstka-po-XXXXXX";
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
	check(path, text);
	unlink(path);
}

static void test_forms(void **state)
{
	(void)state;
	with_text(HEADER ENTRY, check_same);
	with_text(HEADER "\nmsgctxt \"x\"\nmsgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"c\"\nmsgstr[1] \"d\"\n", check_same);
	with_text(HEADER "\n#~ msgid \"Было\"\n#~ msgstr \"Was\"\n", check_same);
	with_text(HEADER "\n# same\n#. section/para\n#: a.xml:1 b.xml:22\n#, fuzzy\n#| msgid \"#. b\"\nmsgid \"\"\n\"#: a\"\n"
	          "msgstr \"#. c\"\n#.", check_same);
	with_text(HEADER "\nmsgid \"charset=UTF-8\\n\"\nmsgstr \"charset=KOI8-R\"\n", check_same);
	with_text(HEADER "\nmsgid \"\\303\\244 \\x41\"\nmsgstr \"\\101\"\n", check_same);
}

static void check_refused(const char *path, const char *what)
{
	struct buf out;

	buf_init(&out);
	if (read_as(PO_CHARSET_HIDDEN, path, &out))
		fail_msg("read with its charset hidden: %s", what);
	buf_free(&out);
}

static void test_refused(void **state)
{
	(void)state;
	with_text("", check_refused);
	with_text("msgid \"a\"\nmsgstr \"b\"\n", check_refused);
	with_text(HEADER "\nmsgid \"open\nmsgstr \"\"\n", check_refused);
	with_text(HEADER ENTRY ENTRY, check_refused); /* one entry twice */
	with_text("msgid \"a\"\nmsgstr \"b\"\n\n" HEADER, check_refused);
	with_text("msgid \"charset=UTF-8\\n\"\nmsgstr \"b\"\n\n" HEADER, check_refused);
	with_text("# charset=UTF-8\\n\n" HEADER, check_refused);
	with_text("msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=KOI8-R\\n\"\n", check_refused);
	with_text("msgid \"\"\nmsgstr \"Content-Type: text/plain; CHARSET=UTF-8\\n\"\n\n"
	          "msgid \"charset=UTF-8\\n\"\nmsgstr \"\"\n", check_refused);
	with_text("msgid \"\"\nmsgstr \"charset=UTF-8\\n\"\n\"charset=KOI8-R\\n\"\n", check_refused);
	with_text("msgid \"\"\nmsgstr \"Content-Type: text/plain; \\103HARSET=UTF-8\\n\"\n\n"
	          "msgid \"charset=UTF-8\\n\"\nmsgstr \"\"\n", check_refused);
	with_text(HEADER "\ndomain \"other\"\n\n" HEADER, check_refused);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_same), cmocka_unit_test(test_forms), cmocka_unit_test(test_refused) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
