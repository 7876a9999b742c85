/* doc tree -> EPUB 3.3 (with an NCX for old readers). The only way into this room.
 *
 * Requirements are cited as E-nn, the look as HS-nn. Reflow belongs to the reader's device: nothing
 * of the printed layout passes but the page map (where in the text each printed page begins).
 * Same input, same bytes: no clock, no locale, no time zone, no umask gets in. */
#ifndef VERSTKA_WRITE_EPUB_EPUB_H
#define VERSTKA_WRITE_EPUB_EPUB_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/diag.h"
#include "doc/doc.h"
#include "font/font.h"
#include "lang/lang.h"
#include "pages/pages.h"
#include "style/style.h"

struct epub_options {
	const char *modified;   /* "YYYY-MM-DDThh:mm:ssZ"; NULL or malformed: 1 January of the document's year */
	const char *generator;  /* "verstka 0.1"; NULL: not named */
	bool page_map;          /* mark where the printed pages begin, if pages are given (E-20), and name it in the 3.3 way,
	                         * which Debian's epubcheck 4.2.6 does not know yet (E-23) */
};

/* Appends the whole container to out. p may be NULL (no page map), f may be NULL (no fonts embedded
 * and no cover drawn). Everything is borrowed for the call. False: already logged, out unchanged. */
bool epub_write(const struct doc *d, const struct theme *t, const struct pages *p, struct fonts *f,
                const struct lang *lang, struct langs *langs, const struct epub_options *o, struct buf *out,
                struct diag_log *log);

#endif
