/* The front matter of a document: doc_info.front as blocks. */
#ifndef VERSTKA_LAYOUT_FRONT_H
#define VERSTKA_LAYOUT_FRONT_H

#include "layout/block.h"

bool front_is_legal(const struct node *n); /* copyright, licence ...: a child of doc_info.front */
void front_flow(struct flow *f, const struct node *front); /* without what is legal */
/* The rest, under a rule: where the galley stands, or at the foot of a page of its own. */
void front_flow_legal(struct flow *f, const struct node *front, bool own_page);

#endif
