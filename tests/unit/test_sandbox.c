/* A process shut in reaches what it asked for and nothing else. Each case runs in a child, for there is no way out. */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/sandbox.h"

static char inside[] = "/tmp/verstka-in-XXXXXX", outside[] = "/tmp/verstka-out-XXXXXX";

static const char *in(const char *folder, const char *name)
{
	static char path[200];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	return path;
}

static int put(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	return fd < 0 ? errno : (close(fd), 0);
}

static int get(const char *path)
{
	int fd = open(path, O_RDONLY);

	return fd < 0 ? errno : (close(fd), 0);
}

static int set_up(void **state)
{
	(void)state;
	return mkdtemp(inside) == NULL || mkdtemp(outside) == NULL || put(in(inside, "a")) != 0 || put(in(outside, "b")) != 0;
}

static int tear_down(void **state)
{
	(void)state;
	unlink(in(inside, "a"));
	unlink(in(outside, "b"));
	return rmdir(inside) != 0 || rmdir(outside) != 0;
}

/* Runs `what` shut in; its result is 0 or says where it went wrong. */
static void shut_in(bool writing, int (*what)(void))
{
	struct sandbox s;
	int status;
	pid_t child;

	if (sandbox_version() == 0) {
		print_message("SKIPPED: this kernel has no Landlock\n");
		skip();
	}
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		if (!sandbox_open(&s))
			_exit(100);
		sandbox_may_read(&s, inside);
		sandbox_may_read(&s, "/there/is/no/such/folder");
		if (writing)
			sandbox_may_write(&s, inside);
		_exit(sandbox_enter(&s) ? what() : 101);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static int reads(void)
{
	return get(in(inside, "a")) != 0 ? 1 : get(in(outside, "b")) != EACCES ? 2 : get("/etc/passwd") != EACCES ? 3 :
	       put(in(inside, "a")) != EACCES ? 4 : put(in(inside, "new")) != EACCES ? 5 : 0;
}

static void test_reading(void **state)
{
	(void)state;
	shut_in(false, reads);
}

static int writes(void)
{
	char new[200], newer[200];

	strcpy(new, in(inside, "new"));
	strcpy(newer, in(inside, "newer"));
	return put(new) != 0 ? 1 : rename(new, newer) != 0 ? 2 : unlink(newer) != 0 ? 3 : put(in(outside, "new")) != EACCES ? 4 :
	       unlink(in(outside, "b")) == 0 ? 5 : mkdir(in(inside, "folder"), 0700) == 0 ? 6 : 0;
}

static void test_writing(void **state)
{
	(void)state;
	shut_in(true, writes);
}

static int calls(void)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(9), .sin_addr = { htonl(INADDR_LOOPBACK) } };
	int s = socket(AF_INET, SOCK_STREAM, 0);

	if (s < 0)
		return 0; /* there is no network at all */
	return connect(s, (struct sockaddr *)&to, sizeof to) == 0 ? 1 : errno != EACCES ? 2 : 0;
}

static void test_network(void **state)
{
	(void)state;
	if (sandbox_version() < 4) {
		print_message("SKIPPED: this kernel's Landlock leaves the network open\n");
		skip();
	}
	shut_in(false, calls);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reading), cmocka_unit_test(test_writing), cmocka_unit_test(test_network),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
