/* A dictionary of patterns with one level and nothing that changes letters, as most are: read at once and asked word by word.
 * It says what libhyphen says of it (of the text so far the longest end that begins a pattern counts, and if that is a whole
 * pattern, its digits vote), but is ready in a fiftieth of the time: a document that quotes three words of English should
 * not wait for 11,000 English patterns. */
#ifndef VERSTKA_LANG_PATTERNS_H
#define VERSTKA_LANG_PATTERNS_H

#include <stdbool.h>
#include <stddef.h>

struct patterns;

/* The text of a dictionary, which becomes its own on success (mem_free). NULL: it holds more than is known here, and is
 * libhyphen's to read. */
struct patterns *patterns_read(char *data, size_t len);
void patterns_free(struct patterns *p);
const char *patterns_charset(const struct patterns *p);
bool patterns_utf8(const struct patterns *p);

/* marks[i]: a cut is allowed behind letter i of the word, which is in the dictionary's encoding and in lower case.
 * all: TeX's way, every pattern that ends at a letter votes, not only the longest, and no minima are kept. */
void patterns_match(struct patterns *p, const char *word, size_t len, bool all, bool *marks);
/* The same of a word that its apostrophes (U+0027) part, as libhyphen has it: each part by itself, with minima of its own at its inner
 * ends, and no cut beside an apostrophe. A dictionary that says NEXTLEVEL knows of apostrophes what there is to know. */
void patterns_match_parts(struct patterns *p, const char *word, size_t len, bool *marks);

#endif
