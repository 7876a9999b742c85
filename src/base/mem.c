#define _DEFAULT_SOURCE /* sbrk */
#include "base/mem.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static _Thread_local jmp_buf *way_out;

jmp_buf *mem_escape(jmp_buf *to)
{
	jmp_buf *before = way_out;

	way_out = to;
	return before;
}

_Noreturn void mem_fail(void)
{
	if (way_out != NULL)
		longjmp(*way_out, 1);
	fputs("verstka: error: out of memory [memory]\n", stderr);
	exit(3);
}

void mem_watch(void)
{
	errno = 0;
}

/* Where the heap can't grow in its place (valgrind, another mapping behind it), malloc tries that, leaves ENOMEM behind, and
 * then finds the room elsewhere: nothing was refused. */
static bool heap_is_stuck(void)
{
	enum { PAGE = 4096, ROOM = 1024 * 1024 };
	void *room;

	if (sbrk(PAGE) != (void *)-1)
		return false;
	room = malloc(ROOM);
	free(room);
	return room != NULL;
}

void mem_watched(void)
{
	if (errno == ENOMEM && !heap_is_stuck())
		mem_fail();
}

void *mem_alloc(size_t size)
{
	void *p = malloc(size != 0 ? size : 1);

	if (p == NULL)
		mem_fail();
	return p;
}

void *mem_try(size_t size)
{
	return malloc(size != 0 ? size : 1);
}

void *mem_zalloc(size_t count, size_t size)
{
	void *p = calloc(count != 0 ? count : 1, size != 0 ? size : 1);

	if (p == NULL)
		mem_fail();
	return p;
}

void *mem_resize(void *p, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		mem_fail();
	p = realloc(p, count * size != 0 ? count * size : 1);
	if (p == NULL)
		mem_fail();
	return p;
}

void mem_free(void *p)
{
	free(p);
}

enum { MUCH = 8192 }; /* elements: half as many unused ones would be seen in the whole */

size_t mem_grow_capacity(size_t capacity, size_t wanted)
{
	size_t c = capacity < 8 ? 8 : capacity;

	while (c < wanted) {
		if (c > SIZE_MAX / 2)
			mem_fail();
		c += c < MUCH ? c : c / 4;
	}
	return c;
}

#ifdef VERSTKA_SANITIZED
/* What libraries lose of their own, a few bytes a time: libgettextpo of files at fault, libhyphen of patterns given twice. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libgettextpo\nleak:libhyphen\n";
}
#endif
