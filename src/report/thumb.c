#include "report/thumb.h"

/* Words of one line, size and colour that follow one another are one bar. */
struct bar {
	sp x, y, w, size;
	int colour;
};

static void put_pt(struct buf *out, sp v)
{
	int64_t tenths = unit_scale(v, 10, SP_ONE);

	buf_printf(out, tenths % 10 != 0 ? "%s%d.%d" : "%s%d", tenths < 0 ? "-" : "", (int)((tenths < 0 ? -tenths : tenths) / 10),
	           (int)((tenths < 0 ? -tenths : tenths) % 10));
}

static void put_box(const struct pages *p, struct buf *out, sp x, sp y, sp w, sp h, int colour, const char *more)
{
	const uint8_t *rgb = colour >= 0 && colour < p->n_colours ? p->colours[colour].rgb : NULL;

	buf_puts(out, "<path d=\"M");
	put_pt(out, x);
	buf_putc(out, ' ');
	put_pt(out, y);
	buf_putc(out, 'h');
	put_pt(out, w);
	buf_putc(out, 'v');
	put_pt(out, h);
	buf_putc(out, 'h');
	put_pt(out, -w);
	buf_printf(out, "z\" fill=\"#%02x%02x%02x\"%s/>", rgb != NULL ? rgb[0] : 0x99, rgb != NULL ? rgb[1] : 0x99,
	           rgb != NULL ? rgb[2] : 0x99, more);
}

/* As high as small letters, roughly. */
static void put_bar(const struct pages *p, struct buf *out, struct bar *b)
{
	if (b->w > 0)
		put_box(p, out, b->x, b->y - b->size / 2, b->w, b->size / 2, b->colour, " opacity=\".6\"");
	b->w = 0;
}

/* Runs follow one another to the right, or to the left. */
static void add_words(const struct pages *p, struct buf *out, const struct item *it, struct bar *b)
{
	sp from = b->x < it->x ? b->x : it->x, to = b->x + b->w > it->x + it->w ? b->x + b->w : it->x + it->w;

	if (b->w > 0 && it->y == b->y && it->u.text.size == b->size && it->u.text.colour == b->colour &&
	    to - from <= b->w + it->w + b->size) {
		b->x = from;
		b->w = to - from;
		return;
	}
	put_bar(p, out, b);
	*b = (struct bar){ it->x, it->y, it->w, it->u.text.size, it->u.text.colour };
}

void thumb_put(const struct pages *p, int number, struct buf *out)
{
	const struct page *page = &p->v[number - 1];
	struct bar bar = { 0 };

	buf_puts(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ");
	put_pt(out, p->width);
	buf_putc(out, ' ');
	put_pt(out, p->height);
	buf_puts(out, "\">");
	for (size_t i = 0; i < page->n; i++) {
		const struct item *it = &page->items[i];

		if (it->kind == ITEM_TEXT) {
			add_words(p, out, it, &bar);
		} else if (it->kind == ITEM_FILL || it->kind == ITEM_IMAGE) {
			put_bar(p, out, &bar);
			put_box(p, out, it->x, it->y, it->w, it->h, it->kind == ITEM_FILL ? it->u.fill.colour : -1, "");
		}
	}
	put_bar(p, out, &bar);
	buf_puts(out, "</svg>");
}
