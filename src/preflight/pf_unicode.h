/* What the codes of a font mean: its ToUnicode map (ISO 32000-1, 9.10.3), for codes of two bytes. */
#ifndef VERSTKA_PREFLIGHT_PF_UNICODE_H
#define VERSTKA_PREFLIGHT_PF_UNICODE_H

#include "preflight/pf.h"

enum pf_meaning { PF_NOTHING, PF_CHARACTERS, PF_NO_CHARACTER /* U+0000, U+FEFF, U+FFFE */, PF_PRIVATE /* among others */ };

/* A pf_meaning for each of 65,536 codes; mem_free. NULL: there is no such map. */
unsigned char *pf_unicode_read(struct pf *p, pf_obj map);
/* Is a character of private use in this UTF-8? */
bool pf_unicode_is_private(const char *text);

#endif
