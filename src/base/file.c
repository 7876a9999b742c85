#define _GNU_SOURCE /* O_TMPFILE, memfd_create */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
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
	p = mem_try(size + 1);
	if (p == NULL) {
		close(fd); /* which the caller of a library would never get back */
		mem_fail();
	}
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

/* A new file with a name that nothing has: temp gets its ending, 000000 to 999999. */
static int open_named(char *temp)
{
	char *ending = temp + strlen(temp) - 6;

	for (unsigned k = 0; k < 1000; k++) {
		int fd;

		snprintf(ending, 7, "%06u", ((unsigned)getpid() * 1000 + k) % 1000000);
		fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (fd >= 0 || errno != EEXIST)
			return fd;
	}
	return -1;
}

static void drop_last(struct file_stage *s)
{
	struct staged *f = &s->v[--s->n];

	if (f->fd >= 0)
		close(f->fd);
	mem_free(f->data);
	mem_free(f->temp);
	mem_free(f->path);
}

bool file_stage(struct file_stage *s, const char *path, const void *data, size_t len, struct diag_log *log)
{
	size_t n = strlen(path);
	struct staged *f;
	struct stat st;

	VEC_ROOM(s->v, s->n, s->cap, 1);
	f = &s->v[s->n];
	*f = (struct staged){ .fd = -1 };
	s->n++;
	f->path = memcpy(mem_alloc(n + 1), path, n + 1);
	f->temp = mem_alloc(n + 24);
	snprintf(f->temp, n + 24, "%s.tmp-000000", path);
	errno = EISDIR; /* a folder in the way is found by rename only when others have their names */
	if (lstat(path, &st) != 0 || !S_ISDIR(st.st_mode)) {
		f->fd = open_nameless(path);
		if (f->fd >= 0 && write_all(f->fd, data, len))
			return true;
		if (f->fd < 0) { /* without nameless files nothing is on the disk before file_commit */
			f->data = memcpy(mem_alloc(len + 1), data, len);
			f->len = len;
			return true;
		}
	}
	diag_fail(log, "io", DIAG_NOWHERE, "cannot write %s: %s", path, strerror(errno));
	drop_last(s);
	return false;
}

int file_in_memory(const void *data, size_t len, char name[FILE_MEMORY_NAME])
{
	int fd = memfd_create("verstka", MFD_CLOEXEC);

	if (fd >= 0 && !write_all(fd, data, len)) {
		close(fd);
		return -1;
	}
	snprintf(name, FILE_MEMORY_NAME, "/proc/self/fd/%d", fd);
	return fd;
}

/* Gives the nameless a name beside the wanted one, since a link does not replace and a rename does. */
static bool link_name(struct staged *f)
{
	char link[40], *ending = f->temp + strlen(f->temp) - 6;

	snprintf(link, sizeof link, "/proc/self/fd/%d", f->fd);
	for (unsigned k = 0; k < 1000; k++) {
		snprintf(ending, 7, "%06u", ((unsigned)getpid() * 1000 + k) % 1000000);
		if (linkat(AT_FDCWD, link, AT_FDCWD, f->temp, AT_SYMLINK_FOLLOW) == 0)
			return true;
		if (errno != EEXIST)
			return false;
	}
	return false;
}

/* All of it on the disk under the name `temp`; false: nothing of it is. */
static bool put_beside(struct staged *f)
{
	int why;

	if (f->fd >= 0) {
		f->named = link_name(f);
		return f->named;
	}
	f->fd = open_named(f->temp);
	if (f->fd < 0)
		return false;
	f->named = true;
	if (write_all(f->fd, f->data, f->len)) {
		why = close(f->fd);
		f->fd = -1;
		if (why == 0)
			return true;
	}
	why = errno;
	unlink(f->temp);
	f->named = false;
	errno = why;
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

static bool put_all(struct file_stage *s, struct diag_log *log)
{
	bool ok = true;
	size_t i;

	for (i = 0; i < s->n && ok; i++)
		ok = put_beside(&s->v[i]);
	for (size_t k = 0; k < s->n && ok; k++) {
		i = k + 1;
		ok = rename(s->v[k].temp, s->v[k].path) == 0;
		s->v[k].named &= !ok;
	}
	if (!ok)
		diag_fail(log, "io", DIAG_NOWHERE, "cannot write %s: %s", s->v[i - 1].path, strerror(errno));
	for (size_t k = 0; k < s->n; k++)
		if (s->v[k].named)
			unlink(s->v[k].temp);
	return ok;
}

bool file_commit(struct file_stage *s, struct diag_log *log)
{
	sigset_t ends, before;
	int lock = lock_folder(s);
	bool ok;

	/* From the first name to the last a wish to stop waits: all of them or none. */
	sigemptyset(&ends);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &ends, &before);
	ok = put_all(s, log);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (lock >= 0)
		close(lock);
	file_abandon(s);
	return ok;
}

void file_abandon(struct file_stage *s)
{
	while (s->n > 0)
		drop_last(s);
	mem_free(s->v);
	memset(s, 0, sizeof *s);
}

/* A device or a pipe, or what names an open file of this process (/dev/stdout): written into, never replaced. */
static bool is_stream(const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0 || S_ISDIR(st.st_mode))
		return false;
	return !S_ISREG(st.st_mode) || strncmp(path, "/dev/", 5) == 0 || strncmp(path, "/proc/", 6) == 0;
}

static bool write_stream(const char *path, const void *data, size_t len, struct diag_log *log)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY), why;
	bool ok = fd >= 0 && write_all(fd, data, len);

	why = errno;
	if (fd >= 0 && close(fd) != 0 && ok) {
		why = errno;
		ok = false;
	}
	if (!ok)
		diag_fail(log, "io", DIAG_NOWHERE, "cannot write %s: %s", path, strerror(why));
	return ok;
}

bool file_write(const char *path, const void *data, size_t len, struct diag_log *log)
{
	struct file_stage s = { 0 };

	if (is_stream(path))
		return write_stream(path, data, len, log);
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

bool file_find_character(uint32_t c, struct pos *pos)
{
	static const char *const forms[] = { "&#x%X;", "&#x%x;", "&#x%04X;", "&#x%04x;", "&#%u;" };
	char text[16];
	bool found;

	text[utf8_encode(c, text)] = '\0';
	found = file_find(text, pos);
	for (size_t i = 0; !found && i < sizeof forms / sizeof *forms; i++) {
		snprintf(text, sizeof text, forms[i], (unsigned)c);
		found = file_find(text, pos);
	}
	return found;
}

bool file_is_regular(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

bool file_is_same(const char *a, const char *b)
{
	struct stat of_a, of_b;

	return stat(a, &of_a) == 0 && stat(b, &of_b) == 0 && of_a.st_dev == of_b.st_dev && of_a.st_ino == of_b.st_ino;
}

bool file_exists(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0;
}

bool file_is_named(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

bool file_make_folders(const char *path, size_t *made, struct diag_log *log)
{
	size_t n = strlen(path);
	char *copy = memcpy(mem_alloc(n + 1), path, n + 1);
	bool ok = true;

	*made = 0;
	for (size_t i = 1; i <= n && ok; i++) {
		if (copy[i] != '/' && copy[i] != '\0')
			continue;
		copy[i] = '\0';
		ok = mkdir(copy, 0777) == 0;
		if (ok && *made == 0)
			*made = i;
		ok = ok || errno == EEXIST;
		if (!ok)
			diag_fail(log, "io", DIAG_NOWHERE, "cannot make the folder %s: %s", copy, strerror(errno));
		if (i < n)
			copy[i] = '/';
	}
	mem_free(copy);
	return ok;
}

void file_remove_folders(const char *path, size_t made)
{
	size_t n = strlen(path);
	char *copy = made > 0 ? mem_try(n + 1) : NULL; /* files may have their names already: no end for want of memory */

	if (copy == NULL)
		return;
	memcpy(copy, path, n + 1);
	while (n >= made && (rmdir(copy) == 0 || errno == ENOENT)) {
		while (n > 0 && copy[n - 1] != '/')
			n--;
		while (n > 0 && copy[n - 1] == '/')
			n--;
		copy[n] = '\0';
	}
	mem_free(copy);
}
