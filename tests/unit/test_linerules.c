/* Rules of lines by their numbers in docs/TYPOGRAPHY.md: T-63 spaces and letters, T-66 last lines, T-69 flush-left text, T-70 and T-71 what
 * hangs over the edge. Each case looks at lines as they are set, or at what the breaker is told of their ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "layout/linecost.h"
#include "workshop.h"

static struct workshop *shop;

static int open_shop(void **state)
{
	(void)state;
	shop = workshop_open(NULL);
	return 0;
}

static int close_shop(void **state)
{
	(void)state;
	workshop_close(shop);
	return 0;
}

/* ---- a line as it is set ---------------------------------------------------------------------------------------- */

struct seen {
	sp end;                     /* of its last glyph */
	int64_t least, most;        /* gaps between words [1/1000] of the natural space; 0: it has none */
	int64_t wide, narrow;       /* widths of its glyphs, most and least [1/65536] of their own */
};

static struct seen set_line(const struct par *p, const struct line *ln)
{
	struct pages *pages = pages_new();
	struct page *page = pages_add(pages);
	const struct place to = { &shop->l, pages, page, ROLE_CONTENT };
	struct seen s = { .narrow = INT64_MAX };

	line_set(&to, p, ln, 0, SP_PT(20));
	for (size_t i = 0; i < page->n; i++) {
		const struct item *it = &page->items[i];

		if (it->kind != ITEM_TEXT)
			continue;
		s.end = it->x + it->w;
		s.wide = it->u.text.hscale > s.wide ? it->u.text.hscale : s.wide;
		s.narrow = it->u.text.hscale < s.narrow ? it->u.text.hscale : s.narrow;
		for (uint32_t k = 0; k < it->u.text.n; k++) {
			sp advance = unit_scale(it->u.text.glyphs[k].advance, it->u.text.hscale, 65536);
			int64_t gap = unit_scale(advance, 1000, p->space);

			if (it->u.text.text[it->u.text.glyphs[k].cluster] != ' ')
				continue;
			s.least = s.least == 0 || gap < s.least ? gap : s.least;
			s.most = gap > s.most ? gap : s.most;
		}
	}
	pages_free(pages);
	return s;
}

static void break_prose(uint64_t *seed, int words, sp measure, struct par **p, struct broken *b)
{
	struct buf text;

	buf_init(&text);
	workshop_prose(seed, words, &text);
	*p = workshop_par(shop, text.data);
	assert_true(line_break(&shop->l, *p, 0, &(struct measure){ .full = measure }, 0, b));
	buf_free(&text);
}

/* ---- T-63 ------------------------------------------------------------------------------------------------------- */

/* Letters give before spaces do; no space gives more than a third, no letter more than its share. */
static void test_t63_shares(void **state)
{
	const sp spaces = SP_PT(24), ink = SP_PT(400), letters = ink * 28 / 1000, least = spaces * (1000 - LINE_LEAST_GAP) / 1000;
	int64_t x, y;

	(void)state;
	for (int sign = -1; sign <= 1; sign += 2) {
		assert_true(line_share(sign * letters / 2, spaces, ink, 28, &x, &y));
		assert_true(sign * y > 65536 * 4 / 10 && llabs(x) < 65536 / 10); /* half of what letters can: they take nearly all */
	}
	assert_true(line_share(letters * 2, spaces, ink, 28, &x, &y));
	assert_int_equal(y, 65536); /* all they can; the rest is the spaces' */
	assert_in_range(x * (spaces * 400 / 1000) / 65536, letters - SP_ONE / 10, letters + SP_ONE / 10);
	assert_true(line_share(-(letters + least) + SP_ONE / 10, spaces, ink, 28, &x, &y));
	assert_false(line_share(-(letters + least) - SP_ONE / 10, spaces, ink, 28, &x, &y));
}

/* The spaces of a line are alike, after a full stop, too, and within their limits; so are its letters. */
static void test_t63_spaces_of_a_line(void **state)
{
	uint64_t seed = 63;
	int stops = 0, lines = 0;

	(void)state;
	shop->style.align = SET_JUSTIFY;
	shop->style.hyphenate = true;
	shop->style.expansion = 20;
	for (int i = 0; i < 30; i++) {
		struct par *p;
		struct broken b;

		break_prose(&seed, 60, SP_PT(360), &p, &b);
		for (int k = 0; k + 1 < b.n; k++) {
			const struct cand *from = &p->cands[b.v[k].from], *to = &p->cands[b.v[k].to];
			struct seen s = set_line(p, &b.v[k]);

			if (s.most == 0 || b.pass > 3)
				continue;
			for (uint32_t at = from->next; at + 2 < to->end; at++)
				stops += p->text[at] == '.' && p->text[at + 1] == ' ';
			assert_in_range((uint64_t)(s.most - s.least), 0, 2);
			assert_true(s.least >= LINE_LEAST_GAP - 3 && s.most <= 1503);
			assert_true(s.narrow >= 65536 * 98 / 100 - 1 && s.wide <= 65536 * 102 / 100 + 1);
			lines++;
		}
	}
	assert_true(lines > 150 && stops > 10);
	for (int id = PS_H1; id <= PS_H3; id++) { /* headings have neither */
		const struct par_style *st = &shop->theme->par[id];

		assert_true(st->align != SET_JUSTIFY && st->expansion == 0);
	}
}

/* ---- T-66 ------------------------------------------------------------------------------------------------------- */

/* Flush-left text of two lines: the second is a whole word rather than half of one, be the first a third full. */
static void test_t66_no_half_word(void **state)
{
	struct par *p;
	struct broken b;
	sp word;

	(void)state;
	shop->style.align = SET_START;
	shop->style.hyphenate = true;
	shop->style.hyphenate_gap = 150;
	shop->style.expansion = 0;
	word = par_width(workshop_par(shop, "правозащитница"));
	p = workshop_par(shop, "Она же правозащитница");
	assert_true(line_break(&shop->l, p, 0, &(struct measure){ .full = word * 11 / 10 }, 0, &b));
	assert_int_equal(b.n, 2);
	assert_int_equal(b.v[0].end, BREAK_SPACE);
	p = workshop_par(shop, "Она же правозащитница и журналистка"); /* it may be divided where more follows */
	assert_true(line_break(&shop->l, p, 0, &(struct measure){ .full = word * 11 / 10 }, 0, &b));
	assert_int_equal(b.v[0].end, BREAK_HYPHEN);
}

/* ---- T-69 ------------------------------------------------------------------------------------------------------- */

struct flush_tally { int lines, hyphens, needless; };

/* Flush left in a narrow measure. needless: words divided whose line would not have been short by more than 15 %. */
static struct flush_tally set_flush(int32_t gap)
{
	struct flush_tally t = { 0 };
	uint64_t seed = 69;

	shop->style.align = SET_START;
	shop->style.hyphenate = true;
	shop->style.hyphenate_gap = gap;
	for (int i = 0; i < 60; i++) {
		const sp measure = SP_PT(90 + i);
		struct par *p;
		struct broken b;

		break_prose(&seed, 40, measure, &p, &b);
		for (int k = 0; k + 1 < b.n; k++) {
			const struct cand *a = &p->cands[b.v[k].from], *c = &p->cands[b.v[k].to];
			struct seen s = set_line(p, &b.v[k]);

			assert_true(s.most == 0 || (s.least >= 999 && s.most <= 1001)); /* spaces as they are, */
			assert_true(s.wide == 65536 && s.narrow == 65536);              /* letters as well */
			t.lines++;
			if (c->kind != BREAK_HYPHEN)
				continue;
			t.hyphens++;
			do
				c--;
			while (c > a && c->kind == BREAK_HYPHEN);
			t.needless += c > a && measure - (c->x_end - a->x_next) <= measure * 15 / 100;
		}
	}
	shop->style.align = SET_JUSTIFY;
	shop->style.hyphenate_gap = 0;
	return t;
}

static void test_t69_flush_left(void **state)
{
	struct flush_tally ruled = set_flush(150), free = set_flush(0);

	(void)state;
	assert_true(ruled.lines > 500 && ruled.hyphens > 20);
	assert_int_equal(ruled.needless, 0);
	assert_true(free.needless > 0 && free.hyphens > ruled.hyphens); /* the rule is what keeps them away */
}

/* ---- T-70, T-71 ------------------------------------------------------------------------------------------------- */

struct hang { const char *sign; int left, right; };

/* Looks at the ends of lines that may end, or begin, with it. */
static void check_hang(const struct hang *h)
{
	struct buf text;
	struct par *p;
	sp own, right = 0, left = 0;

	p = workshop_par(shop, h->sign);
	own = par_width(p);
	buf_init(&text);
	buf_printf(&text, "нос%s %sнос", h->sign, h->sign);
	p = workshop_par(shop, text.data);
	for (size_t i = 1; i + 1 < p->n_cands; i++) {
		if (p->cands[i].kind == BREAK_SPACE) {
			right = p->cands[i].hang_end;
			left = p->cands[i].hang_next;
		}
	}
	if (llabs(right - own * h->right / 1000) > SP_ONE / 100 || llabs(left - own * h->left / 1000) > SP_ONE / 100)
		fail_msg("%s hangs by %d and %d", h->sign, (int)(left * 1000 / own), (int)(right * 1000 / own));
	buf_free(&text);
}

static void check_hangs(const struct hang *v, size_t n)
{
	shop->style.hyphenate = false;
	shop->style.protrude = true;
	for (size_t i = 0; i < n; i++)
		check_hang(&v[i]);
	shop->style.protrude = false;
	for (size_t i = 0; i < n; i++)
		check_hang(&(struct hang){ v[i].sign, 0, 0 });
}

static void test_t70_signs_hang(void **state)
{
	static const struct hang v[] = {
		{ ".", 0, 700 }, { ",", 0, 500 }, { ":", 0, 500 }, { ";", 0, 300 }, { "!", 0, 100 }, { "?", 0, 100 }, { ")", 0, 200 },
		{ "»", 200, 200 }, { "“", 300, 300 }, { "…", 0, 200 },
	};
	struct par *p;
	int seen = 0;

	(void)state;
	check_hangs(v, sizeof v / sizeof *v);
	shop->style.protrude = true; /* the hyphen of a divided word by half its width */
	shop->style.hyphenate = true;
	p = workshop_par(shop, "самоорганизация");
	for (size_t i = 1; i + 1 < p->n_cands; i++) {
		if (p->cands[i].kind == BREAK_HYPHEN) {
			assert_in_range(llabs(p->cands[i].hang_end - par_width(workshop_par(shop, "-")) / 2), 0, SP_ONE / 100);
			seen++;
		}
	}
	assert_true(seen > 2);
	shop->style.protrude = false;
}

static void test_t71_letters_hang(void **state)
{
	static const struct hang v[] = {
		{ "А", 50, 50 }, { "Г", 0, 50 }, { "К", 0, 50 }, { "Т", 50, 50 }, { "Х", 50, 50 }, { "У", 50, 50 }, { "г", 0, 50 },
		{ "к", 0, 50 }, { "х", 50, 50 }, { "у", 50, 50 }, { "О", 30, 30 }, { "С", 30, 30 }, { "Э", 30, 30 }, { "Ю", 0, 30 },
		{ "н", 0, 0 }, { "A", 50, 50 }, { "F", 0, 50 }, { "J", 50, 0 }, { "L", 0, 50 }, { "V", 50, 50 }, { "W", 50, 50 },
		{ "k", 0, 50 }, { "v", 50, 50 }, { "y", 0, 50 }, { "n", 0, 0 },
	};

	(void)state;
	check_hangs(v, sizeof v / sizeof *v);
}

/* What hangs stands outside the measure: the line reaches that far beyond it. */
static void test_t70_line_reaches_over(void **state)
{
	uint64_t seed = 70;
	int over = 0;

	(void)state;
	shop->style.align = SET_JUSTIFY;
	shop->style.hyphenate = shop->style.protrude = true;
	shop->style.expansion = 20;
	for (int i = 0; i < 10; i++) {
		const sp measure = SP_PT(300);
		struct par *p;
		struct broken b;

		break_prose(&seed, 60, measure, &p, &b);
		for (int k = 0; k + 1 < b.n && b.pass < 3; k++) {
			sp hang = p->cands[b.v[k].to].hang_end;
			struct seen s = set_line(p, &b.v[k]);

			assert_in_range(llabs(s.end - measure - hang), 0, SP_ONE / 5);
			over += hang > SP_ONE / 2;
		}
	}
	assert_true(over > 10);
	shop->style.protrude = false;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_t63_shares),
		cmocka_unit_test(test_t63_spaces_of_a_line),
		cmocka_unit_test(test_t66_no_half_word),
		cmocka_unit_test(test_t69_flush_left),
		cmocka_unit_test(test_t70_signs_hang),
		cmocka_unit_test(test_t70_line_reaches_over),
		cmocka_unit_test(test_t71_letters_hang),
	};

	return cmocka_run_group_tests(tests, open_shop, close_shop);
}
