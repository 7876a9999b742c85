/* Faces: which file holds which family, opened once, by FreeType (metrics, rights, outlines for the
 * cover) and HarfBuzz (shaping goes through font/font_hb.h, for shape/ alone). No system font scan:
 * fonts.xml names the files. A face is opened when first asked for. */
#ifndef VERSTKA_FONT_FONT_H
#define VERSTKA_FONT_FONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/unit.h"
#include "style/fontmap.h"

struct fonts; /* owns its faces */

struct face {
	int index;              /* in order of first use; the number that pages and dumps use */
	const char *family;     /* of fonts.xml: "Serif" */
	bool bold, italic;
	const char *ps_name;    /* "PTSerif-Regular" */
	const char *path;
	struct pos pos;         /* of the map of fonts that names it */
	bool is_cff;            /* outlines in CFF (OpenType), else TrueType */
	bool is_cid;            /* CFF whose glyphs have CIDs instead of names */
	int upem;               /* font units an em */
	/* [font unit], y up */
	int ascender, descender, x_height, cap_height, underline_position, underline_thickness;
	int bbox[4];            /* xMin yMin xMax yMax */
	int italic_angle;       /* [1/65536 degree] */
	bool is_fixed_pitch, is_serif;
	bool may_embed, may_subset; /* OS/2 fsType */
	int glyph_count;
	int space_advance;      /* [font unit] of U+0020 */
	const char *licence;    /* name table 13 or 14, or NULL */
	struct face *latin;     /* sets Latin, Greek and Cyrillic in this one's place (font map: latin), or NULL */
};

struct fonts *fonts_open(const struct fontmap *map, struct diag_log *log); /* borrows map */

/* Several may share what is read of the files: each is then opened once, whoever asks first, in whichever thread. Before the
 * first face is asked for; borrowed. */
struct font_files;
struct font_files *font_files_new(void);
void font_files_free(struct font_files *f); /* NULL is fine */
void fonts_share(struct fonts *f, struct font_files *files);
void fonts_close(struct fonts *f);

/* The face of a family in a style. A family without that style gives the nearest (bold before
 * italic). NULL and an error ("font-missing", environment) if the file cannot be had; the hint
 * names the Debian package. */
struct face *fonts_face(struct fonts *f, const char *family, bool bold, bool italic, struct diag_log *log);
/* First face in the family's fallback chain (itself first) that has the character; NULL: none. */
struct face *fonts_face_for(struct fonts *f, struct face *wanted, uint32_t codepoint, const char *lang, struct diag_log *log);
/* Packages of the map's faces whose files are not there, "a, b", or NULL; the fonts' memory. */
const char *fonts_absent_packages(struct fonts *f);
bool face_has(const struct face *face, uint32_t codepoint);
uint32_t face_glyph(const struct face *face, uint32_t codepoint); /* 0: none */
int face_advance(const struct face *face, uint32_t glyph); /* [font unit], unhinted, as in hmtx */
void face_names(const struct face *face, struct buf *out); /* appends its table of names, as the file has it, if it has one */
int fonts_count(const struct fonts *f);                    /* of faces opened so far */
struct face *fonts_at(const struct fonts *f, int index);

/* What a subset font program is to hold. */
enum subset_use {
	SUBSET_PDF, /* outlines and metrics only, no hinting */
	SUBSET_BOOK /* for EPUB: cmap and layout tables kept */
};
struct subset_wish {
	enum subset_use use;
	const uint32_t *ids;      /* SUBSET_PDF: glyphs (0 is always in); SUBSET_BOOK: characters */
	size_t n;
	const char *const *langs; /* SUBSET_BOOK: of the texts (BCP 47); what layout tables have for other languages is left out, with
	                             the glyphs for them (Japanese forms of Chinese characters) */
	size_t n_langs;
};
struct subset {
	unsigned char *data;    /* mem_free; for is_cff && SUBSET_PDF: the bare 'CFF ' table */
	size_t len;
	uint32_t *new_gid;      /* SUBSET_PDF: old glyph id -> new, face->glyph_count entries, mem_free; ~0u: was not asked for */
	uint64_t hash;          /* SUBSET_PDF: of the glyph set and the face's name, for the subset tag */
};
bool face_subset(const struct face *face, const struct subset_wish *wish, struct subset *out, struct diag_log *log);
void subset_free(struct subset *s);

/* What ink covers, 0 to 255 a pixel, rows top down. Most rows of a picture stay blank, and of the others a part. */
struct coverage {
	int w, h;              /* [pixel] */
	struct coverage_row {
		unsigned char *v;  /* w pixels; NULL: blank */
		int from, to;      /* there is nothing before and behind */
	} *rows;
	struct arena *arena;   /* rows are made in it */
};
void coverage_init(struct coverage *c, int w, int h, struct arena *arena);
/* The pixels from .. to - 1 of a row, 0 <= from < to <= w, for ink to be put there. */
unsigned char *coverage_ink(struct coverage *c, int y, int from, int to);
/* Draws a glyph's outline (for the cover): pen at x, baseline at y [1/64 pixel], size in pixels an em; adds coverage, up to 255. */
bool face_draw(const struct face *face, uint32_t glyph, int64_t size_64, int64_t x_64, int64_t y_64, struct coverage *to);

/* A glyph's outline, in font units, y up: 'm' to (x[0], y[0]), 'l' likewise, 'c' a cubic curve by two handles to the
 * third point. Contours are to be closed and filled. False: it has none. */
struct outline_step {
	char op;
	int x[3], y[3];
};
bool face_outline(const struct face *face, uint32_t glyph, struct outline_step **steps, size_t *n); /* mem_free */

#endif
