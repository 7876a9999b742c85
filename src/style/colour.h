/* A colour as the theme gives it: CMYK for print with its RGB twin for screens. */
#ifndef VERSTKA_STYLE_COLOUR_H
#define VERSTKA_STYLE_COLOUR_H

#include <stdbool.h>
#include <stdint.h>

struct colour {
	const char *name;
	uint16_t cmyk[4];   /* [1/1000]: 1000 = full */
	uint8_t rgb[3];
	uint8_t dark_rgb[3]; /* twin for dark screens (EPUB); = rgb if the theme names none */
	const char *spot;   /* ink name, or NULL */
};

#endif
