/* The file itself: header, objects, cross-reference table or stream, trailer. Streams, and dictionaries that are whole
 * at once, go out as soon as they are complete; others at the end, when everything that refers to them is known. */
#ifndef VERSTKA_WRITE_PDF_PDF_OUT_H
#define VERSTKA_WRITE_PDF_PDF_OUT_H

#include <hpdf.h>
#include <hpdf_objects.h>
#include <hpdf_pages.h>
#include <hpdf_streams.h>

#include "write/pdf/pdf_obj.h"

enum pdf_entry_type { ENTRY_NONE, ENTRY_PLAIN, ENTRY_PACKED };

/* Eight bytes: there may be a million. */
struct pdf_entry {
	uint32_t low;          /* ENTRY_PLAIN: [byte] in the file, with `high`; ENTRY_PACKED: the object stream's number */
	uint16_t high;         /* ENTRY_PACKED: index in the object stream */
	uint8_t type;          /* enum pdf_entry_type */
};

/* An object stream being filled. */
struct pdf_pack {
	struct buf head, body; /* numbers and places; the objects */
	unsigned id, n;        /* id 0: none is begun */
};

struct pdf_file {
	HPDF_Doc doc;
	HPDF_Stream sink;      /* writes to out */
	struct buf *out;
	struct diag_log *log;
	bool packed;           /* object streams and a cross-reference stream instead of a plain table */
	struct pdf_entry *entries; /* by object number */
	size_t n_entries, cap_entries;
	struct pdf_pack pack;
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

/* Writes one object now. Used by pdf_obj.c. */
bool pdf_emit(struct pdf_file *f, unsigned id, void *object);
/* Writes a stream now. keys: of its dictionary, its Length among them. */
void pdf_put_stream(struct pdf_file *f, unsigned id, const char *keys, const void *data, size_t len);
static inline unsigned pdf_number_of(const void *object) /* libharu's */
{
	return ((const HPDF_Obj_Header *)object)->obj_id & 0x00ffffffu;
}
/* libharu's object of that number; NULL: it has none. */
void *pdf_object_at(const struct pdf_file *f, unsigned id);

#endif
