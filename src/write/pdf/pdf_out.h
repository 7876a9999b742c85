/* The file itself: header, objects, cross-reference table or stream, trailer. Streams go out as soon
 * as they are complete; dictionaries at the end, when everything that refers to them is known. */
#ifndef VERSTKA_WRITE_PDF_PDF_OUT_H
#define VERSTKA_WRITE_PDF_PDF_OUT_H

#include <hpdf.h>
#include <hpdf_objects.h>
#include <hpdf_pages.h>
#include <hpdf_streams.h>

#include "write/pdf/pdf_obj.h"

enum pdf_entry_type { ENTRY_NONE, ENTRY_PLAIN, ENTRY_PACKED };

struct pdf_entry {
	enum pdf_entry_type type;
	size_t offset;   /* [byte] in the file; packed: index in its object stream */
	unsigned stream; /* packed: the object stream's number */
};

struct pdf_file {
	HPDF_Doc doc;
	HPDF_Stream sink;      /* writes to out */
	struct buf *out;
	struct diag_log *log;
	bool packed;           /* object streams and a cross-reference stream instead of a plain table */
	struct pdf_entry *entries; /* by object number */
	size_t n_entries, cap_entries;
	struct buf *newest;    /* body of the dictionary made last */
	struct buf waste;      /* what bodies without an object are written to, after an error */
	struct libdeflate_compressor *packer; /* NULL: not needed yet */
	struct buf room;       /* for what it packs */
	bool failed;
};

/* version: "1.6". False with an error logged when libharu cannot be started. */
bool pdf_begin(struct pdf_file *f, const char *version, bool packed, struct buf *out, struct diag_log *log);
/* Writes all that is left; false with an error ("pdf") if libharu or we met any. */
bool pdf_finish(struct pdf_file *f);
void pdf_end(struct pdf_file *f); /* frees; also after a failure */

/* Writes one object now. Used by pdf_obj.c for streams. */
bool pdf_emit(struct pdf_file *f, unsigned id, void *object);
struct pdf_entry *pdf_entry_at(struct pdf_file *f, unsigned id);

#endif
