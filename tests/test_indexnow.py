"""Search engines are told of what changed: off without a key, silent on failure, and publishing never waits."""

import json
import socket
import threading
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.conf import settings
from django.utils import timezone
from runner.models import JobRun
from wagtail.models import Page

from faq.models import FAQEntryPage
from jobs import runner
from machines import indexnow
from machines.models import Announcement, CrawlerSettings
from tests import factories
from tests.test_seo import change, edit, make_private, move


@pytest.fixture
def told(site, monkeypatch):
    """What search engines are told, a list of (key, addresses); with a key."""
    factories.faq_index()
    calls = []
    monkeypatch.setattr(indexnow, "send", lambda key, addresses: calls.append((key, sorted(addresses))))
    change(CrawlerSettings.load(), indexnow_key="abcdefgh")
    return calls


def addresses_told(told):
    assert runner.run_jobs()
    return [address.removeprefix(settings.SITE_URL) for _key, addresses in told for address in addresses]


def test_search_engines_are_told_of_a_page_that_is_published_changed_and_gone(told):
    page = factories.question(slug="one")
    assert addresses_told(told) == ["/faq/one/"]
    edit("one", title="Now?")
    assert addresses_told(told) == ["/faq/one/"] * 2
    page.unpublish()
    assert addresses_told(told) == ["/faq/one/"] * 3
    edit("one", title="Again?")
    Page.objects.get(slug="one").delete()
    assert addresses_told(told) == ["/faq/one/"] * 4
    assert addresses_told(told) == ["/faq/one/"] * 4


def test_search_engines_are_told_of_both_addresses_of_a_page_that_moves(told, django_capture_on_commit_callbacks):
    page = factories.question(slug="one")
    addresses_told(told)
    told.clear()
    with django_capture_on_commit_callbacks(execute=True):
        move(page)
    assert addresses_told(told) == ["/faq/moved/", "/faq/one/"]


@pytest.mark.parametrize("fields", [{"live": False}, {"hide_from_search_engines": True}])
def test_search_engines_are_not_told_of_what_they_should_not_find(fields, told):
    factories.question(**fields).delete()
    assert addresses_told(told) == []


def test_search_engines_are_not_told_of_a_private_page_nor_of_an_alias(told, django_capture_on_commit_callbacks):
    page = factories.question(slug="one")
    make_private(page)
    alias = factories.standard(slug="treatment").create_alias(update_slug="again")
    Announcement.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        move(FAQEntryPage.objects.get())
    alias.unpublish()
    FAQEntryPage.objects.get().unpublish()
    FAQEntryPage.objects.get().delete()
    assert addresses_told(told) == []


def test_a_page_of_an_endless_address_can_be_published(told):
    page = factories.standard(slug="長" * 80)
    assert addresses_told(told) == []
    assert page.live


def test_without_a_key_nobody_is_told_and_nothing_is_kept(told):
    change(CrawlerSettings.load(), indexnow_key="")
    factories.question()
    assert addresses_told(told) == []
    assert not Announcement.objects.exists()


def test_what_cannot_be_sent_for_days_is_dropped(told):
    factories.question()
    Announcement.objects.update(noted_at=timezone.now() - indexnow.PATIENCE - timedelta(hours=1))
    assert addresses_told(told) == []


def test_the_key_is_proved_at_its_own_address_only(told, client):
    assert client.get("/abcdefgh.txt").content == b"abcdefgh"
    assert client.get("/abcdefgi.txt").status_code == 404


# --- A search engine that listens --------------------------------------------------------
#
# On this machine alone; it is told as the real one would be.

SILENCE, NONSENSE = "silence", "nonsense"


class Engine:
    """What it was told, and how it answers: a status, `SILENCE` or `NONSENSE`."""

    def __init__(self):
        self.heard, self.answers = [], 200
        self.is_over = threading.Event()


@contextmanager
def listening(engine):
    """The address where the engine listens until the context ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            engine.heard.append((self.path, self.headers["Content-Type"], content))
            if engine.answers == SILENCE:
                engine.is_over.wait(10)
            elif engine.answers == NONSENSE:
                self.wfile.write(b"nonsense\r\n\r\n")
            else:
                self.send_response(engine.answers)
                self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/indexnow"
    finally:
        engine.is_over.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def engine(site, monkeypatch):
    """A search engine that is told of this site."""
    factories.faq_index()
    change(CrawlerSettings.load(), indexnow_key="abcdefgh")
    engine = Engine()
    with listening(engine) as address:
        monkeypatch.setattr(indexnow, "ENDPOINT", address)
        yield engine


def an_hour_passes(hours=1):
    Announcement.objects.update(due_at=timezone.now() - timedelta(hours=hours))


@pytest.mark.parametrize("answer", [200, 202])
def test_an_engine_hears_all_addresses_in_one_message_and_finds_the_key(answer, engine, client):
    engine.answers = answer
    factories.question(slug="one"), factories.question(slug="two")
    assert engine.heard == []  # publishing never waits for it
    assert runner.run_jobs()
    assert runner.run_jobs()
    ((path, kind, message),) = engine.heard
    assert (path, kind) == ("/indexnow", "application/json; charset=utf-8")
    assert message.pop("urlList") == [f"{settings.SITE_URL}/faq/one/", f"{settings.SITE_URL}/faq/two/"]
    assert message == {
        "host": settings.SITE_HOST,
        "key": "abcdefgh",
        "keyLocation": f"{settings.SITE_URL}/abcdefgh.txt",
    }
    assert client.get(message["keyLocation"].removeprefix(settings.SITE_URL)).content == b"abcdefgh"


@pytest.mark.parametrize("answer", [400, 403, 422, 429, 500, 503, SILENCE, NONSENSE])
def test_a_failure_is_silent_and_nothing_is_lost(answer, engine, monkeypatch):
    monkeypatch.setattr(indexnow, "TIMEOUT", 0.2)
    factories.question(slug="one")
    engine.answers = answer
    assert runner.run_jobs()
    assert not JobRun.objects.get(name=indexnow.NAME).failures
    engine.answers = 200
    engine.is_over.set()
    an_hour_passes()
    assert runner.run_jobs()
    assert [message["urlList"] for *_, message in engine.heard] == [[f"{settings.SITE_URL}/faq/one/"]] * 2
    assert not Announcement.objects.exists()


def test_where_nobody_listens_the_address_waits(engine, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    factories.question(slug="one")
    with monkeypatch.context() as patched:
        patched.setattr(indexnow, "ENDPOINT", f"http://127.0.0.1:{port}/indexnow")
        assert runner.run_jobs()
    assert engine.heard == []
    an_hour_passes()
    assert runner.run_jobs()
    assert len(engine.heard) == 1


def test_an_engine_that_refuses_is_asked_more_and_more_seldom(engine):
    factories.question()
    engine.answers, pauses = 429, []
    for _ in range(10):
        assert runner.run_jobs()
        assert runner.run_jobs()  # not due again
        waits = Announcement.objects.get()
        pauses.append(round((waits.due_at - timezone.now()).total_seconds() / 60))
        an_hour_passes()
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 180, 180]
    assert len(engine.heard) == 10
