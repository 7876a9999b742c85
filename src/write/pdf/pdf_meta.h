/* What the file says about itself: Info and XMP, with equal values; language, title in the window. */
#ifndef VERSTKA_WRITE_PDF_PDF_META_H
#define VERSTKA_WRITE_PDF_PDF_META_H

#include "write/pdf/pdf_job.h"

/* file: the bytes written so far; the ids come from them. */
void pdf_meta_write(struct pdf_job *job, const struct buf *file);
/* Is this a language tag that a Lang key may hold? NULL is none. */
bool pdf_meta_is_language(const char *tag);

#endif
