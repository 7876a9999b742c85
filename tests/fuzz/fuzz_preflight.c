/* Preflight: any bytes as a PDF, judged by each standard. */
#include <string.h>

#include "base/utf8.h"
#include "fuzz.h"
#include "preflight/preflight.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum preflight_standard standards[] = { PREFLIGHT_X4, PREFLIGHT_X1A, PREFLIGHT_UA };
	const char *path = fuzz_file("a.pdf", data, size);

	for (size_t i = 0; i < sizeof standards / sizeof *standards; i++) {
		struct preflight_options o = { .standard = standards[i], .safe = SP_PT(9) };
		struct diag_log log;
		bool ok;

		diag_init(&log);
		ok = preflight_file(path, &o, &log);
		FUZZ_MUST(ok == (log.errors == 0));
		for (size_t k = 0; k < log.n; k++)
			FUZZ_MUST(utf8_is_valid(log.v[k].text, strlen(log.v[k].text)));
		diag_free(&log);
	}
	return 0;
}
