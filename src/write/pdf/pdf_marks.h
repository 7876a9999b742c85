/* What stands around the trimmed page for those who print and cut it: crop marks, register crosses, a bar of the
 * inks, and which page of which job this is. All of it outside the bleed; drawn, the words too, so that a search finds
 * only what the author wrote. */
#ifndef VERSTKA_WRITE_PDF_PDF_MARKS_H
#define VERSTKA_WRITE_PDF_PDF_MARKS_H

#include "write/pdf/pdf_job.h"

#define PDF_MARKS_SLUG unit_scale(SP_ONE, 7200, 254) /* 10 mm around the bleed */

/* The marks that all pages share, as an XObject: before the first page; shown on each. Nothing if there are to be none. */
void pdf_marks_write(struct pdf_job *job);
void pdf_marks_show(struct pdf_job *job, size_t page, struct buf *content);
void pdf_marks_free(struct pdf_job *job);

#endif
