"""Recognizes a query that may come from somebody in danger."""

import re
import unicodedata

# Stems and phrases, common misspellings included; better one time too often than once too rarely.
_CRISIS = re.compile(
    r"\b(s[uo]i?[csz]{1,2}i?d\w*|self[\s-]?h[au]rm\w*|kill(ing)? (my ?self|me)|end(ing)? (my|this) life|end it all"
    r"|(want|wish|going|ready) to die|wanna die|better off dead|no reason to live"
    r"|don'?t want to (live|be alive|wake up)"
    r"|(can'?t|cannot) go on|(hurt|harm|cut)(ting|ing)? my ?self|cutting|overdos\w*|od'?d"
    r"|emergenc\w*|911|988|can'?t breathe|chest pain|not breathing|unconscious|heart attack"
    r"|take my (own )?life|hang my ?self|shoot my ?self|hopeless(ness)?|not ok(ay)?|no hope"
    # As people in the county search, too.
    r"|suicid\w*|matar(me)?|quiero morir(me)?|no quiero (vivir|seguir)|quitarme la vida|hacerme da[nñ]o|emergencias?)\b"
)


def mentions_crisis(query):
    """Whether a query mentions suicide, self-harm or an emergency, in whatever case or quotes."""
    text = unicodedata.normalize("NFKC", query).lower().replace("’", "'")
    return bool(_CRISIS.search(" ".join(text.split())))
