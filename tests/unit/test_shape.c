/* Shaping: replaced hyphens, ligatures, marks, fallback faces, what no face has, right to left, the cache; and for
 * every word that clusters begin characters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "workshop.h"

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

/* What holds for any word: parts cover the text, clusters begin characters and run one way, widths are sums. */
static void check_word(const struct shaped_word *s, const char *text, size_t len)
{
	uint32_t at = 0, covered = 0;

	assert_true(s->len == len && memcmp(s->text, text, len) == 0 && s->text != text);
	for (uint32_t i = 0; i < s->n_parts; i++) {
		const struct shaped_part *p = &s->parts[s->rtl ? s->n_parts - 1 - i : i];
		int32_t sum = 0;
		int ups = 0, downs = 0;

		assert_int_equal(p->from, at);
		at = p->to;
		covered += p->to - p->from;
		for (uint32_t k = 0; k < p->n; k++) {
			uint32_t c = p->glyphs[k].cluster;

			assert_true(c >= p->from && c < p->to);
			assert_true(((unsigned char)text[c] & 0xC0) != 0x80);
			assert_true(p->glyphs[k].gid < (uint32_t)p->face->glyph_count);
			ups += k > 0 && c > p->glyphs[k - 1].cluster;
			downs += k > 0 && c < p->glyphs[k - 1].cluster;
			sum += p->glyphs[k].advance;
		}
		assert_true(ups == 0 || downs == 0);
		assert_int_equal(sum, p->width);
	}
	assert_int_equal(covered, len);
}

static const struct shaped_word *shape(const char *text, const char *lang, const char *features)
{
	struct shape_key key = { .face = serif(), .lang = lang, .features = features, .rtl = strcmp(lang, "he") == 0 };
	const struct shaped_word *s = shape_word(w->shaper, &key, text, strlen(text), &w->log);

	check_word(s, text, strlen(text));
	return s;
}

static uint32_t glyphs_of(const struct shaped_word *s)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < s->n_parts; i++)
		n += s->parts[i].n;
	return n;
}

static void test_plain(void **state)
{
	const struct shaped_word *s = shape("Слово", "ru", NULL);

	(void)state;
	assert_int_equal(s->n_parts, 1);
	assert_int_equal(s->parts[0].n, 5);
	assert_true(s->missing == 0 && !s->rtl && s->parts[0].face == serif());
	for (uint32_t i = 0; i < 5; i++)
		assert_int_equal(s->parts[0].glyphs[i].cluster, 2 * i);
	/* glyph by glyph, as a line places them */
	assert_true(shape_width(s, SP_PT(10)) > SP_PT(20) && shape_width(s, SP_PT(10)) < SP_PT(35));
	assert_true(shape_width(s, SP_PT(20)) - 2 * shape_width(s, SP_PT(10)) < 20);
	assert_int_equal(shape_scale(serif(), serif()->upem, SP_PT(7)), SP_PT(7));
	assert_int_equal(shape_scale(serif(), -serif()->upem, SP_PT(7)), -SP_PT(7));
	assert_int_equal(glyphs_of(shape("", "ru", NULL)), 0);
}

/* PT Serif has U+2011 but no U+2010: the sign is the hyphen-minus, offsets stay those of the text. */
static void test_hyphens(void **state)
{
	const struct shaped_word *plain = shape("кто-то-там", "ru", NULL);
	const char *const texts[] = { "кто\xE2\x80\x90то\xE2\x80\x90там", "кто\xE2\x80\x90то\xE2\x80\x91там",
		                      "кто\xE2\x80\x90то-там" };

	(void)state;
	assert_false(face_has(serif(), 0x2010));
	for (int i = 0; i < 3; i++) {
		const struct shaped_word *s = shape(texts[i], "ru", NULL);

		assert_int_equal(s->missing, 0);
		assert_int_equal(s->n_parts, 1);
		assert_int_equal(glyphs_of(s), glyphs_of(plain));
		for (uint32_t k = 0; k < s->parts[0].n; k++)
			assert_int_equal(s->parts[0].glyphs[k].gid, plain->parts[0].glyphs[k].gid);
		assert_int_equal(s->parts[0].glyphs[3].cluster, 6);
		assert_int_equal(s->parts[0].glyphs[4].cluster, 9);
	}
	assert_int_equal(shape("кто\xE2\x80\x91то", "ru", NULL)->parts[0].glyphs[3].gid, face_glyph(serif(), 0x2011));
	assert_int_equal(shape("кто\xE2\x80\x90то\xE2\x80\x90там", "ru", NULL)->parts[0].glyphs[7].cluster, 16);
}

static void test_ligatures(void **state)
{
	const struct shaped_word *on = shape("office", "en", NULL), *off = shape("office", "en", "liga=0,clig=0");
	const struct shaped_word *kerned = shape("AVATAR", "en", NULL), *loose = shape("AVATAR", "en", "kern=0");

	(void)state;
	assert_int_equal(glyphs_of(off), 6);
	assert_true(glyphs_of(on) < 6);
	assert_true(shape_width(kerned, SP_PT(10)) < shape_width(loose, SP_PT(10)));
	/* a wrong feature is passed over, a long list ends at its bound */
	assert_int_equal(glyphs_of(shape("office", "en", "=,,liga=0,clig=0,x,aaaa,bbbb,cccc,dddd,eeee,ffff,gggg,hhhh,iiii,"
	                                                 "jjjj,kkkk,llll,mmmm,nnnn,oooo,pppp,qqqq")), 6);
}

/* A stress mark over a Cyrillic vowel: a cluster of its own, drawn by the base's face, no advance. */
static void test_marks(void **state)
{
	const struct shaped_word *s = shape("за\xCC\x81мок", "ru", NULL), *bare = shape("замок", "ru", NULL);

	(void)state;
	assert_int_equal(s->missing, 0);
	assert_int_equal(s->n_parts, 1);
	assert_int_equal(glyphs_of(s), 6);
	assert_int_equal(s->parts[0].glyphs[2].cluster, 4);
	assert_int_equal(shape_width(s, SP_PT(10)), shape_width(bare, SP_PT(10)));
	/* what shows nothing has no glyph */
	assert_int_equal(glyphs_of(shape("за\xC2\xADмо\xE2\x81\xA0к", "ru", NULL)), 5);
	/* a space that the face may lack is no missing character */
	assert_int_equal(shape("5\xE2\x80\xAFкм", "ru", NULL)->missing, 0);
}

static void test_fallback(void **state)
{
	const struct shaped_word *s = shape("слово\xCE\xBB\xCF\x8C\xCE\xB3\xCE\xBF\xCF\x82!", "ru", NULL);

	(void)state;
	assert_false(face_has(serif(), 0x3BB));
	assert_int_equal(s->missing, 0);
	assert_true(s->n_parts >= 2);
	assert_ptr_equal(s->parts[0].face, serif());
	assert_string_equal(s->parts[1].face->family, "DejaVuSerif");
	assert_int_equal(s->parts[1].from, 10);
	s = shape("a\xEF\xBF\xBFz", "en", NULL); /* a noncharacter: no face has it */
	assert_int_equal(s->missing, 0xFFFF);
	assert_int_equal(glyphs_of(s), 3);
	s = shape("\xF4\x8F\xBF\xBD\xEE\x80\x80", "en", NULL); /* the first one is named */
	assert_int_equal(s->missing, 0x10FFFD);
}

static void test_right_to_left(void **state)
{
	const struct shaped_word *s;

	(void)state;
	if (fonts_face_for(w->fonts, serif(), 0x5D0, "he", &w->log) == NULL) {
		print_message("SKIPPED: no face has Hebrew (fonts-noto-core)\n");
		skip();
	}
	s = shape("\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D", "he", NULL);
	assert_true(s->rtl && s->missing == 0);
	assert_int_equal(s->parts[0].glyphs[0].cluster, 6);
	assert_int_equal(s->parts[0].glyphs[3].cluster, 0);
}

static void test_cache(void **state)
{
	struct shape_key key = { .face = serif(), .lang = "ru" }, other = { .face = serif(), .lang = "sr" };
	char lang[] = "ru", text[] = "кэш";
	const struct shaped_word *a = shape_word(w->shaper, &key, text, 6, &w->log), *b;
	const struct shaped_word *kept[3000];

	(void)state;
	key.lang = lang; /* equal, not the same pointer */
	assert_ptr_equal(shape_word(w->shaper, &key, text, 6, &w->log), a);
	text[0] = 'x'; /* its own copy */
	text[0] = '\xD0';
	assert_ptr_not_equal(shape_word(w->shaper, &other, text, 6, &w->log), a);
	key.features = "liga=0";
	assert_ptr_not_equal(shape_word(w->shaper, &key, text, 6, &w->log), a);
	key.features = NULL;
	key.face = fonts_face(w->fonts, "Serif", true, false, &w->log);
	b = shape_word(w->shaper, &key, text, 6, &w->log);
	assert_ptr_not_equal(b, a);
	assert_ptr_equal(b->parts[0].face, key.face);
	/* beyond its first size: what was given out stays */
	for (int turn = 0; turn < 2; turn++) {
		for (int i = 0; i < 6000; i++) {
			char word[16] = { (char)('a' + i % 26), (char)('a' + i / 26 % 26), (char)('a' + i / 676) };
			const struct shaped_word *s = shape_word(w->shaper, &key, word, 3, &w->log);

			if (i < 3000 && turn == 0)
				kept[i] = s;
			else if (i < 3000)
				assert_ptr_equal(kept[i], s);
		}
	}
}

/* Random bytes made UTF-8 from many scripts: nothing lost, nothing out of bounds. */
static void test_any_text(void **state)
{
	static const uint32_t blocks[] = { 0x21, 0x410, 0x3B1, 0x300, 0x5D0, 0x627, 0x900, 0xE01, 0x2010, 0x200B, 0x4E00,
		                           0x1F600, 0xFE00, 0xAC00, 0xE000 };
	uint64_t seed = 17;

	(void)state;
	for (int i = 0; i < 400; i++) {
		struct buf text;
		struct shape_key key = { .face = serif(), .lang = "ru" };
		uint32_t n = 1 + workshop_random(&seed, i % 50 == 0 ? 300 : 12);

		buf_init(&text);
		while (n-- > 0)
			buf_put_utf8(&text, blocks[workshop_random(&seed, sizeof blocks / sizeof *blocks)] +
			                            workshop_random(&seed, 20));
		check_word(shape_word(w->shaper, &key, text.data, text.len, &w->log), text.data, text.len);
		buf_free(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain), cmocka_unit_test(test_hyphens), cmocka_unit_test(test_ligatures),
		cmocka_unit_test(test_marks), cmocka_unit_test(test_fallback), cmocka_unit_test(test_right_to_left),
		cmocka_unit_test(test_cache), cmocka_unit_test(test_any_text),
	};

	return cmocka_run_group_tests(tests, open_shop, close_shop);
}
