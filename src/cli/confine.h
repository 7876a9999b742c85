/* Before a source is read, the process shuts itself in (base/sandbox.h): it reads what lies beside and below the source,
 * the theme, the map of fonts and the fonts, and what the system shares; it writes into the output folder. */
#ifndef VERSTKA_CLI_CONFINE_H
#define VERSTKA_CLI_CONFINE_H

#include "cli/options.h"

/* The folder that a command writes into: it must be there when the door is shut, and nobody wants it empty. */
struct made_folder {
	char *path;
	size_t made; /* [byte] of path, see file_make_folders */
};

/* Makes the folder that the command writes into, if it does: made_folder_end in any case. False: that failed, or --sandbox was
 * asked for and cannot be had (logged). Without --sandbox a kernel that has no Landlock is a note "no-sandbox". */
bool confine(const struct options *o, struct made_folder *f, struct diag_log *log);
/* What confine made goes again if it is empty. */
void made_folder_end(struct made_folder *f);

#endif
