"""Where a result may not stand until it says what it rests on."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import rich_text

from evidence.models import Fact
from publishing import scheduling
from publishing.exceptions import PublishingBlocked
from tests import factories
from tests.forms import fields_in, messages_in, send

BASIS = {"sample_size": "120", "period": "2024", "measure": "whoever said so"}


@pytest.fixture
def bare(site):
    """A published result that does not say what it rests on."""
    return factories.fact("response", "82%", name="Response rate", kind=Fact.Kind.RESULT, source_note="our own count")


def token_in(fact):
    return f"<p>Of all, {factories.fact_token(fact)} felt better.</p>"


def home_with(**fields):
    home = factories.home()
    for name, value in fields.items():
        setattr(home, name, value)
    return factories.publish(home)


def door(text):
    return [{"type": "door", "value": {"title": "Here", "text": text, "page": factories.visit().pk, "part": ""}}]


# {a guarded place: what puts the figure there}
GUARDED = {
    "Short answer": lambda fact: factories.question(short_answer=token_in(fact)),
    "Short answer, typed": lambda fact: factories.question(short_answer="<p>Of all, 82 % felt better.</p>"),
    "Lead": lambda fact: home_with(hero_lead=token_in(fact)),
    "Calm line": lambda fact: home_with(hero_caution=token_in(fact)),
    "Heading": lambda fact: home_with(hero_heading="82 percent felt better"),
    "Doors": lambda fact: home_with(doors=door("82% felt better")),
    "Body": lambda fact: home_with(body=factories.paragraph(token_in(fact))),
    "Summary": lambda fact: factories.article(summary="Here, 82% felt better."),
    "Description for search engines": lambda fact: factories.standard(search_description="82% felt better"),
    "Title for search engines": lambda fact: factories.question(seo_title="82% felt better"),
}


@pytest.mark.parametrize("place", GUARDED)
def test_a_result_without_a_basis_is_held_back_from_where_it_is_read_alone(place, bare):
    with pytest.raises(PublishingBlocked) as blocked:
        GUARDED[place](bare)
    label = place.partition(",")[0]
    assert f"“82%” in “{label}”, from the fact “Response rate”" in blocked.value.reason
    assert "how many people" in blocked.value.reason


@pytest.mark.parametrize("place", GUARDED)
def test_with_its_basis_it_may_stand_there(place, bare):
    for name, value in BASIS.items():
        setattr(bare, name, value)
    factories.publish(bare)
    assert GUARDED[place](bare).live


def test_in_a_text_where_its_line_stands_below_a_result_needs_no_basis(bare):
    assert factories.question(body=factories.paragraph(token_in(bare))).live
    assert factories.article(body=factories.paragraph(token_in(bare))).live


@pytest.mark.parametrize("words", ["182% of what it was", "82 people", "0.82%", "82%ers"])
def test_another_figure_is_not_taken_for_it(words, bare):
    assert factories.article(summary=words).live


def test_a_rule_needs_no_basis(site):
    assert factories.question(short_answer=token_in(factories.fact())).live


def test_a_draft_may_state_it(bare):
    page = factories.question(short_answer=token_in(bare), live=False)
    assert not page.live
    assert page.save_revision().pk


def test_the_form_says_why_it_was_not_published_and_keeps_what_was_typed(bare, client):
    client.force_login(factories.administrator())
    page = factories.question("Does it work?")
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = rich_text(token_in(bare), "answer")
    refused = send(client, url, **{"short_answer": answer, "body-count": "0", "action-publish": "1"})
    assert "“82%” in “Short answer”" in messages_in(refused)
    assert "felt better" in fields_in(refused)["short_answer"]
    page.refresh_from_db()
    assert "felt better" not in page.short_answer


def test_a_page_on_schedule_is_held_back_as_well(bare):
    page = factories.question(short_answer=token_in(bare), live=False)
    page.go_live_at = timezone.now() - timedelta(minutes=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    call_command("runjobs", "--once")
    page.refresh_from_db()
    assert not page.live
    assert "“82%”" in scheduling.status().failures[0]["reason"]


def test_what_is_live_is_held_back_from_any_change_until_it_is_mended(bare):
    bare.reference = factories.reference()
    bare = factories.publish(bare)
    page = factories.question(short_answer=token_in(bare))
    factories.publish(page)
    source = bare.reference
    source.is_retracted = True
    factories.publish(source)
    with pytest.raises(PublishingBlocked):
        factories.publish(page)


def test_a_result_keeps_its_basis_while_it_stands_where_it_must_have_one(bare):
    bare.reference = factories.reference()
    bare = factories.publish(bare)
    page = factories.question("Does it work?", short_answer=token_in(bare))
    bare.reference = None
    with pytest.raises(ValidationError, match="“Short answer” of “Does it work"):
        bare.full_clean()
    page.short_answer = "<p>It varies.</p>"
    factories.publish(page)
    bare.full_clean()
