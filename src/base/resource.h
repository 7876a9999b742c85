/* Files carried inside the program, so that any document builds anywhere: the house style, the
 * map of fonts, the schema. The Makefile assembles them in (RESOURCES there lists the files). */
#ifndef VERSTKA_BASE_RESOURCE_H
#define VERSTKA_BASE_RESOURCE_H

#include <stddef.h>

struct resource {
	const char *data; /* static; no NUL behind it. NULL: there is no resource of that name */
	size_t len;       /* [byte] */
};

/* name: "theme.xml", "fonts.xml" or "brief.rng". */
struct resource resource_lookup(const char *name);

#endif
