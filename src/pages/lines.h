/* How the lines came out: counts, and each rule of setting that was relaxed, where. For the build report and for proofs;
 * numbers T-nn are docs/TYPOGRAPHY.md's. */
#ifndef VERSTKA_PAGES_LINES_H
#define VERSTKA_PAGES_LINES_H

#include <stddef.h>
#include <stdint.h>

#include "base/unit.h"

struct node;

enum line_fault {
	FAULT_SOFT_BIND,    /* ends after a two-letter word, between number and noun (T-21, T-27) */
	FAULT_HARD_BIND,    /* after a one-letter word, before a particle ... (T-21, T-22) */
	FAULT_CLOSED,       /* where nothing else would have fitted at all */
	FAULT_DEAR_HYPHEN,  /* in a foreign word, inside a compound's part (T-33) */
	FAULT_LADDER,       /* third hyphen in a row, or further (T-35) */
	FAULT_STACK,        /* the same word under itself at the lines' ends or starts (T-35) */
	FAULT_WIDE,         /* spaces over one and a half of their natural width (T-63) */
	FAULT_SPACED,       /* letters moved by more than half a percent of the line (T-63) */
	FAULT_OVERFULL,     /* sticks out */
	FAULT_SHORT_LAST,   /* a last line shorter than an indent and a half, or an eighth of the measure (T-66) */
	FAULT_SCRAP_LAST,   /* a last line that begins with less than five letters of a word (T-34) */
	FAULT_RAGGED,       /* left short: its spaces would have been over twice their natural width */
	FAULT_RIVER,        /* wide gaps under each other through four lines (T-67) */
	FAULT_LAKE,         /* three lines in a row, each more than a fifth of it white (T-67) */
	LINE_FAULTS
};
const char *line_fault_name(enum line_fault f); /* "soft-bind" ... */
const char *line_fault_text(enum line_fault f); /* what it is, for people */

struct line_fault_at {
	enum line_fault fault;
	const struct node *node; /* the text the line begins in */
	int page;                /* number */
	const char *text;        /* the end of the line */
};

/* A line as it stands on its page, for proofs. */
struct line_made {
	const struct node *node;           /* the text it begins in */
	int page;                          /* number */
	sp x, y, width;                    /* left end of its measure, baseline, measure */
	sp size, leading;                  /* of its paragraph */
	sp over;                           /* how far it sticks out; 0: it does not */
	int32_t gap;                       /* [1/1000] its spaces against their natural width; 0: not justified, or none */
	int32_t hyphens;                   /* in a row, up to its end */
	uint32_t faults;                   /* bits 1 << enum line_fault */
};

/* A gap that is part of a river. */
struct river_gap {
	int page;
	sp x, y, w, size;                  /* left end, baseline, width; of the type around */
};

struct lines_made {
	int64_t lines, justified, hyphens; /* of the document's text; heads, contents and repeated rows left out */
	int64_t of[LINE_FAULTS];
	struct line_fault_at *v;           /* the first LINES_FAULTS_KEPT, in order of setting */
	size_t n, cap;
	struct line_made *made;            /* all, in order of setting; none if nobody asked for them (layout_options.each_line) */
	size_t n_made, cap_made;
	struct river_gap *gaps;
	size_t n_gaps, cap_gaps;
};
enum { LINES_FAULTS_KEPT = 1000 };

#endif
