/* The navigation document (E-15..E-19) and its elder, the NCX (E-74). Written when all text is. */
#ifndef VERSTKA_WRITE_EPUB_NAV_H
#define VERSTKA_WRITE_EPUB_NAV_H

#include "write/epub/book.h"

void nav_write(struct book *b, struct buf *out);
void nav_write_ncx(struct book *b, struct buf *out);

#endif
