/* Looks for a layout of pages that costs less than one known. Costs are those of the judge (layout/judge.c), who sees the finished
 * pages and nothing of the search. */
#ifndef VERSTKA_TESTS_ORACLE_H
#define VERSTKA_TESTS_ORACLE_H

#include "layout/page.h"

struct oracle {
	struct paginator *p;
	int64_t best;      /* look for less than this; if found: that */
	int64_t most;      /* pages made at most */
	int64_t pages;     /* made */
	bool found;
	bool stopped;      /* at the limit: nothing is proved */
	const char *fault; /* a page breaks a rule */
};

/* Layout by layout: keeps no states, merges nothing, and fills pages in every way there is. */
void oracle_every_layout(struct oracle *o);
/* State by state, the cheapest first: of all ways to the same place that leave the same behind and that the judge cannot tell apart from
 * there on (struct judged_past), one is followed. What the judge remembers is not what the search does: its states are other ones,
 * and the order is another. Ways to fill a page are not merged; those that come too dear are dropped by their price when they are made,
 * which is held against the judge's on every page that is not. */
void oracle_by_states(struct oracle *o);

#endif
