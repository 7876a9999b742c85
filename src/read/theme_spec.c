#include "read/theme_spec.h"

#include <stdbool.h>
#include <stdint.h>

/* A field's offset, with a compile-time check that the field has the type its kind writes: an array
 * of negative size does not compile. */
#define AT(STRUCT, FIELD, TYPE) \
	(offsetof(STRUCT, FIELD) + 0 * sizeof(char[_Generic(((STRUCT *)0)->FIELD, TYPE: 1, default: -1)]))

#define LENGTH(S, N, F, INIT, LO, HI) { N, V_LENGTH, AT(S, F, sp), INIT, LO, HI }
#define LINES(S, N, F, INIT, LO, HI) { N, V_LINES, AT(S, F, int32_t), INIT, LO, HI }
#define INT(S, N, F, INIT, LO, HI) { N, V_INT, AT(S, F, int), INIT, LO, HI }
#define SHARE(S, N, F, INIT, LO, HI) { N, V_SHARE, AT(S, F, int32_t), INIT, LO, HI }
#define EM(S, N, F, INIT, LO, HI) { N, V_EM, AT(S, F, int32_t), INIT, LO, HI }
#define YES(S, N, F, INIT) { N, V_YES, AT(S, F, bool), INIT, 0, 0 }
#define COLOUR(S, N, F, INIT) { N, V_COLOUR, AT(S, F, int16_t), INIT, 0, 0 }
#define COLOUR_OR_NONE(S, N, F, INIT) { N, V_COLOUR_OR_NONE, AT(S, F, int16_t), INIT, 0, 0 }
#define STRING(S, N, F, KIND, INIT) { N, KIND, AT(S, F, const char *), INIT, 0, 0 }

#define P struct par_style
const struct attr_spec theme_par_attrs[PAR_ATTRS] = {
	[PAR_SIZE] = { "size", V_SIZE, AT(P, size, sp), "10.5pt", 1, 400 },
	[PAR_LEADING] = { "leading", V_LEADING, AT(P, leading, sp), NULL, 1, 800 },
	STRING(P, "family", family, V_TEXT, "Serif"),
	YES(P, "bold", bold, "no"),
	YES(P, "italic", italic, "no"),
	COLOUR(P, "colour", colour, "text"),
	{ "align", V_ALIGN, AT(P, align, enum align), "justify", 0, 0 },
	YES(P, "hyphenate", hyphenate, "yes"),
	SHARE(P, "hyphenate-gap", hyphenate_gap, "0%", 0, 90),
	YES(P, "url-ragged", url_ragged, "no"),
	YES(P, "protrude", protrude, "yes"),
	YES(P, "balance", balance, "no"),
	YES(P, "strict-binds", strict_binds, "no"),
	LENGTH(P, "indent", indent, "1U", -500, 500),
	YES(P, "indent-first", indent_first, "no"),
	LENGTH(P, "start", start, "0", 0, 2000),
	LENGTH(P, "end", end, "0", 0, 2000),
	LINES(P, "before", before, "0", 0, 20),
	LINES(P, "after", after, "0", 0, 20),
	INT(P, "keep-next", keep_next, "0", 0, 10),
	INT(P, "widows", widows, "2", 1, 10),
	INT(P, "orphans", orphans, "2", 1, 10),
	YES(P, "run-in", runin, "no"),
	STRING(P, "features", features, V_FEATURES, "none"),
	SHARE(P, "expansion", expansion, "0%", 0, 5),
	EM(P, "tracking", tracking, "0em", -10, 50),
};

#define I struct inline_style
const struct attr_spec theme_inline_attrs[INLINE_ATTRS] = {
	STRING(I, "family", family, V_TEXT_OR_NONE, "none"),
	{ "bold", V_TOGGLE, AT(I, bold, enum toggle), "keep", 0, 0 },
	{ "italic", V_TOGGLE, AT(I, italic, enum toggle), "keep", 0, 0 },
	SHARE(I, "size", size, "100%", 20, 300),
	EM(I, "raise", raise, "0em", -100, 100),
	COLOUR_OR_NONE(I, "colour", colour, "none"),
	YES(I, "dots", dots, "no"),
	STRING(I, "features", features, V_FEATURES, "none"),
};

#define B struct bar
const struct attr_spec theme_bar_attrs[BAR_ATTRS] = {
	LENGTH(B, "width", w, "0.7em", 0, 100),
	LENGTH(B, "height", h, "0.2em", 0, 100),
	COLOUR(B, "colour", colour, "bar"),
	LENGTH(B, "raise", raise, "0.39em", -100, 100),
	LENGTH(B, "hang", hang, "1U", 0, 200),
};

#define D struct draft
static const struct attr_spec page[] = {
	LENGTH(D, "width", theme.page.width, "210mm", 57, 5669),
	LENGTH(D, "height", theme.page.height, "297mm", 57, 5669),
	LENGTH(D, "bleed", theme.page.bleed, "3mm", 0, 142),
	LENGTH(D, "inner", theme.page.inner, "25mm", 0, 5000),
	LENGTH(D, "outer", theme.page.outer, "25mm", 0, 5000),
	LENGTH(D, "first-baseline", first_baseline, NULL, 1, 5000),
	LENGTH(D, "last-baseline", last_baseline, NULL, 1, 5669),
	LENGTH(D, "foot", foot, NULL, 1, 5669),
	INT(D, "columns", theme.page.columns, "4", 1, 12),
	INT(D, "text-columns", theme.page.text_columns, NULL, 1, 12),
	LENGTH(D, "least-margin-column", least_margin, "30mm", 0, 5000),
	LENGTH(D, "gutter", theme.page.gutter, "5mm", 0, 200),
	YES(D, "facing", theme.page.facing, "yes"),
	YES(D, "floats", theme.page.floats, "yes"),
	SHARE(D, "fit", theme.page.fit, "2%", 0, 5),
	EM(D, "fit-tracking", theme.page.fit_tracking, "0.005em", 0, 3),
};
static const struct attr_spec columns[] = {
	INT(D, "count", theme.cols.n, "1", 1, 6),
	LENGTH(D, "gutter", theme.cols.gutter, "6mm", 0, 200),
	LENGTH(D, "rule", theme.cols.rule, "0", 0, 20),
	COLOUR(D, "rule-colour", theme.cols.rule_colour, "text"),
	INT(D, "span-headings", theme.cols.headings, "1", 0, 6),
	YES(D, "span-front", theme.cols.front, "yes"),
	YES(D, "span-quotes", theme.cols.quotes, "no"),
	YES(D, "span-sidebars", theme.cols.sidebars, "yes"),
};
static const struct attr_spec list[] = {
	LINES(D, "around", theme.list.around, "0.5", 0, 20),
	INT(D, "long-item", theme.list.long_item, "4", 1, 1000),
	LENGTH(D, "number-right", theme.list.number_right, "0.88em", 0, 200),
	LENGTH(D, "number-hang", theme.list.number_hang, "1U", 0, 200),
	LENGTH(D, "number-hang-wide", theme.list.number_hang_wide, "1.5U", 0, 200),
};
static const struct attr_spec pullquote[] = {
	INT(D, "columns", theme.pullquote.columns, NULL, 1, 12),
	SHARE(D, "fit", theme.pullquote.fit, "10%", 0, 30),
	LENGTH(D, "bar", theme.pullquote.bar, "3pt", 0, 50),
	COLOUR(D, "bar-colour", theme.pullquote.bar_colour, "bar"),
	LENGTH(D, "bar-above", theme.pullquote.bar_above, "0.5em", 0, 200),
	LINES(D, "first", theme.pullquote.first, "1.5", 0, 20),
	LINES(D, "step", theme.pullquote.step, "1.5", 1, 20),
	LINES(D, "step-long", theme.pullquote.step_long, "1.25", 1, 20),
	LINES(D, "extra", theme.pullquote.extra, "2", 0, 20),
	INT(D, "clear", theme.pullquote.clear, "6", 0, 100),
	INT(D, "long-words", theme.pullquote.long_words, "25", 1, 1000),
	INT(D, "most-words", theme.pullquote.most_words, "40", 1, 1000),
	INT(D, "first-page", theme.pullquote.first_page, "2", 1, 1000),
	LENGTH(D, "min-measure", theme.pullquote.min_measure, "12em", 20, 2000),
};
static const struct attr_spec sidebar[] = {
	COLOUR_OR_NONE(D, "tint", theme.sidebar.tint, "tint"),
	COLOUR(D, "bar-colour", theme.sidebar.bar_colour, "bar"),
	LENGTH(D, "outset", theme.sidebar.outset, "4mm", 0, 500),
	LENGTH(D, "bar", theme.sidebar.bar, "3pt", 0, 50),
	LENGTH(D, "top", theme.sidebar.top, "0.5em", -200, 200),
	LENGTH(D, "bottom", theme.sidebar.bottom, "1.17em", 0, 200),
	LENGTH(D, "broken-bottom", theme.sidebar.broken_bottom, "0.5em", 0, 200),
	LENGTH(D, "broken-top", theme.sidebar.broken_top, "1.85em", 0, 200),
	LINES(D, "first", theme.sidebar.first, "2", 1, 20),
	LINES(D, "after", theme.sidebar.after, "3", 1, 20),
	INT(D, "least-lines", theme.sidebar.least_lines, "4", 1, 100),
	INT(D, "whole-lines", theme.sidebar.whole_lines, "14", 0, 1000),
	SHARE(D, "whole-loss", theme.sidebar.whole_loss, "25%", 0, 100),
	LENGTH(D, "note-rule-width", theme.sidebar.note_rule_width, "13mm", 0, 2000),
};
static const struct attr_spec notes[] = {
	LENGTH(D, "rule", theme.note.rule, "0.5pt", 0, 20),
	LENGTH(D, "rule-width", theme.note.rule_width, "40mm", 0, 5000),
	LENGTH(D, "rule-above", theme.note.rule_above, "1.4em", 0, 200),
	LENGTH(D, "least-gap", theme.note.least_gap, "1em", 0, 200),
	LENGTH(D, "hang", theme.note.hang, "1.07em", 0, 200),
	INT(D, "split-over", theme.note.split_over, "4", 1, 1000),
	INT(D, "split-least", theme.note.split_least, "2", 1, 100),
	YES(D, "in-margin", theme.note.in_margin, "no"),
	INT(D, "most-shift", theme.note.most_shift, "6", 0, 20),
};
static const struct attr_spec table[] = {
	LENGTH(D, "rule-top", theme.table.top, "1pt", 0, 20),
	LENGTH(D, "rule-head", theme.table.head, "0.5pt", 0, 20),
	LENGTH(D, "rule-row", theme.table.row, "0.25pt", 0, 20),
	LENGTH(D, "rule-bottom", theme.table.bottom, "1pt", 0, 20),
	COLOUR(D, "rule-colour", theme.table.rule_colour, "text"),
	LENGTH(D, "head-above", theme.table.head_above, "1.02em", 0, 200),
	LENGTH(D, "row-below", theme.table.row_below, "0.39em", 0, 200),
	LENGTH(D, "gap", theme.table.pad, "5mm", 0, 200),
	LINES(D, "around", theme.table.around, "1", 0, 20),
};
static const struct attr_spec caption[] = {
	YES(D, "in-margin", theme.caption.in_margin, "yes"),
};
static const struct attr_spec chart[] = {
	LENGTH(D, "thickness", theme.chart.thickness, "0.93U", 1, 200),
	LINES(D, "pitch", theme.chart.pitch, "1.5", 1, 20),
	COLOUR(D, "accent", theme.chart.accent, "bar"),
	COLOUR(D, "other", theme.chart.other, "data"),
	COLOUR(D, "track", theme.chart.track, "tint"),
	SHARE(D, "label-share", theme.chart.label_share, "28%", 5, 80),
};
static const struct attr_spec running_head[] = {
	LENGTH(D, "rule", theme.head.rule, "0.5pt", 0, 20),
	LENGTH(D, "rule-below", head_rule_below, "0.6em", -100, 200),
	INT(D, "baseline", theme.head.baseline, NULL, 1, 500),
	STRING(D, "verso", theme.head.verso, V_PATTERN, "{title}"),
	STRING(D, "recto", theme.head.recto, V_PATTERN, "{section}"),
	STRING(D, "recto-short", theme.head.recto_short, V_PATTERN, "{title}"),
	STRING(D, "book-verso", theme.head.book_verso, V_PATTERN, "{title}"),
	STRING(D, "book-recto", theme.head.book_recto, V_PATTERN, "{section}"),
};
static const struct attr_spec masthead[] = {
	YES(D, "show", theme.masthead.on, "yes"),
	LENGTH(D, "bar-top", theme.masthead.bar_y, "2.25U", 0, 5000),
	LENGTH(D, "bar", theme.masthead.bar_h, "0.7U", 0, 200),
	COLOUR(D, "bar-colour", theme.masthead.bar_colour, "bar"),
	INT(D, "motto-line", theme.masthead.motto_line, "5", 1, 1000),
	INT(D, "title-last-line", theme.masthead.title_last_line, "11", 1, 1000),
	LENGTH(D, "title-shift", theme.masthead.title_left, "0", -50, 50),
	LENGTH(D, "number-shift", theme.masthead.number_left, "0", -50, 50),
	LENGTH(D, "rule", theme.masthead.rule, "0.5pt", 0, 20),
	LENGTH(D, "rule-below", theme.masthead.rule_below, "1.43U", 0, 400),
	LENGTH(D, "org-below", theme.masthead.org_below, "1U", 0, 400),
	INT(D, "first-heading-line", theme.masthead.first_heading_line, "16", 1, 1000),
	INT(D, "first-text-line", theme.masthead.first_text_line, "18", 1, 1000),
	INT(D, "long-lines", theme.masthead.long_lines, "4", 1, 100),
};
static const struct attr_spec opener[] = {
	LINES(D, "sink", theme.opener.sink, "3", 0, 20),
	LINES(D, "part-sink", theme.opener.part_sink, "10", 0, 20),
	YES(D, "label", theme.opener.label, "yes"),
	YES(D, "recto", theme.opener.recto, "no"),
	LENGTH(D, "bar", theme.opener.bar, "3pt", 0, 50),
	COLOUR(D, "bar-colour", theme.opener.bar_colour, "bar"),
};
static const struct attr_spec contents[] = {
	INT(D, "least-pages", theme.contents.least_pages, "8", 0, 10000),
	INT(D, "levels", theme.contents.levels, "1", 1, 6),
	YES(D, "in-margin", theme.contents.in_margin, "yes"),
	YES(D, "book", theme.contents.book, "yes"),
	INT(D, "book-levels", theme.contents.book_levels, "2", 1, 6),
};
static const struct attr_spec imprint[] = {
	LENGTH(D, "rule", theme.imprint.rule, "0.5pt", 0, 20),
	INT(D, "columns", theme.imprint.columns, "4", 1, 12),
};
static const struct attr_spec admonition[] = {
	LENGTH(D, "pad", theme.admonition.pad, "1U", 0, 200),
	LENGTH(D, "bar", theme.admonition.bar, "3pt", 0, 50),
	COLOUR_OR_NONE(D, "tint", theme.admonition.tint, "none"),
	COLOUR(D, "bar-colour", theme.admonition.bar_colour, "bar"),
};
static const struct attr_spec code[] = {
	LENGTH(D, "pad", theme.code.pad, "0.5U", 0, 200),
	COLOUR_OR_NONE(D, "tint", theme.code.tint, "tint"),
};
static const struct attr_spec press[] = {
	STRING(D, "profile", theme.press.profile, V_TEXT_OR_NONE, "none"),
	STRING(D, "condition", theme.press.condition, V_TEXT_OR_NONE, "none"),
	SHARE(D, "ink-limit", theme.press.ink_limit, "300%", 100, 400),
	LENGTH(D, "safe", theme.press.safe, "5mm", 0, 142),
	STRING(D, "paper", theme.press.paper, V_TEXT_OR_NONE, "none"),
	LENGTH(D, "caliper", theme.press.caliper, "0.1mm", 0, 3),
	LENGTH(D, "board", theme.press.board, "0.3mm", 0, 14),
	YES(D, "perfect-bound", theme.press.perfect_bound, "no"),
};
static const struct attr_spec epub[] = {
	{ "line-height", V_FACTOR, AT(D, theme.epub.body_leading, int), "1.45", 1, 3 },
	STRING(D, "cover", theme.epub.cover, V_COVER, "masthead"),
};
static const struct attr_spec text[] = {
	YES(D, "compose", theme.text.compose, "yes"),
	YES(D, "quotes", theme.text.quotes, "yes"),
	YES(D, "titles", theme.text.titles, "yes"),
	YES(D, "dashes", theme.text.dashes, "yes"),
	YES(D, "ranges", theme.text.ranges, "yes"),
	YES(D, "minus", theme.text.minus, "yes"),
	YES(D, "ellipses", theme.text.ellipses, "yes"),
	YES(D, "points", theme.text.points, "yes"),
	YES(D, "notes", theme.text.notes, "yes"),
	YES(D, "apostrophes", theme.text.apostrophes, "yes"),
	YES(D, "widths", theme.text.widths, "yes"),
	YES(D, "spaces", theme.text.spaces, "yes"),
	YES(D, "ordinals", theme.text.ordinals, "yes"),
	YES(D, "thousands", theme.text.thousands, "no"),
	YES(D, "signs", theme.text.signs, "no"),
	YES(D, "own-digits", theme.text.own_digits, "no"),
};

#define ELEMENT(N, A) { N, A, sizeof(A) / sizeof *(A) }
const struct element_spec theme_elements[EL_COUNT] = {
	[EL_PAGE] = ELEMENT("page", page),
	[EL_COLUMNS] = ELEMENT("columns", columns),
	[EL_LIST] = ELEMENT("list", list),
	[EL_PULLQUOTE] = ELEMENT("pullquote", pullquote),
	[EL_SIDEBAR] = ELEMENT("sidebar", sidebar),
	[EL_NOTES] = ELEMENT("notes", notes),
	[EL_TABLE] = ELEMENT("table", table),
	[EL_CAPTION] = ELEMENT("caption", caption),
	[EL_CHART] = ELEMENT("chart", chart),
	[EL_RUNNING_HEAD] = ELEMENT("running-head", running_head),
	[EL_MASTHEAD] = ELEMENT("masthead", masthead),
	[EL_OPENER] = ELEMENT("opener", opener),
	[EL_CONTENTS] = ELEMENT("contents", contents),
	[EL_IMPRINT] = ELEMENT("imprint", imprint),
	[EL_ADMONITION] = ELEMENT("admonition", admonition),
	[EL_CODE] = ELEMENT("code", code),
	[EL_PRESS] = ELEMENT("press", press),
	[EL_EPUB] = ELEMENT("epub", epub),
	[EL_TEXT] = ELEMENT("text", text),
};

/* Ragged text of one voice that stands by itself: not justified, nothing divided, nothing hung. */
#define RAGGED "align", "start", "hyphenate", "no", "protrude", "no", "indent", "0", "expansion", "0%"

/* Sizes are those of a 10.25 pt body on a 14 pt grid, as shares, so that they follow the body. */
const struct derivation theme_par_derivations[PS_COUNT] = {
	[PS_BODY] = { -1, { NULL } },
	[PS_H1] = { PS_BODY, { "family", "Sans", "bold", "yes", "size", "165.9%", "leading", "1.5U", "colour", "accent",
	                       RAGGED, "balance", "yes", "strict-binds", "yes", "before", "2", "keep-next", "3" } },
	[PS_H2] = { PS_H1, { "size", "112.2%", "leading", "1U", "colour", "text", "before", "1", "after", "0" } },
	[PS_H3] = { PS_H2, { "size", "100%" } },
	[PS_H4] = { PS_H3, { "size", "97.6%", "italic", "yes" } },
	[PS_H5] = { PS_H4, { "bold", "no" } },
	[PS_H6] = { PS_H5, { NULL } },
	[PS_TITLE] = { PS_BODY, { "bold", "yes", "size", "263.4%", "leading", "2.25U", RAGGED, "balance", "yes",
	                          "strict-binds", "yes" } },
	[PS_TITLE_LONG] = { PS_TITLE, { "size", "224.4%", "leading", "2U" } },
	[PS_SUBTITLE] = { PS_TITLE, { "bold", "no", "italic", "yes", "size", "126.8%", "leading", "1.25U" } },
	[PS_FRONT] = { PS_BODY, { RAGGED } },
	[PS_LIST] = { PS_BODY, { "indent", "0" } },
	[PS_TERM] = { PS_BODY, { "bold", "yes", RAGGED, "keep-next", "2" } },
	[PS_QUOTE] = { PS_BODY, { "start", "1U", "before", "0.5", "after", "0.5" } },
	[PS_EPIGRAPH] = { PS_QUOTE, { "italic", "yes", "align", "start", "hyphenate", "no" } },
	[PS_ATTRIBUTION] = { PS_QUOTE, { "family", "Sans", "size", "82.9%", RAGGED, "before", "0", "after", "0" } },
	[PS_PULLQUOTE] = { PS_BODY, { "italic", "yes", "size", "156.1%", "leading", "1.5U", RAGGED, "protrude", "yes",
	                              "balance", "yes", "strict-binds", "yes" } },
	[PS_PULLQUOTE_LONG] = { PS_PULLQUOTE, { "size", "126.8%", "leading", "1.25U" } },
	[PS_PULLQUOTE_BY] = { PS_CAPTION, { NULL } },
	[PS_FOOTNOTE] = { PS_BODY, { "size", "82%", "leading", "0.8U", "indent", "0", "url-ragged", "yes" } },
	[PS_SIDE_NOTE] = { PS_CAPTION, { "size", "78%", "leading", "0.8U" } },
	[PS_SIDEBAR] = { PS_BODY, { "family", "Sans", "size", "97.6%", RAGGED, "indent", "1U" } },
	[PS_SIDEBAR_TITLE] = { PS_SIDEBAR, { "bold", "yes", "size", "126.8%", "colour", "accent", "indent", "0", "balance",
	                                     "yes", "strict-binds", "yes", "keep-next", "2" } },
	[PS_SIDEBAR_TOPIC] = { PS_SIDEBAR_DATA, { "bold", "yes" } },
	[PS_SIDEBAR_DATA] = { PS_CAPTION, { NULL } },
	[PS_SIDEBAR_NOTE] = { PS_SIDEBAR_DATA, { "size", "78%", "leading", "0.8U" } },
	[PS_ADMONITION] = { PS_SIDEBAR, { NULL } },
	[PS_ADMONITION_TITLE] = { PS_ADMONITION, { "bold", "yes", "indent", "0", "keep-next", "2" } },
	[PS_CAPTION] = { PS_BODY, { "family", "Sans", "size", "82.9%", RAGGED, "strict-binds", "yes" } },
	[PS_CAPTION_LABEL] = { PS_CAPTION, { "bold", "yes", "size", "87.8%" } },
	[PS_SOURCE] = { PS_CAPTION, { NULL } },
	[PS_TABLE] = { PS_CAPTION, { "size", "87.8%", "strict-binds", "no" } },
	[PS_TABLE_HEAD] = { PS_TABLE, { "bold", "yes" } },
	[PS_CHART_LABEL] = { PS_TABLE, { NULL } },
	[PS_CHART_VALUE] = { PS_CHART_LABEL, { "bold", "yes" } },
	[PS_CODE] = { PS_BODY, { "family", "Mono", "size", "82.9%", RAGGED, "before", "0.5", "after", "0.5" } },
	[PS_RUNNING_HEAD] = { PS_CAPTION, { NULL } },
	[PS_FOLIO] = { PS_RUNNING_HEAD, { "bold", "yes", "size", "102.4%" } },
	[PS_MOTTO] = { PS_CAPTION, { "bold", "yes", "size", "112.2%" } },
	[PS_SERIES] = { PS_MOTTO, { NULL } },
	[PS_SERIES_NUMBER] = { PS_BODY, { "size", "897.6%", "leading", "7U", "colour", "accent", RAGGED } },
	[PS_ORG] = { PS_CAPTION, { NULL } },
	[PS_ORG_SHORT] = { PS_ORG, { "bold", "yes" } },
	[PS_CONTENTS] = { PS_CAPTION, { NULL } },
	[PS_CONTENTS_TITLE] = { PS_CAPTION_LABEL, { "keep-next", "1" } },
	[PS_IMPRINT] = { PS_CAPTION, { "leading", "0.8U" } },
	[PS_PART] = { PS_TITLE, { "keep-next", "2", "after", "2" } },
	[PS_PART_LABEL] = { PS_CHAPTER_LABEL, { NULL } },
	[PS_CHAPTER] = { PS_TITLE, { "size", "224.4%", "leading", "2U", "keep-next", "3", "after", "1" } },
	[PS_CHAPTER_LABEL] = { PS_H1, { "size", "126.8%", "leading", "1U", "before", "0", "after", "1" } },
	[PS_AUTHOR] = { PS_FRONT, { NULL } },
	[PS_ABSTRACT] = { PS_BODY, { "italic", "yes", "indent", "0" } },
	[PS_ABSTRACT_TITLE] = { PS_CAPTION_LABEL, { "keep-next", "2" } },
	[PS_LEGAL] = { PS_IMPRINT, { NULL } },
	[PS_CONTENTS_ENTRY] = { PS_BODY, { RAGGED, "strict-binds", "yes" } },
	[PS_CONTENTS_TOP] = { PS_CONTENTS_ENTRY, { "bold", "yes", "before", "0.5" } },
};

const char *const theme_inline_initials[IS_COUNT][8] = {
	[IS_EMPHASIS] = { "italic", "flip" },
	[IS_STRONG] = { "bold", "yes" },
	[IS_FOREIGN] = { "italic", "flip" },
	[IS_TITLE] = { "italic", "flip" },
	[IS_CODE] = { "family", "Mono", "size", "90%" },
	[IS_SUPER] = { "size", "68%", "raise", "0.36em" },
	[IS_SUB] = { "size", "68%", "raise", "-0.14em" },
	[IS_UI] = { "family", "Sans", "size", "95%" },
	[IS_VARIABLE] = { "italic", "flip" },
	[IS_SMALLCAPS] = { "features", "smcp=1" },
	[IS_NOTE_MARK] = { "size", "68%", "raise", "0.36em" },
};

const char *const theme_bar_initials[2][12] = {
	{ NULL },
	{ "width", "0.44em", "colour", "text", "hang", "2U" },
};
