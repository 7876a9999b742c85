/* Hyphenation of single words: libhyphen's patterns behind a cache, with the rules that no pattern
 * file holds. Only this file knows libhyphen.
 *
 * A word here is letters, apostrophes and combining marks: the caller has cut it out of the text and
 * split compounds at their hyphens (T-05). Stress marks are ignored, decomposed letters composed, and
 * points mapped back to the bytes of the word as it stands (T-04). */
#ifndef VERSTKA_LANG_HYPHEN_H
#define VERSTKA_LANG_HYPHEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "lang/chars.h"

enum { HYPHEN_LETTERS_MAX = 96, HYPHEN_BYTES_MAX = 250 }; /* longer words get no points */

struct hyphen_point {
	uint8_t at;          /* [byte] in the word: the next line begins here */
	uint8_t left, right; /* [letter] the parts, for the minima */
};
struct hyphen_points {
	uint8_t n;
	bool foreign; /* from the patterns of another language: a last resort */
	struct hyphen_point v[];
};

/* May the word (letters in lower case, apostrophes as U+0027) be cut before letter `at`? */
typedef bool hyphen_judge(const uint32_t *word, size_t n, size_t at);

struct hyphenator;

/* path: of a libhyphen dictionary, or NULL; loaded at the first word asked for (a broken file gives no
 * points). judge may be NULL. elision: apostrophes part words (T-44). Latin words in a language of another
 * script go to `latin`, which may be NULL. All borrowed for the hyphenator's life. */
struct hyphenator *hyphen_new(const char *path, const struct chars *chars, hyphen_judge *judge, bool elision,
                              struct hyphenator *latin);
void hyphen_free(struct hyphenator *h);
/* The dictionary is TeX's patterns as they are, not worked up for libhyphen, which lets only the longest
 * pattern at each letter vote and so loses every second point of such a file. */
void hyphen_match_all(struct hyphenator *h);

/* Words of an exceptions file: one a line, '-' where it may be cut (none: never), '#' to the line's
 * end is a comment. They replace the patterns and the minima; the first file to name a word wins. A line that is
 * no word is a warning "hyphen-exceptions". A missing file is none. */
void hyphen_read_exceptions(struct hyphenator *h, const char *path, struct diag_log *log);

/* Never NULL; valid until hyphen_free or hyphen_trim. */
const struct hyphen_points *hyphen_lookup(struct hyphenator *h, const char *word, size_t len);
/* Between two texts: forgets the cache when hostile input made it large. */
void hyphen_trim(struct hyphenator *h);

#endif
