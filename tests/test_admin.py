"""The desk: every form opens, and a mistake is answered on its field."""

import pytest
from django.urls import reverse

from clinic.models import ClinicSettings
from tests import factories

MAKERS = {
    "home": factories.home,
    "faq": factories.faq_index,
    "question": factories.question,
    "blog": factories.blog_index,
    "article": factories.article,
    "team": factories.team,
    "person": factories.person,
    "standard": factories.standard,
    "visit": factories.visit,
    "disclaimers": factories.disclaimer_index,
    "disclaimer": factories.disclaimer,
}


@pytest.mark.parametrize("kind", MAKERS)
def test_the_editor_of_a_page_opens(kind, desk):
    page = MAKERS[kind]()
    assert desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


@pytest.mark.parametrize("kind", MAKERS)
def test_a_draft_can_be_previewed(kind, desk):
    page = MAKERS[kind]()
    page.title = "Only in the draft"
    page.save_revision()
    response = desk.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert response.status_code == 200


def test_a_question_opens_with_the_word_counter_and_the_tokens_in_place(desk):
    fact = factories.fact(value="about 40 minutes")
    page = factories.question(short_answer=f"<p>It lasts {factories.fact_token(fact)}.</p>")
    html = desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert 'data-controller="word-count"' in html
    assert "about 40 minutes" in html
    assert "draftail-tokens" in html


@pytest.mark.parametrize("name", ["core_topic", "clinic_notice", "evidence_fact", "evidence_reference"])
@pytest.mark.parametrize("view", ["list", "add"])
def test_the_lists_and_forms_of_snippets_open(name, view, desk):
    assert desk.get(reverse(f"wagtailsnippets_{name}:{view}")).status_code == 200


def test_a_fact_shows_where_it_is_used_before_it_is_changed(desk):
    fact = factories.fact()
    page = factories.question(short_answer=f"<p>{factories.fact_token(fact)}</p>")
    html = desk.get(reverse("wagtailsnippets_evidence_fact:edit", args=[fact.pk])).content.decode()
    assert page.title in html


def test_a_fact_in_use_is_not_deleted_and_the_desk_says_why(desk):
    fact = factories.fact()
    page = factories.question(short_answer=f"<p>{factories.fact_token(fact)}</p>")
    url = reverse("wagtailsnippets_evidence_fact:delete", args=[fact.pk])
    html = desk.post(url, follow=True).content.decode()
    fact.refresh_from_db()
    assert "cannot be deleted" in html
    assert page.title in html


def test_the_clinic_form_opens(desk):
    url = reverse("wagtailsnippets_clinic_clinicsettings:list")
    assert desk.get(url, follow=True).status_code == 200


def test_a_phone_number_that_cannot_be_dialed_is_refused(db):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="ten digits"):
        ClinicSettings(phone="12345").full_clean()
