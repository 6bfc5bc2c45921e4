"""What the desk adds to Wagtail's admin; each tool registers its own hooks."""

from editorial import approving, figures, find, handbook, leaving_staff, lists, menu, old_addresses, previews, to_do  # noqa: F401
