"""Facts and sources, and the texts that state them."""

import pytest
from django.core.exceptions import ValidationError

from core.models import Topic
from evidence.models import Fact
from publishing.exceptions import InUse
from tests import factories


def test_changing_a_fact_changes_every_page_that_states_it(site, client):
    fact = factories.fact(value="about 40 minutes")
    text = f"<p>It lasts {factories.fact_token(fact)}.</p>"
    pages = [factories.question(short_answer=text), factories.article(body=factories.paragraph(text))]
    fact.value = "about 45 minutes"
    factories.publish(fact)
    for page in pages:
        html = client.get(page.url).content.decode()
        assert "about 45 minutes" in html
        assert "about 40 minutes" not in html


def test_the_note_of_a_figure_stands_beside_it(site, client):
    fact = factories.fact(value="82%", source_note="Our own count")
    page = factories.question(short_answer=f"<p>{factories.fact_token(fact)} felt better.</p>")
    html = client.get(page.url).content.decode()
    assert html.index("82%") < html.index("Our own count")


def test_sources_are_numbered_by_page_in_reading_order(site, client):
    first, second = factories.reference("first"), factories.reference("second", title="Another trial")
    a, b = factories.fact_token(first), factories.fact_token(second)
    page = factories.article(body=factories.paragraph(f"<p>One{b} two{a} three{b}</p>"))
    html = client.get(page.url).content.decode()
    assert html.count(">[1]<") == 2
    assert html.count(">[2]<") == 1
    assert html.index("Another trial") < html.index("A randomized trial")


@pytest.mark.parametrize("make", [factories.fact, factories.reference])
def test_what_a_page_states_cannot_be_deleted(make, site):
    record = make()
    factories.question(short_answer=f"<p>Well{factories.fact_token(record)}</p>")
    with pytest.raises(InUse):
        record.delete()


def test_a_fact_lists_the_pages_that_state_it(site):
    fact = factories.fact()
    page = factories.question(short_answer=f"<p>{factories.fact_token(fact)}</p>")
    assert [found.pk for found in fact.used_on()] == [page.pk]


@pytest.mark.parametrize(
    ("make", "field", "refusal"),
    [
        (
            lambda: Fact(key="fasting", name="Fasting", value="8 hours"),
            "key",
            "Another fact already has this short name",
        ),
        (lambda: Topic(name="Costs", slug="fasting"), "slug", "Another topic already has this word in its address"),
    ],
    ids=["fact", "topic"],
)
def test_a_second_record_of_the_same_short_name_is_refused_in_one_sentence(make, field, refusal, site):
    factories.fact(key="fasting")
    factories.topic("fasting")
    with pytest.raises(ValidationError) as refused:
        make().full_clean()
    (message,) = refused.value.message_dict[field]
    assert message.startswith(refusal)
