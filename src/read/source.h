/* A source as it was written: one tree of tags and text with their places, inclusions resolved. It is read once; the
 * document of each language is built from it (read/docbook.h), or from a copy that i18n/ has translated. */
#ifndef VERSTKA_READ_SOURCE_H
#define VERSTKA_READ_SOURCE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "read/xmlsource.h"

struct source {
	struct arena arena;
	const char *path;   /* as given */
	const char *folder; /* what inclusions and pictures must lie below; ends in '/' */
	struct src *root;   /* whole; never NULL */
};

/* NULL: the file cannot be read, or is not well-formed (logged: read/xmlsource.h, read/xinclude.h). */
struct source *source_open(const char *path, bool lenient, struct diag_log *log);
void source_close(struct source *s); /* or NULL */

#endif
