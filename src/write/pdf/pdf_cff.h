/* Just enough of a bare CFF program (Adobe Technical Note 5176) to know which code shows which glyph:
 * in a name-keyed program the code of a CIDFontType0 is the glyph id itself; in a CID-keyed one (Noto CJK)
 * it is the CID that the charset gives the glyph. */
#ifndef VERSTKA_WRITE_PDF_PDF_CFF_H
#define VERSTKA_WRITE_PDF_PDF_CFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pdf_cff {
	uint16_t *cids; /* by glyph id, CID-keyed programs only; else NULL */
	size_t n;
};

/* False if the data is not such a program. */
bool pdf_cff_read(const unsigned char *data, size_t len, struct pdf_cff *out);
uint16_t pdf_cff_cid(const struct pdf_cff *c, uint32_t gid);
void pdf_cff_free(struct pdf_cff *c);

#endif
