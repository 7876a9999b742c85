#include "doc/echo.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

#define MOST_QUOTES 500

struct doc_echo {
	const struct node *of; /* division whose text `text` is */
	struct buf text;
	int asked;
};

struct doc_echo *doc_echo_new(void)
{
	struct doc_echo *e = mem_zalloc(1, sizeof *e);

	buf_init(&e->text);
	return e;
}

void doc_echo_free(struct doc_echo *e)
{
	if (e == NULL)
		return;
	buf_free(&e->text);
	mem_free(e);
}

/* Letters without case; hyphens and spaces of every kind are one. */
static uint32_t fold(uint32_t c)
{
	if (c >= 0x430 && c <= 0x44F) /* most of what is asked for */
		return c;
	if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) ||
	    (c >= 0x410 && c <= 0x42F))
		return c + 0x20;
	if (c >= 0x400 && c <= 0x40F)
		return c + 0x50;
	if (c == 0x2010 || c == 0x2011)
		return '-';
	return c == 0xA0 || c == 0x202F || c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
}

static void put_folded(struct buf *out, const char *s, size_t len)
{
	char *to;

	VEC_ROOM(out->data, out->len, out->cap, len * 3 + 1); /* what is no UTF-8 becomes a character of three bytes */
	to = out->data + out->len;
	for (size_t i = 0, n = 0; i < len; i += n) {
		uint32_t c = fold(utf8_decode(s + i, len - i, &n));

		if (c == 0xAD || c == 0x2060 || (c == ' ' && to > out->data && to[-1] == ' '))
			continue;
		if (c < 0x80) {
			*to++ = (char)c;
		} else if (c < 0x800) {
			*to++ = (char)(0xC0 | c >> 6);
			*to++ = (char)(0x80 | (c & 0x3F));
		} else {
			to += utf8_encode(c, to);
		}
	}
	out->len = (size_t)(to - out->data);
	out->data[out->len] = '\0';
}

/* All running text of a division but its pull quotes and notes. */
static void read_division(struct doc_echo *e, const struct node *division)
{
	buf_clear(&e->text);
	e->of = division;
	for (const struct node *n = division; n != NULL;) {
		if (n->kind == N_PULLQUOTE || n->kind == N_FOOTNOTE) {
			n = doc_next_skip(division, n);
			continue;
		}
		if (n->kind == N_TEXT)
			put_folded(&e->text, n->u.text.s, n->u.text.len);
		else if (!doc_is_inline(n->kind))
			buf_putc(&e->text, '\n');
		n = doc_next(division, n);
	}
}

/* How many bytes at the start (or the end) are a mark that may differ. */
static size_t trim_length(const char *s, size_t len, bool at_end)
{
	static const char *const marks[] = { ".", ",", ";", ":", "!", "?", " ", "\"", "\xc2\xab", "\xc2\xbb", "\xe2\x80\x9c",
	                                     "\xe2\x80\x9d", "\xe2\x80\x9e", "\xe2\x80\x98", "\xe2\x80\x99", "\xe2\x80\xa6" };

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		size_t n = strlen(marks[i]);

		if (len >= n && memcmp(at_end ? s + len - n : s, marks[i], n) == 0)
			return n;
	}
	return 0;
}

static bool is_said(const struct doc_echo *e, const struct node *block)
{
	struct arena a;
	struct buf b;
	const char *text, *s;
	size_t len, n;
	bool said;

	arena_init(&a);
	buf_init(&b);
	text = doc_plain_text(&a, block, false);
	put_folded(&b, text, strlen(text));
	s = b.data != NULL ? b.data : "";
	len = b.len;
	while ((n = trim_length(s, len, false)) > 0) {
		s += n;
		len -= n;
	}
	while ((n = trim_length(s, len, true)) > 0)
		len -= n;
	if (len > 0)
		b.data[(size_t)(s - b.data) + len] = '\0';
	said = len > 0 && e->text.data != NULL && strstr(e->text.data, s) != NULL;
	buf_free(&b);
	arena_free(&a);
	return said;
}

bool doc_echo_is(struct doc_echo *e, const struct node *quote)
{
	const struct node *division = quote->parent;
	bool all = quote->first != NULL && division != NULL;

	for (const struct node *n = quote->first; n != NULL; n = doc_next(quote, n))
		if (n->kind == N_LINK || n->kind == N_XREF || n->kind == N_FOOTNOTE || n->kind == N_FOOTNOTEREF ||
		    n->kind == N_IMAGE || n->kind == N_INLINE_IMAGE)
			return false;
	if (!all || ++e->asked > MOST_QUOTES)
		return false;
	while (division->parent != NULL && division->parent->kind == N_DIVISION)
		division = division->parent;
	if (e->of != division)
		read_division(e, division);
	for (const struct node *c = quote->first; c != NULL && all; c = c->next)
		all = is_said(e, c);
	return all;
}
