#include "lang/ordinals.h"

#include <string.h>

static bool is_ascii_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Bytes over 127 are taken for letters: é, and the first byte of any sign; but not for a no-break space or a mark before it. */
static bool is_of_word(const char *text, size_t at, size_t len)
{
	unsigned char c;

	if (at >= len)
		return false;
	c = (unsigned char)text[at];
	return is_ascii_letter((char)c) || is_digit((char)c) || c == '_' || c == '@' || c == 0xC3 || c == 0xC5;
}

static bool begins_word(const char *text, size_t at)
{
	unsigned char before = at > 0 ? (unsigned char)text[at - 1] : ' ';

	return before == ' ' || before == '(' || before == '[' || before == '\'' || before == 0x99 /* ’ */ || before == 0xA0 ||
	       before == 0xAF || before == 0xAB || before == 0x93 /* – */ || before == 0x94;
}

static size_t ending_at(const char *text, size_t at, size_t len)
{
	static const char *const all[] = { "ers", "res", "er", "re", "es", "e" };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		size_t n = strlen(all[i]);

		if (at + n <= len && memcmp(text + at, all[i], n) == 0 && !is_of_word(text, at + n, len))
			return n;
	}
	return 0;
}

bool ordinals_find(const char *text, size_t len, size_t from, size_t *ending, size_t *end)
{
	for (size_t i = from; i < len; i++) {
		bool roman = strchr("IVXLCDM", text[i]) != NULL && text[i] != '\0';
		size_t to = i, n;

		if (!(roman || is_digit(text[i])) || !begins_word(text, i))
			continue;
		while (to < len && (roman ? text[to] != '\0' && strchr("IVXLCDM", text[to]) != NULL : is_digit(text[to])))
			to++;
		n = ending_at(text, to, len);
		if (n > 0 && to - i <= 12 && !(roman && to - i == 1 && strchr("LCDM", text[i]) != NULL)) {
			*ending = to;
			*end = to + n;
			return true;
		}
		i = to - 1;
	}
	return false;
}

unsigned ordinals_raise(struct doc *d, struct node *text)
{
	const char *s = text->u.text.s;
	size_t len = text->u.text.len, at = 0, ending, end;
	unsigned n = 0;

	while (ordinals_find(s, len, at, &ending, &end)) {
		struct node *raised = doc_node(d, N_SPAN, "superscript", text->pos);

		raised->u.span.kind = SPAN_SUPER;
		doc_insert_before(text, doc_text(d, s + at, ending - at, text->pos));
		doc_insert_before(text, raised);
		doc_append(raised, doc_text(d, s + ending, end - ending, text->pos));
		at = end;
		n++;
	}
	if (n == 0)
		return 0;
	if (at == len) {
		doc_remove(text);
	} else {
		text->u.text.s = s + at;
		text->u.text.len = (uint32_t)(len - at);
	}
	return n;
}
