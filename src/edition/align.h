/* Editions whose chosen places begin on the same pages: at a forum "page 6" is then page 6 for everybody. */
#ifndef VERSTKA_EDITION_ALIGN_H
#define VERSTKA_EDITION_ALIGN_H

#include "edition/edition.h"

/* Finds pages for the places and notes in each edition (pins, leading) what its layout must do for them: paragraphs a line
 * longer or shorter, blank rows at feet, quotes elsewhere, if that does not do the leading within the theme's page fit. The
 * least sum of costs over all editions wins. Editions are read and styled, not laid out; the first is the source's.
 * workers: threads.
 * ids: "intro,results": xml:id of places, in the order of the text; NULL: all divisions of the first level.
 * False: logged in the first edition's log: a place that is not there ("align-place"), or pages that cannot be had
 * ("align": which place, by how many lines). */
bool align_editions(struct edition **v, int n, const char *ids, int workers);

#endif
