"""Tests of translations: `verstka i18n`, `verstka build --lang`, on tests/i18n/reka.xml. The numbers are those of the
acceptance tests that the design was held to. Used by tests/run."""
import json
import os
import random
import re
import shutil
import time
import xml.etree.ElementTree as ET
import zipfile

import po

SOURCE = "tests/i18n/reka.xml"
PICTURE = "tests/docs/images/ring.png"
ENTRIES, UNITS = 37, 38  # "Да." stands twice
EN_UNITS = 37            # one is for Germany only
DB = "{http://docbook.org/ns/docbook}"
XML = "{http://www.w3.org/XML/1998/namespace}"
ITS = "{http://www.w3.org/2005/11/its}"
XLINK = "{http://www.w3.org/1999/xlink}"
RNG = "/usr/share/xml/docbook/schema/rng/5.0/docbook.rng"


class Project:
    """A source of the test's own with its po folder; begun, and if asked for filled."""

    def __init__(self, run, name, langs=("en",), fill=True, text=None):
        self.run, self.folder = run, run.folder("i18n", name)
        self.source, self.po = self.folder + "/reka.xml", self.folder + "/po/en.po"
        shutil.copy(PICTURE, self.folder + "/dolina.png")
        if text is None:
            with open(SOURCE, encoding="utf-8") as f:
                text = f.read()
        self.write(text)
        for lang in langs:
            run.expect(0, "i18n", "add", self.source, lang)
            if fill:
                po.fill("%s/po/%s.po" % (self.folder, lang))

    def write(self, text):
        self.text = text
        with open(self.source, "w", encoding="utf-8") as f:
            f.write(text)

    def edit(self, old, new):
        if self.text.count(old) != 1:
            raise self.run.Failure("%d times in the source: %s" % (self.text.count(old), old))
        self.write(self.text.replace(old, new))

    def entries(self):
        return po.read(self.po)

    def entry(self, start):
        """(all entries, the one whose msgid starts so)"""
        all_of = self.entries()
        return all_of, next(e for e in all_of if e.msgid.startswith(start))

    def change(self, start, old, new):
        """In the translation of the entry that starts so. Returns the line of its msgid."""
        all_of, e = self.entry(start)
        if old not in e.msgstr:
            raise self.run.Failure("%r is not in %r" % (old, e.msgstr))
        e.msgstr = e.msgstr.replace(old, new)
        po.write(self.po, all_of)
        return self.entry(start)[1].line

    def merged(self, lang="en", status=0, *args):
        out, err = self.run.expect(status, "i18n", "merge", self.source, lang, *args)
        if status != 0 and out:
            raise self.run.Failure("failed, and wrote something: " + out[:200])
        return out, err

    def status(self, lang="en"):
        out, _ = self.run.verstka("i18n", "status", self.source, "--json")[1:]
        return next(x for x in json.loads(out)["languages"] if x["lang"] == lang)

    def refused(self, line, *words):
        """check, merge and build fail, name that line of the PO file, and no file is written."""
        wanted = "po/en.po:%d: error: " % line
        for command in (["i18n", "check", self.source], ["i18n", "merge", self.source, "en"],
                        ["build", self.source, "--lang", "en", "-o", self.folder + "/out"]):
            out, err = self.run.expect(1, *command)
            found = [x for x in err.split("\n") if wanted in x]
            if not found or not all(w in found[0] for w in words):
                raise self.run.Failure("%s: not said: %s ... %s\n%s" % (command[:2], wanted, words, err[-1500:]))
            if command[1] == "merge" and out:
                raise self.run.Failure("merged all the same")
        if os.path.isdir(self.folder + "/out") and os.listdir(self.folder + "/out"):
            raise self.run.Failure("files were written: %s" % os.listdir(self.folder + "/out"))


def stripped(tree):
    """Without ITS: what DocBook 5.0 validates."""
    for e in tree.iter():
        for k in [k for k in e.attrib if k.startswith(ITS)]:
            del e.attrib[k]
    return tree


def shape(tree):
    return [(e.tag, dict(e.attrib)) for e in tree.iter()]


def validate(run, xml, path):
    ET.register_namespace("", DB[1:-1])
    ET.register_namespace("xlink", XLINK[1:-1])
    ET.ElementTree(stripped(ET.fromstring(xml))).write(path, encoding="utf-8")
    if not os.path.exists(RNG):
        raise run.Skip("docbook5-xml is not installed")
    run.tool("jing", RNG, path)


def i18n_01_extract(run):
    p = Project(run, "01", fill=False)
    ids = [e.msgid for e in po.read(p.folder + "/po/reka.pot") if e.msgid]
    p1 = next(i for i, m in enumerate(ids) if m.startswith("Станция"))
    if len(ids) != ENTRIES or '<footnote i="1"/>' not in ids[p1] or '<footnote i="2"/>' not in ids[p1]:
        raise run.Failure("%d entries: %s" % (len(ids), ids))
    if not ids[p1 + 1].startswith("Первое здание") or not ids[p1 + 2].startswith("Самый низкий"):
        raise run.Failure("the notes do not follow: %s" % ids[p1:p1 + 3])
    s = p.status()
    if (s["units"], s["translated"], s["untranslated"], s["percent"]) != (EN_UNITS, 0, EN_UNITS, 0):
        raise run.Failure(str(s))
    with open(p.folder + "/po/LINGUAS") as f:
        if f.read() != "en\n":
            raise run.Failure("LINGUAS")
    run.tool("msgfmt", "-c", "-o", "/dev/null", p.po)


def i18n_02_not_translatable(run):
    p = Project(run, "02", fill=False)
    with open(p.folder + "/po/reka.pot", encoding="utf-8") as f:
        pot = f.read()
    texts = "\n".join(e.msgid for e in po.read(p.folder + "/po/reka.pot"))
    for word in ("GeoFlow", "Эта статья написана", "2026-03-14", "120", "example.org", "dolina.png"):
        if word in texts:
            raise run.Failure("to be translated: " + word)
    for line in ('#. <application i="1"/> = GeoFlow', "#. Note: Шуга: рыхлый лёд, который плывёт осенью.",
                 '#. <link i="1"> = https://example.org/mezhen?a=1&b=2', "#. section#voda/para#p1", "#: reka.xml:"):
        if line not in pot:
            raise run.Failure("the template does not say: " + line)


def i18n_03_whole_and_valid(run):
    p = Project(run, "03")
    out, err = p.merged()
    with open(SOURCE, encoding="utf-8") as f:
        source = ET.fromstring(re.sub(r"<!DOCTYPE.*?\]>", "", f.read().replace("&verst;", "верста"), flags=re.S))
    for parent in source.iter():  # what is for Germany only goes
        for child in list(parent):
            if child.get(ITS + "localeFilterList") == "de":
                parent.remove(child)
    want = shape(source)
    want[0][1][XML + "lang"] = "en"
    if shape(ET.fromstring(out)) != want:
        raise run.Failure("elements or attributes differ: %s" % [x for x in zip(want, shape(ET.fromstring(out))) if x[0] != x[1]][:3])
    if out.count("\u00a0") != 7 or "100%% of %d units" % EN_UNITS not in err:
        raise run.Failure("%d of 7 spaces that do not break; %s" % (out.count("\u00a0"), err))
    validate(run, out, p.folder + "/valid.xml")


def i18n_04_attributes(run):
    out, _ = Project(run, "04").merged()
    if any(out.count(d) != 1 for d in ("xmlns=", "xmlns:xlink=", "xmlns:its=")) or out.count("xmlns") != 3:
        raise run.Failure("namespaces are declared again: " + out[:500])
    for part in ('xlink:href="https://example.org/mezhen?a=1&amp;b=2"', 'xml:id="fn2"', 'xml:lang="la"', 'its:translate="no"',
                 'its:locNote="Шуга'):
        if part not in out:
            raise run.Failure("lost: " + part)


def i18n_05_verbatim(run):
    p = Project(run, "05", fill=False)
    po.fill(p.po, lambda s: s if "&lt;" in s else po.latin(s))
    all_of, e = p.entry("если уровень")
    e.msgstr = "if level &lt;20\n  then   call &amp; wait"
    po.write(p.po, all_of)
    out, _ = p.merged()
    if "<programlisting>if level &lt;20\n  then   call &amp; wait</programlisting>" not in out:
        raise run.Failure(out)


def i18n_06_reflow(run):
    p = Project(run, "06")
    head, code = p.text.split("<programlisting>")
    head = re.sub(r"(?<=[а-я]) (?=[а-я])", "\n        ", head).replace("<section xml:id=\"schet\">", "<section xml:id=\"schyot\">")
    p.write(head + "<programlisting xml:id=\"kod\">" + code)
    run.expect(0, "i18n", "update", p.source)
    s = p.status()
    if (s["stale"], s["percent"], s["not_in_source"]) != (0, 100, 0):
        raise run.Failure(str(s))
    first = open(p.po, "rb").read()
    run.expect(0, "i18n", "update", p.source)
    if open(p.po, "rb").read() != first:
        raise run.Failure("a second update changes the file")


def edited(p):
    """Three sentences changed, and the translations brought up to them."""
    for old, new in (("Она стоит денег.", "Она стоит больших денег."), ("Сторож считает так:", "Сторож считает вот так:"),
                     ("Первое здание сгорело;", "Первое здание сгорело дотла;")):
        p.edit(old, new)
    p.run.expect(0, "i18n", "update", p.source)


def i18n_07_stale(run):
    p = Project(run, "07")
    edited(p)
    lines = [e.line for e in p.entries() if "fuzzy" in e.flags]
    _, err = run.expect(0, "i18n", "check", p.source)
    said = [int(x) for x in re.findall(r"po/en\.po:(\d+): warning: stale: the source changed at reka\.xml:\d+.*\(was: \"", err)]
    if len(lines) != 3 or sorted(said) != sorted(lines):
        raise run.Failure("stale in lines %s, said: %s\n%s" % (lines, said, err))
    tree = ET.fromstring(p.merged()[0])
    russian = [e for e in tree.iter() if e.get(XML + "lang") == "ru"]
    if len(russian) != 3 or not all(re.search("[а-я]", "".join(e.itertext())) for e in russian):
        raise run.Failure("in Russian: %s" % [(e.tag, e.attrib) for e in russian])
    if tree.find(".//*[@%sid='fn1']/*" % XML) not in russian:
        raise run.Failure("the note does not say its language")
    _, err = run.expect(3, "build", p.source, "--lang", "en", "--min", "95", "-o", p.folder + "/out")
    if os.path.exists(p.folder + "/out") and os.listdir(p.folder + "/out") or "[min-percent]" not in err:
        raise run.Failure("--min 95: %s" % err)
    run.expect(1, "build", p.source, "--lang", "en", "--stale", "refuse", "-o", p.folder + "/out")
    run.expect(0, "build", p.source, "--lang", "en", "--min", "90", "--only", "epub", "-o", p.folder + "/out")
    if os.listdir(p.folder + "/out") != ["reka.en.epub"]:
        raise run.Failure(str(os.listdir(p.folder + "/out")))
    p.change("Месяц", "s", "<script>s</script>")  # a broken file is that and no more, however little is translated
    for args in (["build", p.source, "--lang", "en", "-o", p.folder + "/out"], ["i18n", "check", p.source], ["i18n", "merge", p.source, "en"]):
        _, err = run.expect(1, *args, "--min", "95")
        if "[po-markup]" not in err or "[min-percent]" in err:
            raise run.Failure(err)


def i18n_07_kept(run):
    """--stale keep: the old words; not for print unless it is allowed."""
    p = Project(run, "07k")
    edited(p)
    out, _ = p.merged("en", 0, "--stale", "keep")
    if 'xml:lang="ru"' in out or "Ona stoit deneg." not in out:
        raise run.Failure(out)
    build = ["build", p.source, "--lang", "en", "--stale", "keep", "-o", p.folder + "/out"]
    _, err = run.expect(1, *build)
    if "[stale-print]" not in err or os.path.exists(p.folder + "/out") and os.listdir(p.folder + "/out"):
        raise run.Failure(err)
    run.expect(0, *build, "--only", "screen,epub")
    run.expect(0, *build, "--allow-stale")
    p.edit("Она стоит больших денег.", "Она стоит<footnote><para>С тех пор.</para></footnote> больших денег.")
    run.expect(0, "i18n", "update", p.source)
    out, err = p.merged("en", 0, "--stale", "keep")  # the note would be nowhere
    if "Ona stoit deneg." in out or "Она стоит" not in out:
        raise run.Failure(out)
    hints = re.findall(r"po/en\.po:(\d+): warning: stale: .*\n +hint: --stale keep cannot keep it, .*: <footnote i=\"\d\"/> is missing", err)
    if hints != [str(p.entry("Она стоит")[1].line)]:
        raise run.Failure(err)


def i18n_07_proof(run):
    """What was kept though stale is marked in the margin of the proof, with its page and line."""
    p = Project(run, "07p")
    edited(p)
    run.expect(0, "proof", p.source, "--lang", "en", "--stale", "keep", "-o", p.folder)
    pages, _ = run.expect(0, "pages", p.source, "--lang", "en", "--stale", "keep")
    text = run.tool("pdftotext", "-bbox", p.folder + "/reka.en.proof.pdf", "-")
    words = re.findall(r'<word xMin="(\S+)" yMin="(\S+)" xMax="\S+" yMax="\S+">(.*?)</word>', text)
    said = []
    for i, (x, y, w) in enumerate(words):
        if w == "stale:":
            said.append((int(words[i + 2][2].strip(",")), int(words[i + 4][2])))
    bars = run.tool("mutool", "trace", p.folder + "/reka.en.proof.pdf").count('color=".478')
    if sum(w == "po" for x, y, w in words) < 10:
        raise run.Failure("lines of the PO file are not told from those of the XML")
    want = []
    for words in ("Ona stoit deneg", "Storozh schitaet tak", "Pervoe zdanie sgorelo"):
        page, y = next((int(m.group(1)), float(m.group(2))) for m in re.finditer(
            r'^(\d+) text content \S+ (\S+) .*"(.*)"', pages, re.M) if words in m.group(3))
        above = {float(m.group(1)) for m in re.finditer(r'^%d text (?:content|caption-label|label) \S+ (\S+) ' % page, pages, re.M)}
        want.append((page, sum(1 for a in above if a <= y)))
    if sorted(said) != sorted(want) or bars < 3:
        raise run.Failure("stale at %s, the proof says %s; %d bars" % (want, said, bars))


def i18n_08_obsolete(run):
    p = Project(run, "08")
    p.edit("<listitem><para>Нет, и вот почему: зимой дороги\u00a0нет.</para></listitem>", "")
    run.expect(0, "i18n", "update", p.source)
    if sum(e.obsolete for e in p.entries()) != 1:
        raise run.Failure("no entry became obsolete")
    line = p.change("Мы не против", "</emphasis>", "")
    p.refused(line, "<emphasis> is not closed", "reka.xml:")
    p.change("Мы не против", " reku", "</emphasis> reku")
    p.edit("Она стоит денег.", "Денег она стоит.")
    s = p.status()
    _, err = run.expect(0, "i18n", "check", p.source)
    if s["not_in_source"] != 1 or "1 not in the source" not in err or "verstka i18n update" not in err:
        raise run.Failure(err)


FAULTS = [
    ("missing end tag", "Станция", "</emphasis>:", ":", "is not closed"),
    ("raw &", "Месяц", "s", "s & co", "&amp;"),
    ("raw <", "Месяц", "s", "s < 3", "&lt;"),
    ("script", "Месяц", "s", "<script>s</script>", "<script> is not in the source"),
    ("attribute", "Самый", '<link i="1">', '<link i="1" href="x">', '"href"'),
    ("target", "Самый", '<link i="1">', '<link xlink:href="https://evil.example">', '"xlink:href"'),
    ("no number", "Самый", '<link i="1">', "<link>", "needs its number"),
    ("note gone", "Станция", '<footnote i="2"/>', "", '<footnote i="2"/> is missing'),
    ("note 7", "Станция", '<footnote i="2"/>', '<footnote i="7"/>', '<footnote i="7"> is not in the source'),
    ("note twice", "Станция", '<footnote i="2"/>', '<footnote i="2"/><footnote i="2"/>', "twice"),
    ("note with text", "Станция", '<footnote i="2"/>', '<footnote i="2">x</footnote>', "has to be empty"),
    ("one more emphasis", "Месяц", "s", "<emphasis>s</emphasis>", "<emphasis> is not in the source"),
    ("crossed", "Станция", "</emphasis>:", '<emphasis i="1">a</emphasis>:', "twice"),
    ("end without begin", "Месяц", "s", "s</emphasis>", "ends nothing"),
    ("entity", "Месяц", "s", "s&nbsp;", "&nbsp;"),
    ("control character", "Месяц", "s", "s\u0001", "U+0001"),
    ("empty emphasis", "Мы не против", "<emphasis>za</emphasis>", "<emphasis/>", "holds text in the source"),
    ("link in a link", "Самый", '<link i="1">', '<link i="1"><link i="1">', "twice"),
]


def i18n_09_markup(run):
    p = Project(run, "09")
    with open(p.po, encoding="utf-8") as f:
        whole = f.read()
    for name, start, old, new, words in FAULTS:
        with open(p.po, "w", encoding="utf-8") as f:
            f.write(whole)
        try:
            line = p.change(start, old, new)
            p.refused(line, words)
        except run.Failure as e:
            raise run.Failure("%s: %s" % (name, e))
    return "%d faults" % len(FAULTS)


def i18n_10_order(run):
    p = Project(run, "10")
    line = p.change("Станция", '<footnote i="1"/>', "@")
    p.change("Станция", '<footnote i="2"/>', '<footnote i="1"/>')
    p.change("Станция", "@", '<footnote i="2"/>')
    out, err = p.merged()
    if out.index('xml:id="fn2"') > out.index('xml:id="fn1"') or not re.search(r"po/en\.po:%d: note: .*order" % line, err):
        raise run.Failure(err)


def i18n_11_files(run):
    p = Project(run, "11")
    with open(p.po, "rb") as f:
        whole = f.read()
    ends = whole.index(b"Ona stoit") + 5
    cases = {"invalid UTF-8": (whole.replace(b"Reka u", b"Reka \xff u", 1), r"po/en\.po:\d+:\d+: error"),
             "open string": (whole.replace(b'msgstr "Reka', b'msgstr "Reka\n"', 1), r"po/en\.po:\d+(:\d+)?: error"),
             "duplicate": (whole + b'\nmsgid "\xd0\x94\xd0\xb0."\nmsgstr "No."\n', r"po/en\.po:\d+(:\d+)?: error: duplicate"),
             "cut": (whole[:ends], r"po/en\.po:\d+(:\d+)?: error"),
             "no charset": (whole.replace(b"text/plain; charset=UTF-8", b"text/plain", 1), r"po/en\.po:1: error"),
             "KOI8-R": (whole.replace(b"charset=UTF-8", b"charset=KOI8-R", 1), r"po/en\.po:1: error: charset=KOI8-R"),
             "empty": (b"", r"po/en\.po:1: error"),
             "binary": (bytes(range(256)) * 8, r"po/en\.po:\d+(:\d+)?: error")}
    for name, (data, wanted) in cases.items():
        if data == whole:
            raise run.Failure(name + ": the file was not changed")
        with open(p.po, "wb") as f:
            f.write(data)
        for command in (["i18n", "check", p.source], ["i18n", "merge", p.source, "en"]):
            out, err = run.expect(1, *command)
            if out or not re.search(wanted, err):
                raise run.Failure("%s: %s" % (name, err))
    os.remove(p.po)
    status, out, err = run.verstka("i18n", "merge", p.source, "en")
    if status not in (1, 3) or out or "en.po" not in err:
        raise run.Failure("no file: %d %s" % (status, err))
    return "%d files" % (len(cases) + 1)


def i18n_12_cleared_fuzzy(run):
    p = Project(run, "12")
    p.edit('<footnote xml:id="fn3"><para>Из письма жителей.</para></footnote>', "")
    run.expect(0, "i18n", "update", p.source)
    all_of, e = p.entry("Мы не против")
    if "fuzzy" not in e.flags:
        raise run.Failure("msgmerge did not mark it")
    e.flags.remove("fuzzy")
    po.write(p.po, all_of)
    p.refused(p.entry("Мы не против")[1].line, '<footnote i="1"> is not in the source')


def i18n_13_copied(run):
    p = Project(run, "13", fill=False)
    po.fill(p.po, lambda s: s)
    s = p.status()
    if (s["percent"], s["copied"], s["translated"]) != (0, EN_UNITS, 0):
        raise run.Failure(str(s))
    all_of, e = p.entry("ледоход")
    e.comments.insert(0, "# same: an example")
    po.write(p.po, all_of)
    if p.status()["translated"] != 1:
        raise run.Failure("what is said to be the same is not taken for translated")
    out, err = p.merged()
    if '<title xml:lang="ru">Счёт</title>' not in out or not re.search(r"po/en\.po:\d+: warning: copied", err):
        raise run.Failure(err)


def i18n_14_external_entity(run):
    text = open(SOURCE, encoding="utf-8").read().replace(' [ <!ENTITY', ' [ <!ENTITY host SYSTEM "file:///etc/hostname"> <!ENTITY')
    p = Project(run, "14", langs=(), text=text.replace("Она стоит денег.", "Она стоит &host; денег."))
    with open("/etc/hostname") as f:
        secret = f.read().strip()
    for command in (["add", p.source, "en"], ["update", p.source], ["check", p.source]):
        out, err = run.expect(1, "i18n", *command)
        if "[external-entity]" not in err or secret and secret in out + err:
            raise run.Failure(err)
    if os.path.exists(p.folder + "/po"):
        raise run.Failure("something was written: %s" % os.listdir(p.folder + "/po"))


def i18n_15_language(run):
    p = Project(run, "15")
    with open(p.po, encoding="utf-8") as f:
        text = f.read()
    with open(p.po, "w", encoding="utf-8") as f:
        f.write(text.replace('Language: en', 'Language: de'))
    _, err = run.expect(0, "i18n", "check", p.source)
    if not re.search(r"po/en\.po:1: warning: .*de", err):
        raise run.Failure(err)
    run.expect(1, "i18n", "check", p.source, "--strict")


def i18n_16_xliff(run):
    p = Project(run, "16")
    want, _ = p.merged()
    run.tool("po2xliff", "--progress=none", p.po, p.folder + "/en.xlf")
    run.tool("xliff2po", "--progress=none", p.folder + "/en.xlf", p.po)
    got, _ = p.merged()
    if got != want:
        raise run.Failure("the way through XLIFF changes the edition")


def used(run, *args):
    """Most memory [KB] and CPU time [s] of a run of the program that ends well."""
    _, _, err = run.shell(["/usr/bin/env", "python3", "-c", "import resource, subprocess, sys; subprocess.run(sys.argv[1:], "
                           "stdout=subprocess.DEVNULL, check=True); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, "
                           "resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime, file=sys.stderr)", run.program, *args])
    peak, cpu = err.strip().split("\n")[-1].split()
    return int(peak), float(cpu)


def i18n_17_large(run):
    """Sixty times the document: what takes how long is a rough bound here, that nothing grows with its square."""
    with open(SOURCE, encoding="utf-8") as f:
        text = f.read()
    start, end = text.index("  <section"), text.index("</article>")

    def number(n):
        body = re.sub(r'(xml:id|linkend)="(\w+)"', r'\1="\2-%d"' % n, text[start:end])
        return re.sub(r"(<(para|title|entry|term|phrase|primary)[^>]*>)", r"\g<1>%d " % n, body)
    p = Project(run, "17", text=text[:start] + "".join(number(n) for n in range(60)) + text[end:])
    begun = time.monotonic()
    run.expect(0, "i18n", "check", p.source)
    out, _ = p.merged()
    took = time.monotonic() - begun
    s = p.status()
    if s["percent"] != 100 or s["units"] < 1800 or took > (30 if run.sanitized else 3):
        raise run.Failure("%.1f s, %s" % (took, s))
    if run.sanitized:
        return ""
    peak, cpu = used(run, "i18n", "merge", p.source, "en")
    if peak > 50 * 1024 or cpu > 0.5:
        raise run.Failure("%s KB, %s s" % (peak, cpu))
    return "%d units, %.2f s of CPU, %d MB" % (s["units"], cpu, peak // 1024)


def damaged(data, rnd):
    """A PO file with something wrong in it, perhaps."""
    tags = [b"<", b">", b"&", b'"', b"\\", b"</emphasis>", b"<script>", b'<footnote i="1"/>', b'i=\\"2\\"', b"\n", b"msgid", b"\x00",
            b"\xff", b"#~ ", b"#, fuzzy\n", b"<emphasis>", b"&#0;", b"&#x110000;", b"msgstr", b"domain \"x\"\n", b"\xef\xbb\xbf"]
    data = bytearray(data)
    for _ in range(rnd.choice((1, 1, 2, 4, 12))):
        at = rnd.randrange(len(data))
        kind = rnd.randrange(7)
        if kind == 0:
            data[at] = rnd.randrange(256)
        elif kind == 1:
            del data[at:at + rnd.choice((1, 3, 40, 400))]
        elif kind == 2:
            data[at:at] = rnd.choice(tags)
        elif kind == 3:
            lines = bytes(data).split(b"\n")
            a, b = rnd.randrange(len(lines)), rnd.randrange(len(lines))
            lines[a], lines[b] = lines[b], lines[a]
            data = bytearray(b"\n".join(lines))
        elif kind == 4:
            data = data[:at + 1]
        elif kind == 5:
            data[at:at] = data[at:at + rnd.randrange(300)]
        else:
            data[at:at] = rnd.choice(tags) * rnd.choice((1, 50))
        if not data:
            data = bytearray(b"\n")
    return bytes(data)


def i18n_18_damaged(run):
    p = Project(run, "18")
    with open(p.po, "rb") as f:
        whole = f.read()
    refused = built = 0
    for n in range(700 if run.sanitized else 120):
        data = damaged(whole, random.Random(n))
        with open(p.po, "wb") as f:
            f.write(data)
        status, out, err = run.verstka("i18n", "merge", p.source, "en")
        try:
            if status == 0:
                ET.fromstring(out)
                built += 1
            else:
                refused += 1
            if status not in (0, 1) or (status == 1 and (out or not re.search(r"po/en\.po:\d+(:\d+)?: error: \S", err))):
                raise ValueError("exit %d, %d bytes, %s" % (status, len(out), err[-500:]))
        except (ET.ParseError, ValueError) as e:
            with open(p.folder + "/%d.po" % n, "wb") as f:
                f.write(data)
            raise run.Failure("damage %d (kept as %d.po): %s" % (n, n, e))
    if not refused or not built:
        raise run.Failure("%d refused, %d built" % (refused, built))
    return "%d refused, %d built" % (refused, built)


def i18n_19_weblate(run):
    """Weblate strips entities, wraps the text in an element and parses it; what does not parse it does not check."""
    for name, source in (("19", None), ("19-brief", "source/brief08/brief08.ru.xml")):
        if source is None:
            template = Project(run, name, fill=False).folder + "/po/reka.pot"
        else:
            template = "source/brief08/po/brief08.pot"
        marked = 0
        for e in po.read(template):
            if "<" in e.msgid:
                try:
                    ET.fromstring("<weblate>%s</weblate>" % re.sub(r"&\w+;", "", e.msgid))
                except ET.ParseError as fault:
                    raise run.Failure("%s: %s" % (e.msgid, fault))
                marked += 1
        if marked < 8:
            raise run.Failure("only %d entries with tags" % marked)


def i18n_20_locales(run):
    p = Project(run, "20", langs=("en", "de"))
    with open(p.folder + "/po/reka.pot", encoding="utf-8") as f:
        if "#. Only in editions for: de" not in f.read():
            raise run.Failure("the template does not say so")
    if "Germanii" in p.merged("en")[0] or "Germanii" not in p.merged("de")[0] or "Герман" in p.merged("ru")[0]:
        raise run.Failure("what is for Germany is elsewhere, or not there")
    if (p.status("en")["units"], p.status("de")["units"]) != (EN_UNITS, UNITS):
        raise run.Failure("units: %s" % p.status("de"))
    out, _ = run.expect(0, "pages", p.source)
    if "Герман" in out:
        raise run.Failure("set in the source's own edition")


def package_of(path):
    with zipfile.ZipFile(path) as z:
        return next(z.read(n).decode() for n in z.namelist() if n.endswith(".opf"))


def i18n_21_outputs(run):
    """Languages, identifiers and links between editions, of a source with an id and of one without."""
    for name, change in (("21", {}), ("21-no-id", {' xml:id="reka"': ""})):
        with open(SOURCE, encoding="utf-8") as f:
            text = f.read()
        for old, new in change.items():
            text = text.replace(old, new)
        p = Project(run, name, text=text)
        edited(p)
        all_of, e = p.entry("Счёт")
        header = all_of[0]
        header.msgstr += "Last-Translator: Ann Hill <ann@example.org>\n"
        po.write(p.po, all_of)
        out = p.folder + "/out"
        run.expect(0, "build", p.source, "-o", out)
        run.expect(0, "build", p.source, "--lang", "en", "--credit-translator", "-o", out)
        source, english = package_of(out + "/reka.epub"), package_of(out + "/reka.en.epub")

        def only(pattern, text):
            found = re.findall(pattern, text)
            if len(found) != 1:
                raise run.Failure("%s: %s" % (pattern, found))
            return found[0]
        uid = r'<dc:identifier id="uid">([^<]*)'
        if only(r"<dc:language>([^<]*)", english) != "en" or only(r"<dc:language>([^<]*)", source) != "ru":
            raise run.Failure("dc:language")
        if only(uid, english) == only(uid, source) or only(r'<dc:source id="source">([^<]*)', english) != only(uid, source):
            raise run.Failure("dc:source is not the source's identifier: " + english)
        work = r'"dcterms:isVersionOf">([^<]*)'
        if only(work, english) != only(work, source) or 'id="source"' in source:
            raise run.Failure("the editions are not of one work")
        if only(r'"schema:translationOfWork">([^<]*)', english) != only(uid, source):
            raise run.Failure("translationOfWork")
        if not re.search(r'<dc:contributor[^>]*>Ann Hill</dc:contributor>', english) or ">trl<" not in english:
            raise run.Failure("the translator is not named")
        run.tool("tests/tools/epubcheck", out + "/reka.en.epub")
        for kind in ("print", "screen"):
            made = {}
            for stem in ("reka", "reka.en"):
                with open("%s/%s.%s.pdf" % (out, stem, kind), "rb") as f:
                    made[stem] = f.read().decode("latin-1")
            ids = [only(r"<xmpMM:DocumentID>([^<]*)", made[stem]) for stem in ("reka", "reka.en")]
            if ids[0] == ids[1] or only(r"<dc:source>([^<]*)", made["reka.en"]) != ids[0] or "<dc:source>" in made["reka"]:
                raise run.Failure("%s: ids %s" % (kind, ids))
        run.tool("qpdf", "--qdf", "--object-streams=disable", out + "/reka.en.screen.pdf", out + "/plain.pdf")
        with open(out + "/plain.pdf", "rb") as f:
            objects = f.read().decode("latin-1").split("endobj")
        catalog = next(o for o in objects if "/Type /Catalog" in o)
        russian = [o for o in objects if "/StructElem" in o and re.search(r"/Lang \((ru|ru-RU)\)", o)]
        if not re.search(r"/Lang \(en\)", catalog) or len(russian) < 3:
            raise run.Failure("/Lang: %s; %d elements in Russian" % (re.findall(r"/Lang.*", catalog), len(russian)))
    if "xml:lang=\"ru\"" not in p.merged()[0]:
        raise run.Failure("nothing fell back")


def i18n_22_tags(run):
    p = Project(run, "22", langs=("pt_BR", "sr@latin"))
    for name, tag in (("pt_BR", "pt-BR"), ("sr@latin", "sr-Latn")):
        for lang in (name, tag):
            root = ET.fromstring(p.merged(lang)[0])
            if root.get(XML + "lang") != tag:
                raise run.Failure("%s: %s" % (lang, root.get(XML + "lang")))
    run.expect(0, "build", p.source, "--lang", "pt_BR", "--only", "epub", "-o", p.folder + "/out")
    if os.listdir(p.folder + "/out") != ["reka.pt-BR.epub"]:
        raise run.Failure(str(os.listdir(p.folder + "/out")))


def i18n_23_old_output(run):
    p = Project(run, "23")
    build = ["build", p.source, "--lang", "en", "--only", "epub,screen", "-o", p.folder + "/out"]
    run.expect(0, *build)
    before = {f: open(p.folder + "/out/" + f, "rb").read() for f in os.listdir(p.folder + "/out")}
    p.change("Месяц", "s", "<script>s</script>")
    _, err = run.expect(1, *build)
    after = {f: open(p.folder + "/out/" + f, "rb").read() for f in os.listdir(p.folder + "/out")}
    if before != after or len(before) != 2:
        raise run.Failure("files: %s, %s" % (sorted(before), sorted(after)))
    for f in before:
        if not re.search(re.escape("out/" + f) + r": warning: .*earlier run", err):
            raise run.Failure("%s looks fresh: %s" % (f, err))


def i18n_compare(run):
    """Pages of places in each edition, as its own dump of pages has them; the same as JSON, text and HTML."""
    p = Project(run, "compare", langs=("en", "de"))
    p.edit("<para>Сторож считает так:</para>", "<para>Сторож считает так:</para>" + "<para>Лёд идёт, и вода идёт. " * 1 +
           "Река поднимается и уходит, а станция стоит. " * 60 + "</para><informalfigure><mediaobject><alt>Долина</alt><imageobject>"
           '<imagedata fileref="dolina.png"/></imageobject></mediaobject></informalfigure>')
    run.expect(0, "i18n", "update", p.source)
    po.fill(p.po)
    po.fill(p.folder + "/po/de.po", lambda s: po.latin(s) if len(s) < 400 else po.latin(s)[:200])
    report = json.loads(run.expect(0, "i18n", "compare", p.source, "--json")[0])
    langs = [e["lang"] for e in report["editions"]]
    if langs != ["ru", "en", "de"]:
        raise run.Failure(str(langs))
    for lang in langs:
        dump, _ = run.expect(0, "pages", p.source, "--lang", lang)
        texts = [(int(m.group(1)), m.group(2)) for m in re.finditer(r'^(\d+) text content .*"(.*)"', dump, re.M)]
        if max(n for n, _ in texts) != next(e["pages"] for e in report["editions"] if e["lang"] == lang):
            raise run.Failure(lang + ": number of pages")
        for kind, words in (("division", "Счёт"), ("division", "Вода"), ("sidebar", "Сторож"), ("table", "Уровни за"),
                            ("pullquote", "Говорит с"), ("footnote", "Из письма")):
            place = next(x for x in report["places"] if x["kind"] == kind and words in x["title"].replace("\u00a0", " "))
            look = words if lang == "ru" else po.latin(words)
            first = next(n for n, text in texts if look in text.replace("\u00a0", " ") and (kind != "sidebar" or text == look))
            if place["page"][lang] != first:
                raise run.Failure("%s, %s %s: page %d, in the dump %d" % (lang, kind, words, place["page"][lang], first))
    if any(not x["title"] for x in report["places"]) or sum(x["kind"] == "figure" for x in report["places"]) != 2:
        raise run.Failure("a place without words: %s" % report["places"])
    if not any(x["drift"] > 0 for x in report["places"]):
        raise run.Failure("a text of twice the length moves nothing")
    for x in report["places"]:
        if x["drift"] != max(x["page"].values()) - min(x["page"].values()):
            raise run.Failure("drift: %s" % x)
    table, _ = run.expect(0, "i18n", "compare", p.source)
    if len(table.strip().split("\n")) != 4 + len(report["places"]):
        raise run.Failure(table)
    run.expect(0, "i18n", "compare", p.source, "--html", p.folder + "/compare.html")
    with open(p.folder + "/compare.html", encoding="utf-8") as f:
        page = ET.fromstring(f.read().split("\n", 1)[1])
    count = [e["pages"] for e in report["editions"]]
    if len(page.findall(".//tbody/tr")) != 3 + len(report["places"]) + max(count):
        raise run.Failure("rows of the HTML")
    thumbs = page.findall(".//{http://www.w3.org/2000/svg}svg")
    if len(thumbs) != sum(count) or any(len(t) < 3 for t in thumbs):
        raise run.Failure("%d thumbnails of %d pages" % (len(thumbs), sum(count)))
    return "%d places" % len(report["places"])


def i18n_forecast(run):
    """Filler as long as what is translated, tags and all; the same twice; the brief in English to a page."""
    p = Project(run, "forecast", langs=("en", "de"), fill=False)
    first, _ = run.expect(0, "i18n", "forecast", p.source)
    rows = {m.group(1): m.groups() for m in re.finditer(r"^(\w+) +(\d+)% +(\d+) +(\d+)   (.*)$", first, re.M)}
    if list(rows) != ["ru", "en", "de"] or any(rows[x][4] != "by rule of thumb" for x in ("en", "de")):
        raise run.Failure(first)
    if run.expect(0, "i18n", "forecast", p.source)[0] != first:
        raise run.Failure("not the same twice")
    said = json.loads(run.expect(0, "i18n", "forecast", p.source, "--json")[0])
    same = {e["lang"]: (e["length_percent"], e["pages"], e["blanks_to_4"], e["basis"]) for e in said["editions"]}
    if same != {x: (int(r[1]), int(r[2]), int(r[3]), "source" if x == "ru" else "rule-of-thumb") for x, r in rows.items()}:
        raise run.Failure("as JSON: %s" % said)
    po.fill(p.po, lambda s: po.latin(s) + " " + re.sub(r"<[^>]*>|&[a-z]+;", "", po.latin(s)))  # twice as long and more
    second, _ = run.expect(0, "i18n", "forecast", p.source)
    m = re.search(r"^en +(\d+)%% .*measured on %d units$" % EN_UNITS, second, re.M)
    if not m or not 200 <= int(m.group(1)) <= 260:
        raise run.Failure(second)
    brief = "source/brief08/brief08.ru.xml"
    said, _ = run.expect(0, "i18n", "forecast", brief)
    real = json.loads(run.expect(0, "i18n", "compare", brief, "--json")[0])
    for e in real["editions"]:
        m = re.search(r"^%s +\d+%% +(\d+) .*(measured|the source)" % e["lang"], said, re.M)
        whole = e["lang"] in ("ru", "en", "fr", "es", "zh")
        if whole and (not m or abs(int(m.group(1)) - e["pages"]) > 1):
            raise run.Failure("%s has %d pages; forecast:\n%s" % (e["lang"], e["pages"], said))


def i18n_behind(run):
    """A source that was changed and not brought to its translations does not go to press unseen."""
    p = Project(run, "behind")
    out = p.folder + "/out"
    run.expect(0, "build", p.source, "--lang", "en", "-q", "-o", out)
    p.edit("Месяц", "Весь месяц")
    for args in (["--only", "print"], ["--only", "epub", "--stale", "refuse"], ["--booklet", "--only", "print"]):
        shutil.rmtree(out, ignore_errors=True)
        _, err = run.expect(1, "build", p.source, "--lang", "en", "-q", "-o", out, *args)
        if "po-behind" not in err or os.path.exists(out):
            raise run.Failure(err)
    run.expect(0, "build", p.source, "--lang", "en", "-o", out, "--allow-stale")
    _, err = run.expect(0, "build", p.source, "--lang", "en", "-o", out, "--only", "epub")
    if "po-unknown" not in err:
        raise run.Failure(err)
    run.expect(0, "i18n", "update", p.source)
    run.expect(0, "build", p.source, "--lang", "en", "-o", out)


def i18n_folder(run):
    """A second source in the folder does not take the translations of the first; the source's language is none of them."""
    p = Project(run, "folder")
    before = open(p.po, "rb").read()
    second = p.folder + "/other.xml"
    shutil.copy(p.source, second)
    for args in (["add", second, "en"], ["add", second, "fr"], ["update", second]):
        _, err = run.expect(1, "i18n", *args)
        if "po-folder" not in err or open(p.po, "rb").read() != before:
            raise run.Failure(err)
    with open(p.folder + "/po/LINGUAS", encoding="utf-8") as f:
        if f.read() != "en\n":
            raise run.Failure("LINGUAS is not as it was")
    with open(p.folder + "/po/LINGUAS", "w", encoding="utf-8") as f:
        f.write("en\nru\n")
    _, err = run.expect(1, "build", p.source, "--all-languages", "-o", p.folder + "/out")
    if "LINGUAS" not in err or "own language" not in err:
        raise run.Failure(err)


HALF = """<article xmlns="http://docbook.org/ns/docbook" version="5.0" xml:lang="ru" xml:id="half"><info><title>Лёд</title>
<subtitle>Записки</subtitle><biblioset relation="series"><title>Статья</title><issuenum>08</issuenum></biblioset>
<bibliomisc role="motto">Голоса</bibliomisc><author><orgname>Станция на реке</orgname></author><date>2014</date>
<publisher><publishername>Издатель</publishername></publisher><copyright><year>2014</year><holder>Станция</holder></copyright>
<abstract role="description"><para>О льде.</para></abstract><keywordset><keyword>лёд</keyword></keywordset></info>
<section><title>Вода</title><para>Она идёт.</para></section><section><title>Снег</title><para>Он тает.</para></section></article>"""


def i18n_fallback(run):
    """Words of the source that stand in a translation say their language: in the masthead, the navigation and the metadata, too."""
    folder = run.folder("i18n", "fallback")
    source = folder + "/half.ru.xml"
    with open(source, "w", encoding="utf-8") as f:
        f.write(HALF)
    run.expect(0, "i18n", "add", source, "ar")
    name = folder + "/half.ar."
    run.expect(0, "build", source, "--lang", "ar", "-o", folder)
    run.tool("tests/tools/epubcheck", name + "epub")
    with zipfile.ZipFile(name + "epub") as z:
        files = {n.split("/")[-1]: z.read(n).decode() for n in z.namelist() if re.search(r"\.(xhtml|opf|ncx)$", n)}
    for f, tags in (("package.opf", ("dc:title", "dc:creator", "dc:publisher", "dc:rights", "dc:description", "dc:subject", "meta")),
                    ("nav.xhtml", ("title", "a")), ("toc.ncx", ("docTitle", "navLabel")), ("cover.xhtml", ("img",)),
                    ("001.xhtml", ("title", "p", "h1", "h2"))):
        root = ET.fromstring(files[f])
        seen = {}

        def look(e, lang):
            lang = e.get(XML + "lang", lang)
            words = e.get("alt", "") if e.tag.endswith("}img") else e.text or ""
            if re.search("[а-яё]", words):
                seen.setdefault(e.tag.split("}")[1], []).append((lang, words))
            for x in e:
                look(x, lang)
        look(root, None)
        if f == "package.opf":  # what the pages are of: a title, a name and a year in one
            seen.pop("source"), seen["meta"].pop()
        wrong = [x for v in seen.values() for x in v if x[0] != "ru"]
        if wrong or not all(t[3:] in seen if t[2:3] == ":" else t in seen or "text" in seen for t in tags):
            raise run.Failure("%s: %s, %s" % (f, wrong[:5], sorted(seen)))
    tree = run.tool("tests/tools/pdf-tree", name + "screen.pdf")
    top = tree[:tree.index("Sect")]
    if top.count('    P Lang="ru"') != 3 or not re.search(r'Document Lang="ar"', top):
        raise run.Failure(top)
    with open(name + "screen.pdf", "rb") as f:
        data = f.read().decode("utf-8", "replace")
    for field in ("title", "description"):
        if not re.search('<dc:%s><rdf:Alt><rdf:li xml:lang="x-default">([^<]*)</rdf:li><rdf:li xml:lang="ru">\\1<' % field, data):
            raise run.Failure("dc:" + field)
    run.expect(0, "preflight", "--ua", name + "screen.pdf")
    po.fill(folder + "/po/ar.po")
    run.expect(0, "build", source, "--lang", "ar", "-o", folder, "--only", "epub")
    if re.search(r'<(dc:|meta)[^>]* xml:lang', package_of(name + "epub")):
        raise run.Failure("what is translated says another language")


def i18n_none_yet(run):
    """Where LINGUAS names nothing, that and what to do is said by whatever is about all editions."""
    p = Project(run, "none", langs=())
    for args in (["i18n", "forecast"], ["i18n", "compare"], ["i18n", "status"], ["build", "--all-languages", "-o", p.folder + "/out"]):
        _, err = run.expect(0, *args[:2], p.source, *args[2:]) if args[0] == "i18n" else run.expect(0, "build", p.source, *args[1:])
        if "po/LINGUAS:1: note: " not in err or "verstka i18n add" not in err:
            raise run.Failure("%s: %s" % (args, err))


def i18n_own_language(run):
    """--lang with the source's own language is the source: its name, its bytes."""
    p = Project(run, "own")
    for name in ("reka.xml", "reka.ru.xml"):
        source = "%s/%s" % (p.folder, name)
        if source != p.source:
            shutil.copy(p.source, source)
        out, own = p.folder + "/" + name + ".out", p.folder + "/" + name + ".own"
        run.expect(0, "build", source, "-o", out)
        run.expect(0, "build", source, "--lang", "ru", "-o", own)
        files = [{f: open(x + "/" + f, "rb").read() for f in os.listdir(x)} for x in (out, own)]
        if files[0] != files[1] or name[:-4] + ".epub" not in files[0] or len(files[0]) != 4:
            raise run.Failure("%s, %s" % (sorted(files[0]), sorted(files[1])))


def i18n_usage(run):
    p = Project(run, "usage")
    for args in ([], ["frobnicate", p.source], ["add", p.source], ["add", p.source, "no language"], ["add", p.source, "ru"],
                 ["check"], ["check", p.source, "--min", "200"], ["merge", p.source], ["check", p.source, "--stale", "x"],
                 ["merge", p.source, "fr"]):
        run.expect(2, "i18n", *args)
    run.expect(2, "build", p.source, "--lang", "fr", "-o", p.folder + "/out")
    run.expect(2, "build", p.source, "--lang", "en", "--all-languages")


def i18n_all_languages(run):
    """Every edition from one run; one at fault keeps no other back, and its exit status comes through."""
    p = Project(run, "all", langs=("en", "de", "fr"))
    out = p.folder + "/out"
    args = ["build", p.source, "--all-languages", "--only", "epub", "-o", out]
    run.expect(0, *args)
    want = ["reka.de.epub", "reka.en.epub", "reka.epub", "reka.fr.epub"]
    if sorted(os.listdir(out)) != want:
        raise run.Failure(str(os.listdir(out)))
    alone = run.folder("i18n", "all-alone")
    for lang in ("de", "en", "fr"):
        run.expect(0, "build", p.source, "--lang", lang, "--only", "epub", "-o", alone)
        name = "/reka.%s.epub" % lang
        if open(out + name, "rb").read() != open(alone + name, "rb").read():
            raise run.Failure(lang + " is another edition when it is made alone")
    shutil.rmtree(out)
    p.change("Месяц", "s", "<script>s</script>")
    _, err = run.expect(1, *args)
    if sorted(os.listdir(out)) != [f for f in want if f != "reka.en.epub"] or "edition in en" not in err:
        raise run.Failure("%s\n%s" % (os.listdir(out), err))


def i18n_jobs(run):
    """Editions made side by side are those made one after the other, and so are the messages."""
    p = Project(run, "jobs", langs=("en", "de", "fr", "es"))
    seen = []
    for jobs in ("1", "4", "3"):
        out = "%s/out%s" % (p.folder, jobs)
        _, err = run.expect(0, "build", p.source, "--all-languages", "--jobs", jobs, "-o", out)
        seen.append((err.replace(out, "OUT"), {f: open(out + "/" + f, "rb").read() for f in os.listdir(out)}))
    if len(seen[0][1]) != 5 * 4 or any(s != seen[0] for s in seen):
        raise run.Failure("%d files; not the same with other numbers of jobs" % len(seen[0][1]))
    for args in (["--jobs", "0"], ["--jobs", "x"], ["--jobs", "1000"]):
        run.expect(2, "build", p.source, "--all-languages", *args)


def i18n_room(run):
    """What an edition's files were made from goes before the next edition is set; for a report it stays, and the files are the same."""
    if run.sanitized:
        raise run.Skip("of its own memory")
    folder = run.folder("i18n", "room")
    args = ["build", "source/brief08/brief08.ru.xml", "--all-languages", "--jobs", "1", "-q", "-o"]
    room, _ = used(run, *args, folder + "/a")
    kept, _ = used(run, *args, folder + "/b", "--report")
    for name in os.listdir(folder + "/a"):
        if open("%s/a/%s" % (folder, name), "rb").read() != open("%s/b/%s" % (folder, name), "rb").read():
            raise run.Failure(name + " differs")
    if kept - room < 6 * 1024:
        raise run.Failure("%d KB, and with a report %d" % (room, kept))
    return "%d MB, and with a report %d" % (room // 1024, kept // 1024)


def i18n_align(run):
    """The brief's sections begin on the same pages in every whole edition, by the named places of the PDFs; not so freely."""
    folder = run.folder("i18n", "align")
    source = folder + "/brief/brief08.ru.xml"
    shutil.copytree("source/brief08", folder + "/brief")
    langs = [lang for lang in open(folder + "/brief/po/LINGUAS").read().split() if lang != "ar"]  # begun only
    with open(folder + "/brief/po/LINGUAS", "w", encoding="utf-8") as f:
        f.write("\n".join(langs) + "\n")
    sections = re.findall(r'^  <section xml:id="([^"]+)"', open(source, encoding="utf-8").read(), re.M)

    def pages(lang, out):
        dests = run.tool("pdfinfo", "-dests", "%s/brief08.%s.screen.pdf" % (out, lang))
        at = {m.group(2): int(m.group(1)) for m in re.finditer(r'^ *(\d+) \[.*\] "([^"]+)"', dests, re.M)}
        return [at.get(s) for s in sections]

    for align in (False, True):
        out = "%s/%s" % (folder, "aligned" if align else "free")
        run.expect(0, "build", source, "--all-languages", "--only", "screen", "-o", out, *(["--align"] if align else []))
        at = {lang: pages(lang, out) for lang in ["ru"] + langs}
        if len(sections) < 6 or None in at["ru"]:
            raise run.Failure("sections %s on pages %s" % (sections, at["ru"]))
        if align != all(v == at["ru"] for v in at.values()):
            raise run.Failure("%s: %s" % ("aligned" if align else "alike without being aligned: this proves nothing", at))
    run.expect(2, "build", source, "--align")
    _, err = run.expect(1, "build", source, "--all-languages", "--only", "screen", "-o", folder + "/none", "--align=nowhere")
    if "align-place" not in err or os.path.exists(folder + "/none"):
        raise run.Failure(err)
    return " ".join(map(str, at["ru"]))


def tests():
    return [(name[5:].replace("_", " "), f) for name, f in sorted(globals().items()) if name.startswith("i18n_")]
