/* Page make-up by total fit: of all ways to cut the galley into pages, and to set its quotes and floats, one whose
 * summed cost (price.h) is least.
 *
 * A position in the galley is (block, candidate or row): a point of the text, not of a broken galley, so a
 * paragraph that goes over a page is broken anew from there. A page is one step of the search:
 *
 *      state  = position, notes carried over, next quote, float put off, page side, foot of the facing page
 *      step   = (no quote, or the waiting one at line k) x (an end reached from here)
 *
 *      L6  ─ first text baseline        rows: y of each baseline
 *      ...  ┌──────────┐
 *      k    │ quote    │  lines k .. k+n-1 are shortened
 *      ...  └──────────┘
 *      L    ─ text limit: what a float at the foot and the notes below leave
 *      ────── rule
 *      1 note
 *      L56 ─ last baseline
 *
 * What a page costs and where it can end depend on its state alone, and every line is charged on the page it stands
 * on. So the cheapest way to a state is all that need be kept of its past (Bellman), although text runs around quotes:
 * they stand inside one step.
 *
 * fill.c finds all ends of one page: a search of its own over (block, y), in which each paragraph offers its best
 * number of lines, one more and one less, and each float its place, the page's foot, or the next page (put.c). foot.c fits
 * notes, variant.c breaks and remembers paragraphs. search.c walks from page to page, keeping all states (exact), the
 * best few (beam) or one (greedy). The chosen pages are filled again, this time recording every row, judged by code
 * that knows nothing of the search (judge.c: same sum, or a warning), and placed (place.c).
 *
 * Not chosen but ruled: notes are split only when they do not fit, and then as late as they can be; at most one float waits for
 * the next page, and none beside the rest of a note; a band of columns that ends above the page's foot ends near the line where
 * its text would fill them all (search.c). */
#ifndef VERSTKA_LAYOUT_PAGE_H
#define VERSTKA_LAYOUT_PAGE_H

#include "base/strmap.h"
#include "layout/block.h"
#include "layout/layout.h"

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

/* What a page does otherwise than by default: paragraphs that take a line more or less, quotes set across the column,
 * floats that leave their place. */
enum { MORE_IN_COLUMN = 10, MORE_FOOT, MORE_NEXT, MORE_NOTES_FOOT /* a paragraph's side notes at the foot */ };
struct path {
	const struct path *before;
	int block;
	int more;       /* -1, 1, or one of the above */
};

/* Where a step stands on its page. A page of one column is one step. Else a page is cut into bands, each either of things
 * that span all columns (one step) or of columns side by side (a step each).
 *
 *      ┌───────────────┐
 *      │ heading       │  band: a step of what spans
 *      ├──────┬────────┤
 *      │ 0    │ 1      │  band: two steps, both down to `last`, their notes included
 *      ├──────┴────────┤
 *      │ wide table    │
 *      ├──────┬────────┤
 *      │ 0    │ 1      │  the page's last band goes down to its foot
 *      └──────┴────────┘
 */
struct band {
	int column;        /* which one; 0 in a band of what spans them */
	sp top;            /* first baseline */
	sp last;           /* lowest baseline of text and notes; 0: still to be chosen */
	bool below;        /* it is not the page's first, or has a float above it */
	int keep;          /* lines that a heading above it wants to have here; 0: none stands above */
};

/* Where a step begins, and what it owes. */
struct start {
	struct position pos;
	struct band band;
	const struct note_part *carry; /* notes to be continued or still to be begun, in order */
	int n_carry;
	int pending;    /* insert that must stand at this page's top, or -1 */
	int quote;      /* the first that is not settled yet */
	bool recto;
};

/* A way to end the step. */
struct end {
	int start;                     /* which of those that were filled together */
	struct position next;
	sp y;                          /* last baseline, or lower what reaches below it */
	sp limit;                      /* the lowest it could be, with these notes */
	int64_t cost;                  /* of what stands in the step */
	int64_t cut;                   /* of its end, if the next step is in another column or on another page */
	int64_t blank;                 /* of blank rows, if there they mean something */
	int64_t hint;                  /* what the next step will probably have to pay for this end */
	const struct path *path;
	const struct note_part *later; /* of the notes, what must go on to the next page */
	int n_later;
	int n_waiting;                 /* of them, how many were called before this step, or span the columns, and are not begun */
	int slack;                     /* blank rows at the foot */
	int pending;                   /* insert put off to the next page, or -1 */
	int column;                    /* last quote set across the column on this page, or -1 */
	sp quote_y;                    /* where the quote beside the text stands; 0: there is none */
	bool full_foot;                /* notes or a float stand at the foot */
	bool ends, opens;              /* of the document; before a block that begins a page */
	bool closes;                   /* it ends its band: what comes next spans the columns, or no longer does */
	sp behind, space;              /* first free baseline behind its last row; space between that row's block and the next */
	int keep;                      /* lines that the heading it ends with wants below it */
};

struct fill {
	struct end *v;
	size_t n, cap;
	struct seen {
		sp anchor_top, anchor_bottom; /* baselines of the watched quote's paragraph; 0: not on this page */
		int64_t least_cut;     /* there were more ways than are kept: the cheapest that was dropped; else INT64_MAX */
	} *seen;                       /* [start] */
};

enum placed_where { IN_TEXT, AT_TOP, AT_FOOT };
struct placed {
	int block;
	sp y;
	struct line line;              /* BLOCK_PAR */
	const struct row *row;         /* BLOCK_ROWS */
	bool first, head;              /* first row of its block; repeated table head */
	enum placed_where where;       /* AT_TOP, AT_FOOT: of a float; behind all rows of the text */
	sp behind;                     /* of its block's last row: the first free baseline behind it */
	struct position next;
};

/* A note that stands in the margin column. */
struct side_note {
	const struct node *note;
	const struct rows *rows;
	sp mark;                       /* baseline of the line that calls it */
	size_t row;                    /* that line, in the trial */
};

/* A page filled for good. */
struct trial {
	struct placed *v;
	size_t n, cap;
	struct side_note *sides;       /* in the order of their marks */
	size_t n_sides, cap_sides;
	struct note_part *notes;
	size_t n_notes, cap_notes;
	int quote;                     /* index, or -1 */
	sp quote_y;                    /* baseline of the first shortened line */
};

struct paginator {
	struct layout *l;
	struct galley *g;
	struct pages *pages;
	enum paginate mode;
	struct strmap notes;           /* N_FOOTNOTE's address -> struct rows */
	struct note_rows { const struct node *note; const struct rows *rows; } last_notes[16]; /* of `notes`, asked for last */
	struct strmap side_notes;      /* the same as set in the margin column */
	struct arena memo_arena;       /* broken paragraphs, forgotten now and then */
	struct strmap rests;           /* of them, by where they begin */
	struct rest_memo *last_rests[64]; /* asked for last */
	size_t n_remembered;
	struct last_narrow { const struct quote *q; sp start, end, measure, shift; bool recto; } last_narrow;
	sp text_w, first_y;            /* of one column; first_y: first baseline of page 1 */
	sp span_w;                     /* of all columns */
	sp imprint_room;               /* imprint.c */
	int column;                    /* of the step at work */
	struct note_part *owed;        /* notes that the masthead calls */
	int n_owed;
	bool recto;                    /* of the page at work */
	size_t remembered;             /* [byte] by variant.c and linebreak.c and of paragraphs at hand: the most at a time */
	int64_t n_fills, n_breaks, n_put; /* work done: pages filled, paragraphs broken, blocks put on pages */
};

/* Makes all pages, but for those that the quotes left over will change anyway. False if layout failed (reported). */
bool page_make_all(struct layout *l, struct galley *g, struct pages *out);

/* search.c: the chosen pages, in order. */
struct choice {
	struct start start;
	struct position next;
	int quote;
	sp quote_y;
	const struct path *path;
	int page;                      /* its number; a gap is a blank page; several steps may stand on one */
};
struct plan {
	struct choice *v;
	int n;                         /* 0: no solution */
	int64_t cost;
};
struct search_result {
	struct plan best, second;      /* second: the cheapest other one that was met; n == 0: none */
	enum paginate ran;
	bool chapters;                 /* one by one: `ran` is what each at least had */
	bool proved;                   /* no layout within the rules above costs less */
	int64_t n_states, n_steps;
};
/* Results in arena a. */
void search_pages(struct paginator *p, struct arena *a, struct search_result *out);

/* fill.c */
struct fill_options {
	int quote;                     /* beside the text, or -1 */
	sp quote_y, quote_last, quote_step; /* at one of these lines: from quote_y down to quote_last; step 0: at quote_y */
	int watch;                     /* the quote whose paragraph's place is wanted, or -1 */
	bool column;                   /* quotes may be set across the column */
	int64_t most;                  /* ends that cost this or more are of no use; not fill_together's */
	bool quick;                    /* few ways kept at each block; no deep holes at the foot if there are other ends */
	bool apart;                    /* nothing merged: every way to fill the page is an end of its own (tests) */
};
/* All ends of a page. Results from arena a. */
void fill_ends(struct paginator *p, struct arena *a, const struct start *s, const struct fill_options *o, struct fill *out);
/* Of several starts, in the order of their positions, that differ in those alone and carry no notes: the same as one by one (but which of
 * two that cost the same), for less, since what stands on several pages is put once. most: of each. Not quick, not apart, one column,
 * no notes in the margin. */
void fill_together(struct paginator *p, struct arena *a, const struct start *s, const int64_t *most, int n, const struct fill_options *o,
                   struct fill *out);
/* The page again, by its choice, row by row. */
void fill_again(struct paginator *p, struct arena *a, const struct choice *c, struct trial *t);
void trial_free(struct trial *t);
sp float_height(struct paginator *p, int insert); /* float.c: [sp] in whole rows */
/* Baseline limit for text above notes of this height (sum of advances less the last) that end at `last`; any false: no notes. */
sp page_text_limit(const struct theme *t, sp last, sp notes_height, bool any);
/* What a quote at this side leaves of a text line that begins `start` into the column. */
sp quote_measure(const struct paginator *p, const struct quote *q, sp start, sp end, sp *shift);

/* foot.c: height [sp] of all notes a block calls. */
sp foot_height_of(struct paginator *p, const struct block *b);

/* band.c: what may follow an end. */
enum seam_kind { SEAM_DONE, SEAM_COLUMN, SEAM_PAGE, SEAM_BELOW /* on the same page, under this band */ };
struct seam {
	enum seam_kind kind;
	struct band band;              /* of the next step; its `last` is 0 where it is to be chosen */
	int page;                      /* its number */
	int64_t price;                 /* of stopping here for that */
};
enum { MOST_SEAMS = 2 };
int band_seams(const struct paginator *p, const struct start *s, int page, const struct end *e, struct seam out[MOST_SEAMS]);
bool band_spans(const struct paginator *p, struct position pos); /* what begins there spans the columns */
bool band_is_open(const struct paginator *p, const struct band *b); /* down to the page's foot */
bool band_is_full_page(const struct paginator *p, const struct band *b);
bool band_holds(const struct paginator *p, const struct band *b, int insert); /* a float that was put off, at its top */
sp band_grid(const struct theme *t, sp y); /* the next baseline of the page's grid at or below y */
struct band band_of_page(const struct paginator *p); /* a page's first */
sp band_width(const struct paginator *p, const struct block *b); /* of the measure a block is set in, indents included */

/* variant.c */
/* The paragraph's rest from a candidate, broken at a measure; more: lines against its best count. NULL: not in that
 * number of lines. Valid until variant_forget. */
const struct broken *variant_break(struct paginator *p, int block, uint32_t cand, const struct measure *m, int more);
struct variants {
	const struct broken *v[3];     /* a line less, the best, a line more; NULL: not to be had */
	const int64_t *charged[3];     /* of body text: [i]: what the first i lines cost for how they are set (charge_set); else NULL */
};
struct variants variant_breaks(struct paginator *p, int block, uint32_t cand, const struct measure *m); /* all that a body paragraph has */
/* None of them has fewer lines, whatever stands beside it; counted up to a page's. */
int variant_least(struct paginator *p, int block, uint32_t cand, const struct measure *m);
void variant_forget(struct paginator *p);
void variant_forget_many(struct paginator *p); /* if they have become many */
/* From where a paragraph, or its rest, is set on a page, and behind which block of the text (-1: none). */
struct par_start {
	int block, prev;
	uint32_t cand;
};
/* Measures of lines of a block whose first baseline is y, beside a quote (NULL: none) that shortens lines from
 * quote_y to quote_bottom. */
struct measure variant_measure(struct paginator *p, const struct par_start *at, sp y, const struct quote *q, sp quote_y,
                               sp quote_bottom);
/* Height [sp] of a block set naturally, spaces left out. */
sp variant_natural_height(struct paginator *p, int block);

/* insert.c: which blocks may leave their place, sections of quotes. Once, before the search. */
void insert_find(struct paginator *p);

/* judge.c: cost by kind, recomputed from filled pages alone. */
struct judged_page {
	const struct trial *trial;
	int number;
	struct band band;
};
/* All that steps mean to the judge of those behind them. */
struct judged_past {
	int quote;                     /* first one not settled */
	struct position from;          /* where the next step begins */
	int waiting;                   /* notes called that are not begun yet */
	int foot;                      /* blank rows of the last column, if the next one faces it; else -1 */
	bool quoted;                   /* it is a verso with a quote beside the text */
	bool recto, last_column;       /* it stands on a recto; it is the last one side by side */
};
struct judged_past judge_start(const struct paginator *p);
/* One step, v[0]; of those behind it (n - 1 of them) no more is seen than where the next one stands. Adds to *out. The rest as with
 * judge_pages. */
bool judge_step(struct paginator *p, const struct judged_page *v, int n, bool whole, struct judged_past *past,
                struct makeup_cost *out, const char **fault);
/* whole: the last of them is the document's last; else only what is certain yet is counted. False: the pages break a
 * hard rule, said in *fault. */
bool judge_pages(struct paginator *p, const struct judged_page *v, int n, bool whole, struct makeup_cost *out,
                 const char **fault);

/* makeup.c: what the build report says of the chosen pages. */
void makeup_record(struct paginator *p, const struct search_result *found, const struct trial *trials);

/* place.c: a filled page onto its page. */
void place_trial(struct paginator *p, const struct trial *t, const struct band *band, struct page *page, bool last); /* last: of all */
void place_foresee(const struct paginator *p, const struct trial *t, int32_t step); /* what place_trial will set in that step: par_want */
void place_rows(struct paginator *p, struct page *page, const struct rows *r, int from, int to, sp y, enum item_role role);

/* master.c: what stands on pages beside the text. */
sp master_masthead(struct paginator *p, struct page *page); /* returns the first text baseline */
void master_heads(struct paginator *p);

/* imprint.c */
sp imprint_room(struct paginator *p); /* what must be free above the last page's foot for it to stand there; 0: there is none */
void imprint_place(struct paginator *p); /* on the last page, or on one of its own */
/* How far the notes and floats at the last page's foot move up for it. */
sp imprint_lift(const struct paginator *p, const struct trial *t, const struct band *band);

#endif
