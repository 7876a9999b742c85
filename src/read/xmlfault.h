/* What libxml2 says of a file that is not well-formed XML, in words for those who wrote it: what is wrong, where the
 * unclosed element began, and what to write. */
#ifndef VERSTKA_READ_XMLFAULT_H
#define VERSTKA_READ_XMLFAULT_H

#include <libxml/xmlerror.h>
#include <stdbool.h>

#include "base/diag.h"

/* Logs e, a fatal one, at pos as "xml" or "xml-encoding". open, at open_pos: the innermost element begun and not yet
 * ended; NULL: none. */
void xmlfault_report(struct diag_log *log, struct pos pos, const xmlError *e, const char *open, struct pos open_pos);
/* The same of faults of namespaces ("xml-namespace"): errors, or warnings if lenient. */
void xmlfault_namespace(struct diag_log *log, struct pos pos, const xmlError *e, bool lenient);

#endif
