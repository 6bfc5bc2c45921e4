"""The headings of a text, their anchors, and the table of contents of a long text."""

import re

from django.utils.text import slugify

from text.rendering import plain_text

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
