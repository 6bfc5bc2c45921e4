"""A visit is drawn to scale, or not at all."""

import pytest

from core.timescale import minutes, scale_moments
from tests import factories

VISIT = ["Start", "about 3 to 4 minutes", "about 40 minutes", "up to 90 minutes", "about 2 to 3 hours", "24 hours"]


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("Start", 0),
        ("about 40 minutes", 40),
        ("about 3 to 4 minutes", 4),
        ("2–3 hours", 180),
        ("at least 24 hours", 1440),
        ("1 hour", 60),
        ("Later", None),
        ("3 to 6 weeks", None),
        ("", None),
    ],
)
def test_a_time_is_read_from_words(words, time):
    assert minutes(words) == time


def test_a_visit_is_drawn_to_scale_up_to_four_hours():
    at = {tick.label: tick.x for tick in scale_moments(VISIT)}
    assert at["40 min"] - at["0"] == pytest.approx((at["2–3 h"] - at["0"]) * 40 / 180, abs=0.2)
    assert at["24 h"] > at["2–3 h"]


def test_a_moment_at_four_hours_is_still_to_scale():
    at = {tick.label: tick.x for tick in scale_moments(["Start", "2 hours", "4 hours", "24 hours"])}
    assert at["2 h"] - at["0"] == pytest.approx((at["4 h"] - at["0"]) / 2, abs=0.1)


def test_a_limit_is_not_drawn_as_a_moment():
    assert "90 min" not in {tick.label for tick in scale_moments(VISIT)}


def test_labels_that_stand_close_take_turns():
    ticks = scale_moments(VISIT)
    assert ticks[0].row != ticks[1].row


@pytest.mark.parametrize(
    "moments",
    [
        ["First", "about 40 minutes", "24 hours"],
        ["Start", "about 40 minutes"],
        ["Start", "90 minutes", "40 minutes"],
        ["Start", "10 hours", "24 hours"],
        ["about 40 minutes", "90 minutes", "3 hours"],
        [],
    ],
)
def test_a_line_that_could_not_be_to_scale_is_not_drawn(moments):
    assert scale_moments(moments) == []


def test_a_timeline_follows_the_fact_that_it_states(site, client):
    fact = factories.fact(value="about 40 minutes")
    times = ["<p>Start</p>", f"<p>{factories.fact_token(fact)}</p>", "<p>24 hours</p>"]
    points = [{"time": time, "text": "<p>Something happens.</p>"} for time in times]
    points = [{"type": "item", "value": point, "id": str(place)} for place, point in enumerate(points)]
    page = factories.question(body=[{"type": "timeline", "value": {"title": "", "points": points}}])
    assert ">40 min</text>" in client.get(page.url).content.decode()

    fact.value = "about 50 minutes"
    factories.publish(fact)

    assert ">50 min</text>" in client.get(page.url).content.decode()
