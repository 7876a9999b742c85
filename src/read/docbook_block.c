#include "read/docbook_build.h"

#include <string.h>

/* ---- mixed content ---- */

static struct node *para(struct builder *b, struct node *parent, const struct src *s)
{
	struct node *n = doc_node(b->d, N_PARA, "para", s->pos);

	doc_append(parent, n);
	return n;
}

/* A paragraph is opened by the first visible inline and closed by a block. */
struct mixed {
	struct node *parent, *open;
	const struct src *s; /* what the paragraphs come from */
	bool named;          /* s's id, role and language are on a paragraph already */
	bool keep_lines;
};

static void close_para(struct builder *b, struct mixed *m)
{
	struct node *n = m->open;

	if (n == NULL)
		return;
	m->open = NULL;
	docbook_flush(b, n);
	docbook_collapse(b, n);
	if (m->keep_lines)
		docbook_trim_breaks(n);
	if (n->first == NULL && n->id == NULL)
		doc_remove(n);
}

static void open_para(struct builder *b, struct mixed *m, const struct src *at)
{
	if (m->open != NULL)
		return;
	m->open = para(b, m->parent, m->named || m->s->name == NULL ? at : m->s);
	m->open->u.para.continued = m->named && src_form(m->s) == F_PARA;
	if (m->named)
		return;
	m->named = true;
	if (m->s->element != NULL)
		m->open->element = m->s->element->name;
	docbook_common(b, m->open, m->s);
}

static void mixed_child(struct builder *b, struct mixed *m, const struct src *c)
{
	if (docbook_is_block(c)) {
		close_para(b, m);
		if (!m->named && c->parent == m->s) { /* the block comes first: it bears the id */
			struct node *before = m->parent->last;

			docbook_block(b, m->parent, c);
			if (m->parent->last != before && m->parent->last != NULL)
				docbook_alias(b, m->parent->last, m->s);
			m->named = m->parent->last != before;
		} else {
			docbook_block(b, m->parent, c);
		}
		return;
	}
	if (c->name == NULL && c->blank && m->open == NULL)
		return;
	open_para(b, m, c);
	docbook_inline(b, m->open, c);
}

void docbook_mixed(struct builder *b, struct node *parent, const struct src *s)
{
	struct mixed m = { parent, NULL, s, false, b->keep_lines };

	for (const struct src *c = s->first; c != NULL; c = c->next)
		mixed_child(b, &m, c);
	close_para(b, &m);
	if (!m.named)
		docbook_alias(b, parent, s);
}

void docbook_content(struct builder *b, struct node *n, const struct src *s)
{
	struct mixed m = { n, NULL, s, true, false };

	for (const struct src *c = s->first; c != NULL; c = c->next)
		mixed_child(b, &m, c);
	close_para(b, &m);
}

/* ---- blocks ---- */

static bool is_nested_division(const struct src *s)
{
	return s->element != NULL && (s->element->form == F_DIVISION || s->element->form == F_INDEX ||
	                              s->element->form == F_COLOPHON || s->element->form == F_TOC);
}

static bool holds_inlines_by_right(const struct src *s)
{
	return s->element == NULL || s->element->form == F_PLAIN_BLOCK || src_is(s, "td") || src_is(s, "th") ||
	       src_is(s, "entry") || src_is(s, "caption") || src_is(s, "legalnotice") || src_is(s, "revdescription") ||
	       src_is(s, "equation") || src_is(s, "informalequation");
}

static void stray(struct builder *b, const struct src *in, const struct src *c)
{
	if (holds_inlines_by_right(in))
		return;
	if (c->name == NULL) {
		FAULT(b, "stray-text", c->pos, "text stands directly in <%s>", in->name);
		diag_hint(b->log, "put it into a <para>");
	} else if (c->element != NULL && src_form(c) != F_NOTHING && src_form(c) != F_META &&
	         !src_is(c, "remark")) {
		FAULT(b, "stray-text", c->pos, "<%s> stands directly in <%s>, outside a paragraph", c->name, in->name);
	}
}

void docbook_stray(struct builder *b, struct node *parent, const struct src *c)
{
	struct node *p = para(b, parent, c);

	stray(b, c->parent, c);
	docbook_inline(b, p, c);
	docbook_flush(b, p);
	docbook_collapse(b, p);
	if (p->first == NULL && p->id == NULL)
		doc_remove(p);
}

void docbook_other(struct builder *b, struct node *parent, const struct src *c)
{
	if (c->name == NULL && c->blank)
		return;
	if (c->name == NULL || (c->element != NULL && element_is_inline(c->element) && !docbook_is_block(c)))
		docbook_stray(b, parent, c);
	else
		docbook_block(b, parent, c);
}

static void order(struct builder *b, const struct src *in, const struct src *c)
{
	const char *kind = arena_printf(&b->scratch, "%s %s", in->name, c->name);

	if (c->element != NULL && docbook_tell_once(b, "order", kind)) {
		diag_warn(b->log, "order", c->pos, "<%s> after a nested section: DocBook has it before", c->name);
		diag_hint(b->log, "it is set where it stands; put it at the end of that section, or before it");
	}
}

void docbook_blocks(struct builder *b, struct node *parent, const struct src *s, const struct heads *set)
{
	struct mixed m = { parent, NULL, s, true, false };
	bool sections = false;

	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (c->name == NULL && c->blank && m.open == NULL)
			continue;
		if (set != NULL && heads_hold(set, c))
			continue;
		if (src_form(c) == F_NOTHING) {
			docbook_alias(b, parent, c);
			continue;
		}
		if (src_form(c) == F_ANCHOR && m.open == NULL && c->first == NULL) {
			docbook_alias(b, parent, c);
			continue;
		}
		if (c->name != NULL && (docbook_is_block(c) || c->element == NULL || !element_is_inline(c->element))) {
			close_para(b, &m);
			if (sections && !is_nested_division(c) && parent->kind != N_GROUP)
				order(b, s, c);
			sections |= is_nested_division(c);
			docbook_block(b, parent, c);
			continue;
		}
		if (!(c->name == NULL && c->blank))
			stray(b, s, c);
		open_para(b, &m, c);
		docbook_inline(b, m.open, c);
	}
	close_para(b, &m);
}

/* A node of this kind with its titles and blocks. */
static struct node *container(struct builder *b, struct node *parent, enum node_kind kind, const struct src *s)
{
	const struct heads h = docbook_heads(s);
	struct node *n = docbook_node(b, parent, kind, s);

	docbook_titles(b, n, s);
	docbook_blocks(b, n, s, &h);
	return n;
}

static void division(struct builder *b, struct node *parent, const struct src *s, enum division what)
{
	struct node *n = docbook_node(b, parent, N_DIVISION, s);

	const struct heads h = docbook_heads(s);

	n->u.division.what = what;
	docbook_titles(b, n, s);
	docbook_blocks(b, n, s, &h);
}

static void colophon(struct builder *b, struct node *parent, const struct src *s)
{
	if (docbook_attr_is(s, "role", "imprint"))
		container(b, parent, N_IMPRINT, s);
	else
		division(b, parent, s, DIV_COLOPHON);
}

static void index_or_toc(struct builder *b, struct node *parent, const struct src *s)
{
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		bool head = src_form(c) == F_TITLE || src_form(c) == F_INFO || src_form(c) == F_TITLEABBREV;

		if ((c->name != NULL && !head) || (c->name == NULL && !c->blank)) {
			division(b, parent, s, DIV_INDEX);
			return;
		}
	}
	docbook_alias(b, parent, s); /* waits for a generated one */
	if (src_form(s) == F_TOC) {
		b->d->info.wants_contents = true;
	} else {
		diag_warn(b->log, "index-left-out", s->pos, "verstka makes no index from index terms yet: <%s> stays empty", s->name);
		diag_hint(b->log, "write its entries out, or leave it out");
	}
}

static void formalpara(struct builder *b, struct node *parent, const struct src *s)
{
	struct heads h = docbook_heads(s);
	struct node *before = parent->last;

	if (h.title != NULL && docbook_has_content(h.title)) {
		struct node *n = docbook_inline_block(b, parent, N_PARA, h.title);

		n->u.para.runin = true;
		docbook_common(b, n, s);
	}
	h.subtitle = h.abbrev = NULL;
	if (h.info != NULL)
		docbook_front(b, parent, &h);
	docbook_blocks(b, parent, s, &h);
	if (before == parent->last)
		docbook_alias(b, parent, s);
}

static void trim_verbatim(struct node *n)
{
	struct node *first = n->first, *last = n->last;

	/* the line ends that the mark-up itself makes, after <screen> and before </screen> */
	if (first != NULL && first->kind == N_TEXT && first->u.text.s[0] == '\n' && first->u.text.len > 1) {
		first->u.text.s++;
		first->u.text.len--;
	}
	while (last != NULL && last->kind == N_TEXT && last->u.text.len > 1 &&
	       last->u.text.s[last->u.text.len - 1] == '\n')
		last->u.text.len--;
}

/* Tabs to the next eighth column: the lines look as they did to their author, whatever sets them. */
static void expand_tabs(struct builder *b, struct node *top)
{
	unsigned column = 0;
	struct buf out;

	for (struct node *n = top; n != NULL; n = n->kind == N_FOOTNOTE ? doc_next_skip(top, n) : doc_next(top, n)) {
		if (n->kind != N_TEXT)
			continue;
		buf_init(&out);
		for (uint32_t i = 0; i < n->u.text.len; i++) {
			char c = n->u.text.s[i];

			if (c == '\t')
				do
					buf_putc(&out, ' ');
				while (++column % 8 != 0);
			else
				buf_putc(&out, c);
			if (c == '\n')
				column = 0;
			else if (c != '\t' && ((unsigned char)c & 0xC0) != 0x80)
				column++;
		}
		if (out.len != n->u.text.len) {
			n->u.text.s = arena_dup(&b->d->arena, out.data, out.len);
			n->u.text.len = (uint32_t)out.len;
		}
		buf_free(&out);
	}
}

static void verbatim(struct builder *b, struct node *parent, const struct src *s, bool mono)
{
	struct node *n = docbook_node(b, parent, N_VERBATIM, s);

	if (docbook_attr_is(s, "class", "monospaced"))
		mono = true;
	if (!mono)
		n->role = "plain";
	b->n_callouts = 0;
	docbook_inlines(b, n, s->first);
	docbook_merge(b, n);
	trim_verbatim(n);
	expand_tabs(b, n);
	if (n->first == NULL && n->id == NULL)
		doc_remove(n);
}

static void address(struct builder *b, struct node *parent, const struct src *s)
{
	b->keep_lines = true;
	docbook_mixed(b, parent, s);
	b->keep_lines = false;
}

/* A caption among s's children, as N_CAPTION of n. */
static void captions(struct builder *b, struct node *n, const struct src *s)
{
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (src_is(c, "caption"))
			docbook_content(b, docbook_node(b, n, N_CAPTION, c), c);
	}
}

static void figure(struct builder *b, struct node *parent, const struct src *s)
{
	const struct heads h = docbook_heads(s);
	struct node *n = docbook_node(b, parent, N_FIGURE, s);

	docbook_titles(b, n, s);
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (heads_hold(&h, c) || src_is(c, "caption"))
			continue;
		if (c->name == NULL && c->blank)
			continue;
		if (c->name == NULL || (c->element != NULL && element_is_inline(c->element) &&
		                        src_form(c) != F_INLINE_MEDIA))
			docbook_stray(b, n, c);
		else
			docbook_block(b, n, c);
	}
	captions(b, n, s);
	if (docbook_attr_is(s, "role", "bars"))
		docbook_chart(b, n);
}

static void admonition(struct builder *b, struct node *parent, const struct src *s)
{
	struct node *n = container(b, parent, N_ADMONITION, s);

	n->u.admonition.kind = (enum admonition)s->element->arg;
}

static void attributions_last(struct node *n)
{
	const struct node *end = n->last;

	for (struct node *c = n->first, *next; c != NULL; c = next) {
		bool stop = c == end;

		next = stop ? NULL : c->next;
		if (c->kind == N_ATTRIBUTION && c != n->last) {
			doc_remove(c);
			doc_append(n, c);
		}
	}
}

static void quotation(struct builder *b, struct node *parent, const struct src *s)
{
	bool pull = docbook_attr_is(s, "role", "pullquote") || docbook_attr_is(s, "role", "pull-quote");
	struct node *n = container(b, parent, pull ? N_PULLQUOTE : N_BLOCKQUOTE, s);

	if (src_is(s, "epigraph"))
		n->role = "epigraph";
	attributions_last(n);
}

/* Data in a case study's margin: bibliomisc of its info, role topic, place or link. */
static void sidebar(struct builder *b, struct node *parent, const struct src *s)
{
	container(b, parent, N_SIDEBAR, s);
}

static void bridgehead(struct builder *b, struct node *parent, const struct src *s)
{
	struct node *n = docbook_inline_block(b, parent, N_BRIDGEHEAD, s);
	const char *as = docbook_attr(s, "renderas");
	int outer = 0; /* parts and chapters around it */

	for (const struct node *up = parent; up != NULL; up = up->parent)
		outer += up->kind == N_DIVISION && up->u.division.what != DIV_SECTION;
	if (as != NULL && strncmp(as, "sect", 4) == 0 && as[4] >= '1' && as[4] <= '5' && as[5] == '\0')
		n->u.division.level = as[4] - '0' + outer;
}

/* pandoc writes a thematic break as an empty paragraph of this role. */
static bool is_rule(const struct src *s)
{
	return docbook_attr_is(s, "role", "rule") || docbook_attr_is(s, "role", "hr") ||
	       docbook_attr_is(s, "role", "break");
}

static void paragraph(struct builder *b, struct node *parent, const struct src *s)
{
	if (is_rule(s) && !docbook_has_content(s))
		docbook_node(b, parent, N_RULE, s);
	else
		docbook_mixed(b, parent, s);
}

/* A part outside its parent, or what we have no form for: whatever it holds, in order. */
static void plain_block(struct builder *b, struct node *parent, const struct src *s)
{
	enum form form = src_form(s);

	if (src_is(s, "attribution")) {
		docbook_inline_block(b, parent, N_ATTRIBUTION, s);
		return;
	}
	if (form == F_PLAIN_BLOCK)
		docbook_no_form(b, s);
	else if (src_in_unknown(s))
		;
	else if (form == F_TITLE || form == F_SUBTITLE || form == F_TITLEABBREV)
		FAULT(b, "title-twice", s->pos, "a second <%s>, or one that stands in the wrong place", s->name);
	else if (s->element != NULL && !src_is(s, "label"))
		FAULT(b, "misplaced", s->pos, "<%s> cannot stand here", s->name);
	docbook_content(b, docbook_node(b, parent, N_GROUP, s), s);
	if (parent->last->first == NULL && parent->last->id == NULL)
		doc_remove(parent->last);
}

void docbook_block(struct builder *b, struct node *parent, const struct src *s)
{
	switch (src_form(s)) {
	case F_ROOT:
		division(b, parent, s, DIV_PART);
		break;
	case F_DIVISION:
		division(b, parent, s, (enum division)s->element->arg);
		break;
	case F_INDEX:
	case F_TOC:
		index_or_toc(b, parent, s);
		break;
	case F_COLOPHON:
		colophon(b, parent, s);
		break;
	case F_PARA:
		paragraph(b, parent, s);
		break;
	case F_FORMALPARA:
		formalpara(b, parent, s);
		break;
	case F_ITEMIZED:
	case F_ORDERED:
	case F_VARIABLE:
	case F_SIMPLELIST:
	case F_CALLOUTS:
	case F_PROCEDURE:
	case F_SUBSTEPS:
		docbook_list(b, parent, s);
		break;
	case F_QANDA:
		docbook_qanda(b, parent, s);
		break;
	case F_GLOSSENTRY:
		docbook_glossentry(b, parent, s);
		break;
	case F_SEGMENTED:
		docbook_segmented(b, parent, s);
		break;
	case F_VERBATIM:
		verbatim(b, parent, s, s->element->arg != 0);
		break;
	case F_ADDRESS:
		address(b, parent, s);
		break;
	case F_FIGURE:
		figure(b, parent, s);
		break;
	case F_GROUP:
		container(b, parent, N_GROUP, s);
		break;
	case F_MEDIA:
	case F_INLINE_MEDIA:
		docbook_media(b, parent, s);
		break;
	case F_ADMONITION:
		admonition(b, parent, s);
		break;
	case F_BLOCKQUOTE:
	case F_EPIGRAPH:
		quotation(b, parent, s);
		break;
	case F_SIDEBAR:
		sidebar(b, parent, s);
		break;
	case F_TABLE:
		docbook_table(b, parent, s);
		break;
	case F_BRIDGEHEAD:
		bridgehead(b, parent, s);
		break;
	case F_BIBLIOENTRY:
		docbook_biblioentry(b, parent, s);
		break;
	case F_CMDSYNOPSIS:
	case F_FUNCSYNOPSIS:
		docbook_synopsis(b, parent, s);
		break;
	case F_REFMETA:
		docbook_refmeta(b, parent, s);
		break;
	case F_REFNAMEDIV:
		docbook_refnamediv(b, parent, s);
		break;
	case F_NOTHING:
		docbook_alias(b, parent, s);
		break;
	default:
		plain_block(b, parent, s);
		break;
	}
}
