#include "read/settings.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

enum { MOST_BYTES = 1 << 20, MOST_ELEMENTS = 20000, MOST_DEPTH = 8, MOST_ATTRIBUTES = 64, MOST_SYNTAX_ERRORS = 10 };

/* libxml2 names a tag's place by its end. The parser tells how many bytes it has read when it hands
 * over a start tag; from there the tag's '<' is found backwards ('<' cannot stand in an attribute)
 * and its attributes forwards. Places only move forward, so counting lines is linear. */
struct walk {
	struct settings *out;
	xmlParserCtxtPtr parser;
	const char *xml;
	size_t len;
	const char *file, *code;
	struct diag_log *log;
	size_t at;           /* [byte] the place that line and column speak of */
	int line, column;
	int stack[MOST_DEPTH];
	int depth, syntax_errors;
	bool failed;
};

static struct pos place(struct walk *w, size_t offset)
{
	for (; w->at < offset && w->at < w->len; w->at++) {
		unsigned char c = (unsigned char)w->xml[w->at];

		if (c == '\n') {
			w->line++;
			w->column = 1;
		} else if ((c & 0xC0) != 0x80) {
			w->column++;
		}
	}
	return (struct pos){ w->file, w->line, w->column };
}

static void stop(struct walk *w, struct pos pos, const char *text)
{
	if (!w->failed)
		diag_error(w->log, w->code, pos, "%s", text);
	w->failed = true;
	xmlStopParser(w->parser);
}

/* Gives each attribute of e its place: walks over `name = "value"` pairs from just behind the tag's name. */
static void place_attributes(struct walk *w, struct setting_element *e, size_t p, size_t end)
{
	while (p < end) {
		size_t name, name_end;
		char quote;

		while (p < end && utf8_is_xml_space(w->xml[p]))
			p++;
		name = p;
		while (p < end && w->xml[p] != '=' && !utf8_is_xml_space(w->xml[p]))
			p++;
		name_end = p;
		while (p < end && w->xml[p] != '"' && w->xml[p] != '\'')
			p++;
		if (p >= end)
			return;
		quote = w->xml[p++];
		while (p < end && w->xml[p] != quote)
			p++;
		p++;
		for (int i = 0; i < e->n_attrs; i++) {
			if (strlen(e->attrs[i].name) == name_end - name &&
			    memcmp(e->attrs[i].name, w->xml + name, name_end - name) == 0)
				e->attrs[i].pos = place(w, name);
		}
	}
}

static const char *full_name(struct arena *a, const xmlChar *prefix, const xmlChar *local)
{
	return prefix == NULL ? arena_strdup(a, (const char *)local)
	                      : arena_printf(a, "%s:%s", (const char *)prefix, (const char *)local);
}

static void start_element(void *ctx, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int n_ns,
                          const xmlChar **ns, int n_attrs, int n_defaulted, const xmlChar **attrs)
{
	struct walk *w = ((xmlParserCtxtPtr)ctx)->_private;
	struct settings *s = w->out;
	struct setting_element *e;
	long consumed = xmlByteConsumed(w->parser);
	size_t end = consumed < 0 ? w->at : (size_t)consumed, start, n = (size_t)s->n;

	(void)uri, (void)n_ns, (void)ns, (void)n_defaulted;
	if (w->failed)
		return;
	if (end > w->len)
		end = w->len;
	for (start = end; start > w->at && w->xml[start - 1] != '<'; start--)
		;
	start = start > w->at ? start - 1 : w->at;
	if (s->n >= MOST_ELEMENTS || w->depth >= MOST_DEPTH || n_attrs > MOST_ATTRIBUTES) {
		stop(w, place(w, start), s->n >= MOST_ELEMENTS ? "too many elements"
		                         : w->depth >= MOST_DEPTH ? "elements nested too deeply" : "too many attributes");
		return;
	}
	VEC_ROOM(s->v, n, s->cap, 1);
	e = &s->v[s->n];
	e->name = full_name(&s->arena, prefix, local);
	e->parent = w->depth > 0 ? w->stack[w->depth - 1] : -1;
	e->pos = place(w, start);
	e->n_attrs = n_attrs;
	e->attrs = arena_array(&s->arena, (size_t)n_attrs + 1, sizeof *e->attrs);
	for (int i = 0; i < n_attrs; i++) {
		const xmlChar **a = attrs + 5 * i;

		e->attrs[i].name = full_name(&s->arena, a[1], a[0]);
		e->attrs[i].value = arena_dup(&s->arena, (const char *)a[3], (size_t)(a[4] - a[3]));
		e->attrs[i].pos = e->pos;
	}
	place_attributes(w, e, start + 1 + strlen(e->name), end);
	w->stack[w->depth++] = s->n++;
}

static void end_element(void *ctx, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
	struct walk *w = ((xmlParserCtxtPtr)ctx)->_private;

	(void)local, (void)prefix, (void)uri;
	if (w->depth > 0)
		w->depth--;
}

static void characters(void *ctx, const xmlChar *text, int len)
{
	struct walk *w = ((xmlParserCtxtPtr)ctx)->_private;

	for (int i = 0; i < len; i++) {
		if (utf8_is_xml_space((char)text[i]) || w->failed)
			continue;
		diag_error(w->log, w->code, (struct pos){ w->file, xmlSAX2GetLineNumber(ctx), 0 },
		           "no text belongs here: every setting is an attribute");
		w->failed = true; /* one message says it all */
	}
}

static void doctype(void *ctx, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id)
{
	struct walk *w = ((xmlParserCtxtPtr)ctx)->_private;

	(void)name, (void)public_id, (void)system_id;
	stop(w, (struct pos){ w->file, xmlSAX2GetLineNumber(ctx), 0 }, "a DOCTYPE is not allowed here");
}

#if LIBXML_VERSION >= 21200
static void syntax_error(void *ctx, const xmlError *error)
#else
static void syntax_error(void *ctx, xmlErrorPtr error)
#endif
{
	struct walk *w = ((xmlParserCtxtPtr)ctx)->_private;
	const char *text = error->message != NULL ? error->message : "not well-formed XML";
	size_t n = strlen(text);

	while (n > 0 && (utf8_is_xml_space(text[n - 1]) || text[n - 1] == '.'))
		n--;
	if (error->level < XML_ERR_ERROR || w->failed)
		return;
	if (w->syntax_errors++ < MOST_SYNTAX_ERRORS)
		diag_error(w->log, w->code, (struct pos){ w->file, error->line, error->int2 }, "not well-formed XML: %.*s",
		           (int)n, text);
}

bool settings_read(struct settings *s, const char *xml, size_t len, const char *name, const char *code,
                   struct diag_log *log)
{
	struct walk w = { .out = s, .xml = xml, .len = len, .code = code, .log = log, .line = 1, .column = 1 };
	xmlSAXHandler *sax;
	bool ok;

	memset(s, 0, sizeof *s);
	arena_init(&s->arena);
	w.file = arena_strdup(&s->arena, name);
	/* a zero would have libxml2 find another encoding */
	if (len == 0 || len > MOST_BYTES || memchr(xml, '\0', len) != NULL || !utf8_is_valid(xml, len)) {
		const char *why = len == 0 ? "empty" : len > MOST_BYTES ? "over 1 MB" : "not UTF-8";

		diag_error(log, code, (struct pos){ w.file, 0, 0 }, "the file is %s", why);
		return false;
	}
	mem_watch();
	w.parser = xmlCreateMemoryParserCtxt(xml, (int)len);
	if (w.parser == NULL)
		mem_fail();
	w.parser->_private = &w;
	sax = w.parser->sax;
	memset(sax, 0, sizeof *sax);
	sax->initialized = XML_SAX2_MAGIC;
	sax->startElementNs = start_element;
	sax->endElementNs = end_element;
	sax->characters = characters;
	sax->cdataBlock = characters;
	sax->internalSubset = doctype;
	sax->serror = syntax_error;
	/* NOENT has &amp; and the like arrive decoded; without a DOCTYPE there is nothing else to expand. */
	xmlCtxtUseOptions(w.parser, XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_IGNORE_ENC);
	w.parser->sax2 = 1;
	xmlParseDocument(w.parser);
	mem_watched();
	ok = w.parser->wellFormed && !w.failed && w.syntax_errors == 0 && s->n > 0;
	if (!ok && !w.failed && w.syntax_errors == 0)
		diag_error(log, code, (struct pos){ w.file, 0, 0 }, "not well-formed XML");
	xmlFreeParserCtxt(w.parser);
	return ok;
}

void settings_free(struct settings *s)
{
	arena_free(&s->arena);
	mem_free(s->v);
	memset(s, 0, sizeof *s);
}

struct setting *settings_attribute(const struct setting_element *e, const char *name)
{
	for (int i = 0; i < e->n_attrs; i++) {
		if (strcmp(e->attrs[i].name, name) == 0) {
			e->attrs[i].used = true;
			return &e->attrs[i];
		}
	}
	return NULL;
}

const char *settings_required(const struct setting_element *e, const char *name, const char *code, struct diag_log *log)
{
	const struct setting *s = settings_attribute(e, name);

	if (s != NULL && *s->value != '\0')
		return s->value;
	diag_error(log, code, s != NULL ? s->pos : e->pos, "<%s> needs the attribute %s", e->name, name);
	return NULL;
}

void settings_unused(const struct setting_element *e, const char *code, struct diag_log *log)
{
	for (int i = 0; i < e->n_attrs; i++) {
		if (!e->attrs[i].used)
			diag_error(log, code, e->attrs[i].pos, "<%s> has no attribute \"%s\"", e->name, e->attrs[i].name);
	}
}
