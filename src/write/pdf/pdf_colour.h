/* Colours for each target. Print: CMYK only, screen: RGB only. */
#ifndef VERSTKA_WRITE_PDF_PDF_COLOUR_H
#define VERSTKA_WRITE_PDF_PDF_COLOUR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/diag.h"
#include "style/colour.h"

/* The fill operator for a colour of the palette: "0 0 0 1 k", "/S2 cs 1 scn" (an ink of its own), "0.2 0.2 0.2 rg". */
void pdf_colour_put_fill(struct buf *b, const struct colour *palette, int colour, bool screen);
bool pdf_colour_is_black(const struct colour *c); /* K alone, full */
/* Members of the resources' ColorSpace: a Separation for each ink of its own, shown as its CMYK where it is not there;
 * and /All, for marks. */
void pdf_colour_put_spaces(struct buf *b, const struct colour *palette, int n);
/* The colours of one ink share the space of the first: its index, or -1 for a colour of the four. */
int pdf_colour_spot(const struct colour *palette, int colour);

/* RGB pixels to CMYK, 8 bits each, with no profile at hand: full grey component replacement in integers,
 *     K = 255 - max(R, G, B);  C = 255 * (max - R) / max, M and Y alike,
 * so that greys use black ink alone. */
void pdf_colour_to_cmyk(const unsigned char *rgb, unsigned char *cmyk, size_t n);
/* CMYK pixels (255 = full ink) to RGB likewise: R = (255 - C)(255 - K) / 255. */
void pdf_colour_to_rgb(const unsigned char *cmyk, unsigned char *rgb, size_t n);

/* Ink over the limit [1/1000] is taken from C, M and Y alike, black stays. Returns how many pixels were over;
 * with change false they are only counted. */
size_t pdf_colour_limit_ink(unsigned char *cmyk, size_t n, int32_t limit, bool change);

#endif
