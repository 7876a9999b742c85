"""More inputs for `hostile`: odd rather than large. Encodings, characters that draw nothing, pictures cut at every quarter,
words wider than their place, PO files and lists of languages, devices in the place of files, few descriptors, signals,
and what stands where nobody expects it."""
import os
import struct
import zlib

HEAD = '<?xml version="1.0" encoding="%s"?>'
PO = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
# what draws nothing, one of each range; a mark of direction is no lost text
NOTHING = [0xad, 0x34f, 0x61c, 0x115f, 0x17b4, 0x180e, 0x200b, 0x200e, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2060, 0x2061, 0x2064,
           0x2066, 0x2067, 0x2068, 0x2069, 0x206f, 0x3164, 0xfe0f, 0xfeff, 0xfff0, 0x1d173, 0xe0041, 0xe0100]


def add(h):
    encodings(h)
    declarations(h)
    characters(h)
    included(h)
    places(h)
    pictures(h)
    translations(h)
    surroundings(h)
    data(h)
    fonts(h)
    settings(h)
    corners(h)


def house_in_columns():
    """The house's theme with two columns."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../source/theme.xml")
    return open(path, encoding="utf-8").read().replace("</theme>", '<columns count="2"/>\n</theme>')


def sound(h):
    """For after=: the pages are as they must be."""
    return lambda folder: "a check of the pages failed" if b"[layout-invariant]" in h.said(folder) else None


def encodings(h):
    body = "<para>Слово</para>"
    for name, declared, codec in (("UTF-32", "UTF-32", "utf-32"), ("UTF-32LE", "UTF-32LE", "utf-32-le"), ("UTF-32BE", "UTF-32BE", "utf-32-be"),
                                  ("cp866", "cp866", "cp866"), ("gb18030", "gb18030", "gb18030")):
        h.case("XML: " + name, h.article(body, head=HEAD % declared).encode(codec), 0)
    for name, data, want in (
            ("CP1251 without a word of it", h.article(body).encode("cp1251"), "xml-encoding:2"),
            ("CP1251 called UTF-8", h.article(body, head=HEAD % "UTF-8").encode("cp1251"), "xml-encoding:2"),
            ("UTF-8's mark, then UTF-16", b"\xef\xbb\xbf" + h.article(body).encode("utf-16"), "xml:1"),
            ("UTF-8's mark twice", b"\xef\xbb\xbf" * 2 + h.article(body).encode(), "xml:1"),
            ("UTF-16's mark, then UTF-8", b"\xff\xfe" + h.article(body).encode(), "xml-encoding:1"),
            ("half a pair in UTF-16, line 3", h.article("<para>а~</para>").encode("utf-16").replace(b"~\0", b"\0\xd8"), "xml-encoding:3"),
            ("an encoding without a name", h.article(body, head=HEAD % "").encode(), "xml:1"),
            ("version 2.0", h.article(body, head='<?xml version="2.0"?>'), "xml:1"),
            ("U+FFFE", h.article("\n<para>a\ufffe</para>"), "xml-encoding:4")):
        h.case("XML: " + name, data, 1, want)
    h.case("theme: zeros that look like UTF-16", {"a.xml": h.article(body), "theme.xml": b"<\0?\0x\0m\0l\0" + b"a\0" * 40}, 1, "theme")


def declarations(h):
    """What the file's own DTD makes of a few bytes, and libxml2 of a few more."""
    head = "<!DOCTYPE article [\n%s]>\n"
    para = h.article("<para>a</para>")

    def bomb(name, declared, want, body="<para>a</para>"):
        h.case("DTD: " + name, h.article(body, head=head % declared), 1, want)

    fours = "".join('<!ENTITY %% a%d "%s">\n' % (i, "&#37;a%d;" % (i - 1) * 4) for i in range(1, 20))
    bomb("parameters four times four, 19 times", '<!ENTITY % a0 "x">\n' + fours + "%a19;\n", "xml:22")
    bomb("parameters that declare, four times four", "<!ENTITY % a0 '<!ENTITY e &quot;x&quot;>'>\n".replace("&quot;", "&#34;") + fours + "%a19;\n", "*")
    names = " ".join('a%d CDATA "x"' % i for i in range(300))
    bomb("300 attributes for each of 20,000 paragraphs", "<!ATTLIST para %s>" % names, "too-large", "<para/>\n" * 20000)
    bomb("an attribute of 100 KB for each of 20,000", '<!ATTLIST para role CDATA "%s">' % ("x" * 100000), "too-large", "<para/>\n" * 20000)
    bomb("an attribute of 100,000 values", "<!ATTLIST para role (%s) #IMPLIED>" % "|".join("v%d" % i for i in range(100000)), "too-large:2")
    bomb("100,000 attributes", "".join('<!ATTLIST para a%d CDATA "x">\n' % i for i in range(100000)), "too-large")
    for name, text in (("nothing", ""), ("comments", "<!---->")):
        laughs = '<!ENTITY l0 "%s">\n' % text + "".join('<!ENTITY l%d "%s">\n' % (i, "&l%d;" % (i - 1) * 10) for i in range(1, 12))
        bomb("a billion laughs of " + name, laughs, "*", "<para>&l11;</para>")
    wide = "<para %s/>\n" % " ".join('a%d="x"' % i for i in range(15000))
    h.case("XML: 50 tags of 15,000 attributes", h.article(wide * 50), 1, "too-large")
    h.case("XML: a million attributes", h.article("\n<para %s/>" % " ".join('a%d=">"' % i for i in range(1000000))), 1, "too-large:4")
    h.case("XML: a zero behind the end", para + "\0<x", 1, "xml-encoding:5")
    for name, body in (("attribute", "\n<para role='%s'/>"), ("comment", "\n<para/><!--%s-->"), ("CDATA", "\n<para><![CDATA[%s]]></para>")):
        h.case("XML: an %s of 10.5 MB" % name, h.article(body % ("x" * 10500000)), 1, "too-large:4")
    h.case("include: 50 MB of text", {"a.xml": h.article("<screen>\n<xi:include href='b' parse='text'/></screen>"),
                                     "b": lambda p: h.put(p, b"abc def\n" * (6 << 20))}, 1, "too-large:4")


def characters(h):
    for lang in ("ru", "ar"):
        body = "".join("<section><title>a&#x%x;</title><para>a&#x%x;b &#x%x;</para><para>&#x%x;</para><para>x<footnote><para>&#x%x;b</para>"
                       "</footnote></para></section>\n" % ((c,) * 5) for c in NOTHING)
        h.case("characters that draw nothing, " + lang, h.article(body, lang=lang), 0, after=sound(h))
    h.case("directions opened and not closed", h.article("<para>" + "\u2067" * 500 + "a" + "\u2069" * 200 + "</para>", lang="ar"), 0)
    h.case("letters of private use", h.article("<para>a \ue000 \U0010fffd</para>"), 3, "glyph-missing:3")
    h.case("20 letters of 200 signs each", h.article("<para>" + ("а" + "".join(chr(0x300 + i % 0x6f) for i in range(200))) * 20 + "</para>"), 0)
    word = "декриминализация" * 3
    house = open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../source/theme.xml"), encoding="utf-8").read()
    for size in ('size="10.25pt" leading="14pt"', 'size="30pt" leading="40pt"'):
        body = ("<section><title>%s</title><para>a %s<footnote><para>%s</para></footnote></para><blockquote role='pullquote'><para>%s</para>"
                "</blockquote><sidebar><title>%s</title><para>%s</para></sidebar></section>" % ((word,) * 6))
        h.case("words wider than their place, " + size, {
            "a.xml": h.article(body).replace("Проба", word), "theme.xml": house.replace('size="10.25pt" leading="14pt"', size)}, None,
            after=lambda folder: "out of the page" if b"beyond the bleed" in h.said(folder) else None)


def included(h):
    text = '<screen>\n<xi:include href="b.txt" parse="text"%s/></screen>'
    for name, data, more, status in (("UTF-8", "слово".encode(), "", 0), ("CP1251", "слово".encode("cp1251"), "", 1),
                                     ("CP1251, and it says so", "слово".encode("cp1251"), ' encoding="windows-1251"', 0),
                                     ("UTF-16", "слово".encode("utf-16"), "", 1), ("a PNG", h.png(), "", 1)):
        h.case("include: text in " + name, {"a.xml": h.article(text % more), "b.txt": data}, status, *(["xml-encoding:1"] if status else []))
    h.case("include: text in no known encoding", {"a.xml": h.article(text % ' encoding="nope"'), "b.txt": "a"}, 1, "xml-encoding:4")
    for base in ("/etc/", "file:///etc/", "http://127.0.0.1:9/", "../../../../etc/", "..%2f..%2fetc/"):
        h.case("include: below xml:base " + base, h.article('<section xml:base="%s"><title>T</title><screen>\n<xi:include href="passwd" '
               'parse="text"/></screen></section>' % base), 1, "xinclude:4")
    outer = '<section xml:base="%s"><title>T</title>\n<xi:include href="b.xml"/>\n<mediaobject><imageobject><imagedata fileref="p.png"/></imageobject></mediaobject></section>'
    there = {"sub/b.xml": '<para xmlns="http://docbook.org/ns/docbook">Слово <inlinemediaobject><imageobject><imagedata fileref="p.png"/></imageobject>'
             "</inlinemediaobject>.</para>", "sub/p.png": h.png()}
    for name, base in (("a folder", "sub/"), ("a file in it", "sub/all.xml"), ("steps", 'sub/"><title>T</title><section xml:base="../sub/')):
        close = "</section>" if name == "steps" else ""
        h.case("include: xml:base is " + name, {"a.xml": h.article((outer % base) + close), **there}, 0, others=True)
    near = {n[4:]: data for n, data in there.items()}
    h.case("include: xml:base is an address, and the file lies near", {"a.xml": h.article(outer % "http://127.0.0.1:9/"), **near}, 1, "xinclude:4", "image-missing:5")
    h.case("include: xml:base is a folder, and the file lies outside it", {"a.xml": h.article(outer % "sub/"), **near}, 1, "xinclude:4", "image-missing:5")
    h.case("include: a fallback that climbs", h.article('<para>\n<xi:include href="n.xml"><xi:fallback><xi:include href="../../../etc/passwd" '
           'parse="text"/></xi:fallback></xi:include></para>'), 1, "xinclude:4", others=True)
    h.case("include: a broken file in spite of a fallback", {"a.xml": h.article('<xi:include href="b.xml"><xi:fallback><para>a</para></xi:fallback>'
           "</xi:include>"), "b.xml": "<para>"}, 1, "xml:1")


def places(h):
    row = "<row><entry>a</entry></row>"
    for n in (20, 45, 200):
        h.case("table: a head of %d rows" % n, h.article('<table><title>T</title><tgroup cols="1"><thead>%s</thead><tbody>%s</tbody></tgroup></table>' %
               (row * n, row * 100)), 0, after=sound(h))
    tall = "<mediaobject><alt>x</alt><imageobject><imagedata fileref='a.png'/></imageobject></mediaobject>"
    for name, body in (("first in the document", tall + "<para>a</para>"), ("behind a paragraph", "<para>a</para>" + tall),
                       ("with a title", "<figure><title>T</title>%s</figure>" % tall)):
        h.case("picture: 10 wide and 5,000 high, " + name, {"a.xml": h.article(body), "a.png": h.png(10, 5000)}, 0, after=sound(h))
    two = house_in_columns()
    for quote in ("", "<para/>", "<para> </para>", "<para><emphasis/></para>"):
        h.case("pull quote of nothing, %r" % quote, {"theme.xml": two, "a.xml": h.article(
            "<section><title>T</title><blockquote role='pullquote'>%s</blockquote></section>" % quote)}, 0, after=sound(h))
    for empty in ("<subtitle/>", "<subtitle> </subtitle>", "<subtitle><emphasis/></subtitle>"):
        h.case("empty: " + empty, h.article(empty + "<section><title>T</title>%s<para>a</para></section><sidebar><title>T</title>%s<para>a</para>"
                                            "</sidebar><itemizedlist><title>T</title>%s<listitem><para>a</para></listitem></itemizedlist>" %
                                            ((empty,) * 3)), 0)
    h.case("pages: more than there is text for", h.article("<para>a</para>"), 1, "page-count:1", options=["--pages=4k"])
    h.case("table: a name that ends before it begins", h.article('<informaltable><tgroup cols="2"><colspec colname="a"/><colspec colname="b"/><tbody>\n'
           '<row><entry namest="b" nameend="a">a</entry></row></tbody></tgroup></informaltable>'), 1, "table-column:4")
    for name, body in (("of itself", '<section xml:id="s"><title xml:id="t">T <xref linkend="s" endterm="t"/></title><para>a</para></section>'),
                       ("in a circle", "".join('<section xml:id="s%d"><title>T <xref linkend="s%d"/></title><para>a</para></section>' % (i, 1 - i)
                                               for i in (0, 1))),
                       ("doubled forty times", "".join('<section xml:id="s%d"><title>T <xref linkend="s%d"/><xref linkend="s%d"/></title><para>a'
                                                       "</para></section>" % (i, min(i + 1, 40), min(i + 1, 40)) for i in range(41)))):
        h.case("references: " + name, h.article(body), 0)


def quarters(h, name, data, ref):
    for quarter in (1, 2, 3):
        h.picture("%s, its first %d quarters" % (name, quarter), data[:len(data) * quarter // 4], 1, "image-broken:4", ref=ref)
    h.picture(name + " and 4,000 bytes more", data + b"junk" * 1000, 0, ref=ref)


def pictures(h):
    noise = bytes((i * i * 2654435761 >> 13) & 255 for i in range(64 * 193))
    rows = b"".join(b"\0" + noise[193 * y:193 * y + 192] for y in range(64))
    quarters(h, "PNG of noise", h.png(64, 64, rows=rows), "a.png")
    quarters(h, "JPEG", h.jpeg(800, 800), "a.jpg")
    packed = zlib.compress((b"\0" + b"\x55" * 12) * 4)
    header = h.png()[:33]
    for name, data in (("two parts with a text between", header + h.chunk(b"IDAT", packed[:5]) + h.chunk(b"tEXt", b"a\0b") +
                        h.chunk(b"IDAT", packed[5:]) + h.chunk(b"IEND", b"")),
                       ("a filter that is none", h.png(rows=(b"\x09" + b"\x55" * 12) * 4)),
                       ("a chunk that must be known", header + h.chunk(b"ABCD", b"x") + h.png()[33:]),
                       ("300 colours", h.png(kind=3, extra=h.chunk(b"PLTE", b"\1\2\3" * 300))),
                       ("no pixels", header + h.chunk(b"IEND", b""))):
        h.picture("PNG: " + name, data, 1, "image-broken:4")
    for name, data in (("a sampling of 0", h.jpeg().replace(b"\x01\x11\0\x02\x11", b"\x01\0\0\x02\x11")),
                       ("12 bits", h.jpeg().replace(b"\xff\xc0\0\x11\x08", b"\xff\xc0\0\x11\x0c")), ("arithmetic", h.jpeg(frame=0xc9)),
                       ("fewer pixels than it says", h.jpeg().replace(struct.pack(">HH", 8, 16), struct.pack(">HH", 999, 1000))),
                       ("no height", h.jpeg().replace(struct.pack(">HH", 8, 16), struct.pack(">HH", 0, 16)))):
        h.picture("JPEG: " + name, data, 1, "image-broken:4", ref="a.jpg")
    for name, data in (("SVG by its DOCTYPE", b'<!DOCTYPE svg [<!ENTITY a "' + b"x" * 2000 + b'">]><svg/>'), ("AVIF", b"\0\0\0\x1cftypavif" + b"\0" * 40),
                       ("JPEG 2000", b"\0\0\0\x0cjP  \r\n\x87\n" + b"\0" * 50), ("an icon", b"\0\0\1\0\1\0" + b"\0" * 50)):
        h.picture(name, data, 1, "image-format:4")
    for o in range(10):
        h.picture("JPEG turned by Exif %d, no square" % o, h.jpeg(40, 16, exif=o), 0, ref="a.jpg")
    for ref, file in (("100%.png", "100%.png"), ("100%25.png", "100%.png"), ("%D1%81%20%D0%B0.png", "с а.png"), ("a#b.png", "a#b.png"), ("-a.png", "-a.png")):
        h.case("picture called " + ref, {"a.xml": h.article('<mediaobject>\n<alt>x</alt><imageobject><imagedata fileref="%s"/></imageobject>'
                                                            "</mediaobject>" % ref), file: h.png()}, 0)


def translations(h):
    source = h.article("<section><title>Раздел</title><para>Слово <emphasis>дело</emphasis>.</para><para>Второй.</para></section>")
    entry = 'msgid "Второй."\nmsgstr %s\n'

    def po(name, data, status, *want, **kw):
        files = {"a.xml": source, "po/en.po": data, "po/LINGUAS": kw.pop("linguas", "en\n")}
        h.case("PO: " + name, files, status, *want, args=["build", "IN/a.xml", "-o", "OUT"] + kw.pop("how", ["--lang", "en"]), others=True, **kw)

    for name, data in (("empty", ""), ("of another charset", (PO + entry % '"A"').replace("UTF-8", "KOI8-R")),
                       ("wrong UTF-8", (PO + entry % '"A~"').encode().replace(b"~", b"\xff")), ("UTF-16", (PO + entry % '"A"').encode("utf-16")),
                       ("a byte order mark", b"\xef\xbb\xbf" + (PO + entry % '"A"').encode()), ("a zero byte", (PO + entry % '"A\0B"').encode())):
        po(name, data, 1, "po-encoding")
    for name, data in (("a string left open", PO + 'msgid "Второй.\nmsgstr "A"\n'), ("an entry twice", PO + entry % '"A"' + "\n" + entry % '"B"'),
                       ("a plural that begins at 99,999,999,999", PO + 'msgid "x"\nmsgid_plural "y"\nmsgstr[99999999999] "a"\n')):
        po(name, data, 1, "po-syntax")
    for k, text in enumerate(("<emphasis>", "</emphasis>", "<emphasis>a", "<b>a</b>", "<", "a & b", "<emphasis i='2'>a</emphasis>", "<!-- a -->", "&l;",
                              "<emphasis>a</emphasis>" * 2, "<emphasis>" * 3000)):
        po("tags at odds, %d" % k, PO + 'msgid "Слово <emphasis>дело</emphasis>."\nmsgstr "%s"\n' % text, 1, "po-markup:6")
    po("a translation of 1 MB", PO + entry % ('"' + "word " * 200000 + '"'), 0)
    po("a folder in its place", lambda p: os.mkdir(p), 3, "io")
    po("a pipe in its place", lambda p: os.mkfifo(p), 3, "io")
    po("a link to /etc/passwd", lambda p: os.symlink("/etc/passwd", p), 3, "io")
    for name in ("../x", "en ../../etc/passwd", ".", "en\nen", "-o", "%s%n", "ru"):
        po("languages: %r" % name, PO + entry % '"A"', 1, "linguas", linguas=name, how=["--all-languages"])
    for name in ("../../etc/passwd", "", "..", "en/../en", "x" * 5000):
        po("the language %r" % name[:20], PO + entry % '"A"', 2, "usage", how=["--lang", name])
    update = '"$V" i18n %s "$IN/a.xml"'
    h.case("PO: update, the folder is a file", {"a.xml": source, "po": "x"}, 3, "io", shell=update % "update")
    h.case("PO: update, no place on the disk", {"a.xml": source}, 3, "io", shell='mkdir "$IN/po"; mount -t tmpfs -o size=4k none "$IN/po" 2>/dev/null '
           '|| exit 77; head -c 4096 /dev/zero >"$IN/po/full"; ' + update % "update" + '; s=$?; umount "$IN/po"; exit $s')
    h.case("PO: add, no place on the disk", {"a.xml": source}, 3, "io", shell='mkdir "$IN/po"; mount -t tmpfs -o size=12k none "$IN/po" 2>/dev/null '
           '|| exit 77; printf "# none\\n" >"$IN/po/LINGUAS"; head -c 4096 /dev/zero >"$IN/po/full"; "$V" i18n add "$IN/a.xml" de; s=$?; '
           'test "$(cat "$IN/po/LINGUAS")" = "# none" && test ! -e "$IN/po/de.po" || s=50; umount "$IN/po"; exit $s')
    h.case("PO: add, another language's file is broken", {"a.xml": source, "po/LINGUAS": "en\n", "po/en.po": "msgid"}, 1, "po-syntax",
           shell='"$V" i18n add "$IN/a.xml" de; s=$?; test "$(cat "$IN/po/LINGUAS")" = en && test ! -e "$IN/po/de.po" || exit 50; exit $s', others=True)
    h.case("PO: update, a link where the template is made", {"a.xml": source, "b": "kept"}, 0, shell='mkdir "$IN/po"; ln -s ../b "$IN/po/a.pot.new"; '
           + update % "update" + ' && test "$(cat "$IN/b")" = kept')


def surroundings(h):
    body = h.article("<para>Слово.</para>")
    whole = ["a." + e for e in h.ENDINGS]
    build = '"$V" build "$IN/a.xml" -o "$OUT"'

    def under(name, shell, status, *want, **kw):
        h.case("surroundings: " + name, {"a.xml": body}, status, *want, shell=shell, **kw)

    under("4 descriptors", "ulimit -n 4; exec " + build, 3, "no-sandbox")
    under("4 descriptors, no sandbox", "ulimit -n 4; exec " + build + " --no-sandbox", 3, "io")
    under("8 descriptors", "ulimit -n 8; exec " + build, 0, leaves=whole)
    under("no home, no places for temporary files", "unset HOME; TMPDIR=/nonexistent exec " + build, 0, leaves=whole)
    under("no environment", '/usr/bin/env -i "$V" build "$IN/a.xml" -o "$OUT"', 0, leaves=whole)
    under("a time zone and a locale that are paths", 'TZ=:../../etc/passwd LC_ALL=../../etc LANGUAGE=/ exec ' + build, 0, leaves=whole)
    under("a current folder that is gone", 'mkdir "$OUT/x"; cd "$OUT/x"; rmdir "$OUT/x"; exec ' + build, 0, leaves=whole)
    under("a report into a full device", build + " --report=/dev/full; s=$?; test -c /dev/full || exit 50; exit $s", 3, "io")
    under("a report in a folder's place", build + ' --report="$OUT"', 3, "io")
    under("a report to standard output, a file", build + ' --report=/dev/stdout >"$OUT/r"; s=$?; grep -q "^1 page" "$OUT/r" || exit 50; exit $s', 0,
          leaves=whole + ["r"])
    under("old files that may not be written", 'for e in epub print.pdf; do echo x >"$OUT/a.$e"; chmod 0 "$OUT/a.$e"; done; exec ' + build, 0, leaves=whole)
    under("ten at once", "for i in 1 2 3 4 5 6 7 8 9 10; do " + build + " & done; wait; exit 0", 0, leaves=whole)
    for size in ("4k", "64k", "160k"):
        under("a file system of " + size, 'mount -t tmpfs -o size=%s none "$OUT" 2>/dev/null || exit 77; ' % size + build +
              '; s=$?; n=$(ls -A "$OUT" | wc -l); umount "$OUT"; test $n -eq 0 || exit 50; exit $s', 3, "io")
    for signal in ("TERM", "HUP"):
        for after in ("0.05", "0.3"):
            h.case("surroundings: SIG%s after %s s" % (signal, after), {"a.xml": h.article("<para>" + "слово дело " * 60000 + "</para>")}, None, shell=(
                build + " & p=$!; sleep %s; kill -%s $p; wait $p; s=$?; n=$(ls -A \"$OUT\" | wc -l); test $n -eq 0 -o $n -eq 4 || exit 50; "
                'rm -f "$OUT"/*; test $s -gt 128 && exit 0; exit $s') % (after, signal), leaves=[])


def data(h):
    """What is said of a document, in characters that nobody sees."""
    def said(name, info, status, *want):
        h.case("data: " + name, '<article %s xml:lang="ru">\n<info>%s</info>\n<para>Слово.</para></article>' % (h.DB, info), status, *want)

    for sign in ("\u00ad", "\u200b\u2060", "\u00a0", "\u202e"):
        unseen = ascii(sign)
        said("all of it %s" % unseen, ("<title>Т</title><subtitle>%s</subtitle><titleabbrev>%s</titleabbrev><author><personname>%s</personname></author>"
             "<author><orgname>%s</orgname></author><date>%s</date><publisher><publishername>%s</publishername></publisher><biblioset "
             "relation='series'><title>%s</title><issuenum>%s</issuenum></biblioset><copyright><year>%s</year><holder>%s</holder></copyright>"
             "<keywordset><keyword>%s</keyword></keywordset><abstract><para>%s</para></abstract><bibliomisc role='motto'>%s</bibliomisc>"
             "<edition>%s</edition><biblioid>%s</biblioid><legalnotice><para>%s</para></legalnotice>") % ((sign,) * 16), 0)
        said("a title of %s" % unseen, "<title>%s</title>" % sign, 1, "empty-title:2")
        h.case("data: a heading and a note of %s" % unseen, h.article("<para>a<footnote><para>%s</para></footnote></para>\n<section><title>%s</title><para>a"
               "</para></section>" % (sign, sign)), 1, "empty-note:3", "empty-title:4")
    for number in ("3", "\u00ad", ""):
        said("a number %r and no series" % number, "<title>Т</title><seriesvolnums>%s</seriesvolnums>" % number, 0)


def fonts(h):
    """Tables at odds with one another: libraries draw nothing, or anything, and call it done."""
    body = h.article("<para>Слово The fi 12.</para>")

    def font(name, change, want):
        h.case("fonts: " + name, {"a.xml": body, "fonts.xml": '<fonts><folder path="."/>\n%s\n</fonts>' % "".join(
            '<family name="%s"><face file="a.ttf"/></family>' % n for n in ("Serif", "Sans", "Mono")),
            "a.ttf": lambda p: h.tables(p, change)}, 3, want + ":2", others=True)

    def put(tag, at, code, *values):
        return lambda font, tables: struct.pack_into(code, font, tables[tag][1] + at, *values)

    def fill(tag, value):
        return lambda font, tables: font.__setitem__(slice(tables[tag][1], tables[tag][1] + tables[tag][2]), bytes([value]) * tables[tag][2])

    def cut(tag, length):
        return lambda font, tables: struct.pack_into(">I", font, tables[tag][0] + 12, length)

    for n in (1, 2, 50, 300):
        font("a font that says it has %d glyphs" % n, put("maxp", 4, ">H", n), "font-broken")
    for n in (16, 64, 65535):
        font("a font of %d units an em" % n, put("head", 18, ">H", n), "font-broken")
    for n in (0, 65535):
        font("a font with the widths of %d glyphs" % n, put("hhea", 34, ">H", n), "font-broken")
    for tag in ("loca", "glyf", "hmtx", "cmap"):
        for value in (0, 255) if tag != "cmap" else (0,):
            font("a font whose %s is all %d" % (tag, value), fill(tag, value), "font-broken")
        font("a font whose %s is cut short" % tag, cut(tag, 3 if tag == "cmap" else 400), "font-broken")
    font("a font whose loca is of another width", put("head", 50, ">h", 0), "font-broken")
    font("a font without any map of characters", put("cmap", 2, ">H", 0), "font-broken")
    font("a font whose OS/2 is cut short", cut("OS/2", 10), "font-subset")


def settings(h):
    body = h.article("<para>Слово.</para>")
    for name in ("theme.xml", "fonts.xml", "hyphenation.ru.txt"):
        h.case("%s is a link to nothing" % name, {"a.xml": body, name: lambda p: os.symlink("none", p)}, 3, "io")
    for name, names in (("zeros", b"\0" * 50), ("an object file", b"\x7fELF\2\1\1\0" + b"\0" * 500), ("zeros behind a language", b"en\n\0\0de\n")):
        h.case("PO: languages: " + name, {"a.xml": body, "po/LINGUAS": names, "po/en.po": PO}, 1, "linguas", others=True,
               args=["build", "IN/a.xml", "-o", "OUT", "--all-languages"])
    h.case("PO: languages: a link to nothing", {"a.xml": body, "po/LINGUAS": lambda p: os.symlink("none", p)}, 3, "io",
           args=["build", "IN/a.xml", "-o", "OUT", "--all-languages"])
    h.case("PO: a translation of 30 MB", {"a.xml": body, "po/LINGUAS": "en\n", "po/en.po": PO + 'msgid "Слово."\nmsgstr ""\n"%s"\n' % ("word " * 6000000)},
           1, "too-large:7", args=["build", "IN/a.xml", "-o", "OUT", "--lang", "en"])


def corners(h):
    """Things where nobody expects them, of sizes that nobody writes: all of it is on a page, or said."""
    a, long = "<para>Слово.</para>", "очень длинные слова "
    note = "<footnote><para>Сказано.</para></footnote>"
    picture = "<mediaobject><alt>x</alt><imageobject><imagedata fileref='a.png'%s/></imageobject></mediaobject>"

    def page(name, body, *want, status=0, info="", more=None, **kw):
        text = h.article(body)
        text = text if not info else text.replace("<title>Проба</title>", "<info>%s</info>" % info)
        h.case("corners: " + name, {"a.xml": text, "a.png": h.png(40, 30), **(more or {})}, status, *want, after=sound(h), **kw)

    series = "<title>Т</title><biblioset relation='series'><title>%s</title><issuenum>%s</issuenum></biblioset>"
    for name, info in (
            ("a title of 200 words", "<title>%s</title>" % (long * 66)),
            ("a subtitle", "<title>Т</title><subtitle>%s</subtitle>" % (long * 30)),
            ("a motto", "<title>Т</title><bibliomisc role='motto'>%s</bibliomisc>" % (long * 30)),
            ("an organisation", "<title>Т</title><author><orgname><phrase role='short'>%s</phrase>%s</orgname></author>" % (long * 5, long * 30)),
            ("a number", series % ("С", "123456789012")),
            ("a number in words", series % (long * 4, long)),
            ("authors", "<title>Т</title>" + "<author><orgname>Мы</orgname></author>" * 300),
            ("an abstract", "<title>Т</title><abstract>%s</abstract>" % (a * 300)),
            ("a series", series % (long * 20, "17") + "<bibliomisc role='motto'>%s</bibliomisc>" % (long * 10)),
            ("an abbreviation", "<title>Т</title><titleabbrev>%s</titleabbrev>" % (long * 50))):
        page("masthead with " + name + " too long", a * 200, info=info)
        page("masthead with " + name + " too long, no margin column", a * 200, info=info, more={
            "theme.xml": '<theme name="x"><page/><paragraph name="body"/></theme>'})
    small = '<theme name="x"><page width="80mm" height="120mm" inner="5mm" outer="5mm"/><paragraph name="body"/></theme>'
    page("masthead of the brief on a page like a hand", a, info=series.replace(">Т<", ">Потребности и права мужчин, секс-работников<") % (
        "Справочная статья", "08") + "<bibliomisc role='motto'>Голоса секс-работников</bibliomisc>", more={"theme.xml": small})
    page("a picture in a note on a page like a hand", "<para>а<footnote>%s%s</footnote></para>" % (a, picture % ""), more={"theme.xml": small})
    page("masthead longer than its page", a, "masthead:2", info="<title>%s</title>" % (long * 400))
    imprint = "<colophon role='imprint'>%s</colophon>"
    for name, body in (
            ("of 500 parts", imprint % (a * 500)),
            ("of one part of 3,000 words", imprint % ("<para>%s</para>" % (long * 1000))),
            ("with a note", imprint % ("<para>а%s</para>" % note)),
            ("the second", imprint % a + imprint % a)):
        page("imprint " + name, a + body, "imprint:3")
    in_margin = house_in_columns().replace('<columns count="2"/>', "").replace("<notes", '<notes in-margin="yes"', 1)
    for name, body in (
            ("a picture", picture % ""),
            ("a picture of a page", picture % " depth='29cm'"),
            ("a table", "<informaltable><tr><td>а</td></tr></informaltable>"),
            ("a figure", "<figure><title>Т</title>%s</figure>" % picture % ""),
            ("a list", "<itemizedlist><listitem>%s</listitem></itemizedlist>" % a)):
        body = "<para>а<footnote>%s%s</footnote></para>" % (a, body)
        page("a note that ends in " + name, body)
        page("a note in the margin that ends in " + name, body, more={"theme.xml": in_margin})
    for name, body in (
            ("a term", "<variablelist><varlistentry><term>т%s</term><listitem>%s</listitem></varlistentry></variablelist>" % (note, a)),
            ("code", "<programlisting>a%s\nb</programlisting>" % note),
            ("a caption", "<figure><title>Т%s</title>%s</figure>" % (note, picture % "")),
            ("a box", "<sidebar><title>т%s</title><para>а%s</para></sidebar>" % (note, note)),
            ("a table's head", "<informaltable><thead><tr><th>т%s</th></tr></thead><tr><td>а</td></tr></informaltable>" % note),
            ("a pull quote", "<blockquote role='pullquote'><para>т%s</para></blockquote>" % note),
            ("itself", "<para>а<footnote xml:id='f'><para>т <footnoteref linkend='f'/></para></footnote></para>")):
        page("a note in " + name, a * 20 + body)
    for name, begin, end, times in (
            ("quotations", "<blockquote>", "</blockquote>", 100),
            ("lists", "<itemizedlist><listitem>", "</listitem></itemizedlist>", 60),
            ("notes", "<note>", "</note>", 50),
            ("boxes", "<sidebar>", "</sidebar>", 30),
            ("sections", "<section><title>Т</title>", "</section>", 30),
            ("tables", "<informaltable><tr><td>", "</td></tr></informaltable>", 20)):
        page("%s in %s, %d deep" % (name, name, times), begin * times + a + end * times)
    bars = "<figure role='bars'><title>Т</title><informaltable role='bars'><tgroup cols='2'><tbody>%s</tbody></tgroup></informaltable></figure>"
    bar = "<row><entry>%s</entry><entry>50%%</entry></row>"
    page("150 bars", bars % (bar % "а" * 150))
    page("a bar with a label of 200 words", bars % (bar % (long * 66)))
    page("a caption of 900 words", "<figure><title>%s</title>%s</figure>" % (long * 300, picture % ""))
    for attribute in ("cols='0'", "cols='два'", "cols='-1'", "cols='99999999999'"):
        page("a table of " + attribute, "<informaltable>\n<tgroup %s><tbody><row><entry>а</entry></row></tbody></tgroup></informaltable>" % attribute,
             "table-number:4")
    for empty in ("itemizedlist", "variablelist", "informaltable", "figure", "sidebar", "blockquote", "note", "section", "bibliography"):
        page("an empty " + empty, a + "\n<%s/>" % empty, "empty-element:4")
    page("a letter of Windows' by its number", "<para>а &amp;\nб&#146;</para>", "control-character:4")
    heard = '"$V" build "$IN/a.xml" -o "$OUT" --only screen && "$V" preflight --ua "$OUT/a.screen.pdf"'
    for rows in ("<tr><td>а</td></tr><tr><td>а</td><td>б</td><td>в</td></tr>", "<tr><th colspan='256'>а</th></tr><tr><td>б</td></tr>",
                 "<tr><td rowspan='0'>а</td><td>б</td></tr><tr/>"):
        h.case("corners: rows of unequal length, " + rows[:24], h.article("<informaltable>%s</informaltable>" % rows), 0, shell=heard,
               leaves=["a.screen.pdf"])
    h.case("corners: a mark of byte order in the text", h.article("<para>а\ufeffб</para>"), 0, shell=heard, leaves=["a.screen.pdf"])
    h.case("corners: a wrong element in a file of old Mac lines", h.article("<para>а</para>\n<para><nope/></para>").replace("\n", "\r"), 1, "not-docbook:4")
    h.case("corners: a report over the source", h.article(a), 2, "usage", shell=(
        'cp "$IN/a.xml" "$IN/b"; "$V" build "$IN/a.xml" --report="$IN/a.xml" -o "$OUT"; s=$?; cmp "$IN/a.xml" "$IN/b" || exit 50; exit $s'))
    blanks = {"a.xml": h.article(a), "po/LINGUAS": "en\n", "po/en.po": PO + 'msgid "Слово."\nmsgstr "  "\n'}
    h.case("corners: a translation of blanks", blanks, 3, "min-percent", others=True,
           args=["build", "IN/a.xml", "-o", "OUT", "--lang", "en", "--min", "50"])
