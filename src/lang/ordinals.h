/* Raised endings of French ordinals (T-45): 1er, 2e, XXe become numbers with a superscript. Inside lang/. */
#ifndef VERSTKA_LANG_ORDINALS_H
#define VERSTKA_LANG_ORDINALS_H

#include "doc/doc.h"
#include "lang/lang.h"

/* An ordinal in text[0..len) at or behind `from`: where its ending begins and ends, in bytes. A single Roman figure other
 * than I, V, X is taken for a letter: Le, Ce, De, Me are words. */
bool ordinals_find(const char *text, size_t len, size_t from, size_t *ending, size_t *end);
/* In a text node of French, not in code: parts it. How many. The caller goes on behind the node that is left. */
unsigned ordinals_raise(struct doc *d, struct node *text);

#endif
