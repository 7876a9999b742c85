/* Figures and tables away from their place: at the foot of the step, or put off and at the top of a later one. */
#include "base/mem.h"
#include "layout/filler.h"

/* What keeps a float off the text. */
sp float_gap(const struct filler *f)
{
	return f->p->l->theme->page.unit;
}

/* A float's blocks from baseline y on, recorded if asked. Returns the first free baseline behind them. */
sp float_walk(struct filler *f, int insert, sp y, struct trial *t, enum placed_where where)
{
	const struct insert *in = &f->p->g->inserts[insert];
	struct cursor c = { .y = y, .prev = in->first - 1 };
	sp beside = y, unit = f->p->l->theme->page.unit;

	for (int i = in->first; i <= in->last; i++) {
		const struct block *b = &f->p->g->v[i];
		int n = b->kind == BLOCK_PAR ? b->natural.n : b->rows.n;
		sp y0 = c.y = band_grid(f->p->l->theme, c.y + put_space_before(f, &c, i));

		if (b->margin.n > 0 && y0 + b->margin.height > beside)
			beside = y0 + b->margin.height;
		for (int k = 0; k < n; k++) {
			struct placed pl = { .block = i, .y = c.y, .first = k == 0, .where = where, .next = { -1, 0, 0 } };

			if (b->kind == BLOCK_PAR)
				pl.line = b->natural.v[k];
			else
				pl.row = &b->rows.v[k];
			if (t != NULL) {
				VEC_ROOM(t->v, t->n, t->cap, 1);
				t->v[t->n++] = pl;
			}
			c.y += b->kind == BLOCK_PAR ? b->style->leading : b->rows.v[k].advance;
		}
		c.y = y0 + (c.y - y0 + unit - 1) / unit * unit;
		c.prev = i;
		c.rows++;
	}
	return c.y > beside ? c.y : y + (beside - y + unit - 1) / unit * unit;
}

sp float_height(struct paginator *p, int insert)
{
	struct filler f = filler_of(p);
	sp top = style_line_y(p->l->theme, p->l->theme->page.first_line);

	return float_walk(&f, insert, top, NULL, IN_TEXT) - top;
}

/* text: the lowest baseline that text may have above it. */
void float_record_foot(struct filler *f, int insert, sp text)
{
	const struct theme *t = f->p->l->theme;
	sp y = band_grid(t, text + float_gap(f) + SP_ONE / 100);

	float_walk(f, insert, y, f->record, AT_FOOT);
}

/* A float put off stands at the top of this step: one that spans the columns waits for a page. */
bool float_is_here(const struct filler *f)
{
	return f->s->pending >= 0 && (!f->p->g->v[f->p->g->inserts[f->s->pending].first].span ||
	                              (f->s->band.column == 0 && !f->s->band.below));
}

void float_put(struct filler *f, struct cursor *c)
{
	const struct insert *in = &f->p->g->inserts[f->s->pending];

	c->y += in->height + float_gap(f);
	c->prev = in->last;
	c->rows = 1;
	c->side = (struct side){ c->y, c->y, true };
}
