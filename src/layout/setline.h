/* One broken line to placed items: justification carried out, words cut at the line's ends shaped as they
 * will stand, glyph runs, link areas, anchors, underlines. */
#ifndef VERSTKA_LAYOUT_SETLINE_H
#define VERSTKA_LAYOUT_SETLINE_H

#include "layout/linebreak.h"

struct place {
	struct layout *l;
	struct pages *pages;
	struct page *page;
	enum item_role role; /* ROLE_CONTENT: each span's own; else forced on all (repeated table heads) */
};

/* Sets the line with its measure from x on and its baseline at y [sp]. x is counted from the page's start edge; a
 * paragraph that runs the other way than the document begins at the measure's far end. */
void line_set(const struct place *to, const struct par *p, const struct line *ln, sp x, sp y);
/* Convenience: breaks at one measure and sets all lines; returns how many. leading from the style. */
int par_set(const struct place *to, const struct par *p, sp x, sp y, sp width);

#endif
