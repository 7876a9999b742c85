/* Words that doc_finish needs to write labels and references in the document's language.
 * lang/ fills it; doc/ must not know lang/. All UTF-8, borrowed. */
#ifndef VERSTKA_DOC_NUMBER_H
#define VERSTKA_DOC_NUMBER_H

#include "doc/doc.h"

struct doc_words {
	/* in the middle of a sentence: "рис.", "табл.", "глава" */
	const char *figure, *table, *chapter, *section, *appendix, *part, *note, *page;
	const char *quote_open, *quote_close; /* round titles in references */
};

#endif
