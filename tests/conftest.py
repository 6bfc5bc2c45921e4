"""What every test stands on."""

from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, override_settings

import starter.loader
from media import renditions
from tests import crawl, factories, filled, small_starter

# Pictures come in all their formats, but small: encoders take seconds for the sizes of a page.
renditions.RENDITION_SPECS.update(
    figure=(renditions.FORMATS, "framed-{24x24,48x48}"),
    portrait=(renditions.FORMATS, "fill-{24x24,48x48}"),
)

# Fixtures that take long and are made once in a process of the tests: whoever uses one runs in the same process.
MADE_ONCE = ["walked", "starter", "opened"]


def pytest_itemcollected(item):  # `pytest_collection_modifyitems` would come after xdist has read the groups
    for name in set(MADE_ONCE).intersection(item.fixturenames):
        item.add_marker(pytest.mark.xdist_group(name))


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """Tests need no collected files."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def cold_caches():
    """No test inherits what another looked up."""
    cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Test databases that hold the basic pages, made once: every test begins with them."""
    with django_db_blocker.unblock(), transaction.atomic():
        factories.basic_pages()
        connection.run_on_commit.clear()  # as in a test, which never commits


@pytest.fixture
def site(db):
    """The home page of a site with its sections, and nothing in them."""
    return factories.home()


@pytest.fixture
def desk(client, site):
    """A client signed in as an administrator."""
    client.force_login(factories.administrator())
    return client


@pytest.fixture
def media_of_its_own(settings, tmp_path):
    """Files of one test are not found by another."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def empty_site(db):
    """The database as a new installation has it: without the basic pages."""
    factories.remove_basic_pages()


@pytest.fixture
def small_content(tmp_path, settings):
    """A folder of starter texts for the loader, to load or to break."""
    settings.MEDIA_ROOT = tmp_path / "media"
    small_starter.write(tmp_path / "content")
    return tmp_path / "content"


@dataclass
class Walked:
    """A walk of the whole site, and what its sitemap answered."""

    walk: crawl.Walk
    sitemap: HttpResponse


@pytest.fixture(scope="session")
def walked(django_db_setup, django_db_blocker):
    """
    A function that fills the empty site, walks it and empties it again: once, however many tests ask.

    `"bare"` is the site with its starter texts, `"filled"` has everything that staff can add.
    """
    made = {}

    def load():
        starter.loader.load()
        return []

    def walked(state):
        if state not in made:
            fill = {"bare": load, "filled": filled.fill}[state]
            as_they_lie = override_settings(WHITENOISE_USE_FINDERS=True, WHITENOISE_AUTOREFRESH=True)
            cache.clear()
            with django_db_blocker.unblock(), as_they_lie, transaction.atomic():
                factories.remove_basic_pages()
                others = fill()
                client = Client(SERVER_NAME="localhost")
                found = crawl.walk(crawl.asked_of(client), "http://localhost/", *others)
                made[state] = Walked(found, client.get("/sitemap.xml"))
                transaction.set_rollback(True)
            cache.clear()
        return made[state]

    return walked
