"""What counts as the same words when a phrase is looked for."""

import re
import unicodedata

INTERCHANGEABLE = ['"“”„‟«»″', "'’‘‚‛´`′", "-‐‑‒–—―−"]
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


def normalize(text):
    """The text without what nobody sees, each letter written in one way."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).replace("…", "...")


def phrase_pattern(phrase):
    """A regular expression that finds the phrase, whatever its case, white space, quotes and dashes."""

    def any_form_of(character):
        return next((f"[{re.escape(group)}]" for group in INTERCHANGEABLE if character in group), re.escape(character))

    words = normalize(phrase).split()
    return re.compile(r"\s+".join("".join(map(any_form_of, word)) for word in words), re.IGNORECASE)
