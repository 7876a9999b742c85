/* A crew: the same work done on several things side by side, by threads. */
#ifndef VERSTKA_BASE_CREW_H
#define VERSTKA_BASE_CREW_H

#include <stddef.h>

/* How many processors this process may use; at least 1. */
int crew_processors(void);

/* Calls work(context, i) for each i below n, at most `workers` of them at a time, in any order; back when all are done. Calls
 * must not touch what another one changes. Where a thread cannot be had the others do its part. */
void crew_run(int workers, size_t n, void (*work)(void *context, size_t i), void *context);

#endif
