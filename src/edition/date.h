/* The date that an edition's files carry: the environment's (SOURCE_DATE_EPOCH), else the document's, never the clock's. */
#ifndef VERSTKA_EDITION_DATE_H
#define VERSTKA_EDITION_DATE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "doc/doc.h"

/* "2014-06-09T00:00:00Z" in a, or NULL: there is none. False: SOURCE_DATE_EPOCH is no number, logged. */
bool date_find(const struct doc *d, const char **date, struct arena *a, struct diag_log *log);

#endif
