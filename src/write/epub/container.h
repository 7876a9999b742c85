/* The ZIP container (E-01..E-05), by libzip, written in memory. The only file that knows libzip. */
#ifndef VERSTKA_WRITE_EPUB_CONTAINER_H
#define VERSTKA_WRITE_EPUB_CONTAINER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/diag.h"

struct container_entry {
	const char *path;  /* in the container, ASCII */
	const void *data;  /* borrowed */
	size_t len;
	bool store;        /* not compressed: pictures, and the mimetype */
};

/* Appends a container of these entries, in this order, after the `mimetype` that it adds itself.
 * modified: "YYYY-MM-DDThh:mm:ssZ", the date of every entry. False: logged, out unchanged. */
bool container_write(const struct container_entry *entries, size_t n, const char *modified, struct buf *out,
                     struct diag_log *log);

#endif
