#define _GNU_SOURCE /* syscall, O_PATH */
#include "base/sandbox.h"

#ifdef __linux__
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Bits of the kernel's interface that older headers lack; a bit that the kernel does not know is never asked for. */
#define FS_REFER ((uint64_t)1 << 13)    /* 2 */
#define FS_TRUNCATE ((uint64_t)1 << 14) /* 3 */
#define FS_IOCTL ((uint64_t)1 << 15)    /* 5 */
#define FS_FIRST (((uint64_t)1 << 13) - 1)
#define NET_TCP ((uint64_t)3)           /* 4: bind, connect */
#define SCOPED ((uint64_t)3)            /* 6: abstract sockets, signals */

/* As the newest kernels have it; its size tells them how much of it is meant. */
struct ruleset {
	uint64_t fs, net, scoped;
};

static long create(const struct ruleset *r, size_t size, uint32_t flags)
{
	return syscall(SYS_landlock_create_ruleset, r, size, flags);
}

int sandbox_version(void)
{
	long n = create(NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);

	return n > 0 ? (int)n : 0;
}

bool sandbox_open(struct sandbox *s)
{
	struct ruleset r = { .fs = FS_FIRST };
	size_t size = sizeof r.fs;

	s->rules = -1;
	s->fault = 0;
	s->version = sandbox_version();
	if (s->version >= 2)
		r.fs |= FS_REFER;
	if (s->version >= 3)
		r.fs |= FS_TRUNCATE;
	if (s->version >= 5)
		r.fs |= FS_IOCTL;
	if (s->version >= 4) {
		r.net = NET_TCP;
		size += sizeof r.net;
	}
	if (s->version >= 6) {
		r.scoped = SCOPED;
		size += sizeof r.scoped;
	}
	if (s->version > 0)
		s->rules = (int)create(&r, size, 0);
	return s->rules >= 0;
}

static void allow(struct sandbox *s, const char *path, uint64_t rights)
{
	struct landlock_path_beneath_attr rule = { .parent_fd = -1 };
	struct stat st;

	if (s->rules < 0)
		return;
	rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
	if (rule.parent_fd < 0) {
		if (errno == EMFILE || errno == ENFILE || errno == ENOMEM)
			s->fault = errno;
		return;
	}
	if (fstat(rule.parent_fd, &st) == 0) {
		if (!S_ISDIR(st.st_mode)) /* what only folders have is refused for a file */
			rights &= LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE;
		rule.allowed_access = rights;
		syscall(SYS_landlock_add_rule, s->rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	}
	close(rule.parent_fd);
}

void sandbox_may_read(struct sandbox *s, const char *path)
{
	allow(s, path, LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR);
}

void sandbox_may_write(struct sandbox *s, const char *folder)
{
	allow(s, folder, LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_WRITE_FILE |
	                     LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE |
	                     (s->version >= 3 ? FS_TRUNCATE : 0));
}

void sandbox_may_remove_folders(struct sandbox *s, const char *folder)
{
	allow(s, folder, LANDLOCK_ACCESS_FS_REMOVE_DIR);
}

void sandbox_may_run(struct sandbox *s, const char *program)
{
	static const char *const loaders[] = { "/lib", "/lib64", "/usr/lib", "/usr/lib64" };

	allow(s, program, LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE);
	for (size_t i = 0; i < sizeof loaders / sizeof *loaders; i++)
		allow(s, loaders[i], LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_EXECUTE);
}

bool sandbox_enter(struct sandbox *s)
{
	bool in;

	errno = s->fault;
	in = s->fault == 0 && s->rules >= 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	          syscall(SYS_landlock_restrict_self, s->rules, 0) == 0;

	if (s->rules >= 0)
		close(s->rules); /* leaves errno alone: it was good */
	s->rules = -1;
	return in;
}

#else

int sandbox_version(void)
{
	return 0;
}

bool sandbox_open(struct sandbox *s)
{
	*s = (struct sandbox){ -1, 0, 0 };
	return false;
}

void sandbox_may_read(struct sandbox *s, const char *path)
{
	(void)s;
	(void)path;
}

void sandbox_may_write(struct sandbox *s, const char *folder)
{
	(void)s;
	(void)folder;
}

void sandbox_may_remove_folders(struct sandbox *s, const char *folder)
{
	(void)s;
	(void)folder;
}

void sandbox_may_run(struct sandbox *s, const char *program)
{
	(void)s;
	(void)program;
}

bool sandbox_enter(struct sandbox *s)
{
	(void)s;
	return false;
}

#endif
