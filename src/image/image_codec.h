/* What the two picture formats offer to image.c; nobody else includes this. */
#ifndef VERSTKA_IMAGE_IMAGE_CODEC_H
#define VERSTKA_IMAGE_IMAGE_CODEC_H

#include "image/image.h"

#include "base/buf.h"

/* What went wrong, for a message: static text or a copy of the library's. */
struct codec_error {
	char text[160];
};
void image_codec_fail(struct codec_error *e, const char *text);

/* Reads the header and walks the whole file's frame (chunks with their checksums, JPEG segments up
 * to the end marker), so that a cut-off or damaged file is found when the source is read. Fills
 * width and height as stored, orientation, resolution and the rest; false with a reason. */
bool image_png_header(struct image *img, struct codec_error *e);
bool image_jpeg_header(struct image *img, struct codec_error *e);

/* The ICC profile in a file whose header was read, appended to out as it stands there. Nothing appended: there is
 * none, or (*broken) it cannot be read. */
#define IMAGE_MOST_PROFILE ((size_t)4 << 20)
void image_png_profile(const struct image *img, struct buf *out, bool *broken);
void image_jpeg_profile(const struct image *img, struct buf *out, bool *broken);

/* Pixels as stored (orientation not applied); img's header was read. On failure nothing is left. */
bool image_png_decode(const struct image *img, struct image_pixels *out, struct codec_error *e);
bool image_jpeg_decode(const struct image *img, struct image_pixels *out, struct codec_error *e);

/* The orientation tag of EXIF data (a TIFF header and its first directory); 1 if there is none. */
int image_exif_orientation(const unsigned char *tiff, size_t len);

/* Milli-dpi from a count per metre or centimetre/100; anything absurd gives the default. */
#define IMAGE_DEFAULT_DPI 96000
int64_t image_dpi_from_metre(uint32_t per_metre);

#endif
