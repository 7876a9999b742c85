/* Is a font what its tables say? Libraries draw nothing, or anything, from tables that are damaged, and call it done: the
 * page would be blank. What is looked at is little, since every run of the program opens a dozen faces. */
#ifndef VERSTKA_FONT_SOUNDNESS_H
#define VERSTKA_FONT_SOUNDNESS_H

#include <ft2build.h>
#include FT_FREETYPE_H
#include <hb.h>
#include <stdbool.h>

/* What is wrong with it, to follow its file's name ("has ...", "is damaged ..."); static; NULL: nothing. The scale of hb is 1 em = upem. */
const char *soundness_fault(FT_Face ft, hb_face_t *face, hb_font_t *font, bool is_cff);

#endif
