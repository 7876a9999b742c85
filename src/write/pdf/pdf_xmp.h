/* The XMP packet (ISO 16684-1): what the file says about itself in XML, and which standards it claims. */
#ifndef VERSTKA_WRITE_PDF_PDF_XMP_H
#define VERSTKA_WRITE_PDF_PDF_XMP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "write/pdf/pdf_profile.h"

/* All strings UTF-8, borrowed; NULL or empty: left out. */
struct pdf_about {
	const char *title, *author, *subject, *keywords, *producer, *language;
	const char *title_lang, *subject_lang; /* if not the document's language */
	const char *date;      /* "2014-06-09T00:00:00Z" */
	const char *trapped;   /* "False" */
	bool translated;       /* a translation of the document `source` */
	uint64_t source[2];
	uint64_t document[2];  /* the same for every build of this document */
	uint64_t instance[2];  /* of these very bytes */
};

void pdf_xmp_put(struct buf *x, const struct pdf_about *a, const struct pdf_profile *profile);

#endif
