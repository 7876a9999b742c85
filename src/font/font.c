#include "font/font.h"

#include <errno.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_CID_H
#include FT_OUTLINE_H
#include FT_TRUETYPE_TABLES_H
#include <hb-ot.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/strmap.h"
#include "font/font_files.h"
#include "font/font_hb.h"
#include "font/soundness.h"

/* What a face is behind its public data. */
enum { KNOWN = 256 }; /* power of two */

/* What was asked for last: the glyph of a character, the advance of a glyph, by their last bits. HarfBuzz takes a while each time. */
struct known {
	struct { uint32_t codepoint, gid; } glyph[KNOWN];
	struct { uint32_t gid; int advance; } advance[KNOWN]; /* gid 0: none yet */
	uint32_t astray; /* a glyph that the map of characters names and the face does not have; 0: none was met */
	bool told;       /* of it */
};

struct opened {
	struct face pub; /* first: a struct face * is a struct opened * */
	struct known *known;
	FT_Face ft;
	hb_blob_t *blob;
	hb_face_t *hb_face;
	hb_font_t *hb_font;
};

struct slot { /* one face of the map; opened when asked for */
	const struct fontmap_family *family;
	const struct fontmap_face *desc;
	struct opened *opened;
	bool failed;
};

/* What fonts_face_for found last for a character: the walk over a chain of fifty families is long. */
struct found {
	const struct face *wanted;
	struct face *face; /* NULL: none has it */
	uint64_t lang;     /* hash */
	uint32_t codepoint;
};

enum { FOUND_SLOTS = 1024 }; /* power of two */

struct fonts {
	struct arena arena;
	struct found found[FOUND_SLOTS];
	const struct fontmap *map;
	struct font_files *files, *own; /* own: not shared */
	FT_Library ft;
	struct slot *slots; /* those of a family together */
	int n_slots;
	struct strmap families; /* name -> its first slot */
	struct opened **by_index;
	size_t n_opened, cap_opened;
};

static const struct opened *opened_of(const struct face *face)
{
	return (const struct opened *)face;
}

hb_font_t *face_hb_font(const struct face *face)
{
	return opened_of(face)->hb_font;
}

struct fonts *fonts_open(const struct fontmap *map, struct diag_log *log)
{
	struct fonts *f = mem_zalloc(1, sizeof *f);
	int n = 0;

	arena_init(&f->arena);
	f->map = map;
	f->files = f->own = font_files_new();
	mem_watch(); /* a kind of font that has no room is left out */
	if (FT_Init_FreeType(&f->ft) != 0) {
		diag_fail(log, "font", DIAG_NOWHERE, "FreeType does not start");
		font_files_free(f->own);
		mem_free(f);
		return NULL;
	}
	mem_watched();
	for (int i = 0; i < map->n_families; i++)
		f->n_slots += map->families[i].n_faces;
	f->slots = arena_array(&f->arena, (size_t)f->n_slots, sizeof *f->slots);
	strmap_init(&f->families);
	for (int i = 0; i < map->n_families; i++) {
		const char *name = map->families[i].name;

		if (map->families[i].n_faces > 0 && strmap_lookup(&f->families, name, strlen(name)) == NULL)
			strmap_put(&f->families, name, strlen(name), &f->slots[n]);
		for (int k = 0; k < map->families[i].n_faces; k++, n++) {
			f->slots[n].family = &map->families[i];
			f->slots[n].desc = &map->families[i].faces[k];
		}
	}
	return f;
}

void fonts_share(struct fonts *f, struct font_files *files)
{
	f->files = files;
}

void fonts_close(struct fonts *f)
{
	if (f == NULL)
		return;
	for (size_t i = 0; i < f->n_opened; i++) {
		struct opened *o = f->by_index[i];

		FT_Done_Face(o->ft);
		hb_font_destroy(o->hb_font);
		hb_face_destroy(o->hb_face);
		hb_blob_destroy(o->blob);
	}
	FT_Done_FreeType(f->ft);
	font_files_free(f->own);
	mem_free(f->by_index);
	strmap_free(&f->families);
	arena_free(&f->arena);
	mem_free(f);
}

static const char *name_string(struct fonts *f, hb_face_t *face, hb_ot_name_id_t id)
{
	char text[512];
	unsigned n = sizeof text;

	if (hb_ot_name_get_utf8(face, id, hb_language_from_string("en", -1), &n, text) == 0 || n == 0)
		return NULL;
	return arena_dup(&f->arena, text, n);
}

/* PostScript names go into PDF names: letters, digits and hyphen only. */
static const char *clean_ps_name(struct fonts *f, const char *name)
{
	char *s = arena_strdup(&f->arena, name != NULL && *name != '\0' ? name : "Unnamed");
	size_t n = 0;

	for (const char *p = s; *p != '\0' && n < 63; p++) {
		if ((*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') || *p == '-')
			s[n++] = *p;
	}
	s[n] = '\0';
	return n != 0 ? s : "Unnamed";
}

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
	hb_blob_t *b = hb_face_reference_table(face, tag);
	bool has = hb_blob_get_length(b) != 0;

	hb_blob_destroy(b);
	return has;
}

/* By the IBM class; without one by Panose: Latin text whose serifs are of one of the nine kinds. */
static bool is_serif(const TT_OS2 *os2)
{
	int ibm = os2->sFamilyClass >> 8 & 0xFF;

	if (ibm != 0)
		return ibm >= 1 && ibm <= 7;
	return os2->panose[0] == 2 && os2->panose[1] >= 2 && os2->panose[1] <= 10;
}

static void read_metrics(struct fonts *f, struct opened *o)
{
	struct face *p = &o->pub;
	const TT_OS2 *os2 = FT_Get_Sfnt_Table(o->ft, FT_SFNT_OS2);
	const TT_Postscript *post = FT_Get_Sfnt_Table(o->ft, FT_SFNT_POST);
	FT_UShort rights = FT_Get_FSType_Flags(o->ft);
	uint32_t space = face_glyph(p, ' ');

	p->upem = o->ft->units_per_EM;
	p->ascender = o->ft->ascender;
	p->descender = o->ft->descender;
	p->x_height = os2 != NULL && os2->version != 0xFFFF && os2->version >= 2 && os2->sxHeight > 0 ? os2->sxHeight : p->upem / 2;
	p->cap_height = os2 != NULL && os2->version != 0xFFFF && os2->version >= 2 && os2->sCapHeight > 0 ? os2->sCapHeight
	                                                                                         : p->upem * 7 / 10;
	p->underline_position = o->ft->underline_position;
	p->underline_thickness = o->ft->underline_thickness > 0 ? o->ft->underline_thickness : p->upem / 20;
	p->bbox[0] = (int)o->ft->bbox.xMin;
	p->bbox[1] = (int)o->ft->bbox.yMin;
	p->bbox[2] = (int)o->ft->bbox.xMax;
	p->bbox[3] = (int)o->ft->bbox.yMax;
	p->italic_angle = post != NULL ? (int)post->italicAngle : 0;
	p->is_fixed_pitch = FT_IS_FIXED_WIDTH(o->ft) != 0;
	p->is_serif = os2 != NULL && is_serif(os2);
	/* bit 1: restricted licence; it yields to the bits that allow more (OpenType 1.9, OS/2 fsType) */
	p->may_embed = (rights & 0x000E) != 0x0002 && (rights & 0x0200) == 0;
	p->may_subset = (rights & 0x0100) == 0;
	p->glyph_count = (int)o->ft->num_glyphs;
	p->space_advance = space != 0 ? face_advance(p, space) : p->upem / 4;
	p->ps_name = clean_ps_name(f, name_string(f, o->hb_face, HB_OT_NAME_ID_POSTSCRIPT_NAME));
	p->licence = name_string(f, o->hb_face, HB_OT_NAME_ID_LICENSE);
}

static char *find_file(struct fonts *f, const char *file)
{
	if (file[0] == '/')
		return file_exists(file) ? arena_strdup(&f->arena, file) : NULL;
	for (int i = 0; i < f->map->n_folders; i++) {
		char *path = arena_printf(&f->arena, "%s/%s", f->map->folders[i], file);

		if (file_exists(path))
			return path;
	}
	return NULL;
}

/* Opens a slot's face. quiet: a fallback that is not installed is no error. */
static struct face *open_slot(struct fonts *f, struct slot *s, bool quiet, struct diag_log *log)
{
	FT_Bool by_cid = 0;
	struct opened *o;
	const char *fault;
	char *path;

	if (s->opened != NULL)
		return &s->opened->pub;
	if (s->failed && quiet)
		return NULL;
	s->failed = true;
	path = find_file(f, s->desc->file);
	if (path == NULL) {
		if (!quiet) {
			diag_fail(log, "font-missing", s->desc->pos, "no font file %s (family %s%s%s)", s->desc->file,
			          s->family->name, s->desc->bold ? " bold" : "", s->desc->italic ? " italic" : "");
			if (s->desc->package != NULL)
				diag_hint(log, "install the Debian package %s", s->desc->package);
		}
		return NULL;
	}
	o = ARENA_NEW(&f->arena, struct opened);
	o->known = ARENA_NEW(&f->arena, struct known);
	mem_watch();
	o->hb_face = font_files_face(f->files, path, s->desc->index, &o->blob);
	if (o->hb_face == NULL ||
	    FT_New_Memory_Face(f->ft, (const FT_Byte *)hb_blob_get_data(o->blob, NULL),
	                       (FT_Long)hb_blob_get_length(o->blob), s->desc->index, &o->ft) != 0) {
		mem_watched();
		if (o->hb_face == NULL && (errno == EMFILE || errno == ENFILE))
			diag_fail(log, "io", s->desc->pos, "cannot read %s: %s", path, strerror(errno));
		else
			diag_fail(log, "font-broken", s->desc->pos, "%s is not a font that FreeType can read", path);
		hb_face_destroy(o->hb_face);
		hb_blob_destroy(o->blob);
		return NULL;
	}
	o->hb_font = hb_font_create(o->hb_face);
	hb_ot_font_set_funcs(o->hb_font);
	o->pub.is_cff = has_table(o->hb_face, HB_TAG('C', 'F', 'F', ' '));
	mem_watched();
	if ((!o->pub.is_cff && !has_table(o->hb_face, HB_TAG('g', 'l', 'y', 'f'))) || o->ft->units_per_EM == 0 ||
	    o->ft->num_glyphs < 1 || o->ft->num_glyphs > 65535)
		fault = "holds neither TrueType nor CFF outlines";
	else
		fault = soundness_fault(o->ft, o->hb_face, o->hb_font, o->pub.is_cff);
	if (fault != NULL) {
		diag_fail(log, "font-broken", s->desc->pos, "%s %s", path, fault);
		FT_Done_Face(o->ft);
		hb_font_destroy(o->hb_font);
		hb_face_destroy(o->hb_face);
		hb_blob_destroy(o->blob);
		return NULL;
	}
	hb_font_set_scale(o->hb_font, o->ft->units_per_EM, o->ft->units_per_EM);
	o->pub.is_cid = o->pub.is_cff && FT_Get_CID_Is_Internally_CID_Keyed(o->ft, &by_cid) == 0 && by_cid;
	o->pub.index = (int)f->n_opened;
	o->pub.family = s->family->name;
	o->pub.bold = s->desc->bold;
	o->pub.italic = s->desc->italic;
	o->pub.path = path;
	o->pub.pos = s->desc->pos;
	read_metrics(f, o);
	mem_watched();
	hb_font_make_immutable(o->hb_font);
	VEC_ROOM(f->by_index, f->n_opened, f->cap_opened, 1);
	f->by_index[f->n_opened++] = o;
	s->opened = o;
	s->failed = false;
	return &o->pub;
}

/* The family's slot nearest to the style: bold counts before italic. */
static struct slot *nearest_slot(struct fonts *f, const char *family, bool bold, bool italic)
{
	struct slot *first = strmap_lookup(&f->families, family, strlen(family)), *best = NULL;
	int best_off = 9;

	for (int i = 0; first != NULL && i < first->family->n_faces; i++) {
		struct slot *s = first + i;
		int off = (s->desc->bold != bold ? 2 : 0) + (s->desc->italic != italic ? 1 : 0);

		if (off < best_off) {
			best = s;
			best_off = off;
		}
	}
	return best;
}

/* A face is asked for its Latin one once, when all is opened: two families may name each other. */
static struct face *with_latin(struct fonts *f, struct face *face, const struct slot *s, struct diag_log *log)
{
	struct slot *latin = face != NULL && s->family->latin != NULL && face->latin == NULL
	                     ? nearest_slot(f, s->family->latin, s->desc->bold, s->desc->italic) : NULL;

	if (latin != NULL)
		face->latin = open_slot(f, latin, true, log);
	return face;
}

struct face *fonts_face(struct fonts *f, const char *family, bool bold, bool italic, struct diag_log *log)
{
	struct slot *s = nearest_slot(f, family, bold, italic);

	if (s == NULL) {
		struct pos map = { f->map->n_families > 0 ? f->map->families[0].pos.file : NULL, 0, 0 };

		diag_fail(log, "font-missing", map, "the font map has no family %s, which the theme uses", family);
		diag_hint(log, "<family name=\"%s\"> in it, or --fonts with another map", family);
		return NULL;
	}
	return with_latin(f, open_slot(f, s, false, log), s, log);
}

static const struct fontmap_family *family_named(const struct fonts *f, const char *name)
{
	const struct slot *first = strmap_lookup(&f->families, name, strlen(name));

	return first != NULL ? first->family : NULL;
}

/* "zh-Hans" is of "zh"; "zh" is not of "zh-Hans". */
static bool lang_is_of(const char *lang, const char *range)
{
	size_t n = strlen(range);

	return strncmp(lang, range, n) == 0 && (lang[n] == '\0' || lang[n] == '-');
}

static struct face *face_in_chain(struct fonts *f, const struct face *wanted, uint32_t codepoint, const char *lang,
                                  struct diag_log *log)
{
	const struct fontmap_family *family = family_named(f, wanted->family);

	if (family == NULL)
		return NULL;
	/* first the fallbacks meant for this language, then all in order */
	for (int pass = 0; pass < 2; pass++) {
		for (int i = 0; i < family->n_fallback; i++) {
			const struct fontmap_family *g = family_named(f, family->fallback[i]);
			struct slot *s;
			struct face *face;

			if (g == NULL || (pass == 0 && (g->lang == NULL || lang == NULL || !lang_is_of(lang, g->lang))))
				continue;
			s = nearest_slot(f, g->name, wanted->bold, wanted->italic);
			face = s != NULL ? open_slot(f, s, true, log) : NULL;
			if (face != NULL && face_has(face, codepoint))
				return face;
		}
	}
	return NULL;
}

static void tell_astray(const struct face *face, struct diag_log *log)
{
	struct known *k = opened_of(face)->known;

	if (k->astray == 0 || k->told)
		return;
	k->told = true;
	diag_fail(log, "font-broken", face->pos, "%s is damaged: it has %d glyphs, and its map of characters leads to the %uth", face->path,
	          face->glyph_count, (unsigned)k->astray + 1);
}

struct face *fonts_face_for(struct fonts *f, struct face *wanted, uint32_t codepoint, const char *lang,
                            struct diag_log *log)
{
	struct found *at = &f->found[(codepoint + (uint32_t)wanted->index * 163) % FOUND_SLOTS];
	uint64_t hash;

	if (face_has(wanted, codepoint))
		return wanted;
	tell_astray(wanted, log);
	hash = lang != NULL ? strmap_hash(lang, strlen(lang)) : 0;
	if (at->wanted != wanted || at->codepoint != codepoint || at->lang != hash)
		*at = (struct found){ wanted, face_in_chain(f, wanted, codepoint, lang, log), hash, codepoint };
	return at->face;
}

const char *fonts_absent_packages(struct fonts *f)
{
	const char *list = NULL, *last = "";

	for (int i = 0; i < f->n_slots; i++) {
		const char *package = f->slots[i].desc->package;

		if (package == NULL || strcmp(package, last) == 0 || (list != NULL && strstr(list, package) != NULL) ||
		    find_file(f, f->slots[i].desc->file) != NULL)
			continue;
		last = package;
		list = list == NULL ? package : arena_printf(&f->arena, "%s, %s", list, package);
	}
	return list;
}

uint32_t face_glyph(const struct face *face, uint32_t codepoint)
{
	struct known *k = opened_of(face)->known;
	uint32_t slot = codepoint & (KNOWN - 1);
	hb_codepoint_t gid = 0;

	if (codepoint != 0 && k->glyph[slot].codepoint == codepoint)
		return k->glyph[slot].gid;
	hb_font_get_nominal_glyph(opened_of(face)->hb_font, codepoint, &gid);
	if (gid >= (hb_codepoint_t)opened_of(face)->ft->num_glyphs) {
		k->astray = gid;
		gid = 0;
	}
	k->glyph[slot].codepoint = codepoint;
	k->glyph[slot].gid = gid;
	return gid;
}

bool face_has(const struct face *face, uint32_t codepoint)
{
	return face_glyph(face, codepoint) != 0;
}

int face_advance(const struct face *face, uint32_t glyph)
{
	struct known *k = opened_of(face)->known;
	uint32_t slot = glyph & (KNOWN - 1);

	if (glyph == 0 || k->advance[slot].gid != glyph) {
		k->advance[slot].gid = glyph;
		k->advance[slot].advance = (int)hb_font_get_glyph_h_advance(opened_of(face)->hb_font, glyph);
	}
	return k->advance[slot].advance;
}

void face_names(const struct face *face, struct buf *out)
{
	hb_blob_t *b;
	const char *data;
	unsigned n = 0;

	mem_watch(); /* without memory the table would be an empty one */
	b = hb_face_reference_table(opened_of(face)->hb_face, HB_TAG('n', 'a', 'm', 'e'));
	mem_watched();
	data = hb_blob_get_data(b, &n);
	buf_put(out, data, n);
	hb_blob_destroy(b);
}

int fonts_count(const struct fonts *f)
{
	return (int)f->n_opened;
}

struct face *fonts_at(const struct fonts *f, int index)
{
	return &f->by_index[index]->pub;
}

void coverage_init(struct coverage *c, int w, int h, struct arena *arena)
{
	*c = (struct coverage){ w, h, arena_array(arena, (size_t)h, sizeof *c->rows), arena };
}

unsigned char *coverage_ink(struct coverage *c, int y, int from, int to)
{
	struct coverage_row *row = &c->rows[y];

	if (row->v == NULL) {
		row->v = arena_alloc(c->arena, (size_t)c->w);
		row->from = from;
		row->to = to;
	}
	row->from = from < row->from ? from : row->from;
	row->to = to > row->to ? to : row->to;
	return row->v + from;
}

/* FreeType's y goes up from the picture's top; what lies outside of the picture it has cut off. Spans come from left to right.
 * Coverage on coverage is 255 at most. */
static void add_spans(int y, int n, const FT_Span *spans, void *picture)
{
	struct coverage *to = picture;
	int row = -1 - y, from = n > 0 ? spans[0].x : 0, end = n > 0 ? spans[n - 1].x + spans[n - 1].len : 0;
	unsigned char *ink;

	if (row < 0 || row >= to->h || from < 0 || end > to->w || from >= end)
		return;
	ink = coverage_ink(to, row, from, end) - from;
	for (const FT_Span *s = spans; s < spans + n; s++) {
		if (s->coverage == 255) { /* the inside of a letter */
			memset(ink + s->x, 255, s->len);
			continue;
		}
		for (int x = s->x; x < s->x + s->len; x++) {
			unsigned v = ink[x] + (unsigned)s->coverage;

			ink[x] = (unsigned char)(v > 255 ? 255 : v);
		}
	}
}

/* The part of the picture that an outline is on: FreeType goes through all of what it is given, again and again. */
static bool find_box(FT_Outline *outline, const struct coverage *to, FT_BBox *box)
{
	FT_Outline_Get_CBox(outline, box);
	box->xMin = box->xMin < 0 ? 0 : box->xMin >> 6;
	box->xMax = box->xMax > (FT_Pos)to->w * 64 ? to->w : (box->xMax + 63) >> 6;
	box->yMin = box->yMin < (FT_Pos)-to->h * 64 ? -to->h : box->yMin >> 6;
	box->yMax = box->yMax > 0 ? 0 : (box->yMax + 63) >> 6;
	return box->xMin < box->xMax && box->yMin < box->yMax;
}

bool face_draw(const struct face *face, uint32_t glyph, int64_t size_64, int64_t x_64, int64_t y_64, struct coverage *to)
{
	FT_Face ft = opened_of(face)->ft;
	FT_GlyphSlot slot = ft->glyph;
	FT_Raster_Params how = { .flags = FT_RASTER_FLAG_AA | FT_RASTER_FLAG_DIRECT | FT_RASTER_FLAG_CLIP, .gray_spans = add_spans,
		                     .user = to };
	bool ok;

	mem_watch();
	ok = size_64 >= 64 && size_64 <= 64 * 4000 && x_64 <= 64 * 20000 && x_64 >= -64 * 20000 && y_64 <= 64 * 20000 &&
	     y_64 >= -64 * 20000 && FT_Set_Char_Size(ft, (FT_F26Dot6)size_64, 0, 72, 72) == 0 &&
	     FT_Load_Glyph(ft, glyph, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) == 0 && slot->format == FT_GLYPH_FORMAT_OUTLINE;
	if (ok) {
		FT_Outline_Translate(&slot->outline, (FT_Pos)x_64, (FT_Pos)-y_64);
		ok = !find_box(&slot->outline, to, &how.clip_box) || FT_Outline_Render(slot->library, &slot->outline, &how) == 0;
	}
	if (!ok)
		mem_watched();
	return ok;
}

struct tracing {
	struct outline_step *v;
	size_t n, cap;
	FT_Pos x, y;
};

static struct outline_step *add_step(struct tracing *t, char op, const FT_Vector *to)
{
	VEC_ROOM(t->v, t->n, t->cap, 1);
	t->v[t->n] = (struct outline_step){ .op = op, .x = { (int)to->x }, .y = { (int)to->y } };
	t->x = to->x;
	t->y = to->y;
	return &t->v[t->n++];
}

static int trace_move(const FT_Vector *to, void *user)
{
	add_step(user, 'm', to);
	return 0;
}

static int trace_line(const FT_Vector *to, void *user)
{
	add_step(user, 'l', to);
	return 0;
}

static int trace_cubic(const FT_Vector *a, const FT_Vector *b, const FT_Vector *to, void *user)
{
	struct outline_step *s = add_step(user, 'c', to);

	*s = (struct outline_step){ 'c', { (int)a->x, (int)b->x, (int)to->x }, { (int)a->y, (int)b->y, (int)to->y } };
	return 0;
}

/* A quadratic curve's handle lies two thirds of the way from either end of the cubic's. */
static int trace_conic(const FT_Vector *a, const FT_Vector *to, void *user)
{
	struct tracing *t = user;
	FT_Vector near = { (t->x + 2 * a->x) / 3, (t->y + 2 * a->y) / 3 }, far = { (to->x + 2 * a->x) / 3, (to->y + 2 * a->y) / 3 };

	return trace_cubic(&near, &far, to, user);
}

bool face_outline(const struct face *face, uint32_t glyph, struct outline_step **steps, size_t *n)
{
	static const FT_Outline_Funcs funcs = { trace_move, trace_line, trace_conic, trace_cubic, 0, 0 };
	FT_Face ft = opened_of(face)->ft;
	struct tracing t = { 0 };

	*steps = NULL;
	*n = 0;
	mem_watch();
	if (FT_Load_Glyph(ft, glyph, FT_LOAD_NO_SCALE | FT_LOAD_NO_BITMAP) != 0 ||
	    ft->glyph->format != FT_GLYPH_FORMAT_OUTLINE || FT_Outline_Decompose(&ft->glyph->outline, &funcs, &t) != 0 ||
	    t.n == 0) {
		mem_watched();
		mem_free(t.v);
		return false;
	}
	*steps = t.v;
	*n = t.n;
	return true;
}
