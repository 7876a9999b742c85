#include "cli/confine.h"

#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/sandbox.h"
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

static void allow_folder_of(struct job *j, struct sandbox *s, const char *path)
{
	if (path != NULL)
		sandbox_may_read(s, job_folder_of(&j->arena, path));
}

static bool is_below(const char *path, const char *folder)
{
	size_t n = strlen(folder);

	return strncmp(path, folder, n) == 0 && (path[n] == '/' || n == 1);
}

/* The folders that a map of fonts names. One that came with the source is as little to be trusted as that: its fonts lie
 * with it or with the system's. */
static void allow_fonts(struct job *j, struct sandbox *s, const char *source_folder)
{
	bool named = j->options->fonts != NULL;
	const char *path = named ? j->options->fonts : job_find_setting(j, JOB_FONTS);
	struct diag_log quiet;
	struct fontmap *map = NULL;
	char *data;
	size_t len;

	if (path == NULL)
		return;
	allow_folder_of(j, s, path);
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

bool confine(struct job *j)
{
	const struct options *o = j->options;
	const char *folder = job_source_folder(j);
	struct sandbox s;

	if (o->sandbox == SANDBOX_OFF)
		return true;
	if (writes(o) && !file_make_folders(o->folder, j->log))
		return false;
	if (!sandbox_open(&s)) {
		if (o->sandbox == SANDBOX_ON) {
			diag_fail(j->log, "no-sandbox", DIAG_NOWHERE, "this kernel has no Landlock, and --sandbox needs it");
			return false;
		}
		diag_note(j->log, "no-sandbox", DIAG_NOWHERE, "this kernel has no Landlock: sources are read without a sandbox");
		return true;
	}
	allow_system(&s);
	if (folder != NULL) {
		sandbox_may_read(&s, folder);
		allow_fonts(j, &s, folder);
	}
	allow_folder_of(j, &s, o->theme != NULL ? o->theme : job_find_setting(j, JOB_THEME));
	allow_folder_of(j, &s, o->output_profile);
	if (writes(o))
		sandbox_may_write(&s, o->folder);
	if (o->report_file != NULL)
		sandbox_may_write(&s, job_folder_of(&j->arena, o->report_file));
	if (sandbox_enter(&s))
		return true;
	diag_fail(j->log, "no-sandbox", DIAG_NOWHERE, "the sandbox cannot be entered; --no-sandbox goes on without");
	return false;
}
