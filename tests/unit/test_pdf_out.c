/* write/pdf/pdf_out.h: the file around its objects. Numbers are given once, every object is where the table says. */
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
#include "write/pdf/pdf_out.h"

enum { DICTS = 1000, A_PAGE = 100 };

/* Dictionaries of our own among libharu's pages and dictionaries; each says its number. *last: the highest. */
static bool write_many(bool packed, bool forget_one, struct buf *out, struct diag_log *log, unsigned *last)
{
	struct pdf_file f;
	struct buf body, content;
	bool ok;

	buf_init(&body);
	buf_init(&content);
	buf_puts(&content, "q Q");
	assert_true(pdf_begin(&f, "1.6", packed, out, log));
	for (int i = 0; i < DICTS; i++) {
		unsigned id = pdf_number(&f);

		if (i % A_PAGE == 0) {
			struct pdf_dict page = pdf_page_new(&f), late = pdf_dict_new(&f);

			buf_puts(page.body, "/MediaBox [0 0 100 100] /Resources <<>>");
			buf_printf(late.body, "/Own %u", late.id);
			pdf_page_content(&f, page.id, &content);
			assert_true(page.id > id && late.id > page.id);
		}
		buf_printf(&body, "/Own %u", id);
		if (!(forget_one && i == DICTS / 2))
			pdf_put_dict(&f, id, &body);
		buf_clear(&body);
	}
	*last = pdf_number(&f);
	buf_printf(&body, "/Own %u", *last);
	pdf_put_dict(&f, *last, &body);
	ok = pdf_finish(&f);
	pdf_end(&f);
	buf_free(&body);
	buf_free(&content);
	return ok;
}

static size_t number_behind(const char *s)
{
	return (size_t)strtoull(s, NULL, 10);
}

/* Behind the last occurrence of `what`: the file holds any bytes. */
static const char *behind_last(const struct buf *file, const char *what)
{
	size_t n = strlen(what);

	for (size_t i = file->len - n; i > 0; i--)
		if (memcmp(file->data + i, what, n) == 0)
			return file->data + i + n;
	fail_msg("no %s", what);
	return NULL;
}

static void test_plain(void **state)
{
	struct diag_log log;
	struct buf file;
	const char *row;
	unsigned last, own = 0;

	(void)state;
	diag_init(&log);
	buf_init(&file);
	assert_true(write_many(false, false, &file, &log, &last));
	row = behind_last(&file, "\nxref\n0 ");
	assert_true(number_behind(row) > last);
	row = strchr(row, '\n') + 1 + 20; /* the head of the free ones */
	for (unsigned id = 1; id <= last; id++, row += 20) {
		char wanted[40];
		const char *object = file.data + number_behind(row);

		snprintf(wanted, sizeof wanted, "%u 0 obj\n", id);
		assert_memory_equal(object, wanted, strlen(wanted));
		snprintf(wanted, sizeof wanted, "%u 0 obj\n<</Own %u>>", id, id);
		own += memcmp(object, wanted, strlen(wanted)) == 0;
	}
	assert_int_equal(own, DICTS + 1);
	buf_free(&file);
	diag_free(&log);
}

/* A stream's bytes, unpacked; its dictionary is at `object`. */
static void unpack(const char *object, struct buf *out)
{
	size_t len = number_behind(strstr(object, "/Length ") + 8), got;
	const char *data = strstr(object, "stream\n") + 7;
	struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
	enum { ROOM = 1 << 20 };

	VEC_ROOM(out->data, 0, out->cap, ROOM);
	assert_int_equal(libdeflate_zlib_decompress(d, data, len, out->data, ROOM - 1, &got), LIBDEFLATE_SUCCESS);
	out->data[got] = '\0';
	out->len = got;
	libdeflate_free_decompressor(d);
}

static size_t field(const struct buf *rows, size_t at, int n)
{
	size_t v = 0;

	for (int i = 0; i < n; i++)
		v = v << 8 | (unsigned char)rows->data[at + (size_t)i];
	return v;
}

static void test_packed(void **state)
{
	enum { ROW = 8 };
	struct diag_log log;
	struct buf file, rows, pack;
	unsigned last, own = 0;

	(void)state;
	diag_init(&log);
	buf_init(&file);
	buf_init(&rows);
	buf_init(&pack);
	assert_true(write_many(true, false, &file, &log, &last));
	unpack(file.data + number_behind(behind_last(&file, "\nstartxref\n")), &rows);
	for (unsigned id = 1; id <= last; id++) {
		size_t where = field(&rows, id * ROW + 1, 5), index = field(&rows, id * ROW + 6, 2);
		char wanted[40];

		if (rows.data[id * ROW] == 1) {
			snprintf(wanted, sizeof wanted, "%u 0 obj\n", id);
			assert_memory_equal(file.data + where, wanted, strlen(wanted));
			continue;
		}
		assert_int_equal(rows.data[id * ROW], 2);
		assert_int_equal(rows.data[where * ROW], 1);
		unpack(file.data + field(&rows, where * ROW + 1, 5), &pack);
		for (const char *p = pack.data;; index--) {
			char *end;
			size_t number = (size_t)strtoull(p, &end, 10), place = (size_t)strtoull(end, &end, 10);

			p = end;
			if (index > 0)
				continue;
			assert_int_equal(number, id);
			p = pack.data + number_behind(strstr(file.data + field(&rows, where * ROW + 1, 5), "/First ") + 7) + place;
			snprintf(wanted, sizeof wanted, "/Own %u", id);
			own += strncmp(p, "<<", 2) == 0 && strstr(p, wanted) != NULL && strstr(p, wanted) < strstr(p, ">>");
			break;
		}
	}
	assert_int_equal(own, DICTS + 1 + DICTS / A_PAGE);
	buf_free(&file);
	buf_free(&rows);
	buf_free(&pack);
	diag_free(&log);
}

/* Others refer to it, and it is not there. */
static void test_missing(void **state)
{
	struct diag_log log;
	struct buf file;
	unsigned last;

	(void)state;
	for (int packed = 0; packed < 2; packed++) {
		diag_init(&log);
		buf_init(&file);
		assert_false(write_many(packed != 0, true, &file, &log, &last));
		assert_int_equal(log.errors, 1);
		buf_free(&file);
		diag_free(&log);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain), cmocka_unit_test(test_packed), cmocka_unit_test(test_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
