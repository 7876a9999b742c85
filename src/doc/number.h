/* Words that doc_finish needs to write labels and references in the document's language.
 * lang/ fills it; doc/ must not know lang/. All UTF-8, borrowed. */
#ifndef VERSTKA_DOC_NUMBER_H
#define VERSTKA_DOC_NUMBER_H

#include "doc/doc.h"

struct doc_words {
	/* in the middle of a sentence: "рис.", "табл.", "гл."; see doc_numbered */
	const char *figure, *table, *chapter, *section, *appendix, *part, *note, *page;
	const char *quote_open, *quote_close; /* round titles in references */
	const char *above, *below;            /* where a thing without number and title stands: "выше" */
	const char *capitals;                 /* that appendices are lettered with, in order; NULL: A to Z */
};

/* A word and its number: "рис. 2"; where '#' stands in the word if it has one: "第#章" becomes "第2章". Without a label
 * the bare word. In arena a, or one of the two as it is. */
const char *doc_numbered(struct arena *a, const char *word, const char *label);

#endif
