"""Pictures as cameras make them, small."""

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
