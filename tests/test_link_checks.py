"""Links to other sites and typed addresses: what is found, asked politely, never asked, and told to whom."""

import ssl
import threading
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from clinic.models.clinic_settings import Profile
from editorial.page_tasks import broken_addresses
from jobs.models import JobRun
from jobs.runner import JobRound
from quality import link_checks, web_client
from quality.link_checks import State, check_links, write_outcome
from quality.link_inventory import Address, read_address, write_inventory
from quality.models import CheckedLink
from quality.outcomes import WORKS, Kind, Outcome
from quality.public_addresses import RefusedAddress, is_public, read_url
from quality.web_client import WebClient, outcome_of, user_agent
from tests import factories

# --- Which addresses are never asked ---------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "10.0.0.5", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "0.0.0.0", "0.1.2.3", "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1"),  # noqa: S104  (never bound)
        *("::1", "::", "fc00::1", "fdab::1", "fe80::1", "fe80::1%eth0", "ff02::1", "::ffff:10.0.0.1", "::ffff:8.8.8.8"),
        *("64:ff9b::a00:1", "2002:a00:1::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1", "::10.0.0.1"),
        *("", "localhost", "8.8.8", "nonsense"),
    ],
)
def test_an_address_that_is_not_of_the_public_internet_is_never_asked(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "172.15.0.1", "172.32.0.1", "2606:4700::1111"])
def test_an_address_of_the_public_internet_may_be_asked(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "https://", "//example.org/"),
        *("http://user@example.org/", "http://user:word@example.org/", "http://example.org:8080/"),
        *("https://example.org:80/", "http://example.org:22/", "http://[::1/", "http://example.org:99999/", "x"),
        "http://" + "a" * 64 + ".example.org/",
    ],
)
def test_an_address_whose_form_forbids_it_is_not_asked(url):
    with pytest.raises(RefusedAddress):
        read_url(url)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("http://127.0.0.1/", Kind.GONE),
        ("http://2130706433/", Kind.GONE),
        ("http://0x7f000001/", Kind.GONE),
        ("http://127.1/", Kind.GONE),
        ("http://localhost/", Kind.GONE),
        ("http://[::1]/", Kind.GONE),
        ("http://[::ffff:127.0.0.1]/", Kind.GONE),
        ("http://169.254.169.254/latest/meta-data/", Kind.GONE),
    ],
)
def test_the_client_of_the_site_connects_to_nothing_private(url, kind, monkeypatch):
    def connect(*args, **kwargs):
        raise AssertionError(f"connected to {args}")

    monkeypatch.setattr(web_client.socket, "create_connection", connect)
    assert WebClient().check(url).kind is kind


def test_a_name_that_resolves_to_one_private_address_among_public_ones_is_not_asked(monkeypatch):
    monkeypatch.setattr(web_client.socket, "create_connection", None)
    client = WebClient(resolve=lambda host, port: ["8.8.8.8", "10.0.0.5"])
    assert client.check("http://rebound.example/").kind is Kind.UNCLEAR


def test_the_connection_goes_to_the_address_that_was_judged(monkeypatch):
    """The name resolves to something else a moment later: nobody asks again."""
    answers, connected = [["8.8.8.8"]], []

    def connect(address, timeout):
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(web_client.socket, "create_connection", connect)
    WebClient(resolve=lambda host, port: answers.pop(0)).check("http://rebound.example/")
    assert connected == [("8.8.8.8", 80)]


# --- How another site is asked ------------------------------------------------------


class Site(BaseHTTPRequestHandler):
    """Another site: the path says how it answers."""

    asked: list = []

    def do_HEAD(self):
        self._answer()

    def do_GET(self):
        self._answer()

    def _answer(self):
        Site.asked.append((self.command, self.path, dict(self.headers)))
        word, _, more = self.path[1:].partition("/")
        if self.path.startswith("/away?"):
            return self._send(302, self.path.partition("?")[2])
        if word == "get-only" and self.command == "HEAD":
            return self._send(405)
        if word == "head-hangs-up" and self.command == "HEAD":
            return self.connection.close()
        if word == "to":
            return self._send(302, f"/{more}")
        if word == "loop":
            return self._send(301, "/loop/")
        if word == "silent":
            Site.over.wait(3)
            return None
        if word == "endless":
            self.send_response(200)
            self.flush_headers()
            while not Site.over.wait(0.05):
                self.wfile.write(b"X-More: 1\r\n")
            return None
        return self._send(int(word) if word.isdigit() else 200)

    def _send(self, status, location=""):
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "1000000000")  # never read
        self.end_headers()

    def log_message(self, *args):
        pass

    over = threading.Event()


@contextmanager
def serving(context=None):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    server.handle_error = lambda *args: None
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    Site.asked, Site.over = [], threading.Event()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        Site.over.set()
        server.shutdown()
        server.server_close()


@pytest.fixture
def other_site():
    """A client for whom every public name is a server of this test."""
    with serving() as port:
        names = {"intern.example": "10.0.0.5", "10.0.0.5": "10.0.0.5"}
        yield WebClient(
            resolve=lambda host, _port: [names.get(host, "127.0.0.1")],
            is_allowed=lambda address: address == "127.0.0.1",
            ports={"http": port, "https": port},
        )


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", Kind.WORKS),
        ("get-only", Kind.WORKS),
        ("head-hangs-up", Kind.WORKS),
        ("416", Kind.WORKS),
        ("to/200", Kind.WORKS),
        ("to/to/to/200", Kind.WORKS),
        ("to/404", Kind.GONE),
        ("404", Kind.GONE),
        ("410", Kind.GONE),
        ("403", Kind.UNCLEAR),
        ("429", Kind.UNCLEAR),
        ("999", Kind.UNCLEAR),
        ("500", Kind.FAILS),
        ("503", Kind.FAILS),
        ("loop/", Kind.FAILS),
        ("away?http://intern.example/", Kind.UNCLEAR),
        ("away?http://10.0.0.5/", Kind.GONE),
        ("away?file:///etc/passwd", Kind.GONE),
    ],
)
def test_what_another_site_answers(path, kind, other_site):
    assert other_site.check(f"http://there.example/{path}").kind is kind


def test_another_site_is_told_who_asks_and_sends_no_more_than_it_must(other_site, settings):
    settings.SITE_URL = "https://clinic.example"
    other_site.check("http://there.example/get-only")
    (head, _, first), (get, _, second) = Site.asked
    assert (head, get) == ("HEAD", "GET")
    assert first["User-Agent"] == second["User-Agent"] == user_agent()
    assert "https://clinic.example/" in user_agent()
    assert second["Range"] == "bytes=0-0"


def test_a_busy_site_is_not_asked_twice(other_site):
    other_site.check("http://there.example/429")
    assert len(Site.asked) == 1


def test_a_redirect_into_a_private_network_is_not_followed(other_site):
    other_site.check("http://there.example/away?http://intern.example/")
    assert len(Site.asked) == 1


def test_a_site_that_is_silent_or_never_ends_its_answer_is_given_up(other_site, monkeypatch):
    monkeypatch.setattr(web_client, "SECONDS_A_STEP", 0.3)
    monkeypatch.setattr(web_client, "SECONDS_IN_ALL", 0.6)
    late = Outcome(Kind.FAILS, "The site does not answer in time.")
    assert other_site.check("http://there.example/silent") == late
    assert other_site.check("http://there.example/endless") == late


def test_an_address_with_signs_that_no_request_line_can_hold_is_asked_with_them_escaped(other_site):
    assert other_site.check("http://there.example/a b\u00e9?q=\u00e9 x").kind is Kind.WORKS
    assert Site.asked[0][1] == "/a%20b%C3%A9?q=%C3%A9%20x"


def test_a_certificate_is_checked_for_the_name(tmp_path):
    """A server of nobody's trust fails, whatever address it stands at."""
    made = make_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made)
    trusting = ssl.create_default_context(cafile=made)
    with serving(context) as port:
        rule = {"resolve": lambda host, _port: ["127.0.0.1"], "is_allowed": lambda _address: True}
        ports = {"https": port, "http": port}
        assert (
            WebClient(**rule, ports=ports).check("https://there.example/").reason.startswith("The site’s certificate")
        )
        assert WebClient(**rule, ports=ports, context=trusting).check("https://there.example/") == WORKS
        assert WebClient(**rule, ports=ports, context=trusting).check("https://other.example/").kind is Kind.FAILS


def make_certificate(folder):
    """A certificate for there.example, signed by itself."""
    import subprocess

    file = folder / "there.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", file, "-out", folder / "cert.pem"]
    names = ["-days", "2", "-subj", "/CN=there.example", "-addext", "subjectAltName=DNS:there.example"]
    subprocess.run([*command, *names], check=True, capture_output=True)
    file.write_text(file.read_text() + (folder / "cert.pem").read_text())
    return str(file)


# --- When a link is dead --------------------------------------------------------------

FAILS, GONE = Outcome(Kind.FAILS, "No answer."), Outcome(Kind.GONE, "404.")
UNCLEAR = Outcome(Kind.UNCLEAR, "403.")


@pytest.fixture
def link(db):
    return CheckedLink.objects.create(url="https://there.example/")


def after(link, *outcomes, apart=timedelta(days=1)):
    """The link after checks that lie some time apart."""
    for outcome in outcomes:
        CheckedLink.objects.filter(failing_since__isnull=False).update(failing_since=timezone.now() - apart)
        link.refresh_from_db()
        write_outcome(link, outcome)
    link.refresh_from_db()
    return link


@pytest.mark.parametrize(
    ("outcomes", "state"),
    [
        ([WORKS], State.WORKS),
        ([GONE], State.DEAD),
        ([FAILS], State.FAILING),
        ([FAILS, FAILS], State.DEAD),
        ([FAILS, WORKS, FAILS], State.FAILING),
        ([UNCLEAR, UNCLEAR], State.UNCLEAR),
        ([GONE, WORKS], State.WORKS),
        ([GONE, FAILS], State.DEAD),
        ([FAILS, UNCLEAR], State.UNCLEAR),
    ],
)
@pytest.mark.each_database
def test_a_link_is_dead_at_once_where_nothing_is_and_else_after_a_day(outcomes, state, link):
    assert after(link, *outcomes).state == state


def test_two_failures_within_the_hour_make_no_dead_link(link):
    assert after(link, FAILS, FAILS, apart=timedelta(hours=1)).state == State.FAILING


@pytest.mark.parametrize(
    ("outcomes", "days"), [([WORKS], 7), ([UNCLEAR], 7), ([FAILS], 1), ([FAILS] * 3, 2), ([GONE] * 9, 7)]
)
def test_a_link_that_works_is_asked_once_a_week_and_one_that_fails_less_and_less(outcomes, days, link):
    wait = after(link, *outcomes).next_check_at - timezone.now()
    assert timedelta(days=days, minutes=-5) < wait <= timedelta(days=days)


# --- What stands where -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("https://there.example/a?b=1#c", Address("https://there.example/a?b=1", False)),
        ("//there.example/", Address("http://there.example/", False)),
        ("/faq/#x", Address("/faq/#x", True)),
        ("http://localhost/faq/?q=1", Address("/faq/?q=1", True)),
        ("#x", Address("/faq/one/#x", True)),
        ("two/", Address("/faq/one/two/", True)),
        ("http://[bad", Address("http://[bad", False)),
        ("mailto:a@example.org", None),
        ("tel:911", None),
        ("javascript:alert(1)", None),
        ("https://there.example/" + "x" * 2000, None),
    ],
)
def test_how_a_typed_address_is_read(href, address):
    assert read_address(href, "/faq/one/") == address


def linking(href, **fields):
    return factories.question(short_answer=f'<p><a href="{href}">x</a></p>', **fields)


def known():
    return {row.url: row.places for row in CheckedLink.objects.all()}


@pytest.mark.each_database
def test_every_kind_of_place_is_found(site):
    page = linking("https://a.example/?x=1&amp;y=2")
    jump = '<p><a href="https://b.example/">x</a></p>'
    article = factories.article(body=[{"type": "callout", "value": {"urgency": "note", "text": jump}, "id": "c1"}])
    source = factories.reference("r", doi="10.1000/182")
    other = factories.reference("s", link="https://c.example/")
    clinic = factories.clinic(booking_url="https://d.example/")
    clinic.profiles.add(Profile(name="Elsewhere", url="https://e.example/"))
    clinic.save()
    linking("https://draft.example/", live=False)
    write_inventory()
    profile = clinic.profiles.get()
    assert known() == {
        "https://a.example/?x=1&y=2": [["faq.faqentrypage", page.pk, "short_answer"]],
        "https://b.example/": [["blog.blogpostpage", article.pk, "body.c1"]],
        "https://doi.org/10.1000/182": [["evidence.reference", source.pk, "doi"]],
        "https://c.example/": [["evidence.reference", other.pk, "link"]],
        "https://d.example/": [["clinic.clinicsettings", clinic.pk, "booking_url"]],
        "https://draft.example/": [],
        "https://e.example/": [["clinic.clinicsettings", clinic.pk, f"profiles.{profile.pk}.url"]],
    }


def test_what_is_taken_out_is_forgotten_and_what_stays_keeps_what_is_known(site):
    page, other = linking("https://a.example/"), linking("https://b.example/")
    assert page.live
    write_inventory()
    CheckedLink.objects.update(state="dead")
    other.short_answer = "<p>Nothing.</p>"
    factories.publish(other)
    write_inventory()
    assert [(row.url, row.state) for row in CheckedLink.objects.all()] == [("https://a.example/", "dead")]


def test_the_inventory_asks_no_more_of_a_larger_site(site, django_assert_max_num_queries):
    for number in range(12):
        linking(f"https://site-{number}.example/")
    with django_assert_max_num_queries(45):
        write_inventory()


# --- The job ----------------------------------------------------------------------------


class Client:
    """Answers as it is told, and notes what it was asked."""

    def __init__(self, outcome=WORKS):
        self.outcome, self.asked = outcome, []

    def check(self, url):
        self.asked.append(url)
        return self.outcome


@pytest.fixture
def job(db, settings, monkeypatch):
    """Does a round of the job as the runner does."""
    settings.CHECK_LINKS = True
    monkeypatch.setattr(link_checks, "_inventory_of", None)

    def do(client):
        job_round = JobRound(JobRun.objects.take(link_checks.JOB_NAME), threading.Event())
        check_links(job_round, client)
        job_round.job.release()
        assert job_round.failures == []
        return client.asked

    return do


@pytest.mark.each_database
def test_a_round_asks_a_few_and_no_two_of_one_host(site, job):
    for number in range(4):
        linking(f"https://same.example/{number}")
    for number in range(9):
        linking(f"https://site-{number}.example/")
    asked = job(Client())
    assert len(asked) == link_checks.MAX_LINKS_A_ROUND
    assert sum("same.example" in url for url in asked) == 1


def test_every_link_is_asked_in_time_and_none_before_its_week_is_over(site, job):
    for number in range(4):
        linking(f"https://same.example/{number}")
    client = Client()
    for _round in range(6):
        job(client)
    assert sorted(client.asked) == [f"https://same.example/{number}" for number in range(4)]


def test_switched_off_no_other_site_is_asked(site, job, settings):
    settings.CHECK_LINKS = False
    linking("https://there.example/")
    assert job(Client()) == []
    assert CheckedLink.objects.get().state == State.NEW


def test_a_place_that_is_renamed_is_a_dead_link_within_the_next_round(site, job):
    heading = {"type": "heading", "value": {"text": "The day after", "level": "h2"}, "id": "h"}
    target = factories.standard("Aftercare", body=[heading])
    linking(f"{target.url}#the-day-after")
    job(Client())
    assert CheckedLink.objects.get().state == State.WORKS
    target.body = target._meta.get_field("body").to_python([{**heading, "value": {"text": "Next day", "level": "h2"}}])
    target.save_revision(log_action=True).publish()
    job(Client())
    row = CheckedLink.objects.get()
    assert (row.state, "no place “#the-day-after”" in row.reason) == (State.DEAD, True)


def test_one_link_that_breaks_the_check_does_not_stop_the_others(site, job, monkeypatch):
    class Broken(Client):
        def check(self, url):
            if "a.example" in url:
                raise RuntimeError
            return super().check(url)

    linking("https://a.example/")
    linking("https://b.example/")
    client = Broken()
    with pytest.raises(AssertionError):
        job(client)  # the failure is noted
    assert client.asked == ["https://b.example/"]


@pytest.mark.parametrize(
    ("works", "state"),
    [({"https://control.example/"}, State.DEAD), (set(), State.NEW)],
)
def test_a_server_that_reaches_nobody_calls_no_link_dead(works, state, link):
    CheckedLink.objects.create(url="https://control.example/", state="works", checked_at=timezone.now())
    link.failing_since = timezone.now() - timedelta(days=1)
    link.save()

    class Net(Client):
        def check(self, url):
            return WORKS if url in works else FAILS

    link_checks.check_one(link, Net())
    link.refresh_from_db()
    assert link.state == state
    assert link.next_check_at > timezone.now()


# --- Who is told ---------------------------------------------------------------------------


@pytest.mark.each_database
def test_a_dead_link_is_a_task_that_leads_to_its_place(client, site):
    page = linking("https://gone.example/", title="What then?")
    write_inventory()
    CheckedLink.objects.update(state="dead", reason="It answers 404.")
    client.force_login(factories.administrator())
    html = client.get(reverse("to_do")).content.decode()
    assert "“What then?” links to https://gone.example/" in html
    assert "It answers 404. Correct the link, or take it out." in html
    assert f"{reverse('wagtailadmin_pages:edit', args=[page.pk])}#:w:contentpath=short_answer" in html


@pytest.mark.parametrize("state", ["new", "works", "failing", "unclear"])
def test_a_link_that_is_not_dead_is_no_task(state, site):
    linking("https://there.example/")
    write_inventory()
    CheckedLink.objects.update(state=state)
    assert list(broken_addresses(factories.administrator())) == []


@pytest.mark.each_database
def test_only_who_may_mend_a_link_is_told_of_it(site):
    linking("https://page.example/")
    factories.reference(link="https://source.example/")
    write_inventory()
    CheckedLink.objects.update(state="dead")

    def told(user):
        return {task.title.split()[-1] for task in broken_addresses(user)}

    assert told(factories.member("Publishers")) == {"https://page.example/", "https://source.example/"}
    assert told(factories.member("Authors")) == {"https://page.example/"}
    assert told(factories.member()) == set()


def test_the_tasks_ask_no_more_of_more_dead_links(site, django_assert_max_num_queries):
    for number in range(12):
        linking(f"https://site-{number}.example/")
    write_inventory()
    CheckedLink.objects.update(state="dead")
    user = factories.member("Publishers")
    with django_assert_max_num_queries(12):
        assert len(list(broken_addresses(user))) == 12


@pytest.mark.parametrize(
    ("status", "kind"), [(200, Kind.WORKS), (304, Kind.WORKS), (451, Kind.UNCLEAR), (400, Kind.FAILS)]
)
def test_what_a_status_says(status, kind):
    assert outcome_of(status).kind is kind


def test_an_old_address_that_leads_to_a_place_that_is_not_there_is_a_task(client, site, job):
    factories.faq_index()
    Redirect.objects.create(old_path="/old", redirect_link="/faq/#nope")
    job(Client())
    administrator = factories.administrator()
    [task] = broken_addresses(administrator)
    assert "no place “#nope”" in task.why
    client.force_login(administrator)
    assert client.get(task.url).status_code == 200
