#define _XOPEN_SOURCE 700 /* SIGXFSZ, isatty */
/* verstka: one DocBook source, one layout, three editions, in every language it is translated into.
 *
 *   source --read--> doc tree --layout--> pages --write--> print PDF, screen PDF
 *                        |                  |
 *                        +------------------+----write--> EPUB
 *
 * Each stage is one call below; edition/edition.c opens what a stage needs and hands it the result of the one before. */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/sandbox.h"
#include "cli/confine.h"
#include "cli/options.h"
#include "cli/show.h"
#include "cli/translate.h"
#include "edition/editions.h"
#include "preflight/preflight.h"

static bool lay_out(struct edition *e)
{
	return edition_read(e)        /* DocBook, inclusions, translation, pictures -> doc tree, numbered and checked */
	       && edition_style(e)    /* theme and fonts for the document's language */
	       && edition_layout(e);  /* doc tree -> finished pages (an EPUB without page numbers needs none) */
}

/* *told: a report in a file was tried. */
static bool write_files(struct edition *e, const struct options *o, bool *told)
{
	struct outputs_made made;
	bool ok;

	ok = (o->command == CMD_PROOF ? outputs_make_proof(e, o->folder, &made)
	                              : outputs_make_all(e, o->kinds, o->folder, &made)); /* pages -> PDFs; doc tree, page map -> EPUB */
	if (ok && o->report_file != NULL) { /* one that cannot be written is an error, after which no file is left */
		*told = true;
		ok = show_report(e, o->report_file);
	}
	ok = ok && outputs_write(&made, e->log); /* all files or none */
	outputs_free(&made);
	return ok;
}

static bool writes(const struct options *o)
{
	return o->command == CMD_BUILD || o->command == CMD_PROOF;
}

/* The source in the language that the options name. */
static void run_edition(const struct options *o, struct diag_log *log)
{
	struct edition e;
	bool ok, written, told = false;

	edition_init(&e, o->source, &o->edition, log);
	ok = lay_out(&e);
	if (ok && o->command == CMD_PAGES)
		show_pages(&e);
	written = ok && writes(o) && write_files(&e, o, &told);
	if (!written && o->command == CMD_BUILD)
		outputs_tell_old(&e, o->kinds, o->folder);
	if (e.pages != NULL && o->report && o->command != CMD_PAGES && !told)
		show_report(&e, o->report_file); /* whatever came of it, once there are pages */
	edition_close(&e);
	diag_unique(log, 0);
}

/* The source and all its translations, each by the same stages. */
static void run_all_languages(const struct options *o, struct diag_log *log)
{
	struct editions s;

	if (editions_open(&s, o->source, &o->edition, o->jobs, log)) {
		if (writes(o))
			editions_build(&s, o->align, o->command == CMD_PROOF ? 0 : o->kinds, o->folder, o->report);
		else
			editions_lay_out(&s, o->align);
		for (size_t i = 0; i < s.n && o->report; i++)
			if (s.v[i].edition.pages != NULL)
				show_report(&s.v[i].edition, NULL);
	}
	editions_close(&s, log);
}

static void preflight(const struct options *o, struct diag_log *log)
{
	struct preflight_options how = { .ink_limit = o->ink_limit, .safe = o->safe };

	how.standard = o->ua ? PREFLIGHT_UA : o->pdfx == NULL ? PREFLIGHT_AS_CLAIMED :
	               o->edition.pdfx1a ? PREFLIGHT_X1A : PREFLIGHT_X4;
	preflight_file(o->source, &how, log);
}

static void version(void)
{
	int n = sandbox_version();

	puts("verstka " VERSTKA_VERSION);
	if (n > 0)
		printf("sandbox: Landlock %d%s\n", n, n < 4 ? " (files only; the network from 4 on)" : "");
	else
		puts("sandbox: none, this kernel has no Landlock");
}

static void report(const struct options *o, struct diag_log *log)
{
	struct diag_log shown = *log; /* the messages stay the log's */

	if (o->quiet) {
		shown.n = 0;
		for (size_t i = 0; i < log->n; i++) { /* errors to the front; the log is at its end */
			if (log->v[i].level == DIAG_ERROR) {
				struct diag swap = log->v[shown.n];

				log->v[shown.n++] = log->v[i];
				log->v[i] = swap;
			}
		}
	}
	diag_print(&shown, 0, stderr, o->diagnostics);
}

/* Long jobs say on a terminal what they are at; short ones and pipes stay quiet. */
static void progress(const char *what)
{
	fprintf(stderr, "verstka: %s ...\n", what);
}

static void run(struct options *o, struct diag_log *log)
{
	struct made_folder folder;

	if (!o->quiet && o->diagnostics != DIAG_JSON && isatty(2))
		o->edition.progress = progress;
	switch (o->command) {
	case CMD_PREFLIGHT: preflight(o, log); return;
	case CMD_HELP: options_help(); return;
	case CMD_VERSION: version(); return;
	default: break;
	}
	if (confine(o, &folder, log)) { /* from here on only files beside the source, fonts and the like can be opened */
		if (o->command == CMD_I18N)
			translate_run(o, log);
		else if (o->all_languages)
			run_all_languages(o, log);
		else
			run_edition(o, log);
	}
	made_folder_end(&folder);
}

int main(int argc, char **argv)
{
	struct diag_log log;
	struct options o;
	int status;

	mem_prepare();
	signal(SIGXFSZ, SIG_IGN); /* a limit on the size of files is an error of writing like any other */
	diag_init(&log);
	if (options_parse(&o, argc, argv, &log)) {
		log.strict = o.strict;
		run(&o, &log);
		if ((fflush(stdout) != 0 || ferror(stdout)) && log.errors == 0)
			diag_fail(&log, "io", DIAG_NOWHERE, "cannot write to standard output");
	}
	report(&o, &log);
	status = diag_exit_status(&log);
	diag_free(&log);
	return status;
}
