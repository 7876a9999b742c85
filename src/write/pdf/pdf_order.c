#include "write/pdf/pdf_order.h"

#include <stdlib.h>

#include "base/mem.h"

/* The outermost table or chart that an item is part of; a note called in a cell stands elsewhere. */
static const struct node *table_of(const struct item *it)
{
	const struct node *n = it->node, *table = NULL;

	if (n != NULL && it->role == ROLE_MARK)
		n = n->parent;
	for (; n != NULL && n->kind != N_FOOTNOTE; n = n->parent)
		if (n->kind == N_TABLE || n->kind == N_CHART)
			table = n;
	return n == NULL ? table : NULL;
}

static bool is_drawn(const struct item *it)
{
	return it->kind == ITEM_TEXT || it->kind == ITEM_IMAGE;
}

struct key {
	uint32_t seq, index;
	bool drawn;
};

/* Tints and rules first, as they were, then text and pictures in the order of the source. */
static int by_source(const void *a, const void *b)
{
	const struct key *l = a, *r = b;

	if (l->drawn != r->drawn)
		return l->drawn ? 1 : -1;
	if (l->drawn && l->seq != r->seq)
		return l->seq < r->seq ? -1 : 1;
	return l->index < r->index ? -1 : 1;
}

static void sort_run(const struct page *page, size_t from, size_t to, uint32_t *order)
{
	struct key *keys = mem_zalloc(to - from, sizeof *keys);

	for (size_t i = from; i < to; i++) {
		const struct item *it = &page->items[i];

		keys[i - from] = (struct key){ it->node != NULL ? it->node->seq : 0, (uint32_t)i, is_drawn(it) };
	}
	qsort(keys, to - from, sizeof *keys, by_source);
	for (size_t i = from; i < to; i++)
		order[i] = keys[i - from].index;
	mem_free(keys);
}

const uint32_t *pdf_order_of(const struct page *page, struct arena *a)
{
	uint32_t *order = arena_array(a, page->n + 1, sizeof *order);

	for (size_t i = 0; i < page->n; i++)
		order[i] = (uint32_t)i;
	for (size_t i = 0; i < page->n;) {
		const struct node *table = is_drawn(&page->items[i]) ? table_of(&page->items[i]) : NULL;
		size_t end = i + 1;

		/* what is drawn of this table, with whatever stands between */
		for (size_t k = end; table != NULL && k < page->n; k++) {
			if (!is_drawn(&page->items[k]))
				continue;
			if (table_of(&page->items[k]) != table)
				break;
			end = k + 1;
		}
		if (table != NULL && end > i + 1)
			sort_run(page, i, end, order);
		i = end;
	}
	return order;
}
