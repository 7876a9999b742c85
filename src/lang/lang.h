/* Rules of languages: where a line may break and at what price, hyphenation (libhyphen), words of
 * the interface, quotation marks. Text is never changed here for the sake of a break: binding rules
 * are constraints (docs/adr). Rules are numbered T-nn in docs/TYPOGRAPHY.md. */
#ifndef VERSTKA_LANG_LANG_H
#define VERSTKA_LANG_LANG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"

struct langs; /* loaded languages; owns them. Not for two threads at once. */
struct lang;

/* exceptions_folders: where hyphenation.LANG.txt may lie (NULL-ended, borrowed for the call), or NULL. */
struct langs *langs_open(const char *const *exceptions_folders);
void langs_close(struct langs *l);
/* The rules for a BCP 47 tag (never NULL: unknown ones get plain UAX #14 and English words). A missing
 * hyphenation dictionary is one warning "hyphen-missing" that names the Debian package. */
const struct lang *langs_lookup(struct langs *l, const char *tag, struct diag_log *log);
const char *lang_tag(const struct lang *l);
bool lang_is_rtl(const struct lang *l);

/* ---- break opportunities -------------------------------------------------------------------- */

enum break_kind {
	BREAK_SPACE,      /* after the space(s) that end at `at`; the spaces vanish at the line end */
	BREAK_OWN_HYPHEN, /* after a hyphen or dash that is in the text; nothing added */
	BREAK_HYPHEN,     /* inside a word: a hyphen sign is added (also at U+00AD, which is then shown) */
	BREAK_JOINT,      /* nothing there, nothing added: URL joints, between ideographs */
	BREAK_FORCED      /* the line must end: U+2028, newline in verbatim */
};
struct break_point {
	uint32_t at;      /* [byte] the next line begins here (for BREAK_SPACE: behind the spaces) */
	uint8_t kind;
	int16_t price;    /* 0 normal; else added to the breaker's own price for the kind, in its units: soft binds
	                   * (two-letter preposition 150, number and noun 90), hyphen inside a compound 360 ... */
	uint8_t hard;     /* 0: always allowed. 1: only in the breaker's later passes (one-letter word before it ...) */
};
struct break_list {
	struct break_point *v; /* ascending by at */
	size_t n, cap;
};
void break_list_free(struct break_list *b);

/* A stretch of the paragraph's text in one language and manner, in order, covering the text. */
struct lang_run {
	uint32_t from, to;       /* [byte] */
	const struct lang *lang;
	bool code;               /* verbatim, URL: joints only (T-29), no hyphenation, no binds */
};
struct break_rules {
	bool hyphenate;
	bool strict;      /* headings, captions, quotes: soft binds are hard, no hyphens */
	int left_min, right_min; /* 0: the language's own for body text (ru 2/3) */
	int unbroken;     /* [character] narrow columns: what is longer and has no place to break gets some; 0: 32 */
};
/* All places where a line of this text may break, in out (cleared first). Never at 0 or at len. Binding
 * rules (T-21..T-29) remove points or price them; hyphenation points come from each run's language,
 * compounds split at their hyphens first (T-05, T-33). U+00A0, U+202F, U+2060, U+2011 forbid. */
void lang_breaks(const char *text, size_t len, const struct lang_run *runs, size_t n_runs,
                 const struct break_rules *rules, struct break_list *out);

/* ---- words and signs -------------------------------------------------------------------------- */

enum lang_word {
	W_FIGURE, W_TABLE, W_CHAPTER, W_SECTION, W_APPENDIX, W_PART, W_NOTE, W_PAGE, /* labels, capitalised: "Рисунок" */
	W_FIGURE_REF, W_TABLE_REF, W_CHAPTER_REF, W_SECTION_REF, W_APPENDIX_REF, W_PART_REF, W_NOTE_REF, W_PAGE_REF, /* in a sentence: "рис." */
	W_CONTENTS, W_IN_THIS_PAPER, W_COVER, W_TITLE_PAGE, W_START, W_NOTES, W_BACK_TO_TEXT /* "Back to the text, note" */,
	W_PAGE_LIST, W_LANDMARKS, W_PULLQUOTE, W_SIDEBAR, W_CONTINUED,
	W_ADM_NOTE, W_ADM_TIP, W_ADM_IMPORTANT, W_ADM_WARNING, W_ADM_CAUTION, W_ADM_DANGER, W_SOURCE, W_BY /* "text by" */,
	W_NUMBER_SIGN /* "№" */, W_ABOVE, W_BELOW /* where a thing stands, from a reference */,
	/* of the EPUB, for who cannot see it: what is marked up, that pictures are described, that pages are marked */
	W_ACCESS_MARKUP, W_ACCESS_PICTURES, W_ACCESS_PAGES, W_COUNT
};
/* A '#' in a word is the place of the number, see doc_numbered; else it follows after a space. */
const char *lang_word(const struct lang *l, enum lang_word w);
/* Warns, at pos, that the words are English for want of the language's own ("lang-words"). */
void lang_check_words(const struct lang *l, struct pos pos, struct diag_log *log);
/* The character's Unicode name in out ("GRINNING FACE"), "" if it has none. */
void lang_character_name(uint32_t c, char out[128]);
/* Signs of verstka's own between words, by the language: with the space behind them where it has one. */
const char *lang_comma(const struct lang *l); /* ", " */
const char *lang_stop(const struct lang *l);  /* ". " between sentences */
/* What parts a label from the title behind it: "Table 1. What", the space wide or not; 表1　什么 (GB/T 7713). */
const char *lang_after_label(const struct lang *l, bool wide);
/* s with the digits of the language instead of 0 to 9 where it has its own (Arabic, Persian, Urdu), but not in words with
 * Latin letters (A4); s itself if nothing changes, else in arena a. */
struct arena;
const char *lang_digits(const struct lang *l, struct arena *a, const char *s, size_t len);
/* The letters that appendices are numbered with, in order. */
const char *lang_capitals(const struct lang *l);
const char *lang_quote(const struct lang *l, int level, bool close); /* level 0 outer, 1 inner ... */

#endif
