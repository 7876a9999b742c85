"""More inputs for `hostile`: giants. What is accepted is done within the limits, what is not is refused at once, at its line; made only
when they are run."""
import random

import hostile_odd

WORDS = "Слово о полку, которое не кончается. "
LETTERS = {"en": "abcdefghijklmnopqrstuvwxyz", "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя", "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"}
SECTION = "<section><title>Раздел</title><para>Слово.</para></section>\n"


def add(h):
    paragraphs(h)
    words(h)
    wholes(h)
    tables(h)
    several(h)
    translations(h)


def giant(h, name, body, status, *want, **kw):
    """body: a function, called when it is written; the first line of what it makes is line 3."""
    lang = kw.pop("lang", "ru")
    h.case("giant: " + name, {"a.xml": lambda path: h.put(path, h.article(body(), lang=lang)), **kw.pop("files", {})}, status, *want, **kw)


def para(text):
    return "<para>%s</para>\n" % text


def paragraphs(h):
    giant(h, "three paragraphs of 10 MB", lambda: para(WORDS * 150000) * 3, 1, "too-large:4")
    giant(h, "fifty paragraphs of 1 MB", lambda: para(WORDS * 15000) * 50, 1, "too-large:14")
    giant(h, "three listings of 400,000 lines", lambda: ("<programlisting>" + "abc def\n" * 400000 + "</programlisting>\n") * 3, 1, "too-large:800005")
    giant(h, "forty paragraphs of 240 KB", lambda: para(WORDS * 3600) * 40, 0, heavy=True)
    for name, start, end in (("item", "<itemizedlist><listitem>", "</listitem></itemizedlist>"), ("quotation", "<blockquote>", "</blockquote>"),
                             ("box", "<sidebar><title>T</title>", "</sidebar>"), ("note", "<para>а<footnote>", "</footnote></para>"),
                             ("pull quote", '<para>а</para><blockquote role="pullquote">', "</blockquote>"),
                             ("cell", "<informaltable><tgroup cols='1'><tbody><row><entry>", "</entry></row></tbody></tgroup></informaltable>")):
        giant(h, "%s %s of 10 MB" % ("an" if name[0] in "i" else "a", name), lambda start=start, end=end: start + para(WORDS * 150000) + end, 0, heavy=True)


def words(h):
    """All different: each is hyphenated and shaped."""
    def random_words(lang, count, between):
        r = random.Random(1)
        return between.join("".join(r.choices(LETTERS[lang], k=r.randint(5, 12))) for _ in range(count))

    for lang, count in (("en", 1050000), ("ru", 570000), ("ar", 570000)):  # 10 MB
        giant(h, "10 MB of words that are all different, " + lang, lambda lang=lang, count=count: para(random_words(lang, count, " ")), 1, "too-large:3",
              lang=lang)
        giant(h, "3 MB of words that are all different, " + lang, lambda lang=lang, count=count: para(random_words(lang, count * 3 // 10, " ")), 0,
              lang=lang, heavy=True)
    giant(h, "a word of 10 MB, ar", lambda: para(random_words("ar", 570000, "")), 1, "too-large:3", lang="ar")
    giant(h, "a word of 2 MB, ar", lambda: para(random_words("ar", 110000, "")), 0, lang="ar", heavy=True)
    giant(h, "a word of 8 MB, ru", lambda: para(random_words("ru", 470000, "")), 0, lang="ru", heavy=True)


def wholes(h):
    giant(h, "200,000 sections", lambda: SECTION * 200000, 1, "too-large")
    giant(h, "a million paragraphs", lambda: "<para>a</para>\n" * 1000000, 1, "too-large")
    giant(h, "four million empty paragraphs", lambda: "<para/>\n" * 4000000, 1, "too-large")
    giant(h, "two million tags of six attributes", lambda: '<para a="" b="" c="" d="" e="" f=""/>\n' * 2000000, 1, "too-large")
    giant(h, "200 MB of blanks", lambda: (" " * 9990000 + "<para>a</para>") * 20, 1, "too-large")
    giant(h, "100 MB of blank lines", lambda: ("\n" * 9990000 + "<para>a</para>") * 10, 0, heavy=True)
    giant(h, "300,000 paragraphs", lambda: "<para>a</para>\n" * 300000, 0, heavy=True)
    giant(h, "100,000 notes", lambda: para("Слово<footnote><para>Примечание.</para></footnote>") * 100000, 0, heavy=True)
    giant(h, "100,000 items", lambda: "<orderedlist>" + "<listitem><para>a</para></listitem>\n" * 100000 + "</orderedlist>", 0, heavy=True)
    giant(h, "100,000 links and their places", lambda: "".join(
        para('<link xlink:href="http://example.org/%d">а</link><anchor xml:id="a%d"/> <link linkend="a%d">б</link>' % (i, i, i * 7 % 100000))
        for i in range(100000)), 0, heavy=True)
    giant(h, "600,000 spans in a paragraph", lambda: para("<emphasis>а</emphasis> " * 600000), 0, heavy=True)
    giant(h, "20,000 index terms in a paragraph", lambda: para("".join("Слово<indexterm><primary>а%d</primary></indexterm> " % i for i in range(20000))), 0)
    h.case("giant: 10,000 chapters, with page numbers of five figures", '<book %s xml:lang="ru"><title>T</title>%s</book>' % (
        h.DB, "<chapter><title>Глава</title><para>а</para></chapter>\n" * 10000), 0, heavy=True)


    for name, each in (("keywords", "<keywordset>%s</keywordset>" % ("<keyword>слово</keyword>" * 20000)), ("years and holders", "<copyright>%s</copyright>" % (
            "<year>2020</year>" * 20000 + "<holder>Имя</holder>" * 20000)), ("authors", "<authorgroup>%s</authorgroup>" % (
            "<author><personname>Имя</personname></author>" * 20000))):
        h.case("giant: 20,000 " + name, '<article %s xml:lang="ru"><info><title>T</title>%s</info><para>а</para></article>' % (h.DB, each), 0)


def tables(h):
    def joined(rows, starts):
        """rows: how many; starts: which columns of a row begin a cell of two rows or more, by the row's number."""
        out = []
        for r in range(rows):
            cells = ["<entry%s>a</entry>" % (' morerows="%d"' % n if n > 0 else "") for n in starts(r) if n is not None]
            out.append("<row>%s</row>\n" % "".join(cells))
        return "<informaltable><tgroup cols='3'><tbody>%s</tbody></tgroup></informaltable>" % "".join(out)

    def stairs(r):
        return [1 if r % 2 == 0 else None, 1 if r % 2 == 1 else 0 if r == 0 else None, 0]

    for n, heavy in ((10001, False), (60001, True)):
        giant(h, "a cell beside %d rows" % n, lambda n=n: joined(n, lambda r: [n - 1 if r == 0 else None, 0, 0]), 0, heavy=heavy)
        giant(h, "%d rows joined by twos" % n, lambda n=n: joined(n, stairs), 0, "table-rows", heavy=heavy)
    giant(h, "a table of 100,000 rows", lambda: h.table(3, 100000), 0, heavy=True)
    giant(h, "a table of a million cells", lambda: h.table(100, 10000), 1, "too-large")
    giant(h, "300 tables of 30 columns, whose words are cut", lambda: h.table(30, 30, "слово дело") * 300, 1, "too-large")
    giant(h, "a table of 10 columns and 10,000 rows", lambda: h.table(10, 10000, "слово дело"), 0, heavy=True)
    giant(h, "a row of two cells over a hundred pages", lambda: h.table(2, 1, "слово " * 40000), 0)
    giant(h, "a row of eight cells of 300 KB", lambda: h.table(8, 1, WORDS * 5000), 0, heavy=True)


def several(h):
    notes = '<para>Слово и дело<footnote><para>Примечание.</para></footnote> в одном ряду.</para>\n'
    h.case("giant: 80,000 notes in two columns", {"a.xml": lambda path: h.put(path, h.article(notes * 80000)), "theme.xml": hostile_odd.house_in_columns()},
           0, heavy=True, others=True)
    giant(h, "a book of 90,000 sections, exact", lambda: SECTION * 90000, 0, "paginate",
          heavy=True, args=["build", "IN/a.xml", "-o", "OUT", "--paginate=exact"], others=True)
    picture = '<mediaobject><alt>x</alt><imageobject><imagedata fileref="a.png"/></imageobject></mediaobject>\n'
    giant(h, "100,000 times one picture", lambda: picture * 100000, 0, files={"a.png": h.png()}, heavy=True)
    small = '<para xmlns="http://docbook.org/ns/docbook">Слово.</para>'
    giant(h, "100,000 inclusions of one file", lambda: '<xi:include href="b.xml"/>\n' * 100000, 1, "xinclude", files={"b.xml": small})
    fan = {"b%d.xml" % i: "<section %s><title>T</title>%s</section>" % (h.DB, '<xi:include href="b%d.xml"/>' % (i + 1) * 10 if i < 7 else "<para>a</para>")
           for i in range(8)}
    giant(h, "inclusions of inclusions, ten million in all", lambda: '<xi:include href="b0.xml"/>' * 10, 1, "xinclude", others=True, files=fan)


def translations(h):
    head = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    one = 'msgid "Слово %d."\nmsgstr "%s"\n\n'

    def po(name, count, entries, status, *want, **kw):
        start = kw.pop("head", head)
        giant(h, "PO: " + name, lambda: "".join(para("Слово %d." % i) for i in range(count)), status, *want, **kw, args=[
            "build", "IN/a.xml", "-o", "OUT", "--lang", "en"], files={"po/en.po": lambda path: h.put(path, start + entries()), "po/LINGUAS": "en\n"})

    # libgettextpo's strings grow by a hundred bytes, which takes minutes where each growth is a copy (sanitizers)
    po("100,000 entries", 100000, lambda: "".join(one % (i, "Word %d." % i) for i in range(100000)), 0, heavy=True)
    po("a header of 10 MB", 10, lambda: "".join(one % (i, "Word %d." % i) for i in range(10)), 0, heavy=True, head=head.strip() + '\n"X-Y: %s\\n"\n\n' % ("x" * 10000000))
    many = ["x%s%s" % (a, b) for a in LETTERS["en"] for b in LETTERS["en"]][:251]
    h.case("giant: PO: 251 languages", {"a.xml": h.article("<para>a</para>"), "po/LINGUAS": "\n".join(many)}, 1, "linguas:251",
           args=["build", "IN/a.xml", "-o", "OUT", "--all-languages"], others=True)
    po("three translations of 10 MB", 3, lambda: "".join(one % (i, "some words are here and there. " * 330000) for i in range(3)), 1, "too-large",
       others=True, heavy=True)
    h.case("giant: PO: 5,000 texts that have all changed", {"a.xml": lambda path: h.put(path, h.article("".join(para("Слово %d." % i) for i in range(5000)))),
           "po/LINGUAS": "en\n", "po/en.po": lambda path: h.put(path, head + "".join('msgid "Слова %d."\nmsgstr "Word %d."\n\n' % (i, i) for i in range(5000)))},
           0, "po-new", shell='"$V" i18n update "$IN/a.xml"')
