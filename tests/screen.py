"""Tests of the screen PDF: for each rule of `verstka preflight --ua` a twin of a good file with one small damage. Used by
tests/run."""
import base64
import os
import re

import press
from press_mutations import Twin

DOCUMENT = """<article xmlns="http://docbook.org/ns/docbook" xmlns:xlink="http://www.w3.org/1999/xlink" version="5.0" xml:lang="en">
<title>Screen proof</title>
<section><title>First</title>%s<para>Words<footnote><para>One note.</para></footnote> and
words<footnote><para>Two notes.</para></footnote>, a <link xlink:href="https://example.org/">link</link>,
<foreignphrase xml:lang="fr">des mots</foreignphrase>.</para>
<section><title>Second</title><itemizedlist><listitem><para>one</para></listitem><listitem><para>two</para></listitem></itemizedlist>
<table><title>Numbers</title><tgroup cols="2"><thead><row><entry>Name</entry><entry>Value</entry></row></thead>
<tbody><row><entry>a</entry><entry>1</entry></row><row><entry>b</entry><entry>2</entry></row></tbody></tgroup></table>
<figure><title>Picture</title><mediaobject><alt>A square</alt><imageobject><imagedata fileref="p.png" contentwidth="8mm"/></imageobject></mediaobject>
</figure></section></section>
<section><title>Third</title><para>Words.</para></section>
</article>
""".replace("%s", "<para>%s</para>" % ("Words of another kind stand here. " * 40) * 24)


class Tree(Twin):
    """The twin's structure."""

    def elements(self, kind):
        """(reference, element) of this type, in reading order."""
        def walk(ref, over):
            e = self.at(ref)
            if not isinstance(e, dict) or "/S" not in e:
                return
            if e["/S"] == "/" + kind:
                yield ref, e
            kids = self.at(e.get("/K", []))
            for k in kids if isinstance(kids, list) else [kids]:
                yield from walk(k, ref)
        for top in self.at(self.tree["/K"]):
            yield from walk(top, None)

    @property
    def tree(self):
        return self.at(self.root["/StructTreeRoot"])

    def first(self, kind):
        return next(self.elements(kind))[1]

    @property
    def first_page(self):
        return self.at(next(self.kids(self.root["/Pages"])))

    def contents(self, change):
        self.data(self.first_page["/Contents"], change)

    @property
    def annotation(self):
        return self.at(self.at(self.first_page["/Annots"])[0])

    @property
    def some_font(self):
        return next(self.at(v) for k, v in sorted(self.at(self.at(self.first_page["/Resources"])["/Font"]).items()))

    def descendant(self):
        return self.at(self.at(self.some_font["/DescendantFonts"])[0])


    def names(self):
        """(name, destination) of the name tree."""
        todo = [self.at(self.at(self.root.get("/Names", {})).get("/Dests", {}))]
        while todo:
            node = todo.pop()
            found = self.at(node.get("/Names", []))
            yield from zip(found[::2], found[1::2])
            todo += [self.at(k) for k in self.at(node.get("/Kids", []))]

    def to_unicode(self, old, new):
        """The meaning of code 1 of a font that the first page shows."""
        def change(m):
            assert re.search(old, m), m[:300]
            return re.sub(old, new, m, count=1)
        name = re.search(rb"/(F\d+) [\d.]+ Tf", base64.b64decode(self.all["obj:" + self.first_page["/Contents"]]["stream"]["data"])).group(1)
        self.data(self.at(self.at(self.at(self.first_page["/Resources"])["/Font"])["/" + name.decode()])["/ToUnicode"], change)

    def show(self, operators):
        """On the first page, told apart from the structure."""
        self.contents(lambda c: c + b"\n/Artifact BMC\n" + operators + b"\nEMC\n")


FORM = {"/Type": "/XObject", "/Subtype": "/Form", "/BBox": [0, 0, 9, 9]}


def move(t, kind, index, under):
    """The element of this kind becomes a kid of `under`, its first."""
    ref, e = list(t.elements(kind))[index]
    over = t.at(e["/P"])
    over["/K"] = [k for k in t.at(over["/K"]) if k != ref]
    to, target = next(t.elements(under))
    e["/P"] = to
    target["/K"] = [ref] + list(t.at(target["/K"]))


CHANGES = [
    (2, "not marked", lambda t: t.root.pop("/MarkInfo")),
    (2, "suspects", lambda t: t.at(t.root["/MarkInfo"]).update({"/Suspects": True})),
    (3, "no tree", lambda t: t.root.pop("/StructTreeRoot")),
    (3, "no parent", lambda t: t.first("P").pop("/P")),
    (3, "wrong parent", lambda t: t.first("LI").update({"/P": next(t.elements("Document"))[0]})),
    (4, "no XMP", lambda t: t.root.pop("/Metadata")),
    (4, "no title in XMP", lambda t: t.xmp(b"dc:title", b"dc:subject")),
    (4, "file name in the window", lambda t: t.root.pop("/ViewerPreferences")),
    (5, "no claim", lambda t: t.xmp(b"<pdfuaid:part>1<", b"<pdfuaid:part>7<")),
    (6, "no language", lambda t: t.root.pop("/Lang")),
    (6, "bad language", lambda t: t.first("Document").update({"/Lang": "u:en_GB"})),
    (8, "a form for XFA", lambda t: t.root.update({"/AcroForm": {"/Fields": [], "/XFA": "u:x"}})),
    (8, "traps", lambda t: t.annotation.update({"/Subtype": "/TrapNet"})),
    (8, "layers without a name", lambda t: t.root.update({"/OCProperties": {"/OCGs": [], "/D": {}}})),
    (8, "layers by themselves", lambda t: t.root.update({"/OCProperties": {"/OCGs": [], "/D": {"/Name": "u:x", "/AS": []}}})),
    (8, "a page of another file", lambda t: t.resource("/XObject", "/X", t.add(dict(FORM, **{"/Ref": {"/F": "u:a.pdf", "/Page": 0}}), b""))),
    (9, "paint outside", lambda t: t.contents(lambda c: c + b"\n0 0 10 10 re f\n")),
    (9, "artifact inside", lambda t: t.contents(lambda c: re.sub(rb"(/MCID 0 *>> BDC\n)", rb"\1/Artifact BMC EMC\n", c, count=1))),
    (9, "tagged inside an artifact", lambda t: t.contents(lambda c: b"/Artifact BMC\n" + c + b"\nEMC\n")),
    (10, "two of one number", lambda t: t.contents(lambda c: re.sub(rb"/MCID 1\b", b"/MCID 0", c, count=1))),
    (10, "unknown number", lambda t: t.contents(lambda c: re.sub(rb"/MCID 1\b", b"/MCID 4711", c, count=1))),
    (10, "page not in the structure", lambda t: t.first_page.pop("/StructParents")),
    (10, "no parent tree", lambda t: t.tree.pop("/ParentTree")),
    (11, "a form shown twice", lambda t: (t.resource("/XObject", "/X", t.add(dict(FORM, **{"/StructParents": 900}), b"")),
                                          t.show(b"/X Do /X Do"))),
    (14, "unknown type", lambda t: t.at(t.tree["/RoleMap"]).pop("/Title")),
    (14, "circle", lambda t: t.at(t.tree["/RoleMap"]).update({"/Title": "/Subtitle", "/Subtitle": "/Title"})),
    (14, "standard type remapped", lambda t: t.at(t.tree["/RoleMap"]).update({"/P": "/H1"})),
    (15, "first heading of level 2", lambda t: t.first("H1").update({"/S": "/H2"})),
    (15, "level skipped", lambda t: t.first("H2").update({"/S": "/H3"})),
    (16, "a P in an L", lambda t: t.first("LI").update({"/S": "/P"})),
    (16, "LBody outside LI", lambda t: t.first("LI").update({"/S": "/Div"})),
    (16, "content in an L", lambda t: t.first("L").update({"/K": list(t.at(t.first("L")["/K"])) + [7]})),
    (17, "cell outside a row", lambda t: move(t, "TD", 0, "TBody")),
    (17, "row too short", lambda t: list(t.elements("TR"))[1][1].update({"/K": list(t.at(list(t.elements("TR"))[1][1]["/K"]))[:1]})),
    (17, "no TBody", lambda t: t.first("TBody").update({"/S": "/TFoot"})),
    (17, "two THead", lambda t: t.first("TBody").update({"/S": "/THead"})),
    (17, "caption in the middle", lambda t: t.first("Table").update({"/K": [list(t.at(t.first("Table")["/K"]))[i] for i in (1, 0, 2)]})),
    (18, "head of nothing", lambda t: t.first("TH").pop("/A")),
    (19, "entry outside a TOC", lambda t: t.first("TOC").update({"/S": "/Div"})),
    (19, "a P in a TOC", lambda t: t.first("TOCI").update({"/S": "/P"})),
    (20, "no Alt", lambda t: t.first("Figure").pop("/Alt")),
    (20, "no ID of a note", lambda t: t.first("FENote").pop("/ID")),
    (20, "two of one ID", lambda t: [e.update({"/ID": "u:x"}) for _, e in t.elements("FENote")]),
    (21, "no Contents", lambda t: t.annotation.pop("/Contents")),
    (21, "not in the structure", lambda t: t.annotation.pop("/StructParent")),
    (21, "not in a Link", lambda t: [e.update({"/S": "/Span"}) for _, e in list(t.elements("Link"))]),
    (21, "no Tabs", lambda t: t.first_page.pop("/Tabs")),
    (22, "not in an Annot", lambda t: t.annotation.update({"/Subtype": "/Text"})),
    (23, "other widths", lambda t: t.descendant().update({"/W": [0, 65535, 444]})),
    (23, ".notdef", lambda t: t.show(b"BT /F0 10 Tf <FFFE> Tj ET")),
    (25, "a code without meaning", lambda t: t.to_unicode(rb"<0001> <[0-9A-F]+>\n", b"")),
    (25, "no character", lambda t: t.to_unicode(rb"<0001> <[0-9A-F]+>", b"<0001> <FEFF>")),
    (23, "not embedded", lambda t: t.at(t.descendant()["/FontDescriptor"]).pop("/FontFile2")),
    (24, "no CIDToGIDMap", lambda t: t.descendant().pop("/CIDToGIDMap")),
    (25, "no ToUnicode", lambda t: t.some_font.pop("/ToUnicode")),
    (65, "q too deep", lambda t: t.show(b"q " * 29 + b"Q " * 29)),
    (65, "a page like a thread", lambda t: t.first_page.update({"/MediaBox": [0, 0, 2, 800]})),
    (65, "a long name", lambda t: t.root.update({"/" + "x" * 130: 1})),
    (65, "a long string", lambda t: t.first("Figure").update({"/Alt": "u:" + "x" * 40000})),
    (70, "packed by LZW", lambda t: t.resource("/XObject", "/X", t.add({"/Filter": "/LZWDecode"}, b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01"))),
    (70, "data elsewhere", lambda t: t.image().update({"/F": "u:a.png"})),
    (70, "another picture", lambda t: t.image().update({"/Alternates": []})),
    (70, "smoothed", lambda t: t.image().update({"/Interpolate": True})),
    (70, "PostScript", lambda t: t.resource("/XObject", "/X", t.add({"/Type": "/XObject", "/Subtype": "/PS"}, b"showpage"))),
    (70, "a transfer curve", lambda t: t.resource("/ExtGState", "/X", {"/TR": "/Identity"})),
    (70, "abilities", lambda t: t.root.update({"/Requirements": [{"/S": "/EnableJavaScripts"}]})),
    (70, "a slide show", lambda t: t.root.update({"/Names": {"/AlternatePresentations": {"/Names": []}}})),
    (70, "in steps", lambda t: t.first_page.update({"/PresSteps": {}})),
    (71, "private use", lambda t: t.to_unicode(rb"<0001> <[0-9A-F]+>", b"<0001> <E001>")),
    (66, "no intent", lambda t: t.root.pop("/OutputIntents")),
    (66, "CMYK", lambda t: t.contents(lambda c: b"0 0 0 1 k\n" + c)),
    (67, "hidden", lambda t: t.annotation.update({"/F": 6})),
    (67, "drawn anyhow", lambda t: t.annotation.update({"/Subtype": "/Text"})),
    (67, "no F", lambda t: t.annotation.pop("/F")),
    (68, "script", lambda t: t.annotation.update({"/A": {"/S": "/JavaScript", "/JS": "u:app.beep()"}})),
    (68, "acts on opening", lambda t: t.first_page.update({"/AA": {"/O": {"/S": "/URI", "/URI": "u:http://example.org/"}}})),
    (69, "no claim", lambda t: t.xmp(b"<pdfaid:conformance>A<", b"<pdfaid:conformance>B<")),
]
CHANGES_BYTES = [
    (1, "another version", lambda b: b"%PDF-2.0" + b[8:]),
    (64, "a stream without its end", lambda b: b.replace(b"endstream", b"endstreax", 1)),
]
APART = {7}  # encrypted: below


def mark_of(t):
    """What a note refers to."""
    return t.at(t.at(t.first("FENote")["/Ref"])[0])


def jump(t):
    """An annotation that leads inside the file."""
    every = (t.at(a) for page in t.kids(t.root["/Pages"]) for a in t.at(t.at(page).get("/Annots", [])))
    return next(a for a in every if t.at(a.get("/A", {})).get("/S") == "/GoTo")


# the same for PDF/UA-2
CHANGES_2 = [
    (73, "no Document", lambda t: t.first("Document").update({"/S": "/Part"})),
    (73, "a Document of PDF 1.7", lambda t: t.first("Document").pop("/NS")),
    (73, "two at the top", lambda t: t.tree.update({"/K": list(t.at(t.tree["/K"])) + [t.add({"/S": "/Part", "/P": t.root["/StructTreeRoot"], "/K": []})]})),
    (74, "a heading of no level", lambda t: t.first("H2").update({"/S": "/H"})),
    (74, "a Note", lambda t: t.first("FENote").update({"/S": "/Note"})),
    (74, "of no kind", lambda t: t.first("FENote").pop("/A")),
    (74, "without its mark", lambda t: t.first("FENote").pop("/Ref")),
    (74, "not known to its mark", lambda t: mark_of(t).pop("/Ref")),
    (75, "an entry without its target", lambda t: t.first("TOCI").pop("/Ref")),
    (75, "a link to a page", lambda t: t.at(jump(t)["/A"]).pop("/SD")),
    (75, "a link to a page, written as if to an element", lambda t: t.at(jump(t)["/A"]).update({"/SD": [next(t.kids(t.root["/Pages"])), "/Fit"]})),
    (75, "a bookmark to a page", lambda t: t.at(t.at(t.root["/Outlines"])["/First"]).update({"/Dest": [next(t.kids(t.root["/Pages"])), "/Fit"]})),
    (76, "says two things", lambda t: t.first("Link").update({"/Alt": "u:something else"})),
    (77, "labels of no numbering", lambda t: t.first("L").pop("/A")),
    (77, "numbered None", lambda t: t.first("L").update({"/A": {"/O": "/List", "/ListNumbering": "/None"}})),
    (77, "private use", lambda t: t.first("Figure").update({"/Alt": "u:\ue001"})),
]


def whole_file(run, name, *options):
    """A screen file that breaks no rule; its structure, as qpdf writes it anew, neither."""
    folder = run.folder("screen", name)
    with open(folder + "/s.xml", "w") as f:
        f.write(DOCUMENT)
    press.png(folder + "/p.png", 40, 40, 3, lambda x, y: (x * 6, y * 6, 90))
    run.expect(0, "build", folder + "/s.xml", "-o", folder, "--only", "screen", *options)
    good, twin = folder + "/s.screen.pdf", folder + "/twin.pdf"
    whole = Tree(run, good)
    whole.save(run, twin)
    for path in (good, twin):
        out, err = run.expect(0, "preflight", "--ua", path)
        if err:
            raise run.Failure("of a good file: " + err)
    return good, twin, whole


def judge_twins(run, twin, whole, changes, faults):
    for item, what, change in changes:
        t = whole.copy()
        try:
            change(t)
        except (StopIteration, KeyError, IndexError) as e:
            faults.append("A-%02d %s: cannot be done: %s" % (item, what, e))
            continue
        t.save(run, twin)
        judge(run, twin, item, what, faults)


def judge(run, twin, item, what, faults):
    status, out, err = run.verstka("preflight", "--ua", twin)
    if status != 1 or item not in [int(n) for n in re.findall(r"error: A-(\d+)", err)]:
        faults.append("A-%02d %s: exit %d, %s" % (item, what, status, err.strip() or "nothing told"))


def screen_preflight_ua(run):
    good, bad, whole = whole_file(run, "ua")
    faults = []
    judge_twins(run, bad, whole, CHANGES, faults)
    with open(good, "rb") as f:
        data = f.read()
    for item, what, change in CHANGES_BYTES:
        with open(bad, "wb") as f:
            f.write(change(data))
        judge(run, bad, item, what, faults)
    run.tool("qpdf", "--encrypt", "", "owner", "256", "--", good, bad)
    judge(run, bad, 7, "encrypted", faults)
    if faults:
        raise run.Failure("\n".join(faults))
    return "%d damaged twins" % (len(CHANGES) + len(CHANGES_BYTES) + 1)


def screen_preflight_ua2(run):
    good, bad, whole = whole_file(run, "ua2-twins", "--pdf-standard=ua-2")
    faults = []
    judge_twins(run, bad, whole, CHANGES_2, faults)
    if faults:
        raise run.Failure("\n".join(faults))
    return "%d damaged twins" % len(CHANGES_2)


def screen_preflight_hostile(run):
    """Cut and spoilt files end with a message, not a crash."""
    folder = run.folder("screen", "hostile")
    with open("tests/golden/tag/structure.xml") as f:
        source = f.read()
    with open(folder + "/s.xml", "w") as f:
        f.write(source)
    run.expect(0, "build", folder + "/s.xml", "-o", folder, "--only", "screen")
    plain = folder + "/plain.pdf"
    run.tool("qpdf", "--object-streams=disable", "--stream-data=uncompress", "--static-id", folder + "/s.screen.pdf", plain)
    with open(plain, "rb") as f:
        data = f.read()
    for i in range(60):
        spoilt = bytearray(data[:len(data) * (i + 1) // 60] if i % 2 else data)
        for k in range(i):
            spoilt[(k * 7919 + i * 104729) % len(spoilt)] ^= 1 << (k % 8)
        if i % 3 == 0:  # structure elements that are one another's kids
            spoilt = bytearray(re.sub(rb"(\d+)( 0 R)", lambda m: b"%d" % (int(m.group(1)) % (20 + i)) + m.group(2), bytes(spoilt)))
        with open(folder + "/bad.pdf", "wb") as f:
            f.write(spoilt)
        status, out, err = run.verstka("preflight", "--ua", folder + "/bad.pdf", timeout=60)
        if status not in (0, 1):
            raise run.Failure("exit %d of spoilt file %d: %s" % (status, i, err))


def screen_ua2(run):
    """--pdf-standard=ua-2: PDF 2.0, whose links lead to elements and whose notes and marks know each other."""
    folder = run.folder("screen", "ua2")
    with open(folder + "/s.xml", "w") as f:
        f.write(DOCUMENT)
    press.png(folder + "/p.png", 40, 40, 3, lambda x, y: (x * 6, y * 6, 90))
    run.expect(0, "build", folder + "/s.xml", "-o", folder, "--only", "screen", "--pdf-standard=ua-2")
    run.expect(2, "build", folder + "/s.xml", "-o", folder, "--pdf-standard=ua-3")
    path = folder + "/s.screen.pdf"
    with open(path, "rb") as f:
        if f.read(8) != b"%PDF-2.0":
            raise run.Failure("not PDF 2.0")
    run.expect(0, "preflight", "--ua", path)
    t = Tree(run, path)
    if "/RoleMap" in t.tree or len(t.at(t.tree["/Namespaces"])) != 1:
        raise run.Failure("namespaces: %s" % t.tree)
    notes = list(t.elements("FENote"))
    for ref, e in notes:
        mark = t.at(t.at(e["/Ref"])[0])
        if mark["/S"] != "/Link" or t.at(mark["/Ref"]) != [ref] or t.at(e["/A"])["/NoteType"] != "/Footnote":
            raise run.Failure("note and mark: %s, %s" % (e, mark))
    leads = [t.at(a["/A"]) for page in t.kids(t.root["/Pages"]) for a in map(t.at, t.at(t.at(page).get("/Annots", [])))
             if "/A" in a]
    jumps = [a for a in leads if a["/S"] == "/GoTo"]
    entries = list(t.elements("TOCI"))
    if len(notes) != 2 or len(jumps) != 6 or len(entries) != 2 or any("/S" not in t.at(a["/SD"][0]) for a in jumps):
        raise run.Failure("%d notes, jumps %s, %d entries" % (len(notes), jumps, len(entries)))
    if any(t.at(e["/Ref"][0])["/S"] != "/Sect" for _, e in entries):
        raise run.Failure("entries of the contents do not know their sections")
    if "/S" not in t.at(t.at(t.at(t.root["/Outlines"])["/First"])["/Dest"][0]):
        raise run.Failure("the outline does not lead to an element")


def screen_long_quote(run):
    """A long pull quote beside the text: whoever reads the content or the structure gets both whole. Plain pdftotext does where
    the quote is larger by 60 % (docs/adr/0008)."""
    folder = run.folder("screen", "quote")
    text = "Half of the readers jumped over the cut, half of them climbed to the top of the next column, and the corrector read on because " \
           "he was paid for it. "
    quote = "Whoever cuts through two columns with large letters should stand beside a reader once and watch how long the eye looks for " \
            "the place where the sentence goes on"
    with open(folder + "/q.xml", "w") as f:
        f.write('<article xmlns="http://docbook.org/ns/docbook" version="5.0" xml:lang="en"><title>Quote</title>%s<blockquote '
                'role="pullquote"><para>%s</para></blockquote>%s</article>' % (("<para>%s</para>" % (text * 5)) * 8, quote,
                                                                               ("<para>%s</para>" % (text * 5)) * 5))
    with open("source/theme.xml", encoding="utf-8") as f:
        theme = f.read()
    for size in ("126.8%", "161%"):
        with open(folder + "/theme.xml", "w", encoding="utf-8") as f:
            f.write(re.sub(r'(name="pullquote-long" size=")[^"]*', r"\g<1>" + size, theme))
        run.expect(0, "build", folder + "/q.xml", "-o", folder, "--only", "screen")
        path = folder + "/q.screen.pdf"
        ways = {"pdftotext -raw": run.tool("pdftotext", "-raw", path, "-"), "mutool": run.tool("mutool", "draw", "-q", "-F", "txt", "-o", "-", path),
                "pdfinfo -struct-text": re.sub(r'"\n *"', "", run.tool("pdfinfo", "-struct-text", path)), "pdftotext": run.tool("pdftotext", path, "-")}
        whole, turns = set(), int(re.search(r"Pages: +(\d+)", run.tool("pdfinfo", path)).group(1)) - 1
        for way, got in ways.items():
            flat = re.sub(r"\s+", " ", re.sub("\u00ad\\s*", "", got))
            if quote in flat and flat.count(text.strip()) >= 65 - turns: # a page's head and foot stand between its text and the next
                whole.add(way)
        want = set(ways) - ({"pdftotext"} if size == "126.8%" else set())
        if whole != want:
            raise run.Failure("at %s whole by %s" % (size, sorted(whole)))


def glyphs(run, pdf):
    """[[(character, x, y)]] as mupdf draws them, from the trimmed page's lower left."""
    boxes = [[float(v) for v in m.split()] for m in re.findall(r"TrimBox:\s+([-\d. ]+)", run.tool("pdfinfo", "-box", "-f", "1", "-l", "1", pdf))]
    pages = re.findall(r"<page .*?</page>", run.tool("mutool", "trace", pdf), re.S)
    return [[(c, float(x) - boxes[0][0], float(y) - boxes[0][1]) for c, x, y in re.findall(r'<g unicode="([^"]*)"[^>]* x="([-\d.]+)" y="([-\d.]+)"', page)]
            for page in pages]


def screen_places_of_print(run):
    """Every glyph of the screen PDF stands where the print PDF has it."""
    total = 0
    folder = run.folder("screen", "places")
    for source in ("source/brief08/brief08.ru.xml", "tests/docs/rtl.ar.xml", "tests/docs/tables.ru.xml"):
        name = folder + "/" + os.path.basename(source)[:-4]
        run.expect(0, "build", source, "-o", folder, "--only", "print,screen")
        print_, screen = glyphs(run, name + ".print.pdf"), glyphs(run, name + ".screen.pdf")
        if len(print_) != len(screen) or not all(screen):
            raise run.Failure("%s: %d pages, %d" % (source, len(print_), len(screen)))
        for number, (a, b) in enumerate(zip(print_, screen), 1):
            apart = [(g, h) for g, h in zip(a, b) if g[0] != h[0] or abs(g[1] - h[1]) > 0.02 or abs(g[2] - h[2]) > 0.02]
            if apart or len(a) != len(b):
                raise run.Failure("%s page %d: %d glyphs, %d: %s" % (source, number, len(a), len(b), apart[:3]))
            total += len(b)
    return "%d glyphs" % total


def screen_over_the_turn(run):
    """What goes on overleaf is one element with a piece on each page: paragraphs, items, notes."""
    folder = run.folder("screen", "turn")
    text = "Words that fill a line and go on to the next one, and so on overleaf. " * 30
    with open(folder + "/t.xml", "w") as f:
        f.write('<article xmlns="http://docbook.org/ns/docbook" version="5.0" xml:lang="en"><title>Turn</title>%s<para>A note<footnote>'
                '<para>%s</para></footnote>.</para><itemizedlist>%s</itemizedlist></article>'
                % (("<para>%s</para>" % text) * 7, text * 2, ("<listitem><para>%s</para></listitem>" % text) * 7))
    run.expect(0, "build", folder + "/t.xml", "-o", folder, "--only", "screen")
    t = Tree(run, folder + "/t.screen.pdf")

    def pages_of(e):
        kids = t.at(e.get("/K", []))
        return {k.get("/Pg", e.get("/Pg")) for k in map(t.at, kids if isinstance(kids, list) else [kids])
                if isinstance(k, dict) and "/MCID" in k} | ({e["/Pg"]} if "/Pg" in e else set())

    paragraphs = [e for ref, e in t.elements("P")]
    over = {t.at(e["/P"])["/S"] for e in paragraphs if len(pages_of(e)) > 1}
    if len(paragraphs) != 7 + 1 + 1 + 7 or len(list(t.elements("LI"))) != 7 or not {"/Art", "/LBody"} <= over:
        raise run.Failure("%d paragraphs, over the turn in %s" % (len(paragraphs), over))
    return ", ".join(sorted(v[1:] for v in over))


def screen_links(run):
    """A link over two lines has a piece on each, around its words; a note's mark leads to the note, its number back."""
    folder = run.folder("screen", "links")
    words = "these words are the link and there are so many of them that no line of the column can hold them all at once"
    with open(folder + "/l.xml", "w") as f:
        f.write('<article xmlns="http://docbook.org/ns/docbook" xmlns:xlink="http://www.w3.org/1999/xlink" version="5.0" xml:lang="en">'
                '<title>Links</title><para>Before it <link xlink:href="https://example.org/a">%s</link> and after it a note<footnote>'
                '<para>The note.</para></footnote>.</para></article>' % words)
    run.expect(0, "build", folder + "/l.xml", "-o", folder, "--only", "screen")
    path = folder + "/l.screen.pdf"
    t = Tree(run, path)
    height = t.at(t.first_page["/MediaBox"])[3]
    placed = press.words_of(run, path)[0]
    pieces, leads = [], {}
    for ref, e in t.elements("Link"):
        kids = t.at(e["/K"])
        rects = [t.at(t.at(k)["/Obj"]) for k in (kids if isinstance(kids, list) else [kids]) if isinstance(t.at(k), dict) and "/Obj" in t.at(k)]
        for a in rects:
            if not a.get("/Contents", "u:")[2:] or a.get("/F") != 4:
                raise run.Failure("annotation: %s" % a)
            if t.at(a["/A"])["/S"] == "/URI":
                pieces.append(t.at(a["/Rect"]))
            else:
                leads[t.at(e["/P"])["/S"]] = (t.at(a["/Rect"]), t.at(a["/A"])["/D"])
    if len(pieces) != 2:
        raise run.Failure("%d pieces" % len(pieces))
    inside = [w for w, x, y in placed for r in pieces if r[0] - 1 <= x < r[2] and r[1] <= height - y - 6 <= r[3]]
    if inside != words.split():
        raise run.Failure("within the pieces: %s" % " ".join(inside))
    names = dict(t.names())
    for here, there in (("/P", "/Lbl"), ("/Lbl", "/P")):
        rect, dest = leads[here]
        to = dest if isinstance(dest, list) else t.at(names[dest])
        to = t.at(to["/D"]) if isinstance(to, dict) else to
        if abs(to[3] - leads[there][0][3]) > 30:
            raise run.Failure("from %s it leads to %s, not to %s" % (here, to, leads[there][0]))


def screen_labels(run):
    """What a viewer calls a page is what is printed on it."""
    folder = run.folder("screen", "labels")
    run.expect(0, "build", "tests/docs/book.ru.xml", "-o", folder, "--only", "print,screen")
    for kind in ("print", "screen"):
        path = folder + "/book.ru.%s.pdf" % kind
        t = Tree(run, path)
        nums = t.at(t.at(t.root["/PageLabels"])["/Nums"])
        labels, printed = {}, 0
        for start, rule in zip(nums[::2], map(t.at, nums[1::2])):
            if rule.get("/S") != "/D":
                raise run.Failure("labels: %s" % nums)
            labels.update({start + i: str(rule.get("/St", 1) + i) for i in range(200)})
        for i, page in enumerate(press.words_of(run, path)):
            foot = {w for w, x, y in page if re.fullmatch(r"\d+", w) and (y < 80 or y > 700)}
            if foot and labels[i] not in foot:
                raise run.Failure("page %d is called %s, and on it stands %s" % (i + 1, labels[i], foot))
            printed += bool(foot)
        if printed < 5:
            raise run.Failure("%d folios" % printed)


def screen_size(run):
    """No more than 1.15 times what qpdf makes of it with all its might; the brief, of a dozen pages, under 150 KB."""
    notes = []
    folder = run.folder("screen", "size")
    for source in ("source/brief08/brief08.ru.xml", "tests/docs/manual.en.xml", "tests/docs/figures.ru.xml"):
        name = os.path.basename(source)[:-4]
        run.expect(0, "build", source, "-o", folder, "--only", "screen")
        path, small = "%s/%s.screen.pdf" % (folder, name), folder + "/small.pdf"
        run.tool("qpdf", "--object-streams=generate", "--compress-streams=y", "--recompress-flate", "--compression-level=9",
                 path, small)
        size, least = os.path.getsize(path), os.path.getsize(small)
        if size > 1.15 * least or (name.startswith("brief") and size > 150000):
            raise run.Failure("%s: %d bytes, qpdf makes %d of them" % (name, size, least))
        notes.append("%s %.3f" % (name, size / least))
    return ", ".join(notes)


def screen_preflight_documented(run):
    """Every rule that is told is in docs/PREFLIGHT.md, and every rule there is tried on a damaged twin."""
    told = {64, 23, 25, 71}  # also by way of functions of their own
    for name in os.listdir("src/preflight"):
        with open("src/preflight/" + name) as f:
            text = f.read()
        told |= {int(n) for n in re.findall(r"pf_ua_fail\(p, (\d+),", text)}
        told |= {int(n) for n in re.findall(r'^\t\{ (\d+), "/', text, re.M)}
    documented = press.documented_rules(run, "A", 81)
    tried = APART | {c[0] for c in CHANGES + CHANGES_BYTES + CHANGES_2}
    if told != documented or told != tried:
        raise run.Failure("told, documented, tried differ: %s" % sorted((told | documented | tried) - (told & documented & tried)))
    return "%d rules" % len(told)


def tests():
    return [(name[7:].replace("_", " "), f) for name, f in sorted(globals().items()) if name.startswith("screen_")]
