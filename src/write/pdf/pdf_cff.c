#include "write/pdf/pdf_cff.h"

#include <string.h>

#include "base/mem.h"

struct cursor {
	const unsigned char *data;
	size_t len, at;
	bool bad;
};

static uint32_t number(struct cursor *c, size_t bytes)
{
	uint32_t v = 0;

	if (bytes > c->len - c->at) {
		c->bad = true;
		return 0;
	}
	for (size_t i = 0; i < bytes; i++)
		v = v << 8 | c->data[c->at++];
	return v;
}

/* Moves past an INDEX; *start and *end: its first object, if any. Returns its count. */
static uint32_t skip_index(struct cursor *c, size_t *start, size_t *end)
{
	uint32_t count = number(c, 2), size, first, second, last;
	size_t base, offsets;

	*start = *end = c->at;
	if (count == 0 || c->bad)
		return 0;
	size = number(c, 1);
	if (size < 1 || size > 4) {
		c->bad = true;
		return 0;
	}
	offsets = c->at;
	first = number(c, size);
	second = number(c, size);
	if ((size_t)(count + 1) * size > c->len - offsets) {
		c->bad = true;
		return 0;
	}
	c->at = offsets + (size_t)count * size;
	last = number(c, size);
	base = c->at - 1; /* offsets count from 1 */
	if (first < 1 || second < first || last < second || last > c->len - base) {
		c->bad = true;
		return 0;
	}
	*start = base + first;
	*end = base + second;
	c->at = base + last;
	return count;
}

/* What the Top DICT says: ROS (12 30), charset (15), CharStrings (17). Operands that matter are integers. */
struct top {
	bool is_cid;
	uint32_t charset, charstrings;
};

static void read_top(struct cursor *c, size_t end, struct top *top)
{
	uint32_t operand = 0;

	while (c->at < end && !c->bad) {
		uint32_t b = number(c, 1);

		if (b >= 32 && b <= 246) {
			operand = b - 139;
		} else if (b >= 247 && b <= 250) {
			operand = (b - 247) * 256 + number(c, 1) + 108;
		} else if (b >= 251 && b <= 254) {
			number(c, 1);
			operand = 0;
		} else if (b == 28) {
			operand = number(c, 2);
		} else if (b == 29) {
			operand = number(c, 4);
		} else if (b == 30) {
			while (!c->bad && (number(c, 1) & 15) != 15)
				;
		} else if (b == 12) {
			top->is_cid |= number(c, 1) == 30;
		} else {
			if (b == 15)
				top->charset = operand;
			else if (b == 17)
				top->charstrings = operand;
		}
	}
}

static void read_charset(struct cursor *c, struct pdf_cff *out)
{
	uint32_t format = number(c, 1);

	for (size_t gid = 1; gid < out->n && !c->bad;) {
		uint32_t first = number(c, 2), left = format == 0 ? 0 : number(c, format == 1 ? 1 : 2);

		if (format > 2)
			c->bad = true;
		for (uint32_t i = 0; i <= left && gid < out->n; i++)
			out->cids[gid++] = (uint16_t)(first + i);
	}
}

bool pdf_cff_read(const unsigned char *data, size_t len, struct pdf_cff *out)
{
	struct cursor c = { data, len, 0, false };
	struct top top = { false, 0, 0 };
	size_t start, end;

	memset(out, 0, sizeof *out);
	number(&c, 2);
	c.at = number(&c, 1); /* header size */
	if (c.bad || c.at > len)
		return false;
	skip_index(&c, &start, &end); /* names */
	skip_index(&c, &start, &end);
	if (c.bad)
		return false;
	c.at = start;
	read_top(&c, end, &top);
	if (c.bad || !top.is_cid)
		return !c.bad;
	if (top.charstrings >= len || top.charset >= len)
		return false;
	c.at = top.charstrings;
	out->n = skip_index(&c, &start, &end);
	if (c.bad)
		return false;
	out->cids = mem_zalloc(out->n, sizeof *out->cids);
	if (top.charset > 2) {
		c.at = top.charset;
		read_charset(&c, out);
	} else { /* no charset of its own: CIDs are glyph ids */
		for (size_t i = 0; i < out->n; i++)
			out->cids[i] = (uint16_t)i;
	}
	if (c.bad)
		pdf_cff_free(out);
	return !c.bad;
}

uint16_t pdf_cff_cid(const struct pdf_cff *c, uint32_t gid)
{
	if (gid > 0xffff)
		return 0;
	if (c->cids == NULL)
		return (uint16_t)gid;
	return gid < c->n ? c->cids[gid] : 0;
}

void pdf_cff_free(struct pdf_cff *c)
{
	mem_free(c->cids);
	memset(c, 0, sizeof *c);
}
