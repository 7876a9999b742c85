/* Does a pull quote say anything of its own, or only what the text around it says already? Then whoever hears the
 * document instead of seeing it is spared the second time. */
#ifndef VERSTKA_DOC_ECHO_H
#define VERSTKA_DOC_ECHO_H

#include "doc/doc.h"

struct doc_echo; /* keeps the text of one division, folded: ask in document order */

struct doc_echo *doc_echo_new(void);
void doc_echo_free(struct doc_echo *e); /* NULL is fine */
/* True: every block of the quote stands word for word, case, hyphens' kind and outer punctuation aside, in the text of
 * the topmost division around it. A quote with links, notes or pictures is never an echo; nor is one beyond
 * the 500th asked about, since each costs a search through its division. */
bool doc_echo_is(struct doc_echo *e, const struct node *quote);

#endif
