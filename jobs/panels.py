"""The panel on the admin's home about unsent mail."""

from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from jobs.models import QueuedMail

MAX_MAILS = 20  # that are listed; the others are counted


class UnsentMailPanel(Component):
    """What mail did not go out, to whom, since when and why."""

    name = "unsent_mail"
    order = 40  # on top: nobody else notices
    template_name = "jobs/admin/unsent_mail.html"

    def __init__(self) -> None:
        self.mails = QueuedMail.objects.delayed().defer("content")

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        number = self.mails.count()
        return {
            "mails": self.mails[:MAX_MAILS],
            "number": number,
            "more": max(0, number - MAX_MAILS),
            "can_retry": self.mails.filter(next_attempt_at__isnull=False).exists(),
            "zone": timezone.get_default_timezone(),
            "csrf_token": parent_context["csrf_token"],
        }
