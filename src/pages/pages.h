/* The boundary between layout and the writers: finished pages as flat lists of placed things.
 * Nothing but data: whoever writes a PDF looks here (and into the doc tree for the logical
 * structure) and decides nothing about layout.
 *
 * Coordinates [sp], origin at the top left corner of the TRIMMED page, y down. An item's order in
 * the list is paint order; items of one text flow stand in reading order. */
#ifndef VERSTKA_PAGES_PAGES_H
#define VERSTKA_PAGES_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/unit.h"
#include "doc/doc.h"
#include "font/font.h"
#include "pages/lines.h"
#include "style/colour.h"

enum item_kind { ITEM_TEXT, ITEM_FILL /* filled rectangle */, ITEM_IMAGE, ITEM_LINK /* active area */, ITEM_ANCHOR };

/* What an item is to a reader who cannot see it. CONTENT belongs to node's structure element;
 * everything else is an artifact. */
enum item_role {
	ROLE_CONTENT,
	ROLE_LABEL,      /* list mark, note number at the note: the Lbl of node (N_ITEM, N_FOOTNOTE) */
	ROLE_MARK,       /* note mark in the text; node = N_FOOTNOTE or N_FOOTNOTEREF */
	ROLE_CAPTION_LABEL, /* "Table 1", of node (N_FIGURE, N_TABLE) */
	ROLE_CONTENTS,   /* an entry of the contents; node = the N_DIVISION it names */
	ROLE_RUNNING_HEAD, ROLE_FOLIO, ROLE_RULE /* lines, bars, bullets drawn */, ROLE_BACKGROUND,
	ROLE_REPEATED    /* a table head on a further page */
};

/* Most of a long document's memory: eight bytes. */
struct glyph {
	int32_t advance;        /* [sp] to the next glyph's pen, everything included (kerning, gap); not times hscale */
	uint16_t gid;
	uint16_t cluster;       /* [byte] offset into the run's text of the first character it stands for */
};
struct glyph_shift {
	int32_t x, y;           /* [sp] from the pen, y up as in fonts */
};
enum { LONGEST_RUN = UINT16_MAX }; /* [byte] of a run's text */

struct item {
	enum item_kind kind;
	enum item_role role;
	const struct node *node; /* leaf it was set from (N_TEXT for text), or as the role says; NULL: none */
	sp x, y, w, h;           /* text: y is the baseline, x the pen's start, w the run's width; else the box, y its top */
	union {
		struct {
			const struct face *face;
			sp size;
			int32_t hscale;  /* [1/65536] horizontal scaling: 65536 = none; item.w has it in already */
			int16_t colour;  /* index into pages.colours */
			bool hyphen_added; /* the last glyph is a line-end hyphen that is not in the text */
			bool line_end;   /* last item of its line */
			bool par_start;  /* first item of a paragraph or other block */
			const struct glyph *glyphs;
			const struct glyph_shift *shifts; /* one a glyph; NULL: all stand at the pen */
			uint32_t n;
			const char *text; /* UTF-8 that the glyphs show (without the added hyphen), no NUL behind it; clusters index it */
			uint32_t len;     /* <= LONGEST_RUN */
			uint32_t offset;  /* [byte] of text in node's own text; meaningless for generated text */
			const char *lang; /* BCP 47 */
		} text;
		struct { int16_t colour; bool round; /* the ellipse in the box */ } fill;
		struct { const struct image *image; } image;
		struct { const char *href; const struct node *target; /* one of the two */ } link; /* item.node = N_LINK, N_XREF, N_FOOTNOTE... */
		/* ITEM_ANCHOR: a destination: node (its id) is at y */
	} u;
};

struct page {
	int number;         /* from 1 */
	const char *label;  /* as printed in the folio: "7" */
	bool recto;
	bool opener;        /* a part, a chapter or the like opens here: no running head */
	struct item *items;
	size_t n, cap;
	/* where this page's text begins: for the page list of the EPUB. node is an N_TEXT and offset a byte in
	 * it that begins a word not yet begun on the page before; or, when the page begins with something that is no
	 * text, node is that block and offset 0. NULL: the page begins nothing (blank page). */
	const struct node *start;
	uint32_t start_offset;
};

/* How the pages were chosen, for the build report. Costs in hundredths of a point; 25 points are one blank row at the
 * foot of a page (layout/price.h). */
enum makeup_part {
	MAKEUP_BLANK,     /* blank rows at feet */
	MAKEUP_FACING,    /* facing pages of unequal depth */
	MAKEUP_LAST,      /* last pages nearly empty */
	MAKEUP_LINES,     /* paragraphs a line longer or shorter than their best, narrow lines */
	MAKEUP_WIDOWS,    /* few lines of a paragraph on one side of a page break */
	MAKEUP_HEADINGS,  /* few lines after or before them */
	MAKEUP_HYPHENS,   /* over a page's end */
	MAKEUP_BREAKS,    /* inside boxes, tables, lists */
	MAKEUP_NOTES,     /* split, or too many */
	MAKEUP_QUOTES,    /* far from their paragraph, across the column, two on a spread */
	MAKEUP_FLOATS,    /* figures and tables away from their place */
	MAKEUP_PARTS
};
const char *makeup_part_name(enum makeup_part part);
struct makeup_cost {
	int64_t part[MAKEUP_PARTS];
	int64_t sum;
};
/* A quote or float, and how far from its place in the text it stands. */
struct makeup_inset {
	const struct node *node;
	int page, home;         /* numbers: where it is; where its paragraph (its place in the text) is */
	bool in_column;         /* a pull quote for which there was no place beside the text */
};
struct makeup_page {
	int blank;              /* rows left at the foot */
	bool full;              /* blank rows there mean nothing: the end of a chapter, or of the document */
};
/* What a wished number of pages took of the theme's slack; all 0: nothing. */
struct makeup_spent {
	int leading, quotes;    /* [1/1000] leading, width of pull quotes */
	int tracking;           /* [1/1000 em] letterspacing of justified text */
};
struct makeup {
	const char *mode;       /* "exact", "beam", "greedy"; NULL: nothing was chosen */
	bool proved;            /* no other layout within the rules costs less */
	int left_over;          /* pull quotes for which a run before found no place: matter of the column since, and not in the cost */
	struct makeup_cost best, second; /* second: the cheapest other layout that was met */
	bool has_second;
	int64_t fills, breaks, states, steps; /* work */
	int64_t remembered;     /* [byte] at most at a time, of paragraphs broken and of their lines: no more for a longer document */
	struct makeup_inset *insets;
	size_t n_insets, cap_insets;
	struct makeup_page *pages; /* one each */
	size_t n_pages, cap_pages;
	struct makeup_spent spent;
};

/* Glyphs and text that several runs have, of signs made up: the dots of contents. */
struct shared_run {
	const struct glyph *glyphs; /* NULL: none */
	const char *text;
	uint32_t n, len;
};

struct pages {
	struct arena arena;
	struct shared_run leader;     /* set last: most entries of contents have as many dots as the one before */
	struct makeup makeup;
	struct lines_made lines;
	sp width, height;   /* of the trimmed page */
	sp bleed;
	bool rtl;
	struct page *v;
	size_t n, cap;
	const struct colour *colours; /* the theme's palette, borrowed */
	int n_colours;
	const struct fonts *fonts;    /* borrowed */
	const char *theme_name;
};

struct pages *pages_new(void);
void pages_free(struct pages *p);
struct page *pages_add(struct pages *p);
struct item *page_add(struct pages *p, struct page *page, enum item_kind kind, enum item_role role,
                      const struct node *node); /* cleared; valid until the next page_add on that page */

/* Nothing more is put on any page, or little: gives back the room kept for it. */
void pages_fit(struct pages *p);

/* Layout counts from the start edge; of a right-to-left document that is the right one. Everything on all pages, and what
 * is on record about lines, is moved to where it belongs on the paper; glyphs stay as they are in their runs. Once. */
void pages_mirror(struct pages *p);

/* The text dump: the golden form of layout. One line an item: page, kind, role, x y w h [pt, 2 decimals],
 * face, size, text. */
void pages_dump(const struct pages *p, const struct doc *d, struct buf *out);
/* Invariants any layout must hold (items inside the bleed, clusters inside text, notes on their page ...).
 * Logs warnings with code "layout-invariant" (a fault of verstka's, not of the document's: the pages may still be of
 * use), and errors (lenient: warnings) with code "text-lost" for words that are on no page; returns false if there
 * is any. */
bool pages_check(const struct pages *p, const struct doc *d, bool lenient, struct diag_log *log);

#endif
