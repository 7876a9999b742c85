/* verstka as a library (libverstka.a): one DocBook source -> pages -> print PDF, screen PDF, EPUB.
 *
 *     struct verstka *v = verstka_open("brief.xml", NULL);
 *     if (verstka_build(v) == VERSTKA_DONE)
 *             verstka_write(v, VERSTKA_ALL, "out");
 *     for (size_t i = 0; i < verstka_message_count(v); i++)
 *             puts(verstka_message(v, i).text);
 *     verstka_close(v);
 *
 * Nothing is global: any number of documents may be open, each used by one thread at a time. Nothing is printed, no signal
 * is caught, the process is not ended. All text is UTF-8. What a call returns is borrowed from the document and good until
 * verstka_close, if not said otherwise. Read from the environment: SOURCE_DATE_EPOCH.
 *
 * Memory that cannot be had: the call returns VERSTKA_ENVIRONMENT (or NULL), the last message has the code "memory", and
 * the document can only be closed. What that one call had in hand may be lost to the process; descriptors are not, but for
 * one where libgettextpo gives up on a PO file. That library ends the process if there is not even room for one entry of it.
 * The sandbox of the program is not part of this: whoever sets untrusted sources shuts the process in beforehand. */
#ifndef VERSTKA_H
#define VERSTKA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct verstka; /* one document */

/* What calls return; the program's exit status is the same. */
enum verstka_status {
	VERSTKA_DONE = 0,
	VERSTKA_DOCUMENT = 1,    /* the document or the theme is at fault */
	VERSTKA_USAGE = 2,       /* the call makes no sense: nothing built yet, no such output */
	VERSTKA_ENVIRONMENT = 3, /* a font, the disk, a library, memory */
};

/* Outputs, as bits where several may be asked for. */
enum verstka_output {
	VERSTKA_PRINT = 1, VERSTKA_SCREEN = 2, VERSTKA_EPUB = 4,
	VERSTKA_BOOKLET = 8,
	VERSTKA_TICKET = 16,     /* the job ticket (JSON) that goes with the print PDF */
	VERSTKA_ALL = 7          /* verstka_write adds the ticket to the print PDF by itself */
};

enum verstka_paginate { VERSTKA_BY_LENGTH, VERSTKA_EXACT, VERSTKA_BEAM, VERSTKA_GREEDY };
enum verstka_stale { VERSTKA_STALE_SOURCE, VERSTKA_STALE_KEEP, VERSTKA_STALE_REFUSE }; /* the source's words, the old ones, an error */

/* All zeros are the defaults. Strings are copied. */
struct verstka_options {
	const char *theme;            /* file; NULL: theme.xml beside the source or above it, else the house's */
	const char *fonts;            /* file; NULL: fonts.xml likewise */
	const char *output_profile;   /* ICC file; NULL: the theme's */
	const char *output_condition; /* its name in the ICC's registry; NULL: the theme's */
	bool lenient;                 /* foreign DocBook: what can be set all the same is a warning */
	bool strict;                  /* every warning is an error */
	bool for_press;               /* verstka_build also warns of what a printing house would send back */
	bool allow_missing_glyphs, no_marks, pdfx1a, pdfua2;
	bool no_page_list;            /* EPUB without the page numbers of the print edition */
	enum verstka_paginate paginate;
	int pages;                    /* as many pages; 0: as many as come */
	const char *lang;             /* "fr": the source in that language, by po/fr.po beside it, which po/LINGUAS names; files are
	                                 called NAME.fr...; NULL, or the source's own: the source itself */
	int min_percent;              /* so much of it must be translated; else VERSTKA_ENVIRONMENT */
	enum verstka_stale stale;     /* text whose source has changed since it was translated */
	bool allow_stale;             /* old translations may go to press, too, and those that lag behind the source */
	bool credit_translator;       /* in the EPUB: whom the PO file names as its last translator */
};

/* NULL only when there is no memory. The source is not touched before verstka_build. */
struct verstka *verstka_open(const char *source, const struct verstka_options *options);
void verstka_close(struct verstka *v); /* NULL is fine */

/* Reads the source and sets its pages, once. */
enum verstka_status verstka_build(struct verstka *v);

/* ---- pages, after verstka_build ------------------------------------------------------------------------------- */

struct verstka_page {
	const char *label;       /* the number printed: "iv", "12" */
	int64_t width, height;   /* of the trimmed page [1/65536 pt] */
	const char *file;        /* where the first text on it stands in the sources; NULL: there is none */
	int line, column;        /* from 1 */
};
size_t verstka_page_count(const struct verstka *v); /* 0 before it was built */
/* i from 0; all zeros when there is no such page. */
struct verstka_page verstka_page(const struct verstka *v, size_t i);
/* The page (from 0) where the element with this xml:id begins; -1: it is on none. */
int64_t verstka_page_of(const struct verstka *v, const char *id);

/* ---- outputs, after verstka_build --------------------------------------------------------------------------------- */

/* One output in memory; *bytes is the caller's (verstka_free). */
enum verstka_status verstka_make(struct verstka *v, enum verstka_output output, void **bytes, size_t *len);
void verstka_free(void *bytes);
/* NAME.print.pdf and so on in the folder, which is made if missing: all of them or none. */
enum verstka_status verstka_write(struct verstka *v, int outputs, const char *folder);

/* ---- messages -------------------------------------------------------------------------------------------------- */

enum verstka_level { VERSTKA_NOTE, VERSTKA_WARNING, VERSTKA_ERROR };
struct verstka_message {
	enum verstka_level level;
	const char *code;        /* docs/DIAGNOSTICS.md has them all */
	const char *file;        /* NULL: of no place */
	int line, column;        /* from 1, 0: not known; columns count characters */
	const char *text;
	const char *hint;        /* or NULL */
};
size_t verstka_message_count(const struct verstka *v);
/* In order of arrival; good until the next call that may add one. All zeros when there is no such message. */
struct verstka_message verstka_message(const struct verstka *v, size_t i);

const char *verstka_version(void); /* "0.1.0" */

#ifdef __cplusplus
}
#endif

#endif
