/* Fonts against the programs embedded for them (P-40, P-42; A-23), and what their codes mean. */
#ifndef VERSTKA_PREFLIGHT_PF_FONT_H
#define VERSTKA_PREFLIGHT_PF_FONT_H

#include "preflight/pf.h"

struct pf_font; /* of the file, until pf_font_close */

/* The font of this name in the resources; NULL if what it shows cannot be followed: only composite fonts whose codes are
 * CIDs (Identity-H) can, if their program can be read. Tells, the first time, what is wrong with the program. */
struct pf_font *pf_font_named(struct pf *p, pf_obj resources, const char *name);
/* Looks at the glyphs of a Tj or TJ. operands: as they stand there. visible: not only laid over a scan. Returns how far the
 * pen moves [1/1000 of the size]. */
double pf_font_show(struct pf *p, struct pf_font *font, const unsigned char *operands, size_t len, bool visible);
/* All fonts' programs. */
void pf_font_close(struct pf *p);

#endif
