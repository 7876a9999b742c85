#include "base/strmap.h"

#include <string.h>

#include "base/mem.h"

/* Eight bytes a step; each is multiplied to 128 bits and folded, so that every bit reaches every other. */
static uint64_t fold(uint64_t a, uint64_t b)
{
	__extension__ typedef unsigned __int128 wide;
	wide w = (wide)a * b;

	return (uint64_t)w ^ (uint64_t)(w >> 64);
}

/* The first byte is the lowest, on every machine; compilers know this for one load. */
static uint64_t eight_bytes(const unsigned char *p)
{
	return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 |
	       (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
}

uint64_t strmap_hash(const void *data, size_t len)
{
	const unsigned char *p = data;
	uint64_t h = len ^ 0x9E3779B97F4A7C15u;
	unsigned char last[8] = { 0 };

	for (; len > 8; len -= 8, p += 8)
		h = fold(h ^ eight_bytes(p), 0xA0761D6478BD642Fu);
	if (len > 0)
		memcpy(last, p, len);
	return fold(h ^ eight_bytes(last), 0xE7037ED1A0B428DBu) ^ h;
}

void strmap_init(struct strmap *m)
{
	memset(m, 0, sizeof *m);
}

void strmap_free(struct strmap *m)
{
	mem_free(m->slots);
	strmap_init(m);
}

static struct strmap_slot *find(const struct strmap *m, const char *key, size_t len, uint64_t hash)
{
	size_t i = (size_t)hash & (m->cap - 1);

	while (m->slots[i].value != NULL &&
	       (m->slots[i].hash != hash || m->slots[i].len != len || memcmp(m->slots[i].key, key, len) != 0))
		i = (i + 1) & (m->cap - 1);
	return &m->slots[i];
}

void *strmap_lookup(const struct strmap *m, const char *key, size_t len)
{
	return m->cap == 0 ? NULL : find(m, key, len, strmap_hash(key, len))->value;
}

static void grow(struct strmap *m)
{
	struct strmap old = *m;

	m->cap = old.cap == 0 ? 64 : old.cap * 2;
	m->slots = mem_zalloc(m->cap, sizeof *m->slots);
	for (size_t i = 0; i < old.cap; i++) {
		if (old.slots[i].value != NULL)
			*find(m, old.slots[i].key, old.slots[i].len, old.slots[i].hash) = old.slots[i];
	}
	mem_free(old.slots);
}

void *strmap_put(struct strmap *m, const char *key, size_t len, void *value)
{
	uint64_t hash = strmap_hash(key, len);
	struct strmap_slot *s;
	void *was;

	if (m->n * 4 >= m->cap * 3)
		grow(m);
	s = find(m, key, len, hash);
	was = s->value;
	if (was == NULL)
		m->n++;
	*s = (struct strmap_slot){ key, len, hash, value };
	return was;
}
