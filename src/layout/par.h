/* A paragraph ready to be broken: its inline content flattened to text, shaped, with every place
 * where a line may end. Built once; broken as often as page make-up asks, at any measure
 * (layout/linebreak.h); its lines are placed by layout/setline.h.
 *
 *   doc nodes      <para>Слово<footnote/> <emphasis>ещё</emphasis> слово.</para>
 *   text           С л о в о _ е щ ё _ с л о в о .        one UTF-8 string, no marks in it
 *   spans          [---------][-----][----------]         one font, size, node each
 *   pieces         [word][mark][sp][word][sp][word]       marks and pictures stand between bytes of the text
 *   candidates     0            ^      ^  ^       ^       start, spaces, hyphens ..., end
 */
#ifndef VERSTKA_LAYOUT_PAR_H
#define VERSTKA_LAYOUT_PAR_H

#include "doc/doc.h"
#include "lang/lang.h"
#include "layout/context.h"
#include "pages/pages.h"
#include "shape/shape.h"
#include "style/style.h"

struct span {
	uint32_t from, to;        /* [byte] of the paragraph's text */
	const struct node *node;  /* N_TEXT, or N_FOOTNOTE/N_FOOTNOTEREF of a mark, or N_INLINE_IMAGE */
	uint32_t node_offset;     /* [byte] where `from` stands in node's own text */
	enum item_role role;
	struct face *face;
	sp size, raise;           /* raise: baseline shift, up */
	sp tracking;              /* added to each letter that does not join */
	int16_t colour;
	const char *features;
	const struct lang *lang;
	const struct node *link;  /* innermost N_LINK, N_XREF or note whose area this is part of; or NULL */
	bool code, underline, strike, dots;
};

enum piece_kind {
	PIECE_WORD, PIECE_SPACE, PIECE_MARK, PIECE_IMAGE,
	PIECE_GAP, /* between two squares of Chinese, or Chinese and Latin (squares.h): no text, from == to */
	PIECE_CODE, /* the number of a character that no face has; its text is still that character */
	PIECE_BLANK /* a row of spaces of a width of their own (em spaces): they do not stretch */
};
struct piece {
	enum piece_kind kind;
	uint32_t span;
	uint32_t from, to;        /* [byte]; a mark: from == to */
	const struct shaped_word *word; /* words, marks, spaces */
	sp x, width;              /* natural; x counts from the paragraph's start as one endless line */
	sp image_height;
	int32_t stretch, shrink;  /* [sp] of gaps and spaces in Chinese: at x = 1, x = -1 */
	uint8_t level;            /* of embedding (lang/bidi.h): a piece has only one */
};

/* A place where a line may end, and the next begin. The first stands for the paragraph's start, the last for
 * its end. */
struct cand {
	uint32_t end, next;       /* [byte]: material up to `end` is on the line; the next one begins at `next` */
	uint32_t end_piece, next_piece; /* first piece not (wholly) on the line; piece the next line begins in */
	sp x_end, x_next;         /* natural x of both */
	sp space_end, space_next; /* natural width of all stretching spaces before both */
	sp d_end, d_start;        /* change of width when the word is cut here: at this line's end (with its hyphen sign),
	                           * at the next line's start */
	sp hang_end, hang_next;   /* protrusion: of this line's end to the right, of the next line's start to the left */
	uint8_t kind;             /* enum break_kind */
	uint8_t hard;
	int16_t price;
	uint32_t word_end, word_next; /* the word (or its part) at the line's end, at the next one's start: equal ones in the
	                           * paragraph are equal here; 0: there is none, or it is too short to be seen */
	uint32_t letters_after;   /* [character] to the end of the word broken here (hyphens only) */
};

/* What gaps give and take, see struct piece. */
struct give {
	sp stretch, shrink;
};

struct note_call {
	uint32_t at;              /* [byte] */
	const struct node *note;  /* N_FOOTNOTE */
};
struct par_anchor {
	uint32_t at;
	const struct node *node;
};

struct par {
	const struct par_style *style;
	const struct node *node;  /* the block it sets */
	const char *text;         /* the node's own where that is all of it */
	uint32_t len;
	struct span *spans;
	size_t n_spans;
	struct piece *pieces;     /* these, cands and gives: after par_open */
	size_t n_pieces;
	struct cand *cands;
	size_t n_cands;           /* >= 2 */
	struct par_shelf *shelf;
	struct par *at_hand_before;
	uint32_t fold;            /* 1 + index in shelf->blocks of where they are folded; 0: never yet */
	int32_t wanted;           /* the last step of placing that sets it; 0: not known */
	size_t fold_at;           /* [byte] in that block */
	struct note_call *calls;  /* ascending */
	const struct node **call_notes; /* the notes of calls, side by side */
	size_t n_calls;
	struct par_anchor *anchors;
	size_t n_anchors;
	sp space;                 /* natural word space of the style's face and size */
	bool has_forced;          /* holds BREAK_FORCED */
	bool rtl;                 /* its lines begin at the right */
	struct give *gives;       /* Chinese and Japanese (squares.h): [piece], sums before it, one more for the end; else NULL */
	struct natural *natural;  /* its ways to be broken whole (linebreak.c) */
	uint32_t at_hand_since;   /* [page of memory] shelf's clock when it was put at hand last */
	uint8_t again;            /* how often it was unfolded soon after */
	bool has_gives;
	bool joined;              /* most of its words are of letters that join: they are neither spaced nor widened (T-61) */
};

/* What is to be set: the inline children of node in a style; prefix/suffix (may be NULL) are generated text
 * (role ROLE_CONTENT of node) put before and after. Memory: the context's arena. */
struct par_source {
	const struct node *node;
	const struct par_style *style;
	const char *prefix, *suffix;
	enum item_role role;      /* of its text; ROLE_CONTENT normally */
	bool skip_notes;          /* headings in the contents, running heads: without note marks */
	bool bold_prefix;
	bool among_others;        /* its lines begin where the document's do, whatever way its words run: entries of the contents */
	int unbroken;             /* see struct break_rules */
	const struct node *from, *before; /* not all of node's children: the first one, the one behind the last; or NULL */
	const char *plain;        /* set this text instead of node's children */
	const char *lang;         /* its language (BCP 47), or NULL: the node's */
	const struct node *runin; /* a heading set at the paragraph's start, in runin_style; or NULL */
	const struct par_style *runin_style;
};
/* The same source in the same style is the same paragraph, set once, as long as the layout lasts: nobody writes into it.
 * Others may be folded. */
struct par *par_new(struct layout *l, const struct par_source *src);
/* The same for a known measure [sp]: words wider than that may be cut anywhere. */
struct par *par_new_within(struct layout *l, const struct par_source *src, sp measure);
struct par *par_make(struct layout *l, const struct par_source *src); /* par_new's: it is not there yet */
void par_forget_all(struct layout *l);

/* parfold.c. A document's paragraphs are asked for again and again, but only those of a few pages at a time: the others
 * are folded. What reads pieces, candidates or gives of a paragraph that it did not make just now opens it first. */
void par_unfold(struct par *p); /* par_open's */
static inline void par_open(const struct par *p)
{
	if (p->cands == NULL)
		par_unfold((struct par *)(uintptr_t)p); /* what is said of it does not change */
}
static inline const struct cand *par_cand(const struct par *p, uint32_t i)
{
	par_open(p);
	return &p->cands[i];
}
/* Folds those not asked for lately, if there are many. Nobody may hold on to a piece or candidate. */
void par_fold_old(struct layout *l);
void par_shelve_pieces(struct par *p, const struct piece *pieces); /* a new one; copies; then: */
void par_shelve_cands(struct par *p, const struct cand *cands);
/* Pages are placed step by step (1, 2 ...), each paragraph for the last time in a step known before the first one: par_want. Behind
 * that step (par_placed) it is let go of, and only par_new has it again. steps 0: all that there still is is kept again. */
void par_want(const struct par *p, int32_t step);
void par_placed(struct par_shelf *s, int32_t steps);
bool par_is_gone(const struct par *p);
void par_shelf_free(struct par_shelf *s);
/* Of a word, the style's letterspacing included. */
sp par_word_width(const struct span *s, const struct shaped_word *w);
/* How the bytes from..to of a piece are to be shaped; cut: the letters beside them stand on other lines. */
struct shape_key par_shape_key(const struct par *p, const struct piece *pc, uint32_t from, uint32_t to, bool cut_from, bool cut_to);
/* The notes called on a line between two candidates: how many; *notes: the first of them, in order. */
int par_notes(const struct par *p, uint32_t from, uint32_t to, const struct node ***notes);
/* Natural width of all of it on one line. */
sp par_width(const struct par *p);
/* The widest stretch that no allowed break divides: words, with the short ones bound to them. */
sp par_least_width(const struct par *p);

#endif
