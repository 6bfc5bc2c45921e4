"""The loader of the starter texts: once, whole or not at all, and never over what staff did."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from wagtail.models import Page, Site

from blog.models import BlogPostPage
from clinic.models import ClinicSettings
from core.models import Topic
from evidence.models import Fact, Reference
from faq.models import FAQEntryPage
from media.models import ClinicImage
from pages.models import HomePage, StandardPage
from starter.loader import StarterError, load
from tests.pictures import plain
from tests.small_starter import SMALL

pytestmark = pytest.mark.usefixtures("empty_site")


def everything():
    """What the database holds of content, to compare."""
    records = [model.objects.order_by("pk").values() for model in (Topic, Reference, Fact, ClinicSettings)]
    return list(Page.objects.order_by("pk").values()), [list(rows) for rows in records]


# --- Loading -------------------------------------------------------------------------


@pytest.mark.each_database
def test_an_empty_site_is_filled(db, small_content, client):
    assert load(content=small_content) is True
    for url in ("/", "/treatment/", "/faq/", "/faq/how-long/", "/blog/", "/blog/guide/", "/visit/", "/terms/"):
        assert client.get(url).status_code == 200, url
    assert "about 40 minutes" in client.get("/faq/how-long/").content.decode()
    assert 'href="/faq/how-long/"' in client.get("/treatment/").content.decode()
    assert 'href="/terms/"' in client.get("/").content.decode()
    assert Site.objects.get().root_page.specific == HomePage.objects.get()
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_a_figure_brings_what_it_rests_on(db, small_content):
    load(content=small_content)
    assert (
        Fact.objects.get(key="response").basis_text
        == "Based on 18 people. Published in J Test, 2006. From published research."
    )


def test_a_question_without_an_answer_is_a_draft(db, small_content, client):
    load(content=small_content)
    assert not FAQEntryPage.objects.get(slug="how-much").live
    assert client.get("/faq/how-much/").status_code == 404


def test_what_was_loaded_carries_no_date_of_change(db, small_content, client):
    load(content=small_content)
    for url in ("/", "/treatment/", "/faq/how-long/", "/blog/guide/"):
        html = client.get(url).content.decode()
        assert "Updated" not in html, url
        assert "dateModified" not in html, url


def test_a_change_by_staff_carries_a_date(db, small_content, client):
    load(content=small_content)
    page = StandardPage.objects.get(slug="treatment")
    page.summary = "What we do now."
    page.save_revision().publish()
    assert "Updated" in client.get("/treatment/").content.decode()


def test_a_picture_that_is_not_drawn_yet_is_left_out(db, small_content, client):
    load(content=small_content)
    html = client.get("/treatment/").content.decode()
    assert "<figure" not in html
    assert "about 40 minutes" in html


def test_a_picture_that_is_there_stands_in_its_place(db, small_content, client):
    (small_content / "pictures").mkdir()
    (small_content / "pictures" / "room.png").write_bytes(plain().read())
    load(content=small_content)
    assert ClinicImage.objects.get().description == "A quiet room"
    html = client.get("/treatment/").content.decode()
    assert 'alt="A quiet room"' in html
    assert "Where you rest" in html


# --- Once ------------------------------------------------------------------------------


@pytest.mark.each_database
def test_a_second_run_changes_nothing(db, small_content):
    load(content=small_content)
    before = everything()
    assert load(content=small_content) is False
    assert load(content=small_content, if_empty=True) is False
    assert everything() == before


def test_what_staff_changed_or_deleted_stays_changed_or_deleted(db, small_content):
    load(content=small_content)
    page = StandardPage.objects.get(slug="treatment")
    page.title = "In our own words"
    page.save_revision().publish()
    BlogPostPage.objects.get().delete()
    Fact.objects.filter(key="session-length").update(value="about 45 minutes")
    load(content=small_content)
    assert StandardPage.objects.get(slug="treatment").title == "In our own words"
    assert not BlogPostPage.objects.exists()
    assert Fact.objects.get(key="session-length").value == "about 45 minutes"


def test_changed_starter_texts_do_not_reach_a_site_that_has_begun(db, small_content):
    load(content=small_content)
    (small_content / TERMS).write_text(SMALL[TERMS].replace('"Terms"', '"New terms"'), encoding="utf-8")
    load(content=small_content)
    assert StandardPage.objects.get(slug="terms").title == "Terms"


def test_the_command_says_what_it_did(db, small_content, monkeypatch):
    monkeypatch.setattr(
        "starter.management.commands.loadstarter.load", lambda **options: load(content=small_content, **options)
    )
    for words in ("The starter texts were loaded.", "There is a site already"):
        output = StringIO()
        call_command("loadstarter", if_empty=True, stdout=output)
        assert words in output.getvalue()


# --- Whole or not at all -----------------------------------------------------------------

TREATMENT, ANSWER, TERMS = "pages/treatment.toml", "faq/01-how-long.toml", "pages/terms.toml"
# What is wrong: (file, words of it, words instead, what the message names beside the file).
BROKEN = {
    "no TOML": (TERMS, '"Terms"', "", "line 1"),
    "unknown key of a page": (TREATMENT, "clinical", "clincal", "clincal"),
    "field of another kind of page": (TREATMENT, "clinical = true", 'short_answer = "<p>x</p>"', "short_answer"),
    "unknown key of a block": (TREATMENT, "caption", "legend", "legend"),
    "unknown key of a fact": ("facts.toml", "todo", "to_do", "to_do"),
    "unknown key of a topic": ("topics.toml", "introduction", "intro", "intro"),
    "unknown key of a source": ("references.toml", "container", "journal", "journal"),
    "unknown table": ("topics.toml", "[[topic]]", '[[topics]]\nname = "x"\n[[topic]]', "topics"),
    "missing summary": (TREATMENT, "summary", "sumary", "summary"),
    "missing value": ("facts.toml", "value", "worth", "value"),
    "missing title": (TERMS, 'title = "Terms"', "", "title"),
    "missing slug": (TERMS, 'slug = "terms"', "", "slug"),
    "missing topic": (ANSWER, 'topic = "your-visit"', "", "topic"),
    "unknown topic": (ANSWER, "your-visit", "nowhere", "nowhere"),
    "unknown fact": (ANSWER, "session-length", "age", "age"),
    "unknown source": (TREATMENT, "zarate-2006", "nobody", "nobody"),
    "unknown page": (TREATMENT, "faq/how-long", "faq/gone", "faq/gone"),
    "unknown door": ("pages/home.toml", 'page = "treatment"', 'page = "cellar"', "cellar"),
    "unknown block": (TREATMENT, '"figure"', '"film"', "film"),
    "unknown legal role": (TERMS, 'role = "terms"', 'role = "rules"', "rules"),
    "result without a basis": ("facts.toml", '"rule"', '"result"', "source_note"),
    "wrong DOI": ("references.toml", "10.1000", "11.1000", "doi"),
    "too long a name": ("topics.toml", "Your visit", "x" * 61, "name"),
    "too long a summary": (TREATMENT, "What we do.", "x" * 201, "summary"),
    "same key twice": ("facts.toml", '"response"', '"session-length"', "session-length"),
    "another kind of value": (ANSWER, "related = []", "related = 3", "another kind"),
    "link elsewhere": (TREATMENT, 'page="faq/how-long"', 'href="https://x.example/"', "https://x.example/"),
}


def refused(small_content):
    """What the loader says of a broken folder; the database is as it was."""
    before = everything()
    with pytest.raises(StarterError) as error:
        load(content=small_content)
    assert everything() == before
    assert Site.objects.get().root_page.specific_class is Page
    return str(error.value)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_named_and_nothing_is_loaded(name, db, small_content):
    file, words, instead, named = BROKEN[name]
    assert words in SMALL[file]
    (small_content / file).write_text(SMALL[file].replace(words, instead), encoding="utf-8")
    said = refused(small_content)
    assert said.startswith(f"{file}: ")
    assert named in said


def test_a_file_that_is_no_text_is_named(db, small_content):
    (small_content / "pages" / "visit.toml").write_bytes(b'title = "\xff"')
    assert refused(small_content).startswith("pages/visit.toml: ")


@pytest.mark.parametrize("name", ["facts.toml", "pages/home.toml", "pages/visit.toml"])
def test_a_file_that_is_missing_is_named(name, db, small_content):
    (small_content / name).unlink()
    assert name.removesuffix(".toml").removeprefix("pages/") in refused(small_content)


def test_two_pages_of_one_address_are_named(db, small_content):
    (small_content / "faq" / "02.toml").write_text(SMALL[ANSWER], encoding="utf-8")
    assert refused(small_content) == "faq/02.toml: there is another page “faq/how-long”"


def test_the_command_says_that_nothing_was_loaded(db, small_content, monkeypatch):
    (small_content / "pages" / "visit.toml").write_text("title = ", encoding="utf-8")
    monkeypatch.setattr(
        "starter.management.commands.loadstarter.load", lambda **options: load(content=small_content, **options)
    )
    with pytest.raises(CommandError, match=r"Nothing was loaded\. pages/visit\.toml"):
        call_command("loadstarter", if_empty=True)


def test_another_page_in_the_way_is_named(db, small_content):
    welcome = Page.objects.get(depth=2)
    welcome.add_child(instance=Page(title="Mine", slug="mine"))
    with pytest.raises(StarterError, match="another page at the top"):
        load(content=small_content)
    assert Page.objects.filter(slug="mine").exists()
