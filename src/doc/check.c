#include "doc/check.h"

#include <string.h>

#define FAULT(...) (lenient ? diag_warn(log, __VA_ARGS__) : diag_error(log, __VA_ARGS__))

static void check_id(const struct doc *d, const struct node *n, struct diag_log *log, bool lenient)
{
	const struct node *first = strmap_lookup(&d->ids, n->id, strlen(n->id));

	if (first == NULL || first == n)
		return;
	FAULT("duplicate-id", n->pos, "xml:id \"%s\" is given twice", n->id);
	diag_hint(log, "first at %s:%d:%d; links reach that one", first->pos.file == NULL ? "?" : first->pos.file,
	          first->pos.line, first->pos.column);
}

static void check_link(const struct node *n, struct diag_log *log, bool lenient)
{
	const char *element = n->element == NULL ? "link" : n->element;

	if (n->u.link.target == NULL && n->u.link.linkend != NULL)
		FAULT("dangling-link", n->pos, "<%s> leads to \"%s\", and nothing here has that xml:id", element,
		      n->u.link.linkend);
	else if (n->u.link.target != NULL && strcmp(element, "footnoteref") == 0 &&
	         n->u.link.target->kind != N_FOOTNOTE)
		FAULT("footnoteref", n->pos, "<footnoteref> leads to \"%s\", which is not a footnote",
		      n->u.link.linkend);
	else if (n->u.link.nameless && n->u.link.target != NULL) {
		const struct node *to = n->u.link.target;

		diag_warn(log, "xref-nameless", n->pos, "<%s> leads to <%s xml:id=\"%s\">, which has neither number nor title",
		          element, to->element == NULL ? doc_kind_name(to->kind) : to->element, n->u.link.linkend);
		diag_hint(log, "\"%s\" is set instead; give that element an xreflabel, or write the words: <link linkend=\"%s\">...</link>",
		          n->first != NULL && n->first->kind == N_TEXT ? n->first->u.text.s : "", n->u.link.linkend);
	}
}

static bool has_content(const struct node *title)
{
	for (const struct node *n = title; n != NULL; n = doc_next(title, n)) {
		if (n->kind == N_TEXT || n->kind == N_INLINE_IMAGE || n->kind == N_XREF)
			return true;
	}
	return false;
}

static void check_picture(const struct node *n, struct diag_log *log)
{
	if (n->u.image.alt != NULL || n->u.image.decorative)
		return;
	diag_warn(log, "missing-alt", n->pos, "this picture has no words for those who cannot see it");
	diag_hint(log, "<mediaobject><alt>What it shows</alt>...; or role=\"decorative\" if it says nothing");
}

void doc_check(const struct doc *d, struct diag_log *log, bool lenient)
{
	for (const struct node *n = d->root; n != NULL; n = doc_next(d->root, n)) {
		if (n->id != NULL)
			check_id(d, n, log, lenient);
		if (n->kind == N_LINK || n->kind == N_XREF || n->kind == N_FOOTNOTEREF)
			check_link(n, log, lenient);
		if (n->kind == N_IMAGE || n->kind == N_INLINE_IMAGE)
			check_picture(n, log);
		if (n->kind == N_TITLE && !has_content(n))
			FAULT("empty-title", n->pos, "this title is empty");
	}
}
