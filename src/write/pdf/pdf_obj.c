#include "write/pdf/pdf_obj.h"

#include <stdio.h>
#include <string.h>

#include <libdeflate.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "write/pdf/pdf_out.h"

/* Fixed: the same input must give the same bytes. 4 takes 1.7 times as long for two bytes in a hundred, 6 twice and a half
 * for six. */
#define DEFLATE_LEVEL 1
#define MOST_STRING 32000

/* What hangs on a dictionary's attr: its own text; a content stream's also holds its page's, because a
 * page's attr is libharu's. */
struct own_text {
	struct buf body, page;
};

static HPDF_STATUS write_bytes(HPDF_Stream stream, const struct buf *b)
{
	/* HPDF_UINT counts 32 bits, and a body over 4 GB is no body */
	if (b->len > 0xffffffffu)
		return HPDF_SetError(stream->error, HPDF_FILE_IO_ERROR, 0);
	return b->len == 0 ? HPDF_OK : HPDF_Stream_Write(stream, (HPDF_BYTE *)b->data, (HPDF_UINT)b->len);
}

static HPDF_STATUS write_own(HPDF_Dict dict, HPDF_Stream stream)
{
	const struct own_text *own = dict->attr;

	return write_bytes(stream, &own->body);
}

static HPDF_STATUS write_page(HPDF_Dict dict, HPDF_Stream stream)
{
	const HPDF_PageAttr_Rec *attr = dict->attr;
	const struct own_text *own = attr->contents->attr;

	return write_bytes(stream, &own->page);
}

static void free_own(HPDF_Dict dict)
{
	struct own_text *own = dict->attr;

	if (own == NULL)
		return;
	buf_free(&own->body);
	buf_free(&own->page);
	mem_free(own);
	dict->attr = NULL;
}

static struct own_text *give_own_text(HPDF_Dict dict)
{
	struct own_text *own = mem_zalloc(1, sizeof *own);

	buf_init(&own->body);
	buf_init(&own->page);
	dict->attr = own;
	dict->write_fn = write_own;
	dict->free_fn = free_own;
	return own;
}

struct pdf_dict pdf_dict_new(struct pdf_file *f)
{
	HPDF_Dict dict = f->failed ? NULL : HPDF_Dict_New(f->doc->mmgr);
	struct own_text *own;

	/* HPDF_Xref_Add frees the object when it fails */
	if (dict == NULL || HPDF_Xref_Add(f->doc->xref, dict) != HPDF_OK) {
		f->failed = true;
		return (struct pdf_dict){ 0, &f->waste };
	}
	own = give_own_text(dict);
	if (f->newest != NULL) /* all that it will say has mostly been said */
		buf_fit(f->newest);
	f->newest = &own->body;
	return (struct pdf_dict){ pdf_number_of(dict), &own->body };
}

void pdf_pack(struct pdf_file *f, const void *data, size_t len, struct buf *out)
{
	size_t most;

	if (f->packer == NULL)
		f->packer = libdeflate_alloc_compressor(DEFLATE_LEVEL);
	if (f->packer == NULL)
		mem_fail();
	most = libdeflate_zlib_compress_bound(f->packer, len);
	VEC_ROOM(out->data, out->len, out->cap, most + 1);
	out->len += libdeflate_zlib_compress(f->packer, data, len, out->data + out->len, most);
	out->data[out->len] = '\0';
}

unsigned pdf_stream_new(struct pdf_file *f, const void *data, size_t len, const char *keys, enum pdf_packing packing)
{
	unsigned id = pdf_number(f);
	struct buf all;

	buf_init(&all);
	if (keys != NULL) {
		buf_puts(&all, keys);
		buf_putc(&all, '\n');
	}
	if (packing == PACK_DEFLATE) {
		buf_puts(&all, PDF_DEFLATED "\n");
		buf_clear(&f->room);
		pdf_pack(f, data, len, &f->room);
		data = f->room.data;
		len = f->room.len;
	}
	/* in its dictionary, though a reference would do: some readers want the length before they can unpack anything */
	buf_printf(&all, "/Length %zu", len);
	pdf_put_stream(f, id, all.data, data, len);
	buf_free(&all);
	return id;
}

struct pdf_dict pdf_page_new(struct pdf_file *f)
{
	HPDF_Page page = f->failed ? NULL : HPDF_AddPage(f->doc);
	HPDF_PageAttr attr;
	struct own_text *own;

	if (page == NULL) {
		f->failed = true;
		return (struct pdf_dict){ 0, &f->waste };
	}
	/* libharu's own entries: float boxes, inline Resources with a ProcSet; ours are exact and shared */
	HPDF_Dict_RemoveElement(page, "MediaBox");
	HPDF_Dict_RemoveElement(page, "Resources");
	attr = page->attr;
	own = give_own_text(attr->contents);
	page->write_fn = write_page;
	return (struct pdf_dict){ pdf_number_of(page), &own->page };
}

void pdf_page_content(struct pdf_file *f, unsigned page, const struct buf *content)
{
	HPDF_Dict dict = pdf_object_at(f, page);
	HPDF_PageAttr attr;
	HPDF_Number length; /* libharu's */
	char keys[80];

	if (f->failed || dict == NULL)
		return;
	attr = dict->attr;
	length = HPDF_Dict_GetItem(attr->contents, "Length", HPDF_OCLASS_NUMBER);
	if (length == NULL) {
		f->failed = true;
		return;
	}
	buf_clear(&f->room);
	pdf_pack(f, content->data, content->len, &f->room);
	if (f->room.len > INT32_MAX) { /* the most that libharu's number can say */
		f->failed = true;
		return;
	}
	snprintf(keys, sizeof keys, PDF_DEFLATED "\n/Length %u 0 R", pdf_number_of(length));
	pdf_put_stream(f, pdf_number_of(attr->contents), keys, f->room.data, f->room.len);
	HPDF_Number_SetValue(length, (HPDF_INT32)f->room.len);
	pdf_emit(f, pdf_number_of(length), length); /* plain even in a packed file */
}

struct buf *pdf_catalog(struct pdf_file *f)
{
	struct own_text *own;

	if (f->failed)
		return &f->waste;
	own = f->doc->catalog->attr != NULL ? f->doc->catalog->attr : give_own_text(f->doc->catalog);
	return &own->body;
}

struct buf *pdf_info(struct pdf_file *f)
{
	HPDF_Dict info = f->failed ? NULL : f->doc->info;
	struct own_text *own;

	if (info == NULL)
		return &f->waste;
	if (info->attr == NULL) {
		HPDF_Dict_RemoveElement(info, "Producer");
		own = give_own_text(info);
	} else {
		own = info->attr;
	}
	return &own->body;
}

void pdf_put_number(struct buf *b, int64_t v, int decimals)
{
	enum { MOST = 32 };
	char t[2 * MOST] = "", *p = t + MOST; /* its second half stays empty: so as much may be copied from wherever p stands */
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	bool any = false;

	for (int i = 0; i < decimals; i++, u /= 10) {
		if (any || u % 10 != 0) {
			*--p = (char)('0' + u % 10);
			any = true;
		}
	}
	if (any)
		*--p = '.';
	if (!any || u != 0)
		do
			*--p = (char)('0' + u % 10);
		while ((u /= 10) != 0);
	if (v < 0)
		*--p = '-';
	VEC_ROOM(b->data, b->len, b->cap, MOST);
	memcpy(b->data + b->len, p, MOST);
	b->len += (size_t)(t + MOST - p);
}

void pdf_put_pt(struct buf *b, sp v)
{
	pdf_put_number(b, unit_scale(v, 1000, SP_ONE), 3);
}

void pdf_put_ref(struct buf *b, unsigned id)
{
	buf_put_int(b, id);
	buf_puts(b, " 0 R");
}

void pdf_put_hex16(struct buf *b, uint32_t v)
{
	static const char digits[] = "0123456789ABCDEF";
	const char t[4] = { digits[v >> 12 & 15], digits[v >> 8 & 15], digits[v >> 4 & 15], digits[v & 15] };

	buf_put(b, t, 4);
}

void pdf_put_utf16(struct buf *b, const char *utf8, size_t len)
{
	for (size_t i = 0, n; i < len; i += n) {
		uint32_t c = utf8_decode(utf8 + i, len - i, &n);

		if (c == 0xfeff) /* in a text the older name of U+2060; PDF/UA and PDF/A take it for a mark of byte order out of place */
			c = 0x2060;
		if (c >= 0x10000) {
			pdf_put_hex16(b, 0xd800 + ((c - 0x10000) >> 10));
			pdf_put_hex16(b, 0xdc00 + ((c - 0x10000) & 0x3ff));
		} else {
			pdf_put_hex16(b, c);
		}
	}
}

void pdf_put_text(struct buf *b, const char *utf8, size_t len)
{
	if (len > MOST_STRING / 2) { /* a byte of UTF-8 becomes at most two */
		len = MOST_STRING / 2;
		while (len > 0 && ((unsigned char)utf8[len] & 0xc0) == 0x80)
			len--;
	}
	buf_puts(b, "<FEFF");
	pdf_put_utf16(b, utf8, len);
	buf_putc(b, '>');
}

void pdf_put_literal(struct buf *b, const void *bytes, size_t len)
{
	const char *p = bytes;

	buf_putc(b, '(');
	for (size_t i = 0; i < len; i++) {
		switch (p[i]) {
		case '\r':
			buf_puts(b, "\\r"); /* a bare one would be read as LF */
			break;
		case '\n':
			buf_puts(b, "\\n");
			break;
		case '(':
		case ')':
		case '\\':
			buf_putc(b, '\\');
			buf_putc(b, p[i]);
			break;
		default:
			buf_putc(b, p[i]);
		}
	}
	buf_putc(b, ')');
}

void pdf_put_name(struct buf *b, const char *name)
{
	static const char digits[] = "0123456789ABCDEF";
	size_t n = 0;

	buf_putc(b, '/');
	for (const char *p = name; *p != '\0' && n < 127; p++, n++) {
		unsigned char c = (unsigned char)*p;

		if (c <= 0x20 || c >= 0x7f || strchr("()<>[]{}/%#", c) != NULL) {
			buf_putc(b, '#');
			buf_putc(b, digits[c >> 4]);
			buf_putc(b, digits[c & 15]);
		} else {
			buf_putc(b, (char)c);
		}
	}
}
