#!/usr/bin/env python
"""Django's command line for the clinic's website."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "innerbloom.settings")
    try:
        from django.conf import settings
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit(
            "Django is not installed for this Python. Use `make run`, or call .venv/bin/python manage.py after it."
        )
    try:
        _ = settings.DEBUG  # read now, so that a wrong setting is a sentence and not a traceback
    except ImproperlyConfigured as error:
        sys.exit(f"Settings: {error}")
    execute_from_command_line(sys.argv)
