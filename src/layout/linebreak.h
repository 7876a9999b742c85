/* Line breaking: total fit (Knuth and Plass) over per-line measures.
 *
 * A candidate pair a..b is a possible line. Its natural width W, its spaces S and the measure T of the line
 * number it would have give d = T - W. d is shared between the spaces and a change of the glyphs' width
 * (expansion, at most E) so that x^2 + lambda y^2 is least, where x is the spaces' part in units of their
 * allowed change and y the glyphs' part in units of E; expansion is cheap (lambda = 0.1), so it is used first.
 * The cost of a line is (10 + 100 (x^2 + lambda y^2))^2 + price^2, plus fixed sums for neighbours that look
 * bad together. Calibrated on Russian text: the numbers stand in linebreak.c. All in integers.
 *
 *   state = (candidate, lines so far, fitness class, hyphens in a row)
 *
 * Lines are part of the state because each may have a measure of its own (text that runs around a quote), and
 * because the page maker asks for the same paragraph a line shorter or longer: one run yields all counts. */
#ifndef VERSTKA_LAYOUT_LINEBREAK_H
#define VERSTKA_LAYOUT_LINEBREAK_H

#include "layout/par.h"

/* Widths of the lines, counted from the first one broken here. */
struct measure {
	sp full;
	sp indent;                    /* of the first line, when it is the paragraph's own first */
	sp narrow;                    /* of lines narrow_from .. narrow_to - 1 */
	int narrow_from, narrow_to;   /* equal: none */
};

struct line {
	uint32_t from, to;  /* candidates */
	sp width;           /* its measure */
	bool narrow, last;  /* last: of the paragraph, or before a forced break: not justified */
	int16_t expansion, tracking; /* [1/1000] limits that were in force */
	int64_t cost;
};

struct broken {
	struct line *v;     /* in the layout's arena */
	int n;
	int64_t cost;
	int pass;           /* 0: the strictest tolerance was enough */
	bool overfull, loose;
};

/* Breaks the paragraph from candidate `from` on. more: lines against the best count (-1, 0, +1). False when that
 * count cannot be had within the first passes; always true for 0. */
bool line_break(struct layout *l, const struct par *p, uint32_t from, const struct measure *m, int more,
                struct broken *out);

/* How d is shared: *x and *y in 1/65536 (see above). spaces, ink [sp] natural; limit [1/1000] of ink. False: even at
 * the tightest the line is wider than its measure. */
bool line_share(sp d, sp spaces, sp ink, int limit, int64_t *x, int64_t *y);

enum {
	LINE_STRETCH = 450, LINE_SHRINK = 360, /* [1/1000] of the natural space: the unit of x */
	LINE_LEAST_GAP = 670 /* [1/1000] of the natural space: no gap is tighter (0.163 em in PT Serif), so that
	                      * readers of the PDF that guess words from gaps (poppler: 0.15 em) still see them */
};

#endif
