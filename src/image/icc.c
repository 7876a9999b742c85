#include "image/icc.h"

#include <string.h>

#include <lcms2.h>
#include <lcms2_plugin.h>

#include "base/mem.h"
#include "base/utf8.h"

#define ICC_HEAD 128
#define LARGEST ((size_t)16 << 20)
#define PIXELS_AT_ONCE 65536
#define LARGEST_SRGB (1 << 20)

/* ---- memory -------------------------------------------------------------------------------------------- */

/* What Little CMS gets, it gets from base/mem: without memory it would go on with nothing in its hands, and crash. More
 * than this at once is a lie of a profile's, and refused. */
#define MOST_AT_ONCE ((cmsUInt32Number)256 << 20)

static void *take(cmsContext c, cmsUInt32Number size)
{
	(void)c;
	return size == 0 || size > MOST_AT_ONCE ? NULL : mem_alloc(size);
}

static void *take_again(cmsContext c, void *p, cmsUInt32Number size)
{
	(void)c;
	return size > MOST_AT_ONCE ? NULL : mem_resize(p, 1, size);
}

static void drop(cmsContext c, void *p)
{
	(void)c;
	mem_free(p);
}

/* For cmsDeleteContext. */
static cmsContext context_new(void)
{
	cmsPluginMemHandler memory = { .base = { cmsPluginMagicNumber, 2060, cmsPluginMemHandlerSig, NULL }, .MallocPtr = take,
		                       .FreePtr = drop, .ReallocPtr = take_again };
	cmsContext c = cmsCreateContext(&memory, NULL);

	if (c == NULL)
		mem_fail();
	return c;
}

/* ---- profiles ------------------------------------------------------------------------------------------ */

static int channels_of(cmsColorSpaceSignature space)
{
	return space == cmsSigGrayData ? 1 : space == cmsSigRgbData ? 3 : space == cmsSigCmykData ? 4 : 0;
}

/* The profile's own name, with no control characters and no broken characters in it. */
static void read_description(cmsHPROFILE p, char *out, size_t room)
{
	wchar_t wide[160];
	size_t n = 0;

	out[0] = '\0';
	if (cmsGetProfileInfo(p, cmsInfoDescription, "en", "US", wide, sizeof wide / sizeof *wide) == 0)
		return;
	wide[sizeof wide / sizeof *wide - 1] = 0;
	for (const wchar_t *w = wide; *w != 0 && n + 5 < room; w++)
		n += utf8_encode(*w < 0x20 || *w == 0x7f ? ' ' : (uint32_t)*w, out + n);
	while (n > 0 && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
}

bool icc_read(const void *data, size_t len, struct icc *out)
{
	cmsContext c;
	cmsHPROFILE p;

	memset(out, 0, sizeof *out);
	if (data == NULL || len < ICC_HEAD || len > LARGEST || memcmp((const char *)data + 36, "acsp", 4) != 0)
		return false;
	c = context_new();
	p = cmsOpenProfileFromMemTHR(c, data, (cmsUInt32Number)len);
	if (p != NULL) {
		out->data = data;
		out->len = len;
		out->channels = channels_of(cmsGetColorSpace(p));
		out->output = cmsGetDeviceClass(p) == cmsSigOutputClass;
		out->version = (int)(cmsGetEncodedICCversion(p) >> 24);
		read_description(p, out->description, sizeof out->description);
		cmsCloseProfile(p);
	}
	cmsDeleteContext(c);
	return p != NULL;
}

struct icc_way {
	cmsContext c;
	cmsHTRANSFORM t;
	size_t from, to; /* [byte] a pixel */
};

static cmsHPROFILE open_side(cmsContext c, const struct icc *side)
{
	if (side->data == NULL)
		return side->channels == 3 ? cmsCreate_sRGBProfileTHR(c) : NULL;
	return cmsOpenProfileFromMemTHR(c, side->data, (cmsUInt32Number)side->len);
}

static cmsUInt32Number format_of(int channels)
{
	return channels == 1 ? TYPE_GRAY_8 : channels == 3 ? TYPE_RGB_8 : TYPE_CMYK_8;
}

struct icc_way *icc_way_new(const struct icc *from, const struct icc *to)
{
	cmsContext c = context_new();
	cmsHPROFILE a = open_side(c, from), b = open_side(c, to);
	cmsUInt32Number intent = from->channels == 4 && to->channels == 4 ? INTENT_PRESERVE_K_ONLY_RELATIVE_COLORIMETRIC
	                                                                  : INTENT_RELATIVE_COLORIMETRIC;
	struct icc_way *w = NULL;

	if (a != NULL && b != NULL && from->channels > 0 && to->channels > 0) {
		cmsHTRANSFORM t = cmsCreateTransformTHR(c, a, format_of(from->channels), b, format_of(to->channels), intent,
		                                        cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOCACHE);

		if (t != NULL) {
			w = mem_zalloc(1, sizeof *w);
			*w = (struct icc_way){ c, t, (size_t)from->channels, (size_t)to->channels };
		}
	}
	if (a != NULL)
		cmsCloseProfile(a);
	if (b != NULL)
		cmsCloseProfile(b);
	if (w == NULL)
		cmsDeleteContext(c);
	return w;
}

void icc_way_run(const struct icc_way *w, const unsigned char *from, unsigned char *to, size_t pixels)
{
	for (size_t at = 0; at < pixels; at += PIXELS_AT_ONCE) {
		size_t n = pixels - at < PIXELS_AT_ONCE ? pixels - at : PIXELS_AT_ONCE;

		cmsDoTransform(w->t, from + at * w->from, to + at * w->to, (cmsUInt32Number)n);
	}
}

void icc_way_free(struct icc_way *w)
{
	if (w == NULL)
		return;
	cmsDeleteTransform(w->t);
	cmsDeleteContext(w->c);
	mem_free(w);
}

/* The luminance Y of samples of one kind: all 256 greys, or all tints of black. */
static bool luminances(const struct icc *side, double y[256])
{
	unsigned char samples[4 * 256] = { 0 };
	double xyz[3 * 256];
	cmsContext c = context_new();
	cmsHPROFILE a = open_side(c, side), b = cmsCreateXYZProfileTHR(c);
	cmsHTRANSFORM t = NULL;

	for (size_t i = 0; i < 256; i++) {
		if (side->channels == 4)
			samples[4 * i + 3] = (unsigned char)i;
		else
			memset(samples + (size_t)side->channels * i, (int)i, (size_t)side->channels);
	}
	if (a != NULL && b != NULL)
		t = cmsCreateTransformTHR(c, a, format_of(side->channels), b, TYPE_XYZ_DBL, INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOCACHE);
	if (t != NULL)
		cmsDoTransform(t, samples, xyz, 256);
	for (size_t i = 0; t != NULL && i < 256; i++)
		y[i] = xyz[3 * i + 1];
	if (t != NULL)
		cmsDeleteTransform(t);
	if (a != NULL)
		cmsCloseProfile(a);
	if (b != NULL)
		cmsCloseProfile(b);
	cmsDeleteContext(c);
	return t != NULL;
}

/* Black point compensation, as for colours: the darkest grey becomes the darkest tint, the lightest bare paper. */
bool icc_grey_as_ink(const struct icc *from, const struct icc *press, unsigned char ink[256])
{
	double grey[256], tint[256], range;

	if (from->channels < 1 || from->channels > 3 || press->channels != 4 || !luminances(from, grey) ||
	    !luminances(press, tint))
		return false;
	range = grey[255] - grey[0];
	if (!(range > 0) || !(tint[0] > tint[255]))
		return false;
	for (size_t v = 0; v < 256; v++) {
		double want = tint[255] + (grey[v] - grey[0]) / range * (tint[0] - tint[255]), nearest = -1;

		for (size_t k = 0; k < 256; k++) {
			double off = tint[k] > want ? tint[k] - want : want - tint[k];

			if (nearest < 0 || off < nearest) {
				nearest = off;
				ink[v] = (unsigned char)k;
			}
		}
	}
	return true;
}

/* ---- sRGB ---------------------------------------------------------------------------------------------- */

static void put_be32(unsigned char *at, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		at[i] = (unsigned char)(v >> (24 - 8 * i));
}

/* sRGB (IEC 61966-2-1) as Little CMS describes it, in ICC version 4.2, the one PDF 1.7 names. It writes the clock
 * into the head; a fixed day stands there instead, or the same book would be another file tomorrow. */
unsigned char *icc_make_srgb(size_t *len)
{
	cmsContext c = context_new();
	cmsHPROFILE p = cmsCreate_sRGBProfileTHR(c);
	cmsUInt32Number n = 0;
	unsigned char *data = NULL;

	if (p != NULL) {
		cmsSetProfileVersion(p, 4.2);
		if (cmsSaveProfileToMem(p, NULL, &n) && n > ICC_HEAD && n < LARGEST_SRGB) {
			data = mem_zalloc(1, n);
			if (cmsSaveProfileToMem(p, data, &n)) {
				put_be32(data + 24, 1999u << 16 | 10); /* the standard is of October 1999 */
				put_be32(data + 28, 18u << 16);
				put_be32(data + 32, 0);
			} else {
				mem_free(data);
				data = NULL;
			}
		}
		cmsCloseProfile(p);
	}
	cmsDeleteContext(c);
	*len = n;
	return data;
}
