/* Font files, each mapped and its tables looked through once, however many `struct fonts` use it: editions in several languages
 * made by several threads. Only font/ sees this. */
#ifndef VERSTKA_FONT_FONT_FILES_H
#define VERSTKA_FONT_FONT_FILES_H

#include <hb.h>

#include "font/font.h"

/* The face in a file (index: in a collection) and the file's bytes; both are references of the caller's. NULL: it cannot be
 * read, or is empty, or too large. Safe from several threads. */
hb_face_t *font_files_face(struct font_files *f, const char *path, int index, hb_blob_t **blob);

#endif
