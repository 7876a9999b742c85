/* What a layout of pages costs: one table for the search (fill.c, search.c) and for the judge that recomputes the sum
 * from finished pages (judge.c). In hundredths of a point; 25 points are one blank row at the foot of a page, which is
 * barely seen; 5000 never happen unless nothing else exists. All prices are >= 0: what is dearer than a known
 * solution need not be followed. Rules by number: typography T-73..T-78, house style HS-30..HS-40. */
#ifndef VERSTKA_LAYOUT_PRICE_H
#define VERSTKA_LAYOUT_PRICE_H

enum {
	POINT = 100,
	PRICE_NEVER = 50000 * POINT,

	/* pages */
	PRICE_SLACK = 25 * POINT,          /* times the square of blank rows */
	PRICE_SLACK_MUCH = 1000 * POINT,   /* and this if there are more than .. */
	SLACK_MUCH = 3,
	PRICE_FACING = 60 * POINT,         /* times the square of the rows by which facing feet differ, at most .. */
	FACING_MOST = 3,
	PRICE_LAST_FEW = 500 * POINT,      /* a last page of fewer than .. lines */
	LAST_FEW = 5,
	PRICE_IMPRINT_ALONE = 600 * POINT, /* a last page without room for the imprint: it has one of its own */
	PRICE_LAST_SHORT = 100 * POINT,    /* ... of less than a quarter page */
	PRICE_CHAPTER_FEW = 300 * POINT,   /* the last page of a chapter: fewer than LAST_FEW lines */

	PRICE_BALANCE = 20 * POINT,        /* times the square of rows by which the last column of a band is shorter; others pay PRICE_SLACK */
	PRICE_BAND_OVER = 20000 * POINT,   /* columns that were to hold all text above what spans them, and do not */

	/* paragraphs */
	PRICE_WIDOW = 5000 * POINT,        /* fewer lines than the style's widows, orphans */
	PRICE_SHORT_WIDOW = 40 * POINT,    /* no more than those */
	PRICE_HYPHEN_VERSO = 60 * POINT, PRICE_HYPHEN_RECTO = 3000 * POINT, /* over the turn: T-34 forbids it */
	PRICE_AFTER_HEADING = 5000 * POINT, /* one line after a heading */
	PRICE_NEAR_HEADING = 60 * POINT,   /* fewer than its keep */
	PRICE_LOW_HEADING = 60 * POINT,    /* a heading under one or two lines at the page's top */
	LEAST_BEFORE_HEADING = 3,
	LINE_COSTS_A_POINT = 3000,         /* of the breaker's costs: ten lines made eleven cost about two blank rows */
	NARROW_FREE = 90000,               /* of them: what a line may cost before it is charged where a quote stands beside the paragraph */
	PRICE_LINE_MOST = 5000 * POINT,

	/* boxes, tables, notes */
	PRICE_BOX = 300 * POINT, PRICE_BOX_SHORT = 3000 * POINT,
	PRICE_NOTE_SPLIT = 100 * POINT,
	PRICE_NOTE_LATE = 3000 * POINT,    /* a note that cannot begin on the page of its call */
	PRICE_NOTES_ROW = 50 * POINT,      /* each row of notes beyond a third of the page */
	PRICE_SIDE_FOOT = 400 * POINT,     /* a side note that goes to the foot */
	PRICE_SIDE_ROW = 4 * POINT,        /* each row that side notes stand below their marks if all give way downwards */

	/* pull quotes, floating figures and tables */
	PRICE_NEAR_QUOTE = 40 * POINT,
	PRICE_DISTANCE_MOST = 15 * POINT,  /* half a point for each row between a quote and its paragraph */
	PRICE_QUOTE_WAITS = 80 * POINT, PRICE_QUOTE_TURNED = 70 * POINT,
	PRICE_TWO_QUOTES = 60 * POINT,
	PRICE_IN_COLUMN = 1500 * POINT,    /* no place beside the text: across the column */
	PRICE_QUOTE_LOST = 20000 * POINT,
	PRICE_FLOAT_FOOT = 90 * POINT,     /* to the foot of its page */
	PRICE_FLOAT_NEXT = 180 * POINT,     /* to the next page of the spread */
	PRICE_FLOAT_TURNED = 260 * POINT   /* over the turn */
};

#endif
