/* Lengths. Everything the layout engine measures is in sp, 1/65536 of a PostScript point
 * (1/72 inch), in 64-bit integers: sums never overflow, never depend on a compiler's floating
 * point, and so give the same bytes on every machine. y grows downwards from the top left
 * corner of the trimmed page; only write/pdf converts and flips. */
#ifndef VERSTKA_BASE_UNIT_H
#define VERSTKA_BASE_UNIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int64_t sp; /* [1/65536 pt] */

#define SP_ONE ((sp)65536)
#define SP_PT(n) ((sp)(n) * SP_ONE)
#define SP_MAX ((sp)1 << 46) /* about 4 km: larger than any sum of lengths on a page */

/* Reads "12pt", "3.5mm", "2cm", "1in", "5pc", "-1pt" (unit required unless the number is 0).
 * At most 6 decimals. False if the text is not exactly one length or is over 100,000 pt. */
bool unit_parse_length(const char *text, sp *out);

/* Reads a decimal number such as "1.5" or "-0.25" as thousandths (1500, -250). */
bool unit_parse_milli(const char *text, int32_t *out);

/* Writes a length as points with at most `decimals` (0-4) decimals, locale-free, rounded half
 * away from zero, no trailing zeros: 786432 -> "12". Returns the length of the text. */
size_t unit_format_pt(char out[32], sp value, int decimals);

sp unit_scale_wide(sp value, int64_t num, int64_t den);

/* value * num / den, rounded half away from zero, as if in 128 bits. den > 0. */
static inline sp unit_scale(sp value, int64_t num, int64_t den)
{
	int64_t w;

	if (__builtin_mul_overflow(value, num, &w) || __builtin_add_overflow(w, w >= 0 ? den / 2 : -(den / 2), &w))
		return unit_scale_wide(value, num, den);
	return w / den;
}

#endif
