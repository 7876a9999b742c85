/* The build report: how the pages were chosen and at what cost, where each begins, where quotes and floats stand, which
 * pages are short, which messages were given. For people (text) or programs (JSON). Reads finished pages alone. */
#ifndef VERSTKA_REPORT_REPORT_H
#define VERSTKA_REPORT_REPORT_H

#include "base/buf.h"
#include "base/diag.h"
#include "pages/pages.h"

enum report_format { REPORT_TEXT, REPORT_JSON };

/* Appends the report to out, UTF-8. Costs are in points (25: one blank row at a page's foot), rounded to a tenth. */
void report_write(const struct pages *p, const struct diag_log *log, enum report_format format, struct buf *out);

#endif
