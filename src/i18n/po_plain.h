/* PO files as gettext's tools write them, read here: libgettextpo sends each character through iconv, 60 million instructions
 * for a brief's translation. What is not quite so plain (contexts, plurals, other escapes, an entry given twice, anything at
 * fault) is not judged here: that is left to the library, whose words and verdicts stay the only ones.
 * tests/unit/test_po.c holds both against each other. */
#ifndef VERSTKA_I18N_PO_PLAIN_H
#define VERSTKA_I18N_PO_PLAIN_H

#include "i18n/po.h"

/* Fills p->v and p->by_text of the bytes, which are UTF-8; *header: the msgstr of the first entry, in p's arena. False: not plain,
 * and p is as it was, but for its arena. */
bool po_read_plain(struct po *p, const char *data, size_t len, const char **header);

/* po_read by the library alone: what po_read gives must be the same. */
struct po *po_read_by_library(const char *path, struct diag_log *log);

/* Of the translator's comment, or a line of it: "same", or "same: a name". */
bool po_says_same(const char *comments);

#endif
