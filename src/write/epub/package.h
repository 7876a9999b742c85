/* The package document: metadata, manifest, spine (E-07..E-12, E-22..E-29). */
#ifndef VERSTKA_WRITE_EPUB_PACKAGE_H
#define VERSTKA_WRITE_EPUB_PACKAGE_H

#include "write/epub/book.h"

/* b->files holds everything but the package itself, in the order of the container. */
void package_write(struct book *b, struct buf *out);

#endif
