"""What each card of a list shows beside its words: the page's lead picture, else a flower unlike its neighbors'."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from wagtail.images import get_image_model

from core.models import Topic
from media.renditions import filters

# The flowers by name; the empty one is the bloom of the mark.
FLOWERS = (*Topic.Emblem.values, "")
# Lists have four columns at most: a neighbor stands one card before, or up to four, in the row above.
REACH = 4


@dataclass(frozen=True)
class Card:
    """A page, or whatever a list is of, with what is drawn beside it."""

    item: Any
    emblem: str
    picture: Any = None


def flowers_apart(wished: Iterable[str | None]) -> list[str]:
    """For each wish a flower: that one, or the next that none of its neighbors has. The same wishes get the same."""
    chosen: list[str] = []
    for wish in wished:
        start = FLOWERS.index(wish or "") if (wish or "") in FLOWERS else 0
        near = chosen[-REACH:]
        chosen.append(next(name for name in (*FLOWERS[start:], *FLOWERS[:start]) if name not in near))
    return chosen


def cards_of(items: Sequence[Any], before: Any = None) -> list[Card]:
    """Items as cards, their pictures found in two queries; `before` stands right before them, and looks different."""
    row = [before, *items] if before else [*items]
    flowers = flowers_apart(getattr(item, "emblem", None) for item in row)
    keys = [getattr(item, "lead_picture_id", None) for item in row]
    pictures = _pictures({key for key in keys if key})
    cards = [Card(item, flower, pictures.get(key)) for item, flower, key in zip(row, flowers, keys, strict=True)]
    return cards[1:] if before else cards


def _pictures(keys: Collection[int]) -> dict[int, Any]:
    """Pictures with their sizes for a card."""
    return get_image_model().objects.prefetch_renditions(*filters("card")).in_bulk(keys) if keys else {}
