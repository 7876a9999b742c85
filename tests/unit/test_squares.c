/* Chinese in squares: classes and gaps (lang/han.h) rule by rule, and lines as they are set. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "lang/han.h"
#include "layout/squares.h"
#include "workshop.h"

static void test_classes(void **state)
{
	static const struct { enum han_class k; const char *chars; } all[] = {
		{ HAN_LETTER, "人一々〇あアＡ５　" }, { HAN_OPEN, "（《〈「『【〔“‘［｛" }, { HAN_CLOSE, "）》〉」』】〕”’］｝。，、；：？！．" },
		{ HAN_DOT, "·・" }, { HAN_RULE, "—…⸺～" }, { HAN_WORD, "aZ9éЯ%°℃№$" }, { HAN_SIGN, ".,()-/ «»" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		size_t n;

		for (const char *s = all[i].chars; *s != '\0'; s += n) {
			uint32_t c = utf8_decode(s, strlen(s), &n);

			if (han_class_of(c) != all[i].k)
				fail_msg("U+%04X is of class %d, not %d", (unsigned)c, han_class_of(c), all[i].k);
		}
	}
}

static void test_units(void **state)
{
	/* '|' where one ends */
	static const char *const all[] = {
		"人|民", "——|人", "……|。", "—|…|", "ABC 12|人", "don’t|”", "“|ABC|”", "葛\xF3\xA0\x84\x80|城", "が|", "か\xE3\x82\x99|き", "5%|的"
	};

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		char text[64];
		uint32_t len = 0, at = 0;
		const char *s = all[i];

		for (const char *p = s; *p != '\0'; p++) {
			if (*p != '|')
				text[len++] = *p;
		}
		for (const char *p = s; at < len; p++) {
			uint32_t end = han_unit(text, at, len), wanted = 0;

			while (p[wanted] != '\0' && p[wanted] != '|')
				wanted++;
			if (end - at != wanted)
				fail_msg("%s: %u bytes, not %u", p, end - at, wanted);
			at = end;
			p += wanted;
		}
	}
}

/* T-54, T-55: what stands between two neighbours. < > the blank half of the left, of the right; + a quarter; ~ gives */
static void test_spaces(void **state)
{
	static const struct { const char *left, *right, *space; } all[] = {
		{ "人", "人", "~" }, { "，", "人", "<~" }, { "人", "，", "~" }, { "人", "（", ">~" }, { "（", "人", "~" },
		{ "）", "。", "~" }, { "。", "”", "~" }, { "”", "“", "<~" }, { "，", "《", "<~" }, { "《", "“", "~" }, { "：", "“", "<~" },
		{ "？", "！", "~" }, { "人", "A", "+~" }, { "5", "年", "+~" }, { "%", "的", "+~" }, { "（", "W", "~" },
		{ "O", "）", "~" },
		{ "《", "A", "~" }, { "A", "》", "~" }, { "，", "A", "<~" }, { "A", "（", ">~" },
		{ "人", ".", "~" }, { "A", "B", "" }, { "人", "—", "~" },
		{ "，", "—", "<~" }, { "尔", "·", "~" }, { "·", "盖", "~" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		size_t n;
		struct han_space s = han_space(han_class_of(utf8_decode(all[i].left, strlen(all[i].left), &n)),
		                               han_class_of(utf8_decode(all[i].right, strlen(all[i].right), &n)));
		char text[8];

		snprintf(text, sizeof text, "%s%s%s%s", s.blank_before ? "<" : "", s.blank_after ? ">" : "", s.quarter ? "+" : "",
		         s.gives ? "~" : "");
		if (strcmp(text, all[i].space) != 0)
			fail_msg("%s%s: \"%s\", not \"%s\"", all[i].left, all[i].right, text, all[i].space);
	}
}

/* ---- set ---- */

static struct workshop *open_chinese(void)
{
	struct workshop *w = workshop_open(NULL);

	w->doc->lang = "zh-Hans";
	w->style.family = "SerifCJK";
	w->style.size = SP_PT(10);
	w->style.indent = 0;
	return w;
}

static bool has_faces(struct workshop *w)
{
	struct diag_log own = { 0 };
	bool has;

	diag_init(&own);
	has = fonts_face(w->fonts, "SerifCJK", false, false, &own) != NULL;
	diag_free(&own);
	return has;
}

/* T-54..T-57: the natural width of a line, in hundredths of an em. */
static void test_widths(void **state)
{
	static const struct { const char *text; int width; } all[] = {
		{ "人民", 200 }, { "人，民", 300 }, { "人民。", 250 }, { "（人）", 200 }, { "人（民）人", 500 }, { "人）。民", 350 },
		{ "“人。”民", 400 }, { "人：“民", 350 }, { "真？！", 200 }, { "《人》、《民》", 500 }, { "——人", 300 }, { "……人", 300 },
		{ "尔·盖", 250 }, { "人 民", 200 },
	};
	struct workshop *w = open_chinese();

	(void)state;
	if (!has_faces(w)) {
		workshop_close(w);
		skip();
	}
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct par *p = workshop_par(w, all[i].text);
		int width = (int)((par_width(p) * 100 + SP_PT(5)) / SP_PT(10));

		if (width != all[i].width)
			fail_msg("%s: %d, not %d", all[i].text, width, all[i].width);
	}
	/* T-55: a quarter of an em, whether the author wrote a space or not */
	assert_int_equal(par_width(workshop_par(w, "共3人")), par_width(workshop_par(w, "共 3 人")));
	assert_int_equal(par_width(workshop_par(w, "共3人")) - par_width(workshop_par(w, "3")), SP_PT(25));
	assert_int_equal(par_width(workshop_par(w, "《3》")) - par_width(workshop_par(w, "3")), SP_PT(10));
	/* Latin letters are of the Latin face, its spaces between its words */
	assert_string_equal(workshop_par(w, "ABC")->pieces[0].word->parts[0].face->family, "Serif");
	assert_string_equal(workshop_par(w, "“")->pieces[0].word->parts[0].face->family, "SerifCJK");
	workshop_close(w);
}

static const char *const text =
	"国家标准《标点符号用法》规定：标点在行尾，只占半格。“他说：‘好！’”（真的吗？！）比尔·盖茨说——这里不能拆开——行长不够时……也不能让标点"
	"越界。报告写“2014 年有1250人参加”，HIV 感染率下降了12.5%，世界卫生组织（WHO）和 Global Network 都引用了《ABC》。汉字的排版从一个方格开始，"
	"每个字占一格；字与字之间不留空白，一行三十四字。读者看见的是匀净的灰色，而不是一个个孤立的字，这种匀净并不是天生的。";

static bool is_among(uint32_t c, const char *list)
{
	char s[5] = { 0 };

	utf8_encode(c, s);
	return strstr(list, s) != NULL;
}

/* In every measure: T-52 at both ends of lines, T-57 a full measure of whole squares, two characters at the end. */
static void test_lines(void **state)
{
	struct workshop *w = open_chinese();

	(void)state;
	if (!has_faces(w)) {
		workshop_close(w);
		skip();
	}
	for (int em10 = 120; em10 <= 360; em10 += 5) {
		struct par *p = workshop_par(w, text);
		struct measure m = { .full = SP_PT(em10) };
		sp full = SP_PT(em10 / 10 * 10);
		struct broken b;

		assert_true(line_break(&w->l, p, 0, &m, 0, &b) && !b.overfull);
		for (int i = 0; i < b.n; i++) {
			const struct cand *a = &p->cands[b.v[i].from], *e = &p->cands[b.v[i].to];
			size_t n;
			uint32_t first = utf8_decode(p->text + a->next, p->len - a->next, &n), last = utf8_decode_before(p->text, e->end, &n);
			sp natural = e->x_end - a->x_next + a->d_start + e->d_end;
			struct give g = squares_between(p, a, e);

			assert_false(is_among(first, "、，。；：？！）》”’·～"));
			assert_false(i + 1 < b.n && is_among(last, "（《“‘"));
			assert_false(is_among(first, "—…") && is_among(last, "—…") && em10 > 200);
			assert_true(natural - g.shrink <= full);
			assert_true(natural + 8 * g.stretch >= full || b.v[i].last);
			if (b.v[i].last)
				assert_true(natural >= SP_PT(25) || b.pass > 0);
		}
	}
	workshop_close(w);
}

/* ---- any text ---- */

static void random_text(uint64_t *seed, struct buf *out)
{
	static const char *const signs[] = { "人", "民", "，", "。", "（", "）", "“", "”", "——", "……", "…", "·", " ", "  ", "A", "word", "5%", "12.5",
		                             ".", "-", "\xC2\xA0", "\xCC\x81", "👩", "\xE2\x80\x8D", "é", "Ж", "ש", "م", "　", "《", "》", "、",
		                             "don’t", "https://a.example/b/c?d=e", "\xE2\x80\xA8", "\xF3\xA0\x84\x80", "ｶﾞ" };
	int n = (int)workshop_random(seed, 120);

	buf_clear(out);
	for (int i = 0; i < n; i++)
		buf_puts(out, signs[workshop_random(seed, sizeof signs / sizeof *signs)]);
}

/* Pieces cover the text in order, one behind the other on the endless line; what is set is as wide as it says. */
static void check_pieces(const struct par *p)
{
	sp x = 0;
	uint32_t at = 0;

	for (size_t i = 0; i < p->n_pieces; i++) {
		const struct piece *pc = &p->pieces[i];

		assert_true(pc->from >= at && pc->to >= pc->from && pc->to <= p->len);
		assert_int_equal(pc->x, x);
		assert_true(pc->width >= 0 && pc->stretch >= 0 && pc->shrink >= 0 && pc->shrink <= pc->width);
		at = pc->to;
		x += pc->width;
	}
	assert_int_equal(par_width(p), x);
}

static void check_set(struct workshop *w, const struct par *p, const struct broken *b)
{
	struct pages *pages = pages_new();
	struct page *page = pages_add(pages);
	struct place to = { &w->l, pages, page, ROLE_CONTENT };

	for (int i = 0; i < b->n; i++)
		line_set(&to, p, &b->v[i], 0, SP_PT(20) * (i + 1));
	for (size_t i = 0; i < page->n; i++) {
		const struct item *it = &page->items[i];
		sp sum = 0;

		if (it->kind != ITEM_TEXT)
			continue;
		for (uint32_t g = 0; g < it->u.text.n; g++) {
			sum += it->u.text.glyphs[g].advance;
			assert_true(it->u.text.glyphs[g].cluster <= it->u.text.len);
		}
		assert_true(sum - it->w <= SP_ONE / 50 && it->w - sum <= SP_ONE / 50);
	}
	pages_free(pages);
}

static void test_any_text(void **state)
{
	struct workshop *w = open_chinese();
	uint64_t seed = 7;
	struct buf s;

	(void)state;
	if (!has_faces(w)) {
		workshop_close(w);
		skip();
	}
	w->l.allow_missing_glyphs = true;
	assert_int_equal(workshop_par(w, "人\xF3\xA1\x88\xB4" "民")->pieces[2].kind, PIECE_CODE); /* U+E1234, that no face has */
	buf_init(&s);
	for (int round = 0; round < 400; round++) {
		struct measure m = { .full = SP_PT(20 + (sp)workshop_random(&seed, 340)) };
		struct broken b;
		const struct par *p;

		random_text(&seed, &s);
		p = workshop_par(w, s.data != NULL ? s.data : "");
		check_pieces(p);
		assert_true(line_break(&w->l, p, 0, &m, 0, &b));
		check_set(w, p, &b);
	}
	buf_free(&s);
	workshop_close(w);
}

static void test_shares(void **state)
{
	int64_t x;

	(void)state;
	assert_true(squares_share(100, (struct give){ 200, 50 }, &x) && x == 32768);
	assert_true(squares_share(-25, (struct give){ 200, 50 }, &x) && x == -32768);
	assert_true(squares_share(-50, (struct give){ 200, 50 }, &x) && x == -65536);
	assert_false(squares_share(-51, (struct give){ 200, 50 }, &x));
	assert_true(squares_share(10, (struct give){ 0, 0 }, &x) && x > 65536);
	assert_true(squares_share(0, (struct give){ 0, 0 }, &x) && x == 0);
	assert_false(squares_share(-1, (struct give){ 0, 0 }, &x));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_classes), cmocka_unit_test(test_units), cmocka_unit_test(test_spaces),
		cmocka_unit_test(test_widths), cmocka_unit_test(test_lines), cmocka_unit_test(test_any_text), cmocka_unit_test(test_shares),
	};

	return cmocka_run_group_tests_name("squares", tests, NULL, NULL);
}
