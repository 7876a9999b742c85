/* doc-dump SOURCE.xml: the document tree as text, for the goldens of read/ and doc/. The words of
 * labels are fixed here, so that these goldens do not depend on lang/. Diagnostics go to stderr. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "doc/check.h"
#include "doc/doc.h"
#include "doc/number.h"
#include "read/docbook.h"

int
main(int argc, char **argv)
{
	static const struct doc_words words = {
		.figure = "fig.", .table = "table", .chapter = "chapter", .section = "section", .appendix = "appendix",
		.part = "part", .note = "note", .page = "p.", .above = "above", .below = "below", .quote_open = "<<", .quote_close = ">>",
	};
	bool lenient = argc == 3 && strcmp(argv[1], "--lenient") == 0;
	struct diag_log log;
	struct buf dump;

	if (argc != 2 && !lenient) {
		fputs("usage: doc-dump [--lenient] SOURCE.xml\n", stderr);
		return 2;
	}
	diag_init(&log);
	buf_init(&dump);
	struct doc *d = docbook_read(argv[argc - 1], &(struct read_options){ .lenient = lenient }, &log);
	if (d != NULL) {
		doc_finish(d, &words, &log, lenient);
		doc_check(d, &log, lenient);
		doc_dump(d, &dump);
		fwrite(dump.data, 1, dump.len, stdout);
	}
	diag_print(&log, 0, stderr, DIAG_TEXT);
	int status = diag_exit_status(&log);
	buf_free(&dump);
	doc_free(d);
	diag_free(&log);
	return status;
}
