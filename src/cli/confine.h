/* Before a source is read, the process shuts itself in (base/sandbox.h): it reads what lies beside and below the source,
 * the theme, the map of fonts and the fonts, and what the system shares; it writes into the output folder. */
#ifndef VERSTKA_CLI_CONFINE_H
#define VERSTKA_CLI_CONFINE_H

#include "cli/options.h"

/* Makes the folder that the command writes into, if it does. False: that failed, or --sandbox was asked for and cannot be had
 * (logged). Without --sandbox a kernel that has no Landlock is a note "no-sandbox". */
bool confine(const struct options *o, struct diag_log *log);

#endif
