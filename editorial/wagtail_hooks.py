"""What the desk adds to Wagtail's admin; each tool registers its own hooks."""

from editorial import lists, menu, to_do  # noqa: F401
