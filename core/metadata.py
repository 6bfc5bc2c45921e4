"""Removes what a camera wrote into a picture: place, time, device."""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image as PillowImage
from PIL import ImageOps, UnidentifiedImageError

# Kept because a picture looks wrong without it; says nothing of who or where.
_HARMLESS = ("icc_profile", "transparency", "duration", "loop", "background")


def without_metadata(file):
    """
    A copy of an uploaded picture without EXIF, XMP, IPTC, comments or embedded previews.

    Orientation is applied to the pixels first, so that nothing turns on its side. The name
    stays. Raises ValidationError for a file that is no whole picture.
    """
    file.seek(0)
    try:
        picture = PillowImage.open(file)
        picture_format = picture.format
        frames = getattr(picture, "n_frames", 1)
        kept = {key: picture.info[key] for key in _HARMLESS if picture.info.get(key) is not None}
        if frames == 1:
            picture = ImageOps.exif_transpose(picture)
        else:
            kept["save_all"] = True
        picture.load()
    except (
        OSError,
        SyntaxError,
        ValueError,
        UnidentifiedImageError,
        PillowImage.DecompressionBombError,
    ) as error:
        raise ValidationError("This file is damaged or is no picture. Please upload it again.") from error
    # Pillow writes what it read back from `info` unless it is emptied.
    picture.info = {}
    if picture_format in {"JPEG", "MPO"}:
        picture_format, kept["quality"], kept["exif"] = "JPEG", 92, b""
    elif picture_format == "WEBP":
        kept.update(quality=90, exif=b"", xmp=b"")
    elif picture_format in {"AVIF", "HEIF"}:
        kept.update(quality=85, exif=b"", xmp=b"")
    output = BytesIO()
    picture.save(output, picture_format, **kept)
    return ContentFile(output.getvalue(), name=file.name)
