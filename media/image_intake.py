"""
Image intake: how an uploaded picture is converted before the site keeps it.

Staff upload what their phone or camera made: with the place and time it was taken, on its side,
in formats no browser shows, far larger than any screen. What is kept has none of that.
"""

import logging
import warnings
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image as PillowImage
from PIL import ImageOps, UnidentifiedImageError
from willow import image as willow
from willow.registry import registry

from media.screen_colors import in_screen_colors, with_eight_bits

logger = logging.getLogger(__name__)
# No place shows more; larger originals would be decoded whole for every size that is made of them.
MAX_SIDE_PIXELS = 4096  # pixels
# What comes in, whatever its name says, and what it is kept as. Kept as JPEG: making a large HEIC
# again takes a minute and a gigabyte. What loses nothing so far loses nothing here.
_KEPT_AS = {
    "AVIF": "JPEG",
    "BMP": "PNG",
    "DIB": "PNG",
    "GIF": "GIF",
    "HEIF": "JPEG",
    "ICO": "PNG",
    "JPEG": "JPEG",
    "JPEG2000": "JPEG",
    "MPO": "JPEG",
    "PNG": "PNG",
    "TIFF": "PNG",
    "WEBP": "WEBP",
}
_READ = [kind for kind in _KEPT_AS if kind != "MPO"]  # that is a JPEG to Pillow until it is open
_SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "GIF": ".gif", "WEBP": ".webp"}
_WITH_ALPHA = {"LA", "P", "RGBA"}
_RASTER = [
    willow.JPEGImageFile,
    willow.PNGImageFile,
    willow.GIFImageFile,
    willow.WebPImageFile,
    willow.HeicImageFile,
    willow.AvifImageFile,
]
DAMAGED = (
    "This file is damaged, or saved in an unusual way. Please upload it again, or open it and save it as a JPEG or PNG."
)
TOO_LARGE = "This picture has far too many pixels. Please make it smaller first."
UNREADABLE = (
    "Not a supported image format, or a damaged file. Please upload it again, or export it as a JPEG or PNG first."
)


def prepare_upload(file):
    """
    A copy of an uploaded picture as the site keeps it: a ContentFile, made once a file.

    What it is decides, not what it is called. One upright frame, at most MAX_SIDE_PIXELS long, in
    sRGB with eight bits a channel, without EXIF, XMP, comments or embedded previews. The suffix of
    its name follows its format. ValidationError, fit for a form, for what is no whole picture.
    """
    if not hasattr(file, "_prepared"):
        file._prepared = _prepared(file)
        file._prepared._prepared = file._prepared
    return file._prepared


def _prepared(file):
    with _in_plain_words():
        picture = _opened(file)
        kept_format = _KEPT_AS[picture.format]
        picture = with_eight_bits(picture)
        if max(picture.size) > MAX_SIDE_PIXELS:
            if picture.mode in {"1", "P"}:
                picture = picture.convert("RGBA")
            picture.thumbnail((MAX_SIDE_PIXELS, MAX_SIDE_PIXELS), reducing_gap=2)
        for xmp in ("xmp", "XML:com.adobe.xmp"):  # browsers turn a picture by its EXIF alone
            picture.info.pop(xmp, None)
        picture = in_screen_colors(ImageOps.exif_transpose(picture))
        # Pillow writes back what it finds in `info`.
        transparency, picture.info = picture.info.get("transparency"), {}
        kept = {} if transparency is None else {"transparency": transparency}
        if kept_format == "JPEG" and picture.mode in _WITH_ALPHA:
            kept_format = "WEBP"
        elif kept_format == "GIF" and picture.mode not in {"1", "L", "P"}:
            kept_format = "PNG"
        if kept_format in {"JPEG", "WEBP"}:
            kept["quality"] = 92
        output = BytesIO()
        picture.save(output, kept_format, **kept)
    return ContentFile(output.getvalue(), name=_name(file.name, _SUFFIXES[kept_format]))


def _opened(file):
    """The picture in a file, not yet decoded; ValidationError for what is no picture or has too many pixels."""
    file.seek(0)
    try:
        picture = PillowImage.open(file, formats=_READ)
    except UnidentifiedImageError as error:
        raise ValidationError(UNREADABLE) from error
    if picture.width * picture.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise ValidationError(TOO_LARGE)
    return picture


def _name(name, suffix):
    """The name of an uploaded file with the suffix of what it now is."""
    path = Path(name)
    return str(path.with_name((path.stem.strip(". ") or "picture") + suffix))


@contextmanager
def _in_plain_words():
    """Within it, whatever a decoder raises becomes a ValidationError that staff understand."""
    try:
        yield
    except ValidationError:
        raise
    except (PillowImage.DecompressionBombError, PillowImage.DecompressionBombWarning) as error:
        raise ValidationError(TOO_LARGE) from error
    except Exception as error:
        # Decoders raise anything at all for a broken file.
        logger.info("A picture was refused: %r", error)
        raise ValidationError(DAMAGED) from error


def _size(picture):
    """
    The size of a picture from the first bytes of its file.

    Willow's own answer decodes the whole picture: a bomb went off in the check against bombs,
    and a truncated file raised there, outside of any form's messages.
    """
    with _in_plain_words():
        picture.f.seek(0)
        size = PillowImage.open(picture.f).size
        picture.f.seek(0)
        return size


def limit_decoding():
    """Make Pillow and Willow refuse pictures that would exhaust memory; called once when the app is ready."""
    # Pillow only warns of pictures up to twice its limit, and decodes them.
    warnings.simplefilter("error", PillowImage.DecompressionBombWarning)
    for kind in _RASTER:
        registry.register_operation(kind, "get_size", _size)
        registry.register_operation(kind, "get_frame_count", lambda picture: 1)
