/* The files that give an edition its look, theme.xml and the map of fonts: which ones, and their bytes. */
#ifndef VERSTKA_EDITION_SETTINGS_H
#define VERSTKA_EDITION_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"

enum setting { SETTING_THEME, SETTING_FONTS };

struct setting_file {
	const char *path; /* for messages: "built-in theme.xml" if it is the one carried inside */
	const char *data;
	size_t len;       /* [byte] */
	char *owned;      /* the data again if it came from a file, else NULL */
};

/* Opens the file that is named, else the one found, else the one carried inside. False: it cannot be read, logged.
 * The path is in a. */
bool setting_open(struct setting_file *f, enum setting which, const char *named, const char *source, struct arena *a,
                  struct diag_log *log);
void setting_close(struct setting_file *f);

/* The nearest theme.xml, fonts.xml or fonts/fonts.xml in the source's folder or above it; NULL: none. In a. */
const char *setting_find(enum setting which, const char *source, struct arena *a);

/* The folder of a path: "." if it names none. In a. */
char *setting_folder_of(const char *path, struct arena *a);
/* The same with symbolic links resolved; NULL: there is no such folder. In a. */
const char *setting_real_folder_of(const char *path, struct arena *a);

#endif
