#include "lang/division.h"

#include <string.h>

#include "doc/number.h"
#include "lang/han.h"

static bool label_word(const struct node *n, enum lang_word *word)
{
	switch (n->u.division.what) {
	case DIV_PART: *word = W_PART; return true;
	case DIV_CHAPTER: *word = W_CHAPTER; return true;
	case DIV_APPENDIX: *word = W_APPENDIX; return true;
	default: return false;
	}
}

/* Authors number by hand too: "Глава 1. Начало", "1. Начало". */
static bool begins_with(const char *title, const char *label, bool sign)
{
	size_t n = strlen(label);

	return strncmp(title, label, n) == 0 && (title[n] == '.' || title[n] == ')' || title[n] == ':' || (!sign && title[n] == ' '));
}

const char *division_label(const struct lang *l, const struct node *n, struct arena *a)
{
	const char *number = n->u.division.label, *title, *label;
	enum lang_word word;

	if (number == NULL || doc_title(n) == NULL)
		return NULL;
	title = doc_plain_text(a, doc_title(n), false);
	if (begins_with(title, number, true))
		return NULL;
	if (!label_word(n, &word))
		return number;
	label = doc_numbered(a, lang_word(l, word), number);
	return begins_with(title, label, false) ? NULL : label;
}

const char *division_prefix(const struct lang *l, const struct node *n, struct arena *a)
{
	const char *label = division_label(l, n, a);

	if (label == NULL)
		return NULL;
	if (n->u.division.what == DIV_CHAPTER && !lang_is_han(l))
		label = n->u.division.label;
	return arena_printf(a, "%s%s", label, lang_after_label(l, false));
}

