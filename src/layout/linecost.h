/* What one line costs, and what it may look like in each pass: the numbers of line breaking. Calibrated on Russian
 * text (docs/TYPOGRAPHY.md says on which, and what each number is worth). All in integers.
 *
 * A candidate pair a..b is a possible line. Its natural width W, its spaces S and the measure T of the line give
 * d = T - W. d is shared between the spaces and a change of the glyphs' width (expansion, at most E) so that
 * x^2 + lambda y^2 is least, where x is the spaces' part in units of their allowed change and y the glyphs' part in
 * units of E; expansion is cheap (lambda = 0.1), so it is used first. A line costs
 *
 *      (10 + 100 (x^2 + lambda y^2))^2 + price^2 [+ the sums below]
 *
 * price: of a hyphen, a joint, a bind broken at b. Neighbouring lines cost more when they look bad together. */
#ifndef VERSTKA_LAYOUT_LINECOST_H
#define VERSTKA_LAYOUT_LINECOST_H

#include "layout/par.h"

enum {
	LINE_STRETCH = 400, LINE_SHRINK = 360, /* [1/1000] of the natural space: the unit of x */
	LINE_LEAST_GAP = 665, /* [1/1000] of the natural space: no gap is tighter (0.162 em in PT Serif), so that
	                       * readers of the PDF that guess words from gaps (poppler: 0.15 em) still see them */
	LINE_OPEN_GAP = 1400,  /* [1/1000] of the natural space: a wider one is seen by who looks for it */
	LINE_LOOSE_GAP = 1500, /* [1/1000] of the natural space: a wider one is seen as a hole */
	LINE_FULL_GAP = 1480,  /* no line of a wide measure has wider ones, be it a little short for that */
	LINE_RAGGED_GAP = 2000, /* where it would take more than this, the line is left short instead */
	LINE_TRACKING = 10,     /* [1/1000] of the line: letterspacing that any justified line may have */
	LINE_MOST_TRACKING = 15, /* in any pass */

	COST_LINE = 10,
	COST_OPEN = 90000,             /* spaces wider than LINE_OPEN_GAP: a hyphen and a bit */
	COST_LOOSE = 400000,           /* and this, wider than LINE_LOOSE_GAP: five hyphens */
	COST_SECOND_HYPHEN = 3000,     /* for each further hyphen in a row, */
	COST_LADDER = 150000,          /* and this from the third on, so that a page's quote rather stands elsewhere */
	COST_FITNESS = 3000,           /* neighbours differ by more than a class (tight, normal, open, loose) */
	COST_STACK = 4000,             /* the same word ends, or begins, two lines in a row (T-35) */
	COST_NEARLY_FULL = 20000,      /* a last line that ends less than an em before the edge and cannot be filled (T-66) */
	COST_SHORT_LAST = 60000, COST_HYPHEN_BEFORE_LAST = 20000, COST_SCRAP_LAST = 100000, COST_HALF_LAST = 400000, /* T-66, T-34 */
	COST_HALF_LAST_FLUSH = 10000000, /* the same of flush-left text, where a line before it a quarter full looks no worse */
	COST_UNDER_QUOTE = 200000,     /* a last line of a few words that stands by itself under a quote, as if it were of it */
	COST_HYPHEN_AT_TURN = 100000   /* a word cut where the measure changes: its halves stand far apart */
};

struct line_pass {
	int32_t loosest;   /* [1/1000] largest x; 0: none, and overfull lines are taken */
	int8_t ladder;     /* hyphens in a row */
	int8_t hard;       /* binds up to this level may be broken (enum line_level) */
	int16_t tracking;  /* [1/1000] on top of expansion */
};
/* What a candidate asks of a pass. */
enum line_level {
	LEVEL_FREE,
	LEVEL_HYPHEN,      /* foreign words, inner parts of compounds */
	LEVEL_BIND,        /* one-letter words, particles ... (T-21, T-22) */
	LEVEL_CLOSED       /* what never ends a line but in a string without any other place */
};
enum { LINE_VARIANT_PASSES = 2, LINE_MOST_PASSES = 10 }; /* a line more or less than the best is to be had
                                                           * in its own pass, and in the first ones only */

/* Passes from strict to whatever-it-takes, for this text at this (narrowest) measure. */
const struct line_pass *line_passes(const struct par *p, sp measure, int *n);
enum line_level line_level(const struct cand *c);

/* A candidate pair as a line. */
struct line_trial {
	int64_t cost;
	uint8_t fit;       /* 0..3 */
	bool possible;     /* false: wider than its measure at the tightest */
	bool loose;        /* looser than the pass allows */
};
struct line_trial line_try(const struct par *p, const struct line_pass *pass, const struct cand *a, const struct cand *b,
                           sp width);
/* What ending a line at b costs, whatever the line. */
int64_t line_end_price(const struct par_style *st, const struct cand *b);
/* T-66, T-57: a last line that is shorter than this is too short. */
sp line_least_last(const struct par *p, sp width);
bool line_is_hyphen(const struct cand *c);
/* What so many hyphens in a row cost beyond their own prices. */
int64_t line_row_price(unsigned hyphens);
/* The last line a..b begins with the rest of a word: of fewer than five letters and a stop, or with nothing behind it (T-34). */
bool line_is_scrap(const struct cand *a, const struct cand *b);
/* The same word stands under itself: at the ends of the lines before and after a, or at their starts. */
bool line_stacks(const struct par *p, const struct cand *a, const struct cand *b);

/* How d is shared: *x and *y in 1/65536 (see above). spaces, ink [sp] natural; limit [1/1000] of ink. False: even at
 * the tightest the line is wider than its measure. */
bool line_share(sp d, sp spaces, sp ink, int limit, int64_t *x, int64_t *y);
/* With so much for the spaces (x), the line is not justified but left short. */
bool line_is_ragged(const struct par *p, int64_t x);
/* What all spaces of a line may take at most: LINE_FULL_GAP, in a narrow measure anything. */
sp line_most_spaces(const struct par *p, sp width, sp spaces);
/* T-66: a last line ends at the edge or an em before it: one that would end between is justified, if its spaces may give
 * so much (x). d [sp]: what it leaves of its measure. */
bool line_is_nearly_full(const struct par *p, sp d);
bool line_may_fill(int64_t x);

#endif
