/* The style sheets, made from the theme (HS-54..HS-57, E-64..E-70).
 *
 * Two files: book.css has nothing that an old reader could choke on, since some drop a whole sheet for
 * one rule unknown to them (E-82); modern.css has the rest: dark screens, hyphenation, drawn bullets.
 * Sizes are ems of the reader's own type; the theme's scale is printed type's, and is damped here to
 * what a small screen bears. */
#ifndef VERSTKA_WRITE_EPUB_CSS_H
#define VERSTKA_WRITE_EPUB_CSS_H

#include "write/epub/book.h"

void css_write(struct book *b, struct buf *out);
void css_write_modern(struct book *b, struct buf *out);
/* "Book Serif": what the sheets and the font files call a family of fonts.xml. */
const char *css_family(struct book *b, const char *family);

#endif
