/* fonts.xml -> struct fontmap (style/fontmap.h says what it holds; fontmap_free lets go of it). */
#ifndef VERSTKA_READ_FONTMAP_H
#define VERSTKA_READ_FONTMAP_H

#include <stddef.h>

#include "base/diag.h"
#include "style/fontmap.h"

/* name: the file's name, for messages; <folder path="."> and other relative folders are looked for
 * beside it. All that is wrong is logged (code "fontmap", with line and column), and then the result
 * is NULL. Whether the files are there is font/'s business. */
struct fontmap *fontmap_read(const char *xml, size_t len, const char *name, struct diag_log *log);

#endif
