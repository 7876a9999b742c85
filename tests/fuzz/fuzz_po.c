/* PO files: any bytes as the translation of a small source, matched, reported, merged and made a document. */
#include <string.h>

#include "base/utf8.h"
#include "fuzz.h"
#include "i18n/merge.h"
#include "read/docbook.h"

static const char text[] =
	"<article xmlns='http://docbook.org/ns/docbook' xmlns:xlink='http://www.w3.org/1999/xlink' xml:lang='en'><title>Title</title>"
	"<section xml:id='s'><title>Part</title><para>One <emphasis>two</emphasis> <link xlink:href='http://a/'>three</link>"
	"<footnote><para>Note.</para></footnote> four.</para><para>One</para><programlisting>int x;\nint y;</programlisting>"
	"<para>See <xref linkend='s'/>.</para></section></article>";

static void merge(const struct source *source, const struct units *u, const struct translation *t, struct diag_log *log)
{
	static const enum stale_policy policies[] = { STALE_SOURCE, STALE_KEEP, STALE_REFUSE };

	for (size_t i = 0; i < sizeof policies / sizeof *policies; i++) {
		struct read_options o = { .lenient = i == 1 };
		struct diag_log own;
		struct arena a;
		struct src *tree;

		arena_init(&a);
		diag_init(&own);
		tree = merge_tree(u, t, policies[i], &a, &own);
		FUZZ_MUST(tree != NULL || own.errors > 0);
		if (tree != NULL) {
			struct doc *d = docbook_build(source, tree, &o, &own);
			struct buf dump;

			buf_init(&dump);
			if (d != NULL) {
				doc_dump(d, &dump);
				FUZZ_MUST(utf8_is_valid(dump.data, dump.len));
				doc_free(d);
			}
			buf_free(&dump);
		}
		diag_free(&own);
		arena_free(&a);
	}
	(void)log;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *path = fuzz_file("ru.po", data, size), *from = fuzz_file("a.xml", text, sizeof text - 1);
	const char *const tag = "ru";
	struct source *source;
	struct units *units;
	struct translation *t;
	struct diag_log log;
	struct buf out;

	diag_init(&log);
	source = source_open(from, false, &log);
	FUZZ_MUST(source != NULL);
	units = units_open(source, &log);
	FUZZ_MUST(units != NULL && log.errors == 0);
	t = translation_open(units, tag, path, &log);
	FUZZ_MUST(t != NULL || log.errors > 0);
	if (t != NULL) {
		translation_report(t, true, &log);
		buf_init(&out);
		translation_table((const struct translation *const *)&t, &tag, 1, &out);
		translation_json((const struct translation *const *)&t, &tag, 1, from, &out);
		FUZZ_MUST(utf8_is_valid(out.data, out.len));
		FUZZ_MUST(translation_percent(t) >= 0 && translation_percent(t) <= 100);
		buf_free(&out);
		merge(source, units, t, &log);
	}
	translation_close(t);
	units_close(units);
	source_close(source);
	diag_free(&log);
	return 0;
}
