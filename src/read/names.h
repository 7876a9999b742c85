/* Names written wrong: what a misspelt element or attribute was meant to be. */
#ifndef VERSTKA_READ_NAMES_H
#define VERSTKA_READ_NAMES_H

#include <stdbool.h>

#include "read/elements.h"

/* What DocBook 5 calls an element of DocBook 4 or of HTML; NULL: no such name. */
const char *names_replacement(const char *old);
/* The only element of DocBook that is spelt nearly so (a letter or two missing, too many, wrong or
 * exchanged; capitals do not count); NULL: none, or several as near. Costs a look at every name: for few. */
const struct element *names_guess(const char *written);
/* The same among other names, one by one: begin, try each, and ask. */
struct names_near {
	const char *written, *name; /* name: the nearest so far, or NULL */
	int distance;
	bool doubtful;
};
struct names_near names_near_begin(const char *written);
void names_near_try(struct names_near *n, const char *name);
const char *names_near_found(const struct names_near *n);
/* Does any element of DocBook 5.0 or 5.1 have an attribute, without a namespace, so named? */
bool names_is_attribute(const char *name);
/* The attribute that is spelt nearly so, or what DocBook 5 calls it ("id": "xml:id"); NULL: none. */
const char *names_guess_attribute(const char *written);

#endif
