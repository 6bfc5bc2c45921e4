"""Mail that cannot leave is written to the log and holds nobody up: the work it tells of is done all the same."""

import logging

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

logger = logging.getLogger(__name__)


class EmailBackend(BaseEmailBackend):
    """
    Sends by `settings.MAIL_LEAVES_BY` and swallows what goes wrong there.

    Wagtail catches refused connections only: an unknown host or a wrong password at the mail
    server would answer an author's "Submit" with an error page.
    """

    def __init__(self, fail_silently=False, **kwargs):
        super().__init__(fail_silently=fail_silently, **kwargs)
        self.connection = get_connection(settings.MAIL_LEAVES_BY, fail_silently=False, **kwargs)

    def open(self):
        return self._try(self.connection.open)

    def close(self):
        return self._try(self.connection.close)

    def send_messages(self, messages):
        return self._try(self.connection.send_messages, messages) or 0

    def _try(self, do, *args):
        try:
            return do(*args)
        except Exception:  # mail servers and the way to them fail in any way
            logger.exception("Mail could not be sent")
            return None
