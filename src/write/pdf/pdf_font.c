#include "write/pdf/pdf_font.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strmap.h"
#include "write/pdf/pdf_cff.h"

struct face_codes {
	const struct face *face; /* NULL: this face is on no page */
	struct strmap by_pair;   /* gid and text -> index into codes.v, plus 1 */
	struct pdf_codes codes;
	size_t cap;
	struct subset subset;
	struct pdf_cff cff;
	const struct pdf_code **numbered; /* ascending; of those of one number the first */
	size_t n_numbered;
	struct buf program, glyph_map, to_unicode; /* packed */
	struct buf widths;       /* /W */
};

struct pdf_fonts {
	struct arena arena;
	struct face_codes *v; /* by face index */
	size_t n;
};

struct key {
	char bytes[4 + PDF_LONGEST_TEXT];
	size_t len;
};

static struct key make_key(uint32_t gid, const char *text, size_t len)
{
	struct key k;

	for (int i = 0; i < 4; i++)
		k.bytes[i] = (char)(gid >> (8 * i) & 0xff);
	if (len > PDF_LONGEST_TEXT)
		len = PDF_LONGEST_TEXT;
	memcpy(k.bytes + 4, text, len);
	k.len = 4 + len;
	return k;
}

/* Its code's index, plus 1; 0: it has none. */
static size_t find_code(const struct face_codes *c, uint32_t gid, const char *text, size_t len)
{
	const struct pdf_code *usual = pdf_codes_usual(&c->codes, gid, text, len);
	struct key k;

	if (usual != NULL)
		return (size_t)(usual - c->codes.v) + 1;
	k = make_key(gid, text, len);
	return (size_t)(uintptr_t)strmap_lookup(&c->by_pair, k.bytes, k.len);
}

static void remember_usual(struct pdf_codes *c, uint32_t gid)
{
	if (gid >= c->n_usual) {
		size_t had = c->n_usual;

		c->n_usual = mem_grow_capacity(had, (size_t)gid + 1);
		c->usual = mem_resize(c->usual, c->n_usual, sizeof *c->usual);
		memset(c->usual + had, 0, (c->n_usual - had) * sizeof *c->usual);
	}
	if (c->usual[gid] == 0)
		c->usual[gid] = (uint32_t)c->n;
}

static void add_code(struct pdf_fonts *f, struct face_codes *c, uint32_t gid, const char *text, size_t len)
{
	struct pdf_codes *codes = &c->codes;
	struct key k;
	char *copy;

	if (find_code(c, gid, text, len) != 0)
		return;
	k = make_key(gid, text, len);
	VEC_ROOM(codes->v, codes->n, c->cap, 1);
	copy = arena_dup(&f->arena, k.bytes, k.len);
	/* 10^-6 em: fine enough that a line's rounding stays under a thousandth of a point */
	codes->v[codes->n++] = (struct pdf_code){ .gid = gid, .text = copy + 4, .len = (uint32_t)(k.len - 4),
		                                      .width = unit_scale(face_advance(c->face, gid), 1000000, c->face->upem) };
	strmap_put(&c->by_pair, copy, k.len, (void *)(uintptr_t)codes->n);
	remember_usual(codes, gid);
}

static struct face_codes *codes_of(struct pdf_fonts *f, const struct face *face)
{
	struct face_codes *c = &f->v[face->index];

	if (c->face == NULL) {
		c->face = face;
		add_code(f, c, 0, PDF_NO_TEXT, strlen(PDF_NO_TEXT)); /* code 0 stays the missing glyph's */
	}
	return c;
}

static void collect_item(struct pdf_fonts *f, const struct item *it, bool space)
{
	struct face_codes *c = codes_of(f, it->u.text.face);
	enum pdf_order order = pdf_flow_order(it);

	for (uint32_t i = 0; i < it->u.text.n;) {
		struct pdf_cluster cl = pdf_flow_cluster(it, order, i);

		if (cl.n == 1 && pdf_codes_usual(&c->codes, it->u.text.glyphs[i].gid, cl.text, cl.len) != NULL) { /* nearly always */
			i++;
			continue;
		}
		for (uint32_t k = 0; k < cl.n; k++) {
			bool says = k == 0 && cl.len > 0 && cl.len <= PDF_LONGEST_TEXT;

			add_code(f, c, it->u.text.glyphs[i + k].gid, says ? cl.text : PDF_NO_TEXT,
			         says ? cl.len : strlen(PDF_NO_TEXT));
		}
		i += cl.n;
	}
	if (space)
		add_code(f, c, face_glyph(c->face, ' '), " ", 1);
}

static bool collect(struct pdf_job *job, struct pdf_fonts *f)
{
	for (size_t i = 0; i < job->pages->n; i++) {
		const struct page *page = &job->pages->v[i];

		for (size_t k = 0; k < page->n; k++) {
			const struct item *it = &page->items[k];

			if (it->kind != ITEM_TEXT || it->u.text.face == NULL)
				continue;
			if (it->u.text.face->index < 0 || (size_t)it->u.text.face->index >= f->n) {
				diag_fail(job->log, "pdf", DIAG_NOWHERE, "page %d uses a face that is not open", page->number);
				return false;
			}
			collect_item(f, it, pdf_flow_wants_space(job->flow, i, k));
		}
	}
	return true;
}

static bool subset_face(struct pdf_job *job, struct face_codes *c)
{
	const struct face *face = c->face;
	uint32_t *gids;
	bool ok;

	if (!face->may_embed) {
		diag_fail(job->log, "font-embedding", face->pos, "%s (%s): its maker forbids embedding it (OS/2 fsType)",
		          face->ps_name, face->path);
		return false;
	}
	if (!face->may_subset) {
		diag_fail(job->log, "font-embedding", face->pos,
		          "%s (%s): its maker forbids embedding only a part of it (OS/2 fsType), and it is never embedded whole",
		          face->ps_name, face->path);
		return false;
	}
	gids = mem_zalloc(c->codes.n, sizeof *gids);
	for (size_t i = 0; i < c->codes.n; i++)
		gids[i] = c->codes.v[i].gid;
	ok = face_subset(face, &(struct subset_wish){ .use = SUBSET_PDF, .ids = gids, .n = c->codes.n }, &c->subset, job->log);
	mem_free(gids);
	if (!ok || !face->is_cff)
		return ok;
	if (!pdf_cff_read(c->subset.data, c->subset.len, &c->cff)) {
		diag_fail(job->log, "pdf", DIAG_NOWHERE, "%s: its subset is no readable CFF program", face->path);
		return false;
	}
	return true;
}

static void write_shown(struct pdf_code *code)
{
	const char bytes[2] = { (char)(code->cid >> 8), (char)(code->cid & 0xff) };

	for (int i = 0; i < 2; i++) {
		char c = bytes[i];

		if (c == '\r' || c == '\n' || c == '(' || c == ')' || c == '\\')
			code->shown[code->n_shown++] = '\\';
		code->shown[code->n_shown++] = (char)(c == '\r' ? 'r' : c == '\n' ? 'n' : c);
	}
}

/* By the subset's glyph ids. */
static void number_cff(struct face_codes *c)
{
	for (size_t i = 0; i < c->codes.n; i++) {
		struct pdf_code *code = &c->codes.v[i];

		code->cid = pdf_cff_cid(&c->cff, code->gid < (uint32_t)c->face->glyph_count ? c->subset.new_gid[code->gid] : 0);
	}
}

/* By the order of first use. */
static bool number_truetype(struct pdf_job *job, struct face_codes *c)
{
	if (c->codes.n > 65535) {
		diag_fail(job->log, "pdf", DIAG_NOWHERE, "%s: more than 65,535 glyphs and meanings", c->face->path);
		return false;
	}
	for (size_t i = 0; i < c->codes.n; i++)
		c->codes.v[i].cid = (uint16_t)i;
	return true;
}

static int by_number(const void *pa, const void *pb)
{
	const struct pdf_code *a = *(const struct pdf_code *const *)pa, *b = *(const struct pdf_code *const *)pb;

	return a->cid != b->cid ? (a->cid > b->cid) - (a->cid < b->cid) : (a > b) - (a < b);
}

/* Whose text ToUnicode tells of a number that several have: the first's. */
static void sort_codes(struct face_codes *c)
{
	c->numbered = mem_zalloc(c->codes.n, sizeof *c->numbered);
	for (size_t i = 0; i < c->codes.n; i++)
		c->numbered[i] = &c->codes.v[i];
	if (c->face->is_cff && c->codes.n > 1)
		qsort(c->numbered, c->codes.n, sizeof *c->numbered, by_number);
	for (size_t i = 0; i < c->codes.n; i++)
		if (c->n_numbered == 0 || c->numbered[c->n_numbered - 1]->cid != c->numbered[i]->cid) {
			c->codes.v[c->numbered[i] - c->codes.v].tells_all = true;
			c->numbered[c->n_numbered++] = c->numbered[i];
		}
}

static bool number_codes(struct pdf_job *job, struct face_codes *c)
{
	if (c->face->is_cff)
		number_cff(c);
	else if (!number_truetype(job, c))
		return false;
	for (size_t i = 0; i < c->codes.n; i++)
		write_shown(&c->codes.v[i]);
	sort_codes(c);
	return true;
}

static void put_name(struct buf *b, const struct face_codes *c)
{
	char name[128];
	uint64_t h = c->subset.hash;
	size_t n = 0;

	for (; n < 6; n++, h /= 26)
		name[n] = (char)('A' + h % 26);
	name[n++] = '+';
	for (const char *p = c->face->ps_name; *p != '\0' && n < 100; p++)
		name[n++] = *p;
	name[n] = '\0';
	pdf_put_name(b, name);
}

static void put_em(struct buf *b, const struct face *face, int units)
{
	pdf_put_number(b, unit_scale(units, 1000, face->upem), 0);
}

static unsigned write_packed(struct pdf_job *job, const struct buf *packed, const char *keys)
{
	return pdf_stream_new(job->file, packed->data, packed->len, keys, PACK_READY);
}

static unsigned write_program(struct pdf_job *job, const struct face_codes *c)
{
	struct buf keys;
	unsigned id;

	buf_init(&keys);
	buf_puts(&keys, PDF_DEFLATED);
	if (c->face->is_cff)
		buf_puts(&keys, " /Subtype /CIDFontType0C");
	else
		buf_printf(&keys, " /Length1 %zu", c->subset.len);
	id = write_packed(job, &c->program, keys.data);
	buf_free(&keys);
	return id;
}

static unsigned write_descriptor(struct pdf_job *job, const struct face_codes *c)
{
	const struct face *face = c->face;
	unsigned program = write_program(job, c);
	struct pdf_dict d = pdf_dict_new(job->file);
	/* symbolic: these codes are no encoding anybody knows (ISO 32000-1, table 123) */
	int flags = 4 | (face->is_fixed_pitch ? 1 : 0) | (face->is_serif ? 2 : 0) |
	            (face->italic || face->italic_angle != 0 ? 64 : 0);

	buf_puts(d.body, "/Type /FontDescriptor /FontName ");
	put_name(d.body, c);
	buf_printf(d.body, " /Flags %d /FontBBox [", flags);
	for (int i = 0; i < 4; i++) {
		put_em(d.body, face, face->bbox[i]);
		buf_putc(d.body, i < 3 ? ' ' : ']');
	}
	buf_puts(d.body, " /ItalicAngle ");
	pdf_put_number(d.body, unit_scale(face->italic_angle, 100, 65536), 2);
	buf_puts(d.body, " /Ascent ");
	put_em(d.body, face, face->ascender);
	buf_puts(d.body, " /Descent ");
	put_em(d.body, face, face->descender);
	buf_puts(d.body, " /CapHeight ");
	put_em(d.body, face, face->cap_height);
	buf_printf(d.body, " /StemV %d /%s ", face->bold ? 140 : 80, face->is_cff ? "FontFile3" : "FontFile2");
	pdf_put_ref(d.body, program);
	buf_putc(d.body, '\n');
	return d.id;
}

static void pack_glyph_map(struct pdf_job *job, struct face_codes *c)
{
	struct buf b;

	buf_init(&b);
	for (size_t i = 0; i < c->codes.n; i++) {
		uint32_t gid = c->codes.v[i].gid;
		uint32_t to = gid < (uint32_t)c->face->glyph_count ? c->subset.new_gid[gid] : 0;

		if (to > 0xffff)
			to = 0;
		buf_putc(&b, (char)(to >> 8));
		buf_putc(&b, (char)(to & 0xff));
	}
	pdf_pack(job->file, b.data, b.len, &c->glyph_map);
	buf_free(&b);
}

static void put_widths(struct buf *b, const struct face_codes *c)
{
	buf_puts(b, "/W [");
	for (size_t i = 0; i < c->n_numbered; i++) {
		unsigned cid = c->numbered[i]->cid;

		if (i > 0 && cid == c->numbered[i - 1]->cid + 1u) {
			buf_putc(b, ' ');
		} else {
			buf_puts(b, i > 0 ? "]\n" : "\n");
			buf_put_int(b, cid);
			buf_puts(b, " [");
		}
		pdf_put_number(b, c->numbered[i]->width, 3);
	}
	buf_puts(b, c->n_numbered > 0 ? "]]\n" : "]\n");
}

static void pack_to_unicode(struct pdf_job *job, struct face_codes *c)
{
	enum { MOST = 100 /* that one operator may have */ };
	struct buf b;

	buf_init(&b);
	buf_puts(&b, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
	             "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
	             "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
	             "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
	for (size_t i = 0; i < c->n_numbered; i++) {
		const struct pdf_code *code = c->numbered[i];
		size_t left = c->n_numbered - i;

		if (i % MOST == 0)
			buf_printf(&b, "%s%zu beginbfchar\n", i > 0 ? "endbfchar\n" : "", left < MOST ? left : MOST);
		buf_putc(&b, '<');
		pdf_put_hex16(&b, code->cid);
		buf_puts(&b, "> <");
		pdf_put_utf16(&b, code->text, code->len);
		buf_puts(&b, ">\n");
	}
	buf_puts(&b, c->n_numbered > 0 ? "endbfchar\n" : "");
	buf_puts(&b, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
	pdf_pack(job->file, b.data, b.len, &c->to_unicode);
	buf_free(&b);
}

/* The number of the Type0 font. */
static unsigned write_font(struct pdf_job *job, const struct face_codes *c)
{
	unsigned descriptor = write_descriptor(job, c);
	unsigned unicode = write_packed(job, &c->to_unicode, PDF_DEFLATED);
	unsigned map = c->face->is_cff ? 0 : write_packed(job, &c->glyph_map, PDF_DEFLATED);
	struct pdf_dict cid = pdf_dict_new(job->file), font = pdf_dict_new(job->file);

	buf_printf(cid.body, "/Type /Font /Subtype /%s /BaseFont ", c->face->is_cff ? "CIDFontType0" : "CIDFontType2");
	put_name(cid.body, c);
	buf_puts(cid.body, "\n/CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /FontDescriptor ");
	pdf_put_ref(cid.body, descriptor);
	if (map != 0) {
		buf_puts(cid.body, " /CIDToGIDMap ");
		pdf_put_ref(cid.body, map);
	}
	buf_puts(cid.body, " /DW ");
	pdf_put_number(cid.body, c->codes.v[0].width, 3);
	buf_putc(cid.body, '\n');
	buf_put(cid.body, c->widths.data, c->widths.len);
	buf_puts(font.body, "/Type /Font /Subtype /Type0 /BaseFont ");
	put_name(font.body, c);
	buf_printf(font.body, "%s /Encoding /Identity-H /DescendantFonts [", c->face->is_cff ? "-Identity-H" : "");
	pdf_put_ref(font.body, cid.id);
	buf_puts(font.body, "] /ToUnicode ");
	pdf_put_ref(font.body, unicode);
	buf_putc(font.body, '\n');
	return font.id;
}

static bool prepare_face(struct pdf_job *job, struct face_codes *c)
{
	if (!subset_face(job, c) || !number_codes(job, c))
		return false;
	pdf_pack(job->file, c->subset.data, c->subset.len, &c->program);
	pack_to_unicode(job, c);
	put_widths(&c->widths, c);
	if (!c->face->is_cff)
		pack_glyph_map(job, c);
	return true;
}

static struct pdf_fonts *make_fonts(struct pdf_job *job)
{
	struct pdf_fonts *f = mem_zalloc(1, sizeof *f);
	bool ok;

	arena_init(&f->arena);
	f->n = job->pages->fonts != NULL ? (size_t)fonts_count(job->pages->fonts) : 0;
	f->v = mem_zalloc(f->n, sizeof *f->v);
	for (size_t i = 0; i < f->n; i++)
		strmap_init(&f->v[i].by_pair);
	ok = collect(job, f);
	for (size_t i = 0; ok && i < f->n; i++)
		ok = f->v[i].face == NULL || prepare_face(job, &f->v[i]);
	if (ok)
		return f;
	pdf_fonts_free(f);
	return NULL;
}

bool pdf_fonts_write(struct pdf_job *job)
{
	if (job->shared->fonts == NULL)
		job->shared->fonts = make_fonts(job);
	job->fonts = job->shared->fonts;
	if (job->fonts == NULL)
		return false;
	buf_puts(job->resources.body, "/Font <<");
	for (size_t i = 0; i < job->fonts->n; i++) {
		const struct face_codes *c = &job->fonts->v[i];

		if (c->face == NULL)
			continue;
		buf_printf(job->resources.body, "/F%zu ", i);
		pdf_put_ref(job->resources.body, write_font(job, c));
	}
	buf_puts(job->resources.body, ">>\n");
	return true;
}

void pdf_fonts_free(struct pdf_fonts *f)
{
	if (f == NULL)
		return;
	for (size_t i = 0; i < f->n; i++) {
		strmap_free(&f->v[i].by_pair);
		mem_free(f->v[i].codes.v);
		mem_free(f->v[i].codes.usual);
		subset_free(&f->v[i].subset);
		pdf_cff_free(&f->v[i].cff);
		buf_free(&f->v[i].program);
		buf_free(&f->v[i].glyph_map);
		buf_free(&f->v[i].to_unicode);
		buf_free(&f->v[i].widths);
		mem_free(f->v[i].numbered);
	}
	mem_free(f->v);
	arena_free(&f->arena);
	mem_free(f);
}

const struct pdf_codes *pdf_fonts_codes(const struct pdf_fonts *f, const struct face *face)
{
	return &f->v[face->index].codes;
}

const struct pdf_code *pdf_fonts_code(const struct pdf_fonts *f, const struct face *face, uint32_t gid,
                                      const char *text, size_t len)
{
	const struct face_codes *c = &f->v[face->index];
	size_t at = find_code(c, gid, text, len);

	return &c->codes.v[at != 0 ? at - 1 : 0]; /* collected before, so always there */
}
