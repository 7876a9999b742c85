/* A page: its boxes, what lies on it without being printed, and on to what is. */
#include <string.h>

#include "preflight/pf.h"

#define SLACK 0.02               /* [pt] numbers have few decimals */
#define LEAST_BLEED (3 * 72 / 25.4)
#define DEEPEST 64

static bool read_box(struct pf *p, pf_obj page, const char *key, double out[4])
{
	pf_obj box = pf_doc_key(p->doc, page, key);
	bool ok = pf_doc_count(p->doc, box) == 4;

	for (int i = 0; ok && i < 4; i++)
		ok = pf_doc_number(p->doc, pf_doc_item(p->doc, box, i), &out[i]);
	for (int i = 0; ok && i < 2; i++)
		if (out[i] > out[i + 2]) {
			double swap = out[i];

			out[i] = out[i + 2];
			out[i + 2] = swap;
		}
	return ok;
}

static bool within(const double inner[4], const double outer[4])
{
	return inner[0] >= outer[0] - SLACK && inner[1] >= outer[1] - SLACK && inner[2] <= outer[2] + SLACK &&
	       inner[3] <= outer[3] + SLACK;
}

static void check_bleed(struct pf *p, pf_obj page)
{
	for (int i = 0; i < 4; i++) {
		double bleed = i < 2 ? p->trim[i] - p->bleed[i] : p->bleed[i] - p->trim[i];

		if (bleed < LEAST_BLEED - SLACK) {
			pf_fail(p, 58, page, "the bleed is %d.%d mm, not 3", (int)(bleed * 25.4 / 72), (int)(bleed * 254 / 72) % 10);
			return;
		}
	}
}

static void check_size(struct pf *p, pf_obj page)
{
	double first[4];

	if (p->page == 1 || !read_box(p, pf_doc_page(p->doc, 0), "/TrimBox", first))
		return;
	for (int i = 0; i < 2; i++) {
		double more = (p->trim[i + 2] - p->trim[i]) - (first[i + 2] - first[i]);

		if (more > SLACK || more < -SLACK) {
			pf_fail(p, 26, page, "its trimmed size is not that of the first page");
			return;
		}
	}
}

static void check_boxes(struct pf *p, pf_obj page)
{
	double media[4], crop[4];
	bool has_media = read_box(p, page, "/MediaBox", media);
	bool has_trim = read_box(p, page, "/TrimBox", p->trim);

	if (!has_media)
		pf_fail(p, 24, page, "it has no MediaBox of its own");
	if (!has_trim)
		pf_fail(p, 24, page, "it has no TrimBox: nobody can know where to cut");
	if (pf_doc_has(p->doc, page, "/ArtBox"))
		pf_fail(p, 24, page, "it has an ArtBox beside the TrimBox");
	if (!has_media)
		memset(media, 0, sizeof media);
	if (!has_trim)
		memcpy(p->trim, media, sizeof media);
	if (!read_box(p, page, "/BleedBox", p->bleed))
		memcpy(p->bleed, p->trim, sizeof p->trim);
	if (has_media && (!within(p->trim, p->bleed) || !within(p->bleed, media)))
		pf_fail(p, 25, page, "TrimBox, BleedBox and MediaBox do not lie within one another");
	if (read_box(p, page, "/CropBox", crop) && has_media && !(within(crop, media) && within(media, crop)))
		pf_fail(p, 25, page, "the CropBox is not the MediaBox");
	if (has_trim) {
		check_bleed(p, page);
		check_size(p, page);
	}
}

static void check_turn(struct pf *p, pf_obj page)
{
	double turn = 0, unit = 1;

	pf_doc_number(p->doc, pf_doc_key(p->doc, page, "/Rotate"), &turn);
	if (turn != 0)
		pf_fail(p, 27, page, "it is turned by %d degrees", (int)turn);
	if (pf_doc_number(p->doc, pf_doc_key(p->doc, page, "/UserUnit"), &unit) && unit != 1)
		pf_fail(p, 27, page, "its unit is not a point");
}

static void check_annotations(struct pf *p, pf_obj page)
{
	pf_obj all = pf_doc_key(p->doc, page, "/Annots");

	for (int i = 0; i < pf_doc_count(p->doc, all); i++) {
		pf_obj one = pf_doc_item(p->doc, all, i);
		const char *kind = pf_doc_name(p->doc, pf_doc_key(p->doc, one, "/Subtype"));
		double box[4];

		if (pf_doc_has(p->doc, one, "/A") || pf_doc_has(p->doc, one, "/AA"))
			pf_fail(p, 8, one, "an annotation has an action");
		if (strcmp(kind, "/TrapNet") == 0 || strcmp(kind, "/PrinterMark") == 0)
			continue;
		if (!read_box(p, one, "/Rect", box) || (box[2] > p->bleed[0] && box[0] < p->bleed[2] && box[3] > p->bleed[1] &&
		                                        box[1] < p->bleed[3]))
			pf_fail(p, 48, one, "an annotation (%s) on what is printed", *kind != '\0' ? kind + 1 : "of no kind");
	}
	if (pf_doc_has(p->doc, page, "/AA"))
		pf_fail(p, 8, page, "the page has actions");
}

static pf_obj resources_of(struct pf *p, pf_obj page)
{
	pf_obj at = page;

	for (int depth = 0; depth < DEEPEST && !pf_doc_has(p->doc, at, "/Resources") && pf_doc_has(p->doc, at, "/Parent"); depth++)
		at = pf_doc_key(p->doc, at, "/Parent");
	return pf_doc_key(p->doc, at, "/Resources");
}

/* The space that transparent things are mixed in is the press's own. */
static void check_group(struct pf *p, pf_obj page, bool transparent)
{
	pf_obj group = pf_doc_key(p->doc, page, "/Group");
	const char *space = pf_doc_name(p->doc, pf_doc_key(p->doc, group, "/CS"));

	if (p->x1a) {
		if (pf_doc_is(p->doc, pf_doc_key(p->doc, group, "/S"), "/Transparency"))
			pf_fail(p, 56, page, "the page is a transparency group");
		return;
	}
	if (transparent && strcmp(space, "/DeviceCMYK") != 0 && strcmp(space, "/DeviceGray") != 0)
		pf_fail(p, 35, page, "it has transparent things on it and no Group in DeviceCMYK: they would be mixed in another space");
}

void pf_page_check(struct pf *p, pf_obj page)
{
	pf_obj resources = resources_of(p, page);

	check_boxes(p, page);
	check_turn(p, page);
	check_annotations(p, page);
	pf_resource_check(p, resources, 0);
	check_group(p, page, pf_content_page(p, page, resources));
}
