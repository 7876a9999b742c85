/* What the file says about itself: Info and XMP, of one mind; the output intent. */
#include <string.h>

#include "base/mem.h"
#include "base/sha256.h"
#include "preflight/pf.h"
#include "preflight/pf_xmp.h"

static const char *info_text(struct pf *p, const char *key)
{
	pf_obj info = pf_doc_key(p->doc, pf_doc_trailer(p->doc), "/Info");

	return pf_doc_text(p->doc, pf_doc_key(p->doc, info, key));
}

static bool read_xmp(struct pf *p, struct pf_xmp *xmp)
{
	pf_obj m = pf_doc_key(p->doc, pf_doc_root(p->doc), "/Metadata");
	unsigned char *data;
	size_t len;
	bool ok;

	memset(xmp, 0, sizeof *xmp);
	if (!pf_doc_is_stream(p->doc, m)) {
		if (!p->x1a)
			pf_fail(p, 12, 0, "the catalog has no XMP metadata");
		return false;
	}
	if (!p->x1a && pf_doc_has(p->doc, m, "/Filter"))
		pf_fail(p, 12, m, "the XMP packet is packed: programs that know no PDF cannot find it");
	if (!pf_doc_is(p->doc, pf_doc_key(p->doc, m, "/Type"), "/Metadata") ||
	    !pf_doc_is(p->doc, pf_doc_key(p->doc, m, "/Subtype"), "/XML"))
		pf_fail(p, 12, m, "the XMP stream is not of Type Metadata and Subtype XML");
	ok = pf_doc_stream(p->doc, m, true, &data, &len) && pf_xmp_read(data, len, &p->arena, xmp);
	if (!ok)
		pf_fail(p, 12, m, "the XMP packet is no well-formed XML");
	mem_free(data);
	return ok;
}

static void check_claim(struct pf *p, const struct pf_xmp *xmp)
{
	const char *said = info_text(p, "/GTS_PDFXVersion");

	if (p->x1a) {
		if (strcmp(said, "PDF/X-1a:2003") != 0 && strcmp(said, "PDF/X-1:2001") != 0)
			pf_fail(p, 54, 0, "Info names no PDF/X-1a (GTS_PDFXVersion \"%s\")", said);
		return;
	}
	if (xmp->pdfx == NULL || strcmp(xmp->pdfx, "PDF/X-4") != 0)
		pf_fail(p, 13, 0, "XMP does not say that this is PDF/X-4 (pdfxid:GTS_PDFXVersion \"%s\")",
		        xmp->pdfx != NULL ? xmp->pdfx : "");
	if (*said != '\0' && strcmp(said, "PDF/X-4") != 0)
		pf_fail(p, 14, 0, "Info says \"%s\" where XMP says PDF/X-4", said);
	else if (*said == '\0')
		pf_fail(p, 14, 0, "Info has no GTS_PDFXVersion: older programs look for it there");
}

static void check_trapped(struct pf *p, const struct pf_xmp *xmp)
{
	pf_obj info = pf_doc_key(p->doc, pf_doc_trailer(p->doc), "/Info");
	const char *name = pf_doc_name(p->doc, pf_doc_key(p->doc, info, "/Trapped"));

	if (strcmp(name, "/True") != 0 && strcmp(name, "/False") != 0)
		pf_fail(p, 15, info, "Info does not say whether it is trapped (Trapped True or False, a name)");
	else if (!p->x1a && (xmp->trapped == NULL || strcmp(xmp->trapped, name + 1) != 0))
		pf_fail(p, 15, info, "pdf:Trapped in XMP is not \"%s\" as in Info", name + 1);
}

/* Digits of an instant in UTC from "D:20140609123456+03'00'" or "2014-06-09T12:34:56+03:00"; false: no such form. */
static bool instant(const char *s, int64_t *out)
{
	int v[6] = { 0, 1, 1, 0, 0, 0 }, n = 0, zone = 0, sign = 0, part[2] = { 0, 0 };
	static const int month_start[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };
	int64_t days;

	if (s[0] == 'D' && s[1] == ':')
		s += 2;
	for (; n < 6; n++) {
		int digits = n == 0 ? 4 : 2, x = 0;

		if (*s == '-' && n > 0 && n < 3)
			s++;
		else if (n == 3 && *s == 'T')
			s++;
		else if (n > 3 && *s == ':')
			s++;
		if (*s < '0' || *s > '9')
			break;
		for (int i = 0; i < digits; i++, s++) {
			if (*s < '0' || *s > '9')
				return false;
			x = x * 10 + (*s - '0');
		}
		v[n] = x;
	}
	if (*s == '+' || *s == '-') {
		sign = *s++ == '+' ? 1 : -1;
		for (int i = 0; i < 2; i++) {
			for (int k = 0; k < 2 && *s >= '0' && *s <= '9'; k++, s++)
				part[i] = part[i] * 10 + (*s - '0');
			if (*s == '\'' || *s == ':')
				s++;
		}
		zone = sign * (part[0] * 60 + part[1]);
	}
	if (n == 0 || v[1] < 1 || v[1] > 12)
		return false;
	days = (int64_t)v[0] * 365 + (v[0] + 3) / 4 - (v[0] + 99) / 100 + (v[0] + 399) / 400 + month_start[v[1] - 1] + v[2];
	if (v[1] > 2 && ((v[0] % 4 == 0 && v[0] % 100 != 0) || v[0] % 400 == 0))
		days++;
	*out = ((days * 24 + v[3]) * 60 + v[4] - zone) * 60 + v[5];
	return true;
}

static void check_pair(struct pf *p, const char *key, const char *twin, bool date, bool needed)
{
	const char *mine = info_text(p, key);
	int64_t a, b;

	if (*mine == '\0' || twin == NULL || *twin == '\0') {
		if (needed && *mine == '\0')
			pf_fail(p, p->x1a ? 54 : 16, 0, "Info has no %s", key + 1);
		if (needed && !p->x1a && (twin == NULL || *twin == '\0'))
			pf_fail(p, 16, 0, "XMP has no counterpart of Info's %s", key + 1);
		return;
	}
	if (date ? !instant(mine, &a) || !instant(twin, &b) || a != b : strcmp(mine, twin) != 0)
		pf_fail(p, 17, 0, "%s is \"%.80s\" in Info and \"%.80s\" in XMP", key + 1, mine, twin);
}

static void check_properties(struct pf *p, const struct pf_xmp *xmp)
{
	const struct { const char *name, *value; } needed[] = {
		{ "xmp:MetadataDate", xmp->dated }, { "xmpMM:DocumentID", xmp->document }, { "xmpMM:VersionID", xmp->version },
		{ "xmpMM:RenditionClass", xmp->rendition },
	};

	check_pair(p, "/Title", xmp->title, false, true);
	check_pair(p, "/Creator", xmp->tool, false, true);
	check_pair(p, "/Producer", xmp->producer, false, true);
	check_pair(p, "/CreationDate", xmp->created, true, true);
	check_pair(p, "/ModDate", xmp->modified, true, true);
	check_pair(p, "/Author", xmp->author, false, false);
	check_pair(p, "/Subject", xmp->subject, false, false);
	check_pair(p, "/Keywords", xmp->keywords, false, false);
	for (size_t i = 0; !p->x1a && i < sizeof needed / sizeof *needed; i++)
		if (needed[i].value == NULL || *needed[i].value == '\0')
			pf_fail(p, 16, 0, "XMP has no %s", needed[i].name);
}

/* ICC.1: version at byte 8, class at 12, space at 16, "acsp" at 36. */
static void check_profile(struct pf *p, pf_obj intent)
{
	pf_obj profile = pf_doc_key(p->doc, intent, "/DestOutputProfile");
	unsigned char *data;
	size_t len;
	double n = 0;
	char sum[65];

	if (!pf_doc_is_stream(p->doc, profile)) {
		pf_fail(p, 20, intent, "the output intent has no profile embedded (DestOutputProfile)");
		return;
	}
	if (pf_doc_has(p->doc, intent, "/DestOutputProfileRef"))
		pf_fail(p, 20, intent, "the output intent points to a profile elsewhere");
	if (!pf_doc_stream(p->doc, profile, true, &data, &len) || len < 128 || memcmp(data + 36, "acsp", 4) != 0) {
		pf_fail(p, 21, profile, "the output profile is no ICC profile");
		mem_free(data);
		return;
	}
	pf_doc_number(p->doc, pf_doc_key(p->doc, profile, "/N"), &n);
	if (memcmp(data + 12, "prtr", 4) != 0)
		pf_fail(p, 21, profile, "the output profile is of the class \"%.4s\", not a printing condition (\"prtr\")",
		        (const char *)data + 12);
	if (!(memcmp(data + 16, "CMYK", 4) == 0 && n == 4) && !(memcmp(data + 16, "GRAY", 4) == 0 && n == 1))
		pf_fail(p, 21, profile, "the output profile is for \"%.4s\" with N %d, not for CMYK or grey", (const char *)data + 16,
		        (int)n);
	if (data[8] >= 5)
		pf_fail(p, 21, profile, "the output profile is of ICC version %d, which PDF does not know", data[8]);
	sha256_hex(data, len, sum);
	p->intent = arena_strdup(&p->arena, sum);
	mem_free(data);
}

static void check_intents(struct pf *p)
{
	pf_obj all = pf_doc_key(p->doc, pf_doc_root(p->doc), "/OutputIntents"), mine = 0;
	int found = 0;

	for (int i = 0; i < pf_doc_count(p->doc, all); i++) {
		pf_obj one = pf_doc_item(p->doc, all, i);

		if (!pf_doc_is(p->doc, pf_doc_key(p->doc, one, "/S"), "/GTS_PDFX"))
			continue;
		found++;
		mine = one;
	}
	if (found != 1) {
		pf_fail(p, 19, 0, found == 0 ? "there is no output intent for PDF/X: nobody can know what the colours mean"
		                             : "there are several output intents for PDF/X");
		if (found == 0)
			return;
	}
	for (int i = 0; i < pf_doc_count(p->doc, all); i++) {
		pf_obj other = pf_doc_key(p->doc, pf_doc_item(p->doc, all, i), "/DestOutputProfile");

		if (pf_doc_id(p->doc, other) != pf_doc_id(p->doc, pf_doc_key(p->doc, mine, "/DestOutputProfile")))
			pf_fail(p, 19, mine, "two output intents have different profiles");
	}
	check_profile(p, mine);
	if (*pf_doc_text(p->doc, pf_doc_key(p->doc, mine, "/OutputConditionIdentifier")) == '\0')
		pf_fail(p, 22, mine, "the output intent does not name its condition (OutputConditionIdentifier)");
	else if (*pf_doc_text(p->doc, pf_doc_key(p->doc, mine, "/RegistryName")) == '\0' &&
	         *pf_doc_text(p->doc, pf_doc_key(p->doc, mine, "/Info")) == '\0')
		pf_fail(p, 22, mine, "the condition is in no registry and has no Info");
}

void pf_meta_check(struct pf *p)
{
	struct pf_xmp xmp;

	read_xmp(p, &xmp);
	check_claim(p, &xmp);
	check_trapped(p, &xmp);
	check_properties(p, &xmp);
	check_intents(p);
}
