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

struct layout_options {
	enum paginate paginate;
	struct page_wish pages;
	bool allow_missing_glyphs; /* a warning and the code point instead of an error */
};

/* NULL if nothing could be set (a font is missing ...): the reason is in the log. Everything passed in is borrowed
 * for the call, but doc, theme, fonts and langs must outlive the pages. */
struct pages *layout_document(const struct doc *doc, const struct theme *theme, struct fonts *fonts,
                              struct shaper *shaper, struct langs *langs, const struct layout_options *options,
                              struct diag_log *log);

#endif
