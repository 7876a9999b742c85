/* Places of the document that are to begin on certain pages, and all the pages they can begin on: what is wanted to make
 * "page 6" the same in several editions.
 *
 * A place is passed by the step on whose page its first row stands. A survey keeps apart the states of the search that
 * have passed places on other pages, so that of each sequence of pages the cheapest layout is found; with wished pages,
 * steps that pass a place elsewhere are none. Both leave the search as exact as it was. */
#ifndef VERSTKA_LAYOUT_PINS_H
#define VERSTKA_LAYOUT_PINS_H

#include "layout/page.h"

struct pins {
	const struct page_pins *wish;
	int block[MOST_PINS];    /* in the galley where each begins, or -1: nowhere */
	struct pin_ways *ways;   /* survey: what was found; else NULL */
};

/* Finds the places in the galley. */
void pins_find(struct pins *p, const struct galley *g);
/* Does a step from `from` to `to` on a page pass its places where they are wished? Notes the page in `at` (MOST_PINS
 * numbers) if it is a survey. */
bool pins_pass(const struct pins *p, struct position from, struct position to, int page, uint8_t *at);
/* The next wished place behind pos: its number, or -1. */
int pins_next(const struct pins *p, struct position pos);
/* A survey's whole layout: kept if it is the cheapest with its pages. */
void pins_keep(struct pins *p, const uint8_t *at, int64_t cost);

#endif
