/* Paragraphs broken as pages ask for them, and remembered: from any candidate, beside a quote or not, a line more or
 * less. */
#include "base/mem.h"
#include "layout/page.h"

enum { LINES_BEHIND = 20 };

struct memo_key {
	uint32_t block, cand;
	int32_t from, to, more;
	uint32_t recto;
};

void variant_forget(struct paginator *p)
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

static void keep_break(struct paginator *p, const struct memo_key *key, const struct broken *br)
{
	struct broken *copy = ARENA_NEW(&p->memo_arena, struct broken);
	struct memo_key *kept = ARENA_NEW(&p->memo_arena, struct memo_key);

	*copy = *br;
	*kept = *key;
	strmap_put(&p->memo, (const char *)kept, sizeof *kept, copy);
}

/* All three numbers of lines come from one run. */
const struct broken *variant_break(struct paginator *p, int block, uint32_t cand, const struct measure *m, int more)
{
	struct block *b = &p->g->v[block];
	struct memo_key key = { (uint32_t)block, cand, m->narrow_from, m->narrow_to, more, m->narrow_to > 0 && p->recto };
	const struct broken *br;

	if (cand == 0 && more == 0 && m->narrow_to == m->narrow_from) {
		if (b->natural.n == 0)
			line_break(p->l, b->par, 0, m, 0, &b->natural);
		return &b->natural;
	}
	br = strmap_lookup(&p->memo, (const char *)&key, sizeof key);
	if (br == NULL) {
		struct arena *lines = p->l->lines;
		struct par rest = within_reach(p, b, cand);
		struct broken all[3];

		p->n_breaks++;
		p->l->lines = &p->memo_arena;
		line_break_all(p->l, &rest, cand, m, all);
		p->l->lines = lines;
		for (int i = 0; i < 3; i++) {
			key.more = i - 1;
			keep_break(p, &key, &all[i]);
		}
		key.more = more;
		br = strmap_lookup(&p->memo, (const char *)&key, sizeof key);
	}
	return br->n == 0 ? NULL : br;
}

struct measure variant_measure(const struct paginator *p, const struct block *b, uint32_t cand, sp y, const struct quote *q,
                               sp quote_y, sp quote_bottom)
{
	sp leading = b->style->leading, half = p->l->theme->page.unit / 2, shift;
	struct measure m = { .full = p->text_w - b->start - b->end, .indent = cand == 0 && !b->no_indent ? b->style->indent : 0 };

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
	struct measure m = { .full = p->text_w - b->start - b->end, .indent = !b->no_indent ? b->style->indent : 0 };
	const struct broken *br;

	if (b->kind == BLOCK_ROWS)
		return b->rows.height;
	br = variant_break(p, block, 0, &m, 0);
	return br != NULL ? br->n * b->style->leading : 0;
}
