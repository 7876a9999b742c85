#include "lang/textrules.h"

#include <string.h>

#include "base/utf8.h"
#include "lang/rules.h"
#include "lang/textrules_arabic.h"
#include "lang/textrules_han.h"
#include "lang/textrules_western.h"

/* ---- customs ------------------------------------------------------------------------------------ */

struct habits {
	const char *code;
	uint32_t dash;          /* for - between spaces; 0: none is made */
	bool widen;             /* an en dash between spaces becomes it too (T-09) */
	bool numbers;           /* ranges, minus */
	bool russian;           /* ?.. and !.., full stop behind the mark (T-12, T-13), № */
	uint8_t ellipsis;       /* 0: none, 1: one character, 2: the Chinese pair (T-53) */
	bool words;             /* straight quotation marks and apostrophes */
	enum note_place notes;
	bool titles;            /* all titles between marks */
	const char *marks[2];   /* of titles, if not the quotation marks */
	const char *inner[2];
};

enum { EM = 0x2014, EN = 0x2013 };
#define RUSSIAN EM, true, true, true, 1, true, NOTE_BEFORE_STOP, true, { NULL, NULL }, { NULL, NULL }
#define WESTERN(DASH, NOTES) DASH, false, true, false, 1, true, NOTES, false, { NULL, NULL }, { NULL, NULL }

/* Longer codes first. */
static const struct habits customs[] = {
	{ "ru", RUSSIAN }, { "uk", RUSSIAN }, { "be", RUSSIAN }, { "ky", RUSSIAN }, { "kk", RUSSIAN },
	{ "bg", EN, false, true, false, 1, true, NOTE_AS_WRITTEN, true, { NULL, NULL }, { NULL, NULL } },
	{ "en-us", WESTERN(EM, NOTE_BEHIND_STOP) }, { "en", WESTERN(EN, NOTE_BEHIND_STOP) },
	{ "fr", WESTERN(EN, NOTE_BEFORE_STOP) }, { "es", WESTERN(0, NOTE_BEFORE_STOP) },
	{ "de", WESTERN(EN, NOTE_AS_WRITTEN) }, { "pl", WESTERN(EN, NOTE_BEFORE_STOP) },
	{ "cs", WESTERN(EN, NOTE_AS_WRITTEN) }, { "sk", WESTERN(EN, NOTE_AS_WRITTEN) },
	{ "el", WESTERN(EN, NOTE_AS_WRITTEN) }, { "it", WESTERN(EN, NOTE_AS_WRITTEN) },
	{ "pt", WESTERN(EN, NOTE_AS_WRITTEN) }, { "nl", WESTERN(EN, NOTE_AS_WRITTEN) },
	{ "zh", EM, false, false, false, 2, false, NOTE_BEHIND_STOP, true, { "《", "》" }, { "〈", "〉" } },
	{ "ja", 0, false, false, false, 0, false, NOTE_AS_WRITTEN, true, { "『", "』" }, { "「", "」" } },
	{ "ar", 0, false, false, false, 1, true, NOTE_AS_WRITTEN, true, { NULL, NULL }, { NULL, NULL } },
	{ "fa", 0, false, false, false, 1, true, NOTE_AS_WRITTEN, true, { NULL, NULL }, { NULL, NULL } },
};
static const struct habits no_habits = { .code = "" };

static const struct habits *habits_of(const struct lang *l)
{
	for (size_t i = 0; l != NULL && i < sizeof customs / sizeof *customs; i++) {
		size_t len = strlen(customs[i].code);
		const char *code = l->rules->code;

		if (strncmp(code, customs[i].code, len) == 0 && (code[len] == '\0' || code[len] == '-'))
			return &customs[i];
	}
	return &no_habits;
}

enum note_place textrules_note_place(const struct lang *l)
{
	return habits_of(l)->notes;
}

bool textrules_title_marks(const struct lang *l, bool part, int level, const char *marks[2])
{
	const struct habits *h = habits_of(l);

	if (!h->titles && !part)
		return false;
	if (h->marks[0] != NULL) {
		marks[0] = (level & 1) ? h->inner[0] : h->marks[0];
		marks[1] = (level & 1) ? h->inner[1] : h->marks[1];
	} else {
		marks[0] = lang_quote(l, level, false);
		marks[1] = lang_quote(l, level, true);
	}
	return true;
}

/* ---- characters --------------------------------------------------------------------------------- */

struct line {
	struct text_cell *v;
	size_t n;
	const struct text_switches *on;
	struct text_counts *count;
	bool changed;
};

static unsigned class_of(const struct text_cell *x)
{
	return x->kind == CELL_BREAK ? C_SPACE : x->kind != CELL_TEXT ? C_OTHER : chars_class(&x->lang->owner->chars, x->c);
}

static bool is_letter(const struct text_cell *x)
{
	unsigned k = class_of(x);

	return k == C_LETTER || k == C_UPPER || k == C_COMPLEX || k == C_MARK;
}

static bool is_digit(const struct text_cell *x)
{
	return x->kind == CELL_TEXT && x->c >= '0' && x->c <= '9';
}

static bool is_space(const struct text_cell *x)
{
	unsigned k = class_of(x);

	return k == C_SPACE || k == C_GLUE || k == C_NEWLINE || k == C_FORCED;
}

/* The neighbours that are still there; NULL: the block's edge. */
static struct text_cell *before(const struct line *l, size_t i)
{
	while (i > 0 && l->v[i - 1].c == 0)
		i--;
	return i > 0 ? &l->v[i - 1] : NULL;
}

static struct text_cell *after(const struct line *l, size_t i)
{
	for (i++; i < l->n && l->v[i].c == 0; i++)
		;
	return i < l->n ? &l->v[i] : NULL;
}

static bool is_edge(const struct text_cell *x)
{
	return x == NULL || is_space(x);
}

static bool may_change(const struct text_cell *x)
{
	return x != NULL && x->kind == CELL_TEXT && !x->fixed && x->c != 0;
}

static void change(struct line *l, struct text_cell *x, uint32_t c, unsigned *counter)
{
	x->c = c;
	x->put = NULL;
	l->changed = true;
	if (counter != NULL)
		++*counter;
}

/* ---- T-12, T-53: points of omission --------------------------------------------------------------- */

static void ellipsis_at(struct line *l, size_t i)
{
	struct text_cell *v = l->v + i, *a = before(l, i), *b = after(l, i + 2);
	const struct habits *h = habits_of(v->lang);

	if (h->ellipsis == 0 || (a != NULL && (is_digit(a) || strchr("./\\", (int)(a->c < 128 ? a->c : 1)) != NULL)) ||
	    (b != NULL && (is_digit(b) || strchr("./\\", (int)(b->c < 128 ? b->c : 1)) != NULL)))
		return;
	if (h->russian && a != NULL && (a->c == '?' || a->c == '!')) {
		const struct text_cell *aa = before(l, (size_t)(a - l->v));

		v[2].c = 0;
		if (aa != NULL && (aa->c == '?' || aa->c == '!'))
			v[1].c = 0;
		l->changed = true;
		l->count->ellipses++;
		return;
	}
	change(l, &v[0], 0x2026, &l->count->ellipses);
	v[1].c = h->ellipsis == 2 ? 0x2026 : 0;
	v[2].c = 0;
}

static void ellipses(struct line *l)
{
	for (size_t i = 0; i < l->n; i++) {
		struct text_cell *v = l->v + i;

		if (v->c == '.' && i + 2 < l->n && v[1].c == '.' && v[2].c == '.' && may_change(v) && may_change(v + 1) &&
		    may_change(v + 2) && v[0].piece == v[2].piece)
			ellipsis_at(l, i);
		else if (v->c == '!' && i + 1 < l->n && v[1].c == '?' && may_change(v) && may_change(v + 1) &&
		         habits_of(v->lang)->russian && (i == 0 || v[-1].c != '?') && (i + 2 == l->n || v[2].c != '!')) {
			change(l, v, '?', &l->count->ellipses);
			change(l, v + 1, '!', NULL);
		}
	}
}

/* ---- T-09, T-38: dashes ---------------------------------------------------------------------------- */

static bool is_hyphen(const struct text_cell *x)
{
	return x != NULL && x->kind == CELL_TEXT && x->c == '-';
}

static void dash_at(struct line *l, size_t i, size_t end)
{
	struct text_cell *v = l->v + i, *a = before(l, i), *b = after(l, end - 1), *number, *next;
	const struct habits *h = habits_of(v->lang);

	if (h->dash == 0 || (v->c == EN && (!h->widen || end - i != 1)))
		return;
	if (h->ellipsis == 2) { /* Chinese: --, wherever it stands */
		if (end - i == 2) {
			change(l, v, EM, &l->count->dashes);
			change(l, v + 1, EM, NULL);
		}
		return;
	}
	if (!is_edge(a) || !is_edge(b))
		return;
	number = a == NULL ? NULL : before(l, (size_t)(a - l->v));
	next = b == NULL ? NULL : after(l, (size_t)(b - l->v));
	if (number != NULL && next != NULL && is_digit(number) && is_digit(next))
		return; /* "10 - 15": a range, a difference, a score? */
	change(l, v, h->dash, &l->count->dashes);
	for (size_t k = i + 1; k < end; k++)
		l->v[k].c = 0;
	if (strcmp(v->lang->rules->code, "en-us") == 0 && a != NULL && b != NULL && a->c == ' ' && b->c == ' ' && may_change(a) &&
	    may_change(b)) /* T-38: closed */
		a->c = b->c = 0;
}

static void dashes(struct line *l)
{
	for (size_t i = 0, end; i < l->n; i = end) {
		end = i + 1;
		if (!may_change(&l->v[i]) || (l->v[i].c != '-' && l->v[i].c != EN))
			continue;
		while (end < l->n && is_hyphen(&l->v[end]) && may_change(&l->v[end]) && l->v[end].piece == l->v[i].piece)
			end++;
		if (end - i <= 3)
			dash_at(l, i, end);
	}
}

/* ---- T-10, T-11: numbers ---------------------------------------------------------------------------- */

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
	for (; i < l->n && is_digit(&l->v[i]) && may_change(&l->v[i]) && out->digits < 9; i++, out->digits++)
		out->value = out->value * 10 + (l->v[i].c - '0');
	out->zero = out->digits > 1 && l->v[from].c == '0';
	if (out->digits > 0 && i + 1 < l->n && (l->v[i].c == ',' || l->v[i].c == '.') && is_digit(&l->v[i + 1])) {
		for (i++; i < l->n && is_digit(&l->v[i]); i++)
			;
	}
	out->to = i;
	return out->digits > 0;
}

static bool number_before(const struct line *l, size_t to, struct number *out)
{
	size_t from = to;

	while (from > 0 && to - from < 20 && (is_digit(&l->v[from - 1]) || (from < to && from > 1 && is_digit(&l->v[from - 2]) &&
	       (l->v[from - 1].c == ',' || l->v[from - 1].c == '.'))))
		from--;
	return number_at(l, from, out) && out->to == to;
}

/* May a number begin behind, or end before, this? Not in the middle of a date, a code, a telephone number. */
static bool opens_number(const struct text_cell *x)
{
	unsigned k = x == NULL ? C_SPACE : class_of(x);

	return k == C_SPACE || k == C_GLUE || k == C_NEWLINE || k == C_OPEN || k == C_QUOTE || k == C_CURRENCY ||
	       (x != NULL && x->kind != CELL_TEXT);
}

static bool ends_number(const struct line *l, size_t i)
{
	const struct text_cell *x = i < l->n ? &l->v[i] : NULL, *y = i + 1 < l->n ? &l->v[i + 1] : NULL;
	unsigned k = x == NULL ? C_SPACE : class_of(x);

	if (k == C_STOP || k == C_PUNCT)
		return y == NULL || !is_digit(y);
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

	while (end > 0 && (is_space(&l->v[end - 1]) || l->v[end - 1].c == '.' || l->v[end - 1].c == ':'))
		end--;
	if (end == 0 || end == from)
		return false;
	if (l->v[end - 1].c == 0x2116)
		return true;
	for (begin = end; begin > 0 && is_letter(&l->v[begin - 1]) && end - begin < 7; begin--)
		upper += class_of(&l->v[begin - 1]) == C_UPPER;
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

static void thousands(struct line *l)
{
	struct number a;

	for (size_t i = 0; i < l->n; i = a.to > i ? a.to : i + 1) {
		size_t first = i;

		a.to = i;
		if (!is_digit(&l->v[i]) || !may_change(&l->v[i]) || !habits_of(l->v[i].lang)->numbers || !number_at(l, i, &a))
			continue;
		if (a.digits < 5 || a.zero || !opens_number(i > 0 ? &l->v[i - 1] : NULL) || !ends_number(l, a.to) || is_code_before(l, i))
			continue;
		if (i > 1 && is_space(&l->v[i - 1]) && is_digit(&l->v[i - 2])) /* a telephone number, or grouped by hand */
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

	return may_change(&l->v[i]) && (c == '-' || (c == EM && habits_of(l->v[i].lang)->widen));
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
	if (from == i || to == i + 1 || !opens_number(from > 0 ? &l->v[from - 1] : NULL) || to + 1 >= l->n || !is_space(&l->v[to]))
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

static void ranges(struct line *l)
{
	for (size_t i = 1; i + 1 < l->n; i++) {
		struct number a, b;

		if (!is_range_sign(l, i) || !habits_of(l->v[i].lang)->numbers)
			continue;
		if (is_roman_range(l, i)) {
			change(l, &l->v[i], EN, &l->count->ranges);
			continue;
		}
		if (!number_before(l, i, &a) || !number_at(l, i + 1, &b) || a.zero || b.zero || a.digits > 6 || b.digits > 6)
			continue;
		if (a.value < b.value && opens_number(a.from > 0 ? &l->v[a.from - 1] : NULL) && ends_number(l, b.to) &&
		    !is_code_before(l, a.from))
			change(l, &l->v[i], EN, &l->count->ranges);
	}
}

static void minus_at(struct line *l, size_t i)
{
	const struct text_cell *a = before(l, i), *word;
	struct number b;

	if (!opens_number(a) || (a != NULL && class_of(a) == C_CURRENCY) || !number_at(l, i + 1, &b) || b.zero ||
	    !ends_number(l, b.to))
		return;
	word = a != NULL && is_space(a) ? before(l, (size_t)(a - l->v)) : NULL;
	/* "kill -9", "5 -3" */
	if (word != NULL && (is_digit(word) || (word->c < 128 && is_letter(word) && !l->v[i].lang->rules->latin)))
		return;
	change(l, &l->v[i], 0x2212, &l->count->minus);
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
		change(l, &l->v[i], 0xd7, &l->count->minus);
}

static void minus(struct line *l)
{
	for (size_t i = 0; i + 1 < l->n; i++) {
		if (!may_change(&l->v[i]) || !habits_of(l->v[i].lang)->numbers)
			continue;
		if ((l->v[i].c == '-' || l->v[i].c == EN) && is_digit(&l->v[i + 1]))
			minus_at(l, i);
		else if (l->v[i].c == 'x' || l->v[i].c == 0x445)
			times_at(l, i);
	}
}

/* ---- T-15, T-17: apostrophes, signs ------------------------------------------------------------------ */

static void apostrophes(struct line *l)
{
	for (size_t i = 1; i + 1 < l->n; i++) {
		if (l->v[i].c == '\'' && may_change(&l->v[i]) && habits_of(l->v[i].lang)->words && is_letter(&l->v[i - 1]) &&
		    is_letter(&l->v[i + 1]))
			change(l, &l->v[i], 0x2019, &l->count->apostrophes);
	}
}

static void signs(struct line *l)
{
	for (size_t i = 0; i + 1 < l->n; i++) {
		struct text_cell *x = &l->v[i];

		if ((x->c != 0x2116 && x->c != 0xa7) || !may_change(x) || !habits_of(x->lang)->russian || !is_digit(&l->v[i + 1]))
			continue;
		x->put = x->c == 0xa7 ? "\xc2\xa7 " : "№ ";
		l->changed = true;
		l->count->signs++;
	}
}

/* ---- T-08: quotation marks ----------------------------------------------------------------------------- */

enum { MOST_LEVELS = 8 };

static uint32_t mark_char(const struct text_cell *x, int level, bool close)
{
	const char *s = lang_quote(x->lang, level, close);
	size_t n, at = 0, len = strlen(s);
	uint32_t c = 0;

	while (at < len) { /* the French ones come with their spaces */
		c = utf8_decode(s + at, len - at, &n);
		if (c != 0x202f && c != 0xa0)
			break;
		at += n;
	}
	return c;
}

static bool is_straight(const struct text_cell *x)
{
	return may_change(x) && (x->c == '"' || (x->c == '\'' && x->side != SIDE_NONE)) && habits_of(x->lang)->words;
}

/* Which side of a quotation a straight mark is, from its neighbours; `last`: what the mark before it was, if it is the
 * neighbour. */
static enum text_side side_of(const struct line *l, size_t i, enum text_side last)
{
	const struct text_cell *a = before(l, i), *b = after(l, i);
	unsigned ka = a == NULL ? C_SPACE : class_of(a), kb = b == NULL ? C_SPACE : class_of(b);
	bool space_a = is_edge(a), space_b = is_edge(b);

	if (a != NULL && a->c == '"')
		return space_b ? SIDE_CLOSE : last;
	if (space_a != space_b)
		return space_a ? SIDE_OPEN : SIDE_CLOSE;
	if (space_a)
		return SIDE_NONE;
	if (ka == C_OPEN || ka == C_DASH || (ka == C_SLASH && kb != C_SLASH))
		return SIDE_OPEN;
	if (kb == C_CLOSE || kb == C_PUNCT || kb == C_STOP || kb == C_DASH || kb == C_HYPHEN || kb == C_ELLIPSIS ||
	    kb == C_SLASH || b->kind != CELL_TEXT || b->c == '"')
		return SIDE_CLOSE;
	return ka == C_HYPHEN ? SIDE_OPEN : SIDE_NONE;
}

struct marks {
	const struct text_cell *open[MOST_LEVELS];
	uint32_t straight[MOST_LEVELS]; /* " or ' */
	uint32_t closer[MOST_LEVELS];   /* the character that ends it; 0: a straight mark */
	int depth;
};

/* One walk: with `put` false it only finds out whether all marks pair; with true it changes them. Authors' own marks
 * count as levels; equal ones inside one another become the inner ones («…«А»» -> «…„А“»). */
static bool pair(struct line *l, bool put)
{
	struct marks m = { .depth = 0 };

	for (size_t i = 0; i < l->n; i++) {
		struct text_cell *x = &l->v[i];
		bool outer = x->kind == CELL_TEXT && x->c != 0 && x->c == mark_char(x, 0, false);

		if (x->c == 0 || x->kind != CELL_TEXT)
			continue;
		if (is_straight(x)) {
			enum text_side side = (enum text_side)x->side;
			uint32_t c = x->c;

			if (side == SIDE_NONE || (side == SIDE_OPEN && m.depth == MOST_LEVELS) || (side == SIDE_CLOSE && m.depth == 0))
				return false;
			if (side == SIDE_CLOSE && (m.closer[m.depth - 1] != 0 || m.straight[m.depth - 1] != c))
				return false;
			if (side == SIDE_CLOSE)
				m.depth--;
			if (put) {
				change(l, x, mark_char(x, m.depth, side == SIDE_CLOSE), &l->count->quotes);
				x->put = lang_quote(x->lang, m.depth, side == SIDE_CLOSE);
			}
			if (side == SIDE_OPEN) {
				m.open[m.depth] = x;
				m.straight[m.depth] = c;
				m.closer[m.depth++] = 0;
			}
			continue;
		}
		if (m.depth > 0 && m.closer[m.depth - 1] != 0 && x->c == m.closer[m.depth - 1]) {
			m.depth--;
			if (put && (m.depth & 1) && may_change(x) && m.open[m.depth]->c == mark_char(x, 1, false) &&
			    x->c == mark_char(x, 0, true) && habits_of(x->lang)->russian)
				change(l, x, mark_char(x, 1, true), NULL);
		} else if (outer || x->c == mark_char(x, 1, false)) {
			if (m.depth == MOST_LEVELS)
				return false;
			m.closer[m.depth] = mark_char(x, outer ? 0 : 1, true);
			if (put && outer && (m.depth & 1) && may_change(x) && habits_of(x->lang)->russian)
				change(l, x, mark_char(x, 1, false), &l->count->quotes);
			m.open[m.depth++] = x;
		}
	}
	return m.depth == 0;
}

static void quotes(struct line *l)
{
	bool straight = false, any = false;
	enum text_side last = SIDE_NONE;

	textrules_english_singles(l->v, l->n, l->count);

	for (size_t i = 0; i < l->n; i++) {
		struct text_cell *x = &l->v[i];

		straight = straight || (x->c == '\'' && x->side != SIDE_NONE);
		if (is_straight(x) && x->c == '"') { /* before any of them is changed */
			last = side_of(l, i, last);
			x->side = (uint8_t)last;
			straight = true;
		}
		any = any || (x->kind == CELL_TEXT && x->c == 0xab && habits_of(x->lang)->russian);
	}
	if (!straight && !any)
		return;
	if (pair(l, false))
		pair(l, true);
	else
		l->count->unpaired += straight;
}

/* ---- T-13: full stop and comma behind the closing mark ---------------------------------------------------- */

/* Is the word that ends before cell i one that is written with a full stop, or a single letter? */
static bool is_abbreviated(const struct line *l, size_t i)
{
	char word[64];
	size_t from = i, len = 0;

	while (from > 0 && i - from < 12 && l->v[from - 1].kind == CELL_TEXT && !is_space(&l->v[from - 1]) &&
	       class_of(&l->v[from - 1]) != C_OPEN && class_of(&l->v[from - 1]) != C_QUOTE)
		from--;
	for (; from < i; from++) {
		if (l->v[from].c != 0)
			len += utf8_encode(l->v[from].c, word + len);
	}
	return i > 0 && textrules_is_abbreviation(l->v[i - 1].lang, word, len);
}

static const char *with_stop(uint32_t mark, uint32_t stop)
{
	static const struct { uint32_t mark; const char *stop, *comma; } all[] = {
		{ 0xbb, "».", "»," }, { 0x201c, "“.", "“," }, { 0x201d, "”.", "”," },
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		if (all[i].mark == mark)
			return stop == '.' ? all[i].stop : all[i].comma;
	}
	return NULL;
}

static bool neighbours_stay(const struct line *l, size_t i)
{
	return (i > 0 && l->v[i - 1].piece == l->v[i].piece && l->v[i - 1].c != 0) ||
	       (i + 1 < l->n && l->v[i + 1].piece == l->v[i].piece && l->v[i + 1].c != 0);
}

static void point_at(struct line *l, size_t i, bool russian)
{
	struct text_cell *mark = &l->v[i], *a = before(l, i), *b = after(l, i), *aa;
	size_t at;

	if (a == NULL || a->kind != CELL_TEXT)
		return;
	if (russian && (a->c == '?' || a->c == '!' || a->c == 0x2026) && b != NULL && b->c == '.' && may_change(b) &&
	    neighbours_stay(l, (size_t)(b - l->v)) && is_edge(after(l, (size_t)(b - l->v)))) {
		change(l, b, 0, &l->count->points);
		return;
	}
	if ((a->c != '.' && a->c != ',') || !may_change(a))
		return;
	at = (size_t)(a - l->v);
	aa = before(l, at);
	if (aa == NULL || !(is_letter(aa) || is_digit(aa) || class_of(aa) == C_CLOSE) || !neighbours_stay(l, at) ||
	    (a->c == '.' && is_abbreviated(l, at)))
		return;
	if (b != NULL && b->kind == CELL_TEXT && b->c < 128 && strchr(".,;:", (int)b->c) != NULL) {
		change(l, a, 0, &l->count->points);
	} else if (is_edge(b) && with_stop(mark->c, a->c) != NULL) {
		mark->put = with_stop(mark->c, a->c);
		change(l, a, 0, &l->count->points);
	}
}

/* T-13; T-48 of Spanish */
static bool stops_outside(const struct lang *l)
{
	return habits_of(l)->russian || strcmp(l->rules->code, "es") == 0;
}

static void points(struct line *l)
{
	textrules_english_points(l->v, l->n, l->count);
	textrules_arabic_points(l->v, l->n, l->count);
	for (size_t i = 1; i < l->n; i++) {
		const struct text_cell *x = &l->v[i];

		if (x->kind != CELL_TEXT || x->c == 0 || !stops_outside(x->lang))
			continue;
		if (x->c == mark_char(x, 0, true) || (x->c == mark_char(x, 1, true) && !is_edge(before(l, i))))
			point_at(l, i, habits_of(x->lang)->russian);
	}
}

bool textrules_is_abbreviation(const struct lang *l, const char *text, size_t len)
{
	const struct bind_words *w = l->rules->words;
	const char *const *const lists[] = { w->abbr_any, w->abbr_name, w->abbr_number, w->abbr_after, w->abbr_tail, w->units,
		                             w->multiples };
	char lower[96];
	size_t from = len, n = 0;
	int letters = 0;

	while (from > 0 && text[from - 1] != ' ' && text[from - 1] != '(' && from + 40 > len) {
		size_t step;
		uint32_t c = utf8_decode_before(text, from, &step);

		if (c == 0xa0 || c == 0xab || c == 0x201e || c == 0x202f)
			break;
		if (c == '.')
			return true; /* "т.е", "А.С" */
		from -= step;
		letters++;
	}
	if (letters <= 1)
		return letters == 1 && (text[len - 1] < '0' || text[len - 1] > '9');
	for (size_t at = from; at < len && n + 4 < sizeof lower;)
		n += utf8_encode(chars_lower(&l->owner->chars, chars_next(text, &at, len)), lower + n);
	lower[n] = '\0';
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		for (const char *const *s = lists[i]; s != NULL && *s != NULL; s++) {
			/* units that are words are not abbreviations; Cyrillic letters take two bytes */
			if (strcmp(*s, lower) == 0 && (i < 5 || n <= 10))
				return true;
		}
	}
	return false;
}

static unsigned han_changes(const struct text_counts *c)
{
	return c->ellipses + c->quotes + c->widths + c->spaces;
}

static void han(struct line *l)
{
	unsigned before_it = han_changes(l->count);

	if (l->on->ellipses)
		textrules_han_ellipses(l->v, l->n, l->count);
	if (l->on->widths)
		textrules_han_widths(l->v, l->n, l->count);
	if (l->on->quotes)
		textrules_han_quotes(l->v, l->n, l->count);
	if (l->on->spaces)
		textrules_han_spaces(l->v, l->n, l->count);
	l->changed |= han_changes(l->count) != before_it;
}

/* ---- all of them ------------------------------------------------------------------------------------------ */

bool textrules_apply(struct text_cell *v, size_t n, const struct text_switches *on, struct text_counts *count)
{
	struct line l = { v, n, on, count, false };
	unsigned before_it = count->points + count->spaces + count->apostrophes;

	if (on->ellipses)
		ellipses(&l);
	if (on->ranges)
		ranges(&l);
	if (on->minus)
		minus(&l);
	if (on->dashes)
		dashes(&l);
	if (on->apostrophes)
		apostrophes(&l);
	if (on->quotes)
		quotes(&l);
	if (on->points)
		points(&l);
	if (on->thousands)
		thousands(&l);
	if (on->spaces)
		textrules_french_spaces(v, n, count);
	if (on->signs)
		signs(&l);
	for (size_t i = 0; i < n; i++) {
		if (v[i].lang->rules->han) {
			han(&l);
			break;
		}
	}
	return l.changed || count->points + count->spaces + count->apostrophes != before_it;
}
