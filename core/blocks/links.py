"""The block that leads one kind of visitor into the site."""

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


class DoorBlock(blocks.StructBlock):
    """A way into the site for one kind of visitor."""

    title = blocks.CharBlock(max_length=60)
    text = blocks.TextBlock(max_length=200)
    page = blocks.PageChooserBlock()
    part = blocks.RegexBlock(
        r"^[a-z0-9-]+$",
        required=False,
        max_length=120,
        error_messages={"invalid": "Lowercase letters, digits, and hyphens only, such as for-chronic-pain."},
        help_text="To link to one part of that page: what comes after # in the address when you choose that "
        "part in the page’s contents. Empty: the top of the page.",
    )

    picture = ImageChooserBlock(
        required=False,
        help_text="Shown above the title. Once one door has a picture, those without one show a flower.",
    )

    class Meta:
        icon = "link"
        label = "Door"
        description = "A way in for one kind of visitor: a title, a sentence, a page"
        template = "blocks/door.html"
