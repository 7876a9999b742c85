/* The last stage: every wanted edition written in memory, then all files named at once. */
#include <string.h>

#include "base/file.h"
#include "cli/job.h"
#include "write/epub/epub.h"
#include "write/pdf/pdf.h"

#define PRODUCER "verstka " VERSTKA_VERSION

static const char *stem_of(struct arena *a, const char *source)
{
	const char *slash = strrchr(source, '/'), *name = slash != NULL ? slash + 1 : source;
	size_t n = strlen(name);

	if (n > 4 && strcmp(name + n - 4, ".xml") == 0)
		n -= 4;
	return arena_dup(a, name, n);
}

static bool make_one(struct job *j, int kind, struct buf *out)
{
	struct pdf_options po = { .target = kind == ONLY_PRINT ? PDF_PRINT : PDF_SCREEN, .marks = !j->options->no_marks,
		                  .producer = PRODUCER, .date = j->date };
	struct epub_options eo = { .modified = j->date, .generator = PRODUCER, .page_map = true };

	if (kind == ONLY_EPUB)
		return epub_write(j->doc, j->theme, j->pages, j->fonts, j->lang, j->langs, &eo, out, j->log);
	return pdf_write(j->pages, j->doc, &po, out, j->log);
}

bool job_write(struct job *j)
{
	static const struct { int kind; const char *ending; } kinds[] = {
		{ ONLY_PRINT, "print.pdf" }, { ONLY_SCREEN, "screen.pdf" }, { ONLY_EPUB, "epub" },
	};
	struct file_stage stage = { 0 };
	const char *stem = stem_of(&j->arena, j->options->source);
	bool ok = file_make_folders(j->options->folder, j->log);

	for (size_t i = 0; ok && i < sizeof kinds / sizeof *kinds; i++) {
		struct buf out;

		if ((j->options->only & kinds[i].kind) == 0)
			continue;
		buf_init(&out);
		ok = make_one(j, kinds[i].kind, &out) && j->log->errors == 0 && !(j->options->strict && j->log->warnings > 0) &&
		     file_stage(&stage, arena_printf(&j->arena, "%s/%s.%s", j->options->folder, stem, kinds[i].ending), out.data,
		                out.len, j->log);
		buf_free(&out);
	}
	if (ok)
		return file_commit(&stage, j->log);
	file_abandon(&stage);
	return false;
}
