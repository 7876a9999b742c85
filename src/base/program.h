/* Another program, run and waited for: no shell, its output kept. */
#ifndef VERSTKA_BASE_PROGRAM_H
#define VERSTKA_BASE_PROGRAM_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"

/* Where PATH has it, in arena a; NULL: nowhere. */
char *program_find(struct arena *a, const char *name);
/* Runs the program at path with argv (ends in NULL; argv[0] its name), in the C locale. What it writes is appended to
 * out and err. Returns its exit status, or -1: it could not be started, or a signal ended it (logged: "program"). */
int program_run(const char *path, const char *const *argv, struct buf *out, struct buf *err, struct diag_log *log);

#endif
