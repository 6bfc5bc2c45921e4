"""
Wagtail's search in the database, for whatever is typed: at the desk as on the site.

Control characters, quotes and operators raise errors in one database or the other; a quotation mark in the
search of a list of the desk was an error 500 on SQLite.
"""

import re
from typing import Any

from modelsearch.backends import database

MAX_QUERY_LENGTH = 200  # characters
# Looked for where nothing is left of a query: lists of the desk fail on the result of an empty one.
NO_WORD = "xxnowordxx"


def clean_query(text: str) -> str:
    """
    What a visitor typed, as words a search backend takes.

    Control characters, quotes and operators raise errors in one backend or the other
    (NUL, an unbalanced quote, nothing but blanks): only letters, digits, hyphens and
    apostrophes between them are kept.
    """
    words = re.findall(r"\w+(?:['’-]\w+)*", text[:MAX_QUERY_LENGTH].replace("\x00", " "))
    return " ".join(words)


def SearchBackend(params: dict[str, Any]) -> Any:
    """The search backend of the database in use, which gets cleaned queries only."""
    backend = database.SearchBackend(params)
    for name in ("search", "autocomplete"):
        setattr(backend, name, _with_clean_query(getattr(backend, name)))
    return backend


def _with_clean_query(method: Any) -> Any:
    def search(query: Any, *args: Any, **kwargs: Any) -> Any:
        return method((clean_query(query) or NO_WORD) if isinstance(query, str) else query, *args, **kwargs)

    return search
