/* Faces: metrics, the nearest style, fallback, subsets of TrueType and CFF read back, files missing and damaged,
 * outlines drawn. */
#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "workshop.h"

#define PT "/usr/share/fonts/truetype/paratype"

static struct workshop *w;

static int open_shop(void **state)
{
	(void)state;
	w = workshop_open(NULL);
	return 0;
}

static int close_shop(void **state)
{
	(void)state;
	workshop_close(w);
	return 0;
}

static struct face *serif(void)
{
	return fonts_face(w->fonts, "Serif", false, false, &w->log);
}

static void test_metrics(void **state)
{
	struct face *f = serif(), *italic = fonts_face(w->fonts, "Serif", false, true, &w->log);
	struct face *mono = fonts_face(w->fonts, "Mono", false, false, &w->log);

	(void)state;
	assert_string_equal(f->ps_name, "PTSerif-Regular");
	assert_string_equal(f->family, "Serif");
	assert_true(f->upem == 1000 && !f->is_cff && !f->bold && !f->italic && !f->is_fixed_pitch);
	assert_true(f->may_embed && f->may_subset);
	assert_true(f->ascender > 700 && f->descender < -150);
	assert_true(f->x_height > 400 && f->x_height < f->cap_height && f->cap_height < 800);
	assert_true(f->bbox[0] < 0 && f->bbox[3] > f->cap_height && f->glyph_count > 300 && f->italic_angle == 0);
	assert_int_equal(f->space_advance, face_advance(f, face_glyph(f, ' ')));
	assert_non_null(f->licence);
	assert_true(italic->italic && italic->italic_angle < 0);
	assert_true(mono->is_fixed_pitch);
	assert_int_equal(face_advance(mono, face_glyph(mono, 'i')), face_advance(mono, face_glyph(mono, 'W')));
	assert_true(face_glyph(f, 0x416) != 0 && !face_has(f, 0x4E00));
	assert_true(face_advance(f, 60000) >= 0); /* no such glyph: no crash */
	/* opened once, counted in order */
	assert_ptr_equal(serif(), f);
	for (int i = 0; i < fonts_count(w->fonts); i++)
		assert_int_equal(fonts_at(w->fonts, i)->index, i);
	/* Mono has no italic: upright; bold counts before italic */
	assert_ptr_equal(fonts_face(w->fonts, "Mono", false, true, &w->log), mono);
	assert_true(fonts_face(w->fonts, "Mono", true, true, &w->log)->bold);
}

static void test_fallback(void **state)
{
	struct face *greek = fonts_face_for(w->fonts, serif(), 0x3BB, "el", &w->log);

	(void)state;
	assert_ptr_equal(fonts_face_for(w->fonts, serif(), 'a', "ru", &w->log), serif());
	assert_non_null(greek);
	assert_true(face_has(greek, 0x3BB) && greek != serif());
	assert_null(fonts_face_for(w->fonts, serif(), 0x10FFFF, "ru", &w->log));
	assert_int_equal(w->log.errors, 0); /* what is not there is the caller's to report */
}

/* A program's number at a byte. */
static unsigned be16(const unsigned char *p)
{
	return (unsigned)(p[0] << 8 | p[1]);
}

static bool has_table(const struct subset *s, const char *tag)
{
	for (unsigned i = 0; i < be16(s->data + 4); i++) {
		if (memcmp(s->data + 12 + 16 * i, tag, 4) == 0)
			return true;
	}
	return false;
}

/* Those asked for are in, each at a place of its own; the missing glyph is the first. Returns how many. */
static int check_mapping(const struct face *f, const struct subset *s, const uint32_t *ids, size_t n)
{
	bool *taken = mem_zalloc((size_t)f->glyph_count, sizeof *taken);
	int kept = 0;

	assert_int_equal(s->new_gid[0], 0);
	for (size_t i = 0; i < n; i++)
		assert_true(s->new_gid[ids[i]] != UINT32_MAX);
	for (int i = 0; i < f->glyph_count; i++) {
		if (s->new_gid[i] == UINT32_MAX)
			continue;
		assert_true(s->new_gid[i] < (uint32_t)f->glyph_count && !taken[s->new_gid[i]]);
		taken[s->new_gid[i]] = true;
		kept++;
	}
	mem_free(taken);
	return kept;
}

static void test_subset_truetype(void **state)
{
	struct face *f = serif();
	uint32_t ids[] = { face_glyph(f, 0x416), face_glyph(f, 'a'), face_glyph(f, 0x439) }, letters[] = { 'a', 'b', 0x416 };
	struct subset s, again, book;

	(void)state;
	assert_true(face_subset(f, &(struct subset_wish){ .use = SUBSET_PDF, .ids = ids, .n = 3 }, &s, &w->log));
	assert_true(has_table(&s, "glyf") && has_table(&s, "hmtx") && !has_table(&s, "GSUB") && !has_table(&s, "cmap"));
	assert_int_equal(check_mapping(f, &s, ids, 3), 4);
	assert_true(s.len < 8000);
	assert_true(face_subset(f, &(struct subset_wish){ .use = SUBSET_PDF, .ids = ids, .n = 3 }, &again, &w->log));
	assert_true(s.len == again.len && s.hash == again.hash && memcmp(s.data, again.data, s.len) == 0);
	subset_free(&again);
	assert_true(face_subset(f, &(struct subset_wish){ .use = SUBSET_PDF, .ids = ids, .n = 2 }, &again, &w->log));
	assert_true(again.hash != s.hash);
	subset_free(&again);
	subset_free(&s);
	assert_true(face_subset(f, &(struct subset_wish){ .use = SUBSET_BOOK, .ids = letters, .n = 3 }, &book, &w->log));
	assert_true(has_table(&book, "cmap") && has_table(&book, "name") && has_table(&book, "glyf"));
	subset_free(&book);
	assert_true(book.data == NULL && book.len == 0);
}

/* Of the program of a book in these languages: its glyphs, and whether its GSUB still has "locl". */
static unsigned book_glyphs(const struct face *f, const char *const *langs, size_t n_langs, bool *locl)
{
	uint32_t letters[] = { 0x2014, 0x76F4 };
	struct subset book;
	unsigned glyphs = 0;

	*locl = false;
	assert_true(face_subset(f, &(struct subset_wish){ SUBSET_BOOK, letters, 2, langs, n_langs }, &book, &w->log));
	for (unsigned i = 0; i < be16(book.data + 4); i++) {
		const unsigned char *record = book.data + 12 + 16 * i, *table = book.data + (be16(record + 8) << 16 | be16(record + 10));

		if (memcmp(record, "maxp", 4) == 0)
			glyphs = be16(table + 4);
		for (unsigned k = 0; memcmp(record, "GSUB", 4) == 0 && k < (be16(record + 12) << 16 | be16(record + 14)) - 3; k++)
			*locl = *locl || memcmp(table + k, "locl", 4) == 0;
	}
	subset_free(&book);
	return glyphs;
}

/* U+2014 has a form for Chinese, U+76F4 one for Japanese and one for Korean: of those a book takes what its languages ask for. */
static void test_subset_languages(void **state)
{
	static const char *const langs[] = { "zh", "ja", "ko" }, *const latin[] = { "en" };
	struct face *f;
	unsigned none, one, all;
	bool locl;

	(void)state;
	if (!file_exists("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"))
		skip();
	f = fonts_face(w->fonts, "SerifCJK", false, false, &w->log);
	none = book_glyphs(f, latin, 1, &locl);
	assert_false(locl);
	one = book_glyphs(f, langs, 1, &locl);
	assert_true(locl);
	all = book_glyphs(f, langs, 3, &locl);
	assert_true(locl);
	assert_true(none < one && one < all);
}

static void test_subset_cff(void **state)
{
	bool has_cff = false;
	struct face *f;
	struct subset s;
	uint32_t ids[2];

	(void)state;
	if (!file_exists("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")) {
		print_message("SKIPPED: no CFF face to subset (fonts-noto-cjk)\n");
		skip();
	}
	f = fonts_face(w->fonts, "SerifCJK", false, false, &w->log);
	assert_non_null(f);
	assert_true(f->is_cff && f->is_cid && face_has(f, 0x4E2D));
	ids[0] = face_glyph(f, 0x4E2D);
	ids[1] = face_glyph(f, 0x6587);
	assert_true(face_subset(f, &(struct subset_wish){ .use = SUBSET_PDF, .ids = ids, .n = 2 }, &s, &w->log));
	assert_true(s.data[0] == 1 && s.data[2] >= 4); /* the bare table: major version, header's size */
	assert_int_equal(check_mapping(f, &s, ids, 2), 3);
	assert_true(s.len < 20000);
	subset_free(&s);
	/* with the outlines in it, though the plan is made without them */
	ids[0] = 0x4E2D;
	assert_true(face_subset(f, &(struct subset_wish){ .use = SUBSET_BOOK, .ids = ids, .n = 1 }, &s, &w->log));
	assert_true(s.len > 1000);
	for (int i = 0; i < s.data[5]; i++)
		has_cff = has_cff || memcmp(s.data + 12 + 16 * i, "CFF ", 4) == 0;
	assert_true(has_cff);
	subset_free(&s);
	/* another face of the same file */
	assert_string_not_equal(fonts_face(w->fonts, "SerifCJK-JP", false, false, &w->log)->ps_name, f->ps_name);
}

/* ---- files that are not there, or not fonts ---------------------------------------------------- */

struct bad {
	char folder[64];
	struct fontmap_face face[2];
	struct fontmap_family family[2];
	struct fontmap map;
	const char *folders[2];
	const char *fallback;
	struct diag_log log;
	struct fonts *fonts;
};

static struct bad *bad_open(const void *data, size_t len)
{
	struct bad *b = mem_zalloc(1, sizeof *b);
	char path[128];

	snprintf(b->folder, sizeof b->folder, "/tmp/verstka-font-XXXXXX");
	assert_non_null(mkdtemp(b->folder));
	snprintf(path, sizeof path, "%s/bad.ttf", b->folder);
	diag_init(&b->log);
	if (data != NULL)
		assert_true(file_write(path, data, len, &b->log));
	b->face[0] = (struct fontmap_face){ .file = "PTF55F.ttf", .package = "fonts-paratype" };
	b->face[1] = (struct fontmap_face){ .file = "bad.ttf", .package = "fonts-nowhere", .pos = { "fonts.xml", 7, 3 } };
	b->fallback = "Bad";
	b->family[0] = (struct fontmap_family){ .name = "Good", .faces = &b->face[0], .n_faces = 1, .fallback = &b->fallback,
		                                .n_fallback = 1 };
	b->family[1] = (struct fontmap_family){ .name = "Bad", .faces = &b->face[1], .n_faces = 1 };
	b->folders[0] = b->folder;
	b->folders[1] = PT;
	b->map = (struct fontmap){ .families = b->family, .n_families = 2, .folders = b->folders, .n_folders = 2 };
	b->fonts = fonts_open(&b->map, &b->log);
	assert_non_null(b->fonts);
	return b;
}

static void bad_close(struct bad *b)
{
	char path[128];

	fonts_close(b->fonts);
	diag_free(&b->log);
	snprintf(path, sizeof path, "%s/bad.ttf", b->folder);
	unlink(path);
	assert_int_equal(rmdir(b->folder), 0);
	mem_free(b);
}

/* A file is read once for all who share: what becomes of it afterwards, the second finds the face that the first had. */
static void test_shared(void **state)
{
	struct font_files *files = font_files_new();
	struct fonts *second, *apart;
	struct face *one, *two;
	struct diag_log log;
	struct bad *b;
	char path[128], *data;
	size_t len;

	(void)state;
	diag_init(&log);
	assert_true(file_read(PT "/PTF55F.ttf", (size_t)4 << 20, &log, DIAG_NOWHERE, &data, &len));
	b = bad_open(data, len);
	fonts_share(b->fonts, files);
	one = fonts_face(b->fonts, "Bad", false, false, &log);
	assert_non_null(one);
	snprintf(path, sizeof path, "%s/bad.ttf", b->folder);
	assert_true(file_write(path, "no font", 7, &log)); /* another file under this name */
	second = fonts_open(&b->map, &log);
	fonts_share(second, files);
	two = fonts_face(second, "Bad", false, false, &log);
	assert_non_null(two);
	assert_ptr_not_equal(one, two);
	assert_int_equal(face_advance(one, face_glyph(one, 'W')), face_advance(two, face_glyph(two, 'W')));
	assert_int_equal(log.n, 0);
	apart = fonts_open(&b->map, &log);
	assert_null(fonts_face(apart, "Bad", false, false, &log));
	fonts_close(apart);
	fonts_close(second);
	bad_close(b);
	font_files_free(files);
	mem_free(data);
	diag_free(&log);
}

static void test_missing(void **state)
{
	struct bad *b = bad_open(NULL, 0);
	struct face *good = fonts_face(b->fonts, "Good", true, true, &b->log);

	(void)state;
	assert_non_null(good);
	assert_null(fonts_face_for(b->fonts, good, 0x4E00, NULL, &b->log)); /* a fallback that is not installed is no error */
	assert_int_equal(b->log.n, 0);
	assert_null(fonts_face(b->fonts, "Bad", false, false, &b->log));
	assert_int_equal(workshop_count(&b->log, "font-missing"), 1);
	assert_int_equal(b->log.worst, DIAG_ENVIRONMENT);
	assert_int_equal(b->log.v[0].pos.line, 7);
	assert_non_null(strstr(b->log.v[0].hint, "fonts-nowhere"));
	assert_null(fonts_face(b->fonts, "Nobody", false, false, &b->log));
	assert_int_equal(workshop_count(&b->log, "font-missing"), 2);
	bad_close(b);
}

/* Garbage, nothing, and a good font cut off or overwritten in many places: an error or a face, never a crash. */
static void test_damaged(void **state)
{
	static const char word[] = "offiЖёлтый";
	char *good;
	size_t len;
	uint64_t seed = 4;
	int refused = 0;

	(void)state;
	assert_true(file_read(PT "/PTF55F.ttf", 1 << 24, &w->log, DIAG_NOWHERE, &good, &len));
	for (int i = 0; i < 40; i++) {
		unsigned char *data = mem_alloc(len);
		size_t n = i == 0 ? 0 : i == 1 ? 5000 : i < 12 ? len * (size_t)(i - 1) / 12 : len;
		struct bad *b;
		struct face *f;

		memcpy(data, good, len);
		if (i == 1)
			for (size_t k = 0; k < n; k++)
				data[k] = (unsigned char)workshop_random(&seed, 256);
		for (int k = 0; i >= 12 && k < 40; k++)
			data[workshop_random(&seed, i < 20 ? 300 : (uint32_t)len)] = (unsigned char)workshop_random(&seed, 256);
		b = bad_open(data, n);
		f = fonts_face(b->fonts, "Bad", false, false, &b->log);
		if (f == NULL) {
			refused++;
			assert_int_equal(workshop_count(&b->log, "font-broken"), 1);
			assert_non_null(strstr(b->log.v[0].text, "bad.ttf"));
			assert_int_equal(b->log.worst, DIAG_ENVIRONMENT);
		} else {
			struct shaper *s = shaper_open(b->fonts);
			struct shape_key key = { .face = f, .lang = "ru" };
			struct coverage picture;
			struct arena arena;
			uint32_t ids[] = { face_glyph(f, 'a'), face_glyph(f, 0x416) };
			struct subset sub;

			shape_word(s, &key, word, strlen(word), &b->log);
			arena_init(&arena);
			coverage_init(&picture, 64, 64, &arena);
			face_draw(f, ids[0], 64 * 40, 64 * 5, 64 * 50, &picture);
			if (face_subset(f, &(struct subset_wish){ .use = SUBSET_PDF, .ids = ids, .n = 2 }, &sub, &b->log))
				subset_free(&sub);
			else
				assert_int_equal(workshop_count(&b->log, "font-subset"), 1);
			shaper_close(s);
			arena_free(&arena);
		}
		bad_close(b);
		mem_free(data);
	}
	assert_true(refused >= 4);
	mem_free(good);
}

/* Coverage summed up from row y on. */
static long ink(const struct coverage *c, int y, int rows)
{
	long sum = 0;

	for (int end = y + rows; y < end; y++)
		for (int x = 0; c->rows[y].v != NULL && x < c->w; x++) {
			assert_true(c->rows[y].v[x] == 0 || (x >= c->rows[y].from && x < c->rows[y].to));
			sum += c->rows[y].v[x];
		}
	return sum;
}

static void test_draw(void **state)
{
	enum { W = 60, H = 50 };
	struct coverage a, b;
	struct arena arena;
	struct face *f = serif();
	uint32_t g = face_glyph(f, 0x428); /* three stems on the baseline */
	long once;

	(void)state;
	arena_init(&arena);
	coverage_init(&a, W, H, &arena);
	coverage_init(&b, W, H, &arena);
	assert_true(face_draw(f, g, 64 * 40, 64 * 5, 64 * 40, &a));
	once = ink(&a, 0, H);
	assert_true(once > 20000);
	for (int y = 41; y < H; y++)
		assert_null(a.rows[y].v); /* nothing under the baseline */
	assert_true(ink(&a, 38, 1) > 1000);
	assert_null(a.rows[0].v);
	assert_true(face_draw(f, g, 64 * 40, 64 * 15, 64 * 40, &b)); /* ten pixels to the right: the same picture */
	for (int y = 0; y < H; y++) {
		assert_int_equal(a.rows[y].v == NULL, b.rows[y].v == NULL);
		if (a.rows[y].v != NULL)
			assert_memory_equal(a.rows[y].v, b.rows[y].v + 10, 40);
	}
	assert_true(face_draw(f, g, 64 * 40, 64 * 5, 64 * 40, &a)); /* adds up, stops at black */
	assert_true(ink(&a, 0, H) > once && ink(&a, 0, H) < 2 * once);
	/* over every edge: clipped */
	for (int x = -100; x <= 100; x += 25) {
		for (int y = -100; y <= 150; y += 25)
			assert_true(face_draw(f, g, 64 * 40, 64 * x, 64 * y + 13, &b));
	}
	assert_false(face_draw(f, g, 0, 0, 0, &a));
	assert_false(face_draw(f, g, 64 * 5000, 0, 0, &a));
	assert_false(face_draw(f, 65000, 64 * 40, 0, 0, &a));
	assert_true(face_draw(f, face_glyph(f, ' '), 64 * 40, 0, 0, &a));
	arena_free(&arena);
}

/* What hangs over an edge is cut off there, and nothing beside the row is touched. */
static void test_draw_clipped(void **state)
{
	enum { W = 20, H = 50 };
	struct face *f = serif();
	uint32_t g = face_glyph(f, 0x428);
	struct coverage whole, part;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	coverage_init(&whole, 100, H, &arena);
	assert_true(face_draw(f, g, 64 * 40, 64 * 40, 64 * 40, &whole));
	for (int x = -30; x <= 10; x += 5) {
		coverage_init(&part, W, H, &arena);
		for (int y = 0; y < H; y++) /* each row with a guard on either side */
			part.rows[y] = (struct coverage_row){ (unsigned char *)arena_alloc(&arena, W + 2) + 1, W, 0 };
		assert_true(face_draw(f, g, 64 * 40, 64 * x, 64 * 40, &part));
		for (int y = 0; y < H; y++) {
			assert_true(part.rows[y].v[-1] == 0 && part.rows[y].v[W] == 0);
			if (whole.rows[y].v != NULL)
				assert_memory_equal(part.rows[y].v, whole.rows[y].v + 40 - x, W);
		}
	}
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_metrics), cmocka_unit_test(test_fallback), cmocka_unit_test(test_subset_truetype),
		cmocka_unit_test(test_subset_languages), cmocka_unit_test(test_subset_cff), cmocka_unit_test(test_shared),
		cmocka_unit_test(test_missing), cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_draw), cmocka_unit_test(test_draw_clipped),
	};

	return cmocka_run_group_tests(tests, open_shop, close_shop);
}
