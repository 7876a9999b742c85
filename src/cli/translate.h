/* verstka i18n: translations of a source as files. */
#ifndef VERSTKA_CLI_TRANSLATE_H
#define VERSTKA_CLI_TRANSLATE_H

#include "cli/options.h"

bool translate_run(const struct options *o, struct diag_log *log);

#endif
