"""What every test stands on."""

import pytest
from django.core.cache import cache

from core import sizes
from tests import factories

# Pictures come in all their formats, but small: encoders take seconds for the sizes of a page.
sizes.SIZES.update(
    figure=(sizes.FORMATS, "width-{24,48}"),
    portrait=(sizes.FORMATS, "fill-{24x24,48x48}"),
)


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


@pytest.fixture
def site(db):
    """The home page of an otherwise empty site."""
    return factories.home()
