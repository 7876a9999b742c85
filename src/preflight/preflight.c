#include "preflight/preflight.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "preflight/pf_font.h"
#include "preflight/pf_ua.h"
#include "preflight/pf_xmp.h"

#define MOST_FILE ((size_t)1 << 30)
#define MOST_OPERATORS ((size_t)30 * 1000 * 1000)

void pf_say(struct pf *p, char series, bool error, int item, pf_obj where, const char *fmt, ...)
{
	char text[400];
	va_list args;
	struct pos pos = { p->path, 0, 0 };
	int id = where != 0 ? pf_doc_id(p->doc, where) : 0;
	const char *key, *at = "";

	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	key = arena_printf(&p->arena, "%d %d %s", item, id, text);
	if (strmap_put(&p->said, key, strlen(key), p) != NULL)
		return;
	if (p->page > 0 && id > 0)
		at = arena_printf(&p->arena, " page %d, object %d", p->page, id);
	else if (p->page > 0)
		at = arena_printf(&p->arena, " page %d", p->page);
	else if (id > 0)
		at = arena_printf(&p->arena, " object %d", id);
	if (error)
		diag_error(p->log, "preflight", pos, "%c-%02d%s: %s", series, item, at, text);
	else
		diag_warn(p->log, "preflight", pos, "%c-%02d%s: %s", series, item, at, text);
}

bool pf_first(struct pf *p, const char *check, pf_obj o)
{
	int id = pf_doc_id(p->doc, o);
	const char *key;

	if (id == 0)
		return true;
	key = arena_printf(&p->arena, "%s %d", check, id);
	return strmap_put(&p->seen, key, strlen(key), p) == NULL;
}

/* Which of the two it says it is. */
static bool claims_x1a(struct pf *p)
{
	pf_obj info = pf_doc_key(p->doc, pf_doc_trailer(p->doc), "/Info");

	return strncmp(pf_doc_text(p->doc, pf_doc_key(p->doc, info, "/GTS_PDFXVersion")), "PDF/X-1", 7) == 0;
}

static void check_all(struct pf *p)
{
	int pages = pf_doc_pages(p->doc);

	pf_file_check(p);
	pf_meta_check(p);
	for (int i = 0; i < pages; i++) {
		pf_doc_forget(p->doc);
		p->page = i + 1;
		pf_page_check(p, pf_doc_page(p->doc, i));
	}
	p->page = 0;
	if (pages == 0)
		pf_fail(p, 24, 0, "there is no page");
}

bool preflight_file(const char *path, const struct preflight_options *o, struct diag_log *log)
{
	struct pf p = { .path = path, .log = log, .operators = MOST_OPERATORS };
	enum preflight_standard standard = o->standard;
	const char *reason = NULL, *repaired;
	size_t before = log->errors;
	char *data;

	if (!file_read(path, MOST_FILE, log, (struct pos){ path, 0, 0 }, &data, &p.len))
		return false;
	p.ink = o->ink_limit > 0 ? o->ink_limit / 100.0 : 3;
	p.safe = (double)o->safe / (double)SP_ONE;
	p.data = (const unsigned char *)data;
	arena_init(&p.arena);
	strmap_init(&p.said);
	strmap_init(&p.seen);
	strmap_init(&p.inks);
	p.doc = pf_doc_open(path, data, p.len, &p.arena, &reason);
	if (p.doc == NULL) {
		diag_error(log, "preflight", (struct pos){ path, 0, 0 }, "this is no PDF that can be read: %s", reason);
	} else {
		p.x1a = standard == PREFLIGHT_X1A || (standard == PREFLIGHT_AS_CLAIMED && claims_x1a(&p));
		p.ua = standard == PREFLIGHT_UA;
		if (p.ua)
			pf_ua_check(&p);
		else
			check_all(&p);
		for (int i = 0; i < 20 && (repaired = pf_doc_warning(p.doc)) != NULL; i++)
			pf_say(&p, p.ua ? 'A' : 'P', true, p.ua ? 64 : 50, 0, "the file is damaged: %s", repaired);
	}
	pf_font_close(&p);
	pf_doc_close(p.doc);
	strmap_free(&p.said);
	strmap_free(&p.seen);
	strmap_free(&p.inks);
	arena_free(&p.arena);
	mem_free(data);
	return log->errors == before;
}
