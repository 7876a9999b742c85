/* Every allocation of libverstka.a made to fail, one after the other: memory SOURCE FOLDER EACH [LANG [AT]]
 * The n-th allocation gets nothing (or it and all after it), n = EACH, 2 EACH ...; each time the call says so, no file is
 * in FOLDER (empty at the start), no descriptor stays open, and the document can be closed. LANG: of that translation. AT:
 * only that one. What other libraries take for themselves is not counted here (tests/starve). Linked with malloc and its
 * kin wrapped. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "verstka.h"

static unsigned long made, fail_at;
static bool forever;

void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t n);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t n);

static bool is_refused(void)
{
	made++;
	return fail_at > 0 && (forever ? made >= fail_at : made == fail_at);
}

void *__wrap_malloc(size_t n)
{
	return is_refused() ? NULL : __real_malloc(n);
}

void *__wrap_calloc(size_t n, size_t size)
{
	return is_refused() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t n)
{
	return is_refused() ? NULL : __real_realloc(p, n);
}

static int entries(const char *folder)
{
	DIR *d = opendir(folder);
	int n = 0;

	while (d != NULL && readdir(d) != NULL)
		n++;
	if (d != NULL)
		closedir(d);
	return n;
}

#define MUST(X) ((X) ? (void)0 : (fprintf(stderr, "allocation %lu: not so: %s\n", n, #X), exit(1)))

/* True: the n-th was reached, and things went as they should. */
static bool starve(const char *source, const char *folder, const char *lang, unsigned long n)
{
	const struct verstka_options o = { .lang = lang };
	int files = entries("/proc/self/fd");
	enum verstka_status status;
	struct verstka *v;

	made = 0;
	fail_at = n;
	forever = n / 2 % 2 == 1;
	v = verstka_open(source, &o);
	status = v == NULL ? VERSTKA_ENVIRONMENT : verstka_build(v);
	if (status == VERSTKA_DONE)
		status = verstka_write(v, VERSTKA_ALL, folder);
	fail_at = 0;
	if (n == 0 || made < n) {
		MUST(status == VERSTKA_DONE);
		verstka_close(v);
		return false;
	}
	MUST(status == VERSTKA_ENVIRONMENT);
	MUST(v == NULL || verstka_message_count(v) > 0);
	MUST(v == NULL || strcmp(verstka_message(v, verstka_message_count(v) - 1).code, "memory") == 0);
	MUST(v == NULL || (verstka_build(v) != VERSTKA_DONE && verstka_write(v, VERSTKA_ALL, folder) != VERSTKA_DONE));
	verstka_close(v);
	MUST(entries(folder) == 2);
	MUST(entries("/proc/self/fd") == files);
	return true;
}

int main(int argc, char **argv)
{
	unsigned long each = argc > 3 ? strtoul(argv[3], NULL, 10) : 0, at = argc > 5 ? strtoul(argv[5], NULL, 10) : 0, n = 0, tried = 0;
	const char *lang = argc > 4 ? argv[4] : NULL;

	if (each == 0) {
		fputs("usage: memory SOURCE FOLDER EACH [LANG [AT]]\n", stderr);
		return 2;
	}
	if (at > 0)
		return starve(argv[1], argv[2], lang, at) ? 0 : 1;
	for (n = each; starve(argv[1], argv[2], lang, n); n += each)
		tried++;
	printf("%lu of %lu allocations refused\n", tried, made);
	return tried > 0 ? 0 : 1;
}
