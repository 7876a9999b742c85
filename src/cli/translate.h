/* verstka i18n: translations of a source as files. */
#ifndef VERSTKA_CLI_TRANSLATE_H
#define VERSTKA_CLI_TRANSLATE_H

#include "cli/options.h"

/* Runs o->i18n. What it finds is in the log; tables and merged sources go to standard output. */
void translate_run(const struct options *o, struct diag_log *log);

#endif
