/* Before a line of XHTML is written: which file each node goes to, which id it has there, where the
 * printed pages begin, and what the book is called and known by. */
#ifndef VERSTKA_WRITE_EPUB_PLAN_H
#define VERSTKA_WRITE_EPUB_PLAN_H

#include "write/epub/book.h"

void plan_book(struct book *b);
/* A division's number as print has it: "Глава 1" above its title; in_line: before it, "1. ". NULL: none. */
const char *plan_label(struct book *b, const struct node *n, bool in_line);

/* UUID version 5 (RFC 9562) of a name in verstka's own name space, as "urn:uuid:..." in out. */
void plan_uuid(const char *name, size_t len, char out[46]);

#endif
