#include "font/soundness.h"

#include <stddef.h>
#include <stdint.h>

#include FT_OUTLINE_H

#include "base/mem.h"

/* Letters and figures that must have ink, a width, and a size of the em's order. Faces lack most of them, or all. */
static const uint32_t letters[] = { 'H', 'n', 'o', '0', 0x43D /* н */, 0x43E /* о */, 0x627, 0x5D0 /* alefs */, 0x4E00 /* one */ };
enum { MOST_EMS = 10 };

static unsigned be16(const char *p)
{
	return (unsigned)(unsigned char)p[0] << 8 | (unsigned char)p[1];
}

static uint32_t be32(const char *p)
{
	return (uint32_t)be16(p) << 16 | be16(p + 2);
}

/* Where each glyph begins in glyf (OpenType 1.9, loca): a place for each, ascending, none behind its end. */
static bool places_are_sound(const char *loca, unsigned len, unsigned end, bool wide, unsigned glyphs)
{
	unsigned size = wide ? 4 : 2;
	uint32_t last = 0;

	if (len / size < glyphs + 1)
		return false;
	for (unsigned i = 0; i <= glyphs; i++) {
		uint32_t at = wide ? be32(loca + 4 * (size_t)i) : 2 * (uint32_t)be16(loca + 2 * (size_t)i);

		if (at < last || at > end)
			return false;
		last = at;
	}
	return true;
}

static const char *truetype_fault(hb_face_t *face, unsigned glyphs)
{
	hb_blob_t *head = hb_face_reference_table(face, HB_TAG('h', 'e', 'a', 'd'));
	hb_blob_t *loca = hb_face_reference_table(face, HB_TAG('l', 'o', 'c', 'a'));
	hb_blob_t *glyf = hb_face_reference_table(face, HB_TAG('g', 'l', 'y', 'f'));
	unsigned head_len, loca_len, glyf_len = hb_blob_get_length(glyf);
	const char *h = hb_blob_get_data(head, &head_len), *l = hb_blob_get_data(loca, &loca_len);
	bool ok = head_len >= 54 && be16(h + 50) <= 1 && places_are_sound(l, loca_len, glyf_len, be16(h + 50) == 1, glyphs);

	hb_blob_destroy(head);
	hb_blob_destroy(loca);
	hb_blob_destroy(glyf);
	return ok ? NULL : "is damaged: glyphs lie outside of its table glyf, or the table loca is too short";
}

/* Widths (OpenType 1.9, hmtx): so many pairs as hhea says, then a bearing for each glyph more. */
static bool widths_are_sound(hb_face_t *face, unsigned glyphs)
{
	hb_blob_t *hhea = hb_face_reference_table(face, HB_TAG('h', 'h', 'e', 'a'));
	hb_blob_t *hmtx = hb_face_reference_table(face, HB_TAG('h', 'm', 't', 'x'));
	unsigned len, pairs;
	const char *h = hb_blob_get_data(hhea, &len);

	pairs = len >= 36 ? be16(h + 34) : 0;
	len = hb_blob_get_length(hmtx);
	hb_blob_destroy(hhea);
	hb_blob_destroy(hmtx);
	return pairs > 0 && pairs <= glyphs && len >= 4 * pairs;
}

/* FreeType makes a map of glyphs' names where there is none; HarfBuzz finds nothing. */
static bool maps_characters(hb_face_t *face)
{
	hb_blob_t *cmap = hb_face_reference_table(face, HB_TAG('c', 'm', 'a', 'p'));
	unsigned len;
	const char *c = hb_blob_get_data(cmap, &len);
	bool maps = len >= 12 && be16(c + 2) > 0;

	hb_blob_destroy(cmap);
	return maps;
}

static bool is_sound(FT_Face ft, hb_font_t *font, hb_codepoint_t gid)
{
	const FT_Pos most = MOST_EMS * (FT_Pos)ft->units_per_EM;
	hb_position_t advance = hb_font_get_glyph_h_advance(font, gid);
	FT_BBox box;

	if (gid >= (hb_codepoint_t)ft->num_glyphs || advance <= 0 || advance > most)
		return false;
	if (FT_Load_Glyph(ft, gid, FT_LOAD_NO_SCALE | FT_LOAD_NO_HINTING) != 0)
		return false;
	if (ft->glyph->format != FT_GLYPH_FORMAT_OUTLINE || ft->glyph->outline.n_points == 0)
		return false;
	FT_Outline_Get_CBox(&ft->glyph->outline, &box);
	return box.xMin > -most && box.yMin > -most && box.xMax < most && box.yMax < most;
}

static const char *fault_of(FT_Face ft, hb_face_t *face, hb_font_t *font, bool is_cff)
{
	unsigned glyphs = (unsigned)ft->num_glyphs;
	const char *fault = NULL;

	if (!maps_characters(face))
		return "has no map from characters to glyphs";
	if (!widths_are_sound(face, glyphs))
		return "is damaged: its tables hhea and hmtx do not give the width of each glyph";
	if (!is_cff)
		fault = truetype_fault(face, glyphs);
	for (size_t i = 0; i < sizeof letters / sizeof *letters && fault == NULL; i++) {
		hb_codepoint_t gid = 0;

		if (hb_font_get_nominal_glyph(font, letters[i], &gid) && gid != 0 && !is_sound(ft, font, gid))
			fault = "is damaged: letters of it have no outline, no width, or one of many ems";
	}
	return fault;
}

const char *soundness_fault(FT_Face ft, hb_face_t *face, hb_font_t *font, bool is_cff)
{
	const char *fault;

	mem_watch(); /* a table that there is no room for is an empty one, and stays so */
	fault = fault_of(ft, face, font, is_cff);
	mem_watched();
	return fault;
}
