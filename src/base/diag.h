/* Diagnostics: collected in a log that is passed along, printed once, GNU style:
 *     file:line:column: error: text [code]
 *         hint: what to do
 * The log copies every text. Codes are short slugs (docs/DIAGNOSTICS.md lists them). */
#ifndef VERSTKA_BASE_DIAG_H
#define VERSTKA_BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* A place in a source. file is borrowed (it must outlive whoever holds the pos; the log copies);
 * NULL: no place. line and column count from 1, column in characters; 0: not known. */
struct pos {
	const char *file;
	int line, column;
};

enum diag_level { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };

/* Whose fault an error is = the exit status of the run (the largest wins). */
enum diag_fault { DIAG_DOCUMENT = 1, DIAG_USAGE = 2, DIAG_ENVIRONMENT = 3 };

struct diag {
	enum diag_level level;
	enum diag_fault fault; /* of errors */
	const char *code;      /* static */
	struct pos pos;        /* file owned by the log */
	char *text;            /* UTF-8, no newline */
	char *hint;            /* or NULL */
};

struct diag_log {
	struct diag *v;
	size_t n, cap;
	size_t errors, warnings;
	int worst; /* 0, or the largest fault of any error */
	bool strict;  /* warnings become errors as they arrive; set it before the first */
	bool dropped; /* the newest was only counted: the log is full */
	size_t lost;  /* how many were */
};

enum diag_format { DIAG_TEXT, DIAG_COLOUR, DIAG_JSON };

void diag_init(struct diag_log *log);
void diag_free(struct diag_log *log);

/* code must be a string literal. */
void diag_error(struct diag_log *log, const char *code, struct pos pos, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
void diag_warn(struct diag_log *log, const char *code, struct pos pos, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
void diag_note(struct diag_log *log, const char *code, struct pos pos, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
/* An error of the environment: a font, a library, the disk. pos may be DIAG_NOWHERE. */
void diag_fail(struct diag_log *log, const char *code, struct pos pos, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
/* A hint for the newest diagnostic. */
void diag_hint(struct diag_log *log, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Moves all of `from`, which is empty afterwards, to the end of log. */
void diag_move(struct diag_log *log, struct diag_log *from);

#define DIAG_NOWHERE ((struct pos){ NULL, 0, 0 })

/* Drops those from index `from` on that say what one before them has said, place and words. */
void diag_unique(struct diag_log *log, size_t from);
/* Everything from index `from` on, in order of arrival. JSON: one object a line. */
void diag_print(const struct diag_log *log, size_t from, FILE *to, enum diag_format format);
int diag_exit_status(const struct diag_log *log); /* 0, 1, 2 or 3 */

#endif
