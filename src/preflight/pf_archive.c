/* What may not be in an archive (ISO 19005-2, 6.1, 6.2, 6.10, 6.11), wherever it is: what stands for data elsewhere, what each
 * device does in its own way, what programs of another kind read; and the limits of numbers and names. */
#include <string.h>

#include "preflight/pf_ua.h"

#define MOST_OBJECTS 8388607 /* ISO 32000-1, annex C, as what follows */
#define LONGEST_NAME 127     /* [byte] */
#define LONGEST_STRING 32767
#define LEAST_SIDE 3         /* [pt] of a page */
#define MOST_SIDE 14400

static void check_filter(struct pf *p, pf_obj o, pf_obj filter)
{
	if (pf_doc_is(p->doc, filter, "/LZWDecode") || pf_doc_is(p->doc, filter, "/Crypt"))
		pf_ua_fail(p, 70, o, "a stream is packed by %s", pf_doc_name(p->doc, filter) + 1);
}

static void check_stream(struct pf *p, pf_obj o)
{
	pf_obj filter = pf_doc_key(p->doc, o, "/Filter");

	check_filter(p, o, filter);
	for (int i = 0; i < pf_doc_count(p->doc, filter); i++)
		check_filter(p, o, pf_doc_item(p->doc, filter, i));
	if (pf_doc_has(p->doc, o, "/F"))
		pf_ua_fail(p, 70, o, "the data of a stream lie in another file");
	if (pf_doc_has(p->doc, o, "/OPI") || pf_doc_has(p->doc, o, "/Alternates"))
		pf_ua_fail(p, 70, o, "a picture stands for another one");
	if (pf_doc_has(p->doc, o, "/Ref"))
		pf_ua_fail(p, 8, o, "a form stands for a page of another file");
	if (pf_doc_is(p->doc, pf_doc_key(p->doc, o, "/Subtype"), "/PS") || pf_doc_is(p->doc, pf_doc_key(p->doc, o, "/Subtype2"), "/PS"))
		pf_ua_fail(p, 70, o, "PostScript code");
	if (pf_doc_is_true(p->doc, pf_doc_key(p->doc, o, "/Interpolate")))
		pf_ua_fail(p, 70, o, "a picture is to be smoothed (Interpolate)");
}

/* Names that are keys, strings that are their values. */
static void check_limits(struct pf *p, pf_obj o)
{
	int n;
	const char **keys = pf_doc_keys(p->doc, o, &n);

	for (int i = 0; i < n; i++) {
		if (strlen(keys[i]) > LONGEST_NAME + 1)
			pf_ua_fail(p, 65, o, "a name of more than %d bytes", LONGEST_NAME);
		if (pf_doc_text_bytes(p->doc, pf_doc_key(p->doc, o, keys[i])) > LONGEST_STRING)
			pf_ua_fail(p, 65, o, "a string of more than %d bytes", LONGEST_STRING);
	}
}

static void check_layers(struct pf *p, pf_obj layers)
{
	pf_obj usual = pf_doc_key(p->doc, layers, "/D"), others = pf_doc_key(p->doc, layers, "/Configs");

	for (int i = -1; i < pf_doc_count(p->doc, others); i++) {
		pf_obj one = i < 0 ? usual : pf_doc_item(p->doc, others, i);

		if (*pf_doc_text(p->doc, pf_doc_key(p->doc, one, "/Name")) == '\0')
			pf_ua_fail(p, 8, 0, "a choice of layers without a name");
		if (pf_doc_has(p->doc, one, "/AS"))
			pf_ua_fail(p, 8, 0, "layers that come and go by themselves (AS)");
	}
}

static void check_catalog(struct pf *p)
{
	pf_obj root = pf_doc_root(p->doc), layers = pf_doc_key(p->doc, root, "/OCProperties");

	if (pf_doc_has(p->doc, pf_doc_key(p->doc, root, "/AcroForm"), "/XFA"))
		pf_ua_fail(p, 8, 0, "a form that only programs for XFA can read");
	if (pf_doc_is_dict(p->doc, layers))
		check_layers(p, layers);
	if (pf_doc_has(p->doc, root, "/Requirements"))
		pf_ua_fail(p, 70, 0, "it asks for abilities that not every reader has (Requirements)");
	if (pf_doc_has(p->doc, pf_doc_key(p->doc, root, "/Names"), "/AlternatePresentations"))
		pf_ua_fail(p, 70, 0, "it is also a slide show (AlternatePresentations)");
}

void pf_archive_file(struct pf *p)
{
	double size = 0;
	int n;

	check_catalog(p);
	pf_doc_number(p->doc, pf_doc_key(p->doc, pf_doc_trailer(p->doc), "/Size"), &size);
	n = size < 1 ? 0 : size > MOST_OBJECTS ? MOST_OBJECTS : (int)size;
	if ((size_t)n > 16 * p->len) /* many share a packed stream, but not so many */
		n = (int)(16 * p->len);
	for (int id = 1; id < n; id++) {
		pf_obj o = pf_doc_object(p->doc, id);

		if (pf_doc_is_stream(p->doc, o))
			check_stream(p, o);
		if (pf_doc_is_dict(p->doc, o))
			check_limits(p, o);
		if (id % 1000 == 0)
			pf_doc_forget(p->doc);
	}
	pf_doc_forget(p->doc);
}

static void check_state(struct pf *p, pf_obj gs)
{
	pf_obj tr2 = pf_doc_key(p->doc, gs, "/TR2");

	if (!pf_first(p, "archive gs", gs))
		return;
	if (pf_doc_has(p->doc, gs, "/TR") || (!pf_doc_is_null(p->doc, tr2) && !pf_doc_is(p->doc, tr2, "/Default")) ||
	    pf_doc_has(p->doc, gs, "/HTP"))
		pf_ua_fail(p, 70, gs, "a graphics state with curves for one device (TR, TR2, HTP)");
}

void pf_archive_page(struct pf *p, pf_obj page, pf_obj resources)
{
	pf_obj box = pf_doc_key(p->doc, page, "/MediaBox"), states = pf_doc_key(p->doc, resources, "/ExtGState");
	int n;
	const char **names = pf_doc_keys(p->doc, states, &n);

	for (int i = 0; i < 2 && pf_doc_count(p->doc, box) == 4; i++) {
		double from, to, side;

		pf_doc_number(p->doc, pf_doc_item(p->doc, box, i), &from);
		pf_doc_number(p->doc, pf_doc_item(p->doc, box, i + 2), &to);
		side = to > from ? to - from : from - to;
		if (side < LEAST_SIDE || side > MOST_SIDE)
			pf_ua_fail(p, 65, page, "a page of which one side is not between %d and %d pt", LEAST_SIDE, MOST_SIDE);
	}
	for (int i = 0; i < n; i++)
		check_state(p, pf_doc_key(p->doc, states, names[i]));
	if (pf_doc_has(p->doc, page, "/PresSteps"))
		pf_ua_fail(p, 70, page, "a page that is shown in steps (PresSteps)");
}
