#include "write/pdf/pdf_out.h"

#include <stdio.h>
#include <string.h>

#include <libdeflate.h>

#include "base/mem.h"
#include "base/strmap.h"

#define OBJECTS_A_STREAM 200
#define ENTRIES_A_STEP 16384               /* libharu's list of objects grows by so many, copying all */
#define MOST_OBJECTS 8388607               /* ISO 32000-1, annex C */
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
	f->doc->xref->entries->items_per_block = ENTRIES_A_STEP;
	if (HPDF_SetPagesConfiguration(f->doc, 50) != HPDF_OK)
		f->failed = true;
	buf_printf(out, "%%PDF-%s\n%%\xB7\xBE\xAD\xAA\n", version);
	return true;
}

/* ---- numbers ------------------------------------------------------------------------------------------------- */

/* libharu numbers its objects by how many it has, from start_offset on: moving that leaves numbers out for us. */
static unsigned numbers_given(const struct pdf_file *f)
{
	return f->doc->xref->start_offset + f->doc->xref->entries->count;
}

unsigned pdf_number(struct pdf_file *f)
{
	unsigned id = numbers_given(f);

	f->failed = f->failed || id > MOST_OBJECTS;
	f->doc->xref->start_offset++;
	return id;
}

/* The i-th of libharu's objects. Its first entry is the head of the free ones. */
static void *nth_object(const struct pdf_file *f, unsigned i)
{
	HPDF_XrefEntry entry = HPDF_Xref_GetEntry(f->doc->xref, i);

	return entry != NULL ? entry->obj : NULL;
}

void *pdf_object_at(const struct pdf_file *f, unsigned id)
{
	unsigned low = 1, high = f->doc->xref->entries->count;

	while (low < high) {
		unsigned mid = low + (high - low) / 2;
		void *object = nth_object(f, mid);

		if (object == NULL || pdf_number_of(object) == id)
			return object;
		if (pdf_number_of(object) < id)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

static struct pdf_entry *entry_at(struct pdf_file *f, unsigned id)
{
	if (id >= f->n_entries) {
		size_t more = (size_t)id + 1 - f->n_entries;

		VEC_ROOM(f->entries, f->n_entries, f->cap_entries, more);
		memset(f->entries + f->n_entries, 0, more * sizeof *f->entries);
		f->n_entries += more;
	}
	return &f->entries[id];
}

/* ---- objects ------------------------------------------------------------------------------------------------- */

/* What is written next is object `id`, by itself. */
static void begin_plain(struct pdf_file *f, unsigned id)
{
	size_t at = f->out->len;

	*entry_at(f, id) = (struct pdf_entry){ (uint32_t)at, (uint16_t)(at >> 32), ENTRY_PLAIN };
	buf_printf(f->out, "%u 0 obj\n", id);
}

bool pdf_emit(struct pdf_file *f, unsigned id, void *object)
{
	begin_plain(f, id);
	if (HPDF_Obj_WriteValue(object, f->sink, NULL) != HPDF_OK)
		f->failed = true;
	buf_puts(f->out, "\nendobj\n");
	return !f->failed;
}

void pdf_put_stream(struct pdf_file *f, unsigned id, const char *keys, const void *data, size_t len)
{
	begin_plain(f, id);
	buf_printf(f->out, "<<%s>>\nstream\n", keys);
	buf_put(f->out, data, len);
	buf_puts(f->out, "\nendstream\nendobj\n");
}

static void put_deflated_stream(struct pdf_file *f, const char *keys, const struct buf *body)
{
	buf_clear(&f->room);
	pdf_pack(f, body->data, body->len, &f->room);
	buf_printf(f->out, "<<%s " PDF_DEFLATED " /Length %zu>>\nstream\n", keys, f->room.len);
	buf_put(f->out, f->room.data, f->room.len);
	buf_puts(f->out, "\nendstream");
}

/* Object streams: ISO 32000-1, 7.5.7. */
static void end_pack(struct pdf_file *f)
{
	struct pdf_pack *p = &f->pack;
	char keys[80];

	if (p->id == 0)
		return;
	snprintf(keys, sizeof keys, "/Type /ObjStm /N %u /First %zu", p->n, p->head.len);
	buf_put(&p->head, p->body.data, p->body.len);
	begin_plain(f, p->id);
	put_deflated_stream(f, keys, &p->head);
	buf_puts(f->out, "\nendobj\n");
	buf_clear(&p->head);
	buf_clear(&p->body);
	p->id = p->n = 0;
}

/* What is written next into pack.body is object `id`. */
static void begin_packed(struct pdf_file *f, unsigned id)
{
	struct pdf_pack *p = &f->pack;

	if (p->n == OBJECTS_A_STREAM)
		end_pack(f);
	if (p->id == 0)
		p->id = pdf_number(f);
	*entry_at(f, id) = (struct pdf_entry){ p->id, (uint16_t)p->n++, ENTRY_PACKED };
	buf_printf(&p->head, "%u %zu ", id, p->body.len);
}

static void pack_object(struct pdf_file *f, unsigned id, void *object)
{
	struct buf *file = f->out;

	begin_packed(f, id);
	f->out = &f->pack.body;
	if (HPDF_Obj_WriteValue(object, f->sink, NULL) != HPDF_OK)
		f->failed = true;
	f->out = file;
	buf_putc(&f->pack.body, '\n');
}

void pdf_put_dict(struct pdf_file *f, unsigned id, struct buf *body)
{
	struct buf *to = f->packed ? &f->pack.body : f->out;

	if (f->packed)
		begin_packed(f, id);
	else
		begin_plain(f, id);
	buf_puts(to, "<<");
	buf_put(to, body->data, body->len);
	buf_puts(to, f->packed ? ">>\n" : ">>\nendobj\n");
	buf_clear(body);
}

static bool is_stream(void *object)
{
	const HPDF_Obj_Header *h = object;

	return (h->obj_class & HPDF_OCLASS_ANY) == HPDF_OCLASS_DICT && ((HPDF_Dict)object)->stream != NULL;
}

/* libharu's that were not flushed on the way. */
static void emit_rest(struct pdf_file *f)
{
	unsigned count = f->doc->xref->entries->count;

	for (unsigned i = 1; i < count && !f->failed; i++) {
		void *object = nth_object(f, i);

		if (object == NULL)
			f->failed = true;
		else if (entry_at(f, pdf_number_of(object))->type != ENTRY_NONE)
			continue;
		else if (f->packed && !is_stream(object))
			pack_object(f, pdf_number_of(object), object);
		else
			pdf_emit(f, pdf_number_of(object), object);
	}
	end_pack(f);
}

/* A number that was given, and no object came. */
static bool is_any_missing(struct pdf_file *f)
{
	for (unsigned id = 1; id < numbers_given(f); id++)
		if (entry_at(f, id)->type == ENTRY_NONE)
			return true;
	return false;
}

/* ---- the end --------------------------------------------------------------------------------------------------- */

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

static uint64_t offset_of(const struct pdf_entry *e)
{
	return (uint64_t)e->high << 32 | e->low;
}

static void put_xref_stream(struct pdf_file *f, unsigned id)
{
	struct buf rows, keys;
	size_t start = f->out->len;

	begin_plain(f, id);
	buf_init(&rows);
	buf_init(&keys);
	for (unsigned i = 0; i <= id; i++) {
		const struct pdf_entry *e = entry_at(f, i);
		uint64_t where = e->type == ENTRY_PACKED ? e->low : offset_of(e);
		unsigned last = e->type == ENTRY_PACKED ? e->high : i == 0 ? 65535 : 0;

		buf_putc(&rows, (char)(e->type == ENTRY_PACKED ? 2 : e->type == ENTRY_PLAIN ? 1 : 0));
		for (int shift = 32; shift >= 0; shift -= 8)
			buf_putc(&rows, (char)(where >> shift & 0xff));
		buf_putc(&rows, (char)(last >> 8 & 0xff));
		buf_putc(&rows, (char)(last & 0xff));
	}
	buf_printf(&keys, "/Type /XRef /Size %u /W [1 5 2] ", id + 1);
	put_trailer_keys(f, &keys);
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
		buf_printf(f->out, "%010llu 00000 n\r\n", (unsigned long long)offset_of(entry_at(f, i)));
	buf_printf(f->out, "trailer\n<</Size %u %s>>\nstartxref\n%zu\n%%%%EOF\n", count, keys.data, start);
	buf_free(&keys);
}

bool pdf_finish(struct pdf_file *f)
{
	HPDF_STATUS error;

	emit_rest(f);
	f->failed = f->failed || is_any_missing(f);
	if (f->packed && !f->failed)
		put_xref_stream(f, pdf_number(f));
	else if (!f->failed)
		put_xref_table(f, numbers_given(f));
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
	buf_free(&f->pack.head);
	buf_free(&f->pack.body);
	buf_free(&f->waste);
	buf_free(&f->room);
	libdeflate_free_compressor(f->packer);
	memset(f, 0, sizeof *f);
}
