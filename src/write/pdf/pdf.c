#include "write/pdf/pdf.h"

#include "base/mem.h"
#include "write/pdf/pdf_booklet.h"
#include "write/pdf/pdf_flow.h"
#include "write/pdf/pdf_font.h"
#include "write/pdf/pdf_image.h"
#include "write/pdf/pdf_intent.h"
#include "write/pdf/pdf_marks.h"
#include "write/pdf/pdf_meta.h"
#include "write/pdf/pdf_nav.h"
#include "write/pdf/pdf_out.h"
#include "write/pdf/pdf_page.h"
#include "write/pdf/pdf_runs.h"
#include "write/pdf/pdf_tag.h"

#define LEAST_SIDE SP_PT(3)                /* of a page: PDF/A-2, 6.1.13 */
#define MOST_SIDE SP_PT(14400)

static void measure(struct pdf_job *job)
{
	const struct pages *p = job->pages;

	job->margin = job->options->target != PDF_PRINT ? 0 : p->bleed + (job->options->marks ? PDF_MARKS_SLUG : 0);
	job->media_w = p->width + 2 * job->margin;
	job->media_h = p->height + 2 * job->margin;
}

static bool is_possible(const struct pdf_job *job)
{
	if (job->pages->n == 0) {
		diag_error(job->log, "pdf", DIAG_NOWHERE, "there is no page to write");
		return false;
	}
	if (job->pages->width < LEAST_SIDE || job->pages->height < LEAST_SIDE || job->media_w > MOST_SIDE ||
	    job->media_h > MOST_SIDE) {
		diag_error(job->log, "pdf", DIAG_NOWHERE, "a PDF page has sides of 3 to 14400 pt");
		return false;
	}
	return true;
}

/* Everything pages refer to comes first: fonts (their codes must be known before any text is written),
 * pictures, the pages' own numbers. */
static bool prepare(struct pdf_job *job)
{
	job->resources = pdf_dict_new(job->file);
	job->flow = pdf_flow_new(job->pages, job->doc);
	if (!pdf_fonts_write(job))
		return false;
	pdf_marks_write(job);
	job->images = pdf_images_new(job);
	if (job->images == NULL)
		return false;
	pdf_page_put_resources(job);
	if (job->options->target == PDF_BOOKLET)
		return true;
	job->page_ids = mem_zalloc(job->pages->n, sizeof *job->page_ids);
	job->page_dicts = mem_zalloc(job->pages->n, sizeof *job->page_dicts);
	for (size_t i = 0; i < job->pages->n; i++) {
		job->page_dicts[i] = pdf_page_new(job->file);
		job->page_ids[i] = job->page_dicts[i].id;
	}
	if (job->screen) {
		job->tags = job->options->target == PDF_SCREEN ? pdf_tags_new(job) : NULL;
		job->nav = pdf_nav_new(job);
	}
	return true;
}

static bool finish(struct pdf_job *job, const struct buf *out)
{
	if (!pdf_intent_write(job))
		return false;
	if (job->tags != NULL)
		pdf_tags_write(job->tags);
	if (job->nav != NULL) /* destinations in PDF 2.0 are elements */
		pdf_nav_write(job->nav);
	if (job->options->target != PDF_BOOKLET)
		pdf_nav_write_labels(job);
	pdf_meta_write(job, out);
	return pdf_finish(job->file);
}

static void release(struct pdf_job *job)
{
	pdf_flow_free(job->flow);
	pdf_marks_free(job);
	pdf_images_free(job->images);
	pdf_tags_free(job->tags);
	pdf_nav_free(job->nav);
	mem_free(job->page_ids);
	mem_free(job->page_dicts);
	arena_free(&job->arena);
}

/* The printing condition: for the press it must be one, of four inks, in a version of ICC that PDF 1.6 knows. */
static bool open_press(struct pdf_job *job)
{
	const struct pdf_options *o = job->options;

	job->press.channels = 4;
	if (o->cmyk_profile == NULL)
		return true;
	if (icc_read(o->cmyk_profile, o->cmyk_profile_len, &job->press) && job->press.channels == 4 && job->press.output &&
	    job->press.version < 5)
		return true;
	diag_fail(job->log, "output-profile", DIAG_NOWHERE, "the output profile is no ICC profile of a CMYK printing condition");
	return false;
}

struct pdf_shared *pdf_shared_new(bool several)
{
	struct pdf_shared *s = mem_zalloc(1, sizeof *s);

	s->several = several;
	return s;
}

void pdf_shared_free(struct pdf_shared *s)
{
	if (s == NULL)
		return;
	pdf_fonts_free(s->fonts);
	pdf_runs_free(s->runs);
	mem_free(s);
}

bool pdf_write(const struct pages *p, const struct doc *d, const struct pdf_options *o, struct buf *out,
               struct diag_log *log)
{
	struct pdf_shared own = { 0 };
	struct pdf_file file;
	struct pdf_job job = { .pages = p, .doc = d, .options = o, .log = log, .file = &file,
	                       .profile = pdf_profile_of(o), .screen = o->target == PDF_SCREEN || o->target == PDF_PROOF,
	                       .shared = o->shared != NULL ? o->shared : &own };
	bool ok;

	arena_init(&job.arena);
	measure(&job);
	if (!is_possible(&job) || !open_press(&job) || !pdf_begin(&file, job.profile->version, job.profile->packed, out, log))
		return false;
	if (job.shared->several && job.shared->runs == NULL)
		job.shared->runs = pdf_runs_new(p->n);
	ok = prepare(&job);
	if (ok && o->target == PDF_BOOKLET)
		pdf_booklet_write(&job);
	else
		for (size_t i = 0; ok && i < p->n; i++)
			pdf_page_write(&job, i);
	ok = ok && finish(&job, out);
	release(&job);
	pdf_fonts_free(own.fonts);
	pdf_end(&file);
	return ok;
}
