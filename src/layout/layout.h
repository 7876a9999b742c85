/* The layout engine: a document, a theme and fonts become finished pages. Knows no PDF and no XML. */
#ifndef VERSTKA_LAYOUT_LAYOUT_H
#define VERSTKA_LAYOUT_LAYOUT_H

#include "doc/doc.h"
#include "font/font.h"
#include "lang/lang.h"
#include "pages/pages.h"
#include "shape/shape.h"
#include "style/style.h"

/* How pages are chosen: see layout/page.h. */
enum paginate { PAGINATE_AUTO /* by length */, PAGINATE_EXACT, PAGINATE_BEAM, PAGINATE_GREEDY };

/* How many pages: n, or any multiple of it. */
struct page_wish {
	int n;                     /* 0: as many as come */
	bool multiple;
};

/* Places (any node of the text; a division stands for its heading), and the pages they are to begin on. */
enum { MOST_PINS = 16 };
struct page_pins {
	int n;
	const struct node *node[MOST_PINS];
	int page[MOST_PINS];       /* number; 0: any */
	int64_t least;             /* [1/100 point] what the cheapest layout costs, from a survey; 0: not known */
};

struct layout_options {
	enum paginate paginate;
	struct page_wish pages;
	const struct page_pins *pins; /* or NULL. No layout with them within the rules: error "page-pins" */
	int leading;               /* [1/1000] of change; the theme's page fit is the most that is good */
	bool allow_missing_glyphs; /* a warning and the code point instead of an error */
	bool each_line;            /* pages.lines.made is wanted */
};

/* NULL if nothing could be set (a font is missing ...): the reason is in the log. Everything passed in is borrowed
 * for the call, but doc, theme, fonts and langs must outlive the pages. */
struct pages *layout_document(const struct doc *doc, const struct theme *theme, struct fonts *fonts,
                              struct shaper *shaper, struct langs *langs, const struct layout_options *options,
                              struct diag_log *log);

/* The pages that places can begin on together, and what the cheapest layout with them costs [1/100 point]. */
struct pin_way {
	uint8_t page[MOST_PINS];   /* as in pins; 0: the place is not in the text */
	int64_t cost;
};
struct pin_ways {
	struct pin_way *v;         /* mem_free */
	size_t n, cap;
	int64_t least;             /* cost of the free layout */
	struct { int page; sp y; } free[MOST_PINS]; /* where each place stands in that; page 0: nowhere */
	sp row, height;            /* [sp] one row; all rows of a page */
	bool proved;               /* there are no others within `most` */
};
/* All ways that cost less than `most` [1/100 point] more than the free layout. Wished pages of options->pins must be 0.
 * False: nothing could be set, logged. */
bool layout_survey(const struct doc *doc, const struct theme *theme, struct fonts *fonts, struct shaper *shaper,
                   struct langs *langs, const struct layout_options *options, int64_t most, struct pin_ways *out,
                   struct diag_log *log);

#endif
