"""
Readies an installation to serve: database, static files, starter content, an administrator.

Safe to repeat, and quick when there is nothing to do: one process for all of it, because
starting Python and Django costs more than the work.
"""

import hashlib

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

STATIC_SOURCES = [
    "static/**/*",
    "*/static/**/*",
    "requirements.txt",
    # What the plainest error page is made of; see delivery/staticfiles.py.
    "clinic/crisis_contacts.py",
    "innerbloom/settings.py",
    "templates/error_plain.html",
    "templates/components/crisis_contacts.html",
]


class Command(BaseCommand):
    help = "Readies the website: migrations, static files, starter content, an administrator."
    requires_system_checks = ()  # `make lint` and CI run them

    def add_arguments(self, parser):
        parser.add_argument("--skip-static", action="store_true", help="leave static files alone")
        parser.add_argument("--skip-starter", action="store_true", help="load no starter texts into an empty site")

    def handle(self, *, skip_static, skip_starter, **options):
        try:
            self.migrate()
        except DatabaseError as error:
            raise CommandError(f"The database cannot be used: {error}") from error
        # With DEBUG on, static files are read from where they are written.
        if not (skip_static or settings.DEBUG):
            self.collect()
        if not skip_starter:
            call_command("loadstarter", if_empty=True, stdout=self.stdout)
        call_command("ensureadmin", stdout=self.stdout, stderr=self.stderr)

    def migrate(self):
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if waiting:
            self.stdout.write(f"Database: applying {waiting} migrations")
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write("Database: up to date")

    def collect(self):
        """Collects static files where their sources changed since the last time."""
        stamp = settings.STATIC_ROOT / ".fingerprint"
        fingerprint = self.fingerprint()
        if stamp.exists() and stamp.read_text(encoding="ascii") == fingerprint:
            self.stdout.write("Static files: up to date")
            return
        self.stdout.write("Static files: collecting")
        stamp.unlink(missing_ok=True)
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(fingerprint, encoding="ascii")
        self.stdout.write("Static files: collected")

    @staticmethod
    def fingerprint():
        """Changes with any name or byte of the sources."""
        digest = hashlib.sha256()
        for pattern in STATIC_SOURCES:
            for path in sorted(settings.BASE_DIR.glob(pattern)):
                if path.is_file():
                    name = path.relative_to(settings.BASE_DIR)
                    digest.update(f"{name}\0{path.stat().st_size}\0".encode() + path.read_bytes())
        return digest.hexdigest()
