/* A table in the making: cells set in columns (table.c), merged into rows of the galley (table_rows.c). */
#ifndef VERSTKA_LAYOUT_TABLE_H
#define VERSTKA_LAYOUT_TABLE_H

#include "layout/block.h"
#include "layout/columns.h"

enum { TABLE_MOST_COLUMNS = 200 };

/* What is done to make a table fit, gentlest first. */
struct fit {
	bool tight;               /* smaller gaps */
	bool wide;                /* over the margin column too */
	bool hyphenate;           /* cells */
	bool small;               /* type, by a ninth */
	bool heads;               /* hyphenated too */
	int unbroken;             /* [character] words are cut anywhere; 0: never */
};
struct cell {
	const struct node *node;
	struct galley g;
	int row, column, colspan, rowspan;
	sp least, most;           /* widths: no word broken; all on one line */
	bool head, ready;         /* ready: holds rows made for a width, not only paragraphs */
	struct rows rows;
};

struct table {
	struct layout *l;
	const struct node *node;
	struct cell *cells;       /* row after row */
	int n_cells;
	int n_rows, n_head, columns;
	int *first;               /* of each row, and one more: index of its first cell */
	sp *top, *height;         /* of each row: first baseline, and the room to the next row's */
	struct column col[TABLE_MOST_COLUMNS];
	sp width, gap;
	int nested;               /* tables around it */
	struct fit fit;
};

/* All rows of a table whose cells are set, tops and heights known, into b's rows; its head also into b's head. */
void table_rows_make(struct table *t, struct block *b);

#endif
