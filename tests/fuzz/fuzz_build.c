/* The whole build: any bytes as a source beside a picture, strictly and leniently, to the bytes of all editions. */
#include <string.h>

#include "edition/outputs.h"
#include "fuzz.h"
#include "image/image_write.h"
#include "proof/proof.h"
#include "report/report.h"

static void make(struct edition *e, int kinds)
{
	struct outputs o;
	struct buf out, ticket;
	bool ok = outputs_open(&o, e, kinds);

	for (int kind = EDITION_PRINT; ok && kind <= EDITION_BOOKLET; kind *= 2) {
		if ((kinds & kind) == 0)
			continue;
		buf_init(&out);
		buf_init(&ticket);
		ok = outputs_make(&o, kind, &out);
		FUZZ_MUST(ok == (e->log->errors == 0));
		FUZZ_MUST(!ok || (out.len > 100 && memcmp(out.data, kind == EDITION_EPUB ? "PK\3\4" : "%PDF", 4) == 0));
		if (ok && kind == EDITION_PRINT)
			outputs_ticket(&o, &out, &ticket);
		buf_free(&out);
		buf_free(&ticket);
	}
	outputs_close(&o);
}

static void build(const char *path, bool lenient)
{
	struct edition_options o = { .lenient = lenient, .allow_missing_glyphs = true, .for_press = true };
	struct edition e;
	struct diag_log log;
	struct buf report;
	bool laid_out;

	diag_init(&log);
	edition_init(&e, path, &o, &log);
	laid_out = edition_read(&e) && edition_style(&e) && edition_layout(&e);
	FUZZ_MUST(laid_out == (log.errors == 0));
	if (laid_out)
		make(&e, lenient ? EDITION_ALL | EDITION_BOOKLET : EDITION_SCREEN);
	buf_init(&report);
	if (laid_out)
		report_write(e.pages, &log, REPORT_TEXT, &report);
	buf_free(&report);
	edition_close(&e);
	diag_free(&log);
}

static void put_pictures(void)
{
	static const unsigned char pixels[3 * 40 * 30] = { 0 };
	struct diag_log log;
	struct buf png;

	diag_init(&log);
	buf_init(&png);
	FUZZ_MUST(image_write_png(pixels, 40, 30, 3, &png, &log));
	fuzz_file("a.png", png.data, png.len);
	fuzz_file("dot.png", png.data, png.len);
	buf_free(&png);
	diag_free(&log);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool once;
	const char *path;

	if (!once)
		put_pictures();
	once = true;
	path = fuzz_file("a.xml", data, size);
	build(path, false);
	build(path, true);
	return 0;
}
