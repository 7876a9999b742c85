#include "write/pdf/pdf_profile.h"

#include <stddef.h>

const struct pdf_profile *pdf_profile_of(const struct pdf_options *o)
{
	/* print keeps to PDF 1.6 and a plain table, as PDF/X-4 and older RIPs like it */
	static const struct pdf_profile plain_print = { .name = "print", .version = "1.6" };
	static const struct pdf_profile x4 = { .name = "PDF/X-4", .version = "1.6", .pdfx = "PDF/X-4", .intent = "GTS_PDFX" };
	static const struct pdf_profile x1a = { .name = "PDF/X-1a:2003", .version = "1.4", .pdfx = "PDF/X-1a:2003",
	                                        .intent = "GTS_PDFX", .flat = true };
	static const struct pdf_profile plain_flat = { .name = "print", .version = "1.4", .flat = true };
	static const struct pdf_profile screen = { .name = "PDF/UA-1 and PDF/A-2a", .version = "1.7", .packed = true,
	                                           .intent = "GTS_PDFA1", .ua = 1, .a = 2, .a_level = 'A' };
	static const struct pdf_profile ua2 = { .name = "PDF/UA-2", .version = "2.0", .packed = true, .intent = "GTS_PDFA1",
	                                        .ua = 2 };
	static const struct pdf_profile booklet = { .name = "booklet", .version = "1.7" };
	static const struct pdf_profile proof = { .name = "proof", .version = "1.7", .packed = true };

	if (o->target == PDF_SCREEN)
		return o->ua2 ? &ua2 : &screen;
	if (o->target == PDF_BOOKLET)
		return &booklet;
	if (o->target == PDF_PROOF)
		return &proof;
	if (o->pdfx1a)
		return o->cmyk_profile != NULL ? &x1a : &plain_flat;
	return o->cmyk_profile != NULL ? &x4 : &plain_print;
}
