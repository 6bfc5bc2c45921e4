"""
A small linear scorer for what the phrases miss: how much a query looks like written examples of danger.

`python -m tools.crisis.train` makes weights.bin from examples; nothing but the standard library reads it.
"""

import json
import math
import zlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WEIGHTS = Path(__file__).resolve().parent / "weights.bin"
DEGREES = ("none", "beside", "first")
KINDS = ("suicide", "self-harm", "overdose", "violence", "medical")
OUTPUTS = (*DEGREES, *KINDS, "other")  # "other": it is about somebody else
SLOTS = 1 << 16  # for word sequences; as many again for letter sequences


@dataclass(frozen=True)
class Scores:
    """Probabilities: of each degree (they sum to 1), of each kind (likewise), and that it is about somebody else."""

    degrees: dict[str, float]
    kinds: dict[str, float]
    other: float

    @property
    def likeliest_kind(self) -> str:
        """The kind of the highest probability."""
        return max(self.kinds, key=lambda kind: self.kinds[kind])


def features(text: str) -> list[tuple[int, float]]:
    """
    (slot, value) of the sequences of one to three words, and of three to five letters within words, of normalized text.

    A slot is a hash: two sequences may share one, which costs little and keeps the file small.
    """
    words = text.split()
    sequences = {" ".join(words[at : at + size]) for size in (1, 2, 3) for at in range(len(words) - size + 1)}
    padded = [f" {word} " for word in words]
    letters = {word[at : at + size] for word in padded for size in (3, 4, 5) for at in range(len(word) - size + 1)}
    found = []
    for kind, group in enumerate((sequences, letters)):
        slots = {zlib.crc32(sequence.encode()) % SLOTS + kind * SLOTS for sequence in group}
        found += [(slot, 1 / math.sqrt(len(slots))) for slot in slots]
    return sorted(found)


def _softmax(values: Sequence[float]) -> list[float]:
    largest = max(values)
    powers = [math.exp(value - largest) for value in values]
    return [power / sum(powers) for power in powers]


@cache
def _weights() -> tuple[dict[str, tuple[float, float]], dict[str, array]]:
    """({output: (scale, bias)}, {output: a weight of -127 to 127 for each slot})."""
    head, _, body = WEIGHTS.read_bytes().partition(b"\n")
    scales = {name: tuple(pair) for name, pair in json.loads(head)["outputs"].items()}
    body, size = zlib.decompress(body), 2 * SLOTS
    return scales, {name: array("b", body[at * size : (at + 1) * size]) for at, name in enumerate(OUTPUTS)}


def score(text: str) -> Scores:
    """The scores of normalized text."""
    scales, weights = _weights()
    found = features(text)
    values = {
        name: scales[name][1] + scales[name][0] * sum(value * weights[name][slot] for slot, value in found)
        for name in OUTPUTS
    }
    return Scores(
        degrees=dict(zip(DEGREES, _softmax([values[name] for name in DEGREES]), strict=True)),
        kinds=dict(zip(KINDS, _softmax([values[name] for name in KINDS]), strict=True)),
        other=1 / (1 + math.exp(-max(-50, min(50, values["other"])))),
    )
