/* The printing condition of an edition: which ICC profile, from where, under which name. */
#ifndef VERSTKA_EDITION_PRESS_H
#define VERSTKA_EDITION_PRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "edition/edition.h"

struct press {
	char *profile;         /* mem_free; NULL: none */
	size_t profile_len;    /* [byte] */
	const char *path;      /* where it was found */
	const char *condition; /* its name in the ICC's registry, or NULL: it is in none */
	const char *info;      /* what the profile calls itself, else its file's name */
};

/* The one that the command line names, else the theme's. A profile named on the command line that cannot be used is
 * an error ("output-profile") and false; one that the theme names and the machine lacks a warning at its line, and none
 * is used: another one is never taken in its place. Says which one it is, if `aloud`. */
bool press_open(struct press *p, struct edition *e, bool aloud);
void press_close(struct press *p);

#endif
