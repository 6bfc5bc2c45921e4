"""
Puts staff's words into Wagtail's sentences: `python -m tools.wording` writes locale/en/LC_MESSAGES anew.

One thing has one name at the desk: a picture is never an image, a role never a group. Sentences that need more than
other words are translated by hand in django.po and stay as they are; all others of the installed Wagtail that hold
one of these words are written by the rules below, and marked as such. After an upgrade of Wagtail, run it again:
tests/test_wording.py says when a sentence is missing.
"""

import re
from pathlib import Path

import polib
import wagtail

PO_FILE = Path(__file__).parents[1] / "locale/en/LC_MESSAGES/django.po"
BY_RULE = "by tools/wording.py"

# In this order: what is longer comes first.
RULES = [
    ("submitted for moderation to workflow", "sent for approval to"),
    ("submitted for moderation", "sent for approval"),
    ("submitted for approval", "sent for approval"),
    ("submitted to workflow", "sent for approval to"),
    ("has been rejected", "was sent back"),
    ("in workflow", "in"),
    ("awaiting moderation", "waiting for approval"),
    ("in moderation stage", "at the step"),
    ("to moderation stage", "to the step"),
    ("in the moderation workflow", "in the approval"),
    ("in moderation", "waiting for approval"),
    ("moderation", "approval"),
    ("moderated or approved", "approved"),
    ("workflow tasks", "approval steps"),
    ("workflow task", "approval step"),
    ("a workflow", "an approval"),
    ("workflows", "approvals"),
    ("workflow", "approval"),
    ("tasks", "steps"),
    ("task", "step"),
    ("pages/snippets", "pages and records"),
    ("page/snippet", "page or record"),
    ("snippets", "records"),
    ("snippet", "record"),
    ("an image", "a picture"),
    ("images", "pictures"),
    ("image", "picture"),
    ("Wagtail groups", "roles"),
    ("groups", "roles"),
    ("group", "role"),
    ("dashboard", "desk"),
    ("redirects", "old addresses"),
    ("redirect", "old address"),
]
_PLACEHOLDER = re.compile(r"(%\([^)]*\)[a-z]|\{[^}]*\}|<[^>]*>)")
_PATTERN = re.compile("|".join(rf"\b{words}\b" for words, _replacement in RULES), re.IGNORECASE)
_REPLACEMENTS = {words.lower(): replacement for words, replacement in RULES}


def _replaced(match: re.Match) -> str:
    replacement = _REPLACEMENTS[match[0].lower()]
    return replacement[0].upper() + replacement[1:] if match[0][0].isupper() else replacement


def in_our_words(sentence: str) -> str:
    """The sentence in staff's words; placeholders and markup stay as they are."""
    parts = _PLACEHOLDER.split(sentence)
    return "".join(part if place % 2 else _PATTERN.sub(_replaced, part) for place, part in enumerate(parts))


def wagtail_sentences() -> dict[tuple[str | None, str], polib.POEntry]:
    """{(context, sentence): entry} of every translation file of the installed Wagtail."""
    files = sorted(Path(wagtail.__file__).parent.rglob("locale/en/LC_MESSAGES/django.po"))
    return {(entry.msgctxt, entry.msgid): entry for file in files for entry in polib.pofile(str(file))}


def missing_sentences(ours: polib.POFile) -> list[polib.POEntry]:
    """Wagtail's sentences in other words than staff's that `ours` does not translate, translated by rule."""
    known = {(entry.msgctxt, entry.msgid) for entry in ours}
    found = []
    for key, entry in wagtail_sentences().items():
        sentences = [entry.msgid, *([entry.msgid_plural] if entry.msgid_plural else [])]
        translated = [in_our_words(sentence) for sentence in sentences]
        if key in known or translated == sentences:
            continue
        row = polib.POEntry(msgctxt=entry.msgctxt, msgid=entry.msgid, msgid_plural=entry.msgid_plural, comment=BY_RULE)
        if entry.msgid_plural:
            row.msgstr_plural = dict(enumerate(translated))
        else:
            row.msgstr = translated[0]
        found.append(row)
    return found


def main() -> None:
    """Write the translation file anew, and its compiled form beside it."""
    ours = polib.pofile(str(PO_FILE), wrapwidth=0)
    for entry in [entry for entry in ours if entry.comment == BY_RULE]:
        ours.remove(entry)
    ours.extend(sorted(missing_sentences(ours), key=lambda entry: (entry.msgid.lower(), entry.msgid)))
    ours.save()
    ours.save_as_mofile(str(PO_FILE.with_suffix(".mo")))


if __name__ == "__main__":
    main()
