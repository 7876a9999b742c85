/* Numbers that stand alone, by each language's custom (CLDR, through ICU): "33,3 %" in Russian is "33.3%" in English. */
#ifndef VERSTKA_LANG_NUMBERS_H
#define VERSTKA_LANG_NUMBERS_H

#include "base/arena.h"
#include "doc/doc.h"
#include "lang/lang.h"

/* s[0..len), a number or a percentage and nothing else, from one language's signs into another's; s itself if it is none
 * or stays as it is, else in arena a. Its digits stay 0 to 9: lang_digits. */
const char *numbers_translate(const char *from, const char *to, struct arena *a, const char *s, size_t len);

/* The same for cells of tables and charts that hold nothing else: no translator sees them. from: the source's language. */
void numbers_in_cells(struct doc *d, const char *from);

#endif
