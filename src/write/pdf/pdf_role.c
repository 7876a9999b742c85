#include "write/pdf/pdf_role.h"

#include <string.h>

bool pdf_role_is_decorative(const struct node *n)
{
	return (n->kind == N_IMAGE || n->kind == N_INLINE_IMAGE) && n->u.image.decorative;
}

bool pdf_role_is_run_in(const struct node *n)
{
	return n->kind == N_PARA && n->u.para.runin && n->next != NULL && n->next->kind == N_PARA && !n->next->u.para.runin;
}

const struct node *pdf_role_picture(const struct node *figure)
{
	for (const struct node *n = figure->first; n != NULL; n = n->next)
		if (n->kind == N_IMAGE && !n->u.image.decorative)
			return n;
	return NULL;
}

const struct node *pdf_role_chart(const struct node *figure)
{
	const struct node *chart = NULL;

	for (const struct node *n = figure->first; n != NULL; n = n->next) {
		if (n->kind == N_TITLE || n->kind == N_CAPTION)
			continue;
		if (n->kind != N_CHART || chart != NULL)
			return NULL;
		chart = n;
	}
	return chart;
}

/* Titled divisions around n, n itself not counted: levels never skip, whatever the source leaves without a title. */
static int depth_around(const struct node *n)
{
	int depth = 0;

	for (n = n->parent; n != NULL; n = n->parent)
		if (n->kind == N_DIVISION && doc_title(n) != NULL)
			depth++;
	return depth;
}

static const char *heading_type(int depth)
{
	static const char *const types[] = { "H1", "H2", "H3", "H4", "H5", "H6" };

	return types[depth < 5 ? depth : 5];
}

static const char *title_type(const struct node *n)
{
	switch (n->parent != NULL ? n->parent->kind : N_ROOT) {
	case N_ROOT:
		return "Title";
	case N_DIVISION:
	case N_SIDEBAR:
	case N_ADMONITION:
		return heading_type(depth_around(n->parent));
	default:
		return "P";
	}
}

/* A heading without a section of its own: one level below the section it stands in. Elsewhere than between
 * a section's blocks it is a paragraph that looks like one. */
static const char *bridgehead_type(const struct node *n)
{
	if (n->parent != NULL && (n->parent->kind == N_DIVISION || n->parent->kind == N_ROOT))
		return heading_type(depth_around(n));
	return "P";
}

/* Code within code is one code (ISO 32005). */
static bool is_in_code(const struct node *n)
{
	for (n = n->parent; n != NULL && doc_is_inline(n->kind) && n->kind != N_FOOTNOTE; n = n->parent)
		if (n->kind == N_SPAN && n->u.span.kind == SPAN_CODE)
			return true;
	return n != NULL && n->kind == N_VERBATIM && (n->role == NULL || strcmp(n->role, "plain") != 0);
}

static const char *span_type(const struct node *n)
{
	switch (n->u.span.kind) {
	case SPAN_EMPHASIS:
		return "Em";
	case SPAN_STRONG:
		return "Strong";
	case SPAN_CODE:
		return is_in_code(n) ? NULL : "Code";
	case SPAN_ABBREV:
		return n->u.span.expansion != NULL || n->lang != NULL ? "Span" : NULL;
	case SPAN_SMALLCAPS:
	case SPAN_PHRASE:
		return n->lang != NULL ? "Span" : NULL;
	default: /* a change of style means something, and a reader may ask what */
		return "Span";
	}
}

static bool is_chart_label(const struct node *cell)
{
	/* a chart's first column names what its bars stand for */
	return cell->parent->parent != NULL && cell->parent->parent->kind == N_CHART && cell->prev == NULL;
}

bool pdf_role_is_head(const struct node *cell)
{
	const struct node *row = cell->parent;

	if (row == NULL || row->kind != N_ROW)
		return cell->u.cell.head;
	return cell->u.cell.head || row->u.row.group == ROW_HEAD || is_chart_label(cell);
}

/* Heads of the head part speak for what is below them. Elsewhere for what is beside them; but a head over the
 * whole width has nothing beside it. */
const char *pdf_role_scope(const struct node *cell)
{
	const struct node *row = cell->parent;

	if (row == NULL || row->kind != N_ROW || row->u.row.group == ROW_HEAD)
		return "Column";
	return cell->prev == NULL && cell->next == NULL && cell->u.cell.colspan > 1 ? "Column" : "Row";
}

static const char *division_type(const struct node *n)
{
	switch (n->u.division.what) {
	case DIV_PART:
		return "Part";
	case DIV_INDEX:
		return "Index";
	default:
		return "Sect";
	}
}

static const char *image_type(const struct node *n)
{
	if (pdf_role_is_decorative(n))
		return NULL;
	return n->parent != NULL && n->parent->kind == N_FIGURE && pdf_role_picture(n->parent) == n ? NULL : "Figure";
}

const char *pdf_role_of(const struct node *n)
{
	switch (n->kind) {
	case N_ROOT:
		return "Document";
	case N_DIVISION:
		return division_type(n);
	case N_LIST:
		return "L";
	case N_ITEM:
		return "LI";
	case N_BLOCKQUOTE:
		return "BlockQuote";
	case N_PULLQUOTE:
		return "PullQuote";
	case N_SIDEBAR:
	case N_ADMONITION:
		return "Aside";
	case N_FIGURE:
		return pdf_role_picture(n) != NULL ? "Figure" : "Div";
	case N_TABLE:
	case N_CHART:
		return "Table";
	case N_ROW:
		return "TR";
	case N_CELL:
		return pdf_role_is_head(n) ? "TH" : "TD";
	case N_IMPRINT:
		return "Sect";
	case N_GROUP:
		return n->lang != NULL ? "Div" : NULL;
	case N_TITLE:
		return title_type(n);
	case N_SUBTITLE:
		return "Subtitle";
	case N_BRIDGEHEAD:
		return bridgehead_type(n);
	case N_PARA:
		return pdf_role_is_run_in(n) ? "Strong" : "P";
	case N_ATTRIBUTION:
	case N_SIDEDATA:
	case N_VERBATIM:
		return "P";
	case N_IMAGE:
	case N_INLINE_IMAGE:
		return image_type(n);
	case N_SPAN:
		return span_type(n);
	case N_LINK:
	case N_XREF:
		return n->u.link.href != NULL || n->u.link.target != NULL ? "Link" : NULL;
	case N_FOOTNOTE:
		return "FENote";
	default:
		return NULL;
	}
}

const char *pdf_role_numbering(const struct node *list)
{
	static const char *const names[] = { "Decimal", "LowerAlpha", "UpperAlpha", "LowerRoman", "UpperRoman" };

	if (list->u.list.kind == LIST_BULLET)
		return "Disc";
	return list->u.list.kind == LIST_NUMBER && (unsigned)list->u.list.numeration < 5 ? names[list->u.list.numeration] : NULL;
}
