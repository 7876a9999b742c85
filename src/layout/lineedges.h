/* All lines that a paragraph can have in one measure and pass: from each candidate the ends it reaches, found when first
 * asked for and kept, because page make-up asks for the same lines again and again. */
#ifndef VERSTKA_LAYOUT_LINEEDGES_H
#define VERSTKA_LAYOUT_LINEEDGES_H

#include "layout/linecost.h"

#define COST_OVERFULL ((int64_t)1000000000000) /* more than any feasible paragraph costs */

/* Candidates of a paragraph over several pages, which nobody writes: less is tried, so that it costs no more a page than others. */
enum { LINE_LONG = 6000 };

struct edge {
	int64_t cost;        /* all that does not hang on neighbouring lines */
	uint32_t to;         /* candidate */
	uint8_t fit;
};

struct edges {
	struct edge *v;
	size_t n, cap;
	uint32_t near;       /* how many candidates away the nearest end of a line was that was found last */
	/* per candidate, the last first, as far as asked for: of a long paragraph only a window may be;
	 * from: index + 1, 0: not asked for yet */
	struct edge_span { uint32_t from, n; } *of;
	size_t n_of;
};

/* Fewer lines are not to be had from a candidate on, in no pass, if any are narrower; counted up to `most`. */
int line_least(const struct par *p, uint32_t from, sp width, int most);

void edges_free(struct edges *e);
/* (All zero is none yet.) Lines from candidate a, ascending by their end; *n: how many. Valid until the next call. */
const struct edge *edges_from(struct edges *e, const struct par *p, const struct line_pass *pass, sp width, uint32_t a,
                              uint32_t *n);

#endif
