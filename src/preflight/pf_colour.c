/* Colour spaces: for a CMYK press those in inks, and in X-4 those that are calibrated. */
#include <string.h>

#include "base/mem.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "preflight/pf.h"

#define DEEPEST 6

/* A calibrated CMYK that is the press's own says twice what is said once, and some RIPs convert it. */
static void check_icc(struct pf *p, pf_obj where, pf_obj space)
{
	pf_obj profile = pf_doc_item(p->doc, space, 1);
	unsigned char *data;
	size_t len;
	double n = 0;
	char sum[65];

	if (p->x1a) {
		pf_fail(p, 55, where, "a colour space by ICC profile");
		return;
	}
	pf_doc_number(p->doc, pf_doc_key(p->doc, profile, "/N"), &n);
	if (n == 3)
		pf_fail(p, 29, where, "RGB, if calibrated: it is for the author to say which inks it is");
	if (n != 4 || p->intent == NULL || !pf_doc_stream(p->doc, profile, true, &data, &len))
		return;
	sha256_hex(data, len, sum);
	mem_free(data);
	if (strcmp(sum, p->intent) == 0)
		pf_fail(p, 30, where, "CMYK calibrated by the very profile of the output intent");
}

/* One ink is mixed in one way wherever it is named. */
static void check_ink(struct pf *p, pf_obj where, pf_obj space, const char *name)
{
	const char *way = arena_printf(&p->arena, "%s %s", pf_doc_unparse(p->doc, pf_doc_item(p->doc, space, 2)),
	                               pf_doc_unparse(p->doc, pf_doc_item(p->doc, space, 3)));
	const char *before = strmap_lookup(&p->inks, name, strlen(name));

	if (!utf8_is_valid(name, strlen(name)))
		pf_fail(p, 31, where, "an ink whose name is not UTF-8");
	if (before == NULL)
		strmap_put(&p->inks, name, strlen(name), (void *)(uintptr_t)way);
	else if (strcmp(before, way) != 0)
		pf_fail(p, 31, where, "the ink \"%s\" is mixed in two ways", name + 1);
}

static void check_device_n(struct pf *p, pf_obj where, pf_obj space)
{
	pf_obj names = pf_doc_item(p->doc, space, 1), inks = pf_doc_key(p->doc, pf_doc_item(p->doc, space, 4), "/Colorants");
	static const char *const process[] = { "/Cyan", "/Magenta", "/Yellow", "/Black", "/None" };

	for (int i = 0; i < pf_doc_count(p->doc, names); i++) {
		const char *name = pf_doc_name(p->doc, pf_doc_item(p->doc, names, i));
		bool known = pf_doc_has(p->doc, inks, name);

		for (size_t k = 0; k < sizeof process / sizeof *process; k++)
			known = known || strcmp(name, process[k]) == 0;
		if (!known)
			pf_fail(p, 31, where, "DeviceN names the ink \"%s\" and does not tell how it is mixed", *name != '\0' ? name + 1 : "");
	}
}

static void check_name(struct pf *p, pf_obj where, pf_obj space)
{
	if (pf_doc_is(p->doc, space, "/DeviceRGB") || pf_doc_is(p->doc, space, "/RGB"))
		pf_fail(p, p->x1a ? 55 : 29, where, "RGB of no particular kind (DeviceRGB)");
}

void pf_colour_check(struct pf *p, pf_obj holder, pf_obj space, int depth)
{
	const char *family = pf_doc_name(p->doc, pf_doc_item(p->doc, space, 0));
	pf_obj where = pf_doc_id(p->doc, space) > 0 ? space : holder;

	if (depth > DEEPEST || !pf_first(p, "space", space))
		return;
	check_name(p, where, space);
	if (strcmp(family, "/ICCBased") == 0) {
		check_icc(p, where, space);
	} else if (strcmp(family, "/CalRGB") == 0 || strcmp(family, "/CalGray") == 0 || strcmp(family, "/Lab") == 0) {
		if (p->x1a)
			pf_fail(p, 55, where, "a calibrated colour space (%s)", family + 1);
		else if (strcmp(family, "/CalRGB") == 0)
			pf_fail(p, 29, where, "RGB, if calibrated: it is for the author to say which inks it is");
	} else if (strcmp(family, "/Indexed") == 0 || strcmp(family, "/Pattern") == 0) {
		pf_colour_check(p, where, pf_doc_item(p->doc, space, 1), depth + 1);
	} else if (strcmp(family, "/Separation") == 0) {
		check_ink(p, where, space, pf_doc_name(p->doc, pf_doc_item(p->doc, space, 1)));
		pf_colour_check(p, where, pf_doc_item(p->doc, space, 2), depth + 1);
	} else if (strcmp(family, "/DeviceN") == 0) {
		check_device_n(p, where, space);
		pf_colour_check(p, where, pf_doc_item(p->doc, space, 2), depth + 1);
	} else if (pf_doc_count(p->doc, space) > 0) {
		check_name(p, where, pf_doc_item(p->doc, space, 0));
	}
}
