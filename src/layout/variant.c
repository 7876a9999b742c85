/* Paragraphs broken as pages ask for them, and remembered: from any candidate, beside a quote or not, a line more or
 * less. */
#include <string.h>

#include "base/mem.h"
#include "layout/filler.h"
#include "layout/lineedges.h"

enum { LINES_BEHIND = 20, MOST_REMEMBERED = 3000 };

/* Broken in one measure. */
struct memo {
	struct broken counts[3]; /* a line less, the best, a line more; n 0: not to be had */
	int64_t *charged[3];     /* body text: see struct variants */
};

/* The same beside a quote. */
struct narrow_memo {
	struct narrow_memo *next; /* with the same last line */
	int from;
	bool recto;
	struct memo memo;
};

struct rest_key {
	uint32_t block, cand, indented;
};

/* A paragraph from a candidate on. */
struct rest_memo {
	struct rest_key key;
	int least;                   /* line_least; 0: nobody has asked */
	struct memo plain;           /* in the full measure */
	struct narrow_memo **narrow; /* [first line behind the quote]; NULL: none yet */
};

static void note_remembered(struct paginator *p)
{
	size_t now = p->memo_arena.total + p->rests.cap * sizeof *p->rests.slots + line_tables_bytes(p->l->tables) + p->l->shelf.now.total +
	             p->l->shelf.before.total;

	p->remembered = now > p->remembered ? now : p->remembered;
}

void variant_forget(struct paginator *p)
{
	note_remembered(p);
	memset(p->last_rests, 0, sizeof p->last_rests);
	p->n_remembered = 0;
	strmap_free(&p->rests);
	arena_free(&p->memo_arena);
}

void variant_forget_many(struct paginator *p)
{
	note_remembered(p);
	par_fold_old(p->l);
	if (p->n_remembered > MOST_REMEMBERED)
		variant_forget(p);
}

static int lines_of_page(const struct paginator *p, const struct block *b)
{
	return (int)(style_line_y(p->l->theme, p->l->theme->page.last_line) / b->style->leading) + LINES_BEHIND;
}

/* How many candidates of the paragraph pages that begin at cand can reach: up to a line of its natural breaking well
 * behind that. Else one of many pages would be broken to its end for each of them. */
static size_t within_reach(const struct paginator *p, const struct block *b, uint32_t cand)
{
	int reach = lines_of_page(p, b);
	int lo = 0, hi = b->natural.n;

	while (lo < hi) {
		int mid = lo + (hi - lo) / 2;

		if (b->natural.v[mid].from < cand)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (b->natural.n - lo <= 2 * reach)
		return b->par->n_cands;
	/* at the same places for neighbouring starts: they share the breaker's tables */
	return b->natural.v[(lo / reach + 2) * reach].from + 1;
}

/* Into counts. */
static void break_rest(struct paginator *p, struct block *b, uint32_t cand, const struct measure *m, struct broken counts[3])
{
	struct arena *lines = p->l->lines;
	size_t n_cands = within_reach(p, b, cand);
	struct par rest;

	if (cand == 0 && m->narrow_to == 0 && n_cands == b->par->n_cands && b->plain_text) {
		memcpy(counts, line_break_variants(p->l, b->par, m->full, m->indent), 3 * sizeof *counts);
		return;
	}
	par_open(b->par);
	rest = *b->par;
	rest.n_cands = n_cands;
	p->l->lines = &p->memo_arena;
	if (b->plain_text)
		line_break_all(p->l, &rest, cand, m, counts);
	else
		line_break(p->l, &rest, cand, m, 0, &counts[1]);
	p->l->lines = lines;
}

/* Lines beside a quote from the window alone: one that begins behind the paragraph's last line shortens none, and none
 * is shortened behind it. */
static int most_narrow(int lines)
{
	return 3 * lines + 3;
}

static struct measure clip(struct measure m, int lines)
{
	if (m.narrow_from > lines)
		m.narrow_from = m.narrow_to = 0;
	else if (m.narrow_to > most_narrow(lines))
		m.narrow_to = most_narrow(lines);
	return m;
}

/* What the first lines of each cost for how they are set. */
static void add_up(struct paginator *p, struct memo *memo)
{
	for (int i = 0; i < 3; i++) {
		const struct broken *br = &memo->counts[i];
		int64_t *sum;

		if (br->n == 0)
			continue;
		sum = memo->charged[i] = arena_array(&p->memo_arena, (size_t)br->n + 1, sizeof *sum);
		for (int k = 0; k < br->n; k++)
			sum[k + 1] = sum[k] + charge_set(br, &memo->counts[1], k);
	}
}

static void remember(struct paginator *p, int block, uint32_t cand, const struct measure *m, struct memo *memo)
{
	struct block *b = &p->g->v[block];

	p->n_breaks++;
	p->n_remembered++;
	break_rest(p, b, cand, m, memo->counts);
	if (b->plain_text)
		add_up(p, memo);
}

/* natural: the block's own lines are what is asked for. */
static void remember_plain(struct paginator *p, struct rest_memo *rest, const struct measure *m, bool natural)
{
	const struct block *b = &p->g->v[rest->key.block];

	if (natural)
		rest->plain.counts[1] = b->natural;
	else
		remember(p, (int)rest->key.block, rest->key.cand, m, &rest->plain);
}

/* plain: its full measure. Mostly it was asked for a moment ago. */
static struct rest_memo *rest_of(struct paginator *p, int block, uint32_t cand, const struct measure *plain, bool natural)
{
	struct rest_key key = { (uint32_t)block, cand, plain->indent != 0 };
	struct rest_memo **last = &p->last_rests[(key.block * 2 + key.cand) % (sizeof p->last_rests / sizeof *p->last_rests)];

	if (*last != NULL && (*last)->key.block == key.block && (*last)->key.cand == cand && (*last)->key.indented == key.indented)
		return *last;
	*last = strmap_lookup(&p->rests, (const char *)&key, sizeof key);
	if (*last == NULL) {
		*last = ARENA_NEW(&p->memo_arena, struct rest_memo);
		(*last)->key = key;
		remember_plain(p, *last, plain, natural);
		strmap_put(&p->rests, (const char *)&(*last)->key, sizeof key, *last);
	}
	return *last;
}

/* m: clipped to that many lines, which it has in the full measure. */
static const struct memo *narrow_of(struct paginator *p, struct rest_memo *rest, const struct measure *m, int lines)
{
	struct narrow_memo *n, **at;

	if (rest->narrow == NULL)
		rest->narrow = arena_array(&p->memo_arena, (size_t)most_narrow(lines) + 1, sizeof(struct narrow_memo *));
	at = &rest->narrow[m->narrow_to];
	for (n = *at; n != NULL; n = n->next) {
		if (n->from == m->narrow_from && n->recto == p->recto)
			return &n->memo;
	}
	n = ARENA_NEW(&p->memo_arena, struct narrow_memo);
	*n = (struct narrow_memo){ .next = *at, .from = m->narrow_from, .recto = p->recto };
	*at = n;
	remember(p, (int)rest->key.block, rest->key.cand, m, &n->memo);
	return &n->memo;
}

/* Of a paragraph behind that block: where a figure or table between the two has gone elsewhere, it is indented as any. */
static sp indent_of(const struct paginator *p, int block, int prev)
{
	const struct block *v = p->g->v, *b = &v[block];
	bool parted = b->no_indent && b->plain_text && prev >= 0 && prev + 1 < block && v[prev].plain_text &&
	              v[block - 1].insert > 0 && p->g->inserts[v[block - 1].insert - 1].kind == INSERT_FLOAT;

	return !b->no_indent || parted ? b->style->indent : 0;
}

static struct variants variants_of(const struct memo *memo)
{
	struct variants v;

	for (int i = 0; i < 3; i++) {
		v.v[i] = memo->counts[i].n > 0 ? &memo->counts[i] : NULL;
		v.charged[i] = memo->charged[i];
	}
	return v;
}

/* Sees to it that the block has its natural lines. Returns the indent that they have. */
static sp set_natural(struct paginator *p, struct block *b, const struct measure *m)
{
	sp indent = b->no_indent ? 0 : b->style->indent;

	if (b->natural.n == 0)
		b->natural = *line_break_natural(p->l, b->par, m->full, indent);
	return indent;
}

struct variants variant_breaks(struct paginator *p, int block, uint32_t cand, const struct measure *m)
{
	struct block *b = &p->g->v[block];
	struct measure plain = *m, narrow;
	bool natural = m->indent == set_natural(p, b, m) && cand == 0 && !b->plain_text;
	struct rest_memo *rest;
	int lines;

	if (m->narrow_to <= m->narrow_from && natural)
		return (struct variants){ .v = { NULL, &b->natural, NULL } };
	plain.narrow_from = plain.narrow_to = 0;
	rest = rest_of(p, block, cand, &plain, natural);
	lines = rest->plain.counts[1].n;
	if (m->narrow_to <= m->narrow_from)
		return variants_of(&rest->plain);
	narrow = clip(*m, lines);
	return variants_of(narrow.narrow_to == 0 ? &rest->plain : narrow_of(p, rest, &narrow, lines));
}

int variant_least(struct paginator *p, int block, uint32_t cand, const struct measure *m)
{
	struct block *b = &p->g->v[block];
	struct measure plain = *m;
	bool natural = m->indent == set_natural(p, b, m) && cand == 0 && !b->plain_text;
	struct rest_memo *rest;

	plain.narrow_from = plain.narrow_to = 0;
	rest = rest_of(p, block, cand, &plain, natural);
	if (rest->least == 0)
		rest->least = line_least(b->par, cand, m->full, lines_of_page(p, b));
	return rest->least;
}

/* Its natural lines are what it is broken into from its start on. */
static bool is_whole(const struct paginator *p, const struct block *b)
{
	return !b->plain_text || within_reach(p, b, 0) == b->par->n_cands;
}

const struct broken *variant_break(struct paginator *p, int block, uint32_t cand, const struct measure *m, int more)
{
	struct block *b = &p->g->v[block];

	if (cand == 0 && more == 0 && m->narrow_to <= m->narrow_from && m->indent == set_natural(p, b, m) && is_whole(p, b))
		return &b->natural;
	return variant_breaks(p, block, cand, m).v[more + 1];
}

/* Of lines beside a quote: asked for again and again for one. */
static void set_narrow(struct paginator *p, const struct quote *q, const struct block *b, struct measure *m)
{
	struct last_narrow *last = &p->last_narrow;
	sp shift;

	if (last->q != q || last->recto != p->recto || last->start != b->start || last->end != b->end) {
		sp measure = quote_measure(p, q, b->start, b->end, &shift);

		*last = (struct last_narrow){ q, b->start, b->end, measure, shift, p->recto };
	}
	m->narrow = last->measure;
	m->under = (last->shift > 0) != b->turned;
}

struct measure variant_measure(struct paginator *p, const struct par_start *at, sp y, const struct quote *q, sp quote_y,
                               sp quote_bottom)
{
	const struct block *b = &p->g->v[at->block];
	sp leading = b->style->leading, half = p->l->theme->page.unit / 2;
	struct measure m = { .full = band_width(p, b) - b->start - b->end, .indent = at->cand == 0 ? indent_of(p, at->block, at->prev) : 0 };

	if (q != NULL) {
		sp top = quote_y - half, bottom = quote_bottom + half;

		m.narrow_from = top <= y ? 0 : (int)((top - y) / leading) + 1;
		m.narrow_to = bottom <= y ? 0 : (int)((bottom - y - 1) / leading) + 1;
		if (m.narrow_to > m.narrow_from)
			set_narrow(p, q, b, &m);
		else
			m.narrow_from = m.narrow_to = 0;
	}
	return m;
}

sp variant_natural_height(struct paginator *p, int block)
{
	struct block *b = &p->g->v[block];
	struct measure m = { .full = band_width(p, b) - b->start - b->end, .indent = !b->no_indent ? b->style->indent : 0 };

	if (b->kind == BLOCK_ROWS)
		return b->rows.height;
	set_natural(p, b, &m);
	return b->natural.n * b->style->leading;
}
