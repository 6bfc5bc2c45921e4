"""Pictures as cameras make them, small."""

import itertools
import struct
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pillow_heif import HeifImagePlugin  # noqa: F401  (teaches Pillow to write HEIC)

CAMERA = b"Telltale Camera"
SUFFIXES = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "WEBP": "webp", "HEIF": "heic", "AVIF": "avif", "GIF": "gif"}


def drawn(size=(80, 40), mode="RGB"):
    """A picture whose left half is red and whose right half is blue."""
    width, height = size
    image = Image.new("RGB", size, "red")
    image.paste("blue", (width // 2, 0, width, height))
    return image.convert(mode)


def traces():
    """The EXIF data of a phone held upright: the camera, the clinic's coordinates, the side that is up."""
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera's right-hand side is the bottom
    exif[0x010F] = CAMERA.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (35.0, 16.0, 58.0), 3: "W", 4: (120.0, 39.0, 34.0)})
    return exif.tobytes()


def photo(kind="JPEG", size=(80, 40), mode="RGB", name=None, **options):
    """
    An uploaded file as a phone makes it: lying on its side, with GPS and camera in EXIF.

    Shown upright, its upper half is red and its lower half blue.
    """
    output = BytesIO()
    drawn(size, mode).save(output, kind, **{"exif": traces(), **options})
    return SimpleUploadedFile(name or f"IMG_0001.{SUFFIXES[kind]}", output.getvalue())


def plain(kind="PNG", size=(80, 40), mode="RGB", name=None, **options):
    """An uploaded file without any metadata."""
    output = BytesIO()
    drawn(size, mode).save(output, kind, **options)
    return SimpleUploadedFile(name or f"drawn.{SUFFIXES[kind]}", output.getvalue())


def of_one_color(color, mode="RGB", kind="PNG", name=None, **options):
    """An uploaded file of one color, such as a scanner or a program for printing makes it."""
    return stored(Image.new(mode, (8, 8), color), kind, name, **options)


def stored(image, kind="PNG", name=None, **options):
    """An image of Pillow as an uploaded file."""
    output = BytesIO()
    image.save(output, kind, **options)
    return SimpleUploadedFile(name or f"scan.{SUFFIXES.get(kind, kind.lower())}", output.getvalue())


def _profile(space, kind, tags):
    """A color profile as ICC.1 lays it out: a head of 128 bytes, a table of contents, the values."""
    table, values = b"", b""
    start = 128 + 4 + 12 * len(tags)
    for name, value in tags.items():
        table += name + struct.pack(">II", start + len(values), len(value))
        values += value + bytes(-len(value) % 4)
    head = struct.pack(">I4sI4s4s4s12x4s", start + len(values), bytes(4), 0x02400000, kind, space, b"XYZ ", b"acsp")
    if kind == b"prtr":
        head = head.replace(b"XYZ ", b"Lab ")
    white = struct.pack(">3i", *(round(value * 65536) for value in (0.9642, 1, 0.8249)))
    head = head.ljust(68, b"\0") + white
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + values


def _xyz(*values):
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in values))


def wide_gamut(space=b"RGB "):
    """The color profile of a new phone's screen (Display P3), or of grays with the gamma of a print (1.8)."""
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(256 * (2.2 if space == b"RGB " else 1.8)))
    if space == b"GRAY":
        return _profile(space, b"mntr", {b"wtpt": _xyz(0.9642, 1, 0.8249), b"kTRC": curve})
    colorants = {
        b"rXYZ": _xyz(0.51512, 0.24120, -0.00105),
        b"gXYZ": _xyz(0.29198, 0.69225, 0.04189),
        b"bXYZ": _xyz(0.15710, 0.06657, 0.78407),
    }
    curves = dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    return _profile(space, b"mntr", {b"wtpt": _xyz(0.9642, 1, 0.8249), **colorants, **curves})


def of_inks():
    """The color profile of a press: cyan ink is a dull blue, as Lab (55, -37, -50), and so on."""
    inks = [(-40, -37, -50), (-47, 74, -3), (-6, -5, 93), (-79, 0, 0)]  # what each adds to white paper, Lab (95, 0, 0)
    corners = b""
    for amounts in itertools.product((0, 1), repeat=4):
        lightness, a, b = (sum(amount * ink[at] for amount, ink in zip(amounts, inks, strict=True)) for at in range(3))
        limited = round(max(0, 95 + lightness) * 2.55), *(min(255, max(0, 128 + value)) for value in (a, b))
        corners += bytes(limited)
    straight = bytes(range(256))
    matrix = struct.pack(">9i", *(65536 * (at % 4 == 0) for at in range(9)))
    table = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0]) + matrix + straight * 4 + corners + straight * 3
    return _profile(b"CMYK", b"prtr", {b"wtpt": _xyz(0.9642, 1, 0.8249), b"A2B0": table})
