#define _GNU_SOURCE /* sbrk, MAP_FIXED_NOREPLACE */
#include "base/mem.h"

#include <errno.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static _Thread_local jmp_buf *way_out;

/* Nearly all that malloc gives out of a build's first megabytes is new to the process, and a page fault for each 4 KB takes
 * longer than what is then done with them. So the heap is given its room at once, of which none is used yet, and the kernel
 * told that it may be had in large pages. */
void mem_prepare(void)
{
#ifndef VERSTKA_SANITIZED /* its malloc is another */
	enum { ROOM = 24 * 1024 * 1024, MOST_IN_HEAP = 4 * 1024 * 1024, LARGE_PAGE = 2 * 1024 * 1024 };
	uintptr_t from, to;
	void *room;

	mallopt(M_TRIM_THRESHOLD, 2 * ROOM);
	mallopt(M_MMAP_THRESHOLD, ROOM + LARGE_PAGE);
	room = malloc(ROOM);
	from = ((uintptr_t)room + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
	to = ((uintptr_t)room + ROOM) / LARGE_PAGE * LARGE_PAGE;
	if (room != NULL)
		madvise((void *)from, to - from, MADV_HUGEPAGE); /* advice: a kernel that takes none gives the same memory */
	free(room);
	mallopt(M_MMAP_THRESHOLD, MOST_IN_HEAP);
#endif
}

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

/* Where something lies in the heap's way (a mapping, valgrind's end of the segment), malloc tries to grow it, leaves ENOMEM
 * behind, and then finds the room elsewhere: nothing was refused. So it is asked whether the addresses behind the heap
 * are free, as far as malloc would have gone at one time, and whether elsewhere there is as much. */
static bool heap_is_stuck(void)
{
	enum { ROOM = 64 * 1024 * 1024, PAGE = 4096 }; /* malloc asks the heap for no more than 32 MB */
	char *wanted = (char *)(((uintptr_t)sbrk(0) + PAGE - 1) / PAGE * PAGE);
	void *behind = mmap(wanted, ROOM, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
	void *elsewhere;

	if (behind != MAP_FAILED)
		munmap(behind, ROOM);
	if (behind == wanted)
		return false;
	elsewhere = mmap(NULL, ROOM, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (elsewhere != MAP_FAILED)
		munmap(elsewhere, ROOM);
	return elsewhere != MAP_FAILED;
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

void mem_trim(void)
{
#ifndef VERSTKA_SANITIZED
	enum { LITTLE = 16 * 1024 * 1024 }; /* [byte] will be asked for again at once, and a page given back is a page fault */

	struct mallinfo2 now = mallinfo2();

	if (now.fordblks - now.keepcost > LITTLE) /* at its end the heap has not been used yet, or is used next */
		malloc_trim(0);
#endif
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
