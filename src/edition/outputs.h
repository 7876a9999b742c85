/* An edition's pages and doc tree become files: each in memory first, then all named at once, or none. */
#ifndef VERSTKA_EDITION_OUTPUTS_H
#define VERSTKA_EDITION_OUTPUTS_H

#include "base/file.h"
#include "edition/edition.h"
#include "edition/press.h"

struct outputs {
	struct edition *edition;
	struct press press;
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

/* NAME.print.pdf with NAME.job.json, NAME.booklet.pdf, NAME.screen.pdf, NAME.epub, as `kinds` says, in the folder, which
 * is made if missing. All or none: false, logged, and what was there before is untouched. */
bool outputs_write(struct edition *e, int kinds, const char *folder);
/* After a failure: which of these files are there, from an earlier run ("old-output", warnings). */
void outputs_tell_old(struct edition *e, int kinds, const char *folder);
/* NAME.proof.pdf, likewise. */
bool outputs_write_proof(struct edition *e, const char *folder);

#endif
