/* The order in which a page's items are painted: layout's, but a table cell by cell. Layout sets a row line by line across
 * its cells; whoever reads the content as it comes (copying, plain extraction, reflow) wants each cell whole. */
#ifndef VERSTKA_WRITE_PDF_PDF_ORDER_H
#define VERSTKA_WRITE_PDF_PDF_ORDER_H

#include <stdint.h>

#include "base/arena.h"
#include "pages/pages.h"

/* Indexes of the page's items; an array of page->n in the arena. */
const uint32_t *pdf_order_of(const struct page *page, struct arena *a);

#endif
