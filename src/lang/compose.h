/* T-04: a letter and the mark that follows it become the one character that Unicode has for them (NFC), so that text is
 * found, compared and drawn alike however it was typed; files from macOS and text copied out of PDFs are full of
 * such pairs. */
#ifndef VERSTKA_LANG_COMPOSE_H
#define VERSTKA_LANG_COMPOSE_H

#include <stddef.h>

#include "base/arena.h"
#include "doc/doc.h"

/* s[0..len) composed, in a, its length in *made; s itself if there is nothing to compose. */
const char *compose_text(struct arena *a, const char *s, size_t len, size_t *made);
/* What the document says of itself, and what its attributes say in words: alternative texts, expansions, short titles. */
void compose_data(struct doc *d);

#endif
