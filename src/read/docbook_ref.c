#include "read/docbook_build.h"

#include <string.h>

/* What is made of parts that the source leaves unpunctuated: names, imprints, bibliographies, the
 * heads of reference pages, synopses. The signs put in between are generated text. */

/* ---- names, dates, imprints, inline ---- */

static bool is_name_part(const struct src *s)
{
	static const char *const names[] = { "honorific", "firstname", "givenname", "surname", "lineage", "othername" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (src_is(s, names[i]))
			return true;
	}
	return false;
}

static bool has_text(const struct src *s)
{
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (c->name == NULL && !c->blank)
			return true;
	}
	return false;
}

/* The last character set in parent so far; 0: none. */
static char last_char(struct builder *b, struct node *parent)
{
	const struct node *n;

	docbook_flush(b, parent);
	n = parent->last;
	while (n != NULL && n->kind != N_TEXT)
		n = n->last;
	if (n == NULL)
		return '\0';
	for (uint32_t i = n->u.text.len; i > 0; i--) {
		if (strchr(" \t\r\n", n->u.text.s[i - 1]) == NULL)
			return n->u.text.s[i - 1];
	}
	return ' ';
}

static bool is_bibliographic(const struct src *s)
{
	return src_is(s, "biblioentry") || src_is(s, "biblioset") || src_is(s, "bibliomset");
}

static bool is_one_of(const struct src *s, const char *const *names)
{
	while (*names != NULL && !src_is(s, *names))
		names++;
	return *names != NULL;
}

/* Who brought it out and when are one statement: "Наука, 2015". */
static bool goes_on_imprint(const struct src *before, const struct src *c)
{
	static const char *const houses[] = { "publisher", "publishername", NULL };
	static const char *const dates[] = { "date", "pubdate", "copyright", "year", NULL };

	return is_one_of(before, houses) && is_one_of(c, dates);
}

/* "3 (7)" */
static bool is_issue(const struct src *before, const struct src *c)
{
	return before != NULL && src_is(before, "volumenum") && src_is(c, "issuenum");
}

static const char *between(struct builder *b, struct node *parent, const struct src *in, const struct src *before,
                           const struct src *c)
{
	char last;

	if ((is_name_part(before) && is_name_part(c)) || (src_is(in, "copyright") && src_is(before, "year") &&
	                                                  !src_is(c, "year")))
		return " ";
	if (!is_bibliographic(in))
		return ", ";
	if (is_issue(before, c))
		return " (";
	last = last_char(b, parent);
	if (last != '\0' && strchr(".!?:;,", last) != NULL)
		return " ";
	return src_is(c, "subtitle") ? ": " : goes_on_imprint(before, c) ? ", " : ". ";
}

static void join(struct builder *b, struct node *parent, const struct src *s);

static void part(struct builder *b, struct node *parent, const struct src *c)
{
	struct node *n;

	if (c->element != NULL && !element_is_inline(c->element)) { /* an address, a blurb: its words */
		n = docbook_node(b, parent, N_SPAN, c);
		n->u.span.kind = src_form(c) == F_TITLE ? SPAN_TITLE : SPAN_PHRASE;
		join(b, n, c);
	} else {
		docbook_inline(b, parent, c);
	}
}

static void join(struct builder *b, struct node *parent, const struct src *s)
{
	const struct src *before = NULL;

	if (has_text(s)) {
		docbook_inlines(b, parent, s->first);
		return;
	}
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (c->name == NULL || src_form(c) == F_NOTHING || !docbook_has_words(c))
			continue;
		if (before != NULL)
			docbook_made(b, parent, between(b, parent, s, before, c), c->pos);
		docbook_flush(b, parent);
		part(b, parent, c);
		if (is_bibliographic(s) && is_issue(before, c))
			docbook_made(b, parent, ")", c->pos);
		before = c;
	}
	docbook_flush(b, parent);
}

void docbook_meta_parts(struct builder *b, struct node *n, const struct src *s)
{
	if (src_is(s, "copyright"))
		docbook_made(b, n, "\xc2\xa9 ", s->pos);
	docbook_flush(b, n);
	join(b, n, s);
}

void docbook_meta(struct builder *b, struct node *parent, const struct src *s)
{
	struct node *n = docbook_node(b, parent, N_SPAN, s);

	n->u.span.kind = SPAN_PHRASE;
	docbook_meta_parts(b, n, s);
}

/* ---- bibliography ---- */

/* The label that an entry shows in brackets is the one that references to it show (it goes before an xreflabel, which
 * readers would look for in vain). */
static void label_entry(struct builder *b, struct node *p, const struct src *s, const struct src *abbrev)
{
	const char *id = xmlsource_attr(s, NS_XML, "id"), *text = docbook_string(b, abbrev);

	if (*text == '\0')
		return;
	p->u.para.labelled = true;
	if (id != NULL)
		strmap_put(&b->labels, id, strlen(id), arena_printf(&b->d->arena, "[%s]", text));
}

static void entry(struct builder *b, struct node *p, const struct src *s)
{
	const struct src *abbrev = docbook_child(s, "abbrev"), *before = NULL;
	char last;

	if (abbrev != NULL) {
		docbook_made(b, p, "[", s->pos);
		docbook_inline(b, p, abbrev);
		docbook_made(b, p, "] ", s->pos);
		label_entry(b, p, s, abbrev);
	}
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (c == abbrev || c->name == NULL || src_form(c) == F_NOTHING)
			continue;
		if (before != NULL)
			docbook_made(b, p, between(b, p, s, before, c), c->pos);
		docbook_flush(b, p);
		part(b, p, c);
		if (is_issue(before, c))
			docbook_made(b, p, ")", c->pos);
		before = c;
	}
	last = last_char(b, p);
	if (last != '\0' && strchr(".!?", last) == NULL)
		docbook_made(b, p, ".", s->pos);
}

static struct node *made_text(struct builder *b, const char *s, struct pos pos)
{
	struct node *n = doc_text(b->d, s, strlen(s), pos);

	n->u.text.generated = true;
	return n;
}

/* An entry whose words are the author's: an abbrev at its head is its label, and gets its brackets. */
static void mixed_entry(struct builder *b, struct node *parent, const struct src *s)
{
	struct node *before = parent->last, *p, *label, *rest;
	const struct src *abbrev = docbook_child(s, "abbrev");

	docbook_mixed(b, parent, s);
	p = before == NULL ? parent->first : before->next;
	label = p == NULL ? NULL : p->first;
	if (abbrev == NULL || label == NULL || p->kind != N_PARA || label->kind != N_SPAN || label->element != abbrev->name)
		return;
	rest = label->next;
	doc_insert_before(label, made_text(b, "[", label->pos));
	if (rest == NULL)
		doc_append(p, made_text(b, "]", label->pos));
	else
		doc_insert_before(rest, made_text(b, rest->kind == N_TEXT && rest->u.text.s[0] == ' ' ? "]" : "] ", label->pos));
	label_entry(b, p, s, abbrev);
}

void docbook_biblioentry(struct builder *b, struct node *parent, const struct src *s)
{
	struct node *p;

	if (src_is(s, "bibliomixed") || has_text(s)) {
		mixed_entry(b, parent, s);
		return;
	}
	p = docbook_node(b, parent, N_PARA, s);
	entry(b, p, s);
	docbook_flush(b, p);
	docbook_collapse(b, p);
	if (p->first == NULL && p->id == NULL)
		doc_remove(p);
}

/* ---- reference pages ---- */

static void title_first(struct node *parent, struct node *title)
{
	if (parent->first != title) {
		doc_remove(title);
		doc_insert_before(parent->first, title);
	}
}

static void man_name(struct builder *b, struct node *n, const struct src *s)
{
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (src_is(c, "refentrytitle")) {
			docbook_inlines(b, n, c->first);
		} else if (src_is(c, "manvolnum")) {
			docbook_made(b, n, "(", c->pos);
			docbook_inlines(b, n, c->first);
			docbook_made(b, n, ")", c->pos);
		}
	}
	docbook_flush(b, n);
	docbook_collapse(b, n);
}

void docbook_refmeta(struct builder *b, struct node *parent, const struct src *s)
{
	bool titled = doc_title(parent) != NULL;
	struct node *n = docbook_node(b, parent, titled ? N_PARA : N_TITLE, s);

	man_name(b, n, s);
	if (n->first == NULL)
		doc_remove(n);
	else if (!titled)
		title_first(parent, n);
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (src_is(c, "refmiscinfo"))
			docbook_inline_block(b, parent, N_PARA, c);
		else if (!src_is(c, "refentrytitle") && !src_is(c, "manvolnum"))
			docbook_other(b, parent, c);
	}
}

static void names(struct builder *b, struct node *n, const struct src *s)
{
	bool any = false;

	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (!src_is(c, "refname") && !src_is(c, "refdescriptor"))
			continue;
		if (any)
			docbook_made(b, n, ", ", c->pos);
		docbook_alias(b, n, c);
		docbook_inlines(b, n, c->first);
		any = true;
	}
}

void docbook_refnamediv(struct builder *b, struct node *parent, const struct src *s)
{
	const struct src *purpose = docbook_child(s, "refpurpose");
	struct node *n;

	if (doc_title(parent) == NULL && docbook_child(s, "refname") != NULL) {
		n = docbook_node(b, parent, N_TITLE, s);
		names(b, n, s);
		docbook_collapse(b, n);
		title_first(parent, n);
		n = NULL;
	} else {
		n = docbook_node(b, parent, N_PARA, s);
		names(b, n, s);
	}
	if (purpose != NULL && n != NULL)
		docbook_made(b, n, " \xe2\x80\x93 ", purpose->pos);
	else if (purpose != NULL)
		n = docbook_node(b, parent, N_PARA, purpose);
	if (purpose != NULL)
		docbook_inlines(b, n, purpose->first);
	if (n != NULL) {
		docbook_flush(b, n);
		docbook_collapse(b, n);
		if (n->first == NULL && n->id == NULL)
			doc_remove(n);
	}
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (src_is(c, "refclass"))
			docbook_inline_block(b, parent, N_PARA, c);
		else if (c != purpose && !src_is(c, "refname") && !src_is(c, "refdescriptor"))
			docbook_other(b, parent, c);
	}
}

/* ---- synopses ---- */

static void command_parts(struct builder *b, struct node *n, const struct src *s, const char *sign);

static void command_part(struct builder *b, struct node *n, const struct src *c)
{
	bool group = src_is(c, "group");
	const char *open = "[", *close = "]";

	if (!group && !src_is(c, "arg")) {
		docbook_inline(b, n, c);
		return;
	}
	if (docbook_attr_is(c, "choice", "req"))
		open = "{", close = "}";
	else if (docbook_attr_is(c, "choice", "plain"))
		open = close = "";
	docbook_made(b, n, open, c->pos);
	if (group)
		command_parts(b, n, c, " | ");
	else
		command_parts(b, n, c, "");
	docbook_made(b, n, close, c->pos);
	if (docbook_attr_is(c, "rep", "repeat"))
		docbook_made(b, n, "...", c->pos);
}

static void command_parts(struct builder *b, struct node *n, const struct src *s, const char *sign)
{
	bool any = false;

	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (c->name == NULL && (c->blank && *sign != '\0'))
			continue;
		if (src_is(c, "synopfragment"))
			continue;
		if (src_is(c, "sbr")) {
			docbook_flush(b, n);
			docbook_node(b, n, N_BREAK, c);
			any = false;
			continue;
		}
		if (any)
			docbook_made(b, n, sign, c->pos);
		command_part(b, n, c);
		any = true;
	}
	docbook_flush(b, n);
}

static struct node *code_para(struct builder *b, struct node *parent, const struct src *s, struct node **code)
{
	struct node *p = docbook_node(b, parent, N_PARA, s);

	*code = doc_node(b->d, N_SPAN, s->name, s->pos);
	(*code)->u.span.kind = SPAN_CODE;
	doc_append(p, *code);
	return p;
}

static void command(struct builder *b, struct node *parent, const struct src *s)
{
	struct node *code, *p = code_para(b, parent, s, &code);

	command_parts(b, code, s, " ");
	docbook_collapse(b, p);
	if (p->first == NULL && p->id == NULL)
		doc_remove(p);
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (src_is(c, "synopfragment"))
			command(b, parent, c);
	}
}

static void prototype(struct builder *b, struct node *parent, const struct src *s)
{
	struct node *code, *p = code_para(b, parent, s, &code);
	int params = 0;
	bool open = false;

	for (const struct src *c = s->first; c != NULL; c = c->next) {
		bool def = src_is(c, "funcdef") || src_is(c, "modifier");

		if (c->name == NULL && !c->blank)
			docbook_inline(b, code, c);
		if (c->name == NULL || src_form(c) == F_NOTHING)
			continue;
		if (!def && !open) {
			docbook_made(b, code, "(", c->pos);
			open = true;
		}
		if (!def && params++ > 0)
			docbook_made(b, code, ", ", c->pos);
		if (src_is(c, "void") || src_is(c, "varargs"))
			docbook_made(b, code, src_is(c, "void") ? "void" : "...", c->pos);
		else
			docbook_inlines(b, code, c->first);
	}
	docbook_made(b, code, open ? ");" : "();", s->pos);
	docbook_flush(b, code);
	docbook_collapse(b, p);
}

void docbook_synopsis(struct builder *b, struct node *parent, const struct src *s)
{
	if (src_form(s) == F_CMDSYNOPSIS) {
		command(b, parent, s);
		return;
	}
	docbook_alias(b, parent, s);
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (src_is(c, "funcprototype"))
			prototype(b, parent, c);
		else if (c->name == NULL ? !c->blank : src_form(c) != F_NOTHING)
			docbook_other(b, parent, c);
	}
}
