/* The output intent: which colours the numbers in the file mean (ISO 32000-1, 14.11.5). */
#ifndef VERSTKA_WRITE_PDF_PDF_INTENT_H
#define VERSTKA_WRITE_PDF_PDF_INTENT_H

#include "write/pdf/pdf_job.h"

/* Embeds the job's output profile, sRGB for the screen, and names it in the catalog, as the job's profile asks.
 * False with an error logged ("pdf") if that profile is none. */
bool pdf_intent_write(struct pdf_job *job);

#endif
