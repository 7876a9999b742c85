/* The last look at a book before it is packed (E-80): is what the writer made what readers and checkers ask for? Knows
 * nothing of the document, only the files. A fault found here is one of verstka, never of the source (what an author
 * can put right is doc/check.h's to say, at its line), so the book is not written. */
#ifndef VERSTKA_WRITE_EPUB_AUDIT_H
#define VERSTKA_WRITE_EPUB_AUDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

struct audit_file {
	const char *path; /* below EPUB/: "text/001.xhtml", "nav.xhtml", "toc.ncx", "package.opf", pictures ... */
	const char *data;
	size_t len;
};

/* Every file of the book but mimetype and META-INF, those of the spine in its order. Looked for:
 *   markup that is not closed, tags out of place; ids given twice; links and pictures that lead nowhere
 *   no words where there must be some: titles, headings, links, captions, head cells, paragraphs
 *   headings that skip a level, over the whole book; head cells without scope; pictures without alt
 *   xml:lang that is not lang; a file without it; letters that are not composed (NFC)
 *   marks of notes and notes that do not belong to each other, one to one, the mark first, with its way back
 *   page list, markers and the NCX's pages that are not the same in the same order; contents out of order, or not those of the NCX
 *   something to focus within what is hidden
 *   files that the package does not list, or that it lists and are not there
 * False: there are faults, each logged as an error "epub-audit" (the first few). */
bool audit_files(const struct audit_file *v, size_t n, struct diag_log *log);

#endif
