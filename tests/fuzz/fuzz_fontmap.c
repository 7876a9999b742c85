/* fonts.xml: any bytes; one that is accepted is asked for faces. */
#include "fuzz.h"
#include "read/fontmap.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const families[] = { "Serif", "Sans", "Mono", "A" };
	struct diag_log log;
	struct fontmap *map;
	struct fonts *fonts;

	diag_init(&log);
	map = fontmap_read((const char *)data, size, "fonts.xml", &log);
	FUZZ_MUST((map == NULL) == (log.errors > 0));
	if (map != NULL && (fonts = fonts_open(map, &log)) != NULL) {
		for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
			struct face *face = fonts_face(fonts, families[i], i & 1, i & 2, &log);

			if (face != NULL)
				fonts_face_for(fonts, face, 0x4e00, "zh", &log);
		}
		fonts_absent_packages(fonts);
		fonts_close(fonts);
	}
	fontmap_free(map);
	diag_free(&log);
	return 0;
}
