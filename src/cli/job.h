/* What one run holds: the stages' results, opened in order, closed on one path. */
#ifndef VERSTKA_CLI_JOB_H
#define VERSTKA_CLI_JOB_H

#include "base/arena.h"
#include "cli/options.h"
#include "doc/doc.h"
#include "font/font.h"
#include "lang/lang.h"
#include "lang/textrules.h"
#include "pages/pages.h"
#include "shape/shape.h"
#include "style/style.h"

struct job {
	const struct options *options;
	struct diag_log *log;
	struct arena arena;
	struct doc *doc;
	struct langs *langs;
	const struct lang *lang;
	struct theme *theme;
	struct fontmap *fontmap;
	struct fonts *fonts;
	struct shaper *shaper;
	struct pages *pages;
	struct text_counts text; /* what was corrected in the words */
	const char *date;      /* ISO 8601 UTC of the outputs, or NULL */
	bool date_failed;
};

enum job_setting { JOB_THEME, JOB_FONTS };
/* The nearest theme.xml, fonts.xml or fonts/fonts.xml in the source's folder or above it; NULL: none. In j's arena. */
const char *job_find_setting(struct job *j, enum job_setting which);
const char *job_source_folder(struct job *j); /* with symbolic links resolved; NULL: there is none. In j's arena. */
char *job_folder_of(struct arena *a, const char *path);

void job_init(struct job *j, const struct options *o, struct diag_log *log);
void job_close(struct job *j);

/* One stage each; false: it failed, and the log says why. */
bool job_read(struct job *j);    /* source, theme -> doc with its words corrected */
bool job_style(struct job *j);   /* map of fonts, fonts */
bool job_layout(struct job *j);  /* doc -> pages */
bool job_write(struct job *j);   /* pages and doc -> files, all or none */
bool job_proof(struct job *j);   /* pages -> NAME.proof.pdf */
bool job_report(struct job *j);  /* pages and messages -> the build report, where --report says */
bool job_dump(struct job *j);    /* pages -> text on standard output */

#endif
