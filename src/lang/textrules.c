#include "lang/textrules.h"

#include <string.h>

#include "base/utf8.h"
#include "lang/textrules_arabic.h"
#include "lang/textrules_han.h"
#include "lang/textrules_number.h"
#include "lang/textrules_western.h"

/* ---- customs ------------------------------------------------------------------------------------ */

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

static bool is_code(const char *code, const char *of)
{
	size_t len = strlen(of);

	return strncmp(code, of, len) == 0 && (code[len] == '\0' || code[len] == '-');
}

/* The first character of a mark; the French ones come with their spaces. */
static uint32_t mark_in(const char *s)
{
	size_t n, at = 0, len = strlen(s);
	uint32_t c = 0;

	while (at < len) {
		c = utf8_decode(s + at, len - at, &n);
		if (c != 0x202f && c != 0xa0)
			break;
		at += n;
	}
	return c;
}

void textrules_prepare(struct lang *l)
{
	static const struct { const char *code; enum text_custom custom; } all[] = {
		{ "fr", CUSTOM_FRENCH }, { "en", CUSTOM_ENGLISH }, { "es", CUSTOM_SPANISH },
		{ "ar", CUSTOM_ARABIC }, { "fa", CUSTOM_ARABIC }, { "ur", CUSTOM_ARABIC },
	};
	const char *code = l->rules->code;

	for (int i = 0; i < 4; i++)
		l->marks[i] = mark_in(l->quotes[i]);
	l->habits = &no_habits;
	for (size_t i = 0; i < sizeof customs / sizeof *customs && l->habits == &no_habits; i++)
		if (is_code(code, customs[i].code))
			l->habits = &customs[i];
	l->customs = l->rules->han ? CUSTOM_HAN : 0;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (is_code(code, all[i].code))
			l->customs |= all[i].custom;
}

const struct habits *textrules_habits(const struct lang *l)
{
	return l != NULL ? l->habits : &no_habits;
}

enum note_place textrules_note_place(const struct lang *l)
{
	return textrules_habits(l)->notes;
}

bool textrules_title_marks(const struct lang *l, bool part, int level, const char *marks[2])
{
	const struct habits *h = textrules_habits(l);

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

/* ---- T-12, T-53: points of omission --------------------------------------------------------------- */

static void ellipsis_at(struct line *l, size_t i)
{
	struct text_cell *v = l->v + i, *a = line_before(l, i), *b = line_after(l, i + 2);
	const struct habits *h = textrules_habits(v->lang);

	if (h->ellipsis == 0 || (a != NULL && (cell_is_digit(a) || strchr("./\\", (int)(a->c < 128 ? a->c : 1)) != NULL)) ||
	    (b != NULL && (cell_is_digit(b) || strchr("./\\", (int)(b->c < 128 ? b->c : 1)) != NULL)))
		return;
	if (h->russian && a != NULL && (a->c == '?' || a->c == '!')) {
		const struct text_cell *aa = line_before(l, (size_t)(a - l->v));

		v[2].c = 0;
		if (aa != NULL && (aa->c == '?' || aa->c == '!'))
			v[1].c = 0;
		l->changed = true;
		l->count->ellipses++;
		return;
	}
	line_change(l, &v[0], 0x2026, &l->count->ellipses);
	v[1].c = h->ellipsis == 2 ? 0x2026 : 0;
	v[2].c = 0;
}

static void ellipses(struct line *l)
{
	for (size_t i = 0; i < l->n; i++) {
		struct text_cell *v = l->v + i;

		if (v->c == '.' && i + 2 < l->n && v[1].c == '.' && v[2].c == '.' && cell_may_change(v) && cell_may_change(v + 1) &&
		    cell_may_change(v + 2) && v[0].piece == v[2].piece)
			ellipsis_at(l, i);
		else if (v->c == '!' && i + 1 < l->n && v[1].c == '?' && cell_may_change(v) && cell_may_change(v + 1) &&
		         textrules_habits(v->lang)->russian && (i == 0 || v[-1].c != '?') && (i + 2 == l->n || v[2].c != '!')) {
			line_change(l, v, '?', &l->count->ellipses);
			line_change(l, v + 1, '!', NULL);
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
	struct text_cell *v = l->v + i, *a = line_before(l, i), *b = line_after(l, end - 1), *number, *next;
	const struct habits *h = textrules_habits(v->lang);

	if (h->dash == 0 || (v->c == EN && (!h->widen || end - i != 1)))
		return;
	if (h->ellipsis == 2) { /* Chinese: --, wherever it stands */
		if (end - i == 2) {
			line_change(l, v, EM, &l->count->dashes);
			line_change(l, v + 1, EM, NULL);
		}
		return;
	}
	if (!cell_is_edge(a) || !cell_is_edge(b))
		return;
	number = a == NULL ? NULL : line_before(l, (size_t)(a - l->v));
	next = b == NULL ? NULL : line_after(l, (size_t)(b - l->v));
	if (number != NULL && next != NULL && cell_is_digit(number) && cell_is_digit(next))
		return; /* "10 - 15": a range, a difference, a score? */
	line_change(l, v, h->dash, &l->count->dashes);
	for (size_t k = i + 1; k < end; k++)
		l->v[k].c = 0;
	if (strcmp(v->lang->rules->code, "en-us") == 0 && a != NULL && b != NULL && a->c == ' ' && b->c == ' ' && cell_may_change(a) &&
	    cell_may_change(b)) /* T-38: closed */
		a->c = b->c = 0;
}

static void dashes(struct line *l)
{
	for (size_t i = 0, end; i < l->n; i = end) {
		end = i + 1;
		if (!cell_may_change(&l->v[i]) || (l->v[i].c != '-' && l->v[i].c != EN))
			continue;
		while (end < l->n && is_hyphen(&l->v[end]) && cell_may_change(&l->v[end]) && l->v[end].piece == l->v[i].piece)
			end++;
		if (end - i <= 3)
			dash_at(l, i, end);
	}
}

/* ---- T-15, T-17: apostrophes, signs ------------------------------------------------------------------ */

static void apostrophes(struct line *l)
{
	for (size_t i = 1; i + 1 < l->n; i++) {
		if (l->v[i].c == '\'' && cell_may_change(&l->v[i]) && textrules_habits(l->v[i].lang)->words && cell_is_letter(&l->v[i - 1]) &&
		    cell_is_letter(&l->v[i + 1]))
			line_change(l, &l->v[i], 0x2019, &l->count->apostrophes);
	}
}

static void signs(struct line *l)
{
	for (size_t i = 0; i + 1 < l->n; i++) {
		struct text_cell *x = &l->v[i];

		if ((x->c != 0x2116 && x->c != 0xa7) || !cell_may_change(x) || !textrules_habits(x->lang)->russian || !cell_is_digit(&l->v[i + 1]))
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
	return x->lang->marks[(level & 1) * 2 + close];
}

static bool is_straight(const struct text_cell *x)
{
	return cell_may_change(x) && (x->c == '"' || (x->c == '\'' && x->side != SIDE_NONE)) && textrules_habits(x->lang)->words;
}

/* Which side of a quotation a straight mark is, from its neighbours; `last`: what the mark before it was, if it is the
 * neighbour. */
static enum text_side side_of(const struct line *l, size_t i, enum text_side last)
{
	const struct text_cell *a = line_before(l, i), *b = line_after(l, i);
	unsigned ka = a == NULL ? C_SPACE : cell_class(a), kb = b == NULL ? C_SPACE : cell_class(b);
	bool space_a = cell_is_edge(a), space_b = cell_is_edge(b);

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
				line_change(l, x, mark_char(x, m.depth, side == SIDE_CLOSE), &l->count->quotes);
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
			if (put && (m.depth & 1) && cell_may_change(x) && m.open[m.depth]->c == mark_char(x, 1, false) &&
			    x->c == mark_char(x, 0, true) && textrules_habits(x->lang)->russian)
				line_change(l, x, mark_char(x, 1, true), NULL);
		} else if (outer || x->c == mark_char(x, 1, false)) {
			if (m.depth == MOST_LEVELS)
				return false;
			m.closer[m.depth] = mark_char(x, outer ? 0 : 1, true);
			if (put && outer && (m.depth & 1) && cell_may_change(x) && textrules_habits(x->lang)->russian)
				line_change(l, x, mark_char(x, 1, false), &l->count->quotes);
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
		any = any || (x->kind == CELL_TEXT && x->c == 0xab && textrules_habits(x->lang)->russian);
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

	while (from > 0 && i - from < 12 && l->v[from - 1].kind == CELL_TEXT && !cell_is_space(&l->v[from - 1]) &&
	       cell_class(&l->v[from - 1]) != C_OPEN && cell_class(&l->v[from - 1]) != C_QUOTE)
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
	struct text_cell *mark = &l->v[i], *a = line_before(l, i), *b = line_after(l, i), *aa;
	size_t at;

	if (a == NULL || a->kind != CELL_TEXT)
		return;
	if (russian && (a->c == '?' || a->c == '!' || a->c == 0x2026) && b != NULL && b->c == '.' && cell_may_change(b) &&
	    neighbours_stay(l, (size_t)(b - l->v)) && cell_is_edge(line_after(l, (size_t)(b - l->v)))) {
		line_change(l, b, 0, &l->count->points);
		return;
	}
	if ((a->c != '.' && a->c != ',') || !cell_may_change(a))
		return;
	at = (size_t)(a - l->v);
	aa = line_before(l, at);
	if (aa == NULL || !(cell_is_letter(aa) || cell_is_digit(aa) || cell_class(aa) == C_CLOSE) || !neighbours_stay(l, at) ||
	    (a->c == '.' && is_abbreviated(l, at)))
		return;
	if (b != NULL && b->kind == CELL_TEXT && b->c < 128 && strchr(".,;:", (int)b->c) != NULL) {
		line_change(l, a, 0, &l->count->points);
	} else if (cell_is_edge(b) && with_stop(mark->c, a->c) != NULL) {
		mark->put = with_stop(mark->c, a->c);
		line_change(l, a, 0, &l->count->points);
	}
}

/* T-13; T-48 of Spanish */
static bool stops_outside(const struct lang *l)
{
	return textrules_habits(l)->russian || strcmp(l->rules->code, "es") == 0;
}

static void points(struct line *l)
{
	textrules_english_points(l->v, l->n, l->count);
	textrules_arabic_points(l->v, l->n, l->count);
	for (size_t i = 1; i < l->n; i++) {
		const struct text_cell *x = &l->v[i];

		if (x->kind != CELL_TEXT || x->c == 0 || !stops_outside(x->lang))
			continue;
		if (x->c == mark_char(x, 0, true) || (x->c == mark_char(x, 1, true) && !cell_is_edge(line_before(l, i))))
			point_at(l, i, textrules_habits(x->lang)->russian);
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

/* What there is in a block that a rule could look at. Most blocks have next to nothing, and most rules need not go
 * through them. */
enum seen {
	SEEN_POINTS = 1,     /* two full stops in a row, or !? */
	SEEN_HYPHEN = 2,     /* - or a dash */
	SEEN_DIGIT = 4,
	SEEN_SINGLE = 8,     /* ' */
	SEEN_MARK = 16,      /* of a quotation, of any kind but ' */
	SEEN_SIGN = 32,      /* № § */
};

static unsigned seen_of(uint32_t c, uint32_t last)
{
	if (c < 0x80) {
		if (c >= '0' && c <= '9')
			return SEEN_DIGIT;
		switch (c) {
		case '.': return last == '.' ? SEEN_POINTS : 0;
		case '?': return last == '!' ? SEEN_POINTS : 0;
		case '-': return SEEN_HYPHEN;
		case '\'': return SEEN_SINGLE;
		case '"': return SEEN_MARK;
		default: return 0;
		}
	}
	if (c < 0xc0)
		return c == 0xab || c == 0xbb ? SEEN_MARK : c == 0xa7 ? SEEN_SIGN : 0;
	if (c < 0x2013)
		return 0;
	if (c == EN || c == EM)
		return SEEN_HYPHEN;
	return c == 0x2116 ? SEEN_SIGN : (c >= 0x2018 && c <= 0x203a) || (c >= 0x3008 && c <= 0x300f) ? SEEN_MARK : 0;
}

/* seen: bits of enum seen; customs: of all languages in it. */
static void look_through(const struct text_cell *v, size_t n, unsigned *seen, unsigned *customs_seen)
{
	const struct lang *lang = NULL;
	uint32_t last = 0;

	*seen = *customs_seen = 0;
	for (size_t i = 0; i < n; i++) {
		*seen |= seen_of(v[i].c, last);
		last = v[i].c;
		if (v[i].lang == lang)
			continue;
		lang = v[i].lang;
		*customs_seen |= lang->customs;
		for (int k = 0; k < 4; k++) /* one whose marks seen_of does not know */
			*seen |= (seen_of(lang->marks[k], 0) & (SEEN_MARK | SEEN_SINGLE)) == 0 ? SEEN_MARK : 0;
	}
}

bool textrules_apply(struct text_cell *v, size_t n, const struct text_switches *on, struct text_counts *count)
{
	struct line l = { v, n, on, count, false };
	unsigned before_it = count->points + count->spaces + count->apostrophes, seen, whose;

	look_through(v, n, &seen, &whose);
	if (on->ellipses && (seen & SEEN_POINTS) != 0)
		ellipses(&l);
	if (on->ranges && (seen & SEEN_HYPHEN) != 0)
		textrules_ranges(&l);
	if (on->minus && (seen & SEEN_DIGIT) != 0)
		textrules_minus(&l);
	if (on->dashes && (seen & SEEN_HYPHEN) != 0)
		dashes(&l);
	if (on->apostrophes && (seen & SEEN_SINGLE) != 0)
		apostrophes(&l);
	if (on->quotes && (seen & (SEEN_MARK | SEEN_SINGLE)) != 0)
		quotes(&l);
	if (on->points && ((seen & (SEEN_MARK | SEEN_SINGLE)) != 0 || (whose & CUSTOM_ARABIC) != 0))
		points(&l);
	if (on->thousands && (seen & SEEN_DIGIT) != 0)
		textrules_thousands(&l);
	if (on->spaces && (whose & CUSTOM_FRENCH) != 0)
		textrules_french_spaces(v, n, count);
	if (on->signs && (seen & SEEN_SIGN) != 0)
		signs(&l);
	if ((whose & CUSTOM_HAN) != 0)
		han(&l);
	return l.changed || count->points + count->spaces + count->apostrophes != before_it;
}
