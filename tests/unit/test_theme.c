/* theme.xml: the house style comes out to the point (the figures here are the specification's, not the
 * reader's), small themes work, wrong ones are refused with the place, hostile ones harm nothing. */
#define _POSIX_C_SOURCE 200809L

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "read/theme.h"
#include "read/theme_spec.h"

#define HOUSE "source/theme.xml"
#define PLAIN "tests/themes/plain.xml"

static struct theme *read_text(const char *xml, const char *lang, struct diag_log *log)
{
	diag_init(log);
	return theme_read(xml, strlen(xml), "t.xml", lang, log);
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

static struct theme *good(const char *xml, const char *lang)
{
	struct diag_log log;
	struct theme *t = read_text(xml, lang, &log);

	if (log.n > 0)
		diag_print(&log, 0, stderr, DIAG_TEXT);
	assert_non_null(t);
	assert_int_equal(log.n, 0);
	diag_free(&log);
	return t;
}

static struct theme *good_file(const char *path, const char *lang)
{
	char *xml = load(path);
	struct theme *t = good(xml, lang);

	mem_free(xml);
	return t;
}

static sp length(const char *text)
{
	sp v = 0;

	assert_true(unit_parse_length(text, &v));
	return v;
}

static void near(sp a, sp b)
{
	sp d = a > b ? a - b : b - a;

	if (d > SP_ONE / 100)
		fail_msg("%.4f pt, not %.4f pt", (double)a / 65536, (double)b / 65536);
}

struct expected { enum par_style_id id; const char *family, *face, *size, *leading, *colour; };

static void check_pars(const struct theme *t, const struct expected *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct par_style *p = &t->par[v[i].id];

		assert_string_equal(p->family, v[i].family);
		assert_int_equal(p->bold, strchr(v[i].face, 'B') != NULL);
		assert_int_equal(p->italic, strchr(v[i].face, 'I') != NULL);
		near(p->size, length(v[i].size));
		near(p->leading, length(v[i].leading));
		assert_string_equal(t->colours[p->colour].name, v[i].colour);
	}
}

static void test_house_type(void **state)
{
	static const struct expected v[] = {
		{ PS_BODY, "Serif", "R", "10.25pt", "14pt", "text" },
		{ PS_H1, "Sans", "B", "17pt", "21pt", "accent" },
		{ PS_H2, "Sans", "B", "11.5pt", "14pt", "text" },
		{ PS_H3, "Sans", "B", "10pt", "14pt", "text" },
		{ PS_LIST, "Serif", "R", "10.25pt", "14pt", "text" },
		{ PS_QUOTE, "Serif", "R", "10.25pt", "14pt", "text" },
		{ PS_ATTRIBUTION, "Sans", "R", "8.5pt", "14pt", "text" },
		{ PS_PULLQUOTE, "Serif", "I", "16.5pt", "21pt", "text" },
		{ PS_PULLQUOTE_LONG, "Serif", "I", "13pt", "17.5pt", "text" },
		{ PS_PULLQUOTE_BY, "Sans", "R", "8.5pt", "14pt", "text" },
		{ PS_FOOTNOTE, "Serif", "R", "8.4pt", "11.2pt", "text" },
		{ PS_SIDEBAR, "Sans", "R", "10pt", "14pt", "text" },
		{ PS_SIDEBAR_TITLE, "Sans", "B", "13pt", "14pt", "accent" },
		{ PS_SIDEBAR_TOPIC, "Sans", "B", "8.5pt", "14pt", "text" },
		{ PS_SIDEBAR_DATA, "Sans", "R", "8.5pt", "14pt", "text" },
		{ PS_SIDEBAR_NOTE, "Sans", "R", "8pt", "11.2pt", "text" },
		{ PS_CAPTION, "Sans", "R", "8.5pt", "14pt", "text" },
		{ PS_CAPTION_LABEL, "Sans", "B", "9pt", "14pt", "text" },
		{ PS_TABLE, "Sans", "R", "9pt", "14pt", "text" },
		{ PS_TABLE_HEAD, "Sans", "B", "9pt", "14pt", "text" },
		{ PS_RUNNING_HEAD, "Sans", "R", "8.5pt", "14pt", "text" },
		{ PS_FOLIO, "Sans", "B", "10.5pt", "14pt", "text" },
		{ PS_TITLE, "Serif", "B", "27pt", "31.5pt", "text" },
		{ PS_TITLE_LONG, "Serif", "B", "23pt", "28pt", "text" },
		{ PS_SUBTITLE, "Serif", "I", "13pt", "17.5pt", "text" },
		{ PS_MOTTO, "Sans", "B", "11.5pt", "14pt", "text" },
		{ PS_SERIES, "Sans", "B", "11.5pt", "14pt", "text" },
		{ PS_SERIES_NUMBER, "Serif", "R", "92pt", "98pt", "accent" },
		{ PS_ORG, "Sans", "R", "8.5pt", "14pt", "text" },
		{ PS_ORG_SHORT, "Sans", "B", "8.5pt", "14pt", "text" },
		{ PS_CONTENTS, "Sans", "R", "8.5pt", "14pt", "text" },
		{ PS_CONTENTS_TITLE, "Sans", "B", "9pt", "14pt", "text" },
		{ PS_IMPRINT, "Sans", "R", "8.5pt", "11.2pt", "text" },
	};
	struct theme *t = good_file(HOUSE, "ru");

	(void)state;
	check_pars(t, v, sizeof v / sizeof *v);
	/* the body */
	assert_int_equal(t->par[PS_BODY].align, SET_JUSTIFY);
	assert_true(t->par[PS_BODY].hyphenate && t->par[PS_BODY].protrude);
	near(t->par[PS_BODY].indent, SP_PT(14));
	assert_int_equal(t->par[PS_BODY].widows, 2);
	/* headings */
	assert_int_equal(t->par[PS_H1].before, 2000);
	assert_int_equal(t->par[PS_H1].after, 0);
	assert_int_equal(t->par[PS_H2].before, 1000);
	assert_int_equal(t->par[PS_H2].after, 0);
	assert_int_equal(t->par[PS_H1].keep_next, 3);
	assert_true(t->par[PS_H1].balance && t->par[PS_H1].strict_binds && !t->par[PS_H1].hyphenate);
	assert_true(t->par[PS_H3].runin && !t->par[PS_H2].runin);
	/* other voices */
	assert_true(t->par[PS_PULLQUOTE].protrude && !t->par[PS_PULLQUOTE].hyphenate);
	assert_int_equal(t->par[PS_SIDEBAR].align, SET_START);
	assert_int_equal(t->par[PS_SIDEBAR].hyphenate_gap, 150);
	near(t->par[PS_SIDEBAR].indent, SP_PT(14));
	assert_true(t->par[PS_FOOTNOTE].url_ragged);
	near(t->par[PS_QUOTE].start, SP_PT(14));
	assert_int_equal(t->par[PS_QUOTE].before, 500);
	assert_false(t->par[PS_QUOTE].protrude);
	theme_free(t);
}

static void test_house_objects(void **state)
{
	struct theme *t = good_file(HOUSE, NULL);
	const struct colour *accent = &t->colours[style_colour(t, "accent")];

	(void)state;
	assert_memory_equal(accent->cmyk, ((uint16_t[]){ 0, 1000, 800, 350 }), 8);
	assert_memory_equal(accent->rgb, ((uint8_t[]){ 0xA7, 0x10, 0x22 }), 3);
	assert_memory_equal(t->colours[style_colour(t, "bar")].rgb, accent->rgb, 3);
	assert_memory_equal(t->colours[style_colour(t, "bar")].dark_rgb, ((uint8_t[]){ 0xE0, 0x62, 0x5C }), 3);
	assert_string_equal(t->colours[t->text_colour].name, "text");
	assert_int_equal(style_colour(t, "mauve"), -1);

	near(t->list.bullet[0].w, length("7.2pt"));
	near(t->list.bullet[0].h, length("2pt"));
	near(t->list.bullet[0].raise, length("4pt"));
	near(t->list.bullet[0].hang, length("14pt"));
	near(t->list.bullet[1].w, length("4.5pt"));
	near(t->list.bullet[1].hang, length("28pt"));
	assert_int_equal(t->list.bullet[1].colour, style_colour(t, "text"));
	near(t->list.number_right, length("9pt"));
	near(t->list.number_hang_wide, length("21pt"));
	assert_int_equal(t->list.around, 500);

	near(style_columns_width(t, t->pullquote.columns), length("83.5mm"));
	near(t->pullquote.bar_above, length("5.1pt"));
	assert_int_equal(t->pullquote.step_long, 1250);
	near(t->note.rule_above, length("14.4pt"));
	near(t->note.least_gap, length("10pt"));
	near(t->note.hang, length("11pt"));
	near(t->sidebar.top, length("5pt"));
	near(t->sidebar.bottom, length("12pt"));
	near(t->sidebar.broken_top, length("19pt"));
	assert_int_equal(t->sidebar.after, 3000);
	near(t->table.head_above, length("10.5pt"));
	near(t->table.row_below, length("4pt"));
	near(t->chart.thickness, length("13pt"));
	near(t->head.rule_y, length("48pt"));
	near(t->head.width_all, length("172mm"));
	assert_string_equal(t->head.verso, "{motto}");
	assert_string_equal(t->masthead.number_family, "Serif");
	near(t->masthead.title_left, -SP_ONE);
	assert_int_equal(t->in[IS_NOTE_MARK].size, 680);
	assert_int_equal(t->in[IS_NOTE_MARK].raise, 330);
	assert_int_equal(t->in[IS_EMPHASIS].italic, T_FLIP);
	assert_int_equal(t->in[IS_EMPHASIS].colour, -1);
	assert_null(t->in[IS_EMPHASIS].family);
	assert_int_equal(t->epub.body_leading, 1450);
	theme_free(t);
}

static void test_columns(void **state)
{
	static const char *const recto[] = { "20mm", "64.25mm", "108.5mm", "152.75mm" };
	static const char *const verso[] = { "18mm", "62.25mm", "106.5mm", "150.75mm" };
	struct theme *t = good_file(HOUSE, NULL);
	sp x, w;

	(void)state;
	for (int i = 0; i < 4; i++) {
		near(style_column_x(t, true, i), length(recto[i]));
		near(style_column_x(t, false, i), length(verso[i]));
	}
	near(style_columns_width(t, 1), length("39.25mm"));
	near(style_columns_width(t, 3), length("127.75mm"));
	assert_int_equal(style_columns_width(t, 4), t->page.width - t->page.inner - t->page.outer);
	assert_int_equal(style_columns_width(t, 0), 0);
	style_text_column(t, true, &x, &w);
	near(x, length("20mm"));
	near(x + w, length("147.75mm"));
	style_text_column(t, false, &x, &w);
	near(x, length("62.25mm"));
	near(x + w, length("190mm"));
	style_margin_column(t, true, &x, &w);
	near(x, length("152.75mm"));
	near(w, length("39.25mm"));
	style_margin_column(t, false, &x, &w);
	near(x, length("18mm"));
	theme_free(t);
}

static void test_columns_of_text(void **state)
{
	struct theme *t = good("<theme name='x'><page width='200mm' inner='20mm' outer='30mm' columns='4' gutter='6mm'/>"
	                       "<paragraph name='body'/><columns count='2' gutter='10mm' rule='0.5pt' span-headings='2'/></theme>", NULL);
	sp x, w, all;

	(void)state;
	assert_int_equal(t->cols.n, 2);
	assert_int_equal(t->cols.headings, 2);
	assert_true(t->cols.front && !t->cols.quotes);
	style_flow_column(t, true, 0, &x, &w);
	near(x, length("20mm"));
	near(w, length("70mm"));
	style_flow_column(t, true, 1, &x, &w);
	near(x, length("100mm"));
	style_flow_column(t, false, 1, &x, &w);
	near(x, length("110mm"));
	theme_free(t);
	t = good("<theme name='x'><page/><paragraph name='body'/></theme>", NULL);
	assert_int_equal(t->cols.n, 1);
	style_flow_column(t, true, 0, &x, &w);
	style_text_column(t, true, &x, &all);
	assert_int_equal(w, all);
	theme_free(t);
}

static void test_grid_of_languages(void **state)
{
	static const struct { const char *lang, *unit; int lines; const char *number; } v[] = {
		{ "ru", "14pt", 51, "Serif" }, { "zh-Hans", "17.5pt", 41, "Serif" }, { "ar-EG", "20pt", 36, "Serif" },
	};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct theme *t = good_file(HOUSE, v[i].lang);

		assert_int_equal(t->page.unit, length(v[i].unit));
		assert_int_equal(t->page.last_line - t->page.first_line + 1, v[i].lines);
		assert_int_equal(style_line_y(t, t->page.first_line), SP_PT(84));
		assert_int_equal(style_line_y(t, t->page.last_line), SP_PT(784));
		assert_int_equal(style_line_y(t, t->masthead.first_heading_line), SP_PT(224));
		assert_string_equal(t->par[PS_SERIES_NUMBER].family, v[i].number);
		theme_free(t);
	}
}

static void test_language_type(void **state)
{
	static const struct expected zh[] = {
		{ PS_BODY, "SerifCJK", "R", "10.5pt", "17.5pt", "text" },
		{ PS_H1, "SansCJK", "B", "16pt", "26.25pt", "accent" },
		{ PS_H2, "SansCJK", "B", "11.5pt", "17.5pt", "text" },
		{ PS_TITLE, "SerifCJK", "B", "27pt", "35pt", "text" },
		{ PS_PULLQUOTE, "SerifCJK", "R", "15pt", "26.25pt", "text" },
		{ PS_FOOTNOTE, "SerifCJK", "R", "8.5pt", "14pt", "text" },
		{ PS_SIDEBAR, "SansCJK", "R", "9.5pt", "17.5pt", "text" },
		{ PS_CAPTION, "SansCJK", "R", "8.5pt", "17.5pt", "text" },
	};
	static const struct expected ar[] = {
		{ PS_BODY, "SerifArabic", "R", "13pt", "20pt", "text" },
		{ PS_H1, "SerifArabic", "B", "22pt", "30pt", "accent" },
		{ PS_H2, "SerifArabic", "B", "15pt", "20pt", "text" },
		{ PS_TITLE, "SerifArabic", "B", "32pt", "40pt", "text" },
		{ PS_PULLQUOTE, "SerifArabic", "R", "21pt", "30pt", "text" },
		{ PS_FOOTNOTE, "SerifArabic", "R", "11pt", "16pt", "text" },
		{ PS_CAPTION, "SerifArabic", "R", "11pt", "20pt", "text" },
	};
	struct theme *t = good_file(HOUSE, "zh-Hans");

	(void)state;
	check_pars(t, zh, sizeof zh / sizeof *zh);
	near(t->par[PS_BODY].indent, SP_PT(21));
	theme_free(t);
	t = good_file(HOUSE, "AR");
	check_pars(t, ar, sizeof ar / sizeof *ar);
	for (int i = 0; i < PS_COUNT; i++) {
		assert_false(t->par[i].italic);
		assert_int_equal(t->par[i].tracking, 0);
	}
	theme_free(t);
	t = good_file(HOUSE, "arn"); /* Mapudungun is not Arabic */
	assert_string_equal(t->par[PS_BODY].family, "Serif");
	theme_free(t);
}

/* Everything follows the body: 10.25 on 14 becomes 11 on 15 and nothing else is touched. */
static void test_body_carries_all(void **state)
{
	static const char old[] = "size=\"10.25pt\" leading=\"14pt\"", new[] = "size=\"11pt\" leading=\"15pt\"   ";
	char *xml = load(HOUSE), *at = strstr(xml, old);
	struct theme *t, *was = good(xml, NULL);

	(void)state;
	assert_non_null(at);
	memcpy(at, new, strlen(new));
	t = good(xml, NULL);
	assert_int_equal(t->page.unit, SP_PT(15));
	for (int i = 0; i < PS_COUNT; i++) {
		sp size = unit_scale(was->par[i].size, 1100, 1025), leading = unit_scale(was->par[i].leading, 15, 14);

		assert_in_range(t->par[i].size, size - SP_ONE / 20, size + SP_ONE / 20);
		assert_in_range(t->par[i].leading, leading - SP_ONE / 100, leading + SP_ONE / 100);
	}
	near(t->list.bullet[0].hang, SP_PT(15));
	assert_true(t->note.rule_above > was->note.rule_above && t->sidebar.bottom > was->sidebar.bottom);
	assert_int_equal(style_line_y(t, t->page.first_line), SP_PT(84));
	assert_true(style_line_y(t, t->page.last_line) <= SP_PT(784));
	assert_true(style_line_y(t, t->page.last_line + 1) > SP_PT(784));
	theme_free(was);
	theme_free(t);
	mem_free(xml);
}

static void test_small_theme(void **state)
{
	struct theme *t = good("<theme name='s'><page/><paragraph name='body'/></theme>", "fr");
	sp x, w;

	(void)state;
	assert_int_equal(t->par[PS_BODY].size, length("10.5pt"));
	assert_int_equal(t->page.unit, SP_PT(14));
	assert_true(t->par[PS_H1].size > t->par[PS_H2].size && t->par[PS_H2].size > t->par[PS_BODY].size);
	assert_true(t->par[PS_FOOTNOTE].size < t->par[PS_BODY].size);
	assert_string_equal(t->par[PS_CODE].family, "Mono");
	style_text_column(t, false, &x, &w);
	near(w, length("160mm"));
	style_margin_column(t, false, &x, &w);
	assert_int_equal(w, 0);
	assert_true(t->pullquote.columns < t->page.text_columns);
	for (int i = 0; i < PS_COUNT; i++) {
		const struct par_style *p = &t->par[i];

		assert_true(p->family != NULL && p->size >= SP_PT(6) && p->leading * 10 >= p->size * 9);
		assert_true(p->colour >= 0 && p->colour < t->n_colours && p->widows >= 1 && p->orphans >= 1);
		assert_string_not_equal(par_style_name((enum par_style_id)i), "?");
	}
	theme_free(t);
	/* a size alone: the leading follows where the old one is too tight, and stays on the grid where not */
	t = good("<theme name='s'><page/><paragraph name='body' size='12pt'/><paragraph name='h1' size='30pt'/>"
	         "<paragraph name='caption' size='9pt'/></theme>", NULL);
	assert_int_equal(t->page.unit, SP_PT(16));
	assert_true(t->par[PS_H1].leading > SP_PT(30));
	assert_int_equal(t->par[PS_CAPTION].leading, SP_PT(16));
	theme_free(t);
	/* the page without facing pages is always a recto */
	t = good("<theme name='s'><page facing='no' inner='30mm' outer='20mm'/><paragraph name='body'/></theme>", NULL);
	near(style_column_x(t, false, 0), length("30mm"));
	theme_free(t);
}

static void test_plain(void **state)
{
	struct theme *t = good_file(PLAIN, "ru");
	sp x, w;

	(void)state;
	style_text_column(t, false, &x, &w);
	near(x, length("25mm"));
	near(w, length("160mm"));
	assert_false(t->caption.in_margin);
	assert_true(t->pullquote.columns < t->page.columns); /* inside the measure, text beside it */
	assert_int_equal(t->par[PS_BODY].size, length("10.5pt"));
	assert_int_equal(t->page.unit, SP_PT(14));
	theme_free(t);
}

static void test_based_on(void **state)
{
	struct theme *t = good("<theme name='s'><page/><paragraph name='body' size='10pt' leading='12pt'/>"
	                       "<paragraph name='h2' based-on='body' bold='yes'/><paragraph name='h3' italic='yes'/>"
	                       "<paragraph name='quote' based-on='h2'/></theme>", NULL);

	(void)state;
	assert_int_equal(t->par[PS_H2].size, SP_PT(10)); /* all of the body, nothing built in */
	assert_int_equal(t->par[PS_H2].before, 0);
	assert_string_equal(t->par[PS_H2].family, "Serif");
	assert_true(t->par[PS_H3].bold && t->par[PS_H3].italic); /* h3 is based on h2 by itself */
	assert_true(t->par[PS_QUOTE].bold);
	assert_int_equal(t->par[PS_QUOTE].start, 0);
	theme_free(t);
}

static void test_cascade_of_tags(void **state)
{
	static const char xml[] = "<theme name='s'>"
		"<language tag='sr-Latn'><paragraph name='body' size='9pt'/></language>"
		"<page/><paragraph name='body' size='10pt' leading='15pt'/>"
		"<language tag='mk sr bg'><paragraph name='body' size='11pt' leading='16pt'/></language></theme>";
	static const struct { const char *lang; int size, leading; } v[] = {
		{ NULL, 10, 15 }, { "s", 10, 15 }, { "sr", 11, 16 }, { "SR-cyrl", 11, 16 }, { "sr-Latn-RS", 9, 16 },
		{ "bg", 11, 16 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
		struct theme *t = good(xml, v[i].lang);

		assert_int_equal(t->par[PS_BODY].size, SP_PT(v[i].size));
		assert_int_equal(t->par[PS_BODY].leading, SP_PT(v[i].leading));
		theme_free(t);
	}
}

/* ---- wrong themes --------------------------------------------------------------------------- */

#define HEAD "<theme name='x'><page/><paragraph name='body'/>\n"

static void test_refusals(void **state)
{
	static const struct { const char *xml; int line, column; const char *part; } v[] = {
		{ "", 0, 0, "empty" },
		{ "<theme", 1, -1, "well-formed" },
		{ "<style name='x'/>", 1, 1, "root" },
		{ "<theme>\n</theme>", 1, 1, "name" },
		{ "<theme name='x'><paragraph name='body'/></theme>", 1, 1, "<page>" },
		{ "<theme name='x'><page/></theme>", 1, 1, "body" },
		{ HEAD "  <pages/></theme>", 2, 3, "<pages>" },
		{ HEAD "<list bull='1'/></theme>", 2, 7, "bull" },
		{ HEAD "<!-- д --><list around='many'/></theme>", 2, 17, "many" },
		{ HEAD "<list\n\taround='1pt'\n\tlong-item='1.5'/></theme>", 4, 2, "1.5" },
		{ HEAD "<paragraph name='h7'/></theme>", 2, 1, "h7" },
		{ HEAD "<paragraph/></theme>", 2, 1, "name" },
		{ HEAD "<paragraph name='h1' colour='mauve'/></theme>", 2, 22, "mauve" },
		{ HEAD "<paragraph name='h1' size='401pt'/></theme>", 2, 22, "range" },
		{ HEAD "<paragraph name='h1' size='12'/></theme>", 2, 22, "12" },
		{ HEAD "<paragraph name='h1' leading='0'/></theme>", 2, 22, "leading" },
		{ HEAD "<paragraph name='h1' leading='-3pt'/></theme>", 2, 22, "range" },
		{ HEAD "<paragraph name='h1' based-on='h9'/></theme>", 2, 22, "h9" },
		{ HEAD "<paragraph name='h1' based-on='h2'/></theme>", 2, 22, "in turn" },
		{ HEAD "<paragraph name='h1'/><paragraph name='h1'/></theme>", 2, 23, "twice" },
		{ HEAD "<paragraph name='h1' features='kern:1'/></theme>", 2, 22, "kern:1" },
		{ HEAD "<inline name='shout'/></theme>", 2, 1, "shout" },
		{ HEAD "<bullet/></theme>", 2, 1, "inside" },
		{ HEAD "<list><bullet level='3'/></list></theme>", 2, 15, "level" },
		{ HEAD "<running-head recto='{titel}'/></theme>", 2, 15, "titel" },
		{ HEAD "<colours><colour name='c' cmyk='1 2 3' rgb='#000000'/></colours></theme>", 2, 27, "cmyk" },
		{ HEAD "<colours><colour name='c' cmyk='0 0 0 101' rgb='#000000'/></colours></theme>", 2, 27, "cmyk" },
		{ HEAD "<colours><colour name='c' cmyk='0 0 0 9' rgb='red'/></colours></theme>", 2, 42, "rgb" },
		{ HEAD "<colours><colour name='c'/></colours></theme>", 2, 10, "needs" },
		{ HEAD "<language tag='de'><page widht='1mm'/></language></theme>", 2, 26, "widht" },
		{ HEAD "<language tag='de'><paragraph name='h1' bold='maybe'/></language></theme>", 2, 41, "maybe" },
		{ HEAD "text</theme>", 2, 0, "text" },
		{ "<theme name='x'><page width='19mm'/><paragraph name='body'/></theme>", 1, 23, "range" },
		{ "<theme name='x'><page height='2001mm'/><paragraph name='body'/></theme>", 1, 23, "range" },
		{ "<theme name='x'><page columns='13'/><paragraph name='body'/></theme>", 1, 23, "range" },
		{ "<theme name='x'><page columns='3' text-columns='4'/><paragraph name='body'/></theme>", 1, 35, "columns" },
		{ "<theme name='x'><page columns='12' text-columns='1' gutter='8mm'/><paragraph name='body'/></theme>",
		  1, 36, "20mm" },
		{ "<theme name='x'><page inner='110mm' outer='101mm'/><paragraph name='body'/></theme>", 1, 17, "room" },
		{ "<theme name='x'><page first-baseline='90pt' last-baseline='80pt'/><paragraph name='body'/></theme>",
		  1, 23, "last" },
		{ "<theme name='x'><page last-baseline='298mm'/><paragraph name='body'/></theme>", 1, 23, "foot" },
		{ "<theme name='x'><page/><paragraph name='body' leading='3pt'/></theme>", 1, 47, "4pt" },
		{ "<theme name='x'><page/><paragraph name='body' size='80%'/></theme>", 1, 47, "points" },
		{ "<theme name='x'><page/><paragraph name='body' start='100mm'/></theme>", 1, 47, "half" },
		{ "<theme name='x'><page/><paragraph name='body' based-on='h1'/></theme>", 1, 47, "base" },
		{ "<theme name='x'><page/><paragraph name='body' size='40pt'/></theme>", 1, 1, "series-number: leading" },
		{ HEAD "<pullquote columns='5'/></theme>", 2, 12, "page" },
		{ HEAD "<sidebar outset='26mm'/></theme>", 2, 10, "margin" },
		{ HEAD "<notes in-margin='yes'/></theme>", 2, 8, "no margin column" },
		{ HEAD "<columns count='7'/></theme>", 2, 10, "range" },
		{ HEAD "<columns count='6' gutter='12mm'/></theme>", 2, 10, "20mm" },
		{ HEAD "<columns cols='2'/></theme>", 2, 10, "cols" },
		{ "<theme name='x'><page columns='4' text-columns='3'/><paragraph name='body'/>\n"
		  "<columns count='2'/><notes in-margin='yes'/></theme>", 2, 28, "inner ones" },
		{ "<theme name='T'><page columns='4' text-columns='3' inner='30mm' outer='30mm'/><paragraph name='body'/>\n"
		  "<paragraph name='side-note' size='120%'/><notes in-margin='yes'/></theme>", 2, 49, "9 em" },
		{ HEAD "<masthead first-text-line='400'/></theme>", 2, 11, "page 1" },
		{ "<!DOCTYPE theme [<!ENTITY a 'b'>]><theme name='&a;'/>", 1, 0, "DOCTYPE" },
		{ "<?xml version='1.0'?>\n<theme name='x'>\xff</theme>", 0, 0, "UTF-8" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
		struct diag_log log;
		struct theme *t = read_text(v[i].xml, "de", &log);

		if (t != NULL || log.errors == 0 || strstr(log.v[0].text, v[i].part) == NULL ||
		    log.v[0].pos.line != v[i].line ||
		    (v[i].column >= 0 && log.v[0].pos.column != v[i].column) || strcmp(log.v[0].code, "theme") != 0 ||
		    strcmp(log.v[0].pos.file, "t.xml") != 0) {
			diag_print(&log, 0, stderr, DIAG_TEXT);
			fail_msg("case %zu: %s", i, v[i].xml);
		}
		assert_int_equal(log.worst, DIAG_DOCUMENT);
		diag_free(&log);
	}
}

static void test_all_in_one_run(void **state)
{
	struct diag_log log;
	struct theme *t = read_text("<theme name='x' version='2'>\n<page widht='1mm' columns='0'/>\n"
	                            "<paragraph name='body' size='big' colour='red'/>\n<blink/>\n"
	                            "<paragraph name='h1' keep-next='11'/>\n</theme>", NULL, &log);
	static const int lines[] = { 1, 2, 3, 3, 4, 2, 5 };

	(void)state;
	assert_null(t);
	assert_int_equal(log.errors, 7);
	for (size_t i = 0; i < 7; i++) {
		bool found = false;

		for (size_t k = 0; k < log.n; k++)
			found = found || log.v[k].pos.line == lines[i];
		assert_true(found);
	}
	diag_free(&log);
}

static void test_bounds_of_the_file(void **state)
{
	struct diag_log log;
	struct buf b;

	(void)state;
	buf_init(&b);
	buf_puts(&b, HEAD);
	for (int i = 0; i < 20; i++)
		buf_puts(&b, "<language tag='a'>");
	for (int i = 0; i < 20; i++)
		buf_puts(&b, "</language>");
	buf_puts(&b, "</theme>");
	assert_null(read_text(b.data, NULL, &log));
	assert_non_null(strstr(log.v[0].text, "deep"));
	diag_free(&log);

	buf_clear(&b);
	buf_puts(&b, HEAD);
	for (int i = 0; i < 30000; i++)
		buf_puts(&b, "<x/>");
	buf_puts(&b, "</theme>");
	assert_null(read_text(b.data, NULL, &log));
	assert_non_null(strstr(log.v[0].text, "many"));
	diag_free(&log);

	buf_clear(&b);
	buf_puts(&b, HEAD "<list");
	for (int i = 0; i < 1000; i++)
		buf_printf(&b, " a%d='1'", i);
	buf_puts(&b, "/></theme>");
	assert_null(read_text(b.data, NULL, &log));
	assert_non_null(strstr(log.v[0].text, "attributes"));
	diag_free(&log);

	buf_clear(&b);
	while (b.len < (1 << 20) + 10)
		buf_puts(&b, "          ");
	assert_null(read_text(b.data, NULL, &log));
	assert_non_null(strstr(log.v[0].text, "1 MB"));
	diag_free(&log);
	buf_free(&b);
}

/* What layout relies on, whatever the theme says. */
static void assert_safe(const struct theme *t)
{
	sp x, w;

	for (int k = 0; k < 2; k++) {
		style_text_column(t, k == 1, &x, &w);
		assert_true(x >= 0 && w >= SP_PT(56) && x + w <= t->page.width + SP_ONE);
		style_margin_column(t, k == 1, &x, &w);
		assert_true(x >= 0 && w >= 0 && x + w <= t->page.width + SP_ONE);
	}
	assert_true(t->page.unit >= SP_PT(4) && t->page.first_line >= 1);
	assert_true(t->page.last_line - t->page.first_line >= 5 && t->page.last_line - t->page.first_line < 1500);
	assert_true(style_line_y(t, t->page.first_line) > 0 && style_line_y(t, t->page.last_line) < t->page.height);
	for (int i = 0; i < PS_COUNT; i++) {
		const struct par_style *p = &t->par[i];

		assert_true(p->size >= SP_ONE && p->size <= SP_PT(400) && p->leading >= SP_ONE && p->leading <= SP_PT(800));
		assert_true(p->colour >= 0 && p->colour < t->n_colours && p->family[0] != '\0');
		assert_true(p->before >= 0 && p->after >= 0 && p->widows >= 1 && p->orphans >= 1 && p->keep_next >= 0);
	}
	assert_true(t->pullquote.step >= 1000 && t->pullquote.step_long >= 1000 && t->sidebar.first >= 1000);
	assert_true(t->pullquote.columns >= 1 && t->pullquote.columns <= t->page.columns);
	assert_true(t->chart.pitch >= 1000 && t->chart.thickness > 0 && t->imprint.columns >= 1);
}

/* Every value of the house style, one at a time, replaced by nonsense. */
static void test_hostile_values(void **state)
{
	static const char *const bad[] = { "0", "-1", "1000000", "99999pt", "-99999pt", "0.000001pt", "100000em", "-7U",
	                                   "9999U", "100000%", "0%", "none", "1e9", "" };
	char *xml = load(HOUSE), *p = xml;
	struct buf b;
	size_t accepted = 0, refused = 0;

	(void)state;
	buf_init(&b);
	for (size_t turn = 0; (p = strstr(p, "=\"")) != NULL; turn++) {
		char *end = strchr(p + 2, '"');

		for (size_t i = turn % 4; i < sizeof bad / sizeof *bad; i += 4) { /* a quarter of them each: quick */
			struct diag_log log;
			struct theme *t;

			buf_clear(&b);
			buf_put(&b, xml, (size_t)(p + 2 - xml));
			buf_puts(&b, bad[i]);
			buf_puts(&b, end);
			t = read_text(b.data, (const char *const[]){ NULL, "zh", "ar" }[(turn + i) % 3], &log);
			assert_int_equal(t == NULL, log.errors > 0);
			if (t != NULL)
				assert_safe(t);
			*(t != NULL ? &accepted : &refused) += 1;
			theme_free(t);
			diag_free(&log);
		}
		p = end;
	}
	assert_true(accepted > 50 && refused > 500);
	buf_free(&b);
	mem_free(xml);
}

/* ---- the schema ----------------------------------------------------------------------------- */

/* Every attribute with its initial value, each in a <language> of its own: libxml2's validator takes
 * exponential time over many optional attributes of one element. */
static void put_attributes(struct buf *b, const char *open, const char *close, const struct attr_spec *a, int n)
{
	for (int i = 0; i < n; i++) {
		if (a[i].initial != NULL)
			buf_printf(b, "<language tag=\"xx\">%s %s=\"%s\"/>%s</language>\n", open, a[i].name, a[i].initial, close);
	}
}

static void put_everything(struct buf *b)
{
	char open[64];

	buf_puts(b, HEAD "<colours><colour name=\"c\" cmyk=\"0 0 0 1\" rgb=\"#000000\"/></colours>");
	for (int i = 0; i < PS_COUNT; i++)
		buf_printf(b, "<language tag=\"xx\"><paragraph name=\"%s\" based-on=\"body\"/></language>\n",
		           par_style_name((enum par_style_id)(i > 0 ? i : 1)));
	for (int i = 0; i < IS_COUNT; i++)
		buf_printf(b, "<language tag=\"xx\"><inline name=\"%s\"/></language>\n",
		           inline_style_name((enum inline_style_id)i));
	put_attributes(b, "<paragraph name=\"h1\"", "", theme_par_attrs, PAR_ATTRS);
	put_attributes(b, "<inline name=\"link\"", "", theme_inline_attrs, INLINE_ATTRS);
	put_attributes(b, "<list><bullet level=\"2\"", "</list>", theme_bar_attrs, BAR_ATTRS);
	for (int i = 0; i < EL_COUNT; i++) {
		snprintf(open, sizeof open, "<%s", theme_elements[i].name);
		put_attributes(b, open, "", theme_elements[i].attrs, theme_elements[i].n_attrs);
	}
	buf_puts(b, "</theme>\n");
}

static bool has_attribute(const struct attr_spec *a, int n, const char *name, size_t len)
{
	for (int i = 0; i < n; i++) {
		if (strlen(a[i].name) == len && memcmp(a[i].name, name, len) == 0)
			return true;
	}
	return false;
}

static void check_names(const char *rng, const char *mark)
{
	static const char *const own[] = { "name", "tag", "level", "based-on", "cmyk", "rgb", "dark", "spot" };
	int found = 0;

	for (const char *p = rng; (p = strstr(p, mark)) != NULL; found++) {
		size_t n = strcspn(p += strlen(mark), "\"<");
		bool known = has_attribute(theme_par_attrs, PAR_ATTRS, p, n) ||
		             has_attribute(theme_inline_attrs, INLINE_ATTRS, p, n) ||
		             has_attribute(theme_bar_attrs, BAR_ATTRS, p, n);

		for (int i = 0; i < EL_COUNT; i++)
			known = known || has_attribute(theme_elements[i].attrs, theme_elements[i].n_attrs, p, n);
		for (size_t i = 0; i < sizeof own / sizeof *own; i++)
			known = known || (strlen(own[i]) == n && memcmp(own[i], p, n) == 0);
		if (!known)
			fail_msg("the schema has %.*s, the reader does not", (int)n, p);
	}
	assert_true(found > 20);
}

/* What the schema names, the reader knows; what the reader knows, the documentation names. */
static void test_schema_names(void **state)
{
	char *rng = load("src/read/schema/theme.rng"), *doc = load("docs/THEME.md");

	(void)state;
	check_names(rng, "<attribute name=\"");
	check_names(rng, "<name>");
	for (int i = -3; i < EL_COUNT; i++) {
		const struct attr_spec *a = i >= 0 ? theme_elements[i].attrs : i == -1 ? theme_par_attrs
		                            : i == -2 ? theme_inline_attrs : theme_bar_attrs;
		int n = i >= 0 ? theme_elements[i].n_attrs : i == -1 ? PAR_ATTRS : i == -2 ? INLINE_ATTRS : BAR_ATTRS;

		for (int k = 0; k < n; k++) {
			char cell[64];

			snprintf(cell, sizeof cell, "| `%s` |", a[k].name);
			if (strstr(doc, cell) == NULL)
				fail_msg("docs/THEME.md has no %s", a[k].name);
		}
	}
	mem_free(rng);
	mem_free(doc);
}

static bool validates(const char *path)
{
	char command[256];
	int status;

	snprintf(command, sizeof command,
	         "xmllint --nonet --noout --relaxng src/read/schema/theme.rng %s >/dev/null 2>&1", path);
	status = system(command);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void test_schema(void **state)
{
	char name[] = "/tmp/verstka-theme-XXXXXX";
	struct diag_log log;
	struct buf b;
	struct theme *t;
	int fd;

	(void)state;
	if (system("xmllint --version >/dev/null 2>&1") != 0) {
		fprintf(stderr, "SKIP: theme.rng is not tested: there is no xmllint (Debian: libxml2-utils)\n");
		skip();
	}
	assert_true(validates(HOUSE));
	assert_true(validates(PLAIN));
	buf_init(&b);
	put_everything(&b);
	t = read_text(b.data, NULL, &log);
	diag_print(&log, 0, stderr, DIAG_TEXT);
	assert_non_null(t);
	theme_free(t);
	fd = mkstemp(name);
	assert_true(fd >= 0);
	diag_free(&log);
	diag_init(&log);
	assert_true(file_write(name, b.data, b.len, &log));
	assert_true(validates(name));
	buf_clear(&b);
	buf_puts(&b, HEAD "<list bull='1'/></theme>");
	assert_true(file_write(name, b.data, b.len, &log));
	assert_false(validates(name));
	fclose(fdopen(fd, "r"));
	remove(name);
	buf_free(&b);
	diag_free(&log);
}

/* The running head keeps clear of the text on small pages, too; where a theme says its line, it is told if it does not. */
static void test_running_head_clear(void **state)
{
	static const struct { const char *page, *head; int line; size_t warnings; } v[] = {
		{ "", "", 3, 0 },
		{ "first-baseline='84pt'", "", 3, 0 },
		{ "width='120mm' height='180mm'", "", 2, 0 },
		{ "width='120mm' height='180mm' first-baseline='40pt' last-baseline='400pt'", "", 1, 0 },
		{ "width='120mm' height='180mm'", "<running-head baseline='3'/>", 3, 0 },
		{ "width='120mm' height='180mm'", "<running-head baseline='4'/>", 4, 1 },
		{ "width='120mm' height='180mm' foot='40pt'", "<running-head baseline='35'/>", 35, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
		struct diag_log log;
		struct buf xml;
		struct theme *t;

		buf_init(&xml);
		buf_printf(&xml, "<theme name='x'><page columns='4' %s/><paragraph name='body' size='10.25pt' leading='14pt'/>"
		                 "<pullquote columns='4'/>%s</theme>", v[i].page, v[i].head);
		t = read_text(xml.data, "de", &log);
		assert_non_null(t);
		assert_int_equal(t->head.baseline, v[i].line);
		if (log.n != v[i].warnings)
			diag_print(&log, 0, stderr, DIAG_TEXT);
		assert_int_equal(log.n, v[i].warnings);
		assert_true(v[i].warnings > 0 || v[i].line > 30 || v[i].line == 1 || style_head_clear(t) >= t->page.unit || v[i].head[0] != '\0');
		assert_true(log.n == 0 || strstr(log.v[0].text, "first line") != NULL);
		theme_free(t);
		diag_free(&log);
		buf_free(&xml);
	}
}

static void test_misspelt(void **state)
{
	static const struct { const char *line, *hint; } v[] = {
		{ "<page hight='210mm'/>", "did you mean height?" }, { "<colums count='2'/>", "did you mean columns?" },
		{ "<paragraph name='footnotes'/>", "did you mean footnote?" }, { "<inline name='emfasis'/>", "did you mean emphasis?" },
		{ "<paragraph name='quote' based-on='bodi'/>", "did you mean body?" },
		{ "<paragraph name='quote' indend='0'/>", "did you mean indent?" },
		{ "<page xyzzy='1'/>", NULL },
		{ "<paragraph name='quote' colour='red'/>", "<colours> in the theme gives colours their names" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
		struct diag_log log;
		struct buf xml;

		buf_init(&xml);
		buf_printf(&xml, "<theme name='x'>%s<paragraph name='body'/>%s</theme>",
		           strstr(v[i].line, "<page") != NULL ? "" : "<page/>", v[i].line);
		assert_null(read_text(xml.data, "en", &log));
		assert_int_equal(log.n, 1);
		if (v[i].hint == NULL)
			assert_null(log.v[0].hint);
		else
			assert_string_equal(log.v[0].hint, v[i].hint);
		diag_free(&log);
		buf_free(&xml);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_house_type), cmocka_unit_test(test_house_objects), cmocka_unit_test(test_columns),
		cmocka_unit_test(test_columns_of_text),
		cmocka_unit_test(test_grid_of_languages), cmocka_unit_test(test_language_type),
		cmocka_unit_test(test_body_carries_all), cmocka_unit_test(test_small_theme), cmocka_unit_test(test_plain),
		cmocka_unit_test(test_based_on), cmocka_unit_test(test_cascade_of_tags), cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_all_in_one_run), cmocka_unit_test(test_bounds_of_the_file),
		cmocka_unit_test(test_hostile_values), cmocka_unit_test(test_schema_names), cmocka_unit_test(test_schema),
		cmocka_unit_test(test_running_head_clear), cmocka_unit_test(test_misspelt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
