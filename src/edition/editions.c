#include "edition/editions.h"

#include <string.h>

#include "base/crew.h"
#include "base/mem.h"
#include "edition/align.h"

/* One that there is nothing to say of: else each edition reads it, and says so in its turn. */
static struct fontmap *read_fontmap(struct editions *s)
{
	struct diag_log quiet;
	struct fontmap *map;
	bool said;

	diag_init(&quiet);
	map = edition_fontmap(&s->v[0].edition, &s->origin.arena, &quiet);
	said = quiet.n > 0;
	diag_free(&quiet);
	if (!said)
		return map;
	fontmap_free(map);
	return NULL;
}

bool editions_open(struct editions *s, const char *source, const struct edition_options *o, int workers, struct diag_log *log)
{
	memset(s, 0, sizeof *s);
	s->workers = workers > 0 ? workers : crew_processors();
	if (!origin_open(&s->origin, source, o->lenient, true, log))
		return false;
	if (s->origin.project.n == 0)
		origin_say_none(&s->origin, log);
	s->origin.font_files = font_files_new();
	s->origin.kept = kept_new();
	s->n = s->origin.project.n + 1;
	s->v = mem_zalloc(s->n, sizeof *s->v);
	for (size_t i = 0; i < s->n; i++) {
		struct one_of_editions *one = &s->v[i];

		one->options = *o;
		one->options.lang = i == 0 ? s->origin.units->lang : s->origin.project.lang[i - 1].tag;
		one->ok = true;
		diag_init(&one->log);
		one->log.strict = log->strict;
		diag_note(&one->log, "edition", DIAG_NOWHERE, "edition in %s", one->options.lang);
		edition_init(&one->edition, source, &one->options, &one->log);
		edition_share(&one->edition, &s->origin);
		if (i > 0) /* for all threads, before there are any */
			one->ok = origin_translation(&s->origin, one->options.lang, &one->log) != NULL;
	}
	s->origin.fontmap = read_fontmap(s);
	return true;
}

void editions_close(struct editions *s, struct diag_log *log)
{
	for (size_t i = 0; i < s->n; i++) {
		outputs_free(&s->v[i].made);
		edition_close(&s->v[i].edition);
		diag_move(log, &s->v[i].log);
	}
	if (s->n > 0)
		diag_unique(log, 0);
	mem_free(s->v);
	origin_close(&s->origin);
	memset(s, 0, sizeof *s);
}

static void prepare(struct one_of_editions *one)
{
	one->ok = one->ok && edition_read(&one->edition) && edition_style(&one->edition);
}

static void prepare_translation(void *context, size_t i)
{
	prepare(&((struct editions *)context)->v[i + 1]);
}

static void lay_out(void *context, size_t i)
{
	struct one_of_editions *one = &((struct editions *)context)->v[i];

	one->ok = one->ok && edition_layout(&one->edition);
}

/* Those that are ready for it. */
static bool align(struct editions *s, const char *places)
{
	struct edition **v = mem_zalloc(s->n, sizeof *v);
	int n = 0;
	bool ok;

	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].ok)
			v[n++] = &s->v[i].edition;
	ok = n < 2 || align_editions(v, n, *places != '\0' ? places : NULL, s->workers);
	mem_free(v);
	return ok;
}

/* What comes before pages. */
static void prepare_all(struct editions *s, const char *places)
{
	bool ok;

	crew_run(s->workers, s->n - 1, prepare_translation, s);
	prepare(&s->v[0]); /* it takes the tree that the translations are made from, and changes it */
	ok = places == NULL || align(s, places);
	for (size_t i = 0; i < s->n && !ok; i++)
		s->v[i].ok = false;
}

void editions_lay_out(struct editions *s, const char *places)
{
	prepare_all(s, places);
	crew_run(s->workers, s->n, lay_out, s);
}

struct building {
	struct editions *editions;
	int kinds;
	const char *folder;
	bool keep;
};

static void build(void *context, size_t i)
{
	const struct building *b = context;
	struct one_of_editions *one = &b->editions->v[i];

	lay_out(b->editions, i);
	if (one->ok)
		one->ok = b->kinds != 0 ? outputs_make_all(&one->edition, b->kinds, b->folder, &one->made)
		                        : outputs_make_proof(&one->edition, b->folder, &one->made);
	if (!b->keep) /* the next one finds the room */
		edition_let_go(&one->edition);
}

void editions_build(struct editions *s, const char *places, int kinds, const char *folder, bool keep)
{
	struct building b = { s, kinds, folder, keep };

	prepare_all(s, places);
	crew_run(s->workers, s->n, build, &b);
	for (size_t i = 0; i < s->n; i++) { /* naming files waits for no thread, so that a wish to stop finds all names or none */
		struct one_of_editions *one = &s->v[i];

		one->ok = one->ok && outputs_write(&one->made, &one->log);
		if (!one->ok)
			outputs_tell_old(&one->edition, kinds, folder);
		outputs_free(&one->made);
	}
}
