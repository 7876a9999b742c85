#include "i18n/xmlout.h"

#include <string.h>

enum { MOST_NS = 64 };

struct names {
	const char *root;             /* the default namespace, or NULL */
	const char *ns[MOST_NS];
	char prefix[MOST_NS][8];
	int n;
};

static const struct { const char *ns, *prefix; } customary[] = {
	{ NS_XLINK, "xlink" }, { NS_ITS, "its" }, { NS_XINCLUDE, "xi" }, { NS_DOCBOOK, "db" },
	{ "http://www.w3.org/1998/Math/MathML", "mml" }, { "http://www.w3.org/2000/svg", "svg" },
};

static bool is(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool enter(struct names *x, const char *ns)
{
	if (ns == NULL || is(ns, NS_XML))
		return true;
	for (int i = 0; i < x->n; i++) {
		if (is(x->ns[i], ns))
			return true;
	}
	if (x->n == MOST_NS)
		return false;
	memcpy(x->prefix[x->n], "ns", 2);
	x->prefix[x->n][2] = (char)('0' + x->n / 10);
	x->prefix[x->n][3] = (char)('0' + x->n % 10);
	for (size_t k = 0; k < sizeof customary / sizeof *customary; k++) {
		if (is(customary[k].ns, ns))
			memcpy(x->prefix[x->n], customary[k].prefix, strlen(customary[k].prefix) + 1);
	}
	x->ns[x->n++] = ns;
	return true;
}

static void put_name(const struct names *x, const char *ns, const char *name, struct buf *out)
{
	if (is(ns, NS_XML))
		buf_puts(out, "xml:");
	for (int i = 0; i < x->n && ns != NULL; i++) {
		if (is(x->ns[i], ns))
			buf_printf(out, "%s:", x->prefix[i]);
	}
	buf_puts(out, name);
}

static void put_element_name(const struct names *x, const struct src *s, struct buf *out)
{
	put_name(x, is(s->ns, x->root) ? NULL : s->ns, s->name, out);
}

/* White space in values, and CR anywhere, would come back as something else. */
static void put_text(const char *s, size_t len, bool value, struct buf *out)
{
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '\r' || (value && (s[i] == '\n' || s[i] == '\t')))
			buf_printf(out, "&#%d;", s[i]);
		else if (s[i] == '&' || s[i] == '<' || s[i] == '>' || (value && s[i] == '"'))
			buf_put_xml(out, s + i, 1);
		else
			buf_putc(out, s[i]);
	}
}

static void put_attributes(const struct names *x, const struct src *s, struct buf *out)
{
	for (int i = 0; i < s->n_attr; i++) {
		buf_putc(out, ' ');
		put_name(x, s->attr[i].ns, s->attr[i].name, out);
		buf_puts(out, "=\"");
		put_text(s->attr[i].value, strlen(s->attr[i].value), true, out);
		buf_putc(out, '"');
	}
}

static void put_node(const struct names *x, const struct src *s, struct buf *out)
{
	if (s->name == NULL) {
		put_text(s->text, s->len, false, out);
		return;
	}
	buf_putc(out, '<');
	put_element_name(x, s, out);
	for (int i = 0; s->parent == NULL && i < x->n; i++) {
		buf_printf(out, " xmlns:%s=\"", x->prefix[i]);
		put_text(x->ns[i], strlen(x->ns[i]), true, out);
		buf_putc(out, '"');
	}
	if (s->parent == NULL && x->root != NULL) {
		buf_puts(out, " xmlns=\"");
		put_text(x->root, strlen(x->root), true, out);
		buf_putc(out, '"');
	}
	put_attributes(x, s, out);
	if (s->first == NULL) {
		buf_puts(out, "/>");
		return;
	}
	buf_putc(out, '>');
	for (const struct src *c = s->first; c != NULL; c = c->next)
		put_node(x, c, out);
	buf_puts(out, "</");
	put_element_name(x, s, out);
	buf_putc(out, '>');
}

/* Nothing can be in no namespace where there is a default one. */
static const char *default_ns(const struct src *root)
{
	for (const struct src *s = root; s != NULL; s = xmlsource_next(root, s)) {
		if (s->name != NULL && s->ns == NULL)
			return NULL;
	}
	return root->ns;
}

bool xmlout_put(const struct src *root, struct buf *out)
{
	struct names x = { .root = default_ns(root) };

	for (const struct src *s = root; s != NULL; s = xmlsource_next(root, s)) {
		if (s->name != NULL && !is(s->ns, x.root) && !enter(&x, s->ns))
			return false;
		for (int i = 0; i < s->n_attr; i++) {
			if (!enter(&x, s->attr[i].ns))
				return false;
		}
	}
	buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	put_node(&x, root, out);
	buf_putc(out, '\n');
	return true;
}
