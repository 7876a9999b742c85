/* An edition's pages and doc tree become files: all without a name first, then all named at once, or none. */
#ifndef VERSTKA_EDITION_OUTPUTS_H
#define VERSTKA_EDITION_OUTPUTS_H

#include "base/file.h"
#include "edition/edition.h"
#include "edition/press.h"

struct outputs {
	struct edition *edition;
	struct press press;
	struct pdf_shared *pdf; /* of all PDFs */
	const char *stem;       /* of the files' names: "brief08.ru" */
	const char *print_date; /* of the files for print, which must have one */
};

/* Opens the printing condition that the kinds (EDITION_*) need and says which it is. The edition is laid out. False: that
 * cannot be had, logged; outputs_close all the same. */
bool outputs_open(struct outputs *o, struct edition *e, int kinds);
void outputs_close(struct outputs *o);

/* One output's bytes, appended to out (which must be empty). False: logged. */
bool outputs_make(const struct outputs *o, int kind, struct buf *out);
/* "brief08.ru.print.pdf"; in the edition's arena. */
const char *outputs_name(const struct outputs *o, int kind);
/* The ticket of a print PDF with these bytes, as JSON. */
void outputs_ticket(const struct outputs *o, const struct buf *print_pdf, struct buf *out);

/* Files that are made and have no name yet. */
struct outputs_made {
	const char *folder;     /* the caller's */
	size_t folders_made;    /* file_make_folders' */
	struct file_stage stage;
	struct buf bytes;       /* of the one being made: memory holds one at a time */
};
/* NAME.print.pdf with NAME.job.json, NAME.booklet.pdf, NAME.screen.pdf, NAME.epub, as `kinds` says, for the folder, which is made if
 * missing. False: logged. outputs_free in either case. */
bool outputs_make_all(struct edition *e, int kinds, const char *folder, struct outputs_made *m);
bool outputs_make_proof(struct edition *e, const char *folder, struct outputs_made *m); /* NAME.proof.pdf; the edition is for_proof */
/* Names them. All or none: false, logged, and what was there before is untouched. */
bool outputs_write(struct outputs_made *m, struct diag_log *log);
void outputs_free(struct outputs_made *m);
/* After a failure: which of these files are there, from an earlier run ("old-output", warnings). */
void outputs_tell_old(struct edition *e, int kinds, const char *folder);

#endif
