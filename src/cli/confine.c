#include "cli/confine.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/program.h"
#include "base/sandbox.h"
#include "edition/settings.h"
#include "i18n/project.h"
#include "read/fontmap.h"

#define MOST_MAP ((size_t)4 << 20)

/* What programs of the system share: fonts, dictionaries, profiles, and the tables of character sets that libxml2 may
 * load yet. Nothing of a user's. */
static void allow_system(struct sandbox *s)
{
	static const char *const shared[] = {
		"/usr/share",
		"/usr/local/share",
		"/usr/lib",
		"/usr/lib64",
		"/lib",
		"/lib64",
		"/etc/ld.so.cache",
#ifdef VERSTKA_SANITIZED
		"/proc", /* the sanitizers look at the process's own threads when it ends */
#endif
	};

	for (size_t i = 0; i < sizeof shared / sizeof *shared; i++)
		sandbox_may_read(s, shared[i]);
}

static void allow_folder_of(const char *path, struct sandbox *s, struct arena *a)
{
	if (path != NULL)
		sandbox_may_read(s, setting_folder_of(path, a));
}

static bool is_below(const char *path, const char *folder)
{
	size_t n = strlen(folder);

	return strncmp(path, folder, n) == 0 && (path[n] == '/' || n == 1);
}

/* The folders that a map of fonts names. One that came with the source is as little to be trusted as that: its fonts lie
 * with it or with the system's. */
static void allow_fonts(const struct options *o, const char *source_folder, struct sandbox *s, struct arena *a)
{
	bool named = o->edition.fonts != NULL;
	const char *path = named ? o->edition.fonts : setting_find(SETTING_FONTS, o->source, a);
	struct diag_log quiet;
	struct fontmap *map = NULL;
	char *data;
	size_t len;

	if (path == NULL)
		return;
	allow_folder_of(path, s, a);
	if (!named && is_below(path, source_folder))
		return;
	diag_init(&quiet); /* its faults are said where it is read for good */
	if (file_read(path, MOST_MAP, &quiet, DIAG_NOWHERE, &data, &len)) {
		map = fontmap_read(data, len, path, &quiet);
		mem_free(data);
	}
	for (int i = 0; map != NULL && i < map->n_folders; i++)
		sandbox_may_read(s, map->folders[i]);
	fontmap_free(map);
	diag_free(&quiet);
}

static bool writes(const struct options *o)
{
	return o->command == CMD_BUILD || o->command == CMD_PROOF;
}

/* The folder of translations is written by i18n add and update, and by nothing else. */
static bool writes_translations(const struct options *o)
{
	return o->command == CMD_I18N && (o->i18n == I18N_ADD || o->i18n == I18N_UPDATE);
}

static void allow_translating(const struct options *o, struct sandbox *s, struct arena *a)
{
	const char *msgmerge = program_find(a, "msgmerge");

	sandbox_may_write(s, project_folder(a, o->source));
	if (msgmerge != NULL)
		sandbox_may_run(s, msgmerge);
}

static bool enter(const struct options *o, const struct made_folder *f, struct arena *a, struct diag_log *log)
{
	const char *folder = setting_real_folder_of(o->source, a);
	struct sandbox s;

	if (!sandbox_open(&s)) {
		if (o->sandbox == SANDBOX_ON) {
			diag_fail(log, "no-sandbox", DIAG_NOWHERE, "this kernel has no Landlock, and --sandbox needs it");
			return false;
		}
		diag_note(log, "no-sandbox", DIAG_NOWHERE, "this kernel has no Landlock: sources are read without a sandbox");
		return true;
	}
	allow_system(&s);
	if (folder != NULL) {
		sandbox_may_read(&s, folder);
		allow_fonts(o, folder, &s, a);
	}
	allow_folder_of(o->edition.theme != NULL ? o->edition.theme : setting_find(SETTING_THEME, o->source, a), &s, a);
	allow_folder_of(o->edition.output_profile, &s, a);
	if (writes(o))
		sandbox_may_write(&s, o->folder);
	if (f->made > 0)
		sandbox_may_remove_folders(&s, setting_folder_of(arena_dup(a, f->path, f->made), a));
	if (writes_translations(o))
		allow_translating(o, &s, a);
	if (o->html != NULL)
		sandbox_may_write(&s, setting_folder_of(o->html, a));
	if (o->report_file != NULL)
		sandbox_may_write(&s, setting_folder_of(o->report_file, a));
	if (sandbox_enter(&s))
		return true;
	diag_fail(log, "no-sandbox", DIAG_NOWHERE, "the sandbox cannot be entered: %s; --no-sandbox goes on without", strerror(errno));
	return false;
}

bool confine(const struct options *o, struct made_folder *f, struct diag_log *log)
{
	struct arena a;
	const char *folder = NULL;
	bool ok;

	*f = (struct made_folder){ NULL, 0 };
	arena_init(&a);
	if (writes(o))
		folder = o->folder;
	else if (writes_translations(o) && file_exists(o->source))
		folder = project_folder(&a, o->source);
	if (folder != NULL)
		f->path = strcpy(mem_alloc(strlen(folder) + 1), folder);
	ok = folder == NULL || file_make_folders(folder, &f->made, log);
	if (o->sandbox != SANDBOX_OFF)
		ok = ok && enter(o, f, &a, log);
	arena_free(&a);
	return ok;
}

void made_folder_end(struct made_folder *f)
{
	if (f->path != NULL)
		file_remove_folders(f->path, f->made);
	mem_free(f->path);
	*f = (struct made_folder){ NULL, 0 };
}
