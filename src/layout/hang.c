#include "layout/hang.h"

#include <stdlib.h>

struct row {
	uint32_t c;
	int16_t left, right;
};

/* ascending by character */
static const struct row table[] = {
	{ '!', 0, 100 }, { '%', 50, 50 }, { '(', 100, 0 }, { ')', 0, 200 }, { '*', 200, 200 }, { ',', 0, 500 },
	{ '-', 500, 500 }, { '.', 0, 700 }, { '/', 100, 200 }, { ':', 0, 500 }, { ';', 0, 300 }, { '?', 0, 100 },
	{ 'A', 50, 50 }, { 'F', 0, 50 }, { 'J', 50, 0 }, { 'K', 0, 50 }, { 'L', 0, 50 }, { 'T', 50, 50 },
	{ 'V', 50, 50 }, { 'W', 50, 50 }, { 'X', 50, 50 }, { 'Y', 50, 50 }, { 'k', 0, 50 }, { 'r', 0, 50 },
	{ 'v', 50, 50 }, { 'w', 50, 50 }, { 'x', 50, 50 }, { 'y', 0, 50 }, { 0xAB, 200, 200 }, { 0xAD, 500, 500 },
	{ 0xBB, 200, 200 },
	{ 0x410, 50, 50 }, { 0x413, 0, 50 }, { 0x41A, 0, 50 }, { 0x41E, 30, 30 }, { 0x421, 30, 30 }, { 0x422, 50, 50 },
	{ 0x423, 50, 50 }, { 0x425, 50, 50 }, { 0x42D, 30, 30 }, { 0x42E, 0, 30 }, { 0x433, 0, 50 }, { 0x434, 20, 0 },
	{ 0x43A, 0, 50 }, { 0x43B, 20, 0 }, { 0x443, 50, 50 }, { 0x445, 50, 50 },
	{ 0x2010, 500, 500 }, { 0x2011, 500, 500 }, { 0x2013, 200, 200 }, { 0x2014, 150, 150 }, { 0x2018, 300, 400 },
	{ 0x2019, 300, 400 }, { 0x201C, 300, 300 }, { 0x201D, 300, 300 }, { 0x201E, 400, 400 }, { 0x2026, 0, 200 },
};

static int by_character(const void *a, const void *b)
{
	uint32_t c = *(const uint32_t *)a, d = ((const struct row *)b)->c;

	return c < d ? -1 : c > d;
}

static const struct row *lookup(uint32_t c)
{
	return bsearch(&c, table, sizeof table / sizeof *table, sizeof *table, by_character);
}

int hang_left(uint32_t c)
{
	const struct row *r = lookup(c);

	return r != NULL ? r->left : 0;
}

int hang_right(uint32_t c)
{
	const struct row *r = lookup(c);

	return r != NULL ? r->right : 0;
}
