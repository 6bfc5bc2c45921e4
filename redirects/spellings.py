"""The addresses that somebody may have meant who typed, copied or wrapped one a little differently."""

import re
import unicodedata
from urllib.parse import quote, unquote

# What stays at the end of an address that was copied out of a sentence, beside spaces.
_PUNCTUATION = ".,;:!?)]}>*\"'”’»…"
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php\d?|aspx?|jsp|cfm)$", re.IGNORECASE)
_ENDING = re.compile(r"\.(?:s?html?|php\d?|aspx?|jsp|cfm)$", re.IGNORECASE)
_BETWEEN_WORDS = re.compile(r"[\s_+–—-]+")
_FILE = re.compile(r"\.[a-z0-9]{1,5}$")


def trimmed(path: str) -> str:
    """A path without what clings to it: punctuation at its end, doubled slashes, invisible signs, encoding twice."""
    path = unquote(path) if "%" in path else path
    path = "".join(sign for sign in path if unicodedata.category(sign) not in {"Cf", "Cc"})
    path = re.sub(r"/{2,}", "/", f"/{path}".replace("\\", "/"))
    end = path.rstrip(_PUNCTUATION + "  ")
    return end or "/"


def fold(path: str) -> str:
    """The path in the form in which spellings of one address are equal: `fold_in_database` does the same to columns."""
    return _BETWEEN_WORDS.sub("-", path.lower()).rstrip("/") or "/"


def meant_paths(path: str) -> list[str]:
    """The paths, folded, that an address may have meant, the nearest first; a path may keep or lose its ending."""
    whole = trimmed(path)
    without_index = _INDEX.sub("/", whole)
    found = [fold(whole), fold(without_index), fold(_ENDING.sub("", without_index))]
    return list(dict.fromkeys(found))


def as_addresses(folded: str) -> list[str]:
    """How the site itself would write a folded path: a file by its name, all else with a slash at its end."""
    encoded = quote(folded)
    return [encoded] if folded == "/" or _FILE.search(folded) else [f"{encoded}/"]
