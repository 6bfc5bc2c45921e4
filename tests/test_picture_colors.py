"""A picture is kept for what it is, whatever it is called, in the colors that a browser shows."""

import zlib
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from media import image_intake as intake
from media.models import ClinicImage
from tests import factories
from tests.pictures import drawn, of_inks, of_one_color, photo, plain, stored, traces, wide_gamut
from tests.test_media import every_door, figure, is_upright

pytestmark = pytest.mark.usefixtures("media_of_its_own")


def kept(file):
    """The picture that an uploaded file is kept as."""
    prepared = intake.prepare_upload(file)
    prepared.seek(0)
    picture = Image.open(BytesIO(prepared.read()))
    assert Path(prepared.name).suffix == {"JPEG": ".jpg", "PNG": ".png", "GIF": ".gif", "WEBP": ".webp"}[picture.format]
    return picture


def color_of(file):
    """The color in the middle of what a file is kept as, as red, green, blue and opacity."""
    picture = kept(file).convert("RGBA")
    return picture.getpixel((picture.width // 2, picture.height // 2))


def is_close(color, expected, by=4):
    """Whether two colors are the same to the eye."""
    return all(abs(one - other) <= by for one, other in zip(color, expected, strict=False))


# --- Names ---------------------------------------------------------------------

NAMES = [
    ("HEIF", "IMG_0001.jpg", ".jpg"),
    ("HEIF", "IMG_0001.heif", ".jpg"),
    ("HEIF", "IMG_0001.HEIC", ".jpg"),
    ("JPEG", "IMG_0001.heic", ".jpg"),
    ("JPEG", "download.jfif", ".jpg"),
    ("JPEG", "download.jpe", ".jpg"),
    ("JPEG", "DSC1.JPG", ".jpg"),
    ("JPEG", "photo.png", ".jpg"),
    ("JPEG", "no extension", ".jpg"),
    ("MPO", "two eyes.mpo", ".jpg"),
    ("PNG", "screenshot.jpeg", ".png"),
    ("PNG", "screenshot.", ".png"),
    ("WEBP", "saved from the web.png", ".webp"),
    ("AVIF", "saved from the web.webp", ".jpg"),
    ("GIF", "drawing.png", ".gif"),
    ("TIFF", "scan.tif", ".png"),
    ("TIFF", "scan.jpg", ".png"),
    ("BMP", "paint.bmp", ".png"),
    ("ICO", "favicon.ico", ".png"),
    ("JPEG2000", "archive.jp2", ".jpg"),
]


@pytest.mark.parametrize(("kind", "name", "suffix"), NAMES)
def test_the_content_of_a_picture_decides_and_names_it_anew(kind, name, suffix):
    prepared = intake.prepare_upload(plain(kind, name=name))
    assert prepared.name == Path(name).stem.rstrip(".") + suffix
    assert color_of(plain(kind, size=(16, 16), name=name))[3] == 255


@every_door
@pytest.mark.parametrize("name", ["IMG_0001.jpg", "IMG_0001.png", "IMG_0001"])
def test_a_phone_picture_is_kept_by_every_door_under_whatever_name(name, door, desk):
    picture, answer = door(desk, photo("HEIF", name=name), description="A courtyard")
    assert picture, answer
    assert picture.filename == "IMG_0001.jpg"
    assert is_upright(picture.file.read())


def test_a_picture_named_for_another_kind_is_shown_to_visitors(desk, client):
    picture = ClinicImage.objects.create(title="x", description="x", file=photo("HEIF", name="IMG_0001.png"))
    page = factories.article(body=figure(picture))
    client.logout()
    assert client.get(page.url).content.count(b"<picture>") == 1


def test_only_what_its_exif_says_turns_a_picture():
    words = PngInfo()
    words.add_itxt("XML:com.adobe.xmp", '<x tiff:Orientation="6"/>')
    assert kept(plain("PNG", pnginfo=words)).size == (80, 40)
    assert kept(plain("TIFF", exif=traces(), name="scan.tif")).size == (40, 80)


# --- Depth ---------------------------------------------------------------------


def ramp(mode, step, kind="PNG", **options):
    """A scan of 256 grays, one a column, with values that are `step` apart."""
    image = Image.new("F" if mode == "F" else "I", (256, 4))
    for column in range(256):
        image.paste(column * step, (column, 0, column + 1, 4))
    if mode == "I;16B":
        image = Image.frombytes(mode, image.size, image.convert("I;16").tobytes("raw", "I;16B"))
    elif mode != image.mode:
        image = image.convert(mode)
    return stored(image, kind, **options)


RAMPS = {
    "16 bits": lambda: ramp("I;16", 257),
    "16 bits as Macs store them": lambda: ramp("I;16B", 257, "TIFF"),
    "16 bits of a scanner": lambda: ramp("I;16", 257, "TIFF", compression="tiff_lzw"),
    "32 bits": lambda: ramp("I", 2**23, "TIFF"),
    "32 bits with ordinary values": lambda: ramp("I", 1, "TIFF"),
    "fractions": lambda: ramp("F", 1 / 255, "TIFF"),
    "fractions beyond one": lambda: ramp("F", 1000, "TIFF"),
}


@pytest.mark.parametrize("make", RAMPS.values(), ids=RAMPS)
def test_a_deep_gray_scan_is_scaled_and_not_clipped(make):
    picture = kept(make()).convert("L")
    shown = [picture.getpixel((column, 2)) for column in range(256)]
    assert all(abs(gray - column) <= 1 for column, gray in enumerate(shown))
    assert (shown[0], shown[128], shown[255]) == (0, 128, 255)


@every_door
def test_a_deep_gray_scan_is_kept_by_every_door(door, desk):
    picture, answer = door(desk, ramp("I;16", 257), description="A scan")
    assert picture, answer


def test_a_deep_scan_whose_smallest_value_is_white_is_not_shown_as_its_negative():
    image = Image.new("I;16", (8, 8), 60000)
    assert color_of(stored(image, "TIFF", tiffinfo={262: 0}))[0] == 255 - round(60000 / 257)


def test_a_large_deep_scan_is_made_smaller(monkeypatch):
    monkeypatch.setattr(intake, "MAX_SIDE_PIXELS", 128)
    picture = kept(ramp("I;16B", 257, "TIFF"))
    assert picture.size == (128, 2)
    assert is_close(picture.convert("RGB").getpixel((64, 1)), (129,) * 3)


# --- Transparency ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "clear", "opaque"), [("I;16", 30000, 30001), ("L", 7, 8), ("RGB", (1, 2, 3), (1, 2, 4)), ("1", 0, 255)]
)
def test_a_color_that_stands_for_transparency_is_transparent(mode, clear, opaque):
    assert color_of(of_one_color(clear, mode, transparency=clear))[3] == 0
    assert color_of(of_one_color(opaque, mode, transparency=clear))[3] == 255


def test_transparency_stays_where_colors_are_converted():
    red = (255, 0, 0, 128)
    assert color_of(of_one_color(red, "RGBA", icc_profile=wide_gamut()))[3] == 128
    assert color_of(of_one_color((99, 128), "LA", icc_profile=wide_gamut(b"GRAY")))[3] == 128
    palette = Image.new("RGB", (8, 8), "red").quantize(2)
    assert color_of(stored(palette, transparency=palette.getpixel((4, 4)), icc_profile=wide_gamut()))[3] == 0


# --- Colors ----------------------------------------------------------------------

CLAY = (180, 100, 80)  # within all gamuts
CLAY_OF_P3 = (194, 95, 73)  # what Display P3 means by it, in sRGB
PROFILED = {
    "wide gamut in a JPEG": (lambda: of_one_color(CLAY, kind="JPEG", icc_profile=wide_gamut()), CLAY_OF_P3),
    "wide gamut in a HEIC": (lambda: of_one_color(CLAY, kind="HEIF", icc_profile=wide_gamut()), CLAY_OF_P3),
    "wide gamut in an AVIF": (lambda: of_one_color(CLAY, kind="AVIF", icc_profile=wide_gamut()), CLAY_OF_P3),
    "wide gamut in a WebP": (lambda: of_one_color(CLAY, kind="WEBP", icc_profile=wide_gamut()), CLAY_OF_P3),
    "wide gamut in a PNG": (lambda: of_one_color(CLAY, icc_profile=wide_gamut()), CLAY_OF_P3),
    "wide gamut in a palette": (
        lambda: stored(Image.new("RGB", (8, 8), CLAY).quantize(4), icc_profile=wide_gamut()),
        CLAY_OF_P3,
    ),
    "wide gamut in a TIFF": (lambda: of_one_color(CLAY, kind="TIFF", icc_profile=wide_gamut()), CLAY_OF_P3),
    "gray of a press": (lambda: of_one_color(100, "L", icc_profile=wide_gamut(b"GRAY")), (120, 120, 120)),
    "cyan ink": (lambda: of_one_color((255, 0, 0, 0), "CMYK", "JPEG", icc_profile=of_inks()), (0, 152, 219)),
    "red inks": (lambda: of_one_color((0, 255, 255, 0), "CMYK", "TIFF", icc_profile=of_inks()), (197, 2, 16)),
    "paper": (lambda: of_one_color((0, 0, 0, 0), "CMYK", "JPEG", icc_profile=of_inks()), (255, 255, 255)),
    "inks without a profile": (lambda: of_one_color((255, 0, 0, 0), "CMYK", "JPEG"), (0, 255, 255)),
    "inks with a broken profile": (
        lambda: of_one_color((0, 0, 0, 255), "CMYK", "JPEG", icc_profile=of_inks()[:200]),
        (0, 0, 0),
    ),
    "a broken profile": (lambda: of_one_color(CLAY, icc_profile=b"nonsense"), CLAY),
    "the profile of another kind": (lambda: of_one_color(CLAY, kind="JPEG", icc_profile=of_inks()), CLAY),
    "Lab": (lambda: of_one_color((140, 148, 148), "LAB", "TIFF"), (172, 118, 98)),
    "YCbCr": (lambda: stored(Image.new("RGB", (8, 8), CLAY).convert("YCbCr"), "TIFF"), CLAY),
}


@pytest.mark.parametrize(("make", "expected"), PROFILED.values(), ids=PROFILED)
def test_colors_are_those_that_a_browser_shows(make, expected):
    file = make()
    assert is_close(color_of(file), expected)
    assert "icc_profile" not in kept(file).info


def test_a_png_that_says_that_its_values_are_light_is_not_shown_too_dark():
    image = Image.new("RGB", (8, 8), (55, 55, 55))
    output = BytesIO()
    image.save(output, "PNG")
    chunk = b"gAMA" + (100_000).to_bytes(4)
    chunk = b"\0\0\0\4" + chunk + crc(chunk)
    data = output.getvalue()
    light = SimpleUploadedFile("light.png", data[:33] + chunk + data[33:])
    assert is_close(color_of(light), (127, 127, 127))


def crc(chunk):
    """The checksum that ends a chunk of a PNG."""

    return zlib.crc32(chunk).to_bytes(4)


def test_an_ordinary_picture_keeps_its_pixels():
    drawing = drawn((16, 16))
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA"):
        image = drawing.convert(mode)
        assert kept(stored(image)).convert("RGBA").tobytes() == image.convert("RGBA").tobytes(), mode
