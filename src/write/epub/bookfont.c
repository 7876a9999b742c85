#include "write/epub/bookfont.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

#define PLANES_END 0x110000u
#define WORDS (PLANES_END / 64)
#define FEW_CHARACTERS 1200 /* below that each face gets all characters of the book: readers restyle text */
#define FEW_HAN 400 /* but of these, four times an alphabet's glyph in size, only so many */
#define FIRST_HAN 0x2E80u /* and kana, Korean syllables, their punctuation */

void bookfont_init(struct bookfont_set *s)
{
	memset(s, 0, sizeof *s);
}

void bookfont_free(struct bookfont_set *s)
{
	for (size_t i = 0; i < s->n; i++)
		mem_free(s->v[i].codepoints);
	mem_free(s->v);
	mem_free(s->links);
	mem_free(s->langs);
	bookfont_init(s);
}

static bool bit_is_set(const uint64_t *set, uint32_t c)
{
	return (set[c / 64] >> (c % 64) & 1) != 0;
}

/* Of the words from .. to - 1. */
static size_t count_bits(const uint64_t *set, size_t from, size_t to)
{
	size_t n = 0;

	for (size_t k = from; k < to; k++)
		n += set[k] != 0 ? (size_t)__builtin_popcountll(set[k]) : 0;
	return n;
}

static struct bookfont *font_of(struct bookfont_set *s, struct face *face)
{
	struct bookfont *b;

	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].face == face)
			return &s->v[i];
	VEC_ROOM(s->v, s->n, s->cap, 1);
	b = &s->v[s->n++];
	b->face = face;
	b->codepoints = mem_zalloc(WORDS, sizeof *b->codepoints);
	b->path = NULL;
	return b;
}

static void note(struct bookfont_set *s, struct bookfont *b, uint32_t c)
{
	b->codepoints[c / 64] |= (uint64_t)1 << (c % 64);
	s->end = c / 64 + 1 > s->end ? c / 64 + 1 : s->end;
}

static void link_families(struct bookfont_set *s, const char *family, const char *fallback)
{
	for (size_t i = 0; i < s->n_links; i++)
		if (strcmp(s->links[i].family, family) == 0 && strcmp(s->links[i].fallback, fallback) == 0)
			return;
	VEC_ROOM(s->links, s->n_links, s->cap_links, 1);
	s->links[s->n_links++] = (struct bookfont_link){ family, fallback };
}

static void note_lang(struct bookfont_set *s, const char *lang)
{
	for (size_t i = s->n_langs; i-- > 0;) /* mostly the last one */
		if (s->langs[i] == lang || strcmp(s->langs[i], lang) == 0)
			return;
	VEC_ROOM(s->langs, s->n_langs, s->cap_langs, 1);
	s->langs[s->n_langs++] = lang;
}

void bookfont_use(struct bookfont_set *s, struct fonts *f, const char *family, bool bold, bool italic,
                  const char *text, size_t len, const char *lang, struct diag_log *log)
{
	struct face *face;
	struct bookfont *b;

	if (f == NULL || family == NULL || len == 0 || (face = fonts_face(f, family, bold, italic, log)) == NULL)
		return;
	if (lang != NULL)
		note_lang(s, lang);
	b = font_of(s, face);
	for (size_t i = 0, n = 0; i < len; i += n) {
		uint32_t c = utf8_decode(text + i, len - i, &n);
		struct face *other;

		if (c < 0x20 || bit_is_set(b->codepoints, c))
			continue;
		note(s, b, c);
		if (face_has(face, c))
			continue;
		other = fonts_face_for(f, face, c, lang, log);
		if (other == NULL || other == face)
			continue;
		note(s, font_of(s, other), c);
		if (strcmp(other->family, family) != 0)
			link_families(s, family, other->family);
		b = font_of(s, face); /* the array may have moved */
	}
}

static int by_style(const void *pa, const void *pb)
{
	const struct face *a = ((const struct bookfont *)pa)->face, *b = ((const struct bookfont *)pb)->face;
	int d = strcmp(a->family, b->family);

	if (d != 0)
		return d;
	d = (a->bold * 2 + a->italic) - (b->bold * 2 + b->italic);
	return d != 0 ? d : (a->index > b->index) - (a->index < b->index);
}

void bookfont_complete(struct bookfont_set *s)
{
	static const uint32_t extra[] = { 0xA0, 0xAB, 0xBB, 0xAD, 0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201A,
	                                  0x201C, 0x201D, 0x201E, 0x2026, 0x202F, 0x2060 };
	size_t count, end = s->end, western = end < FIRST_HAN / 64 ? end : FIRST_HAN / 64, shared;
	uint64_t *all = mem_zalloc(end, sizeof *all);

	for (size_t i = 0; i < s->n; i++)
		for (size_t k = 0; k < end; k++)
			all[k] |= s->v[i].codepoints[k];
	count = count_bits(all, 0, western);
	shared = count_bits(all, western, end) > FEW_HAN ? western : end;
	for (size_t i = 0; i < s->n; i++) {
		uint64_t *set = s->v[i].codepoints;

		for (size_t k = 0; count <= FEW_CHARACTERS && k < shared; k++)
			set[k] |= all[k];
		for (uint32_t c = 0x20; c < 0x7F; c++)
			note(s, &s->v[i], c);
		for (size_t k = 0; k < sizeof extra / sizeof *extra; k++)
			note(s, &s->v[i], extra[k]);
	}
	mem_free(all);
	if (s->n > 1)
		qsort(s->v, s->n, sizeof *s->v, by_style);
}

/* ---- the name table -------------------------------------------------------------------------- */

static uint32_t be16(const unsigned char *p)
{
	return (uint32_t)p[0] << 8 | p[1];
}

static uint32_t be32(const unsigned char *p)
{
	return be16(p) << 16 | be16(p + 2);
}

static void put16(struct buf *b, uint32_t v)
{
	buf_putc(b, (char)(v >> 8 & 0xFF));
	buf_putc(b, (char)(v & 0xFF));
}

static void set32(char *at, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		at[i] = (char)(v >> (24 - 8 * i) & 0xFF);
}

static bool table_find(const unsigned char *font, size_t len, const char *tag, size_t *at, size_t *n)
{
	size_t tables = len >= 12 ? be16(font + 4) : 0;

	if (len < 12 || tables * 16 > len - 12)
		return false;
	for (size_t i = 0; i < tables; i++) {
		const unsigned char *rec = font + 12 + i * 16;

		if (memcmp(rec, tag, 4) != 0)
			continue;
		*at = be32(rec + 8);
		*n = be32(rec + 12);
		return *at <= len && *n <= len - *at;
	}
	return false;
}

struct name_record { uint32_t id; struct buf text; /* UTF-16BE */ };

/* Record `id` of the Windows platform in US English, or any language: where and how long. */
static bool name_find(const unsigned char *name, size_t len, uint32_t id, size_t *at, size_t *n)
{
	size_t count, strings;
	bool found = false;

	if (len < 6)
		return false;
	count = be16(name + 2);
	strings = be16(name + 4);
	if (count * 12 > len - 6 || strings > len)
		return false;
	for (size_t i = 0; i < count; i++) {
		const unsigned char *r = name + 6 + i * 12;
		size_t from = strings + be16(r + 10), size = be16(r + 8);

		if (be16(r) != 3 || be16(r + 6) != id || from > len || size > len - from)
			continue;
		if (found && be16(r + 4) != 0x409)
			continue;
		*at = from;
		*n = size;
		found = true;
	}
	return found;
}

static void put_utf16(struct buf *b, const char *s)
{
	size_t len = strlen(s);

	for (size_t i = 0, n = 0; i < len; i += n) {
		uint32_t c = utf8_decode(s + i, len - i, &n);

		if (c >= 0x10000) {
			put16(b, 0xD800 + ((c - 0x10000) >> 10));
			put16(b, 0xDC00 + ((c - 0x10000) & 0x3FF));
		} else {
			put16(b, c);
		}
	}
}

/* A name table of our own: names from family and style, legal notices from the old one. */
static void name_write(struct buf *out, const char *family, const char *style, const unsigned char *old, size_t old_len)
{
	enum { COPYRIGHT = 0, FAMILY = 1, STYLE = 2, UNIQUE = 3, FULL = 4, VERSION = 5, POSTSCRIPT = 6 };
	static const uint32_t ids[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14 };
	struct name_record records[sizeof ids / sizeof *ids];
	size_t n = 0, offset = 0;

	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		struct buf *text = &records[n].text;
		size_t at = 0, len = 0;

		buf_init(text);
		records[n].id = ids[i];
		switch (ids[i]) {
		case FAMILY: put_utf16(text, family); break;
		case STYLE: put_utf16(text, style); break;
		case UNIQUE:
		case FULL: put_utf16(text, family); put_utf16(text, " "); put_utf16(text, style); break;
		case POSTSCRIPT: {
			for (const char *c = family; *c != '\0'; c++)
				if ((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9'))
					put16(text, (uint32_t)*c);
			put_utf16(text, "-");
			for (const char *c = style; *c != '\0'; c++)
				if (*c != ' ')
					put16(text, (uint32_t)*c);
			break;
		}
		default:
			if (old != NULL && name_find(old, old_len, ids[i], &at, &len) && len <= 0x4000)
				buf_put(text, old + at, len);
			else if (ids[i] == VERSION)
				put_utf16(text, "Version 1.000");
		}
		if (text->len == 0 || offset + text->len > 0xFFFF)
			buf_free(text);
		else
			offset += records[n++].text.len;
	}
	put16(out, 0);
	put16(out, (uint32_t)n);
	put16(out, (uint32_t)(6 + 12 * n));
	offset = 0;
	for (size_t i = 0; i < n; i++) {
		put16(out, 3);
		put16(out, 1);
		put16(out, 0x409);
		put16(out, records[i].id);
		put16(out, (uint32_t)records[i].text.len);
		put16(out, (uint32_t)offset);
		offset += records[i].text.len;
	}
	for (size_t i = 0; i < n; i++) {
		buf_put(out, records[i].text.data, records[i].text.len);
		buf_free(&records[i].text);
	}
}

static uint32_t checksum(const char *data, size_t len)
{
	const unsigned char *p = (const unsigned char *)data;
	unsigned char last[4] = { 0, 0, 0, 0 };
	uint32_t sum = 0;

	for (; len >= 4; len -= 4, p += 4)
		sum += be32(p);
	memcpy(last, p, len);
	return sum + be32(last);
}

static void pad4(struct buf *b, size_t base)
{
	while ((b->len - base) % 4 != 0)
		buf_putc(b, '\0');
}

bool bookfont_rename(const unsigned char *font, size_t len, const struct buf *names, const char *family, const char *style,
                     struct buf *out)
{
	size_t tables, base = out->len, at, size, head = 0;
	uint32_t sums = 0; /* of all tables, which begin at whole words: so the file's is the directory's and these */
	struct buf name;

	if (len < 12 || memcmp(font, "ttcf", 4) == 0 || (tables = be16(font + 4)) == 0 || tables > 200 || tables * 16 > len - 12 ||
	    !table_find(font, len, "name", &at, &size))
		return false;
	buf_init(&name);
	name_write(&name, family, style, (const unsigned char *)names->data, names->len);
	buf_put(out, font, 12);
	for (size_t i = 0; i < tables * 16; i++)
		buf_putc(out, '\0');
	for (size_t i = 0; i < tables; i++) {
		const unsigned char *rec = font + 12 + i * 16;
		char *entry;
		size_t to = out->len, n = be32(rec + 12), from = be32(rec + 8);
		uint32_t sum;

		if (memcmp(rec, "name", 4) == 0) {
			buf_put(out, name.data, n = name.len);
		} else if (from > len || n > len - from) {
			buf_free(&name);
			out->len = base;
			return false;
		} else {
			buf_put(out, font + from, n);
		}
		if (memcmp(rec, "head", 4) == 0 && n >= 12) {
			head = to;
			set32(out->data + to + 8, 0);
		}
		pad4(out, base);
		entry = out->data + base + 12 + i * 16;
		memcpy(entry, rec, 4);
		sum = checksum(out->data + to, n);
		sums += sum;
		set32(entry + 4, sum);
		set32(entry + 8, (uint32_t)(to - base));
		set32(entry + 12, (uint32_t)n);
	}
	if (head != 0)
		set32(out->data + head + 8, 0xB1B0AFBAu - checksum(out->data + base, 12 + tables * 16) - sums);
	buf_free(&name);
	return true;
}

bool bookfont_subset(const struct bookfont_set *s, const struct bookfont *b, const char *family, struct buf *out, struct diag_log *log)
{
	const struct face *face = b->face;
	const char *style = face->bold ? face->italic ? "Bold Italic" : "Bold" : face->italic ? "Italic" : "Regular";
	uint32_t *list;
	size_t n = 0;
	struct subset_wish wish;
	struct subset sub;
	struct buf names;
	bool ok;

	if (!face->may_embed || !face->may_subset) {
		diag_warn(log, "font-rights", face->pos, "%s may not be embedded: the EPUB goes without it", face->ps_name);
		return false;
	}
	list = mem_alloc((count_bits(b->codepoints, 0, s->end) + 1) * sizeof *list);
	for (uint32_t k = 0; k < s->end; k++)
		for (uint64_t left = b->codepoints[k]; left != 0; left &= left - 1) {
			uint32_t c = k * 64 + (uint32_t)__builtin_ctzll(left);

			if (face_has(face, c))
				list[n++] = c;
		}
	memset(&sub, 0, sizeof sub);
	wish = (struct subset_wish){ .use = SUBSET_BOOK, .ids = list, .n = n, .langs = s->langs, .n_langs = s->n_langs };
	ok = face_subset(face, &wish, &sub, log);
	mem_free(list);
	if (!ok)
		return false;
	buf_init(&names);
	face_names(face, &names);
	ok = bookfont_rename(sub.data, sub.len, &names, family, style, out);
	if (!ok)
		diag_fail(log, "font-subset", face->pos, "the subset of %s is no font file that can be named anew", face->ps_name);
	buf_free(&names);
	subset_free(&sub);
	return ok;
}
