/* What all editions of a source share: its tree, read once, and its translations. Read-only once it is opened, but for
 * origin_translation: editions may be made from it in several threads, each with its own log. */
#ifndef VERSTKA_EDITION_ORIGIN_H
#define VERSTKA_EDITION_ORIGIN_H

#include "base/kept.h"
#include "font/font.h"
#include "i18n/merge.h"
#include "i18n/project.h"

struct origin {
	struct source *source;   /* NULL: not opened, or let go of */
	struct arena arena;
	const char *lang;        /* what its root says; NULL: nothing */
	bool opened;
	const char *unit_lang;   /* of what is translated; NULL: nothing is to be */
	struct units *units;     /* NULL: nothing is to be translated, or let go of */
	struct project project;
	struct translation **translation; /* for each language that LINGUAS had; NULL: not read yet, or let go of */
	size_t n_translations;
	struct font_files *font_files;    /* the caller's to make (font_files_new) if there are several editions; or NULL */
	struct fontmap *fontmap;          /* likewise, read once; owned; NULL: each reads its own */
	struct kept *kept;                /* what their files have in common, packed; likewise */
};

/* False: the source cannot be read (logged). `translated`: it is to be translated, so that its language and LINGUAS must be
 * in order, too. origin_close all the same. */
bool origin_open(struct origin *o, const char *path, bool lenient, bool translated, struct diag_log *log);
void origin_close(struct origin *o);
/* The one document there is of it stands: its tree, units and translations are freed. */
void origin_let_go(struct origin *o);

/* That LINGUAS names no language, as a note with what to do ("linguas"). */
void origin_say_none(const struct origin *o, struct diag_log *log);
/* Is `lang` the source's own language, so that nothing has to be translated? */
bool origin_is_own(const struct origin *o, const char *lang);
/* The translation into a language, read the first time and checked (i18n/translation.h); NULL: there is none or it is at
 * fault, logged. Not for two threads at once. */
struct translation *origin_translation(struct origin *o, const char *lang, struct diag_log *log);

/* The tree of a translated edition, or of the source's own (t NULL), for docbook_build, which changes it: in arena a, or,
 * if nothing is to be translated, the source's itself. NULL: logged. */
struct src *origin_tree(const struct origin *o, const struct translation *t, enum stale_policy stale, struct arena *a,
                        struct diag_log *log);

#endif
