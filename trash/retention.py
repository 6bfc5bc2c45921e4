"""How long a deleted page waits in the trash."""

from datetime import timedelta

RETENTION = timedelta(days=30)
