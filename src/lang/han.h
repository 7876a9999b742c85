/* Setting Chinese and Japanese: what a character is to its neighbours, and the space between two of them. Sources: GB/T
 * 15834-2011 5.1 (places and widths of marks), W3C "Requirements for Chinese Text Layout" (clreq) 3.1. Nothing is
 * measured here: widths of blanks come from the face. Numbers T-nn: docs/TYPOGRAPHY.md. */
#ifndef VERSTKA_LANG_HAN_H
#define VERSTKA_LANG_HAN_H

#include <stdbool.h>
#include <stdint.h>

#include "lang/lang.h"

/* Classes of what stands side by side. The marks of HAN_OPEN have their ink in the right half of their square, those of
 * HAN_CLOSE in the left one: the other half is the blank. */
enum han_class {
	HAN_EDGE,     /* nothing: the paragraph's start or end */
	HAN_LETTER,   /* ideographs, kana, full-width letters and figures */
	HAN_OPEN,     /* （《「“ ... */
	HAN_CLOSE,    /* ）》」” and 。，、；：？！ */
	HAN_DOT,      /* · in names */
	HAN_RULE,     /* —— …… ～: two squares, or one, that are never split */
	HAN_WORD,     /* letters and figures of other scripts, and signs that go with them (%, °) */
	HAN_SIGN,     /* other signs of those: no gap parts them from Han */
	HAN_MARK      /* a note's mark, a picture */
};
/* In text of a language that is set so (lang_is_han); “ ” ‘ ’ … — · are Han signs there. */
enum han_class han_class_of(uint32_t c);
bool lang_is_han(const struct lang *l);

/* How many bytes at text[from..to) are set as one: a character with what belongs to it, both halves of —— and ……; of
 * HAN_WORD and HAN_SIGN all up to the next of other classes. At least one character. */
uint32_t han_unit(const char *text, uint32_t from, uint32_t to);

/* The space between two neighbours, in parts that layout adds up and stretches: */
struct han_space {
	bool blank_before; /* the blank half of the left one (T-54) */
	bool blank_after;  /* the blank half of the right one */
	bool quarter;      /* T-55: a quarter of an em between Han and Latin */
	bool gives;        /* may be widened to justify a line (T-57) */
};
struct han_space han_space(enum han_class left, enum han_class right);

/* [1/1000 em] T-54, T-55, T-57: of HAN_QUARTER what it is, gives and takes at x = 1; what any gap between two squares
 * gives; a blank half may lose half of itself. */
enum { HAN_QUARTER = 250, HAN_QUARTER_GIVES = 125, HAN_QUARTER_TAKES = 125, HAN_GIVES = 30 };

#endif
