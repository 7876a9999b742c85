#include "write/pdf/pdf_meta.h"

#include <string.h>

#include "base/strmap.h"

static const char *title_of(const struct pdf_job *job)
{
	return job->doc->info.title != NULL ? job->doc->info.title : "";
}

static bool is_author(const struct person *who)
{
	return who->name != NULL && (who->role == NULL || strcmp(who->role, "aut") == 0);
}

/* Info has one Author: the names joined, or who publishes if nobody signs. */
static const char *author_of(struct pdf_job *job)
{
	const struct doc_info *info = &job->doc->info;
	const char *all = NULL;

	for (int i = 0; i < info->n_people; i++)
		if (is_author(&info->people[i]))
			all = all == NULL ? info->people[i].name : arena_printf(&job->arena, "%s, %s", all, info->people[i].name);
	return all != NULL ? all : info->org;
}

static const char *keywords_of(struct pdf_job *job)
{
	const struct doc_info *info = &job->doc->info;
	const char *all = NULL;

	for (int i = 0; i < info->n_keywords; i++)
		all = all == NULL ? info->keywords[i] : arena_printf(&job->arena, "%s, %s", all, info->keywords[i]);
	return all;
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

static void write_info(struct pdf_job *job)
{
	struct buf *b = pdf_info(job->file);
	const char *d = job->options->date;

	put_info(b, "Title", title_of(job));
	put_info(b, "Author", author_of(job));
	put_info(b, "Subject", job->doc->info.abstract);
	put_info(b, "Keywords", keywords_of(job));
	put_info(b, "Creator", job->options->producer);
	put_info(b, "Producer", job->options->producer);
	for (int i = 0; is_date(d) && i < 2; i++)
		buf_printf(b, "/%s (D:%.4s%.2s%.2s%.2s%.2s%.2s+00'00')\n", i == 0 ? "CreationDate" : "ModDate", d, d + 5, d + 8,
		           d + 11, d + 14, d + 17);
	if (!job->screen)
		buf_puts(b, "/Trapped /False\n");
}

static void put_simple(struct buf *x, const char *name, const char *value)
{
	if (value == NULL || *value == '\0')
		return;
	buf_printf(x, "<%s>", name);
	buf_put_xml(x, value, strlen(value));
	buf_printf(x, "</%s>\n", name);
}

static void put_alt(struct buf *x, const char *name, const char *value)
{
	if (value == NULL || *value == '\0')
		return;
	buf_printf(x, "<%s><rdf:Alt><rdf:li xml:lang=\"x-default\">", name);
	buf_put_xml(x, value, strlen(value));
	buf_printf(x, "</rdf:li></rdf:Alt></%s>\n", name);
}

static void put_authors(struct pdf_job *job, struct buf *x)
{
	const char *author = author_of(job);

	/* one entry, so that it equals Info's Author letter for letter (PDF/A, 6.6.3) */
	if (author == NULL || *author == '\0')
		return;
	buf_puts(x, "<dc:creator><rdf:Seq><rdf:li>");
	buf_put_xml(x, author, strlen(author));
	buf_puts(x, "</rdf:li></rdf:Seq></dc:creator>\n");
}

static void put_uuid(struct buf *x, const char *what, uint64_t a, uint64_t b)
{
	buf_printf(x, "<xmpMM:%s>uuid:%08x-%04x-5%03x-8%03x-%08x%04x</xmpMM:%s>\n", what, (unsigned)(a >> 32),
	           (unsigned)(a >> 16 & 0xffff), (unsigned)(a & 0xfff), (unsigned)(b >> 48 & 0xfff), (unsigned)(b >> 16),
	           (unsigned)(b & 0xffff), what);
}

/* The document's id hangs on what it is, the version's on every byte written so far. */
static void put_ids(struct pdf_job *job, struct buf *x, const struct buf *file)
{
	const char *who = job->doc->info.identifier != NULL ? job->doc->info.identifier : title_of(job);
	uint64_t id[3] = { strmap_hash(who, strlen(who)), strmap_hash(job->doc->lang, strlen(job->doc->lang)),
	                   strmap_hash(file->data, file->len) };

	put_uuid(x, "DocumentID", id[0], strmap_hash(id, 2 * sizeof *id));
	put_uuid(x, "InstanceID", id[2], strmap_hash(id, sizeof id));
}

static void write_xmp(struct pdf_job *job, const struct buf *file)
{
	struct buf x;
	unsigned id;

	buf_init(&x);
	buf_puts(&x, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
	             "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
	             "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
	             "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
	             "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\" "
	             "xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n<dc:format>application/pdf</dc:format>\n");
	put_alt(&x, "dc:title", title_of(job));
	put_authors(job, &x);
	put_alt(&x, "dc:description", job->doc->info.abstract);
	buf_printf(&x, "<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>\n", job->doc->lang);
	put_simple(&x, "pdf:Keywords", keywords_of(job));
	put_simple(&x, "pdf:Producer", job->options->producer);
	put_simple(&x, "xmp:CreatorTool", job->options->producer);
	if (is_date(job->options->date)) {
		put_simple(&x, "xmp:CreateDate", job->options->date);
		put_simple(&x, "xmp:ModifyDate", job->options->date);
		put_simple(&x, "xmp:MetadataDate", job->options->date);
	}
	if (!job->screen)
		put_simple(&x, "pdf:Trapped", "False");
	put_ids(job, &x, file);
	buf_puts(&x, "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>");
	/* uncompressed: tools that know no PDF find it */
	id = pdf_stream_new(job->file, x.data, x.len, "/Type /Metadata /Subtype /XML", PACK_NONE);
	buf_puts(pdf_catalog(job->file), "/Metadata ");
	pdf_put_ref(pdf_catalog(job->file), id);
	buf_putc(pdf_catalog(job->file), '\n');
	buf_free(&x);
}

void pdf_meta_write(struct pdf_job *job, const struct buf *file)
{
	struct buf *c = pdf_catalog(job->file);
	const char *lang = job->doc->lang;

	write_info(job);
	write_xmp(job, file);
	if (lang != NULL && *lang != '\0' && strcmp(lang, "und") != 0) {
		buf_puts(c, "/Lang ");
		pdf_put_literal(c, lang, strlen(lang));
		buf_putc(c, '\n');
	}
	if (job->screen)
		buf_printf(c, "/ViewerPreferences <</DisplayDocTitle true%s>>\n", job->pages->rtl ? " /Direction /R2L" : "");
}
