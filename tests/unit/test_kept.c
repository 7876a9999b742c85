/* base/kept: one making for the same bytes and the same way, however many ask; another for each that differs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/crew.h"
#include "base/kept.h"

static void copy_twice(void *made, const void *from, size_t len, struct buf *out)
{
	++*(int *)made;
	buf_put(out, from, len);
	buf_put(out, from, len);
}

static void test_once(void **state)
{
	struct kept *k = kept_new();
	int made = 0;
	char key[] = "abc";
	const struct buf *first = kept_get(k, "twice", key, 3, copy_twice, &made), *other;

	(void)state;
	assert_int_equal(first->len, 6);
	assert_memory_equal(first->data, "abcabc", 6);
	assert_ptr_equal(kept_get(k, "twice", "abc", 3, copy_twice, &made), first);
	assert_int_equal(made, 1);
	other = kept_get(k, "otherwise", "abc", 3, copy_twice, &made);
	assert_ptr_not_equal(other, first);
	key[2] = 'd'; /* the key was copied */
	assert_ptr_not_equal(kept_get(k, "twice", key, 3, copy_twice, &made), first);
	assert_ptr_not_equal(kept_get(k, "twice", "ab", 2, copy_twice, &made), first);
	assert_ptr_equal(kept_get(k, "twice", "abc", 3, copy_twice, &made), first);
	assert_int_equal(made, 4);
	kept_free(k);
}

struct asking {
	struct kept *kept;
	int made;
	const struct buf *got[32];
};

static void ask(void *context, size_t i)
{
	struct asking *a = context;

	a->got[i] = kept_get(a->kept, "twice", i % 2 == 0 ? "even" : "odd", i % 2 == 0 ? 4 : 3, copy_twice, &a->made);
}

static void test_threads(void **state)
{
	struct asking a = { .kept = kept_new() };

	(void)state;
	crew_run(4, 32, ask, &a);
	assert_int_equal(a.made, 2); /* each made under the lock */
	for (size_t i = 0; i < 32; i++)
		assert_ptr_equal(a.got[i], a.got[i % 2]);
	kept_free(a.kept);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_once),
		cmocka_unit_test(test_threads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
