/* Pages to PDF, for the press (CMYK, boxes, marks, nothing active) or for the screen (RGB, tagged,
 * links, outline). Decides nothing about layout: every glyph stands where struct pages says. */
#ifndef VERSTKA_WRITE_PDF_PDF_H
#define VERSTKA_WRITE_PDF_PDF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/kept.h"
#include "doc/doc.h"
#include "pages/pages.h"

enum pdf_target { PDF_PRINT, PDF_SCREEN, PDF_BOOKLET /* pages of the print edition, two by two */,
                  PDF_PROOF /* as on the screen, untagged: marks lie among the text */ };
enum pdf_sheet { SHEET_AUTO /* the least that holds two pages */, SHEET_A4, SHEET_A3 /* pages made smaller, if need be */ };

/* What files made from the same pages have in common, made once and kept for the next: their fonts. */
struct pdf_shared;
struct pdf_shared *pdf_shared_new(bool several); /* PDFs will be made */
void pdf_shared_free(struct pdf_shared *s); /* NULL is fine */

struct pdf_options {
	enum pdf_target target;
	bool marks;           /* print: crop marks in a slug of 10 mm around the bleed */
	enum pdf_sheet sheet; /* booklet */
	sp caliper;           /* booklet: thickness of a leaf */
	sp inner;             /* booklet: margin of the pages at the fold */
	bool ua2;             /* screen: PDF 2.0 and PDF/UA-2 in the place of PDF/UA-1 and PDF/A-2a */
	bool pdfx1a;          /* print: PDF/X-1a:2003 in the place of PDF/X-4 */
	const char *name;     /* print: of the job, for the slug; or NULL */
	const char *producer; /* "verstka 0.1", or NULL: none written */
	const char *date;     /* ISO 8601 in UTC, "2014-06-09T00:00:00Z", or NULL: no dates written */
	const char *back_to_text; /* screen: what the link at a note's number says, the number follows; or NULL: English */
	const void *cmyk_profile; /* ICC profile of the printing condition, CMYK, that pictures are converted to (on the
	                             screen: from), or NULL: by the formulas of pdf_colour.h; borrowed */
	size_t cmyk_profile_len;  /* [byte] */
	const char *condition;      /* print: the printing condition in the ICC's registry ("FOGRA39"), or NULL: not in it */
	const char *condition_info; /* print: what a person calls it, or NULL */
	int32_t ink_limit;          /* [1/1000] of all inks together in one place */
	struct pdf_shared *shared;  /* between calls one after the other with these very pages; or NULL */
	struct kept *kept;          /* for files of several editions, also at the same time; or NULL */
};

/* The whole file, appended to out (which must be empty). False, with an error logged ("pdf",
 * "font-embedding", "image-broken" ...), when there is none; out then holds nothing of use. */
bool pdf_write(const struct pages *p, const struct doc *d, const struct pdf_options *o, struct buf *out,
               struct diag_log *log);

#endif
