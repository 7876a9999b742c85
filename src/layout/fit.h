/* A wished number of pages. */
#ifndef VERSTKA_LAYOUT_FIT_H
#define VERSTKA_LAYOUT_FIT_H

#include "layout/context.h"
#include "layout/page.h"

/* Sets the document in so many pages: first by paragraphs a line longer or shorter alone, then with the leading changed
 * in small steps within the theme's range (page fit), then with letterspacing (page fit-tracking) and with narrower or wider
 * pull quotes (pullquote fit) besides. NULL: it cannot be (error "page-count", with the number of lines that are too many
 * or too few when all that is spent), or layout failed. */
struct pages *fit_pages(struct layout *l, struct page_wish wish);

/* The theme with its leading changed by `change` thousandths; first and last baseline stay within a line's reach. What it
 * points to stays the other's. */
void fit_leading(struct theme *t, const struct theme *from, int change);

#endif
