#include "read/names.h"

#include <string.h>

enum { NAME_MOST = 32 }; /* [byte] longer ones are no name of ours */

/* ---- what other vocabularies call it ---- */

const char *names_replacement(const char *old)
{
	static const struct { const char *old, *new; } names[] = {
		{ "articleinfo", "info" }, { "bookinfo", "info" }, { "setinfo", "info" }, { "chapterinfo", "info" },
		{ "appendixinfo", "info" }, { "prefaceinfo", "info" }, { "partinfo", "info" }, { "sectioninfo", "info" },
		{ "sect1info", "info" }, { "sect2info", "info" }, { "sect3info", "info" }, { "sect4info", "info" },
		{ "sect5info", "info" }, { "refentryinfo", "info" }, { "referenceinfo", "info" },
		{ "glossaryinfo", "info" }, { "bibliographyinfo", "info" }, { "blockinfo", "info" },
		{ "objectinfo", "info" }, { "refsynopsisdivinfo", "info" }, { "refsect1info", "info" },
		{ "refsect2info", "info" }, { "refsect3info", "info" }, { "sgmltag", "tag" }, { "isbn", "biblioid" },
		{ "issn", "biblioid" }, { "corpauthor", "author" }, { "corpname", "orgname" }, { "interface", "guilabel" },
		{ "structname", "varname" }, { "structfield", "varname" }, { "medialabel", "citetitle" },
		{ "action", "phrase" }, { "highlights", "abstract" }, { "authorblurb", "personblurb" },
		{ "invpartnumber", "biblioid" }, { "pubsnumber", "biblioid" }, { "collabname", "orgname" },
		{ "graphicco", "imageobjectco" }, { "mediaobjectco", "screenshot" }, { "lot", "toc" },
		/* HTML */
		{ "p", "para" }, { "em", "emphasis" }, { "i", "emphasis" }, { "b", "emphasis" }, { "strong", "emphasis" },
		{ "ul", "itemizedlist" }, { "ol", "orderedlist" }, { "li", "listitem" }, { "sup", "superscript" },
		{ "q", "quote" }, { "pre", "programlisting" },
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (strcmp(names[i].old, old) == 0)
			return names[i].new;
	}
	return NULL;
}

/* ---- what is spelt nearly so ---- */

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

/* Letters to put in, take out, change or exchange with their neighbour (Damerau, optimal string alignment). */
static int distance(const char *a, const char *b)
{
	int rows[3][NAME_MOST + 1], la = (int)strlen(a), lb = (int)strlen(b);

	for (int j = 0; j <= lb; j++)
		rows[0][j] = j;
	for (int i = 1; i <= la; i++) {
		int *now = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];

		now[0] = i;
		for (int j = 1; j <= lb; j++) {
			char x = lower(a[i - 1]), y = lower(b[j - 1]);

			now[j] = least(least(last[j], now[j - 1]) + 1, last[j - 1] + (x != y));
			if (i > 1 && j > 1 && x == lower(b[j - 2]) && lower(a[i - 2]) == y)
				now[j] = least(now[j], before[j - 2] + 1);
		}
	}
	return rows[la % 3][lb];
}

static int tolerance(size_t len)
{
	return len < 4 ? 1 : len < 9 ? 2 : 3;
}

static bool is_common(const char *name)
{
	static const char *const names[] = { "para", "section", "title", "emphasis", "link", "listitem", "figure", "table", "row" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (strcmp(names[i], name) == 0)
			return true;
	}
	return false;
}

struct names_near names_near_begin(const char *written)
{
	return (struct names_near){ .written = written, .distance = tolerance(strlen(written)) };
}

/* A second name as near makes it doubtful, unless writers mean one of the two nearly always. */
void names_near_try(struct names_near *n, const char *name)
{
	size_t lw = strlen(n->written), ln = strlen(name);
	int d;

	if (lw > NAME_MOST || ln > NAME_MOST || (lw > ln ? lw - ln : ln - lw) > (size_t)n->distance)
		return;
	d = distance(n->written, name);
	if (d > n->distance || (n->name != NULL && d == n->distance && is_common(n->name)))
		return;
	n->doubtful = n->name != NULL && d == n->distance && !is_common(name);
	n->distance = d;
	n->name = name;
}

const char *names_near_found(const struct names_near *n)
{
	return n->doubtful ? NULL : n->name;
}

const struct element *names_guess(const char *written)
{
	struct names_near n = names_near_begin(written);
	const struct element *all;
	size_t count = elements_all(&all);

	for (size_t i = 0; i < count; i++)
		names_near_try(&n, all[i].name);
	return names_near_found(&n) == NULL ? NULL : elements_lookup(n.name);
}

/* ---- attributes ---- */

/* In the order of strcmp. Those of HTML's event handlers are left out: they mean nothing to a page. */
static const char *const attributes[] = {
	"abbr", "accept", "accept-language", "action", "align", "annotates", "annotations", "arch", "arearefs", "audience",
	"axis", "baseform", "begin", "bgcolor", "border", "cellpadding", "cellspacing", "char", "charoff", "choice", "class",
	"cmdlength", "colname", "colnum", "cols", "colsep", "colspan", "columns", "colwidth", "condition", "conformance",
	"contentdepth", "contentwidth", "continuation", "coords", "def", "defaultlabel", "depth", "dir", "encoding", "end",
	"endterm", "entityref", "fileref", "floatstyle", "format", "frame", "function", "generic", "headers", "height", "href",
	"inheritnum", "label", "lang", "language", "linenumbering", "linkend", "linkends", "localinfo", "mark", "morerows",
	"msgaud", "msglevel", "msgorig", "name", "nameend", "namespace", "namest", "nowrap", "numeration", "orient", "os",
	"otheraction", "otherclass", "otherfunction", "otherrenderas", "otherspatial", "othertemporal", "otherterm",
	"othertype", "otherunits", "outputformat", "override", "pagenum", "parse", "path", "performance", "pgwide", "pubwork",
	"relation", "remap", "renderas", "rep", "resourceref", "revision", "revisionflag", "role", "rotate", "rowheader",
	"rowsep", "rowspan", "rules", "scale", "scalefit", "scheme", "scope", "security", "sepchar", "shortentry",
	"significance", "sortas", "spacing", "span", "spanname", "spatial", "startinglinenumber", "startingnumber", "startref",
	"status", "style", "subject", "summary", "tabstyle", "targetdoc", "targetptr", "temporal", "termlength", "tgroupstyle",
	"title", "tocentry", "trans", "type", "units", "userlevel", "valign", "value", "vendor", "version", "weight", "width",
	"wordsize", "xpointer", "xreflabel", "xrefstyle", "zone"
};

bool names_is_attribute(const char *name)
{
	size_t lo = 0, hi = sizeof attributes / sizeof *attributes;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		int order = strcmp(name, attributes[mid]);

		if (order == 0)
			return true;
		if (order < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return false;
}

const char *names_guess_attribute(const char *written)
{
	struct names_near n = names_near_begin(written);

	if (strcmp(written, "id") == 0)
		return "xml:id";
	if (strcmp(written, "url") == 0 || strcmp(written, "href") == 0)
		return "xlink:href";
	for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
		names_near_try(&n, attributes[i]);
	return names_near_found(&n);
}
