"""
The blocks a text is made of: small, semantic, each introducing itself in the editor.

Templates stand in templates/blocks/. Headings cannot skip a level and nothing takes raw HTML.
"""

import copy
import re
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from core.timescale import strip
from media.renditions import filters
from text.rendering import plain_text


class ParagraphBlock(blocks.RichTextBlock):
    """Running text with links, figures and sources."""

    class Meta:
        icon = "pilcrow"
        label = "Text"
        description = "Paragraphs and lists, with links, figures and sources"
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


class PictureBlock(ImageBlock):
    """A picture with its words for people who do not see it, or the decision that it needs none."""

    def __init__(self, required=True, **kwargs):
        super().__init__(required=required, **kwargs)
        chooser = PictureChooserBlock(required=required)
        chooser.set_name("image")
        self.child_blocks["image"] = chooser


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


class StepBlock(blocks.StructBlock):
    """One thing to do, or one thing that happens."""

    title = blocks.CharBlock(max_length=100)
    text = blocks.RichTextBlock(required=False)


class StepsBlock(blocks.StructBlock):
    """Things that follow each other."""

    title = blocks.CharBlock(max_length=100, required=False)
    steps = blocks.ListBlock(StepBlock(), min_num=1)

    class Meta:
        icon = "list-ol"
        label = "Steps"
        description = "Things that follow each other, numbered"
        template = "blocks/steps.html"
        preview_value = {
            "title": "The day before",
            "steps": [
                {"title": "Arrange your ride", "text": "<p>Ask a friend or family member.</p>"},
                {"title": "Sleep well", "text": ""},
            ],
        }


class MomentBlock(blocks.StructBlock):
    """A point in time and what happens then."""

    time = blocks.RichTextBlock(editor="figure", label="When", help_text="A time, or a fact.")
    text = blocks.RichTextBlock(editor="figure", label="What happens")


class TimelineBlock(blocks.StructBlock):
    """What happens when; a visit is drawn to scale where every moment has its time."""

    title = blocks.CharBlock(max_length=100, required=False)
    points = blocks.ListBlock(MomentBlock(), min_num=1)

    class Meta:
        icon = "history"
        label = "Timeline"
        description = "What happens when; drawn to scale if it begins with “Start” and each moment has a time"
        template = "blocks/timeline.html"
        preview_value = {
            "title": "A visit",
            "points": [
                {"time": "<p>Start</p>", "text": "<p>You settle into a reclining chair.</p>"},
                {"time": "<p>about 40 minutes</p>", "text": "<p>The infusion ends.</p>"},
                {"time": "<p>24 hours</p>", "text": "<p>Until then you do not drive.</p>"},
            ],
        }

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        moments = [plain_text(point["time"].source, notes=False) for point in value["points"]]
        return {**context, "ticks": strip(moments)}


class SixStepsBlock(blocks.StructBlock):
    """A course of six infusions as six stages of a bloom."""

    caption = blocks.RichTextBlock(
        editor="figure", help_text="Say that these are steps. Nobody can promise what comes of them."
    )

    class Meta:
        icon = "image"
        label = "Six steps"
        description = "Six stages of a bloom for six infusions; take it out if a course has another number"
        template = "blocks/six_steps.html"
        preview_value = {"caption": "<p>Six steps, not six promised results.</p>"}


class BenefitRiskBlock(blocks.StructBlock):
    """What may help beside what may harm, at the same size."""

    benefits = blocks.RichTextBlock()
    risks = blocks.RichTextBlock()

    class Meta:
        icon = "tick-inverse"
        label = "Benefit and risk"
        description = "What may help beside what may harm, at the same size"
        template = "blocks/benefit_risk.html"
        preview_value = {
            "benefits": "<p>Some people feel better soon.</p>",
            "risks": "<p>Blood pressure can rise for a while.</p>",
        }


class TableBlock(TypedTableBlock):
    """A table with headed columns and a caption."""

    def __init__(self, local_blocks=None, **kwargs):
        super().__init__(
            local_blocks
            or [
                ("text", blocks.CharBlock(required=False)),
                ("rich_text", blocks.RichTextBlock(required=False)),
            ],
            **kwargs,
        )

    def clean(self, value):
        # Cells have fields of their own, which refuse it; PostgreSQL would raise.
        if "\x00" in "".join([value.caption or "", *(column["heading"] or "" for column in value.columns)]):
            raise ValidationError(_("Null characters are not allowed."))
        return super().clean(value)

    class Meta:
        icon = "table"
        label = "Table"
        description = "Rows and columns with headings; give it a caption"
        template = "blocks/table.html"
        preview_value = None

    def get_preview_value(self):
        return self.to_python(
            {
                "caption": "At a glance",
                "columns": [{"type": "text", "heading": ""}, {"type": "text", "heading": "How it is given"}],
                "rows": [
                    {"values": ["IV ketamine", "Into a vein"]},
                    {"values": ["Esketamine", "Nasal spray"]},
                ],
            }
        )


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


class DoorBlock(blocks.StructBlock):
    """A way into the site for one kind of visitor."""

    title = blocks.CharBlock(max_length=60)
    text = blocks.TextBlock(max_length=200)
    page = blocks.PageChooserBlock()
    part = blocks.RegexBlock(
        r"^[a-z0-9-]+$",
        required=False,
        max_length=120,
        error_messages={"invalid": "Small letters, digits and hyphens only, such as for-chronic-pain."},
        help_text="To lead to one part of that page: what stands after # in the address when you choose it "
        "among the page’s contents. Empty: the top of the page.",
    )

    class Meta:
        icon = "link"
        label = "Door"
        description = "A way in for one kind of visitor: a title, a sentence, a page"
        template = "blocks/door.html"


class BodyBlock(blocks.StreamBlock):
    """A text. Its headings start at h2 and never skip a level."""

    paragraph = ParagraphBlock()
    heading = HeadingBlock()
    figure = FigureBlock()
    callout = CalloutBlock()
    steps = StepsBlock()
    timeline = TimelineBlock()
    six_steps = SixStepsBlock()
    benefit_risk = BenefitRiskBlock()
    table = TableBlock()
    quote = QuoteBlock()
    disclosure = DisclosureBlock()

    class Meta:
        template = "blocks/body.html"

    def clean(self, value):
        cleaned = super().clean(value)
        errors = {}
        section_open = False
        for position, child in enumerate(cleaned):
            if child.block_type != "heading":
                continue
            if child.value["level"] == "h3" and not section_open:
                errors[position] = ValidationError(
                    "A part needs its section first: choose “Section”, or add one above."
                )
            section_open = section_open or child.value["level"] == "h2"
        if errors:
            raise StreamBlockValidationError(block_errors=errors)
        return cleaned


# What templates call parts of a page; a heading must not bear the same name.
_IDS_OF_A_PAGE = re.compile(r"(main|h_\w+|q_field|(source|citation)-\d+)$")


def headings(body):
    """
    The section headings of a body as (anchor, text) pairs, for a table of contents.

    Gives every heading of the body an anchor that is unique on its page.
    """
    seen, found = set(), []
    for child in body:
        if child.block_type != "heading":
            continue
        base = slugify(child.value["text"]) or "section"
        base = f"section-{base}" if _IDS_OF_A_PAGE.match(base) else base
        anchor, number = base, 2
        while anchor in seen:
            anchor, number = f"{base}-{number}", number + 1
        seen.add(anchor)
        child.value.unique_anchor = anchor
        if child.value["level"] == "h2":
            found.append((anchor, child.value["text"]))
    return found


# A list of contents is in the way of a text that is read through in a minute or two.
MIN_WORDS_FOR_CONTENTS, MIN_SECTIONS_FOR_CONTENTS = 600, 4


def count_body_words(body):
    """How many words a body has."""
    return sum(len(plain_text(text).split()) for text in body.stream_block.get_searchable_content(body))


def contents(body):
    """The section headings as (anchor, text) pairs where a body is long; see `headings`, which is done in any case."""
    sections = headings(body)
    is_long = len(sections) >= MIN_SECTIONS_FOR_CONTENTS and count_body_words(body) >= MIN_WORDS_FOR_CONTENTS
    return sections if is_long else []
