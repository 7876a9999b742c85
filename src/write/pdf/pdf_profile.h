/* The standards a file claims to keep, and what that claim asks of its parts. One row for each, so that
 * no writer asks "print or screen?" where it means "PDF/X-4?". */
#ifndef VERSTKA_WRITE_PDF_PDF_PROFILE_H
#define VERSTKA_WRITE_PDF_PDF_PROFILE_H

#include <stdbool.h>

#include "write/pdf/pdf.h"

struct pdf_profile {
	const char *name;     /* for messages: "PDF/X-4" */
	const char *version;  /* of the header: "1.6" */
	bool packed;          /* object streams and a cross-reference stream */
	const char *pdfx;     /* GTS_PDFXVersion, or NULL: not a PDF/X file */
	const char *intent;   /* S of the output intent: "GTS_PDFX", or NULL: none is written */
	bool flat;            /* no transparency: pictures are blended with what lies below them */
	int ua;               /* part of PDF/UA, 0: not claimed */
	int a;                /* part of PDF/A, 0: not claimed */
	char a_level;         /* its conformance: 'A', 'U', 'B' */
};

/* A print file without an output profile claims nothing: there is no PDF/X without one. Never NULL. */
const struct pdf_profile *pdf_profile_of(const struct pdf_options *o);

#endif
