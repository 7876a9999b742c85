/* The structure tree as data, and its way into the file. Only pdf_tag.c, which grows it, and pdf_tree.c look here. */
#ifndef VERSTKA_WRITE_PDF_PDF_TREE_H
#define VERSTKA_WRITE_PDF_PDF_TREE_H

#include "doc/echo.h"
#include "write/pdf/pdf_heads.h"
#include "write/pdf/pdf_job.h"

enum pdf_kid_kind { KID_ELEMENT, KID_MARK, KID_ANNOTATION };

struct pdf_kid {
	int64_t key;     /* kids stand in the order of their keys */
	uint32_t order;  /* of arrival: ties keep it */
	int parent;      /* element */
	unsigned what;   /* element, MCID or annotation's object */
	uint32_t page : 30;
	uint32_t kind : 2; /* enum pdf_kid_kind */
};

struct pdf_element {
	const char *type;
	const struct node *node; /* attributes come from it, or NULL */
	int parent;              /* -1: the root's */
	unsigned id;             /* of its object */
	uint32_t first_kid, n_kids;
	bool keep;               /* written even if empty */
	bool written;
	bool bullet;             /* the content is a drawing that stands for one: ActualText */
	union {
		const struct item *box; /* with a node: a Figure's picture, or NULL */
		const char *lang;       /* without: the language of its words, if it is not the document's; or NULL */
	} about;
};

/* One element refers to another, as PDF 2.0 says it (Ref). */
struct pdf_ref {
	int from, to;
};

struct pdf_tags {
	struct pdf_job *job;
	struct buf text;         /* of the object being written */
	struct pdf_element *v;   /* parents before their children */
	size_t n, cap;
	struct pdf_kid *kids;
	size_t n_kids, cap_kids;
	int body;      /* element of the root's content */
	int *holder;   /* by seq: the element for a node's content, plus 1; 0: not made, -1: an artifact */
	int *mark;     /* by seq: Reference of a note's mark or Link of a contents entry, plus 1 */
	int *inside;   /* by seq: TOC below a contents entry, plus 1 */
	struct pdf_heads heads;
	struct doc_echo *echo; /* which pull quotes say nothing of their own */
	unsigned space;       /* object of PDF 2.0's namespace, 0: PDF 1.7 */
	struct pdf_ref *refs; /* PDF/UA-2 alone */
	size_t n_refs, cap_refs;
	int contents;  /* TOC element or -1 */
	int made;      /* newest P of text that comes from no N_TEXT, or -1 */
	const struct node *made_for;
	int *mcs;      /* element of every marked-content sequence, page after page */
	size_t n_mcs, cap_mcs;
	size_t *page_mcs; /* first of each page in mcs */
	size_t pages_begun;
	int *annotations; /* element of each */
	size_t n_annotations, cap_annotations;
};

/* Sorts the kids, strikes out elements that nothing was painted for, writes the rest with StructTreeRoot
 * and MarkInfo. page_mcs must be complete. */
void pdf_tree_write(struct pdf_tags *t);

#endif
