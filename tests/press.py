"""Tests of what goes to the press, judged by ghostscript's plates, qpdf, poppler and mupdf. Used by tests/run."""
import base64
import json
import os
import re
import shutil
import struct
import zlib

import press_mutations

PROFILES = "/usr/share/color/icc/ghostscript/"
CMYK = PROFILES + "default_cmyk.icc"

THEME = """<theme name="Press"><colours>
<colour name="accent" cmyk="0 90 80 0" rgb="#C02020" spot="PANTONE 1795 C"/>
<colour name="tint" cmyk="10 0 20 5" rgb="#EEEEE0"/>
</colours>
<page width="170mm" height="220mm"/>
<paragraph name="body" size="10pt"/>
<paragraph name="h1" colour="accent"/>
%s
</theme>"""

DOCUMENT = """<article xmlns="http://docbook.org/ns/docbook" version="5.0" xml:lang="en"><title>Press proof</title>
<para>One two three four five six seven eight nine ten, some words to set.</para>
<section><title>Pictures</title>
%s
</section></article>
"""


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(path, width, height, channels, pixel, profile=None):
    """pixel(x, y) -> samples."""
    rows = b"".join(b"\0" + bytes(v for x in range(width) for v in pixel(x, y)) for y in range(height))
    kind = {1: 0, 2: 4, 3: 2, 4: 6}[channels]
    with open(path, "wb") as f:
        f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)))
        if profile:
            f.write(chunk(b"iCCP", b"p\0\0" + zlib.compress(profile)))
        f.write(chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def picture(name, alt="x"):
    return ('<mediaobject><imageobject><imagedata fileref="%s"/></imageobject><textobject><phrase>%s</phrase>'
            '</textobject></mediaobject>' % (name, alt))


def prepare(run, name, theme="", body=""):
    folder = run.folder("press", name)
    with open(folder + "/theme.xml", "w") as f:
        f.write(THEME % theme)
    with open(folder + "/p.xml", "w") as f:
        f.write(DOCUMENT % body)
    return folder


def need(run, *files):
    for f in files:
        if not os.path.exists(f):
            raise run.Skip("%s is not there (Debian: libgs-common)" % f)


def build(run, folder, *options):
    out, err = run.expect(0, "build", folder + "/p.xml", "-o", folder + "/out", "--only", "print", "--output-profile", CMYK,
                          *options)
    return folder + "/out/p.print.pdf", err


class Objects:
    """A PDF's objects as qpdf tells them, streams decoded."""

    def __init__(self, run, path, data=True):
        out = run.tool("qpdf", "--json=2", "--json-stream-data=" + ("inline" if data else "none"),
                       "--decode-level=generalized", path)
        self.all = json.loads(out)["qpdf"][1]
        self.version = json.loads(out)["qpdf"][0]["pdfversion"]

    def streams(self, subtype):
        for o in self.all.values():
            d = o.get("stream", {}).get("dict", {})
            if d.get("/Subtype") == subtype:
                yield d, base64.b64decode(o["stream"].get("data", ""))

    def values(self):
        """Every dictionary in the file."""
        todo = [o["stream"]["dict"] if "stream" in o else o.get("value") for o in self.all.values()]
        while todo:
            v = todo.pop()
            if isinstance(v, dict):
                yield v
                todo += v.values()
            elif isinstance(v, list):
                todo += v


def plates(run, pdf):
    """Ink of each plate of each page by ghostscript: [(c, m, y, k), ...], 1 = full."""
    out = run.tool("gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=inkcov", "-o", "-", pdf)
    return [tuple(float(v) for v in m) for m in re.findall(r"([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+CMYK OK", out)]


def press_black_text(run):
    """Text is on the black plate alone."""
    need(run, CMYK)
    folder = prepare(run, "black", '<paragraph name="h2"/>', "<para>%s</para>" % ("words " * 2000))
    with open(folder + "/theme.xml", "w") as f:
        f.write('<theme name="B"><page/><paragraph name="body"/></theme>')
    pdf, err = build(run, folder, "--no-marks")
    pages = plates(run, pdf)
    if len(pages) < 2 or any(p[:3] != (0, 0, 0) or p[3] < 0.005 for p in pages):
        raise run.Failure("plates: %s" % pages)
    contents = run.tool("mutool", "trace", pdf)
    if re.search(r'colorspace="[^"]*RGB', contents):
        raise run.Failure("RGB in the page")
    return "%d pages" % len(pages)


def gradient(x, y):
    return (x * 4 % 256, y * 4 % 256, 255 - y * 4 % 256)


def press_pictures(run):
    """Pictures become CMYK by their own profiles, under the ink limit; a spot ink has its plate; grey stays grey."""
    need(run, CMYK, PROFILES + "a98.icc")
    body = "".join(picture(n + ".png") for n in ("plain", "wide", "grey"))
    folder = prepare(run, "pictures", '<press ink-limit="240%"/>', body)
    png(folder + "/plain.png", 64, 64, 3, gradient)
    with open(PROFILES + "a98.icc", "rb") as f:
        png(folder + "/wide.png", 64, 64, 3, gradient, f.read())
    png(folder + "/grey.png", 64, 64, 3, lambda x, y: (x * 4, x * 4, x * 4))
    pdf, err = build(run, folder)
    found = {}
    for d, data in Objects(run, pdf).streams("/Image"):
        found.setdefault(d["/ColorSpace"], []).append(data)
    if sorted(found) != ["/DeviceCMYK", "/DeviceGray"] or len(found["/DeviceCMYK"]) != 2 or len(found["/DeviceGray"]) != 1:
        raise run.Failure("spaces: %s" % {k: len(v) for k, v in found.items()})
    plain, wide = found["/DeviceCMYK"]
    if len(plain) != 4 * 64 * 64 or plain == wide:
        raise run.Failure("the embedded profile changes nothing")
    most = max(sum(d[i:i + 4]) for d in (plain, wide) for i in range(0, len(d), 4))
    if most > 240 * 255 / 100:
        raise run.Failure("%d %% of ink" % (most * 100 / 255))
    saturation = [sum(max(d[i:i + 3]) - min(d[i:i + 3]) for i in range(0, len(d), 4)) for d in (plain, wide)]
    if saturation[1] <= saturation[0]:
        raise run.Failure("Adobe RGB is not more colourful: %s" % saturation)
    run.tool("gs", "-q", "-dSAFER", "-r50", "-sDEVICE=tiffsep", "-o", folder + "/plate%d.tif", pdf)
    if not os.path.exists(folder + "/plate1(PANTONE 1795 C).tif"):
        raise run.Failure("no plate of the spot ink: %s" % os.listdir(folder))
    ticket = json.load(open(folder + "/out/p.job.json"))
    if ticket["inks"] != ["Cyan", "Magenta", "Yellow", "Black", "PANTONE 1795 C"]:
        raise run.Failure("inks: %s" % ticket["inks"])
    if err.count("[image-resolution]") != 3 and err.count("[image-resolution]") != 0:
        raise run.Failure(err)


def press_1a(run):
    """PDF/X-1a: no transparency; a picture with an alpha channel is blended with the box it lies in."""
    need(run, CMYK)
    body = "<sidebar><title>Box</title><para>Before.</para>%s<para>After.</para><para>And more.</para></sidebar>" % picture("alpha.png")
    folder = prepare(run, "x1a", "", body)
    png(folder + "/alpha.png", 64, 32, 4, lambda x, y: (200, 30, 40, x * 4))
    x4 = Objects(run, build(run, folder)[0])
    if x4.version != "1.6" or not any("/SMask" in v for v in x4.values()) or not any(v.get("/S") == "/Transparency" for v in x4.values()):
        raise run.Failure("PDF/X-4 has no transparency: the test tests nothing")
    x1a = Objects(run, build(run, folder, "--pdfx=1a")[0])
    if x1a.version != "1.4":
        raise run.Failure("version " + x1a.version)
    for v in x1a.values():
        if "/SMask" in v or v.get("/S") == "/Transparency":
            raise run.Failure("transparency: %s" % v)
    info = x1a.all["obj:" + x1a.all["trailer"]["value"]["/Info"]]["value"]
    if info.get("/GTS_PDFXVersion") != "u:PDF/X-1a:2003" or info.get("/Trapped") != "/False":
        raise run.Failure("Info: %s" % info)
    (d, data), = x1a.streams("/Image")
    if d["/ColorSpace"] != "/DeviceCMYK" or tuple(data[:4]) != (26, 0, 51, 13):
        raise run.Failure("not the box's tint at the left: %s" % (tuple(data[:4]),))


def press_checks(run):
    """What a printing house would send back is a warning at its line, and an error under --strict."""
    theme = """<paragraph name="h2" colour="rich"/>
<press ink-limit="250%" safe="5mm"/>
<page width="170mm" height="220mm" inner="4mm" outer="30mm"/>"""
    folder = prepare(run, "checks", "", "<section><title>Second</title>" + picture("small.png") + "</section>")
    with open(folder + "/theme.xml", "w") as f:
        f.write("""<theme name="C"><colours><colour name="rich" cmyk="60 60 60 100" rgb="#000000"/></colours>%s
<paragraph name="body"/></theme>""" % theme)
    png(folder + "/small.png", 32, 32, 3, gradient)
    out, err = run.expect(0, "check", folder + "/p.xml")
    for want in (r"p\.xml:4:\d+: warning: picture small\.png has \d+ pixels.*\[image-resolution\]",
                 r"p\.xml:4:\d+: warning: type of [\d.]+ pt in \"rich\".*\[rich-black\]",
                 r"p\.xml:4:\d+: warning: the colour \"rich\" takes 280 %.*250 %.*\[ink-limit\]",
                 r"warning: page 1: .*11\.34 pt.*\[safe-area\]"):
        if not re.search(want, err):
            raise run.Failure("not said: %s\n%s" % (want, err))
    run.expect(1, "check", folder + "/p.xml", "--strict")
    out, err = run.expect(0, "build", folder + "/p.xml", "-o", folder, "--only", "screen")
    if "image-resolution" in err:
        raise run.Failure("said of a screen edition")


INK = """<theme name="I"><colours><colour name="text" cmyk="0 0 0 100" rgb="#000000"/>
<colour name="tint" cmyk="%(tint)s" rgb="#F8FFFF"/><colour name="bar" cmyk="0 0 0 %(bar)s" rgb="#202020"/>
<colour name="paper" cmyk="0 0 0 0" rgb="#FFFFFF"/></colours>
<page width="170mm" height="220mm" inner="%(inner)s" outer="40mm"/><paragraph name="body" size="10pt"/>
<paragraph name="h1" size="%(h1)s" colour="%(colour)s"/><press safe="%(safe)s"/>
<table rule-row="%(row)s" rule-colour="%(rule)s"/><sidebar outset="0"/></theme>"""
GOOD = {"tint": "6 0 0 0", "bar": "85", "inner": "20mm", "h1": "8pt", "colour": "paper", "safe": "5mm", "row": "0.25pt", "rule": "text"}
LINE = {"h1": 3, "box": 4, "picture": 8}


def press_checks_of_ink(run):
    """Rules, tints and reversed type that a press cannot hold, things that end at the knife: each said at its line."""
    folder = run.folder("press", "ink")
    png(folder + "/p.png", 8, 8, 1, lambda x, y: (x,))
    with open(folder + "/p.xml", "w") as f:
        f.write("""<article xmlns="http://docbook.org/ns/docbook" version="5.0" xml:lang="en"><title>Ink</title>
<para>Words.</para>
<section><title>Reversed</title><para>Words.</para>
<sidebar><title>Box</title><para>Words.</para></sidebar>
<informaltable><tgroup cols="2"><thead><row><entry>a</entry><entry>b</entry></row></thead><tbody>
<row><entry>a</entry><entry>1</entry></row><row><entry>b</entry><entry>2</entry></row></tbody></tgroup></informaltable>
</section>
<section><title>Wide</title>%s</section></article>
""" % picture("p.png").replace("/>", ' width="100%" scalefit="1"/>', 1))

    def said(**change):
        with open(folder + "/theme.xml", "w") as f:
            f.write(INK % dict(GOOD, **change))
        out, err = run.expect(0, "check", folder + "/p.xml")
        return [(m[1], int(m[0] or 0)) for m in re.findall(r"(?:p\.xml:(\d+):\d+)?: warning: .*\[([-a-z]+)\]", err) if m[1] != "image-resolution"], err

    none, err = said()
    if none:
        raise run.Failure("of a good theme: " + err)
    for code, line, change in (("tint", "box", {"tint": "4 0 3 0"}), ("tint", None, {"bar": "90"}), ("thin-rule", None, {"row": "0.2pt"}),
                               ("thin-rule", None, {"row": "0.4pt", "rule": "paper"}), ("reversed-type", "h1", {"h1": "6pt"}),
                               ("rich-black", "h1", {"colour": "tint", "tint": "40 0 0 90"}),
                               ("ink-limit", "box", {"tint": "90 90 90 60"}),
                               ("bleed", "picture", {"inner": "0.3mm", "safe": "0"}), ("safe-area", None, {"inner": "4mm"})):
        told, err = said(**change)
        if code not in [c for c, n in told] or (line and (code, LINE[line]) not in told):
            raise run.Failure("%s at line %s is not told: %s%s" % (code, line and LINE[line], told, err))
    return "9 ways"


def press_marks(run):
    """Everything around the trim lies outside the bleed, and a search finds none of its words."""
    need(run, CMYK)
    folder = prepare(run, "marks")
    pdf, err = build(run, folder)
    if "Artifex" in run.tool("pdftotext", pdf, "-"):
        raise run.Failure("words of the slug are text")
    run.tool("gs", "-q", "-dSAFER", "-r72", "-sDEVICE=tiff32nc", "-o", folder + "/whole.tif", pdf)
    drawn = run.tool("mutool", "trace", pdf)
    bare, err = build(run, folder, "--no-marks")
    boxes = re.findall(r"(\w+Box):\s+([\d. ]+)", run.tool("pdfinfo", "-box", bare))
    if dict(boxes)["MediaBox"].split() != dict(boxes)["BleedBox"].split():
        raise run.Failure("without marks the file ends at the bleed: %s" % boxes)
    run.tool("gs", "-q", "-dSAFER", "-r72", "-sDEVICE=tiff32nc", "-o", folder + "/bare.tif", bare)
    bare_pages = words_of(run, bare)
    whole, bare = pixels(folder + "/whole.tif"), pixels(folder + "/bare.tif")
    side = (whole[0] - bare[0]) // 2
    inside = [whole[2][((y + side) * whole[0] + side) * 4:((y + side) * whole[0] + side + bare[0]) * 4] for y in range(bare[1])]
    if side != 28 or sum(map(sum, inside)) == 0:
        raise run.Failure("slug of %d pixels" % side)
    # the same page in both: what the marks add is all outside (antialiasing at the rim aside)
    differ = sum(a != b for y in range(1, bare[1] - 1)
                 for a, b in zip(inside[y][4:-4], bare[2][(y * bare[0] + 1) * 4:((y + 1) * bare[0] - 1) * 4]))
    if differ > bare[0] * bare[1] // 50:
        raise run.Failure("marks inside the bleed: %d samples differ" % differ)
    if sum(whole[2]) <= sum(bare[2]):
        raise run.Failure("no marks at all")
    # lines of 0.25 pt and 5 mm on every plate, in the edges of the trim, 3 mm away from it; each plate has its own name on it
    mm, lines = 72 / 25.4, []
    for width, space, path in re.findall(r'<stroke_path linewidth="([\d.]+)"[^>]*colorspace="([^"]*)"[^>]*>(.*?)</stroke_path>', drawn, re.S):
        points = [(float(x), float(y)) for x, y in re.findall(r'<(?:move|line)to x="([-\d.]+)" y="([-\d.]+)"', path)]
        if (width, space) != (".25", "Separation(DeviceCMYK,All)"):
            raise run.Failure("a line of %s in %s" % (width, space))
        if len(points) == 2 and abs(abs(points[0][0] - points[1][0]) + abs(points[0][1] - points[1][1]) - 5 * mm) < 0.02:
            lines.append(points)
    edges = ((13 * mm, 183 * mm), (13 * mm, 233 * mm))
    for points in lines:
        way = 0 if points[0][1] == points[1][1] else 1  # along x, along y
        if min(abs(points[0][1 - way] - e) for e in edges[1 - way]) > 0.02 or min(abs(v - e) for v in (points[0][way], points[1][way]) for e in edges[way]) < 3 * mm - 0.02:
            raise run.Failure("crop mark at %s" % points)
    for ink, letters in (("1 0 0 0", 4), ("0 1 0 0", 7), ("0 0 1 0", 6)):
        found = len(re.findall(r'<fill_path[^>]*colorspace="DeviceCMYK" color="%s"' % ink, drawn))
        if found != (1 + letters) * len(bare_pages):  # a patch and the name
            raise run.Failure("%d areas in %s" % (found, ink))
    if len(lines) != 8 * len(bare_pages):
        raise run.Failure("%d crop marks" % len(lines))


def words_of(run, pdf):
    """[[(word, x, y)]] by page."""
    out = run.tool("pdftotext", "-bbox", pdf, "-")
    return [[(w, float(x), float(y)) for x, y, w in re.findall(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)"[^>]*>(.*?)</word>', page)]
            for page in re.findall(r"<page .*?</page>", out, re.S)]


def press_condition(run):
    """A name for the condition comes with its profile: that of the theme is for what the theme says."""
    need(run, CMYK)
    folder = prepare(run, "condition")
    args = ("build", folder + "/p.xml", "-o", folder + "/out", "--only", "print", "--output-condition", "FOGRA39")
    out, err = run.expect(3, *args)
    if "FOGRA39 needs its profile" not in err or os.path.exists(folder + "/out/p.print.pdf"):
        raise run.Failure(err)
    for named, status in (("FOGRA51", 3), ("FOGRA39", 0)):
        with open(folder + "/theme.xml", "w") as f:
            f.write(THEME % ('<press profile="%s" condition="%s"/>' % (CMYK, named)))
        out, err = run.expect(status, *args)
    intent = next(v for v in Objects(run, folder + "/out/p.print.pdf").values() if v.get("/S") == "/GTS_PDFX")
    if intent["/OutputConditionIdentifier"] != "u:FOGRA39" or "condition FOGRA39" not in err:
        raise run.Failure("%s %s" % (intent, err))
    out, err = run.expect(0, *args, "--report")
    data = json.loads(run.expect(0, *args, "--report=" + folder + "/r.json") and open(folder + "/r.json").read())
    if "printing condition FOGRA39: \"Artifex" not in out or "FOGRA39" not in data["press"]:
        raise run.Failure("the report: %s %s" % (out, data.get("press")))


def press_undated(run):
    """Without any date the print file has one all the same, and says so."""
    need(run, CMYK)
    folder = prepare(run, "undated")
    out, err = run.expect(0, "build", folder + "/p.xml", "-o", folder + "/out", "--output-profile", CMYK,
                          env={"SOURCE_DATE_EPOCH": ""})
    if "[no-date]" not in err:
        raise run.Failure("nothing said: " + err)
    run.expect(0, "preflight", folder + "/out/p.print.pdf")
    if "1970" in run.tool("pdfinfo", folder + "/out/p.screen.pdf"):
        raise run.Failure("the screen edition is dated")


def press_booklet(run):
    """Pages stand on the sheets where folding brings them in order, moved to the fold by the creep."""
    need(run, CMYK)
    folder = run.folder("press", "booklet")
    with open(folder + "/theme.xml", "w") as f:
        f.write('<theme name="B"><page width="105mm" height="148mm" bleed="0" inner="12mm" outer="12mm"/>'
                '<paragraph name="body" size="10pt"/><press safe="0" caliper="0.2mm"/></theme>')
    with open(folder + "/p.xml", "w") as f:
        f.write(DOCUMENT % "".join("<para>%s</para>" % " ".join("word%d" % (i * 40 + k) for k in range(40)) for i in range(26)))
    pdf, err = build(run, folder, "--no-marks", "--booklet")
    pages = words_of(run, pdf)
    sides = words_of(run, folder + "/out/p.booklet.pdf")
    n = -(-len(pages) // 4) * 4
    ticket = json.load(open(folder + "/out/p.job.json"))["binding"]
    if len(pages) < 9 or len(sides) != n // 2 or ticket["blanks"] != list(range(len(pages) + 1, n + 1)):
        raise run.Failure("%d pages, %d sides, %s" % (len(pages), len(sides), ticket))
    if len(pages) % 4 == 0 or "[booklet]" not in err:
        raise run.Failure("no blank page, or nothing said of it: %d pages" % len(pages))
    mm = 72 / 25.4
    for i, side in enumerate(sides):
        s = i // 2
        left, right = (n - 2 * s, 2 * s + 1) if i % 2 == 0 else (2 * s + 2, n - 2 * s - 1)
        for number, half in ((left, 0), (right, 1)):
            here = [w for w in side if (w[1] > 148.5 * mm) == bool(half)]
            want = pages[number - 1] if number <= len(pages) else []
            creep = 0.2 * s * mm
            dx, dy = 148.5 * mm - creep if half else (148.5 - 105) * mm + creep, 31 * mm
            if [w[0] for w in here] != [w[0] for w in want]:
                raise run.Failure("side %d: not page %d in half %d: %s" % (i, number, half, [w[0] for w in here[:5]]))
            for a, b in zip(here, want):
                if abs(a[1] - b[1] - dx) > 0.1 or abs(a[2] - b[2] - dy) > 0.1:
                    raise run.Failure("side %d, page %d: %s moved by %.2f %.2f, not %.2f %.2f"
                                      % (i, number, a[0], a[1] - b[1], a[2] - b[2], dx, dy))
    run.expect(2, "build", folder + "/p.xml", "-o", folder + "/small", "--booklet=a3", "--only", "screen")
    if os.path.exists(folder + "/small"):
        raise run.Failure("a booklet of a screen edition: %s" % os.listdir(folder + "/small"))
    size = run.tool("pdfinfo", folder + "/out/p.booklet.pdf")
    if not re.search(r"Page size: +841\.\d+ x 595\.\d+", size):
        raise run.Failure("A6 pages are not on A4: " + size)
    # A4 pages on A4 sheets: half the size
    brief, err = run.expect(0, "build", "source/brief08/brief08.ru.xml", "-o", folder + "/half", "--only", "print", "--booklet=a4")
    big, small = words_of(run, folder + "/half/brief08.ru.print.pdf")[1], words_of(run, folder + "/half/brief08.ru.booklet.pdf")[1]
    small = [w for w in small if w[1] < 148.5 * mm]  # its left half: page 2
    scale = (max(w[2] for w in small) - min(w[2] for w in small)) / (max(w[2] for w in big) - min(w[2] for w in big))
    if sorted(w[0] for w in small) != sorted(w[0] for w in big) or abs(scale - 0.707) > 0.002:
        raise run.Failure("A5 on A4: %d of %d words, scale %.3f" % (len(small), len(big), scale))
    run.tool("qpdf", "--check", folder + "/half/brief08.ru.booklet.pdf")
    return "%d pages" % len(pages)


def press_alone(run):
    """A PDF has the same bytes whether others are made beside it or not, though they share what their pages show."""
    n = 0
    for source in ("tests/docs/rtl.ar.xml", "tests/docs/notes.ru.xml", "tests/docs/brief.zh.xml"):
        stem = os.path.basename(source)[:-4]
        folder = run.folder("press", "alone/" + stem)
        run.expect(0, "build", source, "-o", folder + "/all", "--booklet", "--only", "print,screen")
        for kind in ("print", "screen"):
            run.expect(0, "build", source, "-o", folder + "/one", "--only", kind)
            name = "/%s.%s.pdf" % (stem, kind)
            if open(folder + "/all" + name, "rb").read() != open(folder + "/one" + name, "rb").read():
                raise run.Failure("%s is another when it is made alone" % name)
            n += 1
    return "%d files" % n


def press_binding(run):
    """The ticket of a perfect-bound book has its spine; of a stitched one its sheets and creep, which is warned of over 1 mm."""
    need(run, CMYK)
    text = ("<para>%s</para>" % ("words " * 300)) * 20
    stitched = prepare(run, "stitched", '<press caliper="0.6mm" paper="Card"/>', text)
    pdf, err = build(run, stitched, "--booklet")
    ticket = json.load(open(stitched + "/out/p.job.json"))
    pages, sheets = ticket["pages"], -(-ticket["pages"] // 4)
    binding = ticket["binding"]
    if pages < 9 or (binding["kind"], binding["sheets"], binding["creep"]) != ("saddle-stitch", sheets, round(0.6 * (sheets - 1), 2)):
        raise run.Failure("stitched: %s" % ticket)
    if ticket["paper"] != {"name": "Card", "caliper": 0.6} or "[creep]" not in err:
        raise run.Failure("paper %s, said: %s" % (ticket["paper"], err))
    bound = prepare(run, "bound", '<press caliper="0.12mm" board="0.3mm" perfect-bound="yes"/>', text)
    pdf, err = build(run, bound)
    ticket = json.load(open(bound + "/out/p.job.json"))
    leaves = -(-ticket["pages"] // 2)
    if ticket["binding"]["kind"] != "perfect" or ticket["binding"]["spine"] != round(0.12 * leaves + 0.6, 2):
        raise run.Failure("bound: %s" % ticket)
    for inner, told in (("16mm", False), ("14mm", True)):
        narrow = prepare(run, "narrow", '<press caliper="0.12mm" perfect-bound="yes"/>', text)
        with open(narrow + "/theme.xml") as f:
            theme = f.read()
        with open(narrow + "/theme.xml", "w") as f:
            f.write(theme.replace('height="220mm"', 'height="220mm" inner="%s"' % inner))
        out, err = run.expect(0, "check", narrow + "/p.xml")
        if ("[spine]" in err) != told:
            raise run.Failure("inner margin of %s: %s" % (inner, err))
    if binding["cover"] != "self" or ticket["binding"]["cover"] != "apart" or ticket["trim"] != [170, 220] or ticket["bleed"] != 3:
        raise run.Failure("sizes: %s" % ticket)


def good_file(run, name, *options):
    """A print file that breaks no rule, with something of everything on its last page."""
    sized = '<mediaobject><imageobject><imagedata fileref="%s" contentwidth="%s"/></imageobject><textobject><phrase>x</phrase></textobject></mediaobject>'
    body = "".join("<para>%s</para>" % ("words " * 120) for i in range(6))
    body += sized % ("alpha.png", "8mm") + sized % ("grey.png", "7.5mm") + sized % ("cmyk.jpg", "25mm")
    folder = prepare(run, name, "", body)
    png(folder + "/alpha.png", 96, 96, 4, lambda x, y: (200, 30, 40, x * 2))
    png(folder + "/grey.png", 90, 90, 1, lambda x, y: (x * 2,))
    shutil.copy("tests/docs/images/cmyk.jpg", folder + "/cmyk.jpg")
    return build(run, folder, *options)[0]


def mutated(run, good, changes, byte_changes):
    """Every change must be told with its rule's number; the file itself, and as qpdf writes it anew, must pass."""
    with open(good, "rb") as f:
        data = f.read()
    twin = os.path.dirname(good) + "/twin.pdf"
    whole = press_mutations.Twin(run, good)
    whole.save(run, twin)
    for path in (good, twin):
        out, err = run.expect(0, "preflight", path)
        if err:
            raise run.Failure("of a good file: " + err)
    faults = []

    def judge(item, what):
        status, out, err = run.verstka("preflight", twin)
        said = re.findall(r"(error|warning): P-(\d+)(?: page \d+)?,?(?: object \d+)?: ", err)
        if not any(int(number) == item for level, number in said):
            faults.append("P-%02d %s: not told: %s" % (item, what, err))
        elif status != (1 if any(level == "error" for level, number in said) else 0):
            faults.append("P-%02d %s: exit %d" % (item, what, status))

    for item, what, change in changes:
        t = whole.copy()
        change(t)
        t.save(run, twin)
        judge(item, what)
    for item, what, change in byte_changes:
        with open(twin, "wb") as f:
            f.write(change(data))
        judge(item, what)
    if faults:
        raise run.Failure("\n".join(faults))
    return "%d damaged twins" % (len(changes) + len(byte_changes))


def press_preflight_of_X4(run):
    need(run, CMYK)
    good = good_file(run, "good4")
    count = mutated(run, good, press_mutations.CHANGES, press_mutations.CHANGES_BYTES)
    locked = os.path.dirname(good) + "/locked.pdf"
    run.tool("qpdf", "--encrypt", "", "owner", "256", "--", good, locked)
    out, err = run.expect(1, "preflight", locked)
    if "P-04: the file is encrypted" not in err:
        raise run.Failure("encrypted: " + err)
    return count


def press_preflight_options(run):
    """The ink limit and the safe area are the house's own."""
    need(run, CMYK)
    folder = prepare(run, "limits", "", picture("wet.png").replace("/>", ' contentwidth="30mm"/>', 1))
    with open(folder + "/theme.xml", "w") as f:
        f.write('<theme name="L"><colours><colour name="deep" cmyk="90 80 60 40" rgb="#102030"/></colours>'
                '<page width="120mm" height="160mm" inner="12mm" outer="12mm"/>'
                '<paragraph name="body"/><paragraph name="h1" colour="deep"/><press ink-limit="290%" safe="0"/></theme>')
    png(folder + "/wet.png", 400, 400, 3, lambda x, y: (2, 2, 8))
    pdf, err = build(run, folder)
    run.expect(0, "preflight", pdf)
    out, err = run.expect(1, "preflight", pdf, "--ink-limit=200%")
    if "P-68" not in err or "270 % of ink in one place" not in err or "of the picture" not in err:
        raise run.Failure(err)
    run.expect(0, "preflight", pdf, "--ink-limit", "290", "--safe=5mm")
    out, err = run.expect(1, "preflight", pdf, "--safe=20mm")
    if "P-59 page 1" not in err:
        raise run.Failure(err)
    for wrong in ("--ink-limit=5", "--ink-limit=lots", "--safe=5", "--safe=-1mm"):
        run.expect(2, "preflight", pdf, wrong)


def press_preflight_of_JPEG(run):
    """Ink in CMYK JPEGs, of Adobe's kind (white stored) and not."""
    need(run, CMYK)
    for name, fill, options in (("wet", (230, 230, 230, 200), ()), ("dry", (60, 60, 60, 20), ())):
        folder = prepare(run, "jpeg-" + name, '<press ink-limit="400%"/>', picture("c.jpg").replace("/>", ' contentwidth="12mm"/>', 1))
        with open(folder + "/c.raw", "wb") as f:
            f.write(bytes(fill) * (160 * 160))
        run.tool("convert", "-size", "160x160", "-depth", "8", "cmyk:" + folder + "/c.raw", "-quality", "95", folder + "/c.jpg")
        pdf, err = build(run, folder)
        if "/DCTDecode" not in str([d.get("/Filter") for d, s in Objects(run, pdf).streams("/Image")]):
            raise run.Failure("no JPEG in the file")
        out, err = run.expect(1 if name == "wet" else 0, "preflight", pdf)
        if ("P-68" in err) != (name == "wet") or (name == "wet" and "349 %" not in err and "348 %" not in err and "350 %" not in err):
            raise run.Failure("%s: %s" % (name, err))


def press_identities(run):
    """The same text is the same document, another content another version of it."""
    need(run, CMYK)
    folder = prepare(run, "ids")

    def ids():
        x = Objects(run, build(run, folder)[0])
        (xmp,) = [data for d, data in x.streams("/XML") if b"DocumentID" in data]
        return [re.search(rb"<xmpMM:%s>(.*?)<" % k, xmp).group(1) for k in (b"DocumentID", b"VersionID")]

    first, again = ids(), ids()
    with open(folder + "/p.xml") as f:
        text = f.read()
    with open(folder + "/p.xml", "w") as f:
        f.write(text.replace("some words", "other words"))
    other = ids()
    if first != again or other[1] == first[1]:
        raise run.Failure("%s\n%s\n%s" % (first, again, other))


def press_font_rights(run):
    """A font whose licence forbids embedding, or embedding a part, ends the build with its name."""
    need(run, CMYK)
    folder = prepare(run, "rights")
    with open("fonts/fonts.xml") as f:
        fonts = f.read()
    name = re.search(r'file="([^"]+\.ttf)"', fonts).group(1)
    found = [os.path.join(d, name) for d in re.findall(r'<folder[^>]*(?:path|name)="([^"]+)"|<folder>([^<]+)<', fonts) for d in d if d]
    path = next((f for f in found if os.path.exists(f)), None)
    if path is None:
        raise run.Skip("%s is not there" % name)
    with open(path, "rb") as f:
        font = f.read()
    with open(folder + "/fonts.xml", "w") as f:
        f.write(fonts.replace('file="%s"' % name, 'file="%s/doctored.ttf"' % os.path.abspath(folder)))
    for rights, want in ((0x0002, 1), (0x0100, 1), (0x0004, 0)):
        with open(folder + "/doctored.ttf", "wb") as f:
            f.write(press_mutations.with_rights(font, rights))
        status, out, err = run.verstka("build", folder + "/p.xml", "-o", folder + "/r%d" % rights, "--only", "print",
                                       "--output-profile", CMYK, "--fonts", folder + "/fonts.xml")
        if (status == 0) != (want == 0) or (want and not re.search(r"error: [A-Za-z]+-\w+ \(.*forbids", err)):
            raise run.Failure("%04x: exit %d: %s" % (rights, status, err))


def press_preflight_of_X1a(run):
    need(run, CMYK)
    good = good_file(run, "good1a", "--pdfx=1a")
    return mutated(run, good, press_mutations.CHANGES_1A, press_mutations.CHANGES_BYTES_1A)


def press_preflight_of_CJK(run):
    """In a font whose glyphs go by CID (Noto CJK) those that are there are found, and those that are not."""
    need(run, CMYK, "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
    folder = prepare(run, "cjk")
    with open(folder + "/p.xml", "w") as f:
        f.write('<article xmlns="http://docbook.org/ns/docbook" version="5.0" xml:lang="ja"><title>組版の話</title>'
                '<para>言葉は一列に並び、読者は組版者の姿を見ない。</para></article>')
    good = build(run, folder)[0]
    whole, twin = press_mutations.Twin(run, good), folder + "/twin.pdf"
    out, err = run.expect(0, "preflight", good)
    if err or not any(d.get("/Subtype") == "/CIDFontType0" for d in Objects(run, good).values()):
        raise run.Failure("of a good file: %s" % (err or "no such font in it"))
    for what, change in (("widths", lambda t, d: d.update({"/W": [0, 65535, 444]})),
                         ("a glyph", lambda t, d: t.paint(b"0 0 0 1 k /GO gs BT /F%d 10 Tf 1 0 0 1 200 300 Tm <FF01> Tj ET" % cid_font(t)))):
        t = whole.copy()
        for name, font in t.at(t.resources["/Font"]).items():
            inner = t.at(t.at(t.at(font)["/DescendantFonts"])[0])
            if inner["/Subtype"] == "/CIDFontType0":
                change(t, inner)
        t.save(run, twin)
        out, err = run.expect(1, "preflight", twin)
        if "P-40" not in err:
            raise run.Failure("%s: %s" % (what, err))


def cid_font(t):
    return next(int(name[2:]) for name, font in sorted(t.at(t.resources["/Font"]).items())
                if t.at(t.at(t.at(font)["/DescendantFonts"])[0])["/Subtype"] == "/CIDFontType0")


def documented_rules(run, series, last):
    """The rules that docs/PREFLIGHT.md says are looked at: the rows of two columns. Those of three say who keeps the others; none
    is left out, and the tests that are named there exist."""
    import rtl
    import screen
    with open("docs/PREFLIGHT.md") as f:
        text = f.read()
    looked_at = {int(n) for n in re.findall(r"^\| %s-(\d+) \|[^|]*\|$" % series, text, re.M)}
    others = set()
    for cell in re.findall(r"^\| (%s-\d[^|]*) \|[^|]*\|[^|]*\|$" % series, text, re.M):
        for first, end in re.findall(r"%s-(\d+)(?: to %s-(\d+))?" % (series, series), cell):
            others |= set(range(int(first), int(end or first) + 1))
    if looked_at | others != set(range(1, last + 1)):
        raise run.Failure("not in docs/PREFLIGHT.md: %s" % sorted(set(range(1, last + 1)) ^ (looked_at | others)))
    names = {"press: " + n for n, f in tests()} | {"screen: " + n for n, f in screen.tests()} | {"rtl: " + n for n, f in rtl.tests()}
    for name in re.findall(r'"((?:press|screen|rtl): [^"]*)"', text):
        if name not in names:
            raise run.Failure("docs/PREFLIGHT.md names a test that there is not: " + name)
    return looked_at


def press_preflight_documented(run):
    """Every rule that is told is in docs/PREFLIGHT.md, and every rule there is tried on a damaged twin."""
    told = {40}  # also by way of a function of its own
    for name in os.listdir("src/preflight"):
        with open("src/preflight/" + name) as f:
            for a, b in re.findall(r"pf_(?:fail|warn)\((?:r->)?p, (?:p->x1a \? |r->p->x1a \? )?(\d+)(?: : (\d+))?,", f.read()):
                told |= {int(a)} | ({int(b)} if b else set())
    documented = documented_rules(run, "P", 79)
    tried = {4, 59} | {c[0] for c in press_mutations.CHANGES + press_mutations.CHANGES_1A + press_mutations.CHANGES_BYTES +
                   press_mutations.CHANGES_BYTES_1A}
    if told != documented or told != tried:
        raise run.Failure("told, documented, tried differ: %s" % sorted((told | documented | tried) - (told & documented & tried)))
    return "%d rules" % len(told)


def forms_in_forms():
    """A hundred thousand times a form that shows a hundred times a form that shows ..."""
    def stream(keys, data):
        return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (keys, len(data), data)

    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
               b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>",
               stream(b"", b"/F Do " * 100000)]
    for i in range(5, 20):
        keys = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>" % (i + 1 if i < 19 else 5)
        objects.append(stream(keys, b"/F Do " * 100))
    out, places = b"%PDF-1.4\n", []
    for i, o in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (i, o)
    rows = b"".join(b"%010d 00000 n \n" % p for p in places)
    return out + b"xref\n0 20\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size 20>>\nstartxref\n%d\n%%%%EOF" % (rows, len(out))


def press_preflight_hostile(run):
    """Cut, spoilt and foreign files end with a message, not a crash."""
    need(run, CMYK)
    good = good_file(run, "hostile")
    with open(good, "rb") as f:
        data = f.read()
    path = os.path.dirname(good) + "/bad.pdf"
    for i in range(40):
        spoilt = bytearray(data[:len(data) * (i + 1) // 40] if i % 2 else data)
        for k in range(i * 7 % 50):
            spoilt[(k * 7919 + i * 104729) % len(spoilt)] ^= 1 << (k % 8)
        with open(path, "wb") as f:
            f.write(spoilt)
        status, out, err = run.verstka("preflight", path, timeout=60)
        if status not in (0, 1):
            raise run.Failure("exit %d of spoilt file %d: %s" % (status, i, err))
    for text in (b"", b"%PDF-1.4", b"GIF89a", b"%PDF-1.4\ntrailer<</Root 1 0 R/Size 2>>\n1 0 obj<</Pages 1 0 R>>endobj\n"):
        with open(path, "wb") as f:
            f.write(text)
        run.expect(1, "preflight", path)
    run.expect(3, "preflight", path + ".absent")
    with open(path, "wb") as f:
        f.write(forms_in_forms())
    out, err = run.expect(1, "preflight", path, timeout=200)
    if "not all of them were looked at" not in err:
        raise run.Failure("forms that show forms: " + err[-500:])


def pixels(path):
    """(width, height, bytes) of an uncompressed TIFF of 4 samples, as ghostscript writes it."""
    with open(path, "rb") as f:
        data = f.read()
    order = "<" if data[:2] == b"II" else ">"
    at = struct.unpack(order + "I", data[4:8])[0]
    tags = {}
    for i in range(struct.unpack(order + "H", data[at:at + 2])[0]):
        tag, kind, n = struct.unpack(order + "HHI", data[at + 2 + 12 * i:at + 10 + 12 * i])
        size = {3: 2, 4: 4}.get(kind, 1)
        where = at + 10 + 12 * i
        if size * n > 4:
            where = struct.unpack(order + "I", data[where:where + 4])[0]
        tags[tag] = struct.unpack(order + "%d%s" % (n, {3: "H", 4: "I"}.get(kind, "B")), data[where:where + size * n])
    strips = zip(tags[273], tags[279])
    return tags[256][0], tags[257][0], b"".join(data[a:a + n] for a, n in strips)


def tests():
    import press_pictures  # it needs this module whole
    found = dict(vars(press_pictures), **globals())
    return [(name[6:].replace("_", " "), f) for name, f in sorted(found.items()) if name.startswith("press_") and callable(f)]
