#include "doc/doc.h"

#include <string.h>

#include "base/buf.h"
#include "base/unit.h"

/* One node a line: indent by depth, kind, what it carries, its place. Absent things are not
 * written, so that a golden shows only what the source said or doc_finish made. */

static void put_quoted(struct buf *out, const char *s, size_t len)
{
	buf_putc(out, '"');
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '\n')
			buf_puts(out, "\\n");
		else if (s[i] == '\t')
			buf_puts(out, "\\t");
		else if (s[i] == '"' || s[i] == '\\')
			buf_put(out, (const char[]){ '\\', s[i] }, 2);
		else
			buf_putc(out, s[i]);
	}
	buf_putc(out, '"');
}

static void put_string(struct buf *out, const char *key, const char *value)
{
	if (value == NULL)
		return;
	buf_printf(out, " %s=", key);
	put_quoted(out, value, strlen(value));
}

static void put_number(struct buf *out, const char *key, int value)
{
	if (value != 0)
		buf_printf(out, " %s=%d", key, value);
}

static void put_flag(struct buf *out, const char *key, bool value)
{
	if (value)
		buf_printf(out, " %s", key);
}

static void put_length(struct buf *out, const char *key, sp value)
{
	char s[32];

	if (value == 0)
		return;
	unit_format_pt(s, value, 2);
	buf_printf(out, " %s=%spt", key, s);
}

static void put_link(struct buf *out, const struct node *n)
{
	const struct node *target = n->u.link.target;

	put_string(out, "href", n->u.link.href);
	put_string(out, "linkend", n->u.link.linkend);
	put_string(out, "style", n->u.link.style);
	if (target != NULL)
		buf_printf(out, " -> %s %s", doc_kind_name(target->kind), target->id == NULL ? "?" : target->id);
	else
		put_flag(out, "nowhere", n->u.link.href == NULL);
}

static void put_image(struct buf *out, const struct node *n)
{
	const struct image *m = n->u.image.image;

	if (m != NULL)
		buf_printf(out, " %s %ux%u", m->name, (unsigned)m->width, (unsigned)m->height);
	else
		buf_puts(out, " missing");
	put_string(out, "alt", n->u.image.alt);
	put_flag(out, "decorative", n->u.image.decorative);
	put_length(out, "width", n->u.image.width);
	put_length(out, "depth", n->u.image.depth);
	put_number(out, "width%", n->u.image.width_percent);
	put_number(out, "scale", n->u.image.scale);
}

static void put_table(struct buf *out, const struct node *n)
{
	char s[32];

	put_string(out, "label", n->u.table.label);
	buf_printf(out, " columns=%d", n->u.table.columns);
	put_flag(out, "frame", n->u.table.frame);
	for (int i = 0; i < n->u.table.columns; i++) {
		if (n->u.table.width != NULL && n->u.table.width[i] != 0) {
			unit_format_pt(s, n->u.table.width[i], 2);
			buf_printf(out, " %d:%spt", i, s);
		} else if (n->u.table.share != NULL && n->u.table.share[i] != 0) {
			buf_printf(out, " %d:%d*", i, n->u.table.share[i]);
		}
	}
}

static void put_cell(struct buf *out, const struct node *n)
{
	static const char *const h[] = { NULL, "center", "end", "justify", "decimal" };
	static const char *const v[] = { NULL, "middle", "bottom" };

	buf_printf(out, " %d", n->u.cell.column);
	if (n->u.cell.colspan > 1)
		put_number(out, "colspan", n->u.cell.colspan);
	if (n->u.cell.rowspan > 1)
		put_number(out, "rowspan", n->u.cell.rowspan);
	if (h[n->u.cell.halign] != NULL)
		buf_printf(out, " %s", h[n->u.cell.halign]);
	if (v[n->u.cell.valign] != NULL)
		buf_printf(out, " %s", v[n->u.cell.valign]);
	put_flag(out, "head", n->u.cell.head);
}

static void put_list(struct buf *out, const struct node *n)
{
	static const char *const kind[] = { "bullet", "number", "variable", "plain" };
	static const char *const numeration[] = { "1", "a", "A", "i", "I" };

	buf_printf(out, " %s", kind[n->u.list.kind]);
	if (n->u.list.kind == LIST_NUMBER)
		buf_printf(out, " %s start=%d", numeration[n->u.list.numeration], n->u.list.start);
	put_flag(out, "compact", n->u.list.compact);
	if (n->u.list.columns > 1)
		buf_printf(out, " columns=%d%s", n->u.list.columns, n->u.list.across ? " across" : "");
}

static void put_division(struct buf *out, const struct node *n)
{
	static const char *const what[] = { "part", "chapter", "appendix", "preface", "section", "glossary",
	                                    "bibliography", "index", "colophon", "dedication", "other" };

	buf_printf(out, " %s level=%d", what[n->u.division.what], n->u.division.level);
	put_string(out, "label", n->u.division.label);
	put_string(out, "short", n->u.division.short_title);
}

static void put_own(struct buf *out, const struct node *n)
{
	static const char *const span[] = { "emphasis", "strong", "foreign", "quote", "code", "super", "sub", "abbrev",
	                                    "title", "ui", "underline", "strike", "smallcaps", "variable", "phrase" };
	static const char *const admonition[] = { "note", "tip", "important", "warning", "caution", "danger" };
	static const char *const group[] = { "head", "body", "foot" };

	switch (n->kind) {
	case N_TEXT:
		put_flag(out, "made", n->u.text.generated);
		buf_putc(out, ' ');
		put_quoted(out, n->u.text.s, n->u.text.len);
		break;
	case N_DIVISION:
		put_division(out, n);
		break;
	case N_BRIDGEHEAD:
		buf_printf(out, " level=%d", n->u.division.level);
		break;
	case N_LIST:
		put_list(out, n);
		break;
	case N_ITEM:
		put_string(out, "label", n->u.item.label);
		buf_printf(out, " depth=%d", n->u.item.depth);
		break;
	case N_SPAN:
		buf_printf(out, " %s", span[n->u.span.kind]);
		put_string(out, "expansion", n->u.span.expansion);
		put_flag(out, "part", n->u.span.part);
		break;
	case N_LINK:
	case N_XREF:
	case N_FOOTNOTEREF:
		put_link(out, n);
		break;
	case N_FOOTNOTE:
		put_string(out, "label", n->u.note.label);
		break;
	case N_IMAGE:
	case N_INLINE_IMAGE:
		put_image(out, n);
		break;
	case N_FIGURE:
		put_string(out, "label", n->u.figure.label);
		break;
	case N_TABLE:
		put_table(out, n);
		break;
	case N_ROW:
		buf_printf(out, " %s", group[n->u.row.group]);
		put_flag(out, "accent", n->u.row.accent);
		put_flag(out, "rule", n->u.row.rule_below);
		break;
	case N_CELL:
		put_cell(out, n);
		break;
	case N_CHART:
		for (int i = 0; i < n->u.chart.rows; i++)
			buf_printf(out, " %lld", (long long)n->u.chart.percent[i]);
		break;
	case N_ADMONITION:
		buf_printf(out, " %s", admonition[n->u.admonition.kind]);
		break;
	case N_PARA:
		put_flag(out, "runin", n->u.para.runin);
		put_flag(out, "continued", n->u.para.continued);
		put_flag(out, "labelled", n->u.para.labelled);
		break;
	default:
		break;
	}
}

static void put_pos(const struct doc *d, struct buf *out, struct pos pos)
{
	const char *slash;

	if (pos.line == 0)
		return;
	buf_puts(out, " @");
	if (pos.file != NULL && d->path != NULL && strcmp(pos.file, d->path) != 0) {
		slash = strrchr(pos.file, '/');
		buf_printf(out, "%s:", slash == NULL ? pos.file : slash + 1);
	}
	buf_printf(out, "%d:%d", pos.line, pos.column);
}

static void put_info(struct buf *out, const struct doc *d)
{
	const struct doc_info *i = &d->info;
	const struct { const char *key, *value, *lang; } strings[] = {
		{ "title", i->title, NULL }, { "subtitle", i->subtitle, NULL }, { "short-title", i->short_title, NULL },
		{ "series", i->series, i->lang_of[INFO_SERIES] }, { "number", i->number, NULL },
		{ "motto", i->motto, i->lang_of[INFO_MOTTO] }, { "org", i->org, i->lang_of[INFO_ORG] },
		{ "org-short", i->org_short, NULL }, { "publisher", i->publisher, i->lang_of[INFO_PUBLISHER] },
		{ "date", i->date, NULL }, { "year", i->year, NULL }, { "edition", i->edition, NULL },
		{ "rights", i->rights, i->lang_of[INFO_RIGHTS] }, { "isbn", i->isbn, NULL },
		{ "identifier", i->identifier, NULL }, { "abstract", i->abstract, i->lang_of[INFO_ABSTRACT] },
	};

	buf_printf(out, "doc %s lang=%s\n", d->is_book ? "book" : "article", d->lang);
	for (size_t k = 0; k < sizeof strings / sizeof *strings; k++) {
		if (strings[k].value != NULL) {
			buf_puts(out, "info");
			put_string(out, strings[k].key, strings[k].value);
			put_string(out, "lang", strings[k].lang);
			buf_putc(out, '\n');
		}
	}
	for (int k = 0; k < i->n_people; k++) {
		buf_printf(out, "info %s", i->people[k].role);
		put_string(out, "name", i->people[k].name);
		put_string(out, "file-as", i->people[k].file_as);
		put_string(out, "lang", i->people[k].lang);
		buf_putc(out, '\n');
	}
	for (int k = 0; k < i->n_keywords; k++) {
		buf_puts(out, "info");
		put_string(out, "keyword", i->keywords[k]);
		put_string(out, "lang", i->keyword_lang[k]);
		buf_putc(out, '\n');
	}
}

static const char *const dirs[] = { NULL, "ltr", "rtl", "lro", "rlo" };

void doc_dump(const struct doc *d, struct buf *out)
{
	int depth = 0;

	put_info(out, d);
	for (const struct node *n = d->root; n != NULL;) {
		for (int i = 0; i < depth; i++)
			buf_puts(out, "  ");
		buf_puts(out, doc_kind_name(n->kind));
		if (n->element != NULL && strcmp(n->element, doc_kind_name(n->kind)) != 0)
			buf_printf(out, " <%s>", n->element);
		put_own(out, n);
		put_string(out, "id", n->id);
		put_string(out, "lang", n->lang);
		put_string(out, "dir", dirs[n->dir]);
		put_string(out, "role", n->role);
		put_pos(d, out, n->pos);
		buf_putc(out, '\n');
		if (n->first != NULL) {
			n = n->first;
			depth++;
			continue;
		}
		for (; n != d->root && n->next == NULL; depth--)
			n = n->parent;
		n = n == d->root ? NULL : n->next;
	}
}
