"""The gate that keeps what is in the trash from readers."""

from typing import Any

from publishing.exceptions import PublishingBlocked
from publishing.page_tree import is_in_trash


def refuse_page_in_trash(page: Any) -> None:
    """Raise PublishingBlocked for a page in the trash; see `publishing.gates`."""
    if is_in_trash(page):
        raise PublishingBlocked(page, "It is in the trash. Bring it back first.")
