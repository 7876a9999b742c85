/* Arena: many small things with one lifetime, given back together. */
#ifndef VERSTKA_BASE_ARENA_H
#define VERSTKA_BASE_ARENA_H

#include <stddef.h>
#include <string.h>

enum { ARENA_ALIGN = 8 }; /* [byte] all that our types ask for */

struct arena_block;
struct arena {
	struct arena_block *blocks; /* newest first */
	char *next, *end;           /* free room in the newest block */
	size_t total;               /* [byte] taken from the system */
};

void arena_init(struct arena *a); /* takes no memory yet */
void arena_free(struct arena *a); /* leaves it as after arena_init */
void *arena_alloc_anew(struct arena *a, size_t size);
/* Cleared memory, aligned for any type but long double and vectors. */
static inline void *arena_alloc(struct arena *a, size_t size)
{
	size_t taken = (size + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
	char *p = a->next;

	if (size > (size_t)(a->end - p) || taken > (size_t)(a->end - p) || p == NULL)
		return arena_alloc_anew(a, size);
	a->next = p + taken;
	return memset(p, 0, size);
}
void *arena_array(struct arena *a, size_t count, size_t size);
/* Copies; the result ends in NUL. */
char *arena_dup(struct arena *a, const char *s, size_t len);
char *arena_strdup(struct arena *a, const char *s);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#define ARENA_NEW(A, TYPE) ((TYPE *)arena_alloc((A), sizeof(TYPE)))

#endif
