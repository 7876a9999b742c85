/* The language of a document that does not say it, told from its letters: what word processors export often has none.
 * Latin letters are many languages': only English is known, by its commonest words. */
#include <string.h>

#include "base/utf8.h"
#include "doc/doc.h"

enum { LETTERS_SEEN = 20000 };

enum script { LATIN, CYRILLIC, UKRAINIAN, GREEK, ARABIC, HAN, SCRIPTS };

static int script_of(uint32_t c)
{
	if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xc0 && c < 0x250))
		return LATIN;
	if (c == 0x404 || c == 0x406 || c == 0x407 || c == 0x454 || c == 0x456 || c == 0x457 || c == 0x490 || c == 0x491)
		return UKRAINIAN; /* Є І Ї Ґ */
	if (c >= 0x400 && c < 0x530)
		return CYRILLIC;
	if ((c >= 0x370 && c < 0x400) || (c >= 0x1f00 && c < 0x2000))
		return GREEK;
	if (c >= 0x600 && c < 0x700)
		return ARABIC;
	return c >= 0x4e00 && c < 0xa000 ? HAN : -1;
}

enum { WORDS_LEAST = 40, WORDS_SEEN = 4000, ENGLISH_PART = 12 }; /* the, of, and, to: one in six of English prose */

static bool is_english(const char *w, size_t len)
{
	static const char *const common[] = { "the", "of", "and", "to" };

	for (size_t i = 0; i < sizeof common / sizeof *common; i++) {
		if (len == strlen(common[i]) && memcmp(w, common[i], len) == 0)
			return true;
	}
	return false;
}

static bool reads_as_english(const struct doc *d)
{
	long words = 0, english = 0;

	for (const struct node *n = d->root; n != NULL && words < WORDS_SEEN; n = doc_next(d->root, n)) {
		const char *s = n->u.text.s;
		size_t len = n->kind == N_TEXT && doc_lang(d, n) == d->lang ? n->u.text.len : 0;

		for (size_t i = 0, begin = 0; i <= len && len > 0; i++) {
			bool letter = i < len && ((s[i] >= 'a' && s[i] <= 'z') || (s[i] >= 'A' && s[i] <= 'Z') || ((unsigned char)s[i] & 0x80) != 0);

			if (letter)
				continue;
			words += i > begin;
			english += is_english(s + begin, i - begin);
			begin = i + 1;
		}
	}
	return words >= WORDS_LEAST && english * ENGLISH_PART > words;
}

const char *doc_guess_lang(const struct doc *d)
{
	long seen[SCRIPTS] = { 0 }, all = 0;

	for (const struct node *n = d->root; n != NULL && all < LETTERS_SEEN; n = doc_next(d->root, n)) {
		if (n->kind != N_TEXT || doc_lang(d, n) != d->lang)
			continue;
		for (size_t i = 0; i < n->u.text.len && all < LETTERS_SEEN;) {
			size_t len;
			int script = script_of(utf8_decode(n->u.text.s + i, n->u.text.len - i, &len));

			i += len;
			if (script >= 0) {
				seen[script]++;
				all++;
			}
		}
	}
	seen[CYRILLIC] += seen[UKRAINIAN];
	if (all == 0)
		return NULL;
	if (seen[CYRILLIC] * 2 > all) /* one letter in twenty in Ukrainian texts */
		return seen[UKRAINIAN] * 50 > seen[CYRILLIC] ? "uk" : "ru";
	if (seen[GREEK] * 2 > all)
		return "el";
	if (seen[ARABIC] * 2 > all)
		return "ar";
	if (seen[HAN] * 2 > all)
		return "zh";
	return seen[LATIN] * 2 > all && reads_as_english(d) ? "en" : NULL;
}
