/* fonts.xml as read: families, their files, the order of fallback. Data only. */
#ifndef VERSTKA_STYLE_FONTMAP_H
#define VERSTKA_STYLE_FONTMAP_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"

struct fontmap_face {
	bool bold, italic;
	const char *file;    /* as written; relative names are looked up in the folders of the map */
	int index;           /* of the face in a collection (.ttc) */
	const char *package; /* Debian package that brings it */
	bool optional;       /* passed over in silence if the file is missing; hints for missing glyphs name it */
	struct pos pos;
};
struct fontmap_family {
	const char *name; /* "Serif", "Sans", "Mono" ... */
	struct fontmap_face *faces;
	int n_faces;
	const char **fallback; /* names of families, in order */
	int n_fallback;
	const char *script; /* ISO 15924 it is meant for, or NULL: any */
	const char *lang;   /* preferred only for this language, or NULL */
	const char *latin;  /* family that sets letters and figures of Latin, Greek and Cyrillic in its place, or NULL */
	struct pos pos;
};
struct fontmap {
	struct fontmap_family *families;
	int n_families;
	const char **folders; /* where relative file names are looked for, in order */
	int n_folders;
	struct arena arena;   /* holds all of the above */
};

void fontmap_free(struct fontmap *map); /* NULL is fine; for maps made by fontmap_read */

#endif
