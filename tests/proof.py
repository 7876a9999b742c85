"""Tests of `verstka proof`: a document made to have every mark, and the marks as mupdf finds them in the PDF, against the dump of
its pages and the build report. Used by tests/run."""
import json
import os
import re

W, H, SLUG, TOP = 226.772, 538.583, 84.0, 22.0  # of the page below; of the spread around it
LEFT, MEASURE, LEADING = 34.016, 158.74, 14.0
THEME = """<theme name="P"><page width="80mm" height="190mm" inner="12mm" outer="12mm"/>
<paragraph name="body" size="10pt" leading="14pt"/><paragraph name="h2" size="190pt" leading="196pt"/></theme>"""
DOCUMENT = """<article xmlns="http://docbook.org/ns/docbook" version="5.0" xml:lang="ru">
<title>Проба</title>
<para>%s</para>
<para>%s</para>
<para>%s</para>
<blockquote role="pullquote"><para>Слово в стороне</para></blockquote>
<para>aa iii oo xx yy zz ww <code>%s</code>.</para>
<table><title>T</title><tgroup cols="6"><tbody><row>%s</row></tbody></tgroup></table>
<section><title>S</title><section><title>Щ</title><para>Слово.</para><para>%s</para></section></section>
</article>
""" % ("необыкновенный величественный " * 60, "bb ccccc " * 120, "раз два три четыре пять шесть семь " * 20, "x" * 90,
       "<entry>Wwwwwwwwwwwwwwwwwwwwwww</entry>" * 6, "i l " * 60)
# of a mark, as src/proof/proof.c has them
COLOURS = re.compile(r"\[PROOF_(\w+)\] = .*?\.rgb = \{ (\d+), (\d+), (\d+) \}")


def near(a, b, most=0.15):
    return abs(a - b) <= most


class Proof:
    def __init__(self, run, name):
        self.run, self.failure = run, run.Failure
        self.folder = run.folder("proof", name)
        self.source = self.folder + "/t.xml"
        with open(self.source, "w", encoding="utf-8") as f:
            f.write(DOCUMENT)
        with open(self.folder + "/theme.xml", "w") as f:
            f.write(THEME)
        run.expect(0, "proof", self.source, "-o", self.folder, "--report=" + self.folder + "/r.json")
        self.pdf = self.folder + "/t.proof.pdf"
        with open(self.folder + "/r.json", encoding="utf-8") as f:
            self.lines = json.load(f)["lines"]
        with open("src/proof/proof.c") as f:
            self.names = {tuple(int(v) for v in m[1:]): m[0].lower() for m in COLOURS.findall(f.read())}
        self.fills = {}  # colour -> [(spread from 0, x, y of the top, w, h)] within the pages
        self.read_fills(run.tool("mutool", "trace", self.pdf))
        self.read_dump(run.expect(0, "pages", self.source)[0])

    def read_fills(self, trace):
        for spread, page in enumerate(trace.split("<page ")[1:]):
            for colour, height, body in re.findall(
                    r'<fill_path [^>]*color="([^"]*)"[^>]*transform="1 0 0 -1 0 ([\d.]+)"[^>]*>(.*?)</fill_path>', page, re.S):
                rgb = tuple(float(v) * 255 for v in colour.split())
                name = [n for c, n in self.names.items() if len(rgb) == 3 and all(near(a, b, 0.6) for a, b in zip(c, rgb))]
                points = [(float(x), float(height) - float(y)) for x, y in re.findall(r'to x="(\S+)" y="(\S+)"', body)]
                x, y = min(p[0] for p in points), min(p[1] for p in points)
                w, h = max(p[0] for p in points) - x, max(p[1] for p in points) - y
                if name and TOP <= y + h <= TOP + H + 1 and spread < 4:
                    self.fills.setdefault(name[0], []).append((spread, x, y, w, h))

    def read_dump(self, dump):
        """Lines of paragraphs of the running text: (page, x, y, text, hyphen, first); and all text: (page, x, y, text)."""
        self.paras, self.texts = [], []
        for m in re.finditer(r'^(\d+) text content (\S+) (\S+) \S+ \S+ \S+ (\S+) \S+ (\S+) "(.*)"(.*)$', dump, re.M):
            page, x, y, text = int(m.group(1)), float(m.group(2)), float(m.group(3)), m.group(6)
            self.texts.append((page, x, y, text))
            if m.group(5) == "para" and m.group(4) == "10":
                self.paras.append((page, x, y, text, "hyphen" in m.group(7), "first" in m.group(7)))

    def place(self, page):
        """Spread and left edge of a page: 1 alone on the right, then 2 and 3 ..."""
        return page // 2, SLUG + (W if page % 2 == 1 else 0)

    def has(self, colour, spread, x, y, w, h):
        return any(f[0] == spread and all(near(a, b) for a, b in zip(f[1:], (x, y, w, h))) for f in self.fills.get(colour, []))


def proof_marks(run):
    """Grid, ladders, spaces, rivers, what sticks out: each where the line is, and no more of them than there are."""
    p = Proof(run, "marks")
    ladder, expected = [], 0
    for page, x, y, text, hyphen, first in p.paras + [(0, 0, 0, "", False, True)]:
        if first or not hyphen:
            for a, b in ladder if len(ladder) > 2 else []:
                spread, edge = p.place(a)
                expected += 1
                if not p.has("ladder", spread, edge + LEFT + MEASURE + 3, TOP + b - 7.5, 2, LEADING):
                    raise p.failure("page %d, baseline %s: no mark of a ladder" % (a, b))
            ladder = []
        if hyphen:
            ladder.append((page, y))
    if expected < 20 or len(p.fills["ladder"]) != expected:
        raise p.failure("%d lines of ladders, %d marks" % (expected, len(p.fills["ladder"])))
    bars = sum(len(p.fills.get(c, [])) for c in ("tight", "even", "open", "wide", "hole", "short"))
    if len(p.fills["hole"]) != p.lines["relaxed"]["wide"] or not len(p.fills["hole"]) < bars <= p.lines["justified"]:
        raise p.failure("%d red bars of %d" % (len(p.fills["hole"]), bars))
    for colour, rule in (("short", "ragged"), ("lake", "lake")):
        marks = p.fills.get(colour, [])
        if len(marks) != p.lines["relaxed"][rule] or not marks:
            raise p.failure("%s: %d marks, %d in the report" % (rule, len(marks), p.lines["relaxed"][rule]))
    if any(not near(f[4], 3 * LEADING) for f in p.fills["lake"]):
        raise p.failure("lakes are three lines: %s" % p.fills["lake"])
    for page, x, y, text, hyphen, first in p.paras:
        spread, edge = p.place(page)
        grid = [f for f in p.fills["grid"] if f[0] == spread and near(f[1], edge) and near(f[3], W)]
        if text not in ("Слово в стороне", "Слово.") and not any(near(f[2], TOP + y) for f in grid):
            raise p.failure("page %d, baseline %s: not on the grid that is shown" % (page, y))
    rivers = p.fills["river"]
    baselines = [(p.place(page), TOP + y - 7.5) for page, x, y, text, *rest in p.paras if "bb ccccc" in text]
    stray = [f for f in rivers if not any(place[0] == f[0] and place[1] < f[1] < place[1] + W and near(f[2], top)
                                          for place, top in baselines)]
    if len(rivers) < 8 or stray:
        raise p.failure("rivers: %s" % rivers)
    spread, edge = p.place(6)
    over = p.fills["over"]
    if len(over) != 1 or over[0][0] != spread or not near(over[0][1], edge + LEFT + MEASURE) or over[0][3] < 5:
        raise p.failure("overfull: %s" % over)
    return "%d bars, %d of ladders, %d of rivers" % (bars, expected, len(rivers))


def proof_words_beside(run):
    """Rules by name and lines of the source, level with the line; the last page says what was relaxed how often."""
    p = Proof(run, "words")
    words = []
    for spread, page in enumerate(run.tool("pdftotext", "-bbox", p.pdf, "-").split("<page ")[1:]):
        words += [(spread, float(x), float(y0), float(y1), w) for x, y0, y1, w in
                  re.findall(r'<word xMin="(\S+)" yMin="(\S+)" xMax="\S+" yMax="(\S+)">(.*?)</word>', page)]
    for rule in ("closed", "ladder", "stack", "wide", "spaced", "overfull", "scrap-last", "river"):
        found = sum(1 for s, x, y0, y1, w in words if w == rule and s < 4 and y1 < TOP + H and not SLUG < x < SLUG + 2 * W)
        if found != p.lines["relaxed"][rule] or found == 0:
            raise p.failure("%s: %d times beside the pages, %d in the report" % (rule, found, p.lines["relaxed"][rule]))
    page, y = next((page, y) for page, x, y, text, *rest in p.paras if text.startswith("bb ccccc"))
    spread, edge = p.place(page)
    if not any(s == spread and w == "4" and x > edge + W and y0 < TOP + y < y1 + 1 for s, x, y0, y1, w in words):
        raise p.failure("line 4 of the source is not said where it begins")
    legend = [w for s, x, y0, y1, w in words if s == 4]
    if "scrap-last" not in legend or str(p.lines["relaxed"]["spaced"]) not in legend or "river" not in legend:
        raise p.failure("legend: %s" % legend)


def proof_insets(run):
    """A frame around quote and table, and a line to the end of the text before them."""
    p = Proof(run, "insets")
    for first, last, before in (("Слово в стороне", "Слово в стороне", "три четыре пять шесть семь"), ("Таблица", "www", "xxxx")):
        page, x, y = next(t[:3] for t in p.texts if first in t[3])
        low = max(t[2] for t in p.texts if t[0] == page and last in t[3])
        spread, edge = p.place(page)
        sides = [f for f in p.fills["inset"] if f[0] == spread and near(f[3], 0.5) and f[1] < edge + x and f[2] < TOP + y and
                 f[2] + f[4] >= TOP + low]
        if not sides:
            raise p.failure("no frame around %s: %s" % (first, p.fills["inset"]))
        end = TOP + max(t[2] for t in p.texts if t[0] == page and t[2] < y and before in t[3])
        dots = [f for f in p.fills["inset"] if f[0] == spread and near(f[3], 4) and near(f[4], 4) and
                near(f[1] + 2, edge + LEFT + MEASURE) and end < f[2] + 2 < end + 5]
        if len(dots) != 1:
            raise p.failure("%s: no line from %s: %s" % (first, end, p.fills["inset"]))


def proof_file(run):
    """A whole PDF of as many spreads as there are, the same bytes each time; nothing but it is written."""
    p = Proof(run, "file")
    run.tool("qpdf", "--check", p.pdf)
    info = run.tool("pdfinfo", p.pdf)
    if not re.search(r"^Pages: +5$", info, re.M):
        raise p.failure(info)
    with open(p.pdf, "rb") as f:
        before = f.read()
    again = p.folder + "/again"
    run.expect(0, "proof", p.source, "-o", again)
    with open(again + "/t.proof.pdf", "rb") as f:
        if f.read() != before or os.listdir(again) != ["t.proof.pdf"]:
            raise p.failure("not the same file, or not alone: %s" % os.listdir(again))


def tests():
    return [(name[6:].replace("_", " "), f) for name, f in sorted(globals().items()) if name.startswith("proof_")]
