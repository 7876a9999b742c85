/* What finished pages cost, worked out from their rows alone: where each stands, what block it is of, which notes are
 * at the foot. Nothing here is shared with the search but the price list and the geometry of a line beside a quote,
 * so a sum that differs from the search's is a fault in one of them. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "layout/page.h"
#include "layout/price.h"
#include "layout/side.h"

struct judge {
	struct paginator *p;
	const struct judged_page *pages;
	int n;
	bool whole;
	struct makeup_cost *out;
	const char *fault;
	int quote;              /* first one not settled */
	struct position from;   /* where the step at work begins */
	struct band band;       /* where it stands */
	bool spans;             /* it is one of what spans the columns */
	bool recto, done, ends, opens, closes; /* its page; it is the document's last; what comes behind its rows */
	enum seam_kind seam;    /* how it goes on */
	bool known;             /* that is known yet */
	int waiting;            /* notes called before it that are not begun yet */
	int foot;               /* blank rows of the column to the left; -1: it has none that faces this one, or its foot is full */
	bool quoted;            /* it carries a quote */
	bool was_recto, was_last_column; /* the step before */
};

static void add(struct judge *j, enum makeup_part part, int64_t price)
{
	j->out->part[part] += price;
	j->out->sum += price;
}

static const struct block *block_of(const struct judge *j, int block)
{
	return &j->p->g->v[block];
}

static bool is_recto(const struct judge *j, int number)
{
	return !j->p->l->theme->page.facing || number % 2 == 1;
}

/* Rows of the running text: floats are recorded behind them, heads of tables are repeated. */
static const struct placed *text_row(const struct trial *t, size_t i)
{
	return i < t->n && t->v[i].where == IN_TEXT && !t->v[i].head ? &t->v[i] : NULL;
}

static const struct placed *last_row(const struct trial *t)
{
	const struct placed *last = NULL;

	for (size_t i = 0; i < t->n; i++) {
		if (text_row(t, i) != NULL)
			last = &t->v[i];
	}
	return last;
}

static int float_on(const struct judge *j, const struct trial *t, enum placed_where where)
{
	for (size_t i = 0; i < t->n; i++) {
		if (t->v[i].where == where)
			return block_of(j, t->v[i].block)->insert - 1;
	}
	return -1;
}

/* ---- notes ----------------------------------------------------------------------------------------------------- */

static sp notes_height(const struct trial *t, sp *last)
{
	sp h = 0;

	*last = 0;
	for (size_t i = 0; i < t->n_notes; i++) {
		for (int k = t->notes[i].from; k < t->notes[i].to; k++)
			h += t->notes[i].rows->v[k].advance;
		if (t->notes[i].to > t->notes[i].from)
			*last = row_tail(&t->notes[i].rows->v[t->notes[i].to - 1]);
	}
	return h;
}

static bool note_begins(const struct trial *t, const struct node *note)
{
	for (size_t i = 0; i < t->n_notes; i++) {
		if (t->notes[i].note == note && t->notes[i].from == 0)
			return true;
	}
	return false;
}

static int calls_of(const struct judge *j, const struct placed *pl, const struct node ***notes)
{
	const struct block *b = block_of(j, pl->block);

	if (b->box != NULL && b->box->margin_notes)
		return 0;
	if (b->kind == BLOCK_PAR)
		return b->par->n_calls > 0 ? par_notes(b->par, pl->line.from, pl->line.to, notes) : 0;
	*notes = pl->row->notes;
	return pl->row->n_notes;
}

static bool is_beside(const struct trial *t, const struct node *note)
{
	for (size_t i = 0; i < t->n_sides; i++) {
		if (t->sides[i].note == note)
			return true;
	}
	return false;
}

/* Side notes one below the other, each as high as its mark: how far do they come down? And do they have room where they are? */
static void judge_sides(struct judge *j, const struct trial *t, sp first_y)
{
	const struct theme *th = j->p->l->theme;
	int top = float_on(j, t, AT_TOP);
	sp unit = th->page.unit, free = first_y, shift = th->note.most_shift * unit, above, below;
	struct side_gap gap = { 0, 0 };
	size_t row = 0;

	if (top >= 0)
		free += j->p->g->inserts[top].height + unit;
	if (t->quote >= 0)
		gap = side_gap_of(th, t->quote_y, j->p->g->quotes[t->quote].lines);
	for (size_t i = 0; i < t->n_sides; i++) {
		const struct side_note *n = &t->sides[i];
		sp y;

		for (; row <= n->row && row < t->n; row++) {
			if (t->v[row].where == IN_TEXT && side_taken(th, block_of(j, t->v[row].block), &t->v[row], &above, &below) && below > free)
				free = below;
		}
		if (n->mark != t->v[n->row].y)
			j->fault = "a side note that is not its line's";
		y = side_next(th, n->mark > free ? n->mark : free, n->mark, side_extent(n->rows), &gap);
		y = y > n->mark + shift ? n->mark + shift : y;
		add(j, MAKEUP_NOTES, (y - n->mark) * PRICE_SIDE_ROW / unit);
		free = y + side_extent(n->rows) + side_clear(n->rows);
	}
}

/* The places that side notes get: in order, clear of each other and the page's foot, no farther from their marks than allowed. */
static void check_sides(struct judge *j, const struct trial *t, sp first_y)
{
	const struct theme *th = j->p->l->theme;
	sp shift = th->note.most_shift * th->page.unit, low = first_y, *y;

	if (t->n_sides == 0)
		return;
	y = mem_zalloc(t->n_sides, sizeof *y);
	side_settle(j->p, t, first_y, y);
	for (size_t i = 0; i < t->n_sides; i++) {
		const struct side_note *n = &t->sides[i];
		sp top, bottom, last = y[i] + side_extent(n->rows);

		if (y[i] < low || y[i] > n->mark + shift || y[i] < n->mark - shift || last > style_line_y(th, th->page.last_line))
			j->fault = "a side note out of its place";
		for (size_t k = 0; k < t->n; k++) {
			if (t->v[k].where == IN_TEXT && side_taken(th, block_of(j, t->v[k].block), &t->v[k], &top, &bottom) && y[i] < bottom &&
			    last + side_clear(n->rows) > top)
				j->fault = "a side note upon what stands in the margin";
		}
		low = last + side_clear(n->rows);
	}
	mem_free(y);
}

/* The notes that the rows of a step call. */
struct called {
	const struct node **v;
	size_t n, cap;
};

static bool is_called(const struct called *c, const struct node *note)
{
	for (size_t i = 0; i < c->n; i++) {
		if (c->v[i] == note)
			return true;
	}
	return false;
}

static void collect_calls(const struct judge *j, const struct trial *t, struct called *c)
{
	for (size_t k = 0; k < t->n; k++) {
		const struct node **notes = NULL;
		int n = text_row(t, k) != NULL ? calls_of(j, &t->v[k], &notes) : 0;

		VEC_ROOM(c->v, c->n, c->cap, (size_t)n);
		for (int m = 0; m < n; m++)
			c->v[c->n++] = notes[m];
	}
}

static void judge_notes(struct judge *j, int i)
{
	const struct trial *t = j->pages[i].trial;
	const struct theme *th = j->p->l->theme;
	sp last, over = notes_height(t, &last) - (sp)(th->page.last_line - th->page.first_line + 1) * th->page.unit / 3;
	int late = 0, split = 0, foot = 0, old = 0;
	struct called called = { NULL, 0, 0 };

	collect_calls(j, t, &called);
	for (size_t k = 0; k < called.n; k++) {
		late += !note_begins(t, called.v[k]) && !is_beside(t, called.v[k]);
		foot += th->note.in_margin && !is_beside(t, called.v[k]);
	}
	for (size_t k = 0; k < t->n_notes; k++) {
		bool begins = t->notes[k].from == 0, here = begins && is_called(&called, t->notes[k].note);

		old += begins && !here;
		split += here && t->notes[k].to < t->notes[k].rows->n;
	}
	mem_free(called.v);
	j->waiting -= old;
	if (j->spans) { /* not late yet: there may be a column below */
		j->waiting += late;
		late = 0;
	}
	if (j->known && j->seam == SEAM_PAGE)
		add(j, MAKEUP_NOTES, j->waiting * (int64_t)PRICE_NOTE_LATE);
	j->waiting += late;
	add(j, MAKEUP_NOTES, late * (int64_t)PRICE_NOTE_LATE + foot * (int64_t)PRICE_SIDE_FOOT);
	if (late > 0 || split > 0)
		add(j, MAKEUP_NOTES, PRICE_NOTE_SPLIT);
	if (over > 0)
		add(j, MAKEUP_NOTES, (over + th->page.unit - 1) / th->page.unit * PRICE_NOTES_ROW);
}

/* ---- paragraphs ------------------------------------------------------------------------------------------------ */

static bool holds_lines(const struct broken *br, const struct placed *v, int n)
{
	for (int i = 0; i < n; i++) {
		if (i >= br->n || br->v[i].from != v[i].line.from || br->v[i].to != v[i].line.to)
			return false;
	}
	return true;
}

/* Of a paragraph that begins on an earlier page, and has so many lines from this page's first on. */
static int64_t widow_cost(const struct block *b, const struct placed *first_line, int lines)
{
	if (first_line->first || lines > b->style->widows)
		return 0;
	return lines < b->style->widows ? PRICE_WIDOW : PRICE_SHORT_WIDOW;
}

/* What the lines of a paragraph on one page cost, and how many its rest comes to from there on. */
static int64_t lines_cost(struct judge *j, const struct trial *t, const struct placed *v, int n, int *all)
{
	static const int more[] = { 0, 1, -1 };
	struct layout *l = j->p->l;
	const struct block *b = block_of(j, v[0].block);
	const struct quote *q = t->quote >= 0 ? &j->p->g->quotes[t->quote] : NULL;
	sp bottom = q != NULL ? t->quote_y + (q->lines - 1) * l->theme->page.unit : 0;
	uint32_t cand = v[0].first ? 0 : v[0].line.from;
	bool follows = v > t->v && !v[-1].head && v[-1].where == IN_TEXT;
	const struct par_start at = { v[0].block, follows ? v[-1].block : v[0].block - 1, cand };
	struct measure m = variant_measure(j->p, &at, v[0].y, q, t->quote_y, bottom);
	const struct broken *natural = variant_break(j->p, v[0].block, cand, &m, 0);
	int64_t best = -1;

	for (int i = 0; i < (b->plain_text ? 3 : 1) && natural != NULL; i++) {
		const struct broken *br = variant_break(j->p, v[0].block, cand, &m, more[i]);
		int64_t cost = 0, extra;

		if (br == NULL || !holds_lines(br, v, n))
			continue;
		extra = (br->cost - natural->cost) / (LINE_COSTS_A_POINT / POINT) / br->n;
		for (int k = 0; k < n && b->plain_text; k++) {
			int64_t narrow = (br->v[k].cost - NARROW_FREE) / (LINE_COSTS_A_POINT / POINT);

			cost += extra < 0 ? 0 : extra < PRICE_LINE_MOST ? extra : PRICE_LINE_MOST;
			if (br->v[k].beside && narrow > 0)
				cost += narrow < PRICE_LINE_MOST ? narrow : PRICE_LINE_MOST;
		}
		if (best < 0 || cost + widow_cost(b, v, br->n) < best + widow_cost(b, v, *all)) {
			best = cost;
			*all = br->n;
		}
	}
	if (best < 0)
		j->fault = "lines that no way of breaking the paragraph has";
	return best < 0 ? 0 : best;
}

static void judge_lines(struct judge *j, const struct trial *t)
{
	for (size_t i = 0, k; i < t->n; i = k) {
		const struct placed *pl = text_row(t, i);
		const struct block *b = pl != NULL ? block_of(j, pl->block) : NULL;
		int all = 0;

		for (k = i + 1; b != NULL && text_row(t, k) != NULL && t->v[k].block == pl->block;)
			k++;
		if (b == NULL || b->kind != BLOCK_PAR)
			continue;
		add(j, MAKEUP_LINES, lines_cost(j, t, pl, (int)(k - i), &all));
		add(j, MAKEUP_WIDOWS, widow_cost(b, pl, all));
	}
}

/* ---- the page's end ---------------------------------------------------------------------------------------------- */

static void judge_box_end(struct judge *j, const struct block *b, int rows)
{
	const struct box *box = b->box;
	const struct theme *t = j->p->l->theme;
	int64_t hole = (int64_t)(t->page.last_line - t->page.first_line + 1) * t->sidebar.whole_loss / 1000;

	add(j, MAKEUP_BREAKS, box->kind == BOX_SIDEBAR && box->lines <= t->sidebar.whole_lines
	                                 ? PRICE_SLACK * hole * hole + PRICE_SLACK_MUCH : PRICE_BOX);
	if (rows < t->sidebar.least_lines || box->lines - rows < t->sidebar.least_lines)
		add(j, MAKEUP_BREAKS, PRICE_BOX_SHORT);
	if (box->margin_notes || rows * t->page.unit < block_of(j, box->first)->margin.height)
		add(j, MAKEUP_BREAKS, PRICE_NEVER);
}

static void judge_paragraph_end(struct judge *j, const struct block *b, const struct placed *pl, int here, bool begun)
{
	bool turned = j->recto && j->band.column + 1 >= j->p->l->theme->cols.n;

	uint8_t kind = pl->line.end;

	if (b->heading) {
		add(j, MAKEUP_HEADINGS, PRICE_NEVER);
		return;
	}
	if (pl->next.block != pl->block) {
		add(j, MAKEUP_BREAKS, (int64_t)b->price * POINT);
		return;
	}
	if (begun && here <= b->style->orphans)
		add(j, MAKEUP_WIDOWS, here < b->style->orphans ? PRICE_WIDOW : PRICE_SHORT_WIDOW);
	if (kind == BREAK_HYPHEN || kind == BREAK_OWN_HYPHEN)
		add(j, MAKEUP_HYPHENS, turned ? PRICE_HYPHEN_RECTO : PRICE_HYPHEN_VERSO);
	if (b->keep_together)
		add(j, MAKEUP_WIDOWS, PRICE_WIDOW);
}

/* What stands before the page's end: rows of its last block, of its box, and since the last heading. */
static void judge_end(struct judge *j, const struct trial *t)
{
	const struct placed *last = last_row(t);
	const struct block *b;
	int here = 0, in_box = 0, since = j->band.keep > 0 ? 0 : 1000, keep = j->band.keep;
	bool begun = false;

	if (last == NULL || j->ends || j->opens) /* a page that must end there parts nothing */
		return;
	for (size_t i = 0; i < t->n; i++) {
		const struct placed *pl = text_row(t, i);
		const struct block *c = pl != NULL ? block_of(j, pl->block) : NULL;

		if (pl == NULL)
			continue;
		if (i > 0 && t->v[i - 1].block != pl->block && block_of(j, t->v[i - 1].block)->heading) {
			since = 0;
			keep = block_of(j, t->v[i - 1].block)->style->keep_next;
		}
		since += !c->heading;
		if (c->box != NULL && pl->block == c->box->first && pl->first)
			in_box = 0;
		in_box += c->box != NULL;
		here = i > 0 && t->v[i - 1].block == pl->block && !t->v[i - 1].head ? here + 1 : 1;
		begun = here == 1 ? pl->first : begun;
	}
	b = block_of(j, last->block);
	add(j, MAKEUP_HEADINGS, since < 2 ? PRICE_AFTER_HEADING : since < keep ? PRICE_NEAR_HEADING : 0);
	if (b->box != NULL && !(last->next.block != last->block && last->block == b->box->last))
		judge_box_end(j, b, in_box);
	if (b->kind == BLOCK_PAR) {
		judge_paragraph_end(j, b, last, here, begun);
	} else {
		int64_t price = last->row->price;

		if (last->next.block != last->block && b->price > price)
			price = b->price;
		add(j, MAKEUP_BREAKS, last->row->keep ? PRICE_NEVER / 2 : price * POINT);
	}
}

static void judge_low_headings(struct judge *j, const struct trial *t, sp first_y)
{
	for (size_t i = 1; i < t->n; i++) {
		const struct placed *pl = text_row(t, i);
		const struct block *b = pl != NULL ? block_of(j, pl->block) : NULL;

		if (b == NULL || !b->heading || b->box != NULL || !pl->first || block_of(j, t->v[i - 1].block)->heading)
			continue;
		if (pl->y - b->before - first_y < LEAST_BEFORE_HEADING * j->p->l->theme->page.unit)
			add(j, MAKEUP_HEADINGS, PRICE_LOW_HEADING);
	}
}

static sp foot_of(const struct judge *j, const struct trial *t, sp *limit, sp first_y)
{
	const struct theme *th = j->p->l->theme;
	const struct placed *last = last_row(t);
	int foot = float_on(j, t, AT_FOOT), top = float_on(j, t, AT_TOP);
	sp tail, h = notes_height(t, &tail);

	*limit = j->band.last;
	if (t->n_notes > 0)
		*limit -= h - tail + th->note.rule_above + th->note.least_gap;
	if (foot >= 0)
		*limit -= j->p->g->inserts[foot].height + th->page.unit;
	if (last == NULL)
		return top >= 0 ? first_y + j->p->g->inserts[top].height - th->page.unit : first_y - th->page.unit;
	return last->y + (last->row != NULL && last->row->below > 0 ? last->row->below : 0);
}

/* Blank rows, unequal feet side by side, a last page nearly empty. */
static void judge_foot(struct judge *j, const struct trial *t, sp first_y)
{
	const struct theme *th = j->p->l->theme;
	int columns = th->cols.n, slack, foot;
	sp page_foot = style_line_y(th, th->page.last_line), limit, y = foot_of(j, t, &limit, first_y), rows, unit = th->page.unit;
	bool whole_band = columns > 1 && !j->spans && j->closes && (j->done || !j->ends), tall = j->band.column > 0 || j->band.last < page_foot;
	int64_t band = (j->band.last - j->band.top) / unit + 1, left = (page_foot - j->band.last) / unit;

	slack = y < limit ? (int)((limit - y) / unit) : 0;
	if (whole_band) { /* its columns are as long as each other */
		add(j, MAKEUP_BLANK, PRICE_BALANCE * ((int64_t)slack * slack + (columns - 1 - j->band.column) * band * band));
		if (!j->ends && !j->opens && j->seam == SEAM_PAGE)
			add(j, MAKEUP_BLANK, PRICE_SLACK * left * left + (left > SLACK_MUCH ? PRICE_SLACK_MUCH : 0));
	} else if (!j->ends && !j->opens && j->seam != SEAM_BELOW) {
		add(j, MAKEUP_BLANK, PRICE_SLACK * (int64_t)slack * slack + (slack > SLACK_MUCH ? PRICE_SLACK_MUCH : 0));
	}
	if (!whole_band && j->seam == SEAM_PAGE && !j->opens && j->band.last < page_foot)
		add(j, MAKEUP_BLANK, PRICE_BAND_OVER);
	foot = j->closes || j->spans || t->n_notes > 0 || float_on(j, t, AT_FOOT) >= 0 ? -1 : slack;
	if (j->foot >= 0 && foot >= 0) {
		int d = abs(j->foot - foot);

		add(j, MAKEUP_FACING, (int64_t)PRICE_FACING * (d < FACING_MOST ? d * d : FACING_MOST * FACING_MOST));
	}
	if (columns > 1 && !j->spans && tall) {
		y = j->band.last;
		limit = page_foot;
	}
	rows = (y - style_line_y(th, th->page.first_line)) / unit + 1;
	if (j->done && j->p->imprint_room > 0 && limit - y < j->p->imprint_room)
		add(j, MAKEUP_LAST, PRICE_IMPRINT_ALONE);
	if (j->done)
		add(j, MAKEUP_LAST, rows < LAST_FEW ? PRICE_LAST_FEW
		                       : rows < (th->page.last_line - th->page.first_line) / 4 ? PRICE_LAST_SHORT : 0);
	else if (j->opens && rows < LAST_FEW)
		add(j, MAKEUP_LAST, PRICE_CHAPTER_FEW);
	j->foot = j->seam == SEAM_COLUMN || (j->seam == SEAM_PAGE && th->page.facing && !j->recto) ? foot : -1;
}

/* ---- quotes and floats ---------------------------------------------------------------------------------------------- */

static void judge_quote_place(struct judge *j, const struct trial *t)
{
	const struct quote *q = &j->p->g->quotes[t->quote];
	const struct theme *th = j->p->l->theme;
	sp unit = th->page.unit, top = 0, bottom = 0, low = t->quote_y + (q->lines - 1) * unit, away = 0, clear = th->pullquote.clear * unit;
	int64_t price;

	for (size_t i = 0; i < t->n; i++) {
		const struct placed *pl = text_row(t, i);
		const struct block *b = pl != NULL ? block_of(j, pl->block) : NULL;
		sp below = t->v[i].row != NULL && t->v[i].row->below > 0 ? t->v[i].row->below : 0;

		if ((t->v[i].where == AT_TOP && t->v[i].y + below > t->quote_y - unit) || (t->v[i].where == AT_FOOT && t->v[i].y < low + unit))
			j->fault = "a pull quote upon a figure or table";
		if (pl == NULL)
			continue;
		if (pl->y > t->quote_y - unit / 2 && pl->y < low + unit / 2 &&
		    (!b->plain_text || pl->block < q->section_first || pl->block > q->section_last))
			j->fault = "a pull quote beside what is not its section's text";
		if (pl->block == q->anchor) {
			top = top == 0 ? pl->y : top;
			bottom = b->kind == BLOCK_PAR ? pl->y : top + b->rows.height;
		}
		if ((b->kind != BLOCK_PAR || b->heading || b->box != NULL) && pl->first && pl->y + below > t->quote_y - clear &&
		    pl->y < low + clear)
			add(j, MAKEUP_QUOTES, PRICE_NEAR_QUOTE);
	}
	if (top == 0)
		return;
	away = t->quote_y < top ? 3 * (top - t->quote_y) : t->quote_y > bottom ? t->quote_y - bottom : 0;
	price = away * POINT / unit / 2;
	add(j, MAKEUP_QUOTES, price < PRICE_DISTANCE_MOST ? price : PRICE_DISTANCE_MOST);
}

static void judge_quotes(struct judge *j, const struct trial *t, bool recto, int next_block)
{
	const struct galley *g = j->p->g;
	int settled = t->quote >= 0 ? t->quote + 1 : j->quote;

	if (t->quote >= 0) {
		judge_quote_place(j, t);
		if (t->quote != j->quote)
			j->fault = "pull quotes out of order";
		if (g->quotes[t->quote].anchor < j->from.block)
			add(j, MAKEUP_QUOTES, PRICE_QUOTE_TURNED);
		if (recto && j->quoted)
			add(j, MAKEUP_QUOTES, PRICE_TWO_QUOTES);
	}
	for (size_t i = 0; i < t->n; i++) {
		const struct block *b = text_row(t, i) != NULL ? block_of(j, t->v[i].block) : NULL;
		const struct insert *in = b != NULL && b->insert > 0 ? &g->inserts[b->insert - 1] : NULL;

		if (in == NULL || in->kind != INSERT_QUOTE || !t->v[i].first)
			continue;
		if (in->quote != settled)
			j->fault = "a pull quote set twice, or out of order";
		add(j, MAKEUP_QUOTES, PRICE_IN_COLUMN);
		settled = in->quote + 1;
	}
	for (; settled < (int)g->n_quotes && (next_block >= (int)g->n || g->quotes[settled].anchor < j->from.block); settled++)
		add(j, MAKEUP_QUOTES, PRICE_QUOTE_LOST);
	if (settled < (int)g->n_quotes && g->quotes[settled].anchor < next_block)
		add(j, MAKEUP_QUOTES, PRICE_QUOTE_WAITS);
	j->quote = settled;
	j->quoted = t->quote >= 0 && !recto;
}

/* A float at the top was put off by the step before. */
static void judge_floats(struct judge *j, const struct trial *t)
{
	int late = float_on(j, t, AT_TOP);

	if (float_on(j, t, AT_FOOT) >= 0)
		add(j, MAKEUP_FLOATS, PRICE_FLOAT_FOOT);
	if (late >= 0) {
		bool turned = j->was_recto && (block_of(j, j->p->g->inserts[late].first)->span || j->was_last_column);

		add(j, MAKEUP_FLOATS, turned ? PRICE_FLOAT_TURNED : PRICE_FLOAT_NEXT);
	}
}

/* ---- all pages ---------------------------------------------------------------------------------------------------- */

static void check_rows(struct judge *j, const struct trial *t, sp first_y)
{
	sp limit, y = first_y - 1;

	foot_of(j, t, &limit, first_y);
	for (size_t i = 0; i < t->n; i++) {
		if (t->v[i].y > j->band.last && t->v[i].where != IN_TEXT)
			j->fault = "a figure or table below its limit";
		if (t->v[i].where != IN_TEXT)
			continue;
		if (t->v[i].y <= y && i > 0)
			j->fault = "rows that do not go down the page";
		if (t->v[i].y > limit && i > 0)
			j->fault = "text below its limit";
		y = t->v[i].y;
	}
}

/* What hangs in the margin beside other text: it ends above the foot, and nothing begins upon it. */
static void check_margin(struct judge *j, const struct trial *t)
{
	sp hang = 0, top, bottom;
	bool under_masthead = j->band.top > band_of_page(j->p).top; /* the first row has no other place */

	for (size_t i = 0; i < t->n; i++) {
		const struct placed *pl = &t->v[i];
		const struct block *b = block_of(j, pl->block);
		bool begins = pl->first && (b->box == NULL || b->box->first == pl->block);

		if (pl->where != IN_TEXT)
			continue;
		if (begins && hang > 0 && side_taken(j->p->l->theme, b, pl, &top, &bottom) && top < hang)
			j->fault = "matter in the margin upon other";
		if (pl->first && (i > 0 || !under_masthead) && b->margin.n > 0 && pl->y + side_extent(&b->margin) > j->band.last)
			j->fault = "matter in the margin below the foot";
		hang = side_hang(b, pl) > hang ? side_hang(b, pl) : hang;
	}
	for (size_t i = 0; i < t->n; i++) {
		if (t->v[i].where == AT_FOOT && hang > t->v[i].y)
			j->fault = "a figure or table upon matter in the margin";
	}
}

/* Where the step stands, and how it goes on: read off the steps behind it. */
static void look_around(struct judge *j, int i, const struct position *next)
{
	const struct theme *th = j->p->l->theme;
	const struct judged_page *here = &j->pages[i], *after = i + 1 < j->n ? here + 1 : NULL;
	const struct placed *last = last_row(here->trial);

	j->band = here->band;
	j->recto = is_recto(j, here->number);
	j->done = j->whole && after == NULL;
	j->ends = next->block >= (int)j->p->g->n;
	j->spans = j->from.block < (int)j->p->g->n && block_of(j, j->from.block)->span;
	j->opens = !j->ends && next->cand == 0 && next->row == 0 && block_of(j, next->block)->new_page;
	j->closes = j->ends || j->opens ||
	            (last != NULL && next->cand == 0 && next->row == 0 && block_of(j, next->block)->span != j->spans);
	j->seam = j->done ? SEAM_DONE : after == NULL || after->number != here->number ? SEAM_PAGE
	          : after->band.column > here->band.column ? SEAM_COLUMN : SEAM_BELOW;
	j->known = after != NULL || j->whole || th->cols.n == 1;
	if (j->known && j->seam == SEAM_BELOW && (after->band.column != 0 || after->band.top <= here->band.top))
		j->fault = "a band that does not stand below the one before it";
	if (j->known && j->seam == SEAM_COLUMN && (after->band.top < here->band.top || after->band.last != here->band.last))
		j->fault = "columns of one band that differ";
}

static void judge_page(struct judge *j, int i)
{
	const struct trial *t = j->pages[i].trial;
	const struct placed *last = last_row(t);
	struct position next = last != NULL ? last->next : j->from;
	sp first_y = j->pages[i].band.top;

	look_around(j, i, &next);
	j->p->recto = j->recto;
	check_rows(j, t, first_y);
	check_margin(j, t);
	judge_lines(j, t);
	judge_low_headings(j, t, first_y);
	if (j->known && j->seam != SEAM_BELOW)
		judge_end(j, t);
	judge_notes(j, i);
	judge_sides(j, t, first_y);
	check_sides(j, t, first_y);
	if (j->known)
		judge_foot(j, t, first_y);
	judge_quotes(j, t, j->recto, next.block);
	judge_floats(j, t);
	j->from = next;
}

struct judged_past judge_start(const struct paginator *p)
{
	return (struct judged_past){ .foot = -1, .waiting = p->n_owed };
}

bool judge_step(struct paginator *p, const struct judged_page *v, int n, bool whole, struct judged_past *past,
                struct makeup_cost *out, const char **fault)
{
	struct judge j = { .p = p, .pages = v, .n = n, .whole = whole, .out = out, .quote = past->quote, .from = past->from,
		           .waiting = past->waiting, .foot = past->foot, .quoted = past->quoted, .was_recto = past->recto,
		           .was_last_column = past->last_column };

	judge_page(&j, 0);
	*past = (struct judged_past){ j.quote, j.from, j.waiting, j.foot, j.quoted, j.recto, j.band.column + 1 >= p->l->theme->cols.n };
	*fault = j.fault;
	return j.fault == NULL;
}

bool judge_pages(struct paginator *p, const struct judged_page *v, int n, bool whole, struct makeup_cost *out,
                 const char **fault)
{
	struct judged_past past = judge_start(p);
	const char *first = NULL;

	memset(out, 0, sizeof *out);
	for (int i = 0; i < n; i++) {
		par_fold_old(p->l);
		if (!judge_step(p, v + i, n - i, whole, &past, out, fault) && first == NULL)
			first = *fault;
	}
	*fault = first;
	return first == NULL;
}
