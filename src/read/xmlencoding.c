#include "read/xmlencoding.h"

#include <libxml/encoding.h>
#include <libxml/parser.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

/* The encoding that the XML declaration names, in an ASCII-compatible text. */
static const char *declared_encoding(const char *s, size_t len, char out[64])
{
	size_t end = 0, at, n = 0;
	char quote;

	if (len < 6 || memcmp(s, "<?xml", 5) != 0)
		return NULL;
	while (end < len && end < 400 && s[end] != '>')
		end++;
	for (at = 5; at + 8 < end && memcmp(s + at, "encoding", 8) != 0; at++)
		;
	if (at + 8 >= end)
		return NULL;
	for (at += 8; at < end && (s[at] == ' ' || s[at] == '=' || s[at] == '\t' || s[at] == '\n' || s[at] == '\r'); at++)
		;
	quote = at < end ? s[at] : '\0';
	if (quote != '"' && quote != '\'')
		return NULL;
	for (at++; at < end && s[at] != quote && n < 63; at++)
		out[n++] = s[at];
	out[n] = '\0';
	return n == 0 ? NULL : out;
}

static bool is_named(const char *name, const char *a, const char *b)
{
	return xmlStrcasecmp((const xmlChar *)name, (const xmlChar *)a) == 0 || xmlStrcasecmp((const xmlChar *)name, (const xmlChar *)b) == 0;
}

static bool begins(const char *name, const char *with)
{
	return xmlStrncasecmp((const xmlChar *)name, (const xmlChar *)with, (int)strlen(with)) == 0;
}

static bool ends(const char *name, const char *with)
{
	size_t n = strlen(name), m = strlen(with);

	return n >= m && xmlStrcasecmp((const xmlChar *)name + n - m, (const xmlChar *)with) == 0;
}

static bool is_utf8_name(const char *name)
{
	return is_named(name, "utf-8", "utf8");
}

static bool is_ascii_name(const char *name)
{
	return is_named(name, "us-ascii", "ascii");
}

/* Bytes a unit of the encoding that is so called. */
static int width_of(const char *name)
{
	if (begins(name, "utf-32") || begins(name, "utf32") || begins(name, "ucs-4") || ends(name, "ucs-4"))
		return 4;
	return begins(name, "utf-16") || begins(name, "utf16") || begins(name, "ucs-2") || ends(name, "ucs-2") ? 2 : 1;
}

/* Conversion has no parser to complain to: libxml2 would print its own message beside ours. */
#if LIBXML_VERSION >= 21200
static void say_nothing(void *ctx, const xmlError *error)
#else
static void say_nothing(void *ctx, xmlErrorPtr error)
#endif
{
	(void)ctx;
	(void)error;
}

/* The place behind a text. */
static void move_behind(struct pos *pos, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '\n') {
			pos->line++;
			pos->column = 1;
		} else if (((unsigned char)s[i] & 0xC0) != 0x80) {
			pos->column++;
		}
	}
}

/* False: the bytes are not of that encoding; pos (or NULL), the text's begin, is moved to the first that is not. */
static bool convert(xmlCharEncodingHandlerPtr h, const char *text, size_t len, char **out, size_t *out_len, struct pos *pos)
{
	xmlBufferPtr in = xmlBufferCreateSize(len + 16), to = xmlBufferCreateSize(len * 2 + 16);
	bool ok = in != NULL && to != NULL && xmlBufferAdd(in, (const xmlChar *)text, (int)len) == 0;
	xmlStructuredErrorFunc told = xmlStructuredError; /* this thread's */
	void *whom = xmlStructuredErrorContext;

	mem_watch();
	xmlSetStructuredErrorFunc(NULL, say_nothing);

	/* each call converts a piece; no progress is a fault of the bytes */
	while (ok && xmlBufferLength(in) > 0) {
		int before = xmlBufferLength(in);

		ok = xmlCharEncInFunc(h, to, in) >= 0 && xmlBufferLength(in) < before;
	}
	xmlSetStructuredErrorFunc(whom, told);
	mem_watched();
	if (ok) {
		*out_len = (size_t)xmlBufferLength(to);
		*out = mem_alloc(*out_len + 1);
		if (*out_len > 0)
			memcpy(*out, xmlBufferContent(to), *out_len);
		(*out)[*out_len] = '\0';
	} else if (to != NULL && pos != NULL) {
		move_behind(pos, (const char *)xmlBufferContent(to), (size_t)xmlBufferLength(to));
	}
	xmlBufferFree(in);
	xmlBufferFree(to);
	return ok;
}

/* Four bytes a character, which libxml2 knows by half: with UTF-16's mark it takes them for that. NULL: something else. */
static const char *utf32_of(const char *s, size_t len)
{
	if (len >= 4 && (memcmp(s, "\xff\xfe\0\0", 4) == 0 || memcmp(s, "<\0\0\0", 4) == 0))
		return "UTF-32LE";
	if (len >= 4 && (memcmp(s, "\0\0\xfe\xff", 4) == 0 || memcmp(s, "\0\0\0<", 4) == 0))
		return "UTF-32BE";
	return NULL;
}

/* The file says that it is in one encoding, and its bytes, whose own is `found`, are of another (XML 1.0, 4.3.3: a fatal
 * error). What they say on a page would be rubbish, or somebody's guess. */
static bool contradicts(const char *declared, const char *found)
{
	if (is_utf8_name(found))
		return width_of(declared) != 1;
	if (width_of(declared) != width_of(found))
		return true;
	return (ends(declared, "le") && ends(found, "be")) || (ends(declared, "be") && ends(found, "le"));
}

static void report_other(const char *declared, const char *found, struct pos pos, struct diag_log *log)
{
	int shown = (int)strlen(found);

	if (width_of(declared) != width_of(found) && !is_utf8_name(found))
		shown -= 2; /* the order of bytes is not what matters */
	diag_error(log, "xml-encoding", pos, "the file says that it is in \"%s\", and it is in %.*s", declared, shown, found);
	diag_hint(log, "write encoding=\"%.*s\" in its first line, or nothing", shown, found);
}

/* Where the first byte stands that is not ASCII; len: nowhere. */
static size_t first_high(const char *s, size_t len)
{
	size_t i = 0;

	while (i < len && (unsigned char)s[i] < 0x80)
		i++;
	return i;
}

/* Bytes of an encoding that is told by its name alone. UTF-8's pattern does not come about in texts of others, and nearly all
 * bytes are letters in theirs: what is said to be KOI8-R may be UTF-8, and would be printed as it is not. */
static bool is_what_it_says(const char *text, size_t len, const char *declared, struct pos pos, bool whole, struct diag_log *log)
{
	size_t high = first_high(text, len);

	if (high == len || (!utf8_is_valid(text, len) && !is_ascii_name(declared)))
		return true;
	if (whole)
		move_behind(&pos, text, high);
	if (utf8_is_valid(text, len))
		report_other(declared, "UTF-8", pos, log);
	else
		diag_error(log, "xml-encoding", pos, "the file is not in its encoding \"%s\"", declared);
	return false;
}

/* UTF-16, UTF-32 and EBCDIC show by their first bytes. NULL: it has to be said. */
static const char *encoding_of(const char *s, size_t len)
{
	xmlCharEncoding sniffed = len < 4 ? XML_CHAR_ENCODING_NONE : xmlDetectCharEncoding((const unsigned char *)s, 4);
	const char *wide = utf32_of(s, len);

	if (wide != NULL)
		return wide;
	if (sniffed == XML_CHAR_ENCODING_UTF16LE || sniffed == XML_CHAR_ENCODING_UTF16BE)
		return sniffed == XML_CHAR_ENCODING_UTF16LE ? "UTF-16LE" : "UTF-16BE";
	return sniffed == XML_CHAR_ENCODING_EBCDIC ? "IBM037" : NULL;
}

/* The text as it is. */
static bool copy(const char *text, size_t len, char **out, size_t *out_len)
{
	*out = mem_alloc(len + 1);
	memcpy(*out, text, len);
	(*out)[len] = '\0';
	*out_len = len;
	return true;
}

static bool convert_from(xmlCharEncodingHandlerPtr h, const char *name, const char *text, size_t len, struct pos pos, bool whole,
                         struct diag_log *log, char **out, size_t *out_len)
{
	bool ok = convert(h, text, len, out, out_len, whole ? &pos : NULL);

	if (!ok)
		diag_error(log, "xml-encoding", pos, "the file is not in its encoding \"%s\"", name);
	else if (*out_len >= 3 && memcmp(*out, "\xef\xbb\xbf", 3) == 0)
		memmove(*out, *out + 3, (*out_len -= 3) + 1);
	return ok;
}

/* Bytes that show their encoding, and what they say of it themselves, which can be read when they are converted. */
static bool read_wide(const char *found, const char *text, size_t len, struct pos pos, struct diag_log *log, char **out,
                      size_t *out_len)
{
	xmlCharEncodingHandlerPtr h = xmlFindCharEncodingHandler(found);
	const char *said;
	char name[64];
	bool ok;

	if (h == NULL)
		mem_fail(); /* it is known */
	ok = convert_from(h, found, text, len, pos, true, log, out, out_len);
	xmlCharEncCloseFunc(h);
	if (!ok)
		return false;
	said = declared_encoding(*out, *out_len, name);
	if (said == NULL || width_of(found) == 1 || !contradicts(said, found))
		return true;
	report_other(said, found, pos, log);
	mem_free(*out);
	*out = NULL;
	return false;
}

/* Bytes of the encoding that is named, or, with a mark, of UTF-8. */
static bool read_named(const char *declared, bool marked, const char *text, size_t len, struct pos pos, bool whole, struct diag_log *log,
                       char **out, size_t *out_len)
{
	xmlCharEncodingHandlerPtr h = xmlFindCharEncodingHandler(declared);
	bool ok;

	if (h == NULL) {
		diag_error(log, "xml-encoding", pos, "the encoding \"%s\" is not known", declared);
		return false;
	}
	if ((whole && contradicts(declared, "UTF-8")) || (marked && !is_ascii_name(declared))) {
		report_other(declared, "UTF-8", pos, log);
		ok = false;
	} else {
		ok = is_what_it_says(text, len, declared, pos, whole, log) &&
		     (is_ascii_name(declared) ? copy(text, len, out, out_len)
		                              : convert_from(h, declared, text, len, pos, whole, log, out, out_len));
	}
	xmlCharEncCloseFunc(h);
	return ok;
}

/* A CR by itself ends a line, too (XML 1.0, 2.11); libxml2 counts none there. */
static void end_lines(char *s, size_t len)
{
	for (char *p = s; (p = memchr(p, '\r', (size_t)(s + len - p))) != NULL; p++)
		if (p[1] != '\n')
			*p = '\n';
}

static bool to_utf8(const char *text, size_t len, const char *encoding, struct pos pos, struct diag_log *log,
                    char **out, size_t *out_len)
{
	bool marked = len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0;
	const char *found, *declared;
	char name[64];

	*out = NULL;
	xmlInitParser(); /* two threads may find its list of encodings unmade */
	if (len > XMLSOURCE_MOST) {
		diag_error(log, "too-large", pos, "the file is over %zu bytes", XMLSOURCE_MOST);
		return false;
	}
	found = encoding == NULL ? encoding_of(text, len) : NULL;
	if (found != NULL)
		return read_wide(found, text, len, pos, log, out, out_len);
	text += marked ? 3 : 0;
	len -= marked ? 3 : 0;
	declared = encoding != NULL ? encoding : declared_encoding(text, len, name);
	if (declared == NULL || is_utf8_name(declared))
		return copy(text, len, out, out_len);
	return read_named(declared, marked, text, len, pos, encoding == NULL, log, out, out_len);
}

bool xml_to_utf8(const char *text, size_t len, const char *encoding, struct pos pos, struct diag_log *log,
                 char **out, size_t *out_len)
{
	if (!to_utf8(text, len, encoding, pos, log, out, out_len))
		return false;
	end_lines(*out, *out_len);
	return true;
}
