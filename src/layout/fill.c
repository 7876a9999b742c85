/* All ends of one page, or of several at once: see page.h. What a way does with one block: put.c. */
#include <string.h>

#include "base/mem.h"
#include "layout/filler.h"

enum { FAR = 99 };

void trial_free(struct trial *t)
{
	mem_free(t->v);
	mem_free(t->notes);
	mem_free(t->sides);
	memset(t, 0, sizeof *t);
}

static const struct block *block_of(const struct filler *f, int block)
{
	return &f->p->g->v[block];
}

static bool has_columns(const struct filler *f)
{
	return f->p->l->theme->cols.n > 1;
}

/* Nothing but that float, and perhaps notes. */
static void end_alone(struct filler *f, const struct cursor *c)
{
	struct placed pl = { .next = f->s->pos, .y = c->y - float_gap(f) - f->unit };
	struct called none = { .n_later = 0 };

	if (f->record == NULL) {
		if (f->quote == NULL)
			pageend_add(f, c, &pl, (struct prices){ 0, 0 }, &none);
	} else if (same_position(f->choice->next, f->s->pos)) {
		put_record_notes(f, c);
		f->reached = true;
	}
}

/* ---- the page ------------------------------------------------------------------------------------------- */

/* Only notes are left of the document. */
static void fill_notes(struct filler *f, const struct cursor *c)
{
	struct placed pl = { .next = f->s->pos, .y = f->s->band.top - f->unit };
	struct called none = { .n_later = 0 };

	if (f->record == NULL)
		pageend_add(f, c, &pl, (struct prices){ 0, 0 }, &none);
	else
		put_record_notes(f, c);
}

/* What comes next is too tall for a band that is not a whole page. */
static void fill_nothing(struct filler *f, const struct cursor *c)
{
	struct placed pl = { .next = f->s->pos, .y = f->s->band.top - f->unit };
	struct called none = { .n_later = 0 };

	if (f->record == NULL) {
		pageend_add(f, c, &pl, (struct prices){ 0, 0 }, &none);
	} else {
		put_record_notes(f, c);
		f->reached = true;
	}
}

static void swap(struct ways *a, struct ways *b)
{
	struct ways t = *a;

	*a = *b;
	*b = t;
}

/* Pages in the making: all ways to stand before a block. */
struct making {
	struct ways now, next, behind; /* behind: past an insert that they do not have in its place */
	struct cursor *first;          /* of each start; n_shares 0: it has no page */
	int begun;
};

/* Another band begins with this block, unless it may stand elsewhere. */
static bool parts_bands(const struct filler *f, const struct making *m, int block)
{
	const struct block *b = block_of(f, block);
	bool begins = m->now.n == 0 || (m->now.v[0].cand == 0 && m->now.v[0].row == 0);
	bool at_insert = b->insert > 0 && f->p->g->inserts[b->insert - 1].first == block && begins;

	return b->span != f->spans && m->behind.n == 0 && (f->spans || !at_insert);
}

static void begin_at(struct filler *f, struct making *m, int block)
{
	for (; m->begun < f->n_starts && f->starts[m->begun].pos.block == block; m->begun++) {
		if (m->first[m->begun].n_shares > 0)
			ways_begin(f, &m->now, &m->first[m->begun]);
	}
}

/* The rest of the pages, block by block. */
static void fill_blocks(struct filler *f, struct making *m)
{
	const struct galley *g = f->p->g;

	for (int block = f->s->pos.block; block < (int)g->n && !f->reached; block++) {
		const struct block *b = &g->v[block];

		begin_at(f, m, block);
		if ((m->now.n == 0 && m->behind.n == 0 && m->begun == f->n_starts) || parts_bands(f, m, block))
			break;
		ways_clear(f, &m->next, block + 1);
		for (size_t i = 0; i < m->now.n && !f->reached; i++)
			put_way(f, &m->now.v[i], block, &m->next, &m->behind);
		if (b->insert > 0 && g->inserts[b->insert - 1].last == block) {
			for (size_t i = 0; i < m->behind.n; i++)
				ways_add(f, &m->next, &m->behind.v[i]);
			ways_clear(f, &m->behind, -1);
		}
		swap(&m->now, &m->next);
	}
}

/* What stands on a page before its text. False: it has none. */
static bool begin(struct filler *f, int start, struct cursor *c)
{
	const struct start *s = f->s = &f->starts[start];
	struct share *share = ARENA_NEW(f->a, struct share);

	*c = (struct cursor){ .y = s->band.top, .since_heading = s->band.keep > 0 ? 0 : FAR, .keep = s->band.keep,
		              .prev = s->pos.block - 1, .pending = -1, .foot = -1, .column = -1, .side = { s->band.top, s->band.top, true },
		              .anchored = f->quote != NULL && f->quote->anchor < s->pos.block,
		              .quote_y = f->quote != NULL && f->o->quote_step == 0 ? f->o->quote_y : 0,
		              .cand = s->pos.cand, .row = s->pos.row, .shares = share, .n_shares = 1 };
	*share = (struct share){ .start = start, .quote_y = c->quote_y };
	put_aim(f, c);
	runaround_aim(f, c);
	if (float_is_here(f) && !band_holds(f->p, &s->band, s->pending))
		return false; /* too low a band: there are others */
	if (float_is_here(f))
		float_put(f, c);
	else
		c->pending = s->pending;
	/* the quote keeps off what stands above the text: some lines, or a float and its gap */
	c->quote_from = float_is_here(f) ? c->y : c->y + f->p->l->theme->pullquote.clear * f->unit;
	if (c->quote_y > 0 && c->quote_y < c->quote_from)
		return false;
	foot_carried(f, c);
	if (float_is_here(f))
		end_alone(f, c);
	if (s->pos.block >= (int)f->p->g->n)
		fill_notes(f, c);
	return true;
}

/* One start's own page: what is so of no several. */
static void fill_own(struct filler *f, struct making *m)
{
	const struct cursor *c = &m->first[0];
	bool record = f->record != NULL;

	if (record && !f->reached && has_columns(f) && same_position(f->choice->next, f->s->pos))
		fill_nothing(f, c);
	fill_blocks(f, m);
	if (!record && f->out->n == 0 && has_columns(f) && f->s->pos.block < (int)f->p->g->n &&
	    (f->s->band.column > 0 || band_is_open(f->p, &f->s->band)) && !band_is_full_page(f->p, &f->s->band))
		fill_nothing(f, c);
	if (record && float_is_here(f))
		float_walk(f, f->s->pending, f->s->band.top, f->record, AT_TOP);
}

static void fill(struct filler *f)
{
	struct making m = { .first = arena_array(f->a, (size_t)f->n_starts, sizeof *m.first) };
	int n = 0;

	f->p->recto = f->s->recto;
	f->p->column = f->s->band.column;
	f->p->n_fills += f->n_starts;
	f->spans = band_spans(f->p, f->s->pos);
	f->out->n = 0;
	f->out->seen = arena_array(f->a, (size_t)f->n_starts, sizeof *f->out->seen);
	for (int i = 0; i < f->n_starts; i++) {
		f->out->seen[i].least_cut = INT64_MAX;
		if (begin(f, i, &m.first[i]))
			n++;
		else
			m.first[i].n_shares = 0;
	}
	f->s = f->starts;
	if (n > 0 && f->n_starts == 1)
		fill_own(f, &m);
	else if (n > 0)
		fill_blocks(f, &m);
	ways_free(&m.now);
	ways_free(&m.next);
	ways_free(&m.behind);
}

static void set_quote(struct filler *f)
{
	if (f->o->quote < 0)
		return;
	f->quote = &f->p->g->quotes[f->o->quote];
	f->gap = side_gap_of(f->p->l->theme, f->o->quote_y, f->quote->lines);
}

void fill_together(struct paginator *p, struct arena *a, const struct start *s, const int64_t *most, int n, const struct fill_options *o,
                   struct fill *out)
{
	struct filler f = filler_of(p);

	f.a = a;
	f.s = f.starts = s;
	f.most = most;
	f.n_starts = n;
	f.o = o;
	f.out = out;
	f.glances = !o->apart && p->l->theme->cols.n == 1 && !p->l->theme->note.in_margin;
	set_quote(&f);
	fill(&f);
	if (o->quick)
		pageend_drop_holes(out);
}

void fill_ends(struct paginator *p, struct arena *a, const struct start *s, const struct fill_options *o, struct fill *out)
{
	fill_together(p, a, s, &o->most, 1, o, out);
}

void fill_again(struct paginator *p, struct arena *a, const struct choice *c, struct trial *t)
{
	struct fill none = { 0 };
	struct fill_options o = { .quote = c->quote, .quote_y = c->quote_y, .watch = -1, .most = INT64_MAX };
	struct filler f = filler_of(p);

	f.a = a;
	f.s = f.starts = &c->start;
	f.most = &o.most;
	f.n_starts = 1;
	f.o = &o;
	f.out = &none;
	f.record = t;
	f.choice = c;
	memset(t, 0, sizeof *t);
	t->quote = c->quote;
	t->quote_y = c->quote_y;
	set_quote(&f);
	fill(&f);
}
