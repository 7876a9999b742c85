#include "cli/show.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "report/report.h"

bool show_text(const struct buf *text, struct diag_log *log)
{
	bool ok = fwrite(text->data, 1, text->len, stdout) == text->len && fflush(stdout) == 0;

	if (!ok)
		diag_fail(log, "io", DIAG_NOWHERE, "cannot write to standard output");
	return ok;
}

bool show_pages(struct edition *e)
{
	struct buf out;
	bool ok;

	buf_init(&out);
	pages_dump(e->pages, e->doc, &out);
	ok = show_text(&out, e->log);
	buf_free(&out);
	return ok;
}

bool show_report(struct edition *e, const char *file)
{
	size_t n = file != NULL ? strlen(file) : 0;
	bool json = n > 5 && strcmp(file + n - 5, ".json") == 0, ok;
	struct buf out;

	if (file != NULL && strcmp(file, "/dev/stdout") == 0) /* opened anew it may be a file that the sandbox knows nothing of */
		file = NULL;
	buf_init(&out);
	report_write(e->pages, e->log, json ? REPORT_JSON : REPORT_TEXT, &out);
	ok = file != NULL ? file_write(file, out.data, out.len, e->log) : show_text(&out, e->log);
	buf_free(&out);
	return ok;
}
