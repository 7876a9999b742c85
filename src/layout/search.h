/* States of the search for pages (search.c, searches.c) and the order among them (rank.c). */
#ifndef VERSTKA_LAYOUT_SEARCH_H
#define VERSTKA_LAYOUT_SEARCH_H

#include "base/strmap.h"
#include "layout/page.h"

enum {
	FREE = -1,
	PAGES_BRIEF = 40 /* documents up to that have wide beams, and a quote tried at each line */
};

/* How a state was reached: the page before it. */
struct arrival {
	int64_t cost;
	int32_t parent;   /* index of the state before; -1: the start, or no arrival */
	int quote;        /* beside the text, or -1 */
	sp quote_y;
	sp last;          /* line down to which its band went */
	const struct path *path;
};

struct state {
	struct position pos;
	struct band band;
	const struct note_part *carry;
	int n_carry;
	int pending;      /* float that must open the next page, or -1 */
	int quote;        /* first one not yet settled */
	int page;         /* number of the page that the step stands on */
	int foot;         /* blank rows at the foot of the column to its left, or FREE: there is none that faces this one */
	bool facing_quote; /* that verso carries a quote */
	bool done;
	uint8_t at[MOST_PINS]; /* of a survey: pages of the places that were passed */
	int64_t rank;
	struct arrival best, second; /* second.parent < 0: none */
};

/* One of the states of the layer in the making that would be kept if it ended now. */
struct leader {
	int64_t rank;
	size_t at;        /* in next */
};

struct search {
	struct paginator *p;
	struct arena *a;  /* of the results */
	enum paginate mode;
	int beam;         /* states a layer keeps */
	int step;         /* rows between places of a quote */
	int window;       /* rows from its paragraph where a quote is tried */
	bool thrifty;     /* of long documents: quick fills */
	bool chapters;    /* one chapter of many: quotes are tried near their paragraphs alone */
	int64_t most_work; /* of n_put; 0: no end of it */
	bool gave_up;
	int64_t least_cut; /* the cheapest that was left out although it cost less than the bound */
	struct arena kept;    /* what kept states point to */
	struct arena scratch; /* of the layer in the making */
	struct state *v;  /* all that were kept, layer after layer */
	size_t n, cap;
	struct state *next; /* candidates of the layer in the making */
	size_t n_next, cap_next;
	struct strmap keys; /* of the candidates: index + 1 */
	struct leader *leaders; /* of a beam: the best of the candidates, in order */
	int n_leaders;
	struct fill fill; /* scratch */
	int64_t bound;    /* a solution of this cost is known */
	int64_t guess;    /* while there is none: what one will cost less than; 0: no idea */
	bool surveys;     /* whole solutions are noted by the pages of their places, and the bound stands */
	struct state first; /* where it begins */
	int goal;         /* block that it goes up to: it begins a page, or is none any more */
	struct state end; /* the best whole solution */
	struct state reached; /* the same of all searches so far; its notes are in arena a */
	sp *left;         /* natural height from each block on, of things that span the columns as often as there are those */
	const sp **done;  /* of each block of many rows: how far down each of them stands; NULL: add up */
	int32_t *band_end; /* from each block on: where what spans the columns, or begins a page, is next, or the end */
	sp *blank;        /* from each block on: what ends of chapters may leave blank, at most */
	int64_t n_steps, n_states;
};

/* One search from s->first to s->goal; better solutions than the one in `out` take its place. */
void search_run(struct search *s, struct search_result *out);
/* The same in a mode. beam, work: at most so many; 0: as many as the mode has, and no end of them. False: it gave up. */
bool search_as(struct search *s, enum paginate mode, sp pages, int beam, int64_t work, struct search_result *out);
int64_t search_bound(const struct search *s, const struct search_result *known); /* what a solution must cost less than to be of use */

/* search.c, for step.c: another way to a state, or a new one; hint: see rank_state. Something of this cost, and what would have come of
 * it, was left out. A beam's rank that cannot be kept any more. */
void search_offer(struct search *s, struct state *st, int64_t hint);
void search_note_cut(struct search *s, int64_t cost);
int64_t search_hopeless_rank(const struct search *s);
/* step.c: from the states begin .. end - 1, sorted by their starts, all that the next step may lead to is offered. */
void step_layer(struct search *s, int32_t begin, int32_t end);
bool step_joins(const struct search *s); /* an exact search fills pages together here */
struct start step_start(const struct search *s, const struct state *st);

/* What two states share that have the same future. */
struct key {
	int64_t top, last;
	int32_t block, row, quote, foot, n_carry, carry_from, pending, page, column, keep;
	uint32_t cand, sides;
	uint64_t note, carry_sum;
	uint8_t at[MOST_PINS];
};
struct key rank_key(const struct state *s);

/* What a state is expected to come to: the beam's order. hint: what its next step will probably have to pay. */
int64_t rank_state(const struct search *s, const struct state *st, int64_t hint);
/* It cannot come to the wished number of pages. */
bool rank_is_hopeless(const struct search *s, const struct state *st);

int64_t rank_of_rows(const struct search *s, sp left); /* of it, what so much text still to be set makes */
sp rank_page_height(const struct theme *t); /* of all its columns together */
sp rank_rows_left(const struct search *s, const struct state *st); /* natural height of the text not yet set */
sp rank_carry_height(const struct note_part *part);

/* Orders that are the same on every machine: no addresses. By what the next step begins with; by rank, for qsort; by place
 * and then by what is remembered of the pages before, for qsort. */
int rank_by_place(const struct state *x, const struct state *y);
int rank_by_rank(const void *a, const void *b);
int rank_by_start(const void *a, const void *b);

#endif
