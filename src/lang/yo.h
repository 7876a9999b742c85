/* T-16: ё is set where the author writes it, and nowhere else; that he writes it in one place and not in another is said. */
#ifndef VERSTKA_LANG_YO_H
#define VERSTKA_LANG_YO_H

#include "base/diag.h"
#include "doc/doc.h"
#include "lang/lang.h"

/* Russian words that stand in the document both with ё and with е for it: one warning "yo-mixed", at the first that lacks it.
 * Pairs that are, or may be, two words (все, всё; жены, жёны) are passed over. */
void yo_check(const struct doc *d, struct langs *l, struct diag_log *log);

#endif
