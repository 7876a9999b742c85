#define _GNU_SOURCE /* O_TMPFILE */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
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

/* The folder of a path, for mem_free. */
static char *folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t n = slash == NULL ? 1 : slash == path ? 1 : (size_t)(slash - path);
	char *folder = mem_alloc(n + 1);

	memcpy(folder, slash == NULL ? "." : path, n);
	folder[n] = '\0';
	return folder;
}

/* A file without a name, where the kernel and the file system have such a thing: whatever ends the process, nothing
 * stays behind. -1: there is none. */
static int open_nameless(const char *path)
{
	char *folder = folder_of(path);
	char link[40];
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);

	mem_free(folder);
	if (fd >= 0) {
		snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
		if (access(link, F_OK) != 0) { /* no way to name it afterwards */
			close(fd);
			fd = -1;
		}
	}
	return fd;
}

static int open_named(char *temp)
{
	int fd = mkstemp(temp);
	mode_t mask;

	if (fd >= 0) {
		mask = umask(0);
		umask(mask);
		if (fchmod(fd, 0666 & ~mask) != 0) {
			close(fd);
			unlink(temp);
			fd = -1;
		}
	}
	return fd;
}

bool file_stage(struct file_stage *s, const char *path, const void *data, size_t len, struct diag_log *log)
{
	size_t n = strlen(path);
	struct staged new = { .temp = mem_alloc(n + 24), .path = memcpy(mem_alloc(n + 1), path, n + 1), .fd = -1 };
	struct stat st;

	snprintf(new.temp, n + 24, "%s.tmp-XXXXXX", path);
	if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode)) { /* found by rename only when others have their names */
		errno = EISDIR;
		goto fail;
	}
	new.fd = open_nameless(path);
	new.nameless = new.fd >= 0;
	if (!new.nameless)
		new.fd = open_named(new.temp);
	if (new.fd < 0)
		goto fail;
	if (!write_all(new.fd, data, len))
		goto fail;
	if (!new.nameless) { /* else it is its only hold */
		int fd = new.fd;

		new.fd = -1;
		if (close(fd) != 0) {
			int why = errno;

			unlink(new.temp);
			errno = why;
			goto fail;
		}
	}
	VEC_ROOM(s->v, s->n, s->cap, 1);
	s->v[s->n++] = new;
	return true;
fail:
	diag_fail(log, "io", DIAG_NOWHERE, "cannot write %s: %s", path, strerror(errno));
	if (new.fd >= 0) {
		close(new.fd);
		if (!new.nameless)
			unlink(new.temp);
	}
	mem_free(new.temp);
	mem_free(new.path);
	return false;
}

static void forget(struct file_stage *s)
{
	for (size_t i = 0; i < s->n; i++) {
		if (s->v[i].fd >= 0)
			close(s->v[i].fd);
		mem_free(s->v[i].temp);
		mem_free(s->v[i].path);
	}
	mem_free(s->v);
	memset(s, 0, sizeof *s);
}

/* Gives the nameless a name beside the wanted one, since a link does not replace and a rename does. */
static bool give_name(struct staged *f)
{
	char link[40];
	size_t n = strlen(f->path);

	snprintf(link, sizeof link, "/proc/self/fd/%d", f->fd);
	for (unsigned k = 0; k < 1000; k++) {
		snprintf(f->temp, n + 24, "%s.tmp-%06u", f->path, ((unsigned)getpid() * 1000 + k) % 1000000);
		if (linkat(AT_FDCWD, link, AT_FDCWD, f->temp, AT_SYMLINK_FOLLOW) == 0) {
			f->nameless = false;
			return true;
		}
		if (errno != EEXIST)
			return false;
	}
	return false;
}

/* One at a time in a folder: two runs at once leave the files of one or of the other, not some of each. -1: cannot be had,
 * which is no reason not to write. */
static int lock_folder(const struct file_stage *s)
{
	char *folder;
	int fd;

	if (s->n == 0)
		return -1;
	folder = folder_of(s->v[0].path);
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	mem_free(folder);
	if (fd >= 0)
		while (flock(fd, LOCK_EX) != 0 && errno == EINTR)
			;
	return fd;
}

bool file_commit(struct file_stage *s, struct diag_log *log)
{
	sigset_t ends, before;
	bool ok = true;
	int lock = lock_folder(s);

	/* From the first name to the last a wish to stop waits: all of them or none. */
	sigemptyset(&ends);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &ends, &before);
	for (size_t i = 0; i < s->n && ok; i++)
		if (s->v[i].nameless && !give_name(&s->v[i])) {
			diag_fail(log, "io", DIAG_NOWHERE, "cannot write %s: %s", s->v[i].path, strerror(errno));
			ok = false;
		}
	for (size_t i = 0; i < s->n; i++) {
		if (ok && rename(s->v[i].temp, s->v[i].path) != 0) {
			diag_fail(log, "io", DIAG_NOWHERE, "cannot write %s: %s", s->v[i].path, strerror(errno));
			ok = false;
		}
		if (!ok && !s->v[i].nameless)
			unlink(s->v[i].temp);
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (lock >= 0)
		close(lock);
	forget(s);
	return ok;
}

void file_abandon(struct file_stage *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (!s->v[i].nameless)
			unlink(s->v[i].temp);
	forget(s);
}

bool file_write(const char *path, const void *data, size_t len, struct diag_log *log)
{
	struct file_stage s = { 0 };

	if (file_stage(&s, path, data, len, log))
		return file_commit(&s, log);
	file_abandon(&s);
	return false;
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
