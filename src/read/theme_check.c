#include "read/theme_make.h"

enum { LEAST_LINES = 6, MOST_LINES = 1500, SIDE_NOTE_LEAST_EM = 9 };

static void wrong(const struct maker *m, int object, const char *attr, const char *text)
{
	bool unnamed = m->objects[object].pos.file == NULL; /* the theme gives it by what it is based on alone: which it is has to be said */
	const char *what = !unnamed ? NULL : object < OBJ_INLINE ? par_style_name((enum par_style_id)object) :
	                   object >= OBJ_BULLET && object < OBJ_ELEMENT ? "bullet" : NULL;

	diag_error(m->log, "theme", theme_place(m, object, attr), "%s%s%s: %s", what != NULL ? what : "", what != NULL ? ": " : "", attr, text);
}

static sp column_of(const struct theme *t)
{
	sp x, w;

	style_flow_column(t, true, 0, &x, &w);
	return w;
}

/* False if the page is so wrong that nothing else can be measured against it. */
static bool check_page(const struct maker *m)
{
	const struct theme *t = &m->draft->theme;
	const int page = OBJ_ELEMENT + EL_PAGE;
	size_t before = m->log->errors;
	int lines;

	if (t->page.text_columns > t->page.columns)
		wrong(m, page, "text-columns", "more than there are columns");
	else if (t->page.width - t->page.inner - t->page.outer - (t->page.columns - 1) * t->page.gutter <
	         t->page.columns * SP_PT(5))
		wrong(m, page, "columns", "no room is left for them between the margins");
	else if (style_columns_width(t, t->page.text_columns) < SP_PT(56)) /* 20 mm and a little rounding */
		wrong(m, page, "text-columns", "the text column is narrower than 20mm");
	else if (t->cols.n > 1 && column_of(t) < SP_PT(56))
		wrong(m, OBJ_ELEMENT + EL_COLUMNS, "count", "the columns are narrower than 20mm");
	if (t->page.unit < SP_PT(4))
		wrong(m, OBJ_PAR + PS_BODY, "leading", "less than 4pt");
	if (m->draft->last_baseline >= t->page.height)
		wrong(m, page, "last-baseline", "below the page's foot");
	if (m->draft->first_baseline >= m->draft->last_baseline)
		wrong(m, page, "first-baseline", "not above the last baseline");
	lines = t->page.last_line - t->page.first_line + 1;
	if (m->log->errors == before && lines < LEAST_LINES)
		wrong(m, page, "last-baseline", "fewer than 6 lines of the body fit on a page");
	if (m->log->errors == before && lines > MOST_LINES)
		wrong(m, page, "last-baseline", "more than 1500 lines of the body fit on a page");
	if (t->page.first_line < 1 && m->log->errors == before)
		wrong(m, page, "first-baseline", "the first line must stand at least half its leading below the page's top");
	return m->log->errors == before;
}

static void check_pars(const struct maker *m)
{
	const struct theme *t = &m->draft->theme;
	sp measure = column_of(t);
	sp depth = (t->page.last_line - t->page.first_line) * t->page.unit;

	for (int i = 0; i < PS_COUNT; i++) {
		const struct par_style *p = &t->par[i];
		sp indent = p->indent < 0 ? -p->indent : p->indent;

		if (p->start + p->end + indent > measure / 2)
			wrong(m, OBJ_PAR + i, p->start > 0 ? "start" : p->end > 0 ? "end" : "indent",
			      "the indents take more than half of the text column");
		if (p->leading * 2 > depth)
			wrong(m, OBJ_PAR + i, "leading", "not even two lines fit on a page");
		if (p->before + p->after > 1000 * (t->page.last_line - t->page.first_line) / 2)
			wrong(m, OBJ_PAR + i, "before", "with after, more than half a page");
		if (p->widows + p->orphans + p->keep_next > t->page.last_line - t->page.first_line)
			wrong(m, OBJ_PAR + i, "keep-next", "with widows and orphans, more lines than a page has");
	}
}

/* Distances that the text column has to spare: at most a third of it each. */
static void check_hangs(const struct maker *m)
{
	const struct theme *t = &m->draft->theme;
	sp most = column_of(t) / 3;
	const struct { int object; const char *attr; sp n; } v[] = {
		{ OBJ_BULLET, "hang", t->list.bullet[0].hang },
		{ OBJ_BULLET + 1, "hang", t->list.bullet[1].hang },
		{ OBJ_BULLET, "width", t->list.bullet[0].w },
		{ OBJ_BULLET + 1, "width", t->list.bullet[1].w },
		{ OBJ_ELEMENT + EL_LIST, "number-right", t->list.number_right },
		{ OBJ_ELEMENT + EL_LIST, "number-hang", t->list.number_hang },
		{ OBJ_ELEMENT + EL_LIST, "number-hang-wide", t->list.number_hang_wide },
		{ OBJ_ELEMENT + EL_NOTES, "hang", t->note.hang },
		{ OBJ_ELEMENT + EL_TABLE, "gap", t->table.pad },
		{ OBJ_ELEMENT + EL_ADMONITION, "pad", t->admonition.pad },
		{ OBJ_ELEMENT + EL_CODE, "pad", t->code.pad },
	};

	for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
		if (v[i].n > most)
			wrong(m, v[i].object, v[i].attr, "more than a third of the text column");
	}
}

static void check_masthead(const struct maker *m)
{
	const struct theme *t = &m->draft->theme;
	const int o = OBJ_ELEMENT + EL_MASTHEAD;

	if (!t->masthead.on)
		return;
	if (t->masthead.bar_y + t->masthead.bar_h >= t->page.height)
		wrong(m, o, "bar-top", "below the page's foot");
	if (t->masthead.motto_line > t->page.last_line)
		wrong(m, o, "motto-line", "below the last line of the page");
	if (t->masthead.title_last_line < t->masthead.motto_line)
		wrong(m, o, "title-last-line", "above the motto");
	if (t->masthead.first_heading_line <= t->masthead.title_last_line)
		wrong(m, o, "first-heading-line", "not below the title");
	if (t->masthead.first_text_line < t->masthead.first_heading_line)
		wrong(m, o, "first-text-line", "above the first heading");
	if (t->masthead.first_text_line > t->page.last_line - 3)
		wrong(m, o, "first-text-line", "leaves fewer than three lines of text on page 1");
}

static void check_pullquote(const struct maker *m)
{
	const struct theme *t = &m->draft->theme;
	const int o = OBJ_ELEMENT + EL_PULLQUOTE;

	if (t->pullquote.columns > t->page.columns) {
		wrong(m, o, "columns", "more than the page has");
		return;
	}
	if (t->pullquote.most_words < t->pullquote.long_words)
		wrong(m, o, "most-words", "fewer than long-words");
	if (!style_quotes_beside(t))
		diag_warn(m->log, "theme", theme_place(m, o, "columns"),
		          "columns: the text beside a pull quote would be narrower than min-measure: all are set across the column");
}

static void check_elements(const struct maker *m)
{
	const struct theme *t = &m->draft->theme;
	const int sidebar = OBJ_ELEMENT + EL_SIDEBAR;
	sp margin = style_columns_width(t, t->page.columns - t->page.text_columns);

	if (t->sidebar.outset > t->page.inner || t->sidebar.outset > t->page.outer)
		wrong(m, sidebar, "outset", "more than a margin: the box would leave the page");
	if (t->sidebar.top + t->sidebar.bar > unit_scale(t->page.unit, t->sidebar.first, 1000))
		wrong(m, sidebar, "top", "with the bar, below the first line of the box");
	if (t->sidebar.least_lines * 2 > t->page.last_line - t->page.first_line)
		wrong(m, sidebar, "least-lines", "more than half a page");
	if (t->imprint.columns > t->page.columns)
		wrong(m, OBJ_ELEMENT + EL_IMPRINT, "columns", "more than the page has");
	if (style_line_y(t, t->head.baseline) >= t->page.height)
		wrong(m, OBJ_ELEMENT + EL_RUNNING_HEAD, "baseline", "below the page's foot");
	else if (style_head_clear(t) < 0 && t->head.baseline <= t->page.last_line)
		diag_warn(m->log, "theme", theme_place(m, OBJ_ELEMENT + EL_RUNNING_HEAD, "baseline"),
		          "baseline: the running head reaches into the first line of the text");
	if (t->note.split_least * 2 > t->page.last_line - t->page.first_line)
		wrong(m, OBJ_ELEMENT + EL_NOTES, "split-least", "more than half a page");
	if (t->note.in_margin && margin < SIDE_NOTE_LEAST_EM * t->par[PS_SIDE_NOTE].size)
		wrong(m, OBJ_ELEMENT + EL_NOTES, "in-margin", margin == 0 ? "there is no margin column for the notes"
		                                                           : "the margin column is narrower than 9 em of the style \"side-note\"");
	if (t->note.in_margin && t->cols.n > 1)
		wrong(m, OBJ_ELEMENT + EL_NOTES, "in-margin", "not where the text is set in columns: the inner ones lie off the margin");
	if (t->note.rule_above + t->note.least_gap > (t->page.last_line - t->page.first_line) * t->page.unit / 3)
		wrong(m, OBJ_ELEMENT + EL_NOTES, "rule-above", "with least-gap, more than a third of the page");
}

void theme_check(const struct maker *m)
{
	if (!check_page(m))
		return;
	check_pars(m);
	check_hangs(m);
	check_masthead(m);
	check_pullquote(m);
	check_elements(m);
}
