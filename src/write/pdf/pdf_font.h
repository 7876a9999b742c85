/* Faces to Type0 fonts by glyph id (ISO 32000-1, 9.7): which code shows which glyph and says which text,
 * the subset programs, widths and ToUnicode maps.
 *
 * TrueType: a code for every (glyph, text) pair, mapped to the glyph by CIDToGIDMap, so that one glyph can
 * say "-" in one place and U+00AD in another. CFF has no such map: its code is the glyph itself, the first
 * text seen with it goes to ToUnicode and every other text needs an ActualText around it. */
#ifndef VERSTKA_WRITE_PDF_PDF_FONT_H
#define VERSTKA_WRITE_PDF_PDF_FONT_H

#include "write/pdf/pdf_flow.h"
#include "write/pdf/pdf_job.h"

struct pdf_code {
	uint32_t gid;
	uint16_t cid;      /* two bytes of the string shown */
	bool tells_all;    /* ToUnicode gives exactly this text; else ActualText is needed */
	int64_t width;     /* [1/1,000,000 em], as /W says */
};

/* Writes every font, from the codes of all pages and the subsets of faces, which are collected and made for the first of the
 * files that share them: job->fonts. Adds /Font to the resources. False with an error logged: a face may not be embedded
 * ("font-embedding") or cannot be subset. */
bool pdf_fonts_write(struct pdf_job *job);
void pdf_fonts_free(struct pdf_fonts *f);

/* The code of a glyph that stands for text (a cluster of one glyph). */
const struct pdf_code *pdf_fonts_code(const struct pdf_fonts *f, const struct face *face, uint32_t gid,
                                      const char *text, size_t len);
/* [1/1,000,000 em], as its codes have it. */
int64_t pdf_fonts_width(const struct pdf_fonts *f, const struct face *face, uint32_t gid);
/* A text too long for ToUnicode, or several glyphs for one text: the text that each glyph's own code has. */
#define PDF_LONGEST_TEXT 48 /* [byte] */
#define PDF_NO_TEXT "\xe2\x80\x8b" /* U+200B: a glyph that adds nothing to its cluster's text */

#endif
