/* The cover picture, drawn from the masthead (HS-58): bar, motto, series number, title, rule, the
 * organisation's line. A document without a series number gets its title set larger, and its authors. */
#ifndef VERSTKA_WRITE_COVER_H
#define VERSTKA_WRITE_COVER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "doc/doc.h"
#include "font/font.h"
#include "image/image_write.h"
#include "lang/lang.h"
#include "style/style.h"

#define COVER_WIDTH 1600  /* [pixel] */
#define COVER_HEIGHT 2400

struct cover_text { /* borrowed; any but the title may be NULL */
	const char *motto, *number, *title, *subtitle, *org, *series, *year;
	const struct person *people;
	int n_people;
};

/* The words of a cover as the document's info gives them. */
void cover_text_of(const struct doc *d, const char *title, struct cover_text *out);

/* Draws it; out's rows are the arena's. False: no face could be had (logged). */
bool cover_draw(const struct cover_text *text, const struct theme *t, struct fonts *f, const struct lang *lang,
                struct arena *arena, struct image_drawing *out, struct diag_log *log);

#endif
