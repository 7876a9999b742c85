/* Page make-up: from the galley to finished pages.
 *
 * A position in the galley is (block, candidate or row). One page is a trial: rows placed from a position on,
 * with the notes they call, maybe around one pull quote; it ends at the row where the page looks best. Trials
 * are made for each place a waiting quote could take, and the cheapest is kept (page by page: the search over
 * the whole document takes this function's place behind the same door).
 *
 *      L6  ─ first text baseline        rows: y of each baseline
 *      ...  ┌──────────┐
 *      k    │ quote    │  lines k .. k+n-1 are shortened
 *      ...  └──────────┘
 *      L    ─ text limit: what the notes below leave
 *      ────── rule
 *      1 note
 *      L56 ─ last baseline
 */
#ifndef VERSTKA_LAYOUT_PAGE_H
#define VERSTKA_LAYOUT_PAGE_H

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

struct placed {
	int block;
	sp y;
	struct line line;         /* BLOCK_PAR */
	int line_no;              /* of the paragraph's part on this page */
	const struct row *row;    /* BLOCK_ROWS */
	bool first, head;         /* first row of its block; repeated table head */
	int64_t price;            /* of ending the page here */
	struct position next;
	int n_notes;              /* note parts on the page when it ends here */
	sp notes_height;
};

struct trial {
	struct placed *v;
	size_t n, cap;
	size_t end;               /* rows kept: v[0 .. end-1] */
	struct note_part *notes;
	size_t n_notes, cap_notes;
	int64_t cost;
	bool finished;            /* the galley's end is reached */
	bool forced;              /* ends before a block that begins a page */
	int quote;                /* index, or -1 */
	sp quote_y;               /* baseline of the first shortened line */
	struct note_part *later;  /* what of the notes must go on to the next page, in order */
	size_t n_later, cap_later;
	size_t later_base;        /* of these, how many were left over before any row was placed */
	sp limit;                 /* text limit with the notes kept */
};

struct paginator {
	struct layout *l;
	struct galley *g;
	struct pages *pages;
	sp first_y;               /* of this page */
	bool recto;
	struct note_part *carry;  /* notes to be continued or still to be begun, in order */
	size_t n_carry, cap_carry;
	int next_quote;           /* first one not yet placed */
	struct strmap notes;      /* N_FOOTNOTE's address -> struct rows */
	sp text_w;
	bool had_quote;           /* on the page before */
};

/* Makes all pages. False if layout failed (reported). */
bool page_make_all(struct layout *l, struct galley *g, struct pages *out);

/* fill.c: one trial page from a position. quote < 0: none. */
void fill_page(struct paginator *p, struct position from, int quote, sp quote_y, struct trial *t);
void trial_free(struct trial *t);
const struct rows *note_of(struct paginator *p, const struct node *note);
/* Baseline limit for text above notes of this height (sum of advances less the last); 0: no notes. */
sp page_text_limit(const struct theme *t, sp notes_height, bool any);
/* What a quote at this side leaves of a text line that begins `start` into the column. */
sp quote_measure(const struct paginator *p, const struct quote *q, sp start, sp end, sp *shift);

/* place.c: a kept trial onto its page. */
void place_trial(struct paginator *p, const struct trial *t, struct page *page);
void place_rows(struct paginator *p, struct page *page, const struct rows *r, int from, int to, sp y, enum item_role role);

/* master.c: what stands on pages beside the text. */
sp master_masthead(struct paginator *p, struct page *page); /* returns the first text baseline */
void master_heads(struct paginator *p);
void master_contents(struct paginator *p);
void master_imprint(struct paginator *p);

#endif
