"""Screen colors: a picture of any kind as a browser would show it, in sRGB with eight bits a channel."""

from io import BytesIO
from typing import Any

from PIL import Image as PillowImage
from PIL import ImageCms, ImageMath

_SRGB = ImageCms.createProfile("sRGB")
_LAB = ImageCms.createProfile("LAB")
_SHOWN = {"1", "L", "LA", "P", "RGB", "RGBA"}
# What Pillow can only store, and what it can turn it into.
_STORED_OTHERWISE = {"La": "LA", "PA": "RGBA", "RGBa": "RGBA", "RGBX": "RGB", "YCbCr": "RGB", "HSV": "RGB"}
_INVERTED = 0  # of the TIFF tag PhotometricInterpretation: the smallest value is white
_SAMPLE_BITS, _PHOTOMETRIC = 258, 262  # TIFF tags
_USUAL_GAMMA = 0.45455  # of a PNG: that of sRGB, near enough


def with_eight_bits(picture: PillowImage.Image) -> PillowImage.Image:
    """
    The picture with eight bits a channel; CMYK and LAB stay what they are, for `in_screen_colors`.

    Deeper grays are scaled, not clipped. A color that stands for transparency becomes transparency,
    because it is another color once the picture is converted or made smaller.
    """
    key = picture.info.get("transparency")
    if picture.mode.startswith("I") or picture.mode == "F":
        gray = _scaled(picture)
        if isinstance(key, int):
            gray.putalpha(_mask(picture, key))
        return _with_profile(gray, picture)
    if picture.mode in _STORED_OTHERWISE:
        return _with_profile(picture.convert(_STORED_OTHERWISE[picture.mode]), picture)
    if key is not None and picture.mode in {"1", "L", "RGB"}:
        return _with_profile(picture.convert("RGBA"), picture)
    return picture


def in_screen_colors(picture: PillowImage.Image) -> PillowImage.Image:
    """
    The picture in sRGB, from what its color profile or the gamma of a PNG says about its colors.

    A profile that is broken, or of other colors than the picture's, counts as none: as in browsers.
    Expects what `with_eight_bits` gives. ValueError for colors that nothing shows.
    """
    profile, gamma = picture.info.get("icc_profile"), picture.info.get("gamma")
    if picture.mode == "LAB":
        return ImageCms.profileToProfile(picture, _LAB, _SRGB, outputMode="RGB")
    if picture.mode not in {*_SHOWN, "CMYK"}:
        raise ValueError(f"no known colors: {picture.mode}")
    converted = _from_profile(picture, profile) if profile else None
    if converted is None and gamma and not profile and "srgb" not in picture.info:
        converted = _from_gamma(picture, gamma)
    if converted is None:
        converted = picture.convert("RGB") if picture.mode == "CMYK" else picture
    return converted


def _with_profile(converted: PillowImage.Image, picture: PillowImage.Image) -> PillowImage.Image:
    converted.info = {name: value for name, value in picture.info.items() if name != "transparency"}
    return converted


def _scaled(picture: PillowImage.Image) -> PillowImage.Image:
    """The gray of more than eight bits in eight: black stays black, white stays white."""
    tags: Any = getattr(picture, "tag_v2", {})
    values = picture.convert("F" if picture.mode == "F" else "I")
    low, high = values.getextrema()
    if picture.mode.startswith("I;"):
        low, high = 0, 2 ** tags.get(_SAMPLE_BITS, (16,))[0] - 1
    else:
        # Nothing says what is white: the usual ends where they hold what is there, else its own.
        usual = 1 if picture.mode == "F" and high <= 1 else 255
        low, high = (0, usual) if low >= 0 and high <= usual else (low, high)
    scale = 255 / (high - low) if high > low else 1
    gray = values.point(lambda value: value * scale + (0.5 - low * scale)).convert("L")
    if tags.get(_PHOTOMETRIC) == _INVERTED:
        gray = gray.point([255 - value for value in range(256)])
    return gray


def _mask(picture: PillowImage.Image, key: int) -> PillowImage.Image:
    """Opaque wherever the gray is another than `key`."""
    return ImageMath.lambda_eval(
        lambda given: given["convert"]((given["gray"] != key) * 255, "L"), gray=picture.convert("I")
    )


def _split(picture: PillowImage.Image) -> tuple[PillowImage.Image, PillowImage.Image | None]:
    """Colors and transparency of a picture."""
    if picture.mode == "P":
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    if picture.mode in {"LA", "RGBA"}:
        return picture.convert(picture.mode[:-1]), picture.getchannel("A")
    return (picture.convert("L") if picture.mode == "1" else picture), None


def _from_profile(picture: PillowImage.Image, data: bytes) -> PillowImage.Image | None:
    """The picture converted through its color profile; None where that does not fit or is broken."""
    colors, alpha = _split(picture)
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(data))
        if profile.profile.xcolor_space.strip() != {"L": "GRAY"}.get(colors.mode, colors.mode):
            return None
        converted = ImageCms.profileToProfile(colors, profile, _SRGB, outputMode="RGB")
    except (OSError, ImageCms.PyCMSError):
        return None
    if colors.mode == "L":
        converted = converted.convert("L")
    if alpha:
        converted.putalpha(alpha)
    return converted


def _from_gamma(picture: PillowImage.Image, gamma: float) -> PillowImage.Image | None:
    """The picture of a PNG that says that its values are no ordinary ones; None where they are."""
    if abs(gamma - _USUAL_GAMMA) < 0.05:  # programs round it
        return None
    colors, alpha = _split(picture)
    curve = [round(255 * (value / 255) ** (_USUAL_GAMMA / gamma)) for value in range(256)]
    converted = colors.point(curve * len(colors.getbands()))
    if alpha:
        converted.putalpha(alpha)
    return converted
