/* base/utf8: what draws nothing, by Unicode's own list (Debian's unicode-data). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"

static void test_ignorable(void **state)
{
	static const char path[] = "/usr/share/unicode/DerivedCoreProperties.txt";
	static bool listed[0x110000];
	FILE *f = fopen(path, "r");
	char line[500];
	size_t n = 0;

	(void)state;
	if (f == NULL) {
		print_message("SKIPPED: %s is missing (Debian package unicode-data)\n", path);
		skip();
	}
	while (fgets(line, sizeof line, f) != NULL) {
		unsigned long from = strtoul(line, NULL, 16), to = from;
		const char *range = strstr(line, "..");

		if (line[0] == '#' || strstr(line, "; Default_Ignorable_Code_Point ") == NULL)
			continue;
		if (range != NULL && range < strchr(line, ';'))
			to = strtoul(range + 2, NULL, 16);
		for (; from <= to && from < 0x110000; from++, n++)
			listed[from] = true;
	}
	fclose(f);
	assert_true(n > 4000);
	for (uint32_t c = 0; c < 0x110000; c++) {
		if (utf8_is_ignorable(c) != listed[c])
			fail_msg("U+%04X", (unsigned)c);
	}
}

static void test_seen(void **state)
{
	static const char *const unseen[] = {
		"", " \t\n", "\xc2\xad", "\xc2\xa0\xc2\xad", "\xe2\x80\x8b", "\xe2\x80\xae", "\xe3\x80\x80", "\xef\xbb\xbf", "\xc2\x85"
	};

	(void)state;
	for (size_t i = 0; i < sizeof unseen / sizeof *unseen; i++)
		assert_false(utf8_is_seen(unseen[i], strlen(unseen[i])));
	assert_true(utf8_is_seen("\xc2\xad" "a", 3));
	assert_true(utf8_is_seen(" \xcc\x81", 3)); /* a lonely accent */
	assert_true(utf8_is_seen("\xff", 1));      /* set as U+FFFD */
	assert_false(utf8_is_seen(NULL, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_ignorable), cmocka_unit_test(test_seen) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
