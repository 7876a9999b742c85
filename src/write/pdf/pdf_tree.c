#include "write/pdf/pdf_tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "write/pdf/pdf_meta.h"
#include "write/pdf/pdf_role.h"

static int by_parent_and_key(const void *a, const void *b)
{
	const struct pdf_kid *l = a, *r = b;

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
		struct pdf_element *e = &t->v[t->kids[i].parent];

		e->first_kid = (uint32_t)i;
		e->n_kids++;
	}
	for (size_t i = t->n; i-- > 0;) {
		struct pdf_element *e = &t->v[i];

		e->written = e->keep || i == 0;
		for (size_t k = 0; k < e->n_kids && !e->written; k++) {
			const struct pdf_kid *kid = &t->kids[e->first_kid + k];

			e->written = kid->kind != KID_ELEMENT || t->v[kid->what].written;
		}
	}
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
	const struct node *picture = n->kind == N_FIGURE ? pdf_role_picture(n) : n;
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

static void put_cell(struct pdf_tags *t, struct buf *b, const struct node *n, bool head)
{
	const char *headers = pdf_heads_of(&t->heads, n);

	if (pdf_heads_has_id(&t->heads, n)) {
		buf_puts(b, " /ID ");
		pdf_heads_put_id(b, n);
	}
	if (!head && n->u.cell.colspan <= 1 && n->u.cell.rowspan <= 1 && headers == NULL)
		return;
	buf_puts(b, " /A <</O /Table");
	if (head)
		buf_printf(b, " /Scope /%s", pdf_role_scope(n));
	if (headers != NULL)
		buf_printf(b, " /Headers [%s]", headers);
	if (n->u.cell.colspan > 1)
		buf_printf(b, " /ColSpan %d", n->u.cell.colspan);
	if (n->u.cell.rowspan > 1)
		buf_printf(b, " /RowSpan %d", n->u.cell.rowspan);
	buf_puts(b, ">>");
}

static void put_attributes(struct pdf_tags *t, struct buf *b, const struct pdf_element *e)
{
	const struct node *n = e->node;
	const char *lang;

	if (e->bullet)
		buf_puts(b, " /ActualText <FEFF2022>");
	lang = n == NULL ? e->about.lang : n->kind == N_ROOT ? t->job->doc->lang : n->lang;
	if (pdf_meta_is_language(lang)) {
		buf_puts(b, " /Lang ");
		pdf_put_literal(b, lang, strlen(lang));
	}
	if (n == NULL)
		return;
	if (n->kind == N_ROOT && t->job->pages->rtl) { /* all blocks inherit it */
		buf_puts(b, " /A <</O /Layout /WritingMode /RlTb>>");
	} else if (strcmp(e->type, "Figure") == 0) {
		put_alt(t, b, n);
		if (e->about.box != NULL)
			put_box(t, b, e->about.box);
	} else if (n->kind == N_LIST && t->job->profile->ua == 2 && n->u.list.kind == LIST_VARIABLE) {
		buf_puts(b, " /A <</O /List /ListNumbering /Description>>");
	} else if (n->kind == N_LIST && pdf_role_numbering(n) != NULL) {
		buf_printf(b, " /A <</O /List /ListNumbering /%s>>", pdf_role_numbering(n));
	} else if (n->kind == N_CELL) {
		put_cell(t, b, n, strcmp(e->type, "TH") == 0);
	} else if (n->kind == N_FOOTNOTE) {
		buf_printf(b, " /ID (note%08u)%s", n->seq,
		           t->job->profile->ua == 2 ? " /A <</O /FENote /NoteType /Footnote>>" : "");
	} else if (n->kind == N_SPAN && n->u.span.kind == SPAN_ABBREV && n->u.span.expansion != NULL) {
		buf_puts(b, " /E ");
		pdf_put_text(b, n->u.span.expansion, strlen(n->u.span.expansion));
	}
}

/* Types that PDF 1.7 alone has stand in its own, unnamed namespace still (ISO 32000-2, 14.8.6). */
static bool is_old(const char *type)
{
	static const char *const old[] = { "Art", "BlockQuote", "TOC", "TOCI", "Index", "Reference", "Code" };

	for (size_t i = 0; i < sizeof old / sizeof *old; i++)
		if (strcmp(old[i], type) == 0)
			return true;
	return false;
}

/* PDF 2.0 has no role for our own names, and needs none: most of them are its own. */
static void put_type(const struct pdf_tags *t, struct buf *b, const char *type)
{
	if (t->job->profile->ua == 2 && strcmp(type, "PullQuote") == 0)
		type = "BlockQuote";
	if (t->job->profile->ua == 2 && strcmp(type, "Subtitle") == 0)
		type = "P";
	buf_printf(b, "/Type /StructElem /S /%s", type);
	if (t->space != 0 && !is_old(type)) {
		buf_puts(b, " /NS ");
		pdf_put_ref(b, t->space);
	}
	buf_puts(b, " /P ");
}

static int by_from(const void *a, const void *b)
{
	const struct pdf_ref *l = a, *r = b;

	return l->from != r->from ? (l->from < r->from ? -1 : 1) : l->to < r->to ? -1 : l->to > r->to;
}

static void put_refs(const struct pdf_tags *t, struct buf *b, int element)
{
	size_t low = 0, high = t->n_refs;
	bool any = false;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (t->refs[mid].from < element)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < t->n_refs && t->refs[low].from == element; low++) {
		if (!t->v[t->refs[low].to].written)
			continue;
		buf_puts(b, any ? " " : " /Ref [");
		pdf_put_ref(b, t->v[t->refs[low].to].id);
		any = true;
	}
	if (any)
		buf_putc(b, ']');
}

static void write_element(struct pdf_tags *t, struct pdf_element *e, unsigned root)
{
	struct buf *b = &t->text;
	const struct pdf_job *job = t->job;

	put_type(t, b, e->type);
	pdf_put_ref(b, e->parent >= 0 ? t->v[e->parent].id : root);
	put_attributes(t, b, e);
	put_refs(t, b, (int)(e - t->v));
	buf_puts(b, " /K [");
	for (size_t k = 0; k < e->n_kids; k++) {
		const struct pdf_kid *kid = &t->kids[e->first_kid + k];

		if (kid->kind == KID_ELEMENT) {
			if (!t->v[kid->what].written)
				continue;
			pdf_put_ref(b, t->v[kid->what].id);
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
	buf_putc(b, ']');
	pdf_put_dict(job->file, e->id, b);
}

/* Leaves of 500 keys each under one root: flat arrays of many pages would be slow to look up. */
static unsigned write_parent_tree(struct pdf_tags *t)
{
	struct pdf_dict root = pdf_dict_new(t->job->file);
	struct buf *leaf = &t->text;
	size_t pages = t->job->pages->n, keys = pages + t->n_annotations;

	buf_puts(root.body, "/Kids [");
	for (size_t from = 0; from < keys; from += 500) {
		unsigned id = pdf_number(t->job->file);
		size_t to = keys - from < 500 ? keys : from + 500;

		buf_printf(leaf, "/Limits [%zu %zu] /Nums [", from, to - 1);
		for (size_t key = from; key < to; key++) {
			buf_printf(leaf, "\n%zu ", key);
			if (key >= pages) {
				pdf_put_ref(leaf, t->v[t->annotations[key - pages]].id);
				continue;
			}
			buf_putc(leaf, '[');
			for (size_t m = t->page_mcs[key]; m < t->page_mcs[key + 1]; m++) {
				pdf_put_ref(leaf, t->v[t->mcs[m]].id);
				buf_putc(leaf, ' ');
			}
			buf_putc(leaf, ']');
		}
		buf_putc(leaf, ']');
		pdf_put_dict(t->job->file, id, leaf);
		pdf_put_ref(root.body, id);
		buf_putc(root.body, ' ');
	}
	buf_puts(root.body, "]\n");
	return root.id;
}

static void put_id(struct pdf_tags *t, struct buf *b, const struct node *n)
{
	int holder = n->seq <= t->job->doc->n_nodes ? t->holder[n->seq] : 0;

	if (holder <= 0 || !t->v[holder - 1].written)
		return;
	pdf_put_ref(b, t->v[holder - 1].id);
	buf_putc(b, ' ');
}

/* Ids are made of seq with leading zeros, and "head" comes before "note": sorted, as the tree must be. */
static void put_ids(struct pdf_tags *t, struct buf *b)
{
	struct buf names;

	buf_init(&names);
	pdf_heads_sort(&t->heads);
	for (size_t i = 0; i < t->heads.n_named; i++) {
		pdf_heads_put_id(&names, t->heads.named[i]);
		put_id(t, &names, t->heads.named[i]);
	}
	for (size_t i = 0; i < t->job->doc->n_notes; i++) {
		const struct node *n = t->job->doc->notes[i];

		if (n->seq > t->job->doc->n_nodes || t->holder[n->seq] <= 0 || !t->v[t->holder[n->seq] - 1].written)
			continue;
		buf_printf(&names, "(note%08u)", n->seq);
		put_id(t, &names, n);
	}
	if (names.len > 0)
		buf_printf(b, "/IDTree <</Names [%s]>>\n", names.data);
	buf_free(&names);
}

void pdf_tree_write(struct pdf_tags *t)
{
	struct pdf_dict root = pdf_dict_new(t->job->file);
	unsigned parents;

	settle(t);
	if (t->n_refs > 0)
		qsort(t->refs, t->n_refs, sizeof *t->refs, by_from);
	if (t->job->profile->ua == 2) {
		struct pdf_dict space = pdf_dict_new(t->job->file);

		buf_puts(space.body, "/Type /Namespace /NS (http://iso.org/pdf2/ssn)\n");
		t->space = space.id;
	}
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].written)
			t->v[i].id = pdf_number(t->job->file);
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].written)
			write_element(t, &t->v[i], root.id);
	parents = write_parent_tree(t);
	buf_puts(root.body, "/Type /StructTreeRoot /K [");
	pdf_put_ref(root.body, t->v[0].id);
	buf_puts(root.body, "] /ParentTree ");
	pdf_put_ref(root.body, parents);
	buf_printf(root.body, " /ParentTreeNextKey %zu\n", t->job->pages->n + t->n_annotations);
	if (t->space != 0) {
		buf_puts(root.body, "/Namespaces [");
		pdf_put_ref(root.body, t->space);
		buf_puts(root.body, "]\n");
	} else {
		buf_puts(root.body, "/RoleMap <</Title /P /Subtitle /P /Em /Span /Strong /Span /Aside /Sect /FENote /Note "
		                    "/PullQuote /BlockQuote>>\n");
	}
	put_ids(t, root.body);
	buf_puts(pdf_catalog(t->job->file), "/StructTreeRoot ");
	pdf_put_ref(pdf_catalog(t->job->file), root.id);
	buf_puts(pdf_catalog(t->job->file), " /MarkInfo <</Marked true>>\n");
}
