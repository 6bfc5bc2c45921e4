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
    safety_line: str = ""  # the key of the line under the answer
    lead: str = ""
    html: str = ""
    seo_title: str = ""


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
        html=str(main),
        whole=count_body_words(main),
        text="",
        bare="",
        facts=facts,
        links={a["href"]: count_body_words(a) for a in main.select(".prose a, .callout a, .steps a, .lead a")},
        dates=[time["datetime"] for time in main.select("time")],
        related=[key_of(link.target) for link in page.related_links.all()],
        short_answer=plain_text(short_answer, notes=False).replace("’", "'"),
        short_answer_words=count_words(short_answer),
        safety_line=getattr(getattr(page, "safety_line", None), "key", ""),
        lead=plain_text(getattr(page, "hero_lead", "") or getattr(page, "introduction", ""), notes=False),
        seo_title=page.seo_title,
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


def test_no_two_neighbors_in_a_list_look_alike(starter):
    alike, lists = [], 0
    for key, page in starter.pages.items():
        for cards in BeautifulSoup(page.html, "html.parser").select("ul.cards"):
            drawn = [card.select_one("img, svg") for card in cards.find_all("li", recursive=False)]
            seen = [picture.get("src") or str(picture) for picture in drawn if picture]
            lists += len(seen) > 1
            alike += [key for number, picture in enumerate(seen) if picture in seen[max(0, number - 4) : number]]
    assert alike == []
    assert lists >= 2  # home and the articles at least


# --- Every fact of the clinic's fact sheet stands where it belongs ------------

# Page -> what it has to say: a phrase (any case), or fact:key for a figure or rule from its one record.
SHEET = {
    "faq": [
        *["in our view, ketamine stands out for its high response rate, rapid effect, and safety profile"],
        *["in many mental health and pain conditions", "with psychotherapy", "in downtown San Luis Obispo"],
        *["perhaps this is what you have been looking for", "depression", "treatment-resistant depression"],
        *["anxiety disorders", "PTSD", "substance use disorders such as alcohol use disorder", "fibromyalgia"],
        *["migraine", "complex regional pain syndrome (CRPS)", "neuropathic pain (nerve pain)", "and other kinds"],
    ],
    "faq/what-is-ketamine-infusion-therapy": [
        *["low dose", "sub-anesthetic", "into a vein (IV)", "fact:session-length", "in a clinic"],
        *["a health professional supervises", "ease depression and anxiety", "fact:years-studied"],
        *["severe depression, PTSD, anxiety, and chronic pain", "we see it as a valuable option"],
        *["fact:ketamine-approval-year", "as an anesthetic", "substance use"],
    ],
    "faq/how-does-ketamine-work-for-depression": [
        *["glutamate system", "SSRIs", "serotonin", "norepinephrine", "plasticity", "new neural pathways", "may form"],
        *["in our view, relief can come faster than with standard drugs"],
        *["depression and other mental disorders can weaken"],
        *["connections between brain cells", "“brain fog,”", "difficulty processing bad experiences"],
        *["help those connections recover", "receptors", "communicate better", "fact:relief-hours"],
        *["fact:compounded-warning-date", "no evidence that ketamine is safer, more effective, or faster"],
    ],
    "faq/how-well-does-ketamine-work": [
        *["many people get relief", "and some do not", "fact:relief-hours", "fact:response-research"],
        *["fact:response-research-larger", "with a comparison drug", "fact:response-day-after", "fact:response-ect"],
        *["in certain cases", "ketamine alone"],
        *["adding psychotherapy is believed to improve results", "last longer", "fact:response-innerbloom"],
        *["our protocol, which includes ketamine-assisted psychotherapy", "18 people", "73 people", "403 people"],
        *["good news above all for people who got no relief from other antidepressants"],
        *["a notable strength of ketamine is its speed", "fact:compounded-warning-date"],
        *["no evidence that ketamine is safer, more effective, or faster"],
    ],
    "faq/who-is-a-candidate-for-ketamine": [
        *["depression", "treatment-resistant depression", "anxiety disorders", "PTSD"],
        *["substance use disorders such as alcohol use disorder", "chronic pain", "standard treatment has not helped"],
        *["a thorough evaluation by a health professional decides", "fibromyalgia", "migraine"],
        *["complex regional pain syndrome (CRPS)", "neuropathic pain (nerve pain)", "and other kinds"],
    ],
    "faq/how-long-is-a-ketamine-session": [
        *["fact:session-length", "mood disorders", "fact:session-stay", "while the effects fade", "fact:onset"],
        *["then the effects fade fast", "fact:back-to-baseline", "baseline", "intramuscular, or IM"],
        *["within about a minute", "because the full dose goes in at once", "on separate days"],
        *["fact:psychotherapy-length", "in person, or online while you are in California"],
        *["for chronic pain, ask us", "fact:driving", "Illustration"],
    ],
    "faq/what-happens-on-an-infusion-day": [
        *["fact:fasting", "water is allowed and highly recommended", "diabetes", "GLP-1", "cozy reclining chair"],
        *["we place an IV", "eye shades", "Bluetooth headset", "curated playlist", "such as the doctor"],
        *["stays in the room the whole time", "monitors your condition closely, for your safety"],
    ],
    "faq/may-i-bring-someone-to-my-infusion": [
        *["absolutely, they are welcome", "a friend", "a family member", "your own therapist"],
        *["if that puts you more at ease", "for your safety, someone other than you must drive you home"],
    ],
    "faq/what-are-the-side-effects-of-ketamine": [
        *["nausea", "dizziness", "faster heart rate", "higher blood pressure", "dissociation"],
        *["detached from your body", "to some people it is a side effect", "great therapeutic potential in it"],
        *["usually temporary", "we watch you closely during the infusion", "abuse and misuse", "psychiatric events"],
        *["sedation", "raised blood pressure", "slowed breathing", "symptoms of the bladder and lower urinary tract"],
    ],
    "faq/how-fast-does-ketamine-work": [
        *["some people feel better", "fact:relief-hours", "within days", "ordinary antidepressants often take weeks"],
        *["varies from person to person", "fact:compounded-warning-date"],
        *["no evidence that ketamine is safer, more effective, or faster"],
    ],
    "faq/is-ketamine-safe": [
        *["in our view, ketamine is very safe for most patients"],
        *["when trained medical professionals supervise it", "still be misused", "so we watch for that"],
        *[
            "psychoactive",
            "potential for abuse and psychological dependence",
            "used recreationally or outside a clinic",
        ],
        *["fact:compounded-warning-date", "compounded ketamine products", "oral forms taken at home"],
        *["no evidence that ketamine is safer, more effective, or faster"],
    ],
    "faq/how-many-ketamine-infusions-will-i-need": [
        *["induction", "establish the effect", "fact:series-size", "fact:series-span", "fact:series-pace"],
        *["fact:series-options", "to suit your response and your schedule", "maintenance", "boosters"],
        *["only if you need one", "fact:no-booster", "they have not come back for one", "fact:booster-share"],
        *["those who complete it", "fact:booster-interval", "we fit the plan to your response and your life"],
    ],
    "faq/why-psychotherapy-with-ketamine": [
        *["often enhances ketamine's effect", "the aim is a lasting response", "a structured place", "processing"],
        *["integration", "keep track of how you are doing", "support", "insights and emotional breakthroughs"],
        *["build strategies", "the biochemical side", "the psychological side"],
        *["lasting resilience, not only quick relief", "full benefit out of ketamine", "Illustration"],
    ],
    "faq/ketamine-with-my-own-therapist": [
        *["yes, ours can be of great benefit even then", "Cindy", "trained to prepare people for ketamine"],
        *["help them integrate it", "we recommend that both therapists work together"],
        *["we welcome working with your therapist", "we can invite them to your infusions"],
    ],
    "faq/what-does-ketamine-feel-like": [
        *["fact:onset", "gentle", "floating", "rocking", "flying over landscapes", "dreamlike images"],
        *["of nature, people, or memories", "in vivid color or in gray"],
        *["an overwhelming sense of love, connection, and gratitude"],
        *["appreciation of yourself and of the people in your life"],
        *["a profound reconnection with their body, with wonder and appreciation", "you may still be dizzy"],
    ],
    "faq/what-is-spravato": [
        *["esketamine, a nasal spray", "only ketamine's S-form", "both R and S"],
        *["eligibility criteria are stricter than those for IV ketamine", "in our view, Spravato has lower efficacy"],
        *["it usually takes more treatments to reach remission", "we prefer IV ketamine", "have been indirect"],
        *["no large head-to-head trial has settled the question", "the FDA has approved Spravato, not IV ketamine"],
        *["fact:spravato-approval-year", "fact:spravato-alone-since", "fact:spravato-suicidality-since"],
        *["acute suicidal thoughts or actions", "has not been shown to prevent suicide", "REMS", "certified site"],
        "fact:spravato-monitoring",
    ],
    "faq/keep-taking-medication-during-ketamine": [
        *["yes, keep taking your medication as prescribed during the series", "one exception"],
        "your prescriber may agree beforehand",
        *[
            "never skip or stop either on your own",
            "wait until the series is done",
            "only with the person who prescribes it",
        ],
        *["in our view, ketamine can help when you taper antidepressants or benzodiazepines"],
        *["fact:benzodiazepine-study-size", "without a comparison group"],
    ],
    "faq/does-ketamine-interact-with-my-medication": [
        *[
            "lamotrigine",
            "benzodiazepines (such as Xanax)",
            "may weaken ketamine's effect",
            "on the day of the infusion",
        ],
        *["only if your prescriber agrees first", "never stop on your own", "boxed warning"],
        *["stopping a benzodiazepine abruptly can cause life-threatening seizures"],
        *["fact:benzodiazepine-warning-year", "stopping lamotrigine suddenly can cause seizures, too"],
        *["after several missed days it may have to be started again slowly", "could not skip a dose still benefited"],
        *["may be small or absent", "opioids, alcohol, and other sedatives", "breathing can slow down"],
        *["theophylline", "drugs that raise blood pressure", "there are few interactions"],
        *["tell us everything you take", "Illustration"],
    ],
    "faq/does-insurance-cover-ketamine": [
        *["differs by insurer and plan", "generally not covered", "pay back part or all of it"],
        *["you usually pay first", "ask your insurer"],
    ],
    "faq/driving-after-ketamine": ["fact:driving", "heavy machinery", "arrange your ride home beforehand"],
    "faq/how-to-find-a-reputable-ketamine-provider": [
        *["certified medical professionals", "experience with ketamine", "protocol", "patient reviews"],
        "ask your own doctors",
    ],
    "home": ["downtown San Luis Obispo", "psychotherapy"],
    "treatment": [
        *["ketamine-assisted psychotherapy, or KAP", "depression", "treatment-resistant depression"],
        *["anxiety disorders", "PTSD", "substance use disorders such as alcohol use disorder", "fibromyalgia"],
        *["migraine", "complex regional pain syndrome (CRPS)", "neuropathic pain (nerve pain)", "and other kinds"],
        *["a doctor is on staff", "Cindy", "stays in the room for the whole infusion", "off-label"],
    ],
    "who-should-not-have-ketamine": [
        *["marked rise in blood pressure would be a serious hazard", "hypersensitive", "psychosis", "mania", "stroke"],
        *["aneurysm", "high blood pressure that is not under control", "heart disease", "thyroid disease"],
        *["sleep apnea", "raised pressure in the head or in the eye", "pregnancy and breastfeeding"],
        *["present misuse of alcohol or drugs", "liver disease", "bladder disease", "case by case"],
        *["call 988", "text 988", "press 1", "text 838255", "call 911"],
    ],
    "team": ["a doctor is on staff", "such as the doctor, stays in the room for your whole infusion", "Cindy"],
    "visit": ["in downtown San Luis Obispo, California", "fact:driving", "fact:fasting"],
    "what-to-expect": ["fact:fasting", "fact:onset", "fact:session-length", "fact:driving", "lamotrigine"],
    "what-to-expect/infusion-day": [
        *["fact:fasting", "fact:session-length", "fact:session-stay", "fact:back-to-baseline", "fact:driving"],
        *["water is allowed and highly recommended", "stays in the room the whole time"],
        "someone other than you must drive you home",
    ],
    "what-to-expect/ride-home": ["fact:session-length", "fact:session-stay", "fact:driving", "heavy machinery"],
    "blog/your-experience-at-innerbloom": [
        *["fact:fasting", "fact:onset", "fact:session-length", "fact:session-stay", "fact:back-to-baseline"],
        *["fact:driving", "fact:series-size", "fact:series-span", "fact:series-options", "fact:psychotherapy-length"],
        *["water is allowed, and we highly recommend it", "cozy reclining chair", "eye shades", "curated playlist"],
        *["monitors your condition closely, for your safety", "floating, rocking, or flying over landscapes"],
        *["an overwhelming sense of love, connection, and gratitude", "a profound reconnection with their body"],
        *[
            "in person, or online while you are in California",
            "what to bring",
            "when it is frightening",
            "whom to call",
        ],
    ],
    "blog/ketamine-risks-misuse-and-addiction": [
        *["very safe for most patients when trained medical professionals supervise it", "abuse and misuse"],
        *["psychiatric events", "sedation and dissociation", "increases in blood pressure", "slowed breathing"],
        *["lower urinary tract and bladder symptoms", "psychological dependence", "so we watch for it"],
        *["fact:compounded-warning-date", "oral forms at home included", "two contraindications"],
        *["no evidence that ketamine is safer, more effective, or faster", "1-800-662-4357", "1-800-222-1222"],
    ],
    "blog/iv-ketamine-vs-spravato": [
        *["fact:ketamine-approval-year", "fact:spravato-approval-year", "fact:spravato-alone-since", "S-form"],
        *["fact:spravato-suicidality-since", "not shown to prevent suicide", "fact:spravato-monitoring", "REMS"],
        *["fact:spravato-schedule", "not until the next day, after restful sleep", "boxed warning", "respiratory"],
        *["suicidal thoughts and behaviors in young people on antidepressants", "criteria are stricter"],
        *["in our view", "lower efficacy", "more treatments to reach remission", "we prefer IV ketamine", "indirect"],
        *["no large head-to-head trial has settled", "generally not covered by insurance"],
        *["fact:response-research-larger", "fact:response-ect", "no evidence that ketamine is safer"],
    ],
    "blog/ketamine-and-stopping-benzodiazepines": [
        *["fact:benzodiazepine-warning-year", "boxed warning", "never stop", "life-threatening seizures"],
        *["in our view, ketamine can help", "fact:benzodiazepine-study-size", "there was no comparison group"],
        *["preliminary", "during the whole ketamine series", "only with the prescriber", "lamotrigine"],
        *["patients who could not skip a dose still benefited", "small or absent for most people"],
    ],
    "blog/how-to-choose-a-ketamine-clinic": [
        *["certified medical professionals", "protocol", "patient reviews", "your own doctors", "red flags"],
        *["Medical Board of California", "Board of Registered Nursing", "Board of Psychology"],
        *["Board of Behavioral Sciences", "Department of Consumer Affairs", "fact:driving"],
        *[
            "fact:compounded-warning-date",
            "says what it rests on, as far as we have published it",
            "full names and licenses",
        ],
    ],
    "disclaimers/medical-disclaimer": [
        *["this notice, news, posts, articles, testimonials, and frequently asked questions", "not to be taken for it"],
        *["does not diagnose or treat", "licensed medical professional who knows you and your history"],
        *["cannot be responsible or liable for the actions of people who access this website or rely on its content"],
        "terms and conditions",
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


LEGAL_NOTICES = {"good-faith-estimate", "open-payments", "privacy-practices", "nondiscrimination"}


def test_questions_without_an_answer_are_for_staff_only(starter):
    assert len(starter.drafts.keys() - LEGAL_NOTICES) == 8
    assert set(starter.drafts.values()) == {404}


def test_legal_notices_wait_for_counsel(starter):
    assert starter.drafts.keys() >= LEGAL_NOTICES
    asked = {to_do["place"] for to_do in to_dos() if to_do["title"].startswith("Wording by counsel")}
    assert asked == LEGAL_NOTICES
    assert any("42 CFR Part 2" in to_do["title"] for to_do in to_dos())


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


# A short answer is read on a phone, in one screen; the two on medication carry the guard against stopping, too.
SHORT_ANSWER_WORDS = 35
MEDICATION = {"faq/keep-taking-medication-during-ketamine", "faq/does-ketamine-interact-with-my-medication"}


def test_short_answers_are_short(answers):
    long = {
        key: page.short_answer_words
        for key, page in answers.items()
        if page.short_answer_words > (45 if key in MEDICATION else SHORT_ANSWER_WORDS)
    }
    assert long == {}


def test_the_introduction_of_the_faq_is_short(starter):
    assert len(starter.pages["faq"].lead.split()) <= 45


WARNING = re.compile(r"off-label|risks?\b|not everyone|does not help|should not|FDA has not")


def test_a_short_answer_leaves_the_warning_to_the_line_under_it(answers):
    assert {key for key, page in answers.items() if WARNING.search(page.short_answer)} == set()


# What stands under each short answer; the rest carry none.
OFF_LABEL = {
    *["treatment", "faq/what-is-ketamine-infusion-therapy", "faq/how-does-ketamine-work-for-depression"],
    *["faq/how-well-does-ketamine-work", "faq/who-is-a-candidate-for-ketamine"],
    *["faq/what-are-the-side-effects-of-ketamine", "faq/how-fast-does-ketamine-work", "faq/is-ketamine-safe"],
    *["faq/how-many-ketamine-infusions-will-i-need", "faq/why-psychotherapy-with-ketamine"],
    *["faq/what-does-ketamine-feel-like", "faq/what-is-spravato", *MEDICATION],
}
RIDE_HOME = {
    *["faq/how-long-is-a-ketamine-session", "faq/what-happens-on-an-infusion-day"],
    "faq/may-i-bring-someone-to-my-infusion",
}


def test_each_answer_carries_the_line_that_applies_to_it(starter):
    pages = {key: page for key, page in starter.pages.items() if not is_article(key)}
    assert {key for key, page in pages.items() if page.safety_line == "off-label"} == OFF_LABEL
    assert {key for key, page in pages.items() if page.safety_line == "ride-home"} == RIDE_HOME


def is_article(key):
    return key.startswith("blog/")


# What says the same: of each, one on a page is enough.
HEDGES = [
    r"(?:does|do|did) not help everyone|not everyone|not everybody|not for everyone|are not helped",
    r"(?:varies|differs?) from person to person|may differ|may be different for you|is no forecast|how you will feel",
    r"some people should not have|should not have it\b",
    r"has risks|have risks|is not without risk|treatment has risks",
]
OFF_LABEL_IS_THE_SUBJECT = {"faq/what-is-ketamine-infusion-therapy"}


# The pages whose words are kept here; home and the articles have tests of their own.
def our_pages(starter):
    return {key: page for key, page in starter.pages.items() if key not in ("home", "faq") and not is_article(key)}


@pytest.mark.parametrize("hedge", HEDGES)
def test_no_hedge_stands_twice_on_a_page(hedge, starter):
    pages = our_pages(starter)
    assert {key for key, page in pages.items() if len(re.findall(hedge, page.text, re.IGNORECASE)) > 1} == set()


def test_off_label_use_is_named_once_on_a_page_of_another_subject(starter):
    found = {key for key, page in our_pages(starter).items() if page.text.lower().count("off-label") > 1}
    assert found == OFF_LABEL_IS_THE_SUBJECT


def test_where_a_page_says_faster_the_word_of_the_fda_stands(starter):
    said = "no evidence that ketamine is safer, more effective, or faster"
    speaking = {key for key, page in our_pages(starter).items() if re.search(r"\bfaster than|its speed", page.text)}
    assert {key for key in speaking if said not in starter.pages[key].text} == set()


# Sentences that read as translated.
STIFF = [
    *["whom standard treatment did not help", "is no forecast for you", "seizures that threaten life"],
    *["does not answer for what", "stands on one page to print", "whom other antidepressants did not help"],
    *["if something cannot wait, say", "by our own account, patients", "to whom a marked rise"],
    *["you cannot know beforehand which", "we write “may” and “seems” on purpose"],
]


@pytest.mark.parametrize("words", STIFF)
def test_no_sentence_sounds_translated(words, starter):
    assert {key for key, page in our_pages(starter).items() if words in page.text} == set()


def test_nobody_is_told_to_skip_medication_without_the_guard(starter):
    guard = "life-threatening seizures"
    speaking = [key for key, page in our_pages(starter).items() if "benzodiazepine" in page.bare.lower()]
    # This one only leads to the answer that has it.
    speaking.remove("faq/what-happens-on-an-infusion-day")
    assert [key for key in speaking if guard not in starter.pages[key].whole] == []
    for key in MEDICATION:
        assert "life-threatening" in starter.pages[key].short_answer
        assert "seizures" in starter.pages[key].short_answer


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
    first = BeautifulSoup(page.html, "html.parser").select_one(".prose > p, .prose p")
    assert count_body_words(first).startswith("By our own count, we have observed a response rate of 82% ")
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

# What may stand as a figure outside a fact: the standard that the site aims at, and what is no figure at all.
FIGURES = {"2.2"}
HELP_LINES = [
    *["1-800-222-1222", "1-800-799-7233", "1-800-656-4673", "1-800-662-4357", "838255", "88788", "988", "911"],
    *["press 1", "press 2", "GLP-1"],
]
# Every figure of the fact sheet that a record may hold.
OF_THE_SHEET = {
    *["82", "14", "70", "71", "64", "28", "55", "41"],  # per cent
    *["18", "73", "403", "22"],  # people in studies
    *["2", "3", "4", "6", "20", "24", "40", "50", "90"],  # minutes, hours, weeks, years
    *["1970", "2019", "2020", "2023", "2025"],
    *["2006", "2013", "2021"],  # in the names of sources
}


def figures(text):
    """The figures of a text, without the numbers of help lines."""
    text = re.sub("|".join(map(re.escape, HELP_LINES)), " ", text, flags=re.IGNORECASE)
    return set(re.findall(r"\d[\d.,]*\d|\d", text))


def test_every_figure_is_a_fact(starter):
    found = {key: figures(page.bare) - FIGURES for key, page in starter.pages.items() if not is_article(key)}
    assert {key: numbers for key, numbers in found.items() if numbers} == {}


def test_no_figure_is_invented(starter):
    found = {key: figures(page.text) - FIGURES - OF_THE_SHEET for key, page in starter.pages.items()}
    assert {key: numbers for key, numbers in found.items() if numbers} == {}


def test_no_name_address_or_price_is_invented(starter):
    text = " ".join(page.whole for page in starter.pages.values())
    assert re.findall(r"\$|@|\bDr\.|\b(?:Street|Avenue|Boulevard|Suite)\b|\b9\d{4}\b", text) == []
    assert "Cindy" in text


def test_links_dial_help_lines_only(starter):
    links = {href for page in starter.pages.values() for href in page.links}
    numbers = {"tel:911", "tel:988", "sms:988", "tel:+18002221222", "tel:+18006624357"}
    assert {href for href in links if href.startswith(("tel:", "sms:", "mailto:"))} == numbers


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
    assert (starter.pages[key].safety_line or None) == line


def test_the_clinics_own_title_of_the_faq_stands_in_the_head(starter):
    title = "Questions about ketamine therapy for mental health and pain"
    assert starter.pages["faq"].seo_title == title
