#include "preflight/pf_unicode.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

#define CODES 65536
#define LONGEST 64 /* [byte] of one text; what is longer is cut, and its beginning judged */

struct scanner {
	const unsigned char *data;
	size_t len, at;
};

static int hex(unsigned char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool is_space(unsigned char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0;
}

/* The next word: '<' with the bytes in out, '[' or ']' or a letter of a word that begins with it; 0: the end. */
static char next(struct scanner *s, unsigned char out[LONGEST], size_t *n, char word[16])
{
	size_t w = 0;
	char kind;

	*n = 0;
	while (s->at < s->len && is_space(s->data[s->at]))
		s->at++;
	if (s->at >= s->len)
		return 0;
	kind = (char)s->data[s->at];
	if (kind == '<' && s->at + 1 < s->len && s->data[s->at + 1] != '<') {
		int high = -1;

		for (s->at++; s->at < s->len && s->data[s->at] != '>'; s->at++) {
			int v = hex(s->data[s->at]);

			if (v < 0)
				continue;
			if (high >= 0 && *n < LONGEST)
				out[(*n)++] = (unsigned char)(high * 16 + v);
			high = high >= 0 ? -1 : v;
		}
		s->at++;
		return kind;
	}
	do {
		if (w < 15)
			word[w++] = (char)s->data[s->at];
		s->at++;
	} while (s->at < s->len && !is_space(s->data[s->at]) && strchr("<>[]/()", s->data[s->at]) == NULL && strchr("<>[]", kind) == NULL);
	word[w] = '\0';
	return kind == '<' ? 'd' : kind; /* "<<" begins a dictionary */
}

static bool is_private(uint32_t c)
{
	return (c >= 0xe000 && c <= 0xf8ff) || (c >= 0xf0000 && c <= 0xffffd) || (c >= 0x100000 && c <= 0x10fffd);
}

/* Of UTF-16BE, its last unit `more` higher. */
static enum pf_meaning meaning_of(const unsigned char *text, size_t n, uint32_t more)
{
	enum pf_meaning m = n < 2 ? PF_NOTHING : PF_CHARACTERS;

	for (size_t i = 0; i + 1 < n; i += 2) {
		uint32_t c = ((uint32_t)text[i] << 8 | text[i + 1]) + (i + 2 >= n ? more : 0);

		if (c >= 0xd800 && c < 0xdc00 && i + 3 < n) {
			c = 0x10000 + ((c - 0xd800) << 10) + (((uint32_t)text[i + 2] << 8 | text[i + 3]) - 0xdc00) + (i + 4 >= n ? more : 0);
			i += 2;
		}
		if (c == 0 || c == 0xfeff || c == 0xfffe)
			return PF_NO_CHARACTER;
		if (is_private(c))
			m = PF_PRIVATE;
	}
	return m;
}

static unsigned code_of(const unsigned char *bytes, size_t n)
{
	return n == 2 ? (unsigned)bytes[0] << 8 | bytes[1] : CODES;
}

/* "<0001> <0041>" until endbfchar. */
static void read_chars(struct scanner *s, unsigned char *out)
{
	unsigned char from[LONGEST], to[LONGEST];
	char word[16];
	size_t n, m;

	while (next(s, from, &n, word) == '<' && next(s, to, &m, word) == '<')
		if (code_of(from, n) < CODES)
			out[code_of(from, n)] = (unsigned char)meaning_of(to, m, 0);
}

/* "<0001> <0005> <0041>" or "<0001> <0002> [<0041> <0042>]" until endbfrange. */
static void read_ranges(struct pf *p, struct scanner *s, unsigned char *out)
{
	unsigned char from[LONGEST], last[LONGEST], to[LONGEST];
	char word[16], kind;
	size_t n, l, m;

	while (next(s, from, &n, word) == '<' && next(s, last, &l, word) == '<') {
		unsigned code = code_of(from, n), end = code_of(last, l);

		kind = next(s, to, &m, word);
		if (kind == '[') {
			for (; (kind = next(s, to, &m, word)) == '<'; code++)
				if (code <= end && code < CODES)
					out[code] = (unsigned char)meaning_of(to, m, 0);
		} else if (kind != '<') {
			return;
		} else {
			for (uint32_t k = 0; code + k <= end && code + k < CODES && p->operators > 0; k++, p->operators--)
				out[code + k] = (unsigned char)meaning_of(to, m, k);
		}
	}
}

unsigned char *pf_unicode_read(struct pf *p, pf_obj map)
{
	struct scanner s = { 0 };
	unsigned char *data, *out, skipped[LONGEST];
	char word[16], kind;
	size_t n;

	if (!pf_doc_stream(p->doc, map, true, &data, &s.len))
		return NULL;
	s.data = data;
	out = mem_zalloc(CODES, 1);
	while ((kind = next(&s, skipped, &n, word)) != 0) {
		if (kind == 'b' && strcmp(word, "beginbfchar") == 0)
			read_chars(&s, out);
		else if (kind == 'b' && strcmp(word, "beginbfrange") == 0)
			read_ranges(p, &s, out);
	}
	mem_free(data);
	return out;
}

bool pf_unicode_is_private(const char *text)
{
	size_t len = strlen(text);

	for (size_t at = 0; at < len;) {
		size_t n;

		if (is_private(utf8_decode(text + at, len - at, &n)))
			return true;
		at += n;
	}
	return false;
}
