"""Blocks that set things side by side: benefit and risk, tables."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

# From here on a phone is too narrow for columns: each row stands as a list of labeled cells.
MIN_STACKED_COLUMNS = 3


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

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        headings = [column["heading"] for column in value.columns]
        # A cell brings its heading along: on a phone it stands under the one above, not under the heading.
        rows = [list(zip(headings, row, strict=True)) for row in value.rows]
        return {**context, "rows": rows, "stacks": len(headings) >= MIN_STACKED_COLUMNS}

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
