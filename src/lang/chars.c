#include "lang/chars.h"

#include <unicode/uchar.h>

struct class_range {
	uint32_t from, to;
	uint8_t class_of;
};

/* Signs whose class is not what their general category says. */
static const struct class_range low_signs[] = {
	{ 0x09, 0x09, C_SPACE }, { 0x0a, 0x0d, C_NEWLINE }, { 0x20, 0x20, C_SPACE }, { '!', '!', C_PUNCT },
	{ '"', '"', C_QUOTE }, { '$', '$', C_CURRENCY }, { '%', '%', C_PERCENT }, { '\'', '\'', C_APOS },
	{ '(', '(', C_OPEN }, { ')', ')', C_CLOSE }, { ',', ',', C_PUNCT }, { '-', '-', C_HYPHEN },
	{ '.', '.', C_STOP }, { '/', '/', C_SLASH }, { ':', ';', C_PUNCT }, { '?', '?', C_PUNCT },
	{ '[', '[', C_OPEN }, { ']', ']', C_CLOSE }, { '{', '{', C_OPEN }, { '}', '}', C_CLOSE },
	{ 0x85, 0x85, C_NEWLINE }, { 0xa0, 0xa0, C_GLUE }, { 0xa1, 0xa1, C_OPEN }, { 0xa2, 0xa5, C_CURRENCY },
	{ 0xa7, 0xa7, C_SIGN }, { 0xab, 0xab, C_OPEN }, { 0xad, 0xad, C_SHY }, { 0xb0, 0xb0, C_PERCENT },
	{ 0xb6, 0xb6, C_SIGN }, { 0xbb, 0xbb, C_CLOSE }, { 0xbf, 0xbf, C_OPEN }, { 0x2bc, 0x2bc, C_APOS },
	{ 0x37e, 0x37e, C_PUNCT }, { 0x387, 0x387, C_PUNCT },
};

static const struct class_range high_signs[] = { /* ascending */
	{ 0x1e00, 0x1fff, C_LETTER }, /* case is looked up */
	{ 0x2000, 0x2006, C_SPACE }, { 0x2007, 0x2007, C_GLUE }, { 0x2008, 0x200a, C_SPACE },
	{ 0x200b, 0x200b, C_ZWSP }, { 0x200c, 0x200d, C_COMPLEX }, { 0x200e, 0x200f, C_MARK },
	{ 0x2010, 0x2010, C_HYPHEN }, { 0x2011, 0x2011, C_NBHYPHEN }, { 0x2012, 0x2015, C_DASH },
	{ 0x2016, 0x2017, C_OTHER }, { 0x2018, 0x2018, C_QUOTE }, { 0x2019, 0x2019, C_APOS },
	{ 0x201a, 0x201a, C_OPEN }, { 0x201b, 0x201d, C_QUOTE }, { 0x201e, 0x201e, C_OPEN },
	{ 0x201f, 0x201f, C_QUOTE }, { 0x2020, 0x2023, C_OTHER }, { 0x2024, 0x2026, C_ELLIPSIS },
	{ 0x2027, 0x2027, C_OTHER }, { 0x2028, 0x2029, C_FORCED }, { 0x202a, 0x202e, C_MARK },
	{ 0x202f, 0x202f, C_GLUE }, { 0x2030, 0x2037, C_PERCENT }, { 0x2038, 0x2038, C_OTHER },
	{ 0x2039, 0x2039, C_OPEN }, { 0x203a, 0x203a, C_CLOSE }, { 0x203b, 0x203b, C_OTHER },
	{ 0x203c, 0x203d, C_PUNCT }, { 0x203e, 0x2043, C_OTHER }, { 0x2044, 0x2044, C_OTHER },
	{ 0x2045, 0x2045, C_OPEN }, { 0x2046, 0x2046, C_CLOSE }, { 0x2047, 0x2049, C_PUNCT },
	{ 0x204a, 0x205e, C_OTHER }, { 0x205f, 0x205f, C_SPACE }, { 0x2060, 0x2060, C_JOINER },
	{ 0x2061, 0x206f, C_MARK }, { 0x2070, 0x209f, C_OTHER }, { 0x20a0, 0x20cf, C_CURRENCY },
	{ 0x20d0, 0x20ff, C_MARK }, { 0x2100, 0x2102, C_OTHER }, { 0x2103, 0x2103, C_PERCENT },
	{ 0x2104, 0x2108, C_OTHER }, { 0x2109, 0x2109, C_PERCENT }, { 0x210a, 0x2115, C_OTHER },
	{ 0x2116, 0x2116, C_SIGN }, { 0x2117, 0x218f, C_OTHER }, { 0x2190, 0x21ff, C_ARROW },
	{ 0x2200, 0x22ff, C_OTHER }, { 0x2500, 0x25ff, C_OTHER }, { 0x2c60, 0x2c7f, C_LETTER },
	{ 0x2de0, 0x2dff, C_MARK }, { 0x2e3a, 0x2e3b, C_DASH }, { 0xa640, 0xa66e, C_LETTER },
	{ 0xa720, 0xa7ff, C_LETTER }, { 0xe000, 0xf8ff, C_OTHER }, { 0xfb00, 0xfb06, C_LETTER },
	{ 0xfeff, 0xfeff, C_JOINER }, { 0xfffc, 0xfffc, C_OBJECT },
	{ 0xfffd, 0xfffd, C_OTHER },
};

static uint8_t class_by_category(UChar32 cp)
{
	switch (u_charType(cp)) {
	case U_UPPERCASE_LETTER:
	case U_TITLECASE_LETTER:
		return C_UPPER;
	case U_LOWERCASE_LETTER:
	case U_MODIFIER_LETTER:
	case U_OTHER_LETTER:
		return C_LETTER;
	case U_DECIMAL_DIGIT_NUMBER:
		return C_DIGIT;
	case U_NON_SPACING_MARK:
	case U_ENCLOSING_MARK:
		return C_MARK;
	default:
		return C_OTHER;
	}
}

void chars_init(struct chars *c)
{
	for (UChar32 cp = 0; cp < CHARS_LOW; cp++) {
		UChar32 lower = u_tolower(cp);

		c->class_of[cp] = class_by_category(cp);
		c->lower[cp] = (uint16_t)(lower < CHARS_LOW ? lower : cp);
	}
	for (size_t i = 0; i < sizeof low_signs / sizeof *low_signs; i++) {
		for (uint32_t cp = low_signs[i].from; cp <= low_signs[i].to; cp++)
			c->class_of[cp] = low_signs[i].class_of;
	}
}

uint8_t chars_class_high(uint32_t cp)
{
	size_t low = 0, high = sizeof high_signs / sizeof *high_signs;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (cp > high_signs[mid].to)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == sizeof high_signs / sizeof *high_signs || cp < high_signs[low].from)
		return C_COMPLEX;
	if (high_signs[low].class_of == C_LETTER)
		return class_by_category((UChar32)cp);
	return high_signs[low].class_of;
}

uint32_t chars_lower_high(uint32_t cp)
{
	return (uint32_t)u_tolower((UChar32)cp);
}

bool chars_is_letter(uint32_t cp)
{
	return cp < 0x80 ? (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z' : u_isalpha((UChar32)cp);
}

bool chars_extends(uint32_t cp)
{
	if (cp < 0x300)
		return false;
	if (cp == 0x200d || (cp >= 0xfe00 && cp <= 0xfe0f) || (cp >= 0x1f3fb && cp <= 0x1f3ff))
		return true;
	return (U_GET_GC_MASK((UChar32)cp) & U_GC_M_MASK) != 0 ||
	       u_hasBinaryProperty((UChar32)cp, UCHAR_GRAPHEME_EXTEND);
}

/* Letters that carry a syllable in the alphabets we set, besides those with a diacritic. */
bool chars_is_vowel(uint32_t lower)
{
	static const uint16_t vowels[] = { /* ascending */
		'a', 'e', 'i', 'o', 'u', 'y', 0xe6, 0xf8, 0x131, 0x153,
		0x3b1, 0x3b5, 0x3b7, 0x3b9, 0x3bf, 0x3c5, 0x3c9, /* α ε η ι ο υ ω */
		0x430, 0x435, 0x438, 0x43e, 0x443, 0x44b, 0x44d, 0x44e, 0x44f, /* а е и о у ы э ю я */
		0x451, 0x454, 0x456, 0x457, 0x4af, 0x4b1, 0x4d9, 0x4e9, /* ё є і ї ү ұ ә ө */
	};

	if (lower > 0x7f && (lower < 0x400 || lower >= 0x1e00)) { /* é, ά: the letter below the accent */
		static const struct class_range runs[] = {
			{ 0xe0, 0xe5, 1 }, { 0xe8, 0xef, 1 }, { 0xf2, 0xf6, 1 }, { 0xf9, 0xfd, 1 }, { 0xff, 0xff, 1 },
			{ 0x100, 0x105, 1 }, { 0x112, 0x11b, 1 }, { 0x128, 0x131, 1 }, { 0x14c, 0x153, 1 },
			{ 0x168, 0x173, 1 }, { 0x390, 0x390, 1 }, { 0x3ac, 0x3b0, 1 }, { 0x3ca, 0x3ce, 1 },
			{ 0x1f00, 0x1fff, 1 },
		};

		for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
			if (lower >= runs[i].from && lower <= runs[i].to)
				return true;
		}
	}
	for (size_t lo = 0, hi = sizeof vowels / sizeof *vowels; lo < hi;) {
		size_t mid = lo + (hi - lo) / 2;

		if (vowels[mid] == lower)
			return true;
		if (vowels[mid] < lower)
			lo = mid + 1;
		else
			hi = mid;
	}
	return false;
}
