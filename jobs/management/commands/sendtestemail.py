"""Django's command, which would say nothing where no mail leaves."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import sendtestemail

from jobs.mail import is_set_up


class Command(sendtestemail.Command):
    help = "Writes a test e-mail to these addresses into the queue; the background jobs send it."

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_set_up():
            raise CommandError("Nothing was sent: no mail server is set up. Set EMAIL_URL; see .env.example.")
        super().handle(*args, **options)
        self.stdout.write("It waits in the queue and will be sent by `runjobs`, which says so where it cannot.")
