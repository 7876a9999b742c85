/* Characters of Arabic, Persian and Urdu text (T-60), for textrules.c. */
#ifndef VERSTKA_LANG_TEXTRULES_ARABIC_H
#define VERSTKA_LANG_TEXTRULES_ARABIC_H

#include "lang/textrules.h"

/* , ; ? behind such text become ، ؛ ؟ but not between figures or behind Latin. */
void textrules_arabic_points(struct text_cell *v, size_t n, struct text_counts *count);

#endif
