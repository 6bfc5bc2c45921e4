"""Blocks of what follows one another: numbered steps, a timeline, the six steps of a course."""

from wagtail import blocks

from core.timescale import scale_moments
from text.rendering import plain_text


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
        description = "Steps in order, numbered"
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
        return {**context, "ticks": scale_moments(moments)}


class SixStepsBlock(blocks.StructBlock):
    """A course of six infusions as six stages of a bloom."""

    caption = blocks.RichTextBlock(
        editor="figure", help_text="Say that these are steps. Nobody can promise what comes of them."
    )

    class Meta:
        icon = "image"
        label = "Six steps"
        description = "Six stages of a bloom for six infusions; take it out if a course has a different number"
        template = "blocks/six_steps.html"
        preview_value = {"caption": "<p>Six steps, not six promised results.</p>"}
