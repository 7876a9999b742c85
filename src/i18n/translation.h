/* A PO file held against the units of its source: what is translated, what is not, what is stale and what is broken. */
#ifndef VERSTKA_I18N_TRANSLATION_H
#define VERSTKA_I18N_TRANSLATION_H

#include "i18n/markup.h"
#include "i18n/po.h"
#include "i18n/unit.h"

enum unit_state {
	UNIT_ABSENT,       /* not for this language, by its:localeFilterList */
	UNIT_TRANSLATED,
	UNIT_STALE,        /* fuzzy: translated from other words, not confirmed since */
	UNIT_UNTRANSLATED,
	UNIT_COPIED,       /* the source's words, as msginit puts them; docs/TRANSLATING.md says how to confirm them */
	UNIT_BROKEN        /* its tags are not the source's */
};

struct match {
	enum unit_state state;
	const struct po_entry *entry; /* or NULL */
	const struct markup *markup;  /* translated, or stale with its tags still right; else NULL */
	const char *unfit;            /* stale: why its tags are not the source's now; NULL: they are */
};

struct counts {
	int units, words;                       /* that are for this language */
	int translated, translated_words;
	int stale, untranslated, copied, broken; /* [unit] */
	int unknown;                            /* [entry] translated, and not in the source */
};

struct translation {
	struct arena arena;
	const struct units *units;
	struct po *po;
	const char *lang; /* BCP 47 */
	struct match *v;  /* for each unit */
	struct counts n;
};

/* Reads the file and matches it. Faults of its markup are errors, logged at once ("po-markup", with the lines of both
 * files). NULL: it cannot be read (logged: i18n/po.h). The units must outlive the result. Not for two threads at once. */
struct translation *translation_open(const struct units *u, const char *lang, const char *path, struct diag_log *log);
/* The same of entries that are read already; po becomes the result's. */
struct translation *translation_of(const struct units *u, const char *lang, struct po *po, struct diag_log *log);
void translation_close(struct translation *t); /* or NULL */

/* [%], rounded down: 100 only if all are translated. Of nothing: 100. */
int translation_percent(const struct translation *t);

/* What an editor has to look at. Logged: po-stale, po-copied, po-unknown (warnings), with `all` also untranslated (notes);
 * then one line of sums ("translation", a note). */
void translation_report(const struct translation *t, bool all, struct diag_log *log);
/* The sums of several, as a table or as JSON; a language whose file is at fault has NULL in v. */
void translation_table(const struct translation *const *v, const char *const *langs, size_t n, struct buf *out);
void translation_json(const struct translation *const *v, const char *const *langs, size_t n, const char *source, struct buf *out);

#endif
