/* Page make-up by total fit: of all ways to cut the galley into pages, and to set its quotes, one whose
 * summed cost is least (within a beam).
 *
 * A position in the galley is (block, candidate or row): a point of the text, not of a broken galley, so a
 * paragraph that goes over a page is broken anew from there. A page is one step of the search:
 *
 *      state  = position, notes carried over, next quote, page side, bottom of the facing page
 *      step   = (no quote, or the waiting one at line k) x (an end reached from here)
 *
 *      L6  ─ first text baseline        rows: y of each baseline
 *      ...  ┌──────────┐
 *      k    │ quote    │  lines k .. k+n-1 are shortened
 *      ...  └──────────┘
 *      L    ─ text limit: what the notes below leave
 *      ────── rule
 *      1 note
 *      L56 ─ last baseline
 *
 * fill.c finds all ends of one page: a small search of its own over (block, y), in which each paragraph offers
 * its natural number of lines, one more and one less. search.c walks from page to page. The chosen pages are filled
 * again, this time recording every row, and placed (place.c). Costs are in points: 25 is one blank row at the
 * foot of a page, which is barely seen; 5000 never happens unless nothing else exists. */
#ifndef VERSTKA_LAYOUT_PAGE_H
#define VERSTKA_LAYOUT_PAGE_H

#include "base/strmap.h"
#include "layout/block.h"

struct position {
	int block;
	uint32_t cand;  /* in a paragraph: the candidate the rest begins at */
	int row;        /* in ready rows */
};

/* A note, or what is left of one. */
struct note_part {
	const struct node *note;
	const struct rows *rows;
	int from, to;
	bool continued; /* its beginning stands on a page before */
};

/* Which paragraphs of a page take a line more or less than their best. */
struct path {
	const struct path *before;
	int block;
	int more;
};

/* Where a page begins, and what it owes. */
struct start {
	struct position pos;
	const struct note_part *carry; /* notes to be continued or still to be begun, in order */
	int n_carry;
	bool recto;
	sp first_y;
};

/* A way to end the page. */
struct end {
	struct position next;
	sp y;                          /* last baseline */
	sp limit;                      /* the lowest it could be, with these notes */
	int64_t cost;                  /* of what is on the page and of ending here; not the empty rows */
	const struct path *path;
	const struct note_part *later; /* of the notes, what must go on to the next page */
	int n_later;
	bool has_notes;
};

struct fill {
	struct end *v;
	size_t n, cap;
	sp anchor_top, anchor_bottom;  /* baselines of the watched quote's paragraph; 0: not on this page */
};

struct placed {
	int block;
	sp y;
	struct line line;              /* BLOCK_PAR */
	const struct row *row;         /* BLOCK_ROWS */
	bool first, head;              /* first row of its block; repeated table head */
	struct position next;
};

/* A page filled for good. */
struct trial {
	struct placed *v;
	size_t n, cap;
	struct note_part *notes;
	size_t n_notes, cap_notes;
	int quote;                     /* index, or -1 */
	sp quote_y;                    /* baseline of the first shortened line */
};

struct paginator {
	struct layout *l;
	struct galley *g;
	struct pages *pages;
	struct strmap notes;           /* N_FOOTNOTE's address -> struct rows */
	struct arena memo_arena;       /* broken paragraphs, forgotten now and then */
	struct strmap memo;
	sp text_w;
	bool recto;                    /* of the page at work */
};

/* Makes all pages. False if layout failed (reported). */
bool page_make_all(struct layout *l, struct galley *g, struct pages *out);

/* search.c: the chosen pages, in order. */
struct choice {
	struct start start;
	struct position next;
	int quote;
	sp quote_y;
	const struct path *path;
	int page;                      /* its number; a gap is a blank page */
};
/* *choices in arena a; returns how many. first_y: of page 1. */
int search_pages(struct paginator *p, struct arena *a, sp first_y, const struct choice **choices);

/* fill.c */
/* All ends of a page. quote < 0: none; watch: the quote whose paragraph's place is wanted, or -1. Results from arena a. */
void fill_ends(struct paginator *p, struct arena *a, const struct start *s, int quote, sp quote_y, int watch,
               struct fill *out);
/* The page again, by its choice, row by row. */
void fill_again(struct paginator *p, struct arena *a, const struct choice *c, struct trial *t);
void trial_free(struct trial *t);
/* Baseline limit for text above notes of this height (sum of advances less the last); any false: no notes. */
sp page_text_limit(const struct theme *t, sp notes_height, bool any);
/* What a quote at this side leaves of a text line that begins `start` into the column. */
sp quote_measure(const struct paginator *p, const struct quote *q, sp start, sp end, sp *shift);
void fill_forget(struct paginator *p); /* the memo of broken paragraphs */
/* Height [sp] of a block set naturally, spaces left out. */
sp fill_natural_height(struct paginator *p, int block);

/* place.c: a filled page onto its page. */
void place_trial(struct paginator *p, const struct trial *t, struct page *page);
void place_rows(struct paginator *p, struct page *page, const struct rows *r, int from, int to, sp y, enum item_role role);

/* master.c: what stands on pages beside the text. */
sp master_masthead(struct paginator *p, struct page *page); /* returns the first text baseline */
void master_heads(struct paginator *p);
void master_contents(struct paginator *p);
void master_imprint(struct paginator *p);

#endif
