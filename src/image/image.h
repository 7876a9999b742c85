/* Pictures: PNG and JPEG, by libpng and libjpeg-turbo, hostile input assumed. The header is read
 * when the source is read, so that a broken picture is an error at its line; pixels are decoded
 * only when a writer asks. */
#ifndef VERSTKA_IMAGE_IMAGE_H
#define VERSTKA_IMAGE_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/strmap.h"
#include "image/icc.h"

enum image_format { IMAGE_PNG, IMAGE_JPEG };

struct image {
	const char *path;  /* as opened */
	const char *name;  /* as the source writes it: for the dump, and the EPUB's file name stem */
	enum image_format format;
	uint32_t width, height; /* [pixel], after EXIF orientation */
	int orientation;        /* EXIF 1-8 */
	int64_t dpi_x, dpi_y;   /* [1/1000 dpi]; 96000 if the file does not say */
	int channels;           /* 1 gray, 3 RGB, 4 CMYK (JPEG) */
	bool has_alpha;
	bool adobe_inverted;    /* CMYK JPEG with Adobe's APP14: Decode [1 0 ...] */
	bool plain_jpeg;        /* JPEG whose bytes PDF's DCTDecode reads just as libjpeg does */
	bool line_art;          /* one bit a pixel: black and white alone */
	struct icc icc;         /* the profile it carries, fit for its channels; data NULL: none */
	const unsigned char *data; /* the file */
	size_t len;             /* [byte] */
	uint64_t hash;          /* of data */
	int index;              /* in its set */
	struct pos pos;         /* where it is first asked for */
};

struct image_set {
	struct arena arena;
	struct image **v;
	size_t n, cap;
	struct strmap by_path;
};

void image_set_init(struct image_set *s);
void image_set_free(struct image_set *s);
/* The picture at path (read once however often it is used), or NULL with an error logged at pos:
 * "image-missing", "image-format" (neither PNG nor JPEG by its bytes, whatever its name; SVG named),
 * "image-broken", "image-too-large" (over 100 Mpixel or 64 MB). A profile in it that cannot be used is a warning,
 * "image-profile". */
const struct image *image_load(struct image_set *s, const char *path, const char *name, struct diag_log *log,
                               struct pos pos);

/* Decoded pixels: 8 bits a sample, rows top down, no padding, orientation applied. CMYK: 255 = full ink,
 * whatever the file's habit. Logs "image-broken" at img->pos and returns false when the data cannot be decoded. */
struct image_pixels {
	uint32_t width, height;
	int channels;         /* 1 or 3 (alpha is apart) or 4 */
	unsigned char *data;  /* mem_free */
	unsigned char *alpha; /* width*height, or NULL; mem_free */
};
bool image_decode(const struct image *img, struct image_pixels *out, struct diag_log *log);
void image_pixels_free(struct image_pixels *p);

/* The samples of a JPEG that lies in another file, as libjpeg gives them: which of 0 and 255 is ink, the other file says.
 * False: it is damaged, or not of that size [pixel]. */
bool image_jpeg_samples(const void *data, size_t len, uint32_t width, uint32_t height, struct image_pixels *out);

#endif
