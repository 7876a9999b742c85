#include "lang/textrules_western.h"

#include <string.h>

#include "lang/rules.h"

enum { NARROW = 0x202F, GLUE = 0xA0 };

static bool is_text(const struct text_cell *x)
{
	return x != NULL && x->kind == CELL_TEXT && x->c != 0;
}

static bool may_change(const struct text_cell *x)
{
	return is_text(x) && !x->fixed && x->put == NULL;
}

static unsigned class_of(const struct text_cell *x)
{
	if (x == NULL || x->kind == CELL_BREAK)
		return C_SPACE;
	return x->kind != CELL_TEXT ? C_OTHER : chars_class(&x->lang->owner->chars, x->c);
}

static bool is_space(const struct text_cell *x)
{
	unsigned k = class_of(x);

	return k == C_SPACE || k == C_GLUE || k == C_NEWLINE || k == C_FORCED;
}

static bool is_letter(const struct text_cell *x)
{
	unsigned k = class_of(x);

	return is_text(x) && (k == C_LETTER || k == C_UPPER || k == C_MARK);
}

static bool is_digit(const struct text_cell *x)
{
	return is_text(x) && x->c >= '0' && x->c <= '9';
}

static struct text_cell *before(struct text_cell *v, size_t i)
{
	while (i > 0 && v[i - 1].c == 0)
		i--;
	return i > 0 ? &v[i - 1] : NULL;
}

static struct text_cell *after(struct text_cell *v, size_t n, size_t i)
{
	for (i++; i < n && v[i].c == 0; i++)
		;
	return i < n ? &v[i] : NULL;
}

static bool is_region(const struct text_cell *x, const char *region)
{
	const char *tag = lang_tag(x->lang), *at = strchr(tag, '-');

	return at != NULL && ((at[1] | 0x20) == region[0]) && ((at[2] | 0x20) == region[1]) && (at[3] == '\0' || at[3] == '-');
}

/* ---- French ---- */

/* The space that a sign wants beside it; 0: none. */
static uint32_t space_at(const struct text_cell *x)
{
	bool canada = is_region(x, "ca"), swiss = is_region(x, "ch");

	switch (x->c) {
	case ';': case '!': case '?': return canada ? 0 : NARROW;
	case ':': return swiss ? NARROW : GLUE;
	case 0xAB: case 0xBB: return canada ? GLUE : NARROW;
	default: return 0;
	}
}

static const char *with_space(uint32_t sign, uint32_t space)
{
	static const struct { uint32_t sign; const char *narrow, *glue; } all[] = {
		{ ';', "\xE2\x80\xAF;", "\xC2\xA0;" }, { ':', "\xE2\x80\xAF:", "\xC2\xA0:" }, { '!', "\xE2\x80\xAF!", "\xC2\xA0!" },
		{ '?', "\xE2\x80\xAF?", "\xC2\xA0?" }, { 0xAB, "«\xE2\x80\xAF", "«\xC2\xA0" }, { 0xBB, "\xE2\x80\xAF»", "\xC2\xA0»" },
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		if (all[i].sign == sign)
			return space == NARROW ? all[i].narrow : all[i].glue;
	}
	return NULL;
}

/* Does the sign at i end a word there? Not in 10:30, a;b, ::, or in a row of signs. */
static bool ends_here(struct text_cell *v, size_t n, size_t i)
{
	const struct text_cell *b = after(v, n, i);
	unsigned k = class_of(b);

	return b == NULL || is_space(b) || b->kind != CELL_TEXT || k == C_CLOSE || k == C_QUOTE || k == C_APOS || k == C_PUNCT ||
	       k == C_ELLIPSIS || k == C_STOP || b->c == 0xAB;
}

static bool is_inside_mark(const struct text_cell *x)
{
	unsigned k = class_of(x);

	return x == NULL || k == C_OPEN || (is_text(x) && strchr(";:!?", (int)(x->c < 128 ? x->c : 1)) != NULL);
}

/* The space beside the sign: changed, taken out, or put there. */
static void set_space(struct text_cell *sign, struct text_cell *beside, uint32_t want, unsigned *counter)
{
	if (beside != NULL && beside->kind == CELL_TEXT && is_space(beside)) {
		if (beside->c == want || beside->fixed || beside->put != NULL)
			return;
		beside->c = want;
		++*counter;
	} else if (want != 0) {
		sign->put = with_space(sign->c, want);
		++*counter;
	}
}

void textrules_french_spaces(struct text_cell *v, size_t n, struct text_counts *count)
{
	for (size_t i = 0; i < n; i++) {
		struct text_cell *x = &v[i], *a, *b;

		if (!may_change(x) || (x->lang->customs & CUSTOM_FRENCH) == 0 || with_space(x->c, NARROW) == NULL)
			continue;
		a = before(v, i);
		b = after(v, n, i);
		if (x->c == 0xAB) {
			if (b != NULL)
				set_space(x, b, space_at(x), &count->spaces);
		} else if (x->c == 0xBB) {
			if (a != NULL && !is_inside_mark(a))
				set_space(x, a, space_at(x), &count->spaces);
			else if (a != NULL && is_text(a) && a->c != 0xAB) /* « Quoi ? » */
				set_space(x, a, space_at(x), &count->spaces);
		} else if (ends_here(v, n, i) && a != NULL && !is_inside_mark(a) && !(is_space(a) && before(v, (size_t)(a - v)) == NULL)) {
			set_space(x, a, space_at(x), &count->spaces);
		}
	}
}

/* ---- English: single marks ---- */

static bool is_plain_single(const struct text_cell *x)
{
	return may_change(x) && x->c == '\'' && (x->lang->customs & CUSTOM_ENGLISH) != 0;
}

static bool may_open(struct text_cell *v, size_t n, size_t i)
{
	const struct text_cell *a = before(v, i), *b = after(v, n, i);
	unsigned k = class_of(a);

	return (a == NULL || is_space(a) || k == C_OPEN || k == C_DASH || k == C_QUOTE) && b != NULL && !is_space(b);
}

static bool may_close(struct text_cell *v, size_t n, size_t i)
{
	const struct text_cell *a = before(v, i), *b = after(v, n, i);
	unsigned k = class_of(b);

	return a != NULL && !is_space(a) &&
	       (b == NULL || is_space(b) || b->kind != CELL_TEXT || k == C_CLOSE || k == C_QUOTE || k == C_PUNCT || k == C_STOP || k == C_DASH);
}

/* '90s, 'tis, 'n' */
static bool is_omission(struct text_cell *v, size_t n, size_t i)
{
	static const char *const words[] = { "tis", "twas", "em", "til", "cause", "n" };
	const struct text_cell *b = after(v, n, i);

	if (is_digit(b))
		return i + 2 < n && is_digit(&v[i + 2]) && (i + 3 == n || !is_digit(&v[i + 3]));
	for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
		size_t len = strlen(words[k]), at = 0;

		while (at < len && i + 1 + at < n && (v[i + 1 + at].c | 0x20) == (uint32_t)words[k][at])
			at++;
		if (at == len && (i + 1 + len == n || !is_letter(&v[i + 1 + len])))
			return true;
	}
	return false;
}

/* Where the quotation that opens at i closes: a mark beside other signs rather than one that may be a plural's
 * ("the workers' rights"). n: nowhere. */
static size_t closing(struct text_cell *v, size_t n, size_t i)
{
	size_t doubtful = n;

	for (size_t k = i + 1; k < n; k++) {
		const struct text_cell *a, *b;

		if (!is_plain_single(&v[k]) || !may_close(v, n, k))
			continue;
		a = before(v, k);
		b = after(v, n, k);
		if (!is_text(a) || a->c != 's' || b == NULL || !is_space(b))
			return k;
		if (doubtful == n)
			doubtful = k;
	}
	return doubtful;
}

static void make_apostrophe(struct text_cell *x, struct text_counts *count)
{
	x->c = 0x2019;
	count->apostrophes++;
}

void textrules_english_singles(struct text_cell *v, size_t n, struct text_counts *count)
{
	size_t last = 0; /* behind the last quotation */

	for (size_t i = 0; i < n; i++) {
		size_t end = n;

		if (!is_plain_single(&v[i]) || v[i].side != SIDE_NONE)
			continue;
		if (is_letter(before(v, i)) && is_letter(after(v, n, i)))
			continue; /* T-15 */
		if (i >= last && may_open(v, n, i) && !is_omission(v, n, i))
			end = closing(v, n, i);
		if (end < n) {
			v[i].side = SIDE_OPEN;
			v[end].side = SIDE_CLOSE;
			last = end + 1;
		} else if (is_omission(v, n, i) || (may_close(v, n, i) && is_letter(before(v, i)))) {
			make_apostrophe(&v[i], count);
		}
	}
}

/* ---- English: stops at closing marks ---- */

static bool is_closing(const struct text_cell *x)
{
	return is_text(x) && (x->c == 0x201D || (x->c == 0x2019 && x->side == SIDE_CLOSE));
}

static bool is_comma_or_stop(const struct text_cell *x)
{
	return is_text(x) && !x->fixed && (x->c == '.' || x->c == ',');
}

static const char *two(uint32_t mark, uint32_t stop, bool stop_first)
{
	static const char *const all[2][2][2] = { { { "’.", ".’" }, { "’,", ",’" } }, { { "”.", ".”" }, { "”,", ",”" } } };

	return all[mark == 0x201D][stop == ','][stop_first];
}

/* Node by node nothing may be left without a character. */
static bool is_alone(const struct text_cell *v, size_t n, size_t i)
{
	return !((i > 0 && v[i - 1].piece == v[i].piece && v[i - 1].c != 0) || (i + 1 < n && v[i + 1].piece == v[i].piece && v[i + 1].c != 0));
}

/* The mark that opens the quotation closed at i; n: none. */
static size_t opening(const struct text_cell *v, size_t n, size_t i)
{
	uint32_t open = v[i].c == 0x201D ? 0x201C : 0x2018;

	for (size_t k = i; k-- > 0;) {
		if (v[k].kind == CELL_TEXT && v[k].c == open)
			return k;
	}
	return n;
}

/* The first character of the quotation that closes at i, by its own pair of marks; NULL: it is all that there is. */
static const struct text_cell *first_quoted(struct text_cell *v, size_t n, size_t i)
{
	size_t k = opening(v, n, i);

	return k < n && before(v, k) != NULL ? after(v, n, k) : NULL;
}

/* "config.txt", "-v", "a/b", "x=1": one word that no prose has, so that a stop put into it would be taken for a part of it
 * (Chicago Manual of Style, 7.79). An abbreviation with its points ("U.S.") is none. */
static bool quotes_literal(const struct text_cell *v, size_t n, size_t i)
{
	size_t from = opening(v, n, i) + 1, run = 0;
	bool found = from + 1 < i && v[from].kind == CELL_TEXT && v[from].c == '-';

	for (size_t k = from; k < i; k++) {
		uint32_t c = v[k].c;

		if (is_space(&v[k]) || v[k].kind != CELL_TEXT)
			return false;
		if (c < 128 && c != 0 && strchr("/\\_@=<>{}[]|~^*#", (int)c) != NULL)
			found = true;
		if ((c == '.' || c == ':') && k + 1 < i && (is_letter(&v[k + 1]) || is_digit(&v[k + 1])) &&
		    (run > 1 || (run == 1 && is_digit(&v[k - 1]))))
			found = true;
		run = is_letter(&v[k]) || is_digit(&v[k]) ? run + 1 : 0;
	}
	return found;
}

static void american(struct text_cell *v, size_t n, size_t i, struct text_counts *count)
{
	const struct text_cell *a = before(v, i);
	struct text_cell *b = after(v, n, i), *next;

	if (is_closing(b)) /* ’” */
		b = after(v, n, (size_t)(b - v));
	if (!is_comma_or_stop(b) || b->put != NULL || a == NULL || !(is_letter(a) || is_digit(a)) || is_alone(v, n, (size_t)(b - v)))
		return;
	next = after(v, n, (size_t)(b - v));
	if (is_text(next) && (next->c == '.' || is_digit(next)))
		return;
	if (quotes_literal(v, n, i))
		return;
	v[i].put = two(v[i].c, b->c, true);
	b->c = 0;
	count->points++;
}

/* The second half of a sentence that was quoted in two: “One,” he said, “and two.” The mark that opens it is before `first`. */
static bool is_second_half(struct text_cell *v, const struct text_cell *first)
{
	size_t k = (size_t)(first - v);

	while (k > 0 && !(is_text(&v[k]) && (v[k].c == 0x201C || v[k].c == 0x2018)))
		k--;
	while (k > 0 && (!is_text(&v[k - 1]) || v[k - 1].c == 0 || is_space(&v[k - 1])))
		k--;
	if (k == 0 || v[k - 1].c != ',')
		return false;
	while (k-- > 1) {
		if (is_text(&v[k]) && (v[k].c == '.' || v[k].c == '!' || v[k].c == '?'))
			return false;
		if (is_closing(&v[k]))
			return is_comma_or_stop(before(v, k)) && before(v, k)->c == ',';
	}
	return false;
}

static void british(struct text_cell *v, size_t n, size_t i, struct text_counts *count)
{
	struct text_cell *a = before(v, i), *b = after(v, n, i);
	const struct text_cell *first = first_quoted(v, n, i), *left;

	if (first != NULL && is_second_half(v, first))
		return;
	if (!is_comma_or_stop(a) || a->put != NULL || first == NULL || class_of(first) != C_LETTER || is_alone(v, n, (size_t)(a - v)) ||
	    !(b == NULL || is_space(b)))
		return;
	left = before(v, (size_t)(a - v));
	if (!is_letter(left) && !is_digit(left))
		return;
	v[i].put = two(v[i].c, a->c, false);
	a->c = 0;
	count->points++;
}

void textrules_english_points(struct text_cell *v, size_t n, struct text_counts *count)
{
	for (size_t i = 0; i < n; i++) {
		if (!is_closing(&v[i]) || v[i].fixed || (v[i].lang->customs & CUSTOM_ENGLISH) == 0 || (v[i].put != NULL && strlen(v[i].put) > 3))
			continue;
		if (strcmp(v[i].lang->rules->code, "en-us") == 0)
			american(v, n, i, count);
		else
			british(v, n, i, count);
	}
}

/* ---- Spanish ---- */

size_t textrules_spanish_unopened(const struct text_cell *v, size_t n)
{
	bool open[2] = { false, false }; /* ¿, ¡ */

	for (size_t i = 0; i < n; i++) {
		const struct text_cell *x = &v[i];
		int which = x->c == '!' || x->c == 0xA1;

		if (!is_text(x) || (x->lang->customs & CUSTOM_SPANISH) == 0)
			continue;
		if (x->c == 0xBF || x->c == 0xA1) {
			open[which] = true;
		} else if ((x->c == '?' || x->c == '!') && !x->fixed) {
			bool row = i > 0 && (v[i - 1].c == '?' || v[i - 1].c == '!');
			bool word = i > 0 && (is_letter(&v[i - 1]) || is_digit(&v[i - 1]) || class_of(&v[i - 1]) == C_CLOSE);

			if (!open[which] && !row && word && !open[!which])
				return i;
			if (i + 1 == n || (v[i + 1].c != '?' && v[i + 1].c != '!'))
				open[0] = open[1] = false;
		}
	}
	return n;
}
