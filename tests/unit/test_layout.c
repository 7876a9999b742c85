/* Whole documents set, and their pages looked at: notes, pull quotes, headings, widows, tables, and random documents
 * of all kinds of blocks in which nothing may be lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "read/theme.h"
#include "workshop.h"

enum { HOUSE, PLAIN, TINY, THEMES };
static const char *const theme_file[THEMES] = { NULL, "tests/themes/plain.xml", NULL };
/* 60 x 80 mm, one column of 44 mm */
static const char tiny_theme[] =
	"<theme name=\"Tiny\">"
	"<page width=\"60mm\" height=\"80mm\" inner=\"8mm\" outer=\"8mm\" columns=\"1\" text-columns=\"1\""
	" gutter=\"3mm\" first-baseline=\"40pt\" last-baseline=\"205pt\"/>"
	"<paragraph name=\"body\" family=\"Serif\" size=\"8pt\" leading=\"10pt\"/>"
	"<pullquote columns=\"1\" first-page=\"2\" min-measure=\"40mm\"/><imprint columns=\"1\"/>"
	"<masthead bar-top=\"10pt\" bar=\"2pt\" motto-line=\"2\" title-last-line=\"5\" first-heading-line=\"9\""
	" first-text-line=\"10\"/>"
	"<caption in-margin=\"no\"/><contents in-margin=\"no\"/></theme>";

static struct workshop *shop[THEMES];

static int open_shops(void **state)
{
	(void)state;
	for (int i = 0; i < THEMES; i++)
		shop[i] = workshop_open(theme_file[i]);
	theme_free(shop[TINY]->theme);
	shop[TINY]->theme = theme_read(tiny_theme, sizeof tiny_theme - 1, "tiny.xml", "ru", &shop[TINY]->log);
	diag_print(&shop[TINY]->log, 0, stderr, DIAG_TEXT);
	assert_non_null(shop[TINY]->theme);
	return 0;
}

static int close_shops(void **state)
{
	(void)state;
	for (int i = 0; i < THEMES; i++)
		workshop_close(shop[i]);
	return 0;
}

/* ---- a document read and set ------------------------------------------------------------------- */

static bool only_late_notes(const struct diag_log *log)
{
	for (size_t i = 0; i < log->n; i++) {
		if ((strcmp(log->v[i].code, "layout-invariant") == 0 || strcmp(log->v[i].code, "text-lost") == 0) &&
		    strstr(log->v[i].text, "begins on another page") == NULL &&
		    strstr(log->v[i].text, "more broken") == NULL)
			return false;
	}
	return true;
}

/* body: what stands in an article after its title. late_notes: a line may call more than its
 * page can hold, so that some begin on the next.
 * Freed by drop. */
static struct set *set_with(int theme, const char *body, bool late_notes)
{
	struct buf all;
	struct set *s;

	buf_init(&all);
	buf_puts(&all, "<title>Проба</title>");
	buf_puts(&all, body);
	s = workshop_set(shop[theme], "article", "ru", all.data);
	buf_free(&all);
	if (!pages_check(s->pages, s->doc, true, &s->log) && !(late_notes && only_late_notes(&s->log))) {
		diag_print(&s->log, 0, stderr, DIAG_TEXT);
		print_message("in: %.2000s\n", body);
		fail_msg("theme %d: an invariant is broken", theme);
	}
	return s;
}

static struct set *set(int theme, const char *body)
{
	return set_with(theme, body, false);
}

/* ---- what is where ----------------------------------------------------------------------------- */

static const struct node *above(const struct node *n, enum node_kind kind)
{
	while (n != NULL && n->kind != kind)
		n = n->parent;
	return n;
}

static bool is_set_text(const struct item *it)
{
	return it->kind == ITEM_TEXT && it->role == ROLE_CONTENT && it->node != NULL && it->node->kind == N_TEXT;
}

static const struct node *heading_of(const struct item *it)
{
	const struct node *t = above(it->node, N_TITLE);

	return t != NULL && t->parent != NULL && t->parent->kind == N_DIVISION ? t : NULL;
}

static bool in_body(const struct item *it)
{
	return is_set_text(it) && above(it->node, N_FOOTNOTE) == NULL && above(it->node, N_PULLQUOTE) == NULL;
}

/* No heading is the last line of its page. */
static void check_headings(const struct set *s, int *seen)
{
	for (size_t i = 0; i < s->pages->n; i++) {
		const struct page *p = &s->pages->v[i];
		sp low = 0, low_heading = 0;

		for (size_t k = 0; k < p->n; k++) {
			const struct item *it = &p->items[k];

			if (!in_body(it))
				continue;
			if (heading_of(it) != NULL) {
				low_heading = it->y > low_heading ? it->y : low_heading;
				++*seen;
			} else {
				low = it->y > low ? it->y : low;
			}
		}
		if (low_heading > 0)
			assert_true(low > low_heading);
	}
}

/* Lines of every paragraph on both sides of a page break: two at least (paragraphs of four and more). */
static void check_widows(const struct set *s, int *broken)
{
	struct part { int total, here; } *v = mem_zalloc((size_t)s->doc->n_nodes + 1, sizeof *v);
	struct part *left = mem_zalloc((size_t)s->doc->n_nodes + 1, sizeof *left);

	for (int turn = 0; turn < 2; turn++) {
		for (size_t i = 0; i < s->pages->n; i++) {
			const struct page *p = &s->pages->v[i];

			for (size_t k = 0; k < p->n; k++) {
				const struct node *para = in_body(&p->items[k]) && heading_of(&p->items[k]) == NULL
				                                  ? above(p->items[k].node, N_PARA) : NULL;

				if (para == NULL || !p->items[k].u.text.line_end)
					continue;
				if (turn == 0) {
					v[para->seq].total++;
				} else {
					left[para->seq].total++;
					left[para->seq].here++;
				}
			}
			for (size_t n = 0; turn == 1 && n <= s->doc->n_nodes; n++) {
				if (left[n].here == 0)
					continue;
				if (v[n].total >= 4 && left[n].here < v[n].total) {
					++*broken;
					assert_true(left[n].here >= 2);
				}
				left[n].here = 0;
			}
		}
	}
	mem_free(v);
	mem_free(left);
}

/* The box of a quote's letters against every other letter of the page. */
static int check_quotes(const struct set *s)
{
	int quotes = 0;

	for (size_t i = 0; i < s->pages->n; i++) {
		const struct page *p = &s->pages->v[i];

		for (size_t k = 0; k < p->n; k++) {
			const struct node *q = is_set_text(&p->items[k]) ? above(p->items[k].node, N_PULLQUOTE) : NULL;
			sp x0 = p->items[k].x, x1 = x0 + p->items[k].w, y1 = p->items[k].y, y0 = y1 - p->items[k].u.text.size / 2;

			if (q == NULL || p->items[k].u.text.len == 0)
				continue;
			for (size_t m = 0; m < p->n; m++) {
				const struct item *o = &p->items[m];

				if (o->kind == ITEM_IMAGE)
					assert_false(o->x < x1 && o->x + o->w > x0 && o->y < y1 && o->y + o->h > y0);
				if (o->kind == ITEM_TEXT && o->role != ROLE_MARK && above(o->node, N_PULLQUOTE) != q)
					assert_false(o->x < x1 - SP_ONE && o->x + o->w > x0 + SP_ONE && o->y - o->u.text.size / 2 < y1 && o->y > y0);
			}
			if (q->first == p->items[k].node->parent && p->items[k].u.text.par_start)
				quotes++;
		}
	}
	return quotes;
}

/* ---- notes ------------------------------------------------------------------------------------- */

static void check_notes(const struct set *s, size_t n)
{
	size_t labels = 0, marks = 0, next = 1;

	for (size_t i = 0; i < s->pages->n; i++) {
		const struct page *p = &s->pages->v[i];

		for (size_t k = 0; k < p->n; k++) {
			const struct item *it = &p->items[k];
			char number[16];

			if (it->kind != ITEM_TEXT || it->node == NULL || it->node->kind != N_FOOTNOTE)
				continue;
			marks += it->role == ROLE_MARK;
			if (it->role != ROLE_LABEL)
				continue;
			labels++;
			snprintf(number, sizeof number, "%zu", next++); /* in order, each once */
			assert_int_equal(it->u.text.len, strlen(number));
			assert_memory_equal(it->u.text.text, number, strlen(number));
			for (size_t m = 0; m < p->n; m++) { /* left of its note's text */
				const struct item *o = &p->items[m];

				if (is_set_text(o) && o->y == it->y && above(o->node, N_FOOTNOTE) == it->node)
					assert_true(o->x >= it->x + it->w);
			}
		}
	}
	assert_int_equal(labels, n);
	assert_int_equal(marks, n);
}

static void set_notes(int theme, size_t notes, int words_between, int words_in)
{
	struct buf b;
	uint64_t seed = notes;
	struct set *s;

	buf_init(&b);
	buf_puts(&b, "<para>");
	for (size_t i = 0; i < notes; i++) {
		for (int k = 0; k < words_between; k++)
			buf_puts(&b, k % 2 == 0 ? "слово " : "и ещё ");
		buf_printf(&b, "знак<footnote>");
		workshop_put_para(&seed, 1 + (int)workshop_random(&seed, (uint32_t)words_in), &b);
		buf_puts(&b, "</footnote> ");
	}
	buf_puts(&b, "</para>");
	s = set(theme, b.data);
	check_notes(s, notes);
	set_drop(s);
	buf_free(&b);
}

static void test_notes(void **state)
{
	(void)state;
	for (int t = 0; t < THEMES; t++) {
		set_notes(t, 40, 12, 60);
		set_notes(t, 110, 8, 8);
	}
	set_notes(HOUSE, 1010, 3, 4);
}

static void test_many_notes_in_one_paragraph(void **state)
{
	(void)state;
	set_notes(PLAIN, 5000, 1, 1);
}

/* More notes in one line than a page can hold. */
static void test_many_notes_in_one_line(void **state)
{
	struct buf b;
	struct set *s;

	(void)state;
	buf_init(&b);
	buf_puts(&b, "<para>Начало");
	for (int i = 0; i < 90; i++)
		buf_puts(&b, "<footnote><para>Да</para></footnote>");
	buf_puts(&b, " конец.</para>");
	s = set_with(PLAIN, b.data, true);
	check_notes(s, 90);
	set_drop(s);
	buf_free(&b);
}

/* Two long notes called by one line, again and again: each begins on the page of its call (set() fails if not). */
static void test_long_notes_in_one_line(void **state)
{
	(void)state;
	for (int t = 0; t < THEMES; t++) {
		for (uint64_t seed = 1; seed < 5; seed++) {
			struct buf b;
			uint64_t r = seed;
			struct set *s;

			buf_init(&b);
			for (int i = 0; i < 3; i++) {
				workshop_put_para(&r, 10 + (int)workshop_random(&r, 60), &b);
				buf_puts(&b, "<para>Два<footnote>");
				workshop_put_para(&r, 100 + (int)workshop_random(&r, 300), &b);
				buf_puts(&b, "</footnote> знака<footnote>");
				workshop_put_para(&r, 100 + (int)workshop_random(&r, 300), &b);
				buf_puts(&b, "</footnote>.</para>");
			}
			s = set(t, b.data);
			check_notes(s, 6);
			set_drop(s);
			buf_free(&b);
		}
	}
}

static void test_note_longer_than_a_page(void **state)
{
	struct buf b;
	uint64_t seed = 12;

	(void)state;
	buf_init(&b);
	workshop_put_para(&seed, 60, &b);
	buf_puts(&b, "<para>Длинное<footnote>");
	for (int i = 0; i < 12; i++)
		workshop_put_para(&seed, 120, &b);
	buf_puts(&b, "</footnote>.</para>");
	for (int i = 0; i < 12; i++) /* while it goes on, each page has a few lines of these */
		workshop_put_para(&seed, 60, &b);
	buf_puts(&b, "<para>И короткое<footnote><para>Вот.</para></footnote>.</para>");
	workshop_put_para(&seed, 100, &b);
	for (int t = 0; t < THEMES; t++) {
		struct set *s = set(t, b.data);

		check_notes(s, 2);
		set_drop(s);
	}
	buf_free(&b);
}

/* Words without end, and text without spaces: nothing is shaped again from its beginning for each place where a line
 * may end, or this would take minutes. */
static void test_words_without_end(void **state)
{
	static const char *const parts[] = { "слово-", "слово\xE2\x80\x90", "жпст", "http://a.example/b?c=",
		                             "\xE4\xB8\xAD\xE6\x96\x87" };

	(void)state;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		struct buf b;

		if (i == 4 && !file_exists("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")) {
			print_message("SKIPPED: no face has Chinese (fonts-noto-cjk)\n");
			continue;
		}
		buf_init(&b);
		buf_puts(&b, "<para>");
		for (int k = 0; k < 3000; k++)
			buf_puts(&b, parts[i]);
		buf_puts(&b, "а</para>");
		set_drop(set(PLAIN, b.data));
		buf_free(&b);
	}
}

/* ---- pages of prose ---------------------------------------------------------------------------- */

static void test_prose(void **state)
{
	int headings = 0, broken = 0;

	(void)state;
	for (int t = 0; t < 2; t++) {
		for (uint64_t seed = 1; seed < 5; seed++) {
			uint64_t r = seed;
			struct buf b;
			struct set *s;

			buf_init(&b);
			for (int i = 0; i < 14; i++) {
				buf_printf(&b, "<section><title>Раздел %d</title>", i);
				for (uint32_t k = 1 + workshop_random(&r, 3); k > 0; k--)
					workshop_put_para(&r, 40 + (int)workshop_random(&r, 120), &b);
				buf_puts(&b, "</section>");
			}
			s = set(t, b.data);
			assert_true(s->pages->n > 4);
			check_headings(s, &headings);
			check_widows(s, &broken);
			set_drop(s);
			buf_free(&b);
		}
	}
	assert_true(headings >= 112 && broken > 20);
}

static void test_quotes(void **state)
{
	int quotes = 0;

	(void)state;
	for (int t = 0; t < THEMES; t++) {
		for (uint64_t seed = 1; seed < 3; seed++) {
			uint64_t r = seed * 77;
			struct buf b;
			struct set *s;

			buf_init(&b);
			for (int i = 0; i < 12; i++) {
				workshop_put_para(&r, 60 + (int)workshop_random(&r, 100), &b);
				if (i % 3 == 1) {
					buf_puts(&b, "<blockquote role='pullquote'>");
					workshop_put_para(&r, 8 + (int)workshop_random(&r, 20), &b);
					buf_puts(&b, "</blockquote>");
				}
			}
			s = set(t, b.data);
			quotes += check_quotes(s);
			set_drop(s);
			buf_free(&b);
		}
	}
	assert_int_equal(quotes, THEMES * 2 * 4);
}

static void test_table_heads(void **state)
{
	(void)state;
	for (int t = 0; t < THEMES; t++) {
		struct buf b;
		struct set *s;
		size_t with_rows = 0, with_head = 0;

		buf_init(&b);
		buf_puts(&b, "<informaltable><tgroup cols='3'><thead><row><entry>Нумер</entry><entry>Город</entry><entry>Мера</entry>"
		             "</row></thead><tbody>");
		for (int i = 0; i < 150; i++)
			buf_printf(&b, "<row><entry>%d</entry><entry>Вологда</entry><entry>ещё %d</entry></row>", i, i * 7 % 40);
		buf_puts(&b, "</tbody></tgroup></informaltable>");
		s = set(t, b.data);
		for (size_t i = 0; i < s->pages->n; i++) {
			const struct page *p = &s->pages->v[i];
			sp head = 0, row = 0;

			for (size_t k = 0; k < p->n; k++) {
				const struct item *it = &p->items[k];
				const struct node *n = it->kind == ITEM_TEXT && it->node != NULL ? above(it->node, N_ROW) : NULL;

				if (n != NULL && n->u.row.group == ROW_HEAD && head == 0)
					head = it->y;
				if (n != NULL && n->u.row.group == ROW_BODY && row == 0)
					row = it->y;
				if (n != NULL && i > 0 && n->u.row.group == ROW_HEAD)
					assert_int_equal(it->role, ROLE_REPEATED);
			}
			with_rows += row > 0;
			with_head += head > 0 && row > head;
		}
		assert_true(with_rows > 1);
		assert_int_equal(with_head, with_rows);
		set_drop(s);
		buf_free(&b);
	}
}

/* A small table, wherever it falls, stays whole; and the paragraph behind it has no indent where it stands right below it, but
 * the usual one where the table has gone to the page's foot or head. */
static void test_small_tables(void **state)
{
	const sp indent = shop[HOUSE]->theme->par[PS_BODY].indent;
	int moved = 0, in_place = 0;

	(void)state;
	for (int n = 15; n < 48; n += 2) {
		struct buf b;
		struct set *s;
		struct spot before, row, last, behind;
		uint64_t seed = 5;

		buf_init(&b);
		buf_puts(&b, "<section><title>Раздел</title>");
		for (int i = 0; i < 5; i++)
			workshop_put_para(&seed, 60, &b);
		for (int i = 0; i < n; i++)
			buf_puts(&b, "<para>Строка.</para>");
		buf_puts(&b, "<para>Перед ней.</para><table><title>Меры</title><tgroup cols='2'><tbody><row><entry>Начало</entry><entry>а</entry>"
		             "</row>");
		for (int i = 0; i < 13; i++)
			buf_puts(&b, "<row><entry>середина</entry><entry>в</entry></row>");
		buf_puts(&b, "<row><entry>Конец</entry><entry>я</entry></row></tbody></tgroup></table><para>Поэтому после неё.</para>");
		for (int i = 0; i < 9; i++)
			workshop_put_para(&seed, 60, &b);
		buf_puts(&b, "</section>");
		s = set(HOUSE, b.data);
		before = set_spot(s, "Перед");
		row = set_spot(s, "Начало");
		last = set_spot(s, "Конец");
		behind = set_spot(s, "Поэтому");
		assert_int_equal(row.page, last.page);
		if (behind.page == row.page && behind.y > last.y && before.y < row.y) {
			in_place++;
			assert_in_range((uint64_t)llabs(row.x - behind.x), 0, SP_ONE);
		} else if (behind.page == before.page) {
			moved++;
			assert_in_range((uint64_t)llabs(behind.x - before.x), 0, SP_ONE);
			assert_true(behind.x > style_column_x(s->w->theme, behind.page % 2 == 0, behind.page % 2 == 0 ? 0 : 1) + indent - SP_ONE);
		}
		set_drop(s);
		buf_free(&b);
	}
	print_message("in place %d times, elsewhere %d\n", in_place, moved);
	assert_true(moved > 0 && in_place > 0);
}

/* ---- random documents -------------------------------------------------------------------------- */

static void put_inlines(uint64_t *r, int words, bool notes, struct buf *out)
{
	static const char *const wrap[][2] = {
		{ "<emphasis>", "</emphasis>" }, { "<emphasis role='bold'>", "</emphasis>" }, { "<code>", "</code>" },
		{ "<link xl:href='http://example.org/'>", "</link>" }, { "<superscript>", "</superscript>" },
		{ "<quote>", "</quote>" }, { "<foreignphrase xml:lang='en'>", "</foreignphrase>" }, { "<guilabel>", "</guilabel>" },
	};

	for (int i = 0; i < words; i += 5) {
		uint32_t k = workshop_random(r, 16);
		struct buf text;

		buf_init(&text);
		workshop_prose(r, 1 + (int)workshop_random(r, 9), &text);
		buf_puts(out, k < 8 ? wrap[k][0] : "");
		buf_put_xml(out, text.data, text.len);
		buf_puts(out, k < 8 ? wrap[k][1] : "");
		if (notes && k == 9) {
			buf_puts(out, "<footnote>");
			workshop_put_para(r, 1 + (int)workshop_random(r, 60), out);
			buf_puts(out, "</footnote>");
		}
		buf_puts(out, " ");
		buf_free(&text);
	}
}

static void put_inline_para(uint64_t *r, int words, bool notes, struct buf *out)
{
	buf_puts(out, "<para>");
	put_inlines(r, words, notes, out);
	buf_puts(out, "</para>");
}

static void put_block(uint64_t *r, int depth, bool notes, struct buf *out);

static void put_blocks(uint64_t *r, int most, int depth, bool notes, struct buf *out)
{
	for (uint32_t i = 1 + workshop_random(r, (uint32_t)most); i > 0; i--)
		put_block(r, depth + 1, notes, out);
}

static void put_list(uint64_t *r, int depth, bool notes, struct buf *out)
{
	uint32_t kind = workshop_random(r, 3);
	static const char *const open[] = { "<itemizedlist>", "<orderedlist>", "<variablelist>" };
	static const char *const close[] = { "</itemizedlist>", "</orderedlist>", "</variablelist>" };

	buf_puts(out, open[kind]);
	for (uint32_t i = 1 + workshop_random(r, 5); i > 0; i--) {
		buf_puts(out, kind == 2 ? "<varlistentry><term>Термин</term><listitem>" : "<listitem>");
		put_blocks(r, 2, depth, notes, out);
		buf_puts(out, kind == 2 ? "</listitem></varlistentry>" : "</listitem>");
	}
	buf_puts(out, close[kind]);
}

/* Short words, so that columns can always be as wide as their words. */
static void put_table(uint64_t *r, int depth, struct buf *out)
{
	static const char *const words[] = { "да", "нет", "мера", "вес,", "12", "и", "<emphasis>год</emphasis>",
		                             "<code>x</code>" };
	uint32_t columns = 1 + workshop_random(r, depth > 0 ? 2 : 3), rows = 1 + workshop_random(r, 30);

	buf_printf(out, "<table><title>Таблица</title><tgroup cols='%u'><thead><row>", columns);
	for (uint32_t c = 0; c < columns; c++)
		buf_puts(out, "<entry>Графа</entry>");
	buf_puts(out, "</row></thead><tbody>");
	for (uint32_t i = 0; i < rows; i++) {
		buf_puts(out, "<row>");
		for (uint32_t c = 0; c < columns; c++) {
			buf_puts(out, "<entry>");
			for (uint32_t k = workshop_random(r, 12); k > 0; k--)
				buf_printf(out, "%s ", words[workshop_random(r, sizeof words / sizeof *words)]);
			buf_puts(out, "</entry>");
		}
		buf_puts(out, "</row>");
	}
	buf_puts(out, "</tbody></tgroup></table>");
}

static void put_block(uint64_t *r, int depth, bool notes, struct buf *out)
{
	switch (workshop_random(r, depth > 3 ? 5 : 14)) {
	case 5: case 6:
		put_list(r, depth, notes, out);
		break;
	case 7:
		buf_puts(out, depth == 0 ? "<blockquote role='pullquote'>" : "<blockquote>");
		put_inline_para(r, 20, false, out);
		buf_puts(out, "</blockquote>");
		break;
	case 8:
		put_table(r, depth, out);
		break;
	case 9:
		buf_puts(out, "<programlisting>int main(void)\n{\n\treturn 0; /* комментарий подлиннее, чтобы строка "
		              "не вошла в меру и ещё немного */\n}\n</programlisting>");
		break;
	case 10:
		buf_puts(out, "<note><title>Внимание</title>");
		put_blocks(r, 2, depth, notes, out);
		buf_puts(out, "</note>");
		break;
	case 11:
		if (depth > 0)
			break;
		buf_puts(out, "<sidebar><title>Врезка</title>");
		put_blocks(r, 3, 2, notes, out);
		buf_puts(out, "</sidebar>");
		break;
	case 12:
		buf_puts(out, "<formalpara><title>Название</title>");
		put_inline_para(r, 40, notes, out);
		buf_puts(out, "</formalpara>");
		break;
	default:
		put_inline_para(r, 1 + (int)workshop_random(r, 150), notes, out);
		break;
	}
	/* a container with nothing in it is no DocBook */
	if (depth > 0)
		buf_puts(out, "<para>Да.</para>");
}

static void put_sections(uint64_t *r, int level, struct buf *out)
{
	for (uint32_t i = 1 + workshop_random(r, 4); i > 0; i--) {
		buf_puts(out, "<section><title>Заголовок ");
		put_inlines(r, (int)workshop_random(r, 12), false, out);
		buf_puts(out, "</title>");
		for (uint32_t k = 1 + workshop_random(r, 5); k > 0; k--)
			put_block(r, 0, true, out);
		buf_puts(out, "<para>Конец раздела.</para>");
		if (level < 4 && workshop_random(r, 2) == 0)
			put_sections(r, level + 1, out);
		buf_puts(out, "</section>");
	}
}

static void test_random_documents(void **state)
{
	size_t pages = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 3; seed++) {
		uint64_t r = seed * 1000003;
		struct buf b;

		buf_init(&b);
		put_inline_para(&r, 50, true, &b);
		put_sections(&r, 1, &b);
		for (int t = 0; t < THEMES; t++) {
			struct set *s = set_with(t, b.data, t == TINY), *again;

			check_quotes(s);
			pages += s->pages->n;
			if (seed == 2) { /* the same again, byte for byte */
				struct buf one, two;

				again = set(t, b.data);
				buf_init(&one);
				buf_init(&two);
				pages_dump(s->pages, s->doc, &one);
				pages_dump(again->pages, again->doc, &two);
				assert_string_equal(one.data, two.data);
				buf_free(&one);
				buf_free(&two);
				set_drop(again);
			}
			set_drop(s);
		}
		buf_free(&b);
	}
	assert_true(pages > 150);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_notes), cmocka_unit_test(test_many_notes_in_one_paragraph),
		cmocka_unit_test(test_many_notes_in_one_line), cmocka_unit_test(test_long_notes_in_one_line),
		cmocka_unit_test(test_note_longer_than_a_page),
		cmocka_unit_test(test_words_without_end), cmocka_unit_test(test_prose),
		cmocka_unit_test(test_quotes), cmocka_unit_test(test_table_heads), cmocka_unit_test(test_small_tables),
		cmocka_unit_test(test_random_documents),
	};

	return cmocka_run_group_tests(tests, open_shops, close_shops);
}
