/* Which files a document may name: regular files below its own folder, whatever "..", symbolic
 * links and percent signs say. */
#ifndef VERSTKA_READ_BELOW_H
#define VERSTKA_READ_BELOW_H

#include "base/arena.h"

enum below { BELOW_OK, BELOW_MISSING, BELOW_FORBIDDEN, BELOW_TOO_LONG };

/* href as the file `from` (a path that opens) names it, under `folder` (absolute, resolved, ends in
 * '/'): *path is the path to open, relative as `from` is, in arena a; it is set for messages
 * whatever the answer. A name that does not exist as it stands is tried percent-decoded. */
enum below below_resolve(struct arena *a, const char *folder, const char *from, const char *href, const char **path);

/* xml:base in a file: what stands in the place of `from`, or of an xml:base around it (`outer`), for hrefs below it. NULL: no file,
 * but an address, which below_resolve forbids. */
const char *below_base(struct arena *a, const char *outer, const char *base);

/* The resolved folder of a path, ending in '/'; NULL if it does not exist. */
const char *below_folder(struct arena *a, const char *path);

/* The resolved path itself, or NULL. */
const char *below_real(struct arena *a, const char *path);

#endif
