#include "lang/numbers.h"

#include <string.h>

#include <unicode/unum.h>
#include <unicode/ustring.h>

#include "base/buf.h"
#include "base/utf8.h"

/* What a language writes between figures and before the sign of per cent. */
struct customs {
	uint32_t decimal, group, before_percent; /* 0: nothing */
};

static uint32_t symbol(UNumberFormat *f, UNumberFormatSymbol which)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar text[8];
	int32_t n = unum_getSymbol(f, which, text, 8, &status);

	return U_SUCCESS(status) && n == 1 ? text[0] : 0;
}

static bool find_customs(const char *lang, struct customs *out)
{
	UErrorCode status = U_ZERO_ERROR;
	char locale[96];
	UNumberFormat *f;
	UChar pattern[64];
	int32_t n;

	if (strlen(lang) > 60)
		return false;
	strcpy(locale, strcmp(lang, "en") == 0 ? "en-GB" : lang);
	strcat(locale, "@numbers=latn");
	f = unum_open(UNUM_PERCENT, NULL, 0, locale, NULL, &status);
	if (U_FAILURE(status))
		return false;
	*out = (struct customs){ symbol(f, UNUM_DECIMAL_SEPARATOR_SYMBOL), symbol(f, UNUM_GROUPING_SEPARATOR_SYMBOL), 0 };
	n = unum_toPattern(f, false, pattern, 64, &status);
	for (int32_t i = 1; U_SUCCESS(status) && i < n && i < 64; i++) {
		if (pattern[i] == '%' && (pattern[i - 1] == 0xA0 || pattern[i - 1] == 0x202F || pattern[i - 1] == ' '))
			out->before_percent = pattern[i - 1] == ' ' ? 0xA0 : pattern[i - 1];
	}
	unum_close(f);
	return U_SUCCESS(status) && out->decimal != 0;
}

static bool is_space(uint32_t c)
{
	return c == ' ' || c == 0xA0 || c == 0x202F || c == 0x2009;
}

static bool is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

const char *numbers_translate(const char *from, const char *to, struct arena *a, const char *s, size_t len)
{
	enum { LONGEST = 40 };
	uint32_t c[LONGEST + 2];
	size_t n = 0, size, digits = 0;
	struct customs old, new;
	bool fraction = false;
	struct buf out;
	const char *made;

	for (size_t i = 0; i < len; i += size) {
		if (n == LONGEST)
			return s;
		c[n] = utf8_decode(s + i, len - i, &size);
		digits += is_digit(c[n++]);
	}
	if (digits == 0 || strcmp(from, to) == 0 || !find_customs(from, &old) || !find_customs(to, &new))
		return s;
	c[n] = c[n + 1] = 0;
	buf_init(&out);
	for (size_t i = 0; i < n; i++) {
		bool inside = i > 0 && is_digit(c[i - 1]) && is_digit(c[i + 1]);
		bool group = inside && !fraction && (c[i] == old.group || is_space(c[i])) && i + 3 < n &&
		             is_digit(c[i + 2]) && is_digit(c[i + 3]) && !is_digit(c[i + 4]);

		if (is_digit(c[i]) || (i == 0 && (c[i] == '-' || c[i] == 0x2212 || c[i] == '+'))) {
			buf_put_utf8(&out, c[i]);
		} else if (inside && !fraction && c[i] == old.decimal) {
			buf_put_utf8(&out, new.decimal);
			fraction = true;
		} else if (group) {
			buf_put_utf8(&out, new.group != 0 ? new.group : ' ');
		} else if (c[i] == '%' && i + 1 == n && out.len > 0) {
			if (new.before_percent != 0)
				buf_put_utf8(&out, new.before_percent);
			buf_putc(&out, '%');
		} else if (!(is_space(c[i]) && i + 2 == n && c[i + 1] == '%')) {
			buf_free(&out);
			return s;
		}
	}
	made = out.len == len && memcmp(out.data, s, len) == 0 ? s : arena_dup(a, out.data, out.len);
	buf_free(&out);
	return made;
}

void numbers_in_cells(struct doc *d, const char *from)
{
	for (struct node *n = d->root; n != NULL; n = (struct node *)doc_next(d->root, n)) {
		struct node *t;
		const char *s;

		if (n->kind != N_CELL || n->first == NULL || n->first != n->last)
			continue;
		t = n->first->kind == N_TEXT ? n->first : n->first->first;
		if (t == NULL || t->kind != N_TEXT || t->next != NULL || t->u.text.generated)
			continue;
		s = numbers_translate(from, doc_lang(d, t), &d->arena, t->u.text.s, t->u.text.len);
		if (s != t->u.text.s) {
			t->u.text.s = s;
			t->u.text.len = (uint32_t)strlen(s);
		}
	}
}
