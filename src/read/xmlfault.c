#include "read/xmlfault.h"

#include <libxml/HTMLparser.h>
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
	{ XML_ERR_INVALID_CHARREF, "a character's number is missing here, or has no semicolon", "&#8212; or &#x2014;" },
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
	{ XML_ERR_ENTITY_NOT_STARTED, "an entity's value needs quotation marks at both ends", "<!ENTITY name \"value\">" },
	{ XML_ERR_ENTITY_NOT_FINISHED, "a declaration of an entity does not end: its quotation mark or \">\" is missing", NULL },
	{ XML_ERR_DOCTYPE_NOT_FINISHED, "the DOCTYPE does not end: \"]\" or \">\" is missing", NULL },
	{ XML_ERR_XMLDECL_NOT_FINISHED, "the XML declaration does not end: \"?>\" is missing", NULL },
};

static void libxml2_text(const xmlError *e, char text[400])
{
	size_t len = strcspn(e->message, "\r\n");

	len = len < 399 ? len : 399;
	memcpy(text, e->message, len);
	text[len] = '\0';
}

static void report_bytes(struct diag_log *log, struct pos pos)
{
	diag_error(log, "xml-encoding", pos, "bytes that are not UTF-8, and the file names no other encoding");
	diag_hint(log, "save it as UTF-8, or say what it is in: <?xml version=\"1.0\" encoding=\"windows-1251\"?>");
}

/* One code for many faults. False: not one of these. */
static bool report_character(struct diag_log *log, struct pos pos, const xmlError *e)
{
	bool by_number = strstr(e->message, "CharRef") != NULL;

	if (e->code != XML_ERR_INVALID_CHAR && e->code != XML_ERR_INVALID_ENCODING)
		return false;
	if (!by_number && strstr(e->message, "invalid") == NULL) {
		report_bytes(log, pos);
		return true;
	}
	if (e->int1 > 0 && e->int1 <= 0x10FFFF)
		diag_error(log, "xml", pos, "the character U+%04X may not stand in XML%s", (unsigned)e->int1,
		           by_number ? ", not by its number either" : "");
	else
		diag_error(log, "xml", pos, "no character has this number");
	diag_hint(log, "take it away, or write the one that was meant");
	return true;
}

/* What libxml2 finds no words for: it gets no further. */
static void report_stop(struct diag_log *log, struct pos pos, const xmlError *e)
{
	bool in_dtd = strstr(e->message, "InternalSubset") != NULL;

	diag_error(log, "xml", pos, "%s", in_dtd ? "the DOCTYPE holds what is no declaration, or expands to too much"
	                                         : "the file is cut off or damaged here");
}

/* XML itself has five. */
static void report_entity(struct diag_log *log, struct pos pos, const xmlError *e)
{
	const htmlEntityDesc *known = htmlEntityLookup(BAD_CAST e->str1);

	if (strncmp(e->message, "PEReference", 11) == 0) {
		diag_error(log, "undeclared-entity", pos, "the parameter entity %%%s; is not declared", e->str1);
		return;
	}
	diag_error(log, "undeclared-entity", pos, "the entity &%s; is not declared: XML itself has only &amp; &lt; &gt; &quot; &apos;",
	           e->str1);
	if (known != NULL)
		diag_hint(log, "that is HTML's: write the character itself, or &#%u;", known->value);
	else
		diag_hint(log, "write the character itself, or as &#x...;, or &amp; if the sign & is meant");
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

	if (report_nesting(log, pos, e, open, open_pos) || report_character(log, pos, e))
		return;
	if (strstr(e->message, " too big") != NULL || strstr(e->message, " too long") != NULL ||
	    strstr(e->message, "Huge input lookup") != NULL) {
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
		report_entity(log, pos, e);
	} else if (e->code == XML_ERR_ENTITY_LOOP) {
		diag_error(log, "too-large", pos, "entities that stand in one another, or expand to more text than is reasonable");
	} else if (e->code == XML_ERR_INTERNAL_ERROR) {
		report_stop(log, pos, e);
	} else {
		libxml2_text(e, text);
		diag_error(log, e->code == XML_ERR_UNSUPPORTED_ENCODING ? "xml-encoding" : "xml", pos, "%s", text);
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
