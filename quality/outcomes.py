"""What a check of a link finds."""

from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """How sure a check is."""

    WORKS = "works"
    GONE = "gone"  # the answer says that there is nothing
    FAILS = "fails"  # no good answer; there may be one tomorrow
    UNCLEAR = "unclear"  # readers may get on where a program does not


class Outcome(NamedTuple):
    """The result of one check; `reason` is a sentence for staff, empty where the link works."""

    kind: Kind
    reason: str = ""


WORKS = Outcome(Kind.WORKS)
