#include "pages/pages.h"

#include <string.h>

#include "base/mem.h"

struct pages *pages_new(void)
{
	struct pages *p = mem_zalloc(1, sizeof *p);

	arena_init(&p->arena);
	return p;
}

void pages_free(struct pages *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < p->n; i++)
		mem_free(p->v[i].items);
	mem_free(p->v);
	mem_free(p->makeup.insets);
	mem_free(p->makeup.pages);
	mem_free(p->lines.v);
	mem_free(p->lines.made);
	mem_free(p->lines.gaps);
	arena_free(&p->arena);
	mem_free(p);
}

struct page *pages_add(struct pages *p)
{
	struct page *page;

	VEC_ROOM(p->v, p->n, p->cap, 1);
	page = &p->v[p->n++];
	memset(page, 0, sizeof *page);
	page->number = (int)p->n;
	page->recto = page->number % 2 == 1;
	return page;
}

struct item *page_add(struct pages *p, struct page *page, enum item_kind kind, enum item_role role,
                      const struct node *node)
{
	struct item *it;

	(void)p; /* the arena may hold items one day */
	VEC_ROOM(page->items, page->n, page->cap, 1);
	it = &page->items[page->n++];
	memset(it, 0, sizeof *it);
	it->kind = kind;
	it->role = role;
	it->node = node;
	return it;
}

const char *makeup_part_name(enum makeup_part part)
{
	static const char *const names[MAKEUP_PARTS] = {
		[MAKEUP_BLANK] = "blank-rows", [MAKEUP_FACING] = "facing-feet", [MAKEUP_LAST] = "last-page", [MAKEUP_LINES] = "lines",
		[MAKEUP_WIDOWS] = "widows", [MAKEUP_HEADINGS] = "headings", [MAKEUP_HYPHENS] = "hyphens", [MAKEUP_BREAKS] = "breaks",
		[MAKEUP_NOTES] = "notes", [MAKEUP_QUOTES] = "quotes", [MAKEUP_FLOATS] = "floats",
	};

	return names[part];
}

void pages_fit(struct pages *p)
{
	for (size_t i = 0; i < p->n; i++) {
		struct page *page = &p->v[i];

		if (page->n < page->cap) {
			page->items = mem_resize(page->items, page->n, sizeof *page->items);
			page->cap = page->n;
		}
	}
}

void pages_mirror(struct pages *p)
{
	for (size_t i = 0; i < p->n; i++) {
		for (size_t k = 0; k < p->v[i].n; k++) {
			struct item *it = &p->v[i].items[k];

			it->x = p->width - it->x - it->w;
		}
	}
	for (size_t i = 0; i < p->lines.n_made; i++)
		p->lines.made[i].x = p->width - p->lines.made[i].x - p->lines.made[i].width;
	for (size_t i = 0; i < p->lines.n_gaps; i++)
		p->lines.gaps[i].x = p->width - p->lines.gaps[i].x - p->lines.gaps[i].w;
}
