/* Several editions of one source in one process: the source read once, the editions set and written side by side. */
#ifndef VERSTKA_EDITION_EDITIONS_H
#define VERSTKA_EDITION_EDITIONS_H

#include "edition/outputs.h"

/* One of them, with all that is its own. */
struct one_of_editions {
	struct edition edition;
	struct edition_options options; /* with its language */
	struct diag_log log;
	struct outputs_made made;
	bool ok;                        /* no stage has failed yet */
};

struct editions {
	struct origin origin;           /* what they share; read by all, changed by none once they are open */
	struct one_of_editions *v;      /* the source's own first, then in the order of LINGUAS */
	size_t n;
	int workers;
};

/* Reads the source and its translations. workers: threads; 0: as many as there are processors. False: logged in log. */
bool editions_open(struct editions *s, const char *source, const struct edition_options *o, int workers, struct diag_log *log);
/* Each edition's messages, after a note that names it, go to log in the order of the editions, whoever was done first. */
void editions_close(struct editions *s, struct diag_log *log);

/* All stages up to finished pages. align: NULL, or places that are to begin on the same pages in all of them (edition/align.h:
 * xml:ids with commas between, "" for all divisions of the first level); pages that cannot be had stop them all. An edition that
 * fails otherwise does not keep the others from being made. */
void editions_lay_out(struct editions *s, const char *align);
/* The same, and makes the files (kinds; 0: the proof) of each edition that is laid out; then writes them, an edition's all or none.
 * keep: what they were made from stays, for a report; else it goes when an edition's files are made. */
void editions_build(struct editions *s, const char *align, int kinds, const char *folder, bool keep);

#endif
