/* UAX #14 by ICU, for scripts that chars.h calls complex. */
#ifndef VERSTKA_LANG_BREAKS_ICU_H
#define VERSTKA_LANG_BREAKS_ICU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct icu_breaker;
struct icu_breaker *breaks_icu_open(void); /* NULL: ICU has no data */
void breaks_icu_close(struct icu_breaker *b);

/* Line break opportunities inside text[0..len), ascending, neither 0 nor len; han: with T-52. Returns how many;
 * *at is the breaker's, valid until the next call. */
size_t breaks_icu_points(struct icu_breaker *b, const char *text, size_t len, bool han, bool strict,
                         const uint32_t **at);

/* Is the i-th place of the last breaks_icu_points inside a word, by ICU's dictionary of Chinese and Japanese? For headings. */
bool breaks_icu_in_word(struct icu_breaker *b, size_t i);

/* T-52, T-53: —— and …… begin a line only if nothing else will do (and in headings never). */
bool breaks_icu_is_dear(const char *text, size_t len);

#endif
