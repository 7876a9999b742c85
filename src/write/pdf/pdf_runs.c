#include "write/pdf/pdf_runs.h"

#include <stdint.h>

#include "base/buf.h"
#include "base/mem.h"

enum { MOST = 1 << 20 /* [byte] kept */ };

struct pdf_runs {
	struct buf bytes;
	uint32_t *len;       /* [byte] of each run, plus 1; 0: not the same everywhere */
	size_t n, cap;
	struct start {
		bool known;
		size_t run, at;
	} *pages;
};

struct pdf_runs *pdf_runs_new(size_t n_pages)
{
	struct pdf_runs *r = mem_zalloc(1, sizeof *r);

	r->pages = mem_zalloc(n_pages, sizeof *r->pages);
	return r;
}

void pdf_runs_free(struct pdf_runs *r)
{
	if (r == NULL)
		return;
	buf_free(&r->bytes);
	mem_free(r->len);
	mem_free(r->pages);
	mem_free(r);
}

struct pdf_runs_page pdf_runs_open(struct pdf_runs *r, size_t page)
{
	struct start *s = r != NULL ? &r->pages[page] : NULL;
	struct pdf_runs_page p = { NULL, false, 0, 0 };

	if (s == NULL || (!s->known && r->bytes.len > MOST))
		return p;
	p.runs = r;
	p.known = s->known;
	if (!s->known)
		*s = (struct start){ true, r->n, r->bytes.len };
	p.run = s->run;
	p.at = s->at;
	return p;
}

const char *pdf_runs_next(struct pdf_runs_page *p, size_t *len)
{
	const char *bytes = p->runs->bytes.data + p->at;
	uint32_t n = p->runs->len[p->run++];

	if (n == 0)
		return NULL;
	*len = n - 1;
	p->at += *len;
	return bytes;
}

void pdf_runs_add(struct pdf_runs_page *p, const char *data, size_t len)
{
	struct pdf_runs *r = p->runs;

	if (len >= UINT32_MAX)
		data = NULL;
	VEC_ROOM(r->len, r->n, r->cap, 1);
	r->len[r->n++] = data != NULL ? (uint32_t)len + 1 : 0;
	if (data != NULL)
		buf_put(&r->bytes, data, len);
}
