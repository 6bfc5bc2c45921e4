"""Setting the clock of the site."""

from contextlib import contextmanager
from unittest.mock import patch


@contextmanager
def at(moment):
    """Within, it is this moment."""
    with patch("django.utils.timezone.now", lambda: moment):
        yield moment
