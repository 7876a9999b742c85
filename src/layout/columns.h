/* Widths of a table's columns, from what its cells need and its author asked for. All in [sp]. */
#ifndef VERSTKA_LAYOUT_COLUMNS_H
#define VERSTKA_LAYOUT_COLUMNS_H

#include <stdbool.h>

#include "base/unit.h"

struct column {
	sp least, most; /* no word broken; all on one line */
	sp asked;       /* a width of its own, or 0 */
	int share;      /* proportional ("2*" -> 200), or 0 */
	sp x, w;        /* the result */
};

/* A cell over `span` columns from v on needs this much; call for cells of one column first. */
void columns_need(struct column *v, int span, sp least, sp most, sp gap);
/* Shares out `width`. even: as wide as each other if the words allow it. False: the content is wider even at its
 * least; the columns then overlap in proportion. */
bool columns_share(struct column *v, int n, sp width, sp gap, bool even);

#endif
