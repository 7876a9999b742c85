/* read/: DocBook sources, right and wrong, to trees and messages. Sources are written into a folder of
 * their own, since includes and pictures are looked for beside them. */
#define _POSIX_C_SOURCE 200809L

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "doc/check.h"
#include "doc/number.h"
#include "read/docbook.h"
#include "read/elements.h"

#define HEAD "<article xmlns='http://docbook.org/ns/docbook' xmlns:xlink='http://www.w3.org/1999/xlink' " \
	"xmlns:xi='http://www.w3.org/2001/XInclude' version='5.0' xml:lang='ru'>\n"
#define TAIL "</article>"

static char folder[64] = "/tmp/verstka-test-XXXXXX";

struct reading {
	struct diag_log log;
	struct doc *d;
	struct buf dump;
};

static void put_file(const char *name, const char *data, size_t len)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(data, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

static void read_bytes(struct reading *r, const char *data, size_t len, bool lenient)
{
	struct read_options o = { lenient };
	char path[128];

	put_file("doc.xml", data, len);
	snprintf(path, sizeof path, "%s/doc.xml", folder);
	diag_init(&r->log);
	buf_init(&r->dump);
	r->d = docbook_read(path, &o, &r->log);
	if (r->d == NULL)
		return;
	doc_finish(r->d, NULL, &r->log, lenient);
	doc_check(r->d, &r->log, lenient);
	doc_dump(r->d, &r->dump);
}

static void read_text(struct reading *r, const char *s, bool lenient)
{
	read_bytes(r, s, strlen(s), lenient);
}

static void done(struct reading *r)
{
	buf_free(&r->dump);
	diag_free(&r->log);
	doc_free(r->d);
}

static void assert_holds(const struct reading *r, const char *line)
{
	if (r->dump.data == NULL || strstr(r->dump.data, line) == NULL)
		fail_msg("no <%s> in:\n%s", line, r->dump.data == NULL ? "nothing" : r->dump.data);
}

static const struct diag *find(const struct reading *r, const char *code)
{
	for (size_t i = 0; i < r->log.n; i++) {
		if (strcmp(r->log.v[i].code, code) == 0)
			return &r->log.v[i];
	}
	return NULL;
}

static void table_is_sorted(void **state)
{
	static const char *const some[] = { "abbrev", "xref", "para", "topic", "givenname", "imageobjectco" };

	(void)state;
	for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
		assert_non_null(elements_lookup(some[i]));
		assert_string_equal(elements_lookup(some[i])->name, some[i]);
	}
	assert_null(elements_lookup("parra"));
	assert_null(elements_lookup(""));
}

/* Each: a source's body, and a part of the dump. */
static void forms(void **state)
{
	static const struct { const char *body, *dump; } cases[] = {
		{ "<title>a\n  b </title>", "text \"a b\" @2:8" },
		{ "<para>x <footnote><para>n</para></footnote>.</para>", "text \"x\" @2:7\n    footnote label=\"1\"" },
		{ "<para>x <footnote><para>n</para></footnote>y</para>", "text \" y\"" },
		{ "<para>a<indexterm><primary>i</primary></indexterm>b</para>", "text \"ab\"" },
		{ "<para>a <emphasis> </emphasis> b</para>", "text \"a b\"" },
		{ "<para>a<itemizedlist><listitem><para>i</para></listitem></itemizedlist>b</para>", "para continued" },
		{ "<para xml:id='p'><screen>s</screen>b</para>", "verbatim <screen> id=\"p\"" },
		{ "<screen>\n a\n  b\n</screen>", "text \" a\\n  b\"" },
		{ "<para\n\nrole='r'>x</para>", "para role=\"r\" @2:1" },
		{ "<para>a\n\n\n  <emphasis\n>b</emphasis></para>", "emphasis @5:3" },
		{ "<para><![CDATA[<b>]]>&amp;<!-- c --> d<?pi?></para>", "text \"<b>& d\"" },
		{ "<para><keycombo><keycap>Ctrl</keycap><keycap>S</keycap></keycombo></para>", "text made \"+\"" },
		{ "<para><menuchoice><guimenu>a</guimenu><guimenuitem>b</guimenuitem></menuchoice></para>",
		  "text made \" \xe2\x86\x92 \"" },
		{ "<para><link xlink:href=' http://e.org/ '/></para>", "text \"http://e.org/\"" },
		{ "<para xml:id='p'><link xlink:href='#p'>x</link></para>", "linkend=\"p\" -> para p" },
		{ "<para xml:id='p' xreflabel='L'><xref linkend='p'/></para>", "text made \"L\"" },
		{ "<para xml:id='p'><phrase xml:id='e'>E</phrase><xref linkend='p' endterm='e'/></para>", "text made \"E\"" },
		{ "<orderedlist numeration='upperroman'><listitem override='4'><para>x</para></listitem></orderedlist>",
		  "label=\"IV\"" },
		{ "<orderedlist><listitem><para>x</para></listitem></orderedlist><para>-</para>"
		  "<orderedlist continuation='continues'><listitem><para>x</para></listitem></orderedlist>", "start=2" },
		{ "<procedure><step><para>x</para><substeps><step><para>y</para></step></substeps></step></procedure>",
		  "label=\"a\" depth=2" },
		{ "<variablelist><varlistentry><term>t</term><listitem><para>x</para></listitem></varlistentry></variablelist>",
		  "term @" },
		{ "<para><simplelist type='inline'><member>a</member><member>b</member></simplelist></para>", "text made \", \"" },
		{ "<formalpara><title>T</title><para>x</para></formalpara>", "para <title> runin" },
		{ "<colophon role='imprint'><para>x</para></colophon>", "imprint <colophon>" },
		{ "<blockquote><attribution>A</attribution><para>x</para></blockquote>",
		  "text \"x\" @2:47\n    attribution" },
		{ "<bridgehead renderas='sect3'>x</bridgehead>", "bridgehead level=3" },
		{ "<address>a\n b</address>", "break" },
		{ "<glossary><glossentry><glossterm>g</glossterm><glosssee otherterm='q'>h</glosssee></glossentry>"
		  "<glossentry xml:id='q'><glossterm>h</glossterm><glossdef><para>d</para></glossdef></glossentry></glossary>",
		  "link <glosssee> linkend=\"q\" -> item q" },
		{ "<bibliography><biblioentry><abbrev>K</abbrev><author><personname><firstname>D</firstname>"
		  "<surname>E.</surname></personname></author><title>T</title></biblioentry></bibliography>",
		  "text made \" \" @2:133\n      span <title> title" },
		{ "<cmdsynopsis><command>c</command><arg choice='req'>x</arg></cmdsynopsis>", "text made \" {\"" },
		{ "<refentry><refnamediv><refname>n</refname><refpurpose>p</refpurpose></refnamediv></refentry>",
		  "division <refentry> section level=1 id=\"sec-1\" @2:1\n    title <refnamediv>" },
		{ "<informaltable role='bars'><tgroup cols='2'><tbody><row><entry>a</entry><entry>33,3\xc2\xa0%</entry></row>"
		  "</tbody></tgroup></informaltable>", "chart <informaltable> 33300" },
		{ "<informaltable><tr><th>h</th></tr><tr><td colspan='2'>x</td></tr></informaltable>",
		  "columns=2 id=\"tbl-1\" @2:1\n    row <tr> head" },
		{ "<informaltable><tgroup cols='2'><tfoot><row><entry>f</entry></row></tfoot><tbody><row><entry morerows='1'>a"
		  "</entry><entry/></row><row><entry>b</entry></row></tbody></tgroup></informaltable>",
		  "cell <entry> 1 @2:135" },
		{ "<example><title>T</title><para>x</para></example>", "group <example>" },
		{ "<para><application>A</application></para>", "span <application> phrase" },
		{ "<para><emphasis role='strikethrough'>A</emphasis></para>", "emphasis> strike" },
		{ "<section xml:id='fn-1'><title>T</title><para><footnote><para>x</para></footnote></para></section>",
		  "id=\"fn-2\"" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct reading r;
		char s[2000];

		snprintf(s, sizeof s, HEAD "%s" TAIL, cases[i].body);
		read_text(&r, s, false);
		for (size_t k = 0; k < r.log.n; k++) {
			if (r.log.v[k].level == DIAG_ERROR)
				fail_msg("%s: %s", cases[i].body, r.log.v[k].text);
		}
		assert_holds(&r, cases[i].dump);
		done(&r);
	}
}

/* Each: a body at fault, the message's code and place; with --lenient a warning, unless it is never one. */
static void faults(void **state)
{
	static const struct { const char *body, *code; int line, column; bool always; } cases[] = {
		{ "<parra>x</parra>", "not-docbook", 2, 1, false },
		{ "<para>a<b xmlns='urn:x'>c</b></para>", "not-docbook", 2, 8, false },
		{ "<section><title>t</title>\n text</section>", "stray-text", 3, 2, false },
		{ "<para><link linkend='no'>x</link></para>", "dangling-link", 2, 7, false },
		{ "<para><link linkend=''>x</link></para>", "dangling-link", 2, 7, false },
		{ "<para xml:id='a'>x</para>\n<para xml:id='a'>y</para>", "duplicate-id", 3, 1, false },
		{ "<para><footnote><para>a<footnote><para>b</para></footnote></para></footnote></para>", "footnote-nested", 2,
		  24, false },
		{ "<section><title/><para/></section>", "empty-title", 2, 10, false },
		{ "<para><link xlink:href='JavaScript:x()'>x</link></para>", "script-link", 2, 7, false },
		{ "<para><xref linkend='p'/><footnoteref linkend='p'/></para><para xml:id='p'>x</para>", "footnoteref", 2, 26,
		  false },
		{ "<informaltable><tgroup cols='1'><tbody><row><entry>a</entry><entry>b</entry></row></tbody></tgroup>"
		  "</informaltable>", "table-cells", 2, 61, false },
		{ "<informaltable><tgroup cols='1'><tbody><row><entry colname='q'>a</entry></row></tbody></tgroup>"
		  "</informaltable>", "table-column", 2, 45, false },
		{ "<informaltable><tgroup cols='2'><colspec colname='a'/><colspec colname='b'/><tbody><row><entry>a</entry>"
		  "<entry namest='a' nameend='b'>b</entry></row></tbody></tgroup></informaltable>", "table-overlap", 2, 105,
		  false },
		{ "<mediaobject><imageobject><imagedata fileref='no.png'/></imageobject></mediaobject>", "image-missing", 2, 27,
		  false },
		{ "<para><inlinemediaobject><imageobject><imagedata fileref='/etc/passwd'/></imageobject></inlinemediaobject>"
		  "</para>", "image-missing", 2, 39, false },
		{ "<xi:include href='../x.xml'/>", "xinclude", 2, 1, true },
		{ "<xi:include href='http://e.org/x.xml'/>", "xinclude", 2, 1, true },
		{ "<xi:include href='doc.xml'/>", "xinclude", 2, 1, true },
		{ "<xi:include href='part.xml' xpointer='a'/>", "xinclude", 2, 1, true },
		{ "<xi:include href='link.xml'/>", "xinclude", 2, 1, true },
		{ "<xi:include href='absent.xml'/>", "xinclude", 2, 1, false },
		{ "<para>a</b>", "xml", 2, 12, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		for (int lenient = 0; lenient < 2; lenient++) {
			bool wrong = !lenient || cases[i].always;
			const struct diag *f;
			struct reading r;
			char s[2000];

			snprintf(s, sizeof s, HEAD "%s" TAIL, cases[i].body);
			read_text(&r, s, lenient != 0);
			f = find(&r, cases[i].code);
			if (f == NULL)
				fail_msg("%s: no %s", cases[i].body, cases[i].code);
			if (f->level != (wrong ? DIAG_ERROR : DIAG_WARNING) || (r.log.errors > 0) != wrong)
				fail_msg("%s: %s is of the wrong level", cases[i].body, cases[i].code);
			if (f->pos.line != cases[i].line || f->pos.column != cases[i].column)
				fail_msg("%s: %s at %d:%d", cases[i].body, f->code, f->pos.line, f->pos.column);
			done(&r);
		}
	}
}

static void once_each(void **state)
{
	struct reading r;

	(void)state;
	read_text(&r, HEAD "<section><title>t</title><para>x</para></section><para>a</para><para>b</para>"
	          "<msgset/><msgset/>" TAIL, false);
	assert_int_equal(r.log.errors, 0);
	assert_non_null(find(&r, "order"));
	assert_string_equal(find(&r, "order")->text, "<para> after a nested section: DocBook has it before");
	assert_int_equal(r.log.warnings, 4); /* para, msgset after a section; msgset without form; no title */
	done(&r);
}

static void includes(void **state)
{
	struct reading r;

	(void)state;
	read_text(&r, HEAD "<xi:include href='part.xml'/><para><xi:include href='sub%20a.txt' parse='text'/></para>"
	          "<xi:include href='none.xml'><xi:fallback><para>instead</para></xi:fallback></xi:include>" TAIL, false);
	assert_int_equal(r.log.errors, 0);
	assert_holds(&r, "text \"part\" @part.xml:2:1");
	assert_holds(&r, "text \"a < b\" @sub a.txt:1:1");
	assert_holds(&r, "text \"instead\"");
	done(&r);
	/* an error in the part names the part */
	put_file("wrong.xml", "<para xmlns='http://docbook.org/ns/docbook'>\n <nope/></para>", 60);
	read_text(&r, HEAD "<xi:include href='wrong.xml'/>" TAIL, false);
	assert_non_null(find(&r, "not-docbook"));
	assert_non_null(strstr(find(&r, "not-docbook")->pos.file, "/wrong.xml"));
	assert_int_equal(find(&r, "not-docbook")->pos.line, 2);
	done(&r);
}

static void entities(void **state)
{
	struct reading r;
	struct buf b;

	(void)state;
	read_text(&r, "<!DOCTYPE article [<!ENTITY n '1.0'><!ENTITY e SYSTEM 'part.xml'>"
	          "<!ENTITY s '<emphasis>f</emphasis>'>]>"
	          HEAD "<para role='v&n;'>&n; &s;</para>" TAIL, false);
	assert_int_equal(r.log.errors, 0);
	assert_holds(&r, "para role=\"v1.0\"");
	assert_holds(&r, "text \"1.0 \"");
	assert_holds(&r, "text \"f\"");
	done(&r);
	read_text(&r, "<!DOCTYPE article [<!ENTITY e SYSTEM 'part.xml'>]>" HEAD "<para>&e;</para>" TAIL, true);
	assert_non_null(find(&r, "external-entity"));
	assert_null(r.d);
	done(&r);
	buf_init(&b);
	buf_puts(&b, "<!DOCTYPE article [<!ENTITY a0 'xxxxxxxxxx'>");
	for (int i = 1; i < 10; i++) {
		buf_printf(&b, "<!ENTITY a%d '", i);
		for (int k = 0; k < 10; k++)
			buf_printf(&b, "&a%d;", i - 1);
		buf_puts(&b, "'>");
	}
	buf_puts(&b, "]>" HEAD "<para>&a9;</para>" TAIL);
	read_bytes(&r, b.data, b.len, true);
	assert_true(r.log.errors > 0);
	assert_null(r.d);
	done(&r);
	buf_clear(&b);
	buf_puts(&b, HEAD);
	for (int i = 0; i < 100000; i++)
		buf_puts(&b, "<section>");
	read_bytes(&r, b.data, b.len, true);
	assert_non_null(find(&r, "too-deep"));
	done(&r);
	buf_free(&b);
}

/* What libxml2 says of these nobody could act on. */
static void xml_faults(void **state)
{
	static const struct { const char *text, *code, *words; int line; } faults[] = {
		{ HEAD "<para>a\n&nbsp;</para>" TAIL, "undeclared-entity", "&nbsp;", 3 },
		{ HEAD "<para>a\n&nosuch;</para>" TAIL, "undeclared-entity", "&nosuch;", 3 },
		{ HEAD "<para>a\n\x0c</para>" TAIL, "xml", "U+000C", 3 },
		{ HEAD "<para>a\n&#xD800;</para>" TAIL, "xml", "U+D800", 3 },
		{ HEAD "<para>a\n&#0;</para>" TAIL, "xml", "no character", 3 },
		{ HEAD "<para>a\n\xcf\xf0</para>" TAIL, "xml-encoding", "not UTF-8", 3 },
		{ HEAD "<para>a\n\xed\xa0\x80</para>" TAIL, "xml-encoding", "not UTF-8", 3 },
		{ "<!DOCTYPE article [\n<!ENTITY % p SYSTEM 'p.dtd'>\n%p;]>" HEAD TAIL, "external-entity", "%p;", 3 },
		{ "<!DOCTYPE article [\n<!ENTITY a 'b\n", "xml", "quotation mark", 3 },
		{ "<!DOCTYPE article [<!ENTITY a '&b;'><!ENTITY b '&a;'>]>" HEAD "<para>&a;</para>" TAIL, "too-large", "entities", 2 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		struct reading r;
		const struct diag *d;

		read_text(&r, faults[i].text, false);
		d = find(&r, faults[i].code);
		assert_non_null(d);
		assert_non_null(strstr(d->text, faults[i].words));
		assert_int_equal(d->pos.line, faults[i].line);
		assert_int_equal(r.log.errors, 1);
		done(&r);
	}
}

static void encodings(void **state)
{
	static const char koi8[] = "<?xml version='1.0' encoding='KOI8-R'?>\n" HEAD
		"<para>\xd0\xd2\xc9\xd7\xc5\xd4<x/></para>" TAIL;
	static const char bom[] = "\xef\xbb\xbf" HEAD "<para><x/></para>" TAIL;
	static const char broken[] = HEAD "<para>\xff\xfe</para>" TAIL;
	struct reading r;

	(void)state;
	read_bytes(&r, koi8, sizeof koi8 - 1, false);
	assert_holds(&r, "text \"\xd0\xbf\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82\"");
	assert_int_equal(find(&r, "not-docbook")->pos.column, 13);
	done(&r);
	read_bytes(&r, bom, sizeof bom - 1, false);
	assert_int_equal(find(&r, "not-docbook")->pos.column, 7);
	done(&r);
	read_text(&r, "<article xmlns='http://docbook.org/ns/docbook' xml:lang='ru'>\r<programlisting>a\rb\r\nc</programlisting>\r<x/>" TAIL,
	          false);
	assert_holds(&r, "text \"a\\nb\\nc\"");
	assert_int_equal(find(&r, "not-docbook")->pos.line, 5);
	done(&r);
	read_bytes(&r, broken, sizeof broken - 1, false);
	assert_non_null(find(&r, "xml-encoding"));
	done(&r);
}

static void docbook_4(void **state)
{
	static const char s[] = "<!DOCTYPE article PUBLIC 'x' 'http://e.org/docbookx.dtd'>\n<article lang='en' id='a'>"
		"<articleinfo><title>T&mdash;&foo;</title></articleinfo>"
		"<para><ulink url='http://e.org/'>L</ulink></para></article>";
	struct reading r;

	(void)state;
	read_text(&r, s, false);
	assert_int_equal(find(&r, "no-namespace")->level, DIAG_ERROR);
	assert_non_null(find(&r, "no-namespace")->hint);
	done(&r);
	read_text(&r, s, true);
	assert_int_equal(r.log.errors, 0);
	assert_holds(&r, "info title=\"T\xe2\x80\x94&foo;\"");
	assert_holds(&r, "link <ulink> href=\"http://e.org/\"");
	assert_string_equal(r.d->lang, "en");
	done(&r);
}

static void information(void **state)
{
	struct reading r;

	(void)state;
	read_text(&r, HEAD "<info><title>T</title>"
	          "<biblioset relation='series'><title>S</title><issuenum>08</issuenum></biblioset>"
	          "<bibliomisc role='motto'>M</bibliomisc><author><orgname><phrase role='short'>WHO</phrase> World</orgname>"
	          "</author><author><personname><firstname>A</firstname><surname>B</surname></personname></author>"
	          "<othercredit class='translator'><personname>C</personname></othercredit><date>2014</date>"
	          "<copyright><year>2014</year><holder>H</holder></copyright><keywordset><keyword>k</keyword></keywordset>"
	          "<abstract role='description'><para>D</para></abstract><releaseinfo>R</releaseinfo></info><para>x</para>" TAIL,
	          false);
	assert_int_equal(r.log.n, 0);
	assert_string_equal(r.d->info.series, "S");
	assert_string_equal(r.d->info.number, "08");
	assert_string_equal(r.d->info.motto, "M");
	assert_string_equal(r.d->info.org, "World");
	assert_string_equal(r.d->info.org_short, "WHO");
	assert_string_equal(r.d->info.year, "2014");
	assert_string_equal(r.d->info.rights, "\xc2\xa9 2014 H");
	assert_string_equal(r.d->info.abstract, "D");
	assert_int_equal(r.d->info.n_people, 3);
	assert_string_equal(r.d->info.people[1].file_as, "B, A");
	assert_string_equal(r.d->info.people[2].role, "trl");
	assert_int_equal(r.d->info.n_keywords, 1);
	assert_non_null(r.d->info.front);
	/* people, data, rights: the order in which they are read */
	assert_string_equal(doc_plain_text(&r.d->arena, r.d->info.front, true), "A B C R \xc2\xa9 2014 H");
	assert_ptr_equal(r.d->info.front->prev, doc_title(r.d->root));
	done(&r);
}

static int set_up(void **state)
{
	char path[128];

	(void)state;
	if (mkdtemp(folder) == NULL)
		return -1;
	put_file("part.xml", "<section xmlns='http://docbook.org/ns/docbook'><title>P</title><para>\npart</para></section>", 91);
	put_file("sub a.txt", "a < b\n", 6);
	snprintf(path, sizeof path, "%s/link.xml", folder);
	return symlink("/etc/passwd", path);
}

static int tear_down(void **state)
{
	static const char *const names[] = { "doc.xml", "part.xml", "wrong.xml", "sub a.txt", "link.xml" };
	char path[128];

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		unlink(path);
	}
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table_is_sorted), cmocka_unit_test(forms), cmocka_unit_test(faults),
		cmocka_unit_test(once_each), cmocka_unit_test(includes), cmocka_unit_test(entities), cmocka_unit_test(xml_faults),
		cmocka_unit_test(encodings), cmocka_unit_test(docbook_4), cmocka_unit_test(information),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
