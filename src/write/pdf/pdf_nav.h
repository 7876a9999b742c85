/* What is active in the screen PDF: link annotations, named destinations, outline; and page labels. */
#ifndef VERSTKA_WRITE_PDF_PDF_NAV_H
#define VERSTKA_WRITE_PDF_PDF_NAV_H

#include "write/pdf/pdf_job.h"

struct pdf_nav *pdf_nav_new(struct pdf_job *job);
void pdf_nav_free(struct pdf_nav *nav);
/* The annotation of an ITEM_LINK: its object number, 0 if it leads nowhere a PDF may lead. */
unsigned pdf_nav_link(struct pdf_nav *nav, const struct item *it, size_t page);
/* Is the mark of this note on a page, so that its number can lead back? */
bool pdf_nav_has_mark(const struct pdf_nav *nav, const struct node *note);
/* May a PDF have a link to this address? Scripts and data are no addresses. */
bool pdf_nav_is_active(const char *href);
void pdf_nav_write(struct pdf_nav *nav);  /* catalog: Outlines, Names */
void pdf_nav_write_labels(struct pdf_job *job); /* catalog: PageLabels; print has them too */

#endif
