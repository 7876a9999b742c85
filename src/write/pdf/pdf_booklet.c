/* The N pages of S = N/4 sheets: sheet s, counted from the outermost, shows N-2s and 2s+1 on its front, 2s+2 and N-2s-1 on
 * its back, left and right of the fold. Eight pages:
 *
 *      front        back
 *     ┌────┬────┐  ┌────┬────┐
 *  s0 │  8 │  1 │  │  2 │  7 │
 *     ├────┼────┤  ├────┼────┤
 *  s1 │  6 │  3 │  │  4 │  5 │
 *     └────┴────┘  └────┴────┘
 *
 * Pages that are missing to a multiple of four are blank, at the end. */
#include "write/pdf/pdf_booklet.h"

#include "write/pdf/pdf_page.h"

#define MM(n) unit_scale(SP_ONE, (n) * 7200, 2540)
#define A4_SHORT MM(210)
#define A4_LONG MM(297)
#define A3_LONG MM(420)
#define MOST_CREEP MM(1)
#define LEAST_INNER MM(8) /* of the margin at the fold, after the creep */
#define MARK MM(5)

struct imposer {
	struct pdf_job *job;
	sp w, h;       /* of the sheet, lying */
	int64_t scale; /* [1/1000] of the pages */
	bool alpha;    /* on this side */
};

size_t pdf_booklet_sheets(size_t pages)
{
	return (pages + 3) / 4;
}

struct pdf_side pdf_booklet_side(size_t pages, size_t i, bool rtl)
{
	size_t n = 4 * pdf_booklet_sheets(pages), s = i / 2;
	struct pdf_side side = { .sheet = s };

	side.left = i % 2 == 0 ? n - 2 * s - 1 : 2 * s + 1;
	side.right = i % 2 == 0 ? 2 * s : n - 2 * s - 2;
	if (rtl) {
		size_t swap = side.left;

		side.left = side.right;
		side.right = swap;
	}
	if (side.left >= pages)
		side.left = PDF_BLANK;
	if (side.right >= pages)
		side.right = PDF_BLANK;
	return side;
}

sp pdf_booklet_creep(size_t sheet, sp caliper)
{
	return (sp)sheet * caliper;
}

/* A sheet that was asked for, else the least of A4 and A3 that holds two pages, else just two pages. */
static void choose_sheet(struct imposer *m)
{
	const struct pages *g = m->job->pages;
	enum pdf_sheet sheet = m->job->options->sheet;
	sp w = 2 * g->width, h = g->height, slack = MM(1) / 2;

	if (sheet == SHEET_AUTO)
		sheet = w <= A4_LONG + slack && h <= A4_SHORT + slack ? SHEET_A4
		        : w <= A3_LONG + slack && h <= A4_LONG + slack ? SHEET_A3 : SHEET_AUTO;
	m->w = sheet == SHEET_A4 ? A4_LONG : sheet == SHEET_A3 ? A3_LONG : w;
	m->h = sheet == SHEET_A4 ? A4_SHORT : sheet == SHEET_A3 ? A4_LONG : h;
	m->scale = 1000;
	if (w > m->w + slack)
		m->scale = m->w * 1000 / w;
	if (h > m->h + slack && m->h * 1000 / h < m->scale)
		m->scale = m->h * 1000 / h;
}

static void put_matrix(struct buf *b, int64_t scale, sp x, sp y)
{
	pdf_put_number(b, scale, 3);
	buf_puts(b, " 0 0 ");
	pdf_put_number(b, scale, 3);
	buf_putc(b, ' ');
	pdf_put_pt(b, x);
	buf_putc(b, ' ');
	pdf_put_pt(b, y);
	buf_puts(b, " cm\n");
}

/* A page in its half: cut at the fold and at the end of the bleed, moved to the fold by the creep. */
static void put_half(struct imposer *m, struct buf *b, size_t page, size_t sheet, bool left)
{
	const struct pages *g = m->job->pages;
	sp w = unit_scale(g->width, m->scale, 1000), h = unit_scale(g->height, m->scale, 1000);
	sp creep = unit_scale(pdf_booklet_creep(sheet, m->job->options->caliper), 1000, m->scale);

	if (page == PDF_BLANK)
		return;
	buf_puts(b, "q ");
	put_matrix(b, m->scale, m->w / 2 - (left ? w : 0), (m->h - h) / 2);
	pdf_put_pt(b, left ? -g->bleed : 0);
	buf_putc(b, ' ');
	pdf_put_pt(b, -g->bleed);
	buf_putc(b, ' ');
	pdf_put_pt(b, g->width + g->bleed);
	buf_putc(b, ' ');
	pdf_put_pt(b, g->height + 2 * g->bleed);
	buf_puts(b, " re W n\n");
	if (creep > 0)
		put_matrix(b, 1000, left ? creep : -creep, 0);
	m->alpha |= pdf_page_paint(m->job, page, b);
	buf_puts(b, "Q\n");
}

static void put_line(struct buf *b, sp x0, sp y0, sp x1, sp y1)
{
	pdf_put_pt(b, x0);
	buf_putc(b, ' ');
	pdf_put_pt(b, y0);
	buf_puts(b, " m ");
	pdf_put_pt(b, x1);
	buf_putc(b, ' ');
	pdf_put_pt(b, y1);
	buf_puts(b, " l S\n");
}

/* Where the sheet has room around the pages: marks at their corners, and dashes where to fold. They do not creep. */
static void put_marks(const struct imposer *m, struct buf *b)
{
	const struct pages *g = m->job->pages;
	sp w = unit_scale(2 * g->width, m->scale, 1000), h = unit_scale(g->height, m->scale, 1000);
	sp side = (m->w - w) / 2, foot = (m->h - h) / 2, gap = g->bleed > MM(3) ? g->bleed : MM(3);

	if (!m->job->options->marks)
		return;
	buf_puts(b, "q 0 0 0 1 K 0.25 w\n");
	for (int i = 0; i < 2; i++) {
		sp x = i == 0 ? side : m->w - side, y = i == 0 ? foot : m->h - foot, out = i == 0 ? -1 : 1;

		for (int k = 0; k < 2; k++) {
			if (side > gap + MARK)
				put_line(b, x + out * gap, k == 0 ? foot : m->h - foot, x + out * (gap + MARK), k == 0 ? foot : m->h - foot);
			if (foot > gap + MARK)
				put_line(b, k == 0 ? side : m->w - side, y + out * gap, k == 0 ? side : m->w - side, y + out * (gap + MARK));
		}
		if (foot > gap + MARK) {
			buf_puts(b, "[2 2] 0 d ");
			put_line(b, m->w / 2, y + out * gap, m->w / 2, y + out * (gap + MARK));
			buf_puts(b, "[] 0 d\n");
		}
	}
	buf_puts(b, "Q\n");
}

static void write_side(struct imposer *m, size_t i)
{
	const struct pages *g = m->job->pages;
	struct pdf_side side = pdf_booklet_side(g->n, i, g->rtl);
	struct pdf_dict page = pdf_page_new(m->job->file);
	struct buf content;

	m->alpha = false;
	buf_init(&content);
	put_half(m, &content, side.left, side.sheet, true);
	put_half(m, &content, side.right, side.sheet, false);
	put_marks(m, &content);
	buf_puts(page.body, "/MediaBox [0 0 ");
	pdf_put_pt(page.body, m->w);
	buf_putc(page.body, ' ');
	pdf_put_pt(page.body, m->h);
	buf_puts(page.body, "] /Resources ");
	pdf_put_ref(page.body, m->job->resources.id);
	if (m->alpha)
		buf_puts(page.body, " /Group <</S /Transparency /CS /DeviceCMYK>>");
	buf_putc(page.body, '\n');
	pdf_page_content(m->job->file, page.id, &content);
	buf_free(&content);
}

static void check_creep(const struct imposer *m, size_t sheets)
{
	const struct pdf_options *o = m->job->options;
	sp most = sheets > 0 ? pdf_booklet_creep(sheets - 1, o->caliper) : 0;
	char creep[32], inner[32];

	unit_format_pt(creep, most, 1);
	unit_format_pt(inner, unit_scale(o->inner, m->scale, 1000) - most, 1);
	if (most > MOST_CREEP)
		diag_warn(m->job->log, "creep", DIAG_NOWHERE,
		          "%zu sheets in one fold: the innermost pages move to it by %s pt; sew or glue so many", sheets, creep);
	if (unit_scale(o->inner, m->scale, 1000) - most < LEAST_INNER)
		diag_warn(m->job->log, "creep", DIAG_NOWHERE, "the margin at the fold is %s pt in the middle of the booklet", inner);
}

void pdf_booklet_write(struct pdf_job *job)
{
	struct imposer m = { .job = job };
	size_t sheets = pdf_booklet_sheets(job->pages->n);

	choose_sheet(&m);
	check_creep(&m, sheets);
	for (size_t i = 0; i < 2 * sheets; i++)
		write_side(&m, i);
}
