#include "i18n/po_open.h"

#include <pthread.h>
#include <setjmp.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

/* The library hands its errors to functions without a word of whose they are: so this is one variable of the process, as its
 * lexer is, and one file is read at a time. A fatal one must not return to it: the only way on is this jump, and what the library
 * held then is lost. */
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static struct {
	struct diag_log *log;
	const char *path;
	jmp_buf gave_up;
	bool no_memory; /* for a message: the library, which has a file open, must go on to its end first */
} reading;

static void report(int severity, size_t line, size_t column, const char *text, size_t line2, const char *text2)
{
	jmp_buf here, *before = mem_escape(&here);
	struct pos at = { reading.path, line == (size_t)-1 ? 1 : (int)line, column == (size_t)-1 || line == (size_t)-1 ? 0 : (int)column };
	size_t len = strcspn(text, "\n");

	if (setjmp(here) != 0) {
		reading.no_memory = true;
	} else {
		if (severity == PO_SEVERITY_WARNING)
			diag_warn(reading.log, "po-syntax", at, "%.*s", (int)len, text);
		else
			diag_error(reading.log, "po-syntax", at, "%.*s", (int)len, text);
		if (text2 != NULL && line2 > 0 && line2 != (size_t)-1) /* of an entry given twice it knows not where the first is */
			diag_hint(reading.log, "line %zu: %s", line2, text2);
	}
	mem_escape(before);
	if (severity == PO_SEVERITY_FATAL_ERROR)
		longjmp(reading.gave_up, 1);
}

static void on_fault(int severity, po_message_t message, const char *file, size_t line, size_t column, int multiline,
                     const char *text)
{
	(void)message;
	(void)file;
	(void)multiline;
	report(severity, line, column, text, 0, NULL);
}

static void on_two(int severity, po_message_t m1, const char *f1, size_t line, size_t column, int multi1, const char *text,
                   po_message_t m2, const char *f2, size_t line2, size_t column2, int multi2, const char *text2)
{
	(void)m1;
	(void)f1;
	(void)multi1;
	(void)m2;
	(void)f2;
	(void)column2;
	(void)multi2;
	report(severity, line, column, text, line2, text2);
}

/* name: where the library finds it; path: what messages call it. NULL: it gave up, with a word (logged), or there is no such file. */
static po_file_t read_named(const char *name, const char *path, struct diag_log *log)
{
	static const struct po_xerror_handler faults = { on_fault, on_two };

	reading.log = log;
	reading.path = path;
	reading.no_memory = false;
	if (setjmp(reading.gave_up) != 0)
		return NULL;
	return po_file_read(name, &faults);
}

/* There was a message that could not be kept; file: what was read, or NULL. */
static void must_have_said(po_file_t file)
{
	if (!reading.no_memory)
		return;
	if (file != NULL)
		po_file_free(file);
	mem_fail();
}

static bool open_told(const char *path, po_file_t *file, struct diag_log *log)
{
	size_t errors = log->errors;

	*file = read_named(path, path, log);
	must_have_said(*file);
	if (*file == NULL && log->errors == errors)
		diag_fail(log, "io", (struct pos){ path, 0, 0 }, "libgettextpo cannot read the file");
	if (*file != NULL && log->errors > errors)
		po_file_free(*file);
	return log->errors == errors;
}

/* ---- with its charset hidden ---- */

static const char told[] = "charset=UTF-8\\", hidden[] = "CHARSET=UTF-8\\";
enum { WORD = sizeof "charset" - 1 };

/* In the first entry; NULL: it is not there, or would not be the only one of its form. */
static char *word_to_hide(char *data)
{
	const char *first = strstr(data, "msgid"), *second = first != NULL ? strstr(first + 1, "msgid") : NULL;
	char *word = strstr(data, told);

	return word == NULL || (second != NULL && word > second) || strstr(data, "CHARSET=") != NULL ? NULL : word;
}

/* The file's header is what stands first in it, and says what was hidden. */
static bool is_hidden(po_file_t file)
{
	const char *header = po_file_domain_header(file, NULL);
	po_message_iterator_t it = po_message_iterator(file, NULL);
	po_message_t first = po_next_message(it);
	bool stands_first = first != NULL && po_message_msgctxt(first) == NULL && *po_message_msgid(first) == '\0';

	po_message_iterator_free(it);
	return stands_first && po_file_domains(file)[1] == NULL && header != NULL && strstr(header, "CHARSET=UTF-8") != NULL &&
	       strstr(header, "charset=") == NULL;
}

/* A copy without what stands in lines of notes that nobody here asks for: "#." of extraction and "#:" of places. Its lines are
 * those of the file. */
static char *without_notes(const char *data, size_t len, size_t *kept)
{
	char *copy = mem_alloc(len + 1), *to = copy;

	for (const char *line = data, *end = data + len; line < end;) {
		const char *newline = memchr(line, '\n', (size_t)(end - line)), *next = newline != NULL ? newline + 1 : end;

		if (line[0] == '#' && (line[1] == '.' || line[1] == ':')) {
			*to++ = '\n';
		} else {
			memcpy(to, line, (size_t)(next - line));
			to += next - line;
		}
		line = next;
	}
	*kept = (size_t)(to - copy);
	return copy;
}

static bool open_hidden(const char *path, char *data, size_t len, po_file_t *file)
{
	char *word = word_to_hide(data), *copy, name[FILE_MEMORY_NAME];
	struct diag_log quiet;
	bool ok = false;
	int fd;

	if (word == NULL)
		return false;
	memcpy(word, hidden, WORD);
	copy = without_notes(data, len, &len);
	memcpy(word, told, WORD);
	fd = file_in_memory(copy, len, name);
	mem_free(copy);
	if (fd < 0)
		return false;
	diag_init(&quiet);
	*file = read_named(name, path, &quiet);
	if (*file != NULL) {
		ok = quiet.errors == 0 && quiet.warnings == 1 /* that it misses the charset */ && is_hidden(*file);
		if (!ok)
			po_file_free(*file);
	}
	diag_free(&quiet);
	close(fd);
	return ok;
}

bool po_open(enum po_charset how, const char *path, char *data, size_t len, po_file_t *file, struct diag_log *log)
{
	enum { LIKELY = 8, SMALL = 1 << 20 }; /* what the library makes of a file */
	jmp_buf here, *before;
	void *room = mem_try(LIKELY * len + SMALL);
	bool ok;

	if (room == NULL) /* it would end the process, with words and a status of its own */
		mem_fail();
	mem_free(room);
	pthread_mutex_lock(&one_at_a_time);
	before = mem_escape(&here);
	if (setjmp(here) != 0) { /* no memory: other threads may still read theirs */
		mem_escape(before);
		pthread_mutex_unlock(&one_at_a_time);
		mem_fail();
	}
	ok = how == PO_CHARSET_TOLD ? open_told(path, file, log) : open_hidden(path, data, len, file);
	mem_escape(before);
	pthread_mutex_unlock(&one_at_a_time);
	return ok;
}
