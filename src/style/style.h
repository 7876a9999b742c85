/* The theme, resolved for one language: every size, colour and distance the layout and the EPUB's
 * CSS need. Plain data, filled by read/theme.c from theme.xml; strings live in the theme's arena.
 * Vertical distances called "lines" are in 1/1000 of the page's baseline unit U. */
#ifndef VERSTKA_STYLE_STYLE_H
#define VERSTKA_STYLE_STYLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/unit.h"
#include "style/colour.h"

enum align { SET_JUSTIFY, SET_START, SET_CENTER, SET_END };

/* Styles of whole paragraphs. The name in theme.xml is the one in par_style_names (style.c). */
enum par_style_id {
	PS_BODY, PS_H1, PS_H2, PS_H3, PS_H4, PS_H5, PS_H6,
	PS_TITLE, PS_TITLE_LONG /* over `masthead.long_lines` lines */, PS_SUBTITLE, PS_FRONT /* authors, abstract, notices */,
	PS_LIST, PS_TERM, PS_QUOTE, PS_EPIGRAPH, PS_ATTRIBUTION,
	PS_PULLQUOTE, PS_PULLQUOTE_LONG /* over `pullquote.long_words` words */, PS_PULLQUOTE_BY,
	PS_FOOTNOTE, PS_SIDE_NOTE /* a footnote in the margin column */,
	PS_SIDEBAR, PS_SIDEBAR_TITLE, PS_SIDEBAR_TOPIC, PS_SIDEBAR_DATA, PS_SIDEBAR_NOTE,
	PS_ADMONITION, PS_ADMONITION_TITLE,
	PS_CAPTION, PS_CAPTION_LABEL, PS_SOURCE, PS_TABLE, PS_TABLE_HEAD, PS_CHART_LABEL, PS_CHART_VALUE,
	PS_CODE,
	PS_RUNNING_HEAD, PS_FOLIO, PS_MOTTO, PS_SERIES, PS_SERIES_NUMBER, PS_ORG, PS_ORG_SHORT,
	PS_CONTENTS, PS_CONTENTS_TITLE, PS_IMPRINT,
	PS_PART, PS_PART_LABEL /* "Part I" */, PS_CHAPTER, PS_CHAPTER_LABEL, /* of books */
	PS_AUTHOR, PS_ABSTRACT, PS_ABSTRACT_TITLE, PS_LEGAL /* copyright, licence */,
	PS_CONTENTS_ENTRY /* contents in the text column */, PS_CONTENTS_TOP /* their parts and chapters */,
	PS_COUNT
};

struct par_style {
	const char *family;       /* of fonts.xml */
	bool bold, italic;
	sp size, leading;
	int16_t colour;           /* index into theme.colours */
	enum align align;
	bool hyphenate, protrude;
	int32_t hyphenate_gap;    /* [1/1000 of the measure] ragged text: a word is divided only if its line would
	                           * else stay shorter by more than this; 0: no such rule */
	bool url_ragged;          /* set flush left, not justified, if the paragraph holds a URL */
	bool balance;             /* ragged lines of about equal length */
	bool indent_first;        /* paragraphs after headings, lists, boxes are indented too */
	bool strict_binds;        /* prepositions never at a line end (headings, captions, pull quotes) */
	sp indent;                /* of the first line; not after headings, lists, boxes, figures */
	sp start, end;            /* indents of all lines */
	int32_t before, after;    /* [1/1000 U] */
	int keep_next;            /* lines of the following text that must stand on the same page */
	int widows, orphans;      /* least lines */
	bool runin;               /* heading set at the start of the next paragraph */
	const char *features;     /* OpenType, CSS-like: "onum=1,lnum=0" or NULL */
	int32_t expansion;        /* [1/1000] largest change of glyph width, 0: none */
	int32_t tracking;         /* [1/1000 em] constant letterspacing */
};

/* Changes that an inline makes to the text around it. */
enum inline_style_id {
	IS_EMPHASIS, IS_STRONG, IS_FOREIGN, IS_TITLE, IS_CODE, IS_SUPER, IS_SUB, IS_UI, IS_VARIABLE, IS_SMALLCAPS,
	IS_LINK, IS_NOTE_MARK, IS_UNDERLINE, IS_STRIKE, IS_ABBREV, IS_COUNT
};
enum toggle { T_KEEP, T_ON, T_OFF, T_FLIP };
struct inline_style {
	const char *family;  /* NULL: as around */
	enum toggle bold, italic;
	int32_t size;        /* [1/1000] of the size around */
	int32_t raise;       /* [1/1000 em of the size around], up */
	int16_t colour;      /* -1: as around */
	bool dots;           /* a dot under each character of Chinese or Japanese (T-57) */
	const char *features;
};

struct bar { sp w, h; int16_t colour; sp raise; /* of its top above the baseline */ sp hang; /* text's indent */ };

struct theme {
	struct arena arena;
	const char *name, *path;
	const char *lang;    /* it was resolved for */
	struct colour *colours;
	int n_colours;
	int16_t text_colour;

	struct {
		sp width, height, bleed, inner, outer;
		sp unit;                       /* U */
		int first_line, last_line;     /* baselines at origin + line * U from the trim's top: style_line_y */
		sp origin;                     /* of the grid below the trim's top: 0 if the first baseline is k * U */
		int columns, text_columns;     /* grid columns; the outermost columns - text_columns are the margin column */
		sp gutter;
		bool facing;                   /* false: every page is a recto */
		bool floats;                   /* titled figures and tables may leave their place in the text */
		int32_t fit;                   /* [1/1000] by which the leading may change for a wished number of pages */
		int32_t fit_tracking;          /* [1/1000 em] of letterspacing in justified text, likewise */
	} page;

	struct {                               /* columns that the text is set in, side by side in the text column */
		int n;                         /* 1: none */
		sp gutter, rule;               /* between them; thickness of the rule there, 0: none */
		int16_t rule_colour;
		int headings;                  /* headings up to this level go across them */
		bool front, quotes, sidebars;  /* so does what the document says about itself; so do pull quotes; sidebars */
	} cols;

	struct par_style par[PS_COUNT];
	struct inline_style in[IS_COUNT];

	struct {
		struct bar bullet[2];          /* first level; second and deeper */
		sp number_right, number_hang, number_hang_wide; /* figures end at number_right; text at hang (wide from 10) */
		int32_t around;                /* [1/1000 U] before and after a list */
		int long_item;                 /* items of more lines than this get half a line between */
	} list;
	struct {
		int columns;                   /* grid columns covered, from the outer side */
		int32_t fit;                   /* [1/1000] by which their width may change for a wished number of pages */
		int32_t wider;                 /* [1/1000] by which it is changed; not in themes */
		sp bar; int16_t bar_colour; sp bar_above; /* thickness; its top edge above the first shortened line's baseline */
		int32_t first, step;           /* [1/1000 U] first quote baseline below line k; next ones */
		int32_t step_long;
		int32_t extra;                 /* [1/1000 U] added to ceil(n*step) for the height */
		int clear;                     /* lines kept clear of page ends and headings */
		int long_words, most_words;
		int first_page;                /* first page that may carry one */
		sp min_measure;                /* text beside it is never narrower */
	} pullquote;
	struct {
		int16_t tint, bar_colour;
		sp outset, bar;
		sp top;                        /* top edge below the baseline of the free line k */
		sp bottom;                     /* bottom edge below the last baseline */
		sp broken_bottom, broken_top;  /* at a break: tint to last line + bottom; from first line - top */
		int32_t first, after;          /* [1/1000 U] first baseline at k + first; next text at last + after */
		int least_lines;               /* on each side of a break */
		int whole_lines;               /* a box of at most so many lines moves whole to the next page ... */
		int32_t whole_loss;            /* ... if no more than this share [1/1000] of the page stays empty */
		sp note_rule_width;
	} sidebar;
	struct {
		sp rule, rule_width, rule_above; /* thickness; width (0: measure); above the first note's baseline */
		sp least_gap;                  /* last text baseline to the rule */
		sp hang;
		int split_over, split_least;   /* may be split if longer than ..; at least .. lines a part */
		bool in_margin;                /* in the margin column, beside their marks, as far as they fit there */
		int most_shift;                /* lines they may stand off their marks there */
	} note;
	struct {
		sp top, head, row, bottom;     /* thickness of rules; 0: none */
		int16_t rule_colour;
		sp head_above, row_below;      /* top rule above the first baseline; row rules below the last */
		sp pad;                        /* between columns */
		int32_t around;                /* [1/1000 U] before and after */
	} table;
	struct { bool in_margin; } caption; /* of tables and figures: in the margin column if there is one, else above */
	struct {
		sp thickness; int32_t pitch;   /* [1/1000 U] */
		int16_t accent, other, track;
		int32_t label_share;           /* [1/1000] of the measure for the labels */
	} chart;
	struct {
		sp rule, rule_y, width_all;    /* y below the trim's top */
		int baseline;                  /* line */
		const char *verso, *recto;     /* patterns: {motto} {title} {series} {number} {section} {org} */
		const char *recto_short;       /* when recto is too long, or one of its fields is not known */
		const char *book_verso, *book_recto;
	} head;
	struct {
		bool on;
		sp bar_y, bar_h; int16_t bar_colour;
		int motto_line;                /* baseline */
		int title_last_line;           /* baseline of the last line of a two-line title */
		sp title_left;                 /* optical shift */
		int16_t number_colour; sp number_left;
		sp rule, rule_below;           /* below the last title baseline */
		sp org_below;                  /* baseline of the organisation below the rule */
		int first_heading_line, first_text_line; /* for a title of two lines */
		int long_lines;
		const char *number_family;
	} masthead;
	struct { int least_pages; int levels; bool in_margin; bool book; int book_levels; } contents;
	struct {                               /* where a part or chapter of a book opens */
		int32_t sink, part_sink;       /* [1/1000 U] first baseline below the page's first */
		bool label, recto;             /* "Chapter 1" above the title; chapters begin on right-hand pages */
		sp bar; int16_t bar_colour;
	} opener;
	struct { sp rule; int columns; } imprint;
	struct { sp pad, bar; int16_t tint, bar_colour; } admonition;
	struct { sp pad; int16_t tint; } code; /* tint -1: none */
	struct {                           /* what the press is told; the layout asks none of it */
		const char *profile;           /* ICC file of the output condition, or NULL: none is named */
		const char *condition;         /* its name in the ICC's registry, or NULL: it is not in there */
		int32_t ink_limit;             /* [1/1000] all inks together: 3000 = 300 % */
		sp safe;                       /* nothing printed closer to the trim without crossing it */
		const char *paper;             /* for the job ticket and the person who reads it, or NULL */
		sp caliper, board;             /* thickness of a leaf, and of the cover of a perfect-bound book */
		bool perfect_bound;            /* else saddle-stitched */
		struct pos profile_pos;        /* where `profile` is said */
	} press;
	struct {
		int body_leading;              /* [1/1000 em] */
		const char *cover;             /* "masthead" or NULL: none */
	} epub;
	struct {                           /* rules that change characters, docs/TYPOGRAPHY.md; each as the language has it */
		bool compose, quotes, titles, dashes, ranges, minus, ellipses, points, notes, apostrophes;
		bool widths, spaces, ordinals, thousands, signs;
		bool own_digits;               /* ٠١٢ in Arabic, ۰۱۲ in Persian and Urdu, instead of 012 */
	} text;
};

const char *par_style_name(enum par_style_id id);       /* "body", "h1", "pullquote-long" ... */
const char *inline_style_name(enum inline_style_id id); /* "emphasis" ... */
int style_colour(const struct theme *t, const char *name); /* index or -1 */
void theme_free(struct theme *t); /* NULL is fine */
sp style_line_y(const struct theme *t, int line);
/* How far the running head's rule, or its words if they stand lower, are clear of the first line's capitals; < 0: not. */
sp style_head_clear(const struct theme *t); /* baseline of a line [sp below the trim's top] */
/* Where things stand on a page is counted from its start edge: the left one, or in a right-to-left edition the right
 * one (pages_mirror). Start [sp] of grid column i (0-based) and the width of n columns. */
sp style_column_x(const struct theme *t, bool recto, int i);
sp style_columns_width(const struct theme *t, int n);
/* False: beside a pull quote the text would be narrower than min_measure, so that no page has one there. */
bool style_quotes_beside(const struct theme *t);
/* Start and width of the text column(s), and of the margin column (width 0: none). */
void style_text_column(const struct theme *t, bool recto, sp *x, sp *w);
/* The same of one of the columns that the text is set in, in reading order; all have one width. */
void style_flow_column(const struct theme *t, bool recto, int i, sp *x, sp *w);
void style_margin_column(const struct theme *t, bool recto, sp *x, sp *w);

#endif
