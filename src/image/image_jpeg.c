/* JPEG by libjpeg-turbo. The header walk is our own: it must see what a PDF reader's DCTDecode
 * will see (ITU-T T.81 annex B; Adobe's APP14 by ISO 32000-1 table 13). The only file that knows
 * libjpeg's setjmp. */
#include <stdio.h> /* jpeglib.h needs FILE and size_t */

#include <jerror.h>
#include <jpeglib.h>
#include <setjmp.h>
#include <string.h>

#include "base/mem.h"
#include "image/image_codec.h"

#define MOST_SCANS 200 /* a progressive file has about ten; thousands are made to burn time */

struct walk {
	struct image *img;
	size_t at;
	int scans;
	bool frame, tables, jfif, adobe, adobe_rgb, ids_rgb;
	struct codec_error *e;
};

static unsigned be16(const unsigned char *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

static bool fail(struct walk *w, const char *text)
{
	image_codec_fail(w->e, text);
	return false;
}

static bool read_frame(struct walk *w, const unsigned char *body, size_t len)
{
	if (w->frame)
		return fail(w, "it has two frames");
	if (len < 6 || len < 6 + (size_t)body[5] * 3)
		return fail(w, "its frame header is cut off");
	if (body[0] != 8)
		return fail(w, "its samples have not 8 bits");
	w->img->height = be16(body + 1);
	w->img->width = be16(body + 3);
	w->img->channels = body[5];
	if (w->img->width == 0 || w->img->height == 0)
		return fail(w, "its size makes no sense");
	if (body[5] != 1 && body[5] != 3 && body[5] != 4)
		return fail(w, "it has neither 1, 3 nor 4 colour components");
	w->ids_rgb = body[5] == 3 && body[6] == 'R' && body[9] == 'G' && body[12] == 'B';
	w->frame = true;
	return true;
}

static void read_app(struct walk *w, unsigned char marker, const unsigned char *body, size_t len)
{
	if (marker == 0xe0 && len >= 12 && memcmp(body, "JFIF", 5) == 0) {
		uint32_t x = be16(body + 8), y = be16(body + 10);

		w->jfif = true;
		if (body[7] == 1) { /* dots an inch */
			if (x >= 1 && x <= 10000)
				w->img->dpi_x = (int64_t)x * 1000;
			if (y >= 1 && y <= 10000)
				w->img->dpi_y = (int64_t)y * 1000;
		} else if (body[7] == 2) {
			w->img->dpi_x = image_dpi_from_metre(x * 100);
			w->img->dpi_y = image_dpi_from_metre(y * 100);
		}
	} else if (marker == 0xe1 && len > 6 && memcmp(body, "Exif\0\0", 6) == 0) {
		w->img->orientation = image_exif_orientation(body + 6, len - 6);
	} else if (marker == 0xee && len >= 12 && memcmp(body, "Adobe", 5) == 0) {
		w->adobe = true;
		w->adobe_rgb = body[11] == 0;
	}
}

/* Over entropy-coded data to the next marker that ends it. */
static void skip_scan(struct walk *w)
{
	const unsigned char *p = w->img->data;
	size_t len = w->img->len;

	while (w->at + 1 < len) {
		const unsigned char *ff = memchr(p + w->at, 0xff, len - 1 - w->at);

		if (ff == NULL) {
			w->at = len;
			return;
		}
		w->at = (size_t)(ff - p);
		if (ff[1] == 0 || (ff[1] >= 0xd0 && ff[1] <= 0xd7))
			w->at += 2;
		else if (ff[1] == 0xff)
			w->at++;
		else
			return;
	}
	w->at = len;
}

/* One segment at w->at. *end: it was the end marker. */
static bool walk_segment(struct walk *w, bool *end)
{
	const unsigned char *p = w->img->data;
	unsigned char marker;
	size_t len;

	while (w->at + 1 < w->img->len && p[w->at] == 0xff && p[w->at + 1] == 0xff)
		w->at++;
	if (w->at + 2 > w->img->len)
		return fail(w, "it ends before its end marker (cut off?)");
	if (p[w->at] != 0xff)
		return fail(w, "there is no marker where one must be");
	marker = p[w->at + 1];
	w->at += 2;
	if (marker == 0xd9) {
		*end = true;
		return true;
	}
	if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8))
		return true;
	if (w->img->len - w->at < 2 || (len = be16(p + w->at)) < 2 || len > w->img->len - w->at)
		return fail(w, "it ends in the middle of a segment (cut off?)");
	if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
		if (marker > 0xc2)
			return fail(w, "it is neither baseline nor progressive (lossless or arithmetic coding)");
		if (!read_frame(w, p + w->at + 2, len - 2))
			return false;
	} else if (marker == 0xc4) {
		w->tables = true;
	} else if (marker >= 0xe0 && marker <= 0xef) {
		read_app(w, marker, p + w->at + 2, len - 2);
	}
	w->at += len;
	if (marker == 0xda) {
		if (!w->frame)
			return fail(w, "a scan comes before the frame");
		if (!w->tables) /* libjpeg has some of its own; PDF readers need not */
			return fail(w, "it does not give its Huffman codes");
		if (++w->scans > MOST_SCANS)
			return fail(w, "it has more than 200 scans");
		skip_scan(w);
	}
	return true;
}

bool image_jpeg_header(struct image *img, struct codec_error *e)
{
	struct walk w = { .img = img, .at = 2, .e = e };
	bool end = false;

	while (!end)
		if (!walk_segment(&w, &end))
			return false;
	if (!w.frame || w.scans == 0)
		return fail(&w, "it holds no pixels");
	img->adobe_inverted = img->channels == 4 && w.adobe;
	/* Without APP14 libjpeg guesses from JFIF and the component ids, DCTDecode does not. */
	img->plain_jpeg = w.adobe || w.jfif || !w.ids_rgb;
	return true;
}

struct profile_pieces {
	const unsigned char *at[256]; /* by number, from 1 */
	size_t len[256], count;
};

/* APP2 (ICC.1, annex B.4): "ICC_PROFILE", its number from 1, how many there are, a piece of the profile. The header
 * walk has been here: segments lie within the file. */
static void find_pieces(const struct image *img, struct profile_pieces *out)
{
	const unsigned char *p = img->data;

	for (size_t at = 2; at + 4 <= img->len && p[at] == 0xff && p[at + 1] != 0xda && p[at + 1] != 0xd9;) {
		size_t n = be16(p + at + 2);

		if (p[at + 1] == 0xff || p[at + 1] == 0x01 || (p[at + 1] >= 0xd0 && p[at + 1] <= 0xd8)) {
			at += p[at + 1] == 0xff ? 1 : 2;
			continue;
		}
		if (n < 2 || n > img->len - at - 2)
			return;
		if (p[at + 1] == 0xe2 && n >= 16 && memcmp(p + at + 4, "ICC_PROFILE", 12) == 0) {
			out->at[p[at + 16]] = p + at + 18;
			out->len[p[at + 16]] = n - 16;
			out->count = p[at + 17];
		}
		at += 2 + n;
	}
}

void image_jpeg_profile(const struct image *img, struct buf *out, bool *broken)
{
	struct profile_pieces pieces = { 0 };
	size_t start = out->len;

	find_pieces(img, &pieces);
	for (size_t i = 1; i <= pieces.count && !*broken; i++) {
		*broken = pieces.at[i] == NULL || out->len - start + pieces.len[i] > IMAGE_MOST_PROFILE;
		if (!*broken)
			buf_put(out, pieces.at[i], pieces.len[i]);
	}
	if (*broken)
		out->len = start;
}

struct jpeg_job {
	struct jpeg_error_mgr mgr; /* first: libjpeg hands back its address */
	jmp_buf jump;
	struct codec_error *e;
	struct jpeg_decompress_struct c;
	unsigned char *data;
};

static void on_error(j_common_ptr c)
{
	struct jpeg_job *job = (struct jpeg_job *)(void *)c->err;
	char text[JMSG_LENGTH_MAX];

	c->err->format_message(c, text);
	image_codec_fail(job->e, text);
	longjmp(job->jump, 1);
}

/* libjpeg makes grey of pixels that are not there, and anything of codes that are none; of other oddities the picture is
 * none the worse. */
static void on_warning(j_common_ptr c, int level)
{
	int code = c->err->msg_code;

	if (level < 0 && (code == JWRN_HIT_MARKER || code == JWRN_HUFF_BAD_CODE || code == JWRN_MUST_RESYNC))
		c->err->error_exit(c);
}

static void on_message(j_common_ptr c)
{
	(void)c;
}

static bool run_libjpeg(struct jpeg_job *job, const struct image *img)
{
	size_t row;

	if (setjmp(job->jump))
		return false;
	jpeg_create_decompress(&job->c);
	jpeg_mem_src(&job->c, img->data, (unsigned long)img->len);
	jpeg_read_header(&job->c, TRUE);
	job->c.out_color_space = job->c.num_components == 1 ? JCS_GRAYSCALE
	                         : job->c.num_components == 3 ? JCS_RGB : JCS_CMYK;
	job->c.dct_method = JDCT_ISLOW; /* the same integers on every machine */
	jpeg_start_decompress(&job->c);
	row = (size_t)job->c.output_width * (size_t)job->c.output_components;
	job->data = mem_zalloc(job->c.output_height, row);
	while (job->c.output_scanline < job->c.output_height) {
		JSAMPROW to = job->data + job->c.output_scanline * row;

		jpeg_read_scanlines(&job->c, &to, 1);
	}
	jpeg_finish_decompress(&job->c);
	return true;
}

bool image_jpeg_decode(const struct image *img, struct image_pixels *out, struct codec_error *e)
{
	struct jpeg_job *job = mem_zalloc(1, sizeof *job);
	bool ok;

	job->e = e;
	job->c.err = jpeg_std_error(&job->mgr);
	job->mgr.error_exit = on_error;
	job->mgr.output_message = on_message;
	job->mgr.emit_message = on_warning;
	ok = run_libjpeg(job, img);
	if (ok) {
		out->width = job->c.output_width;
		out->height = job->c.output_height;
		out->channels = job->c.output_components;
		out->data = job->data;
		/* Adobe's programs store the paper left white, not the ink */
		if (img->adobe_inverted)
			for (size_t i = 0, n = (size_t)out->width * out->height * 4; i < n; i++)
				out->data[i] = (unsigned char)(255 - out->data[i]);
	} else {
		mem_free(job->data);
	}
	jpeg_destroy_decompress(&job->c);
	mem_free(job);
	return ok;
}
