"""
The mail queue: a request writes a row, the runner sends it, and retries where that fails.

Nobody waits for a mail server, and a transaction that is rolled back sends nothing.
"""

import contextlib
import logging
import smtplib
from base64 import b64decode, b64encode
from collections.abc import Sequence
from copy import copy
from email import message_from_bytes
from email.message import Message
from email.mime.base import MIMEBase
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from jobs.exceptions import WorkRefused
from jobs.models import CLAIM_DURATION, QueuedMail

logger = logging.getLogger(__name__)
JOB_NAME = "send queued mail"
MAX_REASON_LENGTH = 500
# Backends that bring no mail to anybody.
_NOT_DELIVERING = frozenset(
    {
        "jobs.mail.LogEmailBackend",
        *(f"django.core.mail.backends.{name}.EmailBackend" for name in ("console", "dummy", "filebased", "locmem")),
    }
)


class MailNotSent(WorkRefused):
    """Why a mail did not go out, in words that staff can act on."""


def is_set_up() -> bool:
    """Whether there is a mail server to hand mail to."""
    return settings.MAIL_TRANSPORT_BACKEND not in _NOT_DELIVERING


def mail_can_leave() -> bool:
    """Whether a mail may be promised: a mail server is set up, and nothing says that it does not work now."""
    return is_set_up() and not QueuedMail.objects.stuck().exists()


class QueueEmailBackend(BaseEmailBackend):
    """Writes each mail into the queue; a mail that cannot be written down as one is refused at once."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        mails = [_queued(message) for message in messages if message.recipients()]
        for mail in mails:
            mail.save()
        return len(mails)


class LogEmailBackend(BaseEmailBackend):
    """Stands in where no mail server is set up: the log says that a mail went nowhere, and not a word of it."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        for message in messages:
            to = ", ".join(message.recipients())
            logger.warning("No mail server is set up (EMAIL_URL). Not sent: “%s” (%s)", message.subject, to)
        return len(messages)


def _queued(message: EmailMessage) -> QueuedMail:
    content = _pack(message)
    return QueuedMail(subject=content["subject"], recipients=message.recipients(), content=content)


def send_due(job_round: Any) -> None:
    """Send what is due, in a round; see `jobs.runner.JobRound`."""
    with contextlib.closing(Transport()) as transport:
        for mail in QueuedMail.objects.due():
            # Not in a transaction: while a mail server is slow, it would lock SQLite for everybody.
            job_round.attempt(f"{mail._meta.label_lower}:{mail.pk}", str(mail), send, mail, transport, atomic=False)


def send(mail: QueuedMail, transport: "Transport") -> None:
    """Send a mail of the queue and delete it, or postpone it; does nothing where another runner has it."""
    if mail.claim():
        _attempt(mail, transport)


def send_now(message: EmailMessage) -> None:
    """Send a mail while somebody waits for the outcome; MailNotSent where it has to wait in the queue instead."""
    mail = _queued(message)
    mail.attempts, mail.next_attempt_at = 1, timezone.now() + CLAIM_DURATION
    mail.save()
    with contextlib.closing(Transport()) as transport:
        _attempt(mail, transport)


def _attempt(mail: QueuedMail, transport: "Transport") -> None:
    try:
        transport.send(_unpack(mail.content))
    except OSError as error:  # smtplib's own are of this kind, too
        mail.postpone(_reason(error), server_failed=not isinstance(error, smtplib.SMTPRecipientsRefused))
        raise MailNotSent(_reason(error)) from error
    except Exception as error:
        reason = f"An unexpected error ({type(error).__name__}); the website's log says more."
        mail.postpone(reason, server_failed=True)
        raise
    mail.delete()
    QueuedMail.objects.filter(server_failed=True).update(server_failed=False)


class Transport:
    """
    The connection to the mail server during one round.

    A server that cannot be reached is tried once a round, however many mails wait: each of them
    would hold up what else the runner does for EMAIL_TIMEOUT.
    """

    def __init__(self) -> None:
        self.backend = get_connection(settings.MAIL_TRANSPORT_BACKEND, fail_silently=False)
        self.unreachable: Exception | None = None

    def send(self, message: EmailMessage) -> None:
        if self.unreachable:
            raise self.unreachable
        try:
            self.backend.open()
        except Exception as error:
            self.unreachable = error
            raise
        try:
            self.backend.send_messages([message])
        except Exception:
            self.close()  # in whatever state it is: the next mail begins anew
            raise

    def close(self) -> None:
        with contextlib.suppress(Exception):  # what was sent is sent
            self.backend.close()


# What is kept of a message as it is. Everything else is content: text, or bytes as base64.
_FIELDS = ("body", "from_email", "to", "cc", "bcc", "reply_to", "content_subtype", "mixed_subtype")


def _pack(message: EmailMessage) -> dict[str, Any]:
    """A message as values of JSON; BadHeaderError where a header has more than one line."""
    message = copy(message)
    # A title may have been pasted in several lines; as a subject it has one. NUL is no part of any mail.
    message.subject = " ".join(str(message.subject).replace("\0", "").split())
    message.body = str(message.body).replace("\0", "")
    written = message.message()
    written.as_bytes()  # raises what it would raise when it is sent
    # A mail sent again keeps both, so that a mail program recognizes the copy.
    own = {name: str(written[name]) for name in ("Date", "Message-ID")}
    given = {name.lower() for name in message.extra_headers}
    return {
        **{name: getattr(message, name) for name in _FIELDS},
        "subject": message.subject,
        "headers": {
            **{name: value for name, value in own.items() if name.lower() not in given},
            **message.extra_headers,
        },
        "alternatives": [[_encode(content), kind] for content, kind in getattr(message, "alternatives", [])],
        "attachments": [
            [_encode(part)] if isinstance(part, Message) else [part[0], _encode(part[1]), part[2]]
            for part in message.attachments
        ],
    }


def _unpack(content: Any) -> EmailMultiAlternatives:
    """The message that `_pack` was given."""
    names = ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to", "headers")
    message = EmailMultiAlternatives(**{name: content[name] for name in names})
    message.content_subtype = content["content_subtype"]
    message.mixed_subtype = content["mixed_subtype"]  # type: ignore[attr-defined]  # the stubs lack it
    for text, kind in content["alternatives"]:
        message.attach_alternative(_decode(text), kind)
    for first, *rest in content["attachments"]:
        if rest:
            message.attach(first, _decode(rest[0]), rest[1])
        else:
            message.attach(message_from_bytes(_decode(first), _class=_Part))  # type: ignore[arg-type]  # called with a policy
    return message


class _Part(MIMEBase):
    """A part that was attached as MIME, read back."""

    def __init__(self, policy: Any) -> None:
        Message.__init__(self, policy)


def _encode(content: Any) -> Any:
    if isinstance(content, EmailMessage):
        content = content.message()
    if isinstance(content, Message):
        content = content.as_bytes()
    return {"base64": b64encode(content).decode()} if isinstance(content, bytes) else content


def _decode(content: Any) -> Any:
    return b64decode(content["base64"]) if isinstance(content, dict) else content


def _reason(error: OSError) -> str:
    """What the mail server said, or that it said nothing; never a word of the mail itself."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        reason = "The mail server did not accept the user name and password."
    elif isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = "; ".join(f"{who}: {_answer(*answer)}" for who, answer in error.recipients.items())
        reason = f"The mail server refused it to {answers}"
    elif isinstance(error, smtplib.SMTPResponseException):
        reason = f"The mail server refused it: {_answer(error.smtp_code, error.smtp_error)}"
    elif isinstance(error, TimeoutError | smtplib.SMTPServerDisconnected):
        reason = "The mail server did not answer in time, or broke the connection."
    else:
        reason = f"The mail server could not be reached: {error.strerror or error}."
    return reason.replace("\0", "")[:MAX_REASON_LENGTH]


def _answer(code: int, text: bytes | str) -> str:
    return f"{code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
