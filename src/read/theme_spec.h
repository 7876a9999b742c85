/* The vocabulary of theme.xml: which element has which attributes, of which kind, within which
 * limits, with which value when the theme is silent. docs/THEME.md is written from these tables and
 * schema/theme.rng must agree with them (test_theme checks both). */
#ifndef VERSTKA_READ_THEME_SPEC_H
#define VERSTKA_READ_THEME_SPEC_H

#include <stddef.h>

#include "style/style.h"

/* How an attribute is written -> what it becomes. Limits are in the unit in brackets. */
enum value_kind {
	V_LENGTH,     /* 4mm 3pt 0.5em 2U 0      -> sp [pt] */
	V_SIZE,       /* 10pt 82% (of body)      -> sp [pt] */
	V_LEADING,    /* 14pt 1.5U 137% (of own size) -> sp [pt] */
	V_LINES,      /* 2 0.5 (or a length)     -> int32_t [1/1000 U]; limits in lines */
	V_INT,        /* 3                       -> int */
	V_FACTOR,     /* 1.45                    -> int, thousandths; limits in wholes */
	V_SHARE,      /* 15%                     -> int32_t, thousandths; limits in % */
	V_EM,         /* 0.36em                  -> int32_t, thousandths; limits in 1/100 em */
	V_YES,        /* yes no                  -> bool */
	V_COLOUR,     /* a colour's name         -> int16_t */
	V_COLOUR_OR_NONE, /* or none: -1 */
	V_ALIGN,      /* justify start centre end -> enum align */
	V_TOGGLE,     /* keep yes no flip        -> enum toggle */
	V_TEXT,       /* any                     -> const char * */
	V_TEXT_OR_NONE, /* or none: NULL */
	V_FEATURES,   /* onum=1,lnum=0           -> const char * */
	V_PATTERN,    /* text with {title} ...   -> const char * */
	V_COVER       /* masthead none           -> const char * */
};

struct attr_spec {
	const char *name;
	enum value_kind kind;
	size_t offset;       /* into struct draft, par_style, inline_style or bar */
	const char *initial; /* as it would stand in the theme; NULL: worked out, see theme.c */
	int least, most;
};
struct element_spec {
	const char *name;
	const struct attr_spec *attrs;
	int n_attrs;
};

/* The theme in the making, with what has no field in it. theme must come first. */
struct draft {
	struct theme theme;
	sp first_baseline, last_baseline; /* below the trim's top */
	sp foot, least_margin;            /* last baseline above the page's foot; a margin column is no narrower */
	sp head_rule_below;               /* below the running head's baseline */
};

enum { PAR_SIZE, PAR_LEADING, PAR_ATTRS = 26, INLINE_ATTRS = 8, BAR_ATTRS = 5 };
extern const struct attr_spec theme_par_attrs[PAR_ATTRS]; /* size and leading come first */
extern const struct attr_spec theme_inline_attrs[INLINE_ATTRS];
extern const struct attr_spec theme_bar_attrs[BAR_ATTRS];

enum { EL_PAGE, EL_COLUMNS, EL_LIST, EL_PULLQUOTE, EL_SIDEBAR, EL_NOTES, EL_TABLE, EL_CAPTION, EL_CHART, EL_RUNNING_HEAD,
       EL_MASTHEAD, EL_OPENER, EL_CONTENTS, EL_IMPRINT, EL_ADMONITION, EL_CODE, EL_PRESS, EL_EPUB,
       EL_TEXT, EL_COUNT };
extern const struct element_spec theme_elements[EL_COUNT];

/* What sets a style off from the one it is based on, while the theme does not say based-on itself:
 * pairs of attribute name and value, NULL-ended. */
struct derivation {
	int base;            /* style id; -1: none (body) */
	const char *set[32];
};
extern const struct derivation theme_par_derivations[PS_COUNT];
extern const char *const theme_inline_initials[IS_COUNT][8];
extern const char *const theme_bar_initials[2][12];

#endif
