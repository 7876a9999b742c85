/* The first half of a paragraph: its flattened text cut into pieces and shaped (par.h says what they are). */
#ifndef VERSTKA_LAYOUT_PIECES_H
#define VERSTKA_LAYOUT_PIECES_H

#include "layout/flatten.h"
#include "layout/squares.h"

struct piece_builder {
	struct layout *l;
	struct par *p;
	const struct flat *f;
	struct piece *v;
	size_t n, cap;
	size_t next_break; /* in the layout's list: first one behind the pieces so far */
	sp x;
	const uint8_t *levels;  /* [byte] of the text; NULL: all 0 */
	const uint8_t *objects; /* of the marks among the insertions */
	struct squares squares;
	const char *own_features; /* of the word that is being added, instead of its span's */
};

/* All pieces of the paragraph, into b->v. l->breaks are its break points. */
void pieces_build(struct piece_builder *b);
/* Is there a space at s[i], of *len bytes? */
bool pieces_space_at(const char *s, uint32_t i, uint32_t end, uint32_t *len);

#endif
