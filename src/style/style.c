#include "style/style.h"

#include <string.h>

#include "base/mem.h"
#include "style/fontmap.h"

enum { CAPITALS = 720 }; /* [1/1000 em] how high they are, and a little more */

const char *par_style_name(enum par_style_id id)
{
	static const char *const names[PS_COUNT] = {
		[PS_BODY] = "body", [PS_H1] = "h1", [PS_H2] = "h2", [PS_H3] = "h3", [PS_H4] = "h4", [PS_H5] = "h5",
		[PS_H6] = "h6", [PS_TITLE] = "title", [PS_TITLE_LONG] = "title-long", [PS_SUBTITLE] = "subtitle",
		[PS_FRONT] = "front", [PS_LIST] = "list", [PS_TERM] = "term", [PS_QUOTE] = "quote",
		[PS_EPIGRAPH] = "epigraph", [PS_ATTRIBUTION] = "attribution", [PS_PULLQUOTE] = "pullquote",
		[PS_PULLQUOTE_LONG] = "pullquote-long", [PS_PULLQUOTE_BY] = "pullquote-by", [PS_FOOTNOTE] = "footnote",
		[PS_SIDE_NOTE] = "side-note",
		[PS_SIDEBAR] = "sidebar", [PS_SIDEBAR_TITLE] = "sidebar-title", [PS_SIDEBAR_TOPIC] = "sidebar-topic",
		[PS_SIDEBAR_DATA] = "sidebar-data", [PS_SIDEBAR_NOTE] = "sidebar-note", [PS_ADMONITION] = "admonition",
		[PS_ADMONITION_TITLE] = "admonition-title", [PS_CAPTION] = "caption", [PS_CAPTION_LABEL] = "caption-label",
		[PS_SOURCE] = "source", [PS_TABLE] = "table", [PS_TABLE_HEAD] = "table-head",
		[PS_CHART_LABEL] = "chart-label", [PS_CHART_VALUE] = "chart-value", [PS_CODE] = "code",
		[PS_RUNNING_HEAD] = "running-head", [PS_FOLIO] = "folio", [PS_MOTTO] = "motto", [PS_SERIES] = "series",
		[PS_SERIES_NUMBER] = "series-number", [PS_ORG] = "org", [PS_ORG_SHORT] = "org-short",
		[PS_CONTENTS] = "contents", [PS_CONTENTS_TITLE] = "contents-title", [PS_IMPRINT] = "imprint",
		[PS_PART] = "part", [PS_PART_LABEL] = "part-label", [PS_CHAPTER] = "chapter",
		[PS_CHAPTER_LABEL] = "chapter-label", [PS_AUTHOR] = "author", [PS_ABSTRACT] = "abstract",
		[PS_ABSTRACT_TITLE] = "abstract-title", [PS_LEGAL] = "legal", [PS_CONTENTS_ENTRY] = "contents-entry",
		[PS_CONTENTS_TOP] = "contents-top",
	};

	return (unsigned)id < PS_COUNT ? names[id] : "?";
}

const char *inline_style_name(enum inline_style_id id)
{
	static const char *const names[IS_COUNT] = {
		[IS_EMPHASIS] = "emphasis", [IS_STRONG] = "strong", [IS_FOREIGN] = "foreign", [IS_TITLE] = "title",
		[IS_CODE] = "code", [IS_SUPER] = "super", [IS_SUB] = "sub", [IS_UI] = "ui", [IS_VARIABLE] = "variable",
		[IS_SMALLCAPS] = "smallcaps", [IS_LINK] = "link", [IS_NOTE_MARK] = "note-mark",
		[IS_UNDERLINE] = "underline", [IS_STRIKE] = "strike", [IS_ABBREV] = "abbrev",
	};

	return (unsigned)id < IS_COUNT ? names[id] : "?";
}

int style_colour(const struct theme *t, const char *name)
{
	for (int i = 0; i < t->n_colours; i++) {
		if (strcmp(t->colours[i].name, name) == 0)
			return i;
	}
	return -1;
}

void theme_free(struct theme *t)
{
	if (t == NULL)
		return;
	arena_free(&t->arena);
	mem_free(t);
}

void fontmap_free(struct fontmap *map)
{
	if (map == NULL)
		return;
	arena_free(&map->arena);
	mem_free(map);
}

sp style_line_y(const struct theme *t, int line)
{
	return t->page.origin + line * t->page.unit;
}

sp style_head_clear(const struct theme *t)
{
	sp words = style_line_y(t, t->head.baseline), rule = t->head.rule_y + t->head.rule;

	return style_line_y(t, t->page.first_line) - unit_scale(t->par[PS_BODY].size, CAPITALS, 1000) - (rule > words ? rule : words);
}

/* True where the margin column is at the line's end: of rectos, and where pages do not face. */
static bool outer_is_end(const struct theme *t, bool recto)
{
	return recto || !t->page.facing;
}

/* One column and one gutter, times n, over the number of columns: the rounding never adds up. */
static sp pitch(const struct theme *t, int n)
{
	sp frame = t->page.width - t->page.inner - t->page.outer;

	return unit_scale(frame + t->page.gutter, n, t->page.columns);
}

sp style_column_x(const struct theme *t, bool recto, int i)
{
	return (outer_is_end(t, recto) ? t->page.inner : t->page.outer) + pitch(t, i);
}

sp style_columns_width(const struct theme *t, int n)
{
	return n > 0 ? pitch(t, n) - t->page.gutter : 0;
}

bool style_quotes_beside(const struct theme *t)
{
	int beside = t->page.columns - t->pullquote.columns; /* columns of text */

	return beside <= 0 || beside >= t->page.text_columns || style_columns_width(t, beside) >= t->pullquote.min_measure;
}

void style_text_column(const struct theme *t, bool recto, sp *x, sp *w)
{
	int margin = t->page.columns - t->page.text_columns;

	*x = style_column_x(t, recto, outer_is_end(t, recto) ? 0 : margin);
	*w = style_columns_width(t, t->page.text_columns);
}

void style_flow_column(const struct theme *t, bool recto, int i, sp *x, sp *w)
{
	sp all, n = t->cols.n > 0 ? t->cols.n : 1;

	style_text_column(t, recto, x, &all);
	*w = (all - (n - 1) * t->cols.gutter) / n;
	if (n > 1)
		*x += unit_scale(all + t->cols.gutter, i, n);
}

void style_margin_column(const struct theme *t, bool recto, sp *x, sp *w)
{
	*x = style_column_x(t, recto, outer_is_end(t, recto) ? t->page.text_columns : 0);
	*w = style_columns_width(t, t->page.columns - t->page.text_columns);
}
