/* verstka as a library: an example, and the test of src/verstka.h.
 *
 *     example SOURCE FOLDER [LANG]  builds all files (of the translation into LANG) into FOLDER and says what there was to say
 *     example --test GOOD BAD OTHER FOLDER  makes sure of what verstka.h promises (tests/run); OTHER has translations: en, fr */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verstka.h"

static void say(const struct verstka *v)
{
	static const char *const levels[] = { "note", "warning", "error" };

	for (size_t i = 0; i < verstka_message_count(v); i++) {
		struct verstka_message m = verstka_message(v, i);

		printf("%s:%d:%d: %s: %s [%s]\n", m.file != NULL ? m.file : "-", m.line, m.column, levels[m.level], m.text, m.code);
	}
}

static int build(const char *source, const char *folder, const char *lang)
{
	struct verstka_options o = { .lang = lang };
	struct verstka *v = verstka_open(source, &o);
	enum verstka_status status;

	if (v == NULL)
		return VERSTKA_ENVIRONMENT;
	status = verstka_build(v);
	if (status == VERSTKA_DONE)
		status = verstka_write(v, VERSTKA_ALL, folder);
	for (size_t i = 0; i < verstka_page_count(v); i++) {
		struct verstka_page p = verstka_page(v, i);

		printf("page %s begins at line %d\n", p.label, p.line);
	}
	say(v);
	verstka_close(v);
	return (int)status;
}

/* ---- the test ------------------------------------------------------------------------------------------------ */

#define MUST(X) ((X) ? (void)0 : (fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #X), exit(1)))

enum { OUTPUTS = 4 };
static const enum verstka_output kinds[OUTPUTS] = { VERSTKA_PRINT, VERSTKA_SCREEN, VERSTKA_EPUB, VERSTKA_TICKET };

struct work {
	const char *source, *lang;
	void *bytes[OUTPUTS];
	size_t len[OUTPUTS], pages;
};

static void *make_all(void *arg)
{
	struct work *w = arg;
	struct verstka_options o = { .lang = w->lang };
	struct verstka *v = verstka_open(w->source, &o);

	MUST(v != NULL);
	MUST(verstka_build(v) == VERSTKA_DONE);
	w->pages = verstka_page_count(v);
	MUST(w->pages > 0 && verstka_page(v, 0).line > 0 && verstka_page(v, 0).width > 65536);
	for (int i = 0; i < OUTPUTS; i++)
		MUST(verstka_make(v, kinds[i], &w->bytes[i], &w->len[i]) == VERSTKA_DONE && w->len[i] > 100);
	verstka_close(v);
	return NULL;
}

static void must_be_same(struct work *a, struct work *b)
{
	MUST(a->pages == b->pages);
	for (int i = 0; i < OUTPUTS; i++)
		MUST(a->len[i] == b->len[i] && memcmp(a->bytes[i], b->bytes[i], a->len[i]) == 0);
}

static void forget(struct work *w)
{
	for (int i = 0; i < OUTPUTS; i++)
		verstka_free(w->bytes[i]);
}

/* One after the other, and all at once, two of each: whatever else the process does, a document gives the same bytes. */
enum { DOCUMENTS = 4 };

static void together(const char *one, const char *two)
{
	const struct work what[DOCUMENTS] = { { .source = one }, { .source = two }, { two, .lang = "en" }, { two, .lang = "fr" } };
	struct work first[DOCUMENTS], again[2 * DOCUMENTS];
	pthread_t thread[2 * DOCUMENTS];

	for (int i = 0; i < 2 * DOCUMENTS; i++) {
		again[i] = what[i % DOCUMENTS];
		MUST(pthread_create(&thread[i], NULL, make_all, &again[i]) == 0);
	}
	for (int i = 0; i < 2 * DOCUMENTS; i++)
		MUST(pthread_join(thread[i], NULL) == 0);
	for (int i = 0; i < DOCUMENTS; i++) {
		first[i] = what[i];
		make_all(&first[i]);
		must_be_same(&first[i], &again[i]);
		must_be_same(&first[i], &again[i + DOCUMENTS]);
	}
	MUST(first[2].len[0] != first[3].len[0] || memcmp(first[2].bytes[0], first[3].bytes[0], first[2].len[0]) != 0);
	for (int i = 0; i < DOCUMENTS; i++) {
		forget(&first[i]);
		forget(&again[i]);
		forget(&again[i + DOCUMENTS]);
	}
}

static void translations(const char *good, const char *translated, const char *folder)
{
	struct verstka_options o = { .lang = "en" };
	struct verstka *v = verstka_open(translated, &o);

	MUST(verstka_build(v) == VERSTKA_DONE && verstka_write(v, VERSTKA_EPUB, folder) == VERSTKA_DONE);
	verstka_close(v);
	o.lang = "tlh"; /* no such translation */
	v = verstka_open(translated, &o);
	MUST(verstka_build(v) == VERSTKA_USAGE && verstka_page_count(v) == 0 && verstka_message_count(v) > 0);
	verstka_close(v);
	o.lang = "fr"; /* no translations at all */
	v = verstka_open(good, &o);
	MUST(verstka_build(v) != VERSTKA_DONE && verstka_message_count(v) > 0);
	verstka_close(v);
}

static void promises(const char *good, const char *bad, const char *folder)
{
	struct verstka_options o = { .strict = true, .pages = 0, .paginate = VERSTKA_GREEDY };
	struct verstka *v = verstka_open(good, NULL);
	struct verstka_message m;
	void *bytes;
	size_t len, said;

	/* nothing can be had before it is built, and it is built once */
	MUST(verstka_page_count(v) == 0 && verstka_page_of(v, "x") == -1 && verstka_message_count(v) == 0);
	MUST(verstka_make(v, VERSTKA_EPUB, &bytes, &len) == VERSTKA_USAGE && bytes == NULL && len == 0);
	MUST(verstka_write(v, VERSTKA_ALL, folder) == VERSTKA_USAGE);
	MUST(verstka_build(v) == VERSTKA_DONE);
	MUST(verstka_build(v) == VERSTKA_USAGE);
	MUST(verstka_make(v, (enum verstka_output)(VERSTKA_PRINT | VERSTKA_EPUB), &bytes, &len) == VERSTKA_USAGE);
	MUST(verstka_write(v, 0, folder) == VERSTKA_USAGE && verstka_write(v, 64, folder) == VERSTKA_USAGE);
	MUST(verstka_page(v, 100000).label == NULL);
	MUST(verstka_page_of(v, "last") == (int64_t)verstka_page_count(v) - 1 && verstka_page_of(v, "no such id") == -1);
	MUST(verstka_make(v, VERSTKA_PRINT, &bytes, &len) == VERSTKA_DONE);
	verstka_free(bytes);
	said = verstka_message_count(v);
	MUST(verstka_write(v, VERSTKA_ALL, folder) == VERSTKA_DONE);
	MUST(verstka_message_count(v) == said); /* the printing condition was named before */
	MUST(verstka_write(v, VERSTKA_EPUB, "/proc/no such folder") == VERSTKA_ENVIRONMENT);
	m = verstka_message(v, verstka_message_count(v) - 1);
	MUST(m.level == VERSTKA_ERROR && strcmp(m.code, "io") == 0);
	verstka_close(v);

	v = verstka_open(bad, NULL);
	MUST(verstka_build(v) == VERSTKA_DOCUMENT && verstka_page_count(v) == 0);
	m = verstka_message(v, 0);
	MUST(m.level == VERSTKA_ERROR && m.line == 3 && m.file != NULL && strcmp(m.code, "dangling-link") == 0 && m.text[0] != '\0');
	MUST(verstka_make(v, VERSTKA_SCREEN, &bytes, &len) == VERSTKA_USAGE);
	verstka_close(v);

	v = verstka_open("/no/such/file.xml", &o);
	MUST(verstka_build(v) == VERSTKA_ENVIRONMENT && strcmp(verstka_message(v, 0).code, "io") == 0);
	verstka_close(v);
	o.theme = bad;
	v = verstka_open(good, &o);
	MUST(verstka_build(v) == VERSTKA_DOCUMENT && strcmp(verstka_message(v, 0).code, "theme") == 0);
	verstka_close(v);
	verstka_close(NULL);
	MUST(strchr(verstka_version(), '.') != NULL);
}

int main(int argc, char **argv)
{
	if (argc == 6 && strcmp(argv[1], "--test") == 0) {
		promises(argv[2], argv[3], argv[5]);
		together(argv[2], argv[4]);
		translations(argv[2], argv[4], argv[5]);
		puts("as promised");
		return 0;
	}
	if (argc == 3 || argc == 4)
		return build(argv[1], argv[2], argc == 4 ? argv[3] : NULL);
	fputs("usage: example SOURCE FOLDER [LANG] | example --test GOOD BAD OTHER FOLDER\n", stderr);
	return VERSTKA_USAGE;
}
