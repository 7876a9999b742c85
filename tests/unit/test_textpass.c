/* Rules of characters: tests/data/characters.txt, blocks of several nodes, counters, titles of works. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "doc/doc.h"
#include "lang/compose.h"
#include "lang/lang.h"
#include "lang/textpass.h"

static const struct text_switches all_on = {
	.compose = true, .quotes = true, .titles = true, .dashes = true, .ranges = true, .minus = true, .ellipses = true,
	.points = true, .notes = true, .apostrophes = true, .widths = true, .spaces = true, .ordinals = true
};

static struct node *put(struct doc *d, struct node *parent, enum node_kind kind)
{
	struct node *n = doc_node(d, kind, NULL, DIAG_NOWHERE);

	doc_append(parent, n);
	return n;
}

static struct doc *new_doc(const char *lang)
{
	struct doc *d = doc_new();

	d->lang = lang;
	d->root = doc_node(d, N_ROOT, NULL, DIAG_NOWHERE);
	return d;
}

/* A paragraph from the notation of characters.txt. */
static struct node *parse(struct doc *d, const char *s)
{
	struct node *para = put(d, d->root, N_PARA), *into = para;

	while (*s != '\0') {
		size_t len;

		if (strncmp(s, "<q>", 3) == 0) {
			into = put(d, para, N_SPAN);
			into->u.span.kind = SPAN_QUOTE;
			s += 3;
		} else if (strncmp(s, "</q>", 4) == 0) {
			into = para;
			s += 4;
		} else if (*s == '`') {
			struct node *code = put(d, into, N_SPAN);

			code->u.span.kind = SPAN_CODE;
			len = strcspn(s + 1, "`");
			doc_append(code, doc_text(d, s + 1, len, DIAG_NOWHERE));
			s += len + 2;
		} else if (*s == '[') {
			put(d, put(d, into, N_FOOTNOTE), N_PARA);
			s = strchr(s, ']') + 1;
		} else {
			len = strcspn(s, "[`");
			for (size_t i = 1; i < len; i++) {
				if (strncmp(s + i, "<q>", 3) == 0 || strncmp(s + i, "</q>", 4) == 0)
					len = i;
			}
			doc_append(into, doc_text(d, s, len, DIAG_NOWHERE));
			s += len;
		}
	}
	return para;
}

static void write_out(const struct node *para, struct buf *out)
{
	int notes = 0;

	buf_clear(out);
	for (const struct node *n = para; n != NULL; n = n->kind == N_FOOTNOTE ? doc_next_skip(para, n) : doc_next(para, n)) {
		bool raised = n->kind == N_TEXT && n->parent->kind == N_SPAN && n->parent->u.span.kind == SPAN_SUPER;
		bool code = n->kind == N_TEXT && n->parent->kind == N_SPAN && n->parent->u.span.kind == SPAN_CODE;

		if (n->kind == N_FOOTNOTE)
			buf_printf(out, "[%d]", ++notes);
		else if (n->kind == N_TEXT)
			buf_printf(out, "%s%.*s%s", code ? "`" : raised ? "^" : "", (int)n->u.text.len, n->u.text.s, code ? "`" : raised ? "^" : "");
	}
}

/* Notes are numbered from 1 in what comes out; the table may have any numbers. */
static void renumber(char *s)
{
	int notes = 0;

	for (; *s != '\0'; s++) {
		if (s[0] == '[' && s[1] >= '0' && s[1] <= '9')
			s[1] = (char)('0' + ++notes);
	}
}

static struct text_switches switches(const char *names)
{
	struct text_switches on = all_on;

	on.signs = strcmp(names, "signs") == 0;
	on.thousands = strcmp(names, "thousands") == 0;
	on.quotes = strcmp(names, "-quotes") != 0;
	on.dashes = strcmp(names, "-dashes") != 0;
	on.ranges = strcmp(names, "-ranges") != 0;
	on.minus = strcmp(names, "-minus") != 0;
	on.ellipses = strcmp(names, "-ellipses") != 0;
	on.points = strcmp(names, "-points") != 0;
	on.notes = strcmp(names, "-notes") != 0;
	on.apostrophes = strcmp(names, "-apostrophes") != 0;
	on.widths = strcmp(names, "-widths") != 0;
	on.spaces = strcmp(names, "-spaces") != 0;
	on.ordinals = strcmp(names, "-ordinals") != 0;
	return on;
}

static unsigned total(const struct text_counts *c)
{
	return c->composed + c->quotes + c->titles + c->dashes + c->ranges + c->minus + c->ellipses + c->points + c->notes +
	       c->apostrophes + c->signs + c->widths + c->spaces + c->ordinals + c->thousands;
}

static void the_table(void **state)
{
	FILE *f = fopen("tests/data/characters.txt", "r");
	char line[1000];
	int cases = 0, bad = 0;

	(void)state;
	assert_non_null(f);
	while (fgets(line, sizeof line, f) != NULL) {
		char *tab = strchr(line, '\t'), *second = tab == NULL ? NULL : strchr(tab + 1, '\t'), *space = strchr(line, ' ');
		struct text_counts count = { 0 };
		struct text_switches on;
		struct diag_log log;
		struct langs *l;
		struct doc *d;
		struct node *para;
		struct buf out;

		if (line[0] == '#' || second == NULL || space == NULL)
			continue;
		line[strcspn(line, "\n")] = '\0';
		*space = *tab = *second = '\0';
		cases++;
		diag_init(&log);
		buf_init(&out);
		l = langs_open(NULL);
		d = new_doc(line);
		on = switches(space + 1);
		para = parse(d, tab + 1);
		textpass_quotes(d, l, &on, &count, &log);
		textpass_characters(d, l, &on, &count, &log);
		write_out(para, &out);
		renumber(second + 1);
		renumber(tab + 1);
		if (strcmp(out.data, second + 1) != 0) {
			fprintf(stderr, "%s %s: %s\n  made   %s\n  not    %s\n", line, space + 1, tab + 1, out.data, second + 1);
			bad++;
		} else if (strstr(tab + 1, "<q>") == NULL && (total(&count) != 0) != (strcmp(tab + 1, out.data) != 0)) {
			fprintf(stderr, "%s: counted %u changes\n", tab + 1, total(&count));
			bad++;
		}
		/* what came out is right already: a second time changes nothing */
		count = (struct text_counts){ 0 };
		textpass_characters(d, l, &on, &count, &log);
		if (total(&count) != 0) {
			fprintf(stderr, "%s: %u changes of what was right\n", out.data, total(&count));
			bad++;
		}
		buf_free(&out);
		doc_free(d);
		langs_close(l);
		diag_free(&log);
	}
	fclose(f);
	assert_int_equal(bad, 0);
	assert_true(cases > 70);
}

/* A rule sees the block, not the node: «<emphasis>"Весна</emphasis>"»; a range of which one half is emphasised. */
static void across_nodes(void **state)
{
	struct langs *l = langs_open(NULL);
	struct doc *d = new_doc("ru");
	struct node *para = put(d, d->root, N_PARA), *em;
	struct text_counts count = { 0 };
	struct diag_log log;
	struct buf out;

	(void)state;
	diag_init(&log);
	buf_init(&out);
	em = put(d, para, N_SPAN);
	doc_append(em, doc_text(d, "\"Весна", strlen("\"Весна"), DIAG_NOWHERE));
	doc_append(para, doc_text(d, "\" 10-", 5, DIAG_NOWHERE));
	em = put(d, para, N_SPAN);
	doc_append(em, doc_text(d, "15", 2, DIAG_NOWHERE));
	textpass_characters(d, l, &all_on, &count, &log);
	write_out(para, &out);
	assert_string_equal(out.data, "«Весна» 10–15");
	assert_int_equal(count.quotes, 2);
	assert_int_equal(count.ranges, 1);
	assert_int_equal(log.n, 0);
	buf_free(&out);
	diag_free(&log);
	doc_free(d);
	langs_close(l);
}

static void unpaired_marks_are_said(void **state)
{
	struct langs *l = langs_open(NULL);
	struct doc *d = new_doc("ru");
	struct text_counts count = { 0 };
	struct diag_log log;

	(void)state;
	diag_init(&log);
	parse(d, "одно \"слово");
	textpass_characters(d, l, &all_on, &count, &log);
	assert_int_equal(count.unpaired, 1);
	assert_int_equal(log.n, 1);
	assert_string_equal(log.v[0].code, "quotes-unpaired");
	diag_free(&log);
	doc_free(d);
	langs_close(l);
}

static void titles(void **state)
{
	static const struct { const char *lang; bool part; const char *before, *title, *set; } cases[] = {
		{ "ru", false, "", "Дар", "«Дар»" }, { "ru", true, "", "Дар", "«Дар»" }, { "ru", false, "«", "Дар", "«Дар" },
		{ "ru", false, "", "«Дар»", "«Дар»" }, { "en", false, "", "Emma", "Emma" }, { "en", true, "", "Essay", "‘Essay’" },
		{ "zh", false, "", "红楼梦", "《红楼梦》" }, { "fr", false, "", "Emma", "Emma" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct langs *l = langs_open(NULL);
		struct doc *d = new_doc(cases[i].lang);
		struct node *para = put(d, d->root, N_PARA), *span;
		struct text_counts count = { 0 };
		struct diag_log log;
		struct buf out;

		diag_init(&log);
		buf_init(&out);
		if (*cases[i].before != '\0')
			doc_append(para, doc_text(d, cases[i].before, strlen(cases[i].before), DIAG_NOWHERE));
		span = put(d, para, N_SPAN);
		span->element = "citetitle";
		span->u.span.kind = SPAN_TITLE;
		span->u.span.part = cases[i].part;
		doc_append(span, doc_text(d, cases[i].title, strlen(cases[i].title), DIAG_NOWHERE));
		textpass_quotes(d, l, &all_on, &count, &log);
		write_out(para, &out);
		assert_string_equal(out.data, cases[i].set);
		assert_int_equal(span->u.span.quoted, strcmp(cases[i].lang, "en") != 0 ? strcmp(cases[i].lang, "fr") != 0 : cases[i].part);
		buf_free(&out);
		diag_free(&log);
		doc_free(d);
		langs_close(l);
	}
}

/* In a bibliography a title has no marks, and in Russian no italics either. */
static void titles_of_entries(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		struct langs *l = langs_open(NULL);
		struct doc *d = new_doc(i == 0 ? "ru" : "en");
		struct node *entry = put(d, d->root, N_PARA), *span = put(d, entry, N_SPAN);
		struct text_counts count = { 0 };
		struct diag_log log;
		struct buf out;

		diag_init(&log);
		buf_init(&out);
		entry->element = "biblioentry";
		span->element = "citetitle";
		span->u.span.kind = SPAN_TITLE;
		doc_append(span, doc_text(d, "X", 1, DIAG_NOWHERE));
		textpass_quotes(d, l, &all_on, &count, &log);
		write_out(entry, &out);
		assert_string_equal(out.data, "X");
		assert_int_equal(span->u.span.quoted, i == 0);
		assert_int_equal(count.titles, 0);
		buf_free(&out);
		diag_free(&log);
		doc_free(d);
		langs_close(l);
	}
}

/* Work in proportion: a paragraph of nothing but what rules look for. */
static void hostile(void **state)
{
	static const char *const seeds[] = { "\"", "-", ".", "1-", "I-", "«", "'", "a\"", "...", "!?", "0x" };
	struct langs *l = langs_open(NULL);
	struct diag_log log;

	(void)state;
	diag_init(&log);
	for (size_t i = 0; i < sizeof seeds / sizeof *seeds; i++) {
		struct doc *d = new_doc("ru");
		struct text_counts count = { 0 };
		struct buf b;

		buf_init(&b);
		for (int k = 0; k < 200000; k++)
			buf_puts(&b, seeds[i]);
		doc_append(put(d, d->root, N_PARA), doc_text(d, b.data, b.len, DIAG_NOWHERE));
		textpass_characters(d, l, &all_on, &count, &log);
		buf_free(&b);
		doc_free(d);
	}
	diag_free(&log);
	langs_close(l);
}

/* Attributes and what a document says of itself are composed with the text; scripts that compose in other blocks too. */
static void composed_data(void **state)
{
	static const struct { const char *in, *want; } texts[] = {
		{ "\xd0\xb8\xcc\x86", "\xd0\xb9" }, { "\xe3\x81\x8b\xe3\x82\x99", "\xe3\x81\x8c" },
		{ "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", "\xed\x95\x9c" }, { "\xd8\xa7\xd9\x93", "\xd8\xa2" },
		{ "plain", "plain" }, { "\xcc", "\xcc" },
	};
	struct text_counts count = { 0 };
	struct langs *l = langs_open(NULL);
	struct doc *d = new_doc("ru");
	struct node *image = put(d, d->root, N_IMAGE);
	size_t len;

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		const char *made = compose_text(&d->arena, texts[i].in, strlen(texts[i].in), &len);

		assert_string_equal(made, texts[i].want);
		assert_int_equal(len, strlen(texts[i].want));
	}
	image->u.image.alt = texts[0].in;
	d->info.abstract = texts[0].in;
	textpass_characters(d, l, &all_on, &count, NULL);
	assert_string_equal(image->u.image.alt, texts[0].want);
	assert_string_equal(d->info.abstract, texts[0].want);
	doc_free(d);
	langs_close(l);
}

/* What the masthead, running heads and the metadata show is set by the rules of its own language. */
static void words_of_the_front(void **state)
{
	struct text_counts count = { 0 };
	struct langs *l = langs_open(NULL);
	struct doc *d = new_doc("fr");
	struct node *division = put(d, d->root, N_DIVISION);

	(void)state;
	d->info.motto = "L'eau - \"affaire\" de tous!";
	d->info.series = "Note d'analyse";
	d->info.org = "Проект \"Вода\"";
	d->info.lang_of[INFO_ORG] = "ru";
	division->u.division.short_title = "L'eau";
	textpass_characters(d, l, &all_on, &count, NULL);
	assert_string_equal(d->info.motto, "L’eau – «\xe2\x80\xaf" "affaire\xe2\x80\xaf» de tous\xe2\x80\xaf!");
	assert_string_equal(d->info.series, "Note d’analyse");
	assert_string_equal(d->info.org, "Проект «Вода»");
	assert_string_equal(division->u.division.short_title, "L’eau");
	doc_free(d);
	langs_close(l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table), cmocka_unit_test(across_nodes), cmocka_unit_test(unpaired_marks_are_said),
		cmocka_unit_test(composed_data), cmocka_unit_test(titles), cmocka_unit_test(titles_of_entries), cmocka_unit_test(hostile),
		cmocka_unit_test(words_of_the_front),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
