#include "write/pdf/pdf_colour.h"

#include <lcms2.h>

#include "write/pdf/pdf_obj.h"

#define MOST_INK (255 * 28 / 10) /* uncoated stock: 280 % */

void pdf_colour_put_fill(struct buf *b, const struct colour *c, bool screen)
{
	if (screen) {
		for (int i = 0; i < 3; i++) {
			pdf_put_number(b, (c->rgb[i] * 1000 + 127) / 255, 3);
			buf_putc(b, ' ');
		}
		buf_puts(b, "rg\n");
		return;
	}
	for (int i = 0; i < 4; i++) {
		pdf_put_number(b, c->cmyk[i] > 1000 ? 1000 : c->cmyk[i], 3);
		buf_putc(b, ' ');
	}
	buf_puts(b, "k\n");
}

bool pdf_colour_is_black(const struct colour *c)
{
	return c->cmyk[0] == 0 && c->cmyk[1] == 0 && c->cmyk[2] == 0 && c->cmyk[3] >= 1000;
}

static void by_formula(const unsigned char *rgb, unsigned char *cmyk, size_t n)
{
	for (size_t i = 0; i < n; i++, rgb += 3, cmyk += 4) {
		int most = rgb[0] > rgb[1] ? rgb[0] : rgb[1], sum = 0, k;

		if (rgb[2] > most)
			most = rgb[2];
		k = 255 - most;
		for (int j = 0; j < 3; j++) {
			cmyk[j] = (unsigned char)(most > 0 ? (255 * (most - rgb[j]) + most / 2) / most : 0);
			sum += cmyk[j];
		}
		if (sum > MOST_INK - k)
			for (int j = 0; j < 3; j++)
				cmyk[j] = (unsigned char)(cmyk[j] * (MOST_INK - k) / sum);
		cmyk[3] = (unsigned char)k;
	}
}

static bool by_profile(const unsigned char *rgb, unsigned char *cmyk, size_t n, const void *profile, size_t len)
{
	cmsHPROFILE to = cmsOpenProfileFromMem(profile, (cmsUInt32Number)len), from = cmsCreate_sRGBProfile();
	cmsHTRANSFORM t = NULL;

	if (to != NULL && from != NULL && cmsGetColorSpace(to) == cmsSigCmykData)
		t = cmsCreateTransform(from, TYPE_RGB_8, to, TYPE_CMYK_8, INTENT_RELATIVE_COLORIMETRIC,
		                       cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOCACHE);
	for (size_t at = 0; t != NULL && at < n; at += 65536)
		cmsDoTransform(t, rgb + at * 3, cmyk + at * 4, (cmsUInt32Number)(n - at < 65536 ? n - at : 65536));
	if (to != NULL)
		cmsCloseProfile(to);
	if (from != NULL)
		cmsCloseProfile(from);
	if (t == NULL)
		return false;
	cmsDeleteTransform(t);
	return true;
}

bool pdf_colour_to_cmyk(const unsigned char *rgb, unsigned char *cmyk, size_t n, const void *profile,
                        size_t profile_len, struct diag_log *log)
{
	if (profile == NULL) {
		by_formula(rgb, cmyk, n);
		return true;
	}
	if (profile_len <= 0xffffffffu && by_profile(rgb, cmyk, n, profile, profile_len))
		return true;
	diag_fail(log, "pdf", DIAG_NOWHERE, "the output profile is not an ICC profile for CMYK");
	return false;
}

void pdf_colour_to_rgb(const unsigned char *cmyk, unsigned char *rgb, size_t n)
{
	for (size_t i = 0; i < n; i++, cmyk += 4, rgb += 3)
		for (int j = 0; j < 3; j++)
			rgb[j] = (unsigned char)(((255 - cmyk[j]) * (255 - cmyk[3]) + 127) / 255);
}
