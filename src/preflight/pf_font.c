#include "preflight/pf_font.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "font/embedded.h"
#include "preflight/pf_unicode.h"

#define MOST_FONTS 300              /* whose programs are looked into */
#define MOST_WIDTHS 400000          /* entries of one W, ranges counted out */
#define CODES 65536
#define SAME 1.01                   /* [1/1000 em] */

/* The program does not do what the file says of it. */
#define wrong(p, where, ...) pf_say(p, (p)->ua ? 'A' : 'P', true, (p)->ua ? 23 : 40, where, __VA_ARGS__)

struct pf_font {
	struct pf_font *next;
	int id;
	bool usable;
	struct embedded *program;
	unsigned char *data;         /* of the program */
	unsigned char *map;          /* CIDToGIDMap, or NULL: identity */
	size_t map_len;
	float *widths;               /* by CID, CODES of them; less than 0: looked at */
	unsigned char *seen;
	unsigned char *meanings;     /* enum pf_meaning by code, or NULL: not asked for */
	bool odd_width, odd_glyph;   /* said */
};

/* ---- reading -------------------------------------------------------------------------------------------- */

static void open_program(struct pf *p, struct pf_font *f, pf_obj where, pf_obj descriptor)
{
	static const char *const keys[] = { "/FontFile2", "/FontFile3", "/FontFile" };
	size_t len;

	for (int i = 0; i < 3 && f->data == NULL; i++)
		pf_doc_stream(p->doc, pf_doc_key(p->doc, descriptor, keys[i]), true, &f->data, &len);
	if (f->data == NULL)
		return; /* told elsewhere */
	f->program = embedded_open(f->data, len);
	if (f->program == NULL)
		wrong(p, where, "the font program in the file cannot be read");
	else if (p->ua)
		return;
	else if (!embedded_may_embed(f->program))
		pf_fail(p, 42, where, "the maker of the font forbids embedding it (fsType)");
	else if (!embedded_may_subset(f->program))
		pf_fail(p, 42, where, "the maker of the font forbids embedding only a part of it (fsType)");
}

static bool set_width(struct pf_font *f, double cid, double width, size_t *left)
{
	if (*left == 0)
		return false;
	--*left;
	if (cid >= 0 && cid < CODES)
		f->widths[(int)cid] = (float)width;
	return true;
}

/* ISO 32000-1, 9.7.4.3: "first [w w ...]" or "first last w". False: it is too long. */
static bool read_widths(struct pf *p, struct pf_font *f, pf_obj cid_font)
{
	pf_obj all = pf_doc_key(p->doc, cid_font, "/W");
	int n = pf_doc_count(p->doc, all);
	size_t left = MOST_WIDTHS;
	double usual = 1000, first, last, width;

	if (!pf_doc_number(p->doc, pf_doc_key(p->doc, cid_font, "/DW"), &usual))
		usual = 1000;
	for (int i = 0; i < CODES; i++)
		f->widths[i] = (float)usual;
	for (int i = 0; i + 1 < n;) {
		pf_obj next = pf_doc_item(p->doc, all, i + 1);

		pf_doc_number(p->doc, pf_doc_item(p->doc, all, i), &first);
		if (pf_doc_is_array(p->doc, next)) {
			for (int k = 0; k < pf_doc_count(p->doc, next); k++) {
				pf_doc_number(p->doc, pf_doc_item(p->doc, next, k), &width);
				if (!set_width(f, first + k, width, &left))
					return false;
			}
			i += 2;
		} else {
			pf_doc_number(p->doc, next, &last);
			pf_doc_number(p->doc, pf_doc_item(p->doc, all, i + 2), &width);
			for (double cid = first; cid <= last && cid < CODES; cid++)
				if (!set_width(f, cid, width, &left))
					return false;
			i += 3;
		}
	}
	return true;
}

static struct pf_font *read_font(struct pf *p, pf_obj font)
{
	struct pf_font *f = ARENA_NEW(&p->arena, struct pf_font);
	pf_obj inner = pf_doc_item(p->doc, pf_doc_key(p->doc, font, "/DescendantFonts"), 0), map;

	*f = (struct pf_font){ .next = p->fonts, .id = pf_doc_id(p->doc, font) };
	p->fonts = f;
	if (++p->n_fonts > MOST_FONTS)
		return f;
	open_program(p, f, font, pf_doc_key(p->doc, pf_doc_is_dict(p->doc, inner) ? inner : font, "/FontDescriptor"));
	if (f->program == NULL || !pf_doc_is(p->doc, pf_doc_key(p->doc, font, "/Encoding"), "/Identity-H"))
		return f;
	map = pf_doc_key(p->doc, inner, "/CIDToGIDMap");
	if (pf_doc_is_stream(p->doc, map) && !pf_doc_stream(p->doc, map, true, &f->map, &f->map_len))
		return f;
	f->widths = mem_zalloc(CODES, sizeof *f->widths);
	f->seen = mem_zalloc(CODES / 8, 1);
	f->usable = read_widths(p, f, inner);
	if (p->ua)
		f->meanings = pf_unicode_read(p, pf_doc_key(p->doc, font, "/ToUnicode"));
	return f;
}

struct pf_font *pf_font_named(struct pf *p, pf_obj resources, const char *name)
{
	pf_obj font = pf_doc_key(p->doc, pf_doc_key(p->doc, resources, "/Font"), name);
	int id = pf_doc_id(p->doc, font);
	char key[32];
	struct pf_font *f;

	if (id == 0)
		return NULL;
	snprintf(key, sizeof key, "f %d", id);
	f = strmap_lookup(&p->seen, key, strlen(key));
	if (f == NULL) {
		f = read_font(p, font);
		strmap_put(&p->seen, arena_strdup(&p->arena, key), strlen(key), f);
	}
	return f->usable ? f : NULL;
}

void pf_font_close(struct pf *p)
{
	for (struct pf_font *f = p->fonts; f != NULL; f = f->next) {
		embedded_close(f->program);
		mem_free(f->data);
		mem_free(f->map);
		mem_free(f->widths);
		mem_free(f->seen);
		mem_free(f->meanings);
	}
}

/* ---- what is shown -------------------------------------------------------------------------------------- */

static uint32_t glyph_of(const struct pf_font *f, unsigned cid)
{
	if (f->map == NULL)
		return embedded_glyph(f->program, cid);
	return 2 * (size_t)cid + 1 < f->map_len ? (uint32_t)f->map[2 * cid] << 8 | f->map[2 * cid + 1] : 0;
}

static void check_glyph(struct pf *p, struct pf_font *f, unsigned cid)
{
	pf_obj where = pf_doc_object(p->doc, f->id);
	uint32_t glyph = glyph_of(f, cid);
	double is = (double)embedded_advance(f->program, glyph), told = (double)f->widths[cid];

	if ((glyph == 0 || is < 0) && !f->odd_glyph) {
		f->odd_glyph = true;
		wrong(p, where, "code %u shows %s", cid, glyph == 0 ? "no character but the font's .notdef" : "a glyph that there is not");
	} else if (is >= 0 && (is - told > SAME || told - is > SAME) && !f->odd_width) {
		f->odd_width = true;
		wrong(p, where, "code %u is %d wide in the font program and %d in W", cid, (int)is, (int)told);
	}
}

static void check_meaning(struct pf *p, const struct pf_font *f, unsigned code)
{
	pf_obj where = pf_doc_object(p->doc, f->id);
	enum pf_meaning m = (enum pf_meaning)f->meanings[code];

	if (m == PF_NOTHING || m == PF_NO_CHARACTER)
		pf_say(p, 'A', true, 25, where, m == PF_NOTHING ? "ToUnicode does not say which character code %u is"
		                                                : "ToUnicode says that code %u is what is no character", code);
	else if (m == PF_PRIVATE && !p->replaced)
		pf_say(p, 'A', true, 71, where, "code %u is a character of private use, and no ActualText says what it means", code);
}

/* One string's bytes, two to a code. */
struct codes {
	struct pf *p;
	struct pf_font *f;
	bool visible, half;
	unsigned high;
	double moved;
};

static void add_byte(struct codes *c, unsigned byte)
{
	unsigned cid = c->high << 8 | byte;

	c->half = !c->half;
	if (c->half) {
		c->high = byte;
		return;
	}
	c->moved += (double)c->f->widths[cid];
	if (c->f->meanings != NULL)
		check_meaning(c->p, c->f, cid);
	if (c->visible && (c->f->seen[cid / 8] & 1u << cid % 8) == 0) {
		c->f->seen[cid / 8] = (unsigned char)(c->f->seen[cid / 8] | 1u << cid % 8);
		check_glyph(c->p, c->f, cid);
	}
}

static int hex(unsigned char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static size_t show_hex(struct codes *c, const unsigned char *s, size_t i, size_t len)
{
	int high = -1;

	for (i++; i < len && s[i] != '>'; i++) {
		int v = hex(s[i]);

		if (v < 0)
			continue;
		if (high >= 0)
			add_byte(c, (unsigned)(high * 16 + v));
		high = high >= 0 ? -1 : v;
	}
	if (high >= 0)
		add_byte(c, (unsigned)high * 16);
	return i + 1;
}

/* ISO 32000-1, 7.3.4.2. */
static size_t show_literal(struct codes *c, const unsigned char *s, size_t i, size_t len)
{
	static const char escapes[] = "nrtbf", meant[] = "\n\r\t\b\f";
	int depth = 1;

	for (i++; i < len; i++) {
		unsigned v = s[i];

		if (v == '\\' && i + 1 < len) {
			const char *at;
			int digits = 0;

			v = s[++i];
			at = v != 0 ? strchr(escapes, (int)v) : NULL;
			if (v == '\r' || v == '\n') { /* a line goes on */
				i += v == '\r' && i + 1 < len && s[i + 1] == '\n';
				continue;
			}
			if (at != NULL)
				v = (unsigned char)meant[at - escapes];
			else if (v >= '0' && v <= '7')
				for (v = 0; digits < 3 && i < len && s[i] >= '0' && s[i] <= '7'; digits++)
					v = v * 8 + s[i++] - '0';
			i -= digits > 0;
			v &= 255;
		} else if (v == '(') {
			depth++;
		} else if (v == ')' && --depth == 0) {
			return i + 1;
		}
		add_byte(c, v);
	}
	return i;
}

/* A number within a TJ moves the pen back. */
static size_t move(struct codes *c, const unsigned char *s, size_t i, size_t len)
{
	double v = 0, unit = 1;
	bool minus = s[i] == '-', point = false;

	for (i += s[i] == '-' || s[i] == '+'; i < len && ((s[i] >= '0' && s[i] <= '9') || (s[i] == '.' && !point)); i++) {
		if (s[i] == '.') {
			point = true;
		} else {
			v = v * 10 + (s[i] - '0');
			unit = point ? unit * 10 : unit;
		}
	}
	c->moved -= (minus ? -v : v) / unit;
	return i;
}

double pf_font_show(struct pf *p, struct pf_font *font, const unsigned char *operands, size_t len, bool visible)
{
	struct codes c = { .p = p, .f = font, .visible = visible };

	for (size_t i = 0; i < len;) {
		unsigned char b = operands[i];

		c.half = false;
		if (b == '(')
			i = show_literal(&c, operands, i, len);
		else if (b == '<')
			i = show_hex(&c, operands, i, len);
		else if (b == '-' || b == '+' || b == '.' || (b >= '0' && b <= '9'))
			i = move(&c, operands, i, len);
		else
			i++;
	}
	return c.moved;
}
