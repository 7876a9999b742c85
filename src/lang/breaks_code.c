/* Joints in URLs, mail addresses, paths and code (T-29): nothing is added at them, or the reader would take
 * the hyphen for a part of the address. */
#include <string.h>

#include "lang/rules.h"

enum { SEGMENT_MIN = 3, BEFORE_MIN = 2, IDENTIFIER_LONG = 20 }; /* [character] */

static bool is_separator(unsigned char c)
{
	return c != 0 && strchr("/.?&=-_#:", c) != NULL;
}

bool breaks_code_is_url(const char *text, const struct chunk *c)
{
	const char *s = text + c->core_from;
	size_t len = c->core_to - c->core_from;

	if (c->letters == 0 || len < 6)
		return false;
	if (c->slashes >= 2)
		return true;
	if (len > 4 && memcmp(s, "www.", 4) == 0)
		return true;
	for (size_t i = 1; i + 1 < len; i++) { /* mail: letters around the sign, a point behind it */
		if (s[i] == '@')
			return memchr(s + i, '.', len - i) != NULL;
	}
	return false;
}

/* Characters from i up to the next separator, counted no further than needed. */
static size_t segment_length(const char *text, size_t i, size_t to)
{
	size_t n = 0;

	for (; i < to && n < SEGMENT_MIN && !is_separator((unsigned char)text[i]); i++)
		n += ((unsigned char)text[i] & 0xc0) != 0x80;
	return n;
}

/* Only the last character of a group "://", "--", "::" has text behind it. `run` is the text's length before it. */
static void address_joint(const char *text, size_t i, size_t to, size_t run, struct break_list *out)
{
	unsigned char c = (unsigned char)text[i];
	bool scheme = c == '/' && i >= 2 && text[i - 1] == '/' && text[i - 2] == ':';
	bool strong = strchr("/?&=#", c) != NULL;

	if (run < BEFORE_MIN || scheme || segment_length(text, i + 1, to) < SEGMENT_MIN)
		return;
	breaks_put(out, i + 1, BREAK_JOINT, strong ? 0 : PRICE_WEAK_JOINT, 0);
}

static void mail_inside(const char *text, size_t from, size_t to, struct break_list *out)
{
	for (size_t i = from + BEFORE_MIN; i + SEGMENT_MIN < to; i++) {
		if (text[i] == '@' || (text[i] == '.' && segment_length(text, i + 1, to) >= 2))
			breaks_put(out, i, BREAK_JOINT, text[i] == '@' ? 0 : PRICE_WEAK_JOINT, 0);
	}
}

/* camelCase humps of a long identifier: before a capital behind a small letter, three letters from each end. */
static void humps_inside(const struct chars *chars, const char *text, size_t from, size_t to, size_t i,
                         struct break_list *out)
{
	size_t next = i;
	uint8_t left = C_OTHER, right;

	if (i < from + SEGMENT_MIN || i + SEGMENT_MIN > to)
		return;
	right = chars_class(chars, chars_next(text, &next, to));
	if (right == C_UPPER) {
		size_t back = i - 1;

		while (back > from && ((unsigned char)text[back] & 0xc0) == 0x80)
			back--;
		left = chars_class(chars, chars_next(text, &back, to));
	}
	if (left == C_LETTER)
		breaks_put(out, i, BREAK_JOINT, PRICE_WEAK_JOINT, 0);
}

void breaks_code_inside(const struct chars *chars, const char *text, size_t from, size_t to, bool code,
                        struct break_list *out)
{
	size_t run = 0;  /* characters that are no separators, so far */
	bool humps = code && to - from > IDENTIFIER_LONG;

	if (!code && memchr(text + from, '@', to - from) != NULL && memchr(text + from, '/', to - from) == NULL) {
		mail_inside(text, from, to, out);
		return;
	}
	for (size_t i = from; i < to;) {
		size_t next = i;

		if (is_separator((unsigned char)text[i])) {
			address_joint(text, i, to, run, out);
			i++;
			continue;
		}
		if (humps)
			humps_inside(chars, text, from, to, i, out);
		if (chars_next(text, &next, to) == 0x200b && i > from && next < to)
			breaks_put(out, next, BREAK_JOINT, 0, 0);
		run++;
		i = next;
	}
}
