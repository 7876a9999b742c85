#define _GNU_SOURCE /* sched_getaffinity: unlike sysconf it opens no file */
#include "base/crew.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#include "base/mem.h"

struct crew {
	atomic_size_t next;
	size_t n;
	void (*work)(void *context, size_t i);
	void *context;
};

int crew_processors(void)
{
	cpu_set_t set;

	return sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0 ? CPU_COUNT(&set) : 1;
}

static void *labour(void *p)
{
	struct crew *c = p;

	for (size_t i; (i = atomic_fetch_add(&c->next, 1)) < c->n;)
		c->work(c->context, i);
	return NULL;
}

void crew_run(int workers, size_t n, void (*work)(void *context, size_t i), void *context)
{
	struct crew c = { .n = n, .work = work, .context = context };
	size_t others = workers > 1 && n > 1 ? ((size_t)workers < n ? (size_t)workers : n) - 1 : 0, begun = 0;
	pthread_t *v = mem_zalloc(others + 1, sizeof *v);

	atomic_init(&c.next, 0);
	while (begun < others && pthread_create(&v[begun], NULL, labour, &c) == 0)
		begun++;
	labour(&c); /* the caller is one of them */
	while (begun-- > 0)
		pthread_join(v[begun], NULL);
	mem_free(v);
}
