/* What a program can tell of PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2), beside the tree itself. */
#include "preflight/pf_ua.h"

#include <string.h>

#include "base/mem.h"
#include "preflight/pf_font.h"
#include "preflight/pf_token.h"
#include "preflight/pf_xmp.h"

#define MOST_MARKED 64     /* marked content within marked content */
#define MOST_SAVED 28      /* q within q (ISO 32000-1, annex C) */
#define LARGEST_MCID 1000000

/* ---- the file as a whole --------------------------------------------------------------------------------- */

static void check_catalog(struct pf *p, bool second)
{
	pf_obj root = pf_doc_root(p->doc), mark = pf_doc_key(p->doc, root, "/MarkInfo");
	pf_obj prefs = pf_doc_key(p->doc, root, "/ViewerPreferences");

	if (second ? p->len < 8 || memcmp(p->data, "%PDF-2.0", 8) != 0 :
	    p->len < 8 || memcmp(p->data, "%PDF-1.", 7) != 0 || p->data[7] > '7')
		pf_ua_fail(p, 1, 0, "it does not begin with %%PDF-%s", second ? "2.0" : "1.7 or an earlier version");
	if (pf_doc_is_encrypted(p->doc))
		pf_ua_fail(p, 7, 0, "the file is encrypted");
	if (!pf_doc_is_true(p->doc, pf_doc_key(p->doc, mark, "/Marked")))
		pf_ua_fail(p, 2, 0, "it does not say that it is tagged (MarkInfo, Marked)");
	if (pf_doc_is_true(p->doc, pf_doc_key(p->doc, mark, "/Suspects")))
		pf_ua_fail(p, 2, 0, "it says itself that its tags may be wrong (Suspects)");
	if (!pf_doc_is_true(p->doc, pf_doc_key(p->doc, prefs, "/DisplayDocTitle")))
		pf_ua_fail(p, 4, 0, "windows show the file's name, not the title (DisplayDocTitle)");
	if (*pf_doc_text(p->doc, pf_doc_key(p->doc, root, "/Lang")) == '\0')
		pf_ua_fail(p, 6, 0, "the document's language is not said");
	if (pf_doc_has(p->doc, root, "/AA") || pf_doc_has(p->doc, pf_doc_key(p->doc, root, "/Names"), "/JavaScript"))
		pf_ua_fail(p, 68, 0, "the file acts on its own (AA, JavaScript)");
}

/* Returns whether it is the second part of PDF/UA that the file claims: the only claim there can be then. */
static bool check_xmp(struct pf *p)
{
	pf_obj metadata = pf_doc_key(p->doc, pf_doc_root(p->doc), "/Metadata");
	struct pf_xmp x;
	unsigned char *data;
	size_t len;
	bool second = false;

	if (!pf_doc_stream(p->doc, metadata, true, &data, &len)) {
		pf_ua_fail(p, 4, 0, "there is no XMP packet");
		return false;
	}
	if (!pf_xmp_read(data, len, &p->arena, &x)) {
		pf_ua_fail(p, 4, metadata, "the XMP packet is not well-formed");
	} else {
		if (x.title == NULL || *x.title == '\0')
			pf_ua_fail(p, 4, metadata, "XMP has no title");
		second = x.ua_part != NULL && strcmp(x.ua_part, "2") == 0;
		if (!second && (x.ua_part == NULL || strcmp(x.ua_part, "1") != 0))
			pf_ua_fail(p, 5, metadata, "XMP claims neither PDF/UA-1 nor PDF/UA-2");
		if (second && (x.ua_year == NULL || strlen(x.ua_year) != 4))
			pf_ua_fail(p, 5, metadata, "XMP does not say the year of PDF/UA-2 (rev)");
		if (!second && (x.a_part == NULL || strcmp(x.a_part, "2") != 0 || x.a_level == NULL || strcmp(x.a_level, "A") != 0))
			pf_ua_fail(p, 69, metadata, "XMP does not claim PDF/A-2a");
	}
	mem_free(data);
	return second;
}

/* Returns whether what is painted must be RGB. */
static bool check_intent(struct pf *p)
{
	pf_obj intents = pf_doc_key(p->doc, pf_doc_root(p->doc), "/OutputIntents");
	double n = 0;

	for (int i = 0; i < pf_doc_count(p->doc, intents); i++) {
		pf_obj intent = pf_doc_item(p->doc, intents, i), profile = pf_doc_key(p->doc, intent, "/DestOutputProfile");

		if (!pf_doc_is(p->doc, pf_doc_key(p->doc, intent, "/S"), "/GTS_PDFA1"))
			continue;
		if (!pf_doc_is_stream(p->doc, profile))
			break;
		pf_doc_number(p->doc, pf_doc_key(p->doc, profile, "/N"), &n);
		return n == 3;
	}
	pf_ua_fail(p, 66, 0, "no output intent of PDF/A with its profile");
	return false;
}

/* ---- fonts ----------------------------------------------------------------------------------------------- */

static void check_font(struct pf *p, pf_obj font)
{
	bool composite = pf_doc_is(p->doc, pf_doc_key(p->doc, font, "/Subtype"), "/Type0");
	pf_obj inner = composite ? pf_doc_item(p->doc, pf_doc_key(p->doc, font, "/DescendantFonts"), 0) : font;
	pf_obj d = pf_doc_key(p->doc, inner, "/FontDescriptor");

	if (!pf_first(p, "ua font", font) || pf_doc_is(p->doc, pf_doc_key(p->doc, font, "/Subtype"), "/Type3"))
		return;
	if (!pf_doc_has(p->doc, d, "/FontFile") && !pf_doc_has(p->doc, d, "/FontFile2") && !pf_doc_has(p->doc, d, "/FontFile3"))
		pf_ua_fail(p, 23, font, "a font that is not embedded");
	if (composite && pf_doc_is(p->doc, pf_doc_key(p->doc, inner, "/Subtype"), "/CIDFontType2") &&
	    !pf_doc_has(p->doc, inner, "/CIDToGIDMap"))
		pf_ua_fail(p, 24, font, "a TrueType font that does not say which code shows which glyph (CIDToGIDMap)");
	if (composite && !pf_doc_has(p->doc, font, "/ToUnicode"))
		pf_ua_fail(p, 25, font, "a font that does not say which characters its glyphs are (ToUnicode)");
}

/* ---- annotations ----------------------------------------------------------------------------------------- */

static void check_action(struct pf *p, pf_obj a, pf_obj where)
{
	static const char *const allowed[] = { "", "/GoTo", "/GoToR", "/GoToE", "/URI", "/Thread", "/SubmitForm", "/Named" };
	const char *s = pf_doc_name(p->doc, pf_doc_key(p->doc, a, "/S"));

	for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
		if (strcmp(s, allowed[i]) == 0)
			return;
	pf_ua_fail(p, 68, where, "an action %s", s + 1);
}

static void check_annotation(struct pf *p, const struct pf_struct *s, pf_obj a)
{
	bool link = pf_doc_is(p->doc, pf_doc_key(p->doc, a, "/Subtype"), "/Link");
	const struct pf_parents *up;
	double flags = 0, key = -1;

	if (!pf_doc_number(p->doc, pf_doc_key(p->doc, a, "/F"), &flags) || ((int)flags & 4) == 0 || ((int)flags & (1 | 2 | 32 | 256)) != 0)
		pf_ua_fail(p, 67, a, "an annotation that may be hidden, or is not printed (F)");
	if (pf_doc_is(p->doc, pf_doc_key(p->doc, a, "/Subtype"), "/TrapNet"))
		pf_ua_fail(p, 8, a, "traps as an annotation (TrapNet)");
	if (!link && !pf_doc_is(p->doc, pf_doc_key(p->doc, a, "/Subtype"), "/Popup") && !pf_doc_has(p->doc, a, "/AP"))
		pf_ua_fail(p, 67, a, "an annotation that every program draws in its own way (no AP)");
	check_action(p, pf_doc_key(p->doc, a, "/A"), a);
	if (pf_doc_has(p->doc, a, "/AA"))
		pf_ua_fail(p, 68, a, "an annotation that acts on its own (AA)");
	if (*pf_doc_text(p->doc, pf_doc_key(p->doc, a, "/Contents")) == '\0')
		pf_ua_fail(p, 21, a, "%s that does not say where it leads (Contents)", link ? "a link" : "an annotation");
	pf_doc_number(p->doc, pf_doc_key(p->doc, a, "/StructParent"), &key);
	up = key >= 0 && key < 1e9 ? pf_struct_parents(s, (int)key) : NULL;
	if (up == NULL || up->n != -1 || *pf_struct_type(s, up->first) == '\0')
		pf_ua_fail(p, 21, a, "an annotation that is not in the structure");
	else if (!link && strcmp(pf_struct_type(s, up->first), "/Annot") != 0 && strcmp(pf_struct_type(s, up->first), "/Form") != 0)
		pf_ua_fail(p, 22, a, "an annotation that stands in a %s, not in an Annot", pf_struct_type(s, up->first) + 1);
	else if (link && strcmp(pf_struct_type(s, up->first), "/Link") != 0)
		pf_ua_fail(p, 21, a, "a link that stands in a %s, not in a Link", pf_struct_type(s, up->first) + 1);
}

/* ---- content --------------------------------------------------------------------------------------------- */

enum marked { NEUTRAL, ARTIFACT, TAGGED };
struct marks {
	enum marked v[MOST_MARKED];
	bool actual[MOST_MARKED];     /* has an ActualText */
	int depth, artifacts, tagged, replaced; /* open ones */
	bool *seen;                   /* by MCID */
	long n_seen;
};

/* The MCID of a sequence, -1 if it has none; its properties may stand in the resources under a name. */
static long mcid_of(struct pf *p, pf_obj resources, const struct pf_operands *a)
{
	double v;
	pf_obj named = pf_doc_key(p->doc, pf_doc_key(p->doc, resources, "/Properties"), a->name);

	if (a->has_mcid)
		return a->mcid;
	return a->name[0] == '/' && pf_doc_number(p->doc, pf_doc_key(p->doc, named, "/MCID"), &v) && v >= 0 && v <= LARGEST_MCID ?
	       (long)v : -1;
}

static void begin_marked(struct pf *p, struct marks *m, pf_obj page, const struct pf_parents *up, const char *tag, long mcid,
                         bool actual)
{
	enum marked kind = strcmp(tag, "/Artifact") == 0 ? ARTIFACT : mcid >= 0 ? TAGGED : NEUTRAL;

	if (kind == ARTIFACT && m->tagged > 0)
		pf_ua_fail(p, 9, page, "an artifact inside tagged content");
	if (kind == TAGGED && m->artifacts > 0)
		pf_ua_fail(p, 9, page, "tagged content inside an artifact");
	if (kind == TAGGED) {
		if (up == NULL || mcid >= up->n)
			pf_ua_fail(p, 10, page, "marked content that no element of the structure knows");
		if (mcid < m->n_seen && m->seen[mcid])
			pf_ua_fail(p, 10, page, "two pieces of marked content have the number %ld", mcid);
		if (mcid < m->n_seen)
			m->seen[mcid] = true;
	}
	if (m->depth == MOST_MARKED) {
		pf_ua_fail(p, 9, page, "marked content nested too deep");
		return;
	}
	m->actual[m->depth] = actual;
	m->v[m->depth++] = kind;
	m->replaced += actual;
	m->artifacts += kind == ARTIFACT;
	m->tagged += kind == TAGGED;
}

static void end_marked(struct marks *m)
{
	if (m->depth == 0)
		return;
	m->depth--;
	m->replaced -= m->actual[m->depth];
	m->artifacts -= m->v[m->depth] == ARTIFACT;
	m->tagged -= m->v[m->depth] == TAGGED;
}

static bool is_any(const char *s, const char *words) /* separated by blanks */
{
	size_t n = strlen(s);

	for (const char *at = words; n > 0 && (at = strstr(at, s)) != NULL; at++)
		if ((at == words || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0'))
			return true;
	return false;
}

/* The graphics state as far as it matters here. */
struct state {
	struct pf_font *font[MOST_SAVED + 1]; /* by depth; NULL: its codes cannot be followed */
	int depth;
};

static void check_saving(struct pf *p, struct state *g, pf_obj page, const char *op)
{
	if (strcmp(op, "q") == 0 && g->depth == MOST_SAVED) {
		pf_ua_fail(p, 65, page, "more than %d graphics states saved within one another (q)", MOST_SAVED);
	} else if (strcmp(op, "q") == 0) {
		g->depth++;
		g->font[g->depth] = g->font[g->depth - 1];
	} else if (strcmp(op, "Q") == 0 && g->depth > 0) {
		g->depth--;
	}
}

/* A form with numbered content of its own has one place in the structure, and so one on the pages. */
static void check_form(struct pf *p, pf_obj resources, const char *name)
{
	pf_obj form = pf_doc_key(p->doc, pf_doc_key(p->doc, resources, "/XObject"), name);

	if (pf_doc_has(p->doc, form, "/StructParents") && !pf_first(p, "form in the structure", form))
		pf_ua_fail(p, 11, form, "a form that is in the structure is shown more than once");
}

static void check_content(struct pf *p, const struct pf_struct *s, pf_obj page, pf_obj resources, bool rgb)
{
	struct pf_lexer x = { 0 };
	struct pf_token t;
	struct pf_operands a = { 0 };
	struct marks m = { 0 };
	struct state g = { 0 };
	const struct pf_parents *up = NULL;
	unsigned char *data;
	size_t start = 0;
	double key;

	if (!pf_doc_content(p->doc, page, &data, &x.len))
		return;
	x.data = data;
	if (pf_doc_number(p->doc, pf_doc_key(p->doc, page, "/StructParents"), &key) && key >= 0 && key < 1e9)
		up = pf_struct_parents(s, (int)key);
	m.n_seen = up != NULL && up->n > 0 ? up->n : 0;
	m.seen = mem_zalloc((size_t)m.n_seen + 1, sizeof *m.seen);
	for (; p->operators > 0 && pf_token_next(&x, &t, &a); start = x.at, memset(&a, 0, sizeof a)) {
		p->operators--;
		p->replaced = m.replaced > 0;
		check_saving(p, &g, page, t.text);
		if (strcmp(t.text, "BMC") == 0)
			begin_marked(p, &m, page, up, a.name, -1, false);
		else if (strcmp(t.text, "BDC") == 0)
			begin_marked(p, &m, page, up, a.tag, mcid_of(p, resources, &a), a.has_actual);
		else if (strcmp(t.text, "EMC") == 0)
			end_marked(&m);
		else if (strcmp(t.text, "Tf") == 0)
			g.font[g.depth] = pf_font_named(p, resources, a.name);
		else if (m.artifacts + m.tagged == 0 && is_any(t.text, "Tj TJ ' \" f F f* B B* b b* S s sh Do ID"))
			pf_ua_fail(p, 9, page, "something is painted that is neither in the structure nor an artifact");
		else if (rgb && is_any(t.text, "k K"))
			pf_ua_fail(p, 66, page, "CMYK colours in a file meant for RGB");
		if (g.font[g.depth] != NULL && is_any(t.text, "Tj TJ ' \""))
			pf_font_show(p, g.font[g.depth], data + start, x.at - start, true);
		if (strcmp(t.text, "Do") == 0)
			check_form(p, resources, a.name);
	}
	mem_free(m.seen);
	mem_free(data);
}

static pf_obj resources_of(struct pf *p, pf_obj page)
{
	for (int depth = 0; depth < 64 && !pf_doc_has(p->doc, page, "/Resources") && pf_doc_has(p->doc, page, "/Parent"); depth++)
		page = pf_doc_key(p->doc, page, "/Parent");
	return pf_doc_key(p->doc, page, "/Resources");
}

/* PDF/UA-2 leaves two more ways. */
static void check_tabs(struct pf *p, pf_obj page, bool second)
{
	pf_obj tabs = pf_doc_key(p->doc, page, "/Tabs");

	if (pf_doc_is(p->doc, tabs, "/S") || (second && (pf_doc_is(p->doc, tabs, "/A") || pf_doc_is(p->doc, tabs, "/W"))))
		return;
	pf_ua_fail(p, 21, page, "the tab key does not follow the structure (Tabs)");
}

static void check_page(struct pf *p, const struct pf_struct *s, pf_obj page, bool rgb, bool second)
{
	pf_obj annotations = pf_doc_key(p->doc, page, "/Annots"), resources = resources_of(p, page);
	pf_obj fonts = pf_doc_key(p->doc, resources, "/Font");
	int n;
	const char **names = pf_doc_keys(p->doc, fonts, &n);

	for (int i = 0; i < n; i++)
		check_font(p, pf_doc_key(p->doc, fonts, names[i]));
	pf_archive_page(p, page, resources);
	for (int i = 0; i < pf_doc_count(p->doc, annotations); i++)
		check_annotation(p, s, pf_doc_item(p->doc, annotations, i));
	if (pf_doc_count(p->doc, annotations) > 0)
		check_tabs(p, page, second);
	if (pf_doc_has(p->doc, page, "/AA"))
		pf_ua_fail(p, 68, page, "a page that acts on its own (AA)");
	check_content(p, s, page, resources, rgb);
}

void pf_ua_check(struct pf *p)
{
	struct pf_struct s;
	bool rgb, second = check_xmp(p);
	int pages = pf_doc_pages(p->doc);

	check_catalog(p, second);
	pf_archive_file(p);
	rgb = check_intent(p);
	pf_struct_check(p, &s);
	if (second)
		pf_ua2_check(p, &s);
	for (int i = 0; i < pages; i++) {
		pf_doc_forget(p->doc);
		p->page = i + 1;
		check_page(p, &s, pf_doc_page(p->doc, i), rgb, second);
	}
	p->page = 0;
	pf_struct_free(&s);
}
