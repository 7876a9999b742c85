/* [pixel/inch] What print asks of pictures, for all who judge or change them (P-43, P-44). */
#ifndef VERSTKA_IMAGE_RESOLUTION_H
#define VERSTKA_IMAGE_RESOLUTION_H

enum {
	PHOTO_AIM = 300,   /* what a screen of 60 lines/cm shows */
	PHOTO_SOFT = 250,  /* under it a warning */
	PHOTO_LEAST = 200, /* under it a printing house sends the file back */
	PHOTO_MOST = 450,  /* over it the rest only costs time */
	LINE_ART_AIM = 1200,
	LINE_ART_LEAST = 600
};

/* printf's, of a picture's resolution, what is asked and a bound it is under: the same words everywhere. */
#define RESOLUTION_SOFT "%d pixels an inch: print asks for %d, under %d is soft"
#define RESOLUTION_SENT_BACK "%d pixels an inch: print asks for %d, under %d is sent back"

#endif
