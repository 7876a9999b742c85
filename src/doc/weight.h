/* What text asks of memory and time, and how much is accepted (too-large, doc/check.h). */
#ifndef VERSTKA_DOC_WEIGHT_H
#define VERSTKA_DOC_WEIGHT_H

#include "base/diag.h"
#include "doc/doc.h"

/* In bytes of plain text, of which those make 1 GB and ten seconds. Of two-letter words, ideographs, soft hyphens, lines of
 * a listing or words that are all different fewer do: a million or two. */
#define DOC_MOST_IN_BLOCK ((size_t)12000000)
/* Blocks of more than this are no honest paragraphs (it is some eighty pages): all of them together may weigh no more than
 * one may. */
#define DOC_GIANT_BLOCK ((size_t)250000)

/* [byte of memory] that setting a document is expected to take: a book of some 14,000 pages, 130,000 sections of one line. */
#define DOC_MOST_MEMORY ((size_t)900000000)

struct weights {
	size_t giants;            /* all so far */
	size_t memory;            /* likewise */
	bool said;                /* of giants, that they are too large */
	uint64_t *seen;           /* [bit] words, by their hash */
};

/* Adds a node, and of a block that holds inlines all its text. */
void weigh(struct weights *w, const struct node *n, struct diag_log *log);
void weights_free(struct weights *w);

#endif
