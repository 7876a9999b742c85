/* i18n/: sources cut into units, PO files right and wrong, translations' tags, tags of languages. Files are
 * written into a folder of their own. */
#define _POSIX_C_SOURCE 200809L

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "i18n/langtag.h"
#include "i18n/merge.h"
#include "i18n/xmlout.h"

#define HEAD "<article xmlns='http://docbook.org/ns/docbook' xmlns:xlink='http://www.w3.org/1999/xlink' " \
	"xmlns:its='http://www.w3.org/2005/11/its' version='5.0' xml:lang='ru'>\n"
#define PO_HEAD "msgid \"\"\nmsgstr \"\"\n\"Language: en\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"

static char folder[64] = "/tmp/verstka-test-XXXXXX";

struct job {
	struct diag_log log;
	struct arena a;
	struct source *source;
	struct units *units;
	struct translation *t;
};

static const char *put_file(const char *name, const char *text)
{
	static char path[128];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
	assert_int_equal(fclose(f), 0);
	return path;
}

/* body: what an article has behind its title; entries: of a PO file, or NULL for none. */
static void job_open(struct job *j, const char *body, const char *entries)
{
	char text[8192];

	memset(j, 0, sizeof *j);
	diag_init(&j->log);
	arena_init(&j->a);
	snprintf(text, sizeof text, HEAD "<title>Т</title>%s</article>", body);
	j->source = source_open(put_file("t.xml", text), false, &j->log);
	assert_non_null(j->source);
	j->units = units_open(j->source, &j->log);
	assert_non_null(j->units);
	if (entries == NULL)
		return;
	snprintf(text, sizeof text, PO_HEAD "%s", entries);
	j->t = translation_open(j->units, "en", put_file("en.po", text), &j->log);
}

static void job_close(struct job *j)
{
	translation_close(j->t);
	units_close(j->units);
	source_close(j->source);
	arena_free(&j->a);
	diag_free(&j->log);
}

/* The units behind the title's, joined by "|". */
static void expect_units(const char *body, const char *want)
{
	struct buf got;
	struct job j;

	job_open(&j, body, NULL);
	buf_init(&got);
	for (size_t i = 1; i < j.units->n; i++)
		buf_printf(&got, "%s%s", i > 1 ? "|" : "", j.units->v[i].text);
	assert_string_equal(got.len > 0 ? got.data : "", want);
	buf_free(&got);
	job_close(&j);
}

static void test_units(void **state)
{
	(void)state;
	expect_units("<para>Раз\n  два\tтри\xc2\xa0- </para>", "Раз два три\xc2\xa0-");
	expect_units("<para>А<footnote><para>б</para></footnote>, в<footnote><para>г</para></footnote></para>",
	             "А<footnote i=\"1\"/>, в<footnote i=\"2\"/>|б|г");
	expect_units("<para><phrase xml:lang='en'>Sole</phrase></para>", "Sole");
	expect_units("<para><emphasis>а</emphasis> <emphasis role='strong'>б</emphasis></para>",
	             "<emphasis>а</emphasis> <emphasis i=\"1\">б</emphasis>");
	expect_units("<para>а &lt; б &amp; <![CDATA[<в>]]></para>", "а &lt; б &amp; &lt;в&gt;");
	expect_units("<para>120, 14.03</para><para>2014</para>", "");
	expect_units("<para its:translate='no'>нет <phrase its:translate='yes'>да</phrase></para>", "да");
	expect_units("<para>слово <code its:translate='no'>код</code></para>", "слово <code i=\"1\"/>");
	expect_units("<para>до<itemizedlist><listitem><para>внутри</para></listitem></itemizedlist>после</para>",
	             "до<itemizedlist i=\"1\"/>после|внутри");
	expect_units("<programlisting>  а\n   б </programlisting>", "  а\n   б ");
	expect_units("<para><link xlink:href='http://example.org/'>example.org</link></para>", "");
	expect_units("<para>текст <inlineequation><mathphrase>E</mathphrase></inlineequation></para>", "текст <inlineequation i=\"1\"/>");
	expect_units("<para>а <phrase its:withinText='nested'>б</phrase></para>", "а <phrase i=\"1\"/>|б");
}

/* A translation of `а <emphasis>б</emphasis> <link i="1">в</link><footnote i="1"/>`: NULL, or the fault it has. */
static void expect_fault(const char *translation, const char *want)
{
	const char *fault = NULL;
	size_t at = 0;
	struct markup *m;
	struct job j;

	job_open(&j, "<para>а <emphasis>б</emphasis> <link linkend='x'>в</link><footnote><para>г</para></footnote></para>", NULL);
	m = markup_parse(&j.units->v[1], translation, &j.a, &fault, &at);
	if (want == NULL) {
		assert_null(fault);
		assert_non_null(m);
	} else {
		assert_null(m);
		assert_non_null(fault);
		if (strstr(fault, want) == NULL)
			fail_msg("%s: %s", translation, fault);
	}
	job_close(&j);
}

static void test_markup(void **state)
{
	(void)state;
	expect_fault("a <emphasis>b</emphasis> <link i=\"1\">c</link><footnote i=\"1\"/>", NULL);
	expect_fault("<footnote i='1'></footnote><link i = \"1\" >c</link >", NULL);
	expect_fault("<emphasis><link i=\"1\">&#x41;&quot;</link></emphasis><footnote i=\"1\"/>", NULL);
	expect_fault("<link i=\"1\">c</link>", "<footnote i=\"1\"/> is missing");
	expect_fault("<link i=\"1\">c<footnote i=\"1\"/>", "is not closed");
	expect_fault("<emphasis>b</emphasis><emphasis>b</emphasis>", "more often than in the source, which has 1");
	expect_fault("<link i=\"1\">c</emphasis>", "comes while <link i=\"1\"> is not closed");
	expect_fault("</emphasis>", "ends nothing");
	expect_fault("a & b", "&amp;");
	expect_fault("a &nbsp; b", "&nbsp;");
	expect_fault("a &#0; b", "&#0;");
	expect_fault("a &#xD800; b", "&#xD800;");
	expect_fault("1 < 2", "&lt;");
	expect_fault("<link i=\"1\" linkend=\"y\">c</link>", "\"linkend\"");
	expect_fault("<link i=\"2\">c</link>", "not in the source");
	expect_fault("<link>c</link>", "needs its number");
	expect_fault("<script>c</script>", "<script> is not in the source");
	expect_fault("<emphasis/>", "is empty here");
	expect_fault("<footnote i=\"1\">x</footnote>", "has to be empty");
	expect_fault("<footnote i=\"99999999999999999999\"/>", "needs a number");
	expect_fault("<emphasis", "not closed by");
	expect_fault("a\x01", "U+0001");
}

static size_t count(const struct job *j, const char *code)
{
	size_t n = 0;

	for (size_t i = 0; i < j->log.n; i++)
		n += strcmp(j->log.v[i].code, code) == 0;
	return n;
}

static void test_states(void **state)
{
	struct job j;

	(void)state;
	job_open(&j, "<para>Раз.</para><para>Два.</para><para>Три.</para><para>Четыре.</para><para xml:lang='en'>Five.</para>",
	         "msgid \"Т\"\nmsgstr \"T\"\n\nmsgid \"Раз.\"\nmsgstr \"One.\"\n\n#, fuzzy\n#| msgid \"Двое.\"\nmsgid \"Два.\"\n"
	         "msgstr \"Two.\"\n\nmsgid \"Три.\"\nmsgstr \"Три.\"\n\n# same\nmsgid \"Четыре.\"\nmsgstr \"Четыре.\"\n\n"
	         "msgid \"Five.\"\nmsgstr \"Five.\"\n\nmsgid \"Шесть.\"\nmsgstr \"Six.\"\n\n#~ msgid \"Семь.\"\n#~ msgstr \"Seven.\"\n");
	assert_non_null(j.t);
	assert_int_equal(j.t->n.units, 6);
	assert_int_equal(j.t->n.translated, 4);
	assert_int_equal(j.t->n.stale, 1);
	assert_int_equal(j.t->n.copied, 1);
	assert_int_equal(j.t->n.unknown, 1);
	assert_int_equal(translation_percent(j.t), 66);
	assert_string_equal(j.t->v[2].entry->previous, "Двое.");
	assert_int_equal(j.t->v[2].entry->line, 14);
	assert_int_equal(j.log.errors, 0);
	job_close(&j);
	/* blanks in the place of words */
	job_open(&j, "<para>Раз.</para>", "msgid \"Раз.\"\nmsgstr \" \\n \xc2\xa0\"\n");
	assert_int_equal(j.t->n.translated, 0);
	assert_int_equal(j.t->n.untranslated, 2);
	job_close(&j);
}

static void test_lines(void **state)
{
	struct job j;
	const struct po_entry *e;

	(void)state;
	job_open(&j, "<para>Раз.</para>",
	         "#~ msgid \"старое \"\n#~ \"дело\"\n#~ msgstr \"old\"\n\n#| msgid \"x\"\nmsgid \"\"\n\"Ра\"\n\"з.\"\nmsgstr \"\"\n\"O\\\"\"\n"
	         "\"n\\101e\"\n");
	assert_non_null(j.t);
	e = j.t->v[1].entry;
	assert_non_null(e);
	assert_string_equal(e->msgstr, "O\"nAe");
	assert_int_equal(e->line, 11);
	assert_int_equal(po_pos(j.t->po, e, 0).line, 15); /* the empty first string holds nothing */
	assert_int_equal(po_pos(j.t->po, e, 1).line, 15);
	assert_int_equal(po_pos(j.t->po, e, 2).line, 16);
	assert_int_equal(po_pos(j.t->po, e, 4).line, 16);
	job_close(&j);
}

static void test_bad_files(void **state)
{
	static const struct { const char *entries, *code; } bad[] = {
		{ "msgid \"a\"\nmsgstr \"b\n", "po-syntax" }, { "msgid \"a\"\nmsgstr \"b\"\n\nmsgid \"a\"\nmsgstr \"c\"\n", "po-syntax" },
		{ "msgid \"a\"\nmsgstr \"\xff\"\n", "po-encoding" }, { "msgid \"a\"\n", "po-syntax" }, { "nonsense\n", "po-syntax" },
	};
	struct job j;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		job_open(&j, "", bad[i].entries);
		assert_null(j.t);
		assert_true(count(&j, bad[i].code) > 0);
		assert_true(j.log.v[0].pos.line > 5);
		job_close(&j);
	}
}

static void expect_merged(const char *body, const char *entries, enum stale_policy stale, const char *want)
{
	struct src *tree;
	struct buf out;
	struct job j;

	job_open(&j, body, entries);
	assert_non_null(j.t);
	tree = merge_tree(j.units, j.t, stale, &j.a, &j.log);
	assert_non_null(tree);
	buf_init(&out);
	assert_true(xmlout_put(tree, &out));
	if (strstr(out.data, want) == NULL)
		fail_msg("not in %s: %s", out.data, want);
	buf_free(&out);
	job_close(&j);
}

static void test_merge(void **state)
{
	static const char note[] = "<para>Раз<footnote><para>два</para></footnote>.</para>";
	static const char sentence[] = "msgid \"Раз<footnote i=\\\"1\\\"/>.\"\nmsgstr \"One<footnote i=\\\"1\\\"/>.\"\n\n";
	static const char fuzzy[] = "#, fuzzy\nmsgid \"два\"\nmsgstr \"two\"\n";

	(void)state;
	expect_merged(note, sentence, STALE_SOURCE, "<para>One<footnote><para xml:lang=\"ru\">два</para></footnote>.</para>");
	expect_merged(note, "msgid \"два\"\nmsgstr \"two\"\n", STALE_SOURCE,
	              "<para xml:lang=\"ru\">Раз<footnote><para xml:lang=\"en\">two</para></footnote>.</para>");
	expect_merged(note, fuzzy, STALE_SOURCE, "<footnote><para>два</para>");
	expect_merged(note, fuzzy, STALE_KEEP, "<footnote><para xml:lang=\"en\">two</para>");
	expect_merged("<section xml:lang='ru'><title>А</title><para>Б</para></section>", "msgid \"А\"\nmsgstr \"A\"\n", STALE_SOURCE,
	              "<section xml:lang=\"en\"><title>A</title><para xml:lang=\"ru\">Б</para></section>");
	expect_merged("<para its:translate='no' xml:lang='ru'>Б</para>", "", STALE_SOURCE, "its:translate=\"no\" xml:lang=\"ru\">Б</para>");
	expect_merged("<para>А <phrase its:localeFilterList='de'>Б</phrase>.</para>",
	              "msgid \"А <phrase i=\\\"1\\\">Б</phrase>.\"\nmsgstr \"A <phrase i=\\\"1\\\">B</phrase>.\"\n", STALE_SOURCE,
	              "<para>A .</para>");
}

static void test_langtags(void **state)
{
	static const struct { const char *po, *tag; } known[] = {
		{ "en", "en" }, { "pt_BR", "pt-BR" }, { "sr@latin", "sr-Latn" }, { "sr_RS@latin", "sr-Latn-RS" }, { "zh_Hans_CN", "zh-Hans-CN" },
		{ "ZH_hant", "zh-Hant" }, { "ca@valencia", "ca-valencia" }, { "e", NULL }, { "en_", NULL }, { "../x", NULL }, { "en@", NULL },
		{ "english123", NULL }, { "", NULL },
	};
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		const char *got = langtag_of_po(&a, known[i].po);

		if (known[i].tag == NULL)
			assert_null(got);
		else
			assert_string_equal(got, known[i].tag);
	}
	arena_free(&a);
	assert_true(langtag_in_list("de-CH", "fr, *-CH"));
	assert_true(langtag_in_list("de-Latn-DE", "de-DE"));
	assert_true(langtag_in_list("fr", "*"));
	assert_false(langtag_in_list("de", "de-DE"));
	assert_false(langtag_in_list("den", "de"));
	assert_false(langtag_in_list("de-x-DE", "de-DE"));
	assert_false(langtag_in_list("en", ""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_units), cmocka_unit_test(test_markup), cmocka_unit_test(test_states), cmocka_unit_test(test_lines),
		cmocka_unit_test(test_bad_files), cmocka_unit_test(test_merge), cmocka_unit_test(test_langtags),
	};
	char command[96];
	int failed;

	if (mkdtemp(folder) == NULL)
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	snprintf(command, sizeof command, "rm -rf %s", folder);
	return system(command) == 0 && failed == 0 ? 0 : 1;
}
