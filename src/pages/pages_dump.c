/* The text dump, golden form of layout. UTF-8, one line an item, fields apart by one blank:
 *
 *   size 595.28 841.89 bleed 8.5 ltr pages 2
 *   page 1 "1" recto start para 12
 *   1 text content 56.69 100 310.2 0 Serif-Bold 10.5 black para "Текст" hscale 0.98 end
 *   1 fill rule 56.69 700 100 0.5 black
 *   1 image content 56.69 300 200 150 "figure.png"
 *   1 link content 90 92 40 10 -> https://example.org/
 *   1 link mark 90 92 4 10 -> #fn1
 *   1 anchor content 0 100 0 0 #sec-2
 *
 * Lengths in points with at most two decimals. A text's words: first (begins a paragraph), hyphen (ends
 * in an added one), end (of its line), lang where it is not the document's. */
#include <string.h>

#include "pages/pages.h"

static const char *const kind_names[] = { "text", "fill", "image", "link", "anchor" };
static const char *const role_names[] = { "content", "label", "mark", "caption-label", "contents", "running-head",
                                          "folio", "rule", "background", "repeated" };

static void put_pt(struct buf *out, sp v)
{
	char t[32];

	unit_format_pt(t, v, 2);
	buf_puts(out, strcmp(t, "-0") == 0 ? "0" : t);
}

static void put_quoted(struct buf *out, const char *s, size_t len)
{
	buf_putc(out, '"');
	buf_put_json(out, s, len);
	buf_putc(out, '"');
}

static void put_colour(const struct pages *p, int16_t colour, struct buf *out)
{
	if (colour >= 0 && colour < p->n_colours && p->colours[colour].name != NULL)
		buf_puts(out, p->colours[colour].name);
	else
		buf_printf(out, "colour%d", colour);
}

/* The block a text belongs to says more than "text". */
static const char *block_name(const struct node *n)
{
	while (n != NULL && doc_is_inline(n->kind) && n->kind != N_FOOTNOTE)
		n = n->parent;
	return n != NULL ? doc_kind_name(n->kind) : "-";
}

static void put_text(const struct pages *p, const struct doc *d, const struct item *it, struct buf *out)
{
	const struct face *f = it->u.text.face;

	buf_printf(out, " %s%s%s ", f != NULL && f->family != NULL ? f->family : "-", f != NULL && f->bold ? "-bold" : "",
	           f != NULL && f->italic ? "-italic" : "");
	put_pt(out, it->u.text.size);
	buf_putc(out, ' ');
	put_colour(p, it->u.text.colour, out);
	buf_printf(out, " %s ", block_name(it->node));
	put_quoted(out, it->u.text.text, it->u.text.len);
	if (it->u.text.hscale != 65536) {
		buf_puts(out, " hscale ");
		put_pt(out, it->u.text.hscale);
	}
	if (it->u.text.lang != NULL && d != NULL && d->lang != NULL && strcmp(it->u.text.lang, d->lang) != 0)
		buf_printf(out, " lang %s", it->u.text.lang);
	if (it->u.text.par_start)
		buf_puts(out, " first");
	if (it->u.text.hyphen_added)
		buf_puts(out, " hyphen");
	if (it->u.text.line_end)
		buf_puts(out, " end");
}

static void put_node_name(const struct node *n, struct buf *out)
{
	if (n == NULL)
		buf_puts(out, "#-");
	else if (n->id != NULL)
		buf_printf(out, "#%s", n->id);
	else
		buf_printf(out, "#%s", doc_kind_name(n->kind));
}

static void put_item(const struct pages *p, const struct doc *d, int number, const struct item *it, struct buf *out)
{
	const sp box[4] = { it->x, it->y, it->w, it->h };

	buf_printf(out, "%d %s %s", number, (unsigned)it->kind < 5 ? kind_names[it->kind] : "?",
	           (unsigned)it->role < 10 ? role_names[it->role] : "?");
	for (int i = 0; i < 4; i++) {
		buf_putc(out, ' ');
		put_pt(out, box[i]);
	}
	switch (it->kind) {
	case ITEM_TEXT:
		put_text(p, d, it, out);
		break;
	case ITEM_FILL:
		buf_putc(out, ' ');
		put_colour(p, it->u.fill.colour, out);
		if (it->u.fill.round)
			buf_puts(out, " round");
		break;
	case ITEM_IMAGE:
		buf_putc(out, ' ');
		if (it->u.image.image != NULL)
			put_quoted(out, it->u.image.image->name, strlen(it->u.image.image->name));
		else
			buf_putc(out, '-');
		break;
	case ITEM_LINK:
		buf_puts(out, " -> ");
		if (it->u.link.href != NULL)
			buf_put_json(out, it->u.link.href, strlen(it->u.link.href));
		else
			put_node_name(it->u.link.target, out);
		break;
	case ITEM_ANCHOR:
		buf_putc(out, ' ');
		put_node_name(it->node, out);
		break;
	}
	buf_putc(out, '\n');
}

void pages_dump(const struct pages *p, const struct doc *d, struct buf *out)
{
	buf_puts(out, "size ");
	put_pt(out, p->width);
	buf_putc(out, ' ');
	put_pt(out, p->height);
	buf_puts(out, " bleed ");
	put_pt(out, p->bleed);
	buf_printf(out, " %s pages %zu\n", p->rtl ? "rtl" : "ltr", p->n);
	for (size_t i = 0; i < p->n; i++) {
		const struct page *page = &p->v[i];

		buf_printf(out, "page %d ", page->number);
		put_quoted(out, page->label != NULL ? page->label : "", page->label != NULL ? strlen(page->label) : 0);
		buf_puts(out, page->recto ? " recto" : " verso");
		if (page->start != NULL)
			buf_printf(out, " start %s %u", block_name(page->start), page->start_offset);
		buf_putc(out, '\n');
		for (size_t k = 0; k < page->n; k++)
			put_item(p, d, page->number, &page->items[k], out);
	}
}
