"""What every test stands on."""

import pytest
from django.core.cache import cache

from tests import factories


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
