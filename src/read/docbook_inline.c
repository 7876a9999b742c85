#include "read/docbook_build.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

/* ---- elements ---- */

static bool has_block_child(const struct src *s)
{
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (c->element != NULL && element_is_block(c->element))
			return true;
	}
	return false;
}

bool docbook_is_block(const struct src *s)
{
	if (s->name == NULL)
		return false;
	if (s->element == NULL)
		return has_block_child(s);
	if (s->element->form == F_SIMPLELIST)
		return !docbook_attr_is(s, "type", "inline");
	return element_is_block(s->element) || (s->element->form == F_PART && has_block_child(s));
}

static struct node *span(struct builder *b, struct node *parent, const struct src *s, enum span_kind kind)
{
	struct node *n = docbook_node(b, parent, N_SPAN, s);

	n->u.span.kind = kind;
	return n;
}

static bool is_script(const char *href)
{
	static const char *const schemes[] = { "javascript:", "vbscript:", "data:" };

	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		const char *h = href, *s = schemes[i];

		while (*s != '\0' && (*h == *s || (*h >= 'A' && *h <= 'Z' && *h + 32 == *s) || *h == '\t' || *h == '\n')) {
			if (*h != '\t' && *h != '\n')
				s++;
			h++;
		}
		if (*s == '\0')
			return true;
	}
	return false;
}

static char *trimmed(struct builder *b, const char *s)
{
	size_t len;

	while (utf8_is_xml_space(*s))
		s++;
	len = strlen(s);
	while (len > 0 && utf8_is_xml_space(s[len - 1]))
		len--;
	return arena_dup(&b->d->arena, s, len);
}

/* What s leads to, as an N_LINK in parent; or parent itself if it leads nowhere. Any inline may
 * have linkend or xlink:href. */
static struct node *linked(struct builder *b, struct node *parent, const struct src *s)
{
	const char *href = xmlsource_attr(s, NS_XLINK, "href"), *linkend = docbook_attr(s, "linkend");
	struct node *n;

	if (href == NULL && src_is(s, "ulink"))
		href = docbook_attr(s, "url");
	if (href == NULL && linkend == NULL)
		return parent;
	if (href != NULL) {
		href = trimmed(b, href);
		if (is_script(href)) {
			FAULT(b, "script-link", s->pos, "<%s> leads to a script, which a document must not hold", s->name);
			return parent;
		}
		if (strlen(href) > DOC_LONGEST_HREF) {
			diag_warn(b->log, "link-long", s->pos, "the address that <%s> leads to is longer than programs follow", s->name);
			return parent;
		}
		if (*href == '#') {
			linkend = href + 1;
			href = NULL;
		}
	}
	if (href == NULL || *href == '\0') {
		linkend = trimmed(b, linkend == NULL ? "" : linkend);
		href = NULL;
		if (*linkend == '\0') {
			FAULT(b, "dangling-link", s->pos, "<%s> leads nowhere: its target is empty", s->name);
			return parent;
		}
	} else {
		linkend = NULL;
	}
	docbook_flush(b, parent);
	n = docbook_node(b, parent, N_LINK, s);
	n->u.link.href = href;
	n->u.link.linkend = linkend;
	return n;
}

static void late(struct builder *b, struct node *xref, const char *endterm)
{
	VEC_ROOM(b->late, b->n_late, b->cap_late, 1);
	b->late[b->n_late++] = (struct late_reference){ xref, endterm };
}

static void link_or_xref(struct builder *b, struct node *parent, const struct src *s)
{
	struct node *n = linked(b, parent, s);
	const char *endterm = docbook_attr(s, "endterm");

	if (n == parent) { /* nowhere: plain text */
		if (docbook_has_content(s)) {
			n = span(b, parent, s, SPAN_PHRASE);
			docbook_inlines(b, n, s->first);
		} else if (src_form(s) == F_XREF) {
			FAULT(b, "dangling-link", s->pos, "<%s> does not say what it refers to", s->name);
		}
		return;
	}
	if (docbook_has_content(s)) {
		docbook_inlines(b, n, s->first);
	} else if (n->u.link.href != NULL) {
		docbook_text(b, n, n->u.link.href, strlen(n->u.link.href), s->pos, false);
		docbook_flush(b, n);
	} else {
		n->kind = N_XREF;
		if (docbook_attr(s, "xrefstyle") != NULL)
			n->u.link.style = arena_strdup(&b->d->arena, docbook_attr(s, "xrefstyle"));
		late(b, n, endterm == NULL ? NULL : arena_strdup(&b->scratch, endterm));
	}
}

/* Blocks where only inlines can be set: their text, in words of its own. */
static void run_on(struct builder *b, struct node *parent, const struct src *s)
{
	docbook_made(b, parent, " ", s->pos);
	docbook_flush(b, parent);
	docbook_inlines(b, span(b, parent, s, SPAN_PHRASE), s->first);
	docbook_made(b, parent, " ", s->pos);
}

static void flattened(struct builder *b, struct node *parent, const struct src *s)
{
	if (!src_in_unknown(s))
		FAULT(b, "misplaced", s->pos, "<%s> cannot stand within a line", s->name);
	run_on(b, parent, s);
}

enum { MARK_MOST = 32 }; /* [character] */

/* The mark that the author gave a note; NULL: it is numbered. It stands in the line, undivided. */
static const char *own_mark(struct builder *b, const struct src *s)
{
	const char *label = docbook_attr(s, "label");
	size_t n = label != NULL ? utf8_count(label, strlen(label)) : 0;

	if (n > MARK_MOST) {
		FAULT(b, "footnote-label", s->pos, "a mark of %zu characters; at most %d find room in a line", n, MARK_MOST);
		return NULL;
	}
	return n > 0 ? arena_strdup(&b->d->arena, label) : NULL;
}

static void footnote(struct builder *b, struct node *parent, const struct src *s)
{
	struct node *n;
	bool keep_lines = b->keep_lines, verbatim = b->verbatim;

	if (b->notes > 0) {
		FAULT(b, "footnote-nested", s->pos, "a footnote in a footnote");
		n = span(b, parent, s, SPAN_PHRASE);
		docbook_made(b, n, " (", s->pos);
		for (const struct src *c = s->first; c != NULL; c = c->next) {
			if (c->name == NULL || !docbook_is_block(c)) {
				docbook_inline(b, n, c);
				continue;
			}
			if (n->last != NULL && n->last->kind != N_TEXT)
				docbook_made(b, n, " ", c->pos);
			docbook_flush(b, n);
			docbook_inlines(b, span(b, n, c, SPAN_PHRASE), c->first);
		}
		docbook_made(b, n, ")", s->pos);
		docbook_flush(b, n);
		return;
	}
	n = docbook_node(b, parent, N_FOOTNOTE, s);
	n->u.note.label = own_mark(b, s);
	b->notes++;
	b->keep_lines = b->verbatim = false;
	docbook_blocks(b, n, s, NULL);
	b->keep_lines = keep_lines;
	b->verbatim = verbatim;
	b->notes--;
}

static enum span_kind emphasis_kind(const struct src *s)
{
	static const struct { const char *role; enum span_kind kind; } roles[] = {
		{ "strong", SPAN_STRONG }, { "bold", SPAN_STRONG }, { "underline", SPAN_UNDERLINE },
		{ "strikethrough", SPAN_STRIKE }, { "strike", SPAN_STRIKE }, { "line-through", SPAN_STRIKE },
		{ "smallcaps", SPAN_SMALLCAPS },
	};
	const char *role = docbook_attr(s, "role");

	for (size_t i = 0; role != NULL && i < sizeof roles / sizeof *roles; i++) {
		if (strcmp(role, roles[i].role) == 0)
			return roles[i].kind;
	}
	return SPAN_EMPHASIS;
}

/* The element children of s with a sign between each two ("Ctrl+S"). */
static void joined(struct builder *b, struct node *parent, const struct src *s, const char *sign)
{
	bool first = true;

	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (c->name == NULL && c->blank)
			continue;
		if (src_is(c, "shortcut") && first && c->next != NULL) {
			docbook_inline(b, parent, c); /* stands first in the source, and reads well there */
			docbook_made(b, parent, " ", c->pos);
			continue;
		}
		if (!first)
			docbook_made(b, parent, sign, c->pos);
		first = false;
		docbook_inline(b, parent, c);
	}
	docbook_flush(b, parent);
}

static void bracketed(struct builder *b, struct node *parent, const struct src *s, enum span_kind kind,
                      const char *open, const char *close)
{
	struct node *n = span(b, linked(b, parent, s), s, kind);

	docbook_made(b, n, open, s->pos);
	docbook_inlines(b, n, s->first);
	docbook_made(b, n, close, s->pos);
	docbook_flush(b, n);
}

static void tag(struct builder *b, struct node *parent, const struct src *s)
{
	static const struct { const char *class, *open, *close; } classes[] = {
		{ "starttag", "<", ">" }, { "endtag", "</", ">" }, { "emptytag", "<", "/>" }, { "genentity", "&", ";" },
		{ "numcharref", "&#", ";" }, { "paramentity", "%", ";" }, { "pi", "<?", ">" }, { "xmlpi", "<?", "?>" },
		{ "comment", "<!--", "-->" }, { "sgmlcomment", "<!--", "-->" }, { "attvalue", "\"", "\"" },
	};

	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
		if (docbook_attr_is(s, "class", classes[i].class)) {
			bracketed(b, parent, s, SPAN_CODE, classes[i].open, classes[i].close);
			return;
		}
	}
	bracketed(b, parent, s, SPAN_CODE, "", "");
}

static void trademark(struct builder *b, struct node *parent, const struct src *s)
{
	const char *sign = "\xe2\x84\xa2";

	if (docbook_attr_is(s, "class", "registered"))
		sign = "\xc2\xae";
	else if (docbook_attr_is(s, "class", "copyright"))
		sign = "\xc2\xa9";
	else if (docbook_attr_is(s, "class", "service"))
		sign = "\xe2\x84\xa0";
	bracketed(b, parent, s, SPAN_PHRASE, "", sign);
}

/* A numbered spot in a listing; the callouts below it bear the same numbers (docbook_list.c). */
static void callout_mark(struct builder *b, struct node *parent, const struct src *s)
{
	const char *id = xmlsource_attr(s, NS_XML, "id"), *to = docbook_attr(s, "linkend");
	const char *number = NULL;
	struct node *n = span(b, parent, s, SPAN_PHRASE);

	if (src_is(s, "coref") && to != NULL)
		number = strmap_lookup(&b->callouts, to, strlen(to));
	if (number == NULL) {
		number = arena_printf(&b->scratch, "%d", ++b->n_callouts);
		if (id != NULL)
			strmap_put(&b->callouts, id, strlen(id), arena_strdup(&b->scratch, number));
	}
	docbook_made(b, n, arena_printf(&b->scratch, "(%s)", number), s->pos);
	docbook_inlines(b, n, s->first);
}

static void olink(struct builder *b, struct node *parent, const struct src *s)
{
	const char *doc = docbook_attr(s, "targetdoc"), *ptr = docbook_attr(s, "targetptr");
	struct node *n = span(b, parent, s, SPAN_PHRASE);

	docbook_no_form(b, s);
	docbook_inlines(b, n, s->first);
	if (n->first != NULL)
		return;
	for (int i = 0; i < 2; i++) {
		const char *t = i == 0 ? doc : ptr;

		if (t != NULL && *t != '\0')
			docbook_text(b, n, arena_printf(&b->scratch, "%s%s", i == 1 && doc != NULL ? "#" : "", t),
			             strlen(t) + (i == 1 && doc != NULL), s->pos, true);
	}
	docbook_flush(b, n);
}

static void email(struct builder *b, struct node *parent, const struct src *s)
{
	struct node *n = linked(b, parent, s);

	if (n == parent) {
		n = docbook_node(b, parent, N_LINK, s);
		n->u.link.href = arena_printf(&b->d->arena, "mailto:%s", docbook_string(b, s));
	}
	docbook_inlines(b, n, s->first);
}

static void citerefentry(struct builder *b, struct node *parent, const struct src *s)
{
	struct node *n = span(b, linked(b, parent, s), s, SPAN_PHRASE);

	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (src_is(c, "manvolnum"))
			bracketed(b, n, c, SPAN_PHRASE, "(", ")");
		else if (c->name != NULL)
			bracketed(b, n, c, SPAN_CODE, "", "");
		else if (!c->blank)
			docbook_inline(b, n, c);
	}
	docbook_flush(b, n);
}

/* <citetitle pubwork="article">: books stand by themselves, what they hold is quoted in most languages. */
static bool is_part_of_work(const struct src *s)
{
	static const char *const parts[] = { "article", "chapter", "part", "refentry", "section", "webpage", "wiki",
	                                     "emailmessage", "newsposting" };

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (docbook_attr_is(s, "pubwork", parts[i]))
			return true;
	}
	return false;
}

static void plain_span(struct builder *b, struct node *parent, const struct src *s, enum span_kind kind)
{
	struct node *n = span(b, linked(b, parent, s), s, kind);
	const struct src *alt = docbook_child(s, "alt");

	if (kind == SPAN_ABBREV && alt != NULL)
		n->u.span.expansion = docbook_string(b, alt);
	if (kind == SPAN_TITLE)
		n->u.span.part = is_part_of_work(s);
	docbook_inlines(b, n, s->first);
}


static void element_inline(struct builder *b, struct node *parent, const struct src *s)
{
	switch (src_form(s)) {
	case F_SPAN:
		plain_span(b, parent, s, (enum span_kind)s->element->arg);
		break;
	case F_EMPHASIS:
		plain_span(b, parent, s, emphasis_kind(s));
		break;
	case F_LINK:
	case F_ULINK:
	case F_XREF:
		link_or_xref(b, parent, s);
		break;
	case F_OLINK:
		olink(b, parent, s);
		break;
	case F_FOOTNOTE:
		footnote(b, parent, s);
		break;
	case F_FOOTNOTEREF:
		docbook_node(b, parent, N_FOOTNOTEREF, s)->u.link.linkend =
			trimmed(b, docbook_attr(s, "linkend") == NULL ? "" : docbook_attr(s, "linkend"));
		docbook_inlines(b, parent, s->first);
		break;
	case F_ANCHOR:
		docbook_node(b, parent, N_ANCHOR, s);
		docbook_inlines(b, parent, s->first);
		break;
	case F_INLINE_MEDIA:
	case F_MEDIA:
		docbook_inline_media(b, linked(b, parent, s), s);
		break;
	case F_KEYCOMBO:
		joined(b, span(b, parent, s, SPAN_PHRASE), s, "+");
		break;
	case F_MENUCHOICE:
		joined(b, span(b, parent, s, SPAN_PHRASE), s, " \xe2\x86\x92 ");
		break;
	case F_SIMPLELIST:
		joined(b, span(b, parent, s, SPAN_PHRASE), s, ", ");
		break;
	case F_EMAIL:
		email(b, parent, s);
		break;
	case F_CITATION:
		bracketed(b, parent, s, SPAN_PHRASE, "[", "]");
		break;
	case F_OPTIONAL:
		bracketed(b, parent, s, SPAN_CODE, "[", "]");
		break;
	case F_CITEREFENTRY:
		citerefentry(b, parent, s);
		break;
	case F_CO:
		callout_mark(b, parent, s);
		break;
	case F_TAG:
		tag(b, parent, s);
		break;
	case F_TRADEMARK:
		trademark(b, parent, s);
		break;
	case F_EQUATION:
		plain_span(b, parent, s, SPAN_PHRASE);
		break;
	case F_META:
		docbook_meta(b, linked(b, parent, s), s);
		break;
	case F_NOTHING:
		if (xmlsource_attr(s, NS_XML, "id") != NULL)
			docbook_node(b, parent, N_ANCHOR, s);
		break;
	case F_TITLE:
	case F_SUBTITLE:
	case F_TITLEABBREV:
		if (src_form(s->parent) == F_META || src_form(s->parent) == F_BIBLIOENTRY)
			plain_span(b, parent, s, SPAN_TITLE);
		else
			flattened(b, parent, s);
		break;
	case F_PART: /* <member> of an inline simplelist, <label> */
		if (src_form(s->parent) == F_SIMPLELIST)
			plain_span(b, parent, s, SPAN_PHRASE);
		else
			flattened(b, parent, s);
		break;
	case F_PLAIN_INLINE:
		docbook_no_form(b, s);
		plain_span(b, parent, s, SPAN_PHRASE);
		break;
	default:
		flattened(b, parent, s);
		break;
	}
}

void docbook_inline(struct builder *b, struct node *parent, const struct src *s)
{
	if (s->name == NULL) {
		docbook_text(b, parent, s->text, s->len, s->pos, false);
		return;
	}
	/* what is not printed and not a target must not part one word in two nodes */
	if (src_form(s) == F_NOTHING && xmlsource_attr(s, NS_XML, "id") == NULL)
		return;
	docbook_flush(b, parent);
	element_inline(b, parent, s);
}

void docbook_inlines(struct builder *b, struct node *parent, const struct src *first)
{
	for (const struct src *s = first; s != NULL; s = s->next)
		docbook_inline(b, parent, s);
	docbook_flush(b, parent);
}

struct node *docbook_inline_block(struct builder *b, struct node *parent, enum node_kind kind, const struct src *s)
{
	struct node *n = docbook_node(b, parent, kind, s);

	docbook_inlines(b, n, s->first);
	docbook_collapse(b, n);
	return n;
}
