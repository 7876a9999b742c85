/* NAME.job.json: what a printer must know of NAME.print.pdf. */
#ifndef VERSTKA_EDITION_TICKET_H
#define VERSTKA_EDITION_TICKET_H

#include "base/buf.h"
#include "edition/press.h"

/* name: of the PDF without a folder; pdf: its bytes. Appends JSON to out. */
void ticket_write(const struct press *p, const struct edition *e, const char *name, const void *pdf, size_t len,
                  struct buf *out);

#endif
