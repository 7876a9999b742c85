/* The contents: a list of the headings with their pages, in the margin of page 1 or in the text column. */
#ifndef VERSTKA_LAYOUT_CONTENTS_H
#define VERSTKA_LAYOUT_CONTENTS_H

#include "layout/page.h"

/* Contents in the text column move the pages that they number. But every number has the same room, whatever it is: so they are
 * blocks like others, their numbers blank, until the pages are chosen; and these stand when the numbers are put in. */
struct contents_number;
struct contents_state {
	bool in_column;      /* to be set in the text column */
	bool again;          /* the margin has no room: the document must be set once more, with them in the column */
	int32_t *page_of;    /* by a node's seq: its page, or 0; NULL: the pages are not chosen yet */
	struct contents_number *numbers; /* those to be put in; in the layout's arena */
	int n_numbers;
	int runs;
};

bool contents_are_settled(const struct layout *l); /* they will not ask for another run, whatever the pages */
bool contents_for_book(const struct layout *l);    /* on pages of their own */
void contents_flow(struct flow *f);                /* as blocks, at the galley's end */
/* With all pages chosen, none placed: notes where divisions begin, and puts the numbers into the column. */
void contents_number(struct paginator *p, const struct plan *plan, const struct trial *trials);
/* With as many pages chosen, none placed: true if it is certain by now that another run is needed. The state says so then. */
bool contents_outgrow_margin(struct paginator *p, int pages);
/* With all pages made: in an article, sets the contents in the margin of page 1 from `top` on, the first baseline below
 * the masthead. Says in the state whether another run is needed. */
void contents_finish(struct paginator *p, sp top);
void contents_free(struct contents_state *c);

#endif
