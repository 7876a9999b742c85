#include "write/pdf/pdf_intent.h"

#include <string.h>

#include "base/mem.h"

#define ICC_HEAD 128

/* Components of the colour space that an ICC head names at byte 16; 0: not one for an output intent. */
static int components(const unsigned char *icc, size_t len)
{
	if (len < ICC_HEAD || memcmp(icc + 36, "acsp", 4) != 0)
		return 0;
	if (memcmp(icc + 16, "CMYK", 4) == 0)
		return 4;
	if (memcmp(icc + 16, "RGB ", 4) == 0)
		return 3;
	return memcmp(icc + 16, "GRAY", 4) == 0 ? 1 : 0;
}

static void put_pair(struct buf *b, const char *key, const char *text)
{
	buf_printf(b, " /%s ", key);
	pdf_put_text(b, text, strlen(text));
}

static void put_intent(struct pdf_job *job, unsigned profile, const char *condition, const char *registry,
                       const char *info)
{
	struct pdf_dict d = pdf_dict_new(job->file);
	struct buf *c = pdf_catalog(job->file);

	buf_printf(d.body, "/Type /OutputIntent /S /%s /OutputConditionIdentifier ", job->profile->intent);
	pdf_put_literal(d.body, condition, strlen(condition));
	if (registry != NULL) {
		buf_puts(d.body, " /RegistryName ");
		pdf_put_literal(d.body, registry, strlen(registry));
	}
	put_pair(d.body, "OutputCondition", info);
	put_pair(d.body, "Info", info);
	buf_puts(d.body, " /DestOutputProfile ");
	pdf_put_ref(d.body, profile);
	buf_putc(d.body, '\n');
	buf_puts(c, "/OutputIntents [");
	pdf_put_ref(c, d.id);
	buf_puts(c, "]\n");
}

static void pack(void *file, const void *data, size_t len, struct buf *out)
{
	pdf_pack(file, data, len, out);
}

/* A press's profile has half a megabyte, which takes as long to pack as ten pages. */
static unsigned put_profile(struct pdf_job *job, const void *icc, size_t len, int components)
{
	char keys[] = "/N 0\n" PDF_DEFLATED;
	const struct buf *packed;

	keys[3] = (char)('0' + components);
	if (job->options->kept == NULL) {
		keys[4] = '\0';
		return pdf_stream_new(job->file, icc, len, keys, PACK_DEFLATE);
	}
	packed = kept_get(job->options->kept, "profile, deflated", icc, len, pack, job->file);
	return pdf_stream_new(job->file, packed->data, packed->len, keys, PACK_READY);
}

static bool write_one(struct pdf_job *job, const void *icc, size_t len, const char *condition, const char *registry,
                      const char *info)
{
	int n = components(icc, len);

	if (n == 0) {
		diag_fail(job->log, "pdf", DIAG_NOWHERE, "the output profile is not an ICC profile for RGB, CMYK or grey");
		return false;
	}
	put_intent(job, put_profile(job, icc, len, n), condition, registry, info);
	return true;
}

bool pdf_intent_write(struct pdf_job *job)
{
	const struct pdf_options *o = job->options;
	const char *condition = o->condition != NULL ? o->condition : "Custom";
	unsigned char *srgb;
	size_t len;
	bool ok;

	if (job->profile->intent == NULL)
		return true;
	if (!job->screen)
		return write_one(job, o->cmyk_profile, o->cmyk_profile_len, condition,
		                 o->condition != NULL ? "http://www.color.org" : NULL,
		                 o->condition_info != NULL ? o->condition_info : condition);
	srgb = icc_make_srgb(&len);
	if (srgb == NULL) {
		diag_fail(job->log, "pdf", DIAG_NOWHERE, "Little CMS cannot make an sRGB profile");
		return false;
	}
	ok = write_one(job, srgb, len, "sRGB IEC61966-2.1", "http://www.color.org", "sRGB IEC61966-2.1");
	mem_free(srgb);
	return ok;
}
