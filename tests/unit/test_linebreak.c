/* Line breaking against all ways of breaking, tried one by one: the cost is computed here anew, in floating point,
 * from what layout/linebreak.h says. And lines set: nothing lost, as wide as their measure, gaps within limits. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "layout/lineedges.h"
#include "layout/lineseen.h"
#include "workshop.h"

/* ---- the cost, as the header has it ------------------------------------------------------------ */

struct rule { double loosest; int ladder, level, tracking; };
static const struct rule rules_wide[] = {
	{ 1.20, 2, 0, 10 }, { 1.20, 2, 1, 10 }, { 1.20, 2, 1, 12 }, { 1.71, 2, 1, 12 }, { 2.53, 2, 1, 15 }, { 6.00, 2, 1, 15 },
	{ 6.00, 3, 2, 15 }, { 6.00, 4, 3, 15 },
};
static const struct rule rules_narrow[] = {
	{ 1.20, 2, 0, 10 }, { 1.20, 2, 1, 10 }, { 1.20, 2, 1, 15 }, { 1.90, 2, 1, 15 }, { 2.53, 2, 1, 15 }, { 2.53, 3, 1, 15 },
	{ 6.00, 3, 1, 15 }, { 6.00, 3, 2, 15 }, { 6.00, 4, 3, 15 },
};
static const struct rule rules_ragged[] = { { 5.0, 2, 0, 0 }, { 100.0, 2, 0, 0 }, { 100.0, 3, 1, 0 } };
enum { PASSES = sizeof rules_wide / sizeof *rules_wide, PASSES_NARROW = sizeof rules_narrow / sizeof *rules_narrow,
       PASSES_RAGGED = sizeof rules_ragged / sizeof *rules_ragged, VARIANT_PASSES = 2 };
enum { MOST_LINES = 24 };

struct all_ways {
	const struct par *p;
	const struct measure *m;
	uint32_t from;
	const struct rule *rule;
	bool is_ragged;
	double least[MOST_LINES + 1];            /* by number of lines */
	double second[MOST_LINES + 1];           /* least of another way of the same number */
	uint32_t best[MOST_LINES + 1][MOST_LINES];
	uint32_t way[MOST_LINES];
	double slack[MOST_LINES + 1];            /* what rounding to integers (of 1/64 sp, too) may do to `least` */
	struct known { double cost, slack; int8_t fit, is; } *known; /* lines tried: NEAR from each start, both widths */
	int ways;
};
enum { NEAR = 100, MOST_WAYS = 200000 };

static bool hyphened(const struct cand *c)
{
	return c->kind == BREAK_HYPHEN || c->kind == BREAK_OWN_HYPHEN;
}

static double width_of_line(const struct all_ways *w, int line)
{
	const struct measure *m = w->m;

	return (double)(line >= m->narrow_from && line < m->narrow_to ? m->narrow : m->full) -
	       (line == 0 && w->from == 0 ? (double)m->indent : 0);
}

/* x^2 + y^2/10 least with x g + y c = d: searched, not solved. False: too tight. */
static bool shared(double d, double spaces, double ink, double limit, double *x, double *y)
{
	double g = spaces * (d >= 0 ? 0.40 : 0.36), c = ink * limit / 1000, lo = -1, hi = 1, tightest = -0.335 / 0.36;

	if (g < 64)
		g = 64;
	for (int i = 0; i < 100 && c > 0; i++) {
		double a = lo + (hi - lo) / 3, b = hi - (hi - lo) / 3, xa = (d - a * c) / g, xb = (d - b * c) / g;

		if (xa * xa + a * a / 10 < xb * xb + b * b / 10)
			hi = b;
		else
			lo = a;
	}
	*y = c > 0 ? (lo + hi) / 2 : 0;
	*x = (d - *y * c) / g;
	if (*x < tightest) {
		*x = tightest;
		*y = c > 0 ? (d - *x * g) / c : 0;
		return c > 0 ? *y >= -1 : d >= *x * g;
	}
	if (*x > 300)
		*x = 300;
	return true;
}

static bool is_stack(const struct par *p, const struct cand *a, const struct cand *b)
{
	bool ends = a->word_end != 0 && a->word_end == b->word_end, starts = a->word_next != 0 && a->word_next == b->word_next;

	return a > p->cands && b + 1 < p->cands + p->n_cands && (ends || starts);
}

static int level_of(const struct cand *c)
{
	return !c->hard ? 0 : c->price >= 1000 ? 3 : c->kind == BREAK_SPACE ? 2 : 1;
}

/* False: the line cannot be. */
static bool line_cost(const struct all_ways *w, const struct cand *a, const struct cand *b, double width, double *cost,
                      int *fit, double *slack)
{
	const struct par_style *st = w->p->style;
	bool last = b->kind == BREAK_FORCED;
	double natural = (double)(b->x_end - a->x_next + a->d_start + b->d_end - a->hang_next - b->hang_end);
	double spaces = (double)(b->space_end - a->space_next), d = width - natural, x = 0, y = 0, q, price = b->price;
	bool nearly = last && !w->is_ragged && !w->p->has_forced && d > 0 && d < (double)st->size; /* full or an em short (T-66) */

	*fit = 1;
	if (nearly) {
		shared(d, spaces, natural - spaces, st->expansion + w->rule->tracking, &x, &y);
		nearly = x > 0.5 / 0.40;
		if (nearly)
			x = y = 0;
		*fit = x < 0.5 ? 1 : x < 1 ? 2 : 3;
	} else if (w->is_ragged || (last && d >= 0)) {
		if (d < 0)
			return false;
		if (w->is_ragged && !last)
			x = d / (width * 0.15);
	} else {
		if (!shared(d, spaces, natural - spaces, st->expansion + w->rule->tracking, &x, &y))
			return false;
		*fit = x < -0.5 ? 0 : x < 0.5 ? 1 : x < 1 ? 2 : 3;
	}
	if (x > w->rule->loosest)
		return false;
	q = floor((x * x + y * y / 10) * 100) + 10;
	*slack = 2 * q + 1 + 0.004 * q * q;
	if (!w->is_ragged && (fabs(x - 0.5 / 0.40) < 0.001 || fabs(x - 1) < 0.001))
		*slack += 400000; /* on the edge of what counts as loose, or open */
	if (b->kind == BREAK_HYPHEN)
		price += w->is_ragged ? 250 : 280;
	else if (b->kind == BREAK_OWN_HYPHEN)
		price += 130;
	else if (b->kind == BREAK_JOINT)
		price += 100;
	*cost = q * q + price * price + (!w->is_ragged && x > 0.5 / 0.40 ? 400000 : 0) +
	        (!w->is_ragged && x > 1 ? 90000 : 0) + (is_stack(w->p, a, b) ? 4000 : 0);
	if (last) {
		double least = fmax((double)st->indent * 1.5, width / 8);

		*cost += natural < least && !w->p->has_forced ? 60000 : 0;
		*cost += nearly ? 20000 : 0;
		*cost += hyphened(a) ? 20000 : 0;
		*cost += hyphened(a) && (a->letters_after < 6 || spaces <= 0) ? 100000 : 0;
		*cost += hyphened(a) && spaces <= 0 ? w->is_ragged ? 10000000 : 400000 : 0;
	}
	return true;
}

static bool known_cost(struct all_ways *w, uint32_t a, uint32_t b, int line, double *cost, int *fit, double *slack)
{
	const struct cand *ca = &w->p->cands[a], *cb = &w->p->cands[b];
	bool narrow = line >= w->m->narrow_from && line < w->m->narrow_to;
	struct known *k = &w->known[(a * 2 + narrow) * NEAR + b - a];

	if (b - a >= NEAR || line == 0)
		return line_cost(w, ca, cb, width_of_line(w, line), cost, fit, slack);
	if (k->is == 0) {
		k->is = line_cost(w, ca, cb, width_of_line(w, line), cost, fit, slack) ? 1 : -1;
		k->cost = *cost;
		k->slack = *slack;
		k->fit = (int8_t)*fit;
	}
	*cost = k->cost;
	*slack = k->slack;
	*fit = k->fit;
	return k->is > 0;
}

static void try_all(struct all_ways *w, uint32_t a, int line, int fit, int ladder, double cost, double slack)
{
	const struct par *p = w->p;
	double width = width_of_line(w, line);

	if (++w->ways > MOST_WAYS)
		return;
	if (a + 1 == p->n_cands) {
		if (cost < w->least[line]) {
			w->second[line] = w->least[line];
			w->least[line] = cost;
			w->slack[line] = slack;
			memcpy(w->best[line], w->way, sizeof w->way);
		} else if (cost < w->second[line]) {
			w->second[line] = cost;
		}
		return;
	}
	if (line == MOST_LINES)
		return;
	for (uint32_t b = a + 1; b < p->n_cands; b++) {
		const struct cand *ca = &p->cands[a], *cb = &p->cands[b];
		double c = 0, s = 0;
		int f = 0, hyphens = hyphened(cb) ? ladder + 1 : 0;

		if ((double)(cb->x_end - ca->x_next) > width * 1.5 + (double)SP_PT(60))
			break;
		if (level_of(cb) <= w->rule->level && hyphens <= w->rule->ladder && known_cost(w, a, b, line, &c, &f, &s)) {
			w->way[line] = b;
			c += hyphens >= 2 ? 3000 : 0;
			c += hyphens >= 3 ? 150000 : 0;
			c += line > 0 && (f - fit > 1 || fit - f > 1) ? 3000 : 0;
			/* a word cut where the measure changes */
			c += hyphens > 0 && w->m->narrow_to > w->m->narrow_from &&
			     (line + 1 == w->m->narrow_from || line + 1 == w->m->narrow_to) ? 100000 : 0;
			/* a few words alone under a quote */
			c += w->m->under && b + 1 == p->n_cands && line == w->m->narrow_to &&
			     cb->x_end - ca->x_next < w->m->full - w->m->narrow ? 200000 : 0;
			try_all(w, b, line + 1, f, hyphens, cost + c, slack + s);
		}
		if (cb->kind == BREAK_FORCED)
			break;
	}
}

static const struct rule *rules_for(const struct par *p, const struct measure *m, int *n)
{
	sp least = m->narrow_to > m->narrow_from && m->narrow < m->full ? m->narrow : m->full;

	if (p->style->align != SET_JUSTIFY) {
		*n = PASSES_RAGGED;
		return rules_ragged;
	}
	*n = least < 34 * p->style->size ? PASSES_NARROW : PASSES;
	return *n == PASSES ? rules_wide : rules_narrow;
}

/* All ways of one pass. False: there is none. */
static bool all_ways(struct all_ways *w, const struct par *p, uint32_t from, const struct measure *m, const struct rule *rule)
{
	struct known *known = mem_zalloc(p->n_cands * 2 * NEAR, sizeof *known);
	bool found = false;

	*w = (struct all_ways){ .p = p, .m = m, .from = from, .rule = rule, .is_ragged = p->style->align != SET_JUSTIFY,
		                .known = known };
	for (int k = 0; k <= MOST_LINES; k++)
		w->least[k] = w->second[k] = INFINITY;
	try_all(w, from, 0, 1, 0, 0, 0);
	for (int k = 0; k <= MOST_LINES; k++)
		found = found || w->least[k] < INFINITY;
	mem_free(known);
	return found;
}

/* Index of the first pass that has a way, or -1; *w: of that pass. */
static int first_pass(struct all_ways *w, const struct par *p, uint32_t from, const struct measure *m)
{
	int n;
	const struct rule *rules = rules_for(p, m, &n);

	for (int i = 0; i < n; i++) {
		if (all_ways(w, p, from, m, &rules[i]))
			return i;
		if (w->ways > MOST_WAYS)
			return -1;
	}
	return -1;
}

/* A pass's ways hang on a line that is as loose as the pass allows, to within what integers are off. */
static bool on_edge(const struct par *p, uint32_t from, const struct measure *m, int pass, int other)
{
	int n, i = pass < other ? pass : other;
	const struct rule *rules = rules_for(p, m, &n);
	struct rule edge = rules[i];
	struct all_ways *w = mem_alloc(sizeof *w);
	bool tight, wide;

	edge.loosest = rules[i].loosest * 0.997;
	tight = all_ways(w, p, from, m, &edge);
	edge.loosest = rules[i].loosest * 1.003;
	wide = all_ways(w, p, from, m, &edge);
	mem_free(w);
	return tight != wide;
}

/* ---- comparison -------------------------------------------------------------------------------- */

struct tally { int lines, least, cases, same, narrow, hyphened, more, fewer, later, dearer, too_many, edges; double worst; };

/* One count of lines compared with all ways. False: line_break is dearer than the cheapest way. */
static bool is_least(const struct all_ways *w, const struct broken *b, int n, struct tally *t)
{
	double slack = w->slack[n];

	t->cases++;
	if (b->n != n || fabs((double)b->cost - w->least[n]) > slack) {
		t->dearer++;
		t->worst = fmax(t->worst, (double)b->cost / w->least[n]);
		return false;
	}
	for (int i = 0; i < n; i++) {
		assert_int_equal(b->v[i].from, i == 0 ? w->from : b->v[i - 1].to);
		assert_int_equal(b->v[i].width, (sp)width_of_line(w, i));
		t->narrow += b->v[i].narrow;
		t->hyphened += hyphened(&w->p->cands[b->v[i].to]);
	}
	if (w->second[n] - w->least[n] > 2 * slack) { /* no way is as cheap: it must be this one */
		for (int i = 0; i < n; i++)
			assert_int_equal(b->v[i].to, w->best[n][i]);
		t->same++;
	}
	return true;
}

/* A line more or less: in the same pass, if that is an early one. */
static void compare_variant(struct workshop *ws, const struct all_ways *natural, const struct par *p, uint32_t from,
                            const struct measure *m, int pass, int lines, int more, const struct broken *got, struct tally *t)
{
	int n, there = -1;
	struct broken one;
	struct all_ways *w = mem_alloc(sizeof *w);

	*w = *natural;
	rules_for(p, m, &n);
	assert_true(line_break(&ws->l, p, from, m, more, &one) == (got->n > 0));
	assert_true(one.n == got->n && one.cost == got->cost);
	if (pass < VARIANT_PASSES && pass < n && lines > 0 && w->least[lines] < INFINITY)
		there = pass;
	if (w->ways > MOST_WAYS) {
		t->too_many++;
	} else if (there < 0) {
		assert_int_equal(got->n, 0);
	} else if (got->n == 0) {
		t->cases++;
		t->dearer++;
		print_message("not found: %+d, %d lines for %.0f, pass %d, narrow %d..%d\n", more, lines, w->least[lines], there,
		              m->narrow_from, m->narrow_to);
	} else {
		(*(more > 0 ? &t->more : &t->fewer))++;
		assert_int_equal(got->pass, there);
		if (!is_least(w, got, lines, t))
			print_message("dearer: %+d: %d lines for %lld, least %.0f, pass %d, narrow %d..%d\n", more, got->n,
			              (long long)got->cost, w->least[lines], there, m->narrow_from, m->narrow_to);
	}
	mem_free(w);
}

static void compare(struct workshop *ws, const struct par *p, uint32_t from, const struct measure *m, struct tally *t)
{
	struct all_ways *w = mem_alloc(sizeof *w);
	struct broken b, all[3];
	int pass = first_pass(w, p, from, m), best = 0, n, least;

	if (w->ways > MOST_WAYS) {
		t->too_many++;
		mem_free(w);
		return;
	}
	assert_true(line_break(&ws->l, p, from, m, 0, &b));
	if (pass < 0) { /* only the last pass has a way, whatever it looks like */
		rules_for(p, m, &n);
		assert_int_equal(b.pass, n);
		mem_free(w);
		return;
	}
	if (b.pass != pass && on_edge(p, from, m, pass, b.pass)) {
		t->edges++;
		mem_free(w);
		return;
	}
	assert_int_equal(b.pass, pass);
	for (int k = 1; k <= MOST_LINES; k++) {
		if (w->least[k] < w->least[best])
			best = k;
	}
	if (!is_least(w, &b, best, t))
		print_message("dearer: %d lines for %lld, %d lines for %.0f, pass %d, narrow %d..%d: %.60s\n", b.n,
		              (long long)b.cost, best, w->least[best], pass, m->narrow_from, m->narrow_to, p->text);
	t->later += pass > 0;
	line_break_all(&ws->l, p, from, m, all);
	assert_true(all[1].n == b.n && all[1].cost == b.cost && all[1].pass == pass);
	least = line_least(p, from, m->full, MOST_LINES);
	assert_true(least > 0 && least <= (all[0].n > 0 ? all[0].n : b.n));
	t->lines += b.n;
	t->least += least;
	for (int more = -1; more <= 1; more += 2)
		compare_variant(ws, w, p, from, m, pass, best + more, more, &all[more + 1], t);
	mem_free(w);
}

static void random_style(struct workshop *w, uint64_t *seed)
{
	w->style.align = workshop_random(seed, 5) == 0 ? SET_START : SET_JUSTIFY;
	w->style.hyphenate = w->style.align == SET_JUSTIFY && workshop_random(seed, 4) != 0;
	w->style.expansion = workshop_random(seed, 3) == 0 ? 0 : 20;
	w->style.protrude = workshop_random(seed, 4) != 0;
	w->style.strict_binds = workshop_random(seed, 8) == 0;
	w->style.size = SP_PT(8) + (sp)workshop_random(seed, 4) * SP_ONE;
	w->style.indent = workshop_random(seed, 2) == 0 ? SP_PT(14) : 0;
}

/* Half of them so that the last line comes out short or full: then a line more or less is near. */
static void random_measure(struct workshop *w, const struct par *p, uint64_t *seed, struct measure *m)
{
	int lines = 2 + (int)workshop_random(seed, 4);

	*m = (struct measure){ .full = SP_PT(150 + workshop_random(seed, 200)), .indent = w->style.indent };
	if (workshop_random(seed, 2) == 0 && par_width(p) / lines > SP_PT(150))
		m->full = (par_width(p) + m->indent) * 100 / (100 * lines - 5 + (int)workshop_random(seed, 30));
	if (workshop_random(seed, 3) == 0)
		return;
	m->narrow = m->full * (50 + workshop_random(seed, 45)) / 100;
	m->narrow_from = (int)workshop_random(seed, 4);
	m->narrow_to = m->narrow_from + 1 + (int)workshop_random(seed, 4);
	m->under = workshop_random(seed, 2) == 0;
}

static void test_against_all_ways(void **state)
{
	struct workshop *w = workshop_open(NULL);
	struct tally t = { 0 };
	uint64_t seed = 8;
	const char *many = getenv("VERSTKA_SEEDS"); /* for a long run by hand */
	int n = many != NULL ? atoi(many) : 500;

	(void)state;
	w->l.tables = line_tables_new();
	for (int i = 0; i < n; i++) {
		struct buf text;
		struct measure m;
		struct par *p;

		buf_init(&text);
		random_style(w, &seed);
		workshop_prose(&seed, 6 + (int)workshop_random(&seed, 60), &text);
		p = workshop_par(w, text.data);
		random_measure(w, p, &seed, &m);
		compare(w, p, 0, &m, &t);
		if (i % 3 == 0) /* the rest of the paragraph, as on a further page */
			compare(w, p, 1 + workshop_random(&seed, (uint32_t)p->n_cands / 2), &m, &t);
		buf_free(&text);
	}
	print_message("%d compared, %d the only cheapest way, %d narrow lines, %d hyphens, %d longer, %d shorter, %d in later "
	              "passes, %d with too many ways; %d dearer than need be (at worst x %.3f)\n",
	              t.cases, t.same, t.narrow, t.hyphened, t.more, t.fewer, t.later, t.too_many, t.dearer, t.worst);
	assert_true(t.cases > 300 && t.same > t.cases / 2 && t.narrow > 200 && t.hyphened > 100);
	assert_true(t.more > 30 && t.fewer > 2 && t.later > 20);
	assert_int_equal(t.dearer, 0);
	assert_true(t.least > t.lines * 3 / 4); /* not far from the truth */
	assert_true(t.edges <= n / 500);
	line_tables_free(w->l.tables);
	workshop_close(w);
}

/* ---- special paragraphs ------------------------------------------------------------------------ */

static void test_overfull_word(void **state)
{
	struct workshop *w = workshop_open(NULL);
	struct measure m = { .full = SP_PT(60) };
	struct broken b;
	struct par *p;
	int overfull = 0;

	(void)state;
	w->style.hyphenate = false;
	p = workshop_par(w, "Сначала законодательство потом декриминализация и конец.");
	assert_true(line_break(&w->l, p, 0, &m, 0, &b));
	assert_true(b.overfull);
	for (int i = 0; i < b.n; i++) {
		const struct cand *a = &p->cands[b.v[i].from], *e = &p->cands[b.v[i].to];
		bool wide = e->x_end - a->x_next > m.full;

		overfull += wide;
		if (wide) /* alone, so that no other word sticks out */
			assert_int_equal(b.v[i].to, b.v[i].from + 1);
	}
	assert_int_equal(overfull, 2);
	workshop_close(w);
}

static void test_short_ones(void **state)
{
	struct workshop *w = workshop_open(NULL);
	struct measure m = { .full = SP_PT(200) };
	struct broken b;
	struct par *p = workshop_par(w, "");

	(void)state;
	assert_true(p->n_cands == 2 && line_break(&w->l, p, 0, &m, 0, &b));
	assert_int_equal(b.n, 1);
	assert_false(line_break(&w->l, p, 0, &m, 1, &b));
	assert_true(line_break(&w->l, p, 1, &m, 0, &b) && b.n == 0); /* nothing is left */
	p = workshop_par(w, "слово");
	assert_true(line_break(&w->l, p, 0, &m, 0, &b) && b.n == 1 && b.v[0].last && !b.overfull && b.pass == 0);
	assert_false(line_break(&w->l, p, 0, &m, -1, &b));
	p = workshop_par(w, "первая\xE2\x80\xA8" "вторая строка\xE2\x80\xA8\xE2\x80\xA8" "за пустой");
	assert_true(line_break(&w->l, p, 0, &m, 0, &b));
	assert_true(p->has_forced && b.n == 4);
	for (int i = 0; i < b.n; i++)
		assert_true(b.v[i].last && p->cands[b.v[i].to].kind == BREAK_FORCED);
	workshop_close(w);
}

/* Memory is the work that can be counted without a clock: twice the text, at most about twice of it. */
static void test_long_paragraph(void **state)
{
	size_t taken[2];

	(void)state;
	for (int k = 0; k < 2; k++) {
		struct workshop *w = workshop_open(NULL);
		struct measure m = { .full = SP_PT(300), .indent = SP_PT(14), .narrow = SP_PT(180), .narrow_from = 20,
			             .narrow_to = 30 };
		uint64_t seed = 5;
		struct broken b;
		struct buf text;
		struct par *p;

		buf_init(&text);
		workshop_prose(&seed, k == 0 ? 100000 : 200000, &text);
		p = workshop_par(w, text.data);
		assert_true(line_break(&w->l, p, 0, &m, 0, &b));
		assert_true(b.n > 10000 && !b.overfull && b.v[b.n - 1].to + 1 == p->n_cands);
		taken[k] = w->l.paras.total + w->l.arena.total;
		buf_free(&text);
		workshop_close(w);
	}
	assert_true(taken[1] < taken[0] * 5 / 2);
}

/* ---- lines set --------------------------------------------------------------------------------- */

struct set_tally { int lines, justified, hyphens, stretched, squeezed, ragged, a_little_short; };

static double loosest_gap(const struct broken *b)
{
	double wide_most = b->pass < PASSES ? rules_wide[b->pass].loosest : 400;

	return 1 + 0.40 * fmax(wide_most, b->pass < PASSES_NARROW ? rules_narrow[b->pass].loosest : 400);
}

/* One line's items are as wide as its measure, with what hangs over. */
static void check_line(const struct page *page, size_t from, const struct par *p, const struct broken *b, int i, sp x,
                       struct set_tally *t)
{
	const struct line *ln = &b->v[i];
	const struct cand *a = &p->cands[ln->from], *e = &p->cands[ln->to];
	sp pen = x - a->hang_next, play = SP_ONE / 50;
	const struct item *last = &page->items[page->n - 1];
	bool is_tight = b->overfull && ln->cost >= 1000000000;
	int spaces = 0;
	sp widest = 0;

	for (size_t k = from; k < page->n; k++) {
		const struct item *it = &page->items[k];
		sp sum = 0;

		assert_int_equal(it->kind, ITEM_TEXT);
		assert_in_range((uint64_t)(it->x - pen + play), 0, (uint64_t)(2 * play));
		for (uint32_t g = 0; g < it->u.text.n; g++) {
			sp adv = unit_scale(it->u.text.glyphs[g].advance, it->u.text.hscale, 65536);
			uint32_t c = it->u.text.glyphs[g].cluster;
			bool space = c < it->u.text.len && it->u.text.text[c] == ' ';

			sum += adv;
			spaces += space;
			widest = space && adv > widest ? adv : widest;
			if (!space || is_tight)
				continue;
			assert_true(adv >= p->space * (LINE_LEAST_GAP - 2) / 1000);
			if (!ln->last)
				assert_true((double)adv <= (double)p->space * loosest_gap(b) + 700);
			t->stretched += adv > p->space;
			t->squeezed += adv < p->space;
		}
		assert_in_range((uint64_t)(sum - it->w + play), 0, (uint64_t)(2 * play));
		assert_true(labs(it->u.text.hscale - 65536) <= 65536 * p->style->expansion / 1000 + 1);
		assert_true(it->u.text.hyphen_added == (k + 1 == page->n && e->kind == BREAK_HYPHEN));
		assert_true(it->u.text.line_end == (k + 1 == page->n));
		pen = it->x + it->w;
	}
	t->lines++;
	t->hyphens += last->u.text.hyphen_added;
	if (ln->last || is_tight)
		return;
	if (spaces == 0) { /* a word alone: its letters give a little, nothing else can */
		assert_true(pen <= x + ln->width + e->hang_end + SP_ONE / 10);
		return;
	}
	if (pen + play < x + ln->width + e->hang_end) { /* left short: as it is, and full it would have had gaps of two spaces */
		sp room = x + ln->width + e->hang_end - pen, all = ln->width * (ln->expansion + ln->tracking) / 1000;

		if (ln->width >= 30 * p->style->size && widest * 1000 / p->space > 1100) { /* or of more than one and a half */
			assert_in_range((uint64_t)(widest * 1000 / p->space), LINE_FULL_GAP - 5, LINE_FULL_GAP + 5);
			assert_true(room <= p->space * spaces * (LINE_RAGGED_GAP - LINE_FULL_GAP) / 1000 + SP_ONE / 10);
			t->a_little_short++;
			return;
		}
		for (size_t k = from; k < page->n; k++)
			assert_int_equal(page->items[k].u.text.hscale, 65536);
		assert_true(p->space * spaces + room + SP_ONE / 10 >= p->space * spaces * LINE_RAGGED_GAP / 1000);
		assert_true(room + all > 0 && b->pass >= 4);
		t->ragged++;
		return;
	}
	t->justified++;
	if (ln->tracking > 0) /* letterspacing times expansion: a second-order rest where the gaps are at their least */
		play += ln->width * 2 / 10000;
	assert_in_range((uint64_t)(pen - (x + ln->width + e->hang_end) + play), 0, (uint64_t)(2 * play));
}

/* Every character once and in order, but for spaces at line ends. */
static void check_text(const struct page *page, const struct par *p)
{
	uint32_t at = 0;

	for (size_t i = 0; i < page->n; i++) {
		const struct item *it = &page->items[i];

		assert_true(it->u.text.offset >= at && it->u.text.offset + it->u.text.len <= p->len);
		for (; at < it->u.text.offset; at++)
			assert_true(p->text[at] == ' ');
		assert_memory_equal(it->u.text.text, p->text + at, it->u.text.len);
		at += it->u.text.len;
	}
	assert_int_equal(at, p->len);
}

/* A word longer than any run of glyphs may be stands on its line in several, all of it. */
static void test_endless_word(void **state)
{
	struct workshop *w = workshop_open(NULL);
	struct pages *pages = pages_new();
	const struct place to = { .l = &w->l, .pages = pages, .page = pages_add(pages), .role = ROLE_CONTENT };
	struct measure m = { .full = SP_PT(200) };
	struct buf text;
	struct par *p;
	struct broken b;

	(void)state;
	w->style.hyphenate = false;
	buf_init(&text);
	for (int i = 0; i < 70000; i++)
		buf_puts(&text, i % 7 == 0 ? "ж" : "w");
	p = workshop_par(w, text.data);
	assert_true(line_break(&w->l, p, 0, &m, 0, &b));
	for (int i = 0; i < b.n; i++)
		line_set(&to, p, &b.v[i], 0, SP_PT(100));
	assert_true(to.page->n >= 2);
	check_text(to.page, p);
	for (size_t i = 0; i < to.page->n; i++) {
		const struct item *it = &to.page->items[i];

		assert_true(it->u.text.len <= LONGEST_RUN);
		for (uint32_t k = 1; k < it->u.text.n; k++)
			assert_true(it->u.text.glyphs[k].cluster > it->u.text.glyphs[k - 1].cluster);
	}
	buf_free(&text);
	pages_free(pages);
	workshop_close(w);
}

static void test_lines_set(void **state)
{
	struct workshop *w = workshop_open(NULL);
	struct set_tally t = { 0 };
	uint64_t seed = 3;

	(void)state;
	for (int i = 0; i < 150; i++) {
		struct pages *pages = pages_new();
		struct page *page = pages_add(pages);
		struct place to = { &w->l, pages, page, ROLE_CONTENT };
		struct measure m;
		struct broken b;
		struct buf text;
		struct par *p;

		buf_init(&text);
		random_style(w, &seed);
		w->style.align = SET_JUSTIFY;
		workshop_prose(&seed, 10 + (int)workshop_random(&seed, 120), &text);
		p = workshop_par(w, text.data);
		random_measure(w, p, &seed, &m);
		assert_true(line_break(&w->l, p, 0, &m, 0, &b));
		for (int k = 0; k < b.n; k++) {
			size_t from = page->n;
			sp x = SP_PT(50) + (k == 0 ? m.indent : 0);

			line_set(&to, p, &b.v[k], x, SP_PT(20 + 14 * k));
			assert_true(page->n > from);
			check_line(page, from, p, &b, k, x, &t);
		}
		check_text(page, p);
		pages_free(pages);
		buf_free(&text);
	}
	assert_true(t.lines > 600 && t.justified > 500 && t.hyphens > 50 && t.stretched > 500 && t.squeezed > 500);
	assert_true(t.ragged > 0 && t.a_little_short > 0);
	workshop_close(w);
}

/* T-72: an opening quotation mark hangs where the line begins at the edge, not at an indent. */
static void test_quote_at_indent(void **state)
{
	struct workshop *w = workshop_open(NULL);

	(void)state;
	w->style.protrude = true;
	w->style.indent = SP_PT(14);
	assert_int_equal(workshop_par(w, "«Слово» и слово")->cands[0].hang_next, 0);
	assert_true(workshop_par(w, "Тело и слово")->cands[0].hang_next > 0);
	w->style.indent = 0;
	assert_true(workshop_par(w, "«Слово» и слово")->cands[0].hang_next > 0);
	workshop_close(w);
}

/* The style's letterspacing: each letter, no space, and the line as it is set says the same. */
static void test_letterspacing(void **state)
{
	struct workshop *w = workshop_open(NULL);
	const char *text = "Разреженные буквы стоят врозь";
	const sp each = w->style.size / 10, natural = par_width(workshop_par(w, text));
	struct pages *pages = pages_new();
	struct page *page = pages_add(pages);
	struct place to = { &w->l, pages, page, ROLE_CONTENT };
	struct measure m = { .full = SP_PT(400) };
	struct broken b;
	struct par *p;
	const struct item *last;

	(void)state;
	w->style.tracking = 100;
	p = workshop_par(w, text);
	assert_int_equal(par_width(p), natural + 26 * each);
	assert_true(line_break(&w->l, p, 0, &m, 0, &b));
	line_set(&to, p, &b.v[0], 0, SP_PT(20));
	last = &page->items[page->n - 1];
	assert_in_range(llabs(last->x + last->w - natural - 26 * each), 0, SP_ONE / 50);
	pages_free(pages);
	workshop_close(w);
}

/* Where the last line of a paragraph ends, before the edge [sp]. */
static sp last_end(struct workshop *w, const struct par *p, const struct broken *b, sp full)
{
	struct pages *pages = pages_new();
	struct page *page = pages_add(pages);
	struct place to = { &w->l, pages, page, ROLE_CONTENT };
	const struct item *last;
	sp end;

	line_set(&to, p, &b->v[b->n - 1], 0, SP_PT(20));
	last = &page->items[page->n - 1];
	end = full - last->x - last->w;
	pages_free(pages);
	return end;
}

/* T-66: a last line is full or an em short of it, covers the indent, and is more than half a word. */
static void test_last_line(void **state)
{
	struct workshop *w = workshop_open(NULL);
	uint64_t seed = 21;
	int full = 0, near = 0, halves = 0, all = 0;

	(void)state;
	w->style.align = SET_JUSTIFY;
	w->style.indent = SP_PT(14);
	w->style.expansion = 20;
	w->style.protrude = false;
	for (int i = 0; i < 20; i++) {
		struct buf text;
		struct par *p;

		buf_init(&text);
		workshop_prose(&seed, 40 + i, &text);
		p = workshop_par(w, text.data);
		for (int pt = 300; pt < 360; pt += 3) {
			struct measure m = { .full = SP_PT(pt), .indent = w->style.indent };
			struct broken b;
			const struct cand *a, *e;
			sp end;

			assert_true(line_break(&w->l, p, 0, &m, 0, &b));
			a = &p->cands[b.v[b.n - 1].from];
			e = &p->cands[b.v[b.n - 1].to];
			end = last_end(w, p, &b, m.full);
			all++;
			full += llabs(end) < SP_ONE / 10;
			near += end >= SP_ONE / 10 && end < w->style.size;
			halves += line_is_hyphen(a) && e->space_end == a->space_next;
			assert_true(m.full - end >= w->style.indent);
		}
		buf_free(&text);
	}
	print_message("%d last lines: %d full, %d nearly, %d of half a word\n", all, full, near, halves);
	assert_true(full > 10);
	assert_int_equal(near, 0);
	assert_true(halves <= 2); /* where nothing else is: 4 if that cost no more than other hyphens */
	workshop_close(w);
}

/* A line that only gaps of more than two spaces would fill is left short, its letters as they are (linecost.h). */
static void test_left_short(void **state)
{
	struct workshop *w = workshop_open(NULL);
	uint64_t seen = 0;

	(void)state;
	w->style.align = SET_JUSTIFY;
	for (int words = 3; words <= 9; words++) {
		struct pages *pages = pages_new();
		struct page *page = pages_add(pages);
		struct place to = { &w->l, pages, page, ROLE_CONTENT };
		struct measure m = { .full = 0 };
		struct broken b;
		struct par *p;
		struct buf text;
		const struct item *last;
		sp natural, spaces;
		int64_t gap;

		buf_init(&text);
		for (int i = 0; i < words; i++)
			buf_puts(&text, i == 0 ? "слово" : " слово");
		natural = par_width(workshop_par(w, text.data));
		buf_puts(&text, " 12345678901234567890123456789");
		p = workshop_par(w, text.data);
		spaces = p->space * (words - 1);
		m.full = natural + spaces * 22 / 10;
		assert_true(line_break(&w->l, p, 0, &m, 0, &b));
		line_set(&to, p, &b.v[0], 0, SP_PT(20));
		last = &page->items[page->n - 1];
		gap = (last->x + last->w - natural) * 1000 / spaces;
		if (b.v[0].to > 0 && p->cands[b.v[0].to].kind == BREAK_SPACE) {
			assert_in_range(llabs(gap), 0, 20);
			seen++;
		}
		pages_free(pages);
		buf_free(&text);
	}
	assert_true(seen >= 5);
	workshop_close(w);
}

/* ---- lines looked at ---------------------------------------------------------------------------- */

static void test_stacked_words(void **state)
{
	struct workshop *w = workshop_open(NULL);
	struct par *p = workshop_par(w, "Закон есть закон, «закон» и Закон. Но закону и законы на по на.");
	uint32_t law = 0;
	int equal = 0, none = 0;

	(void)state;
	for (size_t i = 1; i + 1 < p->n_cands; i++) {
		const struct cand *c = &p->cands[i];

		if (c->kind != BREAK_SPACE)
			continue;
		if (law == 0)
			law = c->word_end; /* Закон| */
		equal += c->word_end == law;
		none += c->word_end == 0;
	}
	assert_true(law != 0);
	assert_in_range(equal, 2, 4); /* whatever stands around it, and however it begins; not закону, законы */
	assert_int_equal(none, 8); /* и, twice: too short to be seen; the others stand there once */
	workshop_close(w);
}

/* A line made up, to be looked at. */
static void look(struct line_seen *s, const struct par *p, const struct line *ln, const struct seen_gap *gaps, int n, sp letters)
{
	lineseen_take(s, &(struct seen_line){ .par = p, .line = ln, .page = 1, .gaps = gaps, .n_gaps = n, .letters = letters });
}

static void test_relaxed_rules(void **state)
{
	struct workshop *w = workshop_open(NULL);
	struct par *p = workshop_par(w, "один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать "
	                                "тринадцать четырнадцать пятнадцать шестнадцать семнадцать");
	struct lines_made made = { .lines = 0 };
	struct line_seen *s = lineseen_new(&made, &w->l.arena, true);
	const sp n = 100000, em = p->style->size;
	uint32_t at = 0;

	(void)state;
	for (int i = 0; i < 6; i++) { /* a slanted river through lines 1..5, its gaps a fifth wider than they should be */
		struct line ln = { .from = at, .to = at + 2, .width = SP_PT(200) };
		struct seen_gap gaps[2] = { { SP_PT(30 + 40 * (i % 2)), n, n }, { SP_PT(100) + i * em / 4, i == 0 ? n : n * 6 / 5, n } };

		look(s, p, &ln, gaps, 2, i == 3 ? SP_PT(3) : 0);
		at += 2;
	}
	assert_int_equal(made.of[FAULT_RIVER], 1);
	assert_int_equal(made.of[FAULT_SPACED], 1);
	assert_int_equal(made.of[FAULT_WIDE], 0);
	assert_int_equal(made.lines, 6);
	look(s, p, &(struct line){ .from = 0, .to = 1, .width = SP_PT(200) }, (const struct seen_gap[]){ { 0, n * 151 / 100, n } }, 1, 0);
	assert_int_equal(made.of[FAULT_WIDE], 1);
	look(s, p, &(struct line){ .from = (uint32_t)p->n_cands - 2, .to = (uint32_t)p->n_cands - 1, .width = SP_PT(2000), .last = true },
	     NULL, 0, 0);
	assert_int_equal(made.of[FAULT_SHORT_LAST], 1);
	assert_int_equal(made.of[FAULT_LAKE], 0);
	for (uint32_t i = 0; i < 5; i++) /* the third of three hollow lines makes a lake; not the fourth another */
		look(s, p, &(struct line){ .from = i, .to = i + 1, .width = SP_PT(200) },
		     (const struct seen_gap[]){ { 0, SP_PT(i < 4 ? 41 : 39), SP_PT(40) } }, 1, 0);
	assert_int_equal(made.of[FAULT_LAKE], 1);
	assert_true(made.n >= 4 && strlen(made.v[0].text) > 0 && made.v[0].node != NULL);
	lineseen_free(s);
	mem_free(made.v);
	mem_free(made.made);
	mem_free(made.gaps);
	workshop_close(w);
}

/* ---- kept -------------------------------------------------------------------------------------- */

/* The same words in the same look are one paragraph, broken once; in another look, or without its notes, another. */
static void test_paragraph_once(void **state)
{
	struct workshop *w = workshop_open(NULL);
	struct node *n = workshop_para(w, "Слово за словом набирается строка, и ни одного набирать дважды незачем.");
	struct par_style copy = w->style, bold = w->style;
	struct par_source src = { .node = n, .style = &w->style }, other = { .node = n, .style = &copy };
	struct par *p = par_new(&w->l, &src);
	const struct broken *narrow = line_break_natural(&w->l, p, SP_PT(120), 0);

	(void)state;
	assert_ptr_equal(par_new(&w->l, &other), p);
	assert_true(narrow->n > 1);
	assert_ptr_equal(line_break_natural(&w->l, p, SP_PT(120), 0), narrow);
	assert_int_equal(line_break_natural(&w->l, p, SP_PT(2000), 0)->n, 1);
	assert_ptr_not_equal(line_break_natural(&w->l, p, SP_PT(120), SP_PT(10)), narrow);
	bold.bold = true;
	other.style = &bold;
	assert_ptr_not_equal(par_new(&w->l, &other), p);
	other = src;
	other.skip_notes = true;
	assert_ptr_not_equal(par_new(&w->l, &other), p);
	other = src;
	other.prefix = "1 ";
	assert_ptr_not_equal(par_new(&w->l, &other), p);
	other.prefix = NULL;
	other.suffix = "1 ";
	assert_ptr_not_equal(par_new(&w->l, &other), par_new(&w->l, &(struct par_source){ .node = n, .style = &w->style, .prefix = "1 " }));
	workshop_close(w);
}

static void check_same(const struct par *p, const struct piece *pieces, const struct cand *cands)
{
	for (size_t i = 0; i < p->n_pieces; i++) {
		const struct piece *a = &p->pieces[i], *b = &pieces[i];

		assert_true(a->kind == b->kind && a->span == b->span && a->from == b->from && a->to == b->to && a->word == b->word &&
		            a->x == b->x && a->width == b->width && a->image_height == b->image_height && a->stretch == b->stretch &&
		            a->shrink == b->shrink && a->level == b->level);
	}
	for (size_t i = 0; i < p->n_cands; i++) {
		const struct cand *a = &p->cands[i], *b = &cands[i];

		assert_true(a->end == b->end && a->next == b->next && a->end_piece == b->end_piece && a->next_piece == b->next_piece &&
		            a->x_end == b->x_end && a->x_next == b->x_next && a->space_end == b->space_end &&
		            a->space_next == b->space_next && a->d_end == b->d_end && a->d_start == b->d_start &&
		            a->hang_end == b->hang_end && a->hang_next == b->hang_next && a->kind == b->kind && a->hard == b->hard &&
		            a->price == b->price && a->word_end == b->word_end && a->word_next == b->word_next &&
		            a->letters_after == b->letters_after);
	}
}

/* Paragraphs that were not asked for while others were made are folded, and come back as they were. */
static void test_folded(void **state)
{
	static const char *const texts[] = {
		"", "А", "Съешь же ещё этих мягких французских булок, да выпей чаю; «кто-то», 12 000 км — и т. д.\n\nhttps://a.b/c",
		"字間には何もない。Latin、、「あ」 12", "\xd8\xa7\xd9\x84\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85 abc \xd9\x88 12",
	};
	enum { TEXTS = sizeof texts / sizeof *texts };
	struct workshop *w = workshop_open(NULL);
	struct par *p[TEXTS];
	struct piece *pieces[TEXTS];
	struct cand *cands[TEXTS];
	struct give last = { 0, 0 };
	uint64_t seed = 8;

	(void)state;
	for (int i = 0; i < TEXTS; i++) {
		w->doc->lang = i == 3 ? "ja" : i == 4 ? "ar" : "ru";
		p[i] = workshop_par(w, texts[i]);
		pieces[i] = mem_alloc(p[i]->n_pieces * sizeof **pieces);
		cands[i] = mem_alloc(p[i]->n_cands * sizeof **cands);
		if (p[i]->n_pieces > 0)
			memcpy(pieces[i], p[i]->pieces, p[i]->n_pieces * sizeof **pieces);
		memcpy(cands[i], p[i]->cands, p[i]->n_cands * sizeof **cands);
	}
	w->doc->lang = "ru";
	assert_non_null(p[3]->gives);
	last = p[3]->gives[p[3]->n_pieces];
	for (int turn = 0; turn < 2; turn++) {
		for (int i = 0; i < 40; i++) {
			struct buf text;

			buf_init(&text);
			workshop_prose(&seed, 1500, &text);
			workshop_par(w, text.data);
			buf_free(&text);
		}
		for (int i = 0; i < TEXTS; i++) {
			assert_null(p[i]->cands);
			par_open(p[i]);
			check_same(p[i], pieces[i], cands[i]);
		}
		assert_true(p[3]->gives[p[3]->n_pieces].stretch == last.stretch && p[3]->gives[p[3]->n_pieces].shrink == last.shrink);
	}
	for (int i = 0; i < TEXTS; i++) {
		mem_free(pieces[i]);
		mem_free(cands[i]);
	}
	workshop_close(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_against_all_ways),
		cmocka_unit_test(test_overfull_word),
		cmocka_unit_test(test_short_ones),
		cmocka_unit_test(test_long_paragraph),
		cmocka_unit_test(test_endless_word),
		cmocka_unit_test(test_lines_set),
		cmocka_unit_test(test_last_line),
		cmocka_unit_test(test_left_short),
		cmocka_unit_test(test_quote_at_indent),
		cmocka_unit_test(test_letterspacing),
		cmocka_unit_test(test_stacked_words),
		cmocka_unit_test(test_relaxed_rules),
		cmocka_unit_test(test_paragraph_once),
		cmocka_unit_test(test_folded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
