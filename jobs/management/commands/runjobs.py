"""Does what is due in the background until it is told to stop."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections

from jobs import runner

POLL_SECONDS = 60  # seconds between two rounds of all jobs
MAIL_POLL_SECONDS = 5  # seconds between two looks for mail


class Command(BaseCommand):
    help = "Publishes and unpublishes on schedule once a minute, sends mail at once. Ends on SIGTERM or Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Do what is due now, then end.")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        if once:
            if not runner.run_jobs():
                raise CommandError("A job could not be done; the lines above say why.")
            return
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        while not stop.is_set():
            close_old_connections()
            runner.run_jobs(stop)
            for _ in range(POLL_SECONDS // MAIL_POLL_SECONDS):
                if stop.wait(MAIL_POLL_SECONDS):
                    break
                close_old_connections()
                runner.send_mail(stop)
