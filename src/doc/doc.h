/* The document tree: what the source means, with no XML in it. read/ builds it, doc/ numbers and
 * checks it, layout/ sets it, write/epub writes it; the PDF writer takes the logical structure
 * from it. Every node knows its file, line and column.
 *
 * Text: a N_TEXT holds well-formed UTF-8. In inline content white space (space, tab, CR, LF) is
 * collapsed to one U+0020, none at the start and end of a block's content; in N_VERBATIM it is
 * kept, lines end in \n. No N_TEXT is empty, and no two N_TEXT are neighbours.
 *
 * Shape of the tree: a block holds either blocks or inlines, never both (read/ wraps loose text
 * between blocks into N_PARA and splits a DocBook para around the lists and tables inside it).
 * N_FOOTNOTE is an inline (where its mark stands) whose children are blocks. */
#ifndef VERSTKA_DOC_DOC_H
#define VERSTKA_DOC_DOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/strmap.h"
#include "image/image.h"

enum node_kind {
	/* blocks that hold blocks */
	N_ROOT,       /* article or book; title etc. in struct doc_info and as N_TITLE children */
	N_DIVISION,   /* u.division: part, chapter, section ... ; first child N_TITLE if it has one */
	N_LIST,       /* u.list; children N_ITEM (N_TITLE may come first) */
	N_ITEM,       /* of any list; a variable list's has N_TERM children first */
	N_BLOCKQUOTE, /* children blocks, then maybe N_ATTRIBUTION; role "epigraph" for epigraphs */
	N_PULLQUOTE,  /* blockquote role="pullquote": children N_PARA, maybe N_ATTRIBUTION */
	N_SIDEBAR,    /* N_TITLE, N_SIDEDATA*, blocks */
	N_ADMONITION, /* u.admonition; N_TITLE if the author gave one */
	N_FIGURE,     /* N_TITLE or none; then N_IMAGE, N_CHART, N_VERBATIM or other blocks; N_CAPTION */
	N_TABLE,      /* u.table; N_TITLE or none; N_ROW*; N_CAPTION* (source lines, notes) */
	N_ROW,        /* u.row */
	N_CELL,       /* u.cell; children blocks */
	N_CHART,      /* bars: u.chart; children N_ROW of two N_CELL (label, value) */
	N_CAPTION,    /* text under a figure or table: source line; children blocks */
	N_GROUP,      /* blocks with no form of their own (example, procedure step, unknown ...) */
	N_IMPRINT,    /* colophon role="imprint": each child block one column at the foot of the last page */
	/* blocks that hold inlines */
	N_TITLE,
	N_SUBTITLE,
	N_PARA,        /* u.para */
	N_TERM,
	N_ATTRIBUTION, /* of a quotation */
	N_SIDEDATA,    /* datum in a box's margin; role topic, place, link */
	N_BRIDGEHEAD,  /* u.division.level says how large */
	N_VERBATIM,    /* programlisting, screen, literallayout; role "plain" if not monospaced */
	/* block leaf */
	N_IMAGE, /* u.image */
	N_RULE,  /* a break of thought: empty line with a mark (from e.g. pandoc's horizontal rule) */
	/* inlines */
	N_TEXT,         /* u.text */
	N_SPAN,         /* u.span: emphasis, code ... */
	N_LINK,         /* u.link: children are its text */
	N_XREF,         /* u.link; children are its text, mostly made by number.c ("рис. 2") */
	N_FOOTNOTE,     /* u.note */
	N_FOOTNOTEREF,  /* u.link.target: the N_FOOTNOTE meant */
	N_ANCHOR,       /* a point with an id */
	N_INLINE_IMAGE, /* u.image */
	N_BREAK,        /* forced line break */
	N_KINDS
};

enum division { DIV_PART, DIV_CHAPTER, DIV_APPENDIX, DIV_PREFACE, DIV_SECTION, DIV_GLOSSARY, DIV_BIBLIOGRAPHY,
                DIV_INDEX, DIV_COLOPHON, DIV_DEDICATION, DIV_OTHER };
enum list_kind { LIST_BULLET, LIST_NUMBER, LIST_VARIABLE, LIST_PLAIN /* no mark: simplelist */ };
enum numeration { NUM_ARABIC, NUM_LOWERALPHA, NUM_UPPERALPHA, NUM_LOWERROMAN, NUM_UPPERROMAN };
enum span_kind {
	SPAN_EMPHASIS, SPAN_STRONG, SPAN_FOREIGN, SPAN_QUOTE /* its marks are N_TEXT inside it */, SPAN_CODE, SPAN_SUPER,
	SPAN_SUB, SPAN_ABBREV, SPAN_TITLE /* of a work */, SPAN_UI /* guilabel, keycap ... */, SPAN_UNDERLINE,
	SPAN_STRIKE, SPAN_SMALLCAPS, SPAN_VARIABLE /* replaceable */, SPAN_PHRASE /* only language, id or role */
};
enum admonition { ADM_NOTE, ADM_TIP, ADM_IMPORTANT, ADM_WARNING, ADM_CAUTION, ADM_DANGER };
enum row_group { ROW_HEAD, ROW_BODY, ROW_FOOT };
enum halign { ALIGN_START, ALIGN_CENTER, ALIGN_END, ALIGN_JUSTIFY, ALIGN_DECIMAL };
enum valign { VALIGN_TOP, VALIGN_MIDDLE, VALIGN_BOTTOM };

enum { DOC_LONGEST_HREF = 8000 }; /* [byte] */

/* Attribute dir; DIR_NONE: by the language. FORCE: every character goes that way, whatever it is. */
enum text_dir { DIR_NONE, DIR_LTR, DIR_RTL, DIR_FORCE_LTR, DIR_FORCE_RTL };

struct node {
	enum node_kind kind;
	enum text_dir dir;
	bool stale; /* its text is an old translation of words that have changed since */
	uint32_t seq; /* place in document order, set by doc_finish; unique */
	struct node *parent, *first, *last, *next, *prev;
	struct pos pos;      /* file string lives in the doc's arena */
	const char *element; /* DocBook's name for it, e.g. "guilabel" */
	const char *id;      /* xml:id or made by doc_finish for what must be a link's target; or NULL */
	const char *lang;    /* own xml:lang (BCP 47), or NULL: as the parent's */
	const char *role;    /* or NULL */
	union {
		struct { const char *s; uint32_t len; bool generated; /* made by verstka: label, quote mark */ } text;
		struct { enum division what; int level; /* heading depth: 1 = top of the contents */
		         const char *label; /* "3.1", "II" or NULL: unnumbered */
		         const char *short_title; /* titleabbrev, plain, or NULL */ } division;
		struct { enum list_kind kind; enum numeration numeration; int start; bool compact;
		         int columns; bool across; /* LIST_PLAIN: in so many columns (0: one), row after row */ } list;
		struct { const char *label; /* "3", "b", without point; NULL for bullets */ int depth; /* 1.. of nested lists */ } item;
		struct { enum span_kind kind; const char *expansion; /* of an abbreviation, or NULL */
		         bool part; /* SPAN_TITLE: of an article or chapter, not of a book */
		         bool quoted; /* SPAN_TITLE: between quotation marks, or plain in a bibliography: not in italics */ } span;
		struct { const char *href; /* external: as written, trimmed; or NULL */
		         struct node *target; /* internal, resolved; or NULL */
		         const char *linkend; /* internal, as written */
		         const char *style; /* xrefstyle or NULL */
		         bool nameless; /* made words for a target that has neither number nor title */ } link;
		struct { int number; const char *label; /* mark shown: "1", "*" */ } note;
		struct { const struct image *image; /* owned by the doc; NULL: could not be had (already reported) */
		         const char *alt; /* or NULL: not given */ bool decorative;
		         int64_t width, depth; /* asked for [sp], 0: natural */
		         int scale, width_percent; /* [%], 0: not given */ } image;
		struct { int columns; int64_t *width; /* [sp] each, or 0 */ int *share; /* proportional, "2*" -> 200, or 0 */
		         bool frame; const char *label; /* "1": its number; NULL: informal */ } table;
		struct { enum row_group group; bool accent; /* role="accent" */ bool rule_below; } row;
		struct { int column; /* from 0 */ int colspan, rowspan; enum halign halign; enum valign valign; bool head; } cell;
		struct { int64_t *percent; /* per row [1/1000 %], filled from the value cells */ int rows; } chart;
		struct { enum admonition kind; } admonition;
		struct { const char *label; } figure; /* "1", or NULL: informal */
		struct { bool runin; /* formalpara's title: bold first words, not a block of its own */
		         bool continued; /* rest of a para that a list or table cut in two: no indent */
		         bool labelled; /* an entry of a bibliography that shows a label of its own */
		         int entry; /* its number, from 1; 0: no such entry */ } para;
	} u;
};

struct person {
	const char *name;    /* as read: "Ivan Petrov" */
	const char *file_as; /* "Petrov, Ivan" or NULL */
	const char *role;    /* MARC relator: aut, trl, edt, ill, oth */
	const char *lang;    /* of the name, if not the document's; else NULL */
};

/* Fields that may be in another language than the document: in a translation what it lacks stands in the source's. */
enum info_field { INFO_SERIES, INFO_MOTTO, INFO_ORG, INFO_PUBLISHER, INFO_RIGHTS, INFO_ABSTRACT, INFO_FIELDS };

/* What the source says about itself; plain UTF-8 strings, NULL or 0 when not said. */
struct doc_info {
	const char *title, *subtitle, *short_title;
	const char *series;        /* "Справочная статья" */
	const char *number;        /* "08" */
	const char *motto;         /* bibliomisc role="motto" */
	const char *org, *org_short;
	const char *publisher, *date /* as written */, *year, *edition, *rights, *isbn, *abstract, *identifier;
	struct pos isbn_pos, date_pos; /* of the elements that say them */
	struct person *people;
	int n_people;
	const char **keywords, **keyword_lang;
	int n_keywords;
	const char *lang_of[INFO_FIELDS]; /* NULL, here and in keyword_lang: the document's; title and subtitle have nodes */
	const char *translated_from; /* language of the source that this is a translation of, or NULL */
	const char *work;          /* of a translation: what names the source, if that has neither identifier nor id; else NULL */
	bool wants_contents;       /* an empty <toc/> */
	/* what has no field above but is text to be set after the masthead (authors, abstract of a manual,
	 * legal notice, release info ...), in source order; N_GROUP or NULL */
	struct node *front;
};

struct doc {
	struct arena arena;
	struct node *root;
	struct doc_info info;
	const char *lang;   /* BCP 47; "und" if the source does not say */
	const char *path;   /* of the source, as given */
	const char *folder; /* what inclusions and images must lie below; ends in '/' */
	struct strmap ids;  /* id -> node */
	struct node **notes;   /* the N_FOOTNOTE in order */
	size_t n_notes;
	uint32_t n_nodes;
	bool is_book;
	struct image_set images; /* every picture, once */
};

struct doc *doc_new(void);
void doc_free(struct doc *d);
struct node *doc_node(struct doc *d, enum node_kind kind, const char *element, struct pos pos);
void doc_append(struct node *parent, struct node *child);
void doc_insert_before(struct node *next, struct node *child);
void doc_remove(struct node *n); /* unlinks; the memory stays with the arena */
struct node *doc_text(struct doc *d, const char *s, size_t len, struct pos pos); /* copies */

/* Pre-order walk below (and with) top: the next node, or NULL. */
struct node *doc_next(const struct node *top, const struct node *n);
struct node *doc_next_skip(const struct node *top, const struct node *n); /* passing over n's children */
const char *doc_lang(const struct doc *d, const struct node *n); /* own or inherited */
const char *doc_guess_lang(const struct doc *d); /* by the letters of what says no language, English by its words; NULL: cannot be told */
bool doc_is_inline(enum node_kind kind);
bool doc_shows_address(const struct node *link); /* its text is a URL or the like: read from left to right everywhere */
bool doc_holds_inlines(enum node_kind kind);
/* All text below n, plain (notes left out unless with_notes), collapsed; in arena a. */
char *doc_plain_text(struct arena *a, const struct node *n, bool with_notes);
const char *doc_kind_name(enum node_kind kind); /* "para": for dumps and messages */
struct node *doc_title(const struct node *n);   /* its N_TITLE child or NULL */

/* Once the tree is whole: seq, levels, list labels and depths, note, figure and table numbers, ids of
 * what is linked to, targets of links, text of xrefs (lang_string words come through `words`).
 * Dangling links and duplicate ids are logged by doc_check. */
struct doc_words; /* the interface strings that numbering needs: see doc/number.h */
void doc_finish(struct doc *d, const struct doc_words *words, struct diag_log *log, bool lenient);
/* What names the work in all its languages: the identifier or id it gives itself, else series and number, ISBN or title, and
 * those of the source if it is a translation. NULL: nothing does. In arena a. */
const char *doc_work(const struct doc *d, struct arena *a);
/* Text dump, one node a line, for goldens. */
struct buf;
void doc_dump(const struct doc *d, struct buf *out);

#endif
