#define _POSIX_C_SOURCE 200809L
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/utf8.h"

enum { MOST_SEARCHED = 64 * 1024 * 1024 };

bool file_read(const char *path, size_t most, struct diag_log *log, struct pos pos, char **data, size_t *len)
{
	struct stat st;
	size_t got = 0, size;
	char *p = NULL;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0 || fstat(fd, &st) != 0) {
		diag_fail(log, "io", pos, "cannot read %s: %s", path, strerror(errno));
		goto fail;
	}
	if (!S_ISREG(st.st_mode)) {
		diag_fail(log, "io", pos, "cannot read %s: not a regular file", path);
		goto fail;
	}
	if ((uintmax_t)st.st_size > most) {
		diag_error(log, "too-large", pos, "%s is larger than %zu bytes", path, most);
		goto fail;
	}
	size = (size_t)st.st_size;
	p = mem_alloc(size + 1);
	while (got < size) {
		ssize_t n = read(fd, p + got, size - got);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			diag_fail(log, "io", pos, "cannot read %s: %s", path, strerror(errno));
			goto fail;
		}
		if (n == 0)
			break;
		got += (size_t)n;
	}
	close(fd);
	p[got] = '\0';
	*data = p;
	*len = got;
	return true;
fail:
	mem_free(p);
	if (fd >= 0)
		close(fd);
	return false;
}

static bool write_all(int fd, const char *p, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		p += n;
		len -= (size_t)n;
	}
	return fsync(fd) == 0 || errno == EINVAL || errno == EROFS;
}

bool file_stage(struct file_stage *s, const char *path, const void *data, size_t len, struct diag_log *log)
{
	size_t n = strlen(path);
	char *temp = mem_alloc(n + 16);
	struct stat st;
	mode_t mask;
	int fd;

	if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode)) { /* found by rename only when others have their names */
		diag_fail(log, "io", DIAG_NOWHERE, "cannot write %s: %s", path, strerror(EISDIR));
		mem_free(temp);
		return false;
	}

	snprintf(temp, n + 16, "%s.tmp-XXXXXX", path);
	fd = mkstemp(temp);
	if (fd < 0) {
		diag_fail(log, "io", DIAG_NOWHERE, "cannot write %s: %s", path, strerror(errno));
		mem_free(temp);
		return false;
	}
	mask = umask(0);
	umask(mask);
	if (!write_all(fd, data, len) || fchmod(fd, 0666 & ~mask) != 0) {
		diag_fail(log, "io", DIAG_NOWHERE, "cannot write %s: %s", path, strerror(errno));
		close(fd);
		goto fail;
	}
	if (close(fd) != 0) {
		diag_fail(log, "io", DIAG_NOWHERE, "cannot write %s: %s", path, strerror(errno));
		goto fail;
	}
	VEC_ROOM(s->v, s->n, s->cap, 1);
	s->v[s->n].temp = temp;
	s->v[s->n].path = memcpy(mem_alloc(n + 1), path, n + 1);
	s->n++;
	return true;
fail:
	unlink(temp);
	mem_free(temp);
	return false;
}

static void forget(struct file_stage *s)
{
	for (size_t i = 0; i < s->n; i++) {
		mem_free(s->v[i].temp);
		mem_free(s->v[i].path);
	}
	mem_free(s->v);
	memset(s, 0, sizeof *s);
}

bool file_commit(struct file_stage *s, struct diag_log *log)
{
	bool ok = true;

	for (size_t i = 0; i < s->n; i++) {
		if (ok && rename(s->v[i].temp, s->v[i].path) != 0) {
			diag_fail(log, "io", DIAG_NOWHERE, "cannot write %s: %s", s->v[i].path, strerror(errno));
			ok = false;
		}
		if (!ok)
			unlink(s->v[i].temp);
	}
	forget(s);
	return ok;
}

void file_abandon(struct file_stage *s)
{
	for (size_t i = 0; i < s->n; i++)
		unlink(s->v[i].temp);
	forget(s);
}

bool file_write(const char *path, const void *data, size_t len, struct diag_log *log)
{
	struct file_stage s = { 0 };

	return file_stage(&s, path, data, len, log) && file_commit(&s, log);
}

bool file_find(const char *needle, struct pos *pos)
{
	struct diag_log quiet;
	char *data, *p, *hit;
	size_t len;
	int line = 1;
	bool found = false;

	diag_init(&quiet);
	if (pos->file != NULL && pos->line > 0 && file_read(pos->file, MOST_SEARCHED, &quiet, DIAG_NOWHERE, &data, &len)) {
		for (p = data; line < pos->line && (p = strchr(p, '\n')) != NULL; p++)
			line++;
		hit = p != NULL ? strstr(p, needle) : NULL;
		for (; hit != NULL && p < hit; p++) {
			char *nl = memchr(p, '\n', (size_t)(hit - p));

			if (nl == NULL)
				break;
			line++;
			p = nl;
		}
		if (hit != NULL) {
			pos->line = line;
			pos->column = 1 + (int)utf8_count(p, (size_t)(hit - p));
			found = true;
		}
		mem_free(data);
	}
	diag_free(&quiet);
	return found;
}

bool file_is_regular(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

bool file_exists(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0;
}

bool file_make_folders(const char *path, struct diag_log *log)
{
	size_t n = strlen(path);
	char *copy = memcpy(mem_alloc(n + 1), path, n + 1);
	bool ok = true;

	for (size_t i = 1; i <= n && ok; i++) {
		if (copy[i] != '/' && copy[i] != '\0')
			continue;
		copy[i] = '\0';
		if (mkdir(copy, 0777) != 0 && errno != EEXIST) {
			diag_fail(log, "io", DIAG_NOWHERE, "cannot make the folder %s: %s", copy, strerror(errno));
			ok = false;
		}
		if (i < n)
			copy[i] = '/';
	}
	mem_free(copy);
	return ok;
}
