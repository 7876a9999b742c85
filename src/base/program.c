#define _POSIX_C_SOURCE 200809L
#include "base/program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

char *program_find(struct arena *a, const char *name)
{
	const char *path = getenv("PATH");

	if (path == NULL || *path == '\0')
		path = "/usr/local/bin:/usr/bin:/bin";
	while (*path != '\0') {
		size_t n = strcspn(path, ":");
		char *file = n > 0 && *path == '/' ? arena_printf(a, "%.*s/%s", (int)n, path, name) : NULL;

		if (file != NULL && access(file, X_OK) == 0)
			return file;
		path += n + (path[n] == ':');
	}
	return NULL;
}

/* Both pipes are emptied as they fill: a program that waits for one while we wait at the other would never end. */
static void drain(int from[2], struct buf *to[2])
{
	struct pollfd p[2] = { { from[0], POLLIN, 0 }, { from[1], POLLIN, 0 } };
	char block[16384];

	while (p[0].fd >= 0 || p[1].fd >= 0) {
		if (poll(p, 2, -1) < 0 && errno != EINTR)
			return;
		for (int i = 0; i < 2; i++) {
			ssize_t n;

			if (p[i].fd < 0 || p[i].revents == 0)
				continue;
			n = read(p[i].fd, block, sizeof block);
			if (n > 0)
				buf_put(to[i], block, (size_t)n);
			else if (n == 0 || errno != EINTR)
				p[i].fd = -1;
		}
	}
}

static int spawn(const char *path, const char *const *argv, int out, int err, pid_t *child)
{
	char *const environment[] = { "LC_ALL=C", "PATH=/usr/local/bin:/usr/bin:/bin", NULL };
	posix_spawn_file_actions_t acts;
	int fault = posix_spawn_file_actions_init(&acts);

	if (fault != 0)
		return fault;
	fault = posix_spawn_file_actions_adddup2(&acts, out, 1);
	if (fault == 0)
		fault = posix_spawn_file_actions_adddup2(&acts, err, 2);
	if (fault == 0)
		fault = posix_spawn(child, path, &acts, NULL, (char *const *)(uintptr_t)argv, environment);
	posix_spawn_file_actions_destroy(&acts);
	return fault;
}

/* -1, or the exit status. */
static int wait_for(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0) {
		if (errno != EINTR)
			return -1;
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void close_all(const int fd[4])
{
	for (int i = 0; i < 4; i++) {
		if (fd[i] >= 0)
			close(fd[i]);
	}
}

/* A pipe whose ends the program does not inherit but as its output. */
static bool open_pipe(int end[2])
{
	return pipe(end) == 0 && fcntl(end[0], F_SETFD, FD_CLOEXEC) == 0 && fcntl(end[1], F_SETFD, FD_CLOEXEC) == 0;
}

int program_run(const char *path, const char *const *argv, struct buf *out, struct buf *err, struct diag_log *log)
{
	int fd[4] = { -1, -1, -1, -1 }, status;
	pid_t child;

	if (!open_pipe(fd) || !open_pipe(fd + 2)) {
		diag_fail(log, "program", DIAG_NOWHERE, "no pipe for %s: %s", path, strerror(errno));
		close_all(fd);
		return -1;
	}
	status = spawn(path, argv, fd[1], fd[3], &child);
	if (status != 0) {
		diag_fail(log, "program", DIAG_NOWHERE, "cannot run %s: %s", path, strerror(status));
		close_all(fd);
		return -1;
	}
	close(fd[1]);
	close(fd[3]);
	fd[1] = fd[3] = -1;
	drain((int[2]){ fd[0], fd[2] }, (struct buf *[2]){ out, err });
	close_all(fd);
	status = wait_for(child);
	if (status < 0)
		diag_fail(log, "program", DIAG_NOWHERE, "%s did not come to its end", path);
	return status;
}
