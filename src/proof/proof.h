/* Finished pages to proof pages: two facing pages side by side on one larger page, with what is to be known of each line
 * drawn over and beside it, a strip that says what the marks are, and a last page that says it at length. Reads pages and
 * what layout noted of their lines (pages/lines.h); decides nothing, moves nothing. */
#ifndef VERSTKA_PROOF_PROOF_H
#define VERSTKA_PROOF_PROOF_H

#include "pages/pages.h"
#include "shape/shape.h"
#include "style/style.h"

/* The proof of `in`, which must outlive it (glyphs and pictures are shared), as must theme and shaper; pages_free. Marks are
 * fills of the colours "proof-..." at the end of its palette. NULL: the theme has no font for captions to letter it in,
 * logged. */
struct pages *proof_make(const struct pages *in, const struct theme *theme, struct fonts *fonts, struct shaper *shaper,
                         struct diag_log *log);

#endif
