"""The page on mail at the desk, a test, and retrying and discarding what was not sent."""

import logging

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import is_administrator
from jobs import mail
from jobs.models import JobRun, QueuedMail
from jobs.panels import UnsentMailPanel

logger = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
def mail_page(request: HttpRequest) -> HttpResponse:
    """Says how mail is set up and whether it leaves; sends a test to who asks for one."""
    if not is_administrator(request.user):
        raise PermissionDenied
    if request.method == "POST":
        _send_test(request)
        return redirect("mail")
    panel = UnsentMailPanel()
    context = {
        "is_set_up": mail.is_set_up(),
        "can_leave": mail.mail_can_leave(),
        "server": _server(),
        "sender": settings.DEFAULT_FROM_EMAIL,
        "job": JobRun.objects.filter(name=mail.JOB_NAME).first(),
        "unsent": panel if panel.mails.exists() else None,
        "to": _own_address(request),
    }
    heading = {"page_title": _("E-mail"), "header_icon": "mail"}
    return render(request, "jobs/admin/mail.html", {**context, **heading})


def _server() -> str:
    """The mail server in words; never its password."""
    words = _("%(host)s, port %(port)s") % {"host": settings.EMAIL_HOST, "port": settings.EMAIL_PORT}
    words += _(", encrypted") if settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL else _(", not encrypted")
    return words + (_(", as %s") % settings.EMAIL_HOST_USER if settings.EMAIL_HOST_USER else "")


def _own_address(request: HttpRequest) -> str:
    return getattr(request.user, "email", "")


def _send_test(request: HttpRequest) -> None:
    to = _own_address(request)
    if not mail.is_set_up():
        messages.error(request, _("Nothing was sent: no mail server is set up."))
        return
    text = _("This is a test from %s. E-mail from the website reaches you.") % settings.SITE_URL
    try:
        mail.send_now(EmailMessage(_("A test from the website"), text, to=[to]))
    except mail.MailNotSent as error:
        messages.error(request, _("The test was not sent. %s It is waiting and will be tried again.") % error)
    except Exception:
        logger.exception("A test mail could not be sent.")
        messages.error(request, _("The test was not sent. An unexpected error; the website’s log says more."))
    else:
        words = _("The mail server accepted the test to %s. See whether it arrives, and look in the spam folder, too.")
        messages.success(request, words % to)


@require_POST
def retry_mail(request: HttpRequest) -> HttpResponse:
    """Have everything tried again that was not given up."""
    if not is_administrator(request.user):
        raise PermissionDenied
    if QueuedMail.objects.delayed().retry():
        messages.success(request, _("The e-mails are being sent. What cannot be sent will be here again in a minute."))
    else:
        messages.warning(request, _("No e-mail is waiting anymore."))
    return redirect("wagtailadmin_home")


@require_POST
def discard_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a mail out of the queue, unsent."""
    if not is_administrator(request.user):
        raise PermissionDenied
    unsent = QueuedMail.objects.defer("content").filter(pk=pk).first()
    if unsent:
        unsent.delete()
        logger.info("Discarded by %s: “%s”.", request.user, unsent)
        messages.success(request, _("Discarded: %(subject)s.") % {"subject": unsent.subject})
    else:
        messages.warning(request, _("This e-mail is no longer waiting: it was sent or discarded."))
    return redirect("wagtailadmin_home")
