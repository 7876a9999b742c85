/* A source cut into units of text: what a translator sees as one entry each.
 *
 * A unit is the content of the smallest element with text of its own; an element that holds nothing but one inline gives
 * way to that. Inlines of DocBook stay in the unit's text as tags: plain ones as they are, those with attributes by a
 * number, <link i="1">, so that attributes are never retyped; what is no run of text (a note, a reference, a list, an
 * index term, what must not be translated) as an empty numbered tag, <footnote i="1"/>, and the text in it follows as
 * units of its own. Numbers count per name within the unit. No tag has a prefix: Weblate and others parse such text as
 * XML. White space is collapsed (space, tab, CR, LF; never U+00A0) but in verbatim elements. What has no letters is no
 * unit.
 *
 * ITS 2.0 attributes are heeded: its:translate, its:withinText, its:locNote (docs/TRANSLATING.md). */
#ifndef VERSTKA_I18N_UNIT_H
#define VERSTKA_I18N_UNIT_H

#include <stdbool.h>
#include <stddef.h>

#include "read/source.h"

/* A tag in a unit's text, in source order. */
struct unit_part {
	const struct src *s;
	int number; /* i="..": from 1; 0: an inline without attributes */
	bool hole;  /* empty: what is in it is not this unit's */
};

struct unit {
	const struct src *s;     /* whose content it is; in it, s->unit is this unit's number */
	const struct src *block; /* what bears its language: s, or the block that holds nothing but s */
	const char *text;        /* the msgid: UTF-8, & < > written as in XML */
	const struct unit_part *part;
	int n_part;
	int words;
	bool verbatim;
	bool foreign;     /* in another language than the source's, by xml:lang */
	bool own_letters; /* has letters outside of foreign inlines: its translation cannot well be the same */
};

struct units {
	struct arena arena;
	const struct source *source;
	const char *lang;  /* of the source, BCP 47 */
	struct unit *v;    /* in the order of the document, a unit before those in its holes; v[s->unit - 1] */
	size_t n, cap;
	bool filtered;     /* some element is for some locales only */
};

/* Cuts the source up and notes each unit's number in its elements. Logged: no-lang (error: the root has no xml:lang);
 * NULL then. The source must outlive the result. */
struct units *units_open(struct source *source, struct diag_log *log);
void units_close(struct units *u); /* or NULL */

/* Is s's text to be translated, when that around it is (or is not)? */
bool unit_is_translated(const struct src *s, bool around);
/* Is s a run of text in a line: an inline that is no mark (note, reference, picture)? */
bool unit_is_run(const struct src *s);
/* The unit whose block s is, or NULL. */
const struct unit *unit_of_block(const struct units *u, const struct src *s);

/* What must not be translated, as text on one line, or the content of any element: in arena a. */
char *unit_plain_text(struct arena *a, const struct src *s);
/* Is this element for editions in the language, by its own its:localeFilterList? */
bool unit_is_for(const struct src *s, const char *lang);
/* The same of a unit, by what it stands in too. */
bool unit_applies(const struct units *u, const struct unit *unit, const char *lang);

#endif
