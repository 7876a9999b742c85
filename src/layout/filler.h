/* Inside of fill.c, put.c, ways.c, runaround.c, pageend.c and foot.c: one page in the making, or several at once (fill_together). */
#ifndef VERSTKA_LAYOUT_FILLER_H
#define VERSTKA_LAYOUT_FILLER_H

#include "layout/page.h"
#include "layout/price.h"
#include "layout/side.h"

struct parts { /* notes on the page, the last one first */
	const struct parts *before;
	struct note_part part;
};

struct side_parts { /* notes in the margin, the last one first */
	const struct side_parts *before;
	struct side_note note;
};

/* What a way comes to for one of the starts that it is a way of, before the block at hand. */
struct share {
	struct share *next;
	int start;
	sp quote_y;        /* where its quote stands; 0: it is still to come */
	int64_t cost;
	const struct path *path;
};

struct cursor { /* one way to have filled the page so far */
	sp y;              /* baseline of the next row */
	struct share *shares;
	int n_shares;
	uint32_t cand;     /* where its next block begins: 0, but of the first one */
	int row;
	int64_t cost;      /* on top of what each share has */
	const struct parts *parts;
	int n_parts;
	sp notes_height;   /* sum of advances of the notes so far */
	sp last_tail;      /* of the last note row: row_tail */
	int rows;          /* on the page; repeated heads not counted */
	int since_heading; /* rows of text since a heading; large: none near */
	int keep;          /* how many the last heading must have after it */
	int box_rows;      /* rows of the current box on this page */
	int prev;          /* block set last, or the one before the page's first */
	const struct parts *held; /* notes called by what spans the columns: for the columns below */
	int n_held;
	int pending, foot; /* insert put off; at the foot; or -1 */
	sp reserved;       /* for the one at the foot */
	int column;        /* quote set across the column, or -1 */
	bool anchored;     /* the quote's paragraph has begun on this page, or before */
	sp quote_y;        /* where the page's quote stands; 0: it is still to come, and nothing so far knows where */
	sp quote_from;     /* then: at this baseline or below, or what stands above would have known */
	sp anchor_top, anchor_bottom; /* and its paragraph's first and last baseline; 0: not on this page */
	struct side side;  /* of the margin column, if notes stand there */
	const struct side_parts *sides;
	int n_sides;
	sp hang;           /* first baseline below what hangs in the margin beside other text: captions, a box's data */
	bool notes_down;   /* this paragraph's notes go to the foot, come what may */
	const struct path *path; /* behind that of each share */
};

/* What the notes of one row come to, beyond those that stand whole in the cursor's parts. */
struct called {
	struct note_part *later; /* for the next page */
	int n_later, n_late;     /* n_late: of them, not even begun */
};

struct filler {
	struct paginator *p;
	struct arena *a;
	const struct start *s;  /* the only one, or the first of several */
	const struct start *starts; /* all: n_starts */
	const int64_t *most;    /* of each */
	int n_starts;
	const struct fill_options *o;
	int64_t room;        /* what the way at work may still cost for any of its starts */
	bool looks_out;      /* one of them has not come to the watched quote's paragraph yet */
	const struct quote *quote; /* to be set on this page, or NULL */
	const struct quote *q;   /* of the way at work, the same; NULL: it does not know yet where */
	sp quote_y, quote_bottom;
	sp unit;             /* the theme's */
	sp clear;            /* rows so far from a quote's lines never mind it */
	bool glances;        /* lines that stand too high for an end of the page need not be put one by one */
	struct side_gap gap; /* what the quote takes of the margin */
	struct fill *out;
	const struct note_part *base_later; /* left over before any row */
	int n_base_later;
	/* filling again, by a choice */
	struct trial *record;
	const struct choice *choice;
	bool reached;
	bool spans; /* the step is one of what spans the columns */
};

static inline struct filler filler_of(struct paginator *p)
{
	const struct theme *t = p->l->theme;
	int clear = t->pullquote.clear;

	return (struct filler){ .p = p, .unit = t->page.unit, .clear = (clear > 2 ? clear : 2) * t->page.unit };
}

/* ways.c: all ways to stand before one block */
enum { MOST_WAYS_QUICK = 12, MOST_WAYS = 400 };
struct ways {
	struct cursor *v; /* mem_free: ways_free */
	uint64_t *marks;  /* of each: those of ways that are the same are */
	size_t n, cap, cap_marks;
	uint32_t *slots;  /* by mark: index + 1; 0: free */
	size_t n_slots;   /* a power of two, twice n at least */
	bool shields;     /* the block that they stand before keeps what comes behind it off any quote above it */
};
void ways_free(struct ways *w);
void ways_clear(const struct filler *f, struct ways *w, int block); /* block: that new ones will stand before; -1: not the same for all */
/* One more, with all that its shares and it come to; unless it is the same as another from there on: then they are one, and of two shares
 * of a start the better stays. Too many of them: the dearest goes, and out->seen knows. */
void ways_add(struct filler *f, struct ways *w, const struct cursor *c);
/* One that is like no other: where a start begins. */
void ways_begin(const struct filler *f, struct ways *w, const struct cursor *c);
/* A share's way so far, and what was done behind it. */
const struct path *ways_path(struct filler *f, const struct path *done, const struct path *before);
/* The page's quote is still to come. */
static inline bool ways_waits(const struct filler *f, const struct cursor *c)
{
	return f->quote != NULL && c->quote_y == 0;
}

/* runaround.c */
/* What the way at work knows of the quote. */
static inline void runaround_aim(struct filler *f, const struct cursor *c)
{
	f->q = ways_waits(f, c) ? NULL : f->quote;
	f->quote_y = c->quote_y;
	f->quote_bottom = f->q != NULL ? f->quote_y + (f->q->lines - 1) * f->unit : 0;
}
void runaround_set(struct filler *f, struct cursor *c, sp y); /* a way that waited has it stand there */
int64_t runaround_distance(const struct filler *f, const struct cursor *c); /* price of how far it is from its paragraph */
/* A quote keeps to its section, and off headings, other boxes and matter in the margin (T-77, HS-33). */
bool runaround_forbids(struct filler *f, struct cursor *c, const struct placed *pl, const struct block *b, sp extent);
/* Which line of a paragraph from baseline y on, the first being 0, would stand beside the quote, and may not; INT_MAX: none. */
int runaround_barred(const struct filler *f, const struct block *b, int block, sp y);
/* Rows of a block with these first and last baselines are so far from the page's quote that nothing forbids them. */
bool runaround_minds_not(const struct filler *f, const struct block *b, int block, sp first, sp last);
/* The highest line for a quote that a block at y does not mind: of its lines, `natural` in its best number; of its rows from one on. */
sp runaround_clear_of_lines(const struct filler *f, const struct block *b, sp y, int lines, int natural);
sp runaround_clear_of_rows(const struct filler *f, const struct block *b, sp y, int from);
void runaround_wait(const struct filler *f, struct cursor *c, sp clear); /* a way that waits has put something with that line */

/* charge.c */
struct prices { int64_t end, hint; }; /* of a page end after a row; what the next page will pay */
int64_t charge_box(const struct filler *f, const struct cursor *c, const struct block *b, bool last);
int64_t charge_heading(const struct cursor *c);
struct prices charge_line(const struct filler *f, const struct block *b, const struct broken *br, int i, uint32_t cand);
int64_t charge_set(const struct broken *br, const struct broken *natural, int i);
int64_t charge_notes(const struct filler *f, const struct cursor *c);

/* pageend.c */
/* The page may end behind this row: adds that to the ends, if it is within the rules and of use. */
void pageend_add(struct filler *f, const struct cursor *c, const struct placed *pl, struct prices price, const struct called *k);
int64_t pageend_blank(int64_t rows); /* what so many blank rows cost where they mean something */
void pageend_drop_holes(struct fill *out); /* deep holes at the foot go, if the page can end otherwise */

/* put.c: space [sp] between a block and what stands above it on the page. */
sp put_space_before(const struct filler *f, const struct cursor *c, int block);
/* What the way at work may still cost, and whether that matters. */
void put_aim(struct filler *f, const struct cursor *c);
/* One way over one block: what comes of it stands in `next`; in `behind`, if an insert that begins there is not in its place. */
void put_way(struct filler *f, const struct cursor *from, int block, struct ways *next, struct ways *behind);
void put_record_notes(struct filler *f, const struct cursor *c);
static inline bool same_position(struct position a, struct position b)
{
	return a.block == b.block && a.cand == b.cand && a.row == b.row;
}

/* float.c */
sp float_gap(const struct filler *f); /* what keeps a float off the text */
/* A float's blocks from baseline y on, recorded if asked. Returns the first free baseline behind them. */
sp float_walk(struct filler *f, int insert, sp y, struct trial *t, enum placed_where where);
void float_record_foot(struct filler *f, int insert, sp text); /* text: the lowest baseline that text may have above it */
bool float_is_here(const struct filler *f); /* one that was put off stands at the top of this step */
void float_put(struct filler *f, struct cursor *c);

/* beside.c */
static inline bool beside_any(const struct filler *f) /* notes stand in the margin */
{
	return f->p->l->theme->note.in_margin;
}
/* The margins of both are as full, seen from any line below them, and the same notes are at the foot. */
bool beside_same(const struct filler *f, const struct cursor *a, const struct cursor *b);
/* What stands fixed in the margin with this row. False: a note is in its way. */
bool beside_fixed(const struct filler *f, struct cursor *c, const struct placed *pl, const struct block *b);
/* The notes a row calls: those that the margin takes are put there, the others are left in *foot. Returns how many. */
int beside_notes(struct filler *f, struct cursor *c, const struct node *const *notes, int n, sp mark, const struct node ***foot);
/* A block about to begin at baseline y: that, or lower if it reaches into the margin where something still hangs there. */
sp beside_hanging(const struct filler *f, const struct cursor *c, int block, sp y);
/* What hangs in the margin from this row on. False: over the foot. */
bool beside_hang(const struct filler *f, struct cursor *c, const struct placed *pl, const struct block *b);
/* False: notes at the foot push a float there up into what stands in the margin. */
bool beside_clear(const struct filler *f, const struct cursor *c);
/* Whether the choice to leave a block's notes to the foot makes sense: something stands fixed in the margin soon. */
bool beside_soon(const struct filler *f, int block);

/* foot.c */
/* What notes the page before left over comes first; so much of it that some text still fits. */
void foot_carried(struct filler *f, struct cursor *c);
/* Adds the notes a row at y calls. False: they do not fit, not even in part; the cursor is as before. */
/* Notes called before the first page is filled, by its masthead: its foot owes them. */
void foot_owe(struct paginator *p, const struct node *const *notes, int n);
bool foot_call(struct filler *f, struct cursor *c, const struct node *const *notes, int n, sp y, struct called *k);
/* The same for the row that opens a page: every note begins here, if only with its first lines. */
void foot_force(struct filler *f, struct cursor *c, const struct node *const *notes, int n, sp y, struct called *k);
/* They go to a step below. */
void foot_hold(struct filler *f, struct cursor *c, const struct node *const *notes, int n);
/* Lowest baseline of text above the notes and the float at the foot. */
sp foot_limit(const struct filler *f, const struct cursor *c);

#endif
