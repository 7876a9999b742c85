/* A kept trial onto its page: tints first, then rows, quotes and notes in reading order. */
#include <string.h>

#include "base/mem.h"
#include "layout/flatten.h"
#include "layout/page.h"
#include "layout/setline.h"
#include "layout/side.h"

struct placer {
	struct paginator *p;
	const struct trial *t;
	struct page *page;
	sp frame[FRAME_COUNT], width[FRAME_COUNT]; /* of the step's column */
	sp span, span_w;       /* where what spans all columns begins */
	struct band band;
	sp lift;               /* of what stands at the foot: imprint.c */
	bool turned;           /* the block being drawn runs the other way than the document */
};

static void find_frames(struct placer *c, int column)
{
	const struct theme *t = c->p->l->theme;

	style_flow_column(t, c->p->recto, column, &c->frame[FRAME_TEXT], &c->width[FRAME_TEXT]);
	style_margin_column(t, c->p->recto, &c->frame[FRAME_MARGIN], &c->width[FRAME_MARGIN]);
	if (c->width[FRAME_MARGIN] == 0)
		c->frame[FRAME_MARGIN] = c->frame[FRAME_TEXT];
	c->frame[FRAME_ALL] = style_column_x(t, c->p->recto, 0);
	c->width[FRAME_ALL] = style_columns_width(t, t->page.columns);
	style_text_column(t, c->p->recto, &c->span, &c->span_w);
}

/* Start of a thing so wide: of a turned block as in a mirror in the middle of its frame. */
static sp turned_x(const struct placer *c, enum frame frame, sp x, sp w)
{
	return c->turned && frame != FRAME_MARGIN ? 2 * c->frame[frame] + c->width[frame] - x - w : x;
}

static void draw_op(struct placer *c, const struct op *op, sp y, enum item_role force)
{
	sp x = c->frame[op->frame] + op->x;
	struct item *it;

	switch (op->kind) {
	case OP_LINE: {
		struct place to = { c->p->l, c->p->pages, c->page, force };

		line_set(&to, op->u.line.par, &op->u.line.line, turned_x(c, op->frame, x, op->u.line.line.width), y + op->y);
		return;
	}
	case OP_FILL:
		it = page_add(c->p->pages, c->page, ITEM_FILL, op->role == ROLE_CONTENT ? ROLE_RULE : op->role, op->node);
		it->w = op->u.fill.w;
		it->h = op->u.fill.h;
		it->u.fill.colour = op->u.fill.colour;
		break;
	case OP_IMAGE:
		it = page_add(c->p->pages, c->page, ITEM_IMAGE, ROLE_CONTENT, op->node);
		it->w = op->u.image.w;
		it->h = op->u.image.h;
		it->u.image.image = op->u.image.image;
		break;
	case OP_LINK:
		if (force != ROLE_CONTENT)
			return;
		it = page_add(c->p->pages, c->page, ITEM_LINK, op->role == ROLE_CONTENTS ? ROLE_CONTENTS : ROLE_LABEL, op->node);
		it->w = op->u.fill.w;
		it->h = op->u.fill.h;
		it->u.link.target = op->node;
		break;
	default:
		if (force != ROLE_CONTENT)
			return;
		it = page_add(c->p->pages, c->page, ITEM_ANCHOR, ROLE_CONTENT, op->node);
		break;
	}
	it->x = turned_x(c, op->frame, x, it->w);
	it->y = y + op->y;
}

static void draw_rows(struct placer *c, const struct rows *r, int from, int to, sp y, enum item_role force)
{
	for (int i = from; i < to; i++) {
		for (int k = 0; k < r->v[i].n_ops; k++)
			draw_op(c, &r->v[i].ops[k], y, force);
		y += r->v[i].advance;
	}
}

void place_rows(struct paginator *p, struct page *page, const struct rows *r, int from, int to, sp y, enum item_role role)
{
	struct placer c = { .p = p, .page = page };

	find_frames(&c, 0);
	draw_rows(&c, r, from, to, y, role);
}

/* ---- boxes ------------------------------------------------------------------------------------------- */

/* What lies beyond the edges, from ..*size, is cut off: a theme may have its lines nearer to them than a box is high above its. */
static void keep_within(sp *from, sp *size, sp least, sp most)
{
	sp end = *from + *size < most ? *from + *size : most;

	*from = *from > least ? *from : least;
	*size = end - *from;
}

static void add_fill(struct placer *c, sp x, sp y, sp w, sp h, int16_t colour, enum item_role role, const struct node *node)
{
	const struct pages *pages = c->p->pages;
	struct item *it;

	keep_within(&x, &w, -pages->bleed, pages->width + pages->bleed);
	keep_within(&y, &h, -pages->bleed, pages->height + pages->bleed);
	if (colour < 0 || w <= 0 || h <= 0)
		return;
	it = page_add(c->p->pages, c->page, ITEM_FILL, role, node);
	it->x = x;
	it->y = y;
	it->w = w;
	it->h = h;
	it->u.fill.colour = colour;
}

static void draw_sidebar_tint(struct placer *c, const struct box *box, sp first, sp last, bool begins, bool ends)
{
	const struct theme *t = c->p->l->theme;
	sp unit = t->page.unit;
	sp top = begins ? first - 2 * unit + t->sidebar.top : first - t->sidebar.broken_top;
	sp bottom = ends ? last + t->sidebar.bottom : last + t->sidebar.broken_bottom;
	bool in_column = t->cols.n > 1 && !c->p->g->v[box->first].span;
	sp x = in_column ? c->frame[FRAME_TEXT] : c->frame[FRAME_ALL] - t->sidebar.outset;
	sp w = in_column ? c->p->text_w : style_columns_width(t, t->page.columns) + 2 * t->sidebar.outset;

	add_fill(c, x, top, w, bottom - top, t->sidebar.tint, ROLE_BACKGROUND, box->node);
	if (begins)
		add_fill(c, x, top, w, t->sidebar.bar, t->sidebar.bar_colour, ROLE_RULE, NULL);
}

static void draw_admonition_tint(struct placer *c, const struct box *box, sp first, sp last, bool begins, bool ends)
{
	const struct theme *t = c->p->l->theme;
	sp unit = t->page.unit, top = first - unit - (begins ? unit / 4 : 0), bottom = last + unit / 2 + (ends ? unit / 4 : 0);
	const struct block *b = &c->p->g->v[box->first];
	sp x = (b->span ? c->span : c->frame[FRAME_TEXT]) + box->start, w = band_width(c->p, b) - box->start - box->end;

	add_fill(c, x, top, w, bottom - top, t->admonition.tint, ROLE_BACKGROUND, box->node);
	if (begins)
		add_fill(c, x, top, w, t->admonition.bar, t->admonition.bar_colour, ROLE_RULE, NULL);
}

/* As much tint over the first line's letters as under the last one's. */
static void draw_code_tint(struct placer *c, const struct box *box, sp first, sp last)
{
	const struct theme *t = c->p->l->theme;
	const struct block *b = &c->p->g->v[box->first];
	sp size = t->par[PS_CODE].size, top = first - size * 3 / 4 - t->code.pad, bottom = last + size / 4 + t->code.pad;
	sp x = b->span ? c->span : c->frame[FRAME_TEXT], w = band_width(c->p, b);

	add_fill(c, x + box->start, top, w - box->start - box->end, bottom - top, t->code.tint, ROLE_BACKGROUND, box->node);
}

static void draw_boxes(struct placer *c)
{
	const struct trial *t = c->t;

	for (size_t i = 0; i < t->n;) {
		const struct box *box = c->p->g->v[t->v[i].block].box;
		size_t e = i;
		bool begins, ends;
		sp last;

		while (e + 1 < t->n && c->p->g->v[t->v[e + 1].block].box == box)
			e++;
		if (box != NULL) {
			begins = t->v[i].block == box->first && t->v[i].first;
			ends = t->v[e].next.block > box->last;
			last = t->v[e].y;
			if (t->v[e].row != NULL && t->v[e].row->below > 0) /* a picture */
				last += t->v[e].row->below;
			if (box->kind == BOX_SIDEBAR)
				draw_sidebar_tint(c, box, t->v[i].y, last, begins, ends);
			else if (box->kind == BOX_CODE)
				draw_code_tint(c, box, t->v[i].y, last);
			else
				draw_admonition_tint(c, box, t->v[i].y, last, begins, ends);
		}
		i = e + 1;
	}
}

/* ---- quotes, notes ------------------------------------------------------------------------------------- */

static void draw_quote(struct placer *c)
{
	const struct theme *t = c->p->l->theme;
	const struct quote *q = &c->p->g->quotes[c->t->quote];
	sp all = style_columns_width(t, t->page.columns), saved = c->frame[FRAME_ALL];
	sp x = c->p->recto ? saved + all - q->width : saved, y = c->t->quote_y;

	add_fill(c, x, y - t->pullquote.bar_above, q->width, t->pullquote.bar, t->pullquote.bar_colour, ROLE_RULE, NULL);
	c->frame[FRAME_ALL] = x;
	draw_rows(c, &q->rows, 0, q->rows.n, y + unit_scale(t->page.unit, t->pullquote.first, 1000), ROLE_CONTENT);
	c->frame[FRAME_ALL] = saved;
}

static void draw_side_notes(struct placer *c)
{
	const struct trial *t = c->t;
	sp *y;

	if (t->n_sides == 0)
		return;
	y = mem_zalloc(t->n_sides, sizeof *y);
	side_settle(c->p, t, c->band.top, y);
	for (size_t i = 0; i < t->n_sides; i++)
		draw_rows(c, t->sides[i].rows, 0, t->sides[i].rows->n, y[i], ROLE_CONTENT);
	mem_free(y);
}

static void draw_notes(struct placer *c)
{
	const struct theme *t = c->p->l->theme;
	sp height = 0, last = 0, y, w, x;
	int n = (int)c->t->n_notes;

	for (int i = 0; i < n; i++) {
		for (int k = c->t->notes[i].from; k < c->t->notes[i].to; k++)
			height += c->t->notes[i].rows->v[k].advance;
		if (c->t->notes[i].to > c->t->notes[i].from)
			last = row_tail(&c->t->notes[i].rows->v[c->t->notes[i].to - 1]);
	}
	if (n == 0)
		return;
	style_flow_column(t, c->p->recto, c->band.column, &x, &w);
	y = c->band.last - c->lift - (height - last);
	if (t->note.rule_width > 0 && t->note.rule_width < w && !c->t->notes[0].continued)
		w = t->note.rule_width;
	add_fill(c, x, y - t->note.rule_above, w, t->note.rule, t->text_colour, ROLE_RULE, NULL);
	for (int i = 0; i < n; i++) {
		const struct note_part *part = &c->t->notes[i];

		c->turned = flat_is_rtl(c->p->l, part->note) != flat_is_rtl(c->p->l, c->p->l->doc->root);
		draw_rows(c, part->rows, part->from, part->to, y, ROLE_CONTENT);
		c->turned = false;
		for (int k = part->from; k < part->to; k++)
			y += part->rows->v[k].advance;
	}
}

/* ---- the page ------------------------------------------------------------------------------------------- */

static void draw_placed(struct placer *c, const struct placed *pl)
{
	const struct block *b = &c->p->g->v[pl->block];
	sp column = c->frame[FRAME_TEXT], width = c->width[FRAME_TEXT], y = pl->where == AT_FOOT ? pl->y - c->lift : pl->y;

	if (b->span) {
		c->frame[FRAME_TEXT] = c->span;
		c->width[FRAME_TEXT] = c->span_w;
	}
	c->turned = b->turned && !(b->kind == BLOCK_PAR && pl->line.narrow); /* beside a quote there is but one place */
	if (pl->first) {
		for (int i = 0; i < b->n_label; i++)
			draw_op(c, &b->label[i], y, ROLE_CONTENT);
		if (b->box == NULL)
			draw_rows(c, &b->margin, 0, b->margin.n, y, ROLE_CONTENT);
	}
	if (b->kind == BLOCK_PAR) {
		struct place to = { c->p->l, c->p->pages, c->page, ROLE_CONTENT };
		sp shift = 0, x = c->frame[FRAME_TEXT] + b->start, whole = band_width(c->p, b) - b->start - b->end;

		if (pl->line.narrow)
			whole = quote_measure(c->p, &c->p->g->quotes[c->t->quote], b->start, b->end, &shift);
		if (pl->first && b->turned == c->turned)
			x += whole - pl->line.width; /* its indent */
		line_set(&to, b->par, &pl->line, turned_x(c, FRAME_TEXT, x + shift, pl->line.width), y);
	} else {
		for (int k = 0; k < pl->row->n_ops; k++)
			draw_op(c, &pl->row->ops[k], y, pl->head ? ROLE_REPEATED : ROLE_CONTENT);
	}
	/* the margin of a box comes after its name */
	if (pl->first && b->box != NULL)
		draw_rows(c, &b->margin, 0, b->margin.n, y, ROLE_CONTENT);
	c->frame[FRAME_TEXT] = column;
	c->width[FRAME_TEXT] = width;
	c->turned = false;
}

/* Whether the first line of the page goes on with a word that the page before has begun. */
static bool starts_in_word(const struct placer *c)
{
	const struct placed *pl = c->t->n > 0 ? &c->t->v[0] : NULL;
	const struct par *par = NULL;
	uint32_t from = 0;

	while (pl != NULL && pl->head && pl + 1 < c->t->v + c->t->n)
		pl++;
	if (pl == NULL)
		return false;
	if (c->p->g->v[pl->block].kind == BLOCK_PAR) {
		par = c->p->g->v[pl->block].par;
		from = pl->line.from;
	} else if (pl->row->n_ops > 0 && pl->row->ops[0].kind == OP_LINE) {
		par = pl->row->ops[0].u.line.par;
		from = pl->row->ops[0].u.line.line.from;
	}
	return par != NULL && from > 0 && line_is_hyphen(par_cand(par, from));
}

/* What an item begins: its text, or the thing that it names or pictures. NULL: nothing of its own. */
static const struct node *begun_by(const struct item *it)
{
	if (it->node == NULL || (it->kind != ITEM_TEXT && it->kind != ITEM_IMAGE))
		return NULL;
	switch (it->role) {
	case ROLE_CONTENT: return it->kind == ITEM_IMAGE && it->node->kind != N_IMAGE ? NULL : it->node;
	case ROLE_CAPTION_LABEL: return it->node;
	case ROLE_LABEL: return it->node->kind == N_ITEM ? it->node : NULL;
	default: return NULL;
	}
}

/* Where the page's own text begins (pages.h): the first word not begun before. */
static void mark_start(struct placer *c, size_t first_item)
{
	const struct page *page = c->page;
	bool cut = starts_in_word(c); /* still in the word that print has cut over the turn */

	for (size_t i = first_item; i < page->n; i++) {
		const struct item *it = &page->items[i];
		const struct node *n = begun_by(it);
		uint32_t off = n != NULL && n->kind == N_TEXT ? it->u.text.offset : 0;

		if (n == NULL)
			continue;
		cut = cut && it->kind == ITEM_TEXT && !(it->u.text.par_start && i > first_item);
		if (cut) {
			const char *s = it->u.text.text, *space = memchr(s, ' ', it->u.text.len);

			if (it->u.text.line_end && space == NULL) /* a word of three lines goes on */
				cut = it->u.text.hyphen_added;
			if (space == NULL || (size_t)(space + 1 - s) == it->u.text.len) {
				cut = cut && space == NULL;
				continue;
			}
			off += (uint32_t)(space + 1 - s);
		}
		c->page->start = n;
		c->page->start_offset = off;
		return;
	}
}

/* Between this column and the one before. */
static void draw_column_rule(struct placer *c)
{
	const struct theme *t = c->p->l->theme;
	sp x, w, rise = t->par[PS_BODY].size * 7 / 10;

	if (c->band.column == 0 || (c->t->n == 0 && c->t->n_notes == 0))
		return;
	style_flow_column(t, c->p->recto, c->band.column, &x, &w);
	x -= (t->cols.gutter + t->cols.rule) / 2;
	add_fill(c, x, c->band.top - rise, t->cols.rule, c->band.last - c->band.top + rise, t->cols.rule_colour, ROLE_RULE, NULL);
}

void place_trial(struct paginator *p, const struct trial *t, const struct band *band, struct page *page, bool last)
{
	struct placer c = { .p = p, .t = t, .page = page, .band = *band, .lift = last ? imprint_lift(p, t, band) : 0 };
	bool quoted = t->quote < 0;
	size_t first;

	find_frames(&c, band->column);
	draw_column_rule(&c);
	page->opener = page->opener || (t->n > 0 && p->g->v[t->v[0].block].new_page && t->v[0].first && t->v[0].block > 0);
	draw_boxes(&c);
	first = page->n;
	for (size_t i = 0; i < t->n; i++) {
		if (!quoted && t->v[i].block > p->g->quotes[t->quote].anchor) {
			draw_quote(&c);
			quoted = true;
		}
		draw_placed(&c, &t->v[i]);
	}
	if (!quoted)
		draw_quote(&c);
	if (page->start == NULL)
		mark_start(&c, first);
	draw_side_notes(&c);
	draw_notes(&c);
}

/* ---- beforehand ------------------------------------------------------------------------------------------ */

static void want_ops(const struct op *v, int n, int32_t step)
{
	for (int i = 0; i < n; i++)
		if (v[i].kind == OP_LINE)
			par_want(v[i].u.line.par, step);
}

static void want_rows(const struct rows *r, int from, int to, int32_t step)
{
	for (int i = from; i < to; i++)
		want_ops(r->v[i].ops, r->v[i].n_ops, step);
}

void place_foresee(const struct paginator *p, const struct trial *t, int32_t step)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct placed *pl = &t->v[i];
		const struct block *b = &p->g->v[pl->block];

		if (b->kind == BLOCK_PAR)
			par_want(b->par, step);
		else
			want_ops(pl->row->ops, pl->row->n_ops, step);
		if (pl->first) {
			want_ops(b->label, b->n_label, step);
			want_rows(&b->margin, 0, b->margin.n, step);
		}
	}
	if (t->quote >= 0)
		want_rows(&p->g->quotes[t->quote].rows, 0, p->g->quotes[t->quote].rows.n, step);
	for (size_t i = 0; i < t->n_sides; i++)
		want_rows(t->sides[i].rows, 0, t->sides[i].rows->n, step);
	for (size_t i = 0; i < t->n_notes; i++)
		want_rows(t->notes[i].rows, t->notes[i].from, t->notes[i].to, step);
}
