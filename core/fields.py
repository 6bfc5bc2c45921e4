"""Model fields of the site."""

from typing import Any

from wagtail.fields import StreamField as WagtailStreamField


class StreamField(WagtailStreamField):
    """
    A StreamField whose blocks are not spelled out in migrations.

    What blocks a text may have is no matter of the database, and the definitions were most of each
    migration. A data migration that reads the blocks of a text has to name them itself.
    """

    def __init__(self, block_types: Any = (), *args: Any, **kwargs: Any) -> None:
        super().__init__(block_types, *args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, path, _blocks, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
