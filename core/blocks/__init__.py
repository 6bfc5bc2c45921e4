"""
The blocks a text is made of: small, semantic, each introducing itself in the editor.

Templates stand in templates/blocks/. Headings cannot skip a level and nothing takes raw HTML.
"""

from core.blocks.body import BodyBlock
from core.blocks.links import DoorBlock
from core.blocks.pictures import prefetch_images
from core.blocks.table_of_contents import contents, count_body_words, headings
from core.blocks.text import URGENCIES

__all__ = ["URGENCIES", "BodyBlock", "DoorBlock", "contents", "count_body_words", "headings", "prefetch_images"]
