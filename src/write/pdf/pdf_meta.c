#include "write/pdf/pdf_meta.h"

#include <string.h>

#include "base/buf.h"
#include "base/strmap.h"
#include "write/pdf/pdf_xmp.h"

/* A title is what PDF/UA asks first (7.1): a document without one goes by its first heading, or its file. */
static const char *title_of(struct pdf_job *job)
{
	const struct doc *d = job->doc;
	const char *file = d->root != NULL ? d->root->pos.file : NULL, *slash, *text;

	if (d->info.title != NULL && *d->info.title != '\0')
		return d->info.title;
	for (const struct node *n = d->root; n != NULL; n = doc_next(d->root, n)) {
		if (n->kind != N_TITLE && n->kind != N_BRIDGEHEAD)
			continue;
		text = doc_plain_text(&job->arena, n, false);
		if (text != NULL && *text != '\0')
			return text;
	}
	slash = file != NULL ? strrchr(file, '/') : NULL;
	return slash != NULL && slash[1] != '\0' ? slash + 1 : file != NULL && *file != '\0' ? file : "document";
}

static bool is_author(const struct person *who)
{
	return who->name != NULL && (who->role == NULL || strcmp(who->role, "aut") == 0);
}

static void put_listed(struct buf *list, const char *s)
{
	if (list->len > 0)
		buf_puts(list, ", ");
	buf_puts(list, s);
}

/* NULL: nothing in it. */
static const char *kept_list(struct pdf_job *job, struct buf *list)
{
	const char *kept = list->len > 0 ? arena_dup(&job->arena, list->data, list->len) : NULL;

	buf_free(list);
	return kept;
}

/* Info has one Author: the names joined, or who publishes if nobody signs. */
static const char *author_of(struct pdf_job *job)
{
	const struct doc_info *info = &job->doc->info;
	const char *all;
	struct buf list;

	buf_init(&list);
	for (int i = 0; i < info->n_people; i++)
		if (is_author(&info->people[i]))
			put_listed(&list, info->people[i].name);
	all = kept_list(job, &list);
	return all != NULL ? all : info->org;
}

static const char *keywords_of(struct pdf_job *job)
{
	const struct doc_info *info = &job->doc->info;
	struct buf list;

	buf_init(&list);
	for (int i = 0; i < info->n_keywords; i++)
		put_listed(&list, info->keywords[i]);
	return kept_list(job, &list);
}

static bool is_date(const char *s)
{
	static const char form[] = "dddd-dd-ddTdd:dd:ddZ";

	if (s == NULL || strlen(s) != sizeof form - 1)
		return false;
	for (size_t i = 0; form[i] != '\0'; i++)
		if (form[i] == 'd' ? s[i] < '0' || s[i] > '9' : s[i] != form[i])
			return false;
	return true;
}

static void put_info(struct buf *b, const char *key, const char *value)
{
	if (value == NULL || *value == '\0')
		return;
	buf_printf(b, "/%s ", key);
	pdf_put_text(b, value, strlen(value));
	buf_putc(b, '\n');
}

static void write_info(struct pdf_job *job, const struct pdf_about *about)
{
	struct buf *b = pdf_info(job->file);
	const char *d = about->date;

	put_info(b, "Title", about->title);
	put_info(b, "Author", about->author);
	put_info(b, "Subject", about->subject);
	put_info(b, "Keywords", about->keywords);
	put_info(b, "Creator", about->producer);
	put_info(b, "Producer", about->producer);
	for (int i = 0; d != NULL && i < 2; i++)
		buf_printf(b, "/%s (D:%.4s%.2s%.2s%.2s%.2s%.2s+00'00')\n", i == 0 ? "CreationDate" : "ModDate", d, d + 5, d + 8,
		           d + 11, d + 14, d + 17);
	if (about->trapped != NULL)
		buf_printf(b, "/Trapped /%s\n", about->trapped);
	if (job->profile->pdfx != NULL)
		buf_printf(b, "/GTS_PDFXVersion (%s)\n", job->profile->pdfx);
}

/* The document's id hangs on what it is, the version's on every byte written so far. */
static void make_ids(struct pdf_job *job, struct pdf_about *about, const struct buf *file)
{
	const char *from = job->doc->info.translated_from, *who = doc_work(job->doc, &job->arena);
	uint64_t id[3] = { 0, strmap_hash(job->doc->lang, strlen(job->doc->lang)), strmap_hash(file->data, file->len) };

	who = who != NULL ? who : about->title;
	id[0] = strmap_hash(who, strlen(who));
	about->document[0] = id[0];
	about->document[1] = strmap_hash(id, 2 * sizeof *id);
	about->instance[0] = id[2];
	about->instance[1] = strmap_hash(id, sizeof id);
	about->translated = from != NULL;
	about->source[0] = id[0];
	id[1] = from != NULL ? strmap_hash(from, strlen(from)) : 0;
	about->source[1] = strmap_hash(id, 2 * sizeof *id);
}

static void write_xmp(struct pdf_job *job, const struct pdf_about *about)
{
	struct buf x;
	unsigned id;

	buf_init(&x);
	pdf_xmp_put(&x, about, job->profile);
	/* uncompressed: tools that know no PDF find it */
	id = pdf_stream_new(job->file, x.data, x.len, "/Type /Metadata /Subtype /XML", PACK_NONE);
	buf_puts(pdf_catalog(job->file), "/Metadata ");
	pdf_put_ref(pdf_catalog(job->file), id);
	buf_putc(pdf_catalog(job->file), '\n');
	buf_free(&x);
}

bool pdf_meta_is_language(const char *tag)
{
	size_t n = 0;

	/* subtags of 1 to 8 letters or digits, the first of letters (PDF/UA-1, 7.2; RFC 5646) */
	for (const char *p = tag; p != NULL; p++) {
		bool letter = (*p | 0x20) >= 'a' && (*p | 0x20) <= 'z', first = memchr(tag, '-', (size_t)(p - tag)) == NULL;

		if (letter || (!first && *p >= '0' && *p <= '9')) {
			if (++n > 8)
				return false;
		} else if ((*p == '-' || *p == '\0') && n > 0) {
			if (*p == '\0')
				return true;
			n = 0;
		} else {
			return false;
		}
	}
	return false;
}

/* A sheet of a booklet is no page to turn: which way it goes is for the printer that turns it. */
static void write_preferences(const struct pdf_job *job, struct buf *c)
{
	if (job->options->target == PDF_BOOKLET)
		buf_puts(c, "/ViewerPreferences <</Duplex /DuplexFlipShortEdge /PrintScaling /None>>\n");
	else if (job->screen || job->pages->rtl)
		buf_printf(c, "/ViewerPreferences <<%s%s>>\n", job->screen ? "/DisplayDocTitle true" : "",
		           job->pages->rtl ? " /Direction /R2L" : "");
}

/* A language that has to be said, for it is not the document's; else NULL. */
static const char *foreign(const struct pdf_job *job, const char *lang)
{
	return pdf_meta_is_language(lang) && strcmp(lang, job->doc->lang) != 0 ? lang : NULL;
}

void pdf_meta_write(struct pdf_job *job, const struct buf *file)
{
	struct buf *c = pdf_catalog(job->file);
	struct pdf_about about = { .title = title_of(job), .author = author_of(job), .subject = job->doc->info.abstract,
	                           .keywords = keywords_of(job), .producer = job->options->producer,
	                           .date = is_date(job->options->date) ? job->options->date : NULL,
	                           .trapped = job->screen ? NULL : "False" };

	about.title_lang = foreign(job, doc_title(job->doc->root) != NULL ? doc_title(job->doc->root)->lang : NULL);
	about.subject_lang = foreign(job, job->doc->info.lang_of[INFO_ABSTRACT]);
	/* "und": the language is not known, and says so (RFC 5646); no Lang at all would fail PDF/UA */
	about.language = pdf_meta_is_language(job->doc->lang) ? job->doc->lang : "und";
	make_ids(job, &about, file);
	write_info(job, &about);
	write_xmp(job, &about);
	buf_puts(c, "/Lang ");
	pdf_put_literal(c, about.language, strlen(about.language));
	buf_putc(c, '\n');
	write_preferences(job, c);
}
