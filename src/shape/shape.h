/* Text to glyphs, through HarfBuzz. Words are shaped once and kept: a word's glyphs in font units do
 * not depend on the size, so every paragraph, every measure and every page shares them.
 *
 * Words, not lines, are the unit: between two words stands a space, and no script set here joins or
 * kerns across it. A break inside a word is shaped as a word of its own: the head with its hyphen when it is set, or when its
 * width is asked for and HarfBuzz does not say that cutting there changes nothing; the tail where it does not say so. */
#ifndef VERSTKA_SHAPE_SHAPE_H
#define VERSTKA_SHAPE_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "font/font.h"

struct shaper; /* the cache; owns the words. Not for two threads at once. */

struct shaped_glyph {
	uint32_t gid;
	int32_t advance, x_offset, y_offset; /* [font unit] of the part's face, y up */
	uint32_t cluster : 31;               /* [byte] in the word's text */
	uint32_t tied : 1;                   /* cut before this cluster, the word would be shaped otherwise */
};

/* A stretch of a word in one face (a fallback face may serve some of its characters). */
struct shaped_part {
	const struct face *face;
	const struct shaped_glyph *glyphs; /* visual order */
	uint32_t n;
	uint32_t from, to;                 /* [byte] of the word's text */
	int32_t width;                     /* [font unit] */
};

struct shaped_word {
	const struct shaped_part *parts;   /* visual order */
	uint32_t n_parts;
	bool rtl;
	bool cursive;                      /* of letters that join: no space may come between them */
	uint32_t before, after;            /* as asked for */
	uint32_t missing;                  /* first character that no face has, or 0 */
	const char *text;                  /* its own copy, NUL-ended */
	uint32_t len;
	uint32_t id;                       /* for shape_nth */
};

struct shaper *shaper_open(struct fonts *fonts); /* borrows */
void shaper_close(struct shaper *s);

/* How a stretch of text is to be shaped; equal ones share cached words. */
struct shape_key {
	struct face *face;
	const char *lang;     /* BCP 47; interned pointers compare faster but need not be */
	const char *features; /* "onum=1,liga=0" or NULL */
	bool rtl;             /* all of it goes from right to left (an odd level, lang/bidi.h): brackets are mirrored */
	uint32_t before, after; /* letters set apart from it that it joins to (another font in one Arabic word), or 0 */
};

/* The word's glyphs; valid until shaper_close. The text holds no spaces that a line may break at.
 * Default-ignorable characters (U+00AD, U+2060 ...) come out as no glyph. A space-like character the
 * face lacks (U+202F, U+2009) gets HarfBuzz's replacement. U+2010/U+2011 fall back on U+002D. */
const struct shaped_word *shape_word(struct shaper *s, const struct shape_key *key, const char *text, size_t len,
                                     struct diag_log *log);

/* The word of an id that a word of this shaper has. */
const struct shaped_word *shape_nth(const struct shaper *s, uint32_t id);

/* Both parts of the word, cut before byte `at`, have the glyphs that they have in the whole. False: perhaps not. */
bool shape_may_cut(const struct shaped_word *w, uint32_t at);

/* Width at a size [sp], parts of different faces summed. */
sp shape_width(const struct shaped_word *w, sp size);
/* The glyph advance at a size [sp]. */
sp shape_scale(const struct face *face, int32_t units, sp size);

#endif
