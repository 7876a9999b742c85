/* What a language changes in the text itself, over the whole tree, before it is set: print and EPUB get the same
 * characters. Rules that only forbid or charge for a line's end are elsewhere (breaks.c) and leave no trace in the text.
 * docs/TYPOGRAPHY.md lists the rules; textrules.h has a switch and a counter for each. */
#ifndef VERSTKA_LANG_TEXTPASS_H
#define VERSTKA_LANG_TEXTPASS_H

#include "base/diag.h"
#include "doc/doc.h"
#include "doc/number.h"
#include "lang/lang.h"
#include "lang/textrules.h"

/* Puts the quotation marks of every SPAN_QUOTE into it, as generated N_TEXT at its start and end: inner marks when it
 * stands in another quotation, marks of the language around it (not of its own); likewise those of titles of works
 * (SPAN_TITLE of a citetitle) where that is the language's custom, unless the author wrote them; such a title then is
 * `quoted`. Each mark is a node of its own, so that texts may be neighbours behind this. */
void textpass_quotes(struct doc *d, struct langs *l, const struct text_switches *on, struct text_counts *count,
                     struct diag_log *log);

/* All rules of characters, block by block, in the language of each text; moves the marks of notes to the side of the
 * full stop where the language has them. Verbatim, code, addresses, names of keys and generated texts stay. Behind
 * textpass_quotes, before doc_finish (which gives seq). Straight quotation marks that do not pair are left, with a warning
 * "quotes-unpaired". */
void textpass_characters(struct doc *d, struct langs *l, const struct text_switches *on, struct text_counts *count,
                         struct diag_log *log);

/* Digits of each text's own language (lang_digits), in the text, in labels and in what doc_finish wrote: behind it. */
void textpass_digits(struct doc *d, struct langs *l, struct diag_log *log);

/* The words that doc_finish writes into references. Borrowed from l. */
void lang_words_for_doc(const struct lang *l, struct doc_words *out);

#endif
