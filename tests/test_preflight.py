"""The preflight: what hinders publishing is what publishing says, the rest leads to its field."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from clinic.models import ClinicSettings
from evidence.models import Fact
from publishing.exceptions import PublishingBlocked
from publishing.gates import reasons_against
from quality.models import CheckedLink, WatchedWords
from quality.preflight import ADVICE, check_page
from tests import factories

SUMMARY = {"summary": "What it is."}
LONG = "<p>" + "word " * 61 + "</p>"


def draft(**fields):
    """A question as a draft with which nothing is wrong but what `fields` say."""
    return factories.question("May I drive?", live=False, **{**SUMMARY, **fields})


def advice(page):
    return [(remark.text, remark.place) for remark in check_page(page).advice]


def hindrances(page):
    return [(remark.text, remark.place) for remark in check_page(page).hindrances]


def test_a_page_with_which_nothing_is_wrong_says_so(desk):
    page = draft()
    assert check_page(page) == ([], [])
    html = desk.get(reverse("preflight", args=[page.pk])).content.decode()
    assert "Nothing. The page can be published." in html
    assert "Nothing that the website can see." in html


# --- What hinders publishing ---------------------------------------------------


@pytest.mark.each_database
@pytest.mark.parametrize(
    ("fields", "text", "place"),
    [
        ({"short_answer": LONG}, "Its short answer has 61 words; at most 60 fit.", "short_answer"),
        ({"short_answer": "<p>You are cured.</p>"}, "It promises too much: “cured” in “Short answer”.", "short_answer"),
        ({"topic": None}, "“Topic” is empty.", "topic"),
        ({"short_answer": ""}, "“Short answer” is empty.", "short_answer"),
    ],
)
def test_what_hinders_publishing_leads_to_its_field(fields, text, place, site):
    WatchedWords.objects.create(words="cure", kind="block")
    assert (text, place) in hindrances(draft(**fields))


def test_a_figure_without_its_basis_hinders_publishing_at_its_field(site):
    fact = factories.fact("share", "82%", kind=Fact.Kind.RESULT)
    (text, place), *_ = hindrances(draft(short_answer=f"<p>{factories.fact_token(fact)} felt better.</p>"))
    assert "does not say yet what it rests on" in text
    assert place == "short_answer"


def test_a_text_that_nobody_signed_off_hinders_publishing_where_the_clinic_asks_for_it(site):
    page = draft()
    factories.clinic(clinical_review_required=True)
    assert ClinicSettings.objects.get().clinical_review_required
    ((text, place),) = hindrances(page)
    assert "no clinical reviewer has signed off" in text.lower()
    assert place == "review_interval"


def test_a_block_that_the_form_would_refuse_leads_to_that_block(site):
    image = {"image": factories.picture(description="").pk, "decorative": False, "alt_text": ""}
    figure = {"type": "figure", "value": {"image": image, "caption": ""}, "id": "abc"}
    ((text, place),) = hindrances(draft(body=[figure]))
    assert "Please add some alt text" in text
    assert place.startswith("body.abc")


@pytest.mark.parametrize(
    "fields",
    [{}, {"short_answer": LONG}, {"short_answer": "<p>A cure.</p>"}, {"short_answer": "<p>No cure.</p>"}],
)
def test_the_preflight_says_what_publishing_does(fields, site):
    WatchedWords.objects.create(words="cure", kind="block")
    page = draft(**fields)
    said = bool(check_page(page).hindrances)
    try:
        factories.publish(page)
        was_refused = False
    except PublishingBlocked:
        was_refused = True
    assert said == was_refused == bool(reasons_against(page))


# --- What could be better -------------------------------------------------------


def test_a_missing_summary_leads_to_the_summary(site):
    assert [place for _text, place in advice(draft(summary=" "))] == ["summary"]


@pytest.mark.parametrize(("number", "is_told"), [(35, False), (36, True), (60, True)])
def test_a_short_answer_beyond_thirty_five_words_is_told_of(number, is_told, site):
    page = factories.question(short_answer=f"<p>{'yes ' * number}</p>")
    told = [remark.text for check in ADVICE for remark in check(page) if "taken in at a glance" in remark.text]
    assert bool(told) == is_told


def test_words_that_warn_lead_to_their_block_with_what_to_say_instead(site):
    WatchedWords.objects.create(words="breakthrough", kind="warn", instead="Say what is new.")
    block = {"type": "callout", "value": {"urgency": "note", "title": "", "text": "<p>A breakthrough.</p>"}, "id": "b1"}
    assert advice(draft(body=[block])) == [("“Full answer” says “breakthrough”. Say what is new.", "body.b1")]


def test_figures_without_any_source_on_the_page_lead_to_their_field(site):
    fact = factories.fact("length", "40 minutes")
    page = draft(short_answer=f"<p>It takes {factories.fact_token(fact)}.</p>")
    ((text, place),) = advice(page)
    assert "states “40 minutes”, and the page cites no source" in text
    assert place == "short_answer"
    source = factories.reference()
    page.short_answer += f"<p>See {factories.fact_token(source)}.</p>"
    assert advice(page) == []


def test_an_answer_that_is_hard_to_read_says_its_grade(site):
    hard = "<p>Supervision throughout administration necessitates continuous availability of trained personnel.</p>"
    ((text, place),) = advice(draft(short_answer=hard))
    assert re.match(r"The short answer reads at grade \d+", text)
    assert place == "short_answer"


def test_a_question_that_is_asked_already_is_named(site):
    factories.question("May I drive home?", patients_words="can I drive", live=False)
    ((text, place),) = advice(draft())
    assert text == "“May I drive home?” (“can I drive”), a draft, asks nearly the same. One answer is enough."
    assert place == "title"


def test_a_picture_for_shared_links_without_a_description_leads_to_the_picture(site):
    picture = factories.picture(description="")
    (remark,) = check_page(draft(social_image=picture)).advice
    assert remark.url == reverse("wagtailimages:edit", args=[picture.pk])


# --- Links ----------------------------------------------------------------------


def private(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return page


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda: factories.standard("Aftercare", live=False), "“Aftercare”, which is not published."),
        (lambda: private(factories.standard("Aftercare")), "“Aftercare”, which readers cannot open."),
    ],
)
@pytest.mark.each_database
def test_a_link_to_what_readers_cannot_open_is_said_at_its_block(make, complaint, site):
    page = draft(body=[{"type": "paragraph", "value": factories.link(make()), "id": "p1"}])
    ((text, place),) = advice(page)
    assert complaint in text
    assert place == "body.p1"


def test_a_link_to_a_page_that_is_gone_is_said(site):
    page = draft(short_answer='<p><a linktype="page" id="987654">x</a></p>')
    assert advice(page) == [("“Short answer” links to a page that is gone.", "short_answer")]


def test_a_related_page_that_is_not_published_is_said_at_the_panel(site):
    page = factories.question("May I drive?", live=False, related=[factories.standard(live=False)], **SUMMARY)
    assert [place for _text, place in advice(page)] == ["related_links"]


def test_a_link_to_a_readable_page_is_no_remark(site):
    assert advice(draft(short_answer=factories.link(factories.standard()))) == []


@pytest.mark.parametrize(
    ("href", "complaint"),
    [
        ("/nowhere/", "There is no such page on this site."),
        ("http://localhost/nowhere/", "There is no such page on this site."),
        ("http//example.org", "There is no such page on this site."),
        ("/faq/#nothing", "That page has no place “#nothing”."),
        ("#nothing", "This page has no place “#nothing”."),
    ],
)
def test_a_typed_address_that_leads_nowhere_on_this_site_is_said_at_once(href, complaint, site):
    ((text, place),) = advice(draft(short_answer=f'<p><a href="{href}">x</a></p>'))
    assert complaint in text
    assert place == "short_answer"


@pytest.mark.parametrize(
    "href", ["/faq/", "/faq", "/faq/#main", "http://localhost/faq/", "mailto:a@example.org", "tel:911"]
)
def test_a_typed_address_that_leads_somewhere_is_no_remark(href, site):
    assert advice(draft(short_answer=f'<p><a href="{href}">x</a></p>')) == []


def test_a_place_within_the_draft_itself_is_found(site):
    heading = {"type": "heading", "value": {"text": "The day after", "level": "h2"}, "id": "h"}
    jump = {"type": "paragraph", "value": '<p><a href="#the-day-after">x</a></p>', "id": "p"}
    page = factories.question("May I drive?", body=[], **SUMMARY)
    page.body = page._meta.get_field("body").to_python([heading, jump])
    assert advice(page) == []


def test_a_place_that_a_published_page_does_not_have_is_said_of_its_own_links_too(site):
    page = factories.question("May I drive?", short_answer='<p><a href="#nothing">x</a></p>', **SUMMARY)
    ((text, _place),) = advice(page)
    assert "That page has no place “#nothing”" in text


def test_a_link_to_another_site_that_is_dead_is_said_with_the_reason(site):
    CheckedLink.objects.create(url="https://gone.example/", state="dead", reason="It answers 404.")
    CheckedLink.objects.create(url="https://slow.example/", state="failing", reason="It is slow.")
    links = '<p><a href="https://gone.example/">x</a> <a href="https://slow.example/">y</a></p>'
    text = "The link to https://gone.example/ leads nowhere. It answers 404."
    assert advice(draft(short_answer=links)) == [(text, "short_answer")]


# --- In the editor ----------------------------------------------------------------


def test_the_panel_looks_at_the_newest_draft_and_not_at_what_readers_see(desk):
    page = factories.question("May I drive?", **SUMMARY)
    page.summary = ""
    page.save_revision()
    html = BeautifulSoup(desk.get(reverse("preflight", args=[page.pk])).content, "html.parser")
    (link,) = html.select(".preflight__remarks a")
    assert link["href"] == "#:w:contentpath=summary"


def test_the_panel_stands_in_the_editor_with_wagtails_own_checks(desk):
    page = factories.question("May I drive?")
    panel = BeautifulSoup(
        desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content, "html.parser"
    ).select_one("[data-side-panel=checks]")
    assert panel.select_one("[data-controller=preflight]")["data-preflight-page-value"] == str(page.pk)
    assert panel.select_one("[data-checks-panel]")


def test_a_new_page_and_a_fact_open_without_a_preflight(desk):
    new = reverse("wagtailadmin_pages:add", args=["faq", "faqentrypage", factories.faq_index().pk])
    assert 'data-preflight-page-value="0"' in desk.get(new).content.decode()
    fact = reverse("wagtailsnippets_evidence_fact:edit", args=[factories.fact().pk])
    assert "data-preflight-page-value" not in desk.get(fact).content.decode()


def test_every_place_that_a_remark_names_is_in_the_form(desk):
    WatchedWords.objects.create(words="cure", kind="block")
    page = draft(summary="", short_answer="<p>A cure.</p>", topic=None)
    factories.clinic(clinical_review_required=True)
    editor = BeautifulSoup(desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content, "html.parser")
    places = {remark.place for remarks in check_page(page) for remark in remarks}
    assert places == {"summary", "short_answer", "topic", "review_interval"}
    assert [place for place in places if not editor.select_one(f'[data-contentpath="{place}"]')] == []


@pytest.mark.each_database
def test_who_may_not_edit_a_page_is_told_nothing_of_it(client, site):
    page = draft(summary="")
    client.force_login(factories.member())
    assert client.get(reverse("preflight", args=[page.pk])).status_code == 302
    reader = factories.member("Authors")
    reader.groups.get().page_permissions.all().delete()
    client.force_login(reader)
    assert client.get(reverse("preflight", args=[page.pk])).status_code == 302


def test_words_of_staff_are_shown_as_words(desk):
    page = draft(summary="")
    Page.objects.filter(pk=page.pk).update(title="<script>alert(1)</script>")
    WatchedWords.objects.create(words="answer", kind="warn", instead="<b>x</b>")
    html = desk.get(reverse("preflight", args=[page.pk])).content.decode()
    assert "&lt;b&gt;x&lt;/b&gt;" in html


def test_a_page_that_is_not_there_is_not_found(desk):
    assert desk.get(reverse("preflight", args=[987654])).status_code == 404


def test_a_long_page_costs_no_more_queries(site, django_assert_max_num_queries):
    for number in range(30):
        factories.question(f"Number {number}?")
    target = factories.standard(live=False)
    block = {"type": "paragraph", "value": factories.link(target)}
    page = draft(body=[{**block, "id": f"p{number}"} for number in range(30)])
    with django_assert_max_num_queries(30):
        assert len(check_page(page).advice) == 30
