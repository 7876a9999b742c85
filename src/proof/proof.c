/* The spread, and what stands around it:
 *
 *        slug        page 4         page 5        slug
 *      ┌──────┬──────────────┬──────────────┬──────────┐
 *      │      │    page 4    │    page 5    │          │  top
 *      │      ├──────────────┼──────────────┤          │
 *      │   57 │ ▌ text       │ ▌ text       │ 71       │
 *      │ wide │ ▌ text       │ ▌ text       │ 74 stack │
 *      │      ├──────────────┴──────────────┤          │
 *      │      │ what the marks are          │          │  strip
 *      └──────┴─────────────────────────────┴──────────┘
 *
 * Below the type lie the grid and the rivers, over it everything else. */
#include "proof/proof.h"

#include <string.h>

#include "base/mem.h"
#include "proof/proof_spread.h"

/* Colours that no text is likely to have, apart from each other in print as well. */
static const struct colour marks[PROOF_COLOURS] = {
	[PROOF_INK] = { .name = "proof-ink", .cmyk = { 0, 0, 0, 700 }, .rgb = { 76, 76, 76 } },
	[PROOF_FRAME] = { .name = "proof-frame", .cmyk = { 0, 0, 0, 300 }, .rgb = { 178, 178, 179 } },
	[PROOF_GRID] = { .name = "proof-grid", .cmyk = { 250, 0, 0, 0 }, .rgb = { 190, 228, 241 } },
	[PROOF_TIGHT] = { .name = "proof-tight", .cmyk = { 800, 400, 0, 0 }, .rgb = { 50, 120, 215 } },
	[PROOF_EVEN] = { .name = "proof-even", .cmyk = { 300, 0, 400, 0 }, .rgb = { 178, 221, 165 } },
	[PROOF_OPEN] = { .name = "proof-open", .cmyk = { 0, 100, 800, 0 }, .rgb = { 244, 214, 66 } },
	[PROOF_WIDE] = { .name = "proof-wide", .cmyk = { 0, 500, 900, 0 }, .rgb = { 240, 142, 32 } },
	[PROOF_HOLE] = { .name = "proof-hole", .cmyk = { 0, 900, 900, 0 }, .rgb = { 216, 40, 36 } },
	[PROOF_HYPHEN] = { .name = "proof-hyphen", .cmyk = { 300, 500, 0, 0 }, .rgb = { 186, 140, 205 } },
	[PROOF_LADDER] = { .name = "proof-ladder", .cmyk = { 600, 900, 0, 0 }, .rgb = { 118, 36, 150 } },
	[PROOF_RIVER] = { .name = "proof-river", .cmyk = { 400, 0, 100, 0 }, .rgb = { 110, 205, 222 } },
	[PROOF_RELAXED] = { .name = "proof-relaxed", .cmyk = { 0, 700, 1000, 200 }, .rgb = { 190, 86, 12 } },
	[PROOF_OVER] = { .name = "proof-over", .cmyk = { 0, 1000, 300, 0 }, .rgb = { 232, 6, 120 } },
	[PROOF_STALE] = { .name = "proof-stale", .cmyk = { 0, 100, 1000, 550 }, .rgb = { 122, 110, 0 } },
	[PROOF_SHORT] = { .name = "proof-short", .cmyk = { 300, 700, 800, 300 }, .rgb = { 140, 84, 56 } },
	[PROOF_LAKE] = { .name = "proof-lake", .cmyk = { 800, 200, 300, 0 }, .rgb = { 24, 150, 170 } },
	[PROOF_INSET] = { .name = "proof-inset", .cmyk = { 800, 0, 700, 100 }, .rgb = { 16, 140, 92 } },
};

static int page_of_line(const struct pages *in, size_t i)
{
	return in->lines.made[i].page;
}

static int page_of_gap(const struct pages *in, size_t i)
{
	return in->lines.gaps[i].page;
}

/* Counts, sums, then fills in order: linear, and things of one page keep theirs. */
static void index_by_page(struct proof_index *x, const struct pages *in, size_t n, int (*page_of)(const struct pages *, size_t))
{
	uint32_t *next = mem_zalloc(in->n + 1, sizeof *next);

	x->from = mem_zalloc(in->n + 2, sizeof *x->from);
	x->list = mem_zalloc(n + 1, sizeof *x->list);
	for (size_t i = 0; i < n; i++) {
		int page = page_of(in, i);

		if (page >= 1 && (size_t)page <= in->n)
			x->from[page]++;
	}
	for (size_t i = 0; i < in->n; i++) {
		x->from[i + 1] += x->from[i];
		next[i] = x->from[i];
	}
	for (size_t i = 0; i < n; i++) {
		int page = page_of(in, i);

		if (page >= 1 && (size_t)page <= in->n)
			x->list[next[page - 1]++] = (uint32_t)i;
	}
	mem_free(next);
}

/* From the last line of a ladder up: a line whose next one counts a hyphen more is of the same ladder. */
static void measure_ladders(struct prover *p)
{
	const struct lines_made *m = &p->in->lines;

	p->ladder = mem_zalloc(m->n_made + 1, sizeof *p->ladder);
	for (size_t i = m->n_made; i-- > 0;) {
		bool goes_on = m->made[i].hyphens > 0 && i + 1 < m->n_made && m->made[i + 1].hyphens == m->made[i].hyphens + 1;

		p->ladder[i] = goes_on ? p->ladder[i + 1] : m->made[i].hyphens;
	}
}

/* Left-hand pages wait for the right-hand one that follows; where all are right-hand pages, they go two by two. */
static void pair_pages(struct prover *p)
{
	const struct pages *in = p->in;
	const bool facing = p->theme->page.facing;

	p->spread = mem_zalloc(in->n + 1, sizeof *p->spread);
	p->right = mem_zalloc(in->n + 1, sizeof *p->right);
	for (size_t i = 0; i < in->n; i++) {
		bool second = facing ? in->v[i].recto && i > 0 && !in->v[i - 1].recto : i % 2 == 1;

		if (!second) {
			struct page *page = pages_add(p->out);

			page->label = in->v[i].label;
		} else if (in->v[i].label != NULL && in->v[i - 1].label != NULL) {
			p->out->v[p->out->n - 1].label = arena_printf(p->arena, "%s-%s", in->v[i - 1].label, in->v[i].label);
		}
		p->spread[i] = p->out->n - 1;
		p->right[i] = (facing ? in->v[i].recto : second) != in->rtl;
	}
}

/* The part of a fill that is on the trimmed page: on the spread the bleed would cover the neighbour. */
static bool crop(const struct pages *in, struct item *it)
{
	sp x1 = it->x + it->w, y1 = it->y + it->h;

	it->x = it->x < 0 ? 0 : it->x;
	it->y = it->y < 0 ? 0 : it->y;
	it->w = (x1 > in->width ? in->width : x1) - it->x;
	it->h = (y1 > in->height ? in->height : y1) - it->y;
	return it->w > 0 && it->h > 0;
}

static void copy_item(struct prover *p, size_t page, const struct item *from)
{
	struct item it = *from;

	if (it.kind == ITEM_FILL && !crop(p->in, &it))
		return;
	it.x += proof_page_x(p, page);
	it.y += PROOF_TOP;
	*page_add(p->out, &p->out->v[p->spread[page]], it.kind, it.role, it.node) = it;
}

/* Grounds, marks that lie on them, the type, marks over it. */
static void set_page(struct prover *p, size_t page)
{
	const struct page *from = &p->in->v[page];
	const sp x = proof_page_x(p, page);
	size_t spread = p->spread[page];

	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < from->n; i++) {
			bool ground = from->items[i].kind == ITEM_FILL && from->items[i].role == ROLE_BACKGROUND;

			if (ground == (pass == 0))
				copy_item(p, page, &from->items[i]);
		}
		if (pass == 0)
			proof_marks_below(p, page);
	}
	proof_marks_above(p, page);
	proof_box(p, spread, PROOF_FRAME, x, PROOF_TOP, p->in->width, p->in->height, SP_ONE / 4);
	proof_text(p, spread, PROOF_INK, x + SP_PT(4), PROOF_TOP - SP_PT(6), false,
	           arena_printf(p->arena, "page %s", from->label != NULL ? from->label : "-"));
}

static void make(struct prover *p)
{
	struct pages *out = p->out;
	const struct pages *in = p->in;
	struct colour *palette = arena_array(p->arena, (size_t)in->n_colours + PROOF_COLOURS, sizeof *palette);
	size_t n;

	if (in->n_colours > 0)
		memcpy(palette, in->colours, (size_t)in->n_colours * sizeof *palette);
	memcpy(palette + in->n_colours, marks, sizeof marks);
	out->colours = palette;
	out->n_colours = in->n_colours + PROOF_COLOURS;
	out->fonts = in->fonts;
	out->theme_name = in->theme_name;
	out->rtl = in->rtl;
	out->width = 2 * in->width + 2 * PROOF_SLUG;
	out->height = PROOF_TOP + in->height + proof_legend_height(2 * in->width);
	if (out->width < PROOF_LEGEND_WIDTH)
		out->width = PROOF_LEGEND_WIDTH;
	if (out->height < proof_legend_page_height())
		out->height = proof_legend_page_height();
	pair_pages(p);
	n = out->n;
	for (size_t i = 0; i < in->n; i++)
		set_page(p, i);
	proof_marks_insets(p);
	for (size_t i = 0; i < n; i++)
		proof_legend_strip(p, i, PROOF_TOP + in->height);
	pages_add(out)->label = "legend";
	proof_legend_page(p, n);
}

struct pages *proof_make(const struct pages *in, const struct theme *theme, struct fonts *fonts, struct shaper *shaper,
                         struct diag_log *log)
{
	struct prover p = { .in = in, .theme = theme, .shaper = shaper, .log = log, .first_colour = in->n_colours };

	p.face = fonts_face(fonts, theme->par[PS_CAPTION].family, false, false, log);
	if (p.face == NULL)
		return NULL;
	p.out = pages_new();
	p.arena = &p.out->arena;
	index_by_page(&p.lines, in, in->lines.n_made, page_of_line);
	index_by_page(&p.gaps, in, in->lines.n_gaps, page_of_gap);
	measure_ladders(&p);
	make(&p);
	mem_free(p.lines.from);
	mem_free(p.lines.list);
	mem_free(p.gaps.from);
	mem_free(p.gaps.list);
	mem_free(p.ladder);
	mem_free(p.spread);
	mem_free(p.right);
	return p.out;
}
