/* Bytes made from other bytes at some cost, that several editions of a run need alike: made once, read by all.
 * Owner: who calls kept_new, and kept_free when nobody reads any more. Key: what they are made from, byte for byte, and how.
 * Threads: any, at the same time; one makes it, and the others wait for that. */
#ifndef VERSTKA_BASE_KEPT_H
#define VERSTKA_BASE_KEPT_H

#include "base/buf.h"

struct kept;
struct kept *kept_new(void);
void kept_free(struct kept *k); /* NULL is fine */

/* What is made of the bytes, appended to out (which is empty). The same bytes must give the same, whoever asks. */
typedef void kept_maker(void *context, const void *from, size_t len, struct buf *out);
/* how: of a literal's lifetime, one for each maker. The result lives until kept_free; nobody changes it. */
const struct buf *kept_get(struct kept *k, const char *how, const void *from, size_t len, kept_maker *make, void *context);

#endif
