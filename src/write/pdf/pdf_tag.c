/* How the tree grows. An item names the node it was set from; the element that holds it is that of the
 * nearest ancestor that has one, and missing ancestors are made on the way down. Kids carry a key, twice
 * the seq of the node they stand for (odd for content), and are sorted by it when all is painted: what
 * floats on the page is read where the source has it. Elements with fixed parts make these at once,
 * behind themselves in the list; parts that stay empty are not written:
 *     L +1 Caption    LI +1 Lbl, +2 LBody    Note +1 Lbl, +2 Link in it    Figure, Div +1 Caption
 *     Table +1 Caption, +2 THead, +3 TBody, +4 TFoot
 * A chart that is all of a figure is one Table with the figure's caption. A pull quote that only repeats the text
 * is an artifact: nobody wants to hear a sentence twice. */
#include "write/pdf/pdf_tag.h"

#include <string.h>

#include "base/mem.h"
#include "write/pdf/pdf_nav.h"
#include "write/pdf/pdf_role.h"
#include "write/pdf/pdf_tree.h"

#define DEEPEST 200 /* structure levels; what nests deeper joins the level above */
#define ARTIFACT (-1) /* as a holder */

static int64_t key_of(const struct node *n)
{
	return n != NULL ? 2 * (int64_t)n->seq + 10 : 0;
}

static void add_kid(struct pdf_tags *t, enum pdf_kid_kind kind, int parent, int64_t key, unsigned what, size_t page)
{
	VEC_ROOM(t->kids, t->n_kids, t->cap_kids, 1);
	t->kids[t->n_kids] = (struct pdf_kid){ .kind = kind, .parent = parent, .key = key, .order = (uint32_t)t->n_kids, .what = what,
	                                       .page = (uint32_t)page & 0x3fffffffu };
	t->n_kids++;
}

static int add_element(struct pdf_tags *t, int parent, const char *type, const struct node *node, int64_t key)
{
	VEC_ROOM(t->v, t->n, t->cap, 1);
	t->v[t->n] = (struct pdf_element){ .type = type, .node = node, .parent = parent };
	if (parent >= 0)
		add_kid(t, KID_ELEMENT, parent, key, (unsigned)t->n, 0);
	return (int)t->n++;
}

/* The node that an element hangs under: a note stands beside the block that holds its mark, a title that is run in
 * begins the paragraph behind it. */
static const struct node *upper(const struct node *n, const struct node **as)
{
	*as = n;
	if (pdf_role_is_run_in(n))
		return n->next;
	if (n->kind == N_FOOTNOTE) {
		const struct node *block = n->parent;

		while (block != NULL && doc_is_inline(block->kind) && block->kind != N_FOOTNOTE)
			block = block->parent;
		if (block != NULL && block->kind != N_FOOTNOTE && block->parent != NULL) {
			*as = block;
			return block->parent;
		}
	}
	return n->parent;
}

/* Where under the element `holder` of node `over` a child goes that stands for node `as`. */
static int slot(const struct node *over, int holder, const struct node *as)
{
	switch (over->kind) {
	case N_TABLE:
	case N_CHART:
		if (as->kind == N_ROW)
			return holder + 2 + (as->u.row.group == ROW_HEAD ? 0 : as->u.row.group == ROW_FOOT ? 2 : 1);
		return holder + 1;
	case N_FIGURE: /* its own Caption, or that of the Table it became */
		return as->kind == N_TITLE || as->kind == N_CAPTION ? holder + 1 : holder;
	case N_LIST:
		return as->kind == N_ITEM ? holder : holder + 1;
	default:
		return holder; /* of an N_ITEM: its LBody */
	}
}

static void make_cells(struct pdf_tags *t, const struct node *table, int element);

/* The parts that an element has at once, behind it. Returns the holder of its content. */
static int make_parts(struct pdf_tags *t, const struct node *n, int e)
{
	switch (n->kind) {
	case N_LIST:
	case N_FIGURE:
		add_element(t, e, "Caption", NULL, 0);
		return e;
	case N_ITEM:
		add_element(t, e, "Lbl", NULL, 0);
		return add_element(t, e, "LBody", NULL, 1);
	case N_FOOTNOTE:
		add_element(t, e, "Lbl", NULL, 0);
		add_element(t, e + 1, "Link", NULL, 0);
		return e;
	case N_TABLE:
	case N_CHART:
		add_element(t, e, "Caption", NULL, 0);
		add_element(t, e, "THead", NULL, 1);
		add_element(t, e, "TBody", NULL, 2);
		add_element(t, e, "TFoot", NULL, 3);
		return e;
	case N_VERBATIM:
		return n->role == NULL || strcmp(n->role, "plain") != 0 ? add_element(t, e, "Code", NULL, 0) : e;
	default:
		return e;
	}
}

/* Makes node n's element under parent; returns the holder of its content. */
static int make(struct pdf_tags *t, const struct node *n, int parent)
{
	const struct node *chart = n->kind == N_FIGURE ? pdf_role_chart(n) : NULL;
	const char *type = pdf_role_of(n);
	int e, holder;

	if (n->kind == N_PULLQUOTE && doc_echo_is(t->echo, n)) {
		t->holder[n->seq] = ARTIFACT;
		return ARTIFACT;
	}
	if (chart != NULL && chart->seq <= t->job->doc->n_nodes) {
		holder = make(t, chart, parent);
		t->holder[n->seq] = holder + 1;
		return holder;
	}
	if (n->kind == N_TERM && n->parent != NULL && n->parent->kind == N_ITEM)
		parent--; /* from the LBody to the Lbl before it */
	if (type == NULL) {
		t->holder[n->seq] = parent + 1;
		return parent;
	}
	e = add_element(t, parent, type, n, key_of(n));
	holder = make_parts(t, n, e);
	t->holder[n->seq] = holder + 1;
	if (n->kind == N_TABLE || n->kind == N_CHART) {
		pdf_heads_find(&t->heads, n);
		make_cells(t, n, e);
	}
	return holder;
}

/* A table has all its cells, empty ones too, or its rows would not be of one length. */
static void make_cells(struct pdf_tags *t, const struct node *table, int element)
{
	for (const struct node *row = table->first; row != NULL; row = row->next) {
		int tr, td;

		if (row->kind != N_ROW)
			continue;
		tr = make(t, row, slot(table, element, row));
		t->v[tr].keep = true;
		for (const struct node *cell = row->first; cell != NULL; cell = cell->next) {
			if (cell->kind != N_CELL)
				continue;
			td = make(t, cell, tr);
			t->v[td].keep = true;
		}
	}
}

/* The holder of a node's content, made with whatever is missing above it; ARTIFACT: it has none. */
static int holder_of(struct pdf_tags *t, const struct node *n)
{
	const struct node *chain[DEEPEST], *as[DEEPEST];
	int depth = 0, holder = t->body;

	while (n != NULL && n->seq <= t->job->doc->n_nodes) {
		if (t->holder[n->seq] == ARTIFACT)
			return ARTIFACT;
		if (t->holder[n->seq] != 0) {
			holder = t->holder[n->seq] - 1;
			break;
		}
		if (depth == DEEPEST) { /* forget the deepest: its content joins the level above */
			memmove(chain, chain + 1, (DEEPEST - 1) * sizeof *chain);
			memmove(as, as + 1, (DEEPEST - 1) * sizeof *as);
			depth--;
		}
		chain[depth] = n;
		n = upper(n, &as[depth]);
		depth++;
	}
	while (depth-- > 0) {
		const struct node *over = as[depth]->parent;

		if (t->holder[chain[depth]->seq] != 0) { /* made with its table */
			holder = t->holder[chain[depth]->seq] - 1;
			continue;
		}
		holder = make(t, chain[depth], over != NULL && t->holder[over->seq] == holder + 1 ?
		              slot(over, holder, as[depth]) : holder);
		if (holder == ARTIFACT)
			return ARTIFACT;
	}
	return holder;
}

static void add_ref(struct pdf_tags *t, int from, int to)
{
	VEC_ROOM(t->refs, t->n_refs, t->cap_refs, 1);
	t->refs[t->n_refs++] = (struct pdf_ref){ from, to };
}

/* Who refers to what, once all is painted: marks to notes and notes to marks, entries of the contents to what they name. */
static void find_refs(struct pdf_tags *t)
{
	const struct doc *d = t->job->doc;

	for (const struct node *n = d->root; n != NULL; n = doc_next(d->root, n)) {
		const struct node *to = n->kind == N_FOOTNOTEREF ? n->u.link.target : n;
		int from = n->seq <= d->n_nodes ? t->mark[n->seq] - 1 : -1, holder;

		if (from < 0 || to == NULL || to->seq > d->n_nodes || (holder = t->holder[to->seq]) <= 0)
			continue;
		if (n->kind == N_DIVISION) { /* Link in P in TOCI */
			add_ref(t, t->v[t->v[from].parent].parent, holder - 1);
		} else if (to->kind == N_FOOTNOTE) {
			add_ref(t, t->v[from].parent, holder - 1);
			add_ref(t, holder - 1, t->v[from].parent);
		}
	}
}

unsigned pdf_tags_object(const struct pdf_tags *t, const struct node *n, bool mark)
{
	int e = 0;

	if (mark && n->seq <= t->job->doc->n_nodes && t->mark[n->seq] > 0)
		e = t->v[t->mark[n->seq] - 1].parent;
	for (; e == 0 && n != NULL; n = n->parent)
		if (n->seq <= t->job->doc->n_nodes && t->holder[n->seq] > 0)
			e = t->holder[n->seq] - 1;
	while (e > 0 && !t->v[e].written)
		e = t->v[e].parent;
	return t->v[e].id;
}

static int mark_of(struct pdf_tags *t, const struct node *n)
{
	int over, link;

	if (t->mark[n->seq] == 0) {
		over = n->parent != NULL ? holder_of(t, n->parent) : t->body;
		if (over == ARTIFACT)
			return ARTIFACT;
		link = add_element(t, over, "Link", NULL, key_of(n));
		t->mark[n->seq] = 1 + add_element(t, link, "Reference", NULL, 0);
	}
	return t->mark[n->seq] - 1;
}

/* Behind the title and what stands with it, before the text. */
static int64_t after_title(const struct pdf_tags *t)
{
	const struct node *root = t->job->doc->root;
	int64_t key = 1;

	for (const struct node *n = root != NULL ? root->first : NULL; n != NULL; n = n->next) {
		if (n->kind != N_TITLE && n->kind != N_SUBTITLE)
			break;
		if (n->seq <= t->job->doc->n_nodes && t->holder[n->seq] > 0)
			key = key_of(n) + 1;
	}
	return key;
}

static const struct node *division_of(const struct pdf_tags *t, const struct node *n)
{
	while (n != NULL && n->kind != N_DIVISION)
		n = n->parent;
	return n != NULL && n->seq <= t->job->doc->n_nodes ? n : NULL;
}

/* An element that stands for no node says the language of its words itself. */
static void note_lang(struct pdf_tags *t, int e, const char *lang)
{
	if (lang != NULL && strcmp(lang, t->job->doc->lang) != 0)
		t->v[e].about.lang = lang;
}

/* The Link of the entry for the division around n; an entry below another's stands in a TOC inside that. Text of no
 * division is the contents' own heading. */
static int contents_entry(struct pdf_tags *t, const struct node *n)
{
	const struct node *outer;
	int over, item, p;

	n = division_of(t, n);
	if (t->contents < 0) {
		t->contents = add_element(t, t->body, "TOC", NULL, after_title(t));
		add_element(t, t->contents, "Caption", NULL, 0);
	}
	if (n == NULL)
		return t->contents + 1;
	if (t->mark[n->seq] != 0)
		return t->mark[n->seq] - 1;
	outer = division_of(t, n->parent);
	while (outer != NULL && t->inside[outer->seq] == 0)
		outer = division_of(t, outer->parent);
	over = outer != NULL ? t->inside[outer->seq] - 1 : t->contents;
	item = add_element(t, over, "TOCI", NULL, key_of(n));
	p = add_element(t, item, "P", NULL, 0);
	t->mark[n->seq] = 1 + add_element(t, p, "Link", NULL, 0);
	t->inside[n->seq] = 1 + add_element(t, item, "TOC", NULL, 1);
	note_lang(t, t->mark[n->seq] - 1, doc_lang(t->job->doc, doc_title(n) != NULL ? doc_title(n) : n));
	return t->mark[n->seq] - 1;
}

static int label_of(struct pdf_tags *t, const struct node *n)
{
	int holder = holder_of(t, n);

	if (holder == ARTIFACT)
		return ARTIFACT;
	if (n->kind == N_ITEM)
		return holder - 1;
	if (n->kind == N_FOOTNOTE)
		return holder + (t->job->nav != NULL && pdf_nav_has_mark(t->job->nav, n) ? 2 : 1);
	return holder;
}

/* The bar that stands for a bullet says so in words. */
static int drawn_label(struct pdf_tags *t, const struct node *n)
{
	int e;

	if (n == NULL || n->kind != N_ITEM || n->seq > t->job->doc->n_nodes)
		return ARTIFACT;
	e = label_of(t, n);
	if (e != ARTIFACT)
		t->v[e].bullet = true;
	return e;
}

static int caption_label(struct pdf_tags *t, const struct node *n)
{
	const struct node *title = doc_title(n);

	int holder = holder_of(t, title != NULL ? title : n);

	return title != NULL || holder == ARTIFACT ? holder : holder + 1;
}

/* Text that layout made up (a masthead's number, say): a paragraph of its own, first in what it belongs to, or
 * behind the title if that was there before it. */
static int made_paragraph(struct pdf_tags *t, const struct item *it)
{
	if (t->made < 0 || it->u.text.par_start || t->made_for != it->node) {
		bool title = it->node == NULL || it->node == t->job->doc->root;
		int over = title ? t->body : holder_of(t, it->node);

		if (over == ARTIFACT)
			return ARTIFACT;
		t->made = add_element(t, over, "P", NULL, title ? after_title(t) : 1);
		t->made_for = it->node;
		note_lang(t, t->made, it->kind == ITEM_TEXT ? it->u.text.lang : NULL);
	}
	return t->made;
}

int pdf_tags_element(struct pdf_tags *t, const struct item *it)
{
	const struct node *n = it->node;
	int e;

	if (it->kind == ITEM_FILL)
		return it->role == ROLE_LABEL ? drawn_label(t, n) : ARTIFACT;
	if (it->role > ROLE_CONTENTS || (n != NULL && n->seq > t->job->doc->n_nodes))
		return ARTIFACT;
	if (n == NULL)
		return it->role == ROLE_CONTENT && it->kind == ITEM_TEXT ? made_paragraph(t, it) : ARTIFACT;
	if (it->kind == ITEM_IMAGE && pdf_role_is_decorative(n))
		return ARTIFACT;
	switch (it->role) {
	case ROLE_MARK:
		return mark_of(t, n);
	case ROLE_CONTENTS:
		return contents_entry(t, n);
	case ROLE_LABEL:
		return label_of(t, n);
	case ROLE_CAPTION_LABEL:
		return caption_label(t, n);
	default:
		if (it->kind == ITEM_TEXT && !doc_is_inline(n->kind) && !doc_holds_inlines(n->kind))
			return made_paragraph(t, it);
		e = holder_of(t, n);
		if (e != ARTIFACT && it->kind == ITEM_IMAGE && t->v[e].node != NULL && t->v[e].about.box == NULL)
			t->v[e].about.box = it;
		return e;
	}
}

const char *pdf_tags_type(const struct pdf_tags *t, int element)
{
	return t->v[element].type;
}

static void begin_pages(struct pdf_tags *t, size_t page)
{
	while (t->pages_begun <= page)
		t->page_mcs[t->pages_begun++] = t->n_mcs;
}

unsigned pdf_tags_mark(struct pdf_tags *t, int element, size_t page, const struct item *it)
{
	int64_t key = it->role == ROLE_LABEL || it->role == ROLE_CAPTION_LABEL ? 2 : key_of(it->node) + 1;
	unsigned mcid;

	begin_pages(t, page);
	mcid = (unsigned)(t->n_mcs - t->page_mcs[page]);
	VEC_ROOM(t->mcs, t->n_mcs, t->cap_mcs, 1);
	t->mcs[t->n_mcs++] = element;
	add_kid(t, KID_MARK, element, key, mcid, page);
	return mcid;
}

/* The Link that an annotation belongs to; another type, or ARTIFACT, if none was made for it. */
static int link_of(struct pdf_tags *t, const struct item *it)
{
	const struct node *n = it->node;
	int e;

	if (n == NULL || n->seq > t->job->doc->n_nodes)
		return ARTIFACT;
	if (it->role == ROLE_CONTENTS || n->kind == N_DIVISION)
		return contents_entry(t, n);
	if (it->role == ROLE_LABEL)
		return label_of(t, n);
	if (n->kind == N_LINK || n->kind == N_XREF)
		return holder_of(t, n);
	if (n->kind != N_FOOTNOTEREF && n->kind != N_FOOTNOTE)
		return ARTIFACT;
	e = mark_of(t, n);
	return e != ARTIFACT ? t->v[e].parent : ARTIFACT; /* the Link around the Reference */
}

unsigned pdf_tags_annotation(struct pdf_tags *t, const struct item *it, size_t page, unsigned annotation)
{
	const struct node *n = it->node;
	int e = link_of(t, it);

	if (e == ARTIFACT || strcmp(t->v[e].type, "Link") != 0) {
		int over = n != NULL && n->seq <= t->job->doc->n_nodes ? holder_of(t, n) : t->body;

		e = add_element(t, over != ARTIFACT ? over : t->body, "Link", NULL, key_of(n));
	}
	add_kid(t, KID_ANNOTATION, e, INT64_MAX, annotation, page);
	VEC_ROOM(t->annotations, t->n_annotations, t->cap_annotations, 1);
	t->annotations[t->n_annotations] = e;
	return (unsigned)(t->job->pages->n + t->n_annotations++);
}

void pdf_tags_write(struct pdf_tags *t)
{
	begin_pages(t, t->job->pages->n);
	if (t->job->profile->ua == 2)
		find_refs(t);
	pdf_tree_write(t);
}

struct pdf_tags *pdf_tags_new(struct pdf_job *job)
{
	struct pdf_tags *t = mem_zalloc(1, sizeof *t);

	t->job = job;
	t->holder = mem_zalloc((size_t)job->doc->n_nodes + 1, sizeof *t->holder);
	t->mark = mem_zalloc((size_t)job->doc->n_nodes + 1, sizeof *t->mark);
	t->page_mcs = mem_zalloc(job->pages->n + 1, sizeof *t->page_mcs);
	t->inside = mem_zalloc((size_t)job->doc->n_nodes + 1, sizeof *t->inside);
	t->echo = doc_echo_new();
	pdf_heads_init(&t->heads, &job->arena, job->doc->n_nodes);
	t->contents = t->made = -1;
	t->body = add_element(t, -1, "Document", job->doc->root, 0);
	if (!job->doc->is_book)
		t->body = add_element(t, t->body, "Art", NULL, 0);
	if (job->doc->root != NULL && job->doc->root->seq <= job->doc->n_nodes)
		t->holder[job->doc->root->seq] = t->body + 1;
	return t;
}

void pdf_tags_free(struct pdf_tags *t)
{
	if (t == NULL)
		return;
	buf_free(&t->text);
	mem_free(t->v);
	mem_free(t->kids);
	mem_free(t->holder);
	mem_free(t->mark);
	mem_free(t->inside);
	mem_free(t->refs);
	doc_echo_free(t->echo);
	pdf_heads_free(&t->heads);
	mem_free(t->mcs);
	mem_free(t->page_mcs);
	mem_free(t->annotations);
	mem_free(t);
}
