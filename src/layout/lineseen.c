#include "layout/lineseen.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "layout/flatten.h"

enum {
	GAPS_MOST = 64,          /* of a line */
	RIVER_LINES = 4, RIVER_WIDE = 1150, /* [1/1000] of the natural space */
	RIVER_OFF = 350,         /* [1/1000 em] off a straight line */
	RIVER_SLANT = 1500,      /* [1/1000 em] a line: a flatter one is not seen as one */
	LAKE_LINES = 3, LAKE_FILL = 800, /* [1/1000] of the measure: less of it is ink */
	TEXT_LEAST = 24          /* [character] kept of a line's end */
};

/* A row of gaps that may become a river. */
struct stream {
	sp at, slant;            /* of its last gap; to the next line's */
	int lines;
	struct river_gap past[RIVER_LINES - 1]; /* its last gaps, the newest at the end */
};

struct line_seen {
	struct lines_made *out;
	struct arena *texts;
	bool each;
	const struct par *par;   /* of the line before */
	uint32_t to;             /* the candidate it ended at */
	int hyphens;             /* in a row, up to it */
	int hollow;              /* lines in a row that are more white than LAKE_FILL allows */
	struct stream streams[GAPS_MOST * 2];
	int n_streams;
};

struct line_seen *lineseen_new(struct lines_made *out, struct arena *texts, bool each)
{
	struct line_seen *s = mem_zalloc(1, sizeof *s);

	s->out = out;
	s->texts = texts;
	s->each = each;
	return s;
}

void lineseen_free(struct line_seen *s)
{
	if (!s->each)
		s->out->n_made = 0;
	mem_free(s);
}

/* The last words of the line. */
static const char *end_of_line(struct line_seen *s, const struct seen_line *l)
{
	const struct par *p = l->par;
	uint32_t from = p->cands[l->line->from].next, to = p->cands[l->line->to].end, at = to;
	char *text, *sign;
	int n = 0;

	while (at > from && (n < TEXT_LEAST || p->text[at - 1] != ' ')) {
		at--;
		n += ((unsigned char)p->text[at] & 0xC0) != 0x80;
	}
	text = arena_dup(s->texts, p->text + at, to - at);
	for (sign = text; (sign = strstr(sign, OBJECT_SIGN)) != NULL;) /* a picture */
		memmove(sign, sign + strlen(OBJECT_SIGN), strlen(sign + strlen(OBJECT_SIGN)) + 1);
	return text;
}

static const struct node *node_of(const struct seen_line *l)
{
	const struct par *p = l->par;
	uint32_t piece = p->cands[l->line->from].next_piece;

	return piece < p->n_pieces ? p->spans[p->pieces[piece].span].node : p->node;
}

/* A fault of the line that was noted last. */
static void add(struct line_seen *s, const struct seen_line *l, enum line_fault f)
{
	struct lines_made *out = s->out;

	out->of[f]++;
	out->made[out->n_made - 1].faults |= (uint32_t)1 << f;
	if (out->n == LINES_FAULTS_KEPT)
		return;
	VEC_ROOM(out->v, out->n, out->cap, 1);
	out->v[out->n++] = (struct line_fault_at){ f, node_of(l), l->page, end_of_line(s, l) };
}

static void note_line(struct line_seen *s, const struct seen_line *l)
{
	const struct par_style *style = l->par->style;
	struct lines_made *out = s->out;

	if (!s->each) /* the last one is at work, no other is looked at again */
		out->n_made = 0;

	VEC_ROOM(out->made, out->n_made, out->cap_made, 1);
	out->made[out->n_made++] = (struct line_made){ .node = node_of(l), .page = l->page, .x = l->x, .y = l->y,
		                                       .width = l->line->width, .size = style->size, .leading = style->leading,
		                                       .over = l->over };
}

/* What ends the line. */
static void look_at_end(struct line_seen *s, const struct seen_line *l)
{
	const struct cand *c = &l->par->cands[l->line->to];

	if (line_is_hyphen(c)) {
		s->out->hyphens++;
		s->hyphens++;
		if (s->hyphens > 2)
			add(s, l, FAULT_LADDER);
	} else {
		s->hyphens = 0;
	}
	if (line_level(c) == LEVEL_CLOSED)
		add(s, l, FAULT_CLOSED);
	else if (line_level(c) == LEVEL_BIND)
		add(s, l, FAULT_HARD_BIND);
	else if (line_level(c) == LEVEL_HYPHEN)
		add(s, l, FAULT_DEAR_HYPHEN);
	else if (c->kind == BREAK_SPACE && c->price > 0)
		add(s, l, FAULT_SOFT_BIND);
}

/* Widest first would change nothing: a line's gaps are as wide as each other. */
static void look_at_spaces(struct line_seen *s, const struct seen_line *l)
{
	sp wide = 0, natural = 0;

	for (int i = 0; i < l->n_gaps; i++) {
		wide += l->gaps[i].width;
		natural += l->gaps[i].natural;
	}
	if (natural > 0)
		s->out->made[s->out->n_made - 1].gap = (int32_t)unit_scale(wide, 1000, natural);
	if (wide > natural * LINE_LOOSE_GAP / 1000)
		add(s, l, FAULT_WIDE);
	if (l->ragged)
		add(s, l, FAULT_RAGGED);
	s->hollow = !l->ragged && l->line->width - wide < unit_scale(l->line->width, LAKE_FILL, 1000) ? s->hollow + 1 : 0;
	if (s->hollow == LAKE_LINES)
		add(s, l, FAULT_LAKE);
	if (llabs(l->letters) > l->line->width * LINE_TRACKING / 1000)
		add(s, l, FAULT_SPACED);
}

/* The gap joins the stream it goes on from, if any; what has become a river is kept. */
static void follow_gap(struct lines_made *out, struct stream *t, const struct stream *from, struct river_gap here)
{
	const int last = RIVER_LINES - 2;

	if (from != NULL)
		memcpy(t->past, from->past + 1, (size_t)last * sizeof *t->past);
	t->past[last] = here;
	if (t->lines < RIVER_LINES)
		return;
	VEC_ROOM(out->gaps, out->n_gaps, out->cap_gaps, RIVER_LINES);
	for (int i = 0; t->lines == RIVER_LINES && i <= last; i++)
		out->gaps[out->n_gaps++] = from->past[i];
	out->gaps[out->n_gaps++] = here;
}

/* Streams that go on through this line, and those that begin in it. */
static void look_for_rivers(struct line_seen *s, const struct seen_line *l)
{
	struct stream next[GAPS_MOST * 2];
	sp em = l->par->style->size;
	int n = 0;
	bool river = false;

	for (int i = 0; i < l->n_gaps && i < GAPS_MOST; i++) {
		const struct seen_gap *g = &l->gaps[i];
		const struct river_gap here = { l->page, g->centre - g->width / 2, l->y, g->width, em };
		struct stream best = { .at = g->centre, .lines = 1 };
		const struct stream *from = NULL;

		if (g->width < g->natural * RIVER_WIDE / 1000)
			continue;
		for (int k = 0; k < s->n_streams; k++) {
			const struct stream *t = &s->streams[k];
			sp d = g->centre - t->at, off = t->lines > 1 ? llabs(d - t->slant) : 0;

			if (llabs(d) > em * RIVER_SLANT / 1000 || off > em * RIVER_OFF / 1000)
				continue;
			/* the first step sets the slant */
			if (t->lines + 1 > best.lines || (t->lines == 1 && best.lines == 2 && llabs(d) < llabs(best.slant))) {
				best = (struct stream){ .at = g->centre, .slant = t->lines > 1 ? t->slant : d, .lines = t->lines + 1 };
				from = t;
			}
		}
		river = river || best.lines == RIVER_LINES;
		follow_gap(s->out, &best, from, here);
		next[n++] = best;
	}
	memcpy(s->streams, next, (size_t)n * sizeof *next);
	s->n_streams = n;
	if (river)
		add(s, l, FAULT_RIVER);
}

static void look_at_last(struct line_seen *s, const struct seen_line *l)
{
	const struct par *p = l->par;
	const struct cand *a = &p->cands[l->line->from], *b = &p->cands[l->line->to];
	sp least = line_least_last(p, l->line->width);

	if (l->line->from == 0 || p->has_forced || p->style->balance)
		return;
	if (b->x_end - a->x_next < least)
		add(s, l, FAULT_SHORT_LAST);
	if (line_is_scrap(a, b))
		add(s, l, FAULT_SCRAP_LAST);
}

void lineseen_take(struct line_seen *s, const struct seen_line *l)
{
	const struct par *p = l->par;
	bool follows, justified = p->style->align == SET_JUSTIFY && !l->line->last;

	if (s == NULL)
		return;
	follows = s->par == p && s->to == l->line->from && l->line->from != 0;
	if (!follows) {
		s->hyphens = 0;
		s->hollow = 0;
		s->n_streams = 0;
	}
	note_line(s, l);
	s->out->lines++;
	s->out->justified += justified;
	look_at_end(s, l);
	if (l->over > 0)
		add(s, l, FAULT_OVERFULL);
	if (follows && !l->line->last && line_stacks(p, &p->cands[l->line->from], &p->cands[l->line->to]))
		add(s, l, FAULT_STACK);
	if (justified)
		look_at_spaces(s, l);
	if (l->line->last)
		look_at_last(s, l);
	look_for_rivers(s, l);
	s->out->made[s->out->n_made - 1].hyphens = s->hyphens;
	s->par = p;
	s->to = l->line->to;
}
