/* The job ticket: what a printing house asks by telephone, as JSON. Lengths in mm. */
#include <string.h>

#include "base/mem.h"
#include "base/sha256.h"
#include "edition/ticket.h"
#include "write/pdf/pdf.h"

/* Hundredths of a millimetre as "12.5". */
static void put_mm(struct buf *b, sp v)
{
	int64_t n = unit_scale(v, 2540, 72 * SP_ONE);

	buf_put_int(b, n / 100);
	if (n % 100 != 0)
		buf_printf(b, n % 10 != 0 ? ".%02d" : ".%d", (int)(n % 10 != 0 ? n % 100 : n % 100 / 10));
}

static void put_string(struct buf *b, const char *s)
{
	if (s == NULL) {
		buf_puts(b, "null");
		return;
	}
	buf_putc(b, '"');
	buf_put_json(b, s, strlen(s));
	buf_putc(b, '"');
}

static void put_member(struct buf *b, const char *key, const char *value)
{
	buf_printf(b, "  \"%s\": ", key);
	put_string(b, value);
	buf_puts(b, ",\n");
}

static void note_colour(const struct pages *p, int colour, bool plates[4], bool *used)
{
	if (colour < 0 || colour >= p->n_colours)
		return;
	used[colour] = true;
	for (int i = 0; i < 4 && p->colours[colour].spot == NULL; i++)
		plates[i] |= p->colours[colour].cmyk[i] > 0;
}

static void note_item(const struct pages *p, const struct item *it, bool plates[4], bool *used)
{
	if (it->kind == ITEM_TEXT)
		note_colour(p, it->u.text.colour, plates, used);
	else if (it->kind == ITEM_FILL)
		note_colour(p, it->u.fill.colour, plates, used);
	else if (it->kind == ITEM_IMAGE && it->u.image.image != NULL)
		for (int i = it->u.image.image->channels == 1 ? 3 : 0; i < 4; i++)
			plates[i] = true;
}

/* The inks that are on any page: the four, then spots, each once. */
static void put_inks(struct buf *b, const struct pages *p)
{
	static const char *const names[] = { "Cyan", "Magenta", "Yellow", "Black" };
	bool plates[4] = { false }, *used = mem_zalloc((size_t)p->n_colours + 1, sizeof *used);
	const char *comma = "";

	for (size_t i = 0; i < p->n; i++)
		for (size_t k = 0; k < p->v[i].n; k++)
			note_item(p, &p->v[i].items[k], plates, used);
	buf_puts(b, "  \"inks\": [");
	for (int i = 0; i < 4; i++) {
		if (plates[i])
			buf_printf(b, "%s\"%s\"", comma, names[i]);
		if (plates[i])
			comma = ", ";
	}
	for (int i = 0; i < p->n_colours; i++) {
		bool again = !used[i] || p->colours[i].spot == NULL;

		for (int k = 0; k < i && !again; k++)
			again = used[k] && p->colours[k].spot != NULL && strcmp(p->colours[k].spot, p->colours[i].spot) == 0;
		if (again)
			continue;
		buf_puts(b, comma);
		put_string(b, p->colours[i].spot);
		comma = ", ";
	}
	buf_puts(b, "],\n");
	mem_free(used);
}

static void put_condition(struct buf *b, const struct press *p, int32_t ink_limit)
{
	char sum[65];
	const char *slash = p->path != NULL ? strrchr(p->path, '/') : NULL;

	buf_puts(b, "  \"condition\": ");
	if (p->profile == NULL) {
		buf_puts(b, "null,\n");
	} else {
		sha256_hex(p->profile, p->profile_len, sum);
		buf_puts(b, "{ \"name\": ");
		put_string(b, p->condition);
		buf_puts(b, ", \"description\": ");
		put_string(b, p->info);
		buf_puts(b, ", \"profile\": ");
		put_string(b, slash != NULL ? slash + 1 : p->path);
		buf_printf(b, ", \"profile_sha256\": \"%s\" },\n", sum);
	}
	buf_printf(b, "  \"ink_limit_percent\": %d,\n", (int)(ink_limit / 10));
}

/* Saddle-stitched: sheets of four pages, and how far the innermost leaf stands out. Perfect-bound: the spine; its cover is
 * not among the pages. */
static void put_binding(struct buf *b, const struct theme *t, size_t pages)
{
	size_t whole = t->press.perfect_bound ? (pages + 1) / 2 * 2 : (pages + 3) / 4 * 4;

	buf_puts(b, "  \"paper\": { \"name\": ");
	put_string(b, t->press.paper);
	buf_puts(b, ", \"caliper\": ");
	put_mm(b, t->press.caliper);
	buf_printf(b, " },\n  \"binding\": { \"kind\": \"%s\", \"cover\": \"%s\", \"pages_with_blanks\": %zu, \"blanks\": [",
	           t->press.perfect_bound ? "perfect" : "saddle-stitch", t->press.perfect_bound ? "apart" : "self", whole);
	for (size_t i = pages + 1; i <= whole; i++)
		buf_printf(b, i > pages + 1 ? ", %zu" : "%zu", i);
	buf_putc(b, ']');
	if (t->press.perfect_bound) {
		buf_puts(b, ", \"board\": ");
		put_mm(b, t->press.board);
		buf_puts(b, ", \"spine\": ");
		put_mm(b, t->press.caliper * (sp)(whole / 2) + 2 * t->press.board);
	} else {
		buf_printf(b, ", \"sheets\": %zu, \"creep\": ", whole / 4);
		put_mm(b, t->press.caliper * (sp)(whole > 4 ? whole / 4 - 1 : 0));
	}
	buf_puts(b, " }\n}\n");
}

void ticket_write(const struct press *p, const struct edition *e, const char *name, const void *pdf, size_t len,
                  struct buf *out)
{
	const struct pages *g = e->pages;
	char sum[65];

	sha256_hex(pdf, len, sum);
	buf_puts(out, "{\n");
	put_member(out, "file", name);
	put_member(out, "sha256", sum);
	buf_printf(out, "  \"bytes\": %zu,\n", len);
	put_member(out, "standard", p->profile == NULL ? NULL : e->options->pdfx1a ? "PDF/X-1a:2003" : "PDF/X-4");
	put_member(out, "title", e->doc->info.title);
	put_member(out, "language", e->doc->lang);
	put_member(out, "date", e->date);
	put_member(out, "producer", "verstka " VERSTKA_VERSION);
	buf_printf(out, "  \"pages\": %zu,\n", g->n);
	put_member(out, "direction", g->rtl ? "right to left" : "left to right");
	buf_puts(out, "  \"trim\": [");
	put_mm(out, g->width);
	buf_puts(out, ", ");
	put_mm(out, g->height);
	buf_puts(out, "],\n  \"bleed\": ");
	put_mm(out, g->bleed);
	buf_printf(out, ",\n  \"marks\": %s,\n", e->options->no_marks ? "false" : "true");
	put_inks(out, g);
	put_condition(out, p, e->theme->press.ink_limit);
	put_binding(out, e->theme, g->n);
}
