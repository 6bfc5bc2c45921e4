"""
Makes search/crisis/words.csv and weights.bin from tools/crisis/examples/training: `python -m tools.crisis.train`.

Logistic regression by AdaGrad, in plain Python: some minutes, the same file each time.
"""

import csv
import hashlib
import json
import math
import random
import zlib

from search.crisis import normalization, scorer
from search.crisis.phrases import key_words
from tools.crisis import examples

ROUNDS = 10
RATE = 0.5
DECAY = 2e-3  # how strongly a weight is drawn to zero
# To miss danger costs more than a false alarm, and most queries are ordinary ones.
IMPORTANCE = {"none": 1.0, "beside": 1.5, "first": 1.2}
IMPORTANCE_OF_ORDINARY = 3.0


def fit(rows, outputs, targets, importance, seed=1):
    """
    {output: (bias, weights by slot)} of a softmax over `outputs`.

    `rows` are features, `targets` the index of the right output of each, `importance` its weight.
    """
    size = 2 * scorer.SLOTS
    weights = [[0.0] * size for _ in outputs]
    squares = [[1e-8] * size for _ in outputs]
    biases, bias_squares = [0.0] * len(outputs), [1e-8] * len(outputs)
    order, dice = list(range(len(rows))), random.Random(seed)  # noqa: S311  (no secret)
    every = range(len(outputs))
    for _round in range(ROUNDS):
        dice.shuffle(order)
        for number in order:
            found = rows[number]
            values = [biases[k] + sum(value * weights[k][slot] for slot, value in found) for k in every]
            largest = max(values)
            powers = [math.exp(value - largest) for value in values]
            total = sum(powers)
            for k in every:
                error = importance[number] * (powers[k] / total - (targets[number] == k))
                if abs(error) < 1e-4:
                    continue
                bias_squares[k] += error * error
                biases[k] -= RATE * error / math.sqrt(bias_squares[k])
                own, squared = weights[k], squares[k]
                for slot, value in found:
                    slope = error * value + DECAY * own[slot]
                    squared[slot] += slope * slope
                    own[slot] -= RATE * slope / math.sqrt(squared[slot])
    return {name: (biases[k], weights[k]) for k, name in enumerate(outputs)}


def train(authors):
    """{output: (bias, weights)} of all outputs, from {author: examples}."""
    rows = [row for examples_of_one in authors.values() for row in examples_of_one]
    importance = [
        IMPORTANCE_OF_ORDINARY if author == "ordinary" else IMPORTANCE[row.degree]
        for author, examples_of_one in authors.items()
        for row in examples_of_one
    ]
    found = [scorer.features(normalization.normalize(row.query, key_words())) for row in rows]
    trained = fit(
        found,
        scorer.DEGREES,
        [scorer.DEGREES.index(row.degree) for row in rows],
        importance,
    )
    danger = [(features, row) for features, row in zip(found, rows, strict=True) if row.degree != "none"]
    kinds = [scorer.KINDS.index(row.kind) for _, row in danger]
    trained |= fit([features for features, _ in danger], scorer.KINDS, kinds, [1.0] * len(danger))
    people = fit(
        [features for features, _ in danger],
        ("self", "other"),
        [int(row.person == "other") for _, row in danger],
        [1.0] * len(danger),
    )
    (own_bias, own), (bias, other) = people["self"], people["other"]
    trained["other"] = (bias - own_bias, [b - a for a, b in zip(own, other, strict=True)])
    return trained


def pack(trained, digest):
    """The bytes of weights.bin: a line of JSON, then a signed byte for each weight, output by output."""
    outputs, body = {}, bytearray()
    for name in scorer.OUTPUTS:
        bias, weights = trained[name]
        scale = max(map(abs, weights)) / 127 or 1.0
        outputs[name] = [scale, bias]
        body += bytes(round(weight / scale) & 0xFF for weight in weights)
    return json.dumps({"examples": digest, "outputs": outputs}).encode() + b"\n" + zlib.compress(bytes(body), 9)


def digest_of_examples():
    """Changes with any byte of the examples to train with."""
    files = sorted((examples.FOLDER / "training").glob("*.csv"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def write_words(rows):
    """Write the words that the examples use."""
    with (normalization.FOLDER / "words.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(examples.count_words(rows).items())
    normalization.word_counts.cache_clear()


def main():
    authors = examples.training()
    rows = [row for examples_of_one in authors.values() for row in examples_of_one]
    write_words(rows)
    scorer.WEIGHTS.write_bytes(pack(train(authors), digest_of_examples()))
    print(f"{len(rows)} examples, {scorer.WEIGHTS.stat().st_size // 1024} kB of weights")


if __name__ == "__main__":
    main()
