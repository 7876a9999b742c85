/* Notes in the margin column (T-79, HS-37): each beside the line that calls it, its first baseline on that line's. Where two
 * would overlap they make room for each other, up and down, by no more than the theme allows; a note that finds no place
 * in that way goes to the foot of the text. Pull quotes, captions, boxes and whatever else reaches into the margin stay where they
 * are.
 *
 *      text ¹ text text text text    ¹ note on its line
 *      text text text text text      note note
 *      text text ² text ³ text       ² moved up to make room
 *      text text text text text      note
 *      ┌ table ──────────────┐       ³ moved down
 *                                    Table 1: fixed
 *
 * Whether a note fits depends on two numbers of what stands above it: the first baseline that is free if all of them are
 * pushed up as far as they go, and the first that is free if none is (that one makes the price). So they are all that a
 * page in the making remembers of its margin. Where each note stands is worked out for the finished page. */
#ifndef VERSTKA_LAYOUT_SIDE_H
#define VERSTKA_LAYOUT_SIDE_H

#include "layout/page.h"

struct side {
	sp low;   /* first baseline [sp] that is free if all above go up as far as they may */
	sp free;  /* ... if all above go down as far as they must */
	bool fixed; /* what stands lowest is none of the notes */
};

/* Lines of the margin that the pull quote of the page takes; bottom 0: it has none. */
struct side_gap {
	sp top, bottom;
};

/* The first baseline at or below `from` for a note whose mark stands at `mark` and whose last baseline is `extent` below its
 * first: on the mark's line or on the grid, and clear of the quote. */
sp side_next(const struct theme *t, sp from, sp mark, sp extent, const struct side_gap *quote);
/* How far a note reaches below its first baseline; how far below that the next one may begin. */
sp side_extent(const struct rows *r);
sp side_clear(const struct rows *r);
/* The gap that a quote of so many lines at y makes. */
struct side_gap side_gap_of(const struct theme *t, sp quote_y, int lines);
/* What a row, and its block if the row is the first, put into the margin themselves: they begin at *top; the next note
 * may begin at *bottom. False: nothing. */
bool side_taken(const struct theme *t, const struct block *b, const struct placed *pl, sp *top, sp *bottom);
/* What they put there beside other text than their own: the first baseline that is free of it; 0: nothing. */
sp side_hang(const struct block *b, const struct placed *pl);
/* The note's rows as they stand in the margin; made once. */
const struct rows *side_rows(struct paginator *p, const struct node *note);
/* First baselines of all side notes of a filled page that begins at first_y: y[i] of t->sides[i]. */
void side_settle(const struct paginator *p, const struct trial *t, sp first_y, sp *y);

#endif
