"""Hooks of the admin; importing each tool registers its own."""

from staff import offboarding, users  # noqa: F401
