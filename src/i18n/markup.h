/* A translation's text, checked against its unit: the tags of the source, each number once, and no others. */
#ifndef VERSTKA_I18N_MARKUP_H
#define VERSTKA_I18N_MARKUP_H

#include "i18n/unit.h"

enum token_kind { TOKEN_TEXT, TOKEN_OPEN, TOKEN_CLOSE, TOKEN_HOLE };

struct token {
	enum token_kind kind;
	const struct unit_part *part; /* of tags */
	const char *text;             /* of TOKEN_TEXT: plain, references resolved */
	size_t len;
	size_t at;                    /* [byte] of the translation */
};

struct markup {
	struct token *v; /* every OPEN has its CLOSE, and they nest */
	size_t n;
	const struct unit_part *moved; /* a note that now comes before one that it came after; or NULL */
};

enum { MARKUP_DEPTH = 32 }; /* tags in tags */

/* In arena a. NULL: it is wrong, and *fault says how (in a, too), at byte *at. */
struct markup *markup_parse(const struct unit *u, const char *text, struct arena *a, const char **fault, size_t *at);

#endif
