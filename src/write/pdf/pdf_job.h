/* One PDF being made: what its parts share. Borrowed but for what pdf.c frees at the end. */
#ifndef VERSTKA_WRITE_PDF_PDF_JOB_H
#define VERSTKA_WRITE_PDF_PDF_JOB_H

#include "image/icc.h"
#include "write/pdf/pdf.h"
#include "write/pdf/pdf_obj.h"
#include "write/pdf/pdf_profile.h"

struct pdf_flow;
struct pdf_fonts;
struct pdf_images;
struct pdf_tags;
struct pdf_nav;

struct pdf_shared {
	struct pdf_fonts *fonts; /* NULL: not made yet */
	bool several;            /* files will ask for them */
	struct pdf_runs *runs;   /* of pages that several files have; or NULL */
};

struct pdf_job {
	const struct pages *pages;
	const struct doc *doc;
	const struct pdf_options *options;
	const struct pdf_profile *profile; /* the standards it is to keep */
	struct diag_log *log;
	struct pdf_file *file;
	struct arena arena;     /* of this file */
	bool screen;
	unsigned marks;         /* XObject that all pages show, 0: none */
	struct pdf_marks_type *marks_type; /* what their words are set in */
	struct icc press;       /* the printing condition's profile; data NULL: none */
	sp margin;              /* from the media's edge to the trim */
	sp media_w, media_h;
	struct pdf_dict resources; /* one dictionary for all pages */
	unsigned *page_ids;     /* object numbers, by page */
	struct pdf_dict *page_dicts;
	struct pdf_flow *flow;
	struct pdf_shared *shared;
	struct pdf_fonts *fonts; /* shared */
	struct pdf_images *images;
	struct pdf_tags *tags;  /* NULL: not tagged */
	struct pdf_nav *nav;    /* NULL: nothing active */
};

#endif
