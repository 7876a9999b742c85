#include "base/unit.h"

#include <string.h>

/* A decimal number as millionths; moves *p behind it. */
static bool parse_micro(const char **p, int64_t *out)
{
	const char *s = *p;
	bool neg = false, digits = false;
	int64_t v = 0, f = 0, scale = 100000;

	if (*s == '-' || *s == '+')
		neg = *s++ == '-';
	for (; *s >= '0' && *s <= '9'; s++, digits = true) {
		v = v * 10 + (*s - '0');
		if (v > 10000000)
			return false;
	}
	if (*s == '.') {
		for (s++; *s >= '0' && *s <= '9'; s++, digits = true) {
			f += (*s - '0') * scale;
			scale /= 10;
		}
	}
	if (!digits)
		return false;
	v = v * 1000000 + f;
	*out = neg ? -v : v;
	*p = s;
	return true;
}

sp unit_scale_wide(sp value, int64_t num, int64_t den)
{
	__extension__ typedef __int128 wide;
	wide w = (wide)value * num;

	w += (w >= 0 ? den / 2 : -(den / 2));
	return (sp)(w / den);
}

bool unit_parse_length(const char *text, sp *out)
{
	static const struct {
		const char *name;
		int64_t num, den; /* points per unit */
	} units[] = {
		{ "pt", 1, 1 }, { "mm", 360, 127 }, { "cm", 3600, 127 }, { "in", 72, 1 }, { "pc", 12, 1 },
	};
	int64_t micro;
	const char *p = text;

	if (!parse_micro(&p, &micro))
		return false;
	if (*p == '\0' && micro == 0) {
		*out = 0;
		return true;
	}
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (strcmp(p, units[i].name) != 0)
			continue;
		*out = unit_scale(micro, SP_ONE * units[i].num, 1000000 * units[i].den);
		return *out <= SP_PT(100000) && *out >= -SP_PT(100000);
	}
	return false;
}

bool unit_parse_milli(const char *text, int32_t *out)
{
	int64_t micro;
	const char *p = text;

	if (!parse_micro(&p, &micro) || *p != '\0')
		return false;
	micro = unit_scale(micro, 1, 1000);
	if (micro > 1000000000 || micro < -1000000000)
		return false;
	*out = (int32_t)micro;
	return true;
}

size_t unit_format_pt(char out[32], sp value, int decimals)
{
	static const int64_t pow10[] = { 1, 10, 100, 1000, 10000 };
	int64_t p = pow10[decimals < 0 ? 0 : decimals > 4 ? 4 : decimals];
	int64_t v = unit_scale(value, p, SP_ONE);
	uint64_t u = v < 0 ? (uint64_t)-v : (uint64_t)v;
	char tmp[32];
	size_t n = 0, len = 0;
	uint64_t whole = u / (uint64_t)p, frac = u % (uint64_t)p;

	if (v < 0)
		out[len++] = '-';
	do
		tmp[n++] = (char)('0' + whole % 10);
	while ((whole /= 10) != 0);
	while (n > 0)
		out[len++] = tmp[--n];
	if (frac != 0) {
		out[len++] = '.';
		for (int64_t d = p / 10; d > 0 && frac != 0; d /= 10) {
			out[len++] = (char)('0' + frac / (uint64_t)d);
			frac %= (uint64_t)d;
		}
	}
	out[len] = '\0';
	return len;
}
