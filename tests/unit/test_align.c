/* Editions aligned (edition/align.h): the brief and a copy of it that is some paragraphs shorter. */
#define _GNU_SOURCE /* memmem */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "edition/align.h"

#define BRIEF "source/brief08/brief08.ru.xml"
#define COPY "out/test/unit/align.xml"

/* Cuts `n` paragraphs out of the section that begins with `id`. */
static void write_shorter(const char *id, int n)
{
	struct diag_log log;
	char *data;
	size_t len, made;

	diag_init(&log);
	assert_true(file_make_folders("out/test/unit", &made, &log));
	assert_true(file_read(BRIEF, 1 << 20, &log, DIAG_NOWHERE, &data, &len));
	for (int i = 0; i < n; i++) {
		char *section = strstr(data, id), *from, *to;

		assert_non_null(section);
		from = strstr(section, "<para>");
		to = strstr(from, "</para>") + strlen("</para>");
		assert_null(memmem(from, (size_t)(to - from), "<footnote", 9));
		memmove(from, to, strlen(to) + 1);
	}
	assert_true(file_write(COPY, data, strlen(data), &log));
	mem_free(data);
	diag_free(&log);
}

struct pair {
	struct diag_log log;
	struct edition_options o;
	struct edition one, two, *both[2];
};

static void open_pair(struct pair *p)
{
	memset(p, 0, sizeof *p);
	diag_init(&p->log);
	edition_init(&p->one, BRIEF, &p->o, &p->log);
	edition_init(&p->two, COPY, &p->o, &p->log);
	p->both[0] = &p->one;
	p->both[1] = &p->two;
	for (int i = 0; i < 2; i++) {
		assert_true(edition_read(p->both[i]));
		assert_true(edition_style(p->both[i]));
	}
}

static void close_pair(struct pair *p)
{
	edition_close(&p->one);
	edition_close(&p->two);
	diag_free(&p->log);
}

/* The page that a division's heading stands on. */
static int page_of(const struct edition *e, const struct node *n)
{
	for (size_t i = 0; i < e->pages->n; i++)
		for (size_t k = 0; k < e->pages->v[i].n; k++)
			if (e->pages->v[i].items[k].kind == ITEM_ANCHOR && e->pages->v[i].items[k].node == n)
				return e->pages->v[i].number;
	return 0;
}

static int count(const struct diag_log *log, const char *code)
{
	int n = 0;

	for (size_t i = 0; i < log->n; i++)
		n += strcmp(log->v[i].code, code) == 0;
	return n;
}

static void test_common_pages(void **state)
{
	struct pair p;
	int differ = 0;

	(void)state;
	write_shorter("xml:id=\"problemy-i-potrebnosti\"", 2);
	open_pair(&p);
	assert_true(align_editions(p.both, 2, NULL, 2));
	assert_true(edition_layout(&p.one));
	assert_true(edition_layout(&p.two));
	assert_true(p.one.pins->n >= 6);
	for (int i = 0; i < p.one.pins->n; i++) {
		int at = page_of(&p.one, p.one.pins->node[i]);

		assert_int_not_equal(at, 0);
		assert_int_equal(at, page_of(&p.two, p.two.pins->node[i]));
		assert_int_equal(at, p.one.pins->page[i]);
	}
	/* the search with pins comes to just what the survey promised */
	assert_int_equal(p.one.pages->makeup.best.sum, p.one.pins->least);
	assert_int_equal(p.two.pages->makeup.best.sum, p.two.pins->least);
	assert_int_equal(count(&p.log, "align"), 2);
	assert_int_equal(count(&p.log, "layout-invariant"), 0);
	close_pair(&p);
	/* freely they are not on the same pages, or this would prove nothing */
	open_pair(&p);
	assert_true(edition_layout(&p.one));
	assert_true(edition_layout(&p.two));
	for (const struct node *a = p.one.doc->root->first, *b = p.two.doc->root->first; a != NULL && b != NULL; a = a->next, b = b->next)
		differ += a->kind == N_DIVISION && page_of(&p.one, a) != page_of(&p.two, b);
	assert_true(differ > 0);
	close_pair(&p);
}

static void test_refused(void **state)
{
	struct pair p;

	(void)state;
	write_shorter("xml:id=\"vvedenie\"", 7);
	open_pair(&p);
	assert_false(align_editions(p.both, 2, NULL, 2));
	assert_true(count(&p.log, "align") >= 1);
	assert_non_null(strstr(p.log.v[p.log.n - 1].text, "lines too short"));
	close_pair(&p);
}

static void test_no_such_place(void **state)
{
	struct pair p;

	(void)state;
	write_shorter("xml:id=\"vvedenie\"", 0);
	open_pair(&p);
	assert_false(align_editions(p.both, 2, "vvedenie,nowhere", 1));
	assert_int_equal(count(&p.log, "align-place"), 1);
	close_pair(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_common_pages),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_no_such_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
