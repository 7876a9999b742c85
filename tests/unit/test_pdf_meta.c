/* write/pdf: what a file claims to be, and the packet that says so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "write/pdf/pdf_meta.h"
#include "write/pdf/pdf_profile.h"
#include "write/pdf/pdf_xmp.h"

static bool has(const struct buf *b, const char *part)
{
	return strstr(b->data, part) != NULL;
}

static void test_profiles(void **state)
{
	struct pdf_options o = { .target = PDF_SCREEN };
	const struct pdf_profile *p = pdf_profile_of(&o);

	(void)state;
	assert_int_equal(p->ua, 1);
	assert_int_equal(p->a, 2);
	assert_int_equal(p->a_level, 'A');
	assert_null(p->pdfx);
	assert_string_equal(p->intent, "GTS_PDFA1");

	/* no output profile: no PDF/X, and nothing may say otherwise */
	o.target = PDF_PRINT;
	p = pdf_profile_of(&o);
	assert_null(p->pdfx);
	assert_null(p->intent);
	assert_int_equal(p->ua + p->a, 0);

	o.cmyk_profile = "x";
	o.cmyk_profile_len = 1;
	p = pdf_profile_of(&o);
	assert_string_equal(p->pdfx, "PDF/X-4");
	assert_string_equal(p->intent, "GTS_PDFX");
	assert_int_equal(p->ua + p->a, 0);
}

static void test_packet(void **state)
{
	struct pdf_options o = { .target = PDF_SCREEN };
	struct pdf_about a = { .title = "A < B & C", .author = "N. N.", .language = "ru", .date = "2014-06-09T00:00:00Z",
	                       .document = { 1, 2 }, .instance = { 3, 4 } };
	struct buf x;

	(void)state;
	buf_init(&x);
	pdf_xmp_put(&x, &a, pdf_profile_of(&o));
	assert_true(has(&x, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">A &lt; B &amp; C</rdf:li></rdf:Alt></dc:title>"));
	assert_true(has(&x, "<dc:creator><rdf:Seq><rdf:li>N. N.</rdf:li></rdf:Seq></dc:creator>"));
	assert_true(has(&x, "<xmp:CreateDate>2014-06-09T00:00:00Z</xmp:CreateDate>"));
	assert_true(has(&x, "<pdfuaid:part>1</pdfuaid:part>"));
	assert_true(has(&x, "<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>"));
	assert_true(has(&x, "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"));
	assert_false(has(&x, "pdfxid"));
	assert_false(has(&x, "Trapped"));
	assert_false(has(&x, "pdf:Keywords"));

	buf_clear(&x);
	o.target = PDF_PRINT;
	o.cmyk_profile = "x";
	a.trapped = "False";
	pdf_xmp_put(&x, &a, pdf_profile_of(&o));
	assert_true(has(&x, "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>"));
	assert_true(has(&x, "<pdf:Trapped>False</pdf:Trapped>"));
	assert_true(has(&x, "xmpMM:VersionID"));
	assert_true(has(&x, "<xmpMM:RenditionClass>default</xmpMM:RenditionClass>"));
	assert_false(has(&x, "pdfuaid"));
	assert_false(has(&x, "pdfaid"));
	buf_free(&x);
}

static void test_languages(void **state)
{
	static const char *const good[] = { "ru", "en-GB", "zh-Hans", "sr-Latn-RS", "de-1996", "und", "x-klingon" };
	static const char *const bad[] = { "", "en_US", "12", "ru-", "-ru", "a--b", "englishing", "en-GB ", "en-abcdefghi",
		                               "\xd1\x80\xd1\x83" };

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_true(pdf_meta_is_language(good[i]));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(pdf_meta_is_language(bad[i]));
	assert_false(pdf_meta_is_language(NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_profiles),
		cmocka_unit_test(test_packet),
		cmocka_unit_test(test_languages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
