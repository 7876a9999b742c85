/* verstka i18n forecast: each translation, finished or not, makes way for filler of its length, and what comes of it is told. */
#ifndef VERSTKA_CLI_FORECAST_H
#define VERSTKA_CLI_FORECAST_H

#include "cli/options.h"

void forecast_run(const struct options *o, struct diag_log *log);

#endif
