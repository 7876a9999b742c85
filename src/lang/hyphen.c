#include "lang/hyphen.h"

#include <string.h>

#include <hyphen.h>
#include <unicode/ucnv.h>
#include <unicode/unorm2.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/strmap.h"
#include "base/utf8.h"

#define CACHE_MAX ((size_t)24 << 20)      /* [byte] */
#define EXCEPTIONS_MAX ((size_t)4 << 20)  /* [byte] of a file */
enum { CAPITALS_MAX = 8 };                /* [letter] a longer word in capitals is no abbreviation */

struct hyphenator {
	const char *path;
	const struct chars *chars;
	hyphen_judge *judge;
	struct hyphenator *latin;
	bool elision;
	HyphenDict *dict;
	HyphenDict *patterns;    /* dict, or the level of it that is asked */
	bool tried;              /* to load dict */
	uint8_t byte_of[CHARS_LOW]; /* 8-bit dictionaries: letter -> byte, 0: none */
	struct arena arena;      /* of the cache */
	struct strmap cache;     /* word as written -> struct hyphen_points */
	struct arena kept;       /* of the exceptions */
	struct strmap exceptions; /* word in lower case, UTF-8 -> uint8_t[n + 1]: count, then letters before each point */
};

/* A word taken apart: its letters as the patterns know them, and where each stands. */
struct letters {
	size_t n;
	uint32_t v[HYPHEN_LETTERS_MAX];
	uint8_t at[HYPHEN_LETTERS_MAX + 1]; /* [byte] */
	size_t upper, latin;
	bool first_upper;
};

struct hyphenator *hyphen_new(const char *path, const struct chars *chars, hyphen_judge *judge, bool elision,
                              struct hyphenator *latin)
{
	struct hyphenator *h = mem_zalloc(1, sizeof *h);

	h->path = path;
	h->chars = chars;
	h->judge = judge;
	h->latin = latin;
	h->elision = elision;
	arena_init(&h->arena);
	arena_init(&h->kept);
	strmap_init(&h->cache);
	strmap_init(&h->exceptions);
	return h;
}

void hyphen_free(struct hyphenator *h)
{
	if (h == NULL)
		return;
	if (h->dict != NULL)
		hnj_hyphen_free(h->dict);
	strmap_free(&h->cache);
	strmap_free(&h->exceptions);
	arena_free(&h->arena);
	arena_free(&h->kept);
	mem_free(h);
}

void hyphen_trim(struct hyphenator *h)
{
	if (h == NULL || h->arena.total <= CACHE_MAX)
		return;
	strmap_free(&h->cache);
	arena_free(&h->arena);
}

/* ---- loading ---------------------------------------------------------------------------------- */

/* Fills byte_of from the dictionary's 8-bit character set. */
static bool map_charset(struct hyphenator *h)
{
	UErrorCode status = U_ZERO_ERROR;
	UConverter *conv = ucnv_open(h->dict->cset, &status);

	if (U_FAILURE(status))
		return false;
	for (int b = 1; b < 256; b++) {
		char in = (char)b;
		UChar out[4];
		UErrorCode one = U_ZERO_ERROR;
		int32_t n = ucnv_toUChars(conv, out, 4, &in, 1, &one);

		if (U_SUCCESS(one) && n == 1 && out[0] < CHARS_LOW && h->byte_of[out[0]] == 0)
			h->byte_of[out[0]] = (uint8_t)b;
	}
	ucnv_close(conv);
	return true;
}

static void load(struct hyphenator *h)
{
	h->tried = true;
	h->dict = h->path != NULL ? hnj_hyphen_load(h->path) : NULL;
	if (h->dict == NULL)
		return;
	if (!h->dict->utf8 && !map_charset(h)) {
		hnj_hyphen_free(h->dict);
		h->dict = NULL;
		return;
	}
	/* libhyphen parts words at apostrophes first, with wide minima beside them. Ukrainian об’-єкт needs the
	 * patterns alone, which are the dictionary's next level. */
	h->patterns = !h->elision && h->dict->nextlevel != NULL ? h->dict->nextlevel : h->dict;
}

/* ---- one word --------------------------------------------------------------------------------- */

static bool is_apostrophe(uint32_t cp)
{
	return cp == '\'' || cp == 0x2019 || cp == 0x2bc;
}

/* False: not a word that patterns could cut (too long, capitals inside, something not a letter). */
static bool take_apart(const struct hyphenator *h, const char *word, size_t len, struct letters *w)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfc = NULL;
	size_t i = 0;

	w->n = w->upper = w->latin = 0;
	w->first_upper = false;
	while (i < len) {
		size_t start = i;
		uint32_t cp = chars_next(word, &i, len);
		uint8_t class_of = chars_class(h->chars, cp);

		if (class_of == C_MARK) {
			UChar32 whole;

			if (w->n == 0)
				return false;
			if (nfc == NULL)
				nfc = unorm2_getNFCInstance(&status);
			whole = U_FAILURE(status) ? -1 : unorm2_composePair(nfc, (UChar32)w->v[w->n - 1], (UChar32)cp);
			if (whole >= 0)
				w->v[w->n - 1] = (uint32_t)whole;
			continue;
		}
		if (w->n == HYPHEN_LETTERS_MAX)
			return false;
		if (class_of == C_UPPER) {
			w->first_upper = w->first_upper || w->n == 0;
			w->upper++;
		} else if (class_of != C_LETTER && !is_apostrophe(cp)) {
			return false;
		}
		w->latin += cp < 0x250 && class_of != C_APOS;
		w->at[w->n] = (uint8_t)start;
		w->v[w->n++] = is_apostrophe(cp) ? '\'' : chars_lower(h->chars, cp);
	}
	w->at[w->n] = (uint8_t)len;
	return w->n >= 2;
}

/* T-32: capitals are an abbreviation, capitals inside a word a name or an identifier. */
static bool is_abbreviation(const struct letters *w)
{
	if (w->upper == 0 || (w->upper == 1 && w->first_upper))
		return false;
	return w->upper < w->n || w->n <= CAPITALS_MAX;
}

/* The word in the dictionary's own encoding; 0: it has letters the dictionary cannot know. */
static size_t encode(const struct hyphenator *h, const struct letters *w, char *out)
{
	size_t len = 0;

	for (size_t i = 0; i < w->n; i++) {
		if (h->dict->utf8)
			len += utf8_encode(w->v[i], out + len);
		else if (w->v[i] < CHARS_LOW && h->byte_of[w->v[i]] != 0)
			out[len++] = (char)h->byte_of[w->v[i]];
		else
			return 0;
	}
	return len;
}

/* marks[i]: the patterns allow a cut behind letter i. Points that change letters (German before
 * 1996: ck -> k-k) are left out, for the text is never changed here. */
static bool match_patterns(const struct hyphenator *h, const struct letters *w, bool *marks)
{
	char coded[HYPHEN_LETTERS_MAX * 4 + 1];
	char hyphens[HYPHEN_LETTERS_MAX * 4 + 8];
	char **rep = NULL;
	int *pos = NULL, *cut = NULL;
	size_t len = encode(h, w, coded);
	bool ok;

	if (len == 0)
		return false;
	coded[len] = '\0';
	memset(hyphens, 0, sizeof hyphens);
	ok = hnj_hyphen_hyphenate2(h->patterns, coded, (int)len, hyphens, NULL, &rep, &pos, &cut) == 0;
	for (size_t i = 0; i < w->n; i++)
		marks[i] = ok && (hyphens[i] & 1) != 0 && (rep == NULL || rep[i] == NULL);
	if (rep != NULL) { /* one slot a byte of the coded word */
		for (size_t i = 0; i < len; i++)
			mem_free(rep[i]);
	}
	mem_free(rep);
	mem_free(pos);
	mem_free(cut);
	return ok;
}

/* Letters on both sides of a cut before letter `at`. Where apostrophes stand for what was left out
 * (l’organisation, worker’s), only from and to the next one; in Ukrainian they are a sign inside the word. */
static void count_sides(const struct letters *w, size_t at, bool elision, struct hyphen_point *p)
{
	size_t left = 0, right = 0;

	for (size_t i = at; i > 0 && (!elision || w->v[i - 1] != '\''); i--)
		left += w->v[i - 1] != '\'';
	for (size_t i = at; i < w->n && (!elision || w->v[i] != '\''); i++)
		right += w->v[i] != '\'';
	p->at = w->at[at];
	p->left = (uint8_t)left;
	p->right = (uint8_t)right;
}

static bool has_vowel(const uint32_t *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (chars_is_vowel(v[i]))
			return true;
	}
	return false;
}

static struct hyphen_points *by_patterns(struct hyphenator *h, const struct letters *w)
{
	bool marks[HYPHEN_LETTERS_MAX] = { false };
	struct hyphen_points *p;

	p = arena_alloc(&h->arena, sizeof *p + w->n * sizeof *p->v);
	if (h->dict == NULL || is_abbreviation(w) || !match_patterns(h, w, marks))
		return p;
	for (size_t at = 1; at < w->n; at++) {
		struct hyphen_point point;

		if (!marks[at - 1])
			continue;
		count_sides(w, at, h->elision, &point);
		if (point.left < 2 || point.right < 2 || w->v[at] == '\'') /* T-32, T-44, T-58 */
			continue;
		if (!has_vowel(w->v, at) || !has_vowel(w->v + at, w->n - at))
			continue;
		if (h->judge != NULL && !h->judge(w->v, w->n, at))
			continue;
		p->v[p->n++] = point;
	}
	return p;
}

static struct hyphen_points *by_exception(struct hyphenator *h, const struct letters *w)
{
	char key[HYPHEN_LETTERS_MAX * 4];
	size_t len = 0;
	const uint8_t *found;
	struct hyphen_points *p;

	if (h->exceptions.n == 0)
		return NULL;
	for (size_t i = 0; i < w->n; i++)
		len += utf8_encode(w->v[i], key + len);
	found = strmap_lookup(&h->exceptions, key, len);
	if (found == NULL)
		return NULL;
	p = arena_alloc(&h->arena, sizeof *p + found[0] * sizeof *p->v);
	for (uint8_t i = 0; i < found[0]; i++)
		p->v[p->n++] = (struct hyphen_point){ w->at[found[i + 1]], UINT8_MAX, UINT8_MAX };
	return p;
}

static struct hyphen_points *work_out(struct hyphenator *h, const char *word, size_t len)
{
	struct letters w;
	struct hyphen_points *p;

	if (!take_apart(h, word, len, &w))
		return arena_alloc(&h->arena, sizeof *p);
	p = by_exception(h, &w);
	if (p != NULL)
		return p;
	if (h->latin != NULL && w.latin == w.n) {
		const struct hyphen_points *theirs = hyphen_lookup(h->latin, word, len);

		p = arena_alloc(&h->arena, sizeof *p + theirs->n * sizeof *p->v);
		memcpy(p, theirs, sizeof *p + theirs->n * sizeof *p->v);
		p->foreign = true;
		return p;
	}
	if (!h->tried)
		load(h);
	return by_patterns(h, &w);
}

const struct hyphen_points *hyphen_lookup(struct hyphenator *h, const char *word, size_t len)
{
	static const struct hyphen_points none = { 0 };
	struct hyphen_points *p;

	if (len < 2 || len > HYPHEN_BYTES_MAX)
		return &none;
	p = strmap_lookup(&h->cache, word, len);
	if (p == NULL) {
		p = work_out(h, word, len);
		strmap_put(&h->cache, arena_dup(&h->arena, word, len), len, p);
	}
	return p;
}

/* ---- exceptions ------------------------------------------------------------------------------- */

/* "де-кри-ми" -> letters without the hyphens, and the letter counts before them. */
static bool add_exception(struct hyphenator *h, const char *line, size_t len)
{
	char bare[HYPHEN_BYTES_MAX], key[HYPHEN_LETTERS_MAX * 4];
	size_t n_bare = 0, n_key = 0, cuts[HYPHEN_LETTERS_MAX], n_cuts = 0;
	struct letters w;
	uint8_t *value;

	for (size_t i = 0; i < len; i++) {
		if (line[i] == '-' && n_bare > 0 && i + 1 < len && n_cuts < HYPHEN_LETTERS_MAX)
			cuts[n_cuts++] = n_bare;
		else if (line[i] == '-' || n_bare == sizeof bare)
			return false;
		else
			bare[n_bare++] = line[i];
	}
	if (!take_apart(h, bare, n_bare, &w))
		return false;
	for (size_t i = 0; i < w.n; i++)
		n_key += utf8_encode(w.v[i], key + n_key);
	if (strmap_lookup(&h->exceptions, key, n_key) != NULL)
		return true;
	value = arena_alloc(&h->kept, n_cuts + 1);
	for (size_t i = 0, letter = 0; i < n_cuts; i++) {
		while (letter < w.n && w.at[letter] < cuts[i])
			letter++;
		if (letter < w.n && w.at[letter] == cuts[i])
			value[++value[0]] = (uint8_t)letter;
	}
	strmap_put(&h->exceptions, arena_dup(&h->kept, key, n_key), n_key, value);
	return true;
}

void hyphen_read_exceptions(struct hyphenator *h, const char *path, struct diag_log *log)
{
	struct pos pos = { path, 0, 0 };
	char *data;
	size_t len;

	if (!file_exists(path) || !file_read(path, EXCEPTIONS_MAX, log, pos, &data, &len))
		return;
	for (size_t i = 0; i < len;) {
		size_t end = i, from = i, to;

		while (end < len && data[end] != '\n')
			end++;
		pos.line++;
		for (to = from; to < end && data[to] != '#'; to++)
			;
		while (from < to && (unsigned char)data[from] <= ' ')
			from++;
		while (to > from && (unsigned char)data[to - 1] <= ' ')
			to--;
		if (to > from && (!utf8_is_valid(data + from, to - from) || !add_exception(h, data + from, to - from))) {
			diag_warn(log, "hyphen-exceptions", pos, "not one word with hyphens where it may be divided");
			diag_hint(log, "write one word a line, such as де-кри-ми-на-ли-за-ция");
		}
		i = end + 1;
	}
	mem_free(data);
}
