"""
Gates: the rules that a page must keep before readers see it.

Rooms above register theirs. `BasePage.save` asks all of them, because every way of publishing ends
there; the editor's form asks them first, so that what was typed stays in the form.
"""

from collections.abc import Callable
from typing import Any

from publishing.exceptions import PublishingBlocked

# Takes a page as it would be saved; raises PublishingBlocked where readers must not see it so.
Gate = Callable[[Any], None]
_gates: dict[str, Gate] = {}


def register_gate(name: str, gate: Gate) -> None:
    """Add a gate; called once when an app is ready. A gate registered again under its name replaces itself."""
    _gates[name] = gate


def check_gates(page: Any) -> None:
    """Raise PublishingBlocked where a gate holds the page, as it is in memory, back from readers."""
    for gate in _gates.values():
        gate(page)


def blocks_against(page: Any) -> list[PublishingBlocked]:
    """What each gate that holds the page back says; empty where it may be published."""
    blocks = []
    for gate in _gates.values():
        try:
            gate(page)
        except PublishingBlocked as blocked:
            blocks.append(blocked)
    return blocks


def reasons_against(page: Any) -> list[str]:
    """Why each gate that holds the page back does so."""
    return [blocked.reason for blocked in blocks_against(page)]
