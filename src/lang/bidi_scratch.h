/* Inside lang/: what bidi.c keeps between paragraphs; struct langs owns it. */
#ifndef VERSTKA_LANG_BIDI_SCRATCH_H
#define VERSTKA_LANG_BIDI_SCRATCH_H

struct bidi_scratch;
void bidi_scratch_free(struct bidi_scratch *s); /* NULL is fine */

#endif
