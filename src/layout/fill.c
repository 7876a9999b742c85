/* All ends of one page: see page.h. */
#include <string.h>

#include "base/mem.h"
#include "layout/note.h"
#include "layout/page.h"

enum {
	PRICE_NEVER = 50000, PRICE_WIDOW = 5000, PRICE_SHORT_WIDOW = 40, PRICE_HYPHEN_VERSO = 30, PRICE_HYPHEN_RECTO = 60,
	PRICE_AFTER_HEADING = 5000, PRICE_NEAR_HEADING = 60, PRICE_BOX = 300, PRICE_BOX_SHORT = 3000,
	PRICE_NOTE_SPLIT = 100, PRICE_NARROW_LOOSE = 200, PRICE_NEAR_QUOTE = 40, PRICE_DISTANCE_MOST = 15, PRICE_SLACK = 25,
	PRICE_SLACK_MUCH = 1000,
	LINE_COSTS_A_POINT = 6000, /* of the line breaker's cost: a ten-line paragraph made a line longer costs about a row */
	MOST_ENTRIES = 12, LINES_BEHIND = 20
};

struct cursor { /* one way to have filled the page so far */
	sp y;             /* baseline of the next row */
	int64_t cost;
	sp notes_height;  /* sum of advances of the notes so far */
	sp last_advance;  /* of the last note row */
	size_t n_parts;   /* of the filler's */
	int rows;         /* on the page; repeated heads not counted */
	int since_heading; /* rows of text since a heading; large: none near */
	int keep;         /* how many the last heading must have after it */
	int box_rows;     /* rows of the current box on this page */
	bool anchored;    /* the quote's paragraph has begun on this page */
	const struct path *path;
};

struct filler {
	struct paginator *p;
	struct arena *a;
	const struct start *s;
	const struct quote *q;
	sp quote_y, quote_bottom;
	int watch;
	struct fill *out;
	struct note_part *parts; /* whole notes called on this page, in order: the same whatever the lines */
	size_t n_parts, cap_parts;
	const struct note_part *base_later; /* left over before any row */
	int n_base_later;
	/* filling again, by a choice */
	struct trial *record;
	const struct choice *choice;
	bool reached;
};

void trial_free(struct trial *t)
{
	mem_free(t->v);
	mem_free(t->notes);
	memset(t, 0, sizeof *t);
}

sp page_text_limit(const struct theme *t, sp notes_height, bool any)
{
	sp last = style_line_y(t, t->page.last_line);

	return any ? last - notes_height - t->note.rule_above - t->note.least_gap : last;
}

static sp unit_of(const struct filler *f)
{
	return f->p->l->theme->page.unit;
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

/* ---- notes ------------------------------------------------------------------------------------------ */

static const struct rows *note_of(struct paginator *p, const struct node *note)
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

/* How many rows of a note fit under text that ends at y, above what notes there are. */
static int rows_that_fit(const struct filler *f, const struct cursor *c, const struct rows *r, int from, sp y)
{
	sp height = c->notes_height;
	int n = 0;

	for (int i = from; i < r->n; i++, n++) {
		height += r->v[i].advance;
		if (y > page_text_limit(f->p->l->theme, height - r->v[i].advance, true))
			break;
	}
	return n;
}

static void count_part(struct cursor *c, const struct note_part *part)
{
	for (int i = part->from; i < part->to; i++) {
		c->notes_height += part->rows->v[i].advance;
		c->last_advance = part->rows->v[i].advance;
	}
}

/* Two cursors at one place of the text have called the same notes: the second finds the part there. */
static void add_part(struct filler *f, struct cursor *c, struct note_part part)
{
	count_part(c, &part);
	if (c->n_parts == f->n_parts) {
		VEC_ROOM(f->parts, f->n_parts, f->cap_parts, 1);
		f->parts[f->n_parts++] = part;
	}
	c->n_parts++;
}

/* What the notes of one row come to. */
struct called {
	struct note_part split;        /* first part of a note that does not fit whole; rows NULL: none */
	struct note_part *later;
	int n_later;
};

/* most: notes of the row. */
static void add_later(struct filler *f, struct called *k, struct note_part part, int most)
{
	if (k->later == NULL)
		k->later = arena_array(f->a, (size_t)most, sizeof *k->later);
	k->later[k->n_later++] = part;
}

/* Adds the notes a row calls. False: they do not fit, not even in part. */
static bool call_notes(struct filler *f, struct cursor *c, const struct node *const *notes, int n, sp y, struct called *k)
{
	const struct theme *th = f->p->l->theme;

	if (f->n_base_later > 0)
		return false; /* older notes wait already */
	for (int i = 0; i < n; i++) {
		const struct rows *r = note_of(f->p, notes[i]);
		int fit = rows_that_fit(f, c, r, 0, y);

		if (fit == r->n) {
			add_part(f, c, (struct note_part){ notes[i], r, 0, r->n, false });
			continue;
		}
		if (i + 1 < n || r->n <= th->note.split_over || fit < th->note.split_least)
			return false;
		if (r->n - fit < th->note.split_least)
			fit = r->n - th->note.split_least;
		k->split = (struct note_part){ notes[i], r, 0, fit, false };
		count_part(c, &k->split);
		add_later(f, k, (struct note_part){ notes[i], r, fit, r->n, true }, n);
	}
	return true;
}

/* A row that opens the page and still does not fit with its notes: they go on to the next pages, in order. */
static void force_notes(struct filler *f, struct cursor *c, const struct node *const *notes, int n, sp y, struct called *k)
{
	bool wait = f->n_base_later > 0;

	for (int i = 0; i < n; i++) {
		const struct rows *r = note_of(f->p, notes[i]);
		int fit = wait ? 0 : rows_that_fit(f, c, r, 0, y);

		if (fit == r->n) {
			add_part(f, c, (struct note_part){ notes[i], r, 0, r->n, false });
			continue;
		}
		if (fit > 0) {
			k->split = (struct note_part){ notes[i], r, 0, fit, false };
			count_part(c, &k->split);
		}
		add_later(f, k, (struct note_part){ notes[i], r, fit, r->n, fit > 0 }, n);
		wait = true;
	}
}

/* What notes the page before left over comes first; so much of it that some text still fits. */
static void take_carried(struct filler *f, struct cursor *c)
{
	struct note_part *later = arena_array(f->a, (size_t)f->s->n_carry, sizeof *later);
	sp room = 3 * unit_of(f) + c->y;

	for (int i = 0; i < f->s->n_carry; i++) {
		struct note_part part = f->s->carry[i];
		int fit = f->n_base_later > 0 ? 0 : rows_that_fit(f, c, part.rows, part.from, room);

		if (fit == 0 && i == 0)
			fit = 1;
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

/* ---- ends ---------------------------------------------------------------------------------------------- */

static bool same_position(struct position a, struct position b)
{
	return a.block == b.block && a.cand == b.cand && a.row == b.row;
}

static void take_record(struct filler *f, const struct cursor *c, const struct placed *pl, const struct called *k)
{
	struct trial *t = f->record;

	VEC_ROOM(t->v, t->n, t->cap, 1);
	t->v[t->n++] = *pl;
	if (pl->head || !same_position(pl->next, f->choice->next))
		return;
	f->reached = true;
	for (size_t i = 0; i < c->n_parts + (k->split.rows != NULL); i++) {
		VEC_ROOM(t->notes, t->n_notes, t->cap_notes, 1);
		t->notes[t->n_notes++] = i < c->n_parts ? f->parts[i] : k->split;
	}
}

static void emit_end(struct filler *f, const struct cursor *c, const struct placed *pl, int64_t price, const struct called *k)
{
	bool any = c->n_parts > 0 || k->split.rows != NULL;
	struct end e = { .next = pl->next, .y = pl->y, .cost = c->cost + price, .path = c->path, .has_notes = any,
		         .limit = page_text_limit(f->p->l->theme, c->notes_height - c->last_advance, any) };
	struct note_part *later;

	if (f->q != NULL && (pl->y < f->quote_bottom || f->quote_bottom > e.limit || !c->anchored))
		return;
	e.n_later = f->n_base_later + k->n_later;
	if (e.n_later > 0) {
		later = arena_array(f->a, (size_t)e.n_later, sizeof *later);
		if (f->n_base_later > 0)
			memcpy(later, f->base_later, (size_t)f->n_base_later * sizeof *later);
		if (k->n_later > 0)
			memcpy(later + f->n_base_later, k->later, (size_t)k->n_later * sizeof *later);
		e.later = later;
		e.cost += k->n_later > 0 ? PRICE_NOTE_SPLIT : 0;
	}
	VEC_ROOM(f->out->v, f->out->n, f->out->cap, 1);
	f->out->v[f->out->n++] = e;
}

enum put {
	PUT_OK,
	PUT_FULL, /* not on this page */
	PUT_LAST, /* on it, and nothing after it */
	PUT_NEVER /* beside a quote that it must not touch */
};

/* A quote keeps off headings, other boxes and matter in the margin (HS-33). */
static bool quote_forbids(struct filler *f, struct cursor *c, const struct placed *pl, const struct block *b, sp extent)
{
	sp unit = unit_of(f), clear = f->p->l->theme->pullquote.clear * unit, low = pl->y + extent;

	if (pl->first && b->margin.n > 0 && pl->y < f->quote_bottom + unit && pl->y + b->margin.height > f->quote_y - unit)
		return true;
	if (b->kind == BLOCK_PAR && !b->heading && b->box == NULL)
		return !b->plain_text && pl->y > f->quote_y - unit / 2 && pl->y < f->quote_bottom + unit / 2;
	if (low > f->quote_y - 2 * unit && pl->y < f->quote_bottom + 2 * unit)
		return true;
	if (pl->first && low > f->quote_y - clear && pl->y < f->quote_bottom + clear)
		c->cost += PRICE_NEAR_QUOTE;
	return false;
}

static enum put put_row(struct filler *f, struct cursor *c, const struct placed *pl, sp below, const struct node *const *notes,
                        int n, int64_t price)
{
	const struct block *b = &f->p->g->v[pl->block];
	bool opens = c->rows == 0, forced = false;
	sp reach = pl->y + below;
	struct called k = { .n_later = 0 };
	struct cursor before = *c;

	if (f->q != NULL && quote_forbids(f, c, pl, b, below))
		return PUT_NEVER;
	if (reach > page_text_limit(f->p->l->theme, c->notes_height - c->last_advance, c->n_parts > 0) && !opens)
		return PUT_FULL;
	if (n > 0 && !call_notes(f, c, notes, n, reach, &k)) {
		*c = before;
		k = (struct called){ .n_later = 0 };
		if (!opens)
			return PUT_FULL;
		force_notes(f, c, notes, n, reach, &k);
		forced = true;
	}
	if (pl->head) {
		if (f->record != NULL)
			take_record(f, c, pl, &k);
		return PUT_OK;
	}
	c->rows++;
	if (f->record != NULL)
		take_record(f, c, pl, &k);
	else
		emit_end(f, c, pl, price, &k);
	return f->reached || forced || k.n_later > 0 ? PUT_LAST : PUT_OK;
}

/* ---- paragraphs ---------------------------------------------------------------------------------------- */

struct memo_key {
	uint32_t block, cand;
	int32_t from, to, more;
};

void fill_forget(struct paginator *p)
{
	strmap_free(&p->memo);
	arena_free(&p->memo_arena);
}

/* The paragraph as far as pages that begin at cand can reach: up to a line of its natural breaking well behind that.
 * Else one of many pages would be broken to its end for each of them. */
static struct par within_reach(const struct paginator *p, const struct block *b, uint32_t cand)
{
	struct par cut = *b->par;
	int reach = (int)(style_line_y(p->l->theme, p->l->theme->page.last_line) / b->style->leading) + LINES_BEHIND;
	int lo = 0, hi = b->natural.n;

	while (lo < hi) {
		int mid = lo + (hi - lo) / 2;

		if (b->natural.v[mid].from < cand)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (b->natural.n - lo > 2 * reach)
		cut.n_cands = b->natural.v[lo + reach].from + 1;
	return cut;
}

/* The paragraph's rest broken at a measure; NULL: not in that number of lines. */
static const struct broken *break_rest(struct paginator *p, int block, uint32_t cand, const struct measure *m, int more)
{
	struct block *b = &p->g->v[block];
	struct memo_key key = { (uint32_t)block, cand, m->narrow_from, m->narrow_to, more }, *kept;
	struct broken *br;

	if (cand == 0 && more == 0 && m->narrow_to == m->narrow_from) {
		if (b->natural.n == 0)
			line_break(p->l, b->par, 0, m, 0, &b->natural);
		return &b->natural;
	}
	br = strmap_lookup(&p->memo, (const char *)&key, sizeof key);
	if (br == NULL) {
		struct arena *lines = p->l->lines;
		struct par rest = within_reach(p, b, cand);

		br = ARENA_NEW(&p->memo_arena, struct broken);
		p->l->lines = &p->memo_arena;
		if (!line_break(p->l, &rest, cand, m, more, br) || br->n == 0)
			br->n = -1;
		p->l->lines = lines;
		kept = ARENA_NEW(&p->memo_arena, struct memo_key);
		*kept = key;
		strmap_put(&p->memo, (const char *)kept, sizeof *kept, br);
	}
	return br->n < 0 ? NULL : br;
}

static struct measure measure_at(const struct filler *f, const struct block *b, uint32_t cand, sp y)
{
	sp leading = b->style->leading, half = unit_of(f) / 2, shift;
	struct measure m = { .full = f->p->text_w - b->start - b->end, .indent = cand == 0 && !b->no_indent ? b->style->indent : 0 };

	if (f->q != NULL) {
		sp top = f->quote_y - half, bottom = f->quote_bottom + half;

		m.narrow_from = top <= y ? 0 : (int)((top - y) / leading) + 1;
		m.narrow_to = bottom <= y ? 0 : (int)((bottom - y - 1) / leading) + 1;
		if (m.narrow_to > m.narrow_from)
			m.narrow = quote_measure(f->p, f->q, b->start, b->end, &shift);
		else
			m.narrow_from = m.narrow_to = 0;
	}
	return m;
}

sp fill_natural_height(struct paginator *p, int block)
{
	struct block *b = &p->g->v[block];
	struct measure m = { .full = p->text_w - b->start - b->end, .indent = !b->no_indent ? b->style->indent : 0 };
	const struct broken *br;

	if (b->kind == BLOCK_ROWS)
		return b->rows.height;
	br = break_rest(p, block, 0, &m, 0);
	return br != NULL ? br->n * b->style->leading : 0;
}

static int64_t box_price(const struct filler *f, const struct cursor *c, const struct block *b, bool last)
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
static int64_t heading_price(const struct cursor *c)
{
	return c->since_heading < 2 ? PRICE_AFTER_HEADING : c->since_heading < c->keep ? PRICE_NEAR_HEADING : 0;
}

static int64_t line_price(const struct filler *f, const struct block *b, const struct broken *br, int i, uint32_t cand)
{
	int before = i + 1, left = br->n - 1 - i;
	uint8_t kind = b->par->cands[br->v[i].to].kind;
	int64_t price = 0;

	if (b->heading)
		return PRICE_NEVER;
	if (left == 0)
		return b->price;
	if (cand == 0 && before <= b->style->orphans)
		price += before < b->style->orphans ? PRICE_WIDOW : PRICE_SHORT_WIDOW;
	if (left <= b->style->widows)
		price += left < b->style->widows ? PRICE_WIDOW : PRICE_SHORT_WIDOW;
	if (kind == BREAK_HYPHEN || kind == BREAK_OWN_HYPHEN)
		price += f->s->recto ? PRICE_HYPHEN_RECTO : PRICE_HYPHEN_VERSO;
	return price + (b->keep_together ? PRICE_WIDOW : 0);
}

static bool is_last_in_box(const struct block *b, int block, bool last_row)
{
	return b->box == NULL || (last_row && block == b->box->last);
}

/* True if the paragraph is wholly on the page, and the cursor stands behind it. */
static bool put_par(struct filler *f, struct cursor *c, int block, uint32_t cand, const struct broken *br)
{
	const struct block *b = &f->p->g->v[block];
	sp leading = b->style->leading, unit = unit_of(f), y0 = c->y;

	if (cand > 0 && br->n < b->style->widows) /* broken anew from here, the rest may have come out shorter */
		c->cost += PRICE_WIDOW;
	for (int i = 0; i < br->n; i++) {
		bool last = i + 1 == br->n;
		struct placed pl = { .block = block, .y = y0 + i * leading, .line = br->v[i], .first = i == 0 && cand == 0,
			             .next = last ? (struct position){ block + 1, 0, 0 } : (struct position){ block, br->v[i].to, 0 } };
		bool in_margin = b->box != NULL && b->box->margin_notes; /* not called at the foot */
		const struct node **notes = NULL;
		int n = b->par->n_calls > 0 && !in_margin ? par_notes(b->par, br->v[i].from, br->v[i].to, &notes) : 0;
		enum put put;

		if (!b->heading)
			c->since_heading++;
		c->box_rows += b->box != NULL;
		put = put_row(f, c, &pl, 0, notes, n,
		              line_price(f, b, br, i, cand) + heading_price(c) + box_price(f, c, b, is_last_in_box(b, block, last)));
		if (put != PUT_OK)
			return false;
	}
	if (b->heading) {
		c->since_heading = 0;
		c->keep = b->style->keep_next;
	}
	c->y = y0 + (br->n * leading + unit - 1) / unit * unit;
	return true;
}

static bool put_rows(struct filler *f, struct cursor *c, int block, int from)
{
	const struct block *b = &f->p->g->v[block];
	sp unit = unit_of(f), y0;

	if (from > 0 && b->head.n > 0 && c->rows == 0) { /* the head again */
		for (int i = 0; i < b->head.n; i++) {
			struct placed pl = { .block = block, .y = c->y, .row = &b->head.v[i], .head = true, .next = { block, 0, from } };

			put_row(f, c, &pl, b->head.v[i].below, NULL, 0, 0);
			c->y += b->head.v[i].advance;
		}
	}
	y0 = c->y;
	for (int i = from; i < b->rows.n; i++) {
		const struct row *row = &b->rows.v[i];
		bool last = i + 1 == b->rows.n;
		struct placed pl = { .block = block, .y = c->y, .row = row, .first = i == 0,
			             .next = last ? (struct position){ block + 1, 0, 0 } : (struct position){ block, 0, i + 1 } };

		c->since_heading++;
		c->box_rows += b->box != NULL;
		if (put_row(f, c, &pl, row->below > 0 ? row->below : 0, row->notes,
		            b->box != NULL && b->box->margin_notes ? 0 : row->n_notes,
		            (row->keep ? PRICE_NEVER / 2 : last && b->price > row->price ? b->price : row->price) + heading_price(c) +
		                    box_price(f, c, b, is_last_in_box(b, block, last))) != PUT_OK)
			return false;
		c->y += row->advance;
	}
	c->y = y0 + (c->y - y0 + unit - 1) / unit * unit;
	return true;
}

/* ---- the page ------------------------------------------------------------------------------------------- */

static sp space_before(const struct filler *f, const struct cursor *c, int block)
{
	const struct block *b = &f->p->g->v[block], *prev = block > 0 ? &f->p->g->v[block - 1] : NULL;
	sp unit = unit_of(f);

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

/* The next baseline on the page's grid at or below y. */
static sp on_grid(const struct theme *t, sp y)
{
	sp unit = t->page.unit, rest = (y - t->page.origin) % unit;

	if (rest < 0)
		rest += unit;
	return rest < SP_ONE / 100 ? y - rest : y + unit - rest;
}

static void enter_block(struct filler *f, struct cursor *c, int block)
{
	const struct block *b = &f->p->g->v[block];

	c->y += space_before(f, c, block);
	if (!b->off_grid)
		c->y = on_grid(f->p->l->theme, c->y);
	if (b->box != NULL && block == b->box->first)
		c->box_rows = 0;
}

/* The paragraph that a quote is drawn from has been set between top and bottom: how far off is the quote? */
static void pass_anchor(struct filler *f, struct cursor *c, int block, sp top, sp bottom)
{
	sp away;
	int64_t price;

	if (f->watch >= 0 && block == f->p->g->quotes[f->watch].anchor && f->out->anchor_top == 0) {
		f->out->anchor_top = top;
		f->out->anchor_bottom = bottom;
	}
	if (f->q == NULL || block != f->q->anchor)
		return;
	away = f->quote_y < top ? 3 * (top - f->quote_y) : f->quote_y > bottom ? f->quote_y - bottom : 0;
	price = away / unit_of(f) / 2;
	c->cost += price < PRICE_DISTANCE_MOST ? price : PRICE_DISTANCE_MOST;
	c->anchored = true;
}

static void add_entry(struct cursor *v, int *n, const struct cursor *c)
{
	int worst = 0;

	for (int i = 0; i < *n; i++) {
		if (v[i].y == c->y) {
			if (c->cost < v[i].cost)
				v[i] = *c;
			return;
		}
		if (v[i].cost > v[worst].cost)
			worst = i;
	}
	if (*n < MOST_ENTRIES)
		v[(*n)++] = *c;
	else if (c->cost < v[worst].cost)
		v[worst] = *c;
}

static int chosen_variant(const struct filler *f, int block)
{
	for (const struct path *p = f->choice->path; p != NULL; p = p->before) {
		if (p->block == block)
			return p->more;
	}
	return 0;
}

/* The paragraph in its natural number of lines, one more, one less. */
static void try_par(struct filler *f, const struct cursor *from, struct position pos, struct cursor *next, int *n_next)
{
	static const int more[] = { 0, 1, -1 };
	const struct block *b = &f->p->g->v[pos.block];
	struct measure m = measure_at(f, b, pos.cand, from->y);
	const struct broken *natural = break_rest(f->p, pos.block, pos.cand, &m, 0);

	for (int i = 0; i < 3 && natural != NULL; i++) {
		int v = f->record != NULL ? chosen_variant(f, pos.block) : more[i];
		const struct broken *br = v == 0 ? natural : break_rest(f->p, pos.block, pos.cand, &m, v);
		struct cursor c = *from;
		int64_t extra;

		if (br != NULL) {
			extra = (br->cost - natural->cost) / LINE_COSTS_A_POINT;
			c.cost += extra > PRICE_NEVER ? PRICE_NEVER : extra;
			if (m.narrow_to > 0 && br->pass >= 4)
				c.cost += PRICE_NARROW_LOOSE;
			if (m.narrow_to > 0 && br->overfull)
				c.cost += PRICE_WIDOW;
			if (v != 0) {
				struct path *p = ARENA_NEW(f->a, struct path);

				*p = (struct path){ from->path, pos.block, v };
				c.path = p;
			}
			pass_anchor(f, &c, pos.block, c.y, c.y + (br->n - 1) * b->style->leading);
			if (put_par(f, &c, pos.block, pos.cand, br))
				add_entry(next, n_next, &c);
		}
		if (f->record != NULL || !b->plain_text)
			break;
	}
}

static void try_block(struct filler *f, const struct cursor *from, struct position pos, struct cursor *next, int *n_next)
{
	const struct block *b = &f->p->g->v[pos.block];
	struct cursor c = *from;

	if (pos.cand == 0 && pos.row == 0)
		enter_block(f, &c, pos.block);
	if (b->kind == BLOCK_PAR) {
		try_par(f, &c, pos, next, n_next);
		return;
	}
	pass_anchor(f, &c, pos.block, c.y, c.y + b->rows.height);
	if (put_rows(f, &c, pos.block, pos.row))
		add_entry(next, n_next, &c);
}

static void fill(struct filler *f)
{
	struct cursor a[MOST_ENTRIES], b[MOST_ENTRIES], *now = a, *next = b;
	struct position pos = f->s->pos;
	int n = 1, n_next;

	f->p->recto = f->s->recto;
	now[0] = (struct cursor){ .y = f->s->first_y, .since_heading = 99, .anchored = f->q != NULL && f->q->anchor < pos.block };
	take_carried(f, &now[0]);
	if (pos.block >= (int)f->p->g->n) { /* only notes are left */
		struct placed pl = { .next = pos };
		struct called none = { .n_later = 0 };

		if (f->record == NULL)
			emit_end(f, &now[0], &pl, 0, &none);
		else
			for (size_t i = 0; i < f->n_parts; i++) {
				VEC_ROOM(f->record->notes, f->record->n_notes, f->record->cap_notes, 1);
				f->record->notes[f->record->n_notes++] = f->parts[i];
			}
		return;
	}
	while (n > 0 && pos.block < (int)f->p->g->n && !f->reached) {
		if (pos.cand == 0 && pos.row == 0 && f->p->g->v[pos.block].new_page && now[0].rows > 0)
			break;
		n_next = 0;
		for (int i = 0; i < n && !f->reached; i++)
			try_block(f, &now[i], pos, next, &n_next);
		pos = (struct position){ pos.block + 1, 0, 0 };
		n = n_next;
		now = next;
		next = now == a ? b : a;
	}
}

static void set_quote(struct filler *f, int quote, sp quote_y)
{
	if (quote < 0)
		return;
	f->q = &f->p->g->quotes[quote];
	f->quote_y = quote_y;
	f->quote_bottom = quote_y + (f->q->lines - 1) * unit_of(f);
}

void fill_ends(struct paginator *p, struct arena *a, const struct start *s, int quote, sp quote_y, int watch, struct fill *out)
{
	struct filler f = { .p = p, .a = a, .s = s, .watch = watch, .out = out };

	out->n = 0;
	out->anchor_top = out->anchor_bottom = 0;
	set_quote(&f, quote, quote_y);
	fill(&f);
	mem_free(f.parts);
}

void fill_again(struct paginator *p, struct arena *a, const struct choice *c, struct trial *t)
{
	struct fill none = { 0 };
	struct filler f = { .p = p, .a = a, .s = &c->start, .watch = -1, .out = &none, .record = t, .choice = c };

	memset(t, 0, sizeof *t);
	t->quote = c->quote;
	t->quote_y = c->quote_y;
	set_quote(&f, c->quote, c->quote_y);
	fill(&f);
	mem_free(f.parts);
}
