/* An XMP packet: the properties a print file must have. By libxml2; no network, no entities. */
#ifndef VERSTKA_PREFLIGHT_PF_XMP_H
#define VERSTKA_PREFLIGHT_PF_XMP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* UTF-8 in the arena; NULL: not there. Of lists the first entry. */
struct pf_xmp {
	const char *title, *author, *subject, *keywords, *producer, *tool, *created, *modified, *dated, *trapped;
	const char *document, *version, *rendition, *pdfx, *ua_part, *ua_year, *a_part, *a_level;
};
bool pf_xmp_read(const void *data, size_t len, struct arena *a, struct pf_xmp *out); /* false: not well-formed */

#endif
