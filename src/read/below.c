#define _XOPEN_SOURCE 700

#include "read/below.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#ifndef PATH_MAX
#define PATH_MAX 4096
#endif

const char *below_real(struct arena *a, const char *path)
{
	char real[PATH_MAX];

	return realpath(path, real) == NULL ? NULL : arena_strdup(a, real);
}

static const char *folder_part(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? "" : arena_dup(a, path, (size_t)(slash - path) + 1);
}

const char *below_folder(struct arena *a, const char *path)
{
	const char *folder = folder_part(a, path), *real = below_real(a, *folder == '\0' ? "." : folder);

	if (real == NULL)
		return NULL;
	return real[strlen(real) - 1] == '/' ? real : arena_printf(a, "%s/", real);
}

/* "http:" and the like; a drive letter is no better. */
static bool has_scheme(const char *s)
{
	size_t n = 0;

	while ((s[n] >= 'a' && s[n] <= 'z') || (s[n] >= 'A' && s[n] <= 'Z') || (n > 0 && s[n] >= '0' && s[n] <= '9') ||
	       (n > 0 && (s[n] == '+' || s[n] == '-' || s[n] == '.')))
		n++;
	return n > 0 && s[n] == ':';
}

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* NULL if nothing is encoded, or a NUL is. */
static const char *decoded(struct arena *a, const char *s)
{
	char *out = arena_alloc(a, strlen(s) + 1), *w = out;
	bool any = false;

	while (*s != '\0') {
		if (*s == '%' && hex(s[1]) >= 0 && hex(s[2]) >= 0) {
			*w = (char)(hex(s[1]) * 16 + hex(s[2]));
			if (*w++ == '\0')
				return NULL;
			s += 3;
			any = true;
		} else {
			*w++ = *s++;
		}
	}
	return any ? out : NULL;
}

static bool climbs(const char *s)
{
	for (; s != NULL; s = strchr(s, '/')) {
		s += *s == '/';
		if (s[0] == '.' && s[1] == '.' && (s[2] == '/' || s[2] == '\0'))
			return true;
	}
	return false;
}

static enum below judge(struct arena *a, const char *folder, const char *path, const char *href)
{
	struct stat st;
	const char *real = below_real(a, path);

	/* whether files elsewhere exist is nobody's business */
	if (real == NULL)
		return climbs(href) ? BELOW_FORBIDDEN : BELOW_MISSING;
	if (strncmp(real, folder, strlen(folder)) != 0)
		return BELOW_FORBIDDEN;
	if (stat(real, &st) != 0)
		return BELOW_MISSING;
	return S_ISREG(st.st_mode) ? BELOW_OK : BELOW_FORBIDDEN;
}

const char *below_base(struct arena *a, const char *outer, const char *base)
{
	if (outer == NULL || has_scheme(base) || strncmp(base, "//", 2) == 0)
		return NULL;
	return *base == '/' ? base : arena_printf(a, "%s%s", folder_part(a, outer), base);
}

enum below below_resolve(struct arena *a, const char *folder, const char *from, const char *href, const char **path)
{
	const char *base, *plain;
	enum below answer;

	*path = href;
	if (from == NULL)
		return BELOW_FORBIDDEN;
	base = folder_part(a, from);
	if (*href == '\0')
		return BELOW_MISSING;
	if (strlen(base) + strlen(href) >= PATH_MAX)
		return BELOW_TOO_LONG;
	if (*href == '/' || has_scheme(href))
		return BELOW_FORBIDDEN;
	*path = arena_printf(a, "%s%s", base, href);
	answer = judge(a, folder, *path, href);
	if (answer != BELOW_MISSING || (plain = decoded(a, href)) == NULL || *plain == '/')
		return answer;
	href = plain;
	plain = arena_printf(a, "%s%s", base, href);
	answer = judge(a, folder, plain, href);
	if (answer == BELOW_OK)
		*path = plain;
	return answer;
}
