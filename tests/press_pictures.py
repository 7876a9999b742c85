"""Tests of pictures on their way to the press, pixel by pixel, judged by ImageMagick's conversions, ghostscript's plates and
poppler. Used by press.py."""
import os
import re
import struct
import zlib

import press

THEME = '<theme name="P"><page width="170mm" height="220mm"/><paragraph name="body"/><press ink-limit="%s" safe="0"/></theme>'
SIZED = ('<mediaobject><imageobject><imagedata fileref="%s" contentwidth="%s"/></imageobject><textobject><phrase>x</phrase>'
         '</textobject></mediaobject>\n')


def prepare(run, name, pictures, limit="400%"):
    """pictures: [(file, width)]; they are on the pages in this order."""
    folder = run.folder("press", name)
    with open(folder + "/theme.xml", "w") as f:
        f.write(THEME % limit)
    with open(folder + "/p.xml", "w") as f:
        f.write(press.DOCUMENT % "".join(SIZED % p for p in pictures))
    return folder


def png(path, width, height, kind, depth, pixel, profile=None, palette=None, alphas=None, across=None):
    """kind: PNG's colour type; pixel(x, y) -> samples of that depth."""
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        samples = [v for x in range(width) for v in pixel(x, y)]
        if depth == 16:
            rows += b"".join(struct.pack(">H", v) for v in samples)
        elif depth == 8:
            rows += bytes(samples)
        else:
            bits = "".join(format(v, "0%db" % depth) for v in samples)
            bits += "0" * (-len(bits) % 8)
            rows += bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))
    with open(path, "wb") as f:
        f.write(b"\x89PNG\r\n\x1a\n" + press.chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)))
        if profile:
            f.write(press.chunk(b"iCCP", b"p\0\0" + zlib.compress(profile)))
        if palette:
            f.write(press.chunk(b"PLTE", bytes(palette)))
        if alphas:
            f.write(press.chunk(b"tRNS", bytes(alphas)))
        f.write(press.chunk(b"IDAT", zlib.compress(bytes(rows))) + press.chunk(b"IEND", b""))


def grey_profile(gamma):
    """A profile of grey (ICC.1:2001) with a tone curve of one number."""
    curve = b"curv\0\0\0\0" + (struct.pack(">I", 0) if gamma == 1 else struct.pack(">IH", 1, int(gamma * 256)) + b"\0\0")
    white = b"XYZ \0\0\0\0" + struct.pack(">iii", 63190, 65536, 54061)
    name = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"grey\0" + bytes(8 + 3 + 67)
    tags, body, at = b"", b"", 128 + 4 + 36
    for tag, data in ((b"desc", name), (b"wtpt", white), (b"kTRC", curve)):
        data += bytes(-len(data) % 4)
        tags += tag + struct.pack(">II", at + len(body), len(data))
        body += data
    head = struct.pack(">I4sI4s4s4s12s4s", at + len(body), b"test", 0x02100000, b"mntr", b"GRAY", b"XYZ ", bytes(12), b"acsp")
    head += bytes(68 - len(head)) + struct.pack(">iii", 63190, 65536, 54061)
    return head + bytes(128 - len(head)) + struct.pack(">I", 3) + tags + body


def images(run, pdf):
    """[(dictionary, samples)] in the order of the pages; masks not among them."""
    objects = press.Objects(run, pdf)
    masks = {v["/SMask"] for v in objects.values() if "/SMask" in v}
    found = {}
    for key, o in objects.all.items():
        d = o.get("stream", {}).get("dict", {}) if key != "trailer" else {}
        if d.get("/Subtype") == "/Image" and key[4:] not in masks:
            found[key[4:]] = d
    named = next(v["/XObject"] for v in objects.values() if isinstance(v.get("/XObject"), dict) and "/I0" in v["/XObject"])
    data = dict((id(d), s) for d, s in objects.streams("/Image"))
    refs = sorted((k for k in named if re.match(r"/I\d", k)), key=lambda k: int(k[2:]))
    return [(found[named[k]], data[id(found[named[k]])]) for k in refs]


def by_magick(run, path, *options):
    """The picture in the condition's inks by another program, 255 = full."""
    to = path + ".raw"
    run.tool("convert", path, "-alpha", "off", "-intent", "relative", "-black-point-compensation", *options, "-profile",
             press.CMYK, "-depth", "8", "cmyk:" + to)
    with open(to, "rb") as f:
        return f.read()


def farthest(a, b):
    return max(abs(x - y) for x, y in zip(a, b)) if len(a) == len(b) else 999


def ramp(x, y):
    return (x * 8, y * 8, 255 - x * 4)


def press_pictures_of_every_kind(run):
    """Of 1 to 16 bits, with palette, alpha and profile: in the condition's inks as another program makes them."""
    srgb, wide = press.PROFILES + "srgb.icc", press.PROFILES + "a98.icc"
    press.need(run, press.CMYK, srgb, wide)
    with open(wide, "rb") as f:
        adobe = f.read()
    names = ["rgb8", "rgb16", "tagged", "palette", "glass8", "glass16", "grey8", "grey16", "greyglass", "bits", "seethrough"]
    folder = prepare(run, "kinds", [(n + ".png", "2.5mm") for n in names] + [("cmyk.jpg", "25mm")])
    at = folder + "/%s.png"
    png(at % "rgb8", 32, 32, 2, 8, ramp)
    png(at % "rgb16", 32, 32, 2, 16, lambda x, y: [v * 257 for v in ramp(x, y)])
    png(at % "tagged", 32, 32, 2, 8, ramp, adobe)
    png(at % "palette", 32, 32, 3, 4, lambda x, y: (x // 2,), palette=[v * 15 % 256 for v in range(48)])
    png(at % "glass8", 32, 32, 6, 8, lambda x, y: ramp(x, y) + (x * 8,))
    png(at % "glass16", 32, 32, 6, 16, lambda x, y: [v * 257 for v in ramp(x, y)] + [x * 2056])
    png(at % "grey8", 32, 32, 0, 8, lambda x, y: (x * 8,))
    png(at % "grey16", 32, 32, 0, 16, lambda x, y: (x * 2056,))
    png(at % "greyglass", 32, 32, 4, 8, lambda x, y: (x * 8, y * 8))
    png(at % "bits", 64, 64, 0, 1, lambda x, y: ((x + y) // 3 % 2,))
    png(at % "seethrough", 32, 32, 3, 1, lambda x, y: (x // 16,), palette=[200, 30, 40, 0, 90, 200], alphas=[255, 0])
    with open("tests/docs/images/cmyk.jpg", "rb") as f, open(folder + "/cmyk.jpg", "wb") as out:
        out.write(f.read())
    pdf, err = press.build(run, folder)
    out, err = run.expect(0, "preflight", pdf, "--ink-limit=400%")
    found = dict(zip(names + ["cmyk"], images(run, pdf)))
    if len(found) != 12:
        raise run.Failure("%d pictures" % len(found))
    for name, (d, data) in found.items():
        kind = ("/DeviceGray" if name.startswith(("grey", "bits")) else "/DeviceCMYK", 1 if name == "bits" else 8,
                "glass" in name or name == "seethrough")
        if (d["/ColorSpace"], d["/BitsPerComponent"], "/SMask" in d) != kind:
            raise run.Failure("%s: %s" % (name, d))
    for name in ("rgb8", "rgb16", "tagged", "palette", "glass8", "glass16"):
        other = by_magick(run, at % name, "-profile", wide if name == "tagged" else srgb)
        if farthest(found[name][1], other) > 5:
            raise run.Failure("%s: %d levels from ImageMagick's" % (name, farthest(found[name][1], other)))
    if farthest(found["rgb8"][1], found["tagged"][1]) < 20 or farthest(found["rgb8"][1], found["rgb16"][1]) > 1:
        raise run.Failure("the profile changes nothing, or 16 bits do")
    greys = bytes(x * 8 for x in range(32))
    if found["grey8"][1][:32] != greys or farthest(found["grey16"][1][:32], greys) > 1 or found["greyglass"][1][:32] != greys:
        raise run.Failure("greys without a profile have changed")
    if found["bits"][1][:8] != bytes(int("".join(str((x + b * 8) // 3 % 2) for x in range(8)), 2) for b in range(8)):
        raise run.Failure("bits: %s" % found["bits"][1][:8].hex())
    listed = run.tool("pdfimages", "-list", pdf)
    if re.search(r"\b(rgb|icc)\b", listed) or len(re.findall(r"\bcmyk\b", listed)) != 8:
        raise run.Failure(listed)
    flat, err = press.build(run, folder, "--pdfx=1a")
    run.expect(0, "preflight", flat, "--ink-limit=400%")
    if re.search(r"\b(smask|rgb|icc)\b", run.tool("pdfimages", "-list", flat)):
        raise run.Failure("PDF/X-1a: " + run.tool("pdfimages", "-list", flat))
    return "%d kinds" % len(found)


def press_pictures_of_grey(run):
    """Grey with a profile is as light as that says, of black ink alone; without one it stays as it is."""
    press.need(run, press.CMYK)
    folder = prepare(run, "greys", [(n + ".png", "3mm") for n in ("linear", "plain", "wide")])
    # 55 of a linear grey is as light as 128 of sRGB
    png(folder + "/linear.png", 40, 40, 0, 8, lambda x, y: (0 if x < 8 else 55 if x < 32 else 255,), grey_profile(1))
    png(folder + "/plain.png", 40, 40, 0, 8, lambda x, y: (55,))
    png(folder + "/wide.png", 40, 40, 2, 8, lambda x, y: (128, 128, 128))
    pdf, err = press.build(run, folder)
    if "image-profile" in err:
        raise run.Failure(err)
    linear, plain, wide = images(run, pdf)
    if {d["/ColorSpace"] for d, s in (linear, plain, wide)} != {"/DeviceGray"} or set(plain[1]) != {55}:
        raise run.Failure("%s" % [(d["/ColorSpace"], s[:40].hex()) for d, s in (linear, plain, wide)])
    row = linear[1][:40]
    if row[0] != 0 or row[39] != 255 or abs(row[20] - wide[1][0]) > 3 or not 90 < row[20] < 150:
        raise run.Failure("linear grey: %s, sRGB: %d" % (row.hex(), wide[1][0]))
    # what that tint looks like on this paper, by another program: the grey that was meant
    with open(folder + "/tint.raw", "wb") as f:
        f.write(bytes((0, 0, 0, 255 - row[20])) * 4)
    seen = run.tool("convert", "-size", "2x2", "-depth", "8", "cmyk:" + folder + "/tint.raw", "-intent", "relative",
                    "-black-point-compensation", "-profile", press.CMYK, "-profile", press.PROFILES + "srgb.icc", "-depth", "8", "txt:-")
    grey = [int(v) for v in re.search(r"\((\d+),(\d+),(\d+)", seen).groups()]
    if max(abs(v - 128) for v in grey) > 14:
        raise run.Failure("looks like %s" % grey)
    run.expect(0, "build", folder + "/p.xml", "-o", folder + "/out", "--only", "screen")
    linear, plain, wide = images(run, folder + "/out/p.screen.pdf")
    if abs(linear[1][20] - 128) > 2 or set(plain[1]) != {55} or set(wide[1]) != {128}:
        raise run.Failure("on the screen: %d %d %d" % (linear[1][20], plain[1][0], wide[1][0]))


def press_pictures_too_fine(run):
    """Photographs over 450 pixels an inch where they are largest come down to 300, drawings of one bit do not."""
    press.need(run, press.CMYK)
    names = [("fine.png", "10.16mm"), ("twice.png", "10mm"), ("twice.png", "20mm"), ("right.png", "20mm"), ("line.png", "10mm"),
             ("glass.png", "10mm")]
    folder = prepare(run, "fine", names)
    png(folder + "/fine.png", 480, 240, 2, 8, lambda x, y: (255, 0, 0) if x % 2 else (0, 0, 255))
    png(folder + "/twice.png", 300, 300, 2, 8, lambda x, y: (x % 256, y % 256, 90))
    png(folder + "/right.png", 340, 100, 2, 8, lambda x, y: (x % 256, 20, 200))
    png(folder + "/line.png", 480, 480, 0, 1, lambda x, y: (x // 4 % 2,))
    png(folder + "/glass.png", 400, 400, 6, 8, lambda x, y: (0, 255, 0, 255) if x < 198 else (255, 0, 0, 0))
    pdf, err = press.build(run, folder)
    fine, twice, right, line, glass = images(run, pdf)
    sizes = [(d["/Width"], d["/Height"]) for d, s in (fine, twice, right, line, glass)]
    if sizes != [(120, 60), (300, 300), (340, 100), (480, 480), (118, 118)]:
        raise run.Failure("sizes: %s" % sizes)
    # red and blue in turn become one purple; no red of what is transparent gets into the green
    other = purple(run, folder)
    middle = fine[1][4 * 60:4 * 61]
    if farthest(middle, other) > 6 or farthest(fine[1][4 * 60:4 * 70], middle * 10) > 40:
        raise run.Failure("mean: %s, not %s" % (middle.hex(), other.hex()))
    row = glass[1][:4 * 118]
    if farthest(row[:4], row[4 * 58:4 * 59]) > 1:
        raise run.Failure("what is transparent shows: %s %s" % (row[:4].hex(), row[4 * 58:4 * 59].hex()))
    run.expect(0, "preflight", pdf, "--ink-limit=400%")
    run.expect(0, "build", folder + "/p.xml", "-o", folder + "/out", "--only", "screen")
    if images(run, folder + "/out/p.screen.pdf")[0][0]["/Width"] != 480:
        raise run.Failure("the screen edition lost pixels")


def purple(run, folder):
    png(folder + "/purple.png", 1, 1, 2, 8, lambda x, y: (128, 0, 128))
    return by_magick(run, folder + "/purple.png", "-profile", press.PROFILES + "srgb.icc")


def press_pictures_too_coarse(run):
    """Said at the line when built, and with the rule's number by preflight."""
    press.need(run, press.CMYK)
    folder = prepare(run, "coarse", [("photo.png", "40mm"), ("soft.png", "10mm"), ("line.png", "10mm"), ("good.png", "10mm")])
    png(folder + "/photo.png", 100, 50, 2, 8, ramp_of_100)
    png(folder + "/soft.png", 90, 90, 2, 8, ramp_of_100)
    png(folder + "/line.png", 200, 200, 0, 1, lambda x, y: (x % 2,))
    png(folder + "/good.png", 120, 120, 0, 8, lambda x, y: (x * 2,))
    pdf, err = press.build(run, folder)
    out, judged = run.expect(1, "preflight", pdf)
    for line, name, what in ((4, "photo", "63 pixels an inch: print asks for 300, under 200 is sent back"),
                             (5, "soft", "229 pixels an inch: print asks for 300, under 250 is soft"),
                             (6, "line", "508 pixels an inch: print asks for 1200, under 600 is sent back")):
        if not re.search(r"p\.xml:%d:\d+: warning: picture %s\.png has %s \[image-resolution\]" % (line, name, what), err):
            raise run.Failure("not said of line %d: %s" % (line, err))
        if what[what.index(" "):] not in judged:
            raise run.Failure("preflight has other words than \"%s\": %s" % (what, judged))
    if err.count("[image-resolution]") != 3:
        raise run.Failure(err)
    err = judged
    told = sorted(re.findall(r"(error|warning): (P-\d+)", err))
    if told != [("error", "P-43"), ("error", "P-44"), ("warning", "P-43")]:
        raise run.Failure(err)
    run.expect(1, "check", folder + "/p.xml", "--strict")


def ramp_of_100(x, y):
    return (x * 2, y * 2, 128)


def press_ink_on_plates(run):
    """By ghostscript: no square millimetre over the limit, and around the pictures black ink alone."""
    press.need(run, press.CMYK)
    folder = prepare(run, "plates", [("wet.png", "30mm"), ("night.jpg", "30mm")], "240%")
    png(folder + "/wet.png", 300, 300, 2, 8, lambda x, y: (x // 30, y // 30, 12))
    run.tool("convert", "-size", "300x300", "gradient:#200010-#000020", "-quality", "95", folder + "/night.jpg")
    pdf, err = press.build(run, folder, "--no-marks")
    dpi = 127  # five pixels a millimetre
    run.tool("gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-r%d" % dpi, "-dFirstPage=1", "-dLastPage=1", "-sDEVICE=tiff32nc", "-o",
             folder + "/page.tif", pdf)
    width, height, data = press.pixels(folder + "/page.tif")
    most, coloured, black = 0, set(), 0
    for y in range(0, height - 5, 5):
        for x in range(0, width - 5, 5):
            patch = [data[((y + j) * width + x + i) * 4:((y + j) * width + x + i) * 4 + 4] for j in range(5) for i in range(5)]
            ink = sum(map(sum, patch)) / 25 / 255
            most = max(most, ink)
            if any(p[0] or p[1] or p[2] for p in patch):
                coloured.add((x // 5, y // 5))
            elif ink > 0:
                black += 1
    if not 2.2 < most <= 2.41:
        raise run.Failure("%.0f %% of ink" % (most * 100))
    if black < 100 or not 2 * 29 * 29 <= len(coloured) <= 2 * 32 * 32:
        raise run.Failure("%d square millimetres of black alone, %d in colours" % (black, len(coloured)))
    return "%.0f %%" % (most * 100)
