/* Numbers in text (T-10, T-11, T-18), for textrules.c. What may be a code, a date or a telephone number stays as it is. */
#ifndef VERSTKA_LANG_TEXTRULES_NUMBER_H
#define VERSTKA_LANG_TEXTRULES_NUMBER_H

#include "lang/textrules_line.h"

/* Each changes l's cells and counts what it did. */
void textrules_ranges(struct line *l);    /* "10-15" has an en dash */
void textrules_minus(struct line *l);     /* "-5" has a minus, "2 x 3" a multiplication sign */
void textrules_thousands(struct line *l); /* groups of three figures in numbers of five and more */

#endif
