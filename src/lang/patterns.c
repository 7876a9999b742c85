/* The patterns as a trie with fallbacks (Aho and Corasick): a state is a text that begins a pattern. The steps from state to
 * state are in one hash table; the fallback of a state, the longest end of its text that is a state too, is worked out
 * when first asked for, since most states never are. */
#include "lang/patterns.h"

#include <stdint.h>
#include <string.h>

#include "base/mem.h"

enum { MOST_BYTES = 400, FIRST_STEPS = 1024, ROOT = 0, NOT_KNOWN = -2, NONE = -1, MIN_DEFAULT = 2 };

struct pstate {
	int32_t parent, fallback;
	uint32_t line;  /* [byte] + 1 of the pattern in the file that is this text; 0: none */
	uint8_t last;   /* its last letter */
};

struct step {
	uint32_t from;  /* state << 8 | letter, plus 1; 0: free */
	int32_t to;
};

struct patterns {
	char *data;
	size_t len;
	char charset[32];
	bool utf8;
	size_t left_min, right_min; /* [letter] */
	struct pstate *v;
	size_t n, cap;
	struct step *steps;
	size_t cap_steps; /* a power of two */
};

void patterns_free(struct patterns *p)
{
	if (p == NULL)
		return;
	mem_free(p->data);
	mem_free(p->v);
	mem_free(p->steps);
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

static struct step *step_at(const struct patterns *p, int32_t state, uint8_t letter)
{
	uint32_t from = ((uint32_t)state << 8 | letter) + 1;
	size_t i = (size_t)(from * 2654435761u >> 7) & (p->cap_steps - 1);

	while (p->steps[i].from != 0 && p->steps[i].from != from)
		i = (i + 1) & (p->cap_steps - 1);
	return &p->steps[i];
}

static int32_t next_of(const struct patterns *p, int32_t state, uint8_t letter)
{
	const struct step *s = step_at(p, state, letter);

	return s->from != 0 ? s->to : NONE;
}

static void grow_steps(struct patterns *p)
{
	struct step *old = p->steps;
	size_t n = p->cap_steps;

	p->cap_steps = n * 2;
	p->steps = mem_zalloc(p->cap_steps, sizeof *p->steps);
	for (size_t i = 0; i < n; i++) {
		if (old[i].from != 0)
			*step_at(p, (int32_t)((old[i].from - 1) >> 8), (uint8_t)(old[i].from - 1)) = old[i];
	}
	mem_free(old);
}

static int32_t step_or_new(struct patterns *p, int32_t state, uint8_t letter)
{
	struct step *s = step_at(p, state, letter);

	if (s->from != 0)
		return s->to;
	VEC_ROOM(p->v, p->n, p->cap, 1);
	p->v[p->n] = (struct pstate){ .parent = state, .fallback = NOT_KNOWN, .last = letter };
	*s = (struct step){ ((uint32_t)state << 8 | letter) + 1, (int32_t)p->n };
	if (++p->n * 2 > p->cap_steps)
		grow_steps(p);
	return (int32_t)p->n - 1;
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
		else if (n == 9 && starts_with(line, n, "NEXTLEVEL")) /* behind an empty level */
			return p->n == 1;
		else if (!starts_with(line, n, "COMPOUNDLEFTHYPHENMIN") && !starts_with(line, n, "COMPOUNDRIGHTHYPHENMIN"))
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
	p->v[state].line = (uint32_t)(line - p->data) + 1; /* of lines with the same letters the last one counts */
	return true;
}

struct patterns *patterns_read(char *data, size_t len)
{
	struct patterns *p = mem_zalloc(1, sizeof *p);
	bool first = true, known = len < UINT32_MAX / 256;

	p->data = data;
	p->len = len;
	p->cap_steps = FIRST_STEPS;
	while (p->cap_steps < len * 2 / 3) /* a state for three bytes of the file, more or less */
		p->cap_steps *= 2;
	p->steps = mem_zalloc(p->cap_steps, sizeof *p->steps);
	VEC_ROOM(p->v, p->n, p->cap, 1);
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

void patterns_match(struct patterns *p, const char *word, size_t len, bool all, bool *marks)
{
	char dotted[MOST_BYTES + 2], votes[MOST_BYTES + 3] = { 0 }; /* votes[i]: before dotted[i] */
	size_t left_min = all ? 1 : p->left_min > 0 ? p->left_min : MIN_DEFAULT;
	size_t right_min = all ? 1 : p->right_min > 0 ? p->right_min : MIN_DEFAULT;
	size_t letters = 0, letter = 0;
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
	for (size_t i = 0; i < len; i++)
		letters += !p->utf8 || ((unsigned char)word[i] & 0xC0) != 0x80;
	for (size_t i = 0; i < len; i++) {
		bool ends = i + 1 == len || !p->utf8 || ((unsigned char)word[i + 1] & 0xC0) != 0x80;

		if (!ends)
			continue;
		letter++;
		marks[letter - 1] = letter >= left_min && letters - letter >= right_min && (votes[i + 2] & 1) != 0;
	}
}
