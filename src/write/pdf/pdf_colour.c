#include "write/pdf/pdf_colour.h"

#include <string.h>

#include "write/pdf/pdf_obj.h"

static void put_cmyk(struct buf *b, const struct colour *c)
{
	for (int i = 0; i < 4; i++) {
		if (i > 0)
			buf_putc(b, ' ');
		pdf_put_number(b, c->cmyk[i] > 1000 ? 1000 : c->cmyk[i], 3);
	}
}

static void put_space(struct buf *b, const char *ink, const struct colour *c)
{
	buf_puts(b, "[/Separation ");
	pdf_put_name(b, ink);
	buf_puts(b, " /DeviceCMYK <</FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [");
	put_cmyk(b, c);
	buf_puts(b, "] /N 1>>]\n");
}

int pdf_colour_spot(const struct colour *palette, int colour)
{
	int i = 0;

	if (palette[colour].spot == NULL)
		return -1;
	while (palette[i].spot == NULL || strcmp(palette[i].spot, palette[colour].spot) != 0)
		i++;
	return i;
}

void pdf_colour_put_spaces(struct buf *b, const struct colour *palette, int n)
{
	static const struct colour all = { .cmyk = { 1000, 1000, 1000, 1000 } };

	for (int i = 0; i < n; i++) {
		if (pdf_colour_spot(palette, i) != i)
			continue;
		buf_printf(b, "/S%d ", i);
		put_space(b, palette[i].spot, &palette[i]);
	}
	buf_puts(b, "/All ");
	put_space(b, "All", &all);
}

void pdf_colour_put_fill(struct buf *b, const struct colour *palette, int colour, bool screen)
{
	const struct colour *c = &palette[colour];

	if (!screen && c->spot != NULL) {
		buf_printf(b, "/S%d cs 1 scn\n", pdf_colour_spot(palette, colour));
		return;
	}
	if (screen) {
		for (int i = 0; i < 3; i++) {
			pdf_put_number(b, (c->rgb[i] * 1000 + 127) / 255, 3);
			buf_putc(b, ' ');
		}
		buf_puts(b, "rg\n");
		return;
	}
	put_cmyk(b, c);
	buf_puts(b, " k\n");
}

bool pdf_colour_is_black(const struct colour *c)
{
	return c->spot == NULL && c->cmyk[0] == 0 && c->cmyk[1] == 0 && c->cmyk[2] == 0 && c->cmyk[3] >= 1000;
}

void pdf_colour_to_cmyk(const unsigned char *rgb, unsigned char *cmyk, size_t n)
{
	for (size_t i = 0; i < n; i++, rgb += 3, cmyk += 4) {
		int most = rgb[0] > rgb[1] ? rgb[0] : rgb[1];

		if (rgb[2] > most)
			most = rgb[2];
		for (int j = 0; j < 3; j++)
			cmyk[j] = (unsigned char)(most > 0 ? (255 * (most - rgb[j]) + most / 2) / most : 0);
		cmyk[3] = (unsigned char)(255 - most);
	}
}

size_t pdf_colour_limit_ink(unsigned char *cmyk, size_t n, int32_t limit, bool change)
{
	int most = (int)(limit * 255 / 1000);
	size_t over = 0;

	for (size_t i = 0; i < n; i++, cmyk += 4) {
		int colour = cmyk[0] + cmyk[1] + cmyk[2], room = most > cmyk[3] ? most - cmyk[3] : 0;

		if (colour <= room)
			continue;
		over++;
		for (int j = 0; change && j < 3; j++)
			cmyk[j] = (unsigned char)(cmyk[j] * room / colour);
	}
	return over;
}

void pdf_colour_to_rgb(const unsigned char *cmyk, unsigned char *rgb, size_t n)
{
	for (size_t i = 0; i < n; i++, cmyk += 4, rgb += 3)
		for (int j = 0; j < 3; j++)
			rgb[j] = (unsigned char)(((255 - cmyk[j]) * (255 - cmyk[3]) + 127) / 255);
}
