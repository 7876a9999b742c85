/* How the tree grows. An item names the node it was set from; the element that holds it is that of the
 * nearest ancestor that has one, and missing ancestors are made on the way down. Kids carry a key, twice
 * the seq of the node they stand for (odd for content), and are sorted by it when all is painted: what
 * floats on the page is read where the source has it. Elements with fixed parts make these at once,
 * behind themselves in the list; parts that stay empty are not written:
 *     L +1 Caption    LI +1 Lbl, +2 LBody    Note +1 Lbl    Figure, Div +1 Caption
 *     Table +1 Caption, +2 THead, +3 TBody, +4 TFoot */
#include "write/pdf/pdf_tag.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define CONTENTS_KEY 9 /* behind the masthead's generated texts, before anything from the source */
#define DEEPEST 200 /* structure levels; what nests deeper joins the level above */

enum kid_kind { KID_ELEMENT, KID_MARK, KID_ANNOTATION };

struct kid {
	enum kid_kind kind;
	int parent;      /* element */
	int64_t key;
	uint32_t order;  /* of arrival: ties keep it */
	unsigned what;   /* element, MCID or annotation's object */
	size_t page;
};

struct element {
	const char *type;
	const struct node *node; /* attributes come from it, or NULL */
	int parent;
	bool keep;               /* written even if empty */
	bool written;
	size_t first_kid, n_kids;
	struct pdf_dict dict;
	const struct item *box;  /* Figure: the picture's place */
	size_t box_page;
};

struct pdf_tags {
	struct pdf_job *job;
	struct element *v;
	size_t n, cap;
	struct kid *kids;
	size_t n_kids, cap_kids;
	int *holder;   /* by seq: the element for a node's content, plus 1; 0: not made */
	int *mark;     /* by seq: Link of a note's mark or of a contents entry, plus 1 */
	int contents;  /* TOC element or -1 */
	int made;      /* newest P of text that comes from no N_TEXT, or -1 */
	const struct node *made_for;
	int *mcs;      /* element of every marked-content sequence, page after page */
	size_t n_mcs, cap_mcs;
	size_t *page_mcs; /* first of each page in mcs */
	size_t pages_begun;
	int *annotations; /* element of each */
	size_t n_annotations, cap_annotations;
};

static int64_t key_of(const struct node *n)
{
	return n != NULL ? 2 * (int64_t)n->seq + 10 : 0;
}

static void add_kid(struct pdf_tags *t, enum kid_kind kind, int parent, int64_t key, unsigned what, size_t page)
{
	VEC_ROOM(t->kids, t->n_kids, t->cap_kids, 1);
	t->kids[t->n_kids] = (struct kid){ kind, parent, key, (uint32_t)t->n_kids, what, page };
	t->n_kids++;
}

static int add_element(struct pdf_tags *t, int parent, const char *type, const struct node *node, int64_t key)
{
	VEC_ROOM(t->v, t->n, t->cap, 1);
	t->v[t->n] = (struct element){ .type = type, .node = node, .parent = parent };
	if (parent >= 0)
		add_kid(t, KID_ELEMENT, parent, key, (unsigned)t->n, 0);
	return (int)t->n++;
}

static bool is_decorative(const struct node *n)
{
	return (n->kind == N_IMAGE || n->kind == N_INLINE_IMAGE) && n->u.image.decorative;
}

/* The picture that a figure is about: its Alt. */
static const struct node *picture_of(const struct node *figure)
{
	for (const struct node *n = figure->first; n != NULL; n = n->next)
		if (n->kind == N_IMAGE && !n->u.image.decorative)
			return n;
	return NULL;
}

static const char *heading_type(const struct node *title)
{
	static const char *const types[] = { "H1", "H2", "H3", "H4", "H5", "H6" };
	int depth = 0;

	/* levels never skip: only divisions that have a title count */
	for (const struct node *n = title->parent->parent; n != NULL; n = n->parent)
		if (n->kind == N_DIVISION && doc_title(n) != NULL)
			depth++;
	return types[depth < 5 ? depth : 5];
}

static const char *title_type(const struct node *n)
{
	switch (n->parent != NULL ? n->parent->kind : N_ROOT) {
	case N_ROOT:
		return "Title";
	case N_DIVISION:
	case N_SIDEBAR:
	case N_ADMONITION:
		return heading_type(n);
	default:
		return "P";
	}
}

static const char *span_type(const struct node *n)
{
	switch (n->u.span.kind) {
	case SPAN_EMPHASIS:
		return "Em";
	case SPAN_STRONG:
		return "Strong";
	case SPAN_CODE:
		return "Code";
	case SPAN_ABBREV:
		return n->u.span.expansion != NULL ? "Span" : NULL;
	default:
		return n->lang != NULL ? "Span" : NULL;
	}
}

/* A chart's first column names what its bars stand for. */
static bool is_head(const struct node *cell)
{
	const struct node *row = cell->parent;

	if (row == NULL || row->kind != N_ROW)
		return cell->u.cell.head;
	return cell->u.cell.head || row->u.row.group == ROW_HEAD ||
	       (row->parent != NULL && row->parent->kind == N_CHART && cell->prev == NULL);
}

/* The structure type of a node, NULL if it has none and its content joins its parent's. */
static const char *type_of(const struct node *n)
{
	switch (n->kind) {
	case N_ROOT:
		return "Document";
	case N_DIVISION:
		return n->u.division.what == DIV_PART ? "Part" : "Sect";
	case N_LIST:
		return "L";
	case N_ITEM:
		return "LI";
	case N_BLOCKQUOTE:
		return "BlockQuote";
	case N_PULLQUOTE:
		return "PullQuote";
	case N_SIDEBAR:
	case N_ADMONITION:
		return "Aside";
	case N_FIGURE:
		return picture_of(n) != NULL ? "Figure" : "Div";
	case N_TABLE:
	case N_CHART:
		return "Table";
	case N_ROW:
		return "TR";
	case N_CELL:
		return is_head(n) ? "TH" : "TD";
	case N_IMPRINT:
		return "Sect";
	case N_GROUP:
		return n->lang != NULL ? "Div" : NULL;
	case N_TITLE:
		return title_type(n);
	case N_SUBTITLE:
		return "Subtitle";
	case N_PARA:
	case N_ATTRIBUTION:
	case N_SIDEDATA:
	case N_BRIDGEHEAD:
	case N_VERBATIM:
		return "P";
	case N_IMAGE:
	case N_INLINE_IMAGE:
		return n->parent != NULL && n->parent->kind == N_FIGURE && picture_of(n->parent) == n ? NULL : "Figure";
	case N_SPAN:
		return span_type(n);
	case N_LINK:
	case N_XREF:
		return n->u.link.href != NULL || n->u.link.target != NULL ? "Link" : NULL;
	case N_FOOTNOTE:
		return "FENote";
	default:
		return NULL;
	}
}

/* The node that an element hangs under: a note stands beside the block that holds its mark. */
static const struct node *upper(const struct node *n, const struct node **as)
{
	*as = n;
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
	case N_FIGURE:
		return as->kind == N_TITLE || as->kind == N_CAPTION ? holder + 1 : holder;
	case N_LIST:
		return as->kind == N_ITEM ? holder : holder + 1;
	default:
		return holder; /* of an N_ITEM: its LBody */
	}
}

static void make_cells(struct pdf_tags *t, const struct node *table, int element);

/* Makes node n's element under parent; returns the holder of its content. */
static int make(struct pdf_tags *t, const struct node *n, int parent)
{
	const char *type = type_of(n);
	int e, holder;

	if (n->kind == N_TERM && n->parent != NULL && n->parent->kind == N_ITEM)
		parent--; /* from the LBody to the Lbl before it */
	if (type == NULL) {
		t->holder[n->seq] = parent + 1;
		return parent;
	}
	holder = e = add_element(t, parent, type, n, key_of(n));
	switch (n->kind) {
	case N_LIST:
	case N_FIGURE:
		add_element(t, e, "Caption", NULL, 0);
		break;
	case N_ITEM:
		add_element(t, e, "Lbl", NULL, 0);
		holder = add_element(t, e, "LBody", NULL, 1);
		break;
	case N_FOOTNOTE:
		add_element(t, e, "Lbl", NULL, 0);
		break;
	case N_TABLE:
	case N_CHART:
		add_element(t, e, "Caption", NULL, 0);
		add_element(t, e, "THead", NULL, 1);
		add_element(t, e, "TBody", NULL, 2);
		add_element(t, e, "TFoot", NULL, 3);
		break;
	default:
		break;
	}
	t->holder[n->seq] = holder + 1;
	if (n->kind == N_TABLE || n->kind == N_CHART)
		make_cells(t, n, e);
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

/* The holder of a node's content, made with whatever is missing above it. */
static int holder_of(struct pdf_tags *t, const struct node *n)
{
	const struct node *chain[DEEPEST], *as[DEEPEST];
	int depth = 0, holder = 0; /* 0: the Document */

	while (n != NULL && n->seq <= t->job->doc->n_nodes) {
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
	}
	return holder;
}

static int mark_of(struct pdf_tags *t, const struct node *n)
{
	int link;

	if (t->mark[n->seq] == 0) {
		link = add_element(t, n->parent != NULL ? holder_of(t, n->parent) : 0, "Link", NULL, key_of(n));
		t->mark[n->seq] = 1 + add_element(t, link, "Reference", NULL, 0);
	}
	return t->mark[n->seq] - 1;
}

/* The Link of the entry for the division around n. Text of no division is the contents' own heading. */
static int contents_entry(struct pdf_tags *t, const struct node *n)
{
	int item;

	while (n != NULL && n->kind != N_DIVISION)
		n = n->parent;
	if (t->contents < 0) {
		t->contents = add_element(t, 0, "TOC", NULL, CONTENTS_KEY);
		add_element(t, t->contents, "Caption", NULL, 0);
	}
	if (n == NULL || n->seq > t->job->doc->n_nodes)
		return t->contents + 1;
	if (t->mark[n->seq] == 0) {
		item = add_element(t, t->contents, "TOCI", NULL, key_of(n));
		item = add_element(t, item, "P", NULL, 0);
		t->mark[n->seq] = 1 + add_element(t, item, "Link", NULL, 0);
	}
	return t->mark[n->seq] - 1;
}

static int label_of(struct pdf_tags *t, const struct node *n)
{
	int holder = holder_of(t, n);

	return n->kind == N_ITEM ? holder - 1 : n->kind == N_FOOTNOTE ? holder + 1 : holder;
}

static int caption_label(struct pdf_tags *t, const struct node *n)
{
	const struct node *title = doc_title(n);

	return title != NULL ? holder_of(t, title) : holder_of(t, n) + 1;
}

/* Text that layout made up (a masthead's number, say): a paragraph of its own, first in what it belongs to. */
static int made_paragraph(struct pdf_tags *t, const struct item *it)
{
	if (t->made < 0 || it->u.text.par_start || t->made_for != it->node) {
		t->made = add_element(t, it->node != NULL ? holder_of(t, it->node) : 0, "P", NULL, 1);
		t->made_for = it->node;
	}
	return t->made;
}

int pdf_tags_element(struct pdf_tags *t, const struct item *it)
{
	const struct node *n = it->node;
	int e;

	if (it->kind == ITEM_FILL || it->role > ROLE_CONTENTS || (n != NULL && n->seq > t->job->doc->n_nodes))
		return -1;
	if (n == NULL)
		return it->role == ROLE_CONTENT && it->kind == ITEM_TEXT ? made_paragraph(t, it) : -1;
	if (it->kind == ITEM_IMAGE && is_decorative(n))
		return -1;
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
		if (it->kind == ITEM_IMAGE && t->v[e].box == NULL) {
			t->v[e].box = it;
			t->v[e].box_page = t->pages_begun > 0 ? t->pages_begun - 1 : 0;
		}
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

static int around(const struct pdf_tags *t, int element)
{
	return t->v[element].parent;
}

unsigned pdf_tags_annotation(struct pdf_tags *t, const struct item *it, size_t page, unsigned annotation)
{
	const struct node *n = it->node;
	int e;

	if (n == NULL || n->seq > t->job->doc->n_nodes)
		e = -1;
	else if (it->role == ROLE_CONTENTS || n->kind == N_DIVISION)
		e = contents_entry(t, n);
	else if (n->kind == N_LINK || n->kind == N_XREF)
		e = holder_of(t, n);
	else if (n->kind == N_FOOTNOTEREF || (n->kind == N_FOOTNOTE && it->role != ROLE_LABEL &&
	                                      (it->u.link.target == NULL || it->u.link.target == n)))
		e = around(t, mark_of(t, n)); /* the Link around the Reference */
	else
		e = -1;
	if (e < 0 || strcmp(t->v[e].type, "Link") != 0) {
		int over = n != NULL && n->seq <= t->job->doc->n_nodes ? label_of(t, n) : 0;

		e = add_element(t, over, "Link", NULL, key_of(n));
	}
	add_kid(t, KID_ANNOTATION, e, INT64_MAX, annotation, page);
	VEC_ROOM(t->annotations, t->n_annotations, t->cap_annotations, 1);
	t->annotations[t->n_annotations] = e;
	return (unsigned)(t->job->pages->n + t->n_annotations++);
}

static int by_parent_and_key(const void *a, const void *b)
{
	const struct kid *l = a, *r = b;

	if (l->parent != r->parent)
		return l->parent < r->parent ? -1 : 1;
	if (l->key != r->key)
		return l->key < r->key ? -1 : 1;
	return l->order < r->order ? -1 : l->order > r->order;
}

/* Sorts the kids under their elements and strikes out elements that nothing was painted for. Children
 * have higher indexes than their parents, so one pass from the end settles it. */
static void settle(struct pdf_tags *t)
{
	if (t->n_kids > 0)
		qsort(t->kids, t->n_kids, sizeof *t->kids, by_parent_and_key);
	for (size_t i = t->n_kids; i-- > 0;) {
		struct element *e = &t->v[t->kids[i].parent];

		e->first_kid = i;
		e->n_kids++;
	}
	for (size_t i = t->n; i-- > 0;) {
		struct element *e = &t->v[i];

		e->written = e->keep || i == 0;
		for (size_t k = 0; k < e->n_kids && !e->written; k++) {
			const struct kid *kid = &t->kids[e->first_kid + k];

			e->written = kid->kind != KID_ELEMENT || t->v[kid->what].written;
		}
	}
}

static const char *list_numbering(const struct node *n)
{
	static const char *const names[] = { "Decimal", "LowerAlpha", "UpperAlpha", "LowerRoman", "UpperRoman" };

	if (n->u.list.kind == LIST_BULLET)
		return "Disc";
	return n->u.list.kind == LIST_NUMBER && (unsigned)n->u.list.numeration < 5 ? names[n->u.list.numeration] : NULL;
}

static void put_box(struct pdf_tags *t, struct buf *b, const struct item *it)
{
	struct pdf_job *job = t->job;
	sp top = job->media_h - job->margin - it->y;

	buf_puts(b, " /A <</O /Layout /Placement /Block /BBox [");
	pdf_put_pt(b, it->x + job->margin);
	buf_putc(b, ' ');
	pdf_put_pt(b, top - it->h);
	buf_putc(b, ' ');
	pdf_put_pt(b, it->x + job->margin + it->w);
	buf_putc(b, ' ');
	pdf_put_pt(b, top);
	buf_puts(b, "]>>");
}

static void put_alt(struct pdf_tags *t, struct buf *b, const struct node *n)
{
	const struct node *picture = n->kind == N_FIGURE ? picture_of(n) : n;
	const char *alt = picture != NULL ? picture->u.image.alt : NULL;
	const struct node *title = n->kind == N_FIGURE ? doc_title(n) : NULL;

	/* none given: the caption says more than nothing does; an Alt must not be empty (PDF/UA-1, 7.3) */
	if (alt == NULL && title != NULL)
		alt = doc_plain_text(&t->job->arena, title, false);
	if ((alt == NULL || *alt == '\0') && picture != NULL)
		alt = picture->u.image.image != NULL ? picture->u.image.image->name : "image";
	if (alt == NULL || *alt == '\0')
		alt = "image";
	buf_puts(b, " /Alt ");
	pdf_put_text(b, alt, strlen(alt));
}

static void put_cell(struct buf *b, const struct node *n, bool head)
{
	bool column = n->parent != NULL && n->parent->kind == N_ROW && n->parent->u.row.group == ROW_HEAD;

	if (!head && n->u.cell.colspan <= 1 && n->u.cell.rowspan <= 1)
		return;
	buf_puts(b, " /A <</O /Table");
	if (head)
		buf_puts(b, column ? " /Scope /Column" : " /Scope /Row");
	if (n->u.cell.colspan > 1)
		buf_printf(b, " /ColSpan %d", n->u.cell.colspan);
	if (n->u.cell.rowspan > 1)
		buf_printf(b, " /RowSpan %d", n->u.cell.rowspan);
	buf_puts(b, ">>");
}

static void put_attributes(struct pdf_tags *t, struct buf *b, const struct element *e)
{
	const struct node *n = e->node;

	if (n == NULL)
		return;
	if (n->lang != NULL && n->kind != N_ROOT) {
		buf_puts(b, " /Lang ");
		pdf_put_literal(b, n->lang, strlen(n->lang));
	}
	if (strcmp(e->type, "Figure") == 0) {
		put_alt(t, b, n);
		if (e->box != NULL)
			put_box(t, b, e->box);
	} else if (n->kind == N_LIST && list_numbering(n) != NULL) {
		buf_printf(b, " /A <</O /List /ListNumbering /%s>>", list_numbering(n));
	} else if (n->kind == N_CELL) {
		put_cell(b, n, strcmp(e->type, "TH") == 0);
	} else if (n->kind == N_FOOTNOTE) {
		buf_printf(b, " /ID (note%08u)", n->seq);
	} else if (n->kind == N_SPAN && n->u.span.kind == SPAN_ABBREV && n->u.span.expansion != NULL) {
		buf_puts(b, " /E ");
		pdf_put_text(b, n->u.span.expansion, strlen(n->u.span.expansion));
	}
}

static void write_element(struct pdf_tags *t, struct element *e, unsigned root)
{
	struct buf *b = e->dict.body;
	const struct pdf_job *job = t->job;

	buf_printf(b, "/Type /StructElem /S /%s /P ", e->type);
	pdf_put_ref(b, e->parent >= 0 ? t->v[e->parent].dict.id : root);
	put_attributes(t, b, e);
	buf_puts(b, " /K [");
	for (size_t k = 0; k < e->n_kids; k++) {
		const struct kid *kid = &t->kids[e->first_kid + k];

		if (kid->kind == KID_ELEMENT) {
			if (!t->v[kid->what].written)
				continue;
			pdf_put_ref(b, t->v[kid->what].dict.id);
		} else {
			buf_puts(b, kid->kind == KID_MARK ? "<</Type /MCR /Pg " : "<</Type /OBJR /Pg ");
			pdf_put_ref(b, job->page_ids[kid->page]);
			if (kid->kind == KID_MARK) {
				buf_printf(b, " /MCID %u>>", kid->what);
			} else {
				buf_puts(b, " /Obj ");
				pdf_put_ref(b, kid->what);
				buf_puts(b, ">>");
			}
		}
		buf_putc(b, ' ');
	}
	buf_puts(b, "]\n");
}

/* Leaves of 500 keys each under one root: flat arrays of many pages would be slow to look up. */
static unsigned write_parent_tree(struct pdf_tags *t)
{
	struct pdf_dict root = pdf_dict_new(t->job->file);
	size_t pages = t->job->pages->n, keys = pages + t->n_annotations;

	buf_puts(root.body, "/Kids [");
	for (size_t from = 0; from < keys; from += 500) {
		struct pdf_dict leaf = pdf_dict_new(t->job->file);
		size_t to = keys - from < 500 ? keys : from + 500;

		buf_printf(leaf.body, "/Limits [%zu %zu] /Nums [", from, to - 1);
		for (size_t key = from; key < to; key++) {
			buf_printf(leaf.body, "\n%zu ", key);
			if (key >= pages) {
				pdf_put_ref(leaf.body, t->v[t->annotations[key - pages]].dict.id);
				continue;
			}
			buf_putc(leaf.body, '[');
			for (size_t m = t->page_mcs[key]; m < t->page_mcs[key + 1]; m++) {
				pdf_put_ref(leaf.body, t->v[t->mcs[m]].dict.id);
				buf_putc(leaf.body, ' ');
			}
			buf_putc(leaf.body, ']');
		}
		buf_puts(leaf.body, "]\n");
		pdf_put_ref(root.body, leaf.id);
		buf_putc(root.body, ' ');
	}
	buf_puts(root.body, "]\n");
	return root.id;
}

static void put_note_ids(struct pdf_tags *t, struct buf *b)
{
	bool any = false;

	/* ids are made of seq with leading zeros, and d->notes is in document order: sorted already */
	for (size_t i = 0; i < t->job->doc->n_notes; i++) {
		const struct node *n = t->job->doc->notes[i];
		int holder = n->seq <= t->job->doc->n_nodes ? t->holder[n->seq] : 0;

		if (holder == 0 || !t->v[holder - 1].written)
			continue;
		buf_puts(b, any ? " " : "/IDTree <</Names [");
		buf_printf(b, "(note%08u) ", n->seq);
		pdf_put_ref(b, t->v[holder - 1].dict.id);
		any = true;
	}
	if (any)
		buf_puts(b, "]>>\n");
}

void pdf_tags_write(struct pdf_tags *t)
{
	struct pdf_dict root = pdf_dict_new(t->job->file);
	unsigned parents;

	begin_pages(t, t->job->pages->n);
	settle(t);
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].written)
			t->v[i].dict = pdf_dict_new(t->job->file);
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].written)
			write_element(t, &t->v[i], root.id);
	parents = write_parent_tree(t);
	buf_puts(root.body, "/Type /StructTreeRoot /K [");
	pdf_put_ref(root.body, t->v[0].dict.id);
	buf_puts(root.body, "] /ParentTree ");
	pdf_put_ref(root.body, parents);
	buf_printf(root.body, " /ParentTreeNextKey %zu\n", t->job->pages->n + t->n_annotations);
	buf_puts(root.body, "/RoleMap <</Title /P /Subtitle /P /Em /Span /Strong /Span /Aside /Sect /FENote /Note "
	                    "/PullQuote /BlockQuote>>\n");
	put_note_ids(t, root.body);
	buf_puts(pdf_catalog(t->job->file), "/StructTreeRoot ");
	pdf_put_ref(pdf_catalog(t->job->file), root.id);
	buf_puts(pdf_catalog(t->job->file), " /MarkInfo <</Marked true>>\n");
}

struct pdf_tags *pdf_tags_new(struct pdf_job *job)
{
	struct pdf_tags *t = mem_zalloc(1, sizeof *t);

	t->job = job;
	t->holder = mem_zalloc((size_t)job->doc->n_nodes + 1, sizeof *t->holder);
	t->mark = mem_zalloc((size_t)job->doc->n_nodes + 1, sizeof *t->mark);
	t->page_mcs = mem_zalloc(job->pages->n + 1, sizeof *t->page_mcs);
	t->contents = t->made = -1;
	add_element(t, -1, "Document", job->doc->root, 0);
	if (job->doc->root != NULL && job->doc->root->seq <= job->doc->n_nodes)
		t->holder[job->doc->root->seq] = 1;
	return t;
}

void pdf_tags_free(struct pdf_tags *t)
{
	if (t == NULL)
		return;
	mem_free(t->v);
	mem_free(t->kids);
	mem_free(t->holder);
	mem_free(t->mark);
	mem_free(t->mcs);
	mem_free(t->page_mcs);
	mem_free(t->annotations);
	mem_free(t);
}
