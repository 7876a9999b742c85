#include "write/epub/href.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

#define MOST_BYTES 4000
#define MOST_LABEL 63 /* [character] of a host name between its dots */

static bool has_prefix(const char *s, const char *prefix)
{
	for (; *prefix != '\0'; s++, prefix++) {
		char c = *s >= 'A' && *s <= 'Z' ? (char)(*s - 'A' + 'a') : *s;

		if (c != *prefix)
			return false;
	}
	return true;
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* ---- host names ------------------------------------------------------------------------------------ */

static uint32_t lower(uint32_t c)
{
	if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) ||
	    (c >= 0x410 && c <= 0x42F))
		return c + 0x20;
	return c >= 0x400 && c <= 0x40F ? c + 0x50 : c;
}

/* The bias of RFC 3492, section 6.1. */
static uint32_t adapt(uint32_t delta, uint32_t points, bool first)
{
	uint32_t k = 0;

	delta = first ? delta / 700 : delta / 2;
	delta += delta / points;
	for (; delta > 455; k += 36)
		delta /= 35;
	return k + 36 * delta / (delta + 38);
}

static void put_variable(struct buf *out, uint32_t q, uint32_t bias)
{
	static const char digits[] = "abcdefghijklmnopqrstuvwxyz0123456789";

	for (uint32_t k = 36;; k += 36) {
		uint32_t t = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;

		if (q < t)
			break;
		buf_putc(out, digits[t + (q - t) % (36 - t)]);
		q = (q - t) / (36 - t);
	}
	buf_putc(out, digits[q]);
}

/* One label of a host name in the form of RFC 3492, section 6.3. Labels are short: nothing overflows. */
static void put_punycode(struct buf *out, const uint32_t *c, uint32_t n)
{
	uint32_t code = 128, delta = 0, bias = 72, done = 0, basic;

	buf_puts(out, "xn--");
	for (uint32_t i = 0; i < n; i++)
		if (c[i] < 128) {
			buf_putc(out, (char)c[i]);
			done++;
		}
	basic = done;
	if (basic > 0)
		buf_putc(out, '-');
	while (done < n) {
		uint32_t next = UINT32_MAX;

		for (uint32_t i = 0; i < n; i++)
			if (c[i] >= code && c[i] < next)
				next = c[i];
		delta += (next - code) * (done + 1);
		code = next;
		for (uint32_t i = 0; i < n; i++) {
			if (c[i] < code)
				delta++;
			if (c[i] != code)
				continue;
			put_variable(out, delta, bias);
			bias = adapt(delta, done + 1, done == basic);
			delta = 0;
			done++;
		}
		delta++;
		code++;
	}
}

static bool put_label(struct buf *out, const char *s, size_t len)
{
	uint32_t c[MOST_LABEL], n = 0;
	bool beyond = false;

	if (len == 0)
		return false;
	for (size_t i = 0, step = 0; i < len; i += step) {
		uint32_t ch = lower(utf8_decode(s + i, len - i, &step));

		if (n == MOST_LABEL || (ch < 128 && !is_alnum((char)ch) && ch != '-' && ch != '_'))
			return false;
		beyond |= ch >= 128;
		c[n++] = ch;
	}
	if (beyond)
		put_punycode(out, c, n);
	else
		buf_put(out, s, len);
	return true;
}

/* "user@host.name:80"; false: it is none. */
static bool put_authority(struct buf *out, const char *s, size_t len)
{
	const char *at = memchr(s, '@', len), *end = s + len, *colon;

	if (at != NULL) {
		for (; s < at; s++) {
			if (!is_alnum(*s) && strchr("-._~:", *s) == NULL)
				return false;
			buf_putc(out, *s);
		}
		buf_putc(out, '@');
		s++;
	}
	colon = memchr(s, ':', (size_t)(end - s));
	for (const char *stop = colon != NULL ? colon : end; s <= stop;) {
		const char *dot = memchr(s, '.', (size_t)(stop - s)), *to = dot != NULL ? dot : stop;

		if (!put_label(out, s, (size_t)(to - s)))
			return false;
		if (dot != NULL)
			buf_putc(out, '.');
		s = to + 1;
		if (dot != NULL && s == stop) /* the root's dot at the end */
			break;
	}
	for (; colon != NULL && colon < end; colon++) {
		if (*colon != ':' && (*colon < '0' || *colon > '9'))
			return false;
		buf_putc(out, *colon);
	}
	return true;
}

/* ---- the whole ---------------------------------------------------------------------------------------- */

static void put_rest(struct buf *out, const char *s)
{
	bool fragment = false;

	for (; *s != '\0'; s++) {
		bool keep = is_alnum(*s) || strchr("-._~:/?@!$&'()*+,;=", *s) != NULL;

		if (*s == '%')
			keep = is_hex(s[1]) && is_hex(s[2]);
		if (*s == '#') {
			keep = !fragment;
			fragment = true;
		}
		if (keep)
			buf_putc(out, *s);
		else
			buf_printf(out, "%%%02X", (unsigned)(unsigned char)*s);
	}
}

const char *href_clean(struct arena *a, const char *href)
{
	static const struct { const char *scheme; bool host; } known[] = {
		{ "http://", true }, { "https://", true }, { "ftp://", true }, { "mailto:", false }, { "tel:", false },
		{ "doi:", false }, { "urn:", false },
	};
	const char *rest = NULL, *result = NULL;
	bool host = false;
	struct buf b;

	if (href == NULL || strlen(href) > MOST_BYTES)
		return NULL;
	for (size_t i = 0; i < sizeof known / sizeof *known && rest == NULL; i++)
		if (has_prefix(href, known[i].scheme)) {
			rest = href + strlen(known[i].scheme);
			host = known[i].host;
		}
	if (rest == NULL || *rest == '\0')
		return NULL;
	buf_init(&b);
	buf_put(&b, href, (size_t)(rest - href));
	if (host) {
		size_t len = strcspn(rest, "/?#");

		if (!put_authority(&b, rest, len))
			goto out;
		rest += len;
	}
	put_rest(&b, rest);
	result = arena_dup(a, b.data, b.len);
out:
	buf_free(&b);
	return result;
}
