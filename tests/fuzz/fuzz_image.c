/* Pictures: any bytes as PNG or JPEG: header, profile, pixels. What the header promises, the pixels keep. */
#include <string.h>

#include "fuzz.h"
#include "image/image.h"
#include "image/image_write.h"

enum { MOST_PIXELS = 1 << 21 }; /* larger ones are as good a test of the header, and slow */

static void decode(const struct image *img, struct diag_log *log)
{
	struct image_pixels px;
	unsigned sum = 0;
	size_t n;
	struct buf png;

	if ((uint64_t)img->width * img->height > MOST_PIXELS || !image_decode(img, &px, log))
		return;
	FUZZ_MUST(px.width == img->width && px.height == img->height);
	FUZZ_MUST(px.channels == 1 || px.channels == 3 || px.channels == 4);
	n = (size_t)px.width * px.height;
	for (size_t i = 0; i < n * (size_t)px.channels; i++)
		sum += px.data[i]; /* all of it is there */
	for (size_t i = 0; px.alpha != NULL && i < n; i++)
		sum += px.alpha[i];
	buf_init(&png);
	if (px.channels < 4 && sum != 1)
		FUZZ_MUST(image_write_png(px.data, px.width, px.height, px.channels, &png, log));
	buf_free(&png);
	image_pixels_free(&px);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *path = fuzz_file("a.png", data, size);
	const struct image *img;
	struct image_set set;
	struct diag_log log;

	diag_init(&log);
	image_set_init(&set);
	img = image_load(&set, path, "a.png", &log, DIAG_NOWHERE);
	FUZZ_MUST((img == NULL) == (log.errors > 0));
	if (img != NULL) {
		FUZZ_MUST(img->width > 0 && img->height > 0 && img->dpi_x > 0 && img->dpi_y > 0);
		FUZZ_MUST(img->orientation >= 1 && img->orientation <= 8);
		decode(img, &log);
	}
	image_set_free(&set);
	diag_free(&log);
	return 0;
}
