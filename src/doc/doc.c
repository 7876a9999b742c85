#include "doc/doc.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

struct doc *doc_new(void)
{
	struct doc *d = mem_zalloc(1, sizeof *d);

	arena_init(&d->arena);
	strmap_init(&d->ids);
	image_set_init(&d->images);
	d->lang = "und";
	return d;
}

void doc_free(struct doc *d)
{
	if (d == NULL)
		return;
	image_set_free(&d->images);
	strmap_free(&d->ids);
	arena_free(&d->arena);
	mem_free(d);
}

struct node *doc_node(struct doc *d, enum node_kind kind, const char *element, struct pos pos)
{
	struct node *n = ARENA_NEW(&d->arena, struct node);

	n->kind = kind;
	n->element = element;
	n->pos = pos;
	d->n_nodes++;
	return n;
}

void doc_append(struct node *parent, struct node *child)
{
	child->parent = parent;
	child->prev = parent->last;
	child->next = NULL;
	if (parent->last != NULL)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
}

void doc_insert_before(struct node *next, struct node *child)
{
	child->parent = next->parent;
	child->next = next;
	child->prev = next->prev;
	if (next->prev != NULL)
		next->prev->next = child;
	else
		next->parent->first = child;
	next->prev = child;
}

void doc_remove(struct node *n)
{
	if (n->prev != NULL)
		n->prev->next = n->next;
	else if (n->parent != NULL)
		n->parent->first = n->next;
	if (n->next != NULL)
		n->next->prev = n->prev;
	else if (n->parent != NULL)
		n->parent->last = n->prev;
	n->parent = n->prev = n->next = NULL;
}

struct node *doc_text(struct doc *d, const char *s, size_t len, struct pos pos)
{
	struct node *n = doc_node(d, N_TEXT, NULL, pos);

	if (len > UINT32_MAX)
		mem_fail();
	n->u.text.s = arena_dup(&d->arena, s, len);
	n->u.text.len = (uint32_t)len;
	return n;
}

struct node *doc_next_skip(const struct node *top, const struct node *n)
{
	while (n != top && n->next == NULL)
		n = n->parent;
	return n == top ? NULL : n->next;
}

struct node *doc_next(const struct node *top, const struct node *n)
{
	return n->first != NULL ? n->first : doc_next_skip(top, n);
}

const char *doc_lang(const struct doc *d, const struct node *n)
{
	for (; n != NULL; n = n->parent) {
		if (n->lang != NULL)
			return n->lang;
	}
	return d->lang;
}

bool doc_is_inline(enum node_kind kind)
{
	return kind >= N_TEXT && kind < N_KINDS;
}

bool doc_holds_inlines(enum node_kind kind)
{
	return kind >= N_TITLE && kind <= N_VERBATIM;
}

char *doc_plain_text(struct arena *a, const struct node *top, bool with_notes)
{
	struct buf b;
	bool space = false; /* one is owed before the next character */
	char *s;

	buf_init(&b);
	for (const struct node *n = top; n != NULL;) {
		if (n->kind == N_FOOTNOTE && !with_notes && n != top) {
			n = doc_next_skip(top, n);
			continue;
		}
		if (!doc_is_inline(n->kind) || n->kind == N_BREAK || n->kind == N_FOOTNOTE)
			space = true;
		for (uint32_t i = 0; n->kind == N_TEXT && i < n->u.text.len; i++) {
			char c = n->u.text.s[i];

			if (utf8_is_xml_space(c)) {
				space = true;
				continue;
			}
			if (space && b.len > 0)
				buf_putc(&b, ' ');
			space = false;
			buf_putc(&b, c);
		}
		n = doc_next(top, n);
	}
	s = arena_dup(a, b.len > 0 ? b.data : "", b.len);
	buf_free(&b);
	return s;
}

const char *doc_kind_name(enum node_kind kind)
{
	static const char *const names[N_KINDS] = {
		[N_ROOT] = "root", [N_DIVISION] = "division", [N_LIST] = "list", [N_ITEM] = "item",
		[N_BLOCKQUOTE] = "blockquote", [N_PULLQUOTE] = "pullquote", [N_SIDEBAR] = "sidebar",
		[N_ADMONITION] = "admonition", [N_FIGURE] = "figure", [N_TABLE] = "table", [N_ROW] = "row",
		[N_CELL] = "cell", [N_CHART] = "chart", [N_CAPTION] = "caption", [N_GROUP] = "group",
		[N_IMPRINT] = "imprint", [N_TITLE] = "title", [N_SUBTITLE] = "subtitle", [N_PARA] = "para",
		[N_TERM] = "term", [N_ATTRIBUTION] = "attribution", [N_SIDEDATA] = "sidedata",
		[N_BRIDGEHEAD] = "bridgehead", [N_VERBATIM] = "verbatim", [N_IMAGE] = "image", [N_RULE] = "rule",
		[N_TEXT] = "text", [N_SPAN] = "span", [N_LINK] = "link", [N_XREF] = "xref",
		[N_FOOTNOTE] = "footnote", [N_FOOTNOTEREF] = "footnoteref", [N_ANCHOR] = "anchor",
		[N_INLINE_IMAGE] = "inline-image", [N_BREAK] = "break",
	};

	return kind < N_KINDS ? names[kind] : "?";
}

struct node *doc_title(const struct node *n)
{
	return n->first != NULL && n->first->kind == N_TITLE ? n->first : NULL;
}

bool doc_shows_address(const struct node *link)
{
	const struct node *t = link->kind == N_LINK && link->first == link->last ? link->first : NULL;
	bool sign = false;

	if (t == NULL || t->kind != N_TEXT)
		return false;
	for (uint32_t i = 0; i < t->u.text.len; i++) {
		unsigned char c = (unsigned char)t->u.text.s[i];

		if (c <= ' ' || c >= 0x7F)
			return false;
		sign |= c == '.' || c == '/' || c == '@' || c == ':';
	}
	return sign;
}

const char *doc_work(const struct doc *d, struct arena *a)
{
	const struct doc_info *i = &d->info;
	const struct node *title = doc_title(d->root);

	if (i->identifier != NULL)
		return i->identifier;
	if (d->root->id != NULL)
		return d->root->id;
	if (i->work != NULL)
		return i->work;
	if (i->series != NULL && i->number != NULL)
		return arena_printf(a, "%s %s", i->series, i->number);
	if (i->isbn != NULL)
		return i->isbn;
	return i->title != NULL ? i->title : title != NULL ? doc_plain_text(a, title, false) : NULL;
}
