/* Dates as languages write them. */
#ifndef VERSTKA_LANG_DATES_H
#define VERSTKA_LANG_DATES_H

#include "doc/doc.h"
#include "lang/lang.h"

/* A day of the Gregorian calendar, "28 октября 2021 г."; day 0: the month alone. False: the language cannot. */
bool dates_format(const struct lang *l, int year, int month, int day, char *out, size_t size);
/* Dates of the front matter written as ISO 8601 has them (2021-10-28, 2021-10) in words. Before doc_finish (which gives seq). */
void dates_in_front(struct doc *d, struct langs *l, struct diag_log *log);

#endif
