/* The language of a document that does not say it, told from its letters: what word processors export often has none. */
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
	return seen[HAN] * 2 > all ? "zh" : NULL;
}
