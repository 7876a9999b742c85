/* Optical margins: how far a character at a line's edge may stand out of the measure. */
#ifndef VERSTKA_LAYOUT_HANG_H
#define VERSTKA_LAYOUT_HANG_H

#include <stdint.h>

/* [1/1000 of the character's advance]. Values: T-70, T-71 (microtype's T2A and TU tables as measured there,
 * and a few of ours for round letters). */
int hang_left(uint32_t c);
int hang_right(uint32_t c);

#endif
