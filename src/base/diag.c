#include "base/diag.h"

#include <stdarg.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

/* Past this many, further ones are only counted: a hostile source must not fill the memory. Errors have room of
 * their own behind it, lest warnings hide why nothing was made. */
enum { MOST_KEPT = 2000, MOST_ERRORS = 200 };

void diag_init(struct diag_log *log)
{
	memset(log, 0, sizeof *log);
}

void diag_free(struct diag_log *log)
{
	for (size_t i = 0; i < log->n; i++) {
		mem_free((char *)log->v[i].pos.file);
		mem_free(log->v[i].text);
		mem_free(log->v[i].hint);
	}
	mem_free(log->v);
	diag_init(log);
}

static char *copy(const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(mem_alloc(n), s, n);
}

/* A copy that is UTF-8, whatever a broken file had in the place of its encoding's name, and in which no control
 * characters reach the terminal: neither C0 and C1 nor those that change the direction of what follows. */
static char *tamed(const char *s)
{
	struct buf b;

	buf_init(&b);
	for (size_t i = 0, len = strlen(s), n; i < len; i += n) {
		uint32_t c = utf8_decode(s + i, len - i, &n);

		if (c < 0x20 || (c >= 0x7f && c <= 0x9f) || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
			c = ' ';
		buf_put_utf8(&b, c);
	}
	return buf_detach(&b, NULL);
}

static char *format_text(const char *fmt, va_list ap)
{
	char small[2048];
	int n = vsnprintf(small, sizeof small, fmt, ap);

	if (n < 0)
		small[0] = '\0';
	else if ((size_t)n >= sizeof small) {
		/* cut at a character's start */
		size_t end = sizeof small - 5;

		while (end > 0 && ((unsigned char)small[end] & 0xC0) == 0x80)
			end--;
		memcpy(small + end, "...", 4);
	}
	return tamed(small);
}

static void add(struct diag_log *log, enum diag_level level, enum diag_fault fault, const char *code, struct pos pos,
                const char *fmt, va_list ap)
{
	struct diag *d;

	if (level == DIAG_ERROR) {
		log->errors++;
		if ((int)fault > log->worst)
			log->worst = (int)fault;
	} else if (level == DIAG_WARNING) {
		log->warnings++;
	}
	log->dropped = log->n >= MOST_KEPT && (level != DIAG_ERROR || log->n >= MOST_KEPT + MOST_ERRORS);
	log->lost += log->dropped;
	if (log->dropped)
		return;
	VEC_ROOM(log->v, log->n, log->cap, 1);
	d = &log->v[log->n++];
	*d = (struct diag){ .level = level, .fault = fault, .code = code, .pos = { NULL, pos.line, pos.column } };
	d->pos.file = pos.file != NULL ? copy(pos.file) : NULL; /* whole at each step: memory may run out */
	d->text = format_text(fmt, ap);
}

#define ADD(LEVEL, FAULT) \
	do { \
		va_list ap; \
		va_start(ap, fmt); \
		add(log, LEVEL, FAULT, code, pos, fmt, ap); \
		va_end(ap); \
	} while (0)

void diag_error(struct diag_log *log, const char *code, struct pos pos, const char *fmt, ...)
{
	ADD(DIAG_ERROR, DIAG_DOCUMENT);
}

void diag_warn(struct diag_log *log, const char *code, struct pos pos, const char *fmt, ...)
{
	ADD(log->strict ? DIAG_ERROR : DIAG_WARNING, DIAG_DOCUMENT);
}

void diag_note(struct diag_log *log, const char *code, struct pos pos, const char *fmt, ...)
{
	ADD(DIAG_NOTE, DIAG_DOCUMENT);
}

void diag_fail(struct diag_log *log, const char *code, struct pos pos, const char *fmt, ...)
{
	ADD(DIAG_ERROR, DIAG_ENVIRONMENT);
}

void diag_hint(struct diag_log *log, const char *fmt, ...)
{
	va_list ap;

	if (log->n == 0 || log->dropped)
		return;
	va_start(ap, fmt);
	mem_free(log->v[log->n - 1].hint);
	log->v[log->n - 1].hint = NULL;
	log->v[log->n - 1].hint = format_text(fmt, ap);
	va_end(ap);
}

void diag_move(struct diag_log *log, struct diag_log *from)
{
	VEC_ROOM(log->v, log->n, log->cap, from->n);
	if (from->n > 0)
		memcpy(log->v + log->n, from->v, from->n * sizeof *from->v);
	log->n += from->n;
	log->errors += from->errors;
	log->warnings += from->warnings;
	log->lost += from->lost;
	if (from->worst > log->worst)
		log->worst = from->worst;
	from->n = 0; /* its messages have a new owner */
	diag_free(from);
}

static bool says_the_same(const struct diag *a, const struct diag *b)
{
	return a->pos.line == b->pos.line && a->pos.column == b->pos.column && a->level == b->level && strcmp(a->code, b->code) == 0 &&
	       strcmp(a->text, b->text) == 0 && strcmp(a->pos.file != NULL ? a->pos.file : "", b->pos.file != NULL ? b->pos.file : "") == 0;
}

void diag_unique(struct diag_log *log, size_t from)
{
	size_t kept = from < log->n ? from : log->n;

	/* by looking at all, of which there are not many: it needs no memory, and can be done when the files have their names */
	for (size_t i = from; i < log->n; i++) {
		struct diag *d = &log->v[i];
		size_t k = 0;

		while (k < kept && !says_the_same(&log->v[k], d))
			k++;
		if (k == kept) {
			log->v[kept++] = *d;
			continue;
		}
		log->errors -= d->level == DIAG_ERROR;
		log->warnings -= d->level == DIAG_WARNING;
		mem_free((char *)d->pos.file);
		mem_free(d->text);
		mem_free(d->hint);
	}
	log->n = kept;
}

static const char *level_name(enum diag_level level)
{
	return level == DIAG_ERROR ? "error" : level == DIAG_WARNING ? "warning" : "note";
}

static void print_text(struct buf *out, const struct diag *d, bool colour)
{
	static const char *const on[] = { "\033[36m", "\033[35m", "\033[31m" };

	if (d->pos.file != NULL) {
		char *name = tamed(d->pos.file);

		buf_puts(out, name);
		mem_free(name);
		if (d->pos.line > 0) {
			buf_printf(out, ":%d", d->pos.line);
			if (d->pos.column > 0)
				buf_printf(out, ":%d", d->pos.column);
		}
	} else {
		buf_puts(out, "verstka");
	}
	buf_printf(out, ": %s%s:%s %s [%s]\n", colour ? on[d->level] : "", level_name(d->level),
	           colour ? "\033[0m" : "", d->text, d->code);
	if (d->hint != NULL)
		buf_printf(out, "    hint: %s\n", d->hint);
}

static void print_json(struct buf *out, const struct diag *d)
{
	buf_printf(out, "{\"level\":\"%s\",\"code\":\"%s\"", level_name(d->level), d->code);
	if (d->pos.file != NULL) {
		buf_puts(out, ",\"file\":\"");
		buf_put_json(out, d->pos.file, strlen(d->pos.file));
		buf_printf(out, "\",\"line\":%d,\"column\":%d", d->pos.line, d->pos.column);
	}
	buf_puts(out, ",\"text\":\"");
	buf_put_json(out, d->text, strlen(d->text));
	buf_putc(out, '"');
	if (d->hint != NULL) {
		buf_puts(out, ",\"hint\":\"");
		buf_put_json(out, d->hint, strlen(d->hint));
		buf_putc(out, '"');
	}
	buf_puts(out, "}\n");
}

static void print_one(struct buf *out, const struct diag *d, enum diag_format format)
{
	if (format == DIAG_JSON)
		print_json(out, d);
	else
		print_text(out, d, format == DIAG_COLOUR);
}

static void print_all(const struct diag_log *log, size_t from, FILE *to, enum diag_format format)
{
	struct buf out;

	buf_init(&out);
	for (size_t i = from; i < log->n; i++)
		print_one(&out, &log->v[i], format);
	if (log->lost > 0) {
		char text[64];
		struct diag more = { .level = DIAG_NOTE, .code = "too-many", .text = text };

		snprintf(text, sizeof text, "%zu more are not shown", log->lost);
		print_one(&out, &more, format);
	}
	if (out.len != 0)
		fwrite(out.data, 1, out.len, to);
	buf_free(&out);
}

void diag_print(const struct diag_log *log, size_t from, FILE *to, enum diag_format format)
{
	jmp_buf here, *before = mem_escape(&here);

	/* What was done is done, its files have their names: not to be able to tell of it is no failure. */
	if (setjmp(here) == 0)
		print_all(log, from, to, format);
	else
		fputs(format == DIAG_JSON ? "{\"level\":\"note\",\"code\":\"memory\",\"text\":\"no memory to print the messages\"}\n"
		                          : "verstka: note: no memory to print the messages [memory]\n", to);
	mem_escape(before);
}

int diag_exit_status(const struct diag_log *log)
{
	return log->worst;
}
