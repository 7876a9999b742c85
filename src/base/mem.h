/* The only place that calls malloc. Memory that cannot be had ends the process: a document
 * compiler has no use for half a result, and outputs reach their names only when whole
 * (base/file.h), so nothing broken is left behind. mem_* never return NULL for size > 0. */
#ifndef VERSTKA_BASE_MEM_H
#define VERSTKA_BASE_MEM_H

#include <setjmp.h>
#include <stddef.h>

/* For a program of ours, first of all: room for what a short document needs, in large pages. A library that is called by
 * other programs leaves their heap alone. */
void mem_prepare(void);
void *mem_alloc(size_t size);                    /* not cleared */
void *mem_zalloc(size_t count, size_t size);     /* cleared; overflow of count*size is fatal */
void *mem_resize(void *p, size_t count, size_t size);
void mem_free(void *p);
void *mem_try(size_t size);                      /* NULL when there is none */
/* Prints "verstka: error: out of memory [memory]" and leaves with status 3; or goes where this thread has said. */
_Noreturn void mem_fail(void);
/* Some libraries go on without the memory they did not get, and give something else: an empty run of glyphs, a font
 * without a table. Between these two no such thing stays unseen: mem_watched ends as mem_fail does if an allocation
 * failed since mem_watch in this thread. Nothing between them may call the system (errno is what is watched). */
void mem_watch(void);
void mem_watched(void);
/* For the library's calls (verstka.h), whose process must live on: from now on mem_fail in this thread longjmps to `to`
 * (NULL: ends the process again). Returns where it went before. */
jmp_buf *mem_escape(jmp_buf *to);

/* A stage has ended that held much: what it gave back to malloc goes back to the system, as far as malloc can. */
void mem_trim(void);

/* Room for n + more elements in a growing array: V is the array pointer, N its count,
 * CAP its capacity (all lvalues). Growth is by a part of what there is, so that appending is linear. */
#define VEC_ROOM(V, N, CAP, MORE) \
	((N) + (MORE) <= (CAP) ? (void)0 : \
	 (void)((CAP) = mem_grow_capacity((CAP), (N) + (MORE)), (V) = mem_resize((V), (CAP), sizeof *(V))))
size_t mem_grow_capacity(size_t capacity, size_t wanted);

#endif
