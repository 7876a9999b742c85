/* The template: what a translator sees of a source. */
#define _XOPEN_SOURCE 700 /* mkstemp */
#include <errno.h>
#include <gettext-po.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "i18n/po.h"
#include "read/elements.h"

enum { LONGEST_NOTE = 400, LONGEST_COMMENT = 4000 }; /* [byte] of what an attribute says; of an entry that stands in many places */

/* ---- comments ---- */

/* "section#intro/para": what the unit stands in, without the root; ids where there are any. */
static void put_path(struct buf *out, const struct src *s)
{
	const struct src *chain[XMLSOURCE_DEPTH + 2];
	int n = 0;

	for (; s->parent != NULL && n < XMLSOURCE_DEPTH + 2; s = s->parent)
		chain[n++] = s;
	if (n == 0)
		chain[n++] = s;
	while (n-- > 0) {
		const char *id = xmlsource_attr(chain[n], NS_XML, "id"), *role = xmlsource_attr(chain[n], NULL, "role");

		buf_puts(out, chain[n]->name);
		if (id != NULL)
			buf_printf(out, "#%.100s", id);
		if (role != NULL)
			buf_printf(out, "[%.100s]", role);
		buf_puts(out, n > 0 ? "/" : "\n");
	}
}

static void put_note(struct buf *out, const struct src *s)
{
	const char *note = xmlsource_attr(s, NS_ITS, "locNote"), *ref = xmlsource_attr(s, NS_ITS, "locNoteRef");
	const char *type = xmlsource_attr(s, NS_ITS, "locNoteType");

	if (note == NULL && ref == NULL)
		return;
	buf_puts(out, type != NULL && strcmp(type, "alert") == 0 ? "IMPORTANT: " : "Note: ");
	for (note = note != NULL ? note : ref; *note != '\0'; note++)
		buf_putc(out, *note == '\n' || *note == '\t' ? ' ' : *note);
	buf_putc(out, '\n');
}

/* Of the nearest element that has one: notes are inherited. */
static void put_inherited(struct buf *out, const struct unit *u)
{
	const struct src *s;

	for (s = u->s; s != NULL; s = s->parent) {
		if (xmlsource_attr(s, NS_ITS, "locNote") != NULL || xmlsource_attr(s, NS_ITS, "locNoteRef") != NULL) {
			put_note(out, s);
			break;
		}
	}
	for (s = u->s; s != NULL; s = s->parent) {
		const char *list = xmlsource_attr(s, NS_ITS, "localeFilterList"), *type = xmlsource_attr(s, NS_ITS, "localeFilterType");

		if (list != NULL) {
			buf_printf(out, type != NULL && strcmp(type, "exclude") == 0 ? "In no edition for: %.200s\n" : "Only in editions for: %.200s\n",
			           *list != '\0' ? list : "(none)");
			break;
		}
	}
	for (s = u->s; u->foreign && s != NULL; s = s->parent) {
		const char *lang = xmlsource_attr(s, NS_XML, "lang");

		if (lang != NULL) {
			buf_printf(out, "In the source this is in: %.60s\n", lang);
			break;
		}
	}
}

static void put_value(struct buf *out, const char *before, const char *value)
{
	size_t n = value != NULL ? strlen(value) : 0;

	if (n == 0)
		return;
	if (n > LONGEST_NOTE) {
		for (n = LONGEST_NOTE; n > 0 && ((unsigned char)value[n] & 0xc0) == 0x80; n--)
			;
	}
	buf_puts(out, before);
	for (size_t i = 0; i < n; i++)
		buf_putc(out, value[i] == '\n' || value[i] == '\t' ? ' ' : value[i]);
	if (value[n] != '\0')
		buf_puts(out, "...");
}

/* What a number stands for: where it leads, what it says, which kind it is. */
static void put_part(struct arena *a, struct buf *out, const struct unit_part *p)
{
	const struct src *s = p->s;
	const char *to = xmlsource_attr(s, NS_XLINK, "href"), *translate = xmlsource_attr(s, NS_ITS, "translate");
	size_t from;

	if (p->number == 0)
		return;
	buf_printf(out, "<%s i=\"%d\"%s> =", s->name, p->number, p->hole ? "/" : "");
	from = out->len;
	put_value(out, " ", to != NULL ? to : xmlsource_attr(s, NULL, "url"));
	put_value(out, " to #", xmlsource_attr(s, NULL, "linkend"));
	put_value(out, " #", xmlsource_attr(s, NS_XML, "id"));
	put_value(out, " role ", xmlsource_attr(s, NULL, "role"));
	put_value(out, " in ", xmlsource_attr(s, NS_XML, "lang"));
	if (p->hole && (translate != NULL || s->element == NULL || s->element->form == F_EQUATION ||
	                s->element->form == F_CITEREFENTRY || s->element->form == F_FOOTNOTE))
		put_value(out, " ", unit_plain_text(a, s));
	if (out->len == from)
		buf_puts(out, p->hole && s->first != NULL ? " its text follows" : " as in the source");
	buf_putc(out, '\n');
	put_note(out, s);
}

static void put_comment(struct arena *a, struct buf *out, const struct unit *u)
{
	put_path(out, u->s);
	put_inherited(out, u);
	for (int i = 0; i < u->n_part; i++)
		put_part(a, out, &u->part[i]);
}

/* ---- entries ---- */

/* Files are named from the source's folder on, wherever the program runs. */
static const char *name_of_file(const struct units *u, const char *file)
{
	const char *slash = strrchr(u->source->path, '/');
	size_t n = slash != NULL ? (size_t)(slash + 1 - u->source->path) : 0;

	return strncmp(file, u->source->path, n) == 0 ? file + n : file;
}

static void add_comment(po_message_t m, const char *comment)
{
	const char *before = po_message_extracted_comments(m);
	struct buf all;

	if (strlen(before) > LONGEST_COMMENT || strstr(before, comment) != NULL)
		return;
	buf_init(&all);
	buf_puts(&all, before);
	buf_puts(&all, comment);
	po_message_set_extracted_comments(m, all.data);
	buf_free(&all);
}

static void add_units(const struct units *u, po_message_iterator_t it)
{
	struct strmap seen;
	struct arena scratch;
	struct buf comment;

	strmap_init(&seen);
	arena_init(&scratch);
	buf_init(&comment);
	for (size_t i = 0; i < u->n; i++) {
		const struct unit *x = &u->v[i];
		po_message_t m = strmap_lookup(&seen, x->text, strlen(x->text));

		buf_clear(&comment);
		put_comment(&scratch, &comment, x);
		if (m == NULL) {
			m = po_message_create();
			po_message_set_msgid(m, x->text);
			po_message_insert(it, m);
			strmap_put(&seen, x->text, strlen(x->text), m);
		}
		add_comment(m, comment.data);
		po_message_add_filepos(m, name_of_file(u, x->s->pos.file), (size_t)x->s->pos.line);
	}
	buf_free(&comment);
	arena_free(&scratch);
	strmap_free(&seen);
}

void po_put_seed(const char *name, const char *lang, struct buf *out)
{
	buf_printf(out, "msgid \"\"\nmsgstr \"\"\n\"Project-Id-Version: %s\\n\"\n\"Language: %s\\n\"\n\"MIME-Version: 1.0\\n\"\n"
	           "\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Content-Transfer-Encoding: 8bit\\n\"\n", name, lang);
}

static struct { /* the library's handlers know nothing of whose they are */
	struct diag_log *log;
	jmp_buf gave_up;
} writing;

static void on_fault(int severity, po_message_t m, const char *file, size_t line, size_t column, int multiline, const char *text)
{
	(void)m;
	(void)line;
	(void)column;
	(void)multiline;
	if (severity != PO_SEVERITY_WARNING)
		diag_fail(writing.log, "io", (struct pos){ file, 0, 0 }, "%.*s", (int)strcspn(text, "\n"), text);
	if (severity == PO_SEVERITY_FATAL_ERROR) /* the library would go on with nothing in its hands */
		longjmp(writing.gave_up, 1);
}

static void on_two(int severity, po_message_t m1, const char *f1, size_t l1, size_t c1, int multi1, const char *text, po_message_t m2,
                   const char *f2, size_t l2, size_t c2, int multi2, const char *text2)
{
	(void)m2;
	(void)f2;
	(void)l2;
	(void)c2;
	(void)multi2;
	(void)text2;
	on_fault(severity, m1, f1, l1, c1, multi1, text);
}

/* By the library, which knows only files that have a name. */
static bool write_named(po_file_t file, const char *path, struct diag_log *log)
{
	static const struct po_xerror_handler faults = { on_fault, on_two };
	size_t errors = log->errors;

	writing.log = log;
	if (setjmp(writing.gave_up) != 0)
		return false;
	return po_file_write(file, path, &faults) != NULL && log->errors == errors;
}

/* The library does not say that the disk was full: all entries are there, and the last one ends. */
static bool is_whole(po_file_t file, const char *data, size_t len)
{
	static const char end[] = "\nmsgstr \"\"\n";
	po_message_iterator_t it = po_message_iterator(file, NULL);
	size_t wanted = 0, there = 0;

	while (po_next_message(it) != NULL)
		wanted++;
	po_message_iterator_free(it);
	for (const char *s = data; s != NULL; s = strchr(s, '\n')) {
		s += s != data || *s == '\n';
		there += strncmp(s, "msgid ", 6) == 0;
	}
	return there == wanted && (wanted < 2 || (len >= sizeof end && strcmp(data + len - (sizeof end - 1), end) == 0));
}

bool po_write_template(const struct units *u, const char *name, const char *folder, struct buf *out, struct diag_log *log)
{
	po_file_t file = po_file_create();
	po_message_iterator_t it = po_message_iterator(file, NULL);
	po_message_t header = po_message_create();
	struct buf seed, path;
	size_t len;
	char *data;
	bool ok;
	int fd;

	buf_init(&seed);
	buf_printf(&seed, "Project-Id-Version: %s\nLanguage: \nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
	           "Content-Transfer-Encoding: 8bit\nX-Source-Language: %s\n", name, u->lang);
	po_message_set_msgid(header, "");
	po_message_set_msgstr(header, seed.data);
	po_message_insert(it, header);
	add_units(u, it);
	po_message_iterator_free(it);
	buf_init(&path); /* a name that is nobody's: one from outside could be a link to elsewhere */
	buf_printf(&path, "%s/%s.pot.XXXXXX", folder, name);
	fd = mkstemp(path.data);
	if (fd < 0)
		diag_fail(log, "io", DIAG_NOWHERE, "cannot write into %s: %s", folder, strerror(errno));
	ok = fd >= 0 && write_named(file, path.data, log) && file_read(path.data, PO_MOST, log, DIAG_NOWHERE, &data, &len);
	if (ok && !is_whole(file, data, len)) {
		diag_fail(log, "io", DIAG_NOWHERE, "cannot write into %s: no room", folder);
		mem_free(data);
		ok = false;
	}
	po_file_free(file);
	if (fd >= 0) {
		close(fd);
		unlink(path.data);
	}
	buf_free(&path);
	buf_free(&seed);
	if (!ok)
		return false;
	buf_put(out, data, len);
	mem_free(data);
	return true;
}
