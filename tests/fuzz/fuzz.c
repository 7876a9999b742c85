#define _XOPEN_SOURCE 700 /* nftw, mkdtemp */
#include "fuzz.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/resource.h"
#include "base/utf8.h"
#include "read/fontmap.h"
#include "read/theme.h"

void fuzz_broken(const char *what, const char *file, int line)
{
	fprintf(stderr, "%s:%d: promised and not kept: %s\n", file, line, what);
	abort();
}

/* ---- files --------------------------------------------------------------------------------------------------- */

static char folder[200];

static int remove_one(const char *path, const struct stat *st, int what, struct FTW *at)
{
	(void)st;
	(void)what;
	(void)at;
	return remove(path);
}

static void remove_folder(void)
{
	nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

const char *fuzz_file(const char *name, const void *data, size_t size)
{
	static char path[8][300];
	static int turn;
	char *p = path[turn++ % 8];
	FILE *f;

	if (folder[0] == '\0') {
		const char *tmp = getenv("TMPDIR");

		snprintf(folder, sizeof folder, "%s/verstka-fuzz-XXXXXX", tmp != NULL && strlen(tmp) < 100 ? tmp : "/tmp");
		if (mkdtemp(folder) == NULL)
			exit(3);
		atexit(remove_folder);
	}
	snprintf(p, sizeof path[0], "%s/%s", folder, name);
	if (data == NULL)
		return p;
	f = fopen(p, "wb");
	if (f == NULL || fwrite(data, 1, size, f) != size || fclose(f) != 0)
		exit(3);
	return p;
}

/* ---- choices --------------------------------------------------------------------------------------------------- */

uint32_t fuzz_take(struct fuzz_bytes *b, uint32_t below)
{
	uint32_t v = 0;

	for (int i = 0; i < (below > 256 ? 2 : 1); i++) {
		v = v << 8 | (b->n > 0 ? *b->p : 0);
		if (b->n > 0) {
			b->p++;
			b->n--;
		}
	}
	return below > 0 ? v % below : 0;
}

char *fuzz_text(struct fuzz_bytes *b, struct arena *a, size_t *len)
{
	char *out = arena_alloc(a, b->n * 3 + 1);
	size_t n, at = 0;

	while (b->n > 0) {
		uint32_t c = utf8_decode((const char *)b->p, b->n, &n);

		b->p += n;
		b->n -= n;
		if (c == 0)
			c = ' ';
		at += utf8_encode(c, out + at);
	}
	out[at] = '\0';
	*len = at;
	return out;
}

const char *fuzz_lang(struct fuzz_bytes *b)
{
	static const char *const tags[] = { "ru", "en", "uk", "fr", "de", "es", "zh", "ar", "el", "he", "fa", "ja", "en-GB", "xx", "ky", "tr" };

	return tags[fuzz_take(b, sizeof tags / sizeof *tags)];
}

/* ---- fonts, languages, theme ------------------------------------------------------------------------------------- */

struct fuzz_shop *fuzz_shop(void)
{
	static struct fuzz_shop shop;
	static unsigned calls;
	struct resource r = resource_lookup("fonts.xml");
	struct diag_log log;

	diag_init(&log);
	if (shop.map == NULL) {
		shop.map = fontmap_read(r.data, r.len, "fonts.xml", &log);
		FUZZ_MUST(shop.map != NULL);
		shop.fonts = fonts_open(shop.map, &log);
		FUZZ_MUST(shop.fonts != NULL);
	}
	if (calls++ % 200 == 0) {
		shaper_close(shop.shaper);
		if (shop.langs != NULL)
			langs_close(shop.langs);
		shop.shaper = shaper_open(shop.fonts);
		shop.langs = langs_open(NULL);
	}
	diag_free(&log);
	return &shop;
}

struct theme *fuzz_theme(const char *xml, const char *lang)
{
	struct resource r = resource_lookup("theme.xml");
	struct diag_log log;
	struct theme *t;

	diag_init(&log);
	t = xml != NULL ? theme_read(xml, strlen(xml), "theme.xml", lang, &log) : theme_read(r.data, r.len, "theme.xml", lang, &log);
	if (t == NULL)
		diag_print(&log, 0, stderr, DIAG_TEXT);
	FUZZ_MUST(t != NULL);
	diag_free(&log);
	return t;
}
