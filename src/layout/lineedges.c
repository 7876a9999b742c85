#include "layout/lineedges.h"

#include <string.h>

#include "base/mem.h"
#include "layout/squares.h"

enum {
	SLACK_EM = 2,        /* [em] hyphen sign, protrusion, cutting: what a line's ends may change in its width */
	ROUNDED = SP_ONE / 32 /* more than line_try may lose by rounding */
};

static bool is_last_pass(const struct line_pass *pass)
{
	return pass->loosest == 0;
}

/* True when the line from a to b cannot be squeezed into the measure, however its ends are cut. */
static bool far_too_wide(const struct par *p, const struct line_pass *pass, const struct cand *a, const struct cand *b, sp width)
{
	sp natural = b->x_end - a->x_next, spaces = b->space_end - a->space_next;
	sp least = natural - spaces * LINE_SHRINK / 1000 - natural * (p->style->expansion + pass->tracking) / 1000;

	if (p->gives != NULL)
		least = natural - squares_between(p, a, b).shrink;
	return least > width + SLACK_EM * p->style->size;
}

/* True when the line from a to b is too loose for the pass, however its ends are cut. */
static bool far_too_loose(const struct par *p, const struct line_pass *pass, const struct cand *a, const struct cand *b, sp width)
{
	sp natural = b->x_end - a->x_next, spaces = b->space_end - a->space_next;
	sp most = natural + SLACK_EM * p->style->size;

	if (p->gives != NULL)
		spaces = unit_scale(squares_between(p, a, b).stretch, 1000, LINE_STRETCH);
	if (is_last_pass(pass) || b->kind == BREAK_FORCED)
		return false;
	if (p->style->align != SET_JUSTIFY)
		most += width / 1000 * 15 * pass->loosest / 100;
	else
		most += spaces * LINE_STRETCH / 1000 * pass->loosest / 1000 + natural * (p->style->expansion + pass->tracking) / 1000;
	return most < width;
}

/* Flush-left text divides a word only if the line would else stay too short (style's hyphenate_gap). */
static bool needs_division(const struct par *p, const struct cand *a, const struct cand *b, sp width)
{
	const struct cand *c = b - 1;

	while (c > a && c->kind == BREAK_HYPHEN)
		c--;
	return c == a || width - (c->x_end - a->x_next) > unit_scale(width, p->style->hyphenate_gap, 1000);
}

/* What line_try would say no to, seen at a glance: wider than its measure with all that spaces and letters may give, or narrower. */
static bool is_out(const struct par *p, const struct line_pass *pass, const struct cand *a, const struct cand *b, sp width)
{
	sp natural = b->x_end - a->x_next + a->d_start + b->d_end - a->hang_next - b->hang_end, spaces = b->space_end - a->space_next;
	sp letters = (natural - spaces) * (p->style->expansion + pass->tracking) / 1000;

	if (p->gives != NULL || p->style->align != SET_JUSTIFY || is_last_pass(pass) || b->kind == BREAK_FORCED || spaces < 0 || letters < 0)
		return false;
	return natural - spaces * (1000 - LINE_LEAST_GAP) / 1000 - letters > width + ROUNDED ||
	       natural + spaces * LINE_STRETCH / 1000 * pass->loosest / 1000 + letters < width - ROUNDED;
}

/* The line a..b with all that does not hang on its neighbours. False: not in this pass. */
static bool try_pair(const struct par *p, const struct line_pass *pass, const struct cand *a, const struct cand *b, sp width,
                     struct line_trial *t)
{
	if ((int)line_level(b) > pass->hard || is_out(p, pass, a, b, width))
		return false;
	*t = line_try(p, pass, a, b, width);
	if (!t->possible) {
		if (!is_last_pass(pass) || b != a + 1)
			return false;
		*t = (struct line_trial){ .cost = COST_OVERFULL };
	}
	if (t->loose)
		return false;
	if (b->kind == BREAK_HYPHEN && p->style->align != SET_JUSTIFY && p->style->hyphenate_gap > 0 && b != a + 1 &&
	    !needs_division(p, a, b, width))
		return false;
	t->cost += line_end_price(p->style, b) + (line_stacks(p, a, b) ? COST_STACK : 0);
	return true;
}

/* The first candidate behind a that may end a line: what is nearer is too loose, whatever it costs to know. Looked for where the last
 * line found would end, for they are about as long; from there up or down by doubling steps, then by halves. */
static uint32_t nearest_end(struct edges *e, const struct par *p, const struct line_pass *pass, uint32_t a, sp width)
{
	uint32_t end = (uint32_t)p->n_cands - 1, loose = a, fits = a + 1, step = 1;
	const struct cand *ca = &p->cands[a];

	if (is_last_pass(pass))
		return fits;
	if (p->has_forced) {
		while (fits < end && far_too_loose(p, pass, ca, &p->cands[fits], width))
			fits++;
		return fits;
	}
	if (e->near > 1)
		fits = a + e->near < end ? a + e->near : end;
	if (far_too_loose(p, pass, ca, &p->cands[fits], width)) {
		for (loose = fits; loose + step < end && far_too_loose(p, pass, ca, &p->cands[loose + step], width); step *= 2)
			loose += step;
		fits = loose + step < end ? loose + step : end;
	} else {
		for (; fits - loose > step && !far_too_loose(p, pass, ca, &p->cands[fits - step], width); step *= 2)
			fits -= step;
		if (fits - loose > step)
			loose = fits - step;
	}
	while (fits - loose > 1) {
		uint32_t half = loose + (fits - loose) / 2;

		if (far_too_loose(p, pass, ca, &p->cands[half], width))
			loose = half;
		else
			fits = half;
	}
	e->near = fits - a;
	return fits;
}

int line_least(const struct par *p, uint32_t from, sp width, int most)
{
	const struct line_pass tightest = { .tracking = LINE_MOST_TRACKING };
	uint32_t end = (uint32_t)p->n_cands - 1;
	int lines = 0;

	par_open(p);
	for (; from < end && lines < most; lines++) { /* as much on each as it might hold */
		const struct cand *a = &p->cands[from];
		uint32_t fits = from + 1, wide = end + 1;

		while (wide - fits > 1) {
			uint32_t half = fits + (wide - fits) / 2;

			if (far_too_wide(p, &tightest, a, &p->cands[half], width))
				wide = half;
			else
				fits = half;
		}
		from = fits;
	}
	return lines;
}

static struct edge_span *span_of(struct edges *e, const struct par *p, uint32_t a)
{
	size_t at = p->n_cands - 1 - a, cap = e->n_of;

	if (at >= e->n_of) {
		cap = mem_grow_capacity(cap, at + 1);
		e->of = mem_resize(e->of, cap, sizeof *e->of);
		memset(e->of + e->n_of, 0, (cap - e->n_of) * sizeof *e->of);
		e->n_of = cap;
	}
	return &e->of[at];
}

void edges_free(struct edges *e)
{
	mem_free(e->v);
	mem_free(e->of);
}

/* fuller: lines less than half full are passed over. */
static void collect(struct edges *e, const struct par *p, const struct line_pass *pass, sp width, uint32_t a, bool fuller)
{
	uint32_t end = (uint32_t)p->n_cands - 1;
	const struct cand *ca = &p->cands[a];

	for (uint32_t b = a < end ? nearest_end(e, p, pass, a, width) : end + 1; b <= end; b++) {
		const struct cand *cb = &p->cands[b];
		struct line_trial t;

		if (fuller && cb->kind != BREAK_FORCED && cb->x_end - ca->x_next < width / 2)
			continue;
		if (try_pair(p, pass, ca, cb, width, &t)) {
			VEC_ROOM(e->v, e->n, e->cap, 1);
			e->v[e->n++] = (struct edge){ t.cost, b, t.fit };
		}
		if (cb->kind == BREAK_FORCED || far_too_wide(p, pass, ca, cb, width))
			break;
	}
}

const struct edge *edges_from(struct edges *e, const struct par *p, const struct line_pass *pass, sp width, uint32_t a,
                              uint32_t *n)
{
	struct edge_span *span = span_of(e, p, a);

	if (span->from == 0) {
		/* the last pass takes any line, and in a long paragraph those would be too many */
		bool fuller = p->n_cands > LINE_LONG && is_last_pass(pass);

		span->from = (uint32_t)e->n + 1;
		collect(e, p, pass, width, a, fuller);
		if (fuller && e->n + 1 == span->from)
			collect(e, p, pass, width, a, false);
		span->n = (uint32_t)(e->n + 1 - span->from);
	}
	*n = span->n;
	return span->n > 0 ? e->v + (span->from - 1) : NULL; /* nothing was ever put: v may be none */
}
