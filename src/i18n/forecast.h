/* A translation that does not exist yet: filler of the length it will probably have, so that pages can be set before it is
 * written. Letters and words come as often as in the language, the tags are the source's. The same filler every time. */
#ifndef VERSTKA_I18N_FORECAST_H
#define VERSTKA_I18N_FORECAST_H

#include "i18n/translation.h"

/* How a language writes what the source says. */
struct forecast {
	int expansion;       /* [%] characters of the translation for 100 of the source */
	bool measured;       /* from at least FORECAST_ENOUGH units of its PO file; else by rule of thumb */
	int units;           /* that it was measured on */
};

enum { FORECAST_ENOUGH = 20 };

/* Measures a language on what is translated, t (or NULL: nothing is), and makes its pseudo-translation: translation_close.
 * lang: BCP 47, borrowed from t or the caller for the result's life. */
struct translation *forecast_make(const struct units *u, const struct translation *t, const char *lang, struct forecast *f,
                                  struct diag_log *log);

#endif
