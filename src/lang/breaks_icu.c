#include "lang/breaks_icu.h"

#include <string.h>

#include <unicode/uchar.h>
#include <unicode/ubrk.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "lang/chars.h"
#include "lang/lang.h"

struct icu_breaker {
	UBreakIterator *line;
	UChar *units;      /* the text in UTF-16 */
	uint32_t *byte_of; /* [byte] of each unit; one more for the end */
	size_t cap_units, cap_bytes;
	uint32_t *points;
	size_t n, cap;
	int32_t *point_units; /* [unit] where each of the points is */
	size_t cap_point_units;
	int32_t n_units;
	UBreakIterator *words; /* opened at need */
	bool words_set;       /* they have the text */
};

struct icu_breaker *breaks_icu_open(void)
{
	UErrorCode status = U_ZERO_ERROR;
	/* "root": never the machine's own locale, or the same source would break otherwise elsewhere. */
	UBreakIterator *line = ubrk_open(UBRK_LINE, "root", NULL, 0, &status);
	struct icu_breaker *b;

	if (status == U_MEMORY_ALLOCATION_ERROR)
		mem_fail();
	if (U_FAILURE(status)) {
		ubrk_close(line);
		return NULL;
	}
	b = mem_zalloc(1, sizeof *b);
	b->line = line;
	return b;
}

void breaks_icu_close(struct icu_breaker *b)
{
	if (b == NULL)
		return;
	ubrk_close(b->line);
	ubrk_close(b->words);
	mem_free(b->point_units);
	mem_free(b->units);
	mem_free(b->byte_of);
	mem_free(b->points);
	mem_free(b);
}

/* T-52: UAX #14 leaves ‘ ’ “ ” open, for they point both ways in Europe, and lets a line begin with · – ～.
 * In Chinese they are brackets and points; ICU sees those in their place, one unit for one. */
static uint32_t han_stand_in(uint32_t before, uint32_t cp, uint32_t after)
{
	bool apostrophe = before < 0x250 && after < 0x250 && before != 0 && after != 0;

	switch (cp) {
	case 0x201c: return 0x300c;
	case 0x201d: return 0x300d;
	case 0x2018: return apostrophe ? cp : 0x300e;
	case 0x2019: return apostrophe ? cp : 0x300f;
	case 0x00b7: return 0x3001;
	case 0x2013: return before < 0x250 ? cp : 0x3001;
	case 0xff5e: return 0x3001;
	default: return cp;
	}
}

static int32_t to_utf16(struct icu_breaker *b, const char *text, size_t len, bool han)
{
	size_t n = 0, used = 0;
	uint32_t before = 0;

	VEC_ROOM(b->units, used, b->cap_units, len + 1);
	VEC_ROOM(b->byte_of, used, b->cap_bytes, len + 1);
	for (size_t i = 0; i < len;) {
		size_t start = i, size;
		uint32_t cp = utf8_decode(text + i, len - i, &size), shown = cp;

		i += size;
		if (han) {
			size_t ahead;

			shown = han_stand_in(before, cp, i < len ? utf8_decode(text + i, len - i, &ahead) : 0);
		}
		before = cp;
		b->byte_of[n] = (uint32_t)start;
		if (shown < 0x10000) {
			b->units[n++] = (UChar)shown;
			continue;
		}
		b->units[n++] = (UChar)(0xd7c0 + (shown >> 10));
		b->byte_of[n] = (uint32_t)start;
		b->units[n++] = (UChar)(0xdc00 | (shown & 0x3ff));
	}
	b->byte_of[n] = (uint32_t)len;
	return (int32_t)n;
}

static bool is_one_of(uint32_t cp, const uint16_t *list)
{
	while (*list != 0 && *list != cp)
		list++;
	return *list != 0;
}

static const uint16_t no_start_strict[] = { 0x2e3a, 0x2026, 0x2014, 0 };

bool breaks_icu_is_dear(const char *text, size_t len)
{
	size_t n;

	return len > 0 && is_one_of(utf8_decode(text, len, &n), no_start_strict);
}

/* T-52: what no line may begin or end with, whatever ICU says. */
static bool han_allows(uint32_t before, uint32_t after, bool strict)
{
	static const uint16_t no_start[] = {
		0x3001, 0xff0c, 0x3002, 0xff1b, 0xff1a, 0xff1f, 0xff01, 0x300d, 0x300f, 0x300b, 0x3009, 0xff09, 0x3011,
		0x3015, 0x201d, 0x2019, 0x00b7, 0x2013, 0xff5e, 0
	};
	static const uint16_t no_end[] = {
		0x300c, 0x300e, 0x300a, 0x3008, 0xff08, 0x3010, 0x3014, 0x201c, 0x2018, '/', '.', 0
	};

	if (is_one_of(after, no_start) || is_one_of(before, no_end))
		return false;
	return !strict || !is_one_of(after, no_start_strict);
}

size_t breaks_icu_points(struct icu_breaker *b, const char *text, size_t len, bool han, bool strict,
                         const uint32_t **at)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t n, point;

	b->n = 0;
	b->words_set = false;
	*at = b->points;
	if (len == 0 || len >= INT32_MAX)
		return 0;
	n = b->n_units = to_utf16(b, text, len, han);
	ubrk_setText(b->line, b->units, n, &status);
	if (U_FAILURE(status))
		return 0;
	for (point = ubrk_first(b->line); point != UBRK_DONE; point = ubrk_next(b->line)) {
		size_t byte, size;

		if (point <= 0 || point >= n)
			continue;
		byte = b->byte_of[point];
		if (han && !han_allows(utf8_decode_before(text, byte, &size), utf8_decode(text + byte, len - byte, &size),
		                       strict))
			continue;
		VEC_ROOM(b->points, b->n, b->cap, 1);
		VEC_ROOM(b->point_units, b->n, b->cap_point_units, 1);
		b->point_units[b->n] = point;
		b->points[b->n++] = (uint32_t)byte;
	}
	*at = b->points;
	return b->n;
}

bool breaks_icu_in_word(struct icu_breaker *b, size_t i)
{
	UErrorCode status = U_ZERO_ERROR;

	if (b->words == NULL) {
		b->words = ubrk_open(UBRK_WORD, "root", NULL, 0, &status);
		if (U_FAILURE(status))
			return false;
	}
	if (!b->words_set) {
		ubrk_setText(b->words, b->units, b->n_units, &status);
		b->words_set = true;
	}
	return U_SUCCESS(status) && !ubrk_isBoundary(b->words, b->point_units[i]);
}

void lang_character_name(uint32_t c, char out[128])
{
	UErrorCode err = U_ZERO_ERROR;

	out[0] = '\0';
	if (u_charName((UChar32)c, U_UNICODE_CHAR_NAME, out, 128, &err) <= 0 || U_FAILURE(err))
		out[0] = '\0';
}
