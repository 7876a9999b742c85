/* The translations of a source as files: beside it po/LINGUAS (languages, one a line), po/NAME.pot (the template),
 * po/LANG.po. NAME is the source's without ".xml" and without the tag of its language: brief08.ru.xml has
 * po/brief08.pot. */
#ifndef VERSTKA_I18N_PROJECT_H
#define VERSTKA_I18N_PROJECT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "i18n/unit.h"

struct project_lang {
	const char *name; /* as in LINGUAS: pt_BR */
	const char *tag;  /* BCP 47: pt-BR */
	const char *path; /* of the PO file */
};

struct project {
	struct arena arena;
	const char *name;     /* "brief08" */
	const char *folder;   /* ".../po" */
	const char *template; /* path */
	const char *linguas;  /* path */
	struct project_lang *lang;
	size_t n;
};

/* Where the po folder of a source is, whether or not it exists. In arena a. */
char *project_folder(struct arena *a, const char *source);
/* The source's name without folder, ending and tag of its language. In arena a. */
char *project_name(struct arena *a, const char *source, const char *lang);

/* Reads LINGUAS; a missing one is an empty one. False: it names what is no language, or one twice (logged: "linguas"). */
bool project_open(struct project *p, const char *source, const char *lang, struct diag_log *log);
void project_close(struct project *p);
/* By name or tag; NULL: not in LINGUAS. */
const struct project_lang *project_lookup(const struct project *p, const char *lang);

/* Writes the template, brings every PO file up to it by msgmerge, and makes those that are missing. Files that would not
 * change are not touched. False: something failed (logged: io, program). */
bool project_update(struct project *p, const struct units *u, struct diag_log *log);
/* project_update with one language more, which is then entered in LINGUAS. False: it is none (logged: "usage"), or
 * something failed, and LINGUAS is as it was. */
bool project_add(struct project *p, const char *lang, const struct units *u, struct diag_log *log);

#endif
