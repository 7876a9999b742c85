#include "lang/textrules_number.h"

#include <string.h>

#include "base/utf8.h"

/* A number of up to nine figures with a decimal fraction, to the left of i or from i on; its integer part. */
struct number {
	size_t from, to;
	uint32_t value;
	int digits;
	bool zero; /* begins with 0, and is more than that */
};

static bool number_at(const struct line *l, size_t from, struct number *out)
{
	size_t i = from;

	*out = (struct number){ .from = from };
	for (; i < l->n && cell_is_digit(&l->v[i]) && cell_may_change(&l->v[i]) && out->digits < 9; i++, out->digits++)
		out->value = out->value * 10 + (l->v[i].c - '0');
	out->zero = out->digits > 1 && l->v[from].c == '0';
	if (out->digits > 0 && i + 1 < l->n && (l->v[i].c == ',' || l->v[i].c == '.') && cell_is_digit(&l->v[i + 1])) {
		for (i++; i < l->n && cell_is_digit(&l->v[i]); i++)
			;
	}
	out->to = i;
	return out->digits > 0;
}

static bool number_before(const struct line *l, size_t to, struct number *out)
{
	size_t from = to;

	while (from > 0 && to - from < 20 && (cell_is_digit(&l->v[from - 1]) || (from < to && from > 1 && cell_is_digit(&l->v[from - 2]) &&
	       (l->v[from - 1].c == ',' || l->v[from - 1].c == '.'))))
		from--;
	return number_at(l, from, out) && out->to == to;
}

/* May a number begin behind, or end before, this? Not in the middle of a date, a code, a telephone number. */
static bool opens_number(const struct text_cell *x)
{
	unsigned k = x == NULL ? C_SPACE : cell_class(x);

	return k == C_SPACE || k == C_GLUE || k == C_NEWLINE || k == C_OPEN || k == C_QUOTE || k == C_CURRENCY ||
	       (x != NULL && x->kind != CELL_TEXT);
}

static bool ends_number(const struct line *l, size_t i)
{
	const struct text_cell *x = i < l->n ? &l->v[i] : NULL, *y = i + 1 < l->n ? &l->v[i + 1] : NULL;
	unsigned k = x == NULL ? C_SPACE : cell_class(x);

	if (k == C_STOP || k == C_PUNCT)
		return y == NULL || !cell_is_digit(y);
	return k == C_SPACE || k == C_GLUE || k == C_NEWLINE || k == C_CLOSE || k == C_QUOTE || k == C_PERCENT ||
	       k == C_ELLIPSIS || k == C_CURRENCY || (x != NULL && x->kind != CELL_TEXT);
}

/* "ISO 10-15", "тел. 22-33", "№ 5-7": codes. */
static bool is_code_before(const struct line *l, size_t from)
{
	static const char *const words[] = { "тел", "факс", "индекс", "tel", "fax", "phone" };
	size_t end = from, begin;
	int upper = 0;
	char word[16];
	size_t len = 0;

	while (end > 0 && (cell_is_space(&l->v[end - 1]) || l->v[end - 1].c == '.' || l->v[end - 1].c == ':'))
		end--;
	if (end == 0 || end == from)
		return false;
	if (l->v[end - 1].c == 0x2116)
		return true;
	for (begin = end; begin > 0 && cell_is_letter(&l->v[begin - 1]) && end - begin < 7; begin--)
		upper += cell_class(&l->v[begin - 1]) == C_UPPER;
	if (end - begin >= 2 && upper >= (int)(end - begin) - (end - begin > 3))
		return true;
	for (size_t i = begin; i < end && len + 4 < sizeof word; i++)
		len += utf8_encode(chars_lower(&l->v[i].lang->owner->chars, l->v[i].c), word + len);
	word[len] = '\0';
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (strcmp(words[i], word) == 0)
			return true;
	}
	return false;
}

/* T-18 */
static const char *group_sign(const struct lang *l)
{
	const char *code = l->rules->code;

	if (strncmp(code, "en", 2) == 0)
		return ",";
	return strcmp(code, "de") == 0 || strcmp(code, "nl") == 0 || strcmp(code, "it") == 0 ? "." : "\xE2\x80\xAF";
}

/* The figure behind a sign of groups, as a string that stays. */
static const char *with_group(const char *sign, uint32_t digit)
{
	static const char *const thin[] = { "\xE2\x80\xAF""0", "\xE2\x80\xAF""1", "\xE2\x80\xAF""2", "\xE2\x80\xAF""3", "\xE2\x80\xAF""4",
		                            "\xE2\x80\xAF""5", "\xE2\x80\xAF""6", "\xE2\x80\xAF""7", "\xE2\x80\xAF""8", "\xE2\x80\xAF""9" };
	static const char *const comma[] = { ",0", ",1", ",2", ",3", ",4", ",5", ",6", ",7", ",8", ",9" };
	static const char *const point[] = { ".0", ".1", ".2", ".3", ".4", ".5", ".6", ".7", ".8", ".9" };

	return (*sign == ',' ? comma : *sign == '.' ? point : thin)[digit - '0'];
}

void textrules_thousands(struct line *l)
{
	struct number a;

	for (size_t i = 0; i < l->n; i = a.to > i ? a.to : i + 1) {
		size_t first = i;

		a.to = i;
		if (!cell_is_digit(&l->v[i]) || !cell_may_change(&l->v[i]) || !textrules_habits(l->v[i].lang)->numbers || !number_at(l, i, &a))
			continue;
		if (a.digits < 5 || a.zero || !opens_number(i > 0 ? &l->v[i - 1] : NULL) || !ends_number(l, a.to) || is_code_before(l, i))
			continue;
		if (i > 1 && cell_is_space(&l->v[i - 1]) && cell_is_digit(&l->v[i - 2])) /* a telephone number, or grouped by hand */
			continue;
		for (size_t k = first + 1; k < first + (size_t)a.digits; k++) {
			if ((first + (size_t)a.digits - k) % 3 != 0)
				continue;
			l->v[k].put = with_group(group_sign(l->v[k].lang), l->v[k].c);
			l->changed = true;
		}
		l->count->thousands++;
	}
}

static bool is_range_sign(const struct line *l, size_t i)
{
	uint32_t c = l->v[i].c;

	return cell_may_change(&l->v[i]) && (c == '-' || (c == EM && textrules_habits(l->v[i].lang)->widen));
}

static bool is_roman(const struct text_cell *x)
{
	return x->kind == CELL_TEXT && !x->fixed && x->c < 128 && x->c != 0 && strchr("IVXLC", (int)x->c) != NULL;
}

/* "XIX-XX вв.": only before the word for centuries; else it may be anything. */
static bool is_roman_range(const struct line *l, size_t i)
{
	static const char *const words[] = { "в", "век", "ст", "c", "w", "s" };
	size_t from = i, to = i + 1;

	while (from > 0 && is_roman(&l->v[from - 1]))
		from--;
	while (to < l->n && is_roman(&l->v[to]))
		to++;
	if (from == i || to == i + 1 || !opens_number(from > 0 ? &l->v[from - 1] : NULL) || to + 1 >= l->n || !cell_is_space(&l->v[to]))
		return false;
	for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
		size_t at = 0, len = strlen(words[k]), j = to + 1;

		while (at < len && j < l->n && l->v[j].c == chars_next(words[k], &at, len))
			j++;
		if (at == len && j > to + 1)
			return true;
	}
	return false;
}

void textrules_ranges(struct line *l)
{
	for (size_t i = 1; i + 1 < l->n; i++) {
		struct number a, b;

		if (!is_range_sign(l, i) || !textrules_habits(l->v[i].lang)->numbers)
			continue;
		if (is_roman_range(l, i)) {
			line_change(l, &l->v[i], EN, &l->count->ranges);
			continue;
		}
		if (!number_before(l, i, &a) || !number_at(l, i + 1, &b) || a.zero || b.zero || a.digits > 6 || b.digits > 6)
			continue;
		if (a.value < b.value && opens_number(a.from > 0 ? &l->v[a.from - 1] : NULL) && ends_number(l, b.to) &&
		    !is_code_before(l, a.from))
			line_change(l, &l->v[i], EN, &l->count->ranges);
	}
}

static void minus_at(struct line *l, size_t i)
{
	const struct text_cell *a = line_before(l, i), *word;
	struct number b;

	if (!opens_number(a) || (a != NULL && cell_class(a) == C_CURRENCY) || !number_at(l, i + 1, &b) || b.zero ||
	    !ends_number(l, b.to))
		return;
	word = a != NULL && cell_is_space(a) ? line_before(l, (size_t)(a - l->v)) : NULL;
	/* "kill -9", "5 -3" */
	if (word != NULL && (cell_is_digit(word) || (word->c < 128 && cell_is_letter(word) && !l->v[i].lang->rules->latin)))
		return;
	line_change(l, &l->v[i], 0x2212, &l->count->minus);
}

static void times_at(struct line *l, size_t i)
{
	size_t gap = i + 1 < l->n && l->v[i + 1].c == ' ' ? 1 : 0;
	struct number a, b;

	if (i < 1 + gap || (gap == 1 && l->v[i - 1].c != ' ') || !number_before(l, i - gap, &a) || !number_at(l, i + 1 + gap, &b))
		return;
	if ((a.digits == 1 && l->v[a.from].c == '0') || a.zero) /* 0x40 */
		return;
	if (opens_number(a.from > 0 ? &l->v[a.from - 1] : NULL) && ends_number(l, b.to))
		line_change(l, &l->v[i], 0xd7, &l->count->minus);
}

void textrules_minus(struct line *l)
{
	for (size_t i = 0; i + 1 < l->n; i++) {
		if (!cell_may_change(&l->v[i]) || !textrules_habits(l->v[i].lang)->numbers)
			continue;
		if ((l->v[i].c == '-' || l->v[i].c == EN) && cell_is_digit(&l->v[i + 1]))
			minus_at(l, i);
		else if (l->v[i].c == 'x' || l->v[i].c == 0x445)
			times_at(l, i);
	}
}
