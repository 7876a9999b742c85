/* How blocks are set: quotations, lists, code, tables, figures; what keeps with what. Small articles are set whole,
 * and words looked for on their pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

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

/* body: what stands in an article after its title. a.png lies beside it. */
static struct set *set(const char *lang, const char *body)
{
	struct buf all;
	struct set *s;

	buf_init(&all);
	buf_puts(&all, "<title>Проба</title>");
	buf_puts(&all, body);
	s = workshop_set_right(shop, "article", lang, all.data);
	buf_free(&all);
	return s;
}

/* n paragraphs of a line, before what is tried: wherever it falls on the page, the rules hold. */
static void put_lines(struct buf *b, int n)
{
	for (int i = 0; i < n; i++)
		buf_puts(b, "<para>Строка.</para>");
}

/* ---- quotations --------------------------------------------------------------------------------- */

static void test_attribution_stays_with_its_quotation(void **state)
{
	const sp unit = shop->theme->page.unit;

	(void)state;
	for (int n = 30; n < 42; n++) {
		struct buf b;
		struct set *s;
		struct spot quote, by, next;

		buf_init(&b);
		put_lines(&b, n);
		buf_puts(&b, "<blockquote><attribution>Автор</attribution><para>Цитата.</para></blockquote><para>После.</para>");
		put_lines(&b, 12);
		s = set("ru", b.data);
		quote = set_spot(s, "Цитата");
		by = set_spot(s, "Автор");
		next = set_spot(s, "После");
		assert_int_equal(quote.page, by.page);
		if (next.page == by.page)
			assert_true(next.y - by.y > unit * 5 / 4);
		set_drop(s);
		buf_free(&b);
	}
}

static void test_lead_in_stays_with_its_list(void **state)
{
	(void)state;
	for (int n = 30; n < 42; n++) {
		struct buf b;
		struct set *s;

		buf_init(&b);
		put_lines(&b, n);
		buf_puts(&b, "<para>Причины:</para><itemizedlist><listitem><para>первая:</para><itemizedlist><listitem><para>вложенная;"
		             "</para></listitem></itemizedlist></listitem><listitem><para>вторая.</para></listitem></itemizedlist>");
		put_lines(&b, 12);
		s = set("ru", b.data);
		assert_int_equal(set_spot(s, "Причины").page, set_spot(s, "первая").page);
		assert_int_equal(set_spot(s, "первая").page, set_spot(s, "вложенная").page);
		set_drop(s);
		buf_free(&b);
	}
}

/* ---- lists -------------------------------------------------------------------------------------- */

static void test_numbers_stand_clear_of_the_text(void **state)
{
	struct set *s = set("ru", "<orderedlist startingnumber='998'><listitem><para>один</para></listitem><listitem><para>два</para>"
	                          "</listitem><listitem><para>три</para></listitem></orderedlist><para>Абзац.</para>");
	struct spot label = set_spot(s, "1000."), text = set_spot(s, "три");

	(void)state;
	assert_true(label.x >= set_spot(s, "Абзац").x);
	assert_true(label.x + label.item->w + SP_PT(2) < text.x);
	assert_int_equal(text.x, set_spot(s, "один").x);
	assert_int_equal(label.x + label.item->w, set_spot(s, "998.").x + set_spot(s, "998.").item->w); /* on the right */
	set_drop(s);
}

static void test_formal_paragraph_runs_in(void **state)
{
	struct set *s = set("ru", "<formalpara><title>Заголовок</title><para>абзаца.</para></formalpara>");
	struct spot title = set_spot(s, "Заголовок"), text = set_spot(s, "абзаца");

	(void)state;
	assert_int_equal(title.y, text.y);
	assert_ptr_not_equal(title.item->u.text.face, text.item->u.text.face);
	set_drop(s);
}

static void test_question_stays_with_its_answer(void **state)
{
	(void)state;
	for (int n = 32; n < 42; n++) {
		struct buf b;
		struct set *s;

		buf_init(&b);
		put_lines(&b, n);
		buf_puts(&b, "<qandaset><qandaentry><question><para>Вопрос</para></question><answer><para>Ответ.</para></answer>"
		             "</qandaentry></qandaset>");
		s = set("ru", b.data);
		assert_int_equal(set_spot(s, "Вопрос").page, set_spot(s, "Ответ").page);
		assert_ptr_not_equal(set_spot(s, "Вопрос").item->u.text.face, set_spot(s, "Ответ").item->u.text.face);
		set_drop(s);
		buf_free(&b);
	}
}

static void test_letters_of_the_language(void **state)
{
	static const char list[] = "<orderedlist numeration='loweralpha' startingnumber='5'><listitem><para>раз</para></listitem>"
	                           "<listitem><para>два</para></listitem><listitem><para>три</para></listitem></orderedlist>";
	struct spot none;
	struct set *s = set("ru", list);

	(void)state;
	assert_int_equal(set_spot(s, "д)").y, set_spot(s, "раз").y); /* neither ё nor з is a number */
	assert_int_equal(set_spot(s, "е)").y, set_spot(s, "два").y);
	assert_int_equal(set_spot(s, "ж)").y, set_spot(s, "три").y);
	set_drop(s);
	s = set("el", list);
	assert_true(set_look_for(s, "ε", 0, &none));
	set_drop(s);
	s = set("en", list);
	assert_int_equal(set_spot(s, "e.").y, set_spot(s, "раз").y);
	set_drop(s);
}

static void test_simple_list_in_columns(void **state)
{
	static const char members[] = "<member>один</member><member>два</member><member>три</member><member>четыре</member>"
	                              "<member>пять</member></simplelist>";
	struct buf b;
	struct set *s;

	(void)state;
	buf_init(&b);
	buf_printf(&b, "<simplelist type='vert' columns='2'>%s", members);
	s = set("ru", b.data);
	assert_int_equal(set_spot(s, "один").x, set_spot(s, "три").x);
	assert_int_equal(set_spot(s, "один").y, set_spot(s, "четыре").y);
	assert_true(set_spot(s, "четыре").x > set_spot(s, "один").x + SP_PT(100));
	set_drop(s);
	buf_free(&b);
	buf_init(&b);
	buf_printf(&b, "<simplelist type='horiz' columns='2'>%s", members);
	s = set("ru", b.data);
	assert_int_equal(set_spot(s, "один").y, set_spot(s, "два").y);
	assert_int_equal(set_spot(s, "один").x, set_spot(s, "пять").x);
	set_drop(s);
	buf_free(&b);
}

static void test_pictures_side_by_side_fit_their_table(void **state)
{
	static const char cell[] = "<entry><mediaobject><alt>к</alt><imageobject><imagedata fileref='a.png' width='12cm'/></imageobject>"
	                           "</mediaobject></entry>";
	struct buf b;
	struct set *s;
	sp x, w;

	(void)state;
	buf_init(&b);
	buf_printf(&b, "<informaltable><tgroup cols='2'><tbody><row>%s%s</row></tbody></tgroup></informaltable>", cell, cell);
	s = set("ru", b.data);
	style_text_column(shop->theme, true, &x, &w);
	assert_int_equal(workshop_count(&s->log, "table-wide"), 0);
	for (size_t i = 0, seen = 0; i <= s->pages->v[0].n; i++) {
		const struct item *it = i < s->pages->v[0].n ? &s->pages->v[0].items[i] : NULL;

		if (it == NULL)
			assert_int_equal(seen, 2);
		else if (it->kind == ITEM_IMAGE && ++seen > 0)
			assert_true(it->w <= w / 2 && it->x + it->w <= x + w + SP_ONE);
	}
	set_drop(s);
	buf_free(&b);
}

static void test_entries_hang_behind_their_labels(void **state)
{
	struct set *s =
		set("ru", "<para><xref linkend='a'/></para><bibliography><title>Литература</title>"
		          "<biblioentry xml:id='a'><author><personname><surname>Первый</surname></personname></author>"
		          "<title>Очень длинное название книги, которое не помещается в одну строку колонки и продолжается в следующей, "
		          "под первым словом записи</title><subtitle>подзаголовок</subtitle><publishername>Наука</publishername>"
		          "<pubdate>2015</pubdate></biblioentry>"
		          "<bibliomixed><abbrev>ВОЗ</abbrev> Второй. Название.</bibliomixed></bibliography>");
	struct spot one = set_spot(s, "Первый"), two = set_spot(s, "Второй");

	(void)state;
	assert_int_equal(set_spot(s, "[1").x, set_spot(s, "[").x);
	assert_int_equal(one.x, two.x);
	assert_true(one.x > set_spot(s, "[1").x + SP_PT(20));
	for (size_t i = 0; i < s->pages->v[one.page].n; i++) { /* no line of the entry begins before that */
		const struct item *it = &s->pages->v[one.page].items[i];

		assert_true(it->kind != ITEM_TEXT || it->y <= one.y || it->y >= two.y || it->x >= one.x);
	}
	assert_true(set_look_for(s, ": ", 0, &two));
	assert_true(set_look_for(s, ", ", 0, &two));
	set_drop(s);
	s = set("ru", "<bibliography><title>Литература</title><bibliomixed>Третий. Очень длинное название книги, которое не помещается "
	              "в одну строку колонки и продолжается в следующей.</bibliomixed></bibliography>");
	one = set_spot(s, "Третий");
	for (size_t i = 0; i < s->pages->v[one.page].n; i++) {
		const struct item *it = &s->pages->v[one.page].items[i];

		assert_true(it->kind != ITEM_TEXT || it->y <= one.y || it->y > one.y + SP_PT(40) || it->x > one.x + SP_PT(8));
	}
	set_drop(s);
}

static const struct item *picture_on(const struct set *s, size_t page)
{
	for (size_t i = 0; i < s->pages->v[page].n; i++) {
		if (s->pages->v[page].items[i].kind == ITEM_IMAGE)
			return &s->pages->v[page].items[i];
	}
	return NULL;
}

static void test_lone_picture_is_no_letter(void **state)
{
	struct set *in_line = set("ru", "<para>Слово <inlinemediaobject><alt>к</alt><imageobject><imagedata fileref='a.png'/></imageobject>"
	                                "</inlinemediaobject></para>");
	struct set *alone = set("ru", "<para><inlinemediaobject><alt>к</alt><imageobject><imagedata fileref='a.png'/></imageobject>"
	                              "</inlinemediaobject></para>");

	(void)state;
	assert_true(picture_on(in_line, 0)->h < shop->theme->page.unit);
	assert_true(picture_on(alone, 0)->h > 2 * shop->theme->page.unit);
	set_drop(in_line);
	set_drop(alone);
}

static void test_tint_reaches_below_a_picture(void **state)
{
	struct set *s = set("ru", "<sidebar><title>Врезка</title><mediaobject><alt>к</alt><imageobject><imagedata fileref='a.png'/>"
	                          "</imageobject></mediaobject></sidebar>");
	const struct item *picture = picture_on(s, 0);
	sp bottom = 0;

	(void)state;
	for (size_t i = 0; i < s->pages->v[0].n; i++) {
		const struct item *it = &s->pages->v[0].items[i];

		if (it->role == ROLE_BACKGROUND && it->y + it->h > bottom)
			bottom = it->y + it->h;
	}
	assert_true(bottom > picture->y + picture->h);
	set_drop(s);
}

/* ---- code --------------------------------------------------------------------------------------- */

static const struct item *fill_around(const struct set *s, struct spot at, enum item_role role)
{
	for (size_t i = 0; i < s->pages->v[at.page].n; i++) {
		const struct item *it = &s->pages->v[at.page].items[i];

		if (it->kind == ITEM_FILL && it->role == role && it->x < at.x && it->x + it->w > at.x + at.item->w &&
		    it->y < at.y && it->y + it->h > at.y)
			return it;
	}
	return NULL;
}

static void test_code_is_tinted_and_hung(void **state)
{
	struct set *s = set("ru", "<para>Абзац.</para><programlisting>\tone\nab\ttwo\nthree four five six seven eight nine ten eleven "
	                          "twelve thirteen fourteen fifteen sixteen\n"
	                          "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
	                          "</programlisting><para>После.</para>");
	struct spot one = set_spot(s, "        one"), two = set_spot(s, "ab      two"), three = set_spot(s, "three");
	struct spot rest, digits = set_spot(s, "0123");
	const struct item *tint = fill_around(s, three, ROLE_BACKGROUND);
	sp x, w;

	(void)state;
	style_text_column(shop->theme, s->pages->v[one.page].recto, &x, &w);
	assert_int_equal(one.x, two.x);
	assert_non_null(tint);
	assert_int_equal(tint->x, x);
	assert_int_equal(tint->w, w);
	assert_true(tint->y > set_spot(s, "Абзац").y + SP_PT(3));
	assert_true(tint->y + tint->h < set_spot(s, "После").y - SP_PT(7));
	assert_ptr_equal(fill_around(s, digits, ROLE_BACKGROUND), tint);
	/* the rest of a line hangs, with a hook before it, and all stays in the tint */
	assert_true(set_look_for(s, "f", 0, &rest) || set_look_for(s, "s", 0, &rest));
	assert_true(rest.x > three.x + SP_PT(8));
	for (size_t i = 0, hooks = 0; i <= s->pages->v[one.page].n; i++) {
		const struct item *it = i < s->pages->v[one.page].n ? &s->pages->v[one.page].items[i] : NULL;

		if (it == NULL) {
			assert_true(hooks >= 4);
		} else if (it->kind == ITEM_FILL && it->role == ROLE_RULE && it->x > three.x && it->x + it->w < rest.x) {
			hooks++;
		} else if (it->kind == ITEM_TEXT && it->y >= one.y && it->y <= digits.y + 2 * shop->theme->page.unit) {
			assert_true(it->x >= tint->x && it->x + it->w <= tint->x + tint->w);
		}
	}
	set_drop(s);
}

static void test_code_in_a_deep_list_stays_in_the_column(void **state)
{
	struct buf b;
	struct set *s;
	struct spot at;
	sp x, w;

	(void)state;
	buf_init(&b);
	for (int i = 0; i < 18; i++)
		buf_puts(&b, "<itemizedlist><listitem><para>П</para>");
	buf_puts(&b, "<screen>0123456789abcdefghijklmnopqr</screen>"); /* fewer letters than long strings have, more than fit */
	for (int i = 0; i < 18; i++)
		buf_puts(&b, "</listitem></itemizedlist>");
	s = set("ru", b.data);
	at = set_spot(s, "0123");
	style_text_column(shop->theme, s->pages->v[at.page].recto, &x, &w);
	assert_true(at.x + at.item->w <= x + w);
	set_drop(s);
	buf_free(&b);
}

/* ---- tables ------------------------------------------------------------------------------------- */

static void put_table(struct buf *b, int columns, int rows, const char *head, const char *cell)
{
	buf_printf(b, "<table><title>Заглавие</title><tgroup cols='%d'><thead><row>", columns);
	for (int i = 0; i < columns; i++)
		buf_printf(b, "<entry>%s</entry>", head);
	buf_puts(b, "</row></thead><tbody>");
	for (int r = 0; r < rows; r++) {
		buf_puts(b, "<row>");
		for (int i = 0; i < columns; i++)
			buf_printf(b, "<entry>%s</entry>", cell);
		buf_puts(b, "</row>");
	}
	buf_puts(b, "</tbody></tgroup></table>");
}

/* No two runs of a line touch, and none leaves the page's columns. */
static void assert_no_overlap(const struct set *s)
{
	const struct theme *t = shop->theme;

	for (size_t p = 0; p < s->pages->n; p++) {
		const struct page *page = &s->pages->v[p];
		sp left = style_column_x(t, page->recto, 0), right = left + style_columns_width(t, t->page.columns);

		for (size_t i = 0; i < page->n; i++) {
			const struct item *a = &page->items[i];

			if (a->kind != ITEM_TEXT || a->node == NULL)
				continue;
			assert_true(a->x >= left - SP_PT(4) && a->x + a->w <= right + SP_PT(4));
			for (size_t k = i + 1; k < page->n; k++) {
				const struct item *b = &page->items[k];

				if (b->kind == ITEM_TEXT && b->y == a->y && b->x < a->x + a->w - SP_ONE && a->x < b->x + b->w - SP_ONE)
					fail_msg("%.*s over %.*s", (int)a->u.text.len, a->u.text.text, (int)b->u.text.len,
					         b->u.text.text);
			}
		}
	}
}

static void test_columns_never_overlap(void **state)
{
	(void)state;
	for (int columns = 1; columns <= 40; columns += columns < 16 ? 1 : 8) {
		struct buf b;
		struct set *s;

		buf_init(&b);
		put_table(&b, columns, 2, "Законодательство", "законодательство и правоприменение");
		s = set("ru", b.data);
		assert_no_overlap(s);
		assert_int_equal(workshop_count(&s->log, "table-wide") > 0, columns > 16);
		set_drop(s);
		buf_free(&b);
	}
}

static void test_narrow_asked_column_holds_its_word(void **state)
{
	struct set *s =
		set("ru", "<informaltable><tgroup cols='2'><colspec colwidth='8mm'/><colspec/><tbody><row>"
		          "<entry>законодательство</entry><entry>второе</entry></row></tbody></tgroup></informaltable>"
		          "<informaltable><tgroup cols='4'><colspec colname='a' colwidth='5mm'/>"
		          "<colspec colname='b' colwidth='5mm'/><colspec/><tbody>"
		          "<row><entry namest='a' nameend='b'>человеконенавистнический</entry>"
		          "<entry>третье: много слов, которым нужна вся ширина таблицы, и даже больше</entry>"
		          "<entry>четвёртое: слов столько же, и им тоже нужно места больше, чем есть</entry></row>"
		          "<row><entry>1</entry><entry>2</entry><entry>3</entry><entry>4</entry></row></tbody></tgroup></informaltable>");

	(void)state;
	assert_no_overlap(s);
	assert_int_equal(set_spot(s, "законодательство").page, set_spot(s, "человеконенавистнический").page); /* both whole */
	set_drop(s);
}

static void test_short_table_stays_whole(void **state)
{
	(void)state;
	for (int n = 28; n < 40; n++) {
		struct buf b;
		struct set *s;
		struct spot first, second;

		buf_init(&b);
		put_lines(&b, n);
		put_table(&b, 2, 4, "Голова", "клетка");
		put_lines(&b, 12);
		s = set("ru", b.data);
		assert_true(set_look_for(s, "клетка", 0, &first) && set_look_for(s, "клетка", 7, &second));
		assert_int_equal(first.page, second.page);
		assert_int_equal(first.page, set_spot(s, "Голова").page);
		assert_int_equal(first.page, set_spot(s, "Заглавие").page);
		set_drop(s);
		buf_free(&b);
	}
}

static void test_long_table_says_it_goes_on(void **state)
{
	struct buf b;
	struct set *s;
	size_t named = 0;

	(void)state;
	buf_init(&b);
	put_table(&b, 2, 120, "Голова", "клетка");
	s = set("ru", b.data);
	for (size_t p = 0; p < s->pages->n; p++) {
		for (size_t i = 0; i < s->pages->v[p].n; i++) {
			const struct item *it = &s->pages->v[p].items[i];

			named += it->kind == ITEM_TEXT && it->role == ROLE_REPEATED && it->u.text.len > 20 &&
			         memcmp(it->u.text.text, "Таблица 1, продолжение", 20) == 0;
		}
	}
	assert_true(s->pages->n >= 3);
	assert_int_equal(named, s->pages->n - 1);
	set_drop(s);
	buf_free(&b);
}

/* What ends the document, or stands before a chapter, is parted from nothing: it costs no more than an end in prose. */
static void test_last_table_costs_nothing(void **state)
{
	struct buf b;
	struct set *s;

	(void)state;
	buf_init(&b);
	put_lines(&b, 20);
	put_table(&b, 2, 3, "Голова", "клетка");
	s = set("ru", b.data);
	assert_int_equal(s->pages->makeup.best.part[MAKEUP_BREAKS], 0);
	set_drop(s);
	buf_puts(&b, "<section><title>Последнее</title><para>Строка.</para></section>");
	s = set("ru", b.data);
	assert_int_equal(s->pages->makeup.best.part[MAKEUP_HEADINGS], 0);
	set_drop(s);
	buf_free(&b);
}

/* What follows a chart stands as near as what follows a table; its source keeps off the last bar. */
static void test_chart_ends_with_its_last_bar(void **state)
{
	static const char bars[] = "<tgroup cols='2'><tbody><row><entry>Первый</entry><entry>40 %</entry></row>"
	                           "<row><entry>Второй</entry><entry>40 %</entry></row><row><entry>Третий</entry><entry>20 %</entry></row>"
	                           "</tbody></tgroup>";
	const sp unit = shop->theme->page.unit;
	struct buf b;
	struct set *s;

	(void)state;
	for (int source = 0; source < 2; source++) {
		buf_init(&b);
		buf_printf(&b, "<para>Перед.</para><figure><title>Доли</title><informaltable role='bars'>%s%s</informaltable></figure>"
		           "<para>После.</para>", bars, source ? "<caption><para role='source'>Источник.</para></caption>" : "");
		s = set("ru", b.data);
		assert_int_equal(set_spot(s, source ? "Источник" : "После").y - set_spot(s, "Третий").y, 2 * unit);
		set_drop(s);
		buf_free(&b);
	}
}

static void test_tables_in_tables_are_bounded(void **state)
{
	struct buf b;
	struct set *s;

	(void)state;
	buf_init(&b);
	for (int i = 0; i < 12; i++)
		buf_puts(&b, "<informaltable><tr><td><para>слово</para>");
	for (int i = 0; i < 12; i++)
		buf_puts(&b, "</td><td>законодательство</td></tr></informaltable>");
	s = set("ru", b.data);
	assert_true(set_look_for(s, "слово", 11, &(struct spot){ 0 }));
	set_drop(s);
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_attribution_stays_with_its_quotation),
		cmocka_unit_test(test_lead_in_stays_with_its_list),
		cmocka_unit_test(test_numbers_stand_clear_of_the_text),
		cmocka_unit_test(test_formal_paragraph_runs_in),
		cmocka_unit_test(test_letters_of_the_language),
		cmocka_unit_test(test_simple_list_in_columns),
		cmocka_unit_test(test_pictures_side_by_side_fit_their_table),
		cmocka_unit_test(test_entries_hang_behind_their_labels),
		cmocka_unit_test(test_lone_picture_is_no_letter),
		cmocka_unit_test(test_tint_reaches_below_a_picture),
		cmocka_unit_test(test_question_stays_with_its_answer),
		cmocka_unit_test(test_code_is_tinted_and_hung),
		cmocka_unit_test(test_code_in_a_deep_list_stays_in_the_column),
		cmocka_unit_test(test_columns_never_overlap),
		cmocka_unit_test(test_narrow_asked_column_holds_its_word),
		cmocka_unit_test(test_short_table_stays_whole),
		cmocka_unit_test(test_long_table_says_it_goes_on),
		cmocka_unit_test(test_last_table_costs_nothing),
		cmocka_unit_test(test_chart_ends_with_its_last_bar),
		cmocka_unit_test(test_tables_in_tables_are_bounded),
	};

	return cmocka_run_group_tests(tests, open_shop, close_shop);
}
