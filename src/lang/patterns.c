/* The patterns as a trie with fallbacks (Aho and Corasick): a state is a text that begins a pattern. States that go on from one
 * are a list, the latest first: files are mostly sorted, so while they are read what is wanted stands in front, and behind the first
 * letters lists are short. The fallback of a state, the longest end of its text that is a state too, is worked out when first
 * asked for, since most states never are. */
#include "lang/patterns.h"

#include <stdint.h>
#include <string.h>

#include "base/mem.h"

enum { MOST_BYTES = 400, LETTERS = 256, ROOT = 0, NOT_KNOWN = -2, NONE = -1, MIN_DEFAULT = 2, MIN_PART_DEFAULT = 3 };

struct pstate {
	int32_t parent, fallback;
	int32_t first, next; /* of those that go on from it; of those that go on from its parent; 0: none */
	uint32_t letters;    /* with which states go on from it, each by its last five bits: most that do not are told at a glance */
	uint32_t line : 24;  /* [byte] + 1 of the pattern in the file that is this text; 0: none */
	uint32_t last : 8;   /* its last letter */
};

struct patterns {
	char *data;
	size_t len;
	char charset[32];
	bool utf8;
	size_t left_min, right_min; /* [letter] 0: not said */
	size_t part_left, part_right; /* the same of parts of compounds */
	bool levels; /* it says NEXTLEVEL */
	struct pstate *v;
	size_t n, cap;
	int32_t begin[LETTERS]; /* states of one letter */
};

void patterns_free(struct patterns *p)
{
	if (p == NULL)
		return;
	mem_free(p->data);
	mem_free(p->v);
	mem_free(p);
}

const char *patterns_charset(const struct patterns *p)
{
	return p->charset;
}

bool patterns_utf8(const struct patterns *p)
{
	return p->utf8;
}

static uint32_t bit_of(uint8_t letter)
{
	return 1u << (letter & 31);
}

/* The state's text and a letter more; 0: no pattern begins so. What is asked for goes to the front of its list. */
static int32_t step(struct patterns *p, int32_t state, uint8_t letter)
{
	int32_t to, before = 0;

	if (state == ROOT)
		return p->begin[letter];
	if (!(p->v[state].letters & bit_of(letter)))
		return 0;
	for (to = p->v[state].first; to != 0 && p->v[to].last != letter; to = p->v[to].next)
		before = to;
	if (to != 0 && before != 0) {
		p->v[before].next = p->v[to].next;
		p->v[to].next = p->v[state].first;
		p->v[state].first = to;
	}
	return to;
}

static int32_t next_of(struct patterns *p, int32_t state, uint8_t letter)
{
	int32_t to = step(p, state, letter);

	return to != 0 ? to : NONE;
}

static int32_t step_or_new(struct patterns *p, int32_t state, uint8_t letter)
{
	int32_t to = step(p, state, letter);

	if (to != 0)
		return to;
	VEC_ROOM(p->v, p->n, p->cap, 1);
	to = (int32_t)p->n++;
	p->v[to] = (struct pstate){ .parent = state, .fallback = NOT_KNOWN, .next = p->v[state].first, .last = letter };
	if (state == ROOT)
		p->begin[letter] = to;
	else
		p->v[state].first = to;
	p->v[state].letters |= bit_of(letter);
	return to;
}

static int32_t fallback_of(struct patterns *p, int32_t state)
{
	int32_t f;

	if (p->v[state].fallback != NOT_KNOWN)
		return p->v[state].fallback;
	f = fallback_of(p, p->v[state].parent); /* as deep as a pattern is long */
	while (f != NONE && next_of(p, f, p->v[state].last) == NONE)
		f = fallback_of(p, f);
	return p->v[state].fallback = f == NONE ? ROOT : next_of(p, f, p->v[state].last);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool starts_with(const char *line, size_t n, const char *word)
{
	return n >= strlen(word) && memcmp(line, word, strlen(word)) == 0;
}

static size_t number_behind(const char *line, size_t n, const char *word)
{
	size_t v = 0, i = strlen(word);

	while (i < n && line[i] == ' ')
		i++;
	for (; i < n && is_digit(line[i]) && v < 100; i++)
		v = v * 10 + (size_t)(line[i] - '0');
	return v;
}

/* False: more than is known here. */
static bool take_line(struct patterns *p, const char *line, size_t n)
{
	int32_t state = ROOT;
	size_t letters = 0;

	if (n == 0 || line[0] == '#' || line[0] == '%')
		return true;
	if (n > 5 && line[0] >= 'A' && line[0] <= 'Z' && line[1] >= 'A' && line[1] <= 'Z') {
		if (starts_with(line, n, "LEFTHYPHENMIN"))
			p->left_min = number_behind(line, n, "LEFTHYPHENMIN");
		else if (starts_with(line, n, "RIGHTHYPHENMIN"))
			p->right_min = number_behind(line, n, "RIGHTHYPHENMIN");
		else if (starts_with(line, n, "COMPOUNDLEFTHYPHENMIN"))
			p->part_left = number_behind(line, n, "COMPOUNDLEFTHYPHENMIN");
		else if (starts_with(line, n, "COMPOUNDRIGHTHYPHENMIN"))
			p->part_right = number_behind(line, n, "COMPOUNDRIGHTHYPHENMIN");
		else if (n == 9 && starts_with(line, n, "NEXTLEVEL"))
			return (p->levels = p->n == 1); /* behind an empty level */
		else
			return false;
		return true;
	}
	for (size_t i = 0; i < n; i++) {
		if (line[i] == '/' || (unsigned char)line[i] <= ' ')
			return false;
		if (!is_digit(line[i])) {
			if (++letters > MOST_BYTES / 4)
				return false;
			state = step_or_new(p, state, (uint8_t)line[i]);
		}
	}
	p->v[state].line = (uint32_t)(line - p->data + 1) & 0xFFFFFFu; /* of lines with the same letters the last one counts */
	return true;
}

struct patterns *patterns_read(char *data, size_t len)
{
	struct patterns *p = mem_zalloc(1, sizeof *p);
	bool first = true, known = len + 1 < 1u << 24;

	p->data = data;
	p->len = len;
	VEC_ROOM(p->v, p->n, p->cap, len / 4 + 1); /* as many states as the file is likely to have: what is not touched costs nothing */
	p->v[p->n++] = (struct pstate){ .parent = NONE, .fallback = NONE };
	for (size_t at = 0; at < len && known; first = false) {
		const char *line = data + at, *end = memchr(line, '\n', len - at);
		size_t n = end != NULL ? (size_t)(end - line) : len - at;

		at += n + 1;
		while (n > 0 && (line[n - 1] == '\r' || line[n - 1] == ' '))
			n--;
		if (!first) {
			known = take_line(p, line, n);
		} else if ((known = n > 0 && n < sizeof p->charset)) {
			memcpy(p->charset, line, n);
			p->utf8 = strcmp(p->charset, "UTF-8") == 0;
		}
	}
	if (known && !first)
		return p;
	p->data = NULL; /* still the caller's */
	patterns_free(p);
	return NULL;
}

/* The digits of a pattern whose letters end before votes[end]. */
static void vote(const struct patterns *p, uint32_t line, size_t end, char *votes)
{
	const char *s = p->data + line - 1, *stop = p->data + p->len;
	size_t letters = 0, at;

	for (const char *c = s; c < stop && (unsigned char)*c > ' '; c++)
		letters += !is_digit(*c);
	at = end - letters;
	for (const char *c = s; c < stop && (unsigned char)*c > ' '; c++) {
		/* of two digits side by side the last one counts */
		if (!is_digit(*c))
			at++;
		else if (*c > votes[at] && !(c + 1 < stop && is_digit(c[1])))
			votes[at] = *c;
	}
}

static bool ends_letter(const struct patterns *p, const char *word, size_t len, size_t at)
{
	return at + 1 == len || !p->utf8 || ((unsigned char)word[at + 1] & 0xC0) != 0x80;
}

static size_t letters_in(const struct patterns *p, const char *word, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += !p->utf8 || ((unsigned char)word[i] & 0xC0) != 0x80;
	return n;
}

/* Within these minima [letter]. */
static void match(struct patterns *p, const char *word, size_t len, bool all, size_t left_min, size_t right_min, bool *marks)
{
	char dotted[MOST_BYTES + 2], votes[MOST_BYTES + 3] = { 0 }; /* votes[i]: before dotted[i] */
	size_t letters = letters_in(p, word, len), letter = 0;
	int32_t state = ROOT;

	if (len == 0 || len > MOST_BYTES)
		return;
	dotted[0] = dotted[len + 1] = '.';
	memcpy(dotted + 1, word, len);
	for (size_t i = 0; i < len + 2; i++) {
		int32_t next = NONE;

		while (state != NONE && (next = next_of(p, state, (uint8_t)dotted[i])) == NONE)
			state = fallback_of(p, state);
		state = next == NONE ? ROOT : next;
		for (int32_t s = state; s > ROOT; s = all ? fallback_of(p, s) : NONE) {
			if (p->v[s].line != 0)
				vote(p, p->v[s].line, i + 1, votes);
		}
	}
	for (size_t i = 0; i < len; i++) {
		if (!ends_letter(p, word, len, i))
			continue;
		letter++;
		marks[letter - 1] = letter >= left_min && letters - letter >= right_min && (votes[i + 2] & 1) != 0;
	}
}

static size_t or_else(size_t min, size_t other)
{
	return min > 0 ? min : other;
}

void patterns_match(struct patterns *p, const char *word, size_t len, bool all, bool *marks)
{
	match(p, word, len, all, all ? 1 : or_else(p->left_min, MIN_DEFAULT), all ? 1 : or_else(p->right_min, MIN_DEFAULT), marks);
}

void patterns_match_parts(struct patterns *p, const char *word, size_t len, bool *marks)
{
	size_t part_left = or_else(p->part_left, or_else(p->left_min, MIN_PART_DEFAULT));
	size_t part_right = or_else(p->part_right, or_else(p->right_min, MIN_PART_DEFAULT));
	size_t letters = letters_in(p, word, len), letter = 0, from = 0;

	if (p->levels || len > MOST_BYTES) {
		patterns_match(p, word, len, false, marks);
		return;
	}
	for (size_t to = 0; to <= len; to++) {
		if (to < len && word[to] != '\'')
			continue;
		match(p, word + from, to - from, false, from == 0 ? 1 : part_left, to == len ? 1 : part_right, marks + letter);
		letter += letters_in(p, word + from, to - from) + 1;
		from = to + 1;
	}
	for (size_t i = 1; i <= letters; i++)
		marks[i - 1] = marks[i - 1] && i >= or_else(p->left_min, MIN_DEFAULT) && letters - i >= or_else(p->right_min, MIN_DEFAULT);
}
