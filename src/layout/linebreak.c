#include "layout/linebreak.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strmap.h"
#include "layout/lineedges.h"

enum {
	LADDER_COUNTED = 5,  /* a longer row is not told apart: only the last pass has them */
	COUNTS_KEPT = 3,     /* ends of one candidate that are more lines away from its cheapest will not win, nor be asked
	                      * for: loose passes would carry every count along and cost a square of the length;
	                      * of a LINE_LONG paragraph only the cheapest are kept */
	FIT_NONE = 15, MEASURES = 4 /* full and narrow, with and without indent */
};
#define TABLES_MOST ((size_t)8 << 20) /* [byte] */
#define TABLES_MOST_LONG ((size_t)128 << 20)

/* The best way on from (or, in a front, up to) a candidate. */
struct state {
	int64_t cost;
	uint32_t other;      /* table: state behind this line; front: state before it */
	uint32_t cand;       /* where this line ends */
	uint32_t lines;      /* table: from here to the end; front: up to here */
	uint8_t fit, ladder;
};

struct table_key {
	const struct span *spans; /* the paragraph's: as good as the paragraph, of which there may be a shortened copy */
	uint64_t n_cands;
	sp width;
	struct line_pass pass;
};

/* Where a candidate's ways on stand in a table. */
struct ways_on {
	uint32_t first, n;   /* first: index + 1; 0: nobody has asked for them; WANTED: they are being looked for */
};
#define WANTED UINT32_MAX

/* Lines of one measure; and, of the candidates that they are asked for and all that those lead to, the ways on to the paragraph's end in
 * that measure. Most candidates stand where no line ends that leads there. */
struct table {
	struct table_key key;
	struct edges edges;
	struct state *v;
	size_t n, cap;
	struct ways_on *on;  /* [candidates to the end] */
	size_t n_on;
	size_t bytes;        /* counted in line_tables */
	uint64_t used;       /* when, in calls */
};

/* Room for a search, used again and again. */
struct scratch {
	struct state *front; /* lines before the table: layer k holds the ends of line k - 1 */
	size_t cap_front;
	struct final *finals;
	size_t cap_finals;
	uint32_t *slots;     /* one a candidate from the first on; all zero between two lines */
	size_t n_slots;
};

struct line_tables {
	struct scratch room;
	struct strmap by_key;
	struct table **v;
	size_t n, cap;
	size_t bytes;        /* about */
	uint64_t calls;
};

struct search {
	const struct par *p;
	const struct measure *m;
	uint32_t from;
	const struct line_pass *pass;
	struct table *tables[MEASURES]; /* of the pass: first line, narrow, full */
	int n_tables;
	struct table *t;     /* of the full measure */
	struct scratch room;
	size_t n_front, n_finals;
	size_t layer;        /* first state of the front's last layer */
};

/* The cheapest way of one number of lines. */
struct final {
	int64_t cost;
	uint32_t front, table;
	int lines;
};

/* ---- neighbours ------------------------------------------------------------------------------------------------- */

/* What two neighbours cost that do not look alike. */
static int64_t beside(unsigned fit, unsigned other)
{
	static const uint8_t far[FIT_NONE + 1] = { 1 << 2 | 1 << 3, 1 << 3, 1 << 0, 1 << 0 | 1 << 1 }; /* more than a class away */

	return (far[fit] >> other & 1) * COST_FITNESS;
}

/* What the last of so many hyphens in a row adds. */
static int64_t one_more(unsigned ladder)
{
	return ladder > 1 ? line_row_price(ladder) - line_row_price(ladder - 1) : 0;
}

static uint8_t counted(unsigned ladder)
{
	return (uint8_t)(ladder > LADDER_COUNTED ? LADDER_COUNTED : ladder);
}

/* ---- the table ---------------------------------------------------------------------------------------------------- */

/* Of candidate c, room for it if need be. */
static struct ways_on *ways_on(struct table *t, uint32_t c)
{
	size_t at = t->key.n_cands - 1 - c, cap = t->n_on;

	if (at >= t->n_on) {
		cap = mem_grow_capacity(cap, at + 1);
		t->on = mem_resize(t->on, cap, sizeof *t->on);
		memset(t->on + t->n_on, 0, (cap - t->n_on) * sizeof *t->on);
		t->n_on = cap;
	}
	return &t->on[at];
}

static void add_state(struct table *t, size_t begin, struct state new)
{
	for (size_t i = begin; i < t->n; i++) {
		struct state *old = &t->v[i];

		if (old->lines == new.lines && old->fit == new.fit && old->ladder == new.ladder) {
			if (new.cost < old->cost)
				*old = new;
			return;
		}
	}
	VEC_ROOM(t->v, t->n, t->cap, 1);
	t->v[t->n++] = new;
}

/* Whatever stands before, a is as good as b. */
static bool dominates(const struct state *a, const struct state *b)
{
	return a->lines == b->lines && a->ladder <= b->ladder && a->cost + (a->fit != b->fit ? COST_FITNESS : 0) <= b->cost;
}

static void prune(struct table *t, size_t begin)
{
	int best = 0, more = t->key.n_cands > LINE_LONG ? 0 : COUNTS_KEPT;
	int64_t least = INT64_MAX;
	size_t kept = begin;

	for (size_t i = begin; i < t->n; i++) {
		if (t->v[i].cost < least) {
			least = t->v[i].cost;
			best = (int)t->v[i].lines;
		}
	}
	for (size_t i = begin; i < t->n; i++) {
		const struct state *s = &t->v[i];
		bool drop = (int)s->lines < best - more || (int)s->lines > best + more;

		for (size_t k = begin; k < t->n && !drop; k++)
			drop = (k < kept || k > i) && dominates(&t->v[k], s);
		if (!drop)
			t->v[kept++] = *s;
	}
	t->n = kept;
}

static void extend_back(struct table *t, const struct par *p, const struct edge *e, size_t begin)
{
	const struct ways_on on = *ways_on(t, e->to);
	bool hyphen = line_is_hyphen(&p->cands[e->to]);

	for (size_t i = on.first - 1; i < on.first - 1 + on.n; i++) {
		const struct state *s = &t->v[i];
		unsigned ladder = hyphen ? s->ladder + 1U : 0;
		int64_t cost = s->cost + e->cost + beside(e->fit, s->fit) + one_more(ladder);

		if (ladder > (unsigned)t->key.pass.ladder)
			continue;
		add_state(t, begin, (struct state){ .cost = cost, .other = (uint32_t)i, .cand = e->to, .lines = s->lines + 1U,
		                                    .fit = e->fit, .ladder = counted(ladder) });
	}
}

/* Marks c, and what lies ahead of it, as far as nobody has asked for it. Returns the last one. */
static uint32_t mark_ahead(struct table *t, const struct par *p, uint32_t c)
{
	uint32_t last = c, n;

	ways_on(t, c)->first = WANTED;
	for (uint32_t a = c; a <= last; a++) {
		const struct edge *e;

		if (ways_on(t, a)->first != WANTED)
			continue;
		e = edges_from(&t->edges, p, &t->key.pass, t->key.width, a, &n);
		for (uint32_t i = 0; i < n; i++) {
			struct ways_on *on = ways_on(t, e[i].to);

			if (on->first != 0)
				continue;
			on->first = WANTED;
			last = e[i].to > last ? e[i].to : last;
		}
	}
	return last;
}

/* The ways on from candidate c. */
static struct ways_on table_build(struct table *t, const struct par *p, uint32_t c)
{
	uint32_t n;

	if (ways_on(t, c)->first != 0)
		return *ways_on(t, c);
	for (uint32_t a = mark_ahead(t, p, c) + 1; a-- > c;) {
		struct ways_on *on = ways_on(t, a);
		size_t begin = t->n;
		const struct edge *e;

		if (on->first != WANTED)
			continue;
		e = edges_from(&t->edges, p, &t->key.pass, t->key.width, a, &n);
		for (uint32_t i = 0; i < n; i++)
			extend_back(t, p, &e[i], begin);
		prune(t, begin);
		*on = (struct ways_on){ (uint32_t)begin + 1, (uint32_t)(t->n - begin) };
	}
	return *ways_on(t, c);
}

static struct table *table_new(const struct par *p, const struct table_key *key)
{
	struct table *t = mem_zalloc(1, sizeof *t);
	uint32_t end = (uint32_t)p->n_cands - 1;

	t->key = *key;
	*ways_on(t, end) = (struct ways_on){ 1, 1 };
	VEC_ROOM(t->v, t->n, t->cap, 1);
	t->v[t->n++] = (struct state){ .fit = FIT_NONE, .cand = end };
	return t;
}

static void table_free(struct table *t)
{
	edges_free(&t->edges);
	mem_free(t->v);
	mem_free(t->on);
	mem_free(t);
}

static void scratch_free(struct scratch *s)
{
	mem_free(s->front);
	mem_free(s->finals);
	mem_free(s->slots);
	memset(s, 0, sizeof *s);
}

struct line_tables *line_tables_new(void)
{
	return mem_zalloc(1, sizeof(struct line_tables));
}

void line_tables_forget(struct line_tables *t)
{
	if (t == NULL)
		return;
	for (size_t i = 0; i < t->n; i++)
		table_free(t->v[i]);
	t->n = t->bytes = 0;
	strmap_free(&t->by_key);
	scratch_free(&t->room);
}

size_t line_tables_bytes(const struct line_tables *t)
{
	return t != NULL ? t->bytes : 0;
}

static int latest_first(const void *a, const void *b)
{
	const struct table *x = *(struct table *const *)a, *y = *(struct table *const *)b;

	return x->used != y->used ? (x->used > y->used ? -1 : 1) : 0;
}

/* Those used last stay, half of `most` of them. */
static void forget_old(struct line_tables *t, size_t most)
{
	size_t n = t->n;

	qsort(t->v, n, sizeof(struct table *), latest_first);
	strmap_free(&t->by_key);
	t->n = t->bytes = 0;
	for (size_t i = 0; i < n; i++) {
		struct table *k = t->v[i];

		if (t->bytes + k->bytes > most / 2) {
			table_free(k);
			continue;
		}
		t->bytes += k->bytes;
		t->v[t->n++] = k;
		strmap_put(&t->by_key, (const char *)&k->key, sizeof k->key, k);
	}
}

void line_tables_free(struct line_tables *t)
{
	if (t == NULL)
		return;
	line_tables_forget(t);
	mem_free(t->v);
	mem_free(t);
}

static struct table *table_for(struct line_tables *all, const struct par *p, sp width, const struct line_pass *pass)
{
	struct table_key key;
	struct table *t;

	memset(&key, 0, sizeof key); /* its bytes are looked up */
	key.spans = p->spans;
	key.n_cands = p->n_cands;
	key.width = width;
	key.pass.loosest = pass->loosest;
	key.pass.ladder = pass->ladder;
	key.pass.hard = pass->hard;
	key.pass.tracking = pass->tracking;
	t = all != NULL ? strmap_lookup(&all->by_key, (const char *)&key, sizeof key) : NULL;
	if (t != NULL) {
		t->used = all->calls;
		return t;
	}
	t = table_new(p, &key);
	if (all != NULL) {
		t->used = all->calls;
		VEC_ROOM(all->v, all->n, all->cap, 1);
		all->v[all->n++] = t;
		strmap_put(&all->by_key, (const char *)&t->key, sizeof t->key, t);
	}
	return t;
}

/* ---- lines before the table --------------------------------------------------------------------------------------- */

static bool has_narrow(const struct measure *m)
{
	return m->narrow_to > m->narrow_from;
}

static sp measure_of(const struct search *s, int line)
{
	const struct measure *m = s->m;
	sp w = line >= m->narrow_from && line < m->narrow_to ? m->narrow : m->full;

	return line == 0 && s->from == 0 ? w - m->indent : w;
}

/* How many lines are not the table's. */
static int front_lines(const struct search *s)
{
	int n = s->from == 0 ? 1 : 0;

	return has_narrow(s->m) && s->m->narrow_to > n ? s->m->narrow_to : n;
}

static int by_cand(const struct state *a, const struct state *b)
{
	return a->cand != b->cand ? (a->cand < b->cand ? -1 : 1) : 0;
}

/* Layers come out nearly in order of their candidates: insertion is linear then. */
static void sort_layer(struct state *v, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct state x = v[i];
		size_t k = i;

		for (; k > 0 && by_cand(&v[k - 1], &x) > 0; k--)
			v[k] = v[k - 1];
		v[k] = x;
	}
}

/* recent: for each candidate from `base` on, where in the new layer it is found first + 1. */
static void add_front(struct search *s, size_t begin, uint32_t *slot, struct state new)
{
	for (size_t i = *slot != 0 ? *slot - 1 : s->n_front; i < s->n_front && i >= begin; i++) {
		struct state *old = &s->room.front[i];

		if (old->cand == new.cand && old->fit == new.fit && old->ladder == new.ladder) {
			if (new.cost < old->cost)
				*old = new;
			return;
		}
	}
	VEC_ROOM(s->room.front, s->n_front, s->room.cap_front, 1);
	s->room.front[s->n_front++] = new;
	if (*slot == 0)
		*slot = (uint32_t)s->n_front;
}

static void extend_front(struct search *s, size_t from, size_t to, const struct edge *e, int line, size_t begin,
                         uint32_t *slot)
{
	bool hyphen = line_is_hyphen(&s->p->cands[e->to]);
	bool turn = hyphen && has_narrow(s->m) && (line + 1 == s->m->narrow_from || line + 1 == s->m->narrow_to);

	for (size_t i = from; i < to; i++) {
		struct state f = s->room.front[i];
		unsigned ladder = hyphen ? f.ladder + 1U : 0;
		int64_t cost = f.cost + e->cost + beside(f.fit, e->fit) + one_more(ladder) + (turn ? COST_HYPHEN_AT_TURN : 0);

		if (ladder <= (unsigned)s->pass->ladder)
			add_front(s, begin, slot, (struct state){ .cost = cost, .other = (uint32_t)i, .cand = e->to,
			                                          .lines = (uint32_t)line + 1, .fit = e->fit, .ladder = counted(ladder) });
	}
}

static void offer_final(struct search *s, struct final new)
{
	for (size_t i = 0; i < s->n_finals; i++) {
		if (s->room.finals[i].lines == new.lines) {
			if (new.cost < s->room.finals[i].cost)
				s->room.finals[i] = new;
			return;
		}
	}
	VEC_ROOM(s->room.finals, s->n_finals, s->room.cap_finals, 1);
	s->room.finals[s->n_finals++] = new;
}

/* The table of a measure in this pass, at hand for the search's length. */
static struct table *table_of(struct search *s, struct layout *l, sp width)
{
	for (int i = 0; i < s->n_tables; i++) {
		if (s->tables[i]->key.width == width)
			return s->tables[i];
	}
	return s->tables[s->n_tables++] = table_for(l->tables, s->p, width, s->pass);
}

/* One line after the layer of `line`: a new layer. */
static void step_front(struct search *s, struct layout *l, int line)
{
	uint32_t *slots = s->room.slots;
	size_t from = s->layer, end = s->n_front;
	uint32_t last = (uint32_t)s->p->n_cands - 1;
	sp width = measure_of(s, line);
	struct table *t = table_of(s, l, width);

	for (size_t i = from; i < end;) {
		uint32_t a = s->room.front[i].cand, n;
		size_t to = i;
		const struct edge *e = edges_from(&t->edges, s->p, s->pass, width, a, &n);

		while (to < end && s->room.front[to].cand == a)
			to++;
		for (uint32_t k = 0; k < n; k++)
			extend_front(s, i, to, &e[k], line, end, &slots[e[k].to - s->from]);
		i = to;
	}
	for (size_t i = end; i < s->n_front; i++)
		slots[s->room.front[i].cand - s->from] = 0;
	sort_layer(s->room.front + end, s->n_front - end);
	s->layer = end;
	for (size_t i = end; i < s->n_front; i++) {
		if (s->room.front[i].cand == last)
			offer_final(s, (struct final){ s->room.front[i].cost, (uint32_t)i, 0, line + 1 });
	}
}

/* The line behind the narrow ones, if it is the last and as short as what stands above it is wide. */
static int64_t under_price(const struct search *s, const struct state *front, const struct state *behind)
{
	const struct cand *c = s->p->cands;

	if (!s->m->under || !has_narrow(s->m) || front->lines != (uint32_t)s->m->narrow_to || behind->lines != 1)
		return 0;
	return c[s->p->n_cands - 1].x_end - c[front->cand].x_next < s->m->full - s->m->narrow ? COST_UNDER_QUOTE : 0;
}

/* The last layer's states with the ways on from where they stand. */
static void join(struct search *s)
{
	uint32_t end = (uint32_t)s->p->n_cands - 1;

	for (size_t i = s->layer; i < s->n_front; i++) {
		const struct state *f = &s->room.front[i];
		struct ways_on on;

		if (f->cand == end)
			continue;
		on = table_build(s->t, s->p, f->cand);
		for (size_t k = on.first - 1; k < on.first - 1 + on.n; k++) {
			const struct state *b = &s->t->v[k];
			int64_t row = line_row_price((unsigned)f->ladder + b->ladder) - line_row_price(f->ladder) - line_row_price(b->ladder);

			if (f->ladder > 0 && b->ladder > 0 && f->ladder + b->ladder > (unsigned)s->pass->ladder)
				continue;
			offer_final(s, (struct final){ f->cost + b->cost + beside(f->fit, b->fit) + row + under_price(s, f, b), (uint32_t)i,
			                               (uint32_t)k, (int)(f->lines + b->lines) });
		}
	}
}

/* All numbers of lines that this pass has, in s->room.finals. */
static void run_pass(struct search *s, struct layout *l, const struct line_pass *pass)
{
	int n = front_lines(s);
	size_t slots = n > 0 ? s->p->n_cands - s->from : 0, before = s->room.n_slots;

	VEC_ROOM(s->room.slots, 0, s->room.n_slots, slots);
	if (s->room.n_slots > before)
		memset(s->room.slots + before, 0, (s->room.n_slots - before) * sizeof *s->room.slots);
	s->pass = pass;
	s->n_tables = 0;
	s->n_front = s->n_finals = s->layer = 0;
	VEC_ROOM(s->room.front, s->n_front, s->room.cap_front, 1);
	s->room.front[s->n_front++] = (struct state){ .fit = FIT_NONE, .cand = s->from };
	for (int line = 0; line < n && s->layer < s->n_front; line++)
		step_front(s, l, line);
	s->t = table_of(s, l, s->m->full);
	join(s);
}

static const struct final *cheapest(const struct search *s)
{
	const struct final *best = NULL;

	for (size_t i = 0; i < s->n_finals; i++) {
		if (best == NULL || s->room.finals[i].cost < best->cost)
			best = &s->room.finals[i];
	}
	return best;
}

static const struct final *of_lines(const struct search *s, int lines)
{
	for (size_t i = 0; i < s->n_finals; i++) {
		if (s->room.finals[i].lines == lines)
			return &s->room.finals[i];
	}
	return NULL;
}

static void put_line(const struct search *s, struct broken *out, int i, uint32_t from, uint32_t to, int64_t cost)
{
	out->v[i] = (struct line){ .from = from, .to = to, .width = measure_of(s, i),
		                   .narrow = i >= s->m->narrow_from && i < s->m->narrow_to, .beside = has_narrow(s->m),
		                   .last = s->p->cands[to].kind == BREAK_FORCED, .end = s->p->cands[to].kind,
		                   .expansion = (int16_t)s->p->style->expansion,
		                   .tracking = s->pass->tracking, .cost = cost };
}

static void trace(struct layout *l, const struct search *s, const struct final *f, int pass, struct broken *out)
{
	const struct state *at = &s->room.front[f->front], *t;
	int front = (int)at->lines;
	uint32_t from;

	out->n = f->lines;
	out->cost = f->cost;
	out->pass = pass;
	out->overfull = f->cost >= COST_OVERFULL;
	out->loose = s->pass->loosest == 0 || s->pass->loosest > 2600;
	out->v = arena_array(l->lines != NULL ? l->lines : &l->arena, (size_t)out->n, sizeof *out->v);
	from = at->cand;
	for (int i = front; i-- > 0;) {
		const struct state *before = &s->room.front[at->other];

		put_line(s, out, i, before->cand, at->cand, at->cost - before->cost);
		at = before;
	}
	t = &s->t->v[f->table];
	for (int i = front; i < out->n; i++) {
		const struct state *behind = &s->t->v[t->other];

		put_line(s, out, i, from, t->cand, t->cost - behind->cost + (i == front ? under_price(s, &s->room.front[f->front], t) : 0));
		from = t->cand;
		t = behind;
	}
}

/* ---- the door ----------------------------------------------------------------------------------------------------- */

static size_t table_bytes(const struct table *t)
{
	return t->cap * sizeof *t->v + t->edges.cap * sizeof *t->edges.v +
	       t->n_on * sizeof *t->on + t->edges.n_of * sizeof *t->edges.of + sizeof *t;
}

static void end_pass(struct search *s, struct layout *l)
{
	for (int i = 0; i < s->n_tables; i++) {
		struct table *t = s->tables[i];

		if (l->tables == NULL) {
			table_free(t);
			continue;
		}
		l->tables->bytes += table_bytes(t) - t->bytes;
		t->bytes = table_bytes(t);
	}
	s->n_tables = 0;
}

static void done(struct search *s, struct layout *l)
{
	/* a paragraph over many pages is asked for on each of them: its tables stay */
	size_t most = s->p->n_cands > LINE_LONG ? TABLES_MOST_LONG : TABLES_MOST;

	end_pass(s, l);
	if (l->tables == NULL || s->p->n_cands > LINE_LONG)
		scratch_free(&s->room);
	else
		l->tables->room = s->room;
	if (l->tables != NULL && l->tables->bytes > most)
		forget_old(l->tables, most);
}

static void next_pass(struct search *s, struct layout *l, const struct line_pass *pass)
{
	end_pass(s, l);
	run_pass(s, l, pass);
}

/* wanted: which of out are asked for. */
static void break_all(struct layout *l, const struct par *p, uint32_t from, const struct measure *m, const bool wanted[3],
                      struct broken out[3])
{
	struct search s = { .p = p, .m = m, .from = from };
	const struct final *best = NULL;
	const struct line_pass *passes;
	int n, i = 0, lines;

	memset(out, 0, 3 * sizeof *out);
	if (from + 1 >= p->n_cands)
		return;
	if (p->cands == NULL)
		par_open(p);
	if (l->tables != NULL) {
		l->tables->calls++;
		s.room = l->tables->room;
		memset(&l->tables->room, 0, sizeof l->tables->room);
	}
	passes = line_passes(p, has_narrow(m) && m->narrow < m->full ? m->narrow : m->full, &n);
	for (;;) {
		next_pass(&s, l, &passes[i]);
		best = cheapest(&s);
		if (best != NULL || i == n - 1)
			break;
		i = p->n_cands > LINE_LONG ? n - 1 : i + 1;
	}
	if (best != NULL) {
		lines = best->lines;
		if (wanted[1])
			trace(l, &s, best, i, &out[1]);
		for (int k = 0; k < 3 && i < LINE_VARIANT_PASSES && i < n - 1; k += 2) {
			const struct final *f = wanted[k] ? of_lines(&s, lines + k - 1) : NULL;

			if (f != NULL)
				trace(l, &s, f, i, &out[k]);
		}
	}
	done(&s, l);
}

void line_break_all(struct layout *l, const struct par *p, uint32_t from, const struct measure *m, struct broken out[3])
{
	break_all(l, p, from, m, (const bool[3]){ true, true, true }, out);
}

bool line_break(struct layout *l, const struct par *p, uint32_t from, const struct measure *m, int more,
                struct broken *out)
{
	struct broken all[3];
	bool wanted[3] = { more == -1, more == 0, more == 1 };

	break_all(l, p, from, m, wanted, all);
	*out = all[more + 1];
	return more == 0 || out->n > 0;
}

struct natural {
	struct natural *next;
	struct measure measure;
	struct broken lines[3];
	bool all;            /* of them; else the second */
};

static struct natural *natural_of(struct layout *l, struct par *p, sp width, sp indent, bool all)
{
	struct arena *lines = l->lines;
	struct natural *n = p->natural;

	while (n != NULL && (n->measure.full != width || n->measure.indent != indent))
		n = n->next;
	if (n == NULL) {
		n = ARENA_NEW(&l->paras, struct natural);
		n->measure = (struct measure){ .full = width, .indent = indent };
		n->next = p->natural;
		p->natural = n;
	} else if (n->all || !all) {
		return n;
	}
	par_fold_old(l);
	par_open(p);
	l->lines = &l->paras;
	if (all)
		line_break_all(l, p, 0, &n->measure, n->lines);
	else
		line_break(l, p, 0, &n->measure, 0, &n->lines[1]);
	n->all = all;
	l->lines = lines;
	return n;
}

const struct broken *line_break_natural(struct layout *l, struct par *p, sp width, sp indent)
{
	return &natural_of(l, p, width, indent, false)->lines[1];
}

const struct broken *line_break_variants(struct layout *l, struct par *p, sp width, sp indent)
{
	return natural_of(l, p, width, indent, true)->lines;
}
