/* Headings: which style and label a division's title has, and which divisions open a page. */
#ifndef VERSTKA_LAYOUT_HEADING_H
#define VERSTKA_LAYOUT_HEADING_H

#include "layout/block.h"

/* In a book: a part, a chapter or what stands in a chapter's place. */
bool heading_opens_page(const struct doc *d, const struct node *division);
/* 1: h1 ... of a section or bridgehead, counted from the article or the chapter. */
int heading_level(const struct doc *d, const struct node *n);
const struct par_style *heading_style(const struct layout *l, int level); /* h1 .. h6; the nearest of them */
/* "Глава 1", or NULL: no number, or the author has written it into the title. In the layout's arena. */
const char *heading_label(struct layout *l, const struct node *division);
/* The same before a title on its line: "1. ", "Приложение А. "; or NULL. */
const char *heading_prefix(struct layout *l, const struct node *division);
/* owner: the division whose anchor the heading bears, or NULL. prefix: or NULL. */
void heading_add(struct flow *f, const struct node *title, const struct node *owner, int level, const char *prefix);
/* Makes b open a page, `sink` [1/1000 U] below its first line, under the bar. */
void heading_opening(struct flow *f, struct block *b, int32_t sink);

#endif
