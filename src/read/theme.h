/* theme.xml -> struct theme, resolved for one language. The vocabulary is in docs/THEME.md and in
 * theme_spec.c; style/style.h says what the fields mean. */
#ifndef VERSTKA_READ_THEME_H
#define VERSTKA_READ_THEME_H

#include <stddef.h>

#include "base/diag.h"
#include "style/style.h"

/* name_for_messages is copied (theme->path). lang: BCP 47 or NULL; <language> blocks whose tag is lang
 * or a prefix of it are applied, the longest last. All that is wrong is logged (code "theme", with
 * line and column), and then the result is NULL; else the caller frees it with theme_free.
 * Warnings (same code) do not stop it. */
struct theme *theme_read(const char *xml, size_t len, const char *name_for_messages, const char *lang,
                         struct diag_log *log);

#endif
