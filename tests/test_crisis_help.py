"""Who may be in danger finds help first: what is recognized, and what stands on the page."""

import csv
import html
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic.models import NavigationItem
from innerbloom import gunicorn
from search.crisis import normalization, scorer
from search.crisis.contacts import BY_KIND
from search.crisis.phrases import Phrase, matching, normalized, phrases
from search.crisis.recognition import recognize
from search.models import CrisisPhrase
from tests import factories
from tests.forms import fields_of
from tools.crisis import examples, measure, train

RANK = {None: 0, "beside": 1, "first": 2}


def strongest(found):
    """The degree that phrases bring by themselves."""
    return max((phrase.degree for phrase in found), key=RANK.get, default=None)


def search(client, query):
    return BeautifulSoup(client.get("/search/", {"q": query}).content, "html.parser")


def box(page):
    return page.select_one("main [data-crisis]")


def calls(page):
    return [link["href"] for link in box(page).select(".crisis-help__contacts a")]


# --- What is recognized ----------------------------------------------------------------


def listed(name):
    """The rows of a list that these tests keep beside that of the site, so that a line dropped there is missed here."""
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        return [tuple(row.values()) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("query", "degree"), listed("crisis_queries.csv"))
def test_a_query_brings_help_by_a_phrase(query, degree):
    assert RANK[strongest(matching(normalized(query)))] >= RANK[degree]
    assert RANK[recognize(query).degree] >= RANK["beside"]


@pytest.mark.parametrize("phrase", phrases(), ids=lambda phrase: phrase.must)
def test_no_other_phrase_would_do_what_a_phrase_does(phrase):
    assert (phrase.must, phrase.degree) in listed("crisis_queries.csv")
    assert phrase.matches(normalized(phrase.must))
    assert not phrase.matches(normalized(phrase.must_not))
    others = [other for other in phrases() if other != phrase]
    assert RANK[strongest(matching(normalized(phrase.must), others))] < RANK[phrase.degree]


@pytest.mark.parametrize(("typed", "meant"), listed("crisis_spellings.csv"))
def test_a_short_spelling_is_read_in_full(typed, meant):
    assert normalized(typed) == normalized(meant) != typed


def test_every_short_spelling_is_listed():
    assert list(normalization.spellings().items()) == listed("crisis_spellings.csv")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("I CAN'T do this anymoreeee", "i can not do this anymore"),
        ("su1c1dal", "suicidal"),
        ("s u i c i d e", "suicide"),
        ("s.u.i.c.i.d.e", "suicide"),
        ("sucidal", "suicidal"),
        ("su*icide", "suicide"),
        ("iwanttodie", "i want to die"),
        ("imgonnakillmyself", "i am going to kill myself"),
        ("Ya no quiero vivír", "ya no quiero vivir"),
        ("hacerme daño", "hacerme dano"),
        ("ｋｉｌｌ ｍｙｓｅｌｆ", "kill myself"),
        ("kill\u200b myself", "kill myself"),
        ("killll myself", "kill myself"),
        ("kіll mуself", "kill myself"),
    ],
)
def test_odd_spellings_come_to_the_same_words(typed, meant):
    assert normalized(typed) == meant


@pytest.mark.parametrize(
    ("query", "degree", "kind", "is_other", "is_spanish"),
    [
        ("i dont want to be here anymore", "first", "suicide", False, False),
        ("my wife wont wake up", "first", "medical", True, False),
        ("my brother says he will kill himself", "first", "suicide", True, False),
        ("she took the whole bottle", "first", "overdose", True, False),
        ("my husband chokes me", "first", "violence", False, False),
        ("cant stop cutting my arms", "first", "self-harm", False, False),
        ("no puedo respirar", "first", "medical", False, True),
        ("mi esposo me pega", "first", "violence", False, True),
        ("feel so hopeless", "beside", "suicide", False, False),
        ("does ketamine reduce suicidal thoughts", "beside", "suicide", False, False),
    ],
)
def test_a_query_tells_degree_kind_person_and_language(query, degree, kind, is_other, is_spanish):
    danger = recognize(query)
    assert (danger.degree, danger.kind, danger.is_other, danger.is_spanish) == (degree, kind, is_other, is_spanish)


@pytest.mark.parametrize(
    "query", ["insurance", "how long is a session", "driving", "parking", "cuanto cuesta", "bbbbb"]
)
def test_an_everyday_query_is_no_crisis(query):
    assert recognize(query) is None


@pytest.mark.parametrize(
    "query",
    [
        *[
            "ya no quiero vivir",
            "quiero hacerme daño",
            "me tome todas las pastillas",
            "mi esposo me pega",
            "me violaron",
        ],
        *["no puedo respirar", "emergencia", "se desmayo", "matarme", "auxilio", "dolor en el pecho", "sin esperanza"],
        *["no vale la pena vivir", "fui violada", "abuso sexual", "mi bebe se trago una pila", "infarto", "maltrato"],
    ],
)
def test_what_is_said_in_spanish_is_answered_in_spanish(query):
    assert recognize(query).is_spanish


@pytest.mark.parametrize(
    "query",
    ["odd side effects", "an odd taste", "i feel ill after", "toy", "photo id needed", "unresponsive wheelchair"],
)
def test_a_word_that_is_also_short_for_another_is_left_alone(query):
    danger = recognize(query)
    assert danger is None or danger.degree == "beside"


def test_who_may_hurt_somebody_is_not_told_what_victims_are(site, client):
    words = box(search(client, "i am going to hurt my baby")).get_text(" ", strip=True)
    assert "step away" in words
    assert "You deserve to be safe" not in words
    assert calls(search(client, "i am going to hurt my baby"))[0] == "tel:988"


def test_a_phrase_holds_where_the_scorer_knows_no_word():
    own = [Phrase(pattern="zorblat quux", kind="suicide", person="any", degree="beside")]
    assert recognize("zorblat quux", own).degree == "beside"
    assert recognize("suicidarme").degree == "first"


def test_every_kind_has_its_contacts_and_can_be_chosen_at_the_desk():
    assert set(CrisisPhrase.Kind.values) == set(BY_KIND)
    assert {phrase.kind for phrase in phrases()} | set(scorer.KINDS) == set(BY_KIND)
    assert {phrase.degree for phrase in phrases()} == {"first", "beside"}
    assert {phrase.person for phrase in phrases()} == {"self", "other", "any"}


def test_a_phrase_without_words_sets_nothing_off(site, client):
    CrisisPhrase.objects.create(words="?!", kind="suicide", degree="first")
    assert box(search(client, "parking")) is None


@pytest.mark.parametrize(
    "text", ["a,b\n1,2\n", "query,kind,person,degree\nx,,,grave\n", "query,kind,person,degree\nx\n"]
)
def test_a_file_that_holds_no_examples_is_named_with_its_line(text, tmp_path):
    file = tmp_path / "bad.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit, match=r"bad\.csv, line 2"):
        measure.main([file])
    with pytest.raises(SystemExit, match=r"nothing\.csv"):
        measure.main([tmp_path / "nothing.csv"])


def test_a_phrase_of_staff_takes_no_kind_from_those_of_the_site():
    own = [Phrase(pattern="breathe", kind="suicide", person="any", degree="first")]
    assert recognize("i can not breathe", own).kind == "medical"


def test_a_long_cry_for_help_is_read_to_its_end(site, client):
    assert box(search(client, f"{'so much has happened and ' * 12} i want to die"))["data-crisis"] == "first"


@pytest.mark.parametrize("query", ["", " ", "?!", "🌱", "\x00", "7"])
def test_a_query_without_words_is_no_crisis(query):
    assert recognize(query) is None


def test_unseen_authors_are_helped_and_ordinary_visitors_left_alone():
    """Held-out authors wrote alone, and nothing was trained with them; docs/crisis-help.md has the numbers."""
    authors = examples.held_out()
    ordinary = authors.pop("ordinary")
    rows = [row for author in authors.values() for row in author]
    told = {row: recognize(row.query) for row in [*rows, *ordinary]}

    def part(some, is_so):
        some = list(some)
        return sum(map(is_so, some)) / len(some)

    def is_first(row):
        return bool(told[row]) and told[row].degree == "first"

    harmless = [row for row in rows if row.degree == "none"]
    assert part((row for row in rows if row.degree != "none"), lambda row: bool(told[row])) >= 0.95
    assert part((row for row in rows if row.degree == "first"), is_first) >= 0.85
    assert part(harmless, is_first) <= 0.02
    assert part(harmless, lambda row: bool(told[row])) <= 0.15
    assert part(ordinary, is_first) <= 0.002


def test_nothing_held_out_was_trained_with():
    trained, held_out = (
        {row.query.casefold() for author in authors.values() for row in author}
        for authors in (examples.training(), examples.held_out())
    )
    assert trained & held_out == set()


def test_the_weights_were_made_from_the_examples_that_are_there():
    assert train.digest_of_examples() in scorer.WEIGHTS.read_bytes().partition(b"\n")[0].decode()
    words = examples.count_words([row for author in examples.training().values() for row in author])
    assert normalization.word_counts() == words


def test_training_tells_danger_from_its_look_alikes():
    rows = [
        *[examples.Example(f"i want to die {n}", "suicide", "self", "first") for n in range(8)],
        *[examples.Example(f"so tired of it all {n}", "suicide", "other", "beside") for n in range(8)],
        *[examples.Example(f"price of a session {n}", "", "", "none") for n in range(8)],
    ]
    trained = train.train({"somebody": rows})

    def value(name, text):
        bias, weights = trained[name]
        return bias + sum(value * weights[slot] for slot, value in scorer.features(normalized(text)))

    assert max(scorer.DEGREES, key=lambda name: value(name, "want to die")) == "first"
    assert max(scorer.DEGREES, key=lambda name: value(name, "price of one session")) == "none"
    assert value("other", "so tired of it all") > 0 > value("other", "i want to die")


def test_the_measure_counts_what_was_helped(capsys, tmp_path):
    file = tmp_path / "somebody.csv"
    file.write_text("query,kind,person,degree\ni want to die,suicide,self,first\nparking,,,none\n", encoding="utf-8")
    measure.main([file])
    assert "somebody|2|100.0 %|100.0 %|0.0 %|0.0 %|100.0 %" in capsys.readouterr().out


# --- What stands on the page -------------------------------------------------------------


FIRST = {
    "suicide": "i want to die",
    "self-harm": "i want to cut myself",
    "overdose": "i took all my pills",
    "harm-to-others": "i am going to hurt my baby",
    "violence": "he beats me",
    "medical": "i can not breathe",
}
FIRST_IN_SPANISH = {
    "suicide": "quiero morir",
    "self-harm": "quiero hacerme daño",
    "overdose": "me tome todas las pastillas",
    "harm-to-others": "quiero matar a mi esposo",
    "violence": "mi esposo me pega",
    "medical": "no puedo respirar",
}
CALLS = {
    "suicide": ["tel:988", "sms:988", "tel:911"],
    "self-harm": ["tel:988", "sms:988", "tel:911"],
    "overdose": ["tel:911", "tel:+18002221222", "tel:988", "sms:988"],
    "harm-to-others": ["tel:988", "sms:988", "tel:911"],
    "violence": ["tel:911", "tel:+18007997233", "sms:88788", "tel:+18006564673", "tel:988", "sms:988"],
    "medical": ["tel:911", "tel:+18002221222", "tel:988", "sms:988"],
}


@pytest.mark.parametrize("queries", [FIRST, FIRST_IN_SPANISH], ids=["English", "Spanish"])
@pytest.mark.parametrize("kind", BY_KIND)
def test_help_of_the_right_kind_stands_before_everything(kind, queries, site, client):
    page = search(client, queries[kind])
    found = box(page)
    assert found["data-crisis"] == "first"
    assert found.parent.find(True) == found
    assert calls(page) == CALLS[kind]
    assert page.select_one("main h1").parent == found
    assert (found.get("lang") == "es") is (queries is FIRST_IN_SPANISH)


def test_a_query_in_spanish_is_answered_in_spanish(site, client):
    words = box(search(client, "ya no quiero vivir")).get_text(" ", strip=True)
    assert "988 y marca 2" in words
    assert "Envía AYUDA al 988" in words
    assert "Lifeline" not in words


def test_a_query_in_english_names_the_line_in_spanish_too(site, client):
    assert box(search(client, "i want to die")).select_one("[lang=es]").get_text(strip=True).startswith("En español")


@pytest.mark.parametrize("kind", scorer.KINDS)
def test_who_writes_about_somebody_else_is_told_what_to_do_for_them(kind, site, client):
    about_other = {
        "suicide": "my brother wants to die",
        "self-harm": "my daughter cuts herself",
        "overdose": "my son overdosed",
        "violence": "my stepdad beats my mom",
        "medical": "my wife is unconscious",
    }
    own, other = (box(search(client, queries[kind])).get_text() for queries in (FIRST, about_other))
    danger = recognize(about_other[kind])
    assert (danger.degree, danger.kind, danger.is_other) == ("first", kind, True)
    assert own != other


def test_on_help_first_no_result_is_seen_until_asked_for(site, client):
    factories.question("What if I feel suicidal?")
    page = search(client, "i am suicidal")
    folded = page.select_one("main details")
    assert "What if I feel suicidal?" in folded.get_text()
    assert not folded.has_attr("open")
    assert page.select_one("main .card").find_parent("details") == folded


def test_on_help_first_nothing_else_is_suggested(site, client):
    factories.question()
    NavigationItem.objects.create(clinic=factories.clinic(), page=factories.blog_index())
    page = search(client, "i want to die zzz")
    assert page.select("main .card, main a[href='/blog/']") == []
    assert search(client, "zebra").select("main a[href='/blog/']")
    assert "We found nothing" not in page.get_text()


def test_help_beside_stands_above_open_results(site, client):
    factories.question("Does ketamine help with suicidal thoughts?")
    page = search(client, "suicidal thoughts ketamine")
    found = box(page)
    assert found["data-crisis"] == "beside"
    assert {"tel:988", "tel:911"} <= set(calls(page))
    card = page.select_one("main .card")
    assert card.find_parent("details") is None
    assert found.sourceline < card.sourceline
    assert page.select_one("main h1").get_text() == "Search"


def test_only_violence_can_be_left_quickly(site, client):
    for kind, query in FIRST.items():
        assert bool(search(client, query).select("[data-leave]")) is (kind == "violence")


def test_the_way_out_tells_the_next_page_nothing(site, client):
    link = search(client, FIRST["violence"]).select_one("[data-leave]")
    assert "noreferrer" in link["rel"]


def test_a_search_is_kept_in_no_cache_and_told_to_no_other_page(site, client):
    response = client.get("/search/", {"q": "i want to die"})
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


@pytest.mark.parametrize("query", ["zebra", "i want to die"])
def test_a_search_writes_nothing(query, site, client):
    with CaptureQueriesContext(connection) as queries:
        client.get("/search/", {"q": query})
    assert queries.captured_queries
    assert {row["sql"].split()[0] for row in queries.captured_queries} == {"SELECT"}


def test_no_log_of_the_web_server_has_the_words_searched_for():
    assert not getattr(gunicorn, "accesslog", None)
    sample = (settings.BASE_DIR / "docs" / "nginx.conf.example").read_text(encoding="utf-8")
    lines = [line for line in sample.splitlines() if not line.lstrip().startswith("#")]
    logged = next(line for line in lines if line.startswith("log_format"))
    assert re.findall(r"\$(request|request_uri|args|query_string|is_args|http_referer)\b", logged) == []
    assert [line for line in lines if "access_log" in line and "without_queries" not in line] == []
    assert "error_log /dev/null" in sample.partition("location ~ ^/(search|shared-draft)/?$")[2]


def test_a_failing_search_leaves_its_words_out_of_the_log(site, client, monkeypatch, caplog):
    def fail(query):
        raise RuntimeError("no search today")

    monkeypatch.setattr("search.views.find_pages", fail)
    client.raise_request_exception = False
    assert client.get("/search/", {"q": "i want to die"}).status_code == 500
    assert "/search/" in caplog.text
    assert "want" not in caplog.text


# --- Phrases of staff ------------------------------------------------------------------------


def test_a_phrase_of_staff_brings_help_from_then_on(site, client):
    assert box(search(client, "zorblat the quux")) is None
    CrisisPhrase.objects.create(words="Zorblát the QUUX!", kind="suicide", degree="first")
    assert box(search(client, "i zorblat  the quux now"))["data-crisis"] == "first"


def test_a_phrase_of_staff_holds_whatever_the_scorer_thinks(site, client):
    CrisisPhrase.objects.create(words="how much is it", kind="suicide", degree="first")
    assert box(search(client, "how much is it with insurance"))["data-crisis"] == "first"


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        *[("", "required"), ("?!", "at least 4 letters"), ("ab", "at least 4 letters")],
        *[("ketamine", "harmless searches"), ("cant", "harmless searches"), ("how much", "harmless searches")],
        *[("  “ZORBLAT!”  the quux", "is already there"), ("zz " * 40, "at most 80 characters")],
    ],
)
def test_a_phrase_that_would_help_nobody_is_refused_on_its_field(words, complaint, site, client):
    CrisisPhrase.objects.create(words="zorblat the quux", kind="suicide", degree="first")
    client.force_login(factories.member("Administrators"))
    answer = client.post(
        reverse("wagtailsnippets_search_crisisphrase:add"), {"words": words, "kind": "suicide", "degree": "first"}
    )
    said = html.unescape(answer.content.decode())
    assert complaint in said
    assert ("at least 4 letters" in said) is ("letters" in complaint)
    assert CrisisPhrase.objects.count() == 1


def test_a_phrase_half_typed_is_not_saved_by_itself(site, client):
    client.force_login(factories.member("Administrators"))
    phrase = CrisisPhrase.objects.create(words="zorblat the quux", kind="suicide", degree="first")
    for name, args in [("add", []), ("edit", [phrase.pk])]:
        form = client.get(reverse(f"wagtailsnippets_search_crisisphrase:{name}", args=args))
        assert not form.context["view"].autosave_enabled
        assert "data-w-autosave-" not in form.text


def test_administrators_add_change_and_take_back_a_phrase(site, client):
    client.force_login(factories.member("Administrators"))
    add = reverse("wagtailsnippets_search_crisisphrase:add")
    client.post(add, {"words": "done with it", "kind": "suicide", "degree": "beside"})
    phrase = CrisisPhrase.objects.get()
    first = phrase.latest_revision
    edit = reverse("wagtailsnippets_search_crisisphrase:edit", args=[phrase.pk])
    client.post(edit, {**fields_of(client, edit), "words": "so done with it"})
    phrase.refresh_from_db()
    assert phrase.words == "so done with it"
    revert = reverse("wagtailsnippets_search_crisisphrase:revisions_revert", args=[phrase.pk, first.pk])
    assert revert in client.get(reverse("wagtailsnippets_search_crisisphrase:history", args=[phrase.pk])).text
    client.post(revert, fields_of(client, revert))
    phrase.refresh_from_db()
    assert phrase.words == "done with it"
    client.post(reverse("wagtailsnippets_search_crisisphrase:delete", args=[phrase.pk]))
    assert not CrisisPhrase.objects.exists()


@pytest.mark.parametrize("group", ["Authors", "Clinical reviewers", "Publishers"])
def test_nobody_else_changes_the_phrases(group, site, client):
    client.force_login(factories.member(group))
    phrase = CrisisPhrase.objects.create(words="zorblat", kind="suicide", degree="first")
    for name, args in [("add", []), ("edit", [phrase.pk]), ("delete", [phrase.pk])]:
        client.post(reverse(f"wagtailsnippets_search_crisisphrase:{name}", args=args), {"words": "x"})
    assert [row.words for row in CrisisPhrase.objects.all()] == ["zorblat"]
    assert "crisisphrase" not in client.get("/admin/").content.decode()


# --- What is typed in malice ----------------------------------------------------------------


PIECES = [
    *["a" * 200, "i want to " * 20, "🌱" * 50, "\x00\x1b", "<script>alert(1)</script>", "' OR 1=1 --", "%00"],
    *["\\", "((((", "~ ^ $", "kill" * 50, "s u i " * 40, "ａ" * 100, "\u202e\u2066", "é" * 200, "1" * 200],
    *["*_" * 100, "zxqj" * 50, "ß" * 100, "ﷺ" * 60, "suicidé?|*", "killmyself" * 20, "k.i.l.l", "nul\ud7ffl"],
]
HOSTILE = [f"{first} {second}"[:200] for first in PIECES for second in PIECES]  # more than 500


def test_hostile_queries_are_told_apart_without_an_error():
    assert len(HOSTILE) > 500
    for query in HOSTILE:
        recognize(query)


@pytest.mark.parametrize("query", HOSTILE[::25])
def test_a_hostile_query_gets_a_normal_page(query, site, client):
    answer = client.get("/search/", {"q": query})
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


def test_numbers_of_the_help_are_those_of_the_one_list(site, client):
    words = str(box(search(client, FIRST["violence"])))
    assert set(re.findall(r"<b>([\d-]+)</b>", words)) == {"911", "988", "1-800-799-7233", "88788", "1-800-656-4673"}
