#include "base/sha256.h"

#include <gcrypt.h>
#include <pthread.h>

/* Its way of being started, which two threads must not do at once. */
static void start(void)
{
	gcry_check_version(NULL);
}

void sha256_hex(const void *data, size_t len, char out[65])
{
	static const char digits[] = "0123456789abcdef";
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	unsigned char sum[32];

	pthread_once(&once, start);
	gcry_md_hash_buffer(GCRY_MD_SHA256, sum, data, len);
	for (int i = 0; i < 32; i++) {
		out[2 * i] = digits[sum[i] >> 4];
		out[2 * i + 1] = digits[sum[i] & 15];
	}
	out[64] = '\0';
}
