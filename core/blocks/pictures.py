"""The block of a picture with its caption, and how the pictures of many texts are read at once."""

import copy
from contextlib import contextmanager
from contextvars import ContextVar

from wagtail import blocks
from wagtail.images.blocks import ImageBlock, ImageBlockComparison, ImageChooserBlock

from media.renditions import filters

_prefetched = ContextVar("prefetch_images", default=None)


class PictureChooserBlock(ImageChooserBlock):
    """Finds the pictures of a whole text, with their sizes, in two queries."""

    def bulk_to_python(self, values):
        found = _prefetched.get()
        if found is None:
            found = self._find(values)
        # A picture that stands in two places has words of its own in each: no instance is shared.
        return [copy.copy(found.get(pk)) for pk in values]

    def _find(self, ids):
        return self.model_class.objects.prefetch_renditions(*filters("figure")).in_bulk([pk for pk in ids if pk])


class PictureComparison(ImageBlockComparison):
    """Compares versions whose picture has been deleted since, too; Wagtail's fails there."""

    def htmlvalue(self, val):
        return super().htmlvalue(self.block._image_to_struct_value(None) if val is None else val)


class PictureBlock(ImageBlock):
    """
    A picture with its words for people who do not see it, or the decision that it needs none.

    The editor fills in the picture's own description. As long as nobody has changed it here it is not stored, so that
    it follows the picture: a new file, or better words, are not contradicted on the pages that show it.
    """

    def __init__(self, required=True, **kwargs):
        super().__init__(required=required, **kwargs)
        chooser = PictureChooserBlock(required=required, label="Picture")
        chooser.set_name("image")
        self.child_blocks["image"] = chooser

    def _struct_value_to_image(self, struct_value):
        image = super()._struct_value_to_image(struct_value)
        if image and not image.decorative and not image.contextual_alt_text:
            image.contextual_alt_text = image.default_alt_text
        return image

    def get_prep_value(self, value):
        stored = super().get_prep_value(value)
        if value and not value.decorative and value.contextual_alt_text == value.default_alt_text:
            stored["alt_text"] = ""
        return stored

    def get_comparison_class(self):
        return PictureComparison


@contextmanager
def prefetch_images(bodies):
    """Within it, reading any of `bodies` costs no query for pictures: all are found at once."""
    ids = {
        block["value"]["image"]["image"]
        for body in bodies
        for block in body.raw_data
        if block["type"] == "figure" and isinstance(block["value"].get("image"), dict)
    }
    before = _prefetched.set(PictureChooserBlock()._find(ids - {None}) if ids else {})
    try:
        yield
    finally:
        _prefetched.reset(before)


class FigureBlock(blocks.StructBlock):
    """A picture with its caption."""

    image = PictureBlock(label="Picture")
    caption = blocks.CharBlock(max_length=200, required=False)

    class Meta:
        icon = "image"
        label = "Picture"
        description = "A picture with a caption; describe it, or mark it as decorative"
        template = "blocks/figure.html"

    def get_preview_value(self):
        """The newest picture there is; without any, the preview stays empty."""
        newest = self.child_blocks["image"].child_blocks["image"].model_class.objects.order_by("-pk").first()
        chosen = {"image": newest and newest.pk, "alt_text": newest.default_alt_text if newest else ""}
        return self.to_python({"image": chosen, "caption": "An illustration, or a photo of your own"})
