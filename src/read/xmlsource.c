#include "read/xmlsource.h"

#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "read/below.h"
#include "read/elements.h"
#include "read/xmlfault.h"

/* Entities, and attributes that a DTD gives, may make at most this much text, beyond what libxml2 itself allows: ours is
 * the bound that does not move with its version. */
enum { MOST_ENTITY_TEXT = 4 << 20 };

/* libxml2 compares each attribute of a tag with each other, and each value that a DTD allows: that takes the square of
 * their number. A document has little to say in a DTD of its own. */
enum { MOST_ATTRIBUTES = 20000, MOST_COMPARED = 2 * MOST_ATTRIBUTES, MOST_DECLARED = 128 << 10, PARAMETER_WEIGHT = 16 };

/* [byte] the tree of a document's source: some two million elements; the document made of it is as large. */
#define MOST_TREE ((size_t)320 << 20)

struct parse {
	xmlParserCtxtPtr main; /* of the file; entities may have contexts of their own */
	const char *text;      /* the file as UTF-8: offsets of the parser are offsets here */
	size_t len;
	const char *file;
	struct arena *arena;
	struct diag_log *log;
	bool lenient, failed;
	int depth;
	struct src *root, *open;
	struct buf chars;      /* text since the last tag */
	struct pos chars_pos;
	size_t event_end;      /* where the last tag, comment or PI ended */
	size_t mark;           /* offset whose line and column are known; only moves forward */
	int mark_line, mark_column;
	size_t entity_text;    /* [byte] */
	uint64_t compared;     /* attributes with each other */
	const char *ns[8];     /* namespaces seen lately: few, so that each is one string */
	int n_ns;
};

/* ---- places ---- */

static size_t offset_now(const struct parse *p)
{
	const xmlParserInput *in = p->main->inputTab[0];
	size_t off = (size_t)in->consumed + (size_t)(in->cur - in->base);

	return off < p->len ? off : p->len;
}

static struct pos pos_at(struct parse *p, size_t off)
{
	const char *end;

	while (p->mark < off && (end = memchr(p->text + p->mark, '\n', off - p->mark)) != NULL) {
		p->mark = (size_t)(end - p->text) + 1;
		p->mark_line++;
		p->mark_column = 1;
	}
	for (; p->mark < off; p->mark++)
		p->mark_column += ((unsigned char)p->text[p->mark] & 0xc0) != 0x80;
	return (struct pos){ p->file, p->mark_line, p->mark_column };
}

/* The '<' of the tag that ends at the parser's place: no '<' can stand in between, and when the
 * tag came out of an entity the place is that of the reference. */
static size_t tag_start(const struct parse *p)
{
	size_t off = offset_now(p);
	char open = off > 0 && off < p->len && p->text[off - 1] == ';' && p->text[off] != '>' && p->text[off] != '/' ?
	            '&' : '<';

	while (off > p->event_end && p->text[off] != open)
		off--;
	return off;
}

static size_t first_nonblank(const struct parse *p, size_t off)
{
	while (off < p->len && (p->text[off] == ' ' || (p->text[off] >= '\t' && p->text[off] <= '\r')))
		off++;
	return off;
}

static void note_event_end(struct parse *p)
{
	size_t off = offset_now(p);

	if (off < p->len && p->text[off] == '/')
		off++;
	if (off < p->len && p->text[off] == '>')
		off++;
	if (off > p->event_end)
		p->event_end = off;
}

/* ---- the tree ---- */

static void append(struct parse *p, struct src *s)
{
	struct src *up = p->open;

	s->parent = up;
	if (up == NULL)
		return;
	if (up->last != NULL)
		up->last->next = s;
	else
		up->first = s;
	up->last = s;
}

static bool is_blank(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (s[i] != ' ' && s[i] != '\t' && s[i] != '\n' && s[i] != '\r')
			return false;
	}
	return true;
}

static void flush_text(struct parse *p)
{
	struct src *s;

	if (p->chars.len == 0)
		return;
	s = ARENA_NEW(p->arena, struct src);
	s->pos = p->chars_pos;
	s->text = arena_dup(p->arena, p->chars.data, p->chars.len);
	s->len = p->chars.len;
	s->blank = is_blank(s->text, s->len);
	append(p, s);
	buf_clear(&p->chars);
}

static const char *shared_ns(struct parse *p, const xmlChar *uri)
{
	const char *s;

	if (uri == NULL || *uri == '\0')
		return NULL;
	for (int i = 0; i < p->n_ns; i++) {
		if (strcmp(p->ns[i], (const char *)uri) == 0)
			return p->ns[i];
	}
	s = arena_strdup(p->arena, (const char *)uri);
	if (p->n_ns < (int)(sizeof p->ns / sizeof *p->ns))
		p->ns[p->n_ns++] = s;
	return s;
}

static void stop(struct parse *p)
{
	p->failed = true;
	xmlStopParser(p->main);
}

static struct parse *parse_of(void *ctx)
{
	return ((xmlParserCtxtPtr)ctx)->_private;
}

/* What the file's own bytes do not say: false if it is too much. */
static bool count_expanded(struct parse *p, size_t bytes)
{
	p->entity_text += bytes;
	if (p->entity_text <= MOST_ENTITY_TEXT + 2 * p->len)
		return true;
	if (!p->failed)
		diag_error(p->log, "too-large", pos_at(p, offset_now(p)),
		           "the document's entities expand to more text than is reasonable");
	stop(p);
	return false;
}

static const struct src_attr *attributes(struct parse *p, const xmlChar **raw, int n)
{
	struct src_attr *v;

	if (n <= 0)
		return NULL;
	v = arena_array(p->arena, (size_t)n, sizeof *v);
	for (int i = 0; i < n; i++, raw += 5) {
		v[i].name = arena_strdup(p->arena, (const char *)raw[0]);
		v[i].ns = shared_ns(p, raw[2]);
		v[i].value = arena_dup(p->arena, (const char *)raw[3], (size_t)(raw[4] - raw[3]));
	}
	return v;
}

/* Attributes that the internal subset gives come with the others, to every element anew. */
static bool are_bounded(struct parse *p, const xmlChar **attr, int n_attr, int n_default)
{
	size_t given = 0;

	p->compared += (uint64_t)n_attr * (uint64_t)n_attr;
	if (p->compared > (uint64_t)MOST_COMPARED * MOST_ATTRIBUTES) {
		diag_error(p->log, "too-large", pos_at(p, tag_start(p)), "elements have more attributes than is reasonable");
		stop(p);
		return false;
	}
	if (p->arena->total > MOST_TREE) {
		diag_error(p->log, "too-large", pos_at(p, tag_start(p)), "the document has more elements than is reasonable");
		stop(p);
		return false;
	}
	for (int i = n_attr - n_default; i < n_attr; i++)
		given += sizeof(struct src_attr) + (size_t)(attr[5 * i + 4] - attr[5 * i + 3]);
	return n_default == 0 || count_expanded(p, given);
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_ns,
                     const xmlChar **ns, int n_attr, int n_default, const xmlChar **attr)
{
	struct parse *p = parse_of(ctx);
	struct src *s;

	(void)prefix;
	(void)n_ns;
	(void)ns;
	if (p->failed || !are_bounded(p, attr, n_attr, n_default))
		return;
	flush_text(p);
	s = ARENA_NEW(p->arena, struct src);
	s->pos = pos_at(p, tag_start(p));
	s->element = elements_lookup((const char *)name);
	s->name = s->element != NULL ? s->element->name : arena_strdup(p->arena, (const char *)name);
	s->ns = shared_ns(p, uri);
	s->attr = attributes(p, attr, n_attr);
	s->n_attr = n_attr;
	s->depth = p->open == NULL ? p->depth : p->open->depth + 1;
	append(p, s);
	if (p->open == NULL)
		p->root = s;
	p->open = s;
	note_event_end(p);
	if (s->depth > XMLSOURCE_DEPTH) {
		diag_error(p->log, "too-deep", s->pos, "elements are nested more than %d deep", XMLSOURCE_DEPTH);
		stop(p);
	}
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct parse *p = parse_of(ctx);

	(void)name;
	(void)prefix;
	(void)uri;
	if (p->failed || p->open == NULL)
		return;
	flush_text(p);
	note_event_end(p);
	p->open = p->open->parent;
}

static void add_text(struct parse *p, const char *s, size_t len)
{
	if (p->failed || p->open == NULL || len == 0)
		return;
	if (p->chars.len == 0)
		p->chars_pos = pos_at(p, first_nonblank(p, p->event_end));
	buf_put(&p->chars, s, len);
}

static void on_text(void *ctx, const xmlChar *s, int len)
{
	struct parse *p = parse_of(ctx);

	if (len <= 0 || p->failed)
		return;
	add_text(p, (const char *)s, (size_t)len);
	if (ctx != p->main)
		count_expanded(p, (size_t)len);
}

static void on_comment(void *ctx, const xmlChar *s)
{
	(void)s;
	if (!parse_of(ctx)->failed)
		note_event_end(parse_of(ctx));
}

static void on_instruction(void *ctx, const xmlChar *target, const xmlChar *s)
{
	(void)target;
	on_comment(ctx, s);
}

/* ---- entities ---- */

static struct pos pos_now(const struct parse *p)
{
	const xmlParserInput *in = p->main->inputTab[0];

	return (struct pos){ p->file, in->line, in->col };
}

static bool is_external(const xmlEntity *e)
{
	return e != NULL && (e->etype == XML_EXTERNAL_GENERAL_PARSED_ENTITY ||
	                     e->etype == XML_EXTERNAL_GENERAL_UNPARSED_ENTITY ||
	                     e->etype == XML_EXTERNAL_PARAMETER_ENTITY);
}

static void refuse_external(struct parse *p, char sign, const xmlEntity *e)
{
	if (p->failed)
		return;
	diag_error(p->log, "external-entity", pos_now(p), "%c%s; names an external entity (\"%s\"): those are not read", sign,
	           (const char *)e->name, e->SystemID == NULL ? "" : (const char *)e->SystemID);
	diag_hint(p->log, "use xi:include for a file below the source's folder");
	stop(p);
}

static xmlEntityPtr on_entity_wanted(void *ctx, const xmlChar *name)
{
	struct parse *p = parse_of(ctx);
	xmlEntityPtr e = xmlSAX2GetEntity(ctx, name);

	if (!is_external(e)) /* counted here since one may be empty, and ten thousand millions of them */
		return ctx == p->main || count_expanded(p, 1) ? e : NULL;
	refuse_external(p, '&', e);
	return NULL;
}

/* Parameter entities serve DTDs, which are not read; one that is internal may declare entities. */
static xmlEntityPtr on_parameter_wanted(void *ctx, const xmlChar *name)
{
	struct parse *p = parse_of(ctx);
	xmlEntityPtr e = xmlSAX2GetParameterEntity(ctx, name);

	if (p->failed) /* what a fault has not stopped, and may go on for hours */
		stop(p);
	else if (is_external(e))
		refuse_external(p, '%', e);
	else if (e != NULL && count_expanded(p, PARAMETER_WEIGHT * ((size_t)e->length + 1)))
		return e;
	return NULL;
}

/* A reference that libxml2 cannot resolve but, since a DTD was named that it does not read, does not
 * call a fault. DocBook 4's DTD declares the ISO entities, nearly all of which HTML has. */
static void on_unresolved(void *ctx, const xmlChar *name)
{
	struct parse *p = parse_of(ctx);
	const htmlEntityDesc *known;
	char s[4];

	if (p->failed || xmlSAX2GetEntity(ctx, name) != NULL)
		return;
	known = htmlEntityLookup(name);
	if (p->lenient && known != NULL) {
		add_text(p, s, utf8_encode(known->value, s));
		diag_warn(p->log, "undeclared-entity", pos_now(p), "&%s; is not declared here: taken as in HTML",
		          (const char *)name);
		return;
	}
	if (p->lenient) {
		add_text(p, "&", 1);
		add_text(p, (const char *)name, strlen((const char *)name));
		add_text(p, ";", 1);
		diag_warn(p->log, "undeclared-entity", pos_now(p), "&%s; is not declared here: set as it is written",
		          (const char *)name);
		return;
	}
	diag_error(p->log, "undeclared-entity", pos_now(p), "&%s; is not declared here, and DTDs are not read",
	           (const char *)name);
	diag_hint(p->log, "write the character itself, or as &#x...;");
}

static xmlParserInputPtr on_external(void *ctx, const xmlChar *public_id, const xmlChar *system_id)
{
	(void)ctx;
	(void)public_id;
	(void)system_id;
	return NULL;
}

/* ---- faults ---- */

#if LIBXML_VERSION >= 21200
typedef const xmlError *xml_fault;
#else
typedef xmlErrorPtr xml_fault;
#endif

static void on_fault(void *ctx, xml_fault e)
{
	struct parse *p;
	struct pos at;

	if (ctx == NULL || e == NULL || e->message == NULL || (p = parse_of(ctx)) == NULL || p->failed)
		return;
	at = (struct pos){ p->file, e->line, e->int2 };
	if (ctx != p->main || p->main->inputNr > 1)
		at = pos_now(p); /* inside an entity: the place of the reference helps more */
	if (e->level == XML_ERR_FATAL) {
		xmlfault_report(p->log, at, e, p->open != NULL ? p->open->name : NULL, p->open != NULL ? p->open->pos : at);
		p->failed = true; /* one fault upsets all that follows */
	} else if (e->domain == XML_FROM_NAMESPACE) {
		xmlfault_namespace(p->log, at, e, p->lenient);
	} else if (e->level == XML_ERR_ERROR && e->code != XML_WAR_UNDECLARED_ENTITY) {
		diag_error(p->log, "xml", at, "%.*s", (int)strcspn(e->message, "\r\n"), e->message);
	}
}

static void install(xmlParserCtxtPtr c, struct parse *p)
{
	xmlSAXHandlerPtr h = c->sax;

	c->_private = p;
	h->startElementNs = on_start;
	h->endElementNs = on_end;
	h->characters = on_text;
	h->ignorableWhitespace = on_text;
	h->cdataBlock = on_text;
	h->comment = on_comment;
	h->processingInstruction = on_instruction;
	h->reference = on_unresolved;
	h->getEntity = on_entity_wanted;
	h->getParameterEntity = on_parameter_wanted;
	h->resolveEntity = on_external;
	h->externalSubset = NULL;
	h->serror = on_fault;
	h->warning = NULL;
	h->error = NULL;
	h->fatalError = NULL;
}

/* ---- door ---- */

void xmlsource_clean(struct arena *a, const char *text, size_t len, struct src *s)
{
	struct buf b;

	buf_init(&b);
	for (size_t i = 0, n; i < len; i += n) {
		uint32_t c = utf8_decode(text + i, len - i, &n);

		if (c == '\r')
			c = '\n';
		if (c == '\n' && text[i] == '\r' && i + 1 < len && text[i + 1] == '\n')
			continue;
		if ((c < 0x20 && c != '\t' && c != '\n') || c == 0xfffe || c == 0xffff)
			c = 0xfffd;
		buf_put_utf8(&b, c);
	}
	s->text = arena_dup(a, b.len > 0 ? b.data : "", b.len);
	s->len = b.len;
	s->blank = is_blank(s->text, s->len);
	buf_free(&b);
}

/* The tag at s, the '<', has more attributes than are read. What looks like a tag in a comment is taken for one. */
static bool is_overfull(const char *s, const char *end)
{
	int values = 0;

	for (s++; s < end && *s != '>' && *s != '<'; s++) {
		if (*s != '"' && *s != '\'')
			continue;
		if (++values > MOST_ATTRIBUTES)
			return true;
		s = memchr(s + 1, *s, (size_t)(end - s - 1));
		if (s == NULL)
			return false;
	}
	return false;
}

static bool tags_are_bounded(struct parse *p)
{
	const char *end = p->text + p->len, *s = p->text, *to;
	size_t declared = 0;

	for (; (s = memchr(s, '<', (size_t)(end - s))) != NULL; s++) {
		if (strncmp(s, "<!ATTLIST", 9) == 0) {
			to = memchr(s, '>', (size_t)(end - s));
			declared += (size_t)((to != NULL ? to : end) - s);
		}
		if (declared <= MOST_DECLARED && !is_overfull(s, end))
			continue;
		diag_error(p->log, "too-large", pos_at(p, (size_t)(s - p->text)), declared > MOST_DECLARED ?
		           "attributes are declared in more than %d bytes" : "a tag with more than %d attributes",
		           declared > MOST_DECLARED ? (int)MOST_DECLARED : (int)MOST_ATTRIBUTES);
		return false;
	}
	return true;
}

/* What libxml2 would make nothing good of: false, and said. */
static bool is_readable(struct parse *p)
{
	const char *bad;

	if (p->len == 0) {
		diag_error(p->log, "xml", pos_at(p, 0), "the file is empty");
		return false;
	}
	/* libxml2 looks once more for the encoding; what it would find now is no XML */
	if (strchr("< \t\r\n", p->text[0]) == NULL || strlen(p->text) < (p->len < 4 ? p->len : 4)) {
		diag_error(p->log, "xml", pos_at(p, 0), "no element begins here: this is not XML");
		return false;
	}
	bad = memchr(p->text, '\0', p->len);
	if (bad != NULL) {
		diag_error(p->log, "xml-encoding", pos_at(p, (size_t)(bad - p->text)), "a byte of zero: this is no text");
		return false;
	}
	return tags_are_bounded(p);
}

struct src *xmlsource_parse(const char *text, size_t len, const char *file, int depth, bool lenient,
                            struct arena *a, struct diag_log *log)
{
	struct parse p = { .file = file, .arena = a, .log = log, .lenient = lenient, .depth = depth,
	                   .mark_line = 1, .mark_column = 1 };
	char *utf8;
	bool ok;

	if (!xml_to_utf8(text, len, NULL, (struct pos){ file, 1, 1 }, log, &utf8, &p.len))
		return NULL;
	p.text = utf8;
	if (!is_readable(&p)) {
		mem_free(utf8);
		return NULL;
	}
	mem_watch();
	p.main = xmlCreateMemoryParserCtxt(p.text, (int)p.len);
	if (p.main == NULL)
		mem_fail();
	install(p.main, &p);
	xmlCtxtUseOptions(p.main, XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_IGNORE_ENC);
	xmlParseDocument(p.main);
	mem_watched();
	ok = p.main->wellFormed && !p.failed;
	if (!ok && !p.failed)
		diag_error(log, "xml", pos_now(&p), "this is not well-formed XML");
	xmlFreeDoc(p.main->myDoc);
	p.main->myDoc = NULL;
	xmlFreeParserCtxt(p.main);
	buf_free(&p.chars);
	mem_free(utf8);
	return ok ? p.root : NULL;
}

struct src *xmlsource_next_skip(const struct src *top, const struct src *s)
{
	while (s != top && s->next == NULL)
		s = s->parent;
	return s == top ? NULL : s->next;
}

struct src *xmlsource_next(const struct src *top, const struct src *s)
{
	return s->first != NULL ? s->first : xmlsource_next_skip(top, s);
}

const char *xmlsource_attr(const struct src *s, const char *ns, const char *name)
{
	for (int i = 0; i < s->n_attr; i++) {
		const struct src_attr *a = &s->attr[i];

		if (strcmp(a->name, name) == 0 &&
		    (ns == NULL ? a->ns == NULL : a->ns != NULL && strcmp(a->ns, ns) == 0))
			return a->value;
	}
	return NULL;
}

const char *xmlsource_base(struct arena *a, const struct src *s)
{
	const char *own = xmlsource_attr(s, NS_XML, "base"), *outer = s->pos.file;

	if (s->parent != NULL && strcmp(s->parent->pos.file, s->pos.file) == 0) /* else the root of an included file */
		outer = xmlsource_base(a, s->parent);
	return own == NULL ? outer : below_base(a, outer, own);
}
