/* Text of both directions, by UAX #9 (ICU's ubidi). The base direction of a paragraph is said by the document (its
 * language, or an attribute dir), never guessed from its first letter. What stands in another direction inside it is an
 * isolate (X5a, X5b), so that it disturbs neither the numbers nor the brackets around it.
 *
 *   text      ا ل ف _ A B _ 1 2 _ ب         levels 1 1 1 1 2 2 1 2 2 1 1
 *   a line    ب _ 1 2 _ A B _ ف ل ا         L2: from the highest level down, stretches at or above it are reversed
 *
 * Lines are broken in the text's own order and each is then reordered by its levels. */
#ifndef VERSTKA_LANG_BIDI_H
#define VERSTKA_LANG_BIDI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lang;

enum bidi_mark {
	BIDI_LTR, BIDI_RTL,           /* an isolate begins */
	BIDI_FORCE_LTR, BIDI_FORCE_RTL, /* an isolate whose characters all go one way, whatever they are (dir="rlo") */
	BIDI_END,                     /* of the innermost of them */
	BIDI_OBJECT                   /* the mark of a note: neutral (as U+FFFC) */
};
struct bidi_event {
	uint32_t at;                  /* [byte] it stands before; never falls from one to the next */
	enum bidi_mark mark;
};

/* Whether any character of it goes from right to left, or says that others do. */
bool lang_bidi_needed(const char *text, size_t len);
/* Levels of a paragraph (P, X, W, N, I, L1 at its end): levels[len], one for each byte; objects: one for each
 * BIDI_OBJECT, in order. l may be any language: its registry lends what ICU needs, the text's own plays no part. A
 * newline or U+2029 ends a paragraph and begins another with the same isolates open. */
void lang_bidi_levels(const struct lang *l, const char *text, size_t len, bool rtl, const struct bidi_event *events,
                      size_t n_events, uint8_t *levels, uint8_t *objects);
/* L2 for one line: order[i] is the index of what stands i-th from the left. */
void lang_bidi_order(const uint8_t *levels, size_t n, int32_t *order);

#endif
