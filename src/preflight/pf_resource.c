/* What a page refers to: fonts, graphics states, pictures, forms, patterns. */
#include <string.h>

#include "base/mem.h"
#include "preflight/pf.h"

#define DEEPEST 12

static bool is_subset_name(const char *name) /* "/ABCDEF+Name" */
{
	for (int i = 1; i < 7; i++)
		if (name[i] < 'A' || name[i] > 'Z')
			return false;
	return name[7] == '+';
}

static void check_font(struct pf *p, pf_obj font)
{
	pf_obj inner = font, descriptor;
	const char *name = pf_doc_name(p->doc, pf_doc_key(p->doc, font, "/BaseFont"));

	if (!pf_first(p, "font", font) || pf_doc_is(p->doc, pf_doc_key(p->doc, font, "/Subtype"), "/Type3"))
		return;
	if (pf_doc_is(p->doc, pf_doc_key(p->doc, font, "/Subtype"), "/Type0"))
		inner = pf_doc_item(p->doc, pf_doc_key(p->doc, font, "/DescendantFonts"), 0);
	descriptor = pf_doc_key(p->doc, inner, "/FontDescriptor");
	if (!pf_doc_is_stream(p->doc, pf_doc_key(p->doc, descriptor, "/FontFile")) &&
	    !pf_doc_is_stream(p->doc, pf_doc_key(p->doc, descriptor, "/FontFile2")) &&
	    !pf_doc_is_stream(p->doc, pf_doc_key(p->doc, descriptor, "/FontFile3")))
		pf_fail(p, 39, font, "the font %s is not embedded", *name != '\0' ? name + 1 : "without a name");
	else if (strlen(name) < 8 || !is_subset_name(name))
		pf_fail(p, 39, font, "the font %s is embedded whole, or without the name of a subset", *name != '\0' ? name + 1 : "");
}

static bool is_intent(struct pf *p, pf_obj o)
{
	return pf_doc_is(p->doc, o, "/RelativeColorimetric") || pf_doc_is(p->doc, o, "/AbsoluteColorimetric") ||
	       pf_doc_is(p->doc, o, "/Perceptual") || pf_doc_is(p->doc, o, "/Saturation");
}

static bool is_plain_blend(struct pf *p, pf_obj mode)
{
	pf_obj one = pf_doc_is_array(p->doc, mode) ? pf_doc_item(p->doc, mode, 0) : mode;

	return pf_doc_is_null(p->doc, one) || pf_doc_is(p->doc, one, "/Normal") || pf_doc_is(p->doc, one, "/Compatible");
}

bool pf_resource_is_transparent(struct pf *p, pf_obj o)
{
	pf_obj mask = pf_doc_key(p->doc, o, "/SMask");
	double a;

	if ((pf_doc_number(p->doc, pf_doc_key(p->doc, o, "/ca"), &a) && a != 1) ||
	    (pf_doc_number(p->doc, pf_doc_key(p->doc, o, "/CA"), &a) && a != 1))
		return true;
	return pf_doc_is_dict(p->doc, mask) || !is_plain_blend(p, pf_doc_key(p->doc, o, "/BM")) ||
	       pf_doc_is(p->doc, pf_doc_key(p->doc, pf_doc_key(p->doc, o, "/Group"), "/S"), "/Transparency");
}

static void check_state(struct pf *p, pf_obj gs)
{
	pf_obj tr2 = pf_doc_key(p->doc, gs, "/TR2"), ht = pf_doc_key(p->doc, gs, "/HT");

	if (!pf_first(p, "gs", gs))
		return;
	if (pf_doc_has(p->doc, gs, "/TR"))
		pf_fail(p, 36, gs, "a graphics state has a transfer function (TR)");
	if (!pf_doc_is_null(p->doc, tr2) && !pf_doc_is(p->doc, tr2, "/Default"))
		pf_fail(p, 36, gs, "a graphics state has a transfer function (TR2)");
	if (pf_doc_has(p->doc, gs, "/HTP") || pf_doc_is_dict(p->doc, ht))
		pf_fail(p, 36, gs, "a graphics state has a halftone of its own: the press has its own");
	if (pf_doc_has(p->doc, gs, "/RI") && !is_intent(p, pf_doc_key(p->doc, gs, "/RI")))
		pf_fail(p, 34, gs, "a rendering intent that there is not");
	if (p->x1a && pf_resource_is_transparent(p, gs))
		pf_fail(p, 56, gs, "a transparent graphics state");
}

/* Adobe's programs write CMYK JPEGs upside down and say so in APP14; Decode must turn them. */
static void check_jpeg(struct pf *p, pf_obj image)
{
	pf_obj decode = pf_doc_key(p->doc, image, "/Decode"), filter = pf_doc_key(p->doc, image, "/Filter");
	unsigned char *data;
	size_t len;
	double first = 0;
	bool adobe = false;

	if (pf_doc_count(p->doc, filter) == 1)
		filter = pf_doc_item(p->doc, filter, 0);
	if (!pf_doc_is(p->doc, filter, "/DCTDecode") ||
	    !pf_doc_is(p->doc, pf_doc_key(p->doc, image, "/ColorSpace"), "/DeviceCMYK") ||
	    !pf_doc_stream(p->doc, image, false, &data, &len))
		return;
	for (size_t at = 2; at + 4 <= len && data[at] == 0xff && data[at + 1] != 0xda && !adobe;) {
		size_t n = (size_t)data[at + 2] << 8 | data[at + 3];

		adobe = data[at + 1] == 0xee && n >= 14 && at + 9 <= len && memcmp(data + at + 4, "Adobe", 5) == 0;
		at += 2 + n;
	}
	mem_free(data);
	pf_doc_number(p->doc, pf_doc_item(p->doc, decode, 0), &first);
	if (adobe && first != 1)
		pf_fail(p, 46, image, "a CMYK JPEG of Adobe's kind without Decode [1 0 ...]: it prints as a negative");
}

static void check_image(struct pf *p, pf_obj image)
{
	double bits = 8;
	bool mask = pf_doc_is_true(p->doc, pf_doc_key(p->doc, image, "/ImageMask"));

	if (pf_doc_is_true(p->doc, pf_doc_key(p->doc, image, "/Interpolate")))
		pf_fail(p, 38, image, "a picture is to be smoothed (Interpolate): RIPs do it each in its own way");
	if (pf_doc_has(p->doc, image, "/Intent") && !is_intent(p, pf_doc_key(p->doc, image, "/Intent")))
		pf_fail(p, 34, image, "a rendering intent that there is not");
	pf_doc_number(p->doc, pf_doc_key(p->doc, image, "/BitsPerComponent"), &bits);
	if (p->x1a && bits > 8)
		pf_fail(p, 47, image, "a picture of %d bits a sample", (int)bits);
	if (p->x1a && pf_doc_is_dict(p->doc, pf_doc_key(p->doc, image, "/SMask")))
		pf_fail(p, 56, image, "a picture with a soft mask");
	if (!mask)
		pf_colour_check(p, image, pf_doc_key(p->doc, image, "/ColorSpace"), 0);
	check_jpeg(p, image);
}

static void check_xobject(struct pf *p, pf_obj o, int depth)
{
	if (!pf_first(p, "xobject", o))
		return;
	if (pf_doc_is(p->doc, pf_doc_key(p->doc, o, "/Subtype"), "/Image"))
		check_image(p, o);
	if (!pf_doc_is(p->doc, pf_doc_key(p->doc, o, "/Subtype"), "/Form"))
		return;
	if (p->x1a && pf_doc_is(p->doc, pf_doc_key(p->doc, pf_doc_key(p->doc, o, "/Group"), "/S"), "/Transparency"))
		pf_fail(p, 56, o, "a form is a transparency group");
	pf_resource_check(p, pf_doc_key(p->doc, o, "/Resources"), depth + 1);
}

static void check_pattern(struct pf *p, pf_obj o, int depth)
{
	if (!pf_first(p, "pattern", o))
		return;
	pf_colour_check(p, o, pf_doc_key(p->doc, pf_doc_key(p->doc, o, "/Shading"), "/ColorSpace"), 0);
	if (pf_doc_has(p->doc, o, "/ExtGState"))
		check_state(p, pf_doc_key(p->doc, o, "/ExtGState"));
	pf_resource_check(p, pf_doc_key(p->doc, o, "/Resources"), depth + 1);
}

void pf_resource_check(struct pf *p, pf_obj resources, int depth)
{
	static const char *const kinds[] = { "/Font", "/ExtGState", "/XObject", "/Pattern", "/Shading", "/ColorSpace" };

	if (depth > DEEPEST || !pf_first(p, "resources", resources))
		return;
	for (int kind = 0; kind < 6; kind++) {
		pf_obj all = pf_doc_key(p->doc, resources, kinds[kind]);
		const char **keys;
		int n;

		keys = pf_doc_keys(p->doc, all, &n);
		for (int i = 0; i < n; i++) {
			pf_obj o = pf_doc_key(p->doc, all, keys[i]);

			switch (kind) {
			case 0: check_font(p, o); break;
			case 1: check_state(p, o); break;
			case 2: check_xobject(p, o, depth); break;
			case 3: check_pattern(p, o, depth); break;
			case 4: pf_colour_check(p, o, pf_doc_key(p->doc, o, "/ColorSpace"), 0); break;
			case 5: pf_colour_check(p, resources, o, 0); break;
			}
		}
	}
}
