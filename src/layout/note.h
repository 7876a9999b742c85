/* Footnotes: their rows, set once and kept. */
#ifndef VERSTKA_LAYOUT_NOTE_H
#define VERSTKA_LAYOUT_NOTE_H

#include "layout/block.h"

/* Appends the note's rows, its number before the first line, hanging. */
void note_rows(struct layout *l, const struct node *note, const struct par_style *style, enum frame frame, sp width,
               struct rows *r);

#endif
