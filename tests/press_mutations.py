"""Damaged twins of a good print file: for each rule of docs/PREFLIGHT.md a small change that breaks it. A change gets the
objects as qpdf tells them (JSON, version 2) and alters some."""
import base64
import copy
import json
import os
import re
import struct


class Twin:
    def __init__(self, run, good):
        out = run.tool("qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=generalized", good)
        whole = json.loads(out)
        self.head, self.all = whole["qpdf"]
        self.head["maxobjectid"] = self.head.get("maxobjectid", len(self.all))

    def copy(self):
        return copy.deepcopy(self)

    def at(self, v):
        while isinstance(v, str) and re.fullmatch(r"\d+ \d+ R", v):
            o = self.all["obj:" + v]
            v = o["stream"]["dict"] if "stream" in o else o["value"]
        return v

    def add(self, value, data=None):
        self.head["maxobjectid"] += 1
        ref = "%d 0 R" % self.head["maxobjectid"]
        if data is None:
            self.all["obj:" + ref] = {"value": value}
        else:
            self.all["obj:" + ref] = {"stream": {"dict": value, "data": base64.b64encode(data).decode()}}
        return ref

    @property
    def trailer(self):
        return self.all["trailer"]["value"]

    @property
    def root(self):
        return self.at(self.trailer["/Root"])

    @property
    def info(self):
        return self.at(self.trailer["/Info"])

    @property
    def intent(self):
        return self.at(self.at(self.root["/OutputIntents"])[0])

    @property
    def page(self):
        """The last page: it has the pictures."""
        return [self.at(k) for k in self.kids(self.root["/Pages"])][-1]

    def kids(self, node):
        for k in self.at(node)["/Kids"]:
            if "/Kids" in self.at(k):
                yield from self.kids(k)
            else:
                yield k

    @property
    def resources(self):
        return self.at(self.page["/Resources"])

    def resource(self, kind, name, value):
        self.resources.setdefault(kind, {})
        self.at(self.resources[kind])[name] = value

    def data(self, ref, change):
        stream = self.all["obj:" + ref]["stream"]
        stream["data"] = base64.b64encode(change(base64.b64decode(stream["data"]))).decode()
        for key in ("/Filter", "/DecodeParms"):
            stream["dict"].pop(key, None)

    def content(self, change):
        self.data(self.page["/Contents"], change)

    def paint(self, operators):
        self.content(lambda c: c + b"\nq " + operators + b" Q\n")

    def xmp(self, old, new):
        def change(x):
            assert old in x, old
            return x.replace(old, new)
        self.data(self.root["/Metadata"], change)

    def image(self, **want):
        for key, o in self.all.items():
            d = o.get("stream", {}).get("dict", {}) if isinstance(o, dict) else {}
            if d.get("/Subtype") == "/Image" and all(d.get("/" + k) == v for k, v in want.items()):
                return d
        raise KeyError("no such picture: %s" % want)

    def font(self):
        return next(self.at(v) for k, v in sorted(self.at(self.resources["/Font"]).items()))

    @property
    def cid_font(self):
        return self.at(self.at(self.font()["/DescendantFonts"])[0])

    def font_file(self, change):
        descriptor = self.at(self.cid_font["/FontDescriptor"])
        (key,) = [k for k in descriptor if k.startswith("/FontFile")]
        self.data(descriptor[key], change)

    def save(self, run, to):
        with open(to + ".json", "w") as f:
            json.dump({"version": 2, "qpdf": [self.head, self.all]}, f)
        run.tool("qpdf", "--json-input", to + ".json", "--stream-data=preserve", "--object-streams=disable", "--static-id", to)
        os.remove(to + ".json")


def drop(d, *keys):
    for k in keys:
        del d[k]


def box(t, key, change):
    t.page[key] = [v + c for v, c in zip(t.at(t.page[key]), change)]


def link(t, where, **more):
    return t.add(dict({"/Type": "/Annot", "/Subtype": "/Link", "/Rect": where}, **more))


def profile(t, at, new):
    t.data(t.intent["/DestOutputProfile"], lambda p: p[:at] + new + p[at + len(new):])


def second_intent(t, **more):
    t.root["/OutputIntents"] = t.at(t.root["/OutputIntents"]) + [t.add(dict(t.intent, **more))]


def with_rights(font, rights):
    """The TrueType program with an OS/2 table that says so; tables stay where they are in order of tags."""
    (n,) = struct.unpack(">H", font[4:6])
    tables = {}
    for i in range(n):
        tag, check, offset, length = struct.unpack(">4sIII", font[12 + 16 * i:28 + 16 * i])
        tables[tag] = font[offset:offset + length]
    tables[b"OS/2"] = struct.pack(">HhHHH", 1, 500, 400, 5, rights) + bytes(76)
    out, at = struct.pack(">IHHHH", 0x10000, len(tables), 16, 0, 0), 12 + 16 * len(tables)
    for tag, data in sorted(tables.items()):
        out += struct.pack(">4sIII", tag, 0, at, len(data))
        at += len(data) + -len(data) % 4
    return out + b"".join(data + bytes(-len(data) % 4) for tag, data in sorted(tables.items()))


TINT = {"/FunctionType": 2, "/Domain": [0, 1], "/C0": [0, 0, 0, 0], "/C1": [0, 1, 0, 0], "/N": 1}
BLACK = b"0 0 0 1 k /GO gs "
TYPE = b" BT /F0 10 Tf 1 0 0 1 200 300 Tm <0001> Tj ET"

# (rule, what is done, change)
CHANGES = [
    (6, "packed by LZW", lambda t: t.add({"/Filter": "/LZWDecode"}, b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01") and
     t.resource("/XObject", "/L", "%d 0 R" % t.head["maxobjectid"])),
    (7, "data elsewhere", lambda t: t.image(ColorSpace="/DeviceCMYK").update({"/F": "u:other.tif"})),
    (7, "another picture", lambda t: t.image(ColorSpace="/DeviceCMYK").update({"/Alternates": [{"/Image": "1 0 R"}]})),
    (7, "PostScript", lambda t: t.resource("/XObject", "/P", t.add({"/Type": "/XObject", "/Subtype": "/PS"}, b"showpage"))),
    (8, "an action on opening", lambda t: t.root.update({"/OpenAction": {"/S": "/Named", "/N": "/Print"}})),
    (8, "a form to fill", lambda t: t.root.update({"/AcroForm": {"/Fields": []}})),
    (8, "a link outside", lambda t: t.page.update({"/Annots": [link(t, [0, 0, 5, 5], **{"/A": {"/S": "/URI", "/URI": "u:x:"}})]})),
    (8, "a script", lambda t: t.root.update({"/Names": {"/JavaScript": {"/Names": ["u:a", t.add({"/S": "/JavaScript", "/JS": "u:1"})]}}})),
    (9, "a file embedded", lambda t: t.root.update({"/Names": {"/EmbeddedFiles": {"/Names": []}}})),
    (9, "a file named", lambda t: t.root.update({"/X": t.add({"/Type": "/Filespec", "/F": "u:a.txt"})})),
    (10, "a print area", lambda t: t.root.update({"/ViewerPreferences": {"/PrintArea": "/TrimBox"}})),
    (12, "no XMP", lambda t: drop(t.root, "/Metadata")),
    (12, "XMP broken", lambda t: t.xmp(b"</rdf:RDF>", b"")),
    (13, "XMP of X-3", lambda t: t.xmp(b">PDF/X-4<", b">PDF/X-3<")),
    (14, "Info without", lambda t: drop(t.info, "/GTS_PDFXVersion")),
    (14, "Info of X-3", lambda t: t.info.update({"/GTS_PDFXVersion": "u:PDF/X-3:2002"})),
    (15, "trapped or not", lambda t: t.info.update({"/Trapped": "/Unknown"})),
    (15, "trapped in one", lambda t: t.info.update({"/Trapped": "/True"})),
    (16, "no date", lambda t: drop(t.info, "/CreationDate")),
    (16, "no VersionID", lambda t: t.xmp(b"xmpMM:VersionID", b"xmpMM:VersionNo")),
    (17, "two titles", lambda t: t.info.update({"/Title": "u:Another"})),
    (17, "two dates", lambda t: t.info.update({"/ModDate": "u:D:20200101000000+00'00'"})),
    (19, "no intent", lambda t: drop(t.root, "/OutputIntents")),
    (19, "two intents", lambda t: second_intent(t)),
    (19, "two profiles", lambda t: second_intent(t, **{"/S": "/GTS_PDFA1", "/DestOutputProfile": t.add({"/N": 4}, b"x")})),
    (20, "no profile", lambda t: drop(t.intent, "/DestOutputProfile")),
    (21, "of a screen", lambda t: profile(t, 12, b"mntr")),
    (21, "of RGB", lambda t: profile(t, 16, b"RGB ")),
    (21, "of ICC 5", lambda t: profile(t, 8, b"\5")),
    (21, "of nothing", lambda t: profile(t, 36, b"xxxx")),
    (22, "no condition", lambda t: drop(t.intent, "/OutputConditionIdentifier")),
    (22, "no Info", lambda t: drop(t.intent, "/Info")),
    (24, "no TrimBox", lambda t: drop(t.page, "/TrimBox")),
    (24, "no MediaBox", lambda t: (t.at(t.root["/Pages"]).update({"/MediaBox": t.page["/MediaBox"]}), drop(t.page, "/MediaBox"))),
    (24, "an ArtBox", lambda t: t.page.update({"/ArtBox": t.page["/TrimBox"]})),
    (25, "boxes crossed", lambda t: box(t, "/TrimBox", (-20, 0, 0, 0))),
    (25, "cropped", lambda t: t.page.update({"/CropBox": t.page["/TrimBox"]})),
    (26, "another size", lambda t: box(t, "/TrimBox", (10, 0, 0, 0))),
    (27, "turned", lambda t: t.page.update({"/Rotate": 90})),
    (27, "other units", lambda t: t.page.update({"/UserUnit": 2})),
    (29, "RGB painted", lambda t: t.paint(b"1 0 0 rg 200 200 50 50 re f")),
    (29, "RGB stroked", lambda t: t.paint(b"/DeviceRGB CS 1 0 0 SCN 1 w 200 200 m 250 250 l S")),
    (29, "RGB picture", lambda t: t.image(ColorSpace="/DeviceCMYK").update({"/ColorSpace": "/DeviceRGB"})),
    (29, "RGB in a palette", lambda t: t.resource("/ColorSpace", "/X", ["/Indexed", "/DeviceRGB", 1, "b:000000ffffff"])),
    (30, "CMYK by the intent", lambda t: t.resource("/ColorSpace", "/X", ["/ICCBased", t.intent["/DestOutputProfile"]])),
    (31, "an ink mixed anew", lambda t: t.resource("/ColorSpace", "/X", ["/Separation", "/PANTONE 1795 C", "/DeviceCMYK", TINT])),
    (31, "DeviceN unexplained", lambda t: t.resource("/ColorSpace", "/X", ["/DeviceN", ["/Gold"], "/DeviceCMYK", TINT])),
    (32, "every plate inside", lambda t: t.paint(b"/All cs 1 scn 200 200 50 50 re f")),
    (34, "an intent unknown", lambda t: t.paint(b"/Pretty ri")),
    (35, "no Group", lambda t: drop(t.page, "/Group")),
    (35, "glass", lambda t: (t.resource("/ExtGState", "/X", {"/ca": 0.5}), t.page.pop("/Group", None), t.paint(b"/X gs"))),
    (36, "a transfer curve", lambda t: t.resource("/ExtGState", "/X", {"/TR": "/Identity"})),
    (36, "a halftone", lambda t: t.resource("/ExtGState", "/X", {"/HT": {"/HalftoneType": 1}})),
    (37, "q too deep", lambda t: t.content(lambda c: b"q " * 29 + c + b" Q" * 29)),
    (37, "q without Q", lambda t: t.content(lambda c: b"q\n" + c)),
    (37, "Q without q", lambda t: t.content(lambda c: c + b"\nQ")),
    (38, "smoothed", lambda t: t.image(ColorSpace="/DeviceCMYK").update({"/Interpolate": True})),
    (39, "a font missing", lambda t: [t.at(d).pop(k) for d in [t.at(t.at(t.font()["/DescendantFonts"])[0])["/FontDescriptor"]]
                                      for k in list(t.at(d)) if k.startswith("/FontFile")]),
    (39, "a font whole", lambda t: t.font().update({"/BaseFont": "/Whole"})),
    (39, "Helvetica", lambda t: t.resource("/Font", "/X", {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"})),
    (40, "other widths", lambda t: t.cid_font.update({"/W": [0, 65535, 444]})),
    (40, "the usual width", lambda t: drop(t.cid_font, "/W")),
    (40, "no glyph", lambda t: t.paint(BLACK + TYPE.replace(b"<0001> Tj", rb"[(\377\376) -3 <0001>] TJ"))),
    (40, ".notdef", lambda t: t.paint(BLACK + TYPE.replace(b"<0001>", b"<0000>"))),
    (40, "no font", lambda t: t.font_file(lambda d: d[:20])),
    (42, "not to be embedded", lambda t: t.font_file(lambda d: with_rights(d, 0x0002))),
    (42, "not to be cut", lambda t: t.font_file(lambda d: with_rights(d, 0x0100))),
    (43, "coarse", lambda t: t.content(lambda c: re.sub(rb"q [\d.]+ 0 0 [\d.]+ ([\d. ]+ cm /I)", rb"q 300 0 0 300 \1", c))),
    (44, "coarse lines", lambda t: t.image(ColorSpace="/DeviceGray", Width=90).update({"/BitsPerComponent": 1})),
    (46, "a negative", lambda t: t.image(Filter="/DCTDecode").pop("/Decode")),
    (48, "a link", lambda t: t.page.update({"/Annots": [link(t, [200, 200, 250, 250])]})),
    (49, "layers", lambda t: t.root.update({"/OCProperties": {"/OCGs": [], "/D": {}}})),
    (58, "less bleed", lambda t: box(t, "/BleedBox", (3, 0, 0, 0))),
    (63, "rich black type", lambda t: t.paint(b".5 .5 .5 1 k /GO gs" + TYPE)),
    (64, "knocking out", lambda t: t.paint(b"0 0 0 1 k /GN gs" + TYPE)),
    (65, "white vanishing", lambda t: t.paint(b"0 0 0 0 k /GO gs 200 200 50 50 re f")),
    (66, "grey type", lambda t: t.paint(b"0 g" + TYPE)),
    (68, "wet", lambda t: t.paint(b"1 1 1 .5 k 200 200 50 50 re f")),
    (68, "a wet picture", lambda t: t.data(next(k[4:] for k, o in t.all.items() if k != "trailer" and "stream" in o and
                                                o["stream"]["dict"].get("/ColorSpace") == "/DeviceCMYK" and
                                                o["stream"]["dict"].get("/Width") == 96), lambda d: b"\xe0" * len(d))),
    (69, "a hair", lambda t: t.paint(b"0 0 0 1 K .1 w 200 200 m 300 200 l S")),
    (69, "a hair filled", lambda t: t.paint(b"0 0 0 1 k 200 200 100 .1 re f")),
]

# the same for PDF/X-1a
CHANGES_1A = [
    (54, "of no kind", lambda t: t.info.update({"/GTS_PDFXVersion": "u:PDF/X-1:1999"})),
    (54, "no title", lambda t: drop(t.info, "/Title")),
    (54, "layers", lambda t: t.root.update({"/OCProperties": {"/OCGs": [], "/D": {}}})),
    (54, "JPEG 2000", lambda t: t.image(Filter="/DCTDecode").update({"/Filter": "/JPXDecode"})),
    (55, "RGB", lambda t: t.paint(b"1 0 0 rg 200 200 50 50 re f")),
    (55, "calibrated", lambda t: t.resource("/ColorSpace", "/X", ["/Lab", {"/WhitePoint": [1, 1, 1]}])),
    (55, "by profile", lambda t: t.resource("/ColorSpace", "/X", ["/ICCBased", t.add({"/N": 4}, b"x" * 200)])),
    (56, "a mask", lambda t: t.image(ColorSpace="/DeviceCMYK").update({"/SMask": t.add(
        {"/Type": "/XObject", "/Subtype": "/Image", "/Width": 1, "/Height": 1, "/ColorSpace": "/DeviceGray", "/BitsPerComponent": 8},
        b"\x80")})),
    (56, "glass", lambda t: t.resource("/ExtGState", "/X", {"/ca": 0.5})),
    (56, "a group", lambda t: t.page.update({"/Group": {"/S": "/Transparency", "/CS": "/DeviceCMYK"}})),
    (47, "16 bits", lambda t: t.image(ColorSpace="/DeviceGray", Width=90).update({"/BitsPerComponent": 16})),
]


def bytes_changed(old, new):
    def change(data):
        assert old in data, old
        return data.replace(old, new, 1)
    return change


def damaged(data):
    at = data.rindex(b"startxref\n") + 10
    return data[:at] + b"7" + data[at + 1:]


# changes of the bytes themselves
CHANGES_BYTES = [
    (1, "a newer PDF", bytes_changed(b"%PDF-1.6", b"%PDF-1.7")),
    (2, "no binary comment", lambda d: d[:9] + b"%abcd\n" + d[15:]),
    (3, "no ID", bytes_changed(b"/ID [", b"/IX [")),
    (50, "a wrong offset", damaged),
]
CHANGES_BYTES_1A = [(54, "a newer PDF", bytes_changed(b"%PDF-1.4", b"%PDF-1.5"))]
