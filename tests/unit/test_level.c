/* What the search for pages remembers is no more for a longer document: paragraphs broken, tables of their lines and paragraphs
 * at hand go when the pages that asked for them are behind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "workshop.h"

enum { LEAST = 1 << 20, WORDS = 110, PARS_A_SECTION = 12 };

struct size {
	size_t pages;
	int64_t remembered; /* [byte] */
};

static struct size measure(int sections)
{
	struct workshop *w = workshop_open(NULL);
	struct size size;
	uint64_t seed = 11;
	struct buf b;
	struct set *s;

	buf_init(&b);
	for (int i = 0; i < sections; i++) {
		buf_printf(&b, "<section><title>Раздел %d</title>", i);
		for (int k = 0; k < PARS_A_SECTION; k++) {
			workshop_put_para(&seed, WORDS, &b);
			if (k % 4 == 1) /* paragraphs are broken anew beside it, once for each line it may stand at */
				buf_printf(&b, "<blockquote role='pullquote'><para>Слова раздела %d, взятые из него</para></blockquote>", i);
		}
		buf_puts(&b, "</section>");
	}
	s = workshop_set(w, "article", "ru", b.data);
	size = (struct size){ s->pages->n, s->pages->makeup.remembered };
	set_drop(s);
	buf_free(&b);
	workshop_close(w);
	return size;
}

static void test_search_remembers_no_more(void **state)
{
	struct size brief = measure(30), longer = measure(150);

	(void)state;
	print_message("%zu pages: %lld KB remembered; %zu pages: %lld KB\n", brief.pages, (long long)brief.remembered / 1024,
	              longer.pages, (long long)longer.remembered / 1024);
	assert_true(brief.pages > 60 && longer.pages > 4 * brief.pages);
	assert_true(brief.remembered > LEAST);
	assert_true(longer.remembered < brief.remembered + brief.remembered / 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_search_remembers_no_more) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
