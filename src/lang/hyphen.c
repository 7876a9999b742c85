#define _POSIX_C_SOURCE 200809L
#include "lang/hyphen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <hyphen.h>
#include <unicode/ucnv.h>
#include <unicode/unorm2.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/strmap.h"
#include "base/utf8.h"
#include "lang/patterns.h"

#define CACHE_MAX ((size_t)24 << 20)      /* [byte] */
#define EXCEPTIONS_MAX ((size_t)4 << 20)  /* [byte] of a file */
#define DICTIONARY_MAX ((size_t)16 << 20) /* [byte] */
enum { CAPITALS_MAX = 8 };                /* [letter] a longer word in capitals is no abbreviation */
enum { LEVEL_MAX = 30000, LINE_MAX_BYTES = 200 };
enum { PART_MIN = 2 };                    /* [letter] of the parts of a compound in h->words */

/* A line of a dictionary such as "alarm1ein1richtung", and its letters, in the dictionary's encoding. */
struct whole_word {
	const char *line, *letters;
};

struct hyphenator {
	const char *path;
	const struct chars *chars;
	hyphen_judge *judge;
	struct hyphenator *latin;
	bool elision;
	struct patterns *simple; /* the dictionary, if it is of one level */
	bool looked;             /* whether it is */
	HyphenDict *dict;        /* else, or for words with ligatures, as libhyphen has it */
	HyphenDict *patterns;    /* dict, or the level of it that is asked */
	bool tried;              /* to load dict */
	bool all_match;          /* hyphen_match_all */
	uint8_t byte_of[CHARS_LOW]; /* 8-bit dictionaries: letter -> byte, 0: none */
	struct whole_word *words; /* a level too large for libhyphen, sorted by letters */
	size_t n_words, cap_words;
	struct arena arena;      /* of the cache */
	struct strmap cache;     /* word as written -> struct hyphen_points */
	struct arena kept;       /* of words and exceptions */
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

void hyphen_match_all(struct hyphenator *h)
{
	h->all_match = true;
}

void hyphen_free(struct hyphenator *h)
{
	if (h == NULL)
		return;
	patterns_free(h->simple);
	if (h->dict != NULL)
		hnj_hyphen_free(h->dict);
	strmap_free(&h->cache);
	strmap_free(&h->exceptions);
	mem_free(h->words);
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
static bool map_charset(struct hyphenator *h, const char *charset)
{
	UErrorCode status = U_ZERO_ERROR;
	UConverter *conv = ucnv_open(charset, &status);

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

/* One line of a dictionary; returns where the next begins. */
static size_t read_line(const char *data, size_t len, size_t at, size_t *line_len)
{
	const char *end = memchr(data + at, '\n', len - at);
	size_t stop = end != NULL ? (size_t)(end - data) : len;

	*line_len = stop - at;
	if (*line_len > 0 && data[stop - 1] == '\r')
		(*line_len)--;
	return stop + 1;
}

/* The pattern without its digits: libhyphen has one value for it, the last line's, and leaks the others. */
static size_t letters_of(const char *line, size_t len, char out[LINE_MAX_BYTES])
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		if (line[i] < '0' || line[i] > '9')
			out[n++] = line[i];
	}
	return n;
}

static bool is_keyword(const char *line, size_t len) /* LEFTHYPHENMIN, NOHYPHEN ... */
{
	return len > 5 && line[0] >= 'A' && line[0] <= 'Z' && line[1] >= 'A' && line[1] <= 'Z';
}

/* Copies the lines of one level, without comments and without lines that a later one overrules. */
static size_t sift_level(const char *data, size_t len, size_t at, struct buf *out, size_t *n_lines)
{
	struct arena keys;
	struct strmap last; /* pattern -> its last line */
	size_t from = at, line_len, next;

	*n_lines = 0;
	arena_init(&keys);
	strmap_init(&last);
	for (int pass = 0; pass < 2; pass++) {
		for (at = from; at < len; at = next) {
			char key[LINE_MAX_BYTES];
			const char *line = data + at;
			size_t n;

			next = read_line(data, len, at, &line_len);
			if (line_len == 9 && memcmp(line, "NEXTLEVEL", 9) == 0) {
				at = next;
				break;
			}
			if (line_len == 0 || line_len >= LINE_MAX_BYTES || line[0] == '#' || line[0] == '%')
				continue;
			n = letters_of(line, line_len, key);
			if (pass == 0)
				strmap_put(&last, arena_dup(&keys, key, n), n, (void *)(uintptr_t)line);
			if (pass == 0 || (!is_keyword(line, line_len) && strmap_lookup(&last, key, n) != line))
				continue;
			buf_put(out, line, line_len);
			buf_putc(out, '\n');
			*n_lines += !is_keyword(line, line_len);
		}
	}
	strmap_free(&last);
	arena_free(&keys);
	return at;
}

static int compare_words(const void *a, const void *b)
{
	const struct whole_word *x = a, *y = b;

	return strcmp(x->letters, y->letters);
}

/* Puts a level of whole words into h->words. */
static void keep_words(struct hyphenator *h, const struct buf *level)
{
	for (size_t at = 0, n; at < level->len;) {
		const char *line = level->data + at;
		char letters[LINE_MAX_BYTES];
		size_t n_letters;

		at = read_line(level->data, level->len, at, &n);
		if (is_keyword(line, n))
			continue;
		n_letters = letters_of(line, n, letters);
		VEC_ROOM(h->words, h->n_words, h->cap_words, 1);
		h->words[h->n_words].line = arena_dup(&h->kept, line, n);
		h->words[h->n_words++].letters = arena_dup(&h->kept, letters, n_letters);
	}
	if (h->n_words > 0)
		qsort(h->words, h->n_words, sizeof *h->words, compare_words);
}

/* The dictionary as libhyphen should see it: what it would leak is out (sift_level), and so is a first level of
 * tens of thousands of whole words (German compounds), which it takes seconds to load. Those are kept here. */
static void sift(struct hyphenator *h, const char *data, size_t len, struct buf *out)
{
	size_t at, charset, n = 0;
	struct buf first;

	at = read_line(data, len, 0, &charset);
	buf_put(out, data, charset);
	buf_putc(out, '\n');
	buf_init(&first);
	if (at < len)
		at = sift_level(data, len, at, &first, &n);
	if (at < len && n <= LEVEL_MAX) {
		buf_put(out, first.data, first.len);
		buf_puts(out, "NEXTLEVEL\n");
	} else if (at < len) {
		keep_words(h, &first);
	} else {
		buf_put(out, first.data, first.len);
	}
	buf_free(&first);
	if (at < len)
		sift_level(data, len, at, out, &n);
}

static HyphenDict *load_sifted(struct hyphenator *h)
{
	struct diag_log log;
	struct buf sifted;
	char *data;
	size_t len;
	HyphenDict *dict = NULL;
	FILE *in;

	diag_init(&log); /* that the file is there was seen at langs_lookup */
	buf_init(&sifted);
	if (file_read(h->path, DICTIONARY_MAX, &log, DIAG_NOWHERE, &data, &len)) {
		if (len > 0)
			sift(h, data, len, &sifted);
		mem_free(data);
	}
	mem_watch();
	in = sifted.len > 0 ? fmemopen(sifted.data, sifted.len, "r") : NULL;
	if (in != NULL) {
		dict = hnj_hyphen_load_file(in);
		fclose(in);
	}
	mem_watched();
	buf_free(&sifted);
	diag_free(&log);
	return dict;
}

static void load_simple(struct hyphenator *h)
{
	struct diag_log log;
	char *data;
	size_t len;

	h->looked = true;
	if (h->path == NULL)
		return;
	diag_init(&log);
	if (file_read(h->path, DICTIONARY_MAX, &log, DIAG_NOWHERE, &data, &len)) {
		h->simple = patterns_read(data, len);
		if (h->simple == NULL)
			mem_free(data);
	}
	diag_free(&log);
	if (h->simple != NULL && !patterns_utf8(h->simple) && !map_charset(h, patterns_charset(h->simple))) {
		patterns_free(h->simple);
		h->simple = NULL;
	}
}

static void load(struct hyphenator *h)
{
	h->tried = true;
	h->dict = h->path != NULL ? load_sifted(h) : NULL;
	if (h->dict == NULL)
		return;
	if (!h->dict->utf8 && !map_charset(h, h->dict->cset)) {
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
static size_t encode(const struct hyphenator *h, bool utf8, const struct letters *w, char *out)
{
	size_t len = 0;

	for (size_t i = 0; i < w->n; i++) {
		if (utf8)
			len += utf8_encode(w->v[i], out + len);
		else if (w->v[i] < CHARS_LOW && h->byte_of[w->v[i]] != 0)
			out[len++] = (char)h->byte_of[w->v[i]];
		else
			return 0;
	}
	return len;
}

/* The first of h->words that begins with key, or NULL. */
static const struct whole_word *find_word(const struct hyphenator *h, const char *key, size_t len)
{
	size_t low = 0, high = h->n_words;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (strncmp(h->words[mid].letters, key, len) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < h->n_words && strncmp(h->words[low].letters, key, len) == 0 ? &h->words[low] : NULL;
}

/* What libhyphen does with such a level: at each letter it knows the longest text ending there that begins one of the
 * words; if that is a whole word, its digits vote. So "alarmein..." hides the "ar1me" inside it. The
 * highest vote at a place counts, and odd ones allow. */
static void match_words(const struct hyphenator *h, const char *coded, size_t len, bool *marks)
{
	char dotted[HYPHEN_LETTERS_MAX * 4 + 3];
	char votes[HYPHEN_LETTERS_MAX * 4 + 4] = { 0 };
	size_t from = 0;

	dotted[0] = dotted[len + 1] = '.';
	memcpy(dotted + 1, coded, len);
	for (size_t end = 1; end <= len + 2; end++) {
		const struct whole_word *word = NULL;
		const char *line;

		while (from < end && (word = find_word(h, dotted + from, end - from)) == NULL)
			from++;
		if (word == NULL || word->letters[end - from] != '\0')
			continue;
		line = word->line;
		for (size_t at = from; *line != '\0'; line++) {
			if (*line < '0' || *line > '9')
				at++;
			else if (*line > votes[at])
				votes[at] = *line;
		}
	}
	for (size_t i = 0; i + 1 < len; i++)
		marks[i] = (votes[i + 2] & 1) != 0;
}

/* marks[i]: the patterns allow a cut behind letter i of coded. Points that change letters (German before
 * 1996: ck -> k-k) are left out, for the text is never changed here. */
static void match_patterns(const struct hyphenator *h, const char *coded, size_t len, bool *marks)
{
	char hyphens[HYPHEN_LETTERS_MAX * 4 + 8];
	char part[HYPHEN_LETTERS_MAX * 4 + 1];
	char **rep = NULL;
	int *pos = NULL, *cut = NULL;
	bool ok;

	memcpy(part, coded, len);
	part[len] = '\0';
	memset(hyphens, 0, sizeof hyphens);
	ok = hnj_hyphen_hyphenate2(h->patterns, part, (int)len, hyphens, NULL, &rep, &pos, &cut) == 0;
	for (size_t i = 0; ok && hyphens[i] != '\0' && i < HYPHEN_LETTERS_MAX; i++)
		marks[i] = marks[i] || ((hyphens[i] & 1) != 0 && (rep == NULL || rep[i] == NULL));
	if (rep != NULL) { /* one slot a byte of the coded word */
		for (size_t i = 0; i < len; i++)
			mem_free(rep[i]);
	}
	mem_free(rep);
	mem_free(pos);
	mem_free(cut);
}

/* libhyphen counts the letters of ligatures. */
static bool has_ligature(const struct letters *w)
{
	enum { FIRST_LIGATURE = 0xFB00 };

	for (size_t i = 0; i < w->n; i++) {
		if (w->v[i] >= FIRST_LIGATURE)
			return true;
	}
	return false;
}

static bool has_apostrophe(const struct letters *w)
{
	for (size_t i = 0; i < w->n; i++) {
		if (w->v[i] == '\'')
			return true;
	}
	return false;
}

/* False: the dictionary cannot know the word. */
static bool find_marks(struct hyphenator *h, const struct letters *w, bool *marks)
{
	char coded[HYPHEN_LETTERS_MAX * 4 + 1];
	size_t len, from = 0;

	if (!h->looked)
		load_simple(h);
	if (h->simple != NULL && !has_ligature(w)) {
		len = encode(h, patterns_utf8(h->simple), w, coded);
		if (len > 0 && h->elision && has_apostrophe(w))
			patterns_match_parts(h->simple, coded, len, marks);
		else if (len > 0)
			patterns_match(h->simple, coded, len, h->all_match, marks);
		return len > 0;
	}
	if (!h->tried)
		load(h);
	len = h->dict != NULL ? encode(h, h->dict->utf8, w, coded) : 0;
	if (len == 0)
		return false;
	if (h->n_words == 0 || len != w->n) {
		match_patterns(h, coded, len, marks);
		return true;
	}
	match_words(h, coded, len, marks);
	for (size_t i = 0; i < len; i++) {
		if (i + 1 < len && !marks[i])
			continue;
		if (i + 1 - from >= PART_MIN * 2) {
			bool inner[HYPHEN_LETTERS_MAX] = { false };

			match_patterns(h, coded + from, i + 1 - from, inner);
			for (size_t k = PART_MIN - 1; from + k + PART_MIN <= i; k++)
				marks[from + k] = inner[k];
		}
		from = i + 1;
	}
	return true;
}

/* Letters count that sound: a part of "мья" is as slight as one of two letters. */
static bool is_counted(uint32_t c)
{
	return c != '\'' && c != 0x44a && c != 0x44c; /* ъ ь */
}

/* Letters on both sides of a cut before letter `at`. Where apostrophes stand for what was left out
 * (l’organisation, worker’s), only from and to the next one; in Ukrainian they are a sign inside the word. */
static void count_sides(const struct letters *w, size_t at, bool elision, struct hyphen_point *p)
{
	size_t left = 0, right = 0;

	for (size_t i = at; i > 0 && (!elision || w->v[i - 1] != '\''); i--)
		left += is_counted(w->v[i - 1]);
	for (size_t i = at; i < w->n && (!elision || w->v[i] != '\''); i++)
		right += is_counted(w->v[i]);
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
	if (is_abbreviation(w) || !find_marks(h, w, marks))
		return p;
	for (size_t at = 1; at < w->n; at++) {
		struct hyphen_point point;

		if (!marks[at - 1])
			continue;
		/* a consonant alone is no syllable: of the places on both its sides the first (від-крити, not відк-рити) */
		if (h->all_match && at > 1 && marks[at - 2] && !chars_is_vowel(w->v[at - 1]))
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

	if (!file_is_named(path) || !file_read(path, EXCEPTIONS_MAX, log, pos, &data, &len))
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
