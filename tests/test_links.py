"""Whatever a page of the site names can be reached: links, pictures, documents, places within pages."""

import pytest

from core.blocks import BodyBlock
from pages.models import HomePage
from tests import factories, filled
from tests.crawl import asked_of, walk

HOME = "http://localhost/"


@pytest.fixture
def fetch(client, settings):
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    client.defaults["SERVER_NAME"] = "localhost"
    return asked_of(client)


def test_no_link_of_the_site_is_dead_before_staff_fill_it_in(walked):
    found = walked("bare").walk

    assert found.dead() == []
    assert len(found.pages) > 25


def test_no_link_of_the_site_is_dead_when_everything_is_filled_in(walked):
    found = walked("filled").walk

    assert found.dead() == []
    assert {"/", "/blog/?page=2"} <= {address.removeprefix(HOME[:-1]) for address in found.pages}


def test_the_filled_site_has_every_kind_of_block(db):
    assert {block["type"] for block in filled.body("<p>A text.</p>")} == set(BodyBlock().child_blocks)


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ('<a href="/nowhere/">x</a>', "/nowhere/ answers 404"),
        ('<a href="/faq">x</a>', "/faq answers 301 /faq/"),
        ('<a href="/faq/#nothing">x</a>', "/faq/#nothing points to a place that is not there"),
        ('<a href="#nothing">x</a>', "#nothing points to a place that is not there"),
        ('<a href="">x</a>', "an empty address leads nowhere"),
        ('<a href="http://localhost/nowhere/">x</a>', "http://localhost/nowhere/ answers 404"),
        ('<a href="https://">x</a>', "https:// is no address to send people to"),
        ('<a href="http//example.org">x</a>', "http//example.org answers 404"),
        ('<a href="tel:555">x</a>', "tel:555 is no address to send people to"),
        ('<a href="mailto:nobody">x</a>', "mailto:nobody is no address to send people to"),
        ('<a href="javascript:alert(1)">x</a>', "javascript:alert(1) is no address to send people to"),
        ('<img src="/media/none.png">', "/media/none.png answers 404"),
        ('<img srcset="/favicon.ico 1x, /media/none.png 2x">', "/media/none.png answers 404"),
        ('<script src="/static/none.js"></script>', "/static/none.js answers 404"),
    ],
)
def test_a_dead_link_is_found(site, fetch, html, complaint):
    factories.faq_index()
    HomePage.objects.update(hero_lead=f"<p>{html}</p>")

    assert walk(fetch, HOME).dead() == [f"{HOME}: {complaint}"]
