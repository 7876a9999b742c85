/* Pictures to image XObjects, each once. JPEGs pass through untouched where the target's colour space
 * and their orientation allow; all else is decoded, converted and deflated with PNG predictors. */
#ifndef VERSTKA_WRITE_PDF_PDF_IMAGE_H
#define VERSTKA_WRITE_PDF_PDF_IMAGE_H

#include "write/pdf/pdf_job.h"

/* Writes every picture that is on a page and adds /XObject to the resources. NULL with an error logged. */
struct pdf_images *pdf_images_new(struct pdf_job *job);
void pdf_images_free(struct pdf_images *im);
/* Of a picture item on a page: n of /In, -1 if it shows nothing. */
int pdf_images_number(const struct pdf_images *im, size_t page, const struct item *it);
bool pdf_images_has_alpha(const struct pdf_images *im, size_t page, const struct item *it); /* page needs a /Group */

#endif
