"""Blocks of running text: paragraphs, headings, quotes, callouts, fold-outs."""

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class ParagraphBlock(blocks.RichTextBlock):
    """Running text with links, figures and sources."""

    class Meta:
        icon = "pilcrow"
        label = "Text"
        description = "Paragraphs and lists, with links, figures, and sources"
        template = "blocks/paragraph.html"
        preview_value = "<p>Ketamine is given slowly, through a small tube into a vein in your arm.</p>"


class HeadingValue(blocks.StructValue):
    @property
    def anchor(self):
        """The id of the heading; the body makes it unique within the page."""
        return getattr(self, "unique_anchor", "") or slugify(self.get("text", "")) or "section"


class HeadingBlock(blocks.StructBlock):
    """A heading within a text."""

    text = blocks.CharBlock(max_length=120)
    level = blocks.ChoiceBlock(choices=[("h2", "Section"), ("h3", "Part of a section")], default="h2", label="Kind")

    class Meta:
        icon = "title"
        label = "Heading"
        description = "Opens a section, or a part of one"
        template = "blocks/heading.html"
        value_class = HeadingValue
        form_layout = ["text", "level"]
        preview_value = {"text": "How an infusion feels", "level": "h2"}


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, and whose they are."""

    text = blocks.TextBlock(max_length=600)
    attribution = blocks.CharBlock(max_length=120, required=False, help_text="Who said it, and where.")

    class Meta:
        icon = "openquote"
        label = "Quote"
        description = "Somebody's exact words, and whose they are"
        template = "blocks/quote.html"
        preview_value = {"text": "Bring whatever makes you feel at ease.", "attribution": "Our staff"}


URGENCIES = {
    "note": _("Good to know"),
    "caution": _("Take care"),
    "emergency": _("Emergency"),
}


class CalloutBlock(blocks.StructBlock):
    """A point that must not be missed; its urgency stands in words, not in color alone."""

    urgency = blocks.ChoiceBlock(choices=list(URGENCIES.items()), default="note")
    title = blocks.CharBlock(max_length=100, required=False)
    text = blocks.RichTextBlock()

    class Meta:
        icon = "warning"
        label = "Callout"
        description = "A point that must not be missed: good to know, take care, or emergency"
        template = "blocks/callout.html"
        preview_value = {
            "urgency": "caution",
            "title": "Arrange your ride first",
            "text": "<p>You cannot drive yourself home.</p>",
        }

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "urgency_label": URGENCIES.get(value.get("urgency"), URGENCIES["note"])}


class DisclosureBlock(blocks.StructBlock):
    """A detail that opens when asked for."""

    summary = blocks.CharBlock(max_length=120, label="Heading")
    text = blocks.RichTextBlock()

    class Meta:
        icon = "collapse-down"
        label = "Fold-out"
        description = "A detail that opens when a reader asks for it; never a risk"
        template = "blocks/disclosure.html"
        preview_value = {"summary": "What is a sub-anesthetic dose?", "text": "<p>You stay awake.</p>"}
