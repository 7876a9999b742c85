/* xi:include (XInclude 1.0): files below the source's folder, as XML or as text. No XPointer, no
 * network, no base URI other than the including file's.
 *
 * Logged: xinclude (forbidden file, cycle, XPointer, too many or too deep, malformed element;
 * a missing file without xi:fallback; with lenient, what need not be an error is a warning). */
#ifndef VERSTKA_READ_XINCLUDE_H
#define VERSTKA_READ_XINCLUDE_H

#include "read/source.h"

/* The file at to->path with all it includes, below to->folder, in to->arena. NULL if the file itself cannot be read
 * (logged). */
struct src *xinclude_load(struct source *to, bool lenient, struct diag_log *log);

#endif
