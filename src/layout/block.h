/* The galley: the document as a flat list of blocks in reading order, before pages are made. A block is a
 * paragraph (broken when its place is known, since its measure may depend on it) or a pile of ready rows (table,
 * figure, chart, verbatim in a cell ...). Boxes (sidebars, admonitions) are marked on the blocks inside them, so
 * that a box breaks wherever its blocks do.
 *
 * A row is one baseline's worth of things. What is drawn is a list of ops, placed relative to the row's
 * baseline and to the left edge of a frame; frames get their x when the page is known (recto or verso). */
#ifndef VERSTKA_LAYOUT_BLOCK_H
#define VERSTKA_LAYOUT_BLOCK_H

#include "layout/linebreak.h"

enum frame { FRAME_TEXT, FRAME_MARGIN, FRAME_ALL /* text and margin columns together */, FRAME_COUNT };

enum op_kind { OP_LINE, OP_FILL, OP_IMAGE, OP_ANCHOR, OP_LINK /* to its node: u.fill; ROLE_LABEL or ROLE_CONTENTS */ };
struct op {
	enum op_kind kind;
	uint8_t frame;
	enum item_role role;
	const struct node *node;
	sp x, y;                   /* from the frame's left edge; from the row's baseline, down */
	union {
		struct { const struct par *par; struct line line; } line;
		struct { sp w, h; int16_t colour; } fill;
		struct { sp w, h; const struct image *image; } image;
	} u;
};

struct row {
	sp advance;                /* to the next row's baseline */
	struct op *ops;
	int n_ops;
	const struct node **notes; /* called on this row */
	int n_notes;
	bool keep;                 /* no page break after it */
	int32_t price;             /* of a page break after it, in the page maker's points */
	sp above, below;           /* how far its things reach over the baseline and under it, beyond a text line's */
};

struct rows {
	struct row *v;
	int n, cap;
	sp height;                 /* sum of the advances */
};

enum box_kind { BOX_SIDEBAR, BOX_ADMONITION, BOX_CODE };
struct box {
	enum box_kind kind;
	const struct node *node;
	int first, last;           /* blocks */
	bool margin_notes;         /* its notes stand in its margin: it must not break before they are called */
	int lines;                 /* rows of text in it, at full measure */
	sp start, end;             /* indents inside the text column (admonition, code) */
};

enum block_kind { BLOCK_PAR, BLOCK_ROWS };
struct block {
	enum block_kind kind;
	const struct node *node;
	const struct par_style *style;
	struct par *par;
	sp start, end;             /* indents in the text column */
	bool turned;               /* runs the other way than the document: placed as in a mirror */
	bool no_indent;
	bool heading;
	bool plain_text;           /* body text: a quote may stand beside it */
	bool span;                 /* it goes across all columns */
	bool off_grid;             /* its first baseline need not fall on the page's grid (lists) */
	bool new_page, new_recto;  /* begins a page */
	bool keep_together;
	int32_t price;             /* of a page break after it, in the page maker's points */
	sp before, after;
	sp sink;                   /* with new_page: first baseline below the page's first */
	struct rows rows;          /* BLOCK_ROWS */
	struct rows head;          /* repeated on top of each further page */
	struct op *label;          /* with the first row: list mark */
	int n_label;
	struct rows margin;        /* beside it in the margin column, from its first baseline on */
	struct box *box;
	int insert;                /* 1 + index in galley.inserts: it belongs to one; 0: it does not */
	struct broken natural;     /* at full measure; n == 0: not broken yet */
};

/* Blocks that may stand elsewhere than at their place in the text. */
enum insert_kind {
	INSERT_FLOAT, /* a figure or table: here, at the foot of the page, or at the top of the next */
	INSERT_QUOTE  /* a pull quote set across the column, if it finds no place beside the text; else not at all */
};
struct insert {
	enum insert_kind kind;
	int first, last;           /* blocks */
	int section_last;          /* last block of its section */
	int quote;                 /* INSERT_QUOTE: index in galley.quotes */
	sp height;                 /* INSERT_FLOAT: [sp] from first to last, in whole rows */
};

/* A pull quote, or other thing that text runs around. */
struct quote {
	const struct node *node;
	int anchor;                /* block it comes from */
	struct rows rows;          /* first baseline at row 0 */
	int lines;                 /* how many lines of text it shortens, the clear one included */
	sp width;
	int section_first, section_last; /* blocks it may stand beside: those of its section */
	bool placed;
};

struct galley {
	struct block *v;
	size_t n, cap;
	struct quote *quotes;
	size_t n_quotes, cap_quotes;
	struct insert *inserts;
	size_t n_inserts, cap_inserts;
	const struct node *imprint;
};

/* Blocks in the making: where they go and in which style. */
struct flow {
	struct layout *l;
	struct galley *g;
	sp start, end;             /* indents */
	sp width;                  /* of the frame [sp] */
	bool span;                 /* the frame is that of all columns */
	const struct par_style *body;
	const struct par_style *item; /* style of list items inside body */
	struct box *box;
	int list_depth;
	int tables;                /* it is in */
	int unbroken;              /* see struct break_rules */
	bool uncut;                /* a word wider than the measure stays whole: something else is tried first */
	const struct node *entries_of; /* the bibliography whose labels take entry_hang */
	sp entry_hang;
	bool narrow;               /* a cell, a note, a margin: no quotes, no captions beside, no boxes */
	bool was_break;            /* the paragraph before was a heading, list, box ...: no indent */
	const struct node *runin, *runin_owner; /* a heading waiting for its paragraph */
	int runin_level;
};

/* From here on across all columns, if there are some and nothing is around; back to what was. */
struct flow_frame {
	sp width;
	bool span;
};
struct flow_frame flow_widen(struct flow *f);
void flow_narrow(struct flow *f, struct flow_frame before);
bool flow_has_columns(const struct flow *f); /* the text is set in columns, and this stands in one of them */

/* Adds the children of node (blocks) to the galley. */
void flow_children(struct flow *f, const struct node *node);
void flow_block(struct flow *f, const struct node *node);
bool imprint_fits(struct layout *l, const struct node *imprint); /* at the foot of a page (imprint.c) */
struct block *flow_add(struct flow *f, enum block_kind kind, const struct node *node, const struct par_style *style);
struct block *flow_par(struct flow *f, const struct par_source *src);
struct block *flow_simple(struct flow *f, const struct node *node, enum par_style_id id); /* node's inlines in a style */
struct op *flow_label(struct flow *f, struct block *b, enum op_kind kind); /* one more, with the block's first row */
void flow_anchor(struct flow *f, struct block *b, const struct node *node); /* a target at its first row */
void flow_keep(struct block *b, int32_t price); /* a page break after it costs at least that */
sp flow_lines(const struct layout *l, int32_t milli); /* [1/1000 U] to sp */

/* table.c, figure.c, box.c, list.c, code.c, entry.c, heading.c: blocks of their kinds */
void flow_division(struct flow *f, const struct node *division);
void flow_table(struct flow *f, const struct node *table);
void flow_figure(struct flow *f, const struct node *figure);
void flow_image(struct flow *f, const struct node *image);
void flow_chart(struct flow *f, const struct node *chart);
void flow_sidebar(struct flow *f, const struct node *sidebar);
void flow_admonition(struct flow *f, const struct node *admonition);
void flow_list(struct flow *f, const struct node *list);
void flow_code(struct flow *f, const struct node *verbatim);
void flow_entry(struct flow *f, const struct node *entry); /* an N_PARA of a bibliography */
void flow_quote(struct flow *f, const struct node *pullquote);
/* Room [sp] for what hangs in the margin beside a box, figure or table: it does not go on on the next page. */
sp flow_most_in_margin(const struct theme *t);
/* Label and title of a figure or table: in the margin column if there is one and the object leaves it free,
 * else as a paragraph above. width 0: object takes the whole frame. */
void flow_caption(struct flow *f, const struct node *object, const char *label, struct block *beside);

/* rows.c: eager setting */
struct row *rows_add(struct layout *l, struct rows *r, sp advance);
struct op *row_add(struct layout *l, struct row *row, enum op_kind kind, enum frame frame);
/* What n rows call, `to` calls too. */
void row_add_notes(struct layout *l, struct row *to, const struct row *from, int n);
/* Breaks p at width and adds its lines. x: indent in the frame. */
void rows_par(struct layout *l, struct rows *r, enum frame frame, struct par *p, sp x, sp width, sp indent);
/* Lays out the children of node (or the node itself if it holds inlines) as rows of one column. */
void rows_children(struct layout *l, struct rows *r, enum frame frame, const struct node *node, sp x, sp width,
                   const struct par_style *style);
/* Appends the rows of an already made galley, set at width. */
void rows_galley(struct layout *l, struct rows *r, enum frame frame, struct galley *g, sp x, sp width);
void rows_advance(struct rows *r, int i, sp advance); /* row i's advance anew */
sp row_tail(const struct row *row); /* of its advance, what stays free under its things if it is the last of a page */
void rows_space(struct rows *r, sp space); /* more advance after the last row */
void galley_free(struct galley *g);

#endif
