/* Break places inside a word of prose: hyphenation, compounds (T-33), dashes, slashes (T-28), ellipsis, soft
 * hyphens (T-03). A piece is what stands between such signs: letters, marks, apostrophes and soft hyphens. */
#include "lang/rules.h"

#include <string.h>

#define PIECE (C_BIT(C_LETTER) | C_BIT(C_UPPER) | C_BIT(C_MARK) | C_BIT(C_APOS) | C_BIT(C_SHY))
#define SIGNS \
	(C_BIT(C_HYPHEN) | C_BIT(C_NBHYPHEN) | C_BIT(C_DASH) | C_BIT(C_SLASH) | C_BIT(C_ARROW) | C_BIT(C_ELLIPSIS) | \
	 C_BIT(C_STOP) | C_BIT(C_ZWSP))

/* A maximal group of pieces or of equal signs: what the scan moves by. */
struct group {
	size_t from, to; /* [byte] */
	uint8_t class_of;  /* C_LETTER for a piece, C_HYPHEN ..., else the class of its one character */
	size_t count;    /* letters of a piece; characters of others */
	size_t upper;
	bool shy, roman;
	bool tail;       /* of the language's words that stay with what is before their hyphen */
	uint32_t cp;     /* the first character */
};

static bool is_tail(const struct word_context *w, const struct group *g)
{
	const char *const *list = w->lang->rules->words->tails;

	for (; list != NULL && *list != NULL; list++) {
		if (strlen(*list) == g->to - g->from && memcmp(*list, w->text + g->from, g->to - g->from) == 0)
			return true;
	}
	return false;
}

static void read_group(const struct word_context *w, size_t from, size_t end, struct group *g)
{
	size_t at = from;

	memset(g, 0, sizeof *g);
	g->from = g->to = from;
	g->class_of = C_SPACE; /* nothing there */
	if (from >= end)
		return;
	g->cp = chars_next(w->text, &at, end);
	g->class_of = chars_class(&w->langs->chars, g->cp);
	if ((C_BIT(g->class_of) & PIECE) == 0) {
		uint8_t next = g->class_of;

		do {
			g->to = at;
			g->count++;
			if (at < end)
				next = chars_class(&w->langs->chars, chars_next(w->text, &at, end));
		} while (g->to < end && next == g->class_of && (C_BIT(next) & SIGNS) != 0);
		return;
	}
	g->class_of = C_LETTER;
	g->roman = true;
	for (at = from; at < end; g->to = at) {
		uint32_t cp = chars_next(w->text, &at, end);
		uint8_t class_of = chars_class(&w->langs->chars, cp);

		if ((C_BIT(class_of) & PIECE) == 0)
			break;
		g->shy = g->shy || class_of == C_SHY;
		g->count += class_of == C_LETTER || class_of == C_UPPER;
		g->upper += class_of == C_UPPER;
		g->roman = g->roman && cp < 128 && cp != 0 && strchr("IVXLCDM", (int)cp) != NULL;
	}
	g->tail = is_tail(w, g);
}

static void hyphenate(const struct word_context *w, size_t from, size_t to, bool in_compound, bool offers_own)
{
	const struct hyphen_points *p;
	int left = w->rules->left_min > 0 ? w->rules->left_min : w->lang->rules->left_min;
	int right = w->rules->right_min > 0 ? w->rules->right_min : w->lang->rules->right_min;

	if (!w->rules->hyphenate || w->rules->strict || w->lang->hyphenator == NULL)
		return;
	p = hyphen_lookup(w->lang->hyphenator, w->text + from, to - from);
	for (size_t i = 0; i < p->n; i++) {
		int price = (in_compound ? PRICE_IN_COMPOUND : 0) + (p->foreign ? PRICE_FOREIGN : 0);

		if (p->v[i].left >= left && p->v[i].right >= right)
			breaks_put(w->out, from + p->v[i].at, BREAK_HYPHEN, price, (in_compound && offers_own) || p->foreign);
	}
}

void breaks_word_plain(const struct word_context *w, size_t from, size_t to)
{
	hyphenate(w, from, to, false, false);
}

/* T-03: the author's own places, and then no others in that word. */
static void soft_hyphens(const struct word_context *w, const struct group *g)
{
	for (size_t at = g->from; at < g->to;) {
		bool shy = chars_next(w->text, &at, g->to) == 0xad;

		if (shy && at < g->to && at > g->from + 2)
			breaks_put(w->out, at, BREAK_HYPHEN, 0, w->rules->strict);
	}
}

/* T-33, T-26: both sides of three letters and no digit; Roman numbers are numbers. */
static bool hyphen_may_end(const struct group *before, const struct group *after)
{
	if (before->class_of != C_LETTER || after->class_of != C_LETTER)
		return false;
	if (before->count < COMPOUND_SIDE_MIN || after->count < COMPOUND_SIDE_MIN)
		return false;
	return !(before->roman && after->roman) && !after->tail;
}

static bool is_content(const struct group *g)
{
	return g->class_of == C_LETTER || g->class_of == C_DIGIT || g->class_of == C_OPEN || g->class_of == C_CLOSE ||
	       g->class_of == C_QUOTE || g->class_of == C_PERCENT || g->class_of == C_SIGN || g->class_of == C_CURRENCY;
}

static bool is_numeric(const struct group *g)
{
	return g->class_of == C_DIGIT || g->class_of == C_PERCENT || (g->class_of == C_LETTER && g->roman);
}

/* A dash without spaces: behind it, but not in a range (T-10), and not where it opens (T-49). */
static bool dash_may_end(const struct group *before, const struct group *after)
{
	if (!is_content(before) || !is_content(after) || before->class_of == C_OPEN || after->class_of == C_CLOSE)
		return false;
	return !(is_numeric(before) && is_numeric(after));
}

/* The place behind the sign `g`, if there is one. */
static void after_sign(const struct word_context *w, const struct group *before, const struct group *g,
                       const struct group *after)
{
	bool letters = before->class_of == C_LETTER && after->class_of == C_LETTER;

	switch (g->class_of) {
	case C_HYPHEN:
		if (g->count == 1 ? hyphen_may_end(before, after) : dash_may_end(before, after))
			breaks_put(w->out, g->to, BREAK_OWN_HYPHEN, w->rules->strict ? PRICE_OWN_STRICT : 0, w->rules->strict);
		break;
	case C_DASH:
		if (dash_may_end(before, after))
			breaks_put(w->out, g->to, BREAK_OWN_HYPHEN, 0, 0);
		break;
	case C_SLASH:
		if (letters && before->count >= SLASH_SIDE_MIN && after->count >= SLASH_SIDE_MIN)
			breaks_put(w->out, g->to, BREAK_JOINT, 0, 0);
		break;
	case C_STOP:
		if (letters && g->count >= 3)
			breaks_put(w->out, g->to, BREAK_JOINT, 0, 0);
		break;
	case C_ELLIPSIS:
		if (letters)
			breaks_put(w->out, g->to, BREAK_JOINT, 0, 0);
		break;
	case C_ARROW:
		if (is_content(before) && is_content(after))
			breaks_put(w->out, g->to, BREAK_JOINT, 0, 0);
		break;
	case C_ZWSP:
		if (after->class_of != C_SPACE)
			breaks_put(w->out, g->to, BREAK_JOINT, 0, 0);
		break;
	default:
		if (g->cp == '>' && letters && before->count >= 2 && after->count >= 2)
			breaks_put(w->out, g->to, BREAK_JOINT, 0, 0);
		break;
	}
}

/* No patterns beside a digit (T-32), in an identifier, in a name with points in it (example.com). */
static bool repels_patterns(const struct group *g, const struct group *beyond)
{
	if (g->class_of == C_DIGIT || (g->class_of == C_OTHER && g->cp < 0x80))
		return true;
	return g->class_of == C_STOP && g->count == 1 && beyond->class_of == C_LETTER;
}

void breaks_word_inside(const struct word_context *w, const struct chunk *c, size_t from, size_t to)
{
	struct group g[5]; /* two before, the one in hand, two ahead */

	memset(g, 0, sizeof g);
	g[0].class_of = g[1].class_of = C_SPACE;
	(void)c;
	read_group(w, from, to, &g[2]);
	read_group(w, g[2].to, to, &g[3]);
	while (g[2].to > g[2].from) {
		read_group(w, g[3].to, to, &g[4]);
		if (g[2].class_of != C_LETTER) {
			after_sign(w, &g[1], &g[2], &g[3]);
		} else if (g[2].shy) {
			soft_hyphens(w, &g[2]);
		} else if (!repels_patterns(&g[1], &g[0]) && !repels_patterns(&g[3], &g[4])) {
			bool left = g[1].class_of == C_HYPHEN || g[1].class_of == C_NBHYPHEN;
			bool right = g[3].class_of == C_HYPHEN || g[3].class_of == C_NBHYPHEN;
			bool own = (g[1].class_of == C_HYPHEN && hyphen_may_end(&g[0], &g[2])) ||
			           (g[3].class_of == C_HYPHEN && hyphen_may_end(&g[2], &g[4]));

			hyphenate(w, g[2].from, g[2].to, (left && g[0].class_of != C_SPACE) || (right && g[4].class_of != C_SPACE),
			          own);
		}
		memmove(&g[0], &g[1], 4 * sizeof *g);
	}
}
