/* The file as a whole: header, trailer, catalog, and what no object of it may hold. */
#include <string.h>

#include "preflight/pf.h"

#define MOST_OBJECTS 8388607 /* ISO 32000-1, annex C */

static void check_header(struct pf *p)
{
	const char *most = p->x1a ? "1.4" : "1.6";
	const char *version = pf_doc_name(p->doc, pf_doc_key(p->doc, pf_doc_root(p->doc), "/Version"));
	size_t i = 8, high = 0;

	if (p->len < 16 || memcmp(p->data, "%PDF-", 5) != 0) {
		pf_fail(p, 1, 0, "the file does not begin with %%PDF-");
		return;
	}
	if (memcmp(p->data + 5, most, 3) > 0)
		pf_fail(p, p->x1a ? 54 : 1, 0, "PDF %.3s is newer than %s", (const char *)p->data + 5, most);
	if (*version != '\0' && strcmp(version + 1, most) > 0)
		pf_fail(p, p->x1a ? 54 : 1, 0, "the catalog says PDF %s, newer than %s", version + 1, most);
	while (i < p->len && i < 32 && (p->data[i] == '\r' || p->data[i] == '\n'))
		i++;
	if (i < p->len && p->data[i] == '%')
		for (i++; i < p->len && i < 64 && p->data[i] != '\r' && p->data[i] != '\n'; i++)
			high += p->data[i] > 127;
	if (high < 4)
		pf_fail(p, 2, 0, "the second line is no comment of four bytes above 127: mail programs may take the file for text");
}

static void check_trailer(struct pf *p)
{
	pf_obj t = pf_doc_trailer(p->doc), id = pf_doc_key(p->doc, t, "/ID");

	if (pf_doc_count(p->doc, id) != 2 || !pf_doc_is_string(p->doc, pf_doc_item(p->doc, id, 0)) ||
	    !pf_doc_is_string(p->doc, pf_doc_item(p->doc, id, 1)) || pf_doc_text_bytes(p->doc, pf_doc_item(p->doc, id, 0)) == 0)
		pf_fail(p, 3, 0, "the trailer has no ID of two strings");
	if (pf_doc_is_encrypted(p->doc))
		pf_fail(p, 4, 0, "the file is encrypted");
	if (p->x1a && pf_doc_is(p->doc, pf_doc_key(p->doc, t, "/Type"), "/XRef"))
		pf_fail(p, 54, 0, "a cross-reference stream, which PDF 1.4 does not know");
}

static void check_catalog(struct pf *p)
{
	static const char *const active[] = { "/OpenAction", "/AA", "/AcroForm" };
	static const char *const views[] = { "/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip" };
	pf_obj root = pf_doc_root(p->doc), names = pf_doc_key(p->doc, root, "/Names");
	pf_obj view = pf_doc_key(p->doc, root, "/ViewerPreferences");

	for (size_t i = 0; i < sizeof active / sizeof *active; i++)
		if (pf_doc_has(p->doc, root, active[i]))
			pf_fail(p, 8, root, "the catalog has %s: a print file does nothing by itself", active[i] + 1);
	if (pf_doc_has(p->doc, names, "/JavaScript"))
		pf_fail(p, 8, root, "the catalog has scripts");
	if (pf_doc_has(p->doc, names, "/EmbeddedFiles") || pf_doc_has(p->doc, root, "/AF"))
		pf_fail(p, 9, root, "other files are embedded");
	for (size_t i = 0; i < sizeof views / sizeof *views; i++)
		if (pf_doc_has(p->doc, view, views[i]))
			pf_fail(p, 10, root, "ViewerPreferences has %s", views[i] + 1);
	if (pf_doc_has(p->doc, root, "/OCProperties"))
		pf_fail(p, p->x1a ? 54 : 49, root, "there are layers: nobody can know which of them is to print");
}

static void check_filter(struct pf *p, pf_obj o, pf_obj filter)
{
	if (pf_doc_is(p->doc, filter, "/LZWDecode") || pf_doc_is(p->doc, filter, "/Crypt"))
		pf_fail(p, 6, o, "a stream is packed by %s", pf_doc_name(p->doc, filter) + 1);
	if (p->x1a && pf_doc_is(p->doc, filter, "/JPXDecode"))
		pf_fail(p, 54, o, "a picture in JPEG 2000");
}

static void check_stream(struct pf *p, pf_obj o)
{
	pf_obj filter = pf_doc_key(p->doc, o, "/Filter"), subtype = pf_doc_key(p->doc, o, "/Subtype");

	check_filter(p, o, filter);
	for (int i = 0; i < pf_doc_count(p->doc, filter); i++)
		check_filter(p, o, pf_doc_item(p->doc, filter, i));
	if (pf_doc_has(p->doc, o, "/F"))
		pf_fail(p, 7, o, "the data of a stream lie in another file");
	if (pf_doc_has(p->doc, o, "/Ref") || pf_doc_has(p->doc, o, "/OPI") || pf_doc_has(p->doc, o, "/Alternates"))
		pf_fail(p, 7, o, "a picture stands for another one, which is not here");
	if (pf_doc_is(p->doc, subtype, "/PS") || pf_doc_is(p->doc, pf_doc_key(p->doc, o, "/Subtype2"), "/PS"))
		pf_fail(p, 7, o, "PostScript code");
	if (pf_doc_is(p->doc, pf_doc_key(p->doc, o, "/Type"), "/EmbeddedFile"))
		pf_fail(p, 9, o, "another file is embedded");
	if (p->x1a && (pf_doc_is(p->doc, pf_doc_key(p->doc, o, "/Type"), "/ObjStm") ||
	               pf_doc_is(p->doc, pf_doc_key(p->doc, o, "/Type"), "/XRef")))
		pf_fail(p, 54, o, "an object stream, which PDF 1.4 does not know");
}

static void check_objects(struct pf *p)
{
	double size = 0;
	int n;

	pf_doc_number(p->doc, pf_doc_key(p->doc, pf_doc_trailer(p->doc), "/Size"), &size);
	n = size < 1 ? 0 : size > MOST_OBJECTS ? MOST_OBJECTS : (int)size;
	if ((size_t)n > p->len) /* every object takes a byte at least */
		n = (int)p->len;
	for (int id = 1; id < n; id++) {
		pf_obj o = pf_doc_object(p->doc, id);

		if (pf_doc_is_stream(p->doc, o))
			check_stream(p, o);
		else if (pf_doc_is(p->doc, pf_doc_key(p->doc, o, "/S"), "/JavaScript"))
			pf_fail(p, 8, o, "a script");
		else if (pf_doc_is(p->doc, pf_doc_key(p->doc, o, "/Type"), "/Filespec"))
			pf_fail(p, 9, o, "another file is named");
		if (id % 1000 == 0)
			pf_doc_forget(p->doc);
	}
}

void pf_file_check(struct pf *p)
{
	check_header(p);
	check_trailer(p);
	check_catalog(p);
	check_objects(p);
}
