"""Sees to it that somebody can sign in: the first administrator of a new installation."""

import os
import secrets
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.urls import reverse

# Without characters that are mistaken for one another when copied by hand.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_password():
    """Sixteen random characters in four groups: 79 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def framed(lines):
    width = max(map(len, lines))
    edge = f"+-{'-' * width}-+"
    return "\n".join([edge, *(f"| {line:<{width}} |" for line in lines), edge])


class Command(BaseCommand):
    help = (
        "Creates an administrator (ADMIN_EMAIL, ADMIN_PASSWORD) if there is none, "
        "and shows a password made for it once."
    )
    requires_system_checks = ()

    def handle(self, **options):
        users = get_user_model().objects
        address = urljoin(f"{settings.SITE_URL}/", reverse("wagtailadmin_home"))
        if users.filter(is_superuser=True, is_active=True).exists():
            self.stdout.write(f"Administration: {address}")
            return
        email = os.environ.get("ADMIN_EMAIL") or "admin@localhost"
        if users.filter(email__iexact=email).exists():
            # Giving an existing account every right is for a person to decide.
            self.stderr.write(
                f"No active administrator, and {email} already has an account without these rights. "
                "Set ADMIN_EMAIL to another address, or use: manage.py createsuperuser"
            )
            return
        preset = os.environ.get("ADMIN_PASSWORD")
        password = preset or new_password()
        users.create_superuser(email=email, password=password)
        lines = [
            f"Administration  {address}",
            f"E-mail          {email}",
            f"Password        {'as set in ADMIN_PASSWORD' if preset else password}",
        ]
        if not preset:
            lines.append("Shown only this once: change it after signing in.")
        self.stdout.write(framed(lines))
