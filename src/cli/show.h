/* What a run prints of an edition that is laid out. */
#ifndef VERSTKA_CLI_SHOW_H
#define VERSTKA_CLI_SHOW_H

#include "edition/edition.h"

/* Text on standard output. */
bool show_text(const struct buf *text, struct diag_log *log);
/* The pages as text on standard output. */
bool show_pages(struct edition *e);
/* The build report: into the file (FILE.json as JSON), or on standard output if it is NULL. */
bool show_report(struct edition *e, const char *file);

#endif
