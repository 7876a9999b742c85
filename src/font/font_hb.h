/* For shape/ alone: HarfBuzz's view of a face. */
#ifndef VERSTKA_FONT_FONT_HB_H
#define VERSTKA_FONT_FONT_HB_H

#include <hb.h>

#include "font/font.h"

/* Borrowed; scale = font units, ppem 0 (no hinting), valid until fonts_close. */
hb_font_t *face_hb_font(const struct face *face);

#endif
