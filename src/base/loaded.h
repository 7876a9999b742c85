/* Libraries that few runs want, loaded when they do: linked in, each would cost every run its share of the start. */
#ifndef VERSTKA_BASE_LOADED_H
#define VERSTKA_BASE_LOADED_H

#include <stdbool.h>
#include <stddef.h>

/* FILE: the name a program linked to it would look for. It stays loaded. NULL: it can't be. */
void *loaded_open(const char *file);
/* A function's address into *to, a pointer to function of SIZE bytes. False: lib is NULL or lacks it. */
bool loaded_find(void *lib, const char *name, void *to, size_t size);
/* Why one of the two failed, in the linker's words; asked once, right after it. */
const char *loaded_fault(void);

#endif
