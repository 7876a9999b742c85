/* Characters of French, English and Spanish text (T-36, T-37, T-42, T-43, T-48), for textrules.c. */
#ifndef VERSTKA_LANG_TEXTRULES_WESTERN_H
#define VERSTKA_LANG_TEXTRULES_WESTERN_H

#include "lang/textrules.h"

/* T-42, T-43: the spaces before ; : ! ? and inside « », in place of the author's or where there are none. Switzerland has
 * thin ones everywhere, Canada none before ; ! ? */
void textrules_french_spaces(struct text_cell *v, size_t n, struct text_counts *count);
/* T-36: which straight single marks are quotation marks and which are apostrophes ('90s, workers'). The former get a
 * side, for the pairing of quotation marks; the latter are changed. */
void textrules_english_singles(struct text_cell *v, size_t n, struct text_counts *count);
/* T-37: full stop and comma at a closing mark: inside it in American English; in British outside, if what is quoted is
 * no whole sentence (it begins with a small letter). Behind the pairing. */
void textrules_english_points(struct text_cell *v, size_t n, struct text_counts *count);
/* T-48: is there a ? or ! without its ¿ or ¡? Index of the first; n: none. */
size_t textrules_spanish_unopened(const struct text_cell *v, size_t n);

/* Sides of quotation marks, in text_cell.side. */
enum text_side { SIDE_NONE, SIDE_OPEN, SIDE_CLOSE };

#endif
