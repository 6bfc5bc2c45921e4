"""Does what is due in the background until it is told to stop."""

import logging
import signal
import threading

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections

logger = logging.getLogger(__name__)

PAUSE = 60  # seconds


class Command(BaseCommand):
    help = "Publishes and unpublishes on schedule, once a minute. Ends on SIGTERM or Ctrl-C."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Do what is due now, then end.")

    def handle(self, *args, once=False, **options):
        stop = threading.Event()
        if not once:
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *_: stop.set())
        while True:
            close_old_connections()
            try:
                call_command("publish_scheduled")
            except Exception:
                # One bad page must not end the runner; the next round tries again.
                logger.exception("Scheduled publishing failed.")
            if once or stop.wait(PAUSE):
                return
