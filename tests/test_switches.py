"""Every switch and field of the editor does what it says, seen in the rendered page."""

import json
import re
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import PageViewRestriction

from core.blocks import BodyBlock
from disclaimers.models import DisclaimerTarget
from media.models import ClinicImage
from pages.models import StandardPage
from people.models import Authorship
from tests import factories
from tests.pictures import plain

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
every_kind = pytest.mark.parametrize("kind", MAKERS)


pytestmark = pytest.mark.usefixtures("media_of_its_own")


def change(page, **fields):
    """Publish a page with some fields changed."""
    page = type(page).objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    return factories.publish(page)


def look(client, page):
    """A page, or what stands at an address, as a document to search."""
    response = client.get(page if isinstance(page, str) else page.url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def text_of(element):
    """The words of an element, in one line."""
    return " ".join(element.get_text(" ", strip=True).split())


def meta(html, name):
    """The content of a meta element, or None."""
    element = html.find("meta", attrs={"name": name}) or html.find("meta", property=name)
    return element and element["content"]


def graph(html):
    """{type: node} of a page's JSON-LD."""
    return {
        node["@type"]: node for node in json.loads(html.find("script", type="application/ld+json").string)["@graph"]
    }


def cards(html, heading):
    """The titles of the cards below a heading."""
    section = next(found for found in html.find_all("section") if found.h2 and text_of(found.h2) == heading)
    return [text_of(card) for card in section.select(".card__title")]


# --- Search and sharing: every kind of page -------------------------------------


@every_kind
def test_the_title_for_search_engines_stands_in_the_head_only(kind, site, client):
    html = look(client, change(MAKERS[kind](), seo_title="Only for engines"))
    assert html.title.string.startswith("Only for engines · ")
    assert meta(html, "og:title") == "Only for engines"
    assert "Only for engines" not in html.body.get_text()


@every_kind
def test_without_one_the_title_of_the_page_stands_there(kind, site, client):
    page = MAKERS[kind]()
    html = look(client, page)
    assert html.title.string == f"{page.title} · Innerbloom Ketamine Therapy"
    assert meta(html, "og:title") == page.title


@every_kind
def test_the_summary_describes_the_page_to_engines_and_in_shared_links(kind, site, client):
    html = look(client, change(MAKERS[kind](), summary="What this page is about."))
    assert meta(html, "description") == meta(html, "og:description") == "What this page is about."


@every_kind
def test_the_picture_for_shared_links_has_a_full_address(kind, site, client, settings):
    page = MAKERS[kind]()
    assert meta(look(client, page), "og:image").startswith(f"{settings.SITE_URL}/static/brand/cards/")
    picture = ClinicImage.objects.create(title="Card", description="A card", file=plain())
    address = meta(look(client, change(page, social_image=picture)), "og:image")
    assert address.startswith(f"{settings.SITE_URL}/media/images/")


@every_kind
def test_a_page_hidden_from_search_engines_can_still_be_opened(kind, site, client):
    page = MAKERS[kind]()
    assert meta(look(client, page), "robots") == "max-snippet:-1, max-image-preview:large"
    assert meta(look(client, change(page, hide_from_search_engines=True)), "robots") == "noindex"


@every_kind
def test_a_page_names_its_one_address(kind, site, client, settings):
    page = MAKERS[kind]()
    html = look(client, f"{page.url}?utm_source=x")
    assert html.find("link", rel="canonical")["href"] == meta(html, "og:url") == f"{settings.SITE_URL}{page.url}"


def test_the_summary_introduces_the_page_in_lists(site, client):
    factories.article(summary="For the list.", topics=[factories.topic()])
    html = look(client, "/blog/")
    assert "For the list." in text_of(html.main)


# --- Questions ---------------------------------------------------------------


def test_patients_words_are_searched_and_never_shown(site, client):
    page = factories.question(title="What happens to my bill?", patients_words="superbill\ncopay")
    for url in (page.url, "/faq/", "/faq/all/", "/faq/topic/your-visit/"):
        assert "superbill" not in client.get(url).content.decode()
    assert page.title in text_of(look(client, "/search/?q=superbill").main)


def test_a_topic_introduces_its_questions(site, client):
    topic = factories.topic("your-visit", introduction="<p>How to get <b>ready</b>.</p>")
    factories.question(topic=topic)
    html = look(client, "/faq/topic/your-visit/")
    assert "How to get ready ." in text_of(html.main)
    assert text_of(html.h1) == topic.name


def test_a_question_leads_to_its_full_answer_only_where_there_is_more(site, client):
    factories.question(title="With more?", body=factories.paragraph("<p>More.</p>"))
    factories.question(title="Without?")
    links = {
        text_of(details.summary): text_of(details.find_all("a")[-1])
        for details in look(client, "/faq/").select("details.question")
    }
    assert links["With more?"].startswith("Full answer")
    assert links["Without?"].startswith("Open this question")


@pytest.mark.parametrize("kind", ["faq", "blog", "team", "visit", "disclaimers"])
def test_an_introduction_opens_its_section(kind, site, client):
    html = look(client, change(MAKERS[kind](), introduction="<p>Welcome in.</p>"))
    assert text_of(html.select_one("main .lead, main .faq > .prose")) == "Welcome in."


# --- Articles and bylines ------------------------------------------------------


@pytest.mark.parametrize("kind", ["article", "standard"])
def test_clinical_text_says_that_no_clinician_has_reviewed_it(kind, site, client):
    page = MAKERS[kind]()
    words = "Not yet reviewed by a clinician."
    assert words in text_of(look(client, change(page, is_clinical_text=True)).main)
    assert words not in text_of(look(client, change(page, is_clinical_text=False)).main)


def test_the_date_of_an_article_is_shown_where_there_is_one(site, client):
    page = factories.article(published_on=date(2024, 5, 31))
    html = look(client, page)
    assert html.select_one("time[datetime='2024-05-31']").string == "May 31, 2024"
    assert graph(html)["BlogPosting"]["datePublished"] == "2024-05-31"
    html = look(client, change(page, published_on=None))
    assert "2024" not in text_of(html.main)
    assert "datePublished" not in graph(html)["BlogPosting"]


def test_articles_stand_newest_first_and_undated_ones_last(site, client):
    factories.article("Undated")
    factories.article("Old", published_on=date(2020, 1, 1))
    factories.article("New", published_on=date(2024, 1, 1))
    html = look(client, "/blog/")
    titles = [text_of(html.select_one(".lead-article h2")), *map(text_of, html.select(".card__title"))]
    assert titles == ["New", "Old", "Undated"]


def test_key_points_stand_before_the_article(site, client):
    points = [{"type": "point", "value": "Bring a <friend>."}, {"type": "point", "value": "Eat early."}]
    html = look(client, factories.article(key_points=points, body=factories.paragraph("<p>Text.</p>")))
    assert [text_of(point) for point in html.select(".key-points li")] == ["Bring a <friend>.", "Eat early."]
    assert str(html.main).index("Eat early.") < str(html.main).index("Text.")


def test_an_article_without_key_points_has_no_place_for_them(site, client):
    assert look(client, factories.article()).select_one(".key-points") is None


def test_a_byline_names_authors_in_the_order_of_staff_and_links_to_them(site, client):
    first, second, draft = (
        factories.person("Zoe First"),
        factories.person("Al Second"),
        factories.person("No Page", live=False),
    )
    page = factories.article()
    for position, person in enumerate([first, second, draft]):
        Authorship.objects.create(page=page, person=person, sort_order=position)
    line = look(client, page).select_one(".byline")
    assert text_of(line).startswith("Written by Zoe First , Al Second , No Page")
    assert [link["href"] for link in line.find_all("a")] == [first.url, second.url]


def test_an_article_stands_under_its_topics(site, client):
    chosen, other = factories.topic("chosen"), factories.topic("other")
    page = factories.article("Under a topic", topics=[chosen])
    factories.article("Under another", topics=[other])
    html = look(client, "/blog/topic/chosen/")
    assert [text_of(card) for card in html.select(".card__title")] == [page.title]
    assert {text_of(link) for link in look(client, "/blog/").select(".filter a")} == {"All articles", "Chosen", "Other"}


def test_an_author_has_a_list_of_articles(site, client):
    person = change(factories.person("Jordan Example"), slug="jordan")
    page = factories.article("By Jordan")
    Authorship.objects.create(page=page, person=person)
    factories.article("By nobody")
    html = look(client, "/blog/author/jordan/")
    assert [text_of(card) for card in html.select(".card__title")] == ["By Jordan"]
    assert cards(look(client, person), "Written by Jordan Example") == ["By Jordan"]


def test_a_private_article_is_not_listed_on_the_page_of_its_author(site, client):
    person = factories.person("Jordan Example")
    private, public = factories.article("For some"), factories.article("For all")
    for page in (private, public):
        Authorship.objects.create(page=page, person=person)
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert cards(look(client, person), "Written by Jordan Example") == ["For all"]


def test_an_author_whose_page_is_private_has_no_list_of_articles(site, client):
    person = factories.person("Jordan Example", slug="jordan")
    Authorship.objects.create(page=factories.article(), person=person)
    assert client.get("/blog/author/jordan/").status_code == 200
    PageViewRestriction.objects.create(page=person, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/blog/author/jordan/").status_code == 404


# --- Keep reading --------------------------------------------------------------


def test_pages_to_read_next_stand_in_the_order_of_staff(site, client):
    a, b, c = (factories.question(f"Question {letter}?") for letter in "ABC")
    html = look(client, factories.question(related=[c, a, b]))
    assert cards(html, "Keep reading") == ["Question C?", "Question A?", "Question B?"]
    html = look(client, factories.article(related=[b, c, a]))
    assert cards(html, "Keep reading") == ["Question B?", "Question C?", "Question A?"]


def test_an_article_leads_on_to_no_question_twice(site, client):
    article = factories.article("Deeper")
    factories.question("Question A?", short_answer=f"<p>Read {factories.link(article)}.</p>")
    factories.question("Question B?")
    html = look(client, article)
    assert cards(html, "Questions this article covers in more depth") == ["Question A?"]
    assert cards(html, "Keep reading") == ["Question B?"]


def test_a_door_of_the_home_page_leads_to_a_part_of_a_page(site, client):
    home, page = factories.home(), factories.standard("Treatment")
    home.doors = [("door", {"title": "For pain", "text": "What we treat.", "page": page, "part": "for-chronic-pain"})]
    factories.publish(home)
    assert look(client, home).find("a", href=f"{page.url}#for-chronic-pain")


def test_a_question_ends_with_one_list_of_questions_and_articles(site, client):
    article, question = factories.article("Deeper"), factories.question("Next?")
    html = look(client, factories.question(related=[article, question]))
    assert cards(html, "Keep reading")[:2] == ["Deeper", "Next?"]
    assert len(html.select(".related-pages")) == 1


def test_home_asks_first_what_staff_chose(site, client):
    from core.models import RelatedPage

    a, b = factories.question("Question A?"), factories.question("Question B?")
    for position, target in enumerate([b, a]):
        RelatedPage.objects.create(page=site, target=target, sort_order=position)
    assert cards(look(client, "/"), "Questions people ask first") == ["Question B?", "Question A?"]


@pytest.mark.parametrize("way", ["unpublished", "expired", "private"])
def test_a_page_that_cannot_be_read_is_offered_nowhere(way, site, client):
    hidden = factories.article("Out of sight")
    door = [{"type": "door", "value": {"title": "A door", "text": "Come in", "page": hidden.pk}}]
    link = factories.paragraph(factories.link(hidden, "see there"))
    change(site, doors=door, body=link)
    page = factories.question(related=[hidden], body=link)
    assert look(client, "/").find("a", string="A door")
    if way == "unpublished":
        hidden.unpublish()
    elif way == "expired":
        type(hidden).objects.filter(pk=hidden.pk).update(expire_at=timezone.now())
    else:
        PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    for where in (site, page):
        html = look(client, where)
        assert not html.find("a", href=hidden.url)
        assert "A door" not in html.get_text()
        assert "Out of sight" not in html.get_text()
    assert "see there" in look(client, page).get_text()


# --- Home ----------------------------------------------------------------------


def test_the_hero_says_what_staff_wrote(site, client):
    change(site, hero_heading="Infusions", hero_lead="<p>For <b>you</b>.</p>", hero_caution="<p>Off-label.</p>")
    hero = look(client, "/").select_one(".hero")
    assert hero.h1.string == "Infusions"
    assert text_of(hero.select_one(".lead")) == "For you ."
    assert text_of(hero.select_one(".hero__caution")) == "Off-label."


def test_the_first_step_is_a_button_while_its_page_can_be_read(site, client):
    page = factories.question()
    change(site, first_step_page=page, first_step_label="Is it right for me?")
    button = look(client, "/").select_one(".hero .button")
    assert (text_of(button), button["href"]) == ("Is it right for me?", page.url)
    page.unpublish()
    assert look(client, "/").select_one(".hero .button") is None


def test_a_first_step_without_words_says_the_title(site, client):
    change(site, first_step_page=factories.question(title="Who is a candidate?"))
    assert text_of(look(client, "/").select_one(".hero .button")) == "Who is a candidate?"


def test_the_second_step_is_a_button_until_there_is_a_number_to_call(site, client):
    page = factories.standard("What to expect")
    change(site, second_step_page=page, second_step_label="How it goes")
    assert text_of(look(client, "/").select_one(f'.hero .button[href="{page.url}"]')) == "How it goes"
    factories.clinic(phone="(805) 555-0100")
    buttons = [text_of(button) for button in look(client, "/").select(".hero .button")]
    assert buttons == ["Call (805) 555-0100"]


def test_a_second_step_that_cannot_be_read_has_no_button(site, client):
    page = factories.standard(live=False)
    change(site, second_step_page=page)
    assert look(client, "/").select_one(".hero .button") is None


def test_the_first_section_of_the_home_page_stands_above_the_doors(site, client):
    heading = {"type": "heading", "value": {"text": "First", "level": "h2"}}
    second = {"type": "heading", "value": {"text": "Second", "level": "h2"}}
    door = [{"type": "door", "value": {"title": "A door", "text": "Why", "page": factories.standard().pk}}]
    change(site, doors=door, body=[heading, *factories.paragraph("<p>Text.</p>"), second])
    headings = [text_of(found) for found in look(client, "/").main.select("h2")]
    assert headings[:3] == ["First", "Where would you like to start?", "Second"]


def test_a_hero_without_words_falls_back_on_the_title(site, client):
    change(site, hero_heading="", hero_lead="", hero_caution="")
    hero = look(client, "/").select_one(".hero")
    assert hero.h1.string == site.title
    assert hero.select_one(".lead, .hero__caution") is None


def test_doors_lead_into_the_site_in_their_order(site, client):
    pages = [factories.standard(title=f"Page {letter}") for letter in "AB"]
    doors = [{"type": "door", "value": {"title": f"To {page.title}", "text": "Why", "page": page.pk}} for page in pages]
    change(site, doors=doors)
    links = look(client, "/").select(".doors a")
    assert [(text_of(link), link["href"]) for link in links] == [(f"To {page.title}", page.url) for page in pages]


def test_a_home_page_without_doors_has_no_place_for_them(site, client):
    assert look(client, "/").select_one(".doors") is None


# --- People ----------------------------------------------------------------------


def test_a_person_is_shown_with_what_staff_filled_in(site, client):
    photo = ClinicImage.objects.create(title="x", description="Jordan, smiling", file=plain())
    page = factories.person(
        "Jordan Example", role="KAP therapist", credentials="LMFT", license="LMFT 12345, California",
        photo=photo, biography="<p>Works with <i>care</i>.</p>",
    )  # fmt: skip
    html = look(client, page)
    assert html.h1.string == "Jordan Example, LMFT"
    assert "KAP therapist" in text_of(html.main)
    assert "License: LMFT 12345, California" in text_of(html.main)
    assert "Works with care ." in text_of(html.main)
    assert html.select_one(".portrait img")["alt"] == "Jordan, smiling"
    assert graph(html)["Person"]["jobTitle"] == "KAP therapist"
    card = look(client, "/team/").select_one(".card")
    assert "Jordan Example , LMFT" in text_of(card)
    assert "KAP therapist" in text_of(card)
    assert card.img


def test_a_person_with_a_name_only_has_no_empty_places(site, client):
    html = look(client, factories.person("Jordan Example"))
    assert html.h1.string == "Jordan Example"
    assert "License" not in text_of(html.main)
    assert html.main.select(".portrait, .prose, .lead, section") == []


# --- Disclaimers -------------------------------------------------------------------


def shows(client, url, words):
    """Whether words stand in the notices at the foot of a page."""
    return words in text_of(BeautifulSoup(client.get(url).content, "html.parser").select_one(".disclaimer"))


def test_a_disclaimer_for_everywhere_stands_on_every_kind_of_page(site, client):
    factories.disclaimer(notice="For everyone.")
    urls = [MAKERS[kind]().url for kind in MAKERS]
    for url in [*urls, "/faq/all/", "/search/?q=x", "/nothing/"]:
        assert shows(client, url, "For everyone."), url


def test_a_disclaimer_of_a_section_stands_on_its_page_and_all_below(site, client):
    parent = factories.standard(title="Parent", slug="parent")
    child = factories.add(parent, StandardPage(title="Child", slug="child"))
    sibling = factories.standard(title="Sibling", slug="parent-2")
    factories.disclaimer(notice="For the section.", scope="section", section=parent)
    shown = [page.title for page in (parent, child, sibling, site) if shows(client, page.url, "For the section.")]
    assert shown == ["Parent", "Child"]


def test_a_disclaimer_for_chosen_pages_stands_on_them_only(site, client):
    chosen = factories.standard(title="Chosen")
    child = factories.add(chosen, StandardPage(title="Child", slug="child"))
    page = factories.disclaimer(notice="For few.", scope="pages", live=False)
    page.chosen_pages = [DisclaimerTarget(page=chosen)]
    factories.publish(page)
    shown = [other.title for other in (chosen, child, site) if shows(client, other.url, "For few.")]
    assert shown == ["Chosen"]


@pytest.mark.parametrize("scope", ["section", "pages"])
def test_a_disclaimer_for_a_part_never_stands_in_for_the_one_for_all(scope, site, client):
    factories.disclaimer(notice="For a part.", scope=scope, section=factories.faq_index())
    assert shows(client, "/", "Nothing on this site is medical advice")
    assert shows(client, "/faq/", "Nothing on this site is medical advice")


def test_a_section_without_its_page_is_refused(site):
    page = factories.disclaimer(scope="everywhere")
    page.scope = "section"
    with pytest.raises(ValidationError, match="Choose the section"):
        page.full_clean()


def test_a_first_disclaimer_waits_for_its_day_and_the_built_in_one_stands(site, client):
    factories.disclaimer(notice="From next week on.", effective_date=timezone.localdate() + timedelta(days=7))
    assert not shows(client, "/", "From next week on.")
    assert shows(client, "/", "Nothing on this site is medical advice")


def test_the_page_of_a_disclaimer_says_since_when_it_is_in_force(site, client):
    earlier = timezone.localdate() - timedelta(days=1)  # it was not published yet
    page = factories.disclaimer(effective_date=earlier, body=factories.paragraph("<p>All of it.</p>"))
    html = look(client, page)
    assert html.select_one(f"main time[datetime='{timezone.localdate()}']")
    assert "Version 1 · In force since" in text_of(html.main)
    assert "All of it." in text_of(html.main)


def test_a_disclaimer_that_is_not_in_force_says_from_when_it_will_be(site, client):
    day = timezone.localdate() + timedelta(days=7)
    assert "In force from" in text_of(look(client, factories.disclaimer(effective_date=day)).main)


def test_a_later_version_of_the_full_text_waits_as_well(site, client):
    page = factories.disclaimer(body=factories.paragraph("<p>Text of today.</p>"))
    later = timezone.localdate() + timedelta(days=7)
    page = change(page, body=factories.paragraph("<p>Text of tomorrow.</p>"), effective_date=later)
    shown = text_of(look(client, page).main)
    assert "Text of today." in shown
    assert "Text of tomorrow." not in shown


# --- Facts and sources ---------------------------------------------------------


def test_what_is_still_to_be_clarified_stays_with_staff(site, client):
    fact = factories.fact(to_do="Ask the founders.", kind="result", source_note="Our own count")
    body = factories.paragraph(f"<p>{factories.fact_token(fact)}</p>")
    html = look(client, factories.standard(body=body))
    assert "Ask the founders." not in str(html)
    assert "Our own count. Ask us what this figure rests on." in text_of(html.main)


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        ({"doi": "10.1000/182", "pubmed_id": "123", "link": "https://example.org/"}, "https://doi.org/10.1000/182"),
        ({"pubmed_id": "123", "link": "https://example.org/"}, "https://pubmed.ncbi.nlm.nih.gov/123/"),
        ({"link": "https://example.org/"}, "https://example.org/"),
    ],
)
def test_a_source_leads_to_where_it_can_be_read(fields, address, site, client):
    source = factories.reference(container="J Test", volume="63", issue="8", pages="856–864", **fields)
    html = look(client, factories.article(body=factories.paragraph(f"<p>So{factories.fact_token(source)}.</p>")))
    entry = html.select_one(".sources li")
    assert entry.a["href"] == address
    assert "Zarate CA Jr et al. A randomized trial . J Test. 2006;63(8):856–864." in text_of(entry)
    assert html.select_one(f".citation a[href='#{entry['id']}']")


def test_a_source_that_can_be_read_nowhere_is_named_without_a_link(site, client):
    source = factories.reference()
    html = look(client, factories.article(body=factories.paragraph(f"<p>So{factories.fact_token(source)}.</p>")))
    assert html.select_one(".sources li cite").string == "A randomized trial"


def test_a_fact_cites_the_source_it_comes_from(site, client):
    fact = factories.fact(value="70%", kind="result", reference=factories.reference())
    html = look(client, factories.question(short_answer=f"<p>{factories.fact_token(fact)}</p>"))
    assert html.select_one(".fact .citation")
    assert len(html.select(".sources li")) == 1


# --- Blocks ------------------------------------------------------------------------

RICH = "<p>Plain and <b>bold</b>.</p>"
BODY = [
    {"type": "paragraph", "value": '<p>Running <i>text</i> with a <a href="https://example.org/">link</a>.</p><ul><li>Item</li></ul>'},
    {"type": "heading", "value": {"text": "A section", "level": "h2"}},
    {"type": "heading", "value": {"text": "A part", "level": "h3"}},
    {"type": "callout", "value": {"urgency": "note", "title": "Parking", "text": RICH}},
    {"type": "callout", "value": {"urgency": "caution", "title": "", "text": RICH}},
    {"type": "callout", "value": {"urgency": "emergency", "title": "Breathing", "text": RICH}},
    {
        "type": "steps",
        "value": {"title": "Before", "steps": [{"title": "Sleep", "text": RICH}, {"title": "Eat early", "text": ""}]},
    },
    {
        "type": "timeline",
        "value": {
            "title": "The day",
            "points": [{"time": "<p>Start</p>", "text": RICH}, {"time": "<p>Later</p>", "text": RICH}],
        },
    },
    {"type": "six_steps", "value": {"caption": "<p>Six steps, not promised results.</p>"}},
    {"type": "benefit_risk", "value": {"benefits": "<p>May help.</p>", "risks": "<p>May harm.</p>"}},
    {
        "type": "table",
        "value": {
            "caption": "At a glance",
            "columns": [{"type": "text", "heading": ""}, {"type": "rich_text", "heading": "How"}],
            "rows": [{"values": ["IV", "<p>Into a <b>vein</b></p>"]}, {"values": ["Spray", "<p>Nose</p>"]}],
        },
    },
    {"type": "quote", "value": {"text": "Be at ease.\n\nTake time.", "attribution": "A nurse"}},
    {"type": "disclosure", "value": {"summary": "What is a dose?", "text": RICH}},
    {"type": "when_you_call", "value": None},
    {"type": "way_there", "value": None},
]  # fmt: skip


@pytest.fixture
def body(site, client):
    """A text with every block but a figure, rendered."""
    return look(client, factories.standard(body=BODY)).select_one(".body")


def test_running_text_keeps_its_marks_links_and_lists(body):
    prose = body.select_one(".prose")
    assert prose.p.i.string == "text"
    assert prose.p.a["href"] == "https://example.org/"
    assert text_of(prose.ul.li) == "Item"


def test_headings_have_their_level_and_a_place_to_link_to(body):
    assert (body.find("h2").string, body.find("h2")["id"]) == ("A section", "a-section")
    assert (body.find("h3").string, body.find("h3")["id"]) == ("A part", "a-part")


@pytest.mark.parametrize(
    ("urgency", "label"),
    [("note", "Good to know: Parking"), ("caution", "Take care"), ("emergency", "Emergency: Breathing")],
)
def test_a_callout_says_its_urgency_in_words(urgency, label, body):
    callout = body.select_one(f".callout--{urgency}")
    assert callout["role"] == "note"
    assert text_of(callout.select_one(".callout__label")) == label
    assert callout.b.string == "bold"


def test_steps_are_a_numbered_list_with_its_title(body):
    steps = body.select_one("figure.steps")
    assert steps.figcaption.string == "Before"
    assert [text_of(step) for step in steps.ol.find_all("li", recursive=False)] == [
        "Sleep Plain and bold .",
        "Eat early",
    ]


def test_a_timeline_is_an_ordered_list_of_moments(body):
    timeline = body.select_one("figure.timeline")
    assert timeline.figcaption.string == "The day"
    assert [text_of(time) for time in timeline.select("ol > li > .timeline__time")] == ["Start", "Later"]


def test_six_steps_are_a_drawing_for_the_eye_and_words_for_everybody(body):
    course = body.select_one("figure.course")
    assert course.svg["aria-hidden"] == "true"
    assert text_of(course.figcaption) == "Six steps, not promised results."


def test_risk_stands_beside_benefit(body):
    both = body.select_one(".benefit-risk")
    assert text_of(both) == "What may help May help. What may harm May harm."


def test_a_table_has_headed_columns_and_rows_and_a_caption(body):
    table = body.table
    assert table.caption.string == "At a glance"
    assert [(cell.name, cell.get("scope"), text_of(cell)) for cell in table.thead.tr.find_all(["td", "th"])] == [
        ("td", None, ""),
        ("th", "col", "How"),
    ]
    assert [(cell.name, cell.get("scope"), text_of(cell)) for cell in table.tbody.tr.find_all(["td", "th"])] == [
        ("th", "row", "IV"),
        ("td", None, "Into a vein"),
    ]
    assert table.parent["aria-label"] == "At a glance"


def test_a_quote_names_who_said_it(body):
    quote = body.select_one("figure.quote")
    assert [text_of(line) for line in quote.blockquote.find_all("p")] == ["Be at ease.", "Take time."]
    assert quote.figcaption.string == "A nurse"


def test_a_fold_out_opens_without_a_script(body):
    details = body.details
    assert details.summary.string == "What is a dose?"
    assert not details.has_attr("open")


def test_a_figure_has_its_caption_and_credit_and_keeps_the_permission_private(site, client):
    picture = ClinicImage.objects.create(
        title="IMG_1",
        description="Chairs",
        rights_holder="Pat Example",
        rights_note="Consent in binder 3",
        file=plain(),
    )
    value = {"image": {"image": picture.pk, "decorative": False, "alt_text": "Chairs"}, "caption": "Our courtyard"}
    html = look(client, factories.article(body=[{"type": "figure", "value": value}]))
    figure = html.select_one("figure.figure")
    assert text_of(figure.figcaption) == "Our courtyard Picture: Pat Example"
    assert {source["type"] for source in figure.find_all("source")} == {"image/avif"}
    assert "binder" not in str(html)


@pytest.mark.parametrize("kind", ["home", "question", "article", "standard", "visit", "disclaimer"])
def test_every_kind_of_text_takes_every_block(kind, site, client):
    html = look(client, change(MAKERS[kind](), body=BODY))
    text = text_of(html.main)
    for words in (
        "Running text",
        "A section",
        "Parking",
        "Sleep",
        "The day",
        "May harm.",
        "Into a vein",
        "A nurse",
        "What is a dose?",
    ):
        assert words in text, words
    identifiers = [element["id"] for element in html.find_all(id=True)]
    assert len(identifiers) == len(set(identifiers))


def test_every_block_of_the_editor_is_tested_here(body):
    assert {block["type"] for block in BODY} | {"figure"} == set(BodyBlock().child_blocks)


def test_in_the_whole_faq_headings_stand_below_their_question(site, client):
    factories.question(body=BODY)
    answer = look(client, "/faq/all/").select_one("article.answer")
    assert [(heading.name, text_of(heading)) for heading in answer.find_all(re.compile("h[2-6]"))][1:] == [
        ("h4", "A section"),
        ("h5", "A part"),
    ]


def test_headings_that_say_the_same_have_places_of_their_own(site, client):
    texts = ["Risks", "Risks", "Main", "Source 1", "?"]
    cited = factories.paragraph(f"<p>So{factories.fact_token(factories.reference())}.</p>")
    body = cited + sections(*texts) + factories.paragraph(LONG)
    html = look(client, factories.article(body=body))
    identifiers = [element["id"] for element in html.find_all(id=True)]
    assert len(identifiers) == len(set(identifiers))
    targets = [link["href"][1:] for link in html.select(".contents a")]
    assert [text_of(html.find(id=target)) for target in targets] == texts


LONG = f"<p>{'word ' * 600}</p>"


def sections(*texts):
    return [{"type": "heading", "value": {"text": text, "level": "h2"}} for text in texts]


@pytest.mark.parametrize("make", [factories.article, factories.standard], ids=["article", "page"])
@pytest.mark.parametrize(
    ("texts", "html", "has_contents"),
    [("ABCD", LONG, True), ("ABC", LONG, False), ("ABCD", "<p>Few words.</p>", False)],
    ids=["long", "three sections", "few words"],
)
def test_only_a_long_text_begins_with_a_list_of_its_sections(texts, html, has_contents, make, site, client):
    page = make(body=sections(*texts) + factories.paragraph(html))
    assert bool(look(client, page).select(".contents")) is has_contents


def test_a_leaflet_begins_with_its_text(site, client):
    page = factories.standard(is_leaflet=True, body=sections(*"ABCD") + factories.paragraph(LONG))
    assert not look(client, page).select(".contents")


def test_a_part_without_a_section_is_refused(site):
    body = BodyBlock()
    with pytest.raises(ValidationError) as refused:
        body.clean(body.to_python([{"type": "heading", "value": {"text": "A part", "level": "h3"}}]))
    assert "needs its section" in str(refused.value.as_json_data())


@pytest.mark.parametrize(("urgency", "ways"), [("emergency", ["tel:911", "tel:988", "sms:988"]), ("note", [])])
def test_an_emergency_box_has_the_ways_to_a_person_and_no_other_box_has_them(urgency, ways, site, client):
    box = {"type": "callout", "value": {"urgency": urgency, "title": "Help", "text": RICH}}
    page = factories.standard(body=[box])
    assert [link["href"] for link in look(client, page).select(".callout .crisis__links a")] == ways
