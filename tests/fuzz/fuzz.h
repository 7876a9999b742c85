/* What the fuzz targets share. A target is one function over bytes: libFuzzer calls it with what it makes up, replay.c with
 * the corpus. A finding is a crash, a sanitizer's report, a leak, a run of many seconds, or a promise that is not kept. */
#ifndef VERSTKA_TESTS_FUZZ_H
#define VERSTKA_TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "font/font.h"
#include "lang/lang.h"
#include "shape/shape.h"
#include "style/style.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A promise: says which one is broken, and aborts. */
#define FUZZ_MUST(X) ((X) ? (void)0 : fuzz_broken(#X, __FILE__, __LINE__))
_Noreturn void fuzz_broken(const char *what, const char *file, int line);

/* A file of this name in a folder of the process's own, removed when it ends. The path is good until the next call
 * with that name; NULL data: no such file. */
const char *fuzz_file(const char *name, const void *data, size_t size);

/* The bytes as a stream of choices; behind their end it is all zeros. */
struct fuzz_bytes {
	const uint8_t *p;
	size_t n;
};
uint32_t fuzz_take(struct fuzz_bytes *b, uint32_t below); /* 0 .. below - 1; below <= 65536 */
/* What is left, as well-formed UTF-8 without zeros, in arena a. */
char *fuzz_text(struct fuzz_bytes *b, struct arena *a, size_t *len);
const char *fuzz_lang(struct fuzz_bytes *b); /* one of those with rules of their own, or none */

/* The house's fonts, opened once for the process; what grows with use is renewed now and then. */
struct fuzz_shop {
	struct fontmap *map;
	struct fonts *fonts;
	struct shaper *shaper;
	struct langs *langs;
};
struct fuzz_shop *fuzz_shop(void);
/* The theme carried inside, or theme.xml's text `xml`, for a language; theme_free. It must be without fault. */
struct theme *fuzz_theme(const char *xml, const char *lang);

#endif
