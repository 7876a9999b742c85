/* What the rows of a page, and its end behind one of them, cost as far as that page alone decides. The prices: price.h. */
#include "layout/filler.h"

int64_t charge_notes(const struct filler *f, const struct cursor *c)
{
	const struct theme *t = f->p->l->theme;
	sp most = (sp)(t->page.last_line - t->page.first_line + 1) * t->page.unit / 3;

	return c->notes_height > most ? (c->notes_height - most + t->page.unit - 1) / t->page.unit * PRICE_NOTES_ROW : 0;
}

int64_t charge_box(const struct filler *f, const struct cursor *c, const struct block *b, bool last)
{
	const struct box *box = b->box;
	const struct theme *t = f->p->l->theme;
	int64_t price = PRICE_BOX;

	if (box == NULL || last)
		return 0;
	if (box->kind == BOX_SIDEBAR && box->lines <= t->sidebar.whole_lines) {
		/* dearer than the largest hole that moving the whole box may leave (HS-39) */
		int64_t hole = (int64_t)(t->page.last_line - t->page.first_line + 1) * t->sidebar.whole_loss / 1000;

		price = PRICE_SLACK * hole * hole + PRICE_SLACK_MUCH;
	}
	if (c->box_rows < t->sidebar.least_lines || box->lines - c->box_rows < t->sidebar.least_lines)
		price += PRICE_BOX_SHORT;
	/* what stands in its margin does not go on on the next page */
	if (box->margin_notes || c->box_rows * t->page.unit < f->p->g->v[box->first].margin.height)
		price += PRICE_NEVER;
	return price;
}

/* A heading keeps with `keep_next` lines of what follows; with two at the very least. */
int64_t charge_heading(const struct cursor *c)
{
	return c->since_heading < 2 ? PRICE_AFTER_HEADING : c->since_heading < c->keep ? PRICE_NEAR_HEADING : 0;
}

/* Orphans are paid here; a widow's lines are counted on the next page, where they may be broken anew. */
struct prices charge_line(const struct filler *f, const struct block *b, const struct broken *br, int i, uint32_t cand)
{
	int before = i + 1, left = br->n - 1 - i;
	uint8_t kind = br->v[i].end;
	struct prices price = { 0, 0 };

	if (b->heading)
		return (struct prices){ PRICE_NEVER, 0 };
	if (left == 0)
		return (struct prices){ (int64_t)b->price * POINT, 0 };
	if (cand == 0 && before <= b->style->orphans)
		price.end += before < b->style->orphans ? PRICE_WIDOW : PRICE_SHORT_WIDOW;
	if (left <= b->style->widows)
		price.hint += left < b->style->widows ? PRICE_WIDOW : PRICE_SHORT_WIDOW;
	if (kind == BREAK_HYPHEN || kind == BREAK_OWN_HYPHEN)
		price.end += f->s->recto && f->s->band.column + 1 >= f->p->l->theme->cols.n ? PRICE_HYPHEN_RECTO : PRICE_HYPHEN_VERSO;
	price.end += b->keep_together ? PRICE_WIDOW : 0;
	return price;
}

/* What a line costs for how it is set: a paragraph's extra cost for its number of lines, spread over them; and in one that
 * a quote stands beside, what the line breaker says beyond the ordinary. */
int64_t charge_set(const struct broken *br, const struct broken *natural, int i)
{
	int64_t extra = br->cost > natural->cost ? (br->cost - natural->cost) / (LINE_COSTS_A_POINT / POINT) / br->n : 0, narrow = 0;

	if (extra > PRICE_LINE_MOST)
		extra = PRICE_LINE_MOST;
	if (br->v[i].beside && br->v[i].cost > NARROW_FREE)
		narrow = (br->v[i].cost - NARROW_FREE) / (LINE_COSTS_A_POINT / POINT);
	return extra + (narrow < PRICE_LINE_MOST ? narrow : PRICE_LINE_MOST);
}
