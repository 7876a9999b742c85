/* gettext's PO files, read and written through libgettextpo: what it takes for right, msgfmt and msgmerge do too.
 * UTF-8 only. Not for two threads at once: the library keeps its state in globals. */
#ifndef VERSTKA_I18N_PO_H
#define VERSTKA_I18N_PO_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/strmap.h"
#include "i18n/unit.h"

/* A string of a PO file: from which byte of the msgstr on it stands in which line. */
struct po_line {
	size_t from; /* [byte] */
	int line;
};

struct po_entry {
	const char *text;     /* msgid */
	const char *msgstr;   /* "": none */
	const char *previous; /* the msgid that a fuzzy entry was translated from; NULL: not known */
	bool fuzzy, obsolete;
	bool other;  /* has a context or a plural: not ours */
	bool same;   /* the translator's comment "same": rightly equal to the source */
	int line;    /* of "msgid" */
	const struct po_line *at; /* of msgstr, ascending; at least one */
	size_t n_at;
};

struct po {
	struct arena arena;
	const char *path;
	const char *language;   /* the header's Language, or NULL */
	const char *translator; /* the header's Last-Translator without address, or NULL: nobody is named */
	struct po_entry *v;     /* without the header's */
	size_t n;
	struct strmap by_text;  /* msgid -> entry; neither obsolete nor other */
};

/* NULL: the file is at fault, with its line. Logged:
 *   po-syntax    libgettextpo's words: a string left open, an entry given twice, a file cut short ...
 *   po-encoding  not UTF-8, whether it says so or its bytes are not
 *   too-large    over PO_MOST bytes, or over PO_MOST_IN_ENTRY in an entry */
#define PO_MOST ((size_t)64 << 20)
#define PO_MOST_IN_ENTRY ((size_t)12000000) /* no paragraph may be longer (doc/check.h) */
struct po *po_read(const char *path, struct diag_log *log);
void po_close(struct po *p); /* or NULL */

/* One that no file holds, with room for `most` entries; path: what messages call it. po_add does nothing for a text that is
 * there already; the strings are borrowed (p->arena is a place for them). */
struct po *po_new(const char *path, size_t most);
void po_add(struct po *p, const char *text, const char *msgstr);

/* Where the byte at `offset` of the entry's msgstr is written. */
struct pos po_pos(const struct po *p, const struct po_entry *e, size_t offset);

/* The template of a source: all its units, equal ones once, with what a translator should know of each. name: of the
 * project, for the header; folder: where the library's file may stand for a moment. False: libgettextpo or the disk
 * failed (logged). */
bool po_write_template(const struct units *u, const char *name, const char *folder, struct buf *out, struct diag_log *log);
/* What an empty translation begins with; msgmerge does the rest. lang: as PO files have it. */
void po_put_seed(const char *name, const char *lang, struct buf *out);

#endif
