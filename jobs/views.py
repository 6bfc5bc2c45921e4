"""Views that retry and discard unsent mail."""

import logging

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.permissions import is_administrator
from jobs.models import QueuedMail

logger = logging.getLogger(__name__)


@require_POST
def retry_mail(request: HttpRequest) -> HttpResponse:
    """Have everything tried again that was not given up."""
    if not is_administrator(request.user):
        raise PermissionDenied
    if QueuedMail.objects.delayed().retry():
        messages.success(request, _("The e-mails are being sent. What cannot be sent stands here again in a minute."))
    else:
        messages.warning(request, _("No e-mail is waiting any more."))
    return redirect("wagtailadmin_home")


@require_POST
def discard_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a mail out of the queue, unsent."""
    if not is_administrator(request.user):
        raise PermissionDenied
    mail = QueuedMail.objects.defer("content").filter(pk=pk).first()
    if mail:
        mail.delete()
        logger.info("Discarded by %s: “%s”.", request.user, mail)
        messages.success(request, _("Discarded: %(subject)s.") % {"subject": mail.subject})
    else:
        messages.warning(request, _("This e-mail is not waiting any more: it was sent or discarded."))
    return redirect("wagtailadmin_home")
