#include "font/embedded.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_ADVANCES_H
#include FT_CID_H

#include "base/mem.h"

struct embedded {
	FT_Library library; /* of its own: programs of different files have nothing in common */
	FT_Face ft;
	uint16_t *glyphs;   /* by CID, 65,536 of them; NULL: CID and glyph are the same number */
};

static bool is_by_cid(FT_Face ft)
{
	FT_Bool by_cid = 0;

	return FT_Get_CID_Is_Internally_CID_Keyed(ft, &by_cid) == 0 && by_cid;
}

struct embedded *embedded_open(const void *data, size_t len)
{
	struct embedded *e = mem_zalloc(1, sizeof *e);

	mem_watch();
	if (len == 0 || len > 0x7fffffff || FT_Init_FreeType(&e->library) != 0) {
		mem_free(e);
		return NULL;
	}
	mem_watched();
	if (FT_New_Memory_Face(e->library, data, (FT_Long)len, 0, &e->ft) != 0 || !FT_IS_SCALABLE(e->ft) ||
	    e->ft->units_per_EM == 0) {
		embedded_close(e);
		return NULL;
	}
	if (FT_IS_SFNT(e->ft) && is_by_cid(e->ft)) { /* of a bare CFF table FreeType's glyph numbers are the CIDs */
		e->glyphs = mem_zalloc(65536, sizeof *e->glyphs);
		for (FT_Long i = e->ft->num_glyphs < 65536 ? e->ft->num_glyphs - 1 : 65535; i > 0; i--) {
			FT_UInt cid = 0;

			if (FT_Get_CID_From_Glyph_Index(e->ft, (FT_UInt)i, &cid) == 0 && cid < 65536)
				e->glyphs[cid] = (uint16_t)i;
		}
	}
	return e;
}

void embedded_close(struct embedded *e)
{
	if (e == NULL)
		return;
	FT_Done_FreeType(e->library); /* and the face with it */
	mem_free(e->glyphs);
	mem_free(e);
}

uint32_t embedded_glyph(const struct embedded *e, uint32_t cid)
{
	return e->glyphs == NULL ? cid : cid < 65536 ? e->glyphs[cid] : 0;
}

long embedded_advance(const struct embedded *e, uint32_t glyph)
{
	FT_Fixed advance = 0;
	long em = e->ft->units_per_EM;

	if (glyph >= (unsigned long)e->ft->num_glyphs || FT_Get_Advance(e->ft, glyph, FT_LOAD_NO_SCALE, &advance) != 0 ||
	    advance < 0 || advance > 1000000)
		return -1;
	return (advance * 1000 + em / 2) / em;
}

bool embedded_may_embed(const struct embedded *e)
{
	FT_UShort rights = FT_Get_FSType_Flags(e->ft);

	/* bit 1: restricted licence; it yields to the bits that allow more (OpenType 1.9, OS/2 fsType); bit 9: bitmaps only */
	return (rights & 0x000E) != 0x0002 && (rights & 0x0200) == 0;
}

bool embedded_may_subset(const struct embedded *e)
{
	return (FT_Get_FSType_Flags(e->ft) & 0x0100) == 0;
}
