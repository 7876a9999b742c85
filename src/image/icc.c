#include "image/icc.h"

#include <string.h>

#include <lcms2.h>

#include "base/mem.h"
#include "base/utf8.h"

#define ICC_HEAD 128
#define LARGEST ((size_t)16 << 20)
#define PIXELS_AT_ONCE 65536

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
	cmsHPROFILE p;

	memset(out, 0, sizeof *out);
	if (data == NULL || len < ICC_HEAD || len > LARGEST || memcmp((const char *)data + 36, "acsp", 4) != 0)
		return false;
	mem_watch();
	p = cmsOpenProfileFromMem(data, (cmsUInt32Number)len);
	if (p == NULL) {
		mem_watched();
		return false;
	}
	out->data = data;
	out->len = len;
	out->channels = channels_of(cmsGetColorSpace(p));
	out->output = cmsGetDeviceClass(p) == cmsSigOutputClass;
	out->version = (int)(cmsGetEncodedICCversion(p) >> 24);
	read_description(p, out->description, sizeof out->description);
	mem_watched();
	cmsCloseProfile(p);
	return true;
}

struct icc_way {
	cmsHTRANSFORM t;
	size_t from, to; /* [byte] a pixel */
};

static cmsHPROFILE open_side(const struct icc *side)
{
	if (side->data == NULL)
		return side->channels == 3 ? cmsCreate_sRGBProfile() : NULL;
	return cmsOpenProfileFromMem(side->data, (cmsUInt32Number)side->len);
}

static cmsUInt32Number format_of(int channels)
{
	return channels == 1 ? TYPE_GRAY_8 : channels == 3 ? TYPE_RGB_8 : TYPE_CMYK_8;
}

struct icc_way *icc_way_new(const struct icc *from, const struct icc *to)
{
	cmsHPROFILE a = open_side(from), b = open_side(to);
	cmsUInt32Number intent = from->channels == 4 && to->channels == 4 ? INTENT_PRESERVE_K_ONLY_RELATIVE_COLORIMETRIC
	                                                                  : INTENT_RELATIVE_COLORIMETRIC;
	struct icc_way *w = NULL;

	if (a != NULL && b != NULL && from->channels > 0 && to->channels > 0) {
		cmsHTRANSFORM t;

		mem_watch();
		t = cmsCreateTransform(a, format_of(from->channels), b, format_of(to->channels), intent,
		                       cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOCACHE);
		mem_watched();

		if (t != NULL) {
			w = mem_zalloc(1, sizeof *w);
			*w = (struct icc_way){ t, (size_t)from->channels, (size_t)to->channels };
		}
	}
	if (a != NULL)
		cmsCloseProfile(a);
	if (b != NULL)
		cmsCloseProfile(b);
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
	mem_free(w);
}

/* The luminance Y of samples of one kind: all 256 greys, or all tints of black. */
static bool luminances(const struct icc *side, double y[256])
{
	unsigned char samples[4 * 256] = { 0 };
	double xyz[3 * 256];
	cmsHPROFILE a = open_side(side), b = cmsCreateXYZProfile();
	cmsHTRANSFORM t = NULL;

	for (size_t i = 0; i < 256; i++) {
		if (side->channels == 4)
			samples[4 * i + 3] = (unsigned char)i;
		else
			memset(samples + (size_t)side->channels * i, (int)i, (size_t)side->channels);
	}
	mem_watch();
	if (a != NULL && b != NULL)
		t = cmsCreateTransform(a, format_of(side->channels), b, TYPE_XYZ_DBL, INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOCACHE);
	if (t != NULL)
		cmsDoTransform(t, samples, xyz, 256);
	mem_watched();
	for (size_t i = 0; t != NULL && i < 256; i++)
		y[i] = xyz[3 * i + 1];
	if (t != NULL)
		cmsDeleteTransform(t);
	if (a != NULL)
		cmsCloseProfile(a);
	if (b != NULL)
		cmsCloseProfile(b);
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
