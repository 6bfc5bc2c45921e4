"""
A real server and a real browser; serving.py says how the site is started.

Each process of the tests has servers and a browser of its own, so that no test meets what another process did.
"""

import fcntl
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from tests import programs
from tests.browser import staff
from tests.browser.places import go
from tests.browser.serving import CHROMIUM_OPTIONS, prepare, serving

PHONE = {"width": 360, "height": 640}
# Wagtail's editor checks its preview with axe again while a slow check of it still runs; the next check says all.
AXE_IS_BUSY = "Axe is already running"


@pytest.fixture(scope="session")
def prepared(tmp_path_factory, worker_id):
    """A data folder as a new installation has it, to be copied; made once for all processes of the tests."""
    if worker_id == "master":  # the only one
        return prepare(tmp_path_factory.mktemp("prepared"))
    shared = tmp_path_factory.getbasetemp().parent
    folder, done = shared / "prepared", shared / "prepared-is-done"
    with (shared / "prepared-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            folder.mkdir(exist_ok=True)
            prepare(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def site(prepared, tmp_path_factory):
    """The site with its starter content, served until the last test of the session is done."""
    with serving(prepared, tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="session")
def bare_site(prepared, tmp_path_factory):
    """The same, to be looked at alone: what staff add in stories is weighed nowhere."""
    with serving(prepared, tmp_path_factory.mktemp("bare")) as site:
        yield site


@pytest.fixture(scope="session")
def filled_site(prepared, tmp_path_factory):
    """The site with everything filled in that staff can add."""
    with serving(prepared, tmp_path_factory.mktemp("filled"), filled=True) as site:
        yield site


@pytest.fixture(scope="session")
def site_of(request):
    """A function from `"bare"` or `"filled"` to that site, started when it is first asked for."""
    fixtures = {"bare": "bare_site", "filled": "filled_site"}
    return lambda state: request.getfixturevalue(fixtures[state])


@pytest.fixture(scope="session")
def chromium():
    """
    The browser, started once; each page has a context of its own in it.

    While Playwright runs, Django takes its event loop for asynchronous code, and would refuse the
    database to tests that follow in the same process.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
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

    def complain(text):
        if AXE_IS_BUSY not in text:
            page.complaints.append(text)

    page.on("console", lambda message: message.type == "error" and complain(message.text))
    page.on("pageerror", lambda error: complain(str(error)))

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
    with watched_page(chromium, site, viewport=PHONE, has_touch=True) as page:
        yield page


@pytest.fixture
def visit(site_of, chromium):
    """
    A function that opens a place of the site, `"bare"` or `"filled"`, as a new visitor would.

    Nothing moves unless asked for; further options are those of a browser context.
    """
    with ExitStack() as pages:

        def visit(state, place, width=360, height=640, **options):
            site = site_of(state)
            options = {"reduced_motion": "reduce", **options, "viewport": {"width": width, "height": height}}
            page = pages.enter_context(watched_page(chromium, site, **options))
            page.answer = go(page, site, place)
            return page

        yield visit


@pytest.fixture(scope="session")
def signed_in(site, chromium):
    """What the browser keeps of the administrator's signing in."""
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


@pytest.fixture(scope="session")
def accounts(site):
    """Everybody of `staff.STAFF` may sign in."""
    staff.make_accounts(site)


@pytest.fixture
def desk_of(site, accounts, chromium):
    """
    A function from a first name of `staff.STAFF` to their page, at the home of the desk.

    Nothing on the way may go wrong in it.
    """
    opened = []
    with ExitStack() as pages:

        def desk_of(name, **options):
            options = {"viewport": {"width": 1280, "height": 900}, **options}
            page = pages.enter_context(watched_page(chromium, site, **options))
            opened.append(page)
            staff.come_to_the_desk(page, name)
            return page

        yield desk_of
    assert [page.complaints + page.elsewhere for page in opened if page.complaints or page.elsewhere] == []
