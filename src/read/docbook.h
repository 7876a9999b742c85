/* DocBook 5 (articles and books) to the document tree. */
#ifndef VERSTKA_READ_DOCBOOK_H
#define VERSTKA_READ_DOCBOOK_H

#include <stdbool.h>

#include "base/diag.h"
#include "doc/doc.h"
#include "read/source.h"

struct read_options {
	bool lenient; /* foreign documents: what can be set is a warning, not an error */
};

/* Builds a document from a tree, source->root or a translated copy of it, and reads its pictures, which lie below the
 * source's folder. The tree is changed (elements get their meaning); nothing of it is kept. The document (doc_free) comes
 * even when errors were logged, so that one run names them all: look at log->errors; NULL if there is no tree to speak of.
 * Afterwards doc_finish and doc_check.
 *
 * Logged besides what image/image.h says:
 *   not-docbook      an element of another namespace or a name DocBook does not have
 *   no-namespace     DocBook 4: no namespace
 *   stray-text       text or an inline where only blocks may be
 *   misplaced        an element outside the one parent that gives it a meaning
 *   order            blocks after a nested section, and the like (always a warning, once each kind)
 *   no-form          an element set as plain text (always a warning, once each name)
 *   title-twice      a second title
 *   duplicate-id     an xml:id given before
 *   footnote-nested  a footnote in a footnote
 *   link-long        an address of more than DOC_LONGEST_HREF bytes
 *   script-link      javascript: and its kin
 *   table-*          see read/docbook_table.c
 *   media            a picture without a file, or of a kind that cannot be set */
struct doc *docbook_build(const struct source *source, struct src *tree, const struct read_options *o, struct diag_log *log);
/* The same from a file, which is read for this alone. */
struct doc *docbook_read(const char *path, const struct read_options *o, struct diag_log *log);

#endif
