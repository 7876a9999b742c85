/* Ends of a page in the making, and what they leave to the next: see fill.c. */
#include <string.h>

#include "base/mem.h"
#include "layout/filler.h"

static const struct block *block_of(const struct filler *f, int block)
{
	return &f->p->g->v[block];
}

static bool has_columns(const struct filler *f)
{
	return f->p->l->theme->cols.n > 1;
}

int64_t pageend_blank(int64_t rows)
{
	return PRICE_SLACK * rows * rows + (rows > SLACK_MUCH ? PRICE_SLACK_MUCH : 0);
}

/* What is known of a float put off at a page's end: the next page must still belong to its section. */
static bool may_put_off(const struct filler *f, const struct cursor *c, struct position next)
{
	const struct insert *in;

	if (c->pending < 0)
		return true;
	in = &f->p->g->inserts[c->pending];
	return next.block < (int)f->p->g->n && next.block <= in->section_last + 1 && next.block > in->last &&
	       !(next.cand == 0 && next.row == 0 && block_of(f, next.block)->new_page);
}

/* A long page's search drops deep holes at the foot if it can end otherwise. */
void pageend_drop_holes(struct fill *out)
{
	size_t n = 0;
	bool others = false;

	for (size_t i = 0; i < out->n && !others; i++) {
		const struct end *e = &out->v[i];

		others = (e->slack <= SLACK_MUCH || e->closes) && e->cost + e->cut + e->blank + e->hint < PRICE_SLACK_MUCH;
	}
	for (size_t i = 0; i < out->n && others; i++) {
		const struct end *e = &out->v[i];

		if (e->slack <= SLACK_MUCH || e->closes)
			out->v[n++] = *e;
	}
	if (others)
		out->n = n;
}

/* How far a row reaches below its baseline: pictures do. */
static sp low_of(const struct placed *pl)
{
	return pl->row != NULL && pl->row->below > 0 ? pl->row->below : 0;
}

/* The step ends behind a block: may its band end there, and where does the next one begin? */
static void close_band(const struct filler *f, const struct cursor *c, const struct placed *pl, struct end *e)
{
	const struct galley *g = f->p->g;
	struct cursor behind = *c;

	e->closes = e->ends || e->opens ||
	            (e->next.cand == 0 && e->next.row == 0 && e->next.block != f->s->pos.block && g->v[e->next.block].span != f->spans);
	if (!e->closes || e->opens || pl->behind == 0)
		return;
	behind.prev = pl->block;
	behind.rows = 1;
	e->space = e->ends ? 0 : put_space_before(f, &behind, e->next.block);
	e->behind = band_grid(f->p->l->theme, pl->behind + e->space);
	e->keep = g->v[pl->block].heading ? g->v[pl->block].style->keep_next : 0;
}

static void copy_held(const struct cursor *c, struct note_part *to)
{
	int n = c->n_held;

	for (const struct parts *p = c->held; p != NULL; p = p->before)
		to[--n] = p->part;
}

/* Of one of the way's shares: *e is what all have. */
static void add_share(struct filler *f, const struct cursor *c, const struct share *s, const struct end *e)
{
	int64_t cost = s->cost + e->cost;
	struct end *new;

	if (cost + (has_columns(f) ? 0 : e->cut + e->blank) >= f->most[s->start])
		return; /* most ends of an exact search go here */
	VEC_ROOM(f->out->v, f->out->n, f->out->cap, 1);
	new = &f->out->v[f->out->n++];
	*new = *e;
	new->start = s->start;
	new->cost = cost;
	new->path = ways_path(f, c->path, s->path);
	if (s->quote_y > 0)
		new->quote_y = s->quote_y;
}

void pageend_add(struct filler *f, const struct cursor *c, const struct placed *pl, struct prices price, const struct called *k)
{
	const struct galley *g = f->p->g;
	const struct position next = pl->next;
	const sp limit = foot_limit(f, c), y = pl->y + low_of(pl);
	bool ends = next.block >= (int)g->n, opens = !ends && next.cand == 0 && next.row == 0 && g->v[next.block].new_page;
	int64_t slack = limit > y ? (limit - y) / f->unit : 0, cost, blank = 0;
	struct note_part *later;
	struct end e;

	if (f->quote != NULL && (f->q == NULL || pl->y < f->quote_bottom || f->quote_bottom > limit || !c->anchored))
		return;
	if (!may_put_off(f, c, next) || (c->pending >= 0 && f->n_base_later + c->n_held + k->n_later > 0))
		return; /* the next page has a float or a note's rest to begin with, not both */
	cost = c->cost + k->n_late * PRICE_NOTE_LATE + (k->n_later > 0 ? PRICE_NOTE_SPLIT : 0) + charge_notes(f, c);
	if (ends || opens) /* nothing is parted where the page must end */
		price.end = 0;
	else
		blank = pageend_blank(slack);
	if (cost + (has_columns(f) ? 0 : price.end + blank) >= f->room)
		return;
	e = (struct end){ .next = next, .y = y, .limit = limit, .pending = c->pending, .column = c->column, .quote_y = c->quote_y,
		          .full_foot = c->n_parts > 0 || c->foot >= 0, .ends = ends, .opens = opens, .slack = (int)slack, .cost = cost,
		          .cut = price.end, .blank = blank, .hint = price.hint };
	close_band(f, c, pl, &e);
	e.n_waiting = c->n_held;
	for (int i = 0; i < f->n_base_later; i++)
		e.n_waiting += f->base_later[i].from == 0;
	e.n_later = f->n_base_later + c->n_held + k->n_later;
	if (e.n_later > 0) {
		later = arena_array(f->a, (size_t)e.n_later, sizeof *later);
		if (f->n_base_later > 0)
			memcpy(later, f->base_later, (size_t)f->n_base_later * sizeof *later);
		copy_held(c, later + f->n_base_later);
		if (k->n_later > 0)
			memcpy(later + f->n_base_later + c->n_held, k->later, (size_t)k->n_later * sizeof *later);
		e.later = later;
	}
	for (const struct share *s = c->shares; s != NULL; s = s->next)
		add_share(f, c, s, &e);
}
