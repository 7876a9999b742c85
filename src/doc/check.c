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

static const struct node *division_around(const struct node *n)
{
	for (n = n->parent; n != NULL && n->kind != N_DIVISION;)
		n = n->parent;
	return n;
}

/* The level that a heading has on paper, and the one before it on the way up: whoever goes from heading to heading
 * must not wonder what was left out between a first and a third level. */
static void check_heading(const struct node *n, struct diag_log *log)
{
	const struct node *around = division_around(n);
	int above = around != NULL ? around->u.division.level : 0;

	if (n->kind == N_DIVISION && around != NULL && doc_title(n) != NULL && doc_title(around) == NULL) {
		diag_warn(log, "heading-skip", n->pos, "a heading of level %d below a <%s> that has none",
		          n->u.division.level, around->element != NULL ? around->element : "section");
		diag_hint(log, "give that one a title, or take it away");
	} else if (n->kind == N_BRIDGEHEAD && n->u.division.level > above + 1) {
		diag_warn(log, "heading-skip", n->pos, "a heading of level %d follows one of level %d", n->u.division.level, above);
		diag_hint(log, "renderas says how deep it is; the next level here is %d", above + 1);
	}
}

/* "sect3" in "sect1": the number in the name says what is missing. */
static void check_numbered(const struct node *n, struct diag_log *log)
{
	const struct node *around = division_around(n);
	int own = n->element != NULL && strncmp(n->element, "sect", 4) == 0 && strlen(n->element) == 5 ? n->element[4] - '0' : 0;
	int outer = around != NULL && around->element != NULL && strncmp(around->element, "sect", 4) == 0 &&
	            strlen(around->element) == 5 ? around->element[4] - '0' : 0;

	if (own <= outer + 1 || own > 5)
		return;
	diag_warn(log, "heading-skip", n->pos, "a <sect%d> stands where a <sect%d> is the next level", own, outer + 1);
}

/* A table of more than one row and column is read out cell by cell, each with its heads. */
static void check_table(const struct node *table, struct diag_log *log)
{
	int rows = 0, columns = 0;

	for (const struct node *row = table->first; row != NULL; row = row->next) {
		int n = 0;

		if (row->kind != N_ROW)
			continue;
		for (const struct node *cell = row->first; cell != NULL; cell = cell->next, n++)
			if (cell->kind == N_CELL && (cell->u.cell.head || row->u.row.group == ROW_HEAD))
				return;
		rows++;
		columns = n > columns ? n : columns;
	}
	if (rows < 2 || columns < 2)
		return;
	diag_warn(log, "table-headless", table->pos, "this table does not say which cells are its heads");
	diag_hint(log, "put the first row into a <thead>, or say rowheader=\"firstcol\", or mark cells as <th>");
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
		if (n->kind == N_DIVISION || n->kind == N_BRIDGEHEAD)
			check_heading(n, log);
		if (n->kind == N_DIVISION)
			check_numbered(n, log);
		if (n->kind == N_TABLE)
			check_table(n, log);
		if (n->kind == N_TITLE && !has_content(n))
			FAULT("empty-title", n->pos, "this title is empty");
	}
}
