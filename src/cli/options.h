/* The command line as data. */
#ifndef VERSTKA_CLI_OPTIONS_H
#define VERSTKA_CLI_OPTIONS_H

#include <stdbool.h>

#include "base/diag.h"
#include "layout/layout.h"

enum command { CMD_BUILD, CMD_CHECK, CMD_PAGES, CMD_PROOF, CMD_PREFLIGHT, CMD_HELP, CMD_VERSION };
enum { ONLY_PRINT = 1, ONLY_SCREEN = 2, ONLY_EPUB = 4, ONLY_ALL = 7 };

enum sandbox_wish { SANDBOX_WHERE_THERE, SANDBOX_ON, SANDBOX_OFF };

struct options {
	enum command command;
	const char *source;
	const char *folder;   /* -o; "." */
	const char *theme;    /* --theme, or NULL: looked for */
	const char *fonts;    /* --fonts, or NULL: looked for */
	const char *output_profile;   /* ICC file, or NULL: the theme's */
	const char *output_condition; /* name in the ICC's registry, or NULL: the theme's, or none */
	int only;             /* bits ONLY_* */
	const char *booklet;  /* "auto", "a4", "a3", or NULL: none */
	const char *pdfx;     /* --pdfx as given, or NULL */
	bool lenient, strict, allow_missing_glyphs, no_marks, quiet, pdfx1a;
	bool ua2;             /* --pdf-standard=ua-2 */
	int ink_limit;        /* preflight: [%], 0: the usual one */
	sp safe;              /* preflight: 0: not looked at */
	bool ua;              /* preflight --ua */
	enum diag_format diagnostics;
	enum paginate paginate;
	struct page_wish pages;
	enum sandbox_wish sandbox;
	bool report;
	const char *report_file; /* NULL: standard output */
};

/* False: a usage error, logged. Strings are borrowed from argv. */
bool options_parse(struct options *o, int argc, char **argv, struct diag_log *log);
/* The help text on standard output. */
void options_help(void);

#endif
