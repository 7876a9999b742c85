/* What a node is called in the structure tree: names of PDF 1.7 and those of PDF 2.0 that pdf_tree.c maps to them
 * (ISO 32000-1, 14.8.4; the nesting rules of ISO 32005 are kept as well). Pure questions to the doc tree. */
#ifndef VERSTKA_WRITE_PDF_PDF_ROLE_H
#define VERSTKA_WRITE_PDF_PDF_ROLE_H

#include "doc/doc.h"

/* The structure type, NULL: none of its own, its content joins its parent's. */
const char *pdf_role_of(const struct node *n);
/* Is this a title that begins the paragraph behind it? */
bool pdf_role_is_run_in(const struct node *n);
bool pdf_role_is_head(const struct node *cell);
/* What Scope says of a head cell: "Column", "Row" or "Both". */
const char *pdf_role_scope(const struct node *cell);
/* The picture that a figure is about, the one its Alt tells; NULL: none. */
const struct node *pdf_role_picture(const struct node *figure);
/* The chart that is all of a figure; NULL: there is none, or more than that. */
const struct node *pdf_role_chart(const struct node *figure);
bool pdf_role_is_decorative(const struct node *n);
/* ListNumbering of a list, NULL: none (a list of terms). */
const char *pdf_role_numbering(const struct node *list);

#endif
