#define _XOPEN_SOURCE 700 /* realpath */
#include "edition/settings.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/resource.h"

enum { MOST_BYTES = 4 * 1024 * 1024 };

static const struct { const char *names[2]; const char *inside; } settings[] = {
	[SETTING_THEME] = { { "theme.xml", NULL }, "theme.xml" },
	[SETTING_FONTS] = { { "fonts.xml", "fonts/fonts.xml" }, "fonts.xml" }
};

char *setting_folder_of(const char *path, struct arena *a)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? arena_strdup(a, ".") : slash == path ? arena_strdup(a, "/") : arena_dup(a, path, (size_t)(slash - path));
}

const char *setting_real_folder_of(const char *path, struct arena *a)
{
	char folder[PATH_MAX];

	return realpath(setting_folder_of(path, a), folder) != NULL ? arena_strdup(a, folder) : NULL;
}

static const char *find_in(const char *folder, enum setting which, struct arena *a)
{
	for (int i = 0; i < 2 && settings[which].names[i] != NULL; i++) {
		const char *path = arena_printf(a, "%s/%s", strcmp(folder, "/") == 0 ? "" : folder, settings[which].names[i]);

		if (file_is_named(path))
			return path;
	}
	return NULL;
}

const char *setting_find(enum setting which, const char *source, struct arena *a)
{
	const char *from = setting_real_folder_of(source, a), *found = NULL;
	char *folder = from != NULL ? arena_strdup(a, from) : NULL;

	while (folder != NULL && found == NULL) {
		char *slash = strrchr(folder, '/');

		found = find_in(folder, which, a);
		if (slash == NULL || strcmp(folder, "/") == 0)
			break;
		slash[slash == folder ? 1 : 0] = '\0';
	}
	return found;
}

bool setting_open(struct setting_file *f, enum setting which, const char *named, const char *source, struct arena *a,
                  struct diag_log *log)
{
	struct resource r;

	*f = (struct setting_file){ .path = named != NULL ? named : setting_find(which, source, a) };
	if (f->path != NULL) {
		if (!file_read(f->path, MOST_BYTES, log, DIAG_NOWHERE, &f->owned, &f->len))
			return false;
		f->data = f->owned;
		return true;
	}
	r = resource_lookup(settings[which].inside);
	f->path = arena_printf(a, "built-in %s", settings[which].inside);
	f->data = r.data;
	f->len = r.len;
	return r.data != NULL;
}

void setting_close(struct setting_file *f)
{
	mem_free(f->owned);
	memset(f, 0, sizeof *f);
}
