/* Tags of languages: as gettext's files are named (pt_BR, sr@latin) and as documents have them (BCP 47). */
#ifndef VERSTKA_I18N_LANGTAG_H
#define VERSTKA_I18N_LANGTAG_H

#include <stdbool.h>

#include "base/arena.h"

/* "pt_BR" -> "pt-BR", "sr@latin" -> "sr-Latn", "ca@valencia" -> "ca-valencia", "en" -> "en"; in arena a. NULL: not the
 * name of a language. What is in BCP 47 already stays so, its letters made large and small as is custom. */
const char *langtag_of_po(struct arena *a, const char *name);
/* Same tag, whatever its letters' size. */
bool langtag_equal(const char *a, const char *b);
/* Is the tag in a list of extended ranges, "de, *-CH" (RFC 4647, 3.3.2)? */
bool langtag_in_list(const char *tag, const char *list);

#endif
