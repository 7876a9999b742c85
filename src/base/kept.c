#include "base/kept.h"

#include <pthread.h>
#include <string.h>

#include "base/mem.h"
#include "base/strmap.h"

struct entry {
	struct entry *next;
	const char *how;
	uint64_t hash;
	struct buf from, made;
};

struct kept {
	pthread_mutex_t lock;
	struct entry *entries; /* a few */
};

struct kept *kept_new(void)
{
	struct kept *k = mem_zalloc(1, sizeof *k);

	pthread_mutex_init(&k->lock, NULL);
	return k;
}

void kept_free(struct kept *k)
{
	if (k == NULL)
		return;
	while (k->entries != NULL) {
		struct entry *e = k->entries;

		k->entries = e->next;
		buf_free(&e->from);
		buf_free(&e->made);
		mem_free(e);
	}
	pthread_mutex_destroy(&k->lock);
	mem_free(k);
}

static struct entry *find(const struct kept *k, const char *how, const void *from, size_t len, uint64_t hash)
{
	struct entry *e = k->entries;

	while (e != NULL && (e->hash != hash || e->from.len != len || strcmp(e->how, how) != 0 || memcmp(e->from.data, from, len) != 0))
		e = e->next;
	return e;
}

const struct buf *kept_get(struct kept *k, const char *how, const void *from, size_t len, kept_maker *make, void *context)
{
	uint64_t hash = strmap_hash(from, len);
	struct entry *e;

	pthread_mutex_lock(&k->lock);
	e = find(k, how, from, len, hash);
	if (e == NULL) {
		e = mem_zalloc(1, sizeof *e);
		e->how = how;
		e->hash = hash;
		buf_init(&e->from);
		buf_init(&e->made);
		buf_put(&e->from, from, len);
		make(context, from, len, &e->made);
		buf_fit(&e->made);
		e->next = k->entries;
		k->entries = e;
	}
	pthread_mutex_unlock(&k->lock);
	return &e->made;
}
