/* The contents: a list of the headings with their pages, in the margin of page 1 or in the text column. */
#ifndef VERSTKA_LAYOUT_CONTENTS_H
#define VERSTKA_LAYOUT_CONTENTS_H

#include "layout/page.h"

/* Page numbers are known only when the pages are made; contents in the text column move the pages. So they take the
 * numbers of the run before, and the document is set again until these stand. */
struct contents_state {
	bool in_column;      /* to be set in the text column */
	bool again;          /* the document must be set once more */
	int32_t *page_of;    /* by a node's seq: its page in the run before, or 0; NULL: first run */
	int runs;
};

bool contents_for_book(const struct layout *l);    /* on pages of their own */
void contents_flow(struct flow *f);                /* as blocks, at the galley's end */
/* With all pages made: notes their numbers and, in an article, sets the contents in the margin of page 1 from `top` on,
 * the first baseline below the masthead. Says in the state whether another run is needed. */
void contents_finish(struct paginator *p, sp top);
void contents_free(struct contents_state *c);

#endif
