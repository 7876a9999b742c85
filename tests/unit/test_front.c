/* The front of a document: masthead, front matter, contents, openings of books, running heads. Small documents are set
 * whole, and words looked for on their pages. */
#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
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

/* ---- an article set ---------------------------------------------------------------------------- */

/* root: "article" or "book"; body: what stands in it. */
static struct set *set(const char *root, const char *body)
{
	return workshop_set_right(shop, root, "ru", body);
}

static struct spot spot_again(const struct set *s, const char *text, int n)
{
	struct spot sp_ = { 0 };

	if (!set_look_for(s, text, n, &sp_))
		fail_msg("not so often on the pages: %s", text);
	return sp_;
}

/* The text at the right end of the line that an entry of the contents stands on. */
static int number_beside(const struct set *s, const struct spot *entry)
{
	const struct page *page = &s->pages->v[entry->page];
	const struct item *best = NULL;

	for (size_t i = 0; i < page->n; i++) {
		const struct item *it = &page->items[i];

		if (it->kind == ITEM_TEXT && it->role == ROLE_CONTENTS && it->y == entry->y && it->x > entry->x &&
		    (best == NULL || it->x > best->x))
			best = it;
	}
	return best != NULL ? atoi(best->u.text.text) : -1;
}

static const char *head_of(const struct page *page)
{
	for (size_t i = 0; i < page->n; i++) {
		if (page->items[i].kind == ITEM_TEXT && page->items[i].role == ROLE_RUNNING_HEAD)
			return page->items[i].u.text.text;
	}
	return NULL;
}

static void put_prose(struct buf *b, uint64_t *seed, int paragraphs)
{
	for (int i = 0; i < paragraphs; i++) {
		struct buf prose;

		buf_init(&prose);
		workshop_prose(seed, 60, &prose);
		buf_puts(b, "<para>");
		for (size_t k = 0; k < prose.len; k++)
			buf_puts(b, prose.data[k] == '&' ? "&amp;" : (char[]){ prose.data[k], '\0' });
		buf_puts(b, "</para>");
		buf_free(&prose);
	}
}

/* ---- contents --------------------------------------------------------------------------------------- */

static const char long_front[] = "<info><title>Наблюдения над северным берегом большого озера в годы высокой воды и после неё</title>"
	"<subtitle>Подзаголовок в придачу</subtitle></info><toc/>";

static void test_contents_beside_a_long_title(void **state)
{
	struct buf b;
	struct set *s;
	struct spot words, entry, title;
	sp x, w, tx, tw;

	(void)state;
	buf_init(&b);
	buf_printf(&b, "%s<section><title>Первый</title><para>Да.</para></section><section><title>Второй</title><para>Нет.</para></section>",
	           long_front);
	s = set("article", b.data);
	buf_free(&b);
	style_margin_column(shop->theme, true, &x, &w);
	style_text_column(shop->theme, true, &tx, &tw);
	words = set_spot(s, "В этой статье");
	title = set_spot(s, "Подзаголовок");
	assert_int_equal(words.page, 0);
	assert_int_equal(words.x, x);
	assert_true(words.y > title.y);
	entry = spot_again(s, "Второй", 0).x >= x ? spot_again(s, "Второй", 0) : spot_again(s, "Второй", 1);
	assert_int_equal(number_beside(s, &entry), 1);
	set_drop(s);
}

/* Rows of dots that are alike are one in memory. Returns how many there are. */
static int check_leaders(const struct set *s)
{
	const struct item *last = NULL;
	int n = 0;

	for (size_t i = 0; i < s->pages->n; i++) {
		for (size_t k = 0; k < s->pages->v[i].n; k++) {
			const struct item *it = &s->pages->v[i].items[k];

			if (it->kind != ITEM_TEXT || it->role != ROLE_RULE)
				continue;
			if (last != NULL && it->u.text.n == last->u.text.n) {
				assert_ptr_equal(it->u.text.glyphs, last->u.text.glyphs);
				assert_ptr_equal(it->u.text.text, last->u.text.text);
			}
			last = it;
			n++;
		}
	}
	return n;
}

/* More entries than the margin holds: at the head of the text, with the numbers of the pages as they then are. */
static void test_contents_in_the_column(void **state)
{
	uint64_t seed = 5;
	struct buf b;
	struct set *s;
	sp tx, tw;
	char name[32];

	(void)state;
	style_text_column(shop->theme, true, &tx, &tw);
	buf_init(&b);
	buf_puts(&b, "<title>Много разделов</title>");
	for (int i = 10; i < 70; i++) {
		buf_printf(&b, "<section><title>Раздел%d</title>", i);
		put_prose(&b, &seed, 2);
		buf_puts(&b, "</section>");
	}
	s = set("article", b.data);
	buf_free(&b);
	assert_int_equal(set_spot(s, "В этой статье").x, tx);
	for (int i = 10; i < 70; i++) {
		struct spot entry, heading;

		snprintf(name, sizeof name, "Раздел%d", i);
		entry = spot_again(s, name, 0);
		heading = spot_again(s, name, 1);
		assert_true(heading.item->u.text.size > entry.item->u.text.size);
		assert_int_equal(number_beside(s, &entry), heading.page + 1);
	}
	assert_int_equal(check_leaders(s), 60);
	set_drop(s);
}

/* ---- books --------------------------------------------------------------------------------------------- */

static void test_book_opens_its_parts_and_chapters(void **state)
{
	uint64_t seed = 9;
	struct buf b;
	struct set *s;
	struct spot part, chapter, section, label;

	(void)state;
	buf_init(&b);
	buf_puts(&b, "<title>Книга</title><part><title>Исток</title><chapter><title>Ключи</title>");
	put_prose(&b, &seed, 30);
	buf_puts(&b, "<section><title>Родник</title><para>Да.</para></section></chapter>"
	             "<chapter><title>2. Своим счётом</title><para>Вот.</para></chapter></part>"
	             "<appendix><title>Добавка</title><para>Вот.</para></appendix>");
	s = set("book", b.data);
	buf_free(&b);
	/* the first of each is in the contents */
	part = spot_again(s, "Исток", 0);
	assert_int_equal(number_beside(s, &part), spot_again(s, "Исток", 1).page + 1);
	part = spot_again(s, "Часть I", 1);
	label = set_spot(s, "Глава 1");
	chapter = spot_again(s, "Ключи", 1);
	section = spot_again(s, "Родник", 1);
	assert_true(label.y < chapter.y && label.page == chapter.page);
	assert_true(part.page < chapter.page && part.page % 2 == 0); /* on a recto */
	assert_true(spot_again(s, "Исток", 1).item->u.text.size > chapter.item->u.text.size);
	assert_true(chapter.item->u.text.size > section.item->u.text.size);
	assert_true(spot_again(s, "Приложение А", 1).page > section.page);
	assert_false(set_look_for(s, "Глава 2", 0, &label)); /* the author counts */
	/* no head where a chapter opens; on the right-hand page behind it, the chapter's title */
	assert_null(head_of(&s->pages->v[chapter.page]));
	for (size_t i = chapter.page + 1; i < section.page; i++)
		assert_non_null(strstr(head_of(&s->pages->v[i]), s->pages->v[i].recto ? "Ключи" : "Книга"));
	set_drop(s);
}

/* ---- front matter ---------------------------------------------------------------------------------------- */

static void test_front_matter_stands_apart(void **state)
{
	struct set *s = set("article",
		"<info><title>Статья</title><date>2021-10-28</date><legalnotice><para>Лицензия вольная.</para></legalnotice>"
		"<keywordset><keyword>Ключевое</keyword></keywordset>"
		"<author><personname>Анна Береговая</personname><affiliation><orgname>Станция</orgname></affiliation></author>"
		"<abstract><para>Аннотация сама.</para></abstract></info><para>Текст статьи.</para>");
	struct spot author = set_spot(s, "Анна"), abstract = set_spot(s, "Аннотация"), text = set_spot(s, "Текст");
	struct spot legal = set_spot(s, "Лицензия"), none;
	sp unit = shop->theme->page.unit;

	(void)state;
	assert_true(author.y < set_spot(s, "28 октября").y);
	assert_true(set_spot(s, "28 октября").y + unit < abstract.y && abstract.y + unit < text.y && text.y + 2 * unit < legal.y);
	assert_ptr_not_equal(author.item->u.text.face, set_spot(s, "Станция").item->u.text.face);
	assert_ptr_not_equal(abstract.item->u.text.face, text.item->u.text.face);
	assert_true(legal.item->u.text.size < text.item->u.text.size);
	assert_false(set_look_for(s, "Ключевое", 0, &none));
	assert_false(set_look_for(s, "2021-10-28", 0, &none));
	set_drop(s);
}

static void test_empty_index_is_said(void **state)
{
	struct set *s = set("book", "<title>Книга</title><chapter><title>Глава</title><para>Да.<indexterm><primary>да</primary></indexterm>"
	                            "</para></chapter><index/>");

	(void)state;
	assert_int_equal(workshop_count(&s->log, "index-left-out"), 1);
	set_drop(s);
}

/* ---- another page --------------------------------------------------------------------------------------------- */

/* The house style with two words changed. */
static char *changed_theme(const char *from, const char *to)
{
	static const char name[] = "/tmp/verstka-theme-XXXXXX";
	struct diag_log log;
	struct buf b;
	char *xml, *path = mem_alloc(sizeof name), *at;
	size_t len;

	memcpy(path, name, sizeof name);
	close(mkstemp(path));
	diag_init(&log);
	buf_init(&b);
	assert_true(file_read("source/theme.xml", 1 << 20, &log, DIAG_NOWHERE, &xml, &len));
	at = strstr(xml, from);
	assert_non_null(at);
	buf_put(&b, xml, (size_t)(at - xml));
	buf_puts(&b, to);
	buf_puts(&b, at + strlen(from));
	assert_true(file_write(path, b.data, b.len, &log));
	buf_free(&b);
	mem_free(xml);
	diag_free(&log);
	return path;
}

static void test_size_of_the_page_alone(void **state)
{
	static const struct { const char *to; bool margin; } v[] = {
		{ "width=\"148mm\" height=\"210mm\"", false }, { "width=\"216mm\" height=\"279mm\"", true },
		{ "width=\"176mm\" height=\"250mm\"", true },
	};
	struct workshop *house = shop;

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
		uint64_t seed = 3;
		char *path = changed_theme("width=\"210mm\" height=\"297mm\"", v[i].to);
		const struct theme *t;
		struct buf b;
		struct set *s;
		sp x, w, foot;

		shop = workshop_open(path);
		t = shop->theme;
		style_margin_column(t, true, &x, &w);
		assert_int_equal(w > 0, v[i].margin);
		foot = t->page.height - style_line_y(t, t->page.last_line);
		assert_in_range(foot, SP_PT(57), SP_PT(58) + t->page.unit); /* as far from the foot as on A4, to a line */
		buf_init(&b);
		buf_puts(&b, long_front);
		buf_puts(&b, "<section><title>Первый</title>");
		put_prose(&b, &seed, 12);
		buf_puts(&b, "</section><section><title>Второй</title><para>Нет.</para></section>");
		s = set("article", b.data);
		assert_int_equal(set_spot(s, "В этой статье").page, 0);
		set_drop(s);
		buf_free(&b);
		workshop_close(shop);
		unlink(path);
		mem_free(path);
	}
	shop = house;
}

/* Notes called in the title and subtitle stand at the foot of the first page, before those of the text. */
static void test_notes_of_the_title(void **state)
{
	struct set *s = set("article", "<title>Вода<footnote><para>Первое.</para></footnote></title>"
	                    "<subtitle>Дом<footnote><para>Второе.</para></footnote></subtitle>"
	                    "<para>Текст<footnote><para>Третье.</para></footnote>.</para>");
	struct spot text = set_spot(s, "Текст"), first = set_spot(s, "Первое."), second = set_spot(s, "Второе.");
	struct spot third = set_spot(s, "Третье.");

	(void)state;
	assert_int_equal(first.page, 0);
	assert_true(text.y < first.y && first.y < second.y && second.y < third.y);
	set_drop(s);
}

static sp line_of_number(const char *series)
{
	char body[400];
	struct set *s;
	struct spot number;
	sp y;

	snprintf(body, sizeof body, "<info><title>Вода</title><biblioset relation='series'><title>%s</title><issuenum>14</issuenum>"
	         "</biblioset></info><para>Текст.</para>", series);
	s = set("article", body);
	number = set_spot(s, "14");
	assert_int_equal(number.y, set_spot(s, "Вода").y);
	y = number.y;
	set_drop(s);
	return y;
}

/* The figures of the number are as high as a page's masthead has room for under one line. */
static void test_series_of_two_lines(void **state)
{
	sp one = line_of_number("Тетради"), two = line_of_number("Мастерские тетради издательства");

	(void)state;
	assert_int_equal(one, style_line_y(shop->theme, shop->theme->masthead.title_last_line));
	assert_int_equal(two, one + shop->theme->page.unit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_notes_of_the_title), cmocka_unit_test(test_series_of_two_lines),
		cmocka_unit_test(test_contents_beside_a_long_title),
		cmocka_unit_test(test_contents_in_the_column),
		cmocka_unit_test(test_book_opens_its_parts_and_chapters),
		cmocka_unit_test(test_front_matter_stands_apart),
		cmocka_unit_test(test_empty_index_is_said),
		cmocka_unit_test(test_size_of_the_page_alone),
	};

	return cmocka_run_group_tests(tests, open_shop, close_shop);
}
