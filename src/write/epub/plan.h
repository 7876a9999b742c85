/* Before a line of XHTML is written: which file each node goes to, which id it has there, where the
 * printed pages begin, and what the book is called and known by. */
#ifndef VERSTKA_WRITE_EPUB_PLAN_H
#define VERSTKA_WRITE_EPUB_PLAN_H

#include "write/epub/book.h"

void plan_book(struct book *b);

/* "Chapter 3." in the book's language, or the bare label; NULL: the division has none. */
const char *plan_label(struct book *b, const struct node *division);

/* UUID version 5 (RFC 9562) of a name in verstka's own name space, as "urn:uuid:..." in out. */
void plan_uuid(const char *name, size_t len, char out[46]);

#endif
