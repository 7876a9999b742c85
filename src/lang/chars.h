/* Classes of characters for line breaking, and lower case. Ours, not UAX #14's: Latin, Greek and
 * Cyrillic text needs only some twenty of them, and a table lookup each. Everything these classes do
 * not cover (Han, Thai, Hangul, Arabic, emoji ...) is C_COMPLEX, and its word goes to ICU. */
#ifndef VERSTKA_LANG_CHARS_H
#define VERSTKA_LANG_CHARS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum char_class {
	C_OTHER,    /* symbols that stick to their neighbours */
	C_LETTER,   /* lower case or without case */
	C_UPPER,
	C_DIGIT,
	C_SPACE,    /* a line may end after it: U+0020, U+2009 ... */
	C_GLUE,     /* U+00A0, U+202F, U+2007: a space that forbids */
	C_NEWLINE,  /* LF, CR, VT, FF, NEL: a space in prose, an end of line in code */
	C_FORCED,   /* U+2028, U+2029 */
	C_MARK,     /* combining */
	C_HYPHEN,   /* U+002D, U+2010 */
	C_NBHYPHEN, /* U+2011 */
	C_DASH,     /* U+2012..U+2015 */
	C_SLASH,
	C_OPEN,     /* opening bracket, « „ ‚ ¿ ¡ */
	C_CLOSE,    /* closing bracket, » */
	C_QUOTE,    /* " “ ” ‘: opening or closing as they stand */
	C_APOS,     /* ' ’ ʼ */
	C_STOP,     /* full stop */
	C_PUNCT,    /* , ; : ! ? */
	C_ELLIPSIS,
	C_PERCENT,  /* % ‰ ° ′ ″ */
	C_SIGN,     /* № § ¶: binds what follows */
	C_CURRENCY,
	C_ARROW,
	C_SHY,      /* U+00AD */
	C_ZWSP,     /* U+200B */
	C_JOINER,   /* U+2060, U+FEFF */
	C_OBJECT,   /* U+FFFC: a picture; a line may end before and behind it (UAX #14, LB20) */
	C_COMPLEX
};
#define C_BIT(CLASS) ((uint32_t)1 << (CLASS))

enum { CHARS_LOW = 0x530 }; /* below: a table; Latin, Greek, Cyrillic */

struct chars {
	uint8_t class_of[CHARS_LOW];
	uint16_t lower[CHARS_LOW];
};

void chars_init(struct chars *c);
uint8_t chars_class_high(uint32_t cp);  /* for cp >= CHARS_LOW */
uint32_t chars_lower_high(uint32_t cp);
/* A combining mark, joiner or selector that must stay with what is before it. Slow: asks ICU. */
bool chars_extends(uint32_t cp);
bool chars_is_letter(uint32_t cp); /* of any script. Slow but for ASCII: asks ICU */
bool chars_is_vowel(uint32_t lower); /* of Cyrillic, Latin, Greek, accented ones included */

static inline uint8_t chars_class(const struct chars *c, uint32_t cp)
{
	return cp < CHARS_LOW ? c->class_of[cp] : chars_class_high(cp);
}

static inline uint32_t chars_lower(const struct chars *c, uint32_t cp)
{
	return cp < CHARS_LOW ? c->lower[cp] : chars_lower_high(cp);
}

/* utf8_decode without the checks: verstka's text is well-formed, and a broken tail is still not read
 * past `end`. */
static inline uint32_t chars_next(const char *text, size_t *at, size_t end)
{
	const unsigned char *s = (const unsigned char *)text + *at;
	size_t left = end - *at;

	if (s[0] < 0x80) {
		*at += 1;
		return s[0];
	}
	if (s[0] < 0xe0 && left >= 2) {
		*at += 2;
		return (uint32_t)(s[0] & 0x1f) << 6 | (s[1] & 0x3f);
	}
	if (s[0] < 0xf0 && left >= 3) {
		*at += 3;
		return (uint32_t)(s[0] & 0x0f) << 12 | (uint32_t)(s[1] & 0x3f) << 6 | (s[2] & 0x3f);
	}
	if (left >= 4) {
		*at += 4;
		return (uint32_t)(s[0] & 0x07) << 18 | (uint32_t)(s[1] & 0x3f) << 12 | (uint32_t)(s[2] & 0x3f) << 6 |
		       (s[3] & 0x3f);
	}
	*at = end;
	return 0xfffd;
}

#endif
