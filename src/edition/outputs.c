#include "edition/outputs.h"

#include <string.h>

#include "edition/ticket.h"
#include "proof/proof.h"
#include "write/epub/epub.h"
#include "write/pdf/pdf.h"

#define PRODUCER "verstka " VERSTKA_VERSION

/* In this order they are made. */
static const struct { int kind; const char *ending; } kinds_of[] = {
	{ EDITION_PRINT, "print.pdf" }, { EDITION_BOOKLET, "booklet.pdf" }, { EDITION_SCREEN, "screen.pdf" }, { EDITION_EPUB, "epub" },
};
enum { N_OUTPUTS = sizeof kinds_of / sizeof *kinds_of };

static struct pdf_options pdf_options_of(const struct outputs *o, enum pdf_target target)
{
	const struct edition *e = o->edition;

	return (struct pdf_options){
		.target = target,
		.marks = !e->options->no_marks,
		.ua2 = e->options->ua2,
		.pdfx1a = e->options->pdfx1a,
		.name = o->stem,
		.producer = PRODUCER,
		.date = target == PDF_SCREEN || target == PDF_PROOF ? e->date : o->print_date,
		.back_to_text = lang_word(e->lang, W_BACK_TO_TEXT),
		.cmyk_profile = o->press.profile,
		.cmyk_profile_len = o->press.profile_len,
		.condition = target == PDF_PROOF ? NULL : o->press.condition,
		.condition_info = target == PDF_PROOF ? NULL : o->press.info,
		.ink_limit = e->theme->press.ink_limit,
		.caliper = e->theme->press.caliper,
		.inner = e->theme->page.inner,
		.shared = target == PDF_PROOF ? NULL : o->pdf, /* its pages are others */
		.kept = e->origin->kept,
		.sheet = e->options->sheet == NULL ? SHEET_AUTO : strcmp(e->options->sheet, "a4") == 0 ? SHEET_A4 : SHEET_A3,
	};
}

bool outputs_make(const struct outputs *o, int kind, struct buf *out)
{
	const struct edition *e = o->edition;
	const struct epub_options eo = { .modified = e->date, .generator = PRODUCER, .page_map = !e->options->no_page_list };
	struct pdf_options po;

	if (kind == EDITION_EPUB)
		return epub_write(e->doc, e->theme, e->pages, e->fonts, e->lang, e->langs, &eo, out, e->log);
	po = pdf_options_of(o, kind == EDITION_PRINT ? PDF_PRINT : kind == EDITION_BOOKLET ? PDF_BOOKLET : PDF_SCREEN);
	return pdf_write(e->pages, e->doc, &po, out, e->log);
}

const char *outputs_name(const struct outputs *o, int kind)
{
	for (size_t i = 0; i < N_OUTPUTS; i++)
		if (kinds_of[i].kind == kind)
			return arena_printf(&o->edition->arena, "%s.%s", o->stem, kinds_of[i].ending);
	return o->stem;
}

static const char *ticket_name(const struct outputs *o)
{
	return arena_printf(&o->edition->arena, "%s.job.json", o->stem);
}

void outputs_ticket(const struct outputs *o, const struct buf *print_pdf, struct buf *out)
{
	ticket_write(&o->press, o->edition, outputs_name(o, EDITION_PRINT), print_pdf->data, print_pdf->len, out);
}

bool outputs_open(struct outputs *o, struct edition *e, int kinds)
{
	int pdfs = ((kinds & EDITION_PRINT) != 0) + ((kinds & EDITION_SCREEN) != 0) + ((kinds & EDITION_BOOKLET) != 0);

	*o = (struct outputs){ .edition = e, .pdf = pdf_shared_new(pdfs > 1), .stem = edition_stem(e), .print_date = e->date };
	if (e->date == NULL && (kinds & (EDITION_PRINT | EDITION_BOOKLET)) != 0) {
		o->print_date = "1970-01-01T00:00:00Z";
		if (e->doc->info.date != NULL)
			diag_note(e->log, "no-date", e->doc->info.date_pos,
			          "\"%.60s\" is no date for a print file, which must have one: it is dated %.10s", e->doc->info.date, o->print_date);
		else
			diag_note(e->log, "no-date", DIAG_NOWHERE, "the document has no date, and a print file must have one: it is dated %.10s",
			          o->print_date);
		diag_hint(e->log, "<date>2025-06-09</date>, or the year, in its <info>, or SOURCE_DATE_EPOCH in the environment");
	}
	return (kinds & ~EDITION_EPUB) == 0 || press_open(&o->press, e, (kinds & EDITION_PRINT) != 0);
}

void outputs_close(struct outputs *o)
{
	press_close(&o->press);
	pdf_shared_free(o->pdf);
}

/* ---- files ------------------------------------------------------------------------------------------------- */

/* Blank pages are never a surprise. */
static void say_blanks(struct edition *e)
{
	size_t n = e->pages->n, whole = (n + 3) / 4 * 4;

	const char *ending = whole > 4 ? "s" : "";

	if (whole > n + 1)
		diag_note(e->log, "booklet", DIAG_NOWHERE, "booklet of %zu sheet%s: pages %zu to %zu at its end are blank", whole / 4, ending,
		          n + 1, whole);
	else if (whole > n)
		diag_note(e->log, "booklet", DIAG_NOWHERE, "booklet of %zu sheet%s: page %zu at its end is blank", whole / 4, ending, whole);
}

/* m->bytes, and has them no longer. */
static bool stage(const struct outputs *o, const char *name, struct outputs_made *m)
{
	struct edition *e = o->edition;
	bool ok = file_stage(&m->stage, arena_printf(&e->arena, "%s/%s", m->folder, name), m->bytes.data, m->bytes.len, e->log);

	buf_free(&m->bytes);
	return ok;
}

static bool make_kind(const struct outputs *o, int kind, struct outputs_made *m)
{
	struct edition *e = o->edition;
	struct buf ticket;

	if (!outputs_make(o, kind, &m->bytes) || e->log->errors > 0)
		return false;
	if (kind == EDITION_BOOKLET)
		say_blanks(e);
	buf_init(&ticket);
	if (kind == EDITION_PRINT)
		outputs_ticket(o, &m->bytes, &ticket);
	if (!stage(o, outputs_name(o, kind), m)) {
		buf_free(&ticket);
		return false;
	}
	m->bytes = ticket;
	return kind != EDITION_PRINT || stage(o, ticket_name(o), m);
}

static bool begin(struct outputs_made *m, const char *folder, struct diag_log *log)
{
	*m = (struct outputs_made){ .folder = folder };
	buf_init(&m->bytes);
	return file_make_folders(folder, &m->folders_made, log);
}

bool outputs_make_all(struct edition *e, int kinds, const char *folder, struct outputs_made *m)
{
	struct outputs o;
	bool ok = begin(m, folder, e->log);

	ok = outputs_open(&o, e, kinds) && ok;
	for (size_t i = 0; ok && i < N_OUTPUTS; i++)
		if ((kinds & kinds_of[i].kind) != 0)
			ok = make_kind(&o, kinds_of[i].kind, m);
	outputs_close(&o);
	return ok;
}

bool outputs_make_proof(struct edition *e, const char *folder, struct outputs_made *m)
{
	struct pages *pages = proof_make(e->pages, e->theme, e->fonts, e->shaper, e->log);
	struct outputs o;
	bool ok = begin(m, folder, e->log);

	ok = outputs_open(&o, e, EDITION_SCREEN) && ok && pages != NULL;
	if (ok) {
		const struct pdf_options po = pdf_options_of(&o, PDF_PROOF);

		ok = pdf_write(pages, e->doc, &po, &m->bytes, e->log) && stage(&o, arena_printf(&e->arena, "%s.proof.pdf", o.stem), m);
	}
	outputs_close(&o);
	pages_free(pages);
	return ok;
}

bool outputs_write(struct outputs_made *m, struct diag_log *log)
{
	bool ok = file_commit(&m->stage, log);

	if (ok)
		m->folders_made = 0;
	return ok;
}

void outputs_free(struct outputs_made *m)
{
	file_abandon(&m->stage);
	buf_free(&m->bytes);
	if (m->folders_made > 0)
		file_remove_folders(m->folder, m->folders_made);
	m->folders_made = 0;
}

static void tell_old(struct edition *e, const char *folder, const char *name)
{
	const char *path = arena_printf(&e->arena, "%s/%s", folder, name);

	if (file_exists(path))
		diag_warn(e->log, "old-output", (struct pos){ path, 0, 0 }, "this is what an earlier run made: nothing new was written");
}

void outputs_tell_old(struct edition *e, int kinds, const char *folder)
{
	const struct outputs o = { .edition = e, .stem = edition_stem(e) };

	for (size_t i = 0; i < N_OUTPUTS; i++)
		if ((kinds & kinds_of[i].kind) != 0)
			tell_old(e, folder, outputs_name(&o, kinds_of[i].kind));
	if ((kinds & EDITION_PRINT) != 0)
		tell_old(e, folder, ticket_name(&o));
}
