/* An XML file as a plain tree, with the place of every tag: what libxml2 knows, freed from
 * libxml2. Comments and processing instructions are gone, CDATA and internal entities are text.
 * The parser reads no network, no DTD and no external entity; internal entities expand within
 * libxml2's guards and one of ours.
 *
 * Logged, with file:line:column:
 *   xml                the file is not well-formed (reading stops at the first such place)
 *   xml-encoding       its encoding is unknown, or its bytes are not in it
 *   xml-namespace      a prefix that is not declared
 *   external-entity    a reference to an external entity; its content is never read
 *   undeclared-entity  lenient: the HTML entity of that name is taken (warning)
 *   too-deep           elements nested beyond XMLSOURCE_DEPTH
 *   too-large          entities make more text than a document has */
#ifndef VERSTKA_READ_XMLSOURCE_H
#define VERSTKA_READ_XMLSOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "read/xmlencoding.h"

enum { XMLSOURCE_DEPTH = 240 }; /* every recursion over the tree is at most so deep */

struct element;

struct src_attr {
	const char *ns; /* NULL: none */
	const char *name, *value;
};

/* An element (name != NULL) or a run of text. Neighbouring texts are one. */
struct src {
	struct src *parent, *first, *last, *next;
	struct pos pos;      /* element: its '<'; text: its first non-blank character */
	const char *ns;      /* NULL: none */
	const char *name;    /* local */
	const struct element *element; /* what DocBook says it is; NULL: not DocBook */
	const char *text;    /* NUL-terminated; XML has no NUL */
	size_t len;
	const struct src_attr *attr;
	int n_attr;
	int depth;           /* of the root: as asked for */
	bool blank;          /* text: white space only */
	bool stale;          /* element: its text was translated from older words (set by i18n/) */
	uint32_t unit;       /* element: i18n/'s number of the unit of text that it holds; 0: none */
};

#define NS_DOCBOOK "http://docbook.org/ns/docbook"
#define NS_XLINK "http://www.w3.org/1999/xlink"
#define NS_XML "http://www.w3.org/XML/1998/namespace"
#define NS_XINCLUDE "http://www.w3.org/2001/XInclude"
#define NS_ITS "http://www.w3.org/2005/11/its"

/* The tree of `text` (UTF-8 or whatever libxml2 can decode); the root is at `depth`. NULL if it is
 * not well-formed (logged). Everything is in arena a; `file` is borrowed by every pos. */
struct src *xmlsource_parse(const char *text, size_t len, const char *file, int depth, bool lenient,
                            struct arena *a, struct diag_log *log);

/* Pre-order walk below (and with) top: the next node, or NULL. */
struct src *xmlsource_next(const struct src *top, const struct src *s);
struct src *xmlsource_next_skip(const struct src *top, const struct src *s); /* passing over s's children */

/* The value of an attribute in no namespace, or in ns; NULL if it is not there. */
const char *xmlsource_attr(const struct src *s, const char *ns, const char *name);

/* What the references of s stand relative to: its file, or where xml:base on it or around it leads (see below_base); NULL: no file. */
const char *xmlsource_base(struct arena *a, const struct src *s);

/* Fills a text node from included text: what XML 1.0 forbids becomes U+FFFD, lines end in \n. */
void xmlsource_clean(struct arena *a, const char *text, size_t len, struct src *s);

#endif
