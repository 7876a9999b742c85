/* The structure tree (ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7). It is read into a list of our own first, so that libqpdf's
 * handles can be given back as we go: a book has a hundred thousand elements. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "preflight/pf_ua.h"

#define MOST_ELEMENTS 4000000u
#define DEEPEST 500
#define MOST_COLUMNS 1000
#define GIVE_BACK 500 /* elements read between two times of giving back */

static const char *const standards[] = {
	"/Document", "/Part", "/Art", "/Sect", "/Div", "/BlockQuote", "/Caption", "/TOC", "/TOCI", "/Index", "/NonStruct",
	"/Private", "/P", "/H", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/L", "/LI", "/Lbl", "/LBody", "/Table", "/TR", "/TH",
	"/TD", "/THead", "/TBody", "/TFoot", "/Span", "/Quote", "/Note", "/Reference", "/BibEntry", "/Code", "/Link", "/Annot",
	"/Ruby", "/RB", "/RT", "/RP", "/Warichu", "/WT", "/WP", "/Figure", "/Formula", "/Form",
};

static const char *standard(const char *type)
{
	for (size_t i = 0; i < sizeof standards / sizeof *standards; i++)
		if (strcmp(standards[i], type) == 0)
			return standards[i];
	return NULL;
}

/* Names that PDF 2.0 added, by those of PDF 1.7 that have their place here. */
static const char *newer(const char *type)
{
	static const char *const names[][2] = {
		{ "/Title", "/P" }, { "/Aside", "/Sect" }, { "/FENote", "/Note" }, { "/Em", "/Span" }, { "/Strong", "/Span" },
		{ "/Sub", "/Span" }, { "/DocumentFragment", "/Document" },
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i][0], type) == 0)
			return names[i][1];
	return type;
}

/* Through the role map, maybe in several steps. */
static const char *resolve(struct pf *p, pf_obj roles, const char *type)
{
	const char *now = type;

	for (int steps = 0; steps < 20; steps++) {
		const char *known = standard(now);

		if (known != NULL)
			return known;
		now = pf_doc_name(p->doc, pf_doc_key(p->doc, roles, now));
		if (*now == '\0') {
			pf_ua_fail(p, 14, 0, "nobody knows the structure type %s: it stands for no standard one", type);
			return "";
		}
	}
	pf_ua_fail(p, 14, 0, "the structure type %s stands for itself", type);
	return "";
}

static void check_roles(struct pf *p, pf_obj roles)
{
	int n;
	const char **keys = pf_doc_keys(p->doc, roles, &n);

	for (int i = 0; i < n; i++) {
		if (standard(keys[i]) != NULL)
			pf_ua_fail(p, 14, 0, "the standard structure type %s is made to stand for another", keys[i]);
		resolve(p, roles, keys[i]);
	}
}

/* ---- reading ------------------------------------------------------------------------------------------- */

static void read_attribute(struct pf *p, pf_obj a, struct pf_element *e)
{
	double v;

	e->numbering |= pf_doc_has(p->doc, a, "/ListNumbering") && !pf_doc_is(p->doc, pf_doc_key(p->doc, a, "/ListNumbering"), "/None");
	e->note_type |= pf_doc_has(p->doc, a, "/NoteType");
	if (!pf_doc_is(p->doc, pf_doc_key(p->doc, a, "/O"), "/Table"))
		return;
	e->scope |= pf_doc_has(p->doc, a, "/Scope");
	if (pf_doc_number(p->doc, pf_doc_key(p->doc, a, "/ColSpan"), &v) && v >= 1 && v <= MOST_COLUMNS)
		e->columns = (int)v;
	if (pf_doc_number(p->doc, pf_doc_key(p->doc, a, "/RowSpan"), &v) && v >= 1 && v <= 100000)
		e->rows = (int)v;
}

static bool has_text(struct pf *p, pf_obj o, const char *key)
{
	return *pf_doc_text(p->doc, pf_doc_key(p->doc, o, key)) != '\0';
}

static void check_texts(struct pf *p, pf_obj o, const struct pf_element *e)
{
	const char *id = pf_doc_text(p->doc, pf_doc_key(p->doc, o, "/ID"));

	if ((strcmp(e->standard, "/Figure") == 0 || strcmp(e->standard, "/Formula") == 0) && !has_text(p, o, "/Alt") &&
	    !has_text(p, o, "/ActualText"))
		pf_ua_fail(p, 20, o, "a %s without words for those who do not see it", e->standard + 1);
	if (strcmp(e->standard, "/Note") != 0)
		return;
	if (*id == '\0') {
		pf_ua_fail(p, 20, o, "a Note without an ID");
	} else {
		const char *key = arena_printf(&p->arena, "note %s", id);

		if (strmap_put(&p->seen, key, strlen(key), p) != NULL)
			pf_ua_fail(p, 20, o, "two Notes have the ID %s", id);
	}
}

static bool is_language(const char *s)
{
	int n = 0, part = 0;

	for (;; s++) {
		bool letter = (*s | 0x20) >= 'a' && (*s | 0x20) <= 'z', digit = *s >= '0' && *s <= '9';

		if (letter || (digit && part > 0)) {
			if (++n > 8)
				return false;
		} else if ((*s == '-' || *s == '\0') && n > 0) {
			if (*s == '\0')
				return true;
			n = 0;
			part++;
		} else {
			return false;
		}
	}
}

static bool is_newer(struct pf *p, pf_obj o)
{
	pf_obj space = pf_doc_key(p->doc, o, "/NS");

	return strcmp(pf_doc_text(p->doc, pf_doc_key(p->doc, space, "/NS")), "http://iso.org/pdf2/ssn") == 0;
}

static int add_element(struct pf *p, struct pf_struct *s, pf_obj o, pf_obj roles, int parent)
{
	pf_obj a = pf_doc_key(p->doc, o, "/A");
	struct pf_element e = { .id = pf_doc_id(p->doc, o), .parent = parent, .columns = 1, .rows = 1 };
	const char *lang = pf_doc_text(p->doc, pf_doc_key(p->doc, o, "/Lang"));

	e.type = pf_doc_name(p->doc, pf_doc_key(p->doc, o, "/S"));
	e.standard = resolve(p, roles, is_newer(p, o) ? newer(e.type) : e.type);
	e.named = has_text(p, o, "/ID");
	if (pf_doc_has(p->doc, o, "/Lang") && !is_language(lang))
		pf_ua_fail(p, 6, o, "\"%s\" is no tag of a language", lang);
	read_attribute(p, a, &e);
	for (int i = 0; i < pf_doc_count(p->doc, a); i++)
		read_attribute(p, pf_doc_item(p->doc, a, i), &e);
	check_texts(p, o, &e);
	if (e.id > 0) {
		const char *key = arena_printf(&p->arena, "%d", e.id);

		strmap_put(&s->types, key, strlen(key), (void *)(uintptr_t)e.standard);
	}
	VEC_ROOM(s->v, s->n, s->cap, 1);
	s->v[s->n] = e;
	if (parent >= 0)
		s->v[parent].kids++;
	return (int)s->n++;
}

/* An element waiting to be read: by number, or, if it has none, by its handle, good until the next giving back. */
struct waiting {
	int id, parent, depth;
	pf_obj direct;
};
struct stack {
	struct waiting *v;
	size_t n, cap;
	int direct; /* of them without a number */
};

static void push(struct stack *st, struct waiting w)
{
	VEC_ROOM(st->v, st->n, st->cap, 1);
	st->v[st->n++] = w;
	st->direct += w.id == 0;
}

static bool is_element(struct pf *p, pf_obj o)
{
	return pf_doc_is_dict(p->doc, o) && pf_doc_has(p->doc, o, "/S");
}

/* K is one kid or an array of them; the last is pushed first, so that the first is read next. */
static void push_kids(struct pf *p, struct pf_struct *s, struct stack *st, pf_obj k, int parent, int depth)
{
	int n = pf_doc_is_array(p->doc, k) ? pf_doc_count(p->doc, k) : 1;

	for (int i = n; i-- > 0;) {
		pf_obj kid = pf_doc_is_array(p->doc, k) ? pf_doc_item(p->doc, k, i) : k;

		if (is_element(p, kid))
			push(st, (struct waiting){ pf_doc_id(p->doc, kid), parent, depth, kid });
		else if (parent >= 0 && !pf_doc_is_null(p->doc, kid))
			s->v[parent].content++;
	}
}

static void check_parent(struct pf *p, const struct pf_struct *s, pf_obj o, pf_obj root, int parent)
{
	pf_obj up = pf_doc_key(p->doc, o, "/P");
	int want = parent >= 0 ? s->v[parent].id : pf_doc_id(p->doc, root);

	if (pf_doc_is_null(p->doc, up))
		pf_ua_fail(p, 3, o, "a structure element without its parent (P)");
	else if (want > 0 && pf_doc_id(p->doc, up) != want)
		pf_ua_fail(p, 3, o, "a structure element whose P is not the one it is a kid of");
}

static void read_tree(struct pf *p, struct pf_struct *s)
{
	pf_obj root = pf_doc_key(p->doc, pf_doc_root(p->doc), "/StructTreeRoot");
	struct stack st = { 0 };
	size_t read = 0;

	push_kids(p, s, &st, pf_doc_key(p->doc, root, "/K"), -1, 0);
	while (st.n > 0 && s->n < MOST_ELEMENTS) {
		struct waiting w = st.v[--st.n];
		pf_obj o, roles;
		int e;

		st.direct -= w.id == 0;
		if (++read % GIVE_BACK == 0 && st.direct == 0 && w.id != 0)
			pf_doc_forget(p->doc);
		root = pf_doc_key(p->doc, pf_doc_root(p->doc), "/StructTreeRoot");
		roles = pf_doc_key(p->doc, root, "/RoleMap");
		o = w.id != 0 ? pf_doc_object(p->doc, w.id) : w.direct;
		if (w.depth > DEEPEST || (w.id != 0 && !pf_first(p, "element", o))) {
			pf_ua_fail(p, 3, o, w.depth > DEEPEST ? "the structure is nested too deep" : "a structure element is its own "
			           "descendant, or the kid of two");
			continue;
		}
		check_parent(p, s, o, root, w.parent);
		e = add_element(p, s, o, roles, w.parent);
		push_kids(p, s, &st, pf_doc_key(p->doc, o, "/K"), e, w.depth + 1);
	}
	mem_free(st.v);
}

/* ---- nesting -------------------------------------------------------------------------------------------- */

/* What may stand in what (ISO 32000-1, 14.8.4.3). NULL-ended lists, where there is a choice at all. */
struct nesting {
	int item;
	const char *type;
	const char *kids[6], *over[6]; /* all it may hold; all it may stand in; empty: anything */
};
static const struct nesting nestings[] = {
	{ 16, "/L", { "/L", "/LI", "/Caption" }, { NULL } },
	{ 16, "/LI", { "/Lbl", "/LBody" }, { "/L" } },
	{ 16, "/LBody", { NULL }, { "/LI" } },
	{ 17, "/Table", { "/TR", "/THead", "/TBody", "/TFoot", "/Caption" }, { NULL } },
	{ 17, "/THead", { "/TR" }, { "/Table" } },
	{ 17, "/TBody", { "/TR" }, { "/Table" } },
	{ 17, "/TFoot", { "/TR" }, { "/Table" } },
	{ 17, "/TR", { "/TH", "/TD" }, { "/Table", "/THead", "/TBody", "/TFoot" } },
	{ 17, "/TH", { NULL }, { "/TR" } },
	{ 17, "/TD", { NULL }, { "/TR" } },
	{ 19, "/TOC", { "/TOC", "/TOCI", "/Caption" }, { NULL } },
	{ 19, "/TOCI", { NULL }, { "/TOC" } },
};

static const struct nesting *nesting_of(const char *type)
{
	for (size_t i = 0; i < sizeof nestings / sizeof *nestings; i++)
		if (strcmp(nestings[i].type, type) == 0)
			return &nestings[i];
	return NULL;
}

static bool is_among(const char *const list[6], const char *type)
{
	if (list[0] == NULL)
		return true;
	for (int i = 0; i < 6 && list[i] != NULL; i++)
		if (strcmp(list[i], type) == 0)
			return true;
	return false;
}

static void check_nesting(struct pf *p, const struct pf_struct *s, const struct pf_element *e)
{
	const char *over = e->parent >= 0 ? s->v[e->parent].standard : "";
	const struct nesting *own = nesting_of(e->standard), *above = nesting_of(over);

	if (own != NULL && !is_among(own->over, over))
		pf_ua_fail(p, own->item, e->id > 0 ? pf_doc_object(p->doc, e->id) : 0, "a %s in a %s", e->standard + 1,
		           *over != '\0' ? over + 1 : "place of its own");
	if (above != NULL && *e->standard != '\0' && !is_among(above->kids, e->standard))
		pf_ua_fail(p, above->item, e->id > 0 ? pf_doc_object(p->doc, e->id) : 0, "a %s in a %s", e->standard + 1, over + 1);
	if (own != NULL && own->kids[0] != NULL && e->content > 0)
		pf_ua_fail(p, own->item, e->id > 0 ? pf_doc_object(p->doc, e->id) : 0, "content directly in a %s", e->standard + 1);
}

static void check_headings(struct pf *p, const struct pf_struct *s)
{
	int before = 0;

	for (size_t i = 0; i < s->n; i++) {
		const char *t = s->v[i].standard;
		int level = t[0] == '/' && t[1] == 'H' && t[2] >= '1' && t[2] <= '6' && t[3] == '\0' ? t[2] - '0' : 0;

		if (level == 0)
			continue;
		if (level > before + 1)
			pf_ua_fail(p, 15, s->v[i].id > 0 ? pf_doc_object(p->doc, s->v[i].id) : 0,
			           before == 0 ? "the first heading is of level %d" : "a heading of level %d where the one before is of "
			           "level %d", level, before);
		before = level;
	}
}

/* ---- tables --------------------------------------------------------------------------------------------- */

struct grid {
	int left[MOST_COLUMNS]; /* rows that a cell of an earlier row still takes in this column */
	int width;              /* of the first row; 0: none yet */
};

/* A row's cells, from element `at` on; its width must be the table's. */
static void check_row(struct pf *p, const struct pf_struct *s, size_t row, struct grid *g)
{
	int column = 0, cells = 0;

	for (size_t i = row + 1; i < s->n && cells < s->v[row].kids; i++) {
		const struct pf_element *e = &s->v[i];

		if (e->parent != (int)row)
			continue;
		cells++;
		while (column < MOST_COLUMNS && g->left[column] > 0)
			g->left[column++]--;
		for (int k = 0; k < e->columns && column < MOST_COLUMNS; k++, column++)
			g->left[column] = e->rows - 1;
		if (strcmp(e->standard, "/TH") == 0 && !e->scope && !e->named)
			pf_ua_fail(p, 18, e->id > 0 ? pf_doc_object(p->doc, e->id) : 0, "a head cell that does not say what it is the head of");
	}
	while (column < MOST_COLUMNS && g->left[column] > 0)
		g->left[column++]--;
	if (g->width == 0)
		g->width = column;
	else if (column != g->width)
		pf_ua_fail(p, 17, s->v[row].id > 0 ? pf_doc_object(p->doc, s->v[row].id) : 0,
		           "a row of %d cells in a table of %d columns", column, g->width);
}

static bool is_below(const struct pf_struct *s, int e, size_t top)
{
	while (e > (int)top)
		e = s->v[e].parent;
	return e == (int)top;
}

static void check_table(struct pf *p, const struct pf_struct *s, size_t table, struct grid *g)
{
	int heads = 0, bodies = 0, feet = 0, kid = 0;
	pf_obj where = s->v[table].id > 0 ? pf_doc_object(p->doc, s->v[table].id) : 0;

	memset(g, 0, sizeof *g);
	for (size_t i = table + 1; i < s->n && is_below(s, (int)i, table); i++) {
		const struct pf_element *e = &s->v[i];
		bool part = e->parent == (int)table;

		if (strcmp(e->standard, "/TR") == 0 && (part || s->v[e->parent].parent == (int)table))
			check_row(p, s, i, g);
		if (!part)
			continue;
		heads += strcmp(e->standard, "/THead") == 0;
		bodies += strcmp(e->standard, "/TBody") == 0;
		feet += strcmp(e->standard, "/TFoot") == 0;
		kid++;
		if (strcmp(e->standard, "/Caption") == 0 && kid != 1 && kid != s->v[table].kids)
			pf_ua_fail(p, 17, where, "a table's Caption is neither its first nor its last kid");
	}
	if (heads > 1 || feet > 1)
		pf_ua_fail(p, 17, where, "a table with more than one THead or TFoot");
	if ((heads > 0 || feet > 0) && bodies == 0)
		pf_ua_fail(p, 17, where, "a table with a THead or TFoot, and no TBody");
}

/* ---- the parent tree ------------------------------------------------------------------------------------- */

static void read_leaf(struct pf *p, struct pf_struct *s, pf_obj nums)
{
	for (int i = 0; i + 1 < pf_doc_count(p->doc, nums); i += 2) {
		pf_obj v = pf_doc_item(p->doc, nums, i + 1);
		struct pf_parents one = { .first = (int)s->n_ids };
		double key;

		if (!pf_doc_number(p->doc, pf_doc_item(p->doc, nums, i), &key) || key < 0 || key > 1e9)
			continue;
		one.key = (int)key;
		if (pf_doc_is_array(p->doc, v)) {
			one.n = pf_doc_count(p->doc, v);
			for (int k = 0; k < one.n; k++) {
				VEC_ROOM(s->ids, s->n_ids, s->cap_ids, 1);
				s->ids[s->n_ids++] = pf_doc_id(p->doc, pf_doc_item(p->doc, v, k));
			}
		} else {
			one.n = -1;
			one.first = pf_doc_id(p->doc, v);
		}
		VEC_ROOM(s->parents, s->n_parents, s->cap_parents, 1);
		s->parents[s->n_parents++] = one;
	}
}

static void read_parents(struct pf *p, struct pf_struct *s, pf_obj node, int depth)
{
	pf_obj kids = pf_doc_key(p->doc, node, "/Kids");

	if (depth > 30 || !pf_first(p, "parents", node))
		return;
	read_leaf(p, s, pf_doc_key(p->doc, node, "/Nums"));
	for (int i = 0; i < pf_doc_count(p->doc, kids); i++)
		read_parents(p, s, pf_doc_item(p->doc, kids, i), depth + 1);
}

static int by_key(const void *a, const void *b)
{
	const struct pf_parents *l = a, *r = b;

	return l->key < r->key ? -1 : l->key > r->key;
}

const struct pf_parents *pf_struct_parents(const struct pf_struct *s, int key)
{
	struct pf_parents want = { .key = key };

	return s->n_parents == 0 ? NULL : bsearch(&want, s->parents, s->n_parents, sizeof want, by_key);
}

const char *pf_struct_type(const struct pf_struct *s, int object)
{
	char key[16];
	const char *type;

	snprintf(key, sizeof key, "%d", object);
	type = strmap_lookup(&s->types, key, strlen(key));
	return type != NULL ? type : "";
}

void pf_struct_check(struct pf *p, struct pf_struct *s)
{
	pf_obj root = pf_doc_key(p->doc, pf_doc_root(p->doc), "/StructTreeRoot");
	struct grid *g;

	memset(s, 0, sizeof *s);
	strmap_init(&s->types);
	if (!pf_doc_is_dict(p->doc, root)) {
		pf_ua_fail(p, 3, 0, "there is no structure tree: nothing says what is a heading, what a table");
		return;
	}
	check_roles(p, pf_doc_key(p->doc, root, "/RoleMap"));
	if (!pf_doc_has(p->doc, root, "/ParentTree"))
		pf_ua_fail(p, 10, root, "the structure has no parent tree");
	read_parents(p, s, pf_doc_key(p->doc, root, "/ParentTree"), 0);
	if (s->n_parents > 0)
		qsort(s->parents, s->n_parents, sizeof *s->parents, by_key);
	read_tree(p, s);
	pf_doc_forget(p->doc);
	if (s->n == 0)
		pf_ua_fail(p, 3, 0, "the structure tree is empty");
	g = mem_zalloc(1, sizeof *g);
	for (size_t i = 0; i < s->n; i++) {
		check_nesting(p, s, &s->v[i]);
		if (strcmp(s->v[i].standard, "/Table") == 0)
			check_table(p, s, i, g);
	}
	mem_free(g);
	check_headings(p, s);
}

void pf_struct_free(struct pf_struct *s)
{
	mem_free(s->v);
	mem_free(s->parents);
	mem_free(s->ids);
	strmap_free(&s->types);
}
