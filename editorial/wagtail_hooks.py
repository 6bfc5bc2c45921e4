"""What the desk adds to Wagtail's admin; each tool registers its own hooks."""

from editorial import figures, lists, menu, previews, to_do  # noqa: F401
