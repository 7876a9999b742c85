#include "write/pdf/pdf_nav.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "write/pdf/pdf_tag.h"

#define NAMES_A_LEAF 500
#define LONGEST_CONTENTS 300 /* [byte] of a note shown as its link's text */

struct place {
	size_t page; /* plus 1; 0: nowhere */
	sp y;
};

struct pending {
	unsigned action;
	const struct node *node;
	const struct place *place;
	bool mark; /* to the note's mark, not to the note */
};

struct pdf_nav {
	struct pdf_job *job;
	struct place *places; /* by seq */
	struct place *marks;  /* by seq of a note: where its mark stands */
	bool *wanted;         /* by seq: some link leads here */
	struct pending *pending; /* PDF/UA-2: actions whose elements have no number yet */
	size_t n_pending, cap_pending;
	struct buf body;      /* of the object being written */
};

static void place_above(struct pdf_nav *nav, const struct node *n, size_t page, sp y)
{
	const struct doc *d = nav->job->doc;

	while (n != NULL && n->seq <= d->n_nodes && nav->places[n->seq].page == 0) {
		nav->places[n->seq] = (struct place){ page + 1, y };
		n = n->parent;
	}
}

/* The first mark of a note; others may refer to it as well. */
static void place_mark(struct pdf_nav *nav, const struct item *it, size_t page)
{
	const struct node *n = it->node;

	if (n != NULL && n->kind == N_FOOTNOTE && n->seq <= nav->job->doc->n_nodes && nav->marks[n->seq].page == 0)
		nav->marks[n->seq] = (struct place){ page + 1, it->y - 2 * it->u.text.size };
}

bool pdf_nav_has_mark(const struct pdf_nav *nav, const struct node *note)
{
	return note->seq <= nav->job->doc->n_nodes && nav->marks[note->seq].page != 0;
}

/* Where a node is: its anchor; failing that, the first thing set of it. */
struct pdf_nav *pdf_nav_new(struct pdf_job *job)
{
	struct pdf_nav *nav = mem_zalloc(1, sizeof *nav);

	nav->job = job;
	nav->places = mem_zalloc((size_t)job->doc->n_nodes + 1, sizeof *nav->places);
	nav->marks = mem_zalloc((size_t)job->doc->n_nodes + 1, sizeof *nav->marks);
	nav->wanted = mem_zalloc((size_t)job->doc->n_nodes + 1, sizeof *nav->wanted);
	for (size_t i = 0; i < job->pages->n; i++) {
		for (size_t k = 0; k < job->pages->v[i].n; k++) {
			const struct item *it = &job->pages->v[i].items[k];

			if (it->role == ROLE_MARK && it->kind == ITEM_TEXT)
				place_mark(nav, it, i);
			if (it->role == ROLE_CONTENT && (it->kind == ITEM_TEXT || it->kind == ITEM_IMAGE))
				place_above(nav, it->node, i, it->kind == ITEM_TEXT ? it->y - it->u.text.size : it->y);
		}
	}
	for (size_t i = job->pages->n; i-- > 0;) /* the first of several anchors wins */
		for (size_t k = job->pages->v[i].n; k-- > 0;) {
			const struct item *it = &job->pages->v[i].items[k];

			if (it->kind == ITEM_ANCHOR && it->node != NULL && it->node->seq <= job->doc->n_nodes)
				nav->places[it->node->seq] = (struct place){ i + 1, it->y };
		}
	return nav;
}

void pdf_nav_free(struct pdf_nav *nav)
{
	if (nav == NULL)
		return;
	mem_free(nav->places);
	mem_free(nav->marks);
	mem_free(nav->wanted);
	mem_free(nav->pending);
	buf_free(&nav->body);
	mem_free(nav);
}

static const struct place *place_of(const struct pdf_nav *nav, const struct node *n)
{
	return n != NULL && n->seq <= nav->job->doc->n_nodes && nav->places[n->seq].page != 0 ? &nav->places[n->seq] : NULL;
}

static const char *name_of(struct pdf_nav *nav, const struct node *n)
{
	return n->id != NULL && strlen(n->id) <= 200 ? n->id : arena_printf(&nav->job->arena, "node-%u", n->seq);
}

static void put_destination_in(struct pdf_nav *nav, struct buf *b, const struct place *p, unsigned object)
{
	sp top = nav->job->media_h - nav->job->margin - p->y + SP_PT(6); /* some air above the line */

	if (top > nav->job->media_h)
		top = nav->job->media_h;
	buf_putc(b, '[');
	pdf_put_ref(b, object);
	buf_puts(b, " /XYZ null ");
	pdf_put_pt(b, top);
	buf_puts(b, " null]");
}

static void put_destination(struct pdf_nav *nav, struct buf *b, const struct place *p)
{
	put_destination_in(nav, b, p, nav->job->page_ids[p->page - 1]);
}

/* A structure destination (ISO 32000-2, 12.3.2.3): an element in the place of the page. */
static void put_element_destination(struct pdf_nav *nav, struct buf *b, const struct pending *to)
{
	put_destination_in(nav, b, to->place, pdf_tags_object(nav->job->tags, to->node, to->mark));
}

static bool has_scheme(const char *href, const char *scheme)
{
	for (; *scheme != '\0'; href++, scheme++)
		if ((*href | 0x20) != *scheme)
			return false;
	return *href == ':';
}

/* An IRI as the ASCII URI it stands for (RFC 3987, 3.1); bytes that no URI may have are escaped. */
static void put_uri(struct buf *b, const char *href)
{
	static const char digits[] = "0123456789ABCDEF";
	struct buf uri;

	buf_init(&uri);
	for (const char *p = href; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;

		if (c <= 0x20 || c >= 0x7f || strchr("<>\"{}|\\^`", c) != NULL) {
			buf_putc(&uri, '%');
			buf_putc(&uri, digits[c >> 4]);
			buf_putc(&uri, digits[c & 15]);
		} else {
			buf_putc(&uri, (char)c);
		}
	}
	pdf_put_literal(b, uri.data != NULL ? uri.data : "", uri.len);
	buf_free(&uri);
}

static const char *back_contents(struct pdf_nav *nav, const struct item *it)
{
	const char *words = nav->job->options->back_to_text, *label = it->node->u.note.label;

	return arena_printf(&nav->job->arena, "%s %s", words != NULL ? words : "back to note", label != NULL ? label : "");
}

/* From the number at a note back to its mark in the text. */
static bool is_back_link(const struct pdf_nav *nav, const struct item *it)
{
	return it->role == ROLE_LABEL && it->node != NULL && it->node->kind == N_FOOTNOTE && pdf_nav_has_mark(nav, it->node);
}

/* What the link says to somebody who only hears it: its own text; of a note's mark, the note. */
static const char *contents_of(struct pdf_nav *nav, const struct item *it)
{
	const struct node *n = it->node, *from = n;
	const char *text = NULL;
	size_t len;

	if (is_back_link(nav, it))
		return back_contents(nav, it);
	if (n != NULL && n->kind == N_FOOTNOTEREF)
		from = it->u.link.target;
	else if (n != NULL && n->kind == N_DIVISION)
		from = doc_title(n);
	if (from != NULL)
		text = doc_plain_text(&nav->job->arena, from, from->kind == N_FOOTNOTE);
	if ((text == NULL || *text == '\0') && it->u.link.target != NULL)
		text = doc_plain_text(&nav->job->arena, it->u.link.target, false);
	if (text == NULL || *text == '\0')
		text = it->u.link.href != NULL ? it->u.link.href : "link";
	len = strlen(text);
	if (len > LONGEST_CONTENTS) {
		for (len = LONGEST_CONTENTS; len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80;)
			len--;
	}
	return arena_dup(&nav->job->arena, text, len);
}

bool pdf_nav_is_active(const char *href)
{
	return *href != '\0' && strlen(href) <= DOC_LONGEST_HREF && !has_scheme(href, "javascript") && !has_scheme(href, "vbscript") &&
	       !has_scheme(href, "data");
}

static bool leads_somewhere(const struct pdf_nav *nav, const struct item *it)
{
	if (it->u.link.href != NULL)
		return pdf_nav_is_active(it->u.link.href);
	return is_back_link(nav, it) || place_of(nav, it->u.link.target) != NULL;
}

/* PDF/UA-2 (8.8) has links lead to elements; these get their numbers when all is painted. */
static void put_later(struct pdf_nav *nav, struct buf *b, const struct item *it)
{
	bool mark = is_back_link(nav, it);
	const struct node *to = mark ? it->node : it->u.link.target;
	const struct place *place = mark ? &nav->marks[to->seq] : place_of(nav, to);
	unsigned action = pdf_number(nav->job->file);

	buf_puts(b, " /A ");
	pdf_put_ref(b, action);
	VEC_ROOM(nav->pending, nav->n_pending, nav->cap_pending, 1);
	nav->pending[nav->n_pending++] = (struct pending){ action, to, place, mark };
}

static void put_action(struct pdf_nav *nav, struct buf *b, const struct item *it)
{
	const struct node *target = it->u.link.target;

	if (it->u.link.href != NULL) {
		buf_puts(b, " /A <</Type /Action /S /URI /URI ");
		put_uri(b, it->u.link.href);
	} else if (nav->job->profile->ua == 2) {
		put_later(nav, b, it);
		return;
	} else if (is_back_link(nav, it)) {
		buf_puts(b, " /A <</Type /Action /S /GoTo /D ");
		put_destination(nav, b, &nav->marks[it->node->seq]);
	} else {
		const char *name = name_of(nav, target);

		nav->wanted[target->seq] = true;
		buf_puts(b, " /A <</Type /Action /S /GoTo /D ");
		pdf_put_literal(b, name, strlen(name));
	}
	buf_puts(b, ">>");
}

unsigned pdf_nav_link(struct pdf_nav *nav, const struct item *it, size_t page)
{
	struct pdf_job *job = nav->job;
	sp left = it->x + job->margin, top = job->media_h - job->margin - it->y;
	struct buf *b = &nav->body;
	const char *contents;
	unsigned id;

	if (!leads_somewhere(nav, it))
		return 0;
	id = pdf_number(job->file);
	buf_puts(b, "/Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect [");
	pdf_put_pt(b, left);
	buf_putc(b, ' ');
	pdf_put_pt(b, top - it->h);
	buf_putc(b, ' ');
	pdf_put_pt(b, left + it->w);
	buf_putc(b, ' ');
	pdf_put_pt(b, top);
	buf_puts(b, "] /P ");
	pdf_put_ref(b, job->page_ids[page]);
	contents = contents_of(nav, it);
	buf_puts(b, " /Contents ");
	pdf_put_text(b, contents, strlen(contents));
	put_action(nav, b, it);
	if (job->tags != NULL)
		buf_printf(b, " /StructParent %u", pdf_tags_annotation(job->tags, it, page, id));
	pdf_put_dict(job->file, id, b);
	return id;
}

struct name {
	const char *name;
	const struct node *node;
	const struct place *place;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct name *)a)->name, ((const struct name *)b)->name);
}

static void put_named(struct pdf_nav *nav, struct buf *b, const struct node *n, const struct place *place)
{
	struct pending to = { 0, n, place, false };

	if (nav->job->profile->ua != 2) {
		put_destination(nav, b, place);
		return;
	}
	buf_puts(b, "<</D ");
	put_destination(nav, b, place);
	buf_puts(b, " /SD ");
	put_element_destination(nav, b, &to);
	buf_puts(b, ">>");
}

/* All links' targets and everything with an id of its own, so that others may link here too. */
static void write_names(struct pdf_nav *nav)
{
	struct pdf_job *job = nav->job;
	struct name *v = NULL;
	size_t n = 0, cap = 0;
	struct buf *leaf = &nav->body;
	struct pdf_dict root;

	for (const struct node *node = job->doc->root; node != NULL; node = doc_next(job->doc->root, node)) {
		if (node->seq > job->doc->n_nodes || (node->id == NULL && !nav->wanted[node->seq]) || !place_of(nav, node))
			continue;
		VEC_ROOM(v, n, cap, 1);
		v[n++] = (struct name){ name_of(nav, node), node, place_of(nav, node) };
	}
	if (n == 0)
		return;
	qsort(v, n, sizeof *v, by_name);
	root = pdf_dict_new(job->file);
	buf_puts(root.body, "/Kids [");
	for (size_t from = 0; from < n; from += NAMES_A_LEAF) {
		size_t to = n - from < NAMES_A_LEAF ? n : from + NAMES_A_LEAF;
		unsigned id = pdf_number(job->file);

		buf_puts(leaf, "/Limits [");
		pdf_put_literal(leaf, v[from].name, strlen(v[from].name));
		pdf_put_literal(leaf, v[to - 1].name, strlen(v[to - 1].name));
		buf_puts(leaf, "] /Names [");
		for (size_t i = from; i < to; i++) {
			pdf_put_literal(leaf, v[i].name, strlen(v[i].name));
			put_named(nav, leaf, v[i].node, v[i].place);
			buf_putc(leaf, '\n');
		}
		buf_putc(leaf, ']');
		pdf_put_dict(job->file, id, leaf);
		pdf_put_ref(root.body, id);
		buf_putc(root.body, ' ');
	}
	buf_puts(root.body, "]\n");
	buf_puts(pdf_catalog(job->file), "/Names <</Dests ");
	pdf_put_ref(pdf_catalog(job->file), root.id);
	buf_puts(pdf_catalog(job->file), ">>\n");
	mem_free(v);
}

struct entry {
	const struct node *node;
	unsigned id;
	int parent, first, last, next, prev; /* indexes; -1: none, parent -1: the outline itself */
	int below;                           /* entries below, all levels */
	int level;
};

/* The entries in document order, linked. parent_of: by seq, the entry of a division, plus 1. */
static struct entry *list_entries(struct pdf_nav *nav, size_t *count, int top[2])
{
	const struct doc *d = nav->job->doc;
	struct entry *v = NULL;
	int *entry_of = mem_zalloc((size_t)d->n_nodes + 1, sizeof *entry_of);
	size_t n = 0, cap = 0;

	top[0] = top[1] = -1;
	for (const struct node *node = d->root; node != NULL; node = doc_next(d->root, node)) {
		struct entry *e;
		int *last;

		if (node->seq > d->n_nodes)
			continue;
		/* doc_next is pre-order, so the parent's entry is known */
		if (node->parent != NULL && node->parent->seq <= d->n_nodes)
			entry_of[node->seq] = entry_of[node->parent->seq];
		if (node->kind != N_DIVISION || doc_title(node) == NULL || place_of(nav, node) == NULL)
			continue;
		VEC_ROOM(v, n, cap, 1);
		e = &v[n];
		*e = (struct entry){ .node = node, .parent = entry_of[node->seq] - 1, .first = -1, .last = -1, .next = -1,
		                     .prev = -1 };
		last = e->parent >= 0 ? &v[e->parent].last : &top[1];
		e->level = e->parent >= 0 ? v[e->parent].level + 1 : 1;
		e->prev = *last;
		if (*last >= 0)
			v[*last].next = (int)n;
		else if (e->parent >= 0)
			v[e->parent].first = (int)n;
		else
			top[0] = (int)n;
		*last = (int)n;
		entry_of[node->seq] = (int)++n;
	}
	for (size_t i = n; i-- > 0;)
		if (v[i].parent >= 0)
			v[v[i].parent].below += 1 + v[i].below;
	mem_free(entry_of);
	*count = n;
	return v;
}

static void put_title(struct pdf_nav *nav, struct buf *b, const struct node *n)
{
	const char *title = doc_plain_text(&nav->job->arena, doc_title(n), false), *label = n->u.division.label;

	if (label != NULL && strncmp(title, label, strlen(label)) != 0)
		title = arena_printf(&nav->job->arena, "%s %s", label, title);
	buf_puts(b, "/Title ");
	pdf_put_text(b, title, strlen(title));
}

static void put_link(struct buf *b, const char *key, const struct entry *v, int to)
{
	if (to < 0)
		return;
	buf_printf(b, " /%s ", key);
	pdf_put_ref(b, v[to].id);
}

static void put_entry_destination(struct pdf_nav *nav, struct buf *b, const struct node *n)
{
	struct pending to = { 0, n, place_of(nav, n), false };

	if (nav->job->profile->ua == 2)
		put_element_destination(nav, b, &to);
	else
		put_destination(nav, b, to.place);
}

static void write_outline(struct pdf_nav *nav)
{
	struct pdf_job *job = nav->job;
	int top[2], shown = 0;
	size_t n;
	struct entry *v = list_entries(nav, &n, top);
	struct pdf_dict root;
	bool open = n <= 40; /* a long outline shows its top level only */

	if (n == 0)
		return;
	root = pdf_dict_new(job->file);
	for (size_t i = 0; i < n; i++) {
		v[i].id = pdf_number(job->file);
		if (open || v[i].parent < 0)
			shown++;
	}
	for (size_t i = 0; i < n; i++) {
		struct buf *b = &nav->body;

		put_title(nav, b, v[i].node);
		buf_puts(b, " /Parent ");
		pdf_put_ref(b, v[i].parent >= 0 ? v[v[i].parent].id : root.id);
		put_link(b, "First", v, v[i].first);
		put_link(b, "Last", v, v[i].last);
		put_link(b, "Next", v, v[i].next);
		put_link(b, "Prev", v, v[i].prev);
		if (v[i].below > 0) { /* closed: minus the number that opening would show */
			int children = 0;

			for (int k = v[i].first; k >= 0; k = v[k].next)
				children++;
			buf_printf(b, " /Count %d", open ? v[i].below : -children);
		}
		buf_puts(b, " /Dest ");
		put_entry_destination(nav, b, v[i].node);
		pdf_put_dict(job->file, v[i].id, b);
	}
	buf_puts(root.body, "/Type /Outlines");
	put_link(root.body, "First", v, top[0]);
	put_link(root.body, "Last", v, top[1]);
	buf_printf(root.body, " /Count %d\n", shown);
	buf_puts(pdf_catalog(job->file), "/Outlines ");
	pdf_put_ref(pdf_catalog(job->file), root.id);
	buf_puts(pdf_catalog(job->file), " /PageMode /UseOutlines\n");
	mem_free(v);
}

void pdf_nav_write(struct pdf_nav *nav)
{
	for (size_t i = 0; i < nav->n_pending; i++) {
		const struct pending *to = &nav->pending[i];

		buf_puts(&nav->body, "/Type /Action /S /GoTo /D ");
		put_destination(nav, &nav->body, to->place);
		buf_puts(&nav->body, " /SD ");
		put_element_destination(nav, &nav->body, to);
		pdf_put_dict(nav->job->file, to->action, &nav->body);
	}
	write_outline(nav);
	write_names(nav);
}

/* A label as a numbering style and its number: 'D', 'r', 'R', or 0 for any other text. */
static char label_style(const char *label, int *number)
{
	static const struct { const char *digits; int value; } roman[] = {
		{ "m", 1000 }, { "cm", 900 }, { "d", 500 }, { "cd", 400 }, { "c", 100 }, { "xc", 90 }, { "l", 50 },
		{ "xl", 40 }, { "x", 10 }, { "ix", 9 }, { "v", 5 }, { "iv", 4 }, { "i", 1 },
	};
	char lower[16];
	size_t len = strlen(label), at = 0;
	bool upper = label[0] >= 'A' && label[0] <= 'Z';

	*number = 0;
	if (len == 0 || len >= sizeof lower)
		return 0;
	if (label[0] >= '1' && label[0] <= '9' && len <= 6 && strspn(label, "0123456789") == len) {
		for (size_t i = 0; i < len; i++)
			*number = *number * 10 + (label[i] - '0');
		return 'D';
	}
	if (strspn(label, upper ? "MDCLXVI" : "mdclxvi") != len)
		return 0;
	for (size_t i = 0; i <= len; i++)
		lower[i] = (char)(label[i] != '\0' ? label[i] | 0x20 : 0);
	for (size_t k = 0; k < sizeof roman / sizeof *roman; k++) {
		size_t step = strlen(roman[k].digits);

		for (int times = 0; times < (step == 1 ? 3 : 1) && strncmp(lower + at, roman[k].digits, step) == 0; times++) {
			*number += roman[k].value;
			at += step;
		}
	}
	return at == len ? upper ? 'R' : 'r' : 0;
}

void pdf_nav_write_labels(struct pdf_job *job)
{
	struct pdf_dict d = pdf_dict_new(job->file);
	char style = 1; /* none begun */
	int number = 0;

	buf_puts(d.body, "/Nums [");
	for (size_t i = 0; i < job->pages->n; i++) {
		const char *label = job->pages->v[i].label != NULL ? job->pages->v[i].label : "";
		int this_number;
		char this_style = label_style(label, &this_number);

		if (this_style != 0 && this_style == style && this_number == number + 1) {
			number = this_number;
			continue;
		}
		style = this_style;
		number = this_number;
		buf_printf(d.body, "\n%zu <<", i);
		if (style != 0) {
			buf_printf(d.body, "/S /%c /St %d", style, number);
		} else {
			buf_puts(d.body, "/P ");
			pdf_put_text(d.body, label, strlen(label));
		}
		buf_puts(d.body, ">>");
	}
	buf_puts(d.body, "]\n");
	buf_puts(pdf_catalog(job->file), "/PageLabels ");
	pdf_put_ref(pdf_catalog(job->file), d.id);
	buf_putc(pdf_catalog(job->file), '\n');
}
