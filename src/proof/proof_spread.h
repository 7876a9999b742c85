/* A proof being made: what its parts share. Lengths [sp] on the spread, from its top left corner. */
#ifndef VERSTKA_PROOF_PROOF_SPREAD_H
#define VERSTKA_PROOF_PROOF_SPREAD_H

#include "proof/proof.h"

enum proof_colour {
	PROOF_INK, PROOF_FRAME, PROOF_GRID, PROOF_TIGHT, PROOF_EVEN, PROOF_OPEN, PROOF_WIDE, PROOF_HOLE, PROOF_HYPHEN,
	PROOF_LADDER, PROOF_RIVER, PROOF_RELAXED, PROOF_OVER, PROOF_INSET, PROOF_STALE, PROOF_SHORT, PROOF_LAKE,
	PROOF_COLOURS
};

#define PROOF_SLUG SP_PT(84) /* left and right of the spread, for source lines and rules */
#define PROOF_TOP SP_PT(22)  /* above it, for the numbers of its pages */
#define PROOF_TYPE SP_PT(6)
#define PROOF_LEGEND_WIDTH SP_PT(480) /* the least that its page needs */

/* Things of each page, by page: list[from[i]] .. list[from[i + 1] - 1] are numbers of things on page i. */
struct proof_index {
	uint32_t *from, *list;
};

struct prover {
	const struct pages *in;
	const struct theme *theme;
	struct shaper *shaper;
	struct diag_log *log;
	struct arena *arena;       /* of the pages that are made */
	struct pages *out;
	struct face *face;
	int first_colour;          /* of ours, in out's palette */
	struct proof_index lines, gaps;
	int32_t *ladder;           /* of each line: hyphens in a row that it is one of */
	size_t *spread;            /* of each page of in: its page of out */
	bool *right;               /* of each page of in: it stands on the right */
};

/* proof_draw.c: pages of out are named by number, since adding one may move them all. */
void proof_fill(struct prover *p, size_t spread, enum proof_colour colour, sp x, sp y, sp w, sp h);
void proof_box(struct prover *p, size_t spread, enum proof_colour colour, sp x, sp y, sp w, sp h, sp thick);
/* Text from x on, or, ends: up to x; baseline y. Returns its width. */
sp proof_text(struct prover *p, size_t spread, enum proof_colour colour, sp x, sp y, bool ends, const char *text);
sp proof_page_x(const struct prover *p, size_t page); /* of the page's left edge on its spread */

/* proof_marks.c: marks below the type, then those above it, of one page of in; then quotes and floats of all. */
void proof_marks_below(struct prover *p, size_t page);
void proof_marks_above(struct prover *p, size_t page);
void proof_marks_insets(struct prover *p);

/* proof_legend.c */
sp proof_legend_height(sp width);   /* of the strip */
sp proof_legend_page_height(void);
void proof_legend_strip(struct prover *p, size_t spread, sp y);
void proof_legend_page(struct prover *p, size_t spread);

#endif
