/* Files carried inside the program are the files of the repository, byte for byte. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/resource.h"

static void
compare(const char *name, const char *path)
{
	struct diag_log log;
	struct resource r = resource_lookup(name);
	char *data = NULL;
	size_t len = 0;

	diag_init(&log);
	assert_true(file_read(path, 1 << 24, &log, DIAG_NOWHERE, &data, &len));
	assert_non_null(r.data);
	assert_true(r.len > 100);
	assert_int_equal(r.len, len);
	assert_memory_equal(r.data, data, len);
	mem_free(data);
	diag_free(&log);
}

static void
same_as_the_files(void **state)
{
	(void)state;
	compare("theme.xml", "source/theme.xml");
	compare("fonts.xml", "fonts/fonts.xml");
	compare("brief.rng", "src/read/schema/brief.rng");
}

static void
unknown_name(void **state)
{
	(void)state;
	assert_null(resource_lookup("").data);
	assert_null(resource_lookup("theme").data);
	assert_null(resource_lookup("theme.xml.").data);
	assert_int_equal(resource_lookup("no-such").len, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_as_the_files),
		cmocka_unit_test(unknown_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
