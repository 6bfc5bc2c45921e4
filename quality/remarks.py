"""A remark of the preflight."""

from typing import NamedTuple


class Remark(NamedTuple):
    """
    What is to be said of a page, and where it can be mended.

    `place` is Wagtail's content path within the editor, such as "summary" or "body.<id of a block>"; `url`
    is the form of something else, where it is mended there.
    """

    text: str
    place: str = ""
    url: str = ""
