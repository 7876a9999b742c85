/* Which heads speak for which cell, where Scope alone does not say it: heads over several columns or rows, heads in
 * several rows (ISO 32000-1, 14.8.5.7: Headers, and the ID of each head). */
#ifndef VERSTKA_WRITE_PDF_PDF_HEADS_H
#define VERSTKA_WRITE_PDF_PDF_HEADS_H

#include "base/arena.h"
#include "base/buf.h"
#include "doc/doc.h"

struct pdf_heads {
	struct arena *arena;
	uint32_t n_nodes;
	const char **headers;        /* by seq: the text of a cell's Headers array; NULL: no table needed any yet */
	const struct node **named;   /* heads that have an ID */
	size_t n_named, cap_named;
};

void pdf_heads_init(struct pdf_heads *h, struct arena *a, uint32_t n_nodes);
void pdf_heads_free(struct pdf_heads *h);
/* Once for each table, before its cells are asked about. */
void pdf_heads_find(struct pdf_heads *h, const struct node *table);

const char *pdf_heads_of(const struct pdf_heads *h, const struct node *cell); /* "(head00000007)" or NULL */
bool pdf_heads_has_id(const struct pdf_heads *h, const struct node *cell);
void pdf_heads_put_id(struct buf *b, const struct node *cell);
/* The heads with an ID, sorted by it. */
void pdf_heads_sort(struct pdf_heads *h);

#endif
