/* What may follow the end of a step: the next column, the page's next band, the next page. And what that costs, as far as
 * it does not depend on what the next step makes of it.
 *
 * A band of columns goes down to the page's foot, or to a line that was chosen when it was begun (search.c tries those that make its
 * columns about even). It has to end where what spans the columns begins, or the text does: in its last column at best. Columns then end
 * as evenly as rows allow, because blank rows are charged against that line. */
#include "layout/page.h"
#include "layout/price.h"

bool band_spans(const struct paginator *p, struct position pos)
{
	return pos.block < (int)p->g->n && p->g->v[pos.block].span;
}

sp band_grid(const struct theme *t, sp y)
{
	sp unit = t->page.unit, rest = (y - t->page.origin) % unit;

	if (rest < 0)
		rest += unit;
	return rest < SP_ONE / 100 ? y - rest : y + unit - rest;
}

static sp page_foot(const struct paginator *p)
{
	return style_line_y(p->l->theme, p->l->theme->page.last_line);
}

bool band_is_open(const struct paginator *p, const struct band *b)
{
	return b->last == page_foot(p);
}

bool band_is_full_page(const struct paginator *p, const struct band *b)
{
	return !b->below && band_is_open(p, b);
}

struct band band_of_page(const struct paginator *p)
{
	return (struct band){ .top = style_line_y(p->l->theme, p->l->theme->page.first_line),
		              .last = p->l->theme->cols.n > 1 ? 0 : page_foot(p) };
}

bool band_holds(const struct paginator *p, const struct band *b, int insert)
{
	return p->g->inserts[insert].height <= b->last - b->top + p->l->theme->page.unit;
}

sp band_width(const struct paginator *p, const struct block *b)
{
	return b->span ? p->span_w : p->text_w;
}

static int64_t blank_price(int64_t rows)
{
	return rows > 0 ? PRICE_SLACK * rows * rows + (rows > SLACK_MUCH ? PRICE_SLACK_MUCH : 0) : 0;
}

/* The last page of the document or of a chapter is not nearly empty, and the document's holds the imprint. */
static int64_t last_page_price(const struct paginator *p, sp low, sp limit, bool done)
{
	const struct theme *t = p->l->theme;
	sp rows = (low - style_line_y(t, t->page.first_line)) / t->page.unit + 1;

	if (!done)
		return rows < LAST_FEW ? PRICE_CHAPTER_FEW : 0;
	return (p->imprint_room > 0 && limit - low < p->imprint_room ? PRICE_IMPRINT_ALONE : 0) +
	       (rows < LAST_FEW ? PRICE_LAST_FEW : rows < (t->page.last_line - t->page.first_line) / 4 ? PRICE_LAST_SHORT : 0);
}

/* The text of a band is at its end: rows wanting in this column, and whole columns. */
static int64_t balance_price(const struct paginator *p, const struct band *b, const struct end *e)
{
	int64_t rows = (b->last - b->top) / p->l->theme->page.unit + 1, empty = p->l->theme->cols.n - 1 - b->column;

	return PRICE_BALANCE * ((int64_t)e->slack * e->slack + empty * rows * rows);
}

static int add_page(const struct paginator *p, const struct end *e, int page, int64_t price, struct seam *out)
{
	*out = (struct seam){ SEAM_PAGE, band_of_page(p), page + 1, price + e->n_waiting * PRICE_NOTE_LATE };
	if (e->opens && p->g->v[e->next.block].new_recto && p->l->theme->page.facing && out->page % 2 == 0)
		out->page++;
	return 1;
}

/* Behind what spans the columns: columns below it, or the next page. */
static int seams_of_span(const struct paginator *p, int page, const struct end *e, struct seam *out)
{
	int n = 0;

	if (e->closes && e->behind > 0 && e->behind <= page_foot(p))
		out[n++] = (struct seam){ SEAM_BELOW, { 0, e->behind, 0, true, e->keep }, page, 0 };
	return n + add_page(p, e, page, e->cut + e->blank, &out[n]);
}

/* A band of columns at its end, what spans them comes next. */
static int seams_of_close(const struct paginator *p, const struct start *s, int page, const struct end *e, int64_t balance,
                          struct seam *out)
{
	const struct theme *t = p->l->theme;
	sp top = band_grid(t, s->band.last + t->page.unit + e->space);
	int n = 0;

	if (e->pending >= 0 && !p->g->v[p->g->inserts[e->pending].first].span)
		return 0; /* there is no column for it */
	if (!band_is_open(p, &s->band) && top <= page_foot(p))
		out[n++] = (struct seam){ SEAM_BELOW, { 0, top, 0, true, 0 }, page, balance };
	return n + add_page(p, e, page, e->cut + balance + blank_price((page_foot(p) - s->band.last) / t->page.unit), &out[n]);
}

int band_seams(const struct paginator *p, const struct start *s, int page, const struct end *e, struct seam out[MOST_SEAMS])
{
	const struct theme *t = p->l->theme;
	bool columns = t->cols.n > 1, spans = columns && band_spans(p, s->pos), owes = e->ends && e->n_later > 0;
	bool in_columns = columns && !spans;
	int64_t balance = in_columns && e->closes && !owes ? balance_price(p, &s->band, e) : 0;
	bool tall = in_columns && (s->band.column > 0 || !band_is_open(p, &s->band));
	sp low = tall ? s->band.last : e->y, limit = tall ? page_foot(p) : e->limit;
	struct band next = s->band;

	if (in_columns && s->band.column == 0 && !band_is_open(p, &s->band) &&
	    (e->slack > (e->closes ? 0 : SLACK_MUCH) || s->pos.block >= (int)p->g->n))
		return 0; /* it need not go down so far: its blank rows would only make a hole at the page's foot look smaller */

	if (e->ends && !owes) {
		out[0] = (struct seam){ SEAM_DONE, s->band, page, e->cut + balance + last_page_price(p, low, limit, true) };
		return 1;
	}
	if (e->opens)
		return add_page(p, e, page, e->cut + balance + last_page_price(p, low, limit, false), out);
	if (spans)
		return seams_of_span(p, page, e, out);
	if (in_columns && e->closes && !owes)
		return seams_of_close(p, s, page, e, balance, out);
	if (in_columns && s->band.column + 1 < t->cols.n) {
		next.column++;
		next.keep = 0;
		if (s->pending >= 0 && !s->band.below && s->band.column == 0 && p->g->v[p->g->inserts[s->pending].first].span) {
			next.top += p->g->inserts[s->pending].height + t->page.unit;
			next.below = true;
		}
		if (e->pending >= 0 && !p->g->v[p->g->inserts[e->pending].first].span && !band_holds(p, &next, e->pending))
			return 0;
		out[0] = (struct seam){ SEAM_COLUMN, next, page, e->cut + (e->ends ? 0 : e->blank) };
		return 1;
	}
	return add_page(p, e, page, e->cut + (e->ends ? 0 : e->blank) + (band_is_open(p, &s->band) ? 0 : PRICE_BAND_OVER), out);
}
