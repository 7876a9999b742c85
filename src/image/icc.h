/* ICC profiles, by Little CMS: what one is for, and pixels from one to another. Profiles are bytes; whoever
 * reads them keeps them. */
#ifndef VERSTKA_IMAGE_ICC_H
#define VERSTKA_IMAGE_ICC_H

#include <stdbool.h>
#include <stddef.h>

struct icc {
	const void *data;      /* borrowed; NULL: none is meant (sRGB stands for RGB without a profile) */
	size_t len;            /* [byte] */
	int channels;          /* 1 grey, 3 RGB, 4 CMYK; 0: another space */
	bool output;           /* its class is "prtr": a printing condition */
	int version;           /* major */
	char description[160]; /* UTF-8 on one line, "" if it has none */
};

/* Is it a profile at all? Hostile data is refused. */
bool icc_read(const void *data, size_t len, struct icc *out);

/* Pixels of 8 bits a sample from one profile to another, relative colorimetric with black point compensation; from
 * CMYK to CMYK pure black stays pure. CMYK counts 255 as full ink. NULL if Little CMS cannot do it. */
struct icc_way;
struct icc_way *icc_way_new(const struct icc *from, const struct icc *to);
void icc_way_run(const struct icc_way *w, const unsigned char *from, unsigned char *to, size_t pixels);
void icc_way_free(struct icc_way *w); /* NULL is fine */

/* Greys as tints of black ink alone, as light on that paper as they are meant: ink[v] for grey v (255 = full ink; white
 * is bare paper, black the full plate). from: a profile of grey, or of RGB for its neutral axis, data NULL: sRGB; press:
 * a printing condition of CMYK. False if Little CMS cannot do it. */
bool icc_grey_as_ink(const struct icc *from, const struct icc *press, unsigned char ink[256]);

/* sRGB itself, the same bytes on any day; mem_free. NULL if Little CMS cannot make it. */
unsigned char *icc_make_srgb(size_t *len);

#endif
