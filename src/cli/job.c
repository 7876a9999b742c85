#define _XOPEN_SOURCE 700 /* realpath */
#include "cli/job.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/resource.h"
#include "doc/check.h"
#include "doc/number.h"
#include "lang/dates.h"
#include "lang/textpass.h"
#include "layout/layout.h"
#include "read/docbook.h"
#include "read/fontmap.h"
#include "read/theme.h"
#include "report/press_check.h"
#include "report/report.h"

enum { MOST_SETTINGS = 4 * 1024 * 1024, LONG_JOB_NODES = 30000 };

void job_init(struct job *j, const struct options *o, struct diag_log *log)
{
	memset(j, 0, sizeof *j);
	j->options = o;
	j->log = log;
	arena_init(&j->arena);
}

void job_close(struct job *j)
{
	if (j->pages != NULL)
		pages_free(j->pages);
	shaper_close(j->shaper);
	fonts_close(j->fonts);
	fontmap_free(j->fontmap);
	theme_free(j->theme);
	if (j->langs != NULL)
		langs_close(j->langs);
	if (j->doc != NULL)
		doc_free(j->doc);
	arena_free(&j->arena);
}

/* Long jobs say on a terminal what they are at; short ones and pipes stay quiet. */
static void progress(const struct job *j, const char *what)
{
	if (j->doc != NULL && j->doc->n_nodes > LONG_JOB_NODES && !j->options->quiet && j->options->diagnostics != DIAG_JSON && isatty(2))
		fprintf(stderr, "verstka: %s ...\n", what);
}

static bool is_fine(const struct job *j)
{
	return j->log->errors == 0;
}

/* ---- read -------------------------------------------------------------------------------------------- */

char *job_folder_of(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? arena_strdup(a, ".") : slash == path ? arena_strdup(a, "/") : arena_dup(a, path, (size_t)(slash - path));
}

/* Days since 1970-01-01 of a proleptic Gregorian date, and back: no time zone, no libc locale. */
static void civil_of(int64_t days, int *y, int *m, int *d)
{
	int64_t z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365, doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;

	*d = (int)(doy - (153 * mp + 2) / 5 + 1);
	*m = (int)(mp < 10 ? mp + 3 : mp - 9);
	*y = (int)(yoe + era * 400 + (*m <= 2));
}

/* "2014", "2014-06", "2014-06-09": what is missing counts as 1. False: none of these. */
static bool parse_date(const char *s, int *y, int *m, int *d)
{
	int *part[3] = { y, m, d };
	int n = 0;

	*m = *d = 1;
	while (n < 3 && *s >= '0' && *s <= '9') {
		int digits = 0, v = 0;

		for (; *s >= '0' && *s <= '9' && digits < 5; s++, digits++)
			v = v * 10 + (*s - '0');
		if (digits != (n == 0 ? 4 : 2))
			return false;
		*part[n++] = v;
		if (*s != '-')
			break;
		s++;
	}
	return n > 0 && *y >= 1000 && *m >= 1 && *m <= 12 && *d >= 1 && *d <= 31;
}

/* The date that the outputs carry: the environment's, else the document's, never the clock's. */
static bool find_date(struct job *j)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH"), *written = j->doc->info.date;
	char *end = NULL;
	int y = 0, m = 1, d = 1;

	if (epoch != NULL && *epoch != '\0') {
		long long t;

		errno = 0;
		t = strtoll(epoch, &end, 10);
		if (errno != 0 || *end != '\0' || t < 0 || t > 253402300799LL) {
			diag_error(j->log, "usage", DIAG_NOWHERE, "SOURCE_DATE_EPOCH is not a number of seconds: %s", epoch);
			j->log->worst = DIAG_USAGE;
			return false;
		}
		civil_of(t / 86400, &y, &m, &d);
		j->date = arena_printf(&j->arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", y, m, d, (int)(t % 86400 / 3600),
		                       (int)(t % 3600 / 60), (int)(t % 60));
		return true;
	}
	if ((written != NULL && parse_date(written, &y, &m, &d)) ||
	    (j->doc->info.year != NULL && parse_date(j->doc->info.year, &y, &m, &d)))
		j->date = arena_printf(&j->arena, "%04d-%02d-%02dT00:00:00Z", y, m, d);
	return true;
}

/* ---- the look: theme and map of fonts ----------------------------------------------------------------------- */

static const struct { const char *names[2]; const char *inside; } settings[] = {
	[JOB_THEME] = { { "theme.xml", NULL }, "theme.xml" }, [JOB_FONTS] = { { "fonts.xml", "fonts/fonts.xml" }, "fonts.xml" }
};

const char *job_source_folder(struct job *j)
{
	char folder[PATH_MAX];

	return realpath(job_folder_of(&j->arena, j->options->source), folder) != NULL ? arena_strdup(&j->arena, folder) : NULL;
}

const char *job_find_setting(struct job *j, enum job_setting which)
{
	const char *found = NULL, *from = job_source_folder(j);
	char folder[PATH_MAX];

	if (from == NULL)
		return NULL;
	memcpy(folder, from, strlen(from) + 1);
	while (found == NULL) {
		char *slash = strrchr(folder, '/');

		for (int i = 0; i < 2 && found == NULL && settings[which].names[i] != NULL; i++) {
			const char *path = arena_printf(&j->arena, "%s/%s", strcmp(folder, "/") == 0 ? "" : folder,
			                                settings[which].names[i]);

			if (file_exists(path))
				found = path;
		}
		if (slash == NULL || strcmp(folder, "/") == 0)
			break;
		slash[slash == folder ? 1 : 0] = '\0';
	}
	return found;
}

/* A settings file: named, found, or the one carried inside. Its text in *data (mem_free when *owned). */
static bool load_setting(struct job *j, const char *named, enum job_setting which, const char **path, const char **data,
                         size_t *len, char **owned)
{
	struct resource r;

	*owned = NULL;
	*path = named != NULL ? named : job_find_setting(j, which);
	if (*path != NULL) {
		if (!file_read(*path, MOST_SETTINGS, j->log, DIAG_NOWHERE, owned, len))
			return false;
		*data = *owned;
		return true;
	}
	r = resource_lookup(settings[which].inside);
	*path = arena_printf(&j->arena, "built-in %s", settings[which].inside);
	*data = r.data;
	*len = r.len;
	return r.data != NULL;
}

/* ---- the source ------------------------------------------------------------------------------------------ */

/* The words are corrected as the theme asks, and hyphenation.LANG.txt may lie beside it too. */
static void load_theme(struct job *j, const char **folder)
{
	const char *path, *data;
	char *owned;
	size_t len;

	*folder = NULL;
	if (!load_setting(j, j->options->theme, JOB_THEME, &path, &data, &len, &owned))
		return;
	j->theme = theme_read(data, len, path, j->doc->lang, j->log);
	if (owned != NULL)
		*folder = job_folder_of(&j->arena, path);
	mem_free(owned);
}

static bool is_same_folder(const char *a, const char *b)
{
	char ra[PATH_MAX], rb[PATH_MAX];

	return realpath(a, ra) != NULL && realpath(b, rb) != NULL && strcmp(ra, rb) == 0;
}

static void correct_words(struct job *j)
{
	const struct theme *t = j->theme;
	const struct text_switches on = {
		.compose = t->text.compose, .quotes = t->text.quotes, .titles = t->text.titles, .dashes = t->text.dashes,
		.ranges = t->text.ranges, .minus = t->text.minus, .ellipses = t->text.ellipses, .points = t->text.points,
		.notes = t->text.notes, .apostrophes = t->text.apostrophes, .signs = t->text.signs
	};

	textpass_quotes(j->doc, j->langs, &on, &j->text, j->log);
	dates_in_front(j->doc, j->langs, j->log);
	textpass_characters(j->doc, j->langs, &on, &j->text, j->log);
}

bool job_read(struct job *j)
{
	struct read_options ro = { .lenient = j->options->lenient };
	struct doc_words words;
	const char *folders[3] = { NULL, NULL, NULL };

	j->doc = docbook_read(j->options->source, &ro, j->log);
	if (j->doc == NULL)
		return false;
	folders[0] = job_folder_of(&j->arena, j->options->source);
	load_theme(j, &folders[1]);
	if (folders[1] != NULL && is_same_folder(folders[0], folders[1]))
		folders[1] = NULL;
	j->langs = langs_open(folders);
	j->lang = langs_lookup(j->langs, j->doc->lang, j->log);
	if (j->theme != NULL)
		correct_words(j);
	lang_words_for_doc(j->lang, &words);
	doc_finish(j->doc, &words, j->log, j->options->lenient);
	if (j->theme != NULL && j->theme->text.own_digits)
		textpass_digits(j->doc, j->langs, j->log);
	doc_check(j->doc, j->log, j->options->lenient);
	return find_date(j) && j->theme != NULL && is_fine(j);
}

/* ---- fonts ------------------------------------------------------------------------------------------------- */

bool job_style(struct job *j)
{
	const char *path, *data;
	char *owned;
	size_t len;

	if (!load_setting(j, j->options->fonts, JOB_FONTS, &path, &data, &len, &owned))
		return false;
	j->fontmap = fontmap_read(data, len, path, j->log);
	mem_free(owned);
	if (j->fontmap == NULL)
		return false;
	j->fonts = fonts_open(j->fontmap, j->log);
	if (j->fonts == NULL)
		return false;
	j->shaper = shaper_open(j->fonts);
	return is_fine(j);
}

/* ---- layout ------------------------------------------------------------------------------------------------ */

bool job_layout(struct job *j)
{
	struct layout_options lo = { .allow_missing_glyphs = j->options->allow_missing_glyphs,
		                    .paginate = j->options->paginate, .pages = j->options->pages };

	progress(j, "setting the pages");
	j->pages = layout_document(j->doc, j->theme, j->fonts, j->shaper, j->langs, &lo, j->log);
	if (j->pages == NULL)
		return false;
	pages_check(j->pages, j->doc, j->options->lenient, j->log);
	if (j->options->command == CMD_CHECK || (j->options->command == CMD_BUILD && (j->options->only & ONLY_PRINT) != 0))
		press_check(j->pages, j->theme, j->log);
	return is_fine(j);
}

static bool print(struct job *j, const struct buf *out)
{
	bool ok = fwrite(out->data, 1, out->len, stdout) == out->len && fflush(stdout) == 0;

	if (!ok)
		diag_fail(j->log, "io", DIAG_NOWHERE, "cannot write to standard output");
	return ok;
}

bool job_dump(struct job *j)
{
	struct buf out;
	bool ok;

	buf_init(&out);
	pages_dump(j->pages, j->doc, &out);
	ok = print(j, &out);
	buf_free(&out);
	return ok;
}

bool job_report(struct job *j)
{
	const char *path = j->options->report_file;
	size_t n = path != NULL ? strlen(path) : 0;
	bool json = n > 5 && strcmp(path + n - 5, ".json") == 0, ok;
	struct buf out;

	buf_init(&out);
	report_write(j->pages, j->log, json ? REPORT_JSON : REPORT_TEXT, &out);
	ok = path != NULL ? file_write(path, out.data, out.len, j->log) : print(j, &out);
	buf_free(&out);
	return ok;
}
