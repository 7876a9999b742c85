/* Line breaking: total fit (Knuth and Plass) over per-line measures. What a line costs: layout/linecost.h.
 *
 *   state = (candidate, lines, fitness class of the line that begins there, hyphens in a row from there on)
 *
 * The search goes from the paragraph's end to its start: what the best way to set the rest from a candidate costs, in
 * how many lines, does not depend on what stands before it but for the neighbouring line's class and hyphen. So one
 * table serves every start (page make-up breaks the same paragraph from many), every number of lines, and all text
 * behind a quote; lines beside a quote are searched forward, line by line, until the measure is full again, and joined
 * to the table:
 *
 *      from ── line 0 ── line 1 ── ... narrow ... ── line narrow_to ─┬─ table
 *
 * Lines are part of the state because the page maker asks for the same paragraph a line shorter or longer: one run
 * yields all counts. */
#ifndef VERSTKA_LAYOUT_LINEBREAK_H
#define VERSTKA_LAYOUT_LINEBREAK_H

#include "layout/linecost.h"

/* Widths of the lines, counted from the first one broken here. */
struct measure {
	sp full;
	sp indent;                    /* of the first line, when it is the paragraph's own first */
	sp narrow;                    /* of lines narrow_from .. narrow_to - 1 */
	int narrow_from, narrow_to;   /* equal: none */
	bool under;                   /* what narrows them stands at their start: the next line begins under it */
};

struct line {
	uint32_t from, to;  /* candidates */
	sp width;           /* its measure */
	bool narrow, beside; /* beside: of a paragraph some of whose lines are narrow */
	bool last;          /* of the paragraph, or before a forced break: not justified */
	uint8_t end;        /* enum break_kind of `to` */
	int16_t expansion, tracking; /* [1/1000] limits that were in force */
	int64_t cost;
};

struct broken {
	struct line *v;     /* in the layout's arena */
	int n;
	int64_t cost;
	int pass;           /* 0: the strictest tolerance was enough */
	bool overfull, loose; /* loose: it took more than wide spaces allow (the last but one pass or later) */
};

/* Breaks the paragraph from candidate `from` on. more: lines against the best count (-1, 0, +1). False when that
 * count cannot be had within the first passes; always true for 0. */
bool line_break(struct layout *l, const struct par *p, uint32_t from, const struct measure *m, int more,
                struct broken *out);
/* All three at once, for little more than one: out[0] a line less, out[1] the best, out[2] a line more; n 0: not to
 * be had. */
void line_break_all(struct layout *l, const struct par *p, uint32_t from, const struct measure *m, struct broken out[3]);

/* The whole paragraph in its best number of lines at one measure; and in all three, as line_break_all has them. Kept as
 * long as the paragraph is. */
const struct broken *line_break_natural(struct layout *l, struct par *p, sp width, sp indent);
const struct broken *line_break_variants(struct layout *l, struct par *p, sp width, sp indent);

/* Tables kept from call to call, up to a limit of memory; they change no result. l->tables may be NULL: none are kept.
 * They know paragraphs by address, so they go when those do. */
struct line_tables *line_tables_new(void);
void line_tables_free(struct line_tables *t); /* NULL is fine */
void line_tables_forget(struct line_tables *t); /* empties them */
size_t line_tables_bytes(const struct line_tables *t); /* about; NULL: 0 */

#endif
