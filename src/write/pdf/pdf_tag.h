/* The structure tree (ISO 32000-1, 14.7 and 14.8; PDF/UA-1): elements made from the doc tree as their
 * content is painted, kids in the order of the source, artifacts outside. An element is an index; -1 is
 * an artifact. */
#ifndef VERSTKA_WRITE_PDF_PDF_TAG_H
#define VERSTKA_WRITE_PDF_PDF_TAG_H

#include "write/pdf/pdf_job.h"

struct pdf_tags *pdf_tags_new(struct pdf_job *job);
void pdf_tags_free(struct pdf_tags *t);

/* The element whose content this item is, made if need be; -1: an artifact. */
int pdf_tags_element(struct pdf_tags *t, const struct item *it);
const char *pdf_tags_type(const struct pdf_tags *t, int element); /* "P": for BDC */
/* A new marked-content sequence of an element on a page: its MCID. Pages come in order. */
unsigned pdf_tags_mark(struct pdf_tags *t, int element, size_t page, const struct item *it);
/* A link annotation: joins the Link element of its item and returns its StructParent. */
unsigned pdf_tags_annotation(struct pdf_tags *t, const struct item *it, size_t page, unsigned annotation);

/* Writes the tree and the catalog's StructTreeRoot and MarkInfo. */
void pdf_tags_write(struct pdf_tags *t);
/* Afterwards: the object of the element that a node's content is in, or of the Link around a note's mark. */
unsigned pdf_tags_object(const struct pdf_tags *t, const struct node *n, bool mark);

#endif
