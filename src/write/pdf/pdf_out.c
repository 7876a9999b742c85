#include "write/pdf/pdf_out.h"

#include <string.h>

#include <libdeflate.h>

#include "base/mem.h"
#include "base/strmap.h"

#define OBJECTS_A_STREAM 200
#define MOST_OFFSET ((size_t)9999999999u) /* ten digits of a plain table */

static void *haru_alloc(HPDF_UINT size)
{
	return mem_alloc(size);
}

static void haru_free(void *p)
{
	mem_free(p);
}

static HPDF_STATUS sink_write(HPDF_Stream stream, const HPDF_BYTE *p, HPDF_UINT n)
{
	struct pdf_file *f = stream->attr;

	buf_put(f->out, p, n);
	return HPDF_OK;
}

bool pdf_begin(struct pdf_file *f, const char *version, bool packed, struct buf *out, struct diag_log *log)
{
	memset(f, 0, sizeof *f);
	f->out = out;
	f->log = log;
	f->packed = packed;
	buf_init(&f->waste);
	f->doc = HPDF_NewEx(NULL, haru_alloc, haru_free, 0, NULL);
	f->sink = f->doc != NULL ? HPDF_CallbackWriter_New(f->doc->mmgr, sink_write, f) : NULL;
	if (f->sink == NULL) {
		diag_fail(log, "pdf", DIAG_NOWHERE, "libharu cannot be started");
		pdf_end(f);
		return false;
	}
	/* its lists grow by a fixed step, copying all: quadratic unless the step is large */
	f->doc->xref->entries->items_per_block = 262144;
	if (HPDF_SetPagesConfiguration(f->doc, 50) != HPDF_OK)
		f->failed = true;
	buf_printf(out, "%%PDF-%s\n%%\xB7\xBE\xAD\xAA\n", version);
	return true;
}

struct pdf_entry *pdf_entry_at(struct pdf_file *f, unsigned id)
{
	if (id >= f->n_entries) {
		size_t more = (size_t)id + 1 - f->n_entries;

		VEC_ROOM(f->entries, f->n_entries, f->cap_entries, more);
		memset(f->entries + f->n_entries, 0, more * sizeof *f->entries);
		f->n_entries += more;
	}
	return &f->entries[id];
}

bool pdf_emit(struct pdf_file *f, unsigned id, void *object)
{
	struct pdf_entry *entry = pdf_entry_at(f, id);

	entry->type = ENTRY_PLAIN;
	entry->offset = f->out->len;
	buf_printf(f->out, "%u 0 obj\n", id);
	if (HPDF_Obj_WriteValue(object, f->sink, NULL) != HPDF_OK)
		f->failed = true;
	buf_puts(f->out, "\nendobj\n");
	return !f->failed;
}

static bool is_stream(void *object)
{
	const HPDF_Obj_Header *h = object;

	return (h->obj_class & HPDF_OCLASS_ANY) == HPDF_OCLASS_DICT && ((HPDF_Dict)object)->stream != NULL;
}

static void *object_at(struct pdf_file *f, unsigned id)
{
	HPDF_XrefEntry entry = HPDF_Xref_GetEntry(f->doc->xref, id);

	if (entry == NULL || entry->obj == NULL)
		f->failed = true;
	return entry != NULL ? entry->obj : NULL;
}

/* Everything that was not flushed on the way and may not or shall not be packed. */
static void emit_rest(struct pdf_file *f, unsigned count)
{
	for (unsigned id = 1; id < count && !f->failed; id++) {
		void *object = object_at(f, id);

		if (object != NULL && pdf_entry_at(f, id)->type == ENTRY_NONE && (!f->packed || is_stream(object)))
			pdf_emit(f, id, object);
	}
}

static void put_deflated_stream(struct pdf_file *f, const char *keys, const struct buf *body)
{
	buf_clear(&f->room);
	pdf_pack(f, body->data, body->len, &f->room);
	buf_printf(f->out, "<<%s " PDF_DEFLATED " /Length %zu>>\nstream\n", keys, f->room.len);
	buf_put(f->out, f->room.data, f->room.len);
	buf_puts(f->out, "\nendstream");
}

/* Up to 200 objects from *from on into one object stream (ISO 32000-1, 7.5.7) numbered `id`; false if
 * none was left. */
static bool pack_some(struct pdf_file *f, unsigned id, unsigned *from, unsigned count)
{
	struct buf head, body, keys, *file = f->out;
	unsigned n = 0;

	buf_init(&head);
	buf_init(&body);
	buf_init(&keys);
	f->out = &body;
	for (; *from < count && n < OBJECTS_A_STREAM && !f->failed; ++*from) {
		struct pdf_entry *entry = pdf_entry_at(f, *from);
		void *object = object_at(f, *from);

		if (entry->type != ENTRY_NONE || object == NULL)
			continue;
		entry->type = ENTRY_PACKED;
		entry->stream = id;
		entry->offset = n++;
		buf_printf(&head, "%u %zu ", *from, body.len);
		if (HPDF_Obj_WriteValue(object, f->sink, NULL) != HPDF_OK)
			f->failed = true;
		buf_putc(&body, '\n');
	}
	f->out = file;
	if (n > 0) {
		struct pdf_entry *entry = pdf_entry_at(f, id);

		entry->type = ENTRY_PLAIN;
		entry->offset = file->len;
		buf_printf(&keys, "/Type /ObjStm /N %u /First %zu", n, head.len);
		buf_put(&head, body.data, body.len);
		buf_printf(file, "%u 0 obj\n", id);
		put_deflated_stream(f, keys.data, &head);
		buf_puts(file, "\nendobj\n");
	}
	buf_free(&head);
	buf_free(&body);
	buf_free(&keys);
	return n > 0;
}

/* Root, Info and ID (from all bytes so far: the same file has the same ID). */
static void put_trailer_keys(struct pdf_file *f, struct buf *b)
{
	uint64_t half[2];

	half[0] = strmap_hash(f->out->data, f->out->len);
	half[1] = strmap_hash(f->out->data, f->out->len / 2) * 0x9e3779b97f4a7c15u ^ strmap_hash(half, sizeof half[0]);
	buf_puts(b, "/Root ");
	pdf_put_ref(b, f->doc->catalog->header.obj_id & 0x00ffffffu);
	if (f->doc->info != NULL) {
		buf_puts(b, " /Info ");
		pdf_put_ref(b, f->doc->info->header.obj_id & 0x00ffffffu);
	}
	buf_puts(b, " /ID [");
	for (int twice = 0; twice < 2; twice++) {
		buf_putc(b, '<');
		for (int i = 0; i < 16; i++)
			buf_printf(b, "%02X", (unsigned)(half[i / 8] >> (56 - 8 * (i % 8)) & 0xff));
		buf_putc(b, '>');
	}
	buf_putc(b, ']');
}

static void put_xref_stream(struct pdf_file *f, unsigned id)
{
	struct buf rows, keys;
	size_t start = f->out->len;
	struct pdf_entry *self = pdf_entry_at(f, id);

	self->type = ENTRY_PLAIN;
	self->offset = start;
	buf_init(&rows);
	buf_init(&keys);
	for (unsigned i = 0; i <= id; i++) {
		const struct pdf_entry *e = pdf_entry_at(f, i);
		uint64_t where = e->type == ENTRY_PACKED ? e->stream : e->offset;
		unsigned last = e->type == ENTRY_PACKED ? (unsigned)e->offset : i == 0 ? 65535 : 0;

		buf_putc(&rows, (char)(e->type == ENTRY_PACKED ? 2 : e->type == ENTRY_PLAIN ? 1 : 0));
		for (int shift = 32; shift >= 0; shift -= 8)
			buf_putc(&rows, (char)(where >> shift & 0xff));
		buf_putc(&rows, (char)(last >> 8 & 0xff));
		buf_putc(&rows, (char)(last & 0xff));
	}
	buf_printf(&keys, "/Type /XRef /Size %u /W [1 5 2] ", id + 1);
	put_trailer_keys(f, &keys);
	buf_printf(f->out, "%u 0 obj\n", id);
	put_deflated_stream(f, keys.data, &rows);
	buf_printf(f->out, "\nendobj\nstartxref\n%zu\n%%%%EOF\n", start);
	buf_free(&rows);
	buf_free(&keys);
}

static void put_xref_table(struct pdf_file *f, unsigned count)
{
	struct buf keys;
	size_t start = f->out->len;

	buf_init(&keys);
	put_trailer_keys(f, &keys);
	buf_printf(f->out, "xref\n0 %u\n0000000000 65535 f\r\n", count);
	for (unsigned i = 1; i < count; i++)
		buf_printf(f->out, "%010zu 00000 n\r\n", pdf_entry_at(f, i)->offset);
	buf_printf(f->out, "trailer\n<</Size %u %s>>\nstartxref\n%zu\n%%%%EOF\n", count, keys.data, start);
	buf_free(&keys);
}

bool pdf_finish(struct pdf_file *f)
{
	unsigned count = f->doc->xref->entries->count, next = count, from = 1;
	HPDF_STATUS error;

	emit_rest(f, count);
	if (f->packed) {
		while (!f->failed && pack_some(f, next, &from, count))
			next++;
		if (!f->failed)
			put_xref_stream(f, next);
	} else if (!f->failed) {
		put_xref_table(f, count);
	}
	error = HPDF_GetError(f->doc);
	if (error != HPDF_OK || f->failed || f->out->len > MOST_OFFSET) {
		diag_fail(f->log, "pdf", DIAG_NOWHERE, "the PDF cannot be written (libharu error %04X)", (unsigned)error);
		return false;
	}
	return true;
}

void pdf_end(struct pdf_file *f)
{
	if (f->sink != NULL)
		HPDF_Stream_Free(f->sink);
	if (f->doc != NULL)
		HPDF_Free(f->doc);
	mem_free(f->entries);
	buf_free(&f->waste);
	buf_free(&f->room);
	libdeflate_free_compressor(f->packer);
	memset(f, 0, sizeof *f);
}
