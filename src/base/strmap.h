/* Hash map from byte strings to pointers. Keys are borrowed (keep them in an arena). */
#ifndef VERSTKA_BASE_STRMAP_H
#define VERSTKA_BASE_STRMAP_H

#include <stddef.h>
#include <stdint.h>

struct strmap_slot {
	const char *key;
	size_t len;
	uint64_t hash;
	void *value; /* NULL: slot is free */
};
struct strmap {
	struct strmap_slot *slots;
	size_t n, cap; /* cap is a power of two or 0 */
};

uint64_t strmap_hash(const void *data, size_t len); /* 64 bits, same on every machine: files bear names made of it */

void strmap_init(struct strmap *m);
void strmap_free(struct strmap *m); /* the values are the caller's */
void *strmap_lookup(const struct strmap *m, const char *key, size_t len); /* NULL: not there */
/* Puts a non-NULL value; returns the value that was there before, or NULL. */
void *strmap_put(struct strmap *m, const char *key, size_t len, void *value);

#endif
