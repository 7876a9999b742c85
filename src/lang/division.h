/* The numbers of parts, chapters and appendices in words: the same in print and EPUB. */
#ifndef VERSTKA_LANG_DIVISION_H
#define VERSTKA_LANG_DIVISION_H

#include "doc/doc.h"
#include "lang/lang.h"

/* "Глава 1" above a division's title, or NULL: it has no number, or the author has written it into the title. In arena a. */
const char *division_label(const struct lang *l, const struct node *n, struct arena *a);
/* The same before the title on its line, with what parts them: "1. ", "Приложение А. "; or NULL. */
const char *division_prefix(const struct lang *l, const struct node *n, struct arena *a);

#endif
