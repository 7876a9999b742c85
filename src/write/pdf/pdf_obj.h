/* libharu's object layer, tamed: no file besides pdf_out.c and pdf_obj.c names its types.
 * An object is written by ourselves as the verbatim body of a dictionary; libharu keeps the pages, the
 * catalog and what else is not whole before the end, and serialises these. Of objects that come by the hundred
 * thousand (elements, links, outline) it never knows: they have a number of its row, and go out when they are whole.
 * Errors are sticky: whatever fails on the way is seen at the end by pdf_finish. Memory comes from base/mem
 * and never runs out quietly. */
#ifndef VERSTKA_WRITE_PDF_PDF_OBJ_H
#define VERSTKA_WRITE_PDF_PDF_OBJ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/unit.h"

struct pdf_file; /* one document being written; see pdf_out.h for its life */

/* A dictionary object: its number and the text between << and >>, written when the file is saved,
 * so the body may be filled in any time before. body is never NULL. */
struct pdf_dict {
	unsigned id;
	struct buf *body;
};
struct pdf_dict pdf_dict_new(struct pdf_file *f);
/* The number of a dictionary still to come: others may refer to it from now on. */
unsigned pdf_number(struct pdf_file *f);
/* Sends that dictionary off, once; body: all between << and >>, and is empty afterwards. */
void pdf_put_dict(struct pdf_file *f, unsigned id, struct buf *body);

enum pdf_packing {
	PACK_NONE,    /* as it is */
	PACK_DEFLATE, /* compress here */
	PACK_READY    /* is compressed already; keys names the filter */
};
#define PDF_DEFLATED "/Filter /FlateDecode" /* of bytes that pdf_pack has packed */
/* A stream object, flushed to the output at once; keys: further text of its dictionary, or NULL. Its number. */
unsigned pdf_stream_new(struct pdf_file *f, const void *data, size_t len, const char *keys, enum pdf_packing packing);
void pdf_pack(struct pdf_file *f, const void *data, size_t len, struct buf *out); /* appends it, deflated */

/* A page; its dictionary's own text (boxes, Resources, Annots ...) may grow until the file is saved,
 * its content is given once. */
struct pdf_dict pdf_page_new(struct pdf_file *f);
void pdf_page_content(struct pdf_file *f, unsigned page, const struct buf *content);

struct buf *pdf_catalog(struct pdf_file *f); /* the catalog's own text */
struct buf *pdf_info(struct pdf_file *f);    /* the Info dictionary's */

/* Number in content and objects: v / 10^decimals, decimals <= 6, locale-free, no trailing zeros. */
void pdf_put_number(struct buf *b, int64_t v, int decimals);
/* A length in points with 3 decimals. */
void pdf_put_pt(struct buf *b, sp v);
void pdf_put_ref(struct buf *b, unsigned id); /* "12 0 R" */
/* A text string: <FEFF...> in UTF-16BE. At most 32,000 bytes (PDF/A limit): longer text is cut. */
void pdf_put_text(struct buf *b, const char *utf8, size_t len);
/* Digits alone, for CMaps: four; UTF-16BE. */
void pdf_put_hex16(struct buf *b, uint32_t v);
void pdf_put_utf16(struct buf *b, const char *utf8, size_t len);
/* A literal string of bytes, (...) with what must be escaped escaped. */
void pdf_put_literal(struct buf *b, const void *bytes, size_t len);
/* A name with / and #xx escapes, at most 127 bytes. */
void pdf_put_name(struct buf *b, const char *name);

#endif
