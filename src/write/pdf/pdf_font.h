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
	uint8_t n_shown;   /* of shown */
	char shown[4];     /* those two bytes as they stand between ( and ) */
	uint32_t len;
	const char *text;  /* that it says, len bytes */
	int64_t width;     /* [1/1,000,000 em], as /W says */
};

/* Those of a face. */
struct pdf_codes {
	struct pdf_code *v;
	uint32_t *usual; /* by glyph: the first one it got, plus 1; nearly always the one that is asked for. 0: none */
	size_t n, n_usual;
};

/* Writes every font, from the codes of all pages and the subsets of faces, which are collected and made for the first of the
 * files that share them: job->fonts. Adds /Font to the resources. False with an error logged: a face may not be embedded
 * ("font-embedding") or cannot be subset. */
bool pdf_fonts_write(struct pdf_job *job);
void pdf_fonts_free(struct pdf_fonts *f);

const struct pdf_codes *pdf_fonts_codes(const struct pdf_fonts *f, const struct face *face);
/* The first code of a glyph, if that says the text; or NULL. No call is worth it: most texts are one character. */
static inline const struct pdf_code *pdf_codes_usual(const struct pdf_codes *c, uint32_t gid, const char *text, size_t len)
{
	const struct pdf_code *code = gid < c->n_usual && c->usual[gid] != 0 ? &c->v[c->usual[gid] - 1] : NULL;

	if (code == NULL || code->len != len)
		return NULL;
	for (size_t i = 0; i < len; i++)
		if (code->text[i] != text[i])
			return NULL;
	return code;
}

/* The code of a glyph that stands for text (a cluster of one glyph). */
const struct pdf_code *pdf_fonts_code(const struct pdf_fonts *f, const struct face *face, uint32_t gid,
                                      const char *text, size_t len);
/* [1/1,000,000 em], as its codes have it. */
static inline int64_t pdf_codes_width(const struct pdf_codes *c, uint32_t gid)
{
	return gid < c->n_usual && c->usual[gid] != 0 ? c->v[c->usual[gid] - 1].width : 0;
}
/* A text too long for ToUnicode, or several glyphs for one text: the text that each glyph's own code has. */
#define PDF_LONGEST_TEXT 48 /* [byte] */
#define PDF_NO_TEXT "\xe2\x80\x8b" /* U+200B: a glyph that adds nothing to its cluster's text */

#endif
