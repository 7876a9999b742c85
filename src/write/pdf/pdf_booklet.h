/* Pages two by two on sheets that are folded together and stitched through the fold: for a copy shop. */
#ifndef VERSTKA_WRITE_PDF_PDF_BOOKLET_H
#define VERSTKA_WRITE_PDF_PDF_BOOKLET_H

#include "write/pdf/pdf_job.h"

/* One side of a sheet, lying with the fold upright: which pages stand left and right of it, from 0; PDF_BLANK none. */
#define PDF_BLANK SIZE_MAX
struct pdf_side {
	size_t left, right;
	size_t sheet; /* from 0, the outermost */
};
size_t pdf_booklet_sheets(size_t pages);
/* Side `i` of the booklet: front and back of each sheet in turn, as they leave a printer that turns them about the short
 * edge. rtl: read from the other end. */
struct pdf_side pdf_booklet_side(size_t pages, size_t i, bool rtl);
/* How far [sp] the pages of a sheet move to the fold: paper lies in it, and inner leaves stand out by their thickness. */
sp pdf_booklet_creep(size_t sheet, sp caliper);

/* All sides, in order. Warns ("creep") of more than 1 mm. */
void pdf_booklet_write(struct pdf_job *job);

#endif
