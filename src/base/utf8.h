/* UTF-8. Text inside verstka is always well-formed UTF-8 (read/ sees to it); these still never
 * read outside their bounds and never loop on anything. */
#ifndef VERSTKA_BASE_UTF8_H
#define VERSTKA_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

uint32_t utf8_decode_any(const char *s, size_t len, size_t *n);

/* Decodes the character at s (len > 0 bytes available), its length in *n [byte], 1-4.
 * Malformed: U+FFFD and *n = 1. In the header because half of what layout does to text begins with it, and
 * nearly all characters are of one byte or two. */
static inline uint32_t utf8_decode(const char *s, size_t len, size_t *n)
{
	unsigned char a = (unsigned char)s[0], b;

	if (a < 0x80) {
		*n = 1;
		return a;
	}
	if (a >= 0xC2 && a <= 0xDF && len > 1 && ((b = (unsigned char)s[1]) & 0xC0) == 0x80) {
		*n = 2;
		return (uint32_t)(a & 0x1F) << 6 | (b & 0x3F);
	}
	return utf8_decode_any(s, len, n);
}
/* The character that ends at s+pos (pos > 0), its length in *n. */
uint32_t utf8_decode_before(const char *s, size_t pos, size_t *n);
/* Writes 1-4 bytes; not a scalar value: U+FFFD. Returns how many. */
size_t utf8_encode(uint32_t c, char out[4]);
bool utf8_is_valid(const char *s, size_t len);
/* XML's white space (S): what collapses, trims and parts words in a source. */
static inline bool utf8_is_xml_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
size_t utf8_count(const char *s, size_t len); /* [character] */
/* Unicode's Default_Ignorable_Code_Point: what draws nothing where it has no effect (marks of direction, variation
 * selectors, tags, joiners ...), and may be absent from a face. */
bool utf8_is_ignorable(uint32_t c);
/* Something in the text leaves a mark on paper: more than spaces of any kind, controls and what is ignorable. */
bool utf8_is_seen(const char *s, size_t len);

#endif
