#include "read/xinclude.h"

#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "read/below.h"
#include "read/docbook_build.h"

/* An inclusion can include: depth, number and sum of sizes are bounded, or ten small files would
 * make a document of any size. */
enum { MOST_DEEP = 16, MOST_FILES = 4096 };

#define MOST_TEXT ((size_t)10000000) /* [byte] of a file that is included as text: no more than libxml2 takes in one piece */

struct open_file {
	const char *real; /* resolved, to know it again */
	const struct open_file *by;
	int deep;
};

struct inclusion {
	struct source *to;
	struct diag_log *log;
	bool lenient;
	size_t files, bytes;
};

static void expand(struct inclusion *x, struct src *top, const struct open_file *in);

static bool take(struct inclusion *x, const char *path, struct pos pos, size_t most, char **data, size_t *len)
{
	if (++x->files > MOST_FILES) {
		diag_error(x->log, "xinclude", pos, "more than %d files are included", MOST_FILES);
		return false;
	}
	if (!file_read(path, most < XMLSOURCE_MOST - x->bytes ? most : XMLSOURCE_MOST - x->bytes, x->log, pos, data, len))
		return false;
	x->bytes += *len;
	return true;
}

static struct src *load_xml(struct inclusion *x, const char *path, struct pos pos, int depth,
                            const struct open_file *by, bool *cyclic)
{
	struct open_file here = { below_real(&x->to->arena, path), by, by == NULL ? 0 : by->deep + 1 };
	struct src *root;
	char *data;
	size_t len;

	*cyclic = false;
	for (const struct open_file *f = by; f != NULL; f = f->by) {
		if (here.real != NULL && strcmp(f->real, here.real) == 0)
			*cyclic = true;
	}
	if (*cyclic || here.deep > MOST_DEEP) {
		diag_error(x->log, "xinclude", pos, *cyclic ? "\"%s\" includes itself" : "\"%s\": inclusions are nested too deep",
		           path);
		*cyclic = true;
		return NULL;
	}
	if (!take(x, path, pos, XMLSOURCE_MOST, &data, &len))
		return NULL;
	if (here.real == NULL)
		here.real = path;
	root = xmlsource_parse(data, len, path, depth, x->lenient, &x->to->arena, x->log);
	mem_free(data);
	if (root != NULL)
		expand(x, root, &here);
	return root;
}

/* Logged at the first byte that is not. */
static bool is_utf8(const char *text, size_t len, const char *path, struct diag_log *log)
{
	struct pos at = { path, 1, 1 };

	for (size_t i = 0, n; i < len; i += n) {
		if (utf8_decode(text + i, len - i, &n) == 0xFFFD && n == 1) { /* U+FFFD itself has three bytes */
			diag_error(log, "xml-encoding", at, "this is not UTF-8: byte 0x%02x", (unsigned char)text[i]);
			diag_hint(log, "the xi:include can say another encoding: encoding=\"windows-1251\"");
			return false;
		}
		at.line += text[i] == '\n';
		at.column = text[i] == '\n' ? 1 : at.column + 1;
	}
	return true;
}

static struct src *load_text(struct inclusion *x, const char *path, const struct src *at)
{
	const char *encoding = xmlsource_attr(at, NULL, "encoding");
	struct src *s;
	char *data, *text;
	size_t len, text_len;

	if (!take(x, path, at->pos, MOST_TEXT, &data, &len))
		return NULL;
	if (!xml_to_utf8(data, len, encoding == NULL ? "utf-8" : encoding, at->pos, x->log, &text, &text_len)) {
		mem_free(data);
		return NULL;
	}
	mem_free(data);
	if (!is_utf8(text, text_len, path, x->log)) {
		mem_free(text);
		return NULL;
	}
	s = ARENA_NEW(&x->to->arena, struct src);
	s->pos = (struct pos){ path, 1, 1 };
	s->depth = at->depth;
	xmlsource_clean(&x->to->arena, text, text_len, s);
	mem_free(text);
	return s;
}

/* Puts the list that starts with `with` (or nothing) in the place of s; returns its end, or before. */
static struct src *replace(struct src *s, struct src *before, struct src *with)
{
	struct src *up = s->parent, *end = with;

	for (struct src *c = with; c != NULL; c = c->next) {
		c->parent = up;
		end = c;
	}
	if (end != NULL)
		end->next = s->next;
	if (before == NULL)
		up->first = with != NULL ? with : s->next;
	else
		before->next = with != NULL ? with : s->next;
	if (s->next == NULL)
		up->last = end != NULL ? end : before;
	return end != NULL ? end : before;
}

static struct src *child_include(const struct src *s, const char *name)
{
	for (struct src *c = s->first; c != NULL; c = c->next) {
		if (src_is(c, name) && c->ns != NULL && strcmp(c->ns, NS_XINCLUDE) == 0)
			return c;
	}
	return NULL;
}

/* What stands in the place of an xi:include; *found false: the file is not to be had. */
static struct src *included(struct inclusion *x, const struct src *s, const struct open_file *in, bool *found)
{
	const char *href = xmlsource_attr(s, NULL, "href"), *parse = xmlsource_attr(s, NULL, "parse"), *path;
	bool cyclic;
	struct src *r;

	*found = true;
	if (xmlsource_attr(s, NULL, "xpointer") != NULL || xmlsource_attr(s, NULL, "fragid") != NULL) {
		diag_error(x->log, "xinclude", s->pos, "xi:include with xpointer is not supported: a file is included whole");
		return NULL;
	}
	if (href == NULL || *href == '\0') {
		diag_error(x->log, "xinclude", s->pos, "xi:include without href");
		return NULL;
	}
	if (parse != NULL && strcmp(parse, "xml") != 0 && strcmp(parse, "text") != 0) {
		diag_error(x->log, "xinclude", s->pos, "xi:include with parse=\"%s\": neither \"xml\" nor \"text\"", parse);
		return NULL;
	}
	switch (below_resolve(&x->to->arena, x->to->folder, xmlsource_base(&x->to->arena, s), href, &path)) {
	case BELOW_OK:
		break;
	case BELOW_MISSING:
		*found = false;
		return NULL;
	default:
		diag_error(x->log, "xinclude", s->pos, "\"%s\" is not a file below the source's folder", href);
		return NULL;
	}
	if (parse != NULL && strcmp(parse, "text") == 0)
		return load_text(x, path, s);
	r = load_xml(x, path, s->pos, s->depth, in, &cyclic);
	return r;
}

/* Returns what now stands before s's next. */
static struct src *resolve(struct inclusion *x, struct src *s, struct src *before, const struct open_file *in)
{
	struct src *fallback = child_include(s, "fallback"), *with;
	bool found;

	with = included(x, s, in, &found);
	if (!found && fallback != NULL) {
		expand(x, fallback, in);
		with = fallback->first;
	} else if (!found) {
		FAULT(x, "xinclude", s->pos, "there is no file \"%s\" to include", xmlsource_attr(s, NULL, "href"));
	}
	return replace(s, before, with);
}

static bool is_include(const struct src *s)
{
	return s->ns != NULL && strcmp(s->ns, NS_XINCLUDE) == 0 && src_is(s, "include");
}

/* Resolves what is below top; depth of the recursion is the depth of the tree. */
static void expand(struct inclusion *x, struct src *top, const struct open_file *in)
{
	struct src *before = NULL;

	for (struct src *s = top->first, *next; s != NULL; s = next) {
		next = s->next;
		if (is_include(s)) {
			before = resolve(x, s, before, in); /* what came in is resolved already */
			continue;
		}
		if (s->name != NULL)
			expand(x, s, in);
		before = s;
	}
}

struct src *xinclude_load(struct source *to, bool lenient, struct diag_log *log)
{
	struct inclusion x = { .to = to, .log = log, .lenient = lenient };
	bool cyclic;

	return load_xml(&x, to->path, DIAG_NOWHERE, 0, NULL, &cyclic);
}
