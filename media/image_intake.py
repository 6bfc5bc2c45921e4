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

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image as PillowImage
from PIL import ImageOps
from willow import image as willow
from willow.registry import registry

logger = logging.getLogger(__name__)
# No place shows more; larger originals would be decoded whole for every size that is made of them.
MAX_SIDE_PIXELS = 4096  # pixels
# Kept as JPEG: making a large HEIC again takes a minute and a gigabyte.
_PHOTOGRAPHS = {"JPEG", "MPO", "HEIF", "AVIF"}
_SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "GIF": ".gif", "WEBP": ".webp"}
_MODES = {"1", "L", "LA", "P", "RGB", "RGBA"}
_RASTER = [
    willow.JPEGImageFile,
    willow.PNGImageFile,
    willow.GIFImageFile,
    willow.WebPImageFile,
    willow.HeicImageFile,
    willow.AvifImageFile,
]
DAMAGED = "This file is damaged or is no picture. Please upload it again, or save it anew first."
TOO_LARGE = "This picture has far too many pixels. Please make it smaller first."
UNUSUAL = "The colors of this picture are stored in an unusual way. Please save it as an ordinary JPEG or PNG first."


def prepare_upload(file):
    """
    A copy of an uploaded picture as the site keeps it: a ContentFile, made once a file.

    One upright frame, at most MAX_SIDE_PIXELS long, without EXIF, XMP, comments or embedded
    previews; its color profile stays, because a picture looks wrong without. The suffix of its
    name follows its format. ValidationError, fit for a form, for what is no whole picture.
    """
    if not hasattr(file, "_prepared"):
        file._prepared = _prepared(file)
        file._prepared._prepared = file._prepared
    return file._prepared


def _prepared(file):
    with _in_plain_words():
        file.seek(0)
        picture = PillowImage.open(file)
        source_format, profile = picture.format, picture.info.get("icc_profile")
        if picture.mode == "CMYK":
            picture, profile = picture.convert("RGB"), None
        if picture.mode not in _MODES:
            raise ValidationError(UNUSUAL)
        if max(picture.size) > MAX_SIDE_PIXELS:
            if picture.mode in {"1", "P"}:
                picture = picture.convert("RGBA")
            picture.thumbnail((MAX_SIDE_PIXELS, MAX_SIDE_PIXELS), reducing_gap=2)
        # A copy: one frame, and nothing of the file that it came from but its pixels.
        picture = ImageOps.exif_transpose(picture)
        # Pillow writes back what it finds in `info`.
        transparency, picture.info = picture.info.get("transparency"), {}
        if source_format not in _PHOTOGRAPHS:
            kept_format = source_format
        else:
            kept_format = "WEBP" if picture.mode in {"LA", "P", "RGBA"} else "JPEG"
        kept = {"icc_profile": profile, "transparency": transparency}
        if kept_format in {"JPEG", "WEBP"}:
            kept["quality"] = 92
        output = BytesIO()
        picture.save(output, kept_format, **{name: value for name, value in kept.items() if value is not None})
    return ContentFile(output.getvalue(), name=str(Path(file.name).with_suffix(_SUFFIXES[kept_format])))


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
