"""Words that promise too much: what counts as saying them, the gate, and the list that staff keep."""

import shutil
import tomllib

import pytest
from django.urls import reverse

from publishing.exceptions import PublishingBlocked
from quality.models import WatchedWords
from quality.wording import Rule, find, sentences
from starter.loader import CONTENT_FOLDER, load
from tests import factories
from tests.forms import send

CURE = Rule("cure")
APPROVED = Rule("FDA-approved", near=("depression", "pain"), unless=("Spravato", "off-label"))


def said(rule, text):
    return list(find(rule, sentences(text)))


@pytest.mark.parametrize(
    ("rule", "text", "found"),
    [
        (CURE, "Ketamine cures depression.", ["cures"]),
        (CURE, "<p>She was <b>cured</b>.</p><p>It is curing more.</p>", ["cured", "curing"]),
        (CURE, "A CURE for pain", ["CURE"]),
        (CURE, "“It cured me,” he says.", ["cured"]),
        (CURE, "It does not hurt, and it cures.", ["cures"]),
        (CURE, "It does not hurt and cures pain.", ["cures"]),
        (CURE, "It is not only a relief but a cure.", ["cure"]),
        (CURE, "It is not just a cure.", ["cure"]),
        (CURE, "No, ketamine cures it.", ["cures"]),
        (CURE, "<p>We make no promises</p><p>cured within days</p>", ["cured"]),
        (CURE, "<ul><li>no waiting</li><li>cure</li></ul>", ["cure"]),
        (CURE, "Nobody has to wait. We cure you.", ["cure"]),
        (CURE, "<p>Does it help? It cures.</p>", ["cures"]),
        (CURE, "Not a cure. A cure.", ["cure"]),
        (Rule("risk-free"), "A risk free visit, risk‑free for you", ["risk free", "risk-free"]),
        (Rule("guarantee"), "Guaranteed results", ["Guaranteed"]),
        (Rule("no side effects"), "It has no side effects.", ["no side effects"]),
        (Rule("100% safe"), "It is 100% safe.", ["100% safe"]),
        (APPROVED, "FDA approved for depression.", ["FDA approved"]),
        (APPROVED, "Ketamine is FDA-approved and eases pain.", ["FDA-approved"]),
    ],
)
def test_words_are_found_however_they_are_bent(rule, text, found):
    assert said(rule, text) == found


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (CURE, "This is not a cure."),
        (CURE, "There is no known cure."),
        (CURE, "It does not cure depression."),
        (CURE, "Nobody is cured by it."),
        (CURE, "We can’t promise a cure."),
        (CURE, "It helps without being a cure."),
        (CURE, "Your data are secure, and so is the manicure."),
        (CURE, "Is ketamine a cure for depression?"),
        (CURE, "A curious person"),
        (Rule("guarantee"), "We cannot guarantee a result; no guaranteed result exists."),
        (APPROVED, "Ketamine is FDA-approved as an anesthetic. It is given for depression."),
        (APPROVED, "Spravato is FDA-approved for depression."),
        (APPROVED, "FDA-approved as an anesthetic, off-label for depression."),
        (CURE, ""),
    ],
)
def test_what_denies_asks_or_means_something_else_is_left_alone(rule, text):
    assert said(rule, text) == []


@pytest.fixture
def cure(db):
    return WatchedWords.objects.create(words="cure", kind="block", instead="Say what it may do.")


@pytest.mark.each_database
def test_a_blocked_word_keeps_a_page_from_readers_and_says_where_it_stands(site, cure):
    with pytest.raises(PublishingBlocked, match=r"“cures” in “Short answer”\. Say what it may do\."):
        factories.question("Does it help?", short_answer="<p>It cures you.</p>")


def test_a_blocked_word_stays_in_a_draft(site, cure):
    factories.question("Does it help?", short_answer="<p>It cures you.</p>", live=False)


def test_a_word_that_only_warns_is_published(site, cure):
    WatchedWords.objects.update(kind="warn")
    assert factories.question(short_answer="<p>It cures you.</p>").live


def test_patients_words_promise_nothing(site, cure):
    assert factories.question(patients_words="cure my depression").live


def test_a_blocked_word_within_a_block_of_the_text_is_found_at_that_block(site, cure):
    page = factories.standard(live=False, body=[{"type": "quote", "value": {"text": "Cured!"}, "id": "abc"}])
    with pytest.raises(PublishingBlocked) as blocked:
        factories.publish(page)
    assert blocked.value.place == "body.abc"


def test_publishing_in_the_editor_says_why_not_and_keeps_what_was_typed(client, site, cure):
    client.force_login(factories.administrator())
    page = factories.question("Does it help?", short_answer="<p>It helps.</p>")
    page.title = "It cures"
    page.save_revision()
    answer = send(
        client, reverse("wagtailadmin_pages:edit", args=[page.pk]), **{"body-count": "0", "action-publish": "1"}
    )
    assert "“cures” in “Title”" in answer.content.decode()
    page.refresh_from_db()
    assert page.title == "Does it help?"


@pytest.mark.parametrize(("group", "status"), [("Publishers", 200), ("Administrators", 200), ("Authors", 302)])
def test_publishers_keep_the_list(group, status, client, site):
    client.force_login(factories.member(group))
    assert client.get(reverse(WatchedWords.snippet_viewset.get_url_name("add"))).status_code == status


@pytest.mark.parametrize("words", ["Cure", "CURE ", "—"])
def test_words_that_find_the_same_or_nothing_are_refused(words, client, site, cure):
    client.force_login(factories.administrator())
    url = reverse(WatchedWords.snippet_viewset.get_url_name("add"))
    client.post(url, {"words": words, "kind": "warn", "instead": "", "near": "", "unless": ""})
    assert WatchedWords.objects.count() == 1


def test_words_are_added_with_what_they_are_near(client, site):
    client.force_login(factories.administrator())
    url = reverse(WatchedWords.snippet_viewset.get_url_name("add"))
    data = {"words": "FDA-approved", "kind": "warn", "instead": "", "near": "depression\r\n\r\n pain ", "unless": ""}
    client.post(url, data)
    assert WatchedWords.objects.get().rule == Rule("FDA-approved", ("depression", "pain"))


def words_of(data):
    """All texts of a starter file, but what readers never see."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        yield from (text for key, value in data.items() if key != "patients_words" for text in words_of(value))
    elif isinstance(data, list):
        yield from (text for value in data for text in words_of(value))


def test_the_starter_texts_keep_to_the_list_that_comes_with_them():
    listed = tomllib.loads((CONTENT_FOLDER / "wording.toml").read_text())["words"]
    rules = [Rule(row["words"], tuple(row.get("near", ())), tuple(row.get("unless", ()))) for row in listed]
    assert len(rules) > 10
    files = [
        file for kind in ("pages", "faq", "blog", "disclaimers") for file in (CONTENT_FOLDER / kind).rglob("*.toml")
    ]
    assert len(files) > 30
    said = {
        (file.name, hit, text)
        for file in files
        for text in words_of(tomllib.loads(file.read_text()))
        for rule in rules
        for hit in find(rule, sentences(text))
    }
    assert said == set()


@pytest.mark.each_database
def test_the_list_is_loaded_as_staff_would_write_it(empty_site, small_content):
    shutil.copy(CONTENT_FOLDER / "wording.toml", small_content)
    load(content=small_content)
    approved = WatchedWords.objects.get(words="FDA-approved")
    assert "depression" in approved.rule.near
    assert "off-label" in approved.rule.unless
    approved.full_clean()
    assert approved.latest_revision
