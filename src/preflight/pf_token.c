#include "preflight/pf_token.h"

#include <string.h>

static bool is_space(unsigned char c)
{
	return c == 0 || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' ';
}

static bool is_delimiter(unsigned char c)
{
	return c != 0 && strchr("()<>[]{}/%", c) != NULL;
}

static bool is_regular(unsigned char c)
{
	return !is_space(c) && !is_delimiter(c);
}

static void skip_string(struct pf_lexer *x)
{
	int depth = 0;

	for (; x->at < x->len; x->at++) {
		unsigned char c = x->data[x->at];

		if (c == '\\')
			x->at++;
		else if (c == '(')
			depth++;
		else if (c == ')' && --depth == 0) {
			x->at++;
			return;
		}
	}
}

static int hex(unsigned char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void read_name(struct pf_lexer *x, struct pf_operands *a)
{
	size_t n = 1;

	a->name[0] = '/';
	for (x->at++; x->at < x->len && is_regular(x->data[x->at]); x->at++) {
		unsigned char c = x->data[x->at];

		if (c == '#' && x->at + 2 < x->len && hex(x->data[x->at + 1]) >= 0 && hex(x->data[x->at + 2]) >= 0) {
			c = (unsigned char)(hex(x->data[x->at + 1]) * 16 + hex(x->data[x->at + 2]));
			x->at += 2;
		}
		if (n < sizeof a->name - 1)
			a->name[n++] = (char)c;
	}
	a->name[n] = '\0';
}

/* A decimal number, whatever the locale; false: the word is none. */
static bool read_number(const unsigned char *s, size_t n, double *out)
{
	double v = 0, unit = 1;
	bool minus = false, point = false, digit = false;

	for (size_t i = 0; i < n; i++) {
		if (s[i] >= '0' && s[i] <= '9') {
			v = v * 10 + (s[i] - '0');
			unit = point ? unit * 10 : unit;
			digit = true;
		} else if (s[i] == '.' && !point) {
			point = true;
		} else if ((s[i] == '-' || s[i] == '+') && i == 0) {
			minus = s[i] == '-';
		} else {
			return false;
		}
	}
	*out = (minus ? -v : v) / unit;
	return digit;
}

/* After ID: to the EI that stands between blanks. The data may hold anything. */
static void skip_inline_image(struct pf_lexer *x)
{
	for (x->at++; x->at + 2 < x->len; x->at++) {
		const unsigned char *s = x->data + x->at;

		if (is_space(s[0]) && s[1] == 'E' && s[2] == 'I' && (x->at + 3 >= x->len || is_space(s[3]))) {
			x->at += 3;
			return;
		}
	}
	x->at = x->len;
}

/* A number or an operator; true: an operator, in t. nested: inside an array or a dictionary; key: the last name there. */
static bool read_word(struct pf_lexer *x, bool nested, const char *key, struct pf_token *t, struct pf_operands *a)
{
	const unsigned char *s = x->data + x->at;
	size_t n = 0;
	double v;

	while (x->at + n < x->len && is_regular(s[n]))
		n++;
	x->at += n;
	if (nested) {
		if (strcmp(key, "/MCID") == 0 && !a->has_mcid && read_number(s, n, &v) && v >= 0 && v <= 1e6) {
			a->has_mcid = true;
			a->mcid = (long)v;
		}
		return false;
	}
	if (read_number(s, n, &v)) {
		if (a->n == (int)(sizeof a->v / sizeof *a->v)) {
			memmove(a->v, a->v + 1, sizeof a->v - sizeof *a->v);
			a->n--;
		}
		a->v[a->n++] = v;
		return false;
	}
	if (n == 2 && memcmp(s, "ID", 2) == 0)
		skip_inline_image(x);
	if (n >= sizeof t->text)
		n = 0;
	memcpy(t->text, s, n);
	t->text[n] = '\0';
	return true;
}

bool pf_token_next(struct pf_lexer *x, struct pf_token *t, struct pf_operands *a)
{
	struct pf_operands inner = { .n = 0 };
	int nested = 0;

	while (x->at < x->len) {
		unsigned char c = x->data[x->at];

		if (is_space(c)) {
			x->at++;
		} else if (c == '%') {
			while (x->at < x->len && x->data[x->at] != '\n' && x->data[x->at] != '\r')
				x->at++;
		} else if (c == '(') {
			skip_string(x);
		} else if (c == '/') {
			if (nested == 0)
				memcpy(a->tag, a->name, sizeof a->tag - 1);
			read_name(x, nested > 0 ? &inner : a);
			a->has_actual |= nested > 0 && strcmp(inner.name, "/ActualText") == 0;
			if (nested == 0 && a->tag[0] == '\0')
				memcpy(a->tag, a->name, sizeof a->tag - 1);
		} else if (c == '<' && x->at + 1 < x->len && x->data[x->at + 1] != '<') {
			while (x->at < x->len && x->data[x->at] != '>')
				x->at++;
			x->at++;
		} else if (c == '[' || c == '<') {
			nested++;
			x->at += c == '<' ? 2 : 1;
		} else if (c == ']' || c == '>') {
			nested -= nested > 0;
			x->at += c == '>' && x->at + 1 < x->len && x->data[x->at + 1] == '>' ? 2 : 1;
		} else if (is_delimiter(c)) {
			x->at++;
		} else if (read_word(x, nested > 0, inner.name, t, a)) {
			return true;
		}
	}
	return false;
}
