#include "read/xmlfault.h"

#include <stdbool.h>
#include <string.h>

struct saying {
	int code;
	const char *text, *hint; /* in the hint's or text's place NULL: none */
};

/* The faults that people make. */
static const struct saying sayings[] = {
	{ XML_ERR_NAME_REQUIRED, "a name is missing here: \"&\" begins an entity, \"<\" an element",
	  "write &amp; for the sign &, and &lt; for <" },
	{ XML_ERR_ENTITYREF_SEMICOL_MISSING, "\"&\" begins an entity here, and its semicolon is missing",
	  "write &amp; for the sign & itself" },
	{ XML_ERR_INVALID_CHARREF, "a character's number is not one that XML allows", NULL },
	{ XML_ERR_LT_IN_ATTRIBUTE, "\"<\" in the value of an attribute",
	  "write &lt; there; or the quotation mark that ends a value is missing" },
	{ XML_ERR_ATTRIBUTE_NOT_STARTED, "an attribute's value needs quotation marks", "name=\"value\"" },
	{ XML_ERR_ATTRIBUTE_NOT_FINISHED, "an attribute's value has no closing quotation mark", NULL },
	{ XML_ERR_ATTRIBUTE_WITHOUT_VALUE, "an attribute without a value", "name=\"value\"" },
	{ XML_ERR_SPACE_REQUIRED, "a space is missing here, between two attributes for example", NULL },
	{ XML_ERR_EQUAL_REQUIRED, "\"=\" is missing here", NULL },
	{ XML_ERR_GT_REQUIRED, "this tag has no \">\" at its end", NULL },
	{ XML_ERR_LTSLASH_REQUIRED, "\"</\" is missing here", NULL },
	{ XML_ERR_DOCUMENT_EMPTY, "no element begins here: this is not XML", NULL },
	{ XML_ERR_DOCUMENT_END, "there is more behind the end of the document's only element",
	  "one element holds all others; is an end tag too early?" },
	{ XML_ERR_COMMENT_NOT_FINISHED, "a comment begins and does not end: \"-->\" is missing", NULL },
	{ XML_ERR_HYPHEN_IN_COMMENT, "\"--\" inside a comment", NULL },
	{ XML_ERR_CDATA_NOT_FINISHED, "a CDATA section begins and does not end: \"]]>\" is missing", NULL },
	{ XML_ERR_MISPLACED_CDATA_END, "\"]]>\" in the text", "write ]]&gt;" },
	{ XML_ERR_PI_NOT_FINISHED, "an instruction begins and does not end: \"?>\" is missing", NULL },
	{ XML_ERR_RESERVED_XML_NAME, "the XML declaration has to be the first thing in the file",
	  "take away what stands before <?xml" },
	{ XML_ERR_XMLDECL_NOT_FINISHED, "the XML declaration does not end: \"?>\" is missing", NULL },
};

static void libxml2_text(const xmlError *e, char text[400])
{
	size_t len = strcspn(e->message, "\r\n");

	len = len < 399 ? len : 399;
	memcpy(text, e->message, len);
	text[len] = '\0';
}

static bool is_encoding(int code)
{
	return code == XML_ERR_UNSUPPORTED_ENCODING || code == XML_ERR_INVALID_ENCODING || code == XML_ERR_INVALID_CHAR;
}

/* Elements and their ends: the place to look at is where the open one began. */
static bool report_nesting(struct diag_log *log, struct pos pos, const xmlError *e, const char *open, struct pos open_pos)
{
	if (open == NULL)
		return false;
	if (e->code == XML_ERR_TAG_NAME_MISMATCH)
		diag_error(log, "xml", pos, "</%s> ends nothing here: <%s>, begun in line %d, is not closed",
		           e->str2 != NULL ? e->str2 : "?", open, open_pos.line);
	else if (e->code == XML_ERR_TAG_NOT_FINISHED || e->code == XML_ERR_LTSLASH_REQUIRED)
		diag_error(log, "xml", pos, "the file ends inside <%s>, begun in line %d and not closed", open, open_pos.line);
	else
		return false;
	diag_hint(log, "<%s> at %s:%d:%d needs a </%s>", open, open_pos.file == NULL ? "?" : open_pos.file, open_pos.line,
	          open_pos.column, open);
	return true;
}

void xmlfault_report(struct diag_log *log, struct pos pos, const xmlError *e, const char *open, struct pos open_pos)
{
	char text[400];

	if (report_nesting(log, pos, e, open, open_pos))
		return;
	if (strstr(e->message, " too big") != NULL || strstr(e->message, " too long") != NULL) {
		diag_error(log, "too-large", pos, "an attribute, a comment or the like of more than 10 million bytes, or a name of 50,000");
		return;
	}
	for (size_t i = 0; i < sizeof sayings / sizeof *sayings; i++) {
		if (sayings[i].code != e->code)
			continue;
		diag_error(log, "xml", pos, "%s", sayings[i].text);
		if (sayings[i].hint != NULL)
			diag_hint(log, "%s", sayings[i].hint);
		return;
	}
	if (e->code == XML_ERR_ATTRIBUTE_REDEFINED && e->str1 != NULL) {
		diag_error(log, "xml", pos, "the attribute \"%s\" is given twice", e->str1);
	} else if (e->code == XML_ERR_UNDECLARED_ENTITY && e->str1 != NULL) {
		diag_error(log, "xml", pos, "the entity &%s; is not declared: XML itself has only &amp; &lt; &gt; &quot; &apos;", e->str1);
		diag_hint(log, "write the character itself, or as &#x...;");
	} else {
		libxml2_text(e, text);
		diag_error(log, is_encoding(e->code) ? "xml-encoding" : "xml", pos, "%s", text);
	}
}

void xmlfault_namespace(struct diag_log *log, struct pos pos, const xmlError *e, bool lenient)
{
	static const struct { const char *prefix, *ns; } known[] = {
		{ "xlink", "http://www.w3.org/1999/xlink" }, { "xi", "http://www.w3.org/2001/XInclude" },
		{ "db", "http://docbook.org/ns/docbook" }, { "d", "http://docbook.org/ns/docbook" },
	};
	char text[400];

	libxml2_text(e, text);
	if (lenient)
		diag_warn(log, "xml-namespace", pos, "%s", text);
	else
		diag_error(log, "xml-namespace", pos, "%s", text);
	for (size_t i = 0; e->code == XML_NS_ERR_UNDEFINED_NAMESPACE && e->str1 != NULL && i < sizeof known / sizeof *known; i++) {
		if (strcmp(e->str1, known[i].prefix) == 0)
			diag_hint(log, "the root element needs xmlns:%s=\"%s\"", known[i].prefix, known[i].ns);
	}
}
