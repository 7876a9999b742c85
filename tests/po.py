"""PO files for the tests, read and written by rules of its own: no library that verstka uses has a hand in it."""
import re

ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "r": "\r"}
LATIN = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya".split()))


class Entry:
    """One entry; line is that of "msgid" in the file it was read from."""

    def __init__(self):
        self.comments, self.flags, self.line, self.obsolete = [], [], 0, False
        self.previous, self.msgid, self.msgstr = None, "", ""


def unquote(s):
    return re.sub(r"\\(.)", lambda m: ESCAPES[m.group(1)], s[1:-1])


def quote(s):
    return '"%s"' % s.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")


def read(path):
    entries, now, field = [], Entry(), None
    with open(path, encoding="utf-8") as f:
        for n, line in enumerate(f.read().split("\n") + [""], 1):
            old = line.startswith("#~")
            text = line[2:].strip() if old else line.strip()
            if not text:
                if now.line:
                    entries.append(now)
                now, field = Entry(), None
            elif text.startswith("#,"):
                now.flags += [x.strip() for x in text[2:].split(",")]
            elif text.startswith(("#|", "|")):
                m = re.search(r'"(\\.|[^"\\])*"', text)
                now.previous = (now.previous or "") + unquote(m.group())
            elif text.startswith("#"):
                now.comments.append(text)
            else:
                m = re.match(r'(msgid|msgstr)?\s*("(?:\\.|[^"\\])*")$', text)
                if m.group(1):
                    field = m.group(1)
                    now.obsolete = old
                    if field == "msgid":
                        now.line = n
                setattr(now, field, getattr(now, field) + unquote(m.group(2)))
    return entries


def write(path, entries):
    with open(path, "w", encoding="utf-8") as f:
        for e in entries:
            mark = "#~ " if e.obsolete else ""
            f.write("".join(c + "\n" for c in e.comments))
            if e.flags:
                f.write("#, %s\n" % ", ".join(e.flags))
            if e.previous is not None:
                f.write("#%s| msgid %s\n" % ("~" if e.obsolete else "", quote(e.previous)))
            f.write("%smsgid %s\n%smsgstr %s\n\n" % (mark, quote(e.msgid), mark, quote(e.msgstr)))


def latin(text):
    """The text in Latin letters, its tags as they are: a translation that is none, but is not the source's words."""
    def letters(s):
        return "".join(LATIN.get(c) or (LATIN[c.lower()].capitalize() if c.lower() in LATIN else c) for c in s)
    return "".join(p if p.startswith(("<", "&")) else letters(p) for p in re.split(r"(<[^>]*>|&\w+;)", text))


def fill(path, how=latin):
    """Translates every entry of a file that is not obsolete. Returns how many."""
    entries = read(path)
    for e in entries:
        if e.msgid and not e.obsolete:
            e.msgstr = how(e.msgid)
            e.flags, e.previous = [x for x in e.flags if x != "fuzzy"], None
    write(path, entries)
    return sum(1 for e in entries if e.msgid and not e.obsolete)
