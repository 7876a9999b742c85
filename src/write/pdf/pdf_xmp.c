#include "write/pdf/pdf_xmp.h"

#include <string.h>

static void put_simple(struct buf *x, const char *name, const char *value)
{
	if (value == NULL || *value == '\0')
		return;
	buf_printf(x, "<%s>", name);
	buf_put_xml(x, value, strlen(value));
	buf_printf(x, "</%s>\n", name);
}

/* A value in a container of one: rdf:Seq and rdf:Bag for lists. */
static void put_boxed(struct buf *x, const char *name, const char *box, const char *value)
{
	if (value == NULL || *value == '\0')
		return;
	buf_printf(x, "<%s><rdf:%s><rdf:li>", name, box);
	buf_put_xml(x, value, strlen(value));
	buf_printf(x, "</rdf:li></rdf:%s></%s>\n", box, name);
}

/* Words that may be there in several languages; those in another than the document's say so. */
static void put_words(struct buf *x, const char *name, const char *value, const char *lang)
{
	const char *const langs[] = { "x-default", lang };

	if (value == NULL || *value == '\0')
		return;
	buf_printf(x, "<%s><rdf:Alt>", name);
	for (int i = 0; i < 2 && langs[i] != NULL; i++) {
		buf_printf(x, "<rdf:li xml:lang=\"%s\">", langs[i]);
		buf_put_xml(x, value, strlen(value));
		buf_puts(x, "</rdf:li>");
	}
	buf_printf(x, "</rdf:Alt></%s>\n", name);
}

static void put_uuid(struct buf *x, const char *what, const uint64_t id[2])
{
	buf_printf(x, "<%s>uuid:%08x-%04x-5%03x-8%03x-%08x%04x</%s>\n", what, (unsigned)(id[0] >> 32),
	           (unsigned)(id[0] >> 16 & 0xffff), (unsigned)(id[0] & 0xfff), (unsigned)(id[1] >> 48 & 0xfff),
	           (unsigned)(id[1] >> 16 & 0xffffffffu), (unsigned)(id[1] & 0xffff), what);
}

/* PDF/A takes no property that XMP itself does not know, unless the packet describes it (ISO 19005-2, 6.6.2.3). */
static void put_extension(struct buf *x)
{
	buf_puts(x, "<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" "
	            "xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" "
	            "xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
	            "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
	            "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\n"
	            "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n"
	            "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
	            "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
	            "<pdfaProperty:name>part</pdfaProperty:name>\n"
	            "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
	            "<pdfaProperty:category>internal</pdfaProperty:category>\n"
	            "<pdfaProperty:description>part of ISO 14289 that the file keeps</pdfaProperty:description>\n"
	            "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
	            "</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>\n");
}

static void put_claims(struct buf *x, const struct pdf_profile *p)
{
	if (p->pdfx != NULL) {
		buf_puts(x, "<rdf:Description rdf:about=\"\" xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\">\n");
		put_simple(x, "pdfxid:GTS_PDFXVersion", p->pdfx);
		buf_puts(x, "</rdf:Description>\n");
	}
	if (p->a != 0)
		buf_printf(x, "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n"
		              "<pdfaid:part>%d</pdfaid:part>\n<pdfaid:conformance>%c</pdfaid:conformance>\n</rdf:Description>\n",
		           p->a, p->a_level);
	if (p->ua != 0)
		buf_printf(x, "<rdf:Description rdf:about=\"\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
		              "<pdfuaid:part>%d</pdfuaid:part>\n%s</rdf:Description>\n", p->ua,
		           p->ua == 2 ? "<pdfuaid:rev>2024</pdfuaid:rev>\n" : "");
	if (p->ua != 0 && p->a != 0)
		put_extension(x);
}

void pdf_xmp_put(struct buf *x, const struct pdf_about *a, const struct pdf_profile *profile)
{
	buf_puts(x, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
	            "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
	            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
	            "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
	            "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\" "
	            "xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n<dc:format>application/pdf</dc:format>\n");
	put_words(x, "dc:title", a->title, a->title_lang);
	put_boxed(x, "dc:creator", "Seq", a->author); /* one entry: equal to Info's Author letter for letter */
	put_words(x, "dc:description", a->subject, a->subject_lang);
	put_boxed(x, "dc:language", "Bag", a->language);
	if (a->translated)
		put_uuid(x, "dc:source", a->source);
	put_simple(x, "pdf:Keywords", a->keywords);
	put_simple(x, "pdf:Producer", a->producer);
	put_simple(x, "xmp:CreatorTool", a->producer);
	put_simple(x, "xmp:CreateDate", a->date);
	put_simple(x, "xmp:ModifyDate", a->date);
	put_simple(x, "xmp:MetadataDate", a->date);
	put_simple(x, "pdf:Trapped", a->trapped);
	put_uuid(x, "xmpMM:DocumentID", a->document);
	put_uuid(x, "xmpMM:InstanceID", a->instance);
	buf_printf(x, "<xmpMM:VersionID>%08x</xmpMM:VersionID>\n<xmpMM:RenditionClass>default</xmpMM:RenditionClass>\n"
	              "</rdf:Description>\n", (unsigned)(a->instance[0] >> 32));
	put_claims(x, profile);
	buf_puts(x, "</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>");
}
