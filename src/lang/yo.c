#include "lang/yo.h"

#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/strmap.h"
#include "lang/rules.h"

/* All letters of Russian are two bytes in UTF-8: 0xD0 or 0xD1 and one more. */
enum { LONGEST = 60 }; /* [byte] of a word */

struct word {
	const char *s; /* in the text, as written */
	size_t len;
	char key[LONGEST + 1]; /* in small letters, е for ё; `fold` makes it */
	bool yo, ye;
};

struct sight {
	const char *s;
	size_t len;
	struct pos pos;
};

/* Both are words. Those that end in а, я, и, ы are passed over as well: сестры, сёстры; счета, счёта. */
static const char *const two_words[] = {
	"берет", "все", "всем", "желчь", "заем", "запечатленный", "крестный", "лен", "лет", "мел", "моем", "небо", "небе", "нем", "осел",
	"падеж", "передохнем", "поем", "познаем", "познает", "признаем", "признает", "сел", "слез", "совершенно", "совершенное",
	"совершенной", "совершенном", "совершенную", "совершенный", "совершенных", "сознаем", "сознает", "тем", "узнаем", "узнаете",
	"узнает", "чем",
};

static bool may_be_two(const struct word *w)
{
	static const char *const endings[] = { "\xD0\xB0", "\xD1\x8F", "\xD0\xB8", "\xD1\x8B" }; /* а я и ы */
	size_t n = strlen(w->key);

	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		if (n < 2 || memcmp(w->key + n - 2, endings[i], 2) == 0)
			return true;
	}
	for (size_t i = 0; i < sizeof two_words / sizeof *two_words; i++) {
		if (strcmp(w->key, two_words[i]) == 0)
			return true;
	}
	return false;
}

enum { YE = 0x35, YO_CAPITAL = 0x01, YO = 0x51 }; /* behind U+0400 */

/* The small letter, behind U+0400, for each of the 128 characters there, with е for ё; 0: no letter of Russian. */
static const unsigned char small_of[128] = {
	[0x01] = 0x35, [0x51] = 0x35,
	[0x10] = 0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3A, 0x3B, 0x3C, 0x3D, 0x3E, 0x3F,
	[0x20] = 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4A, 0x4B, 0x4C, 0x4D, 0x4E, 0x4F,
	[0x30] = 0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3A, 0x3B, 0x3C, 0x3D, 0x3E, 0x3F,
	[0x40] = 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4A, 0x4B, 0x4C, 0x4D, 0x4E, 0x4F,
};

/* Which of the 128 begins at byte i; 0, which is no letter, if none does. */
static unsigned cyrillic_at(const char *s, size_t len, size_t i)
{
	unsigned char b = (unsigned char)s[i];

	return (b & 0xFE) == 0xD0 && i + 1 < len ? (b & 1u) << 6 | ((unsigned char)s[i + 1] & 0x3Fu) : 0;
}

/* The next word of s[0..len) from *at on. False: there is none. */
static bool next_word(const char *s, size_t len, size_t *at, struct word *w)
{
	size_t i = *at;
	unsigned c = 0, small;

	w->yo = w->ye = false;
	while (i < len && small_of[c = cyrillic_at(s, len, i)] == 0)
		i++;
	w->s = s + i;
	for (; i < len && (small = small_of[c]) != 0; c = i < len ? cyrillic_at(s, len, i) : 0) {
		if (small == YE) {
			bool yo = c == YO || c == YO_CAPITAL;

			w->yo |= yo;
			w->ye |= !yo;
		}
		i += 2;
	}
	w->len = (size_t)(s + i - w->s);
	*at = i;
	return w->len > 0;
}

/* Of a word of at most LONGEST. */
static void fold(struct word *w)
{
	for (size_t i = 0; i < w->len; i += 2) {
		unsigned small = small_of[cyrillic_at(w->s, w->len, i)];

		w->key[i] = (char)(0xD0 | small >> 6);
		w->key[i + 1] = (char)(0x80 | (small & 0x3F));
	}
	w->key[w->len] = '\0';
}

struct search {
	const struct doc *d;
	struct langs *l;
	struct arena a;
	struct strmap with; /* key -> struct sight */
	bool beginnings[128][LONGEST + 1]; /* by first small letter and length: is there such a key? Most words need no other look */
	const char *tag;    /* that was looked up last */
	bool russian;
	struct sight first, other; /* the first without ё, and the one with it */
	size_t found;
};

static unsigned first_of(const struct word *w)
{
	return small_of[cyrillic_at(w->s, w->len, 0)];
}

static bool is_russian(struct search *x, const struct node *n)
{
	const char *tag = doc_lang(x->d, n);

	if (tag != x->tag) {
		x->tag = tag;
		x->russian = strcmp(langs_lookup(x->l, tag, NULL)->rules->code, "ru") == 0;
	}
	return x->russian;
}

static bool has_yo(const char *s, size_t len)
{
	const char *c = s;

	while ((c = memchr(c, 0x91, len - (size_t)(c - s))) != NULL) {
		if (c > s && (unsigned char)c[-1] == 0xD1)
			return true;
		c++;
	}
	for (c = s; (c = memchr(c, 0x81, len - (size_t)(c - s))) != NULL; c++) {
		if (c > s && (unsigned char)c[-1] == 0xD0)
			return true;
	}
	return false;
}

static void note_yo(struct search *x, const struct node *n)
{
	struct word w;
	size_t at = 0;

	while (next_word(n->u.text.s, n->u.text.len, &at, &w)) {
		struct sight *s;

		if (!w.yo || w.len > LONGEST)
			continue;
		fold(&w);
		if (may_be_two(&w) || strmap_lookup(&x->with, w.key, w.len) != NULL)
			continue;
		x->beginnings[first_of(&w)][w.len] = true;
		s = ARENA_NEW(&x->a, struct sight);
		*s = (struct sight){ w.s, w.len, n->pos };
		strmap_put(&x->with, arena_dup(&x->a, w.key, w.len), w.len, s);
	}
}

static void seek_ye(struct search *x, const struct node *n)
{
	struct word w;
	size_t at = 0;

	while (next_word(n->u.text.s, n->u.text.len, &at, &w)) {
		const struct sight *s;

		if (!w.ye || w.yo || w.len > LONGEST || !x->beginnings[first_of(&w)][w.len])
			continue;
		fold(&w);
		s = strmap_lookup(&x->with, w.key, w.len);
		if (s != NULL && x->found++ == 0) {
			x->first = (struct sight){ w.s, w.len, n->pos };
			x->other = *s;
		}
	}
}

static void say(struct search *x, struct diag_log *log)
{
	const char *without = arena_dup(&x->a, x->first.s, x->first.len), *with = arena_dup(&x->a, x->other.s, x->other.len);

	file_find(without, &x->first.pos);
	file_find(with, &x->other.pos);
	diag_warn(log, "yo-mixed", x->first.pos, "\"%s\" is written without \xD1\x91 here, and as \"%s\" in line %d", without, with,
	          x->other.pos.line);
	diag_hint(log, "in all %zu word%s so; nothing is changed", x->found, x->found == 1 ? " is" : "s are");
}

void yo_check(const struct doc *d, struct langs *l, struct diag_log *log)
{
	struct search x = { .d = d, .l = l };
	bool any = false;

	arena_init(&x.a);
	strmap_init(&x.with);
	for (const struct node *n = d->root; n != NULL; n = doc_next(d->root, n)) {
		if (n->kind == N_TEXT && has_yo(n->u.text.s, n->u.text.len) && is_russian(&x, n)) {
			note_yo(&x, n);
			any = true;
		}
	}
	for (const struct node *n = any ? d->root : NULL; n != NULL; n = doc_next(d->root, n)) {
		if (n->kind == N_TEXT && is_russian(&x, n))
			seek_ye(&x, n);
	}
	if (x.found > 0)
		say(&x, log);
	strmap_free(&x.with);
	arena_free(&x.a);
}
