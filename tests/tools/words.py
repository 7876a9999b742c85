"""The words of a DocBook source, of a PDF and of an EPUB, and whether the second hold the first in order.

Written without a line of verstka: XML by Python's expat, PDF text by poppler's pdftotext.

A word is a run of letters, marks and digits, case folded, of Chinese and Japanese each character; hyphens inside it do not count, so that a word
hyphenated at a line's end and the same word in the source compare equal. A source is several streams: the main text
and, each for itself, what a page may set elsewhere (notes, pull quotes, boxes, figures, tables, cells). Within a
stream the order must be kept; each stream is looked for near the place where the source has it.
"""
import bisect
import os
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections import Counter
import xml.etree.ElementTree as ET

HYPHENS = "\u002d\u2010\u2011\u00ad"
INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
HAN = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
DB = "{http://docbook.org/ns/docbook}"
XI = "{http://www.w3.org/2001/XInclude}"
XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

# Elements that do not end a word.
INLINE = set("""abbrev accel acronym application authorinitials buildtarget classname code command computeroutput
constant database date email emphasis enumvalue envar errorcode errorname errortext errortype exceptionname filename
firstterm foreignphrase function glossterm guibutton guiicon guilabel guimenu guimenuitem guisubmenu hardware
initializer inlineequation inlinemediaobject interfacename jobtitle keycap keycode keysym link literal lineannotation
markup mathphrase methodname modifier mousebutton nonterminal olink ooclass ooexception oointerface option optional
orgname package parameter personblurb phrase productname productnumber prompt property quote remark replaceable
returnvalue shortcut subscript superscript symbol systemitem tag termdef token trademark type uri userinput varname
wordasword interface ulink structfield structname sgmltag citetitle coref footnoteref indexterm anchor xref alt
footnote""".split())
# No words of the text: made by verstka, shown elsewhere or not at all.
SILENT = set("""xref footnoteref anchor indexterm alt textobject titleabbrev keywordset subjectset index toc
imageobject imagedata videoobject audioobject""".split())
# Set apart from the main text, each a stream.
APART = set("sidebar figure informalfigure table informaltable epigraph attribution".split())
CELLS = set("entry td th tfoot".split())
# What of info is set; the rest is data about the document.
SHOWN_INFO = set("title subtitle".split())


def tokens(text):
    """Words of a text, hyphens inside them taken out. Between figures a dash is a hyphen and the sign of
    multiplication an x: the language's rules of characters may have put the one for the other."""
    text = unicodedata.normalize("NFC", text).translate(INVISIBLE)
    text = re.sub(r"(?<=[\dIVXLC])\u2013(?=[\dIVXLC])", "-", re.sub(r"(?<=\d)(\s?)\u00d7(?=\s?\d)", r"\1x", text))
    text = re.sub(r"(?<=[^\W_])[%s](?=[^\W_])" % HYPHENS, "", text).replace("\u00ad", "")
    return [unicodedata.normalize("NFC", w.casefold())
            for w in re.findall(r"[%s]|(?:(?![%s])[^\W_]|[\u0300-\u036f\u064b-\u065f\u0670])+" % (HAN, HAN), text)]


class Stream:
    def __init__(self, kind, anchor=None):
        self.kind = kind          # main, note, pullquote, sidebar ...
        self.anchor = anchor      # (stream, tokens before) where the source has it
        self.pieces = []
        self.words = None
        self.notes = []           # (tokens before the call, stream of the note)
        self.marks = []           # (index of piece, child stream, is_note)

    def put(self, text):
        self.pieces.append(text)

    def finish(self):
        """Pieces to words; places of children counted in words."""
        text = "".join(self.pieces)
        self.words = tokens(text)
        starts, total = [], 0
        for p in self.pieces:
            starts.append(total)
            total += len(p)
        for index, child, is_note in self.marks:
            before = len(tokens(text[:starts[index] if index < len(starts) else total]))
            child.anchor = (self, before)
            if is_note:
                self.notes.append((before, child))


def local(e):
    return e.tag.rsplit("}", 1)[-1] if isinstance(e.tag, str) else ""


def parse_source(path, depth=0):
    """The tree of a source with its inclusions."""
    root = ET.parse(path).getroot()
    if depth > 10:
        return root
    for parent in list(root.iter()):
        for i, e in enumerate(list(parent)):
            if e.tag == XI + "include":
                part = os.path.join(os.path.dirname(path), e.get("href"))
                if e.get("parse") == "text":
                    new = ET.Element(DB + "phrase")
                    with open(part, encoding="utf-8") as f:
                        new.text = f.read()
                else:
                    new = parse_source(part, depth + 1)
                new.tail = e.tail
                parent[i] = new
    return root


class Source:
    """streams[0] is the main text."""

    def __init__(self, path):
        self.streams = []
        self.glued = set()  # words with a subscript or superscript inside
        main = self.add("main")
        self.walk(parse_source(path), main)
        for s in self.streams:
            s.finish()
        self.vocabulary = {w for s in self.streams for w in s.words}
        self.prefixes = {w[:n] for w in self.vocabulary if 40 < len(w) < 4000 for n in range(20, len(w) + 1)}

    def add(self, kind):
        s = Stream(kind)
        self.streams.append(s)
        return s

    def branch(self, e, into, kind, is_note=False):
        s = self.add(kind)
        into.marks.append((len(into.pieces), s, is_note))
        self.children(e, s, kind)
        return s

    def walk(self, e, into):
        name = local(e)
        if name in SILENT:
            return
        if name == "info":
            for c in e:
                if local(c) in SHOWN_INFO:
                    into.put(" ")
                    if into.kind == "main" and not any(p.strip() for p in into.pieces):
                        self.branch(c, into, local(c))  # the document's own: somewhere in the masthead
                    else:
                        self.children(c, into, local(c))
                    into.put(" ")
            return
        if name == "footnote":
            self.branch(e, into, "note", True)
            return
        if name in APART or (name == "blockquote" and e.get("role") == "pullquote"):
            into.put(" ")
            self.branch(e, into, name)
            into.put(" ")
            return
        if name in CELLS:
            into.put(" ")
            self.branch(e, into, "cell")
            into.put(" ")
            return
        separate = name not in INLINE
        if separate:
            into.put(" ")
        self.children(e, into, name)
        if separate:
            into.put(" ")

    def children(self, e, into, name):
        apart = name in ("menuchoice", "keycombo", "personname", "simplelist", "citerefentry", "funcprototype")
        if name in ("subscript", "superscript"):
            self.note_glue(e, into)
        if e.text:
            into.put(e.text)
        for c in e:
            if apart:
                into.put(" ")
            self.walk(c, into)
            if c.tail:
                into.put(c.tail)

    def note_glue(self, e, into):
        before = "".join(into.pieces[-3:])
        last = re.search(r"[^\W_]+$", before)
        inner = "".join(e.itertext())
        after = re.match(r"[^\W_]+", e.tail or "")
        whole = (last.group() if last else "") + inner + (after.group() if after else "")
        self.glued.update(tokens(whole))


class Text:
    """words[i] stands on page pages[i] (from 0)."""

    def __init__(self):
        self.words, self.pages = [], []
        self.index = {}

    def finish(self):
        for i, w in enumerate(self.words):
            self.index.setdefault(w, []).append(i)

    def next(self, word, start):
        v = self.index.get(word)
        if not v:
            return -1
        k = bisect.bisect_left(v, start)
        return v[k] if k < len(v) else -1


RTL = {}


def is_rtl(path):
    """Whether a PDF has words from right to left, more than a few."""
    if path not in RTL:
        text = subprocess.run(["pdftotext", "-enc", "UTF-8", path, "-"], check=True,
                              stdout=subprocess.PIPE).stdout.decode("utf-8")
        ways = [unicodedata.bidirectional(c) for c in text]
        RTL[path] = sum(w in ("R", "AL") for w in ways) * 300 > ways.count("L")
    return RTL[path]


def apart(run, box):
    """Whether what stands in the box (left, right, baseline) is no neighbour of the run."""
    return abs(box[2] - run[4]) > 0.5 * run[5] or max(box[0] - run[3], run[2] - box[1]) > 0.8 * run[5]


def mupdf_lines(path):
    """Lines by page, characters in the order of the file: for text from right to left, which poppler's raw order takes
    to be written backwards. What stands apart on one line becomes lines of its own."""
    out = subprocess.run(["mutool", "draw", "-q", "-F", "stext", path], check=True, stdout=subprocess.PIPE).stdout
    pages = []
    for page in ET.fromstring(out).iter("page"):
        runs = []  # of one direction each: [text, way, left, right, baseline, size]
        for e in page.iter():
            if e.tag == "font":
                size = float(e.get("size"))
            if e.tag != "char":
                continue
            x0, y, x1 = (float(e.get("quad").split()[k]) for k in (0, 7, 6))
            kind = unicodedata.bidirectional(e.get("c"))
            way = "R" if kind in ("R", "AL") else "L" if kind in ("L", "EN", "AN") else ""
            last = runs[-1] if runs else None
            if last and last[1] == way and not apart(last, (x0, x1, y)):
                last[0] += e.get("c")
                last[2], last[3] = min(last[2], x0), max(last[3], x1)
            else:
                runs.append([e.get("c"), way, x0, x1, y, size])
        lines = [""]
        for k, run in enumerate(runs):
            if k > 0 and apart(runs[k - 1], run[2:5]):
                lines.append("")
            lines[-1] += run[0]
        pages.append(lines)
    return pages


def pdf_lines(path, raw):
    """Lines of text by page. raw: in the order of the file."""
    if raw and is_rtl(path):
        return mupdf_lines(path)
    command = ["pdftotext", "-enc", "UTF-8"] + (["-raw"] if raw else []) + [path, "-"]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode("utf-8")
    pages = out.split("\f")
    if pages and not pages[-1].strip():
        pages.pop()
    return [p.split("\n") for p in pages]


def pdf_text(path, source, raw=False):
    vocabulary, text = source.vocabulary, Text()
    flat = []  # [word, page, first of its line, open (hyphen at the line's end)]
    for number, lines in enumerate(pdf_lines(path, raw)):
        for line in lines:
            line = line.strip()
            found = tokens(line)
            is_open = len(line) > 1 and line[-1] in HYPHENS and line[-2].isalnum()
            for k, w in enumerate(found):
                flat.append([w, number, k == 0, is_open and k == len(found) - 1])
    used = [False] * len(flat)
    for i, (word, page, _, is_open) in enumerate(flat):
        if used[i]:
            continue
        if is_open:  # its rest: the next line's beginning, or behind an inset or a page turn
            for j in range(i + 1, min(i + 1500, len(flat))):
                rest = flat[j]
                if rest[1] > page + 1:
                    break
                if rest[2] and not used[j]:
                    joined = word + rest[0]
                    if joined not in vocabulary:
                        joined = re.sub(r"\d{1,3}$", "", joined)
                    if joined in vocabulary:
                        if rest[3]:  # three lines, one word
                            rest[0] = joined
                            word = None
                        else:
                            used[j] = True
                            word = joined
                        break
        if word is None:
            continue
        if word not in vocabulary:
            # the raised mark of a note stands right behind a word or before one
            m = re.fullmatch(r"(\d{0,3})(.*?)(\d{0,3})", word)
            if m and m.group(2) in vocabulary and m.group(2) != "":
                parts = [p for p in m.groups() if p]
            elif len(word) >= 20 and any(f[2] and word + f[0] in source.prefixes for f in flat[i + 1:i + 2]):
                # a word wider than the measure, cut where the lines end
                j = i + 1
                while j < len(flat) and flat[j][2] and word + flat[j][0] in source.prefixes:
                    word += flat[j][0]
                    used[j] = True
                    j += 1
                parts = [word]
            else:
                for size in (2, 3):
                    more = [f[0] for f in flat[i + 1:i + size]]
                    if word + "".join(more) in source.glued and len(more) == size - 1:
                        for j in range(i + 1, i + size):
                            used[j] = True
                        word += "".join(more)
                        break
                parts = [word]
        else:
            parts = [word]
        for p in parts:
            text.words.append(p)
            text.pages.append(page)
    text.finish()
    return text


BLOCKS = set("""p div section article aside h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table tr td th thead tbody tfoot caption
figure figcaption blockquote pre br hr header footer nav body col colgroup""".split())


def epub_spine(path):
    """(name, root element) of the spine's documents, in order."""
    with zipfile.ZipFile(path) as z:
        container = ET.fromstring(z.read("META-INF/container.xml"))
        opf_name = next(e.get("full-path") for e in container.iter() if local(e) == "rootfile")
        opf = ET.fromstring(z.read(opf_name))
        folder = os.path.dirname(opf_name)
        items = {e.get("id"): e for e in opf.iter() if local(e) == "item"}
        for ref in (e for e in opf.iter() if local(e) == "itemref"):
            item = items[ref.get("idref")]
            if "nav" in (item.get("properties") or "").split():
                continue
            name = os.path.normpath(os.path.join(folder, item.get("href")))
            yield name, ET.fromstring(z.read(name))


def epub_text(path, source):
    text, number = Text(), 0

    def collect(e, out):
        name = local(e)
        if name in BLOCKS or e.get(EPUB_TYPE) == "noteref":
            out.append("\n")
        if e.text:
            out.append(e.text)
        for c in e:
            collect(c, out)
            if c.tail:
                out.append(c.tail)
        if name in BLOCKS or e.get(EPUB_TYPE) == "noteref":  # a note's mark is no part of the figure before it
            out.append("\n")

    for number, (_, root) in enumerate(epub_spine(path)):
        out = []
        body = root.find(XHTML + "body")
        collect(body if body is not None else root, out)
        for w in tokens("".join(out)):
            parts = [w]
            if w not in source.vocabulary:
                m = re.fullmatch(r"(\d{0,3})(.*?)(\d{0,3})", w)
                if m and m.group(2) in source.vocabulary and m.group(2):
                    parts = [p for p in m.groups() if p]
            for p in parts:
                text.words.append(p)
                text.pages.append(number)
    text.finish()
    return text


def match(words, text, start):
    """Places of the words in the text in order (-1: missing there). Marks and the lines of what stands beside the
    text may lie between; a leap must be borne out by the words behind it, so that one lost word costs one place."""
    places, at = [], start
    for k, w in enumerate(words):
        p = text.next(w, at)
        if p > at + 3 or k == 0 and p >= 0:
            p = borne_out(words, k, text, p, at)
        places.append(p)
        if p >= 0:
            at = p + 1
    return places


def borne_out(words, k, text, first, at):
    """The first place of words[k] from `first` on where the text goes on as the words do."""
    v = text.index[words[k]]
    followers = words[k + 1:k + 6]
    for p in v[bisect.bisect_left(v, first):][:4000]:
        if not followers:
            return p if k == 0 or p <= at + 100 else -1
        far = k > 0 and p > at + 400
        q, good = p, 0
        for f in followers:
            r = text.next(f, q + 1)
            if 0 <= r <= q + (3 if far and good == 0 else 14):
                good += 2 if r == p + 1 else 1  # the very next word says enough
                q = r
            elif far and good == 0:
                break
        if good >= min(2, len(followers)):
            return p
    return first if k == 0 else -1


def context(words, k, width=5):
    return " ".join(words[max(0, k - width):k]) + " >>" + words[k] + "<< " + " ".join(words[k + 1:k + 1 + width])


def compare(source, text, name, out=sys.stdout, guessed=False):
    """True if every word of the source is in the text, in order; says on `out` what is not. guessed: the order is
    poppler's guess from places on the page, and words beside an inset may be guessed wrong or torn."""
    bad = 0
    where = {}
    for s in source.streams:
        if not s.words:
            where[id(s)] = []
            continue
        start = 0
        if s.anchor is not None:
            parent, before = s.anchor
            near = [p for p in where[id(parent)][max(0, before - 12):before] if p >= 0]
            if near:
                start = page_start(text, text.pages[near[0]] - 1)
        places = match(s.words, text, start)
        if s.kind != "main" and -1 in places:  # its beginning may also stand elsewhere
            for p in text.index.get(s.words[0], [])[:300]:
                again = match(s.words, text, p)
                if again.count(-1) < places.count(-1):
                    places = again
        where[id(s)] = places
        missing = [k for k, p in enumerate(places) if p < 0]
        if missing:
            bad += len(missing)
            for k in missing[:4]:
                out.write("%s: %s: not in its place: %s\n" % (name, s.kind, context(s.words, k)))
    counts = {}
    for s in source.streams:
        for w in s.words:
            counts[w] = counts.get(w, 0) + 1
    short = {w: n - len(text.index.get(w, [])) for w, n in counts.items() if n > len(text.index.get(w, []))}
    if short:
        out.write("%s: fewer than in the source: %s\n" % (name, ", ".join(
            "%s (%d)" % (w, n) for w, n in sorted(short.items(), key=lambda x: -x[1])[:12])))
    strange = [w for w in text.words if w not in source.vocabulary and not re.fullmatch(r"\d+|[ivxlcdm]+|\w", w)]
    if len(strange) > 60 + len(text.words) // 25:
        bad += len(strange)
        out.write("%s: %d words that the source does not have, such as %s\n" % (name, len(strange), strange[:10]))
    total = sum(len(s.words) for s in source.streams)
    lost = sum(short.values())
    if bad or lost:
        out.write("%s: %d of %d words out of place, %d lost\n" % (name, bad, total, lost))
    if guessed and sum(bool(re.match("[%s]" % HAN, w)) for s in source.streams for w in s.words) * 2 > total:
        bad = 0  # each character is a word, and those of a line beside an inset are all out of place: they only must be there
    allowed = (total // 200 + 3 * sum(s.kind not in ("main", "note", "cell") for s in source.streams)) if guessed else 0
    # beside an inset poppler also puts words of the inset between the halves of a divided word
    torn = 3 * sum(s.kind not in ("main", "note", "cell") for s in source.streams) if guessed else 0
    return bad <= allowed and lost <= torn, where


def verbatim_lines(path):
    """Lines of listings and of verse that fit any measure: they must be lines of the edition."""
    for e in parse_source(path).iter():
        if local(e) in ("programlisting", "screen", "literallayout"):
            for n in e.iter():
                if local(n) in SILENT or local(n) == "footnote":
                    n.text = None
                    n[:] = []
            for line in "".join(e.itertext()).split("\n"):
                turns = any(unicodedata.bidirectional(c) in ("R", "AL") for c in line)  # told in pieces
                if 0 < len(line.strip()) < 50 and tokens(line) and not turns:
                    yield tokens(line)


def keeps_lines(path, edition, out=sys.stdout):
    have = {tuple(tokens(line)) for lines in pdf_lines(edition, True) for line in lines}
    lost = [line for line in verbatim_lines(path) if tuple(line) not in have]
    for line in lost[:4]:
        out.write("%s: no line of its own: %s\n" % (os.path.basename(edition), " ".join(line)))
    return not lost


def letters_told(source, path, out=sys.stdout):
    """poppler's guess at a text from right to left: it takes letters that stand close for words, and puts some vowel
    signs beside their letters. All letters must be there, and most words whole."""
    def bare(text):
        return "".join(c for c in unicodedata.normalize("NFKC", text) if not unicodedata.combining(c) and c != "\u0640")

    text = bare("\n".join(line for lines in pdf_lines(path, False) for line in lines))
    have, words_had = Counter(text.casefold()), Counter(tokens(text))
    want = Counter(bare("".join(w for s in source.streams for w in s.words)))
    lost = sum((want - have).values())
    whole = sum(len(s.words) for s in source.streams)
    torn = sum((Counter(bare(w) for s in source.streams for w in s.words) - words_had).values())
    if lost or torn * 5 > whole:
        out.write("%s: %d letters lost, %d of %d words torn\n" % (os.path.basename(path), lost, torn, whole))
    return lost == 0 and torn * 5 <= whole


def page_start(text, page):
    return bisect.bisect_left(text.pages, max(page, 0))


def notes_on_their_page(source, path, out=sys.stdout):
    """Each note begins on the page where its call stands (PDF). Returns (right, wrong)."""
    text = pdf_text(path, source, raw=True)
    right = wrong = 0
    where = {}
    for s in source.streams:
        start = 0
        if s.anchor is not None and s.kind != "title":
            near = [p for p in where[id(s.anchor[0])][max(0, s.anchor[1] - 12):s.anchor[1]] if p >= 0]
            if near:
                start = page_start(text, text.pages[near[0]] - 1)
        where[id(s)] = match(s.words, text, start)
    for s in source.streams:
        for before, note in s.notes:
            call = contiguous(s.words[max(0, before - 3):before], text,
                              [p for p in where[id(s)][max(0, before - 3):before] if p >= 0])
            if call is None or not note.words:
                continue
            head = note.words[:6]
            pages = [text.pages[p] for p in occurrences(head, text)]
            if text.pages[call] in pages:
                right += 1
            else:
                wrong += 1
                out.write("%s: note \"%s\" called on page %d begins on %s\n" % (
                    path, " ".join(head), text.pages[call] + 1, [p + 1 for p in pages] or "no page"))
    return right, wrong


def contiguous(words, text, places):
    """Where the last of the words stands when all of them stand together, from the matched place on."""
    if not places:
        return None
    for p in occurrences(words, text, max(0, places[0] - 30)):
        return p + len(words) - 1
    return places[-1]


def occurrences(words, text, start=0, slack=3):
    """Places where the words follow each other, a few foreign ones (marks) between them allowed."""
    v = text.index.get(words[0], []) if words else []
    for p in v[bisect.bisect_left(v, start):]:
        q, ok = p, True
        for w in words[1:]:
            r = text.next(w, q + 1)
            if r < 0 or r > q + 1 + slack:
                ok = False
                break
            q = r
        if ok:
            yield p
