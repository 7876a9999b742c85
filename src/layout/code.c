/* Listings: every line of the source begins a line of its own; what is too long for the column goes on below, hung in
 * behind a drawn hook, which is no text and so is not copied with the code. Set at once, greedily: the source's line ends
 * leave nothing to choose. */
#include "layout/block.h"

enum { KEPT_AT_ENDS = 2 /* lines, on each side of a page break */ };

struct listing {
	struct flow *f;
	const struct par *par;
	sp x, width, hang;
};

static sp line_width(const struct par *p, uint32_t from, uint32_t to)
{
	const struct cand *a = &p->cands[from], *c = &p->cands[to];

	return c->x_end - a->x_next + a->d_start + c->d_end;
}

/* The candidate at which a line that begins at `from` ends: the source's own line end if all fits, else the last place
 * that fits, a cheap one in the line's second half before a dearer one behind it. */
static uint32_t line_end(const struct par *p, uint32_t from, sp width)
{
	uint32_t best = from + 1;
	int price = -1;

	for (uint32_t i = from + 1; i < p->n_cands; i++) {
		const struct cand *c = &p->cands[i];
		sp w = line_width(p, from, i);

		if (w > width)
			break;
		if (c->kind == BREAK_FORCED)
			return i;
		if (price < 0 || c->price <= price || w < width / 2) {
			best = i;
			price = c->price;
		}
	}
	return best;
}

/* Down and to the right, before the rest of a line. */
static void add_hook(struct listing *g, struct row *row)
{
	sp size = g->par->style->size, thick = SP_ONE / 2;

	for (int i = 0; i < 2; i++) {
		struct op *op = row_add(g->f->l, row, OP_FILL, FRAME_TEXT);

		op->role = ROLE_RULE;
		op->x = g->x + g->hang * 3 / 10;
		op->y = i == 0 ? -size * 3 / 5 : -size / 4;
		op->u.fill.w = i == 0 ? thick : g->hang * 4 / 10;
		op->u.fill.h = i == 0 ? size * 3 / 5 - size / 4 + thick : thick;
		op->u.fill.colour = g->par->style->colour;
	}
}

static void add_line(struct listing *g, struct rows *r, uint32_t from, uint32_t to, bool rest)
{
	struct row *row = rows_add(g->f->l, r, g->par->style->leading);
	struct op *op = row_add(g->f->l, row, OP_LINE, FRAME_TEXT);

	op->x = g->x + (rest ? g->hang : 0);
	op->node = g->par->node;
	op->u.line.par = g->par;
	op->u.line.line = (struct line){ .from = from, .to = to, .width = g->width - (rest ? g->hang : 0), .last = true,
	                                    .end = par_cand(g->par, to)->kind };
	row->n_notes = par_notes(g->par, from, to, &row->notes);
	if (rest)
		add_hook(g, row);
}

static void set_lines(struct listing *g, struct rows *r)
{
	const struct par *p = g->par;

	par_open(p);
	for (uint32_t at = 0; at + 1 < p->n_cands;) {
		bool rest = at > 0 && p->cands[at].kind != BREAK_FORCED;
		uint32_t end = line_end(p, at, g->width - (rest ? g->hang : 0));

		add_line(g, r, at, end, rest);
		at = end;
	}
	for (int i = 0; i + 1 < r->n; i++)
		r->v[i].keep = i + 1 < KEPT_AT_ENDS || r->n - 1 - i < KEPT_AT_ENDS;
}

static struct box *add_box(struct flow *f, const struct node *node)
{
	struct box *box = ARENA_NEW(&f->l->arena, struct box);

	box->kind = BOX_CODE;
	box->node = node;
	box->start = f->start;
	box->end = f->end;
	box->first = box->last = (int)f->g->n;
	return box;
}

void flow_code(struct flow *f, const struct node *node)
{
	const struct theme *t = f->l->theme;
	struct par_style *style = ARENA_NEW(&f->l->arena, struct par_style);
	struct flow in = *f;
	bool tinted = t->code.tint >= 0 && f->box == NULL && !f->narrow;
	sp pad = tinted ? t->code.pad : 0;
	struct listing g = { .f = f, .hang = 2 * t->par[PS_CODE].size };
	struct par_source src = { .node = node, .style = style };
	struct block *b;

	*style = t->par[PS_CODE];
	style->align = SET_START;
	style->protrude = style->hyphenate = false;
	style->expansion = 0;
	if (tinted) {
		in.box = add_box(f, node);
		in.start += pad;
		in.end += pad;
	}
	g.x = in.start + style->start;
	g.width = f->width - g.x - in.end - style->end;
	if (g.width < 4 * g.hang)
		g.hang = 0;
	if (g.width < 6 * style->size)
		g.width = 6 * style->size;
	src.unbroken = (int)((g.width - g.hang) * 3 / 2 / style->size); /* a letter is 0.6 em, and a few to spare */
	g.par = par_new(f->l, &src);
	b = flow_add(&in, BLOCK_ROWS, node, style);
	set_lines(&g, &b->rows);
	if (tinted) { /* as if the tint were a line above and below */
		in.box->lines = b->rows.n;
		if (b->before < pad + t->page.unit / 2)
			b->before = pad + t->page.unit / 2;
		if (b->after < b->before)
			b->after = b->before;
	}
	b->no_indent = true;
	f->was_break = true;
}
