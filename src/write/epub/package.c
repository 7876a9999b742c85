#include "write/epub/package.h"

#include <string.h>

/* lang: of the text, NULL: the book's. */
static void words(struct book *b, struct buf *out, const char *name, const char *id, const char *text, const char *lang)
{
	if (text == NULL || *text == '\0')
		return;
	buf_printf(out, "<%s", name);
	if (id != NULL)
		buf_printf(out, " id=\"%s\"", id);
	if (lang != NULL)
		book_put_lang(b, out, lang, false);
	buf_putc(out, '>');
	book_put_text(out, text);
	buf_printf(out, "</%s>\n", name);
}

static void element(struct buf *out, const char *name, const char *id, const char *text)
{
	words(NULL, out, name, id, text, NULL);
}

static void meta(struct buf *out, const char *property, const char *refines, const char *text)
{
	if (text == NULL || *text == '\0')
		return;
	buf_printf(out, "<meta property=\"%s\"", property);
	if (refines != NULL)
		buf_printf(out, " refines=\"#%s\"", refines);
	buf_putc(out, '>');
	book_put_text(out, text);
	buf_puts(out, "</meta>\n");
}

static const char *lang_of_subtitle(const struct doc *d)
{
	const struct node *n = d->root->first;

	while (n != NULL && n->kind != N_SUBTITLE)
		n = n->next;
	return n != NULL ? n->lang : NULL;
}

static void titles(struct book *b, struct buf *out)
{
	const struct doc_info *i = &b->doc->info;

	words(b, out, "dc:title", "title", b->title, b->title_lang);
	meta(out, "title-type", "title", "main");
	if (i->subtitle != NULL && *i->subtitle != '\0') {
		words(b, out, "dc:title", "subtitle", i->subtitle, lang_of_subtitle(b->doc));
		meta(out, "title-type", "subtitle", "subtitle");
	}
	if (i->series != NULL && *i->series != '\0') {
		buf_puts(out, "<meta property=\"belongs-to-collection\" id=\"series\"");
		book_put_lang(b, out, i->lang_of[INFO_SERIES], false);
		buf_putc(out, '>');
		book_put_text(out, i->series);
		buf_puts(out, "</meta>\n");
		meta(out, "collection-type", "series", "series");
		meta(out, "group-position", "series", i->number);
	}
}

static bool is_relator(const char *role)
{
	if (role == NULL || strlen(role) != 3)
		return false;
	for (; *role != '\0'; role++)
		if (*role < 'a' || *role > 'z')
			return false;
	return true;
}

static void people(struct book *b, struct buf *out)
{
	const struct doc_info *i = &b->doc->info;
	bool author = false;

	for (int k = 0; k < i->n_people; k++) {
		const struct person *who = &i->people[k];
		bool is_author = who->role == NULL || strcmp(who->role, "aut") == 0;
		const char *id = arena_printf(&b->arena, "person-%d", k + 1);

		if (who->name == NULL || *who->name == '\0')
			continue;
		author |= is_author;
		words(b, out, is_author ? "dc:creator" : "dc:contributor", id, who->name, who->lang);
		if (is_relator(who->role)) {
			buf_printf(out, "<meta property=\"role\" refines=\"#%s\" scheme=\"marc:relators\">%s</meta>\n", id, who->role);
		}
		meta(out, "file-as", id, who->file_as);
	}
	if (!author) {
		const char *org = i->org != NULL ? i->org : i->org_short;

		words(b, out, "dc:creator", "org", org, i->lang_of[INFO_ORG]);
		if (org != NULL && *org != '\0')
			buf_puts(out, "<meta property=\"role\" refines=\"#org\" scheme=\"marc:relators\">aut</meta>\n");
	}
}

/* "2014", "2014-06", "2014-06-09" are dates to a machine; anything else is not written as one. */
static bool is_iso_date(const char *s)
{
	static const char form[] = "dddd-dd-dd";
	size_t n = s != NULL ? strlen(s) : 0;

	if (n != 4 && n != 7 && n != 10)
		return false;
	for (size_t k = 0; k < n; k++)
		if (form[k] == 'd' ? s[k] < '0' || s[k] > '9' : s[k] != form[k])
			return false;
	return true;
}

static bool is_isbn(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++) {
		if ((*s >= '0' && *s <= '9') || *s == 'X')
			n++;
		else if (*s != '-' && *s != ' ')
			return false;
	}
	return n == 10 || n == 13;
}

static void publication(struct book *b, struct buf *out)
{
	const struct doc_info *i = &b->doc->info;
	const char *publisher = i->publisher != NULL ? i->publisher : i->org != NULL ? i->org : i->org_short;

	words(b, out, "dc:publisher", NULL, publisher, i->lang_of[i->publisher != NULL ? INFO_PUBLISHER : INFO_ORG]);
	if (is_iso_date(i->date))
		element(out, "dc:date", NULL, i->date);
	else if (is_iso_date(i->year))
		element(out, "dc:date", NULL, i->year);
	words(b, out, "dc:rights", NULL, i->rights, i->lang_of[INFO_RIGHTS]);
	words(b, out, "dc:description", NULL, i->abstract, i->lang_of[INFO_ABSTRACT]);
	for (int k = 0; k < i->n_keywords; k++)
		words(b, out, "dc:subject", NULL, i->keywords[k], i->keyword_lang[k]);
	if (i->isbn != NULL && is_isbn(i->isbn)) {
		buf_puts(out, "<dc:identifier id=\"isbn\">urn:isbn:");
		for (const char *c = i->isbn; *c != '\0'; c++)
			if (*c != '-' && *c != ' ')
				buf_putc(out, *c);
		buf_puts(out, "</dc:identifier>\n");
	}
}

/* The pages are those of the PDF made in the same run (E-22, E-23). */
static void page_source(struct book *b, struct buf *out)
{
	const struct doc_info *i = &b->doc->info;
	const char *who = i->publisher != NULL ? i->publisher : i->org_short != NULL ? i->org_short : i->org;
	const char *year = i->year != NULL ? i->year : i->date;
	const char *source;

	if (b->n_pages == 0)
		return;
	source = arena_printf(&b->arena, "%s%s%s%s%s, PDF", b->title, who != NULL ? ", " : "", who != NULL ? who : "",
	                      year != NULL ? ", " : "", year != NULL ? year : "");
	element(out, "dc:source", "print", source);
	meta(out, "source-of", "print", "pagination");
	meta(out, "pageBreakSource", NULL, source);
}

/* In words, and in the language of the book; where verstka does not speak it, in English, and said so. */
static void summary(struct book *b, struct buf *out)
{
	const struct lang *english = b->langs != NULL ? langs_lookup(b->langs, "en", b->log) : NULL;
	const char *first = lang_word(b->lang, W_ACCESS_MARKUP);
	bool foreign = english != NULL && strcmp(first, lang_word(english, W_ACCESS_MARKUP)) == 0 && strncmp(b->tag, "en", 2) != 0;

	buf_printf(out, "<meta property=\"schema:accessibilitySummary\"%s>", foreign ? " xml:lang=\"en\" dir=\"ltr\"" : "");
	book_put_text(out, first);
	if (b->has_images && !b->alt_missing) {
		buf_putc(out, ' ');
		book_put_text(out, lang_word(b->lang, W_ACCESS_PICTURES));
	}
	if (b->n_pages > 0) {
		buf_putc(out, ' ');
		book_put_text(out, lang_word(b->lang, W_ACCESS_PAGES));
	}
	buf_puts(out, "</meta>\n");
}

static bool has_index(const struct book *b)
{
	for (size_t i = 0; i < b->n_toc; i++)
		if (b->toc[i].node->kind == N_DIVISION && b->toc[i].node->u.division.what == DIV_INDEX)
			return true;
	return false;
}

/* Only what is true of this file. */
static void accessibility(struct book *b, struct buf *out)
{
	meta(out, "schema:accessMode", NULL, "textual");
	if (b->has_images)
		meta(out, "schema:accessMode", NULL, "visual");
	if (!b->alt_missing)
		meta(out, "schema:accessModeSufficient", NULL, "textual");
	if (b->has_images)
		meta(out, "schema:accessModeSufficient", NULL, "textual,visual");
	meta(out, "schema:accessibilityFeature", NULL, "structuralNavigation");
	meta(out, "schema:accessibilityFeature", NULL, "tableOfContents");
	meta(out, "schema:accessibilityFeature", NULL, "readingOrder");
	meta(out, "schema:accessibilityFeature", NULL, "displayTransformability");
	meta(out, "schema:accessibilityFeature", NULL, "unlocked");
	if (b->has_images && !b->alt_missing)
		meta(out, "schema:accessibilityFeature", NULL, "alternativeText");
	if (b->n_pages > 0) {
		meta(out, "schema:accessibilityFeature", NULL, "pageBreakMarkers");
		meta(out, "schema:accessibilityFeature", NULL, "pageNavigation");
	}
	meta(out, "schema:accessibilityFeature", NULL, "ARIA");
	if (has_index(b))
		meta(out, "schema:accessibilityFeature", NULL, "index");
	meta(out, "schema:accessibilityHazard", NULL, "none");
	summary(b, out);
}

static void manifest(struct book *b, struct buf *out)
{
	buf_puts(out, "<manifest>\n");
	for (size_t k = 0; k < b->n_files; k++) {
		const struct book_file *f = &b->files[k];

		buf_printf(out, "<item id=\"%s\" href=\"%s\" media-type=\"%s\"", f->id, f->path, f->media_type);
		if (f->properties != NULL)
			buf_printf(out, " properties=\"%s\"", f->properties);
		buf_puts(out, "/>\n");
	}
	buf_puts(out, "</manifest>\n<spine toc=\"ncx\"");
	buf_printf(out, " page-progression-direction=\"%s\">\n", lang_is_rtl(b->lang) ? "rtl" : "ltr");
	for (size_t k = 0; k < b->n_files; k++)
		if (b->files[k].spine)
			buf_printf(out, "<itemref idref=\"%s\"/>\n", b->files[k].id);
	buf_puts(out, "</spine>\n");
}

void package_write(struct book *b, struct buf *out)
{
	buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<package xmlns=\"http://www.idpf.org/2007/opf\" "
	              "version=\"3.0\" unique-identifier=\"uid\" xml:lang=\"");
	book_put_text(out, b->tag);
	buf_printf(out, "\" dir=\"%s\">\n", lang_is_rtl(b->lang) ? "rtl" : "ltr");
	buf_puts(out, "<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n");
	element(out, "dc:identifier", "uid", b->identifier);
	titles(b, out);
	element(out, "dc:language", NULL, b->tag);
	people(b, out);
	publication(b, out);
	/* the work in all its languages: what links its editions with each other (E-10) */
	meta(out, "dcterms:isVersionOf", NULL, b->work);
	element(out, "dc:source", "source", b->translation_of);
	/* not a link: a name is no address that could be followed */
	meta(out, "schema:translationOfWork", NULL, b->translation_of);
	page_source(b, out);
	meta(out, "dcterms:modified", NULL, b->modified);
	accessibility(b, out);
	if (b->options->generator != NULL) {
		buf_puts(out, "<meta name=\"generator\" content=\"");
		book_put_text(out, b->options->generator);
		buf_puts(out, "\"/>\n");
	}
	if (b->cover_path != NULL)
		buf_puts(out, "<meta name=\"cover\" content=\"cover-image\"/>\n");
	buf_puts(out, "</metadata>\n");
	manifest(b, out);
	buf_puts(out, "</package>\n");
}
