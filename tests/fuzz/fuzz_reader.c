/* DocBook: any bytes as a source, read strictly and leniently, with what it includes, numbered, corrected and dumped. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "doc/check.h"
#include "doc/number.h"
#include "fuzz.h"
#include "lang/dates.h"
#include "lang/textpass.h"
#include "read/docbook.h"

static void read_it(const char *path, bool lenient)
{
	struct text_switches on;
	struct read_options o = { .lenient = lenient };
	struct text_counts count = { 0 };
	struct doc_words words;
	struct diag_log log;
	struct buf dump;
	struct doc *d;

	memset(&on, true, sizeof on); /* it is nothing but switches */
	diag_init(&log);
	buf_init(&dump);
	d = docbook_read(path, &o, &log);
	if (d != NULL) {
		struct langs *langs = fuzz_shop()->langs;

		textpass_quotes(d, langs, &on, &count, &log);
		dates_in_front(d, langs, &log);
		textpass_characters(d, langs, &on, &count, &log);
		lang_words_for_doc(langs_lookup(langs, d->lang, &log), &words);
		doc_finish(d, &words, &log, lenient);
		textpass_digits(d, langs, &log);
		doc_check(d, &log, lenient);
		doc_dump(d, &dump);
		FUZZ_MUST(utf8_is_valid(dump.data, dump.len));
		doc_free(d);
	} else {
		FUZZ_MUST(log.errors > 0);
	}
	for (size_t i = 0; i < log.n; i++)
		FUZZ_MUST(utf8_is_valid(log.v[i].text, strlen(log.v[i].text)));
	buf_free(&dump);
	diag_free(&log);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char part[] = "<para xmlns='http://docbook.org/ns/docbook' xml:id='b'>b<footnote><para>n</para></footnote></para>";
	static bool once;
	const char *path;

	if (!once) {
		fuzz_file("b.xml", part, sizeof part - 1);
		fuzz_file("b.txt", "\xff\xfe" "a&b\r\n", 7);
		once = true;
	}
	path = fuzz_file("a.xml", data, size);
	read_it(path, false);
	read_it(path, true);
	return 0;
}
