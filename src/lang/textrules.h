/* What a language changes in the characters of a line of text (T-08..T-18, T-36..T-53): one function a rule, over the
 * characters of a whole block, whatever nodes they come from. No tree here: textpass.c collects and puts back. */
#ifndef VERSTKA_LANG_TEXTRULES_H
#define VERSTKA_LANG_TEXTRULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lang/lang.h"

/* Each rule has its switch; the theme's <text> sets them. A language asks only for the rules that are its custom. */
struct text_switches {
	bool compose;     /* T-04: a letter and its mark become one character where there is one */
	bool quotes;      /* T-08: "..." and quotations in quotations */
	bool titles;      /* marks around <citetitle> */
	bool dashes;      /* T-09: - and -- between spaces */
	bool ranges;      /* T-10: 10-15 */
	bool minus;       /* T-11: -5, 3x4 */
	bool ellipses;    /* T-12 */
	bool points;      /* T-13: full stop and comma behind the closing mark */
	bool notes;       /* T-14: the note's mark before the full stop, or behind it */
	bool apostrophes; /* T-15 */
	bool widths;      /* T-56: Chinese marks in full width */
	bool spaces;      /* T-55: no spaces among Chinese */
	bool thousands;   /* T-18: 12345 in groups of three */
	bool ordinals;    /* T-45: raised endings in French */
	bool signs;       /* T-17: a space between № and its number */
};

/* How often each did something: for a report. */
struct text_counts {
	unsigned composed, quotes, titles, dashes, ranges, minus, ellipses, points, notes, apostrophes, signs;
	unsigned widths, spaces, ordinals, thousands;
	unsigned unopened; /* blocks of Spanish with a ? or ! that has no ¿ or ¡ */
	unsigned unpaired; /* blocks whose straight quotation marks do not pair: left as they were */
};

enum cell_kind { CELL_TEXT, CELL_NOTE /* the mark of one */, CELL_OBJECT, CELL_BREAK };
struct text_cell {
	uint32_t c;          /* 0: taken out; of other kinds than CELL_TEXT U+FFFC */
	uint32_t piece;      /* which node it comes from */
	const char *put;     /* UTF-8 that stands in its place now; NULL: c */
	const struct lang *lang;
	uint8_t kind;
	uint8_t side;        /* the rules' own: of a straight quotation mark */
	bool fixed;          /* code, addresses, what verstka made: looked at, never changed (but `put` may add to it) */
};

/* Applies the rules that are on to n cells of one block, in order. True: something changed. */
bool textrules_apply(struct text_cell *v, size_t n, const struct text_switches *on, struct text_counts *count);

/* T-14: the custom of the language for the marks of notes. */
enum note_place { NOTE_AS_WRITTEN, NOTE_BEFORE_STOP, NOTE_BEHIND_STOP };
enum note_place textrules_note_place(const struct lang *l);
/* Does the full stop at the end of text[0..len) belong to an abbreviation or an initial? */
bool textrules_is_abbreviation(const struct lang *l, const char *text, size_t len);
/* The marks around titles of works. part: of articles, chapters. False: the language sets such titles in italics. */
bool textrules_title_marks(const struct lang *l, bool part, int level, const char *marks[2]);

#endif
