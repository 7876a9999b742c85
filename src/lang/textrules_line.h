/* Inside lang/: a block's text as cells, and what its language is used to, for textrules.c and textrules_number.c. */
#ifndef VERSTKA_LANG_TEXTRULES_LINE_H
#define VERSTKA_LANG_TEXTRULES_LINE_H

#include "lang/rules.h"
#include "lang/textrules.h"

enum { EM = 0x2014, EN = 0x2013 };

struct habits {
	const char *code;
	uint32_t dash;          /* for - between spaces; 0: none is made */
	bool widen;             /* an en dash between spaces becomes it too (T-09) */
	bool numbers;           /* ranges, minus */
	bool russian;           /* ?.. and !.., full stop behind the mark (T-12, T-13), № */
	uint8_t ellipsis;       /* 0: none, 1: one character, 2: the Chinese pair (T-53) */
	bool words;             /* straight quotation marks and apostrophes */
	enum note_place notes;
	bool titles;            /* all titles between marks */
	const char *marks[2];   /* of titles, if not the quotation marks */
	const char *inner[2];
};

/* Of what is not known: none. */
const struct habits *textrules_habits(const struct lang *l);

struct line {
	struct text_cell *v;
	size_t n;
	const struct text_switches *on;
	struct text_counts *count;
	bool changed;
};

static inline unsigned cell_class(const struct text_cell *x)
{
	return x->kind == CELL_BREAK ? C_SPACE : x->kind != CELL_TEXT ? C_OTHER : chars_class(&x->lang->owner->chars, x->c);
}

static inline bool cell_is_letter(const struct text_cell *x)
{
	unsigned k = cell_class(x);

	return k == C_LETTER || k == C_UPPER || k == C_COMPLEX || k == C_MARK;
}

static inline bool cell_is_digit(const struct text_cell *x)
{
	return x->kind == CELL_TEXT && x->c >= '0' && x->c <= '9';
}

static inline bool cell_is_space(const struct text_cell *x)
{
	unsigned k = cell_class(x);

	return k == C_SPACE || k == C_GLUE || k == C_NEWLINE || k == C_FORCED;
}

/* The neighbours that are still there; NULL: the block's edge. */
static inline struct text_cell *line_before(const struct line *l, size_t i)
{
	while (i > 0 && l->v[i - 1].c == 0)
		i--;
	return i > 0 ? &l->v[i - 1] : NULL;
}

static inline struct text_cell *line_after(const struct line *l, size_t i)
{
	for (i++; i < l->n && l->v[i].c == 0; i++)
		;
	return i < l->n ? &l->v[i] : NULL;
}

static inline bool cell_is_edge(const struct text_cell *x)
{
	return x == NULL || cell_is_space(x);
}

static inline bool cell_may_change(const struct text_cell *x)
{
	return x != NULL && x->kind == CELL_TEXT && !x->fixed && x->c != 0;
}

static inline void line_change(struct line *l, struct text_cell *x, uint32_t c, unsigned *counter)
{
	x->c = c;
	x->put = NULL;
	l->changed = true;
	if (counter != NULL)
		++*counter;
}

#endif
