/* SHA-256 (FIPS 180-4), by nettle (which takes no memory and has nothing to start). */
#ifndef VERSTKA_BASE_SHA256_H
#define VERSTKA_BASE_SHA256_H

#include <stddef.h>

void sha256_hex(const void *data, size_t len, char out[65]); /* lower case, ends in NUL */

#endif
