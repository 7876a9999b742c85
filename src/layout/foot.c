/* Notes at the foot of one page (T-76). Every note begins on the page of its call. The last one called may be split
 * when it does not fit whole; what is left of it opens the notes of the next page. Only where the page's first line
 * calls more than the page holds are several split: each begins, and all go on. */
#include <string.h>

#include "layout/filler.h"
#include "layout/note.h"

enum { ROWS_BESIDE_CARRIED = 3 }; /* of text, at least, on a page that is else filled by a long note */

sp page_text_limit(const struct theme *t, sp last, sp notes_height, bool any)
{
	return any ? last - notes_height - t->note.rule_above - t->note.least_gap : last;
}

sp foot_limit(const struct filler *f, const struct cursor *c)
{
	return page_text_limit(f->p->l->theme, f->s->band.last, c->notes_height - c->last_tail, c->n_parts > 0) - c->reserved;
}

static const struct rows *set_note(struct paginator *p, const struct node *note)
{
	const char **key;
	struct rows *r = strmap_lookup(&p->notes, (const char *)&note, sizeof note);

	if (r != NULL)
		return r;
	r = ARENA_NEW(&p->l->arena, struct rows);
	note_rows(p->l, note, &p->l->theme->par[PS_FOOTNOTE], FRAME_TEXT, p->text_w, r);
	key = arena_alloc(&p->l->arena, sizeof *key);
	memcpy(key, &note, sizeof note);
	strmap_put(&p->notes, (const char *)key, sizeof note, r);
	return r;
}

/* Mostly the same few again and again. */
static const struct rows *note_of(struct paginator *p, const struct node *note)
{
	struct note_rows *last = &p->last_notes[note->seq % (sizeof p->last_notes / sizeof *p->last_notes)];

	if (last->note != note)
		*last = (struct note_rows){ note, set_note(p, note) };
	return last->rows;
}

sp foot_height_of(struct paginator *p, const struct block *b)
{
	sp h = 0;

	if (b->box != NULL && b->box->margin_notes)
		return 0;
	for (size_t i = 0; b->kind == BLOCK_PAR && i < b->par->n_calls; i++)
		h += note_of(p, b->par->call_notes[i])->height;
	for (int i = 0; b->kind == BLOCK_ROWS && i < b->rows.n; i++) {
		for (int k = 0; k < b->rows.v[i].n_notes; k++)
			h += note_of(p, b->rows.v[i].notes[k])->height;
	}
	return h;
}

static sp height_of(const struct rows *r, int from, int to)
{
	sp h = 0;

	if (from == 0 && to == r->n)
		return r->height;
	for (int i = from; i < to; i++)
		h += r->v[i].advance;
	return h;
}

/* How many rows of a note, from one on, fit under text that ends at y, below what notes there are. */
static int rows_that_fit(const struct filler *f, const struct cursor *c, const struct rows *r, int from, sp y)
{
	const struct theme *t = f->p->l->theme;
	sp height = c->notes_height;
	int n = 0;

	if (from == 0 && r->n > 0 && /* whole, as most are: then every row of it */
	    y <= page_text_limit(t, f->s->band.last, height + r->height - row_tail(&r->v[r->n - 1]), true) - c->reserved)
		return r->n;
	for (int i = from; i < r->n; i++, n++) {
		height += r->v[i].advance;
		if (y > page_text_limit(t, f->s->band.last, height - row_tail(&r->v[i]), true) - c->reserved)
			break;
	}
	return n;
}

static void add_part(struct filler *f, struct cursor *c, struct note_part part)
{
	struct parts *p = ARENA_NEW(f->a, struct parts);

	*p = (struct parts){ c->parts, part };
	c->notes_height += height_of(part.rows, part.from, part.to);
	c->last_tail = part.to > part.from ? row_tail(&part.rows->v[part.to - 1]) : c->last_tail;
	c->parts = p;
	c->n_parts++;
}

/* most: how many could be put off in all. */
static void add_later(struct filler *f, struct called *k, struct note_part part, int most)
{
	if (k->later == NULL)
		k->later = arena_array(f->a, (size_t)most, sizeof *k->later);
	k->later[k->n_later++] = part;
}

void foot_owe(struct paginator *p, const struct node *const *notes, int n)
{
	struct note_part *v = arena_array(&p->l->arena, (size_t)(p->n_owed + n), sizeof *v);

	if (p->n_owed > 0)
		memcpy(v, p->owed, (size_t)p->n_owed * sizeof *v);
	for (int i = 0; i < n; i++) {
		const struct rows *r = note_of(p, notes[i]);

		v[p->n_owed++] = (struct note_part){ notes[i], r, 0, r->n, false };
	}
	p->owed = v;
}

void foot_hold(struct filler *f, struct cursor *c, const struct node *const *notes, int n)
{
	for (int i = 0; i < n; i++) {
		struct parts *p = ARENA_NEW(f->a, struct parts);
		const struct rows *r = note_of(f->p, notes[i]);

		*p = (struct parts){ c->held, { notes[i], r, 0, r->n, false } };
		c->held = p;
		c->n_held++;
	}
}

bool foot_call(struct filler *f, struct cursor *c, const struct node *const *notes, int n, sp y, struct called *k)
{
	const struct theme *th = f->p->l->theme;
	struct cursor before = *c;

	if (f->n_base_later > 0)
		return false; /* older notes wait already */
	for (int i = 0; i < n; i++) {
		const struct rows *r = note_of(f->p, notes[i]);
		int fit = rows_that_fit(f, c, r, 0, y);

		if (fit == r->n) {
			add_part(f, c, (struct note_part){ notes[i], r, 0, r->n, false });
			continue;
		}
		if (i + 1 < n || r->n <= th->note.split_over || fit < th->note.split_least) {
			*c = before;
			return false;
		}
		if (r->n - fit < th->note.split_least)
			fit = r->n - th->note.split_least;
		add_part(f, c, (struct note_part){ notes[i], r, 0, fit, false });
		add_later(f, k, (struct note_part){ notes[i], r, fit, r->n, true }, n);
	}
	return true;
}

static int least_of(const struct filler *f, const struct rows *r)
{
	int least = f->p->l->theme->note.split_least;

	return r->n < least ? r->n : least;
}

void foot_force(struct filler *f, struct cursor *c, const struct node *const *notes, int n, sp y, struct called *k)
{
	sp beginnings = 0; /* of the notes still to come */

	for (int i = 1; i < n; i++) {
		const struct rows *r = note_of(f->p, notes[i]);

		beginnings += height_of(r, 0, least_of(f, r));
	}
	for (int i = 0; i < n; i++) {
		const struct rows *r = note_of(f->p, notes[i]);
		int fit = rows_that_fit(f, c, r, 0, y + beginnings), least = least_of(f, r);

		if (fit < least)
			fit = rows_that_fit(f, c, r, 0, y) < least ? 0 : least;
		if (fit < r->n && r->n - fit < least_of(f, r) && fit > least)
			fit = r->n - least < least ? least : r->n - least;
		if (fit > 0)
			add_part(f, c, (struct note_part){ notes[i], r, 0, fit, false });
		if (fit < r->n)
			add_later(f, k, (struct note_part){ notes[i], r, fit, r->n, fit > 0 }, n);
		k->n_late += fit == 0;
		if (i + 1 < n) {
			r = note_of(f->p, notes[i + 1]);
			beginnings -= height_of(r, 0, least_of(f, r));
		}
	}
}

/* Room for the beginnings of notes that the page's first line calls. */
static sp first_line_needs(struct filler *f, const struct cursor *c)
{
	const struct position pos = f->s->pos;
	const struct node **notes = NULL;
	const struct block *b;
	int n = 0;
	sp h = 0;

	if (pos.block >= (int)f->p->g->n)
		return 0;
	b = &f->p->g->v[pos.block];
	if (b->box != NULL && b->box->margin_notes)
		return 0;
	if (b->kind == BLOCK_PAR && b->par->n_calls > 0) {
		const struct par_start at = { pos.block, pos.block - 1, pos.cand };
		struct measure m = variant_measure(f->p, &at, c->y, f->q, f->quote_y, f->quote_bottom);
		const struct broken *br = variant_break(f->p, pos.block, pos.cand, &m, 0);

		if (br != NULL && br->n > 0)
			n = par_notes(b->par, br->v[0].from, br->v[0].to, &notes);
	} else if (b->kind == BLOCK_ROWS && pos.row < b->rows.n) {
		n = b->rows.v[pos.row].n_notes;
		notes = b->rows.v[pos.row].notes;
	}
	for (int i = 0; i < n; i++) {
		const struct rows *r = note_of(f->p, notes[i]);

		h += height_of(r, 0, least_of(f, r));
	}
	return h;
}

void foot_carried(struct filler *f, struct cursor *c)
{
	struct note_part *later;
	sp unit = f->p->l->theme->page.unit, room, needs;

	if (f->s->n_carry == 0)
		return;
	later = arena_array(f->a, (size_t)f->s->n_carry, sizeof *later);
	needs = first_line_needs(f, c);
	room = c->y + ROWS_BESIDE_CARRIED * unit;
	if (c->y + needs > room)
		room = c->y + needs;
	for (int i = 0; i < f->s->n_carry; i++) {
		struct note_part part = f->s->carry[i];
		int fit = f->n_base_later > 0 ? 0 : rows_that_fit(f, c, part.rows, part.from, room);

		if (fit == 0 && i == 0 && band_is_full_page(f->p, &f->s->band))
			fit = 1;
		if (f->spans)
			fit = 0; /* they go by */
		if (fit > part.to - part.from)
			fit = part.to - part.from;
		if (fit > 0)
			add_part(f, c, (struct note_part){ part.note, part.rows, part.from, part.from + fit, part.continued });
		if (part.from + fit < part.to)
			later[f->n_base_later++] =
				(struct note_part){ part.note, part.rows, part.from + fit, part.to, part.continued || fit > 0 };
	}
	f->base_later = later;
}
