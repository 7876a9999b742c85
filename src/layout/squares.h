/* Paragraphs of Chinese and Japanese: characters stand in squares, one beside the other. Each is a piece of its own; half
 * a square of a mark is blank, and that blank, the gap beside Latin, and the nothing between two characters are pieces
 * too (PIECE_GAP), which are lost at a line's ends and share what a line has too much or too little:
 *
 *      （ 人 ， A B C 人 ）        pieces: （ 0 人 0 ， ½ ABC ¼ 人 0 ）      widths of gaps in em
 *
 * So a mark at a line's end is half a square, an opening one at its start too (T-54). What goes between whom: lang/han.h.
 * A line gives x times the sum of its gaps' stretch (or shrink, x < 0; never under -1). */
#ifndef VERSTKA_LAYOUT_SQUARES_H
#define VERSTKA_LAYOUT_SQUARES_H

#include "lang/han.h"
#include "layout/linecost.h"

/* What the paragraph's builder has placed last. */
struct squares {
	bool on;
	enum han_class left;
	sp left_blank;            /* [sp] */
	sp owed;                  /* a mark stands in the blank of what is before it: what is left of that */
	bool spaced;              /* a space of the text waits for what is behind it: */
	uint32_t space_span, space_from, space_to;
	const char *features, *half; /* half: the features, and halves of squares */
};
/* Is anything in this paragraph set so? */
bool squares_wanted(const struct span *spans, size_t n);
enum han_class squares_class(const struct span *s, uint32_t c);
/* Are marks of this class cut to half a square? */
bool squares_is_cut(enum han_class k);
/* The gap between what was placed last and this. blank: of this, before it. False: none (two Latin words, edges). */
bool squares_gap(const struct squares *q, enum han_class right, sp blank, sp em, struct piece *gap);

enum { SQUARES_MOST_X = 8 }; /* a line that would need more, a quarter of a square between any two, is left ragged */

/* Lines. The measure is a whole number of squares where lines are justified. */
sp squares_measure(const struct par *p, sp width);
struct give squares_between(const struct par *p, const struct cand *a, const struct cand *b);
/* x in 1/65536 for what is missing, d [sp]. False: not even at the tightest. */
bool squares_share(sp d, struct give g, int64_t *x);
sp squares_give(const struct piece *pc, int64_t x);

#endif
