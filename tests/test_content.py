"""The starter texts, as a visitor of a fresh site reads them, against what the clinic says of itself."""

import re
import tomllib
from dataclasses import dataclass, field

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings
from wagtail.models import Page

from evidence.models import Fact, Reference
from faq.models import MAX_SHORT_ANSWER_WORDS
from publishing.draft_references import uses_of
from quality.readability import grade
from starter.loader import CONTENT_FOLDER, load
from tests import factories
from text.rendering import count_words, plain_text

# The database is set up for tests that ask for it; these do by way of `starter`.
pytestmark = pytest.mark.django_db

# --- The site, read once -----------------------------------------------------

NOT_THE_TEXT = ".byline, .sources, .citation, .cards, .meta, [aria-hidden]"


def count_body_words(element):
    """The words of an element in one line, typographic apostrophes made plain."""
    text = " ".join(element.get_text(" ").split()).replace("’", "'")
    return re.sub(r"\s+([.,;:?!)])", r"\1", text)


@dataclass
class ReadPage:
    """A page of the fresh site as a visitor sees it."""

    title: str
    kind: str
    whole: str  # all words of the page's own part
    text: str  # the same without citations, sources, cards of other pages and the line under the heading
    bare: str  # the same without facts, too
    facts: set  # the values of the facts it states
    links: dict  # address -> words, of the links within the running text
    dates: list
    related: list  # keys of the pages that staff chose to read next
    short_answer: str = ""
    short_answer_words: int = 0
    lead: str = ""
    seo_title: str = ""
    line: str | None = None  # the key of its safety line


@dataclass
class Starter:
    """The fresh site: its pages by key, and its records."""

    pages: dict = field(default_factory=dict)
    drafts: dict = field(default_factory=dict)  # key -> whether anybody gets it
    facts: dict = field(default_factory=dict)  # key -> value
    notes: dict = field(default_factory=dict)  # key -> source note
    cited: set = field(default_factory=set)
    references: set = field(default_factory=set)


def key_of(page):
    return page.url_path.strip("/").partition("/")[2] or "home"


def read(page, client):
    html = client.get(page.url).content.decode()
    main = BeautifulSoup(html, "html.parser").main
    facts = set()
    for fact in main.select(".fact"):
        facts.add(next(fact.strings))
    short_answer = getattr(page, "short_answer", "")
    found = ReadPage(
        title=page.title.replace("’", "'"),
        kind=page._meta.model_name,
        whole=count_body_words(main),
        text="",
        bare="",
        facts=facts,
        links={a["href"]: count_body_words(a) for a in main.select(".prose a, .callout a, .steps a, .lead a")},
        dates=[time["datetime"] for time in main.select("time")],
        related=[key_of(link.target) for link in page.related_links.all()],
        short_answer=plain_text(short_answer, notes=False).replace("’", "'"),
        short_answer_words=count_words(short_answer),
        lead=plain_text(getattr(page, "hero_lead", "") or getattr(page, "introduction", ""), notes=False),
        seo_title=page.seo_title,
        line=page.safety_line.key if page.safety_line else None,
    )
    for element in main.select(NOT_THE_TEXT):
        element.decompose()
    found.text = count_body_words(main)
    for element in main.select(".fact, .basis"):
        element.decompose()
    found.bare = count_body_words(main)
    return found


@pytest.fixture(scope="module")
def starter(django_db_setup, django_db_blocker, tmp_path_factory):
    """The starter texts loaded into the empty site and read; then the site is empty again."""
    site = Starter()
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    media = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    folder = tmp_path_factory.mktemp("media")
    with (
        django_db_blocker.unblock(),
        override_settings(STORAGES={**media, **plain}, MEDIA_ROOT=folder),
        transaction.atomic(),
    ):
        cache.clear()
        factories.remove_basic_pages()
        load()
        client = Client()
        for page in Page.objects.filter(depth__gt=1).specific():
            if page.live:
                site.pages[key_of(page)] = read(page, client)
            else:
                site.drafts[key_of(page)] = client.get(page.url).status_code
        site.facts = dict(Fact.objects.values_list("key", "value"))
        site.notes = dict(Fact.objects.values_list("key", "source_note"))
        site.references = set(Reference.objects.values_list("key", flat=True))
        site.cited = {reference.key for reference in uses_of(list(Reference.objects.all()))}
        transaction.set_rollback(True)
    cache.clear()
    return site


# --- Every fact of the clinic's fact sheet stands where it belongs ------------

# Page -> what it has to say: a phrase (any case), or fact:key for a figure or rule from its one record.
SHEET = {
    "faq": [
        "many mental health and pain conditions",
        "with psychotherapy in downtown San Luis Obispo",
        "what you have been looking for",
        *["depression", "treatment-resistant depression", "anxiety disorders", "PTSD", "alcohol use disorder"],
        *["fibromyalgia", "migraine", "complex regional pain syndrome (CRPS)", "neuropathic pain", "and others"],
        "off-label",
    ],
    "faq/what-is-ketamine-infusion-therapy": [
        *["low dose", "sub-anesthetic", "into a vein (IV)", "fact:session-length"],
        *[
            "act against depression and anxiety",
            "in a clinic",
            "a health professional supervises",
            "fact:years-studied",
        ],
        *["severe depression", "PTSD", "anxiety", "chronic pain", "fact:ketamine-approval-year", "as an anesthetic"],
        *["substance use", "off-label: the FDA has not approved"],
    ],
    "faq/how-does-ketamine-work-for-depression": [
        *["glutamate system", "SSRIs", "serotonin", "norepinephrine", "plasticity", "new pathways", "may form"],
        *["faster than with standard drugs", "other mental disorders", "weaken the connections between brain cells"],
        *["“brain fog”", "bad experiences harder to process", "connections recover", "receptors", "communicate better"],
        "off-label",
    ],
    "faq/how-well-does-ketamine-work": [
        *[
            "fact:response-research",
            "fact:response-research-larger",
            "in certain cases",
            "ketamine alone",
            "psychotherapy is believed to improve results",
        ],
        *["help them last", "fact:response-innerbloom", "our protocol", "(ketamine-assisted psychotherapy, or KAP)"],
        *["people whom other antidepressants did not help", "fact:relief-hours", "off-label"],
    ],
    "faq/who-is-a-candidate-for-ketamine": [
        *[
            "typically",
            "depression",
            "treatment-resistant depression",
            "anxiety disorder",
            "PTSD",
            "alcohol use disorder",
        ],
        *["certain kinds of chronic pain", "standard treatment did not help", "thorough evaluation"],
        *["a health professional then decides", "off-label", "fibromyalgia", "migraine"],
        *["complex regional pain syndrome (CRPS)", "neuropathic pain", "and others"],
    ],
    "faq/how-long-is-a-ketamine-session": [
        *["fact:session-length", "mood disorders", "fact:session-stay", "effects can fade", "fact:onset"],
        *[
            "effects fade fast once",
            "fact:back-to-baseline",
            "baseline",
            "intramuscular, or IM",
            "within about a minute",
        ],
        *["the full dose goes in at once", "on separate days", "fact:psychotherapy-length", "in person or online"],
        *["chronic pain, ask us", "fact:driving", "Illustration"],
    ],
    "faq/what-happens-on-an-infusion-day": [
        *["fact:fasting", "water is allowed and encouraged", "reclining chair", "an IV is placed", "eye shades"],
        *["Bluetooth headset", "curated playlist", "stays in the room throughout", "watches over your safety"],
    ],
    "faq/may-i-bring-someone-to-my-infusion": [
        *["a friend", "a family member", "your own therapist", "at ease", "someone else must drive you home"],
    ],
    "faq/what-are-the-side-effects-of-ketamine": [
        *[
            "nausea",
            "dizziness",
            "faster heart rate",
            "higher blood pressure",
            "dissociation",
            "detached from your body",
        ],
        *["to them it is a side effect", "value in therapy", "usually short-lived", "closely"],
        *["abuse and misuse", "psychiatric events", "sedation", "raised blood pressure", "slowed breathing"],
        "symptoms of the bladder and lower urinary tract",
    ],
    "faq/how-fast-does-ketamine-work": [
        *[
            "fact:relief-hours",
            "after days",
            "ordinary antidepressants often take weeks",
            "varies from person to person",
        ],
    ],
    "faq/is-ketamine-safe": [
        *[
            "We consider it very safe for most patients",
            "trained medical professionals supervise it in a clinic",
        ],
        *["psychoactive", "abused", "psychological dependence", "Used to get high, or outside a clinic"],
        *["fact:compounded-warning-date", "compounded ketamine products", "taken by mouth at home"],
    ],
    "faq/how-many-ketamine-infusions-will-i-need": [
        *["induction", "establish the effect", "fact:series-size", "fact:series-span", "fact:series-pace"],
        *["fact:series-options", "your response and your schedule", "maintenance", "boosters", "only as needed"],
        *["fact:no-booster", "fact:booster-share", "those who complete the series", "fact:booster-interval"],
    ],
    "faq/why-psychotherapy-with-ketamine": [
        *["strengthen and prolong", "structured place", "make sense of the experience", "integration", "keep track"],
        *[
            "hard feelings",
            "coping",
            "underlying causes, not only symptoms",
            "full benefit out of ketamine",
            "Illustration",
        ],
    ],
    "faq/ketamine-with-my-own-therapist": [
        *[
            "ours can help even if you have your own",
            "Cindy",
            "trained to prepare people for ketamine",
            "make sense of it afterward",
        ],
        *["recommend and welcome that both therapists work together", "invite your own therapist to your infusions"],
    ],
    "faq/what-does-ketamine-feel-like": [
        *["fact:onset", "gentle", "floating", "rocking", "flying over landscapes", "nature, people or memories"],
        *["in color or in gray", "love, connection, gratitude", "appreciation of the people in your life"],
        "aware of your body again",
    ],
    "faq/what-is-spravato": [
        *[
            "esketamine, a nasal spray",
            "only the S-form",
            "both forms, R and S",
            "rules on who may have it are stricter",
        ],
        *["in our view, Spravato works less well", "more treatments to reach remission", "we prefer IV ketamine"],
        *[
            "FDA approved Spravato",
            "fact:spravato-approval-year",
            "fact:spravato-alone-since",
            "REMS",
            "certified sites",
        ],
        *["fact:spravato-monitoring", "Spravato has FDA approval and IV ketamine does not"],
    ],
    "faq/keep-taking-medication-during-ketamine": [
        *["yes, as prescribed, during the whole series", "one exception", "wait until the series is done"],
        *["only with the person who prescribes it", "taper antidepressants or benzodiazepines"],
    ],
    "faq/does-ketamine-interact-with-my-medication": [
        *[
            "lamotrigine",
            "a benzodiazepine (such as Xanax)",
            "may weaken ketamine's effect",
            "on the day of the infusion",
        ],
        *[
            "only if your prescriber agrees beforehand",
            "never stop lamotrigine or a benzodiazepine",
            "seizures that threaten life",
        ],
        *["boxed warning", "fact:benzodiazepine-warning-year", "could not skip a dose still benefited"],
        *["may be small, or there may be none", "few interactions", "watchfulness matters", "Illustration"],
    ],
    "faq/does-insurance-cover-ketamine": [
        *[
            "differs by insurer and plan",
            "generally not covered",
            "part or all",
            "patients pay first",
            "ask your insurer",
        ],
    ],
    "faq/driving-after-ketamine": ["fact:driving", "heavy machinery", "arrange your ride home beforehand"],
    "faq/how-to-find-a-reputable-ketamine-provider": [
        *["certified medical professionals", "experience with ketamine", "protocols", "patient reviews"],
        "ask your own doctors",
    ],
    "home": ["downtown San Luis Obispo", "psychotherapy", "FDA-approved as an anesthetic", "off-label", "chronic pain"],
    "treatment": [
        *[
            "ketamine-assisted psychotherapy, or KAP",
            "depression",
            "treatment-resistant depression",
            "anxiety disorders",
        ],
        *["PTSD", "alcohol use disorder", "fibromyalgia", "migraine", "complex regional pain syndrome (CRPS)"],
        *["neuropathic pain", "other kinds of chronic pain", "a doctor is on staff", "Cindy", "off-label"],
        *["stays in the room for the whole infusion", "fact:ketamine-approval-year"],
    ],
    "who-should-not-have-ketamine": [
        *["marked rise in blood pressure would be a serious hazard", "hypersensitive", "psychosis"],
        *[
            "high blood pressure that is not under control",
            "heart disease",
            "raised pressure in the head or in the eye",
        ],
        *["pregnancy and breastfeeding", "present misuse of alcohol or drugs", "liver disease", "bladder disease"],
        *["case by case", "call 988", "text 988", "press 1", "text 838255", "call 911"],
    ],
    "team": ["a doctor is on staff", "such as the doctor, stays in the room for your whole infusion", "Cindy"],
    "what-to-expect": ["fact:fasting", "fact:onset", "fact:session-length", "fact:driving", "lamotrigine"],
    "what-to-expect/infusion-day": [
        *["fact:fasting", "fact:session-length", "fact:session-stay", "fact:back-to-baseline", "fact:driving"],
        *["water is allowed and encouraged", "stays in the room throughout", "someone else must drive you home"],
    ],
    "what-to-expect/ride-home": ["fact:session-length", "fact:session-stay", "fact:driving", "heavy machinery"],
    "blog/your-experience-at-innerbloom": ["fact:fasting", "fact:session-length", "fact:driving", "fact:series-size"],
    "blog/ketamine-risks-misuse-and-addiction": [
        *["abuse and misuse", "psychological dependence", "fact:compounded-warning-date", "slowed breathing"],
        *["bladder", "psychiatric events", "off-label"],
    ],
    "blog/iv-ketamine-vs-spravato": [
        *["fact:spravato-approval-year", "fact:spravato-alone-since", "fact:spravato-monitoring", "REMS", "S-form"],
        *["stricter eligibility criteria", "in our view", "we are not neutral", "off-label"],
    ],
    "blog/ketamine-and-stopping-benzodiazepines": [
        *["fact:benzodiazepine-warning-year", "boxed warning", "seizures", "preliminary", "never stop", "off-label"],
    ],
    "blog/how-to-choose-a-ketamine-clinic": ["certified", "protocol", "reviews", "your own doctors", "red flags"],
    "disclaimers/medical-disclaimer": [
        *["this notice, news, posts, articles, testimonials and frequently asked questions", "not to be taken for it"],
        *["does not diagnose or treat", "licensed medical professional who knows you and your history"],
        *["not responsible for anything that people do because they rely on the content", "terms and conditions"],
    ],
    "terms": ["Nothing on it is medical advice", "medical disclaimer", "call 911", "call 988"],
    "privacy": ["collects nothing about you"],
    "accessibility": ["WCAG 2.2"],
}


def missing(page, claims, facts):
    """The claims that a page does not make."""
    text = page.text.lower()
    return [
        claim
        for claim in claims
        if (facts[claim[5:]] not in page.facts if claim.startswith("fact:") else claim.lower() not in text)
    ]


@pytest.mark.parametrize("key", SHEET)
def test_the_page_says_what_the_clinic_says_of_it(key, starter):
    assert missing(starter.pages[key], SHEET[key], starter.facts) == []


def test_the_twenty_questions_stand_in_their_five_topics(starter):
    assert sum(page.kind == "faqentrypage" for page in starter.pages.values()) == 20
    headings = ["How it works", "Results and plan", "Is it safe for me?", "Your visit", "Cost and choosing"]
    places = [starter.pages["faq"].text.index(f" {heading} ") for heading in headings]
    assert places == sorted(places)


def test_every_fact_is_stated_somewhere(starter):
    stated = set().union(*(page.facts for page in starter.pages.values()))
    assert [key for key, value in starter.facts.items() if value not in stated] == []


def test_the_handbook_lists_every_fact_with_the_pages_that_state_it(starter, settings):
    handbook = (settings.BASE_DIR / "docs" / "content.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \| (.+) \|$", handbook, re.MULTILINE)
    listed = {fact: set(re.findall(r"`([^`]+)`", pages)) for fact, pages in rows}
    stated = {
        fact: {key for key, page in starter.pages.items() if value in page.facts} - {"faq"}
        for fact, value in starter.facts.items()
    }
    assert listed == stated


def test_every_source_is_cited_somewhere(starter):
    assert starter.references == starter.cited


def test_questions_without_an_answer_are_for_staff_only(starter):
    assert len(starter.drafts) == 6
    assert set(starter.drafts.values()) == {404}


# --- Titles that link both ways ----------------------------------------------

ARTICLES = {
    "faq/what-happens-on-an-infusion-day": (
        "blog/your-experience-at-innerbloom",
        "A Comprehensive Guide for Your Experience at Innerbloom Ketamine Therapy",
    ),
    "faq/what-are-the-side-effects-of-ketamine": (
        "blog/ketamine-risks-misuse-and-addiction",
        "Ketamine: Navigating Risks, Mitigating Misuse, and Addressing Potential Addiction",
    ),
    "faq/what-is-spravato": (
        "blog/iv-ketamine-vs-spravato",
        "IV Ketamine vs. Nasal Spravato (Esketamine): In-Depth Comparison for Depression Treatment",
    ),
    "faq/keep-taking-medication-during-ketamine": (
        "blog/ketamine-and-stopping-benzodiazepines",
        "Ketamine's Role for Discontinuing Long-Term Benzodiazepine Use for Treatment-Resistant Depression",
    ),
    "faq/how-to-find-a-reputable-ketamine-provider": (
        "blog/how-to-choose-a-ketamine-clinic",
        "How to Select the Best Ketamine Clinic and Recognize Potential Red Flags",
    ),
}


@pytest.mark.parametrize("question", ARTICLES)
def test_question_and_article_link_to_each_other_by_title(question, starter):
    article, title = ARTICLES[question]
    assert starter.pages[article].title == title
    assert starter.pages[question].links[f"/{article}/"] == title
    assert starter.pages[article].links[f"/{question}/"] == starter.pages[question].title


def test_the_faq_ends_with_articles_to_read_next(starter):
    assert {starter.pages[key].kind for key in starter.pages["faq"].related} == {"blogpostpage"}


def test_every_article_leads_on_to_questions_and_to_articles(starter):
    for key, page in starter.pages.items():
        if page.kind == "blogpostpage":
            assert {starter.pages[other].kind for other in page.related} == {"faqentrypage", "blogpostpage"}, key


# --- Plain, kind, safe --------------------------------------------------------

HARDEST_GRADE = 8


@pytest.fixture
def answers(starter):
    """{key: page} of the questions."""
    return {key: page for key, page in starter.pages.items() if page.kind == "faqentrypage"}


def test_short_answers_are_read_with_ease_by_a_fourteen_year_old(answers):
    grades = {key: grade(page.short_answer) for key, page in answers.items()}
    assert {key: found for key, found in grades.items() if found > HARDEST_GRADE} == {}


@pytest.mark.parametrize("key", ["home", "faq"])
def test_what_stands_first_is_read_with_ease_too(key, starter):
    assert grade(starter.pages[key].lead) <= HARDEST_GRADE


def test_short_answers_are_short(answers):
    assert {key for key, page in answers.items() if page.short_answer_words > MAX_SHORT_ANSWER_WORDS} == set()


BENEFIT = re.compile(
    r"better|relief|helps?\b|effects?\b|response|strengthen|love|safe|used for|approved it for|candidate"
)
# Said, a benefit is not left alone: a risk, a limit, or that the use is off-label.
LIMIT = re.compile(r"off-label|risks?\b|seizures|dizz|nausea|not everyone|do not feel better|is no forecast")
# They speak of effects that fade or weaken: no benefit that could tempt anybody.
NO_BENEFIT = {"faq/how-long-is-a-ketamine-session"}


def test_a_short_answer_that_names_a_benefit_names_its_limit(answers):
    alone = {
        key
        for key, page in answers.items()
        if BENEFIT.search(page.short_answer) and not LIMIT.search(page.short_answer)
    }
    assert alone == NO_BENEFIT


@pytest.mark.parametrize(
    "key",
    [
        "faq/what-is-ketamine-infusion-therapy",
        "faq/how-does-ketamine-work-for-depression",
        "faq/how-well-does-ketamine-work",
        "faq/who-is-a-candidate-for-ketamine",
        "faq/what-is-spravato",
        "faq/is-ketamine-safe",
    ],
)
def test_the_short_answer_says_that_the_use_is_off_label(key, answers):
    assert "off-label" in answers[key].short_answer
    assert "FDA has not approved" in answers[key].short_answer


def test_nobody_is_told_to_skip_medication_without_the_guard(starter):
    guard = "seizures that threaten life"
    speaking = [key for key, page in starter.pages.items() if "benzodiazepine" in page.bare.lower()]
    # This one only leads to the answer that has it.
    speaking.remove("faq/what-happens-on-an-infusion-day")
    assert [key for key in speaking if guard not in starter.pages[key].whole] == []
    for key in ("faq/keep-taking-medication-during-ketamine", "faq/does-ketamine-interact-with-my-medication"):
        assert guard in starter.pages[key].short_answer


BANNED = re.compile(
    r"!|\b(?:best|leading|safest|finest|unique|world-class|state-of-the-art|cutting-edge|miracle|breakthrough"
    r"|cures?|guarantee[ds]?|proven|risk-free|painless|you will feel better|no side effects)\b",
    re.IGNORECASE,
)


def test_nothing_shouts_boasts_or_promises(starter):
    found = {}
    for key, page in starter.pages.items():
        text = page.whole
        for _, title in ARTICLES.values():  # one of the clinic's own titles says "best"
            text = text.replace(title, "")
        found[key] = BANNED.findall(text)
    assert {key: words for key, words in found.items() if words} == {}


def test_figures_of_results_stay_off_the_home_page_until_they_have_a_basis(starter):
    ours = {"response-innerbloom", "no-booster", "booster-share", "booster-interval"}
    assert not starter.pages["home"].facts & {starter.facts[key] for key in ours}
    note = "Innerbloom’s own count; we have not yet published how it was measured."
    assert {starter.notes[key] for key in ours} == {note}
    said = starter.pages["faq/how-well-does-ketamine-work"].text
    assert f"{note} Ask us what this figure rests on.".replace("’", "'") in said


def test_the_count_of_the_clinic_opens_the_detail_and_its_owner_stands_in_the_sentence(starter):
    page = starter.pages["faq/how-well-does-ketamine-work"]
    detail = page.text.partition("What we have seen at Innerbloom ")[2]
    assert detail.startswith("By our own count, we have observed a response rate of 82% ")
    assert "82%" not in page.short_answer


def test_above_seventy_percent_stands_beside_the_size_of_its_study_and_a_larger_one(starter):
    larger = starter.facts["response-research-larger"]
    for key, page in starter.pages.items():
        if starter.facts["response-research"] in page.facts:
            assert larger in page.facts, key
            assert "18 people" in page.text, key
            assert "73 people" in page.text, key


def test_no_sentence_carries_a_note_in_brackets(starter):
    assert not any(
        f"({note.rstrip('.')}" in page.whole
        for page in starter.pages.values()
        for note in starter.notes.values()
        if note
    )


# --- Nothing invented ---------------------------------------------------------

# What may stand as a figure outside a fact: help lines, and the standard that the site aims at.
FIGURES = {"988", "911", "838255", "2.2"}


def test_every_figure_is_a_fact(starter):
    found = {}
    for key, page in starter.pages.items():
        text = page.bare.replace("press 1,", "press,")
        found[key] = set(re.findall(r"\d[\d.,]*\d|\d", text)) - FIGURES
    assert {key: figures for key, figures in found.items() if figures} == {}


def test_no_name_address_or_price_is_invented(starter):
    text = " ".join(page.whole for page in starter.pages.values())
    assert re.findall(r"\$|@|\bDr\.|\b(?:Street|Avenue|Boulevard|Suite)\b|\b9\d{4}\b", text) == []
    assert "Cindy" in text


def test_links_dial_help_lines_only(starter):
    links = {href for page in starter.pages.values() for href in page.links}
    assert {href for href in links if href.startswith(("tel:", "sms:", "mailto:"))} == {"tel:911", "tel:988", "sms:988"}


# --- Candor ---------------------------------------------------------------------

# They speak of the site or of the clinic, not of treatment, or only lead to what does.
NOT_CLINICAL = {
    *["home", "faq", "blog", "team", "visit", "terms", "privacy", "accessibility"],
    *["disclaimers", "disclaimers/medical-disclaimer"],
}


def test_text_about_treatment_says_that_no_clinician_has_reviewed_it(starter):
    silent = {key for key, page in starter.pages.items() if "Not yet reviewed by a clinician." not in page.whole}
    assert silent == NOT_CLINICAL


def test_the_day_of_installation_is_shown_nowhere(starter):
    # A disclaimer says since when its version stands: that is its history.
    dated = {key for key, page in starter.pages.items() if page.dates or "Updated" in page.whole}
    assert dated <= {"disclaimers/medical-disclaimer"}


def test_legal_texts_do_not_show_their_marks_for_staff(starter):
    assert not any("legal review" in page.whole for page in starter.pages.values())


# --- What staff still have to do ------------------------------------------------


def to_dos():
    return tomllib.loads((CONTENT_FOLDER / "todos.toml").read_text(encoding="utf-8"))["todo"]


def test_every_to_do_says_what_why_and_where(starter):
    places = {"clinic settings", *starter.pages, *starter.drafts, *starter.facts}
    for to_do in to_dos():
        assert set(to_do) == {"key", "title", "why", "place"}
        assert all(to_do.values())
        assert to_do["place"] in places, to_do["key"]
    keys = [to_do["key"] for to_do in to_dos()]
    assert len(keys) == len(set(keys))


def test_a_place_means_one_thing(starter):
    assert not set(starter.facts) & {*starter.pages, *starter.drafts}


@pytest.mark.parametrize(
    "place", ["disclaimers/medical-disclaimer", "terms", "privacy", "accessibility", "faq", "blog"]
)
def test_legal_and_clinical_review_are_on_the_list(place):
    assert place in {to_do["place"] for to_do in to_dos()}


def test_every_question_without_an_answer_is_on_the_list(starter):
    assert set(starter.drafts) <= {to_do["place"] for to_do in to_dos()}


LINES = {
    "off-label": [
        "faq/what-is-ketamine-infusion-therapy",
        "faq/how-well-does-ketamine-work",
        "faq/is-ketamine-safe",
        "faq/what-does-ketamine-feel-like",
        "treatment",
        "blog/ketamine-risks-misuse-and-addiction",
        "blog/iv-ketamine-vs-spravato",
        "blog/ketamine-and-stopping-benzodiazepines",
    ],
    "ride-home": ["faq/what-happens-on-an-infusion-day", "faq/how-long-is-a-ketamine-session"],
    None: [
        "faq/ketamine-with-my-own-therapist",
        "faq/driving-after-ketamine",
        "faq/does-insurance-cover-ketamine",
        "blog/how-to-choose-a-ketamine-clinic",
        "terms",
    ],
}


@pytest.mark.parametrize(("line", "key"), [(line, key) for line, keys in LINES.items() for key in keys])
def test_a_page_carries_the_line_that_the_fact_sheet_gives_it(line, key, starter):
    assert starter.pages[key].line == line


def test_the_clinics_own_title_of_the_faq_stands_in_the_head(starter):
    title = "Frequently asked questions about ketamine therapy for mental health and pain"
    assert starter.pages["faq"].seo_title == title
