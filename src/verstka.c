#include "verstka.h"

#include <setjmp.h>
#include <string.h>

#include "base/mem.h"
#include "edition/outputs.h"

struct verstka {
	struct diag_log log;
	struct arena arena; /* copies of the options */
	struct edition_options options;
	struct edition edition;
	struct outputs_made files; /* on their way to a folder */
	bool built, made; /* verstka_build was called; and made pages */
	bool no_memory;   /* it ran out: nothing more can be done */
};

static const struct verstka_message out_of_memory = { .level = VERSTKA_ERROR, .code = "memory", .text = "out of memory" };

/* What a call wants done; NULL-free arguments of the calls below. */
struct wish {
	int outputs;
	const char *folder;
	void **bytes;
	size_t *len;
};

/* Does it with a way out for want of memory. */
static enum verstka_status guarded(struct verstka *v, bool (*doing)(struct verstka *v, const struct wish *w), const struct wish *w)
{
	size_t from = v->log.n;
	jmp_buf here, *before;
	bool ok;

	if (v->no_memory)
		return VERSTKA_ENVIRONMENT;
	before = mem_escape(&here);
	if (setjmp(here) != 0) {
		mem_escape(before);
		v->no_memory = true;
		return VERSTKA_ENVIRONMENT;
	}
	ok = doing(v, w);
	diag_unique(&v->log, from); /* a second output says again which printing condition it is for */
	mem_escape(before);
	return ok ? VERSTKA_DONE : (enum verstka_status)diag_exit_status(&v->log);
}

/* ---- a document ------------------------------------------------------------------------------------------------- */

static const char *copy(struct verstka *v, const char *s)
{
	return s != NULL ? arena_strdup(&v->arena, s) : NULL;
}

static void take_options(struct verstka *v, const struct verstka_options *o)
{
	static const enum paginate modes[] = { PAGINATE_AUTO, PAGINATE_EXACT, PAGINATE_BEAM, PAGINATE_GREEDY };
	static const enum stale_policy policies[] = { STALE_SOURCE, STALE_KEEP, STALE_REFUSE };

	v->log.strict = o->strict;
	v->options = (struct edition_options){
		.theme = copy(v, o->theme), .fonts = copy(v, o->fonts), .output_profile = copy(v, o->output_profile),
		.output_condition = copy(v, o->output_condition), .lenient = o->lenient, .for_press = o->for_press,
		.allow_missing_glyphs = o->allow_missing_glyphs, .no_marks = o->no_marks, .pdfx1a = o->pdfx1a, .ua2 = o->pdfua2,
		.pages = { .n = o->pages > 0 ? o->pages : 0 }, .no_page_list = o->no_page_list, .lang = copy(v, o->lang),
		.min_percent = o->min_percent, .allow_stale = o->allow_stale, .credit_translator = o->credit_translator,
	};
	if ((size_t)o->paginate < sizeof modes / sizeof *modes)
		v->options.paginate = modes[o->paginate];
	if ((size_t)o->stale < sizeof policies / sizeof *policies)
		v->options.stale = policies[o->stale];
}

struct verstka *verstka_open(const char *source, const struct verstka_options *options)
{
	static const struct verstka_options usual = { 0 };
	struct verstka *v = mem_try(sizeof *v);
	jmp_buf here, *before;

	if (v == NULL)
		return NULL;
	memset(v, 0, sizeof *v);
	diag_init(&v->log);
	arena_init(&v->arena);
	before = mem_escape(&here);
	if (setjmp(here) != 0) {
		mem_escape(before);
		arena_free(&v->arena);
		mem_free(v);
		return NULL;
	}
	take_options(v, options != NULL ? options : &usual);
	edition_init(&v->edition, copy(v, source), &v->options, &v->log);
	mem_escape(before);
	return v;
}

void verstka_close(struct verstka *v)
{
	if (v == NULL)
		return;
	outputs_free(&v->files);
	edition_close(&v->edition);
	diag_free(&v->log);
	arena_free(&v->arena);
	mem_free(v);
}

static bool build(struct verstka *v, const struct wish *w)
{
	struct edition *e = &v->edition;

	(void)w;
	v->made = edition_read(e) && edition_style(e) && edition_layout(e);
	return v->made;
}

enum verstka_status verstka_build(struct verstka *v)
{
	static const struct wish nothing = { 0 };

	if (v->built)
		return VERSTKA_USAGE;
	v->built = true;
	return guarded(v, build, &nothing);
}

/* ---- pages --------------------------------------------------------------------------------------------------------- */

size_t verstka_page_count(const struct verstka *v)
{
	return v->made ? v->edition.pages->n : 0;
}

struct verstka_page verstka_page(const struct verstka *v, size_t i)
{
	struct verstka_page out = { 0 };
	const struct page *p;

	if (i >= verstka_page_count(v))
		return out;
	p = &v->edition.pages->v[i];
	out.label = p->label;
	out.width = v->edition.pages->width;
	out.height = v->edition.pages->height;
	if (p->start != NULL) {
		out.file = p->start->pos.file;
		out.line = p->start->pos.line;
		out.column = p->start->pos.column;
	}
	return out;
}

static bool is_inside(const struct node *n, const struct node *of)
{
	while (n != NULL && n != of)
		n = n->parent;
	return n != NULL;
}

int64_t verstka_page_of(const struct verstka *v, const char *id)
{
	size_t n = verstka_page_count(v);
	const struct node *of = n > 0 ? strmap_lookup(&v->edition.doc->ids, id, strlen(id)) : NULL;

	for (size_t i = 0; of != NULL && i < n; i++) {
		const struct page *p = &v->edition.pages->v[i];

		for (size_t k = 0; k < p->n; k++)
			if (p->items[k].role != ROLE_CONTENTS && p->items[k].role != ROLE_RUNNING_HEAD && is_inside(p->items[k].node, of))
				return (int64_t)i;
	}
	return -1;
}

/* ---- outputs --------------------------------------------------------------------------------------------------------- */

static bool make(struct verstka *v, const struct wish *w)
{
	int kind = w->outputs == VERSTKA_TICKET ? EDITION_PRINT : w->outputs;
	struct outputs o;
	struct buf out, ticket;
	bool ok = outputs_open(&o, &v->edition, kind);

	buf_init(&out);
	buf_init(&ticket);
	ok = ok && outputs_make(&o, kind, &out);
	if (ok && w->outputs == VERSTKA_TICKET)
		outputs_ticket(&o, &out, &ticket);
	if (ok)
		*w->bytes = buf_detach(w->outputs == VERSTKA_TICKET ? &ticket : &out, w->len);
	outputs_close(&o);
	buf_free(&out);
	buf_free(&ticket);
	return ok;
}

enum verstka_status verstka_make(struct verstka *v, enum verstka_output output, void **bytes, size_t *len)
{
	const struct wish w = { .outputs = (int)output, .bytes = bytes, .len = len };
	bool is_one = output == VERSTKA_PRINT || output == VERSTKA_SCREEN || output == VERSTKA_EPUB || output == VERSTKA_BOOKLET ||
	              output == VERSTKA_TICKET;

	*bytes = NULL;
	*len = 0;
	return v->no_memory ? VERSTKA_ENVIRONMENT : !v->made || !is_one ? VERSTKA_USAGE : guarded(v, make, &w);
}

void verstka_free(void *bytes)
{
	mem_free(bytes);
}

static bool write_all(struct verstka *v, const struct wish *w)
{
	bool ok;

	outputs_free(&v->files);
	ok = outputs_make_all(&v->edition, w->outputs, w->folder, &v->files) && outputs_write(&v->files, &v->log);
	outputs_free(&v->files);
	return ok;
}

enum verstka_status verstka_write(struct verstka *v, int outputs, const char *folder)
{
	const struct wish w = { .outputs = outputs & ~VERSTKA_TICKET, .folder = folder };
	bool is_some = w.outputs > 0 && (w.outputs & ~(VERSTKA_ALL | VERSTKA_BOOKLET)) == 0;

	return v->no_memory ? VERSTKA_ENVIRONMENT : !v->made || !is_some ? VERSTKA_USAGE : guarded(v, write_all, &w);
}

/* ---- messages ----------------------------------------------------------------------------------------------------------- */

size_t verstka_message_count(const struct verstka *v)
{
	return v->log.n + (size_t)v->no_memory;
}

struct verstka_message verstka_message(const struct verstka *v, size_t i)
{
	const struct diag *d;

	if (i >= v->log.n)
		return v->no_memory && i == v->log.n ? out_of_memory : (struct verstka_message){ 0 };
	d = &v->log.v[i];
	return (struct verstka_message){
		.level = d->level == DIAG_ERROR ? VERSTKA_ERROR : d->level == DIAG_WARNING ? VERSTKA_WARNING : VERSTKA_NOTE,
		.code = d->code, .file = d->pos.file, .line = d->pos.line, .column = d->pos.column,
		.text = d->text != NULL ? d->text : "", .hint = d->hint,
	};
}

const char *verstka_version(void)
{
	return VERSTKA_VERSION;
}
