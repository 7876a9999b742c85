"""Tests of editions that read from right to left: what is not seen in a dump of the pages. Used by tests/run."""
import re
import zipfile

SOURCE = "tests/docs/rtl.ar.xml"
SENTENCE = "تُقرأ العربية من اليمين إلى اليسار، غير أن أرقامها"


def edition(run, test):
    folder = run.folder("rtl", test)
    run.expect(0, "build", SOURCE, "-o", folder, "--booklet", timeout=600)
    return folder + "/rtl.ar."


def places(run, pdf):
    """[[(x, y)]] of the characters of each page, and its width."""
    pages = []
    for page in re.findall(r"<page .*?</page>", run.tool("pdftotext", "-bbox", pdf, "-"), re.S):
        width = float(re.search(r'width="([\d.]+)"', page).group(1))
        pages.append((width, [(float(x), float(y)) for x, y in re.findall(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)"', page)]))
    return pages


def content(run, pdf):
    """Text in the order of the file."""
    run.tool("mutool", "draw", "-q", "-F", "txt", "-o", pdf + ".txt", pdf)
    with open(pdf + ".txt", encoding="utf-8") as f:
        return f.read()


def rtl_order(run):
    """Who reads the file as it comes, or its structure, hears the sentences as they were written."""
    name = edition(run, "order")
    tree = run.tool("pdfinfo", "-struct-text", name + "screen.pdf")
    text = content(run, name + "screen.pdf")
    for where, got in (("structure", tree), ("content", text)):
        if SENTENCE not in got:
            raise run.Failure("%s: the first sentence is not as it was written" % where)
    # a name in the other direction between its neighbours
    flat = re.sub(r"\s+", " ", re.sub(r'"?\n *(?:\w+ \(\w+\))?\n? *"?', "", tree))
    if "جمعية Open Type Workshop تأسست سنة 1987" not in flat:
        raise run.Failure("the name does not stand where it is read")


def rtl_flags(run):
    """Viewers and devices are told."""
    name = edition(run, "flags")
    for kind in ("screen.pdf", "print.pdf"):
        plain = name + "plain"
        run.tool("qpdf", "--qdf", "--object-streams=disable", name + kind, plain)
        with open(plain, "rb") as f:
            data = f.read()
        if b"/Direction /R2L" not in data:
            raise run.Failure("%s: no /Direction" % kind)
        if kind == "screen.pdf" and not re.search(rb"/O /Layout\s+/WritingMode /RlTb", data):
            raise run.Failure("%s: no /WritingMode" % kind)
    with zipfile.ZipFile(name + "epub") as z:
        texts = {n: z.read(n).decode() for n in z.namelist() if n.endswith((".xhtml", ".opf", ".css"))}
    package = next(t for n, t in texts.items() if n.endswith(".opf"))
    chapters = "".join(t for n, t in texts.items() if "/text/" in n)
    sheet = next(t for n, t in texts.items() if n.endswith("book.css"))
    for what, where in (('page-progression-direction="rtl"', package), ('<code dir="ltr">', chapters), ('lang="ar" dir="rtl"', chapters),
                        ('<pre class="code" dir="ltr">', chapters), ('dir="ltr" href="https://example.org/ar/"', chapters),
                        ("dd { margin: 0 1.5em .5em 0; }", sheet), ("padding-right: 1.5em", sheet)):
        if what not in where:
            raise run.Failure("EPUB: no " + what)


def rtl_booklet(run):
    """Folded sheets open to the right: page 1 on the left half of the first, its back begins with page 2 on the right."""
    name = edition(run, "booklet")
    run.tool("qpdf", "--check", name + "booklet.pdf")
    pages, sides = places(run, name + "screen.pdf"), places(run, name + "booklet.pdf")
    if len(pages) != 5 or len(sides) != 4:
        raise run.Failure("%d pages, %d sides" % (len(pages), len(sides)))
    for i, (left, right) in enumerate(((1, 8), (7, 2), (3, 6), (5, 4))):
        width, found = sides[i]
        for number, here in ((left, [p for p in found if p[0] < width / 2]), (right, [p for p in found if p[0] >= width / 2])):
            want = len(pages[number - 1][1]) if number <= len(pages) else 0
            if abs(len(here) - want) > want // 20:
                raise run.Failure("side %d: %d words where page %d has %d" % (i + 1, len(here), number, want))


def rtl_digits(run):
    """Asked for, a language's own digits are everywhere, made and written, but in code and words of Latin letters."""
    folder = run.folder("rtl", "digits")
    with open("source/theme.xml", encoding="utf-8") as f:
        theme = f.read()
    with open(folder + "/theme.xml", "w", encoding="utf-8") as f:
        f.write(theme.replace('<language tag="ar fa ur">', '<language tag="ar fa ur"><text own-digits="yes"/>'))
    run.expect(0, "build", SOURCE, "--theme", folder + "/theme.xml", "-o", folder, timeout=600)
    text = content(run, folder + "/rtl.ar.screen.pdf")
    with zipfile.ZipFile(folder + "/rtl.ar.epub") as z:
        book = re.sub(r"<[^>]*>", " ", "".join(z.read(n).decode() for n in z.namelist() if re.search(r"/00\d\.xhtml$", n)))
    for name, got in (("screen.pdf", text), ("epub", book)):
        got = re.sub(r"\s+", " ", got) if name == "epub" else got
        for want in ("سنة ١٩٨٧", "الجدول ١", "A71022", "tr9", "٣٣,٣", "A3"):
            if want not in got:
                raise run.Failure("%s: no %s" % (name, want))
        words = [w for w in re.findall(r"\S*[0-9]\S*", got) if not re.search("[A-Za-z]", w)]
        if [w for w in words if w not in ("0;", "52", "12", "12.")]:
            raise run.Failure("%s: European digits in %s" % (name, words))
    if not re.search("^٢", text, re.M):  # the folio of page 2
        raise run.Failure("no folio ٢")


def rtl_contents(run):
    """Entries that run the other way than the contents begin where the others do, and their dots stand behind them."""
    folder = run.folder("rtl", "contents")
    with open(folder + "/book.xml", "w", encoding="utf-8") as f:
        f.write('<book xmlns="http://docbook.org/ns/docbook" version="5.0" xml:lang="ar"><title>كتاب</title>%s</book>' % "".join(
            '<chapter><title>باب</title><section xml:lang="%s"><title>%s</title><para>%s</para></section></chapter>' % s
            for s in (("ar", "مقدمة", "نص."), ("ru", "Введение", "Слово."))))
    status, out, err = run.verstka("pages", folder + "/book.xml", "--fonts", "fonts/fonts.xml", "--theme", "source/theme.xml")
    if status != 0 or "layout-invariant" in err:
        raise run.Failure("exit %d: %s" % (status, err))
    edges = {}
    for word in ("مقدمة", "Введение"):
        x, width = re.search(r"^\d+ text contents ([\d.]+) [\d.]+ ([\d.]+) .*%s" % word, out, re.M).groups()
        edges[word] = float(x) + float(width)
    if abs(edges["مقدمة"] - edges["Введение"]) > 0.5:
        raise run.Failure("entries begin at %r" % edges)


def tests():
    return [(name[4:].replace("_", " "), f) for name, f in sorted(globals().items()) if name.startswith("rtl_")]
