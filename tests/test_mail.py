"""Mail: no request waits for a mail server, nothing is sent twice, and what does not go out is told at the desk."""

import contextlib
import re
import signal
import smtplib
import socket
import threading
from datetime import timedelta
from email.mime.image import MIMEImage

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives, send_mail
from django.core.mail.backends import locmem
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jobs import mail as queue
from jobs import runner
from jobs.management.commands import runjobs
from jobs.models import RETRY_DELAYS, JobRun, QueuedMail
from jobs.panels import MAX_MAILS
from tests import factories


class PickyBackend(locmem.EmailBackend):
    """A mail server that does not know every recipient."""

    def send_messages(self, messages):
        for message in messages:
            if refused := {to: (550, b"no such user") for to in message.to if to.startswith("unknown")}:
                raise smtplib.SMTPRecipientsRefused(refused)
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def queued(settings, db):
    """Mail goes the way of production, as far as a server that is made of Python."""
    settings.EMAIL_BACKEND = "jobs.mail.QueueEmailBackend"
    settings.MAIL_TRANSPORT_BACKEND = "tests.test_mail.PickyBackend"
    mail.outbox = []


@pytest.fixture
def silent_server(settings):
    """A mail server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        settings.MAIL_TRANSPORT_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL, settings.EMAIL_TIMEOUT = False, False, 0.1
        yield server


def connections_to(server):
    """How many have asked a server for its attention since the last time."""
    number = 0
    with contextlib.suppress(BlockingIOError):
        while True:
            server.accept()[0].close()
            number += 1
    return number


def write_to(to="colleague@example.org", subject="Hello", body="A link that nobody else reads"):
    return send_mail(subject, body, None, [to])


def run_once():
    call_command("runjobs", "--once")


def run_when_due():
    """Let the time of every next attempt have come, and run."""
    QueuedMail.objects.filter(next_attempt_at__isnull=False).update(next_attempt_at=timezone.now())
    run_once()


def home_of(user):
    client = Client()
    client.force_login(user)
    return BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")


def panel_of(user):
    """The rows that the admin's home shows of mail that did not go out; None without the panel."""
    panel = home_of(user).find(id="unsent-mail-section")
    return panel and [
        [cell.get_text(" ", strip=True) for cell in row.find_all("td")] for row in panel.select("tbody tr")
    ]


# --- Requests and the mail server ------------------------------------------------------


def test_eight_password_resets_wait_for_no_mail_server_and_the_runner_only_once(site, silent_server):
    users = [factories.member("Authors") for _ in range(8)]
    for user in users:
        answer = Client().post(reverse("wagtailadmin_password_reset"), {"email": user.email}, follow=True)
        assert "will be sent to it in a moment" in answer.content.decode()
    assert connections_to(silent_server) == 0
    run_once()
    assert connections_to(silent_server) == 1
    assert [row.recipients for row in QueuedMail.objects.order_by("pk")] == [[user.email] for user in users]
    assert {row.last_error for row in QueuedMail.objects.all()} == {
        "The mail server did not answer in time, or broke the connection."
    }


def test_the_runner_waits_ten_seconds_for_a_word_of_the_mail_server(settings):
    assert settings.EMAIL_TIMEOUT == 10


def test_a_password_reset_arrives_and_leaves_no_trace_of_its_link(site):
    user = factories.member("Authors")
    Client().post(reverse("wagtailadmin_password_reset"), {"email": user.email})
    assert mail.outbox == []
    run_once()
    [sent] = mail.outbox
    assert sent.to == [user.email]
    assert "/admin/password_reset/confirm/" in sent.body
    assert not QueuedMail.objects.exists()
    assert "confirm" not in str(list(JobRun.objects.values()))


def test_a_transaction_that_is_rolled_back_sends_nothing():
    with transaction.atomic():
        write_to()
        transaction.set_rollback(True)
    run_once()
    assert mail.outbox == []


def test_a_mail_to_nobody_is_none():
    assert EmailMessage("Hello", to=[]).send() == 0
    assert mail.get_connection().send_messages([EmailMessage("Hello", to=[])]) == 0
    assert not QueuedMail.objects.exists()


def test_without_a_mail_server_the_log_says_that_a_mail_went_nowhere_and_not_a_word_of_it(settings, capsys, caplog):
    settings.MAIL_TRANSPORT_BACKEND = "jobs.mail.LogEmailBackend"
    write_to()
    run_once()
    assert "Not sent: “Hello” (colleague@example.org)" in caplog.text
    assert "A link that nobody else reads" not in caplog.text + "".join(capsys.readouterr())


# --- What a mail consists of -------------------------------------------------------------


def parts_of(message):
    """A message as what its parts are, say and are called."""
    return [
        (part.get_content_type(), part.get_filename(), part["Content-ID"], part.get_payload(decode=True))
        for part in message.message().walk()
    ]


def headers_of(message):
    return {name: value for name, value in message.message().items() if name != "Content-Type"}


def test_a_mail_arrives_with_all_that_it_was_given():
    message = EmailMultiAlternatives(
        "Grüße, “Robin” 🌸",
        "Plain: ä",
        "Clinic <clinic@example.org>",
        ["Zoë <zoe@example.org>"],
        cc=["copy@example.org"],
        bcc=["blind@example.org"],
        reply_to=["answers@example.org"],
        headers={"X-Clinic": "yes", "Message-ID": "<1@example.org>", "date": "Sat, 28 Nov 2026 12:00:00 -0800"},
    )
    message.attach_alternative("<p>Rich: ä</p>", "text/html")
    message.attach("bytes.bin", bytes(range(256)), "application/octet-stream")
    message.attach("größe.csv", "a;ä\n", "text/csv")
    message.attach("forwarded.eml", EmailMessage("Inner", "Text", to=["inner@example.org"]), "message/rfc822")
    image = MIMEImage(b"not really a picture", "png")
    image.add_header("Content-ID", "<mark>")
    message.attach(image)
    message.mixed_subtype = "related"
    message.send()
    run_once()
    [sent] = mail.outbox
    assert headers_of(sent) == headers_of(message)
    assert [part[:3] for part in parts_of(sent)] == [part[:3] for part in parts_of(message)]
    assert [part[3] for part in parts_of(sent) if part[1] != "forwarded.eml"] == [
        part[3] for part in parts_of(message) if part[1] != "forwarded.eml"
    ]
    assert sorted(sent.recipients()) == sorted(message.recipients())


def test_a_text_of_one_kind_keeps_its_kind():
    message = EmailMessage("Hello", "<p>Hello</p>", to=["colleague@example.org"])
    message.content_subtype = "html"
    message.send()
    run_once()
    assert mail.outbox[0].message().get_content_type() == "text/html"


def test_a_mail_that_is_tried_again_says_the_same_of_itself():
    write_to("unknown@example.org")
    first = queue._unpack(QueuedMail.objects.get().content).message()
    second = queue._unpack(QueuedMail.objects.get().content).message()
    assert (first["Message-ID"], first["Date"]) == (second["Message-ID"], second["Date"])


def test_a_subject_of_several_lines_is_sent_as_one_and_adds_no_header():
    write_to(subject="Hello\r\nBcc: everybody@example.org\n\nBody\0")
    run_once()
    [sent] = mail.outbox
    assert sent.message()["Subject"] == "Hello Bcc: everybody@example.org Body"
    assert sent.message()["Bcc"] is None
    assert sent.recipients() == ["colleague@example.org"]


def test_an_address_of_several_lines_is_refused_at_once():
    with pytest.raises(BadHeaderError):
        write_to("colleague@example.org\nBcc: everybody@example.org")
    assert not QueuedMail.objects.exists()


# --- Trying again ---------------------------------------------------------------------------


def test_a_mail_that_cannot_be_sent_holds_up_no_other(caplog):
    for to in ("unknown@example.org", "first@example.org", "unknown.too@example.org", "second@example.org"):
        write_to(to)
    run_once()
    assert [sent.to for sent in mail.outbox] == [["first@example.org"], ["second@example.org"]]
    assert [row.recipients for row in QueuedMail.objects.order_by("pk")] == [
        ["unknown@example.org"],
        ["unknown.too@example.org"],
    ]
    assert "unknown@example.org" in caplog.text
    assert "Traceback" not in caplog.text
    assert "A link that nobody else reads" not in caplog.text


def test_a_mail_is_tried_again_later_and_later_for_two_days_and_then_given_up_without_its_text():
    write_to("unknown@example.org")
    for pause in RETRY_DELAYS:
        before = timezone.now()
        run_when_due()
        row = QueuedMail.objects.get()
        assert before + pause <= row.next_attempt_at <= timezone.now() + pause
    run_when_due()
    row = QueuedMail.objects.get()
    assert (row.next_attempt_at, row.content) == (None, None)
    assert (row.recipients, row.subject) == (["unknown@example.org"], "Hello")
    run_once()
    assert QueuedMail.objects.get().attempts == row.attempts
    assert timedelta(days=1.5) < sum(RETRY_DELAYS, timedelta()) < timedelta(days=2.5)


def test_a_mail_is_not_tried_before_its_time(settings):
    write_to("unknown@example.org")
    run_once()
    settings.MAIL_TRANSPORT_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    run_once()
    assert mail.outbox == []
    run_when_due()
    assert len(mail.outbox) == 1


def test_two_runners_send_a_mail_once():
    write_to()
    [mine], [theirs] = list(QueuedMail.objects.due()), list(QueuedMail.objects.due())
    queue.send(mine, queue.Transport())
    queue.send(theirs, queue.Transport())
    assert len(mail.outbox) == 1


def test_what_another_runner_is_sending_is_not_due():
    write_to()
    [mine] = QueuedMail.objects.due()
    assert mine.claim()
    assert not QueuedMail.objects.due().exists()


def test_a_runner_told_to_stop_sends_no_more_mail():
    write_to()
    stop = threading.Event()
    stop.set()
    runner.run_job(queue.JOB_NAME, queue.send_due, stop)
    assert mail.outbox == []


def test_a_mail_leaves_while_nothing_holds_the_database(monkeypatch):
    write_to()
    seen, depth = [], len(transaction.get_connection().savepoint_ids)

    def note(self, messages):
        seen.append(len(transaction.get_connection().savepoint_ids) - depth)

    monkeypatch.setattr(PickyBackend, "send_messages", note)
    run_once()
    assert seen == [0]


def test_a_mail_leaves_within_ten_seconds_of_being_written(monkeypatch):
    class Clock(threading.Event):
        """Time passes while the runner pauses; a request writes a mail in the first pause."""

        now, written = 0, None

        def wait(self, timeout):
            self.now += timeout
            if self.written is None:
                self.written = self.now
                write_to()
            elif mail.outbox or self.now > 3 * runjobs.POLL_SECONDS:
                self.set()
            return self.is_set()

    clock = Clock()
    monkeypatch.setattr(runjobs.threading, "Event", lambda: clock)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(runjobs, "close_old_connections", lambda: None)  # the test's own stays open
    call_command("runjobs")
    assert len(mail.outbox) == 1
    assert clock.now - clock.written <= 10


def test_looking_for_mail_where_there_is_none_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        runner.send_mail(threading.Event())


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (smtplib.SMTPAuthenticationError(535, b"bad credentials"), "user name and password"),
        (smtplib.SMTPDataError(554, b"looks like spam"), "554 looks like spam"),
        (smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"no such user")}), "a@example.org: 550 no such user"),
        (TimeoutError("timed out"), "did not answer in time"),
        (ConnectionRefusedError(111, "Connection refused"), "could not be reached: Connection refused"),
        (socket.gaierror(-2, "Name or service not known"), "Name or service not known"),
        (ValueError("of a secret"), "An unexpected error (ValueError)"),
    ],
)
def test_why_a_mail_did_not_go_out_is_said_in_words(monkeypatch, error, reason):
    def fail(self, messages):
        raise error

    monkeypatch.setattr(PickyBackend, "send_messages", fail)
    write_to()
    run_once()
    assert reason in QueuedMail.objects.get().last_error
    assert "secret" not in QueuedMail.objects.get().last_error


# --- What the desk says ----------------------------------------------------------------------


@pytest.fixture
def administrator(site):
    return factories.member("Administrators")


@pytest.fixture
def desk(client, administrator):
    client.force_login(administrator)
    return client


def test_the_desk_tells_administrators_what_did_not_go_out_to_whom_since_when_and_why(administrator):
    write_to("unknown@example.org", subject="Approve <it>")
    write_to("colleague@example.org")
    run_once()
    [[to, subject, since, why, next_attempt, _]] = panel_of(administrator)
    assert (to, subject) == ("unknown@example.org", "Approve <it>")
    assert str(timezone.localtime().year) in since
    assert "550 no such user" in why
    assert str(timezone.localtime().year) in next_attempt
    assert "1 e-mail could not be sent" in home_of(administrator).find(id="unsent-mail-section").get_text()
    assert "A link that nobody else reads" not in str(home_of(administrator))


def test_nothing_is_said_while_mail_goes_out(administrator):
    write_to()
    assert panel_of(administrator) is None
    run_once()
    assert panel_of(administrator) is None


def test_mail_that_nobody_tries_to_send_is_told_after_five_minutes(administrator):
    write_to()
    QueuedMail.objects.update(created_at=timezone.now() - timedelta(minutes=6))
    [[*_, why, _, _]] = panel_of(administrator)
    assert "background jobs do not seem to run" in why


@pytest.mark.parametrize("group", ["Authors", "Publishers"])
def test_others_hear_nothing_of_mail_and_do_nothing_about_it(client, site, group):
    write_to("unknown@example.org")
    run_once()
    user = factories.member(group)
    assert panel_of(user) is None
    client.force_login(user)
    before = QueuedMail.objects.values().get()
    client.post(reverse("retry_mail"))
    client.post(reverse("discard_mail", args=[before["id"]]))
    assert QueuedMail.objects.values().get() == before


def test_mail_is_tried_again_when_an_administrator_says_so(desk, settings):
    write_to("unknown@example.org")
    run_once()
    settings.MAIL_TRANSPORT_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    answer = desk.post(reverse("retry_mail"), follow=True)
    assert "being sent" in answer.content.decode()
    run_once()
    assert [sent.to for sent in mail.outbox] == [["unknown@example.org"]]
    assert "No e-mail is waiting" in desk.post(reverse("retry_mail"), follow=True).content.decode()


def test_mail_that_was_tried_again_by_hand_has_two_days_once_more(desk):
    write_to("unknown@example.org")
    for _ in RETRY_DELAYS:
        run_when_due()
    desk.post(reverse("retry_mail"))
    run_once()
    assert QueuedMail.objects.get().next_attempt_at


def test_mail_that_was_given_up_can_only_be_discarded(desk, administrator):
    write_to("unknown@example.org")
    QueuedMail.objects.update(next_attempt_at=None, content=None, last_error="The mail server refused it.")
    panel = home_of(administrator).find(id="unsent-mail-section")
    assert "the site gave up on it and deleted its text" in panel.get_text()
    assert [button.get_text(strip=True) for button in panel.select("form button")] == ["Discard"]
    answer = desk.post(panel.form["action"], follow=True)
    assert "Discarded: Hello" in answer.content.decode()
    assert not QueuedMail.objects.exists()
    assert "no longer waiting" in desk.post(panel.form["action"], follow=True).content.decode()


def test_a_hundred_mails_do_not_bury_the_desk(administrator):
    for number in range(MAX_MAILS + 3):
        write_to(f"unknown-{number}@example.org")
    run_once()
    assert len(panel_of(administrator)) == MAX_MAILS
    text = home_of(administrator).find(id="unsent-mail-section").get_text()
    assert re.search(rf"{MAX_MAILS + 3} e-mails could not be sent", text)
    assert "And 3 more" in text


# --- What is promised ------------------------------------------------------------------------

LOST = "wagtailadmin_password_reset"


def fail_with(monkeypatch, error):
    def fail(self, messages):
        raise error

    monkeypatch.setattr(PickyBackend, "send_messages", fail)


@pytest.fixture(params=["not set up", "refused", "nobody sends"])
def no_mail(request, settings, monkeypatch):
    """No mail can leave, for one reason or another."""
    if request.param == "not set up":
        settings.MAIL_TRANSPORT_BACKEND = "jobs.mail.LogEmailBackend"
    elif request.param == "refused":
        with monkeypatch.context() as broken:
            fail_with(broken, smtplib.SMTPAuthenticationError(535, b"bad credentials"))
            write_to()
            run_once()
    else:
        write_to()
        QueuedMail.objects.update(created_at=timezone.now() - timedelta(minutes=6))


@pytest.mark.each_database
def test_mail_can_leave_until_the_server_fails_and_again_once_one_is_sent(monkeypatch):
    assert queue.mail_can_leave()
    with monkeypatch.context() as broken:
        fail_with(broken, ConnectionRefusedError(111, "Connection refused"))
        write_to()
        run_once()
    assert not queue.mail_can_leave()
    run_when_due()
    assert queue.mail_can_leave()
    assert len(mail.outbox) == 1


def test_an_address_that_is_refused_says_nothing_about_the_server():
    write_to("unknown@example.org")
    run_once()
    assert queue.mail_can_leave()


def test_a_server_that_failed_two_days_ago_is_given_another_chance(monkeypatch):
    fail_with(monkeypatch, TimeoutError())
    write_to()
    for _ in range(len(RETRY_DELAYS) + 1):
        run_when_due()
        forgotten = QueuedMail.objects.get().next_attempt_at is None
        assert queue.mail_can_leave() == forgotten
    assert forgotten


def test_a_lost_password_is_a_matter_for_an_administrator_while_no_mail_can_leave(site, no_mail, caplog, capsys):
    user, before = factories.member("Authors"), QueuedMail.objects.count()
    for answer in (Client().get(reverse(LOST)), Client().post(reverse(LOST), {"email": user.email}, follow=True)):
        text = " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())
        assert "Ask an administrator of this site for a link" in text
        assert "will be sent" not in text
    assert QueuedMail.objects.count() == before
    run_when_due()
    assert not [sent for sent in mail.outbox if "password" in sent.body]
    assert "password_reset/confirm" not in caplog.text + "".join(capsys.readouterr())


def test_a_lost_password_is_no_way_to_learn_who_has_an_account(site):
    known, unknown = factories.member("Authors").email, "nobody@example.org"
    answers = [Client().post(reverse(LOST), {"email": email}, follow=True) for email in (known, unknown)]
    pages = [BeautifulSoup(answer.content, "html.parser").main.get_text() for answer in answers]
    assert pages[0] == pages[1]
    assert "If there is an account for this address" in pages[0]


def test_no_password_link_is_ever_in_the_log_of_the_runner(site, settings, caplog, capsys):
    """A link that was queued before the mail server was taken out of the settings."""
    user = factories.member("Authors")
    Client().post(reverse(LOST), {"email": user.email})
    assert "password_reset/confirm" in str(QueuedMail.objects.get().content)
    settings.MAIL_TRANSPORT_BACKEND = "jobs.mail.LogEmailBackend"
    run_once()
    assert not QueuedMail.objects.exists()
    assert "password_reset" not in caplog.text + "".join(capsys.readouterr())


def test_notifications_are_not_promised_while_no_mail_can_leave(desk, no_mail):
    page = factories.question()
    account = desk.get(reverse("wagtailadmin_account")).content.decode()
    editor = desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert account.count("This site cannot send e-mail at the moment") == 1
    assert "No notifications at the moment: this site cannot send e-mail." in editor


def test_nothing_warns_of_notifications_while_mail_leaves(desk):
    page = factories.question()
    for url in (reverse("wagtailadmin_account"), reverse("wagtailadmin_pages:edit", args=[page.pk])):
        assert "cannot send e-mail" not in desk.get(url).content.decode()


def test_the_command_that_sends_a_test_says_what_becomes_of_it(settings, capsys):
    call_command("sendtestemail", "colleague@example.org")
    assert "waits in the queue and will be sent" in capsys.readouterr().out
    settings.MAIL_TRANSPORT_BACKEND = "jobs.mail.LogEmailBackend"
    with pytest.raises(CommandError, match="no mail server is set up"):
        call_command("sendtestemail", "colleague@example.org")


# --- The page on mail ------------------------------------------------------------------------


def mail_page(desk, **sent):
    answer = desk.post(reverse("mail"), follow=True) if sent else desk.get(reverse("mail"))
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def test_an_administrator_sends_a_test_and_sees_that_the_server_took_it(desk, administrator):
    assert "This site can send e-mail" in mail_page(desk)
    assert f"accepted the test to {administrator.email}" in mail_page(desk, test=True)
    [sent] = mail.outbox
    assert sent.to == [administrator.email]
    assert not QueuedMail.objects.exists()


def test_a_test_that_fails_says_why_and_waits_with_the_others(desk, monkeypatch):
    fail_with(monkeypatch, smtplib.SMTPAuthenticationError(535, b"bad credentials"))
    shown = mail_page(desk, test=True)
    assert "The test was not sent. The mail server did not accept the user name and password." in shown
    assert "This site cannot send e-mail at the moment" in shown
    assert "A test from the website" in shown
    assert not QueuedMail.objects.due().exists()  # until its time has come
    fail_with(monkeypatch, ValueError("of a secret"))
    shown = mail_page(desk, test=True)
    assert "log says more" in shown
    assert "secret" not in shown


def test_a_test_that_works_ends_the_alarm(desk, monkeypatch):
    with monkeypatch.context() as broken:
        fail_with(broken, TimeoutError())
        mail_page(desk, test=True)
    assert "can send e-mail" in mail_page(desk, test=True)


def test_a_test_waits_for_a_silent_server_no_longer_than_the_runner(desk, silent_server):
    assert "did not answer in time" in mail_page(desk, test=True)


def test_the_page_says_where_mail_goes_and_never_its_password(desk, settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "smtp.example.org", 587, True
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "clinic", "not-to-be-shown"
    shown = mail_page(desk)
    assert "smtp.example.org, port 587, encrypted, as clinic" in shown
    assert "not-to-be-shown" not in shown
    assert "background jobs do not seem to run" in shown
    run_once()
    assert "background jobs do not seem to run" not in mail_page(desk)


def test_without_a_mail_server_the_page_says_what_to_do_and_sends_nothing(desk, settings):
    settings.MAIL_TRANSPORT_BACKEND = "jobs.mail.LogEmailBackend"
    shown = mail_page(desk)
    assert "This site sends no e-mail: no mail server is set up" in shown
    assert "Send a test" not in shown
    assert "Nothing was sent" in mail_page(desk, test=True)
    assert not QueuedMail.objects.exists()


def test_the_page_on_mail_is_for_administrators(client, site):
    client.force_login(factories.member("Publishers"))
    for answer in (client.get(reverse("mail")), client.post(reverse("mail"))):
        assert answer["Location"] == reverse("wagtailadmin_home")
    assert reverse("mail") not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert mail.outbox == []


def test_the_page_on_mail_stands_under_advanced(desk):
    assert f'"url": "{reverse("mail")}"' in desk.get(reverse("wagtailadmin_home")).content.decode()
