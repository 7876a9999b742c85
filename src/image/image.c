#define _POSIX_C_SOURCE 200809L
#include "image/image.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "image/image_codec.h"

#define MOST_BYTES ((size_t)64 << 20)
#define MOST_PIXELS ((uint64_t)100 * 1000 * 1000)

void image_codec_fail(struct codec_error *e, const char *text)
{
	size_t n = strlen(text);

	if (n >= sizeof e->text)
		n = sizeof e->text - 1;
	memcpy(e->text, text, n);
	e->text[n] = '\0';
	for (char *p = e->text; *p != '\0'; p++)
		if ((unsigned char)*p < 0x20)
			*p = ' ';
}

int64_t image_dpi_from_metre(uint32_t per_metre)
{
	int64_t dpi = (int64_t)per_metre * 254 / 10;

	/* under 1 or over 10,000 dpi is a program's mistake, not a photographer's wish */
	return dpi < 1000 || dpi > 10000000 ? IMAGE_DEFAULT_DPI : dpi;
}

static uint32_t tiff_number(const unsigned char *p, int bytes, bool little)
{
	uint32_t v = 0;

	for (int i = 0; i < bytes; i++)
		v = v << 8 | p[little ? bytes - 1 - i : i];
	return v;
}

int image_exif_orientation(const unsigned char *tiff, size_t len)
{
	bool little;
	uint32_t at, entries;

	if (len < 8 || (memcmp(tiff, "II*\0", 4) != 0 && memcmp(tiff, "MM\0*", 4) != 0))
		return 1;
	little = tiff[0] == 'I';
	at = tiff_number(tiff + 4, 4, little);
	if (at > len - 2)
		return 1;
	entries = tiff_number(tiff + at, 2, little);
	for (uint32_t i = 0; i < entries; i++) {
		size_t entry = (size_t)at + 2 + (size_t)i * 12;
		uint32_t value;

		if (entry + 12 > len)
			break;
		if (tiff_number(tiff + entry, 2, little) != 0x0112)
			continue;
		value = tiff_number(tiff + entry + 8, 2, little); /* a SHORT sits at the start of its field */
		return value >= 1 && value <= 8 ? (int)value : 1;
	}
	return 1;
}

void image_set_init(struct image_set *s)
{
	memset(s, 0, sizeof *s);
	arena_init(&s->arena);
	strmap_init(&s->by_path);
}

void image_set_free(struct image_set *s)
{
	mem_free(s->v);
	strmap_free(&s->by_path);
	arena_free(&s->arena);
	memset(s, 0, sizeof *s);
}

static bool looks_like_svg(const unsigned char *p, size_t len)
{
	size_t most = len < 1024 ? len : 1024;

	for (size_t i = 0; i + 4 <= most; i++) {
		if (memcmp(p + i, "<svg", 4) == 0 || (i + 13 <= most && memcmp(p + i, "<!DOCTYPE svg", 13) == 0))
			return true;
	}
	return false;
}

static const char *foreign_name(const unsigned char *p, size_t len)
{
	static const struct { uint8_t at, n; char bytes[9]; const char *name; } known[] = {
		{ 0, 4, "GIF8", "GIF" }, { 8, 4, "WEBP", "WebP" }, { 0, 4, "II*\0", "TIFF" }, { 0, 4, "MM\0*", "TIFF" },
		{ 0, 4, "%PDF", "PDF" }, { 0, 4, "%!PS", "PostScript" }, { 0, 2, "BM", "BMP" }, { 0, 4, "8BPS", "Photoshop's" },
		{ 4, 8, "ftypavif", "AVIF" }, { 4, 7, "ftyphei", "HEIC" }, { 4, 7, "ftypmif", "HEIC" }, { 4, 4, "jP  ", "JPEG 2000" },
		{ 0, 4, "\0\0\1\0", "an icon" }, { 0, 2, "\x1f\x8b", "packed by gzip" },
	};

	if (looks_like_svg(p, len))
		return "SVG";
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if ((size_t)known[i].at + known[i].n <= len && memcmp(p + known[i].at, known[i].bytes, known[i].n) == 0)
			return known[i].name;
	}
	return NULL;
}

/* The bytes of the file in the set's arena, or NULL after an error at pos. */
static unsigned char *read_bytes(struct image_set *s, const char *path, const char *name, struct diag_log *log,
                                 struct pos pos, size_t *len)
{
	struct stat st;
	struct diag_log quiet;
	char *data = NULL;
	unsigned char *copy = NULL;

	if (stat(path, &st) != 0 || !S_ISREG(st.st_mode)) {
		diag_error(log, "image-missing", pos, "picture %s cannot be read: %s", name,
		           errno != 0 && !file_exists(path) ? strerror(errno) : "not a regular file");
		return NULL;
	}
	if ((uintmax_t)st.st_size > MOST_BYTES) {
		diag_error(log, "image-too-large", pos, "picture %s has %ju bytes, more than 64 MB", name,
		           (uintmax_t)st.st_size);
		return NULL;
	}
	diag_init(&quiet); /* a picture that cannot be read is the document's fault, at its line */
	if (file_read(path, MOST_BYTES, &quiet, pos, &data, len)) {
		copy = arena_alloc(&s->arena, *len + 1);
		memcpy(copy, data, *len);
	} else {
		diag_error(log, "image-missing", pos, "picture %s: %s", name,
		           quiet.n > 0 ? quiet.v[0].text : "cannot be read");
	}
	diag_free(&quiet);
	mem_free(data);
	return copy;
}

static bool read_header(struct image *img, struct diag_log *log, struct pos pos)
{
	struct codec_error e = { "" };
	const char *other;
	bool ok;

	if (img->len >= 8 && memcmp(img->data, "\x89PNG\r\n\x1a\n", 8) == 0) {
		img->format = IMAGE_PNG;
		mem_watch();
		ok = image_png_header(img, &e);
		mem_watched();
	} else if (img->len >= 3 && memcmp(img->data, "\xff\xd8\xff", 3) == 0) {
		img->format = IMAGE_JPEG;
		mem_watch();
		ok = image_jpeg_header(img, &e);
		mem_watched();
	} else if (img->len == 0) {
		diag_error(log, "image-broken", pos, "picture %s is empty", img->name);
		return false;
	} else {
		other = foreign_name(img->data, img->len);
		diag_error(log, "image-format", pos, "picture %s is %s, neither PNG nor JPEG", img->name,
		           other != NULL ? other : "of an unknown format");
		diag_hint(log, "convert it to PNG (drawings) or JPEG (photographs)");
		return false;
	}
	if (!ok) {
		diag_error(log, "image-broken", pos, "picture %s is damaged: %s", img->name, e.text);
		return false;
	}
	if ((uint64_t)img->width * img->height > MOST_PIXELS) {
		diag_error(log, "image-too-large", pos, "picture %s has %u x %u pixels, more than 100 million", img->name,
		           img->width, img->height);
		return false;
	}
	return true;
}

/* Pixels without their profile are other colours: said, since the picture can still be set. */
static void read_profile(struct image_set *s, struct image *img, struct diag_log *log, struct pos pos)
{
	struct buf raw;
	bool broken = false;

	buf_init(&raw);
	mem_watch();
	if (img->format == IMAGE_PNG)
		image_png_profile(img, &raw, &broken);
	else
		image_jpeg_profile(img, &raw, &broken);
	mem_watched();
	if (raw.len > 0) {
		void *copy = arena_alloc(&s->arena, raw.len);

		memcpy(copy, raw.data, raw.len);
		if (!icc_read(copy, raw.len, &img->icc) || img->icc.channels != img->channels) {
			memset(&img->icc, 0, sizeof img->icc);
			broken = true;
		}
	}
	if (broken)
		diag_warn(log, "image-profile", pos, "picture %s carries a colour profile that does not fit it; it is not used",
		          img->name);
	buf_free(&raw);
}

const struct image *image_load(struct image_set *s, const char *path, const char *name, struct diag_log *log,
                               struct pos pos)
{
	struct image *img = strmap_lookup(&s->by_path, path, strlen(path));
	unsigned char *data;
	size_t len = 0;

	if (img != NULL && img->data == NULL) {
		diag_error(log, "image-broken", pos, "picture %s is the one that was at fault before", name);
		return NULL;
	}
	if (img != NULL)
		return img;
	data = read_bytes(s, path, name, log, pos, &len);
	if (data == NULL)
		return NULL;
	img = ARENA_NEW(&s->arena, struct image);
	img->path = arena_strdup(&s->arena, path);
	img->name = arena_strdup(&s->arena, name);
	img->pos = pos;
	img->data = data;
	img->len = len;
	img->orientation = 1;
	img->dpi_x = img->dpi_y = IMAGE_DEFAULT_DPI;
	if (!read_header(img, log, pos)) { /* not read again, however often it is asked for */
		img->data = NULL;
		strmap_put(&s->by_path, img->path, strlen(img->path), img);
		return NULL;
	}
	if (img->orientation >= 5) {
		uint32_t w = img->width;
		int64_t dpi = img->dpi_x;

		img->width = img->height;
		img->height = w;
		img->dpi_x = img->dpi_y;
		img->dpi_y = dpi;
	}
	read_profile(s, img, log, pos);
	img->hash = strmap_hash(data, len);
	img->index = (int)s->n;
	VEC_ROOM(s->v, s->n, s->cap, 1);
	s->v[s->n++] = img;
	strmap_put(&s->by_path, img->path, strlen(img->path), img);
	return img;
}

/* One plane turned upright: EXIF orientation o says where the stored first row and column lie. */
static unsigned char *turn(const unsigned char *from, uint32_t w, uint32_t h, size_t bytes, int o)
{
	size_t tw = o >= 5 ? h : w, th = o >= 5 ? w : h;
	unsigned char *to = mem_alloc(tw * th * bytes);

	for (size_t y = 0; y < th; y++) {
		for (size_t x = 0; x < tw; x++) {
			size_t sx = o >= 5 ? y : x, sy = o >= 5 ? x : y;

			if (o == 2 || o == 3 || o == 7 || o == 8)
				sx = w - 1 - sx;
			if (o == 3 || o == 4 || o == 6 || o == 7)
				sy = h - 1 - sy;
			memcpy(to + (y * tw + x) * bytes, from + (sy * w + sx) * bytes, bytes);
		}
	}
	return to;
}

bool image_decode(const struct image *img, struct image_pixels *out, struct diag_log *log)
{
	struct codec_error e = { "" };
	bool ok;

	memset(out, 0, sizeof *out);
	mem_watch();
	ok = img->format == IMAGE_PNG ? image_png_decode(img, out, &e) : image_jpeg_decode(img, out, &e);
	mem_watched();
	if (!ok) {
		diag_error(log, "image-broken", img->pos, "picture %s cannot be decoded: %s", img->name, e.text);
		return false;
	}
	if (img->orientation != 1) {
		unsigned char *turned = turn(out->data, out->width, out->height, (size_t)out->channels, img->orientation);

		mem_free(out->data);
		out->data = turned;
		if (out->alpha != NULL) {
			turned = turn(out->alpha, out->width, out->height, 1, img->orientation);
			mem_free(out->alpha);
			out->alpha = turned;
		}
		out->width = img->width;
		out->height = img->height;
	}
	return true;
}

bool image_jpeg_samples(const void *data, size_t len, uint32_t width, uint32_t height, struct image_pixels *out)
{
	struct image img = { .format = IMAGE_JPEG, .data = data, .len = len, .orientation = 1 };
	struct codec_error e = { "" };
	bool ok;

	memset(out, 0, sizeof *out);
	mem_watch();
	ok = image_jpeg_header(&img, &e) && img.width == width && img.height == height;
	img.adobe_inverted = false;
	ok = ok && image_jpeg_decode(&img, out, &e);
	mem_watched();
	return ok;
}

void image_pixels_free(struct image_pixels *p)
{
	mem_free(p->data);
	mem_free(p->alpha);
	memset(p, 0, sizeof *p);
}
