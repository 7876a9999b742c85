/* Checks of meaning that no schema makes: after doc_finish, every fault of the tree is logged, all
 * in one run, each at its place:
 *   duplicate-id      two elements with one xml:id (links reach the first)
 *   dangling-link     a linkend (or '#id' reference) that no element has as its xml:id
 *   footnoteref       a footnoteref to something that is not a footnote
 *   empty-title       a title without text
 *   xref-nameless     (always a warning) a reference to what has neither number nor title
 *   heading-skip      (always a warning) a heading deeper by more than one level than the one it stands under
 *   table-headless    (always a warning) a table that names no cell as a head
 *   missing-alt       (always a warning) a picture without words for those who cannot see it
 *   too-large         (always an error) more in a paragraph, a title ... than can be set (doc/weight.h)
 * The others are errors; with lenient, warnings (the tree can be set as it is: doc_finish has seen to it). */
#ifndef VERSTKA_DOC_CHECK_H
#define VERSTKA_DOC_CHECK_H

#include <stdbool.h>

#include "doc/doc.h"

void doc_check(const struct doc *d, struct diag_log *log, bool lenient);

#endif
