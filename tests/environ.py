"""
The environment of the tests: loaded by pytest before Django's settings (`-p tests.environ`).

Fixed values, whatever this machine's own environment or .env say: the same tests everywhere.
Only DATABASE_URL is taken as given (tests/run.py sets it); without one the tests use SQLite.
The data folder is a temporary one.
"""

import atexit
import gc
import os
import shutil
import tempfile

import pytest

from tests import programs

_data_dir = tempfile.mkdtemp(prefix="innerbloom-tests-")
atexit.register(shutil.rmtree, _data_dir, ignore_errors=True)

os.environ.update(
    ENV_FILE=os.devnull,
    DATA_DIR=_data_dir,
    STATIC_ROOT=f"{_data_dir}/static",
    DEBUG="0",
    SECRET_KEY="of-the-tests-and-nowhere-else-0123456789-abcdefghij",
    SECRET_KEY_FILE="",
    SITE_URL="http://localhost",
    EXTRA_HOSTS="",
    BEHIND_PROXY="0",
    TIME_ZONE="America/Los_Angeles",
    EMAIL_URL="memorymail://",
    CHECK_LINKS="0",
)
os.makedirs(os.environ["STATIC_ROOT"])
for _name in ("DEFAULT_FROM_EMAIL", "ADMIN_EMAIL", "ADMIN_PASSWORD"):
    os.environ.pop(_name, None)

# Marked tests need programs that a machine may lack.
NEEDS = {"browser": programs.chromium, "vnu": programs.html_validator}


def pytest_addoption(parser):
    parser.addoption("--everything", action="store_true", help="checks in the browser: every page, not a sample")


def pytest_collection_modifyitems(items):
    for marker, find in NEEDS.items():
        try:
            find()
        except programs.Missing as reason:
            for item in items:
                if item.get_closest_marker(marker):
                    item.add_marker(pytest.mark.skip(reason=str(reason)))


def pytest_collection_finish():
    """
    What was imported stays to the end: the garbage collector need not go through it again and again.

    Between tests there is little garbage in circles, so it looks less often, too.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
