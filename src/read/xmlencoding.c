#include "read/xmlencoding.h"

#include <libxml/encoding.h>
#include <libxml/parser.h>
#include <string.h>

#include "base/mem.h"

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

static bool is_utf8_name(const char *name)
{
	return xmlStrcasecmp((const xmlChar *)name, (const xmlChar *)"utf-8") == 0 ||
	       xmlStrcasecmp((const xmlChar *)name, (const xmlChar *)"utf8") == 0 ||
	       xmlStrcasecmp((const xmlChar *)name, (const xmlChar *)"us-ascii") == 0 ||
	       xmlStrcasecmp((const xmlChar *)name, (const xmlChar *)"ascii") == 0;
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

bool xml_to_utf8(const char *text, size_t len, const char *encoding, struct pos pos, struct diag_log *log,
                 char **out, size_t *out_len)
{
	xmlCharEncoding sniffed;
	xmlCharEncodingHandlerPtr h;
	char declared[64];
	bool ok, whole = encoding == NULL; /* a file of its own, at whose begin pos is */

	*out = NULL;
	xmlInitParser(); /* two threads may find its list of encodings unmade */
	if (len > XMLSOURCE_MOST) {
		diag_error(log, "too-large", pos, "the file is over %zu bytes", XMLSOURCE_MOST);
		return false;
	}
	sniffed = len < 4 ? XML_CHAR_ENCODING_NONE : xmlDetectCharEncoding((const unsigned char *)text, 4);
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		len -= 3;
		sniffed = XML_CHAR_ENCODING_UTF8;
		encoding = "utf-8";
	}
	if (encoding == NULL)
		encoding = utf32_of(text, len);
	if (encoding == NULL && (sniffed == XML_CHAR_ENCODING_NONE || sniffed == XML_CHAR_ENCODING_UTF8))
		encoding = declared_encoding(text, len, declared);
	/* a declaration that contradicts the bytes (UTF-16 declared, single bytes found) means nothing */
	if (encoding != NULL && sniffed == XML_CHAR_ENCODING_UTF8 && xmlStrncasecmp((const xmlChar *)encoding,
	                                                                           (const xmlChar *)"utf-16", 6) == 0)
		encoding = NULL;
	if (encoding == NULL && (sniffed == XML_CHAR_ENCODING_NONE || sniffed == XML_CHAR_ENCODING_UTF8))
		encoding = "utf-8";
	if (encoding != NULL && is_utf8_name(encoding)) {
		*out = mem_alloc(len + 1);
		memcpy(*out, text, len);
		(*out)[len] = '\0';
		*out_len = len;
		return true;
	}
	h = encoding != NULL ? xmlFindCharEncodingHandler(encoding) : xmlGetCharEncodingHandler(sniffed);
	if (h == NULL) {
		diag_error(log, "xml-encoding", pos, "the encoding \"%s\" is not known",
		           encoding != NULL ? encoding : xmlGetCharEncodingName(sniffed));
		return false;
	}
	ok = convert(h, text, len, out, out_len, whole ? &pos : NULL);
	xmlCharEncCloseFunc(h);
	if (!ok)
		diag_error(log, "xml-encoding", pos, "the file is not in its encoding \"%s\"",
		           encoding != NULL ? encoding : xmlGetCharEncodingName(sniffed));
	else if (*out_len >= 3 && memcmp(*out, "\xef\xbb\xbf", 3) == 0)
		memmove(*out, *out + 3, (*out_len -= 3) + 1);
	return ok;
}
