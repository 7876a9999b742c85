/* What a language changes in the text itself, over the whole tree, before it is set: print and EPUB get the same
 * characters. Today only the marks of <quote>; the rest of T-08..T-20 (dashes, minus, ellipsis, spaces of units)
 * belongs here, each rule with a switch. */
#ifndef VERSTKA_LANG_TEXTPASS_H
#define VERSTKA_LANG_TEXTPASS_H

#include "base/diag.h"
#include "doc/doc.h"
#include "doc/number.h"
#include "lang/lang.h"

/* Puts the quotation marks of every SPAN_QUOTE into it, as generated N_TEXT at its start and end: inner marks when it
 * stands in another quotation, marks of the language around it (not of its own). Each mark is a node of
 * its own, so that texts may be neighbours behind this. Once a document, before doc_finish (which gives seq). */
void textpass_quotes(struct doc *d, struct langs *l, struct diag_log *log);

/* The words that doc_finish writes into references. Borrowed from l. */
void lang_words_for_doc(const struct lang *l, struct doc_words *out);

#endif
