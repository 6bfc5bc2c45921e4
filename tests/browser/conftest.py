"""
A real server and a real browser.

The server is a process with its own data folder, as `make run` starts it: the tests of this
folder share no database with the others, and see the site as a visitor does.
"""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from tests import programs

BASE_DIR = Path(__file__).resolve().parents[2]
PATIENCE = 120  # seconds for the first start, migrations included
CHROMIUM_OPTIONS = [
    "--no-sandbox",  # CI is root, and root has no sandbox
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    # The browser's own calls to its maker are not ours.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Site:
    """The running site and who may sign in to it."""

    url: str
    email: str
    password: str


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The site with its starter content, served until the last test of the session is done."""
    data_dir = tmp_path_factory.mktemp("site")
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    site = Site(f"http://127.0.0.1:{port}", "administrator@localhost", secrets.token_urlsafe(12))
    environment = {
        **os.environ,
        "DATA_DIR": str(data_dir),
        "STATIC_ROOT": str(data_dir / "static"),
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "SITE_URL": site.url,
        "ADMIN_EMAIL": site.email,
        "ADMIN_PASSWORD": site.password,
    }
    environment.pop("DATABASE_URL", None)  # SQLite, in the data folder
    log = data_dir / "log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "innerbloom.serve"],
            cwd=BASE_DIR,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,  # Ctrl-C ends the tests, and they end the server
        )
    try:
        deadline = time.monotonic() + PATIENCE
        while "The site is at" not in (said := log.read_text(errors="replace")):
            if server.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"The site did not start:\n{said}")
            time.sleep(0.1)
        yield site
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(15)


@pytest.fixture(scope="module")
def chromium():
    """
    The browser, for one module at a time.

    While Playwright runs, Django takes its event loop for asynchronous code and refuses the
    database to tests of other modules: it must be gone before they run.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=programs.chromium(), args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@contextmanager
def watched_page(chromium, site, **options):
    """
    A page in a browser context of its own.

    `page.complaints` lists errors that the browser reported, `page.elsewhere` the addresses it
    asked of other hosts.
    """
    context = chromium.new_context(base_url=site.url, **options)
    page = context.new_page()
    page.complaints, page.elsewhere = [], []
    page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))

    def look(request):
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"} and address.netloc != urlsplit(site.url).netloc:
            page.elsewhere.append(request.url)

    page.on("request", look)
    try:
        yield page
    finally:
        context.close()


@pytest.fixture
def page(site, chromium):
    """A new visitor's page on a small phone; see `watched_page`."""
    with watched_page(chromium, site, viewport={"width": 360, "height": 640}, has_touch=True) as page:
        yield page


@pytest.fixture(scope="module")
def signed_in(site, chromium):
    """What the browser keeps of the administrator's signing in: done once, it serves a whole module."""
    with watched_page(chromium, site) as page:
        page.goto("/admin/")
        page.get_by_label("E-mail").fill(site.email)
        page.get_by_label("Password").fill(site.password)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{site.url}/admin/")
        return page.context.storage_state()


@pytest.fixture
def desk(site, chromium, signed_in):
    """The administrator's page at the width of a desk; nothing on the way may go wrong in it."""
    with watched_page(chromium, site, viewport={"width": 1280, "height": 900}, storage_state=signed_in) as page:
        yield page
        assert page.complaints == []
        assert page.elsewhere == []
