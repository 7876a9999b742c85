/* What a page's runs show, strings and the numbers between them, as its content has it: the same in all PDFs of the same pages,
 * since all else (where a run stands, its colour, its tags) is outside of it. The first PDF puts it by, the others copy it.
 * Kept of the first hundred pages or so: of a long book it would be its text once more. */
#ifndef VERSTKA_WRITE_PDF_PDF_RUNS_H
#define VERSTKA_WRITE_PDF_PDF_RUNS_H

#include <stdbool.h>
#include <stddef.h>

struct pdf_runs;
struct pdf_runs *pdf_runs_new(size_t n_pages);
void pdf_runs_free(struct pdf_runs *r); /* NULL is fine */

/* A page while it is painted; its runs come in the same order every time. */
struct pdf_runs_page {
	struct pdf_runs *runs; /* NULL: nothing is kept */
	bool known;            /* an earlier PDF has painted it */
	size_t run, at;        /* the next one */
};
struct pdf_runs_page pdf_runs_open(struct pdf_runs *r, size_t page); /* r NULL is fine */
/* Of a known page: the next run's bytes; NULL: it is to be made, for it is not the same everywhere. */
const char *pdf_runs_next(struct pdf_runs_page *p, size_t *len);
/* Of another page: puts the next run by; data NULL: it is not the same everywhere. */
void pdf_runs_add(struct pdf_runs_page *p, const char *data, size_t len);

#endif
