/* Items to content streams: the one place where y is flipped and sp become points. */
#ifndef VERSTKA_WRITE_PDF_PDF_PAGE_H
#define VERSTKA_WRITE_PDF_PDF_PAGE_H

#include "write/pdf/pdf_job.h"

void pdf_page_write(struct pdf_job *job, size_t page); /* in page order */
/* What is on the page alone, appended to content; the origin is job->margin left of and below the trim. True: some of it is
 * transparent. For files without links or tags. */
bool pdf_page_paint(struct pdf_job *job, size_t page, struct buf *content);
/* ColorSpace and ExtGState of the shared resources. */
void pdf_page_put_resources(struct pdf_job *job);

#endif
