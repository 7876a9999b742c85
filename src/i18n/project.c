#include "i18n/project.h"

#include <dirent.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/program.h"
#include "i18n/langtag.h"
#include "i18n/po.h"

#define MOST_LINGUAS ((size_t)1 << 16) /* [byte] */
enum { MOST_LANGUAGES = 250 };
/* msgmerge compares each new message with each old one for what resembles it: so many comparisons take some five seconds. Fewer units
 * than a thousand are never too many. */
enum { MOST_COMPARED = 20000000, FEW_UNITS = 1000 };

char *project_folder(struct arena *a, const char *source)
{
	const char *slash = strrchr(source, '/');

	return slash == NULL ? arena_strdup(a, "po") : arena_printf(a, "%.*s/po", (int)(slash - source), source);
}

char *project_name(struct arena *a, const char *source, const char *lang)
{
	const char *slash = strrchr(source, '/'), *dot;
	char *name = arena_strdup(a, slash != NULL ? slash + 1 : source);
	size_t n = strlen(name);

	if (n > 4 && strcmp(name + n - 4, ".xml") == 0)
		name[n - 4] = '\0';
	dot = strrchr(name, '.');
	if (dot != NULL && dot != name && langtag_equal(dot + 1, lang))
		name[dot - name] = '\0';
	return name;
}

static bool add_lang(struct project *p, const char *name, size_t *cap, struct pos at, struct diag_log *log)
{
	const char *tag = langtag_of_po(&p->arena, name);

	if (tag == NULL) {
		diag_error(log, "linguas", at, "\"%s\" is not the tag of a language", name);
		return false;
	}
	if (project_lookup(p, tag) != NULL) {
		diag_error(log, "linguas", at, "%s is named twice", tag);
		return false;
	}
	VEC_ROOM(p->lang, p->n, *cap, 1);
	p->lang[p->n++] = (struct project_lang){ name, tag, arena_printf(&p->arena, "%s/%s.po", p->folder, name) };
	return true;
}

static bool read_linguas(struct project *p, struct diag_log *log)
{
	struct pos at = { p->linguas, 1, 0 };
	size_t len, cap = 0;
	char *data;
	bool ok = true;

	if (!file_is_named(p->linguas))
		return true;
	if (!file_read(p->linguas, MOST_LINGUAS, log, DIAG_NOWHERE, &data, &len))
		return false;
	for (const char *s = data; *s != '\0'; s += *s != '\0') {
		size_t n = strcspn(s, "# \t\r\n");

		if (n > 0 && p->n >= MOST_LANGUAGES) {
			diag_error(log, "linguas", at, "more than %d languages", (int)MOST_LANGUAGES);
			ok = false;
			break;
		}
		if (n > 0)
			ok = add_lang(p, arena_dup(&p->arena, s, n), &cap, at, log) && ok;
		s += n;
		if (*s == '#')
			s += strcspn(s, "\n");
		at.line += *s == '\n';
	}
	if (ok && strlen(data) < len) {
		diag_error(log, "linguas", at, "this is no text: a zero byte");
		ok = false;
	}
	mem_free(data);
	return ok;
}

bool project_open(struct project *p, const char *source, const char *lang, struct diag_log *log)
{
	memset(p, 0, sizeof *p);
	arena_init(&p->arena);
	p->folder = project_folder(&p->arena, source);
	p->name = project_name(&p->arena, source, lang);
	p->linguas = arena_printf(&p->arena, "%s/LINGUAS", p->folder);
	p->template = arena_printf(&p->arena, "%s/%s.pot", p->folder, p->name);
	if (!read_linguas(p, log))
		return false;
	if (project_lookup(p, lang) != NULL) {
		diag_error(log, "linguas", (struct pos){ p->linguas, 1, 0 }, "%s is the source's own language", lang);
		return false;
	}
	return true;
}

void project_close(struct project *p)
{
	mem_free(p->lang);
	arena_free(&p->arena);
	memset(p, 0, sizeof *p);
}

const struct project_lang *project_lookup(const struct project *p, const char *lang)
{
	for (size_t i = 0; i < p->n; i++) {
		if (strcmp(p->lang[i].name, lang) == 0 || langtag_equal(p->lang[i].tag, lang))
			return &p->lang[i];
	}
	return NULL;
}

/* ---- update ---- */

/* Writes what is new; a file that says the same already keeps its date. */
static bool write_changed(const char *path, const struct buf *b, struct diag_log *log)
{
	size_t len = 0;
	char *old = NULL;
	bool same;

	if (file_exists(path) && !file_read(path, PO_MOST, log, DIAG_NOWHERE, &old, &len))
		return false;
	same = old != NULL && len == b->len && memcmp(old, b->data, len) == 0;
	mem_free(old);
	return same || file_write(path, b->data, b->len, log);
}

/* msgmerge says what is wrong with a file as "path:line: text". */
static void report_msgmerge(const struct project_lang *l, const struct buf *err, int status, struct diag_log *log)
{
	diag_error(log, "po-syntax", (struct pos){ l->path, 1, 0 }, "msgmerge refuses the file (exit %d): %.*s", status,
	           err->len > 0 ? (int)strcspn(err->data, "\n") : 0, err->len > 0 ? err->data : "");
}

/* False: the file is at fault, and that is logged. */
static bool count_compared(const struct project_lang *l, const struct units *u, uint64_t *pairs, struct diag_log *log)
{
	struct po *po;

	*pairs = 0;
	if (u->n < FEW_UNITS)
		return true;
	po = po_read(l->path, log);
	if (po == NULL)
		return false;
	for (size_t i = 0; i < u->n; i++)
		*pairs += strmap_lookup(&po->by_text, u->v[i].text, strlen(u->v[i].text)) == NULL ? po->n : 0;
	po_close(po);
	return true;
}

static bool merge(const struct project *p, const struct project_lang *l, const char *msgmerge, const struct units *u,
                  struct diag_log *log)
{
	const char *argv[] = { "msgmerge", "--quiet", "--previous", l->path, p->template, NULL, NULL };
	uint64_t pairs;
	struct buf out, err;
	int status;

	if (!count_compared(l, u, &pairs, log))
		return false;
	if (pairs > MOST_COMPARED) {
		diag_note(log, "po-new", (struct pos){ l->path, 1, 0 },
		          "so much is new that old translations which resemble it are not looked for");
		argv[5] = "--no-fuzzy-matching";
	}
	buf_init(&out);
	buf_init(&err);
	status = program_run(msgmerge, argv, &out, &err, log);
	if (status > 0)
		report_msgmerge(l, &err, status, log);
	if (status == 0 && !write_changed(l->path, &out, log))
		status = 1;
	buf_free(&out);
	buf_free(&err);
	return status == 0;
}

static bool seed(const struct project *p, const struct project_lang *l, struct diag_log *log)
{
	struct buf b;
	bool ok;

	buf_init(&b);
	po_put_seed(p->name, l->name, &b);
	ok = file_write(l->path, b.data, b.len, log);
	buf_free(&b);
	return ok;
}

static bool update_lang(const struct project *p, const struct project_lang *l, const char *msgmerge, const struct units *u,
                        struct diag_log *log)
{
	bool new = !file_exists(l->path);

	if (new && !seed(p, l, log))
		return false;
	if (merge(p, l, msgmerge, u, log)) {
		if (new)
			diag_note(log, "po-new", (struct pos){ l->path, 1, 0 }, "begun: nothing in it is translated yet");
		return true;
	}
	if (new)
		unlink(l->path);
	return false;
}

/* msgmerge would take the entries of another source for ones that are gone. */
static bool is_alone(struct project *p, struct diag_log *log)
{
	DIR *folder = opendir(p->folder);
	const struct dirent *entry;
	bool alone = true;

	while (folder != NULL && alone && (entry = readdir(folder)) != NULL) {
		size_t n = strlen(entry->d_name);

		if (n < 5 || strcmp(entry->d_name + n - 4, ".pot") != 0 ||
		    (strncmp(entry->d_name, p->name, n - 4) == 0 && p->name[n - 4] == '\0'))
			continue;
		diag_error(log, "po-folder", (struct pos){ arena_printf(&p->arena, "%s/%s", p->folder, entry->d_name), 1, 0 },
		           "these are the translations of another source than %s", p->name);
		diag_hint(log, "a folder of its own for each source; if it was renamed, remove this file");
		alone = false;
	}
	if (folder != NULL)
		closedir(folder);
	return alone;
}

bool project_update(struct project *p, const struct units *u, struct diag_log *log)
{
	const char *msgmerge = program_find(&p->arena, "msgmerge");
	struct buf template;
	bool ok;

	if (!is_alone(p, log))
		return false;
	buf_init(&template);
	ok = po_write_template(u, p->name, p->folder, &template, log) &&
	     write_changed(p->template, &template, log);
	buf_free(&template);
	if (ok && p->n > 0 && msgmerge == NULL) {
		diag_fail(log, "program", DIAG_NOWHERE, "there is no msgmerge, which brings translations up to date");
		diag_hint(log, "Debian: apt-get install gettext");
		return false;
	}
	for (size_t i = 0; ok && i < p->n; i++)
		ok = update_lang(p, &p->lang[i], msgmerge, u, log);
	return ok;
}

static bool enter_in_linguas(const struct project *p, const char *lang, struct diag_log *log)
{
	struct buf b;
	bool ok = true;

	buf_init(&b);
	if (file_exists(p->linguas)) {
		size_t len;
		char *data;

		ok = file_read(p->linguas, MOST_LINGUAS, log, DIAG_NOWHERE, &data, &len);
		if (ok) {
			buf_put(&b, data, len);
			mem_free(data);
		}
	}
	if (b.len > 0 && b.data[b.len - 1] != '\n')
		buf_putc(&b, '\n');
	buf_printf(&b, "%s\n", lang);
	ok = ok && file_write(p->linguas, b.data, b.len, log);
	buf_free(&b);
	return ok;
}

bool project_add(struct project *p, const char *lang, const struct units *u, struct diag_log *log)
{
	const char *tag = langtag_of_po(&p->arena, lang);
	size_t cap = p->n;
	bool new;

	if (tag == NULL || langtag_equal(tag, u->lang)) {
		diag_error(log, "usage", DIAG_NOWHERE, tag == NULL ? "\"%s\" is not the tag of a language (en, pt_BR, sr@latin)" :
		           "the source itself is in \"%s\"", lang);
		log->worst = DIAG_USAGE;
		return false;
	}
	if (project_lookup(p, tag) != NULL)
		return project_update(p, u, log);
	if (!add_lang(p, arena_strdup(&p->arena, lang), &cap, (struct pos){ p->linguas, 1, 0 }, log))
		return false;
	/* a language is named when its file stands: editions are made of all that are named */
	new = !file_exists(p->lang[p->n - 1].path);
	if (!project_update(p, u, log))
		return false;
	if (enter_in_linguas(p, lang, log))
		return true;
	if (new)
		unlink(p->lang[p->n - 1].path);
	return false;
}
