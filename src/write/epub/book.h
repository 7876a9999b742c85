/* What the parts of the EPUB writer share: the files of the book, and where in them each node of
 * the document stands. Made by plan.c, filled by xhtml.c, read by nav.c, package.c, epub.c. */
#ifndef VERSTKA_WRITE_EPUB_BOOK_H
#define VERSTKA_WRITE_EPUB_BOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/strmap.h"
#include "doc/doc.h"
#include "font/font.h"
#include "lang/lang.h"
#include "pages/pages.h"
#include "style/style.h"
#include "write/epub/bookfont.h"
#include "write/epub/epub.h"

/* A file of the container. */
struct book_file {
	const char *path;       /* below EPUB/: "text/003.xhtml" */
	const char *id;         /* in the manifest */
	const char *media_type;
	const char *properties; /* of the manifest item, or NULL */
	bool spine;             /* read in order */
	bool store;             /* compressed already */
	struct buf data;        /* owned */
};

/* A printed page that begins at a node. */
struct page_mark {
	uint32_t offset;        /* [byte] in the N_TEXT */
	const char *label;
	struct page_mark *next; /* on the same node, ascending */
};

/* What is known of a node. Most nodes have no place of their own and stand where their parent does. */
struct place {
	const struct node *node;
	int file;               /* text file it begins in; -1: as its parent */
	bool breaks;            /* a new file begins with it */
	bool note_written;
	const char *id;         /* XML id in that file, or NULL */
	struct page_mark *marks; /* not yet written */
};

struct toc_entry {
	const struct node *node; /* N_DIVISION, or N_ROOT for a document without divisions */
	const char *text;
	const char *id;
	int file;
	int level;               /* from 1, grows by at most 1 */
	int order;               /* in reading order, shared with the pages */
};
struct page_entry {
	const char *label, *id;
	int file;
	int order;
};

struct book {
	const struct doc *doc;
	const struct theme *theme;
	const struct pages *pages;  /* or NULL */
	struct fonts *fonts;        /* or NULL */
	const struct lang *lang;
	struct langs *langs;
	const struct epub_options *options;
	struct diag_log *log;
	struct arena arena;

	const char *tag;            /* language of the book, well-formed BCP 47 */
	const char *title;          /* never empty */
	const char *title_lang;     /* or NULL: the book's */
	const char *modified;       /* well-formed */
	const char *identifier;     /* "urn:uuid:...": of the work in this language */
	const char *work;           /* "urn:uuid:...": of the work in all its languages */

	const char *translation_of; /* "urn:uuid:...": of the work in the source's language, or NULL: this is no translation */

	struct strmap places;       /* node pointer -> struct place */
	struct strmap used_ids;     /* XML ids given out */
	int next_id;
	struct strmap box_names;    /* title of a sidebar -> how many had it so far (int) */

	struct book_file *files;    /* every file but mimetype and META-INF, in order of the container */
	size_t n_files, cap_files;
	struct book_file *texts;    /* the text files in order of the spine; moved to files at the end */
	int n_texts, cap_texts;

	struct toc_entry *toc;
	size_t n_toc, cap_toc;
	struct page_entry *page_list;
	size_t n_pages, cap_pages;
	size_t marks_asked;
	int next_order;

	const char **image_paths;   /* by image.index: "images/001-name.png", or NULL: not used */
	struct bookfont_set faces;
	bool has_images, alt_missing, has_notes;
	const char *cover_path;     /* "images/cover.png" or NULL */
};

void book_init(struct book *b);
void book_free(struct book *b);
struct place *book_place(struct book *b, const struct node *n);              /* makes one if needed */
struct place *book_lookup(const struct book *b, const struct node *n);       /* or NULL */
int book_file_of(const struct book *b, const struct node *n);                /* index in texts */
/* An XML id not yet used in the book, after `wanted` (any bytes) if that will do, else made of stem. */
const char *book_id(struct book *b, const char *wanted, const char *stem);
struct book_file *book_add(struct book *b, const char *path, const char *id, const char *media_type);
/* Reference to an id in text file `to` from text file `from` (-1: from the package's folder). */
const char *book_href(struct book *b, int from, int to, const char *id);
/* tag if it is a well-formed BCP 47 tag ('_' taken as '-'), else NULL; in the book's arena. */
const char *book_tag(struct book *b, const char *tag);
const char *book_digits(struct book *b, const char *s); /* in those of the language if the theme asks; NULL stays NULL */
bool book_tag_is_rtl(struct book *b, const char *tag);
void book_put_text(struct buf *out, const char *s);                          /* escaped */
/* The attributes of what is in another language than the book: xml:lang, in html also lang, dir where that differs; nothing
 * for the book's own, NULL, or what is no tag. */
void book_put_lang(struct book *b, struct buf *out, const char *lang, bool html);

#endif
