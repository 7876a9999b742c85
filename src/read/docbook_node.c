#include "read/docbook_build.h"

#include <string.h>

#include "base/utf8.h"

/* ---- names and attributes ---- */

const char *docbook_attr(const struct src *s, const char *name)
{
	return xmlsource_attr(s, NULL, name);
}

bool docbook_attr_is(const struct src *s, const char *name, const char *value)
{
	const char *v = docbook_attr(s, name);

	return v != NULL && strcmp(v, value) == 0;
}

const struct src *docbook_child(const struct src *s, const char *name)
{
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (src_is(c, name))
			return c;
	}
	return NULL;
}

static const struct src *next_within(const struct src *top, const struct src *s, bool skip)
{
	if (!skip && s->first != NULL)
		return s->first;
	while (s != top && s->next == NULL)
		s = s->parent;
	return s == top ? NULL : s->next;
}

char *docbook_string(struct builder *b, const struct src *top)
{
	struct buf text;
	bool space = false;
	char *r;

	buf_init(&text);
	for (const struct src *s = top; s != NULL;) {
		bool skip = s != top && s->name != NULL && src_form(s) == F_NOTHING;

		for (size_t i = 0; s->name == NULL && i < s->len; i++) {
			char c = s->text[i];

			if (c == ' ' || (c >= '\t' && c <= '\r')) {
				space = text.len > 0;
				continue;
			}
			if (space)
				buf_putc(&text, ' ');
			space = false;
			buf_putc(&text, c);
		}
		if (s->name != NULL && s->element != NULL && element_is_block(s->element))
			space = text.len > 0;
		s = next_within(top, s, skip);
	}
	if (!utf8_is_seen(text.data, text.len)) /* soft hyphens alone are no words */
		buf_clear(&text);
	r = arena_dup(&b->d->arena, text.len > 0 ? text.data : "", text.len);
	buf_free(&text);
	return r;
}

bool docbook_has_words(const struct src *top)
{
	for (const struct src *s = top; s != NULL; s = next_within(top, s, false)) {
		if (s->name == NULL ? utf8_is_seen(s->text, s->len) : src_is(s, "imagedata") || src_form(s) == F_XREF)
			return true;
	}
	return false;
}

bool docbook_has_content(const struct src *top)
{
	for (const struct src *s = top->first; s != NULL; s = s->next) {
		if (s->name == NULL ? !s->blank : src_form(s) != F_NOTHING && src_form(s) != F_ANCHOR)
			return true;
	}
	return false;
}

bool docbook_tell_once(struct builder *b, const char *code, const char *name)
{
	char *key = arena_printf(&b->scratch, "%s %s", code, name);

	if (strmap_lookup(&b->told, key, strlen(key)) != NULL)
		return false;
	strmap_put(&b->told, key, strlen(key), key);
	return true;
}

void docbook_no_form(struct builder *b, const struct src *s)
{
	if (s->element == NULL)
		return; /* reported when the tree was looked through */
	if (docbook_tell_once(b, "no-form", s->name))
		diag_warn(b->log, "no-form", s->pos, "<%s> has no form of its own: set as plain text", s->name);
}

/* ---- nodes ---- */

static void own_id(struct builder *b, struct node *n, const char *id, struct pos pos)
{
	const struct node *first = strmap_lookup(&b->d->ids, id, strlen(id));
	char *copy;

	if (*id == '\0')
		return;
	if (first != NULL) {
		FAULT(b, "duplicate-id", pos, "xml:id \"%s\" is given twice", id);
		diag_hint(b->log, "first at %s:%d:%d; links reach that one", first->pos.file, first->pos.line,
		          first->pos.column);
		return;
	}
	copy = arena_strdup(&b->d->arena, id);
	strmap_put(&b->d->ids, copy, strlen(copy), n);
	if (n->id == NULL)
		n->id = copy;
}

void docbook_alias(struct builder *b, struct node *n, const struct src *s)
{
	const char *id = xmlsource_attr(s, NS_XML, "id"), *label = docbook_attr(s, "xreflabel");

	if (id == NULL && s->ns == NULL)
		id = docbook_attr(s, "id"); /* DocBook 4 */
	if (id == NULL)
		return;
	own_id(b, n, id, s->pos);
	if (label != NULL && *label != '\0')
		strmap_put(&b->labels, id, strlen(id), arena_strdup(&b->d->arena, label));
}

/* Another value is the schema's to refuse; it says nothing here. */
static enum text_dir dir_named(const char *s)
{
	static const char *const names[] = { "", "ltr", "rtl", "lro", "rlo" };

	for (size_t i = DIR_LTR; s != NULL && i <= DIR_FORCE_RTL; i++) {
		if (strcmp(s, names[i]) == 0)
			return (enum text_dir)i;
	}
	return DIR_NONE;
}

void docbook_common(struct builder *b, struct node *n, const struct src *s)
{
	const char *lang = xmlsource_attr(s, NS_XML, "lang"), *role = docbook_attr(s, "role");

	if (lang == NULL && s->ns == NULL)
		lang = docbook_attr(s, "lang");
	if (lang != NULL)
		n->lang = *lang == '\0' ? "und" : arena_strdup(&b->d->arena, lang);
	if (role != NULL && *role != '\0')
		n->role = arena_strdup(&b->d->arena, role);
	n->dir = dir_named(docbook_attr(s, "dir"));
	n->stale = s->stale;
	docbook_alias(b, n, s);
}

struct node *docbook_node(struct builder *b, struct node *parent, enum node_kind kind, const struct src *s)
{
	const char *name = s->element != NULL || s->name == NULL ? s->name : arena_strdup(&b->d->arena, s->name);
	struct node *n = doc_node(b->d, kind, name, s->pos);

	if (s->name != NULL)
		docbook_common(b, n, s);
	doc_append(parent, n);
	return n;
}

/* ---- titles ---- */

static void note_head(struct heads *h, const struct src *c)
{
	enum form form = src_form(c);

	if (form == F_TITLE && h->title == NULL)
		h->title = c;
	else if (form == F_SUBTITLE && h->subtitle == NULL)
		h->subtitle = c;
	else if (form == F_TITLEABBREV && h->abbrev == NULL)
		h->abbrev = c;
}

struct heads docbook_heads(const struct src *s)
{
	struct heads h = { NULL, NULL, NULL, NULL };

	for (const struct src *c = s->first; c != NULL; c = c->next) {
		note_head(&h, c);
		if (src_form(c) == F_INFO && h.info == NULL)
			h.info = c;
	}
	if (h.info != NULL) {
		for (const struct src *c = h.info->first; c != NULL; c = c->next)
			note_head(&h, c);
	}
	return h;
}

struct node *docbook_titles(struct builder *b, struct node *n, const struct src *s)
{
	struct heads h = docbook_heads(s);
	struct node *title = NULL;
	/* lists and tables hold nothing but items and rows: the rest stands behind them */
	bool strict = n->kind == N_LIST || n->kind == N_TABLE;

	if (h.title != NULL)
		title = docbook_inline_block(b, n, N_TITLE, h.title);
	if (h.subtitle != NULL && docbook_has_words(h.subtitle))
		docbook_inline_block(b, strict ? n->parent : n, strict ? N_PARA : N_SUBTITLE, h.subtitle);
	if (h.abbrev != NULL) {
		if (n->kind == N_DIVISION)
			n->u.division.short_title = docbook_string(b, h.abbrev);
		docbook_alias(b, n, h.abbrev);
	}
	if (h.info != NULL) {
		docbook_alias(b, n, h.info);
		docbook_front(b, strict ? n->parent : n, &h);
	}
	return title;
}
