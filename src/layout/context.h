/* What the whole of one layout shares. */
#ifndef VERSTKA_LAYOUT_CONTEXT_H
#define VERSTKA_LAYOUT_CONTEXT_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/strmap.h"
#include "doc/doc.h"
#include "font/font.h"
#include "lang/lang.h"
#include "layout/layout.h"
#include "shape/shape.h"
#include "style/style.h"

struct contents_state;
struct par;
struct pins;
struct piece;
struct cand;

/* Pieces and candidates of paragraphs (parfold.c): those asked for lately, and the others folded. */
struct par_shelf {
	struct arena now, before; /* when `now` is full, what is in `before` is folded, and it takes its place */
	size_t full;              /* [byte] what `now` may have; 0: the least */
	size_t passed;            /* [byte] all that `now` has ever had, its clock */
	struct par *in_now, *in_before;
	struct fold_block {
		uint8_t *v;           /* NULL: let go of */
		int32_t last;         /* step of placing that wants one of its paragraphs last */
	} *blocks;                /* those folded at a time */
	size_t n_blocks, cap_blocks;
	int32_t placed;           /* steps of placing that are done: what only they wanted is let go of. 0: all is kept */
	const struct shaper *shaper;
	uint8_t *room; size_t cap_room; /* scratch */
	struct piece *pieces; size_t cap_pieces;
	struct cand *cands; size_t cap_cands;
};

struct layout {
	struct line_seen *seen;   /* looks at lines as they are set, or NULL */
	struct line_tables *tables; /* line breaking's, or NULL */
	struct arena *lines;      /* where line_break puts its lines; NULL: in `arena` */
	struct arena arena;       /* blocks, rows, lines: of one run of page make-up */
	struct arena paras;       /* paragraphs: over all runs of one layout */
	struct strmap par_of;     /* par_source -> struct par (parstore.h) */
	struct strmap styles;     /* of paragraphs, by content */
	struct par_shelf shelf;
	const struct doc *doc;
	const struct theme *theme;
	struct fonts *fonts;
	struct shaper *shaper;
	struct langs *langs;
	struct diag_log *log;
	bool allow_missing_glyphs, each_line; /* layout_options' */
	enum paginate paginate;
	int want;                 /* pages, exactly; 0: as many as come */
	int64_t most_cost;        /* with `want`: layouts that cost this or more are of no use */
	bool missed;              /* there is no layout in so many, or with its places where they are pinned */
	struct pins *pins;        /* or NULL */
	int64_t survey;           /* with pins->ways: how much dearer than the cheapest layout others may be */
	struct break_list breaks; /* scratch */
	uint32_t reported[64];    /* characters already reported missing */
	int n_reported;
	const struct node **in_flow; /* pull quotes that found no place beside the text: set in the column */
	size_t n_in_flow, cap_in_flow;
	struct contents_state *contents;
	bool title_in_text;       /* with its subtitle: a masthead that held them would be taller than the page */
	bool text_overleaf;       /* the masthead leaves it hardly a line of page 1 */
	bool failed;              /* a font could not be had: nothing can be set */
};

/* layout.c: the whole document set once, in l's theme. NULL: it failed, and the log says why. */
struct pages *layout_run(struct layout *l);

#endif
