/* A page as a small picture: what is drawn as it is, words as bars as long as they are (greeked, as compositors say). */
#ifndef VERSTKA_REPORT_THUMB_H
#define VERSTKA_REPORT_THUMB_H

#include "base/buf.h"
#include "pages/pages.h"

/* Appends an <svg> of page `number` (from 1; it must be there) whose units are points, with no size of its own. */
void thumb_put(const struct pages *p, int number, struct buf *out);

#endif
