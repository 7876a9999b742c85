/* In the place of libFuzzer's main: a target's corpus as an ordinary test. Files, and all files of folders. */
#define _XOPEN_SOURCE 700
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "fuzz.h"

static int count;

static void replay(const char *path)
{
	struct diag_log log;
	char *data;
	size_t len;

	diag_init(&log);
	if (!file_read(path, (size_t)64 << 20, &log, DIAG_NOWHERE, &data, &len)) {
		diag_print(&log, 0, stderr, DIAG_TEXT);
		exit(3);
	}
	fprintf(stderr, "%s\n", path); /* whose fault a crash is */
	LLVMFuzzerTestOneInput((const uint8_t *)data, len);
	mem_free(data);
	diag_free(&log);
	count++;
}

static void replay_folder(const char *path)
{
	struct dirent **v;
	int n = scandir(path, &v, NULL, alphasort);

	for (int i = 0; i < n; i++) {
		char name[1000];

		snprintf(name, sizeof name, "%s/%s", path, v[i]->d_name);
		if (v[i]->d_name[0] != '.' && file_is_regular(name))
			replay(name);
		free(v[i]);
	}
	if (n >= 0)
		free(v);
}

int main(int argc, char **argv)
{
	struct stat st;

	for (int i = 1; i < argc; i++) {
		if (stat(argv[i], &st) == 0 && S_ISDIR(st.st_mode))
			replay_folder(argv[i]);
		else
			replay(argv[i]);
	}
	printf("%d inputs\n", count);
	return count > 0 ? 0 : 3;
}
