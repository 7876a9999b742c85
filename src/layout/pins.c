#include "layout/pins.h"

#include <string.h>

#include "base/mem.h"

static bool is_inside(const struct node *n, const struct node *of)
{
	while (n != NULL && n != of)
		n = n->parent;
	return n != NULL;
}

void pins_find(struct pins *p, const struct galley *g)
{
	if (p->ways != NULL)
		p->ways->n = 0; /* of a run before this one */
	for (int i = 0; i < p->wish->n; i++) {
		p->block[i] = -1;
		for (size_t k = 0; k < g->n && p->block[i] < 0; k++) {
			if (is_inside(g->v[k].node, p->wish->node[i]))
				p->block[i] = (int)k;
		}
	}
}

static bool is_behind(struct position pos, int block)
{
	return pos.block > block || (pos.block == block && (pos.cand > 0 || pos.row > 0));
}

bool pins_pass(const struct pins *p, struct position from, struct position to, int page, uint8_t *at)
{
	for (int i = 0; i < p->wish->n; i++) {
		if (p->block[i] < 0 || is_behind(from, p->block[i]) || !is_behind(to, p->block[i]))
			continue;
		if ((p->wish->page[i] != 0 && p->wish->page[i] != page) || page > UINT8_MAX)
			return false;
		if (p->ways != NULL)
			at[i] = (uint8_t)page;
	}
	return true;
}

int pins_next(const struct pins *p, struct position pos)
{
	int next = -1;

	for (int i = 0; i < p->wish->n; i++) {
		if (p->block[i] >= 0 && p->wish->page[i] != 0 && !is_behind(pos, p->block[i]) &&
		    (next < 0 || p->block[i] < p->block[next]))
			next = i;
	}
	return next;
}

void pins_keep(struct pins *p, const uint8_t *at, int64_t cost)
{
	struct pin_ways *w = p->ways;

	for (size_t i = 0; i < w->n; i++) {
		if (memcmp(w->v[i].page, at, MOST_PINS) == 0) {
			w->v[i].cost = cost < w->v[i].cost ? cost : w->v[i].cost;
			return;
		}
	}
	VEC_ROOM(w->v, w->n, w->cap, 1);
	memcpy(w->v[w->n].page, at, MOST_PINS);
	w->v[w->n++].cost = cost;
}
