/* One block of a page in the making: put on a way in each way it can be, beside the page's quote or not, with its notes; or left out
 * of it, if it may stand elsewhere. See fill.c. */
#include <limits.h>
#include <string.h>

#include "base/mem.h"
#include "layout/filler.h"

static const struct block *block_of(const struct filler *f, int block)
{
	return &f->p->g->v[block];
}

static void note_path(struct filler *f, struct cursor *c, int block, int more)
{
	struct path *p = ARENA_NEW(f->a, struct path);

	*p = (struct path){ c->path, block, more };
	c->path = p;
}

/* What a choice says about a block; 0: nothing. */
static int chosen(const struct filler *f, int block)
{
	for (const struct path *p = f->choice->path; p != NULL; p = p->before) {
		if (p->block == block && p->more != MORE_NOTES_FOOT)
			return p->more;
	}
	return 0;
}

static bool chosen_notes(const struct filler *f, int block)
{
	const struct path *p = f->choice->path;

	while (p != NULL && (p->block != block || p->more != MORE_NOTES_FOOT))
		p = p->before;
	return p != NULL;
}

static bool is_last_column(const struct filler *f)
{
	return f->s->band.column + 1 >= f->p->l->theme->cols.n;
}

/* ---- the record ------------------------------------------------------------------------------------------ */

void put_record_notes(struct filler *f, const struct cursor *c)
{
	struct trial *t = f->record;
	size_t n = (size_t)c->n_parts;

	VEC_ROOM(t->notes, t->n_notes, t->cap_notes, n);
	t->n_notes = n;
	for (const struct parts *p = c->parts; p != NULL; p = p->before)
		t->notes[--n] = p->part;
	VEC_ROOM(t->sides, t->n_sides, t->cap_sides, (size_t)c->n_sides);
	n = t->n_sides = (size_t)c->n_sides;
	for (const struct side_parts *p = c->sides; p != NULL; p = p->before)
		t->sides[--n] = p->note;
}

/* The last quote that a choice sets across the column; -1: none. */
static int chosen_column(const struct filler *f)
{
	for (const struct path *p = f->choice->path; p != NULL; p = p->before) {
		if (p->more == MORE_IN_COLUMN)
			return f->p->g->inserts[f->p->g->v[p->block].insert - 1].quote;
	}
	return -1;
}

static void take_record(struct filler *f, const struct cursor *c, const struct placed *pl)
{
	struct trial *t = f->record;

	VEC_ROOM(t->v, t->n, t->cap, 1);
	t->v[t->n++] = *pl;
	if (pl->head || !same_position(pl->next, f->choice->next) || c->column != chosen_column(f))
		return;
	f->reached = true;
	put_record_notes(f, c);
	if (c->foot >= 0)
		float_record_foot(f, c->foot, foot_limit(f, c));
}

enum put {
	PUT_OK,
	PUT_FULL, /* not on this page */
	PUT_LAST, /* on it, and nothing after it */
	PUT_NEVER /* beside a quote that it must not touch */
};

/* ---- rows ------------------------------------------------------------------------------------------------------- */

static enum put put_row(struct filler *f, struct cursor *c, const struct placed *pl, sp below, const struct node *const *notes,
                        int n, struct prices price)
{
	const struct block *b = block_of(f, pl->block);
	bool opens = c->rows == 0 && band_is_full_page(f->p, &f->s->band), forced = false;
	sp reach = pl->y + below;
	struct called k = { .n_later = 0 };
	const struct node **foot;

	if (f->q != NULL && runaround_forbids(f, c, pl, b, below))
		return PUT_NEVER;
	if (reach > foot_limit(f, c) && !opens)
		return PUT_FULL;
	if ((pl->row != NULL || b->margin.n > 0) && !beside_hang(f, c, pl, b) && !opens)
		return PUT_FULL;
	if (beside_any(f) && !beside_fixed(f, c, pl, b) && !opens)
		return PUT_FULL;
	if (beside_any(f) && n > 0) {
		n = beside_notes(f, c, notes, n, pl->y, &foot);
		notes = foot;
	}
	if (f->spans && n > 0) /* for the foot of a column below */
		foot_hold(f, c, notes, n);
	else if (n > 0 && !foot_call(f, c, notes, n, reach, &k)) {
		if (!opens)
			return PUT_FULL;
		foot_force(f, c, notes, n, reach, &k);
		forced = true;
	}
	if (c->foot >= 0 && !beside_clear(f, c) && !opens)
		return PUT_FULL;
	if (pl->head) {
		if (f->record != NULL)
			take_record(f, c, pl);
		return PUT_OK;
	}
	c->rows++;
	if (f->record != NULL)
		take_record(f, c, pl);
	else
		pageend_add(f, c, pl, price, &k);
	return f->reached || forced || k.n_later > 0 || (c->cost >= f->room && !f->looks_out) ? PUT_LAST : PUT_OK;
}

static bool is_last_in_box(const struct block *b, int block, bool last_row)
{
	return b->box == NULL || (last_row && block == b->box->last);
}

/* ---- blocks -------------------------------------------------------------------------------------------------- */

/* The block behind one that ends; quotes that nothing follows on their page are not begun on the next. */
static int block_behind(const struct filler *f, int block)
{
	const struct galley *g = f->p->g;
	int next = block + 1;

	while (next < (int)g->n && g->v[next].insert > 0 && g->inserts[g->v[next].insert - 1].kind == INSERT_QUOTE)
		next++;
	return next >= (int)g->n || g->v[next].new_page ? next : block + 1;
}

/* How many of a paragraph's first lines are no end of the page worth looking at, because they stand too high on it, and call
 * no notes: they need not be put one by one. */
static int lines_on_top(const struct filler *f, const struct cursor *c, int block, const struct broken *br)
{
	const struct block *b = block_of(f, block);
	sp leading = b->style->leading, limit = foot_limit(f, c);
	bool may_end = f->quote == NULL || (f->q != NULL && c->anchored && f->quote_bottom <= limit);
	int64_t room = f->room - c->cost;
	int n = br->n;
	const struct node **notes;

	if (!f->glances || b->margin.n > 0 || f->room == INT64_MAX || !runaround_minds_not(f, b, block, c->y, c->y + (n - 1) * leading))
		return 0;
	if (n > (limit - c->y) / leading + 1)
		n = limit < c->y ? 0 : (int)((limit - c->y) / leading) + 1;
	if (may_end) {
		int next = block_behind(f, block);

		if (n == br->n && (next >= (int)f->p->g->n || block_of(f, next)->new_page))
			n--;
		while (n > 0 && c->y + (n - 1) * leading >= f->quote_bottom && (!b->heading || room > PRICE_NEVER) &&
		       pageend_blank((limit - c->y - (n - 1) * leading) / f->unit) < room)
			n--;
	}
	for (int i = 0; i < n && b->par->n_calls > 0 && !(b->box != NULL && b->box->margin_notes); i++) {
		if (par_notes(b->par, br->v[i].from, br->v[i].to, &notes) > 0)
			n = i;
	}
	return n;
}

/* Line i of those a paragraph is broken into from cand on, at pl->y. */
static enum put put_line(struct filler *f, struct cursor *c, const struct broken *br, int i, uint32_t cand, struct placed *pl)
{
	const struct block *b = block_of(f, pl->block);
	bool last = i + 1 == br->n, in_margin = b->box != NULL && b->box->margin_notes; /* not called at the foot */
	const struct node **notes = NULL;
	int n = b->par->n_calls > 0 && !in_margin ? par_notes(b->par, br->v[i].from, br->v[i].to, &notes) : 0;
	struct prices price = charge_line(f, b, br, i, cand);

	pl->line = br->v[i];
	pl->first = i == 0 && cand == 0;
	pl->next = last ? (struct position){ block_behind(f, pl->block), 0, 0 } : (struct position){ pl->block, br->v[i].to, 0 };
	if (!b->heading)
		c->since_heading++;
	c->box_rows += b->box != NULL;
	price.end += charge_heading(c) + charge_box(f, c, b, is_last_in_box(b, pl->block, last));
	return put_row(f, c, pl, 0, notes, n, price);
}

/* True if the paragraph is wholly on the page, and the cursor stands behind it. charged: see struct variants. */
static bool put_par(struct filler *f, struct cursor *c, int block, uint32_t cand, const struct broken *br, const int64_t *charged)
{
	const struct block *b = block_of(f, block);
	sp leading = b->style->leading, y0 = c->y, behind = y0 + (br->n * leading + f->unit - 1) / f->unit * f->unit;
	int top;

	if (runaround_barred(f, b, block, y0) < br->n) /* and above the quote the page cannot end */
		return false;
	if (cand > 0 && br->n <= b->style->widows)
		c->cost += br->n < b->style->widows ? PRICE_WIDOW : PRICE_SHORT_WIDOW;
	top = lines_on_top(f, c, block, br);
	if (charged != NULL)
		c->cost += charged[top];
	c->since_heading += b->heading ? 0 : top;
	c->box_rows += b->box != NULL ? top : 0;
	c->rows += top;
	if (top > 0 && c->cost >= f->room && !f->looks_out)
		return false;
	for (int i = top; i < br->n; i++) {
		struct placed pl = { .block = block, .y = y0 + i * leading, .behind = i + 1 == br->n ? behind : 0 };

		if (charged != NULL)
			c->cost += charged[i + 1] - charged[i];
		if (put_line(f, c, br, i, cand, &pl) != PUT_OK)
			return false;
	}
	if (b->heading) {
		c->since_heading = 0;
		c->keep = b->style->keep_next;
	}
	c->y = behind;
	return true;
}

static bool put_rows(struct filler *f, struct cursor *c, int block, int from)
{
	const struct block *b = block_of(f, block);
	sp unit = f->unit, y0;

	if (from > 0 && b->head.n > 0) { /* the head again, on top of the page or under a float that was put off to it */
		for (int i = 0; i < b->head.n; i++) {
			struct placed pl = { .block = block, .y = c->y, .row = &b->head.v[i], .head = true, .next = { block, 0, from } };

			put_row(f, c, &pl, b->head.v[i].below, NULL, 0, (struct prices){ 0, 0 });
			c->y += b->head.v[i].advance;
		}
	}
	y0 = c->y;
	for (int i = from; i < b->rows.n; i++) {
		const struct row *row = &b->rows.v[i];
		bool last = i + 1 == b->rows.n;
		struct placed pl = { .block = block, .y = c->y, .row = row, .first = i == 0,
			             .behind = last ? y0 + (c->y + row->advance - y0 + unit - 1) / unit * unit : 0,
			             .next = last ? (struct position){ block_behind(f, block), 0, 0 } : (struct position){ block, 0, i + 1 } };
		int64_t after = last && b->price > row->price ? b->price : row->price;
		struct prices price = { row->keep ? PRICE_NEVER / 2 : after * POINT, 0 };

		c->since_heading++;
		c->box_rows += b->box != NULL;
		price.end += charge_heading(c) + charge_box(f, c, b, is_last_in_box(b, block, last));
		if (put_row(f, c, &pl, row->below > 0 ? row->below : 0, row->notes,
		            b->box != NULL && b->box->margin_notes ? 0 : row->n_notes, price) != PUT_OK)
			return false;
		c->y += row->advance;
	}
	c->y = y0 + (c->y - y0 + unit - 1) / unit * unit;
	return true;
}

sp put_space_before(const struct filler *f, const struct cursor *c, int block)
{
	const struct block *b = block_of(f, block), *prev = c->prev >= 0 ? block_of(f, c->prev) : NULL;
	sp unit = f->unit;

	if (c->rows == 0 && b->new_page && b->sink > 0)
		return b->sink;
	if (c->rows == 0) { /* at the page top: only what a box's bar and its air need */
		if (b->box != NULL && b->box->kind == BOX_SIDEBAR && block == b->box->first)
			return b->before - unit;
		if (b->kind == BLOCK_ROWS && b->rows.n > 0 && b->rows.v[0].above > unit) /* what reaches up has to fit under the head */
			return (b->rows.v[0].above - 1) / unit * unit;
		return b->box != NULL && block == b->box->first ? unit : 0;
	}
	if (prev != NULL && b->box != NULL && prev->box != NULL && b->box != prev->box && b->box->kind == BOX_SIDEBAR)
		return b->before + unit;
	if (prev != NULL && prev->heading && b->box == NULL)
		return b->kind == BLOCK_ROWS && b->before > unit / 2 ? unit / 2 : prev->after;
	return prev != NULL && prev->after > b->before ? prev->after : b->before;
}

static void enter_block(struct filler *f, struct cursor *c, int block)
{
	const struct block *b = block_of(f, block);

	if (c->rows > 0 || !f->s->band.below || f->s->band.column > 0) /* else the band's top has it */
		c->y += put_space_before(f, c, block);
	if (!b->off_grid)
		c->y = band_grid(f->p->l->theme, c->y);
	c->y = beside_hanging(f, c, block, c->y);
	if (b->box != NULL && block == b->box->first)
		c->box_rows = 0;
	if (b->heading && b->box == NULL && c->rows > 0 && c->since_heading != 0 &&
	    c->y - b->before - f->s->band.top < LEAST_BEFORE_HEADING * f->unit)
		c->cost += PRICE_LOW_HEADING;
}

static void leave_block(const struct filler *f, struct cursor *c, int block)
{
	const struct block *b = block_of(f, block);

	c->prev = block;
	c->notes_down = false;
	c->cand = 0;
	c->row = 0;
	if (b->box == NULL || b->box->last == block)
		c->box_rows = 0;
}

/* The watched quote's paragraph. */
static void see_anchor(struct filler *f, const struct cursor *c, sp top, sp bottom)
{
	for (const struct share *s = c->shares; s != NULL; s = s->next) {
		struct seen *seen = &f->out->seen[s->start];

		if (seen->anchor_top == 0) {
			seen->anchor_top = top;
			seen->anchor_bottom = bottom;
		}
	}
	f->looks_out = false;
}

/* The paragraph that a quote is drawn from has been set between top and bottom: how far off is the quote? */
static void pass_anchor(struct filler *f, struct cursor *c, int block, sp top, sp bottom)
{
	if (f->looks_out && block == f->p->g->quotes[f->o->watch].anchor)
		see_anchor(f, c, top, bottom);
	if (f->quote == NULL || block != f->quote->anchor)
		return;
	c->anchored = true;
	c->anchor_top = top;
	c->anchor_bottom = bottom;
	if (f->q != NULL)
		c->cost += runaround_distance(f, c);
}

struct try_how {
	bool split;      /* another way like this waits for the quote */
	bool notes_down;
};

/* Broken so. False: no way of its own, since the way that waits for the quote has it. */
static bool try_lines(struct filler *f, const struct cursor *from, struct position pos, const struct variants *lines, int v,
                      const struct try_how *how, struct ways *next)
{
	const struct block *b = block_of(f, pos.block);
	const struct broken *br = lines->v[v + 1];
	sp clear = f->quote != NULL ? runaround_clear_of_lines(f, b, from->y, br->n, lines->v[1]->n) : 0;
	struct cursor c;

	if (from->quote_y >= clear && how->split)
		return false;
	c = *from;
	c.notes_down = how->notes_down;
	if (v != 0)
		note_path(f, &c, pos.block, v);
	if (c.notes_down)
		note_path(f, &c, pos.block, MORE_NOTES_FOOT);
	pass_anchor(f, &c, pos.block, c.y, c.y + (br->n - 1) * b->style->leading);
	if (put_par(f, &c, pos.block, pos.cand, br, lines->charged[v + 1])) {
		leave_block(f, &c, pos.block);
		runaround_wait(f, &c, clear);
		ways_add(f, next, &c);
	}
	return true;
}

/* The paragraph in its natural number of lines, one more, one less. split: see struct try_how. */
static void try_par(struct filler *f, const struct cursor *from, struct position pos, bool split, struct ways *next)
{
	static const int more[] = { 0, 1, -1 };
	const struct block *b = block_of(f, pos.block);
	const struct par_start at = { pos.block, from->prev, pos.cand };
	struct measure m = variant_measure(f->p, &at, from->y, f->q, f->quote_y, f->quote_bottom);
	bool notes = beside_any(f) && b->par->n_calls > 0, down = notes && f->record == NULL && beside_soon(f, pos.block);
	bool chosen_down = notes && f->record != NULL && chosen_notes(f, pos.block);
	int barred = runaround_barred(f, b, pos.block, from->y); /* need not be broken beside the quote, if it must come down to it */
	struct variants lines;

	if (barred < INT_MAX && barred < variant_least(f->p, pos.block, pos.cand, &m))
		return;
	lines = variant_breaks(f->p, pos.block, pos.cand, &m);
	for (int i = 0; i < (down ? 6 : 3) && lines.v[1] != NULL; i++) {
		int v = f->record != NULL ? chosen(f, pos.block) : more[i % 3];
		const struct try_how how = { split, i >= 3 || chosen_down };

		if (lines.v[v + 1] != NULL ? !try_lines(f, from, pos, &lines, v, &how, next) : split)
			continue;
		if (f->record != NULL || (!b->plain_text && !down))
			break;
		if (!b->plain_text) /* in its natural lines alone: with the notes at the foot, too */
			i += 2;
	}
}

static bool rows_call(const struct block *b)
{
	for (int i = 0; i < b->rows.n; i++) {
		if (b->rows.v[i].n_notes > 0)
			return true;
	}
	return false;
}

static void try_rows(struct filler *f, const struct cursor *from, struct position pos, struct ways *next)
{
	bool notes = beside_any(f) && rows_call(block_of(f, pos.block)), again = notes && f->record == NULL && beside_soon(f, pos.block);

	for (int down = notes && f->record != NULL && chosen_notes(f, pos.block); down < 2; down++) {
		struct cursor c = *from;

		c.notes_down = down > 0;
		if (c.notes_down)
			note_path(f, &c, pos.block, MORE_NOTES_FOOT);
		if (put_rows(f, &c, pos.block, pos.row)) {
			leave_block(f, &c, pos.block);
			if (f->quote != NULL)
				runaround_wait(f, &c, runaround_clear_of_rows(f, block_of(f, pos.block), from->y, pos.row));
			ways_add(f, next, &c);
		}
		if (!again)
			break;
	}
}

static void put_block(struct filler *f, struct cursor *c, struct position pos, bool split, struct ways *next)
{
	const struct block *b = block_of(f, pos.block);

	runaround_aim(f, c);
	f->p->n_put += c->n_shares;
	if (b->kind == BLOCK_PAR) {
		try_par(f, c, pos, split, next);
		return;
	}
	pass_anchor(f, c, pos.block, c->y, c->y + b->rows.height);
	try_rows(f, c, pos, next);
}

/* A way that waits splits, for all lines that this block, placed without the quote, would mind. */
static void split_at(struct filler *f, const struct cursor *from, struct position pos, struct ways *next)
{
	const struct block *b = block_of(f, pos.block);
	const struct fill_options *o = f->o;
	sp y = o->quote_y, clear;

	if (b->kind == BLOCK_PAR) {
		const struct par_start at = { pos.block, from->prev, pos.cand };
		struct measure m = variant_measure(f->p, &at, from->y, NULL, 0, 0);
		const struct broken *natural = variant_break(f->p, pos.block, pos.cand, &m, 0);

		clear = natural != NULL ? runaround_clear_of_lines(f, b, from->y, natural->n + b->plain_text, natural->n) : 0;
	} else {
		clear = runaround_clear_of_rows(f, b, from->y, pos.row);
	}
	if (y < from->quote_from)
		y += (from->quote_from - y + o->quote_step - 1) / o->quote_step * o->quote_step;
	for (; y < clear && y <= o->quote_last; y += o->quote_step) {
		struct cursor c = *from;

		runaround_set(f, &c, y);
		put_block(f, &c, pos, true, next);
	}
}

static void try_block(struct filler *f, const struct cursor *from, struct position pos, struct ways *next)
{
	struct cursor c = *from, before;

	/* a float put off, or at the foot, is not left behind by its section */
	if (c.pending >= 0 && pos.block > f->p->g->inserts[c.pending].section_last)
		return;
	if (c.foot >= 0 && pos.block > f->p->g->inserts[c.foot].section_last && f->p->g->inserts[c.foot].last >= f->s->pos.block)
		return;
	if (pos.cand == 0 && pos.row == 0)
		enter_block(f, &c, pos.block);
	before = c;
	put_block(f, &c, pos, false, next);
	if (ways_waits(f, &before))
		split_at(f, &before, pos, next);
}

/* ---- inserts ------------------------------------------------------------------------------------------------- */

/* The insert that begins at a block: the ways it goes otherwise than in place stand behind it. True: in place, too. */
static bool try_insert(struct filler *f, const struct cursor *from, int insert, struct ways *behind)
{
	const struct insert *in = &f->p->g->inserts[insert];
	int told = f->record != NULL ? chosen(f, in->first) : 0;
	bool span = block_of(f, in->first)->span;
	struct cursor c = *from;

	if (in->kind == INSERT_QUOTE) {
		int turn = c.column >= 0 ? c.column + 1 : f->o->quote >= 0 ? f->o->quote + 1 : f->s->quote;
		bool here = f->record != NULL ? told == MORE_IN_COLUMN : f->o->column && turn == in->quote;

		if (f->record == NULL || !here)
			ways_add(f, behind, &c);
		return here;
	}
	if (f->spans) /* where it stands, or not at all */
		return true;
	if (f->record != NULL ? told == MORE_FOOT : !span && c.foot < 0 && c.pending < 0 && c.rows > 0) {
		c.foot = insert;
		c.reserved = in->height + float_gap(f);
		c.cost += PRICE_FLOAT_FOOT;
		note_path(f, &c, in->first, MORE_FOOT);
		if (beside_clear(f, &c))
			ways_add(f, behind, &c);
	}
	c = *from;
	if (f->record != NULL ? told == MORE_NEXT : c.pending < 0 && c.rows > 0) {
		c.pending = insert;
		c.cost += f->s->recto && (span || is_last_column(f)) ? PRICE_FLOAT_TURNED : PRICE_FLOAT_NEXT;
		note_path(f, &c, in->first, MORE_NEXT);
		ways_add(f, behind, &c);
	}
	if (span)
		return false; /* not in a column */
	/* floats keep their order */
	return f->record != NULL ? told != MORE_FOOT && told != MORE_NEXT : from->foot < 0 && from->pending < 0;
}

/* ---- a way ------------------------------------------------------------------------------------------------------ */

/* Until the watched quote's paragraph is found a way that is too dear
 * goes on: with the quote beside it, lines above may be cheaper, such as a widow that becomes two lines. */
void put_aim(struct filler *f, const struct cursor *c)
{
	f->room = 0;
	f->looks_out = false;
	for (const struct share *s = c->shares; s != NULL; s = s->next) {
		int64_t most = f->most[s->start], room = most == INT64_MAX ? most : most - s->cost;

		f->room = room > f->room ? room : f->room;
		f->looks_out = f->looks_out || (f->o->watch >= 0 && f->out->seen[s->start].anchor_top == 0);
	}
}

void put_way(struct filler *f, const struct cursor *from, int block, struct ways *next, struct ways *behind)
{
	const struct block *b = block_of(f, block);
	const struct insert *in = b->insert > 0 ? &f->p->g->inserts[b->insert - 1] : NULL;
	bool begins = from->cand == 0 && from->row == 0, at_insert = in != NULL && begins && in->first == block;
	bool in_place = b->span == f->spans;
	struct cursor c = *from;

	if ((begins && b->new_page && c.rows > 0) || (ways_waits(f, from) && from->quote_from > f->o->quote_last))
		return; /* no line is left for the quote */
	put_aim(f, &c);
	if (at_insert)
		in_place = try_insert(f, from, b->insert - 1, behind);
	if (in_place && at_insert && in->kind == INSERT_QUOTE) {
		c.cost += PRICE_IN_COLUMN;
		c.column = in->quote;
		note_path(f, &c, in->first, MORE_IN_COLUMN);
	}
	if (in_place)
		try_block(f, &c, (struct position){ block, c.cand, c.row }, next);
}

