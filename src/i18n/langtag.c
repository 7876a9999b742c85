#include "i18n/langtag.h"

#include <stddef.h>
#include <string.h>

static bool is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_alnum(char c)
{
	return is_alpha(c) || (c >= '0' && c <= '9');
}

static char small(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static char large(char c)
{
	return (char)(c >= 'a' && c <= 'z' ? c - 32 : c);
}

/* Modifiers of locale names that are scripts in BCP 47; others are variants as they stand. */
static const struct { const char *modifier, *subtag; } modifiers[] = {
	{ "latin", "Latn" }, { "cyrillic", "Cyrl" }, { "devanagari", "Deva" }, { "arabic", "Arab" }, { "hebrew", "Hebr" },
	{ "ijekavian", "ijekavsk" }, { "ijekavianlatin", "Latn-ijekavsk" },
};

/* One subtag with the letters of custom: language small, Script capitalised, REGION large. */
static void put_subtag(char *to, const char *s, size_t n, bool first)
{
	for (size_t i = 0; i < n; i++)
		to[i] = !first && n == 2 ? large(s[i]) : !first && n == 4 && is_alpha(s[0]) && i == 0 ? large(s[i]) : small(s[i]);
}

const char *langtag_of_po(struct arena *a, const char *name)
{
	char tag[64];
	size_t len = strcspn(name, "@"), at = 0;
	const char *modifier = name[len] == '@' ? name + len + 1 : NULL;

	if (len < 2 || len > 40)
		return NULL;
	for (size_t i = 0, n; i < len; i += n + 1) {
		n = strcspn(name + i, "_-@");
		if (n == 0 || n > 8 || (i == 0 && (n < 2 || n == 4)))
			return NULL;
		for (size_t k = 0; k < n; k++) {
			if (!is_alnum(name[i + k]) || (i == 0 && !is_alpha(name[i + k])))
				return NULL;
		}
		if (i > 0)
			tag[at++] = '-';
		put_subtag(tag + at, name + i, n, i == 0);
		at += n;
		if (i + n + 1 == len) /* a separator at the end */
			return NULL;
	}
	tag[at] = '\0';
	if (modifier == NULL)
		return arena_strdup(a, tag);
	for (size_t i = 0; i < sizeof modifiers / sizeof *modifiers; i++) {
		if (strcmp(modifier, modifiers[i].modifier) != 0)
			continue;
		len = strcspn(tag, "-"); /* a script comes before a region */
		return arena_printf(a, "%.*s-%s%s", (int)len, tag, modifiers[i].subtag, tag + len);
	}
	len = strlen(modifier);
	for (size_t k = 0; k < len; k++) {
		if (!is_alnum(modifier[k]))
			return NULL;
	}
	return len >= 4 && len <= 8 ? arena_printf(a, "%s-%s", tag, modifier) : NULL;
}

static bool equal(const char *a, size_t n, const char *b, size_t m)
{
	if (n != m)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (small(a[i]) != small(b[i]))
			return false;
	}
	return true;
}

bool langtag_equal(const char *a, const char *b)
{
	return equal(a, strlen(a), b, strlen(b));
}

/* RFC 4647, 3.3.2: the first subtags agree; then each of the range's is found in order, nothing but multi-letter
 * subtags being passed over. */
static bool matches(const char *tag, const char *range, size_t len)
{
	const char *end = range + len;
	size_t n = strcspn(tag, "-"), m = 0;

	while (range + m < end && range[m] != '-')
		m++;
	if (!(m == 1 && *range == '*') && !equal(tag, n, range, m))
		return false;
	tag += n;
	range += m;
	while (range < end) {
		range++;
		for (m = 0; range + m < end && range[m] != '-'; m++)
			;
		if (m == 1 && *range == '*') {
			range += m;
			continue;
		}
		for (;;) {
			if (*tag == '\0')
				return false;
			tag++;
			n = strcspn(tag, "-");
			if (equal(tag, n, range, m))
				break;
			if (n == 1)
				return false;
			tag += n;
		}
		tag += n;
		range += m;
	}
	return true;
}

bool langtag_in_list(const char *tag, const char *list)
{
	while (*list != '\0') {
		size_t n = strcspn(list, ", \t\n");

		if (n > 0 && matches(tag, list, n))
			return true;
		list += n;
		list += strspn(list, ", \t\n");
	}
	return false;
}
