/* Would a printing house take this PDF; can it be heard? Any PDF is read, ours or another's, by libqpdf, and each rule it breaks is told
 * with its number, page and object. docs/PREFLIGHT.md lists the rules. */
#ifndef VERSTKA_PREFLIGHT_PREFLIGHT_H
#define VERSTKA_PREFLIGHT_PREFLIGHT_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/unit.h"

enum preflight_standard { PREFLIGHT_AS_CLAIMED /* PDF/X-4 if it claims none */, PREFLIGHT_X4, PREFLIGHT_X1A,
                          PREFLIGHT_UA /* for the screen: PDF/UA-1 and PDF/A-2a */ };

struct preflight_options {
	enum preflight_standard standard;
	int ink_limit; /* [%], 0: 300 */
	sp safe;       /* what is nearer to the trim is told; 0: not looked at */
};

/* Logs "preflight" against path: "P-24 page 3, object 12: ..." as errors, some as warnings. A file that is no PDF is an
 * error, one that cannot be opened an error of the environment ("io"). True: no error. */
bool preflight_file(const char *path, const struct preflight_options *o, struct diag_log *log);

#endif
