/* The source's tree in another language: a copy, in which the text of units is a translation's and all else the
 * source's. What has no translation stays in the source's words and says so by xml:lang. */
#ifndef VERSTKA_I18N_MERGE_H
#define VERSTKA_I18N_MERGE_H

#include "i18n/translation.h"

enum stale_policy {
	STALE_SOURCE, /* stale text is as good as none: the source's words */
	STALE_KEEP,   /* the old translation, marked stale (struct src), if its tags still fit */
	STALE_REFUSE  /* none is made */
};

/* In arena a; elements keep their places in the source, translated text has its place in the PO file. t: NULL for the
 * source's own language (then only its:localeFilterList is applied). NULL: nested too deep (logged), or stale units under
 * STALE_REFUSE (logged: "po-stale" as an error). Reads only: may run in several threads, each with its arena and log. */
struct src *merge_tree(const struct units *u, const struct translation *t, enum stale_policy stale, struct arena *a,
                       struct diag_log *log);

#endif
