/* One attribute of theme.xml: its text -> a field. */
#ifndef VERSTKA_READ_THEME_VALUE_H
#define VERSTKA_READ_THEME_VALUE_H

#include <stdbool.h>

#include "base/diag.h"
#include "read/theme_spec.h"

struct value_scope {
	struct theme *theme; /* its colours, its arena */
	sp em;               /* what 1em is */
	sp unit;             /* what 1U is; 0: not known yet (U is then an error) */
	sp body;             /* what 100% of a size is; 0: not known yet */
	struct diag_log *log;
};

/* Is the text of the right kind? Logs (code "theme") if not. Limits are not looked at, as they need
 * the sizes. */
bool theme_value_check(const struct attr_spec *a, const char *text, struct pos pos, const struct value_scope *scope);
/* Writes the field at base + a->offset; logs and leaves it alone if the value is out of range. The
 * text must have passed theme_value_check. A built-in value (pos.file NULL) is never wrong: it is
 * brought within the limits, so that a poster's body does not make an error of its folio. */
bool theme_value_store(const struct attr_spec *a, const char *text, struct pos pos, const struct value_scope *scope,
                       void *base);
/* To the nearest twentieth of a point. */
sp theme_value_round(sp v);
/* "0 100 80 35" -> thousandths; "#A71022" -> bytes. */
bool theme_value_cmyk(const char *text, uint16_t out[4]);
bool theme_value_rgb(const char *text, uint8_t out[3]);

#endif
