/* PDF/UA-2: types of PDF 2.0 in their namespace, notes and marks that know each other, links that lead to elements. */
#include <string.h>

#include "preflight/pf_ua.h"
#include "preflight/pf_unicode.h"

#define MOST_OUTLINE 100000

static pf_obj object_of(struct pf *p, const struct pf_element *e)
{
	return e->id > 0 ? pf_doc_object(p->doc, e->id) : 0;
}

static void check_root(struct pf *p, const struct pf_struct *s)
{
	int tops = 0, documents = 0;

	for (size_t i = 0; i < s->n; i++) {
		pf_obj space;

		if (s->v[i].parent >= 0)
			continue;
		space = pf_doc_key(p->doc, pf_doc_key(p->doc, object_of(p, &s->v[i]), "/NS"), "/NS");
		tops++;
		documents += strcmp(s->v[i].type, "/Document") == 0 && strcmp(pf_doc_text(p->doc, space), "http://iso.org/pdf2/ssn") == 0;
	}
	if (tops != 1 || documents != 1)
		pf_ua_fail(p, 73, 0, "the structure does not begin with one Document of PDF 2.0");
}

static bool refers_to(struct pf *p, pf_obj from, int id)
{
	pf_obj refs = pf_doc_key(p->doc, from, "/Ref");

	for (int i = 0; i < pf_doc_count(p->doc, refs); i++)
		if (pf_doc_id(p->doc, pf_doc_item(p->doc, refs, i)) == id)
			return true;
	return false;
}

static void check_note(struct pf *p, const struct pf_element *e, pf_obj o)
{
	pf_obj refs = pf_doc_key(p->doc, o, "/Ref");

	if (!e->note_type)
		pf_ua_fail(p, 74, o, "a note that does not say of which kind it is (NoteType)");
	if (pf_doc_count(p->doc, refs) == 0)
		pf_ua_fail(p, 74, o, "a note that does not know its mark (Ref)");
	for (int i = 0; i < pf_doc_count(p->doc, refs); i++)
		if (!refers_to(p, pf_doc_item(p->doc, refs, i), e->id))
			pf_ua_fail(p, 74, o, "a note whose mark does not know it (Ref)");
}

/* Kids stand behind their parents: an item's labels follow it in the list. */
static void check_numbering(struct pf *p, const struct pf_struct *s, size_t label)
{
	int item = s->v[label].parent, list = item >= 0 ? s->v[item].parent : -1;

	if (item < 0 || list < 0 || strcmp(s->v[item].standard, "/LI") != 0 || strcmp(s->v[list].standard, "/L") != 0)
		return;
	if (!s->v[list].numbering)
		pf_ua_fail(p, 77, object_of(p, &s->v[list]), "a list with labels that does not say how it is numbered (ListNumbering)");
}

static void check_texts(struct pf *p, pf_obj o)
{
	static const char *const keys[] = { "/Alt", "/ActualText", "/E", "/T", "/Contents" };

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (pf_unicode_is_private(pf_doc_text(p->doc, pf_doc_key(p->doc, o, keys[i]))))
			pf_ua_fail(p, 77, o, "characters of private use in %s", keys[i] + 1);
}

static void check_element(struct pf *p, const struct pf_struct *s, size_t i)
{
	const struct pf_element *e = &s->v[i];
	pf_obj o = object_of(p, e);

	if (strcmp(e->type, "/H") == 0 || strcmp(e->type, "/Note") == 0)
		pf_ua_fail(p, 74, o, "a %s, which PDF/UA-2 does not know", e->type + 1);
	if (strcmp(e->type, "/FENote") == 0)
		check_note(p, e, o);
	if (strcmp(e->standard, "/TOCI") == 0 && pf_doc_count(p->doc, pf_doc_key(p->doc, o, "/Ref")) == 0)
		pf_ua_fail(p, 75, o, "an entry of a table of contents that does not know its target (Ref)");
	if (strcmp(e->standard, "/Lbl") == 0)
		check_numbering(p, s, i);
	check_texts(p, o);
}

/* Written out, that is: a name is not looked up. */
static bool leads_to_page(struct pf *p, pf_obj to)
{
	pf_obj first = pf_doc_item(p->doc, to, 0);

	return pf_doc_is_array(p->doc, to) && !pf_doc_has(p->doc, first, "/S");
}

static void check_lead(struct pf *p, pf_obj o)
{
	pf_obj action = pf_doc_key(p->doc, o, "/A");
	bool jumps = pf_doc_is(p->doc, pf_doc_key(p->doc, action, "/S"), "/GoTo");

	if (leads_to_page(p, pf_doc_key(p->doc, o, "/Dest")) || (jumps && !pf_doc_has(p->doc, action, "/SD")) ||
	    (jumps && leads_to_page(p, pf_doc_key(p->doc, action, "/SD"))))
		pf_ua_fail(p, 75, o, "a link or bookmark that leads to a page, not to an element");
}

static void check_outline(struct pf *p)
{
	pf_obj stack[64];
	int n = 0;

	stack[n++] = pf_doc_key(p->doc, pf_doc_key(p->doc, pf_doc_root(p->doc), "/Outlines"), "/First");
	for (int i = 0; n > 0 && i < MOST_OUTLINE; i++) {
		pf_obj o = stack[--n], next = pf_doc_key(p->doc, o, "/Next"), first = pf_doc_key(p->doc, o, "/First");

		if (!pf_doc_is_dict(p->doc, o))
			continue;
		check_lead(p, o);
		if (n < 62 && pf_first(p, "bookmark", next))
			stack[n++] = next;
		if (n < 62 && pf_first(p, "bookmark", first))
			stack[n++] = first;
	}
}

/* Who has the element's Alt read hears what the annotation itself says. */
static void check_annotation(struct pf *p, const struct pf_struct *s, pf_obj a)
{
	const struct pf_parents *up = NULL;
	const char *alt, *says = pf_doc_text(p->doc, pf_doc_key(p->doc, a, "/Contents"));
	double key;

	if (pf_doc_number(p->doc, pf_doc_key(p->doc, a, "/StructParent"), &key) && key >= 0 && key < 1e9)
		up = pf_struct_parents(s, (int)key);
	alt = up != NULL && up->n == -1 ? pf_doc_text(p->doc, pf_doc_key(p->doc, pf_doc_object(p->doc, up->first), "/Alt")) : "";
	if (*alt != '\0' && strcmp(alt, says) != 0)
		pf_ua_fail(p, 76, a, "an annotation that says something else than its element (Contents, Alt)");
	check_lead(p, a);
	check_texts(p, a);
}

void pf_ua2_check(struct pf *p, const struct pf_struct *s)
{
	int pages = pf_doc_pages(p->doc);

	check_root(p, s);
	for (size_t i = 0; i < s->n; i++) {
		check_element(p, s, i);
		if (i % 500 == 499)
			pf_doc_forget(p->doc);
	}
	pf_doc_forget(p->doc);
	check_outline(p);
	for (int i = 0; i < pages; i++) {
		pf_obj all = pf_doc_key(p->doc, pf_doc_page(p->doc, i), "/Annots");

		for (int k = 0; k < pf_doc_count(p->doc, all); k++)
			check_annotation(p, s, pf_doc_item(p->doc, all, k));
		pf_doc_forget(p->doc);
	}
}
