/* Bytes of any encoding as UTF-8.
 *
 * Logged:
 *   xml-encoding       the encoding is unknown, or the bytes are not in it
 *   too-large          over XMLSOURCE_MOST */
#ifndef VERSTKA_READ_XMLENCODING_H
#define VERSTKA_READ_XMLENCODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"

#define XMLSOURCE_MOST ((size_t)128 << 20) /* [byte] a file, and all files of a document: a book of 14,000 pages is 80 MB */

/* Text in any encoding libxml2 knows, as UTF-8 without a byte order mark: for parse="text". encoding NULL: it is a file
 * of XML, which says so itself, and pos its begin. The result is mem_free'd by the caller; false if it cannot be (logged
 * at pos; of a file of XML, at the first byte at fault). What is said to be UTF-8 is not looked at. */
bool xml_to_utf8(const char *text, size_t len, const char *encoding, struct pos pos, struct diag_log *log,
                 char **out, size_t *out_len);

#endif
