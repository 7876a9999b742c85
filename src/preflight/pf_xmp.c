#include "preflight/pf_xmp.h"

#include <string.h>

#include <libxml/parser.h>
#include <libxml/tree.h>

#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define DC "http://purl.org/dc/elements/1.1/"
#define XMP "http://ns.adobe.com/xap/1.0/"
#define MM "http://ns.adobe.com/xap/1.0/mm/"
#define PDF "http://ns.adobe.com/pdf/1.3/"
#define PDFX "http://www.npes.org/pdfx/ns/id/"
#define PDFUA "http://www.aiim.org/pdfua/ns/id/"
#define PDFA "http://www.aiim.org/pdfa/ns/id/"
#define MOST_PACKET (4 << 20)

struct property {
	const char *space, *name;
	size_t offset;
};
static const struct property properties[] = {
	{ DC, "title", offsetof(struct pf_xmp, title) }, { DC, "creator", offsetof(struct pf_xmp, author) },
	{ DC, "description", offsetof(struct pf_xmp, subject) }, { PDF, "Keywords", offsetof(struct pf_xmp, keywords) },
	{ PDF, "Producer", offsetof(struct pf_xmp, producer) }, { XMP, "CreatorTool", offsetof(struct pf_xmp, tool) },
	{ XMP, "CreateDate", offsetof(struct pf_xmp, created) }, { XMP, "ModifyDate", offsetof(struct pf_xmp, modified) },
	{ XMP, "MetadataDate", offsetof(struct pf_xmp, dated) }, { PDF, "Trapped", offsetof(struct pf_xmp, trapped) },
	{ MM, "DocumentID", offsetof(struct pf_xmp, document) }, { MM, "VersionID", offsetof(struct pf_xmp, version) },
	{ MM, "RenditionClass", offsetof(struct pf_xmp, rendition) },
	{ PDFX, "GTS_PDFXVersion", offsetof(struct pf_xmp, pdfx) }, { PDFUA, "part", offsetof(struct pf_xmp, ua_part) },
	{ PDFUA, "rev", offsetof(struct pf_xmp, ua_year) },
	{ PDFA, "part", offsetof(struct pf_xmp, a_part) }, { PDFA, "conformance", offsetof(struct pf_xmp, a_level) },
};

static bool is(const xmlNs *ns, const xmlChar *name, const char *space, const char *wanted)
{
	return ns != NULL && ns->href != NULL && strcmp((const char *)ns->href, space) == 0 &&
	       strcmp((const char *)name, wanted) == 0;
}

static void keep(struct pf_xmp *out, const xmlNs *ns, const xmlChar *name, xmlChar *value, struct arena *a)
{
	for (size_t i = 0; value != NULL && i < sizeof properties / sizeof *properties; i++) {
		const char **to = (const char **)(void *)((char *)out + properties[i].offset);

		if (is(ns, name, properties[i].space, properties[i].name) && *to == NULL)
			*to = arena_strdup(a, (const char *)value);
	}
	xmlFree(value);
}

/* The text of a property: its own, or that of the first <rdf:li>. */
static xmlChar *value_of(xmlNode *n)
{
	xmlNode *at = n;

	for (int depth = 0; depth < 3; depth++) {
		xmlNode *child = xmlFirstElementChild(at);

		if (child == NULL)
			break;
		at = child;
	}
	return xmlNodeGetContent(at);
}

static void read_description(struct pf_xmp *out, xmlNode *d, struct arena *a)
{
	for (xmlAttr *at = d->properties; at != NULL; at = at->next)
		keep(out, at->ns, at->name, xmlNodeGetContent((xmlNode *)at), a);
	for (xmlNode *n = xmlFirstElementChild(d); n != NULL; n = xmlNextElementSibling(n))
		keep(out, n->ns, n->name, value_of(n), a);
}

bool pf_xmp_read(const void *data, size_t len, struct arena *a, struct pf_xmp *out)
{
	xmlDoc *doc;
	xmlNode *rdf;

	memset(out, 0, sizeof *out);
	if (len == 0 || len > MOST_PACKET)
		return false;
	doc = xmlReadMemory(data, (int)len, "xmp", NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	if (doc == NULL)
		return false;
	if (doc->intSubset != NULL) { /* XMP has no DOCTYPE; its entities could make more text than there is memory */
		xmlFreeDoc(doc);
		return false;
	}
	rdf = xmlDocGetRootElement(doc);
	if (rdf != NULL && !is(rdf->ns, rdf->name, RDF, "RDF"))
		rdf = xmlFirstElementChild(rdf);
	for (xmlNode *d = rdf != NULL ? xmlFirstElementChild(rdf) : NULL; d != NULL; d = xmlNextElementSibling(d))
		if (is(d->ns, d->name, RDF, "Description"))
			read_description(out, d, a);
	xmlFreeDoc(doc);
	return true;
}
