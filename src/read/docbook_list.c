#include "read/docbook_build.h"

#include <string.h>

/* A list's items go into one N_LIST; a block between items (DocBook allows them before the first)
 * ends it, and the next item starts another whose numbers go on. A list with such blocks becomes an
 * N_GROUP that holds title, blocks and lists in the source's order. */
struct listing {
	struct node *into;  /* where the next N_LIST goes */
	struct node *list;  /* open one, or NULL */
	const struct src *s;
	enum list_kind kind;
	enum numeration numeration;
	int next;
	bool compact;
};

static enum numeration numeration_of(const struct src *s)
{
	static const char *const names[] = { "arabic", "loweralpha", "upperalpha", "lowerroman", "upperroman" };

	if (src_form(s) == F_SUBSTEPS)
		return NUM_LOWERALPHA;
	for (int i = 0; i < 5; i++) {
		if (docbook_attr_is(s, "numeration", names[i]))
			return (enum numeration)i;
	}
	return NUM_ARABIC;
}

/* A whole number from 0 to 1,000,000, or -1. */
static int small_number(const char *s)
{
	int v = 0;

	if (s == NULL || *s == '\0')
		return -1;
	for (; *s >= '0' && *s <= '9'; s++) {
		v = v * 10 + (*s - '0');
		if (v > 1000000)
			return -1;
	}
	return *s == '\0' ? v : -1;
}

static bool is_item(const struct src *c)
{
	static const char *const names[] = { "listitem", "varlistentry", "glossentry", "member", "callout", "step",
	                                     "stepalternatives" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (src_is(c, names[i]))
			return true;
	}
	return false;
}

static struct node *new_item(struct builder *b, struct listing *l, const struct src *s)
{
	int override = l->kind == LIST_NUMBER ? small_number(docbook_attr(s, "override")) : -1;

	if (override >= 0 && override != l->next) {
		l->list = NULL;
		l->next = override;
	}
	if (l->list == NULL) {
		l->list = doc_node(b->d, N_LIST, l->s->name, s->pos);
		l->list->u.list.kind = l->kind;
		l->list->u.list.numeration = l->numeration;
		l->list->u.list.start = l->next;
		l->list->u.list.compact = l->compact;
		doc_append(l->into, l->list);
	}
	l->next++;
	return docbook_node(b, l->list, N_ITEM, s);
}

/* A step's title opens it, in bold. */
static struct heads item_title(struct builder *b, struct node *item, const struct src *s)
{
	struct heads h = docbook_heads(s);
	struct node *p, *strong;

	h.subtitle = h.abbrev = NULL;
	if (h.info != NULL)
		docbook_front(b, item, &h);
	if (h.title == NULL)
		return h;
	p = docbook_node(b, item, N_PARA, h.title);
	strong = doc_node(b->d, N_SPAN, h.title->name, h.title->pos);
	strong->u.span.kind = SPAN_STRONG;
	doc_append(p, strong);
	docbook_inlines(b, strong, h.title->first);
	docbook_collapse(b, p);
	return h;
}

static void varlistentry(struct builder *b, struct node *item, const struct src *s)
{
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (src_is(c, "term"))
			docbook_inline_block(b, item, N_TERM, c);
		else if (src_is(c, "listitem")) {
			docbook_alias(b, item, c);
			docbook_blocks(b, item, c, NULL);
		} else if (c->name != NULL) {
			docbook_block(b, item, c);
		} else if (!c->blank) {
			docbook_stray(b, item, c);
		}
	}
}

/* "-> other term": the words "see" and "see also" would need the document's language. */
static void glosssee(struct builder *b, struct node *parent, const struct src *s)
{
	struct node *p = docbook_node(b, parent, N_PARA, s), *x = NULL;
	const char *to = docbook_attr(s, "otherterm");

	docbook_made(b, p, "\xe2\x86\x92 ", s->pos);
	docbook_flush(b, p);
	if (to != NULL && *to != '\0') {
		x = doc_node(b->d, docbook_has_content(s) ? N_LINK : N_XREF, s->name, s->pos);
		x->u.link.linkend = arena_strdup(&b->d->arena, to);
		doc_append(p, x);
	}
	docbook_inlines(b, x == NULL ? p : x, s->first);
	docbook_collapse(b, p);
}

static void glossdef(struct builder *b, struct node *item, const struct src *s)
{
	docbook_alias(b, item, s);
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (src_is(c, "glossseealso"))
			glosssee(b, item, c);
		else if (c->name != NULL && src_form(c) != F_NOTHING)
			docbook_block(b, item, c);
		else if (c->name == NULL && !c->blank) {
			docbook_stray(b, item, c);
		}
	}
}

static void fill_glossentry(struct builder *b, struct node *item, const struct src *s)
{
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (c->name == NULL && c->blank)
			continue;
		if (src_is(c, "glossdef"))
			glossdef(b, item, c);
		else if (src_is(c, "glosssee"))
			glosssee(b, item, c);
		else if (src_form(c) == F_NOTHING)
			docbook_alias(b, item, c);
		else if (item->last == NULL || item->last->kind == N_TERM) {
			struct node *term = docbook_node(b, item, N_TERM, c);

			if (c->name == NULL)
				docbook_inline(b, term, c);
			docbook_inlines(b, term, c->first);
			docbook_collapse(b, term);
		} else {
			docbook_block(b, item, c);
		}
	}
}

/* The entries of a glossary stand among its other blocks: neighbours are one list. */
void docbook_glossentry(struct builder *b, struct node *parent, const struct src *s)
{
	struct listing l = { .into = parent, .s = s, .kind = LIST_VARIABLE };

	if (parent->last != NULL && parent->last->kind == N_LIST && parent->last->element == s->name)
		l.list = parent->last;
	fill_glossentry(b, new_item(b, &l, s), s);
}

/* The first callout's arearefs says which mark in the listing it explains. */
static void callout(struct builder *b, struct listing *l, const struct src *s)
{
	const char *refs = docbook_attr(s, "arearefs"), *number;
	size_t len = refs == NULL ? 0 : strcspn(refs, " \t\n\r");
	int n = -1;

	if (len > 0 && (number = strmap_lookup(&b->callouts, refs, len)) != NULL)
		n = small_number(number);
	if (n > 0 && n != l->next) {
		l->list = NULL;
		l->next = n;
	}
	docbook_blocks(b, new_item(b, l, s), s, NULL);
}

static void add_item(struct builder *b, struct listing *l, const struct src *s)
{
	struct node *item;

	if (src_is(s, "callout")) {
		callout(b, l, s);
		return;
	}
	item = new_item(b, l, s);
	if (src_is(s, "varlistentry")) {
		varlistentry(b, item, s);
	} else if (src_is(s, "glossentry")) {
		fill_glossentry(b, item, s);
	} else if (src_is(s, "member")) {
		docbook_content(b, item, s);
	} else if (src_is(s, "stepalternatives")) {
		docbook_list(b, item, s);
	} else {
		const struct heads h = item_title(b, item, s);

		docbook_blocks(b, item, s, &h);
	}
}

static enum list_kind kind_of(const struct src *s)
{
	switch (src_form(s)) {
	case F_ITEMIZED:
		return docbook_attr_is(s, "mark", "none") ? LIST_PLAIN : LIST_BULLET;
	case F_VARIABLE:
		return LIST_VARIABLE;
	case F_SIMPLELIST:
		return LIST_PLAIN;
	default:
		return LIST_NUMBER;
	}
}

/* Something besides titles and items. */
static bool has_other_blocks(const struct src *s)
{
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		enum form form = src_form(c);

		if (c->name == NULL ? !c->blank : !is_item(c) && form != F_TITLE && form != F_INFO && form != F_TITLEABBREV &&
		                                  form != F_NOTHING)
			return true;
	}
	return false;
}

static int first_number(struct builder *b, const struct src *s)
{
	int depth = b->list_depth < 8 ? b->list_depth : 7;
	int start = small_number(docbook_attr(s, "startingnumber"));

	if (start >= 0)
		return start;
	if (docbook_attr_is(s, "continuation", "continues") && b->next_number[depth] > 0)
		return b->next_number[depth];
	return 1;
}

static void list_children(struct builder *b, struct listing *l)
{
	const struct heads h = docbook_heads(l->s);

	for (const struct src *c = l->s->first; c != NULL; c = c->next) {
		if ((c->name == NULL && c->blank) || heads_hold(&h, c))
			continue;
		if (is_item(c)) {
			add_item(b, l, c);
		} else if (src_form(c) == F_NOTHING) {
			docbook_alias(b, l->into, c);
		} else if (c->name == NULL || (c->element != NULL && element_is_inline(c->element))) {
			docbook_stray(b, l->into, c);
			l->list = NULL;
		} else {
			docbook_block(b, l->into, c);
			l->list = NULL;
		}
	}
}

void docbook_list(struct builder *b, struct node *parent, const struct src *s)
{
	struct listing l = { .into = parent, .s = s, .kind = kind_of(s), .numeration = numeration_of(s) };
	int depth = b->list_depth < 8 ? b->list_depth : 7;

	l.next = first_number(b, s);
	l.compact = docbook_attr_is(s, "spacing", "compact");
	if (has_other_blocks(s)) {
		l.into = docbook_node(b, parent, N_GROUP, s);
		docbook_titles(b, l.into, s);
	} else {
		l.list = docbook_node(b, parent, N_LIST, s);
		l.list->u.list.kind = l.kind;
		l.list->u.list.numeration = l.numeration;
		l.list->u.list.start = l.next;
		l.list->u.list.compact = l.compact;
		if (l.kind == LIST_PLAIN) {
			l.list->u.list.columns = small_number(docbook_attr(s, "columns"));
			l.list->u.list.across = docbook_attr_is(s, "type", "horiz");
		}
		docbook_titles(b, l.list, s);
	}
	b->list_depth++;
	if (depth + 1 < 8)
		b->next_number[depth + 1] = 0;
	list_children(b, &l);
	b->list_depth--;
	if (src_form(s) == F_ORDERED)
		b->next_number[depth] = l.next;
	/* a list that nothing came into is nothing */
	if (parent->last != NULL && parent->last->kind == N_LIST && parent->last->first == NULL &&
	    parent->last->id == NULL)
		doc_remove(parent->last);
}

/* ---- questions and answers ---- */

static void qanda_part(struct builder *b, struct node *parent, const struct src *s)
{
	const struct src *label = docbook_child(s, "label");
	struct node *n = docbook_node(b, parent, N_GROUP, s);

	if (label != NULL)
		docbook_inline_block(b, n, N_PARA, label)->u.para.runin = true;
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (c == label || (c->name == NULL && c->blank))
			continue;
		if (src_is(c, "qandaentry"))
			docbook_qanda(b, n, c);
		else if (c->name != NULL)
			docbook_block(b, n, c);
		else {
			docbook_stray(b, n, c);
		}
	}
}

void docbook_qanda(struct builder *b, struct node *parent, const struct src *s)
{
	const struct heads h = docbook_heads(s);
	struct node *n = docbook_node(b, parent, N_GROUP, s);

	docbook_titles(b, n, s);
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if ((c->name == NULL && c->blank) || heads_hold(&h, c))
			continue;
		if (src_is(c, "question") || src_is(c, "answer"))
			qanda_part(b, n, c);
		else if (src_is(c, "qandaentry"))
			docbook_qanda(b, n, c);
		else if (c->name != NULL)
			docbook_block(b, n, c);
		else {
			docbook_stray(b, n, c);
		}
	}
}
