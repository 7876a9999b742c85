/* The last stage: every wanted edition written in memory, then all files named at once. */
#include <string.h>

#include "base/file.h"
#include "cli/job.h"
#include "cli/press.h"
#include "cli/ticket.h"
#include "proof/proof.h"
#include "write/epub/epub.h"
#include "write/pdf/pdf.h"

#define PRODUCER "verstka " VERSTKA_VERSION

enum { BOOKLET = 1 << 8 }; /* a kind beside ONLY_* */

struct writing {
	struct job *job;
	struct press press;
	struct file_stage stage;
	const char *stem; /* "brief08.ru" */
	const char *print_date; /* of the files for print, which must have one */
};

static const char *stem_of(struct arena *a, const char *source)
{
	const char *slash = strrchr(source, '/'), *name = slash != NULL ? slash + 1 : source;
	size_t n = strlen(name);

	if (n > 4 && strcmp(name + n - 4, ".xml") == 0)
		n -= 4;
	return arena_dup(a, name, n);
}

static bool make_one(struct writing *w, int kind, struct buf *out)
{
	struct job *j = w->job;
	struct pdf_options po = { .target = kind == ONLY_PRINT ? PDF_PRINT : PDF_SCREEN, .marks = !j->options->no_marks,
		                  .ua2 = j->options->ua2, .pdfx1a = j->options->pdfx1a, .name = w->stem, .producer = PRODUCER, .date = j->date,
		                  .back_to_text = lang_word(j->lang, W_BACK_TO_TEXT), .cmyk_profile = w->press.profile,
		                  .cmyk_profile_len = w->press.profile_len, .condition = w->press.condition,
		                  .condition_info = w->press.info, .ink_limit = j->theme->press.ink_limit };
	struct epub_options eo = { .modified = j->date, .generator = PRODUCER, .page_map = true };

	if (kind != ONLY_SCREEN)
		po.date = w->print_date;
	if (kind == BOOKLET) {
		po.target = PDF_BOOKLET;
		po.sheet = strcmp(j->options->booklet, "a4") == 0 ? SHEET_A4
		           : strcmp(j->options->booklet, "a3") == 0 ? SHEET_A3 : SHEET_AUTO;
		po.caliper = j->theme->press.caliper;
		po.inner = j->theme->page.inner;
	}
	if (kind == ONLY_EPUB)
		return epub_write(j->doc, j->theme, j->pages, j->fonts, j->lang, j->langs, &eo, out, j->log);
	return pdf_write(j->pages, j->doc, &po, out, j->log);
}

static bool is_fine(const struct job *j)
{
	return j->log->errors == 0;
}

static bool stage(struct writing *w, const char *name, const struct buf *b)
{
	struct job *j = w->job;

	return is_fine(j) && file_stage(&w->stage, arena_printf(&j->arena, "%s/%s", j->options->folder, name), b->data, b->len,
	                                j->log);
}

/* Blank pages are never a surprise. */
static void say_blanks(struct job *j)
{
	size_t n = j->pages->n, whole = (n + 3) / 4 * 4;

	if (whole > n + 1)
		diag_note(j->log, "booklet", DIAG_NOWHERE, "booklet of %zu sheets: pages %zu to %zu at its end are blank", whole / 4,
		          n + 1, whole);
	else if (whole > n)
		diag_note(j->log, "booklet", DIAG_NOWHERE, "booklet of %zu sheets: page %zu at its end is blank", whole / 4, whole);
}

static bool write_kind(struct writing *w, int kind, const char *ending)
{
	const char *name = arena_printf(&w->job->arena, "%s.%s", w->stem, ending);
	struct buf out, ticket;
	bool ok;

	buf_init(&out);
	buf_init(&ticket);
	ok = make_one(w, kind, &out) && stage(w, name, &out);
	if (ok && kind == BOOKLET)
		say_blanks(w->job);
	if (ok && kind == ONLY_PRINT) {
		ticket_write(&w->press, w->job, name, out.data, out.len, &ticket);
		ok = stage(w, arena_printf(&w->job->arena, "%s.job.json", w->stem), &ticket);
	}
	buf_free(&out);
	buf_free(&ticket);
	return ok;
}

bool job_write(struct job *j)
{
	static const struct { int kind; const char *ending; } kinds[] = {
		{ ONLY_PRINT, "print.pdf" }, { BOOKLET, "booklet.pdf" }, { ONLY_SCREEN, "screen.pdf" }, { ONLY_EPUB, "epub" },
	};
	struct writing w = { .job = j, .stem = stem_of(&j->arena, j->options->source) };
	int only = j->options->only | (j->options->booklet != NULL && (j->options->only & ONLY_PRINT) != 0 ? BOOKLET : 0);
	bool ok = file_make_folders(j->options->folder, j->log);

	w.print_date = j->date;
	if (j->date == NULL && (only & ONLY_PRINT) != 0) {
		w.print_date = "1970-01-01T00:00:00Z";
		diag_note(j->log, "no-date", DIAG_NOWHERE, "the document has no date, and a print file must have one: it is dated %.10s",
		          w.print_date);
		diag_hint(j->log, "<date> or <pubdate> in its <info>, or SOURCE_DATE_EPOCH in the environment");
	}

	if (ok && (only & (ONLY_PRINT | ONLY_SCREEN)) != 0)
		ok = press_open(&w.press, j, (only & ONLY_PRINT) != 0);
	for (size_t i = 0; ok && i < sizeof kinds / sizeof *kinds; i++)
		if ((only & kinds[i].kind) != 0)
			ok = write_kind(&w, kinds[i].kind, kinds[i].ending);
	press_close(&w.press);
	if (ok)
		return file_commit(&w.stage, j->log);
	file_abandon(&w.stage);
	return false;
}

static bool write_proof(struct writing *w, const struct pages *pages)
{
	struct job *j = w->job;
	const struct pdf_options po = { .target = PDF_PROOF, .name = w->stem, .producer = PRODUCER, .date = j->date,
		                        .back_to_text = lang_word(j->lang, W_BACK_TO_TEXT), .cmyk_profile = w->press.profile,
		                        .cmyk_profile_len = w->press.profile_len, .ink_limit = j->theme->press.ink_limit };
	struct buf out;
	bool ok;

	buf_init(&out);
	ok = pdf_write(pages, j->doc, &po, &out, j->log) && stage(w, arena_printf(&j->arena, "%s.proof.pdf", w->stem), &out);
	buf_free(&out);
	return ok;
}

bool job_proof(struct job *j)
{
	struct writing w = { .job = j, .stem = stem_of(&j->arena, j->options->source) };
	struct pages *pages = proof_make(j->pages, j->theme, j->fonts, j->shaper, j->log);
	bool ok = pages != NULL && file_make_folders(j->options->folder, j->log) && press_open(&w.press, j, false) &&
	          write_proof(&w, pages);

	press_close(&w.press);
	pages_free(pages);
	if (ok)
		return file_commit(&w.stage, j->log);
	file_abandon(&w.stage);
	return false;
}
