/* Growing byte buffer; always NUL-terminated behind its last byte once anything was put. */
#ifndef VERSTKA_BASE_BUF_H
#define VERSTKA_BASE_BUF_H

#include <stddef.h>
#include <stdint.h>

struct buf {
	char *data; /* NULL while empty and untouched */
	size_t len, cap;
};

void buf_init(struct buf *b);
void buf_free(struct buf *b);
void buf_clear(struct buf *b); /* keeps the memory */
void buf_fit(struct buf *b); /* keeps what its bytes need */
void buf_put(struct buf *b, const void *data, size_t len);
void buf_puts(struct buf *b, const char *s);
void buf_putc(struct buf *b, char c);
/* %s %d %u %x %zu and the like only: no floating point (locale). */
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_put_int(struct buf *b, int64_t v);
void buf_put_utf8(struct buf *b, uint32_t codepoint);
/* Text with & < > " escaped for XML content and double-quoted attributes; characters that
 * XML 1.0 forbids become U+FFFD. */
void buf_put_xml(struct buf *b, const char *s, size_t len);
/* Text as a JSON string body (no quotes around it). */
void buf_put_json(struct buf *b, const char *s, size_t len);
/* The bytes, owned by the caller (mem_free); the buffer is empty afterwards. */
char *buf_detach(struct buf *b, size_t *len);

#endif
