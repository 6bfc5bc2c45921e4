"""What the desk adds to Wagtail's admin; each tool registers its own hooks."""

from editorial import (  # noqa: F401
    approving,
    figures,
    find,
    handbook,
    hidden,
    leaving_staff,
    lists,
    menu,
    old_addresses,
    previews,
    to_do,
)
