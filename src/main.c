#define _XOPEN_SOURCE 700 /* SIGXFSZ */
/* verstka: one DocBook source, one layout, three editions.
 *
 *   source --read--> doc tree --layout--> pages --write--> print PDF, screen PDF
 *                        |                  |
 *                        +------------------+----write--> EPUB
 *
 * Each stage is one call below; cli/job.c opens what a stage needs and hands it the result of the one before. */
#include <signal.h>
#include <stdio.h>

#include "base/sandbox.h"
#include "cli/confine.h"
#include "cli/job.h"
#include "preflight/preflight.h"

static bool build(struct job *j)
{
	return confine(j)       /* from here on only files beside the source, fonts and the like can be opened */
	       && job_read(j)      /* DocBook, inclusions, pictures -> doc tree, numbered and checked */
	       && job_style(j)  /* theme and fonts for the document's language */
	       && job_layout(j) /* doc tree -> finished pages */
	       && job_write(j); /* pages -> PDFs; doc tree and page map -> EPUB; all files or none */
}

static bool check(struct job *j)
{
	return confine(j) && job_read(j) && job_style(j) && job_layout(j);
}

/* Whatever came of it, once there are pages. */
static void report_pages(struct job *j)
{
	if (j->pages != NULL && j->options->report)
		job_report(j);
}

static bool dump_pages(struct job *j)
{
	return check(j) && job_dump(j);
}

static bool proof(struct job *j)
{
	return check(j) && job_proof(j);
}

static void preflight(const struct options *o, struct diag_log *log)
{
	struct preflight_options how = { .ink_limit = o->ink_limit, .safe = o->safe };

	how.standard = o->ua ? PREFLIGHT_UA : o->pdfx == NULL ? PREFLIGHT_AS_CLAIMED :
	               o->pdfx1a ? PREFLIGHT_X1A : PREFLIGHT_X4;
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

int main(int argc, char **argv)
{
	struct diag_log log;
	struct options o;
	struct job job;
	int status;

	signal(SIGXFSZ, SIG_IGN); /* a limit on the size of files is an error of writing like any other */
	diag_init(&log);
	if (options_parse(&o, argc, argv, &log)) {
		log.strict = o.strict;
		job_init(&job, &o, &log);
		switch (o.command) {
		case CMD_BUILD: build(&job); report_pages(&job); break;
		case CMD_CHECK: check(&job); report_pages(&job); break;
		case CMD_PAGES: dump_pages(&job); break;
		case CMD_PROOF: proof(&job); report_pages(&job); break;
		case CMD_PREFLIGHT: preflight(&o, &log); break;
		case CMD_HELP: options_help(); break;
		case CMD_VERSION: version(); break;
		}
		if ((fflush(stdout) != 0 || ferror(stdout)) && log.errors == 0)
			diag_fail(&log, "io", DIAG_NOWHERE, "cannot write to standard output");
		job_close(&job);
	}
	report(&o, &log);
	status = diag_exit_status(&log);
	diag_free(&log);
	return status;
}
