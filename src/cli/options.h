/* The command line as data. */
#ifndef VERSTKA_CLI_OPTIONS_H
#define VERSTKA_CLI_OPTIONS_H

#include <stdbool.h>

#include "base/diag.h"
#include "edition/edition.h"

enum command { CMD_BUILD, CMD_CHECK, CMD_PAGES, CMD_PROOF, CMD_PREFLIGHT, CMD_I18N, CMD_HELP, CMD_VERSION };
enum i18n_command { I18N_ADD, I18N_UPDATE, I18N_CHECK, I18N_STATUS, I18N_MERGE, I18N_COMPARE, I18N_FORECAST };

enum sandbox_wish { SANDBOX_WHERE_THERE, SANDBOX_ON, SANDBOX_OFF };

struct options {
	enum command command;
	enum i18n_command i18n; /* of CMD_I18N */
	const char *source;
	const char *lang;     /* of i18n add and merge; or NULL */
	const char *folder;   /* -o; "." */
	int kinds;            /* of outputs: bits EDITION_* */
	const char *pdfx;     /* --pdfx as given, or NULL */
	bool booklet;         /* with the print PDF */
	bool strict, quiet;
	const char *html;     /* i18n compare: file, or NULL */
	bool json;            /* i18n status, check, compare: also as JSON on standard output */
	bool all_languages;   /* the source and every translation of it */
	const char *align;    /* with them: places on common pages: "" all divisions, or xml:ids; NULL: as they come */
	int jobs;             /* threads; 0: as many as processors */
	struct edition_options edition;
	int ink_limit;        /* preflight: [%], 0: the usual one */
	sp safe;              /* preflight: 0: not looked at */
	bool ua;              /* preflight --ua */
	enum diag_format diagnostics;
	enum sandbox_wish sandbox;
	bool report;
	const char *report_file; /* NULL: standard output */
};

/* False: a usage error, logged. Strings are borrowed from argv. */
bool options_parse(struct options *o, int argc, char **argv, struct diag_log *log);
/* The help text on standard output. */
void options_help(void);

#endif
