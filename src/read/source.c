#include "read/source.h"

#include "base/mem.h"
#include "read/below.h"
#include "read/xinclude.h"

struct source *source_open(const char *path, bool lenient, struct diag_log *log)
{
	struct source *s = mem_zalloc(1, sizeof *s);

	arena_init(&s->arena);
	s->path = arena_strdup(&s->arena, path);
	s->folder = below_folder(&s->arena, path);
	if (s->folder == NULL)
		s->folder = "/nonexistent/"; /* reading says what is wrong */
	s->root = xinclude_load(s, lenient, log);
	if (s->root != NULL)
		return s;
	source_close(s);
	return NULL;
}

void source_close(struct source *s)
{
	if (s == NULL)
		return;
	arena_free(&s->arena);
	mem_free(s);
}
