/* Paragraphs broken as pages ask for them, and remembered: from any candidate, beside a quote or not, a line more or
 * less. */
#include <string.h>

#include "base/mem.h"
#include "layout/page.h"

enum { LINES_BEHIND = 20, MOST_REMEMBERED = 3000 };

struct memo_key {
	uint32_t block, cand;
	int32_t from, to;
	uint32_t recto, indented;
};
struct memo {
	struct broken counts[3]; /* a line less, the best, a line more; n 0: not to be had */
};

static void note_remembered(struct paginator *p)
{
	size_t now = p->memo_arena.total + p->memo.cap * sizeof *p->memo.slots + line_tables_bytes(p->l->tables) + p->l->shelf.now.total +
	             p->l->shelf.before.total;

	p->remembered = now > p->remembered ? now : p->remembered;
}

void variant_forget(struct paginator *p)
{
	note_remembered(p);
	p->last_plain.memo = NULL;
	strmap_free(&p->memo);
	arena_free(&p->memo_arena);
}

void variant_forget_many(struct paginator *p)
{
	note_remembered(p);
	par_fold_old(p->l);
	if (p->memo.n > MOST_REMEMBERED)
		variant_forget(p);
}

/* How many candidates of the paragraph pages that begin at cand can reach: up to a line of its natural breaking well
 * behind that. Else one of many pages would be broken to its end for each of them. */
static size_t within_reach(const struct paginator *p, const struct block *b, uint32_t cand)
{
	int reach = (int)(style_line_y(p->l->theme, p->l->theme->page.last_line) / b->style->leading) + LINES_BEHIND;
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
static struct measure clip(struct measure m, int lines)
{
	if (m.narrow_from > lines)
		m.narrow_from = m.narrow_to = 0;
	else if (m.narrow_to > 3 * lines + 3)
		m.narrow_to = 3 * lines + 3;
	return m;
}

static const struct memo *lookup(struct paginator *p, int block, uint32_t cand, const struct measure *m)
{
	struct memo_key key = { (uint32_t)block, cand, m->narrow_from, m->narrow_to, m->narrow_to > 0 && p->recto, m->indent != 0 }, *kept;
	struct memo *memo = strmap_lookup(&p->memo, (const char *)&key, sizeof key);

	if (memo != NULL)
		return memo;
	p->n_breaks++;
	memo = ARENA_NEW(&p->memo_arena, struct memo);
	break_rest(p, &p->g->v[block], cand, m, memo->counts);
	kept = ARENA_NEW(&p->memo_arena, struct memo_key);
	*kept = key;
	strmap_put(&p->memo, (const char *)kept, sizeof *kept, memo);
	return memo;
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

	for (int i = 0; i < 3; i++)
		v.v[i] = memo->counts[i].n > 0 ? &memo->counts[i] : NULL;
	return v;
}

/* In the full measure: mostly asked for again and again for one paragraph. */
static struct variants plain_variants(struct paginator *p, int block, uint32_t cand, const struct measure *m, sp indent)
{
	struct block *b = &p->g->v[block];
	struct plain_memo *last = &p->last_plain;

	if (cand == 0 && !b->plain_text && m->indent == indent)
		return (struct variants){ { NULL, &b->natural, NULL } };
	if (last->memo == NULL || last->block != block || last->cand != cand || last->indent != m->indent)
		*last = (struct plain_memo){ lookup(p, block, cand, m), block, cand, m->indent };
	return variants_of(last->memo);
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
	struct measure plain = *m, narrow;
	struct variants found;
	sp indent = set_natural(p, &p->g->v[block], m);

	plain.narrow_from = plain.narrow_to = 0;
	found = plain_variants(p, block, cand, &plain, indent);
	if (m->narrow_to <= m->narrow_from)
		return found;
	narrow = clip(*m, found.v[1] != NULL ? found.v[1]->n : 0);
	return narrow.narrow_to == 0 ? found : variants_of(lookup(p, block, cand, &narrow));
}

const struct broken *variant_break(struct paginator *p, int block, uint32_t cand, const struct measure *m, int more)
{
	struct block *b = &p->g->v[block];

	if (cand == 0 && more == 0 && m->narrow_to <= m->narrow_from && m->indent == set_natural(p, b, m))
		return &b->natural;
	return variant_breaks(p, block, cand, m).v[more + 1];
}

struct measure variant_measure(const struct paginator *p, const struct par_start *at, sp y, const struct quote *q, sp quote_y,
                               sp quote_bottom)
{
	const struct block *b = &p->g->v[at->block];
	sp leading = b->style->leading, half = p->l->theme->page.unit / 2, shift;
	struct measure m = { .full = band_width(p, b) - b->start - b->end, .indent = at->cand == 0 ? indent_of(p, at->block, at->prev) : 0 };

	if (q != NULL) {
		sp top = quote_y - half, bottom = quote_bottom + half;

		m.narrow_from = top <= y ? 0 : (int)((top - y) / leading) + 1;
		m.narrow_to = bottom <= y ? 0 : (int)((bottom - y - 1) / leading) + 1;
		if (m.narrow_to > m.narrow_from)
			m.narrow = quote_measure(p, q, b->start, b->end, &shift);
		else
			m.narrow_from = m.narrow_to = 0;
	}
	return m;
}

sp variant_natural_height(struct paginator *p, int block)
{
	struct block *b = &p->g->v[block];
	struct measure m = { .full = band_width(p, b) - b->start - b->end, .indent = !b->no_indent ? b->style->indent : 0 };
	const struct broken *br;

	if (b->kind == BLOCK_ROWS)
		return b->rows.height;
	br = variant_break(p, block, 0, &m, 0);
	return br != NULL ? br->n * b->style->leading : 0;
}
