/* Each line as it was set, looked at once more: which rules were relaxed on it (pages/lines.h). */
#ifndef VERSTKA_LAYOUT_LINESEEN_H
#define VERSTKA_LAYOUT_LINESEEN_H

#include "layout/setline.h"

/* What a set line looks like. Gaps from left to right. */
struct seen_line {
	const struct par *par;
	const struct line *line;
	int page;                  /* number */
	sp x, y;                   /* left end of its measure, baseline */
	const struct seen_gap { sp centre, width, natural; } *gaps;
	int n_gaps;
	sp letters;                /* what tracking added to its letters, all in all */
	sp over;                   /* how far it sticks out; 0: it does not */
	bool ragged;               /* to be justified, and left short */
};

struct line_seen;              /* remembers the lines before */
/* each: put every line on record (lines_made.made), not its faults alone. */
struct line_seen *lineseen_new(struct lines_made *out, struct arena *texts, bool each);
void lineseen_free(struct line_seen *s);
/* Lines of one paragraph in order; of different ones in any. s NULL: nothing is looked at. */
void lineseen_take(struct line_seen *s, const struct seen_line *l);

#endif
