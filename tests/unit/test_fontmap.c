/* fonts.xml: the map of this repository is whole, and wrong maps are refused with the place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "read/fontmap.h"
#include "read/theme.h"

static struct fontmap *read_text(const char *xml, const char *name, struct diag_log *log)
{
	diag_init(log);
	return fontmap_read(xml, strlen(xml), name, log);
}

static char *load(const char *path)
{
	struct diag_log log;
	char *data = NULL;
	size_t len;

	diag_init(&log);
	assert_true(file_read(path, 1 << 20, &log, DIAG_NOWHERE, &data, &len));
	diag_free(&log);
	return data;
}

static struct fontmap *house(void)
{
	struct diag_log log;
	char *xml = load("fonts/fonts.xml");
	struct fontmap *map = read_text(xml, "fonts/fonts.xml", &log);

	diag_print(&log, 0, stderr, DIAG_TEXT);
	assert_non_null(map);
	assert_int_equal(log.n, 0);
	diag_free(&log);
	mem_free(xml); /* the map keeps nothing of the text */
	return map;
}

static const struct fontmap_family *family(const struct fontmap *map, const char *name)
{
	for (int i = 0; i < map->n_families; i++) {
		if (strcmp(map->families[i].name, name) == 0)
			return &map->families[i];
	}
	return NULL;
}

static const struct fontmap_face *face(const struct fontmap_family *f, bool bold, bool italic)
{
	for (int i = 0; i < f->n_faces; i++) {
		if (f->faces[i].bold == bold && f->faces[i].italic == italic)
			return &f->faces[i];
	}
	fail_msg("%s has no such face", f->name);
	return NULL;
}

static void test_house_families(void **state)
{
	static const char *const styles[][5] = {
		{ "Serif", "PTF55F.ttf", "PTF75F.ttf", "PTF56F.ttf", "PTF76F.ttf" },
		{ "Sans", "PTS55F.ttf", "PTS75F.ttf", "PTS56F.ttf", "PTS76F.ttf" },
	};
	struct fontmap *map = house();
	const struct fontmap_family *f;

	(void)state;
	for (int i = 0; i < 2; i++) {
		f = family(map, styles[i][0]);
		assert_non_null(f);
		for (int k = 0; k < 4; k++) {
			assert_string_equal(face(f, k & 1, k & 2)->file, styles[i][1 + k]);
			assert_string_equal(face(f, k & 1, k & 2)->package, "fonts-paratype");
			assert_false(face(f, k & 1, k & 2)->optional);
		}
		assert_true(f->n_fallback > 20);
	}
	f = family(map, "SerifCJK");
	assert_non_null(f);
	assert_int_equal(face(f, false, false)->index, 2); /* the simplified Chinese face of the collection */
	assert_true(face(f, true, false)->optional);
	assert_string_equal(f->lang, "zh");
	assert_string_equal(f->script, "Hani");
	assert_string_equal(f->fallback[0], "Serif");
	for (int i = 0; i < f->n_fallback; i++)
		assert_string_not_equal(f->fallback[i], "SerifCJK");
	assert_string_equal(f->pos.file, "fonts/fonts.xml");
	assert_true(f->pos.line > 10);
	fontmap_free(map);
	fontmap_free(NULL);
}

/* Each face that is not optional comes from a package that bootstrap installs. */
static void test_house_needs(void **state)
{
	static const char *const base[] = { "fonts-paratype", "fonts-dejavu-core", "fonts-dejavu-extra" };
	struct fontmap *map = house();

	(void)state;
	for (int i = 0; i < map->n_families; i++) {
		for (int k = 0; k < map->families[i].n_faces; k++) {
			const struct fontmap_face *f = &map->families[i].faces[k];
			bool found = f->optional;

			assert_non_null(f->package);
			for (size_t b = 0; b < sizeof base / sizeof *base; b++)
				found = found || strcmp(f->package, base[b]) == 0;
			assert_true(found);
		}
		for (int k = 0; k < map->families[i].n_fallback; k++)
			assert_non_null(family(map, map->families[i].fallback[k]));
	}
	fontmap_free(map);
}

/* Files that are installed here lie where the map says; one that is required must be. */
static void test_house_files(void **state)
{
	struct fontmap *map = house();
	int found = 0;

	(void)state;
	for (int i = 0; i < map->n_families; i++) {
		for (int k = 0; k < map->families[i].n_faces; k++) {
			const struct fontmap_face *f = &map->families[i].faces[k];
			bool here = false;

			for (int d = 0; d < map->n_folders; d++) {
				char path[512];

				snprintf(path, sizeof path, "%s/%s", map->folders[d], f->file);
				here = here || file_exists(path);
			}
			if (!here && !f->optional)
				fail_msg("%s is not installed (%s)", f->file, f->package);
			found += here;
		}
	}
	assert_true(found >= 16);
	fontmap_free(map);
}

/* Every family that the house style names, in any language, is in the map. */
static void test_theme_families(void **state)
{
	struct fontmap *map = house();
	char *xml = load("source/theme.xml");

	(void)state;
	for (int k = 0; k < 3; k++) {
		struct diag_log log;
		struct theme *t;

		diag_init(&log);
		t = theme_read(xml, strlen(xml), "theme.xml", (const char *const[]){ "ru", "zh", "ar" }[k], &log);
		assert_non_null(t);
		for (int i = 0; i < PS_COUNT; i++)
			assert_non_null(family(map, t->par[i].family));
		for (int i = 0; i < IS_COUNT; i++)
			assert_true(t->in[i].family == NULL || family(map, t->in[i].family) != NULL);
		theme_free(t);
		diag_free(&log);
	}
	mem_free(xml);
	fontmap_free(map);
}

static void test_inheritance_and_folders(void **state)
{
	static const char xml[] = "<fonts><folder path='/a'/><folder path='mine'/>"
		"<family name='A' package='p' optional='yes' fallback='B C'><face file='1'/>"
		"<face bold='yes' file='2' package='q' optional='no' index='7'/></family>"
		"<family name='B' fallback-of='A'><face file='3'/></family>"
		"<family name='C' fallback='A' fallback-of='A'><face file='4'/></family></fonts>";
	struct diag_log log;
	struct fontmap *map = read_text(xml, "x/fonts.xml", &log);
	const struct fontmap_family *c;

	(void)state;
	assert_non_null(map);
	assert_int_equal(map->n_folders, 2);
	assert_string_equal(map->folders[0], "/a");
	assert_string_equal(map->folders[1], "x/mine");
	assert_true(map->families[0].faces[0].optional);
	assert_string_equal(map->families[0].faces[0].package, "p");
	assert_false(map->families[0].faces[1].optional);
	assert_string_equal(map->families[0].faces[1].package, "q");
	assert_int_equal(map->families[0].faces[1].index, 7);
	assert_null(map->families[1].faces[0].package);
	assert_int_equal(map->families[1].n_fallback, 1); /* C; not itself */
	c = family(map, "C");
	assert_int_equal(c->n_fallback, 2);
	assert_string_equal(c->fallback[0], "A");
	assert_string_equal(c->fallback[1], "B");
	fontmap_free(map);
	diag_free(&log);
}

static void test_refusals(void **state)
{
	static const struct { const char *xml; int line, column; const char *part; } v[] = {
		{ "<fonts/>", 1, 1, "no <family>" },
		{ "<font/>", 1, 1, "root" },
		{ "<fonts>\n<family><face file='a'/></family></fonts>", 2, 1, "name" },
		{ "<fonts>\n<family name='A'/></fonts>", 2, 1, "no <face>" },
		{ "<fonts>\n<family name='A'><face/></family></fonts>", 2, 18, "file" },
		{ "<fonts>\n<family name='A'><face file=''/></family></fonts>", 2, 24, "file" },
		{ "<fonts>\n<family name='A'><face file='a' weight='9'/></family></fonts>", 2, 33, "weight" },
		{ "<fonts>\n<family name='A'><face file='a' bold='9'/></family></fonts>", 2, 33, "yes or no" },
		{ "<fonts>\n<family name='A'><face file='a' index='256'/></family></fonts>", 2, 33, "index" },
		{ "<fonts>\n<family name='A'><face file='a' index=''/></family></fonts>", 2, 33, "index" },
		{ "<fonts>\n<family name='A'><face file='a'/><face file='b'/></family></fonts>", 2, 34, "already" },
		{ "<fonts>\n<family name='A' fallback='B'><face file='a'/></family></fonts>", 2, 18, "\"B\"" },
		{ "<fonts>\n<family name='A' fallback-of='B'><face file='a'/></family></fonts>", 2, 18, "\"B\"" },
		{ "<fonts>\n<family name='A' script='Cyrillic'><face file='a'/></family></fonts>", 2, 1, "script" },
		{ "<fonts><family name='A'><face file='a'/></family>\n<family name='A'><face file='a'/></family></fonts>", 2, 1,
		  "twice" },
		{ "<fonts>\n<face file='a'/><family name='A'><face file='a'/></family></fonts>", 2, 1, "inside" },
		{ "<fonts>\n<glyph/><family name='A'><face file='a'/></family></fonts>", 2, 1, "<glyph>" },
		{ "<fonts>\n<folder/><family name='A'><face file='a'/></family></fonts>", 2, 1, "path" },
		{ "<!DOCTYPE fonts SYSTEM 'http://example.org/x'>\n<fonts/>", 1, 0, "DOCTYPE" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
		struct diag_log log;
		struct fontmap *map = read_text(v[i].xml, "f.xml", &log);

		if (map != NULL || log.errors == 0 || strstr(log.v[0].text, v[i].part) == NULL ||
		    log.v[0].pos.line != v[i].line ||
		    log.v[0].pos.column != v[i].column || strcmp(log.v[0].code, "fontmap") != 0) {
			diag_print(&log, 0, stderr, DIAG_TEXT);
			fail_msg("case %zu: %s", i, v[i].xml);
		}
		diag_free(&log);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_house_families), cmocka_unit_test(test_house_needs), cmocka_unit_test(test_house_files),
		cmocka_unit_test(test_theme_families), cmocka_unit_test(test_inheritance_and_folders),
		cmocka_unit_test(test_refusals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
