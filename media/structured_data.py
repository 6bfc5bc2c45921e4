"""Pictures in JSON-LD."""

from delivery.json_ld import absolute, without_empty
from media.renditions import renditions


def picture_node(picture, place, caption=""):
    """`ImageObject` of a picture as it is shown at a place, with its credit; None where it cannot be shown."""
    made = [*renditions(picture, place).values()]
    if not made:
        return None
    return without_empty(
        {
            "@type": "ImageObject",
            "contentUrl": absolute(made[-1].url),
            "width": made[-1].width,
            "height": made[-1].height,
            "caption": caption,
            "creditText": picture.rights_holder,
        }
    )
