"""The text of a page as a stream of blocks."""

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError

from core.blocks.clinic import WayThereBlock, WhenYouCallBlock
from core.blocks.comparisons import BenefitRiskBlock, TableBlock
from core.blocks.pictures import FigureBlock
from core.blocks.sequences import SixStepsBlock, StepsBlock, TimelineBlock
from core.blocks.text import CalloutBlock, DisclosureBlock, HeadingBlock, ParagraphBlock, QuoteBlock


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
    when_you_call = WhenYouCallBlock()
    way_there = WayThereBlock()

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
                    "A part needs its section first: choose “Section,” or add one above."
                )
            section_open = section_open or child.value["level"] == "h2"
        if errors:
            raise StreamBlockValidationError(block_errors=errors)
        return cleaned
