#include "base/sha256.h"

#include <gcrypt.h>

void sha256_hex(const void *data, size_t len, char out[65])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char sum[32];

	gcry_check_version(NULL); /* its way of being started; more than once does no harm */
	gcry_md_hash_buffer(GCRY_MD_SHA256, sum, data, len);
	for (int i = 0; i < 32; i++) {
		out[2 * i] = digits[sum[i] >> 4];
		out[2 * i + 1] = digits[sum[i] & 15];
	}
	out[64] = '\0';
}
