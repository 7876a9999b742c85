/* A library to be preloaded: the STARVE_AT-th allocation of the process, whoever asks for it, gets nothing; with
 * STARVE_ON=1 all behind it neither. STARVE_COUNT: the number of allocations goes into that file at the end.
 * STARVE_TRACE=1: standard error gets the addresses of who asked. */
#define _GNU_SOURCE
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);
void *__libc_memalign(size_t align, size_t n);

static unsigned long made, at;
static int on, begun, trace;

static int is_refused(void)
{
	unsigned long n;

	if (!begun)
		return 0;
	n = __atomic_add_fetch(&made, 1, __ATOMIC_RELAXED);
	if (at == 0 || (on ? n < at : n != at))
		return 0;
	if (trace) {
		void *v[60];

		begun = trace = 0;
		backtrace_symbols_fd(v, backtrace(v, 60), 2);
		begun = 1;
	}
	errno = ENOMEM;
	return 1;
}

void *malloc(size_t n)
{
	return is_refused() ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
	return is_refused() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *p, size_t n)
{
	return is_refused() ? NULL : __libc_realloc(p, n);
}

void *memalign(size_t align, size_t n);
void *memalign(size_t align, size_t n)
{
	return is_refused() ? NULL : __libc_memalign(align, n);
}

void *aligned_alloc(size_t align, size_t n)
{
	return memalign(align, n);
}

int posix_memalign(void **out, size_t align, size_t n)
{
	void *p = memalign(align, n);

	if (p != NULL)
		*out = p;
	return p != NULL ? 0 : ENOMEM;
}

/* Not before main's own libraries are loaded: what the loader asks for is the system's affair. */
__attribute__((constructor)) static void begin(void)
{
	const char *s = getenv("STARVE_AT"), *all = getenv("STARVE_ON");

	at = s != NULL ? strtoul(s, NULL, 10) : 0;
	on = all != NULL && *all == '1';
	trace = getenv("STARVE_TRACE") != NULL;
	begun = 1;
}

__attribute__((destructor)) static void end(void)
{
	const char *s = getenv("STARVE_COUNT");
	char text[32];
	int fd, n;

	begun = 0;
	if (s == NULL)
		return;
	n = snprintf(text, sizeof text, "%lu\n", made);
	fd = open(s, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	if (fd >= 0 && write(fd, text, (size_t)n) != n)
		_exit(99);
}
