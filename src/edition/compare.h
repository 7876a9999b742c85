/* Editions of one source side by side: on which page each division, pull quote, box, note, table and figure begins in each,
 * how far apart that is, how many pages each has, and what in it nearly does not fit. */
#ifndef VERSTKA_EDITION_COMPARE_H
#define VERSTKA_EDITION_COMPARE_H

#include "edition/editions.h"

enum compare_form { COMPARE_TEXT, COMPARE_JSON, COMPARE_HTML };

/* Of the editions that are laid out, in their order; those that failed are left out, as their messages say. False: none is. */
bool compare_put(const struct editions *s, enum compare_form form, struct buf *out);

#endif
