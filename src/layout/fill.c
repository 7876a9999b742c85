/* One page filled from a position: see page.h. */
#include <string.h>

#include "base/mem.h"
#include "layout/note.h"
#include "layout/page.h"

enum {
	PRICE_NEVER = 50000, PRICE_WIDOW = 5000, PRICE_SHORT_WIDOW = 40, PRICE_HYPHEN_VERSO = 30, PRICE_HYPHEN_RECTO = 60,
	PRICE_AFTER_HEADING = 5000, PRICE_NEAR_HEADING = 60, PRICE_SLACK = 25, PRICE_SLACK_MUCH = 1000, SLACK_MUCH = 3,
	PRICE_BOX = 300, PRICE_BOX_SHORT = 3000, PRICE_BOX_NOTES = 5000, PRICE_NOTE_SPLIT = 100, PRICE_NARROW_LOOSE = 200,
	PRICE_NEAR_QUOTE = 40
};

void trial_free(struct trial *t)
{
	mem_free(t->v);
	mem_free(t->notes);
	mem_free(t->later);
	memset(t, 0, sizeof *t);
}

sp page_text_limit(const struct theme *t, sp notes_height, bool any)
{
	sp last = style_line_y(t, t->page.last_line);

	return any ? last - notes_height - t->note.rule_above - t->note.least_gap : last;
}

const struct rows *note_of(struct paginator *p, const struct node *note)
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

sp quote_measure(const struct paginator *p, const struct quote *q, sp start, sp end, sp *shift)
{
	const struct theme *t = p->l->theme;
	sp tx, tw, left, right, gap = t->page.gutter;
	sp all = style_columns_width(t, t->page.columns), all_x = style_column_x(t, p->recto, p->pages->rtl, 0);
	sp qx = p->recto ? all_x + all - q->width : all_x;

	style_text_column(t, p->recto, p->pages->rtl, &tx, &tw);
	left = tx + start;
	right = tx + tw - end;
	*shift = 0;
	if (p->recto && qx - gap < right)
		right = qx - gap;
	if (!p->recto && qx + q->width + gap > left) {
		*shift = qx + q->width + gap - left;
		left = qx + q->width + gap;
	}
	return right - left;
}

/* ---- adding rows --------------------------------------------------------------------------------- */

struct filler {
	struct paginator *p;
	struct trial *t;
	const struct quote *q;
	sp y;             /* baseline of the next row */
	sp notes_height;  /* sum of advances of the notes so far */
	sp last_advance;  /* of the last note row */
	int keep;          /* lines that the last heading must have after it */
	int since_heading; /* rows of text since a heading; large: none near */
	int box_rows;     /* rows of the current box on this page */
	bool full, impossible;
	int64_t extra;    /* cost found on the way */
};

static sp quote_bottom(const struct filler *f)
{
	return f->t->quote_y + (f->q->lines - 1) * f->p->l->theme->page.unit;
}

static bool beside_quote(const struct filler *f, sp y)
{
	sp half = f->p->l->theme->page.unit / 2;

	return f->q != NULL && y > f->t->quote_y - half && y < quote_bottom(f) + half;
}

static sp text_limit(const struct filler *f, sp notes, sp last, bool any)
{
	return page_text_limit(f->p->l->theme, notes - last, any);
}

static void add_later(struct filler *f, struct note_part part)
{
	struct trial *t = f->t;

	VEC_ROOM(t->later, t->n_later, t->cap_later, 1);
	t->later[t->n_later++] = part;
}

static void add_part(struct filler *f, struct note_part part)
{
	struct trial *t = f->t;

	VEC_ROOM(t->notes, t->n_notes, t->cap_notes, 1);
	t->notes[t->n_notes++] = part;
	for (int i = part.from; i < part.to; i++) {
		f->notes_height += part.rows->v[i].advance;
		f->last_advance = part.rows->v[i].advance;
	}
}

/* How many rows of a note fit under text that ends at y, above what notes there are. */
static int rows_that_fit(const struct filler *f, const struct rows *r, int from, sp y)
{
	sp height = f->notes_height;
	int n = 0;

	for (int i = from; i < r->n; i++, n++) {
		height += r->v[i].advance;
		if (y > text_limit(f, height, r->v[i].advance, true))
			break;
	}
	return n;
}

/* Adds the notes a row calls. False: they do not fit, not even in part. A note that must be split leaves the
 * page full. */
static bool add_notes(struct filler *f, const struct node *const *notes, int n, sp y)
{
	const struct theme *th = f->p->l->theme;

	if (f->t->n_later > 0)
		return false; /* older notes wait already */
	for (int i = 0; i < n; i++) {
		const struct rows *r = note_of(f->p, notes[i]);
		int fit = rows_that_fit(f, r, 0, y);

		if (fit == r->n) {
			add_part(f, (struct note_part){ notes[i], r, 0, r->n, false });
			continue;
		}
		if (i + 1 == n && r->n > th->note.split_over && fit >= th->note.split_least) {
			if (r->n - fit < th->note.split_least)
				fit = r->n - th->note.split_least;
			add_part(f, (struct note_part){ notes[i], r, 0, fit, false });
			add_later(f, (struct note_part){ notes[i], r, fit, r->n, true });
			f->full = true;
			return true;
		}
		return false;
	}
	return true;
}

/* A row that opens the page and still does not fit with its notes: they go on to the next pages. */
static void force_notes(struct filler *f, const struct node *const *notes, int n, sp y)
{
	for (int i = 0; i < n; i++) {
		const struct rows *r = note_of(f->p, notes[i]);
		int fit = f->t->n_later > 0 ? 0 : rows_that_fit(f, r, 0, y); /* notes keep their order */

		if (fit > 0)
			add_part(f, (struct note_part){ notes[i], r, 0, fit, false });
		if (fit < r->n)
			add_later(f, (struct note_part){ notes[i], r, fit, r->n, fit > 0 });
	}
	f->full = true;
}

/* One row onto the trial. False: the page is full without it. */
static bool add_row(struct filler *f, struct placed pl, sp below, const struct node *const *notes, int n_notes)
{
	struct trial *t = f->t;
	bool opens = t->n == 0 || (t->n == 1 && t->v[0].head);
	sp reach = pl.y + below;
	size_t had_notes = t->n_notes, had_later = t->n_later;
	sp height = f->notes_height, last = f->last_advance;

	if (f->full)
		return false;
	if (reach > text_limit(f, f->notes_height, f->last_advance, t->n_notes > 0) && !opens)
		return false;
	if (n_notes > 0 && !add_notes(f, notes, n_notes, reach)) {
		t->n_notes = had_notes;
		f->notes_height = height;
		f->last_advance = last;
		t->n_later = had_later;
		if (!opens)
			return false;
		force_notes(f, notes, n_notes, reach);
	}
	pl.n_notes = (int)t->n_notes;
	pl.notes_height = f->notes_height - f->last_advance;
	VEC_ROOM(t->v, t->n, t->cap, 1);
	t->v[t->n++] = pl;
	return true;
}

/* ---- blocks ---------------------------------------------------------------------------------------- */

static const struct broken *break_block(struct filler *f, struct block *b, uint32_t cand, sp y, struct broken *scratch)
{
	struct paginator *p = f->p;
	sp full = p->text_w - b->start - b->end, leading = b->style->leading, shift;
	struct measure m = { .full = full, .indent = cand == 0 && !b->no_indent ? b->style->indent : 0 };

	if (f->q != NULL) {
		sp half = p->l->theme->page.unit / 2, top = f->t->quote_y - half, bottom = quote_bottom(f) + half;

		m.narrow_from = top <= y ? 0 : (int)((top - y) / leading) + 1;
		m.narrow_to = bottom <= y ? 0 : (int)((bottom - y - 1) / leading) + 1;
		if (m.narrow_to > m.narrow_from)
			m.narrow = quote_measure(p, f->q, b->start, b->end, &shift);
		else
			m.narrow_from = m.narrow_to = 0;
	}
	if (cand == 0 && m.narrow_to == 0) {
		if (b->natural.n == 0)
			line_break(p->l, b->par, 0, &m, 0, &b->natural);
		return &b->natural;
	}
	line_break(p->l, b->par, cand, &m, 0, scratch);
	return scratch;
}

static int64_t box_price(const struct filler *f, const struct block *b, bool last_row_of_box)
{
	const struct box *box = b->box;
	int least = f->p->l->theme->sidebar.least_lines, left;
	int64_t price = 0;

	if (box == NULL || last_row_of_box)
		return 0;
	left = box->lines - f->box_rows;
	price = PRICE_BOX;
	if (box->kind == BOX_SIDEBAR && box->lines <= f->p->l->theme->sidebar.whole_lines) {
		/* dearer than the largest hole that moving the whole box may leave (HS-39) */
		const struct theme *t = f->p->l->theme;
		int64_t hole = (int64_t)(t->page.last_line - t->page.first_line + 1) * t->sidebar.whole_loss / 1000;

		price = PRICE_SLACK * hole * hole + PRICE_SLACK_MUCH;
	}
	if (f->box_rows < least || left < least)
		price += PRICE_BOX_SHORT;
	if (box->margin_notes)
		price += PRICE_BOX_NOTES;
	return price;
}

static bool last_in_box(const struct filler *f, int block, bool last_row)
{
	const struct block *b = &f->p->g->v[block];

	return b->box == NULL || (last_row && block == b->box->last);
}

/* A heading keeps with `keep_next` lines of what follows; with two at the very least. */
static int64_t heading_price(const struct filler *f)
{
	return f->since_heading < 2 ? PRICE_AFTER_HEADING : f->since_heading < f->keep ? PRICE_NEAR_HEADING : 0;
}

static int64_t line_price(const struct filler *f, const struct block *b, const struct broken *br, int i, uint32_t cand)
{
	int before = i + 1, left = br->n - 1 - i;
	int64_t price = 0;
	uint8_t kind = b->par->cands[br->v[i].to].kind;

	if (b->heading)
		return PRICE_NEVER;
	if (left > 0) {
		if (cand == 0 && before < b->style->orphans)
			price += PRICE_WIDOW;
		else if (cand == 0 && before == b->style->orphans)
			price += PRICE_SHORT_WIDOW;
		if (left < b->style->widows)
			price += PRICE_WIDOW;
		else if (left == b->style->widows)
			price += PRICE_SHORT_WIDOW;
		if (kind == BREAK_HYPHEN || kind == BREAK_OWN_HYPHEN)
			price += f->p->recto ? PRICE_HYPHEN_RECTO : PRICE_HYPHEN_VERSO;
		if (b->keep_together)
			price += PRICE_WIDOW;
	}
	return price + heading_price(f);
}

/* True if the block is fully placed. */
static bool fill_par(struct filler *f, int block, uint32_t cand)
{
	struct block *b = &f->p->g->v[block];
	struct broken scratch;
	const struct broken *br = break_block(f, b, cand, f->y, &scratch);
	sp leading = b->style->leading, unit = f->p->l->theme->page.unit, y0 = f->y;

	if (br->pass >= 4 && f->q != NULL && br == &scratch)
		f->extra += PRICE_NARROW_LOOSE;
	if (br->overfull && f->q != NULL && br == &scratch)
		f->extra += PRICE_WIDOW;
	for (int i = 0; i < br->n; i++) {
		struct placed pl = { .block = block, .y = y0 + i * leading, .line = br->v[i], .line_no = i, .first = i == 0 && cand == 0 };
		bool last = i + 1 == br->n;
		const struct node *notes[64];
		int n_notes = 0;

		if (beside_quote(f, pl.y) && !b->plain_text) {
			f->impossible = true;
			return false;
		}
		for (size_t k = 0; k < b->par->n_calls && n_notes < 64; k++) {
			uint32_t at = b->par->calls[k].at, from = b->par->cands[br->v[i].from].next, to = b->par->cands[br->v[i].to].next;
			const struct node *note = b->par->calls[k].note;

			if ((at > from || (at == from && br->v[i].from == 0)) && at <= to && !(b->box != NULL && b->box->margin_notes))
				notes[n_notes++] = note;
		}
		if (!b->heading)
			f->since_heading++;
		f->box_rows += b->box != NULL;
		pl.price = line_price(f, b, br, i, cand) + box_price(f, b, last_in_box(f, block, last));
		pl.next = last ? (struct position){ block + 1, 0, 0 } : (struct position){ block, br->v[i].to, 0 };
		if (!add_row(f, pl, 0, notes, n_notes))
			return false;
	}
	if (b->heading) {
		f->since_heading = 0;
		f->keep = b->style->keep_next;
	}
	f->y = y0 + (br->n * leading + unit - 1) / unit * unit;
	return true;
}

static bool fill_rows(struct filler *f, int block, int from)
{
	struct block *b = &f->p->g->v[block];
	sp unit = f->p->l->theme->page.unit, y0 = f->y;

	if (f->q != NULL && (beside_quote(f, y0) || (y0 < f->t->quote_y && y0 + b->rows.height > f->t->quote_y))) {
		f->impossible = true;
		return false;
	}
	if (from > 0 && b->head.n > 0 && f->t->n == 0) { /* the head again, if it leaves room for rows */
		for (int i = 0; i < b->head.n; i++) {
			struct placed pl = { .block = block, .y = f->y, .row = &b->head.v[i], .head = true, .price = PRICE_NEVER,
				             .next = { block, 0, from } };

			add_row(f, pl, b->head.v[i].below, NULL, 0);
			f->y += b->head.v[i].advance;
		}
	}
	for (int i = from; i < b->rows.n; i++) {
		const struct row *row = &b->rows.v[i];
		bool last = i + 1 == b->rows.n;
		struct placed pl = { .block = block, .y = f->y, .row = row, .first = i == 0 };

		f->since_heading++;
		f->box_rows += b->box != NULL;
		pl.price = row->keep ? PRICE_NEVER / 2 : row->price;
		pl.price += heading_price(f) + box_price(f, b, last_in_box(f, block, last));
		pl.next = last ? (struct position){ block + 1, 0, 0 } : (struct position){ block, 0, i + 1 };
		if (!add_row(f, pl, row->below > 0 ? row->below : 0, row->notes, b->box != NULL && b->box->margin_notes ? 0 : row->n_notes))
			return false;
		f->y += row->advance;
	}
	f->y = y0 + (f->y - y0 + unit - 1) / unit * unit;
	return true;
}

static sp space_before(const struct filler *f, int block)
{
	const struct block *b = &f->p->g->v[block], *prev = block > 0 ? &f->p->g->v[block - 1] : NULL;
	sp unit = f->p->l->theme->page.unit;

	if (f->t->n == 0) { /* at the page top: only what a box's bar and its air need */
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

/* The next baseline on the page's grid at or below y. */
static sp on_grid(const struct theme *t, sp y)
{
	sp unit = t->page.unit, rest = (y - t->page.origin) % unit;

	if (rest < 0)
		rest += unit;

	return rest < SP_ONE / 100 ? y - rest : y + unit - rest;
}

/* ---- the end of the page ----------------------------------------------------------------------------- */

static void choose_end(struct filler *f)
{
	struct trial *t = f->t;
	sp unit = f->p->l->theme->page.unit;
	int64_t best = INT64_MAX;
	size_t at = t->n;

	if (t->finished || t->forced) {
		t->end = t->n;
		t->cost = 0;
		return;
	}
	for (size_t i = t->n; i-- > 0;) {
		const struct placed *pl = &t->v[i];
		sp limit = page_text_limit(f->p->l->theme, pl->notes_height, pl->n_notes > 0);
		int64_t slack = (limit - pl->y) / unit, cost;

		if (slack < 0)
			slack = 0;
		cost = PRICE_SLACK * slack * slack + (slack > SLACK_MUCH ? PRICE_SLACK_MUCH : 0) + pl->price;
		if (i + 1 == t->n && t->n_later > t->later_base)
			cost += PRICE_NOTE_SPLIT;
		if (f->q != NULL && pl->y < quote_bottom(f) + unit)
			cost += PRICE_NEVER;
		if (cost < best) {
			best = cost;
			at = i + 1;
		}
		if (PRICE_SLACK * slack * slack + (slack > SLACK_MUCH ? PRICE_SLACK_MUCH : 0) > best)
			break;
	}
	if (at < t->n)
		t->n_later = t->later_base;
	t->end = at;
	t->cost = best == INT64_MAX ? 0 : best;
}

/* A quote keeps off headings, other boxes and the page's ends (HS-33). */
static void judge_quote(struct filler *f)
{
	struct trial *t = f->t;
	sp unit = f->p->l->theme->page.unit, clear = f->p->l->theme->pullquote.clear * unit;
	sp bottom = quote_bottom(f), limit;

	if (f->impossible || t->end == 0) {
		f->impossible = true;
		return;
	}
	limit = page_text_limit(f->p->l->theme, t->v[t->end - 1].notes_height, t->v[t->end - 1].n_notes > 0);
	if (bottom > t->v[t->end - 1].y || bottom + unit > limit) {
		f->impossible = true;
		return;
	}
	for (size_t i = 0; i < t->end; i++) {
		const struct block *b = &f->p->g->v[t->v[i].block];
		sp y = t->v[i].y;

		if (t->v[i].first && b->margin.n > 0 && y < bottom + unit && y + b->margin.height > t->quote_y - unit) {
			f->impossible = true;
			return;
		}
		if (!b->heading && b->box == NULL && b->kind == BLOCK_PAR)
			continue;
		if (y > t->quote_y - 2 * unit && y < bottom + 2 * unit) {
			f->impossible = true;
			return;
		}
		if (y > t->quote_y - clear && y < bottom + clear)
			f->extra += t->v[i].first ? PRICE_NEAR_QUOTE : 0;
	}
}

/* What notes the page before left over comes first; so much of it that some text still fits. */
static void take_carried(struct filler *f)
{
	struct paginator *p = f->p;
	sp room = 3 * p->l->theme->page.unit + f->y;

	for (size_t i = 0; i < p->n_carry; i++) {
		struct note_part part = p->carry[i];
		int fit = f->t->n_later > 0 ? 0 : rows_that_fit(f, part.rows, part.from, room);

		if (fit == 0 && i == 0)
			fit = 1;
		if (fit > part.to - part.from)
			fit = part.to - part.from;
		if (fit > 0)
			add_part(f, (struct note_part){ part.note, part.rows, part.from, part.from + fit, part.continued });
		if (part.from + fit < part.to)
			add_later(f, (struct note_part){ part.note, part.rows, part.from + fit, part.to, part.continued || fit > 0 });
	}
	f->t->later_base = f->t->n_later;
}

void fill_page(struct paginator *p, struct position from, int quote, sp quote_y, struct trial *t)
{
	struct filler f = { .p = p, .t = t, .q = quote >= 0 ? &p->g->quotes[quote] : NULL, .y = p->first_y, .since_heading = 99 };
	struct position pos = from;

	memset(t, 0, sizeof *t);
	t->quote = quote;
	t->quote_y = quote_y;
	take_carried(&f);
	while (pos.block < (int)p->g->n) {
		struct block *b = &p->g->v[pos.block];
		bool start = pos.cand == 0 && pos.row == 0, done;

		if (start && b->new_page && t->n > 0) {
			t->forced = true;
			break;
		}
		if (start) {
			f.y += space_before(&f, pos.block);
			if (!b->off_grid)
				f.y = on_grid(p->l->theme, f.y);
			if (b->box != NULL && pos.block == b->box->first)
				f.box_rows = 0;
		}
		done = b->kind == BLOCK_PAR ? fill_par(&f, pos.block, pos.cand) : fill_rows(&f, pos.block, pos.row);
		if (!done || f.full) {
			if (done && pos.block + 1 == (int)p->g->n)
				t->finished = true;
			break;
		}
		pos = (struct position){ pos.block + 1, 0, 0 };
	}
	if (pos.block >= (int)p->g->n)
		t->finished = true;
	choose_end(&f);
	if (f.q != NULL)
		judge_quote(&f);
	t->cost += f.extra;
	if (f.impossible)
		t->cost = INT64_MAX;
	t->limit = t->end > 0 ? page_text_limit(p->l->theme, t->v[t->end - 1].notes_height, t->v[t->end - 1].n_notes > 0) : 0;
}
