#include "base/buf.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

void buf_init(struct buf *b)
{
	memset(b, 0, sizeof *b);
}

void buf_free(struct buf *b)
{
	mem_free(b->data);
	buf_init(b);
}

void buf_clear(struct buf *b)
{
	b->len = 0;
	if (b->data != NULL)
		b->data[0] = '\0';
}

void buf_fit(struct buf *b)
{
	if (b->data == NULL || b->cap <= b->len + 1)
		return;
	b->cap = b->len + 1;
	b->data = mem_resize(b->data, b->cap, 1);
}

void buf_put(struct buf *b, const void *data, size_t len)
{
	VEC_ROOM(b->data, b->len, b->cap, len + 1);
	if (len != 0)
		memcpy(b->data + b->len, data, len);
	b->len += len;
	b->data[b->len] = '\0';
}

void buf_puts(struct buf *b, const char *s)
{
	buf_put(b, s, strlen(s));
}

void buf_putc(struct buf *b, char c)
{
	VEC_ROOM(b->data, b->len, b->cap, 2);
	b->data[b->len++] = c;
	b->data[b->len] = '\0';
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	VEC_ROOM(b->data, b->len, b->cap, 128);
	va_start(ap, fmt);
	n = vsnprintf(b->data + b->len, b->cap - b->len, fmt, ap);
	va_end(ap);
	if (n < 0)
		return;
	if ((size_t)n >= b->cap - b->len) {
		VEC_ROOM(b->data, b->len, b->cap, (size_t)n + 1);
		va_start(ap, fmt);
		vsnprintf(b->data + b->len, b->cap - b->len, fmt, ap);
		va_end(ap);
	}
	b->len += (size_t)n;
}

void buf_put_int(struct buf *b, int64_t v)
{
	char tmp[24];
	size_t n = sizeof tmp;
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

	do
		tmp[--n] = (char)('0' + u % 10);
	while ((u /= 10) != 0);
	if (v < 0)
		tmp[--n] = '-';
	buf_put(b, tmp + n, sizeof tmp - n);
}

void buf_put_utf8(struct buf *b, uint32_t codepoint)
{
	char *to;

	VEC_ROOM(b->data, b->len, b->cap, 5);
	to = b->data + b->len;
	if (codepoint < 0x80) {
		*to = (char)codepoint;
		b->len++;
	} else if (codepoint < 0x800) {
		to[0] = (char)(0xC0 | codepoint >> 6);
		to[1] = (char)(0x80 | (codepoint & 0x3F));
		b->len += 2;
	} else {
		b->len += utf8_encode(codepoint, to);
	}
	b->data[b->len] = '\0';
}

/* Bytes that buf_put_xml has to look at: what is escaped, what XML has not, and the first of U+FFFE and U+FFFF. */
static const bool special[256] = {
	[0] = true, true, true, true, true, true, true, true, true, false, false, true, true, false, true, true,
	true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true,
	['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true, [0xEF] = true,
};

void buf_put_xml(struct buf *b, const char *s, size_t len)
{
	size_t i = 0, done = 0;

	for (;;) {
		unsigned char c;
		const char *rep;
		size_t n = 1;

		while (i < len && !special[(unsigned char)s[i]])
			i++;
		if (i == len)
			break;
		c = (unsigned char)s[i];
		rep = c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' ? "&quot;" :
		      c < 0x20 ? "\xEF\xBF\xBD" : NULL;
		/* U+FFFE and U+FFFF are well-formed UTF-8 but no XML characters */
		if (c == 0xEF && i + 2 < len && (unsigned char)s[i + 1] == 0xBF && (unsigned char)s[i + 2] >= 0xBE) {
			rep = "\xEF\xBF\xBD";
			n = 3;
		}
		if (rep != NULL) {
			buf_put(b, s + done, i - done);
			buf_puts(b, rep);
			done = i + n;
		}
		i += n;
	}
	buf_put(b, s + done, len - done);
}

void buf_put_json(struct buf *b, const char *s, size_t len)
{
	for (size_t i = 0, n; i < len; i += n) {
		uint32_t c = utf8_decode(s + i, len - i, &n); /* names of files may be no UTF-8; JSON must be */

		if (c == '"' || c == '\\') {
			buf_putc(b, '\\');
			buf_putc(b, (char)c);
		} else if (c == '\n') {
			buf_puts(b, "\\n");
		} else if (c == '\t') {
			buf_puts(b, "\\t");
		} else if (c < 0x20 || c == 0x7f) {
			buf_printf(b, "\\u%04x", (unsigned)c);
		} else {
			buf_put_utf8(b, c);
		}
	}
}

char *buf_detach(struct buf *b, size_t *len)
{
	char *p;

	if (b->data == NULL)
		buf_put(b, "", 0);
	p = b->data;
	if (len != NULL)
		*len = b->len;
	buf_init(b);
	return p;
}
