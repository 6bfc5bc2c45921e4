"""The editor of rich text: Wagtail's, without losing raised and lowered figures that it does not offer."""

import json
from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea

from text.raised_figures import raise_figures, raise_styled_figures


class RichTextArea(DraftailRichTextArea):
    """Wagtail drops a style that a field does not offer: raised figures become characters before it does."""

    def format_value(self, value: Any) -> str:
        return super().format_value(raise_figures(value) if isinstance(value, str) else value)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        sent = data.get(name)
        if sent and ("SUPERSCRIPT" in sent or "SUBSCRIPT" in sent):
            content = json.loads(sent)
            for block in content["blocks"]:
                raise_styled_figures(block)
            data = {name: json.dumps(content)}
        return super().value_from_datadict(data, files, name)
