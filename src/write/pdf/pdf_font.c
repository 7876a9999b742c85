#include "write/pdf/pdf_font.h"

#include <string.h>

#include "base/mem.h"
#include "base/strmap.h"
#include "write/pdf/pdf_cff.h"

struct entry {
	struct pdf_code code;
	const char *text;
	uint32_t len;
};

struct face_codes {
	const struct face *face; /* NULL: this face is on no page */
	struct strmap by_pair;   /* gid and text -> index into v, plus 1 */
	uint32_t *usual;         /* by gid: the first entry it got, plus 1; nearly always the one that is asked for */
	size_t cap_usual;
	struct entry *v;
	size_t n, cap;
	struct subset subset;
	struct pdf_cff cff;
	unsigned end;            /* the largest code + 1 */
	struct buf program, glyph_map, to_unicode; /* packed */
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

/* Most texts are one character: no call is worth it. */
static bool is_same(const char *a, const char *b, size_t len)
{
	while (len > 0 && *a == *b) {
		a++;
		b++;
		len--;
	}
	return len == 0;
}

/* Its entry's index, plus 1; 0: it has none. */
static size_t find_code(const struct face_codes *c, uint32_t gid, const char *text, size_t len)
{
	uint32_t usual = gid < c->cap_usual ? c->usual[gid] : 0;
	struct key k;

	if (usual != 0 && c->v[usual - 1].len == len && is_same(c->v[usual - 1].text, text, len))
		return usual;
	k = make_key(gid, text, len);
	return (size_t)(uintptr_t)strmap_lookup(&c->by_pair, k.bytes, k.len);
}

static void remember_usual(struct face_codes *c, uint32_t gid)
{
	if (gid >= c->cap_usual) {
		size_t had = c->cap_usual;

		c->cap_usual = mem_grow_capacity(had, (size_t)gid + 1);
		c->usual = mem_resize(c->usual, c->cap_usual, sizeof *c->usual);
		memset(c->usual + had, 0, (c->cap_usual - had) * sizeof *c->usual);
	}
	if (c->usual[gid] == 0)
		c->usual[gid] = (uint32_t)c->n;
}

static void add_code(struct pdf_fonts *f, struct face_codes *c, uint32_t gid, const char *text, size_t len)
{
	struct entry *e;
	struct key k;
	char *copy;

	if (find_code(c, gid, text, len) != 0)
		return;
	k = make_key(gid, text, len);
	VEC_ROOM(c->v, c->n, c->cap, 1);
	copy = arena_dup(&f->arena, k.bytes, k.len);
	e = &c->v[c->n++];
	*e = (struct entry){ .code = { .gid = gid }, .text = copy + 4, .len = (uint32_t)(k.len - 4) };
	/* 10^-6 em: fine enough that a line's rounding stays under a thousandth of a point */
	e->code.width = unit_scale(face_advance(c->face, gid), 1000000, c->face->upem);
	strmap_put(&c->by_pair, copy, k.len, (void *)(uintptr_t)c->n);
	remember_usual(c, gid);
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
	gids = mem_zalloc(c->n, sizeof *gids);
	for (size_t i = 0; i < c->n; i++)
		gids[i] = c->v[i].code.gid;
	ok = face_subset(face, &(struct subset_wish){ .use = SUBSET_PDF, .ids = gids, .n = c->n }, &c->subset, job->log);
	mem_free(gids);
	if (!ok || !face->is_cff)
		return ok;
	if (!pdf_cff_read(c->subset.data, c->subset.len, &c->cff)) {
		diag_fail(job->log, "pdf", DIAG_NOWHERE, "%s: its subset is no readable CFF program", face->path);
		return false;
	}
	return true;
}

/* Codes from what is known now: the order of first use (TrueType) or the subset's glyph ids (CFF). */
static bool number_codes(struct pdf_job *job, struct face_codes *c)
{
	unsigned char *told;

	if (!c->face->is_cff) {
		if (c->n > 65535) {
			diag_fail(job->log, "pdf", DIAG_NOWHERE, "%s: more than 65,535 glyphs and meanings",
			          c->face->path);
			return false;
		}
		for (size_t i = 0; i < c->n; i++) {
			c->v[i].code.cid = (uint16_t)i;
			c->v[i].code.tells_all = true;
		}
		c->end = (unsigned)c->n;
		return true;
	}
	told = mem_zalloc(65536, 1);
	for (size_t i = 0; i < c->n; i++) {
		uint32_t gid = c->v[i].code.gid;
		uint32_t to = gid < (uint32_t)c->face->glyph_count ? c->subset.new_gid[gid] : 0;

		c->v[i].code.cid = pdf_cff_cid(&c->cff, to);
		c->v[i].code.tells_all = !told[c->v[i].code.cid];
		told[c->v[i].code.cid] = 1;
		if (c->end <= c->v[i].code.cid)
			c->end = c->v[i].code.cid + 1u;
	}
	mem_free(told);
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
	for (size_t i = 0; i < c->n; i++) {
		uint32_t gid = c->v[i].code.gid;
		uint32_t to = gid < (uint32_t)c->face->glyph_count ? c->subset.new_gid[gid] : 0;

		if (to > 0xffff)
			to = 0;
		buf_putc(&b, (char)(to >> 8));
		buf_putc(&b, (char)(to & 0xff));
	}
	pdf_pack(job->file, b.data, b.len, &c->glyph_map);
	buf_free(&b);
}

/* Entries by code, NULL where a code is not used; for CFF the one whose text ToUnicode tells. */
static const struct entry **by_code(const struct face_codes *c)
{
	const struct entry **t = mem_zalloc(c->end, sizeof *t);

	for (size_t i = 0; i < c->n; i++)
		if (t[c->v[i].code.cid] == NULL)
			t[c->v[i].code.cid] = &c->v[i];
	return t;
}

static void put_widths(struct buf *b, const struct face_codes *c)
{
	const struct entry **codes = by_code(c);
	bool open = false;

	buf_puts(b, "/W [");
	for (unsigned cid = 0; cid < c->end; cid++) {
		if (codes[cid] == NULL) {
			if (open)
				buf_putc(b, ']');
			open = false;
			continue;
		}
		if (open)
			buf_putc(b, ' ');
		else
			buf_printf(b, "\n%u [", cid);
		open = true;
		pdf_put_number(b, codes[cid]->code.width, 3);
	}
	buf_puts(b, open ? "]]\n" : "]\n");
	mem_free(codes);
}

static void pack_to_unicode(struct pdf_job *job, struct face_codes *c)
{
	const struct entry **codes = by_code(c);
	unsigned in_block = 0, end = c->end;
	struct buf b, block;

	buf_init(&b);
	buf_init(&block);
	buf_puts(&b, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
	             "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
	             "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
	             "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
	for (unsigned cid = 0; cid <= end; cid++) {
		if (in_block > 0 && (in_block == 100 || cid == end)) { /* the most one operator may have */
			buf_printf(&b, "%u beginbfchar\n", in_block);
			buf_put(&b, block.data, block.len);
			buf_puts(&b, "endbfchar\n");
			buf_clear(&block);
			in_block = 0;
		}
		if (cid == end || codes[cid] == NULL)
			continue;
		buf_printf(&block, "<%04X> <", cid);
		pdf_put_utf16(&block, codes[cid]->text, codes[cid]->len);
		buf_puts(&block, ">\n");
		in_block++;
	}
	buf_puts(&b, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
	pdf_pack(job->file, b.data, b.len, &c->to_unicode);
	buf_free(&b);
	buf_free(&block);
	mem_free(codes);
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
	pdf_put_number(cid.body, c->v[0].code.width, 3);
	buf_putc(cid.body, '\n');
	put_widths(cid.body, c);
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
		mem_free(f->v[i].v);
		mem_free(f->v[i].usual);
		subset_free(&f->v[i].subset);
		pdf_cff_free(&f->v[i].cff);
		buf_free(&f->v[i].program);
		buf_free(&f->v[i].glyph_map);
		buf_free(&f->v[i].to_unicode);
	}
	mem_free(f->v);
	arena_free(&f->arena);
	mem_free(f);
}

const struct pdf_code *pdf_fonts_code(const struct pdf_fonts *f, const struct face *face, uint32_t gid,
                                      const char *text, size_t len)
{
	const struct face_codes *c = &f->v[face->index];
	size_t at = find_code(c, gid, text, len);

	return &c->v[at != 0 ? at - 1 : 0].code; /* collected before, so always there */
}

int64_t pdf_fonts_width(const struct pdf_fonts *f, const struct face *face, uint32_t gid)
{
	const struct face_codes *c = &f->v[face->index];

	return gid < c->cap_usual && c->usual[gid] != 0 ? c->v[c->usual[gid] - 1].code.width : 0;
}
