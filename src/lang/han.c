#include "lang/han.h"

#include <unicode/uchar.h>

#include "base/utf8.h"
#include "lang/rules.h"

bool lang_is_han(const struct lang *l)
{
	return l->rules->han;
}

struct han_range {
	uint32_t from, to;
	uint8_t class_of;
};

/* ascending; what is not here is of HAN_WORD (letters, figures) or HAN_SIGN */
static const struct han_range ranges[] = {
	{ 0x00B7, 0x00B7, HAN_DOT }, { 0x2014, 0x2015, HAN_RULE }, { 0x2018, 0x2018, HAN_OPEN }, { 0x2019, 0x2019, HAN_CLOSE },
	{ 0x201C, 0x201C, HAN_OPEN }, { 0x201D, 0x201D, HAN_CLOSE }, { 0x2026, 0x2026, HAN_RULE }, { 0x2027, 0x2027, HAN_DOT },
	{ 0x2E3A, 0x2E3B, HAN_RULE }, { 0x2E80, 0x2FDF, HAN_LETTER }, { 0x3000, 0x3000, HAN_LETTER },
	{ 0x3001, 0x3002, HAN_CLOSE }, { 0x3003, 0x3007, HAN_LETTER },
	{ 0x3008, 0x3008, HAN_OPEN }, { 0x3009, 0x3009, HAN_CLOSE }, { 0x300A, 0x300A, HAN_OPEN }, { 0x300B, 0x300B, HAN_CLOSE },
	{ 0x300C, 0x300C, HAN_OPEN }, { 0x300D, 0x300D, HAN_CLOSE }, { 0x300E, 0x300E, HAN_OPEN }, { 0x300F, 0x300F, HAN_CLOSE },
	{ 0x3010, 0x3010, HAN_OPEN }, { 0x3011, 0x3011, HAN_CLOSE }, { 0x3012, 0x3013, HAN_LETTER },
	{ 0x3014, 0x3014, HAN_OPEN }, { 0x3015, 0x3015, HAN_CLOSE }, { 0x3016, 0x3016, HAN_OPEN }, { 0x3017, 0x3017, HAN_CLOSE },
	{ 0x3018, 0x3018, HAN_OPEN }, { 0x3019, 0x3019, HAN_CLOSE }, { 0x301A, 0x301A, HAN_OPEN }, { 0x301B, 0x301B, HAN_CLOSE },
	{ 0x301C, 0x301C, HAN_RULE }, { 0x301D, 0x301D, HAN_OPEN }, { 0x301E, 0x301F, HAN_CLOSE }, { 0x3020, 0x30FA, HAN_LETTER },
	{ 0x30FB, 0x30FB, HAN_DOT }, { 0x30FC, 0x4DBF, HAN_LETTER }, { 0x4E00, 0xA4CF, HAN_LETTER }, { 0xF900, 0xFAFF, HAN_LETTER },
	{ 0xFE30, 0xFE4F, HAN_LETTER },
	{ 0xFF01, 0xFF01, HAN_CLOSE }, { 0xFF02, 0xFF07, HAN_LETTER }, { 0xFF08, 0xFF08, HAN_OPEN }, { 0xFF09, 0xFF09, HAN_CLOSE },
	{ 0xFF0A, 0xFF0B, HAN_LETTER }, { 0xFF0C, 0xFF0C, HAN_CLOSE }, { 0xFF0D, 0xFF0D, HAN_LETTER }, { 0xFF0E, 0xFF0E, HAN_CLOSE },
	{ 0xFF0F, 0xFF19, HAN_LETTER }, { 0xFF1A, 0xFF1B, HAN_CLOSE }, { 0xFF1C, 0xFF1E, HAN_LETTER }, { 0xFF1F, 0xFF1F, HAN_CLOSE },
	{ 0xFF20, 0xFF3A, HAN_LETTER }, { 0xFF3B, 0xFF3B, HAN_OPEN }, { 0xFF3C, 0xFF3C, HAN_LETTER }, { 0xFF3D, 0xFF3D, HAN_CLOSE },
	{ 0xFF3E, 0xFF5A, HAN_LETTER }, { 0xFF5B, 0xFF5B, HAN_OPEN }, { 0xFF5C, 0xFF5C, HAN_LETTER }, { 0xFF5D, 0xFF5D, HAN_CLOSE },
	{ 0xFF5E, 0xFF5E, HAN_RULE }, { 0xFF5F, 0xFF5F, HAN_OPEN }, { 0xFF60, 0xFF60, HAN_CLOSE }, { 0xFF61, 0xFFEF, HAN_LETTER },
	{ 0x16FE0, 0x18CFF, HAN_LETTER }, { 0x1B000, 0x1B2FF, HAN_LETTER }, { 0x1F200, 0x1F2FF, HAN_LETTER },
	{ 0x20000, 0x3FFFD, HAN_LETTER },
};

/* T-55: a gap parts letters and figures from Han, and the signs that are read as a word beside them. */
static bool is_of_word(uint32_t c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '%' || c == '$' || c == '+' ||
		       c == '#' || c == '&' || c == '@';
	return u_isalnum((UChar32)c) || c == 0xB0 || c == 0x2030 || c == 0x2103 || c == 0xB1 || c == 0xA3 || c == 0x20AC || c == 0xA7 ||
	       c == 0x2116;
}

enum han_class han_class_of(uint32_t c)
{
	size_t low = 0, high = sizeof ranges / sizeof *ranges;

	if (c < ranges[0].from)
		return is_of_word(c) ? HAN_WORD : HAN_SIGN;
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (c > ranges[mid].to)
			low = mid + 1;
		else
			high = mid;
	}
	if (low < sizeof ranges / sizeof *ranges && c >= ranges[low].from)
		return (enum han_class)ranges[low].class_of;
	return is_of_word(c) ? HAN_WORD : HAN_SIGN;
}

static bool is_western(enum han_class k)
{
	return k == HAN_WORD || k == HAN_SIGN;
}

static uint32_t char_at(const char *text, uint32_t at, uint32_t to, uint32_t *next)
{
	size_t n;
	uint32_t c = utf8_decode(text + at, to - at, &n);

	*next = at + (uint32_t)n;
	return c;
}

/* An apostrophe within a Latin word is of the word: don’t. */
static bool is_apostrophe(const char *text, uint32_t at, uint32_t to, bool in_word)
{
	uint32_t next, c = char_at(text, at, to, &next);

	return c == 0x2019 && in_word && next < to && han_class_of(char_at(text, next, to, &next)) == HAN_WORD;
}

uint32_t han_unit(const char *text, uint32_t from, uint32_t to)
{
	uint32_t next, at, first = char_at(text, from, to, &at);
	enum han_class k = han_class_of(first);

	while (at < to) {
		uint32_t c = char_at(text, at, to, &next);
		bool extends = (c < 0x4E00 || c > 0x9FFF) && chars_extends(c);

		if (!extends && is_western(k)) {
			if (!is_western(han_class_of(c)) && !is_apostrophe(text, at, to, true))
				return at;
		} else if (!extends && (k != HAN_RULE || c != first)) {
			return at;
		}
		at = next;
	}
	return at;
}

struct han_space han_space(enum han_class left, enum han_class right)
{
	struct han_space s = { .gives = left != HAN_EDGE && right != HAN_EDGE };
	bool word = left == HAN_WORD || right == HAN_WORD, letter = left == HAN_LETTER || right == HAN_LETTER;

	if (left == HAN_EDGE || right == HAN_EDGE || (is_western(left) && is_western(right)))
		return (struct han_space){ 0 };
	/* T-54: of two marks side by side one blank is left, or none */
	if (left == HAN_CLOSE && right != HAN_CLOSE && right != HAN_DOT && right != HAN_MARK)
		s.blank_before = true;
	else if (right == HAN_OPEN && left != HAN_OPEN && left != HAN_DOT)
		s.blank_after = true;
	else
		s.quarter = word && letter;
	if (right == HAN_MARK)
		s.gives = false; /* a note's mark stays at its word */
	return s;
}
