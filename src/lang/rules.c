/* Bindings that several languages share, driven by each language's words (struct bind_words). Numbers
 * T-nn: docs/TYPOGRAPHY.md. */
#include "lang/rules.h"

#include <string.h>

static const struct bind none = { BIND_NONE, 0 };
static const struct bind closed = { BIND_CLOSED, 0 };
static const struct bind hard = { BIND_HARD, PRICE_ONE_LETTER };

/* ---- what a chunk is -------------------------------------------------------------------------- */

#define CORE_LETTERS (C_BIT(C_LETTER) | C_BIT(C_UPPER) | C_BIT(C_MARK))

static bool is_bare_before(const struct chunk *c) /* nothing between it and the gap behind */
{
	return c->to == c->core_to;
}

static bool is_bare_after(const struct chunk *c) /* nothing between the gap before and it */
{
	return c->from == c->core_from;
}

static bool has_point(const struct gap *g, const struct chunk *c) /* core and one full stop, no more */
{
	return c->to == c->core_to + 1 && g->text[c->core_to] == '.';
}

static bool is_word(const struct chunk *c)
{
	return c->letters > 0 && (c->core_mask & ~CORE_LETTERS) == 0;
}

static bool begins_upper(const struct gap *g, const struct chunk *c)
{
	return c->letters > 0 && chars_class(g->chars, c->first) == C_UPPER;
}

static bool begins_digit(const struct chunk *c)
{
	return c->digits > 0 && c->first >= '0' && c->first <= '9';
}

static bool ends_digit(const struct chunk *c)
{
	return c->digits > 0 && c->last >= '0' && c->last <= '9';
}

/* "5", "3,5", "2.1", "10–15", "2019—2021", "+5", "3×4" */
bool rules_is_number(const struct chunk *c)
{
	const uint32_t allowed = C_BIT(C_DIGIT) | C_BIT(C_STOP) | C_BIT(C_PUNCT) | C_BIT(C_DASH) | C_BIT(C_HYPHEN) |
	                         C_BIT(C_NBHYPHEN) | C_BIT(C_SLASH) | C_BIT(C_OTHER) | C_BIT(C_JOINER) | C_BIT(C_ELLIPSIS);

	return c->digits > 0 && c->letters == 0 && (c->core_mask & ~allowed) == 0;
}

static bool is_roman(const struct gap *g, const struct chunk *c)
{
	if (c->letters == 0 || c->upper != c->letters || c->chars > 15)
		return false;
	for (uint32_t i = c->core_from; i < c->core_to;) {
		size_t at = i;
		uint32_t cp = chars_next(g->text, &at, c->core_to);

		if (!(cp < 128 && cp != 0 && strchr("IVXLCDM-", (int)cp) != NULL) && (cp < 0x2010 || cp > 0x2014))
			return false;
		i = (uint32_t)at;
	}
	return true;
}

static bool is_numeral(const struct gap *g, const struct chunk *c)
{
	return rules_is_number(c) || is_roman(g, c);
}

/* Compares the core, in lower case, with one word; prefix: the core only has to begin so. */
static bool core_matches(const struct gap *g, const struct chunk *c, const char *word, bool prefix)
{
	size_t at = c->core_from, w = 0, len = strlen(word);

	while (at < c->core_to && w < len) {
		if (chars_lower(g->chars, chars_next(g->text, &at, c->core_to)) != chars_next(word, &w, len))
			return false;
	}
	return w == len && (prefix || at == c->core_to);
}

static bool core_in(const struct gap *g, const struct chunk *c, const char *const *list, bool prefix)
{
	if (list == NULL || c->core_from == c->core_to)
		return false;
	for (; *list != NULL; list++) {
		size_t w = 0;

		/* The first letter decides nearly always. */
		if (chars_next(*list, &w, 4) == chars_lower(g->chars, c->first) && core_matches(g, c, *list, prefix))
			return true;
	}
	return false;
}

bool rules_core_is(const struct gap *g, const struct chunk *c, const char *const *list)
{
	return core_in(g, c, list, false);
}

/* ---- signs, dashes, numbers ------------------------------------------------------------------- */

static bool is_operator(const struct chunk *c)
{
	return c->chars == 1 && c->from == c->core_from && c->to == c->core_to &&
	       (c->first == '+' || c->first == '=' || c->first == 0xd7 || c->first == 0xf7 || c->first == '<' ||
	        c->first == '>' || c->first == 0x2212 || c->first == 0xb1 || (c->first >= 0x2248 && c->first <= 0x2265));
}

/* T-17, T-28, T-40, T-42: signs that stand alone between spaces belong to a neighbour. */
struct bind rules_signs(const struct gap *g)
{
	const struct chunk *a = &g->v[g->i - 1], *b = &g->v[g->i];
	const uint32_t closing = C_BIT(C_CLOSE) | C_BIT(C_STOP) | C_BIT(C_PUNCT) | C_BIT(C_ELLIPSIS);

	if ((b->mask & ~closing) == 0 || (a->mask & ~C_BIT(C_OPEN)) == 0)
		return closed;
	if ((b->mask & (C_BIT(C_PERCENT) | C_BIT(C_CURRENCY))) != 0 && ends_digit(a) && b->digits == 0 &&
	    (b->core_mask & C_BIT(C_PERCENT) || b->letters == 0))
		return closed;
	if ((a->core_mask & C_BIT(C_SIGN)) != 0 && a->letters == 0 && a->digits == 0)
		return closed;
	if (is_operator(b) && ends_digit(a) && is_bare_before(a))
		return hard;
	if (is_operator(a) && begins_digit(b))
		return hard;
	if ((b->core_mask & ~C_BIT(C_ARROW)) == 0 && b->core_mask != 0)
		return hard;
	if (b->chars == 1 && b->first == '>' && is_bare_after(b)) /* a chain of menus */
		return hard;
	return none;
}

static bool is_dash(const struct gap *g, const struct chunk *c)
{
	const uint32_t dashes = C_BIT(C_DASH) | C_BIT(C_HYPHEN) | C_BIT(C_NBHYPHEN);

	(void)g;
	if ((c->mask & dashes) == 0)
		return false;
	return (c->mask & ~(dashes | C_BIT(C_PUNCT) | C_BIT(C_STOP))) == 0 && c->letters == 0;
}

/* T-09: a spaced dash belongs to the word before it; at the head of a line of speech or of a
 * list to the word behind it. T-46: the first of a pair belongs to what it opens. */
struct bind rules_dash(const struct gap *g)
{
	const struct chunk *a = &g->v[g->i - 1], *b = &g->v[g->i];

	if (is_dash(g, b))
		return b->pair == 1 ? none : closed;
	if (is_dash(g, a) && (g->i == 1 || a->pair == 1))
		return closed;
	return none;
}

/* "12 345 678": groups of three behind one to three digits. */
struct bind rules_thousands(const struct gap *g)
{
	const struct chunk *a = &g->v[g->i - 1], *b = &g->v[g->i];
	size_t at = b->core_from, digits = 0;

	if (!ends_digit(a) || !is_bare_before(a) || !is_bare_after(b) || !begins_digit(b))
		return none;
	if (a->digits > 3 || a->letters != 0 || !rules_is_number(a))
		return none;
	while (at < b->core_to && g->text[at] >= '0' && g->text[at] <= '9') {
		at++;
		digits++;
	}
	return digits == 3 && (at == b->core_to || b->letters == 0) ? closed : none;
}

/* Figures, with + before them, hyphens between, or in brackets. */
static bool is_telephone_part(const struct chunk *c)
{
	const uint32_t allowed = C_BIT(C_DIGIT) | C_BIT(C_HYPHEN) | C_BIT(C_NBHYPHEN) | C_BIT(C_DASH);

	return c->digits > 0 && c->letters == 0 && (c->core_mask & ~(allowed | (c->first == '+' ? C_BIT(C_OTHER) : 0))) == 0;
}

static bool is_inside_telephone(const struct gap *g, const struct chunk *c) /* may go on behind c */
{
	return is_telephone_part(c) && (is_bare_before(c) || (c->to == c->core_to + 1 && g->text[c->core_to] == ')'));
}

/* T-18: +7 (800) 555-01-23, +996 312 90 12 34, (0312) 55-55-55: what begins with + and figures, or with figures in brackets, and has
 * as many figures as a telephone number. */
struct bind rules_telephone(const struct gap *g)
{
	enum { PARTS = 6, LEAST = 7, MOST = 15 };
	const struct chunk *b = &g->v[g->i];
	uint32_t digits = b->digits;
	size_t first = g->i, last = g->i;
	bool plus = false, brackets;

	if (!is_telephone_part(b))
		return none;
	while (!plus && first > 0 && g->i - first < PARTS && is_inside_telephone(g, &g->v[first - 1])) {
		digits += g->v[--first].digits;
		plus = g->v[first].first == '+';
	}
	if (first == g->i)
		return none;
	for (; last + 1 < g->n && last - g->i < PARTS && is_inside_telephone(g, &g->v[last]) && is_telephone_part(&g->v[last + 1]); last++)
		digits += g->v[last + 1].digits;
	brackets = g->text[g->v[first].from] == '(' && g->text[g->v[first].to - 1] == ')' &&
	           (g->v[last].core_mask & (C_BIT(C_HYPHEN) | C_BIT(C_NBHYPHEN))) != 0;
	return (plus || brackets) && digits >= LEAST && digits <= MOST ? closed : none;
}

/* T-19: number and unit, number and "млн", "млн" and what it counts. */
/* One of the language's one-letter words, or what looks like one. */
static bool is_one_letter(const struct gap *g, const struct chunk *c)
{
	const uint16_t *list = g->words->one_letter;

	if (list == NULL || c->chars != 1 || c->letters != 1)
		return false;
	while (*list != 0 && *list != chars_lower(g->chars, c->first))
		list++;
	return *list != 0;
}

/* "15 в пиках", "20 с лишним": a preposition, if small and something follows; "220 В", "5 с." are units. */
static bool is_small_word(const struct gap *g, const struct chunk *c)
{
	return is_one_letter(g, c) && c->upper == 0 && is_bare_before(c) && c + 1 < g->v + g->n;
}

struct bind rules_units(const struct gap *g)
{
	const struct chunk *a = &g->v[g->i - 1], *b = &g->v[g->i];
	const struct bind_words *w = g->words;

	if (!is_bare_after(b) || b->letters == 0)
		return none;
	if (ends_digit(a) && is_bare_before(a) && a->letters == 0) {
		if ((core_in(g, b, w->units, false) && !is_small_word(g, b)) || core_in(g, b, w->multiples, false))
			return closed;
		return none;
	}
	if (g->i >= 2 && (is_bare_before(a) || has_point(g, a)) && ends_digit(&g->v[g->i - 2]) &&
	    core_in(g, a, w->multiples, false))
		return core_in(g, b, w->units, false) ? closed : hard;
	return none;
}

/* ---- names and abbreviations ------------------------------------------------------------------ */

/* "А.", "А.С.", "Ж.-Ж.": capitals, each with its point. */
static bool is_initials(const struct gap *g, const struct chunk *c)
{
	const uint32_t allowed = C_BIT(C_UPPER) | C_BIT(C_STOP) | C_BIT(C_HYPHEN) | C_BIT(C_NBHYPHEN);
	bool letter_wanted = true;

	if (!has_point(g, c) || c->upper == 0 || c->upper > 4 || (c->core_mask & ~allowed) != 0)
		return false;
	for (size_t at = c->core_from; at < c->core_to;) {
		uint8_t class_of = chars_class(g->chars, chars_next(g->text, &at, c->core_to));

		if (class_of == C_UPPER && !letter_wanted)
			return false;
		letter_wanted = class_of != C_UPPER;
	}
	return true;
}

static bool is_surname(const struct gap *g, const struct chunk *c)
{
	return c->letters >= 2 && c->digits == 0 && begins_upper(g, c) && c->upper < c->letters;
}

/* T-23: initials hold together and to the surname, before or behind them. */
struct bind rules_initials(const struct gap *g)
{
	const struct chunk *a = &g->v[g->i - 1], *b = &g->v[g->i];

	if (is_initials(g, a) && (is_initials(g, b) || (is_surname(g, b) && is_bare_after(b))))
		return closed;
	if (is_initials(g, b) && is_surname(g, a) && is_bare_before(a)) {
		size_t next = g->i;

		/* «в Париже А. Иванов»: the initials go with the name that follows them. */
		while (next < g->n && next < g->i + 4 && is_initials(g, &g->v[next]))
			next++;
		if (next == g->n || !is_surname(g, &g->v[next]) || !is_bare_after(&g->v[next]))
			return hard;
	}
	return none;
}

static bool is_single_small(const struct gap *g, const struct chunk *c)
{
	return c->letters == 1 && c->chars == 1 && c->upper == 0 && c->to > c->core_to && g->text[c->core_to] == '.';
}

/* "т.е.", "т.д": small letters, each with its point, and no space between. */
static bool is_dotted_small(const struct gap *g, const struct chunk *c)
{
	return c->letters >= 2 && c->letters <= 4 && c->upper == 0 && c->chars == 2 * c->letters - 1 &&
	       (c->core_mask & ~(C_BIT(C_LETTER) | C_BIT(C_STOP))) == 0 && c->to > c->core_to && g->text[c->core_to] == '.';
}

/* What appendices are numbered with: "А", "B.2". */
static bool is_letter_label(const struct chunk *c)
{
	return c->letters == 1 && c->upper == 1;
}

/* T-24: abbreviations of two words are one; others hold to the word they govern. */
struct bind rules_abbreviations(const struct gap *g)
{
	const struct chunk *a = &g->v[g->i - 1], *b = &g->v[g->i];
	const struct bind_words *w = g->words;
	bool number_next = begins_digit(b) || is_roman(g, b);

	if (has_point(g, a)) {
		if (is_single_small(g, a) && is_single_small(g, b) && is_bare_after(b))
			return closed;
		if (core_in(g, a, w->abbr_any, false))
			return closed;
		if (number_next && core_in(g, a, w->abbr_number, false))
			return closed;
		/* not after «т. п.», which ends a sentence before an «А» */
		if (is_letter_label(b) && a->letters >= 3 && core_in(g, a, w->abbr_number, false))
			return closed;
		if (begins_upper(g, b) && core_in(g, a, w->abbr_name, false))
			/* «в 2026 г. Бишкек»: the year's, and a sentence or clause ends there. */
			return g->i >= 2 && core_in(g, a, w->abbr_after, false) && is_bare_before(&g->v[g->i - 2]) &&
			               is_numeral(g, &g->v[g->i - 2])
			       ? none
			       : closed;
	}
	if (is_bare_before(a) && begins_upper(g, b) && core_in(g, a, w->titles, false))
		return closed;
	if (b->to > b->core_to && is_bare_after(b) && g->text[b->core_to] == '.') {
		if (is_bare_before(a) && is_numeral(g, a) && core_in(g, b, w->abbr_after, false))
			return closed;
		if (is_bare_before(a) && core_in(g, b, w->abbr_tail, false) && core_in(g, a, w->conjunctions, false))
			return closed;
		if (is_bare_before(a) && is_dotted_small(g, b) && core_in(g, a, w->conjunctions, false))
			return closed;
		/* «до н. э.»: the preposition with an abbreviation of single letters */
		if (is_bare_before(a) && is_single_small(g, b) && g->i + 1 < g->n && is_single_small(g, &g->v[g->i + 1]) &&
		    (core_in(g, a, w->conjunctions, false) || core_in(g, a, w->two_letter, false)))
			return closed;
	}
	return none;
}

/* T-25: day and month (both ways round), year and its noun. */
struct bind rules_dates(const struct gap *g)
{
	const struct chunk *a = &g->v[g->i - 1], *b = &g->v[g->i];
	const struct bind_words *w = g->words;

	if (rules_is_number(a) && (is_bare_before(a) || has_point(g, a)) && a->digits <= 8 && is_bare_after(b)) {
		if (is_bare_before(a) && core_in(g, b, w->years, false))
			return closed;
		if (core_in(g, b, w->months, false))
			return closed;
	}
	return none;
}

/* T-27: «Глава 3», «рисунка 5»: a part's name and its number. */
struct bind rules_parts(const struct gap *g)
{
	const struct chunk *a = &g->v[g->i - 1], *b = &g->v[g->i];

	if (!is_bare_before(a) || a->letters == 0 || !(begins_digit(b) || is_roman(g, b) || (is_letter_label(b) && is_bare_after(b))))
		return none;
	return core_in(g, a, g->words->parts, true) ? hard : none;
}

/* ---- small words ------------------------------------------------------------------------------ */

/* T-21. With a bracket or a point behind it, it is a label: «а) первое». */
struct bind rules_one_letter(const struct gap *g)
{
	const struct chunk *a = &g->v[g->i - 1];

	return is_bare_before(a) && is_one_letter(g, a) ? hard : none;
}

/* T-22 */
struct bind rules_particles(const struct gap *g)
{
	const struct chunk *b = &g->v[g->i];

	if (b->letters > 2 || b->letters == 0 || b->letters != b->chars || !is_bare_after(b) || b->upper != 0)
		return none;
	if (!is_bare_before(&g->v[g->i - 1]) || has_point(g, b))
		return none;
	return core_in(g, b, g->words->particles, false) ? hard : none;
}

/* T-21 */
struct bind rules_two_letter(const struct gap *g)
{
	const struct chunk *a = &g->v[g->i - 1];

	if (a->letters > 2 || a->letters == 0 || a->letters != a->chars || !is_bare_before(a))
		return none;
	if (!core_in(g, a, g->words->two_letter, false))
		return none;
	return (struct bind){ BIND_SOFT, PRICE_TWO_LETTER };
}

/* T-27 */
struct bind rules_number_noun(const struct gap *g)
{
	const struct chunk *a = &g->v[g->i - 1], *b = &g->v[g->i];

	if (!g->words->number_noun || a->digits == 0 || !is_bare_before(a) || !is_bare_after(b))
		return none;
	if (!rules_is_number(a) && (a->trail_mask != 0 || a->letters > 3)) /* «5-й раз» too */
		return none;
	if (!is_word(b) || b->upper != 0 || b->letters < 2)
		return none;
	return (struct bind){ BIND_SOFT, PRICE_NUMBER_NOUN };
}
