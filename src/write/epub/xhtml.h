/* doc tree -> the XHTML text files, by the mapping table E-30..E-55. Opens in plan.c's files, fills
 * them, and collects on the way the pages met, the characters used, the pictures referred to.
 *
 * blocks.c, boxes.c, inlines.c and tables.c write the nodes; xhtml.c the files around them, the masthead and
 * the notes. They share the pen below. */
#ifndef VERSTKA_WRITE_EPUB_XHTML_H
#define VERSTKA_WRITE_EPUB_XHTML_H

#include <stdbool.h>
#include <stddef.h>

#include "write/epub/book.h"

/* Nodes within more elements than this are set as their plain text: readers built on libxml2 refuse a
 * document 256 deep, and no tree may exhaust the stack. */
#define XHTML_MAX_DEPTH 200

struct type_state { const char *family; bool bold, italic; };

struct doc_echo;

struct pen {
	struct book *b;
	struct buf *out;
	int file;                  /* index in texts */
	const char *lang;          /* of the element being written in, as given in the markup */
	struct type_state type;    /* how it will look: for the fonts */
	enum par_style_id body;    /* style of plain paragraphs here */
	int depth;                 /* elements open around */
	int heading;               /* depth of the headings around, 1 = the title of the whole */
	bool code;                 /* spaces are as they are */
	bool rtl;                  /* the direction of the markup around */
	bool in_link;              /* an a element is open: no other may begin */
	bool mute;                 /* hidden from speech: nothing that can be focused */
	const struct node **notes; /* met, not yet set */
	size_t n_notes, cap_notes;
	struct doc_echo *echo;     /* which pull quotes say nothing of their own */
	size_t next_entry;         /* of the contents: the division written next that has one */
	const struct node **marks; /* note marks met inside a link, to be set behind it */
	size_t n_marks, cap_marks;
};

bool xhtml_book(struct book *b);

/* An element's start tag up to and with its id, class, language and direction; the caller closes it with '>' after
 * more attributes. State to be handed back to xhtml_end. */
struct pen_state { const char *lang; struct type_state type; enum par_style_id body; int depth; bool code, rtl; };
struct pen_state xhtml_begin(struct pen *p, const char *tag, const struct node *n, const char *class_name);
struct pen_state xhtml_begin_as(struct pen *p, const char *tag, const char *id, const char *class_name,
                                const char *lang);
void xhtml_end(struct pen *p, const char *tag, struct pen_state s); /* writes the end tag too */
void xhtml_restore(struct pen *p, struct pen_state s);              /* no end tag */
void xhtml_attr(struct pen *p, const char *name, const char *value); /* nothing if value is NULL */
void xhtml_style(struct pen *p, enum par_style_id id);               /* text from here on is set so */
void xhtml_text(struct pen *p, const char *s, size_t len);           /* escaped, fonts noted */
void xhtml_puts(struct pen *p, const char *s);
/* How a page mark stands: in a line, or between blocks, where it keeps to the block behind it. */
enum mark_form { MARK_INLINE, MARK_BLOCK };
void xhtml_mark(struct pen *p, const struct page_mark *m, enum mark_form form);
void xhtml_marks(struct pen *p, const struct node *n, enum mark_form form);       /* marks before n itself */
void xhtml_marks_below(struct pen *p, const struct node *n, enum mark_form form); /* before or in n: it can hold none */
void xhtml_notes(struct pen *p);                             /* sets the notes met so far */
void xhtml_break_file(struct pen *p, const struct node *at);

/* blocks.c */
void blocks_write(struct pen *p, const struct node *n);
void blocks_children(struct pen *p, const struct node *from); /* it and those after it */
void blocks_heading(struct pen *p, const struct node *title, int level, const char *class_name, const char *id,
                    const char *label, enum par_style_id style);
/* <tag class>inlines of n</tag>; style: an enum par_style_id, or -1: as around */
void blocks_leaf(struct pen *p, const struct node *n, const char *tag, const char *class_name, int style);
void blocks_division_open(struct pen *p, const struct node *n, bool continued);

/* boxes.c */
void boxes_blockquote(struct pen *p, const struct node *n);
void boxes_pullquote(struct pen *p, const struct node *n);
void boxes_sidebar(struct pen *p, const struct node *n);
void boxes_admonition(struct pen *p, const struct node *n);
void boxes_figure(struct pen *p, const struct node *n);
void boxes_imprint(struct pen *p, const struct node *n);

/* inlines.c */
void inlines_write(struct pen *p, const struct node *n);
void inlines_children(struct pen *p, const struct node *n);
void inlines_label(struct pen *p, const char *word, const char *label); /* "Table 3. " of a caption, kept together */
void inlines_image(struct pen *p, const struct node *n, bool inl, const char *fallback_alt);

/* tables.c */
void tables_write(struct pen *p, const struct node *n);
void tables_chart(struct pen *p, const struct node *n, const char *labelled_by);

#endif
