/* Characters of Chinese text (T-52..T-57), for textrules.c: marks in their full width, spaces that no reader sees. Each
 * looks at cells of languages set in squares only (lang_is_han). */
#ifndef VERSTKA_LANG_TEXTRULES_HAN_H
#define VERSTKA_LANG_TEXTRULES_HAN_H

#include "lang/textrules.h"

/* T-53: … alone, and 。。。, are …… */
void textrules_han_ellipses(struct text_cell *v, size_t n, struct text_counts *count);
/* T-56: straight marks in turn “ and ”, if a block has an even number of them. */
void textrules_han_quotes(struct text_cell *v, size_t n, struct text_counts *count);
/* T-56: , . ; : ! ? behind Chinese, and ( ) around it, in full width. */
void textrules_han_widths(struct text_cell *v, size_t n, struct text_counts *count);
/* T-55: no space between two characters of Chinese, nor beside a mark of full width: lines of the source end there. Those
 * between Chinese and Latin stay; in print they are the gap. */
void textrules_han_spaces(struct text_cell *v, size_t n, struct text_counts *count);

#endif
