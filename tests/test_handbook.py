"""The handbook of staff: it can be read in the admin, and says what stands there."""

import html
import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.models import Comment

from editorial.handbook import HANDBOOK, PICTURES
from jobs.models import QueuedMail
from reviews.sign_off import sign_off
from sharing.models import SharedDraft
from tests import factories
from tests.forms import fields_of
from trash.moving import put_in_trash

STEPS = 12  # a task that takes more is two tasks
KILOBYTES = 60  # of a picture


@pytest.fixture
def handbook(desk):
    """The handbook as the admin shows it."""
    return BeautifulSoup(desk.get(reverse("handbook")).content, "html.parser").find(class_="handbook")


def test_every_task_is_a_heading_that_the_contents_lead_to(handbook):
    links = [link["href"] for link in handbook.nav.find_all("a")]
    assert len(links) > 15
    assert links == [f"#{heading['id']}" for heading in handbook.find_all("h2")]


def test_every_task_is_a_short_list_of_steps(handbook):
    steps = {heading.string: heading.find_next("ol").find_all("li") for heading in handbook.find_all("h2")}
    assert [task for task, items in steps.items() if not 2 <= len(items) <= STEPS] == []


def test_every_picture_is_there_described_and_small(desk, handbook):
    pictures = handbook.find_all("img")
    assert len(pictures) > 5
    for picture in pictures:
        response = desk.get(reverse("handbook") + picture["src"])
        assert response["Content-Type"] == "image/png"
        assert len(b"".join(response.streaming_content)) <= KILOBYTES * 1024
        assert picture["alt"]


def test_no_picture_lies_about_unused():
    text = HANDBOOK.read_text(encoding="utf-8")
    assert [file.name for file in PICTURES.iterdir() if f"(pictures/{file.name})" not in text] == []
    assert {Image.open(file).mode for file in PICTURES.iterdir()} == {"P"}


def test_the_handbook_is_for_staff(client, site):
    for address in (reverse("handbook"), reverse("handbook_picture", args=["home"])):
        assert client.get(address).status_code == 302


def test_a_picture_that_is_none_of_the_handbook_is_not_found(desk):
    assert desk.get(reverse("handbook") + "pictures/nothing.png").status_code == 404
    assert desk.get(reverse("handbook") + "pictures/..%2Feditors.png", follow=True).status_code == 404


def test_the_handbook_is_one_click_from_everywhere(desk):
    home = desk.get(reverse("wagtailadmin_home")).content.decode()
    assert f'"url": "{reverse("handbook")}"' in home  # in the menu
    assert f'href="{reverse("handbook")}"' in home
    assert "guide.wagtail.org" not in home


def test_a_container_brings_the_handbook_along():
    """Docker leaves the rest of docs/ out; the later rule wins."""
    rules = (settings.BASE_DIR / ".dockerignore").read_text().split()
    assert rules.index("!docs/editors.md") > rules.index("docs/*")
    assert rules.index("!docs/pictures") > rules.index("docs/*")
    assert "docs" not in rules


# --- What the handbook calls things -------------------------------------------


def count_body_words(response):
    """All words of a screen: what it shows and what its scripts will show."""
    assert response.status_code == 200, response.request["PATH_INFO"]
    text = html.unescape(response.content.decode())
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), text)
    return " ".join(re.sub(r"<[^>]*>", " ", text).split()) + " ".join(text.split())


@pytest.fixture
def screens(desk, settings):
    """The words of the screens that staff meet on the way through the handbook."""
    question = factories.question("May I drive?")
    for _version in range(2):
        question.save_revision(log_action=True)
    waiting = factories.question("Is it open?", topic=question.topic, live=False)
    factories.article("A way", body=factories.paragraph(factories.link(waiting)))
    disclaimer = factories.disclaimer()
    disclaimer.notice = "<p>Another notice.</p>"
    factories.publish(disclaimer)
    author, publisher = factories.member("Authors"), factories.member("Publishers")
    waiting.save_revision(user=author)
    waiting.get_workflow().start(waiting, author)
    scheduled = factories.question("Is it new?", topic=question.topic, live=False)
    scheduled.go_live_at = timezone.now() + timedelta(days=1)
    scheduled.save_revision()
    planned = factories.question("Is it soon?", topic=question.topic, live=False)
    planned.go_live_at, planned.expire_at = (timezone.now() + timedelta(days=days) for days in (1, 2))
    planned.save_revision().publish()
    factories.question("May I drive at night?", topic=question.topic).unpublish()
    article = factories.article("A walk")
    sign_off(factories.reviewer(), article)
    person = factories.person("Dr. Vale")
    fact = factories.fact("session-length", "about 40 minutes")
    factories.article(body=factories.paragraph(f"<p>It lasts {factories.fact_token(fact)}.</p>"))
    typed = fields_of(desk, reverse("wagtailsnippets_evidence_fact:edit", args=[fact.pk]))
    QueuedMail.objects.create(subject="Hello", recipients=["robin@example.org"], content={}, last_error="Refused.")
    settings.MAIL_TRANSPORT_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    SharedDraft.objects.share(waiting, waiting.get_latest_revision(), author)
    Comment.objects.create(page=waiting, user=author, text="Is this so?", contentpath="title")
    overtaken = {**typed, "value": "about an hour", "loaded_revision_id": "0"}
    section = factories.standard("Old section")
    orphan = put_in_trash(factories.add(section, type(section)(title="Orphan", slug="orphan")), author)
    section.delete()
    version = reverse("wagtailadmin_pages:revisions_revert", args=[question.pk, question.latest_revision_id])

    by_administrator = [
        reverse("wagtailadmin_home"),
        reverse("questions:index"),
        reverse("articles:index"),
        reverse("people:index"),
        reverse("to_do"),
        reverse("comments"),
        reverse("shared_drafts"),
        reverse("share_page", args=[waiting.pk]),
        reverse("mail"),
        reverse("trash"),
        reverse("trash_delete", args=[orphan.pk]),
        reverse("disclaimer_coverage"),
        reverse("clinical_reviews"),
        reverse("review_page", args=[question.pk]),
        reverse("look_up_page"),
        reverse("as_of", args=[question.pk]),
        f"{reverse('phrase_search')}?q=May I drive",
        reverse("wagtailsnippets_core_topic:list"),
        reverse("wagtailsnippets_core_topic:edit", args=[question.topic.pk]),
        reverse("wagtailsnippets_clinic_notice:list"),
        reverse("wagtailsnippets_search_crisisphrase:list"),
        reverse("wagtailsnippets_search_crisisphrase:add"),
        reverse("wagtailsnippets_clinic_notice:add"),
        reverse("wagtailsnippets_evidence_fact:edit", args=[fact.pk]),
        reverse("wagtailsnippets_evidence_reference:list"),
        reverse("wagtailsnippets_evidence_reference:add"),
        reverse("evidence_report"),
        reverse("preflight", args=[waiting.pk]),
        reverse("missing"),
        reverse("wagtailsnippets_quality_watchedwords:list"),
        reverse("wagtailsnippets_quality_watchedwords:add"),
        reverse("wagtailsnippets_clinic_clinicsettings:edit", args=[factories.clinic().pk]),
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtailusers_users:index"),
        reverse("wagtailusers_users:add"),
        reverse("wagtailusers_users:edit", args=[author.pk]),
        reverse("password_link", args=[author.pk]),
        reverse("wagtailadmin_pages:move", args=[question.pk]),
        reverse("wagtailadmin_pages:unpublish", args=[question.pk]),
        reverse("wagtailadmin_pages:history", args=[question.pk]),
        version,
        disclaimer.url,
        *(
            reverse("wagtailadmin_pages:edit", args=[page.pk])
            for page in (question, scheduled, article, person, disclaimer)
        ),
    ]
    texts = [count_body_words(desk.get(address, follow=True)) for address in by_administrator]
    texts.append(count_body_words(desk.post(reverse("wagtailsnippets_evidence_fact:edit", args=[fact.pk]), overtaken)))
    texts.append(count_body_words(desk.post(reverse("trash_bring_back", args=[orphan.pk]))))
    unsaved = {"restore-unsaved": "1", **fields_of(desk, reverse("wagtailsnippets_clinic_clinicsettings:list"))}
    texts.append(count_body_words(desk.post(reverse("wagtailsnippets_clinic_clinicsettings:edit", args=[1]), unsaved)))
    desk.force_login(author)
    texts.append(count_body_words(desk.get(reverse("wagtailadmin_pages:edit", args=[question.pk]))))
    desk.force_login(publisher)
    texts.append(count_body_words(desk.get(reverse("wagtailadmin_home"))))
    texts.append(count_body_words(desk.get(reverse("wagtailadmin_pages:edit", args=[waiting.pk]))))
    return "\n".join(texts)


def test_every_word_that_the_handbook_says_is_on_the_screen_is_there(handbook, screens):
    named = {" ".join(word.get_text().split()) for word in handbook.find_all("strong")} - {"bold"}
    assert len(named) > 60
    assert sorted(word for word in named if word not in screens) == []
