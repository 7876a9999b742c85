/* A font's file: any bytes as one, opened, measured, shaped with, drawn, and made a subset of for PDF and EPUB. */
#include <string.h>

#include "base/mem.h"
#include "fuzz.h"
#include "read/fontmap.h"

static const char map_xml[] = "<fonts><folder path=\".\"/><family name=\"A\"><face file=\"a.ttf\"/></family></fonts>";

static void use(struct fonts *fonts, struct face *face, struct diag_log *log)
{
	struct shaper *shaper = shaper_open(fonts);
	struct shape_key key = { .face = face, .lang = "ru", .features = "onum=1,liga=1" };
	const char *text = "Аб fi\u0301 1\u05d0";
	const struct shaped_word *w = shape_word(shaper, &key, text, strlen(text), log);
	struct coverage picture;
	struct arena arena;
	struct outline_step *steps;
	uint32_t ids[64];
	size_t n = 0, n_steps;

	for (uint32_t i = 0; i < w->n_parts; i++)
		for (uint32_t k = 0; k < w->parts[i].n && n < 64; k++)
			if (w->parts[i].face == face)
				ids[n++] = w->parts[i].glyphs[k].gid;
	FUZZ_MUST(face->upem > 0);
	arena_init(&arena);
	coverage_init(&picture, 32, 32, &arena);
	shape_width(w, SP_PT(10));
	for (size_t i = 0; i < n; i++) {
		face_draw(face, ids[i], 20 * 64, 64, 20 * 64, &picture);
		if (face_outline(face, ids[i], &steps, &n_steps))
			mem_free(steps);
		face_advance(face, ids[i]);
	}
	for (int i = 0; i < 2 && face->may_embed; i++) {
		struct subset s;

		if (face_subset(face, &(struct subset_wish){ .use = i == 0 ? SUBSET_PDF : SUBSET_BOOK, .ids = ids, .n = n }, &s, log))
			subset_free(&s);
	}
	arena_free(&arena);
	shaper_close(shaper);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *map_path;
	struct diag_log log;
	struct fontmap *map;
	struct fonts *fonts;
	struct face *face;

	if (map_path == NULL)
		map_path = fuzz_file("fonts.xml", map_xml, sizeof map_xml - 1);
	fuzz_file("a.ttf", data, size);
	diag_init(&log);
	map = fontmap_read(map_xml, sizeof map_xml - 1, map_path, &log);
	FUZZ_MUST(map != NULL);
	fonts = fonts_open(map, &log);
	face = fonts_face(fonts, "A", false, false, &log);
	if (face != NULL)
		use(fonts, face, &log);
	else
		FUZZ_MUST(log.errors > 0);
	fonts_close(fonts);
	fontmap_free(map);
	diag_free(&log);
	return 0;
}
