/* Addresses as authors write them -> addresses that may stand in an href (RFC 3986): known schemes
 * only, percent-encoded as they must be, host names beyond ASCII in their "xn--" form (RFC 3492). */
#ifndef VERSTKA_WRITE_EPUB_HREF_H
#define VERSTKA_WRITE_EPUB_HREF_H

#include "base/arena.h"

/* In the arena; NULL: no address a reader could follow, and the link is to be set as plain text. */
const char *href_clean(struct arena *a, const char *href);

#endif
