/* Inside lang/: the parts that its files share. A text is cut into chunks (what stands between
 * spaces); between two chunks is a gap; each language has a list of rules, one function a rule, that
 * say whether a line may end in that gap. Inside a chunk breaks_word.c, breaks_code.c and
 * breaks_icu.c find the places. */
#ifndef VERSTKA_LANG_RULES_H
#define VERSTKA_LANG_RULES_H

#include "base/arena.h"
#include "base/strmap.h"
#include "lang/chars.h"
#include "lang/hyphen.h"
#include "lang/lang.h"

/* Prices in the line breaker's units (its own for a hyphen is 180), for the whole room. */
enum {
	PRICE_ONE_LETTER = 100,  /* hard: for the later passes */
	PRICE_TWO_LETTER = 150,
	PRICE_NUMBER_NOUN = 90,
	PRICE_IN_COMPOUND = 360, /* on top of a hyphen's: three times one (T-33) */
	PRICE_FOREIGN = 250,     /* a Latin word by English patterns in a text of another script */
	PRICE_OWN_STRICT = 300,  /* a compound's own hyphen in a heading */
	PRICE_IN_WORD = 500,     /* of Chinese, in a heading: lines of equal length are worth less */
	PRICE_WEAK_JOINT = 40,   /* a URL's . - _ : beside its / ? & = # */
	PRICE_CLOSED = 1000,     /* a closed bind in a string that has no other place */
	PRICE_EMERGENCY = 2000
};
enum {
	COMPOUND_SIDE_MIN = 3, /* [letter] on each side of a hyphen that may end a line (T-33) */
	SLASH_SIDE_MIN = 4,    /* T-28 */
	CHAIN_MAX = 3,         /* binds in a row, the first of more is released (T-21) */
	UNBROKEN_MAX = 32,     /* [character] then emergency joints */
	EMERGENCY_STEP = 8
};

/* What stands between two spaces. The core leaves out punctuation around it: «(в», "доме»," */
struct chunk {
	uint32_t from, to;           /* [byte] */
	uint32_t core_from, core_to; /* both == to: punctuation only */
	uint32_t mask;               /* C_BIT of every class in it */
	uint32_t core_mask, lead_mask, trail_mask;
	uint32_t first, last;        /* code points of the core */
	uint32_t letters, digits, upper, slashes;
	uint32_t chars;              /* of the core */
	bool glued;                  /* no-break space before it */
	bool code;                   /* begins in a run of code */
	bool url;                    /* "://", "www.", mail: to be cut like code */
	uint8_t pair;                /* T-46: 1 opens, 2 closes a pair of dashes */
	uint8_t bind;                /* enum bind_kind of the gap before it */
	int16_t price;
};

enum bind_kind {
	BIND_NONE,  /* the rule has nothing to say */
	BIND_SOFT,  /* price */
	BIND_HARD,  /* only in later passes, at a price */
	BIND_CLOSED /* never */
};
struct bind {
	uint8_t kind;
	int16_t price;
};

struct gap {
	const char *text;
	const struct chars *chars;
	struct chunk *v; /* of the line of source; the gap is between v[i - 1] and v[i] */
	size_t n, i;
	const struct bind_words *words;
};

typedef struct bind bind_rule(const struct gap *g);

/* The words a language's rules look at, all in lower case, NULL-ended; NULL: none.
 * Abbreviations stand without their full stop, which the rules ask for. */
struct bind_words {
	const uint16_t *one_letter;        /* 0-ended code points: bind to what follows (T-21) */
	const char *const *two_letter;     /* soft binds (T-21) */
	const char *const *particles;      /* bind to what precedes (T-22) */
	const char *const *abbr_any;       /* "см": to the next word whatever it is (T-24) */
	const char *const *abbr_name;      /* "ул": to a capital letter */
	const char *const *abbr_number;    /* "рис": to a number */
	const char *const *titles;         /* without a point, to a capital: "dr", "mme" */
	const char *const *abbr_after;     /* "г", "в": to the number before (2026 г., XX в.) */
	const char *const *abbr_tail;      /* "др": to a conjunction before ("и др.") */
	const char *const *conjunctions;   /* that abbr_tail needs */
	const char *const *units;          /* to a number before (T-19); with or without point */
	const char *const *multiples;      /* "млн": to a number before and a unit or noun behind */
	const char *const *months;         /* T-25 */
	const char *const *years;          /* "года": to a number before */
	const char *const *parts;          /* "глав": beginnings of words that bind to a number behind (T-27) */
	const char *const *tails;          /* "таки": no break at the hyphen before it (T-33) */
	bool number_noun;                  /* T-27: number and noun, soft */
};

struct lang_rules {
	const char *code;          /* "ru", "en-us", in lower case */
	const char *name;
	bool rtl;
	bool han;                  /* T-52 on */
	bool paired_dashes;        /* T-46: the first dash of an aside belongs to what it opens */
	int left_min, right_min;   /* hyphenation in body text */
	const char *dictionary;    /* file name, or NULL: no patterns are known */
	const char *package;       /* Debian's */
	bool raw_patterns;         /* the dictionary is TeX's own list: hyphen_match_all */
	bool latin;                /* alphabet: else Latin words may use English patterns */
	hyphen_judge *judge;
	bind_rule *const *rules;   /* NULL-ended, the first that speaks wins */
	const struct bind_words *words;
};

struct lang {
	const char *tag;
	const struct lang_rules *rules;
	struct hyphenator *hyphenator; /* or NULL */
	const char *const *wordlist;   /* strings.c */
	const char *capitals;
	const char *quotes[4];         /* open, close, inner open, inner close */
	uint32_t marks[4];             /* their characters, without spaces */
	const struct habits *habits;   /* textrules.c */
	unsigned customs;              /* bits of enum text_custom */
	struct langs *owner;
};
/* Whose rules of characters hold, in whatever region. */
enum text_custom { CUSTOM_FRENCH = 1, CUSTOM_ENGLISH = 2, CUSTOM_SPANISH = 4, CUSTOM_ARABIC = 8, CUSTOM_HAN = 16 };
/* textrules.c: marks, habits and customs of a language that has its rules and quotes. */
void textrules_prepare(struct lang *l);

struct hyphen_set {
	const struct lang_rules *rules;
	struct hyphenator *h;
};

struct icu_breaker;
struct bidi_scratch;

struct langs {
	struct arena arena;
	struct chars chars;
	struct strmap by_tag;
	size_t n_tags;
	struct lang *plain;          /* for tags beyond any reason */
	struct hyphen_set *sets;
	size_t n_sets, cap_sets;
	const char **folders;        /* of exceptions */
	size_t n_folders;
	const char *dictionaries;    /* folder, ends in '/' */
	struct icu_breaker *icu;     /* opened at need */
	struct bidi_scratch *bidi;   /* likewise */
	/* scratch of lang_breaks, kept between calls */
	struct chunk *chunks;
	size_t n_chunks, cap_chunks;
	struct break_list tail;
};

/* lang.c: as langs_open, with the dictionaries elsewhere than Debian puts them (for tests). */
struct langs *lang_open_at(const char *const *exceptions_folders, const char *dictionaries);

/* Families: each ends with code NULL. */
extern const struct lang_rules lang_slavic_rules[], lang_western_rules[], lang_eastern_rules[];

/* rules.c: rules that several languages share. */
bool rules_core_is(const struct gap *g, const struct chunk *c, const char *const *list);
bool rules_is_number(const struct chunk *c);
struct bind rules_signs(const struct gap *g);
struct bind rules_dash(const struct gap *g);
struct bind rules_thousands(const struct gap *g);
struct bind rules_telephone(const struct gap *g);
struct bind rules_units(const struct gap *g);
struct bind rules_initials(const struct gap *g);
struct bind rules_abbreviations(const struct gap *g);
struct bind rules_dates(const struct gap *g);
struct bind rules_parts(const struct gap *g);
struct bind rules_one_letter(const struct gap *g);
struct bind rules_particles(const struct gap *g);
struct bind rules_two_letter(const struct gap *g);
struct bind rules_number_noun(const struct gap *g);

/* breaks.c */
void breaks_put(struct break_list *out, size_t at, enum break_kind kind, int price, int hard);

/* breaks_word.c: places inside the bytes from..to of a chunk, prose in one language. */
struct word_context {
	struct langs *langs;
	const struct lang *lang;
	const struct break_rules *rules;
	const char *text;
	struct break_list *out;
};
void breaks_word_inside(const struct word_context *w, const struct chunk *c, size_t from, size_t to);
/* A chunk that is one plain word, the common case. */
void breaks_word_plain(const struct word_context *w, size_t from, size_t to);

/* breaks_code.c: T-29. code: marked as code, so that long identifiers have joints too. */
void breaks_code_inside(const struct chars *chars, const char *text, size_t from, size_t to, bool code,
                        struct break_list *out);
bool breaks_code_is_url(const char *text, const struct chunk *c);

/* strings.c */
const char *const *strings_for(const char *tag);
/* strings_rtl.c */
extern const char *const strings_ja[W_COUNT];
extern const char *const strings_fa[W_COUNT];
extern const char *const strings_he[W_COUNT];
extern const char *const strings_ur[W_COUNT];

const char *strings_capitals(const char *tag);
void strings_quotes(const char *tag, const char *quotes[4], struct arena *a);

#endif
