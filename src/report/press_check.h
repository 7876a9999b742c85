/* What a printing house would send back: pictures too coarse, ink that does not dry, type in several blacks, things
 * the knife may touch. Warnings at the line of the source that brought them. */
#ifndef VERSTKA_REPORT_PRESS_CHECK_H
#define VERSTKA_REPORT_PRESS_CHECK_H

#include "pages/pages.h"
#include "style/style.h"

/* Logs "image-resolution", "ink-limit", "rich-black", "reversed-type", "thin-rule", "safe-area", "bleed"; those about
 * colours once a colour, those about places once a page. */
void press_check(const struct pages *p, const struct theme *t, struct diag_log *log);

#endif
